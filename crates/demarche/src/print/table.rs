//! Columns that stand straight whatever the script.
//!
//! In: rows of cells. Out: lines no wider than the screen. Refuses to know: what a cell
//! means.
//!
//! A Chinese character takes two places on a screen and a combining mark none. Where the
//! rows are too wide, the columns that may shrink are cut, each in proportion to what it
//! would take beyond its least width, and a cut cell ends in `…`.

use super::clean;
use std::io::{self, Write};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands between two columns.
const GAP: usize = 2;

/// A column's heading, and how it may be cut.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    heading: &'static str,
    least: Option<usize>,
    most: usize,
    is_number: bool,
}

impl Column {
    /// A column that is never cut.
    pub const fn fixed(heading: &'static str) -> Column {
        Column { heading, least: None, most: usize::MAX, is_number: false }
    }
    /// A column that may be cut to `least` places and takes no more than `most`.
    pub const fn cut(heading: &'static str, least: usize, most: usize) -> Column {
        Column { heading, least: Some(least), most, is_number: false }
    }
    /// A column of numbers.
    pub const fn number(heading: &'static str) -> Column {
        Column { heading, least: None, most: usize::MAX, is_number: true }
    }
}

/// The words of one cell, and which of them are set off on a screen that can.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    words: String,
    marks: Vec<Range<usize>>,
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Cell { words: clean(&words), marks: Vec::new() }
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell { words: clean(words), marks: Vec::new() }
    }
}

impl From<Option<&str>> for Cell {
    fn from(words: Option<&str>) -> Cell {
        Cell::from(words.unwrap_or(""))
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::from(number.to_string())
    }
}

impl Cell {
    /// A cell in which the bytes of `marks` are set off.
    pub fn marked(words: &str, marks: impl IntoIterator<Item = Range<usize>>) -> Cell {
        let mut cell = Cell::default();
        let mut at = 0;
        for mark in marks {
            let (Some(before), Some(marked)) =
                (words.get(at..mark.start), words.get(mark.clone()))
            else {
                continue;
            };
            cell.push(before);
            let start = cell.words.len();
            cell.push(marked);
            cell.marks.push(start..cell.words.len());
            at = mark.end;
        }
        cell.push(words.get(at..).unwrap_or(""));
        cell
    }

    /// Adds words, keeping a space at either end that cleaning would take.
    fn push(&mut self, words: &str) {
        if words.starts_with(char::is_whitespace) && !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(&clean(words));
        if words.ends_with(char::is_whitespace) && !words.trim().is_empty() {
            self.words.push(' ');
        }
    }
}

/// A table.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table of no rows.
    pub fn new(columns: &[Column]) -> Table {
        Table { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row, a cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Writes the table in no more than `screen` places where its columns allow it; a
    /// column in which every cell is empty is left out.
    pub fn write(
        mut self,
        out: &mut dyn Write,
        screen: usize,
        colour: bool,
    ) -> io::Result<()> {
        self.leave_out_empty();
        let widths = self.widths(screen);
        let headings: Vec<Cell> =
            self.columns.iter().map(|column| Cell::from(column.heading)).collect();
        let heading = self.line(&headings, &widths, false);
        match colour {
            true => writeln!(out, "\u{1b}[1m{heading}\u{1b}[0m")?,
            false => writeln!(out, "{heading}")?,
        }
        for row in &self.rows {
            writeln!(out, "{}", self.line(row, &widths, colour))?;
        }
        Ok(())
    }

    fn leave_out_empty(&mut self) {
        for at in (0..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row[at].words.is_empty()) {
                self.columns.remove(at);
                for row in &mut self.rows {
                    row.remove(at);
                }
            }
        }
    }

    fn widths(&self, screen: usize) -> Vec<usize> {
        let wanted: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let cells = self.rows.iter().map(|row| row[at].words.width());
                let widest = cells.max().unwrap_or(0).min(column.most);
                widest.max(column.heading.width())
            })
            .collect();
        let gaps = GAP * self.columns.len().saturating_sub(1);
        let over = (wanted.iter().sum::<usize>() + gaps).saturating_sub(screen);
        let spare: Vec<usize> = self
            .columns
            .iter()
            .zip(&wanted)
            .map(|(column, &wanted)| {
                wanted.saturating_sub(column.least.unwrap_or(wanted))
            })
            .collect();
        let all: usize = spare.iter().sum();
        let over = over.min(all);
        let mut widths: Vec<usize> = wanted
            .iter()
            .zip(&spare)
            .map(|(&wanted, &spare)| {
                wanted - (over * spare).checked_div(all).unwrap_or(0)
            })
            .collect();
        // Division rounds towards zero; the widest column pays the rest.
        let paid = wanted.iter().sum::<usize>() - widths.iter().sum::<usize>();
        if let Some(at) = (0..widths.len()).max_by_key(|&at| (spare[at], at)) {
            widths[at] -= (over - paid).min(widths[at]);
        }
        widths
    }

    fn line(&self, cells: &[Cell], widths: &[usize], colour: bool) -> String {
        let mut line = String::new();
        for (at, ((cell, &width), column)) in
            cells.iter().zip(widths).zip(&self.columns).enumerate()
        {
            if at > 0 {
                line.extend(std::iter::repeat_n(' ', GAP));
            }
            let shown = cut(&cell.words, width);
            let space = width.saturating_sub(shown.width());
            let before = if column.is_number { space } else { 0 };
            line.extend(std::iter::repeat_n(' ', before));
            match colour {
                true => push_marked(&mut line, &shown, &cell.marks),
                false => line.push_str(&shown),
            }
            line.extend(std::iter::repeat_n(' ', space - before));
        }
        line.truncate(line.trim_end().len());
        line
    }
}

fn push_marked(line: &mut String, shown: &str, marks: &[Range<usize>]) {
    let mut at = 0;
    for mark in marks {
        let (Some(before), Some(marked)) =
            (shown.get(at..mark.start), shown.get(mark.clone()))
        else {
            break;
        };
        line.push_str(before);
        line.push_str("\u{1b}[1m");
        line.push_str(marked);
        line.push_str("\u{1b}[0m");
        at = mark.end;
    }
    line.push_str(&shown[at..]);
}

/// Words cut to a width, with `…` where something is missing.
fn cut(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut taken = 0;
    let mut shown = String::new();
    for c in words.chars() {
        let wide = c.width().unwrap_or(0);
        if taken + wide + 1 > width {
            break;
        }
        taken += wide;
        shown.push(c);
    }
    shown.push('…');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(columns: &[Column], rows: &[&[&str]], screen: usize) -> Vec<String> {
        let mut table = Table::new(columns);
        for row in rows {
            table.row(row.iter().map(|&cell| Cell::from(cell)).collect());
        }
        let mut out = Vec::new();
        table.write(&mut out, screen, false).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn wide_characters_take_two_places() {
        let columns = [Column::fixed("outlet"), Column::fixed("date")];
        let lines = written(&columns, &[&["楠木軒", "a"], &["RFI", "b"]], 100);
        assert_eq!(lines, ["outlet  date", "楠木軒  a", "RFI     b"]);
    }

    #[test]
    fn long_cells_are_cut_to_the_screen() {
        let columns = [Column::fixed("date"), Column::cut("words", 10, 500)];
        let long = "俄罗斯要求北约作出书面保证".repeat(4);
        let lines = written(&columns, &[&["2022-01-10", &long]], 41);
        assert!(lines[1].ends_with('…'));
        assert!((40..=41).contains(&lines[1].width()), "{}", lines[1].width());
    }

    #[test]
    fn columns_that_say_nothing_are_left_out() {
        let columns = [Column::fixed("a"), Column::fixed("b"), Column::number("count")];
        let lines = written(&columns, &[&["x", "", "1"], &["y", "", "22"]], 100);
        assert_eq!(lines, ["a  count", "x      1", "y     22"]);
    }

    #[test]
    fn marks_survive_cleaning() {
        let cell = Cell::marked("反对 北约\n东扩", std::iter::once(7..13));
        assert_eq!(cell.words, "反对 北约 东扩");
        assert_eq!(&cell.words[cell.marks[0].clone()], "北约");
    }
}
