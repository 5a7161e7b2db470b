//! Letters made into lines.
//!
//! In: runs of text, a size and a width. Out: lines of glyphs with their places. Refuses
//! to know: pages, what a paragraph is there for.

use crate::paper::Error;
use crate::paper::fonts::{Face, Faces, NO_TYPE, is_han};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Feature, UnicodeBuffer};
use std::collections::BTreeSet;
use web::{Link, Run, Style};

/// How far the letters of a line may be moved apart, as a part of their size.
const LOOSEST: f32 = 0.09;

/// How some text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The height of its letters, in points.
    pub size: f32,
    /// From one line to the next.
    pub leading: f32,
    /// Whether all of it is bold.
    pub is_bold: bool,
    /// How light it is: 0 is black.
    pub grey: u8,
}

/// A stretch of one line in one face, with one look.
#[derive(Debug, Clone)]
pub struct Piece {
    /// How far from the beginning of the line it starts.
    pub x: f32,
    /// How long it is.
    pub width: f32,
    /// The number of its face.
    pub face: usize,
    /// The height of its letters.
    pub size: f32,
    /// How light it is.
    pub grey: u8,
    /// Its letters.
    pub text: String,
    /// Their glyphs.
    pub glyphs: Vec<KrillaGlyph>,
    /// BCP 47.
    pub language: String,
    /// Whether its letters stand on a mark.
    pub is_marked: bool,
    /// Where it leads.
    pub link: Option<Link>,
}

/// One line.
pub type Line = Vec<Piece>;

/// One glyph on its way into a line.
struct Atom {
    /// Bytes of the text that it stands for.
    start: usize,
    end: usize,
    glyph: u32,
    advance: f32,
    offset: (f32, f32),
    face: usize,
    run: usize,
}

/// The type that a paper is set with.
pub struct TypeCase<'a> {
    faces: &'a Faces,
    shapers: Vec<rustybuzz::Face<'a>>,
    fonts: Vec<Font>,
    segmenter: LineSegmenterBorrowed<'static>,
}

impl<'a> TypeCase<'a> {
    /// Type of some faces.
    ///
    /// # Errors
    /// If a face is broken.
    pub fn new(faces: &'a Faces) -> Result<TypeCase<'a>, Error> {
        let broken = || Error::Pdf("a font of this machine is broken".to_owned());
        let mut shapers = Vec::new();
        let mut fonts = Vec::new();
        for Face { data, index, .. } in &faces.faces {
            shapers.push(rustybuzz::Face::from_slice(data, *index).ok_or_else(broken)?);
            fonts.push(Font::new(data.clone().into(), *index).ok_or_else(broken)?);
        }
        let segmenter =
            LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        Ok(TypeCase { faces, shapers, fonts, segmenter })
    }

    /// The face with a number.
    pub fn font(&self, face: usize) -> Font {
        self.fonts[face].clone()
    }

    /// The lines of some runs, no longer than `width`.
    pub fn lines(&self, runs: &[Run], look: Look, width: f32) -> Vec<Line> {
        let (text, ends) = self.plain(runs, look);
        let atoms = self.atoms(&text, &ends, runs, look);
        let breaks = self.breaks(&text);
        let ranges = lines_of(&text, &atoms, &breaks, width);
        let last = ranges.len().saturating_sub(1);
        let lines = ranges.into_iter().enumerate().map(|(number, range)| {
            let next = atoms.get(range.end).map(|atom| atom.start);
            let ends_here =
                number == last || next.is_some_and(|at| text[..at].ends_with('\n'));
            let mut advances: Vec<f32> =
                atoms[range.clone()].iter().map(|atom| atom.advance).collect();
            if !ends_here {
                spread(&text, &atoms[range.clone()], &mut advances, width, look.size);
            }
            pieces(&text, &atoms[range], &advances, runs, look)
        });
        lines.collect()
    }

    /// How long some runs are on one line.
    pub fn width(&self, runs: &[Run], look: Look) -> f32 {
        let lines = self.lines(runs, look, f32::MAX);
        let ends = lines.iter().filter_map(|line| line.last());
        ends.map(|piece| piece.x + piece.width).fold(0.0, f32::max)
    }

    /// The letters of some runs that can be set, and where each run ends.
    fn plain(&self, runs: &[Run], look: Look) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut ends = Vec::new();
        for run in runs {
            let is_bold = look.is_bold || run.style == Style::Strong;
            let has = |c: char| self.faces.of(&run.language, is_bold, c).is_some();
            let stand_in = if has(NO_TYPE) { NO_TYPE } else { '?' };
            let letters = run.text.chars().filter(|c| !is_unseen(*c)).map(|c| match c {
                '\n' => c,
                c if c.is_control() => ' ',
                c if has(c) => c,
                _ => stand_in,
            });
            text.extend(letters);
            ends.push(text.len());
        }
        (text, ends)
    }

    /// The glyphs of some text.
    fn atoms(&self, text: &str, ends: &[usize], runs: &[Run], look: Look) -> Vec<Atom> {
        let mut atoms = Vec::new();
        let mut start = 0;
        for (number, (run, end)) in runs.iter().zip(ends).enumerate() {
            let is_bold = look.is_bold || run.style == Style::Strong;
            let mut item: Option<(usize, usize)> = None;
            for (at, letter) in text[start..*end].char_indices() {
                let at = start + at;
                let face = self.faces.of(&run.language, is_bold, letter);
                let face = face.filter(|_| letter != '\n');
                if item.map(|(_, face)| face) != face {
                    if let Some((from, face)) = item {
                        self.shape(text, from..at, face, number, run, look, &mut atoms);
                    }
                    item = face.map(|face| (at, face));
                }
            }
            if let Some((from, face)) = item {
                self.shape(text, from..*end, face, number, run, look, &mut atoms);
            }
            start = *end;
        }
        atoms
    }

    #[expect(clippy::too_many_arguments, reason = "one item of text, told in full")]
    fn shape(
        &self,
        text: &str,
        range: std::ops::Range<usize>,
        face: usize,
        number: usize,
        run: &Run,
        look: Look,
        atoms: &mut Vec<Atom>,
    ) {
        let shaper = &self.shapers[face];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[range.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        if let Ok(language) = run.language.parse() {
            buffer.set_language(language);
        }
        let is_han_set = ["zh", "ja", "ko"].iter().any(|l| run.language.starts_with(l));
        // Quotation marks and dashes of Han faces are as wide as a Han character, which
        // tears a Latin line apart.
        let narrow = Feature::new(Tag::from_bytes(b"pwid"), u32::from(!is_han_set), ..);
        let set = rustybuzz::shape(shaper, &[narrow], buffer);
        let em = shaper.units_per_em() as f32;
        let scale = look.size / em;
        let infos = set.glyph_infos();
        let first = atoms.len();
        for (info, place) in infos.iter().zip(set.glyph_positions()) {
            atoms.push(Atom {
                start: range.start + info.cluster as usize,
                end: range.end,
                glyph: info.glyph_id,
                advance: place.x_advance as f32 * scale,
                offset: (place.x_offset as f32 / em, place.y_offset as f32 / em),
                face,
                run: number,
            });
        }
        for at in first..atoms.len() {
            let start = atoms[at].start;
            let later = atoms[at..].iter().find(|atom| atom.start > start);
            atoms[at].end = later.map_or(range.end, |atom| atom.start);
        }
    }

    /// Where lines may be broken.
    fn breaks(&self, text: &str) -> BTreeSet<usize> {
        let mut breaks: BTreeSet<usize> = self.segmenter.segment_str(text).collect();
        // The segmenter keeps “ and ” with both their neighbours, as it cannot know
        // which way they open; in Chinese the way is plain: 他说|“不”|的时候.
        let mut before = None;
        for (at, letter) in text.char_indices() {
            let is_open = matches!(letter, '“' | '‘') && before.is_some_and(is_wide);
            let is_closed = matches!(before, Some('”' | '’')) && is_han(letter);
            if is_open || is_closed {
                breaks.insert(at);
            }
            before = Some(letter);
        }
        breaks
    }
}

/// Whether a sign guides what is around it and is not seen itself.
pub fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a sign is as wide as a Han character.
fn is_wide(sign: char) -> bool {
    is_han(sign) || matches!(sign, '\u{3001}'..='\u{30ff}' | '\u{ff01}'..='\u{ff5e}')
}

/// The lines that glyphs fall into: broken where they may be, and inside a word only
/// where the word is longer than a line.
fn lines_of(
    text: &str,
    atoms: &[Atom],
    breaks: &BTreeSet<usize>,
    width: f32,
) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut last, mut x, mut at) = (0, None, 0.0, 0);
    while at < atoms.len() {
        let atom = &atoms[at];
        let is_new = at > start && atoms[at - 1].start != atom.start;
        if is_new && text[..atom.start].ends_with('\n') {
            lines.push(start..at);
            (start, last, x) = (at, None, 0.0);
        } else if is_new && breaks.contains(&atom.start) {
            last = Some(at);
        }
        let is_space = text[atom.start..].starts_with(' ');
        if x + atom.advance > width + 0.01 && !is_space && at > start {
            let end = last.unwrap_or(at);
            lines.push(start..end);
            (start, at, last, x) = (end, end, None, 0.0);
            continue;
        }
        x += atom.advance;
        at += 1;
    }
    if start < atoms.len() {
        lines.push(start..atoms.len());
    }
    lines
}

/// Moves the letters of a line of Han characters apart until it is full, if that can be
/// done unseen.
fn spread(text: &str, atoms: &[Atom], advances: &mut [f32], width: f32, size: f32) {
    let letter = |atom: &Atom| text[atom.start..].chars().next().unwrap_or(' ');
    let seen = atoms.iter().rposition(|atom| letter(atom) != ' ').map_or(0, |at| at + 1);
    let han = atoms[..seen].iter().filter(|atom| is_wide(letter(atom))).count();
    if han * 2 < seen || seen < 2 {
        return;
    }
    let slack = width - advances[..seen].iter().sum::<f32>();
    let gaps: Vec<usize> = (0..seen - 1)
        .filter(|at| is_wide(letter(&atoms[*at])) || is_wide(letter(&atoms[*at + 1])))
        .collect();
    let each = slack / gaps.len().max(1) as f32;
    if each > 0.0 && each <= size * LOOSEST {
        for gap in gaps {
            advances[gap] += each;
        }
    }
}

/// A line's glyphs in pieces of one face and one look.
fn pieces(
    text: &str,
    atoms: &[Atom],
    advances: &[f32],
    runs: &[Run],
    look: Look,
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<(usize, usize, usize)> = None;
    let mut x = 0.0;
    for (atom, advance) in atoms.iter().zip(advances) {
        let run = &runs[atom.run];
        let from = match last {
            Some((face, number, from)) if (face, number) == (atom.face, atom.run) => from,
            _ => {
                pieces.push(piece(x, atom.face, run, look));
                atom.start
            }
        };
        last = Some((atom.face, atom.run, from));
        let Some(piece) = pieces.last_mut() else { continue };
        piece.text = text[from..atom.end].to_owned();
        piece.width += advance;
        piece.glyphs.push(KrillaGlyph::new(
            GlyphId::new(atom.glyph),
            advance / look.size,
            atom.offset.0,
            atom.offset.1,
            0.0,
            atom.start - from..atom.end - from,
            None,
        ));
        x += advance;
    }
    pieces
}

fn piece(x: f32, face: usize, run: &Run, look: Look) -> Piece {
    let is_soft = matches!(run.style, Style::Soft | Style::Code);
    Piece {
        x,
        width: 0.0,
        face,
        size: look.size,
        grey: if is_soft { look.grey.max(SOFT) } else { look.grey },
        text: String::new(),
        glyphs: Vec::new(),
        language: run.language.clone(),
        is_marked: run.style == Style::Marked,
        link: run.link.clone(),
    }
}

/// How light what matters less is.
pub const SOFT: u8 = 88;
