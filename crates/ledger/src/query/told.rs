//! What is told of acts, as positions and open items need it.
//!
//! In: a row of a question over moves. Out: who did what when, by whose account. Refuses
//! to know: what follows from it.

use super::list;
use crate::derive::history::Told;
use rusqlite::Row;

/// The day of a move: when it was done, else when it was said, else when it was
/// published. What is yet to be done says where a side stands on the day that it is said.
pub(super) const DATE: &str =
    "CASE WHEN m.modality <> 'future' AND m.occurred_on IS NOT NULL
      AND m.occurred_on <= coalesce(c.published_on, '~') || '~' THEN m.occurred_on
    ELSE coalesce(s.said_on, c.published_on) END";

/// The columns that [`told`] reads, where [`FROM`] names the tables.
pub(super) fn columns() -> String {
    format!(
        "{DATE} AS at, m.act, m.modality,
         EXISTS (SELECT 1 FROM evidence x WHERE x.reading = m.reading
           AND x.record = 'move' AND x.number = m.number AND x.part = 'condition'),
         (SELECT json_group_array(t.party) FROM (SELECT party FROM move_parties t
           WHERE t.reading = m.reading AND t.move = m.number AND t.role = 'target'
           ORDER BY t.number) t),
         m.confidence, {},
         e.party IS NULL OR EXISTS (SELECT 1 FROM move_parties a
           WHERE a.reading = m.reading AND a.move = m.number AND a.role = 'actor'
           AND a.party = e.party),
         j.entry",
        super::ORIGIN
    )
}

/// The tables: `q` is whose act it is, `j` the account of it, `e` who tells it.
pub(super) const FROM: &str = "move_parties q
     JOIN moves m ON m.reading = q.reading AND m.number = q.move AND q.role = 'actor'
     JOIN current c ON c.reading = q.reading
     JOIN move_joins j ON j.reading = m.reading AND j.number = m.number
     LEFT JOIN statements s ON s.reading = m.reading AND s.number = m.statement
     LEFT JOIN entities e ON e.reading = s.reading AND e.number = s.speaker";

/// A party is among whom a move is directed at; one question mark.
pub(super) const TOWARD: &str = "EXISTS (SELECT 1 FROM move_parties t
     WHERE t.reading = m.reading AND t.move = m.number AND t.role = 'target'
     AND t.party = ? COLLATE NOCASE)";

/// What the columns from `at` on tell.
pub(super) fn told(row: &Row<'_>, at: usize) -> rusqlite::Result<Told> {
    let date: String = row.get(at)?;
    Ok(Told {
        // 2022-01-10T16:26 and 2022-01-10/2022-01-13 both begin on that day.
        date: date.split(['T', '/']).next().unwrap_or(&date).to_owned(),
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
