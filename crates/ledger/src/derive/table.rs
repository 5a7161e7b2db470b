//! A table of rules: tab-separated, one header row, sorted, an example a row.
//!
//! In: the table as it is shipped. Out: its rows, their cells by the column's name.
//! Refuses to know: what a rule means.

/// The rows of one table.
pub(crate) struct Rules {
    columns: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
}

impl Rules {
    /// Reads a table.
    ///
    /// # Panics
    /// If the table, which is part of the program, is not well formed.
    pub fn parse(text: &'static str) -> Rules {
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let columns = lines.next().expect("a table of rules has a header row");
        let rows: Vec<_> = lines.collect();
        let is_whole = |row: &Vec<&str>| row.len() == columns.len();
        assert!(rows.iter().all(is_whole), "a row of rules has a cell for each column");
        assert!(rows.is_sorted(), "a table of rules is sorted");
        Rules { columns, rows }
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = Rule<'_>> {
        self.rows.iter().map(|cells| Rule { columns: &self.columns, cells })
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Rule<'a> {
    columns: &'a [&'static str],
    cells: &'a [&'static str],
}

impl Rule<'_> {
    /// The cell of a column.
    ///
    /// # Panics
    /// If the table has no such column.
    pub fn cell(&self, column: &str) -> &'static str {
        let at = self.columns.iter().position(|name| *name == column);
        self.cells[at.expect("the table has the column")]
    }

    /// Whether a cell names a value: `any`, or a list joined by `;`.
    pub fn admits(&self, column: &str, value: &str) -> bool {
        let cell = self.cell(column);
        cell == "any" || cell.split(';').any(|one| one == value)
    }

    /// The cell of a column as a value of a closed list.
    ///
    /// # Panics
    /// If the cell holds anything else.
    pub fn value<T>(&self, column: &str, from_code: impl Fn(&str) -> Option<T>) -> T {
        let cell = self.cell(column);
        from_code(cell).unwrap_or_else(|| panic!("no rule knows {column} {cell}"))
    }
}
