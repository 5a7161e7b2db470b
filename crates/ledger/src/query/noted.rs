//! The acts that open items are made of: noted when a document is appended, fetched when
//! items are asked for.
//!
//! In: the acts of a reading. Out: rows of `noted` and `deeds_done`, and acts of them.
//! Refuses to know: what becomes of an item.

use super::{
    ACCOUNT, ACCOUNT_WIDTH, Account, Asked, Filter, Says, account, account_of, list,
    says, told,
};
use crate::derive::history::Told;
use crate::derive::open::{Act, OpenKind, RULES};
use rusqlite::{Connection, Row, params, params_from_iter};
use serde_json::json;

/// The reading of an act and its number there.
pub(super) type Place = (i64, i64);

/// What is told of one party's act, in full, and where.
pub(super) fn one(
    at: &Connection,
    party: &str,
    (reading, number): Place,
) -> rusqlite::Result<Option<(Act, Account)>> {
    let mut asked = Asked::new(&Filter::default());
    asked.conditions.push("q.reading = ? AND q.number = ?".to_owned());
    asked.values.push(Box::new(reading));
    asked.values.push(Box::new(number));
    asked.and("q.party = ?", [&party.to_owned()]);
    let mut rows = at.prepare_cached(&sql(&asked))?;
    rows.query_map(params_from_iter(asked.values()), act)?.next().transpose()
}

fn sql(asked: &Asked) -> String {
    format!(
        "SELECT {ACCOUNT}, q.party, q.issue, m.due,
           (SELECT words FROM evidence v WHERE v.reading = q.reading
            AND v.record = 'move' AND v.number = q.number AND v.part = 'condition'
            AND v.place = 0),
           (SELECT {LAST} FROM evidence v
            JOIN timexes t ON t.reading = v.reading AND t.number = v.number
            WHERE v.reading = q.reading AND v.record = 'timex' AND v.part = 'whole'
            AND v.start >= w.start AND v.end <= w.end AND t.value LIKE '%/%'
            AND ({})),
           (SELECT json_group_array(v.words) FROM evidence v
            WHERE v.reading = q.reading AND v.record = 'mention' AND v.part = 'whole'
            AND v.start >= w.start AND v.end <= w.end),
           {}, q.number AS of_move, q.id AS of_id, q.published AS of_day
         FROM stances q JOIN moves m ON m.reading = q.reading AND m.number = q.number
         JOIN current c ON c.reading = q.reading
         JOIN evidence w ON w.reading = q.reading AND w.record = 'move'
           AND w.number = q.number AND w.part = 'whole' AND w.place = 0
         WHERE {} ORDER BY at, q.id",
        within(),
        told::COLUMNS,
        asked.conditions()
    )
}

/// The last day of an interval, or the day, of time expressions `t`.
const LAST: &str = "max(substr(t.value, instr(t.value, '/') + 1))";

/// Which time expressions say by when: those that end in a word of the table `within`.
fn within() -> String {
    let rules =
        crate::derive::table::Rules::parse(include_str!("../../rules/within.tsv"));
    let ends = rules.iter().map(|row| format!("v.words LIKE '%{}'", row.cell("word")));
    ends.collect::<Vec<_>>().join(" OR ")
}

fn act(row: &Row<'_>) -> rusqlite::Result<(Act, Account)> {
    let account = account(row)?;
    let at = |column| ACCOUNT_WIDTH + column;
    let told = told::told(row, at(6))?;
    let due: Option<String> = row.get(at(2))?;
    let due = due.or(row.get(at(4))?);
    let act = Act {
        party: row.get(at(0))?,
        issue: row.get::<_, Option<String>>(at(1))?.filter(|issue| !issue.is_empty()),
        // A day that had passed when it was said was read of another year.
        due: due.filter(|due| format!("{due}~") > told.date),
        condition: row.get(at(3))?,
        noted: None,
        matter: list(row, at(5))?
            .iter()
            .fold(account.evidence.clone(), |matter, name| matter.replace(name, " ")),
        words: account.evidence.clone(),
        told,
    };
    Ok((act, account))
}

/// Acts that were noted to make an item, in order of time; of each only what tells items
/// apart.
pub(super) struct Noted {
    /// The acts.
    pub acts: Vec<Act>,
    /// In the same order, the reading of each, and what its account says.
    told: Vec<(i64, String)>,
}

impl Noted {
    /// The account of the act of a number.
    pub fn account(&self, at: &Connection, number: usize) -> rusqlite::Result<Account> {
        let (reading, said) = &self.told[number];
        let origin = at
            .prepare_cached("SELECT origin FROM origins WHERE reading = ?1")?
            .query_row([reading], |row| row.get(0))?;
        let says: Says = serde_json::from_str(said).unwrap_or_default();
        Ok(account_of(says, origin))
    }
}

/// The acts that a question wants.
pub(super) fn acts(at: &Connection, asked: &Asked) -> rusqlite::Result<Noted> {
    let sql = format!(
        "SELECT q.party, q.issue, q.on_day, q.id, q.kind, q.targets, q.confidence, q.due,
           q.condition, q.matter, q.reading, q.account
         FROM noted q WHERE {} ORDER BY q.on_day, q.id",
        asked.conditions()
    );
    let mut rows = at.prepare_cached(&sql)?;
    let mut rows = rows.query(params_from_iter(asked.values()))?;
    let mut noted = Noted { acts: Vec::new(), told: Vec::new() };
    while let Some(row) = rows.next()? {
        noted.acts.push(kept(row)?);
        noted.told.push((row.get(10)?, row.get(11)?));
    }
    Ok(noted)
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Act> {
    let (date, kind): (String, String) = (row.get(2)?, row.get(4)?);
    let condition: Option<String> = row.get(8)?;
    // The words tell what was promised; of other items nobody asks for them.
    let words = match OpenKind::from_code(&kind) {
        Some(OpenKind::Promise) => {
            let said: String = row.get(11)?;
            serde_json::from_str::<Says>(&said).unwrap_or_default().2
        }
        _ => String::new(),
    };
    Ok(Act {
        party: row.get(0)?,
        issue: row.get::<_, Option<String>>(1)?.filter(|issue| !issue.is_empty()),
        due: row.get(7)?,
        words,
        matter: row.get(9)?,
        noted: OpenKind::from_code(&kind),
        // What the act is was asked when it was noted.
        told: Told {
            date: told::first_day(&date).to_owned(),
            act: String::new(),
            modality: String::new(),
            is_conditional: condition.is_some(),
            targets: list(row, 5)?,
            confidence: row.get(6)?,
            origin: String::new(),
            is_own: true,
            id: row.get(3)?,
        },
        condition,
    })
}

/// Notes of the acts of a reading what sort of open item each makes, and what each tells
/// as done.
pub(super) fn note(at: &Connection, reading: i64) -> rusqlite::Result<()> {
    let mut asked = Asked::new(&Filter::default());
    asked.conditions.push("q.reading = ?".to_owned());
    asked.values.push(Box::new(reading));
    asked.and("q.on_day <> '~'", []);
    let mut rows = at.prepare_cached(&sql(&asked))?;
    let mut rows = rows.query(params_from_iter(asked.values()))?;
    while let Some(row) = rows.next()? {
        let (act, account) = act(row)?;
        let number: i64 = row.get("of_move")?;
        let on_day: String = row.get("at")?;
        for deed in RULES.deeds_done(&act.words) {
            at.prepare_cached(
                "INSERT OR IGNORE INTO deeds_done VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((&act.party, deed, &on_day, reading, number))?;
        }
        let Some(kind) = RULES.kind(&act) else { continue };
        at.prepare_cached(
            "INSERT OR IGNORE INTO noted
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            act.party,
            on_day,
            reading,
            number,
            row.get::<_, String>("of_id")?,
            act.issue.unwrap_or_default(),
            row.get::<_, String>("of_day")?,
            kind.code(),
            json!(act.told.targets).to_string(),
            act.told.confidence,
            act.due,
            act.condition,
            act.matter,
            says(&account).to_string()
        ])?;
    }
    Ok(())
}

/// Notes the same of all readings of a ledger of an older form.
pub(crate) fn note_all(at: &Connection) -> rusqlite::Result<()> {
    for table in ["noted", "deeds_done"] {
        at.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let readings: Vec<i64> = at
        .prepare("SELECT DISTINCT reading FROM stances ORDER BY reading")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for reading in readings {
        // What the second form has of an older reading does not say whose words tell it.
        let is_older = at
            .prepare_cached("SELECT 1 FROM unkeyed WHERE reading = ?1")?
            .exists([reading])?;
        if is_older {
            at.execute("DELETE FROM stances WHERE reading = ?1", [reading])?;
            told::write(at, reading)?;
        } else {
            note(at, reading)?;
        }
    }
    Ok(())
}
