//! The parts of a paper as the tags of a PDF.
//!
//! In: parts, and what was drawn for each. Out: a tree of tags. Refuses to know: places.

use super::parts::{Nodes, Part};
use krilla::tagging::{
    Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use std::num::NonZeroU16;

/// Something drawn that is part of the paper.
pub enum Leaf {
    /// Text, or a picture.
    Content(Identifier),
    /// Text that leads somewhere, and what leads there.
    Link(Identifier, Option<Identifier>),
}

/// The tree of a paper.
pub fn tree(nodes: &Nodes, mut leaves: Vec<Vec<Leaf>>, language: &str) -> TagTree {
    let mut groups: Vec<Option<TagGroup>> = nodes.all.iter().map(|_| None).collect();
    // A part comes after the one that it is in, so that from the end all are made before
    // what holds them.
    for number in (0..nodes.all.len()).rev() {
        let (part, children) = &nodes.all[number];
        let mut group = TagGroup::new(kind(part));
        for child in children {
            if let Some(child) = groups[*child].take() {
                group.push(child);
            }
        }
        for leaf in std::mem::take(&mut leaves[number]) {
            group.push(node(leaf));
        }
        groups[number] = Some(group);
    }
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for root in &nodes.roots {
        if let Some(group) = groups[*root].take() {
            tree.push(group);
        }
    }
    tree
}

fn node(leaf: Leaf) -> Node {
    match leaf {
        Leaf::Content(content) => content.into(),
        Leaf::Link(content, link) => {
            let mut group = TagGroup::new(Tag::Link);
            group.push(content);
            if let Some(link) = link {
                group.push(link);
            }
            group.into()
        }
    }
}

fn kind(part: &Part) -> TagKind {
    match part {
        Part::Heading(level, title) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Part::Paragraph => Tag::P.into(),
        Part::Quote => Tag::BlockQuote.into(),
        Part::List(true) => Tag::L(ListNumbering::Decimal).into(),
        Part::List(false) => Tag::L(ListNumbering::Disc).into(),
        Part::Item => Tag::LI.into(),
        Part::Label => Tag::Lbl.into(),
        Part::Body => Tag::LBody.into(),
        Part::Table => Tag::Table.into(),
        Part::Row => Tag::TR.into(),
        Part::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Part::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Part::Cell => Tag::TD.into(),
        Part::Figure(about) => Tag::Figure(Some(about.clone())).into(),
    }
}
