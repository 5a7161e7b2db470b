//! Pages written as PDF.
//!
//! In: pages of slabs. Out: bytes. Refuses to know: how lines were broken.

use super::flow::{WIDTH, look};
use super::pages::Page;
use super::parts::{Anchor, Mark, Nodes, Slab};
use super::tags::{Leaf, tree};
use super::type_case::{Piece, SOFT, TypeCase};
use crate::paper::{Error, MAKER};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::{luma, rgb};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::{Destination, XyzDestination};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg::Tree;
use std::collections::BTreeMap;
use web::{Link, Run, Style};

/// A4, in points.
const PAPER: (f32, f32) = (595.28, 841.89);
/// The left edge of the text.
const LEFT: f32 = (PAPER.0 - WIDTH) / 2.0;
/// The upper edge of the text.
const TOP: f32 = 68.0;
/// Where the line at the foot of a page stands.
const FOOT: f32 = PAPER.1 - 46.0;
/// How much above a place its page is opened.
const AIR: f32 = 12.0;

/// A paper to be written.
pub struct Paper<'a> {
    /// The type that it was set with.
    pub case: &'a TypeCase<'a>,
    /// Its pictures.
    pub pictures: &'a [Tree],
    /// What it is called.
    pub title: String,
    /// BCP 47.
    pub language: String,
}

/// A stretch of a page that leads somewhere.
struct Area {
    rect: Rect,
    link: Link,
    /// The part that it is in, and its place among what was drawn for it.
    leaf: (usize, usize),
}

/// A way to a place.
type Ways = BTreeMap<usize, XyzDestination>;

impl Paper<'_> {
    /// Writes the pages.
    ///
    /// # Errors
    /// If a font may not be embedded.
    pub fn write(&self, pages: Vec<Page>, nodes: &Nodes) -> Result<Vec<u8>, Error> {
        let configuration = ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|_| Error::Pdf("PDF/UA-1 asks for another version".to_owned()))?;
        let settings = SerializeSettings { configuration, ..Default::default() };
        let mut document = Document::new_with(settings);
        document.set_metadata(
            Metadata::new()
                .title(self.title.clone())
                .language(self.language.clone())
                .creator(MAKER.to_owned()),
        );
        let (outline, ways) = places(&pages);
        document.set_outline(outline);
        let mut leaves: Vec<Vec<Leaf>> = nodes.all.iter().map(|_| Vec::new()).collect();
        let count = pages.len();
        for (number, page) in pages.iter().enumerate() {
            self.page(&mut document, page, (number + 1, count), &ways, &mut leaves);
        }
        document.set_tag_tree(tree(nodes, leaves, &self.language));
        document.finish().map_err(|cause| Error::Pdf(told(&cause)))
    }

    fn page(
        &self,
        document: &mut Document,
        slabs: &Page,
        place: (usize, usize),
        ways: &Ways,
        leaves: &mut [Vec<Leaf>],
    ) {
        let Some(settings) = PageSettings::from_wh(PAPER.0, PAPER.1) else { return };
        let mut page = document.start_page_with(settings);
        let mut areas = Vec::new();
        let mut surface = page.surface();
        for (y, slab) in slabs {
            self.slab(&mut surface, TOP + y, slab, leaves, &mut areas);
        }
        self.foot(&mut surface, place);
        surface.finish();
        for area in areas {
            let (target, about) = match &area.link {
                Link::Document(number) => match ways.get(number) {
                    Some(way) => (
                        Target::Destination(Destination::Xyz(way.clone())),
                        format!("[{number}]"),
                    ),
                    None => continue,
                },
                Link::Address(address) => {
                    let action = Action::Link(LinkAction::new(address.clone()));
                    (Target::Action(action), address.clone())
                }
            };
            let link = LinkAnnotation::new(area.rect, target);
            let link =
                page.add_tagged_annotation(Annotation::new_link(link, Some(about)));
            if let Leaf::Link(_, way) = &mut leaves[area.leaf.0][area.leaf.1] {
                *way = Some(link);
            }
        }
        page.finish();
    }

    fn slab(
        &self,
        surface: &mut Surface<'_>,
        top: f32,
        slab: &Slab,
        leaves: &mut [Vec<Leaf>],
        areas: &mut Vec<Area>,
    ) {
        for mark in &slab.marks {
            match mark {
                Mark::Rule { x, y, width, height, grey } => {
                    let rect = Rect::from_xywh(LEFT + x, top + y, *width, *height);
                    dress(surface, rect, luma_fill(*grey));
                }
                Mark::Picture { number, width, node } => {
                    let Some(picture) = self.pictures.get(*number) else { continue };
                    let shape = picture.size().height() / picture.size().width();
                    let Some(size) = Size::from_wh(*width, width * shape) else {
                        continue;
                    };
                    let content = surface.start_tagged(ContentTag::Other);
                    surface.push_transform(&Transform::from_translate(LEFT, top));
                    surface.draw_svg(picture, size, SvgSettings::default());
                    surface.pop();
                    surface.end_tagged();
                    leaves[*node].push(Leaf::Content(content));
                }
                Mark::Piece { y, piece, node } => {
                    let at = Point::from_xy(LEFT + piece.x, top + y);
                    areas.extend(self.piece(surface, at, piece, *node, leaves));
                }
            }
        }
    }

    /// Draws a piece of text; where it leads.
    fn piece(
        &self,
        surface: &mut Surface<'_>,
        at: Point,
        piece: &Piece,
        node: Option<usize>,
        leaves: &mut [Vec<Leaf>],
    ) -> Option<Area> {
        let rect = Rect::from_xywh(
            at.x,
            at.y - piece.size * 0.92,
            piece.width.max(0.1),
            piece.size * 1.2,
        );
        if piece.is_marked {
            dress(surface, rect, fill(rgb::Color::new(247, 236, 196).into()));
        }
        let other = (piece.language != self.language).then_some(piece.language.as_str());
        let tag = match node {
            Some(_) => ContentTag::Span(SpanTag::empty().with_lang(other)),
            None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)),
        };
        let content = surface.start_tagged(tag);
        surface.set_fill(Some(luma_fill(piece.grey)));
        surface.draw_glyphs(
            at,
            &piece.glyphs,
            self.case.font(piece.face),
            &piece.text,
            piece.size,
            false,
        );
        surface.end_tagged();
        let node = node?;
        let Some((link, rect)) = piece.link.clone().zip(rect) else {
            leaves[node].push(Leaf::Content(content));
            return None;
        };
        leaves[node].push(Leaf::Link(content, None));
        Some(Area { rect, link, leaf: (node, leaves[node].len() - 1) })
    }

    /// What stands at the foot of a page: what the paper is called, and which page it is.
    fn foot(&self, surface: &mut Surface<'_>, (number, count): (usize, usize)) {
        let look = look(8.0, 10.0, SOFT);
        let run = |text: String| Run {
            text,
            language: self.language.clone(),
            style: Style::Plain,
            link: None,
        };
        let pages = [run(format!("{number} / {count}"))];
        let room = WIDTH - 80.0;
        let title = self.case.lines(&[run(self.title.clone())], look, room);
        let right = WIDTH - self.case.width(&pages, look);
        let pages = self.case.lines(&pages, look, WIDTH).into_iter().next();
        let left = title.into_iter().next().map(|line| (0.0, line));
        for (x, line) in left.into_iter().chain(pages.map(|line| (right, line))) {
            let kind = ArtifactType::Footer;
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
            surface.set_fill(Some(luma_fill(SOFT)));
            for piece in line {
                let at = Point::from_xy(LEFT + x + piece.x, FOOT);
                let font = self.case.font(piece.face);
                let (glyphs, text) = (&piece.glyphs, &piece.text);
                surface.draw_glyphs(at, glyphs, font, text, piece.size, false);
            }
            surface.end_tagged();
        }
    }
}

/// Draws what only dresses the page.
fn dress(surface: &mut Surface<'_>, rect: Option<Rect>, fill: Fill) {
    let Some(rect) = rect else { return };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    let Some(path) = path.finish() else { return };
    let kind = ArtifactType::Layout;
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    surface.set_fill(Some(fill));
    surface.draw_path(&path);
    surface.end_tagged();
}

fn luma_fill(grey: u8) -> Fill {
    fill(luma::Color::new(grey).into())
}

fn fill(paint: krilla::paint::Paint) -> Fill {
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// The list of contents, and the way to each document.
fn places(pages: &[Page]) -> (Outline, Ways) {
    let mut ways = Ways::new();
    let mut sections: Vec<OutlineNode> = Vec::new();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let anchors = pages.iter().enumerate().flat_map(|(number, page)| {
        page.iter().filter_map(move |(y, slab)| {
            let y = (TOP + y - AIR).max(0.0);
            let place = XyzDestination::new(number, Point::from_xy(0.0, y));
            slab.anchor.as_ref().map(|anchor| (anchor, place))
        })
    });
    for (anchor, place) in anchors {
        match anchor {
            Anchor::Document(number) => drop(ways.insert(*number, place)),
            Anchor::Heading(level, title) => {
                let node = OutlineNode::new(title.clone(), place).with_open(*level < 2);
                while open.last().is_some_and(|(around, _)| around >= level) {
                    close(&mut open, &mut sections);
                }
                open.push((*level, node));
            }
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut sections);
    }
    let mut outline = Outline::new();
    for section in sections {
        outline.push_child(section);
    }
    (outline, ways)
}

/// Puts the innermost open entry into the one around it.
fn close(open: &mut Vec<(u8, OutlineNode)>, closed: &mut Vec<OutlineNode>) {
    let Some((_, node)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, around)) => around.push_child(node),
        None => closed.push(node),
    }
}

/// What is wrong, in words that say what to do.
fn told(cause: &KrillaError) -> String {
    match cause {
        KrillaError::Validation(faults) => {
            let faults = faults.iter().map(|(fault, _)| format!("{fault:?}"));
            let faults: Vec<String> = faults.take(3).collect();
            format!("it would not meet PDF/UA-1: {}", faults.join("; "))
        }
        other => format!("{other:?}"),
    }
}
