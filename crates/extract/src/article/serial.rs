//! Addresses whose numbers grow as articles appear.
//!
//! In: `serials.tsv`, numbers of one site with the day on which each appeared. Out: the day
//! of any number between two of them, good to a day or so. Refuses to know: anything else
//! that dates an article.

use crate::Error;
use crate::lexicon::Rows;
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// How far past the last number known its site's pace is trusted, in days.
const PAST_LAST: i64 = 10;

/// The known numbers of each site, `gnews.org/zh-hans/`, in order.
#[derive(Debug, Default)]
pub(super) struct Serials {
    known: BTreeMap<&'static str, Vec<(i64, Date)>>,
}

impl Serials {
    /// Loads the table.
    ///
    /// # Errors
    /// If a row is malformed, or its number or day is smaller than the one above it.
    pub fn load(rows: &Rows) -> Result<Serials, Error> {
        let mut known: BTreeMap<&'static str, Vec<(i64, Date)>> = BTreeMap::new();
        for row in rows.iter() {
            let (number, day) = (row.cell("number")?, row.cell("date")?);
            let number = number.parse().map_err(|_| row.problem(number.to_owned()))?;
            let day: Date = day.parse().map_err(|_| row.problem(day.to_owned()))?;
            let numbers = known.entry(row.cell("address")?).or_default();
            if numbers.last().is_some_and(|last| last.0 >= number || last.1 > day) {
                return Err(row.problem("number and day grow from row to row".to_owned()));
            }
            numbers.push((number, day));
        }
        Ok(Serials { known })
    }

    /// The day on which an address's number appeared.
    pub fn day_of(&self, url: &str) -> Option<Date> {
        let (numbers, rest) = self.known.iter().find_map(|(address, numbers)| {
            let at = url.find(address)?;
            Some((numbers, &url[at + address.len()..]))
        })?;
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest[..len].parse().ok()?;
        let next = numbers.partition_point(|(known, _)| *known <= number);
        let before = *numbers.get(next.checked_sub(1)?)?;
        let Some(&after) = numbers.get(next) else {
            let first = numbers.first()?;
            let pace = (before.0 - first.0) / days(first.1, before.1).max(1);
            let past = (number - before.0) / pace.max(1);
            let day = before.1.checked_add(past.days()).ok()?;
            return (past <= PAST_LAST).then_some(day);
        };
        let share = days(before.1, after.1) * (number - before.0) / (after.0 - before.0);
        before.1.checked_add(share.days()).ok()
    }
}

/// Days from `from` to `to`.
fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon/shared/serials.tsv"));

    #[test]
    fn numbers_between_two_days_lie_between_them() {
        let table = "address\tnumber\tdate\texample\n\
                     a.org/\t100\t2022-03-01\t-\na.org/\t200\t2022-03-05\t-\n";
        let serials = Serials::load(&Rows::parse("test", table).unwrap()).unwrap();
        let day = |url| serials.day_of(url).map(|day| day.to_string());
        assert_eq!(day("https://a.org/150/").as_deref(), Some("2022-03-03"));
        assert_eq!(day("https://a.org/225").as_deref(), Some("2022-03-06"));
        assert_eq!(day("https://a.org/99"), None);
        assert_eq!(day("https://a.org/9999999"), None);
        assert_eq!(day("https://b.org/150"), None);
    }

    #[test]
    fn every_row_reads_its_example() {
        let rows = Rows::parse("shared/serials", TABLE).unwrap();
        let serials = Serials::load(&rows).unwrap();
        for row in rows.iter() {
            let cell = |column| row.cell(column).unwrap();
            let url = cell("example").replace("{serial:", "").replace('}', "");
            let day = serials.day_of(&url).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some(cell("date")), "{url}");
        }
    }
}
