//! Counts of moves and meetings by month, kept up to date.
//!
//! In: accounts that come to stand at the head of an entry, or no longer do; months of
//! which some meeting has changed. Out: rows of `move_counts` and `stale_months`. Refuses
//! to know: which accounts are one.

use rusqlite::{Connection, Result};

/// Whether an account is counted, being the first of its entry, or no longer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Comes,
    Goes,
}

/// Counts a move by the account at its head, or counts it no more.
pub(super) fn head(at: &Connection, reading: i64, number: i64, turn: Turn) -> Result<()> {
    let by = if turn == Turn::Comes { 1 } else { -1 };
    at.prepare_cached(
        "INSERT INTO move_counts
         SELECT p.party, i.issue, substr(j.told, 1, 7), substr(j.on_day, 1, 7), m.act, ?3
         FROM moves m
         JOIN (SELECT CASE day WHEN '' THEN '~' ELSE day END AS on_day, told
               FROM move_joins
               WHERE reading = ?1 AND number = ?2) j
         JOIN (SELECT DISTINCT party FROM move_parties
               WHERE reading = ?1 AND move = ?2 AND role = 'actor'
               UNION SELECT '') p
         JOIN (SELECT issue FROM moves
               WHERE reading = ?1 AND number = ?2 AND issue IS NOT NULL
               UNION SELECT '') i
         WHERE m.reading = ?1 AND m.number = ?2 AND j.on_day <> '~'
         ON CONFLICT DO UPDATE SET count = count + ?3",
    )?
    .execute((reading, number, by))
    .map(drop)
}

/// Counts all moves again, where none is counted yet.
pub(crate) fn all(at: &Connection) -> Result<()> {
    at.execute("DELETE FROM move_counts", [])?;
    at.execute(
        "INSERT INTO move_counts
         SELECT p.party, i.issue, substr(j.told, 1, 7), substr(j.on_day, 1, 7), m.act,
           count(*)
         FROM move_joins j
         JOIN moves m ON m.reading = j.reading AND m.number = j.number
         JOIN (SELECT DISTINCT reading, move, party FROM move_parties WHERE role = 'actor'
               UNION ALL SELECT reading, number, '' FROM moves) p
           ON p.reading = j.reading AND p.move = j.number
         JOIN (SELECT reading, number, issue FROM moves WHERE issue IS NOT NULL
               UNION ALL SELECT reading, number, '' FROM moves) i
           ON i.reading = j.reading AND i.number = j.number
         WHERE j.id = j.entry AND j.on_day <> '~' GROUP BY 1, 2, 3, 4, 5",
        [],
    )?;
    at.execute(
        "INSERT OR IGNORE INTO stale_months
         SELECT DISTINCT substr(on_day, 1, 7) FROM meeting_joins WHERE on_day <> '~'",
        [],
    )
    .map(drop)
}

/// Notes that the meetings of a reading are to be counted again where they stand now.
pub(super) fn mark_months(at: &Connection, reading: i64) -> Result<()> {
    at.prepare_cached(
        "INSERT OR IGNORE INTO stale_months
         SELECT substr(on_day, 1, 7) FROM meeting_joins
         WHERE reading = ?1 AND on_day <> '~'",
    )?
    .execute([reading])
    .map(drop)
}

/// Notes that those of a month are.
pub(super) fn mark_month(at: &Connection, on_day: &str) -> Result<()> {
    if on_day == "~" {
        return Ok(());
    }
    let month = on_day.get(..7).unwrap_or(on_day);
    at.prepare_cached("INSERT OR IGNORE INTO stale_months VALUES (?1)")?
        .execute([month])
        .map(drop)
}
