//! A table of language data: tab-separated, one header row, one example a row.

use crate::Error;
use record::Rule;

/// A table as it was loaded.
pub struct Rows {
    file: &'static str,
    header: Vec<&'static str>,
    rows: Vec<(usize, Vec<&'static str>)>,
}

/// One row, with its table's header.
pub struct TsvRow<'a> {
    table: &'a Rows,
    line: usize,
    cells: &'a [&'static str],
}

impl Rows {
    /// Splits a table; lines that start with `#` are remarks.
    ///
    /// # Errors
    /// If a row has more or fewer cells than the header.
    pub fn parse(file: &'static str, text: &'static str) -> Result<Rows, Error> {
        let problem = |line: usize, problem: String| Error::LexiconRow {
            file: file.to_owned(),
            line,
            problem,
        };
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let Some((_, header)) = lines.next() else {
            return Err(problem(1, "there is no header row".to_owned()));
        };
        let header: Vec<&str> = header.split('\t').collect();
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').collect();
            if cells.len() != header.len() {
                return Err(problem(
                    line,
                    format!(
                        "{} cells where the header has {}",
                        cells.len(),
                        header.len()
                    ),
                ));
            }
            rows.push((line, cells));
        }
        Ok(Rows { file, header, rows })
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = TsvRow<'_>> {
        self.rows.iter().map(|(line, cells)| TsvRow { table: self, line: *line, cells })
    }
}

impl TsvRow<'_> {
    /// The cell under a column.
    ///
    /// # Errors
    /// If the table has no such column.
    pub fn cell(&self, column: &str) -> Result<&'static str, Error> {
        match self.table.header.iter().position(|name| *name == column) {
            Some(at) => Ok(self.cells[at]),
            None => Err(self.problem(format!("there is no column {column:?}"))),
        }
    }
    /// The cell's parts between `|`, none when it is empty.
    ///
    /// # Errors
    /// If the table has no such column.
    pub fn list(&self, column: &str) -> Result<Vec<&'static str>, Error> {
        Ok(self.cell(column)?.split('|').filter(|part| !part.is_empty()).collect())
    }
    /// The first cell: the row's word.
    #[cfg(test)]
    pub fn first(&self) -> &'static str {
        self.cells.first().copied().unwrap_or("")
    }
    /// The row's address: table and first cell.
    pub fn rule(&self) -> Rule {
        Rule::new(&format!("{}:{}", self.table.file, self.cells[0]))
    }
    /// An error at this row.
    pub fn problem(&self, problem: String) -> Error {
        Error::LexiconRow { file: self.table.file.to_owned(), line: self.line, problem }
    }
}
