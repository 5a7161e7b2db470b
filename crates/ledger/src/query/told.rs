//! What is told of acts, as positions and open items need it.
//!
//! In: a row of a question over moves. Out: who did what when, by whose account. Refuses
//! to know: what follows from it.

use super::{Asked, Filter, list};
use crate::derive::history::Told;
use rusqlite::{Connection, Row};

/// The day of a move: when it was done, else when it was said, else when it was published;
/// nothing was done or said after its publication. What is yet to be done says where a side
/// stands on the day that it is said.
const DATE: &str = "CASE WHEN m.modality <> 'future' AND m.occurred_on IS NOT NULL
      AND m.occurred_on <= coalesce(c.published_on, '~') || '~' THEN m.occurred_on
    WHEN s.said_on <= coalesce(c.published_on, '~') || '~' THEN s.said_on
    ELSE c.published_on END";

/// The columns that [`told`] reads of a row `q` of stances.
pub(super) const COLUMNS: &str =
    "q.on_day AS at, q.act, q.modality, q.is_conditional, q.targets, q.confidence,
     q.origin, q.is_own, q.entry";

/// A party is among whom a move is directed at; one question mark.
const TOWARD: &str = "EXISTS (SELECT 1 FROM json_each(q.targets) t
     WHERE t.value = ? COLLATE NOCASE)";

/// The conditions of a filter on stances with a day.
pub(super) fn asked(filter: &Filter) -> Asked {
    let mut asked = Asked::new(&Filter { limit: filter.limit, ..Filter::default() });
    asked.and("q.on_day <> '~'", []);
    if let Some(day) = &filter.as_of {
        asked.and("q.published <> '' AND q.published <= ? || '~'", [day]);
    }
    if let Some(outlet) = &filter.outlet {
        asked.and(
            "EXISTS (SELECT 1 FROM articles a WHERE a.reading = q.reading
             AND a.outlet = ? COLLATE NOCASE)",
            [outlet],
        );
    }
    if let Some(party) = &filter.party {
        asked.and("q.party = ?", [party]);
    }
    if let Some(issue) = &filter.issue {
        asked.and("q.issue = ?", [issue]);
    }
    if let Some(party) = &filter.toward {
        asked.and(TOWARD, [party]);
    }
    asked.at_least(filter, "q.confidence");
    asked
}

/// Writes the stances of a reading that was just appended; of those that make
/// open items more is noted by [`super::noted::note`].
pub(crate) fn write(at: &Connection, reading: i64) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT OR IGNORE INTO stances
         SELECT q.party, coalesce(m.issue, ''), coalesce({DATE}, '~'), m.reading, m.number,
           coalesce(c.published_on, ''), m.act, m.modality,
           EXISTS (SELECT 1 FROM evidence x WHERE x.reading = m.reading
             AND x.record = 'move' AND x.number = m.number AND x.part = 'condition'),
           (SELECT json_group_array(t.party) FROM (SELECT party FROM move_parties t
             WHERE t.reading = m.reading AND t.move = m.number AND t.role = 'target'
             ORDER BY t.number) t),
           m.confidence,
           e.party IS NULL OR EXISTS (SELECT 1 FROM move_parties a
             WHERE a.reading = m.reading AND a.move = m.number AND a.role = 'actor'
             AND a.party = e.party),
           j.id, j.entry, (SELECT origin FROM origins o WHERE o.reading = m.reading)
         FROM move_parties q
         JOIN moves m ON m.reading = q.reading AND m.number = q.move AND q.role = 'actor'
         JOIN move_joins j ON j.reading = m.reading AND j.number = m.number
         JOIN articles c ON c.reading = q.reading
         LEFT JOIN statements s ON s.reading = m.reading AND s.number = m.statement
         LEFT JOIN entities e ON e.reading = s.reading AND e.number = s.speaker
         WHERE q.reading = ?1"
    );
    at.prepare_cached(&sql)?.execute([reading])?;
    super::noted::note(at, reading)
}

/// 2022-01-10T16:26 and 2022-01-10/2022-01-13 both begin on that day.
pub(super) fn first_day(date: &str) -> &str {
    date.split(['T', '/']).next().unwrap_or(date)
}

/// What the columns from `at` on tell.
pub(super) fn told(row: &Row<'_>, at: usize) -> rusqlite::Result<Told> {
    let date: String = row.get(at)?;
    Ok(Told {
        date: first_day(&date).to_owned(),
        act: row.get(at + 1)?,
        modality: row.get(at + 2)?,
        is_conditional: row.get(at + 3)?,
        targets: list(row, at + 4)?,
        confidence: row.get(at + 5)?,
        origin: row.get(at + 6)?,
        is_own: row.get(at + 7)?,
        id: row.get(at + 8)?,
    })
}
