//! Blocks made into slabs: bands of a page that are never cut.
//!
//! In: blocks. Out: slabs in the order in which they are read, and what each piece of text
//! is. Refuses to know: where pages end.

use super::parts::{Anchor, Mark, Nodes, Part, Slab};
use super::table;
use super::type_case::{Look, TypeCase};
use crate::paper::text;
use web::{Block, Role, Run, Style};

/// How wide the text of a page is.
pub const WIDTH: f32 = 451.0;
/// How far words of documents stand in.
const INDENT: f32 = 15.0;
/// How far the items of a list stand in.
const ITEM: f32 = 11.0;
/// How far the entries of the list of documents stand in, behind their numbers.
const ENTRY: f32 = 30.0;
/// How light lines between parts are.
pub const HAIR: u8 = 190;

/// What a paper is made of.
pub struct Flow<'a, 'b> {
    /// The type that it is set with.
    pub case: &'b TypeCase<'a>,
    /// Its bands.
    pub slabs: Vec<Slab>,
    /// What they hold.
    pub nodes: Nodes,
    /// The heads of its tables, which stand again where a table goes on.
    pub heads: Vec<Vec<Slab>>,
    /// The list that goes on, if the block before was an entry of one.
    documents: Option<usize>,
    /// BCP 47: the language that the paper itself speaks.
    language: &'b str,
}

/// How a paragraph stands between others.
#[derive(Clone, Copy)]
pub struct Stand {
    /// How far from the left.
    pub x: f32,
    /// How far below the one before.
    pub before: f32,
    /// Whether it stays on one page with what follows.
    pub keeps: bool,
}

/// A look in which nothing is bold.
pub const fn look(size: f32, leading: f32, grey: u8) -> Look {
    Look { size, leading, is_bold: false, grey }
}

/// A bold look.
const fn bold(size: f32, leading: f32) -> Look {
    Look { size, leading, is_bold: true, grey: 0 }
}

impl<'a, 'b> Flow<'a, 'b> {
    /// The bands of some blocks; `shapes` has how high each picture is beside its width.
    pub fn of(
        case: &'b TypeCase<'a>,
        blocks: &[Block],
        shapes: &[f32],
        language: &'b str,
    ) -> Flow<'a, 'b> {
        let mut flow = Flow {
            case,
            slabs: Vec::new(),
            nodes: Nodes::default(),
            heads: Vec::new(),
            documents: None,
            language,
        };
        let mut pictures = 0;
        for (at, block) in blocks.iter().enumerate() {
            if !matches!(block, Block::Document { .. }) {
                flow.documents = None;
            }
            match block {
                Block::Heading { level, runs } => flow.heading(*level, runs),
                Block::Paragraph { role: Role::Soft, runs } => {
                    // It tells of the heading above it, or closes what stands above it.
                    let is_head =
                        at > 0 && matches!(blocks[at - 1], Block::Heading { .. });
                    flow.soft(runs, if is_head { 2.0 } else { 10.0 });
                }
                Block::Paragraph { role, runs } => flow.paragraph(*role, runs),
                Block::List(items) => flow.list(items),
                Block::Table { columns, has_row_heads, rows } => {
                    table::set(&mut flow, columns, *has_row_heads, rows);
                }
                Block::Picture { about, .. } => {
                    let shape = shapes.get(pictures).copied().unwrap_or_default();
                    flow.picture(pictures, shape, about);
                    pictures += 1;
                }
                Block::Document { number, runs } => flow.document(*number, runs),
            }
            let belongs = match blocks.get(at + 1) {
                Some(Block::Table { .. }) => matches!(block, Block::Paragraph { .. }),
                Some(Block::Paragraph { role: Role::Note, .. }) => true,
                _ => false,
            };
            if let Some(last) = flow.slabs.last_mut().filter(|_| belongs) {
                last.keeps = true;
            }
        }
        flow
    }

    /// Sets a paragraph; the number of the first of its bands.
    pub fn text(&mut self, runs: &[Run], look: Look, stand: Stand, node: usize) -> usize {
        let first = self.slabs.len();
        let lines = self.case.lines(runs, look, WIDTH - stand.x);
        let count = lines.len();
        for (number, line) in lines.into_iter().enumerate() {
            let mut slab = Slab {
                before: if number == 0 { stand.before } else { 0.0 },
                height: look.leading,
                // Neither the first nor the last line of a paragraph stands alone.
                keeps: match number + 1 {
                    last if last == count => stand.keeps,
                    _ => stand.keeps || number == 0 || number + 2 == count,
                },
                ..Slab::default()
            };
            slab.set_line(line, stand.x, 0.0, look, node);
            self.slabs.push(slab);
        }
        first
    }

    fn heading(&mut self, level: u8, runs: &[Run]) {
        let (look, before) = match level {
            1 => (bold(19.0, 25.0), 0.0),
            2 => (bold(13.5, 18.0), 26.0),
            _ => (bold(10.5, 15.0), 15.0),
        };
        let title = text(runs);
        let node = self.nodes.add(None, Part::Heading(level, title.clone()));
        let stand = Stand { x: 0.0, before, keeps: true };
        let first = self.text(runs, look, stand, node);
        let Some(slab) = self.slabs.get_mut(first) else { return };
        slab.anchor = Some(Anchor::Heading(level, title));
        if level == 2 {
            slab.marks.push(Mark::Rule {
                x: 0.0,
                y: -8.0,
                width: WIDTH,
                height: 0.5,
                grey: HAIR,
            });
        }
    }

    fn paragraph(&mut self, role: Role, runs: &[Run]) {
        let (look, x, before, keeps) = match role {
            Role::Body => (look(10.0, 15.5, 0), 0.0, 5.0, false),
            Role::Soft => return self.soft(runs, 2.0),
            Role::Day => (bold(9.5, 14.0), 0.0, 9.0, true),
            Role::Claim => (look(9.5, 14.0, 0), 0.0, 9.0, true),
            Role::Quote => (look(9.5, 14.5, 0), INDENT, 2.0, false),
            Role::Note => (look(8.0, 12.0, super::type_case::SOFT), 0.0, 6.0, false),
        };
        let part = if role == Role::Quote { Part::Quote } else { Part::Paragraph };
        let mut node = self.nodes.add(None, part);
        if role == Role::Quote {
            node = self.nodes.add(Some(node), Part::Paragraph);
        }
        let first = self.text(runs, look, Stand { x, before, keeps }, node);
        if role == Role::Quote {
            for slab in &mut self.slabs[first..] {
                let bar = Mark::Rule {
                    x: INDENT - 9.0,
                    y: 1.5,
                    width: 0.7,
                    height: slab.height,
                    grey: HAIR,
                };
                slab.marks.push(bar);
            }
        }
    }

    fn soft(&mut self, runs: &[Run], before: f32) {
        let node = self.nodes.add(None, Part::Paragraph);
        let stand = Stand { x: 0.0, before, keeps: false };
        self.text(runs, look(9.0, 13.5, super::type_case::SOFT), stand, node);
    }

    fn list(&mut self, items: &[Vec<Run>]) {
        let list = self.nodes.add(None, Part::List(false));
        for item in items {
            let node = self.nodes.add(Some(list), Part::Item);
            let look = look(9.5, 14.0, 0);
            self.labelled(node, "·", item, look, ITEM, 1.5);
        }
    }

    fn document(&mut self, number: usize, runs: &[Run]) {
        let list = match self.documents {
            Some(list) => list,
            None => self.nodes.add(None, Part::List(true)),
        };
        self.documents = Some(list);
        let node = self.nodes.add(Some(list), Part::Item);
        let look = look(9.0, 13.0, 0);
        let first = self.labelled(node, &format!("[{number}]"), runs, look, ENTRY, 6.0);
        let count = self.slabs.len();
        for (at, slab) in self.slabs.iter_mut().enumerate().skip(first) {
            slab.keeps = at + 1 < count;
        }
        if let Some(slab) = self.slabs.get_mut(first) {
            slab.anchor = Some(Anchor::Document(number));
        }
    }

    /// Sets text with a label to the left of its first line; the number of its first band.
    fn labelled(
        &mut self,
        node: usize,
        label: &str,
        runs: &[Run],
        look: Look,
        x: f32,
        before: f32,
    ) -> usize {
        let language = self.language.to_owned();
        let run =
            Run { text: label.to_owned(), language, style: Style::Soft, link: None };
        let label_node = self.nodes.add(Some(node), Part::Label);
        let body = self.nodes.add(Some(node), Part::Body);
        let stand = Stand { x, before, keeps: false };
        let first = self.text(runs, look, stand, body);
        let label = self.case.lines(&[run], look, x).into_iter().next();
        if let Some((slab, line)) = self.slabs.get_mut(first).zip(label) {
            let mut marks = std::mem::take(&mut slab.marks);
            slab.set_line(line, 0.0, 0.0, look, label_node);
            slab.marks.append(&mut marks);
        }
        first
    }

    fn picture(&mut self, number: usize, shape: f32, about: &str) {
        let node = self.nodes.add(None, Part::Figure(about.to_owned()));
        self.slabs.push(Slab {
            before: 12.0,
            height: WIDTH * shape,
            keeps: true,
            marks: vec![Mark::Picture { number, width: WIDTH, node }],
            ..Slab::default()
        });
    }
}
