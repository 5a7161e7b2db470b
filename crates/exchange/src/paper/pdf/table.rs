//! Tables made into slabs.
//!
//! In: columns and rows. Out: slabs, one for each line of a row, kept together. Refuses to
//! know: where pages end.

use super::flow::{Flow, HAIR, WIDTH, look};
use super::parts::{Mark, Part, Slab};
use super::type_case::{Line, Look, SOFT};
use web::{Column, Run, Style};

/// Between two columns.
const GUTTER: f32 = 11.0;
/// Above and below the text of a row.
const PAD: f32 = 3.5;

/// Sets a table.
pub fn set(flow: &mut Flow, columns: &[Column], has_heads: bool, rows: &[Vec<Vec<Run>>]) {
    let places = places(columns);
    let table = flow.nodes.add(None, Part::Table);
    let row = flow.nodes.add(Some(table), Part::Row);
    let heads: Vec<&[Run]> = columns.iter().map(|column| &column.head[..]).collect();
    let parts = vec![Part::ColumnHead; heads.len()];
    let mut head = band(flow, &heads, &parts, &places, look(8.0, 11.5, SOFT), row);
    if let Some(first) = head.first_mut() {
        first.before = 8.0;
    }
    for slab in &mut head {
        slab.keeps = true;
    }
    let number = flow.heads.len();
    flow.heads.push(head.iter().map(Slab::repeated).collect());
    flow.slabs.append(&mut head);
    for cells in rows {
        let row = flow.nodes.add(Some(table), Part::Row);
        let cells: Vec<&[Run]> = cells.iter().map(Vec::as_slice).collect();
        let mut parts = vec![Part::Cell; cells.len()];
        if let Some(first) = parts.first_mut().filter(|_| has_heads) {
            *first = Part::RowHead;
        }
        let mut slabs = band(flow, &cells, &parts, &places, look(8.5, 12.0, 0), row);
        for slab in &mut slabs {
            slab.head = Some(number);
        }
        flow.slabs.append(&mut slabs);
    }
    let rule = Mark::Rule { x: 0.0, y: 0.0, width: WIDTH, height: 0.5, grey: HAIR };
    let end = Slab { height: 3.0, marks: vec![rule], ..Slab::default() };
    // The line below a table is never alone on a page.
    if let Some(last) = flow.slabs.last_mut() {
        last.keeps = true;
    }
    flow.slabs.push(end);
}

/// Where each column starts, and how wide it is.
fn places(columns: &[Column]) -> Vec<(f32, f32)> {
    let gutters = GUTTER * columns.len().saturating_sub(1) as f32;
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let mut x = 0.0;
    let places = columns.iter().map(|column| {
        let width = (WIDTH - gutters) * column.share / shares.max(f32::EPSILON);
        let place = (x, width);
        x += width + GUTTER;
        place
    });
    places.collect()
}

/// One row, a slab for each of its lines.
fn band(
    flow: &mut Flow,
    cells: &[&[Run]],
    parts: &[Part],
    places: &[(f32, f32)],
    look: Look,
    row: usize,
) -> Vec<Slab> {
    let mut columns: Vec<(f32, usize, std::vec::IntoIter<Line>)> = Vec::new();
    let mut count = 1;
    for ((cell, part), (x, width)) in cells.iter().zip(parts).zip(places) {
        let node = flow.nodes.add(Some(row), part.clone());
        // A cell without words still is a cell to those who have the table read to them.
        let blank = [blank()];
        let cell = if cell.is_empty() { &blank[..] } else { cell };
        let lines = flow.case.lines(cell, look, *width);
        count = count.max(lines.len());
        columns.push((*x, node, lines.into_iter()));
    }
    let mut slabs = Vec::new();
    for number in 0..count {
        let is_first = number == 0;
        let is_last = number + 1 == count;
        let top = if is_first { PAD } else { 0.0 };
        let foot = if is_last { PAD } else { 0.0 };
        let height = look.leading + top + foot;
        let mut slab = Slab { height, keeps: !is_last, ..Slab::default() };
        if is_first {
            let rule =
                Mark::Rule { x: 0.0, y: 0.0, width: WIDTH, height: 0.5, grey: HAIR };
            slab.marks.push(rule);
        }
        for (x, node, lines) in &mut columns {
            if let Some(line) = lines.next() {
                slab.set_line(line, *x, top, look, *node);
            }
        }
        slabs.push(slab);
    }
    slabs
}

/// A run without anything to see.
fn blank() -> Run {
    let (text, language) = (" ".to_owned(), "en".to_owned());
    Run { text, language, style: Style::Plain, link: None }
}
