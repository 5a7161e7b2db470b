//! Which of a machine's fonts set which letters.
//!
//! In: font files that are asked for, else the fonts of the machine. Out: for each letter
//! in a language and weight the face that has it. Refuses to know: lines, pages. No fonts
//! are bundled; they are embedded into what is written, cut down to the letters in use.

use super::Error;
use resvg::usvg::fontdb::{Database, ID, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Serif families with Han characters, the best first, without the ending that tells the
/// region (`Noto Serif CJK SC`), and single families for one region.
const HAN: [&str; 6] = [
    "Noto Serif CJK",
    "Source Han Serif",
    "Noto Serif",
    "Songti",
    "Noto Sans CJK",
    "Source Han Sans",
];
const HAN_SIMPLIFIED: [&str; 9] = [
    "SimSun",
    "STSong",
    "AR PL UMing CN",
    "AR PL SungtiL GB",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
];
const HAN_TRADITIONAL: [&str; 6] = [
    "PMingLiU",
    "MingLiU",
    "AR PL UMing TW",
    "AR PL New Sung",
    "PingFang TC",
    "Microsoft JhengHei",
];
/// Serif families for other scripts.
const OTHER: [&str; 9] = [
    "Noto Serif",
    "Source Serif 4",
    "Libertinus Serif",
    "STIX Two Text",
    "Liberation Serif",
    "Times New Roman",
    "Georgia",
    "DejaVu Serif",
    "DejaVu Sans",
];
/// The weight of bold type.
const BOLD: u16 = 700;
/// The weight of other type.
const REGULAR: u16 = 400;
/// What stands where no font has a sign: the mark that Chinese printers set for type that
/// is not in the case.
pub(super) const NO_TYPE: char = '〓';
/// How many letters a message shows.
const LETTERS_SHOWN: usize = 8;

/// The fonts that a paper may be set in.
pub struct Fonts {
    machine: Database,
    /// Families of files that were asked for; they come before all others.
    asked: Vec<String>,
}

/// A face that is used, in memory.
pub(super) struct Face {
    /// The file's bytes.
    pub data: Arc<Vec<u8>>,
    /// Which of the file's faces it is.
    pub index: u32,
    id: ID,
}

/// The faces that some text needs.
pub(super) struct Faces {
    /// The faces, in the order in which they were first needed.
    pub faces: Vec<Face>,
    /// Signs that no font has.
    pub missing: BTreeSet<char>,
    choice: BTreeMap<(String, bool), BTreeMap<char, usize>>,
}

impl Fonts {
    /// The fonts of the machine, those of `files` before all others.
    ///
    /// # Errors
    /// If one of the files is no font.
    pub fn find(files: &[PathBuf]) -> Result<Fonts, Error> {
        let mut machine = Database::new();
        let mut asked: Vec<String> = Vec::new();
        for path in files {
            asked.extend(add_file(&mut machine, path)?);
        }
        machine.load_system_fonts();
        let mut seen = BTreeSet::new();
        asked.retain(|family| seen.insert(family.clone()));
        Ok(Fonts { machine, asked })
    }

    /// Whether some font of the machine has a letter.
    pub fn has(&self, letter: char) -> bool {
        let letter = BTreeSet::from([letter]);
        self.machine.faces().any(|face| !self.covered(face.id, &letter).is_empty())
    }

    /// The families for a language, the best first.
    fn families(&self, language: &str) -> Vec<String> {
        let regions: &[&str] = match language {
            "zh-Hant-HK" | "zh-HK" => &["HK", "TC", "SC"],
            tag if tag.starts_with("zh-Hant") || tag == "zh-TW" => &["TC", "TW", "SC"],
            tag if tag.starts_with("ja") => &["JP", "SC"],
            tag if tag.starts_with("ko") => &["KR", "SC"],
            _ => &["SC", "CN", "TC"],
        };
        let is_region = |family: &String| {
            regions.iter().any(|region| family.ends_with(&format!(" {region}")))
        };
        let (mut families, rest): (Vec<String>, Vec<String>) =
            self.asked.iter().cloned().partition(is_region);
        families.extend(rest);
        let han = HAN.iter().map(|stem| format!("{stem} {}", regions[0]));
        let others = HAN.iter().flat_map(|stem| {
            regions[1..].iter().map(move |region| format!("{stem} {region}"))
        });
        let single: [&[&str]; 2] = match regions[0] {
            "TC" | "HK" => [&HAN_TRADITIONAL, &HAN_SIMPLIFIED],
            _ => [&HAN_SIMPLIFIED, &HAN_TRADITIONAL],
        };
        let single = single.concat().into_iter().map(str::to_owned);
        let other = OTHER.iter().map(|family| (*family).to_owned());
        let is_han = ["zh", "ja", "ko"].iter().any(|tag| language.starts_with(tag));
        if is_han {
            families.extend(han.chain(others).chain(single).chain(other));
        } else {
            // The two best have Latin and Cyrillic that go well with their Han.
            let [best, rest] = [0..2, 2..HAN.len()].map(|range| {
                HAN[range].iter().map(|stem| format!("{stem} SC")).collect::<Vec<_>>()
            });
            families.extend(best.into_iter().chain(other).chain(rest).chain(single));
        }
        families
    }

    /// The face of a family whose weight is nearest.
    fn face_of(&self, family: &str, is_bold: bool) -> Option<ID> {
        let wanted = if is_bold { BOLD } else { REGULAR };
        let faces = self.machine.faces().filter(|face| {
            face.families.iter().any(|(name, _)| name == family)
                && face.style == resvg::usvg::fontdb::Style::Normal
                && face.stretch == resvg::usvg::fontdb::Stretch::Normal
        });
        // A variable font shows as its default weight only, which is then the nearest.
        let best = faces.min_by_key(|face| {
            (face.weight.0.abs_diff(wanted), place(&face.source), face.index)
        });
        best.map(|face| face.id)
    }

    /// Every face of the machine, in an order that does not hang on the file system's.
    fn all(&self) -> Vec<ID> {
        let mut faces: Vec<_> = self.machine.faces().collect();
        faces.sort_by_key(|face| (place(&face.source), face.index));
        faces.into_iter().map(|face| face.id).collect()
    }

    /// Gives each letter to the first face of a stack that has it.
    fn choose(
        &self,
        stack: &mut Vec<ID>,
        rest: &mut BTreeSet<char>,
        choice: &mut BTreeMap<char, usize>,
        hold: &mut dyn FnMut(ID) -> Option<usize>,
    ) {
        for id in stack.drain(..) {
            let here = self.covered(id, rest);
            if here.is_empty() {
                continue;
            }
            let Some(face) = hold(id) else { continue };
            rest.retain(|letter| !here.contains(letter));
            choice.extend(here.into_iter().map(|letter| (letter, face)));
        }
    }

    /// Those of some letters that a face has.
    fn covered(&self, id: ID, letters: &BTreeSet<char>) -> BTreeSet<char> {
        let found = self.machine.with_face_data(id, |data, index| {
            let face = rustybuzz::ttf_parser::Face::parse(data, index).ok()?;
            let has = |letter: &char| face.glyph_index(*letter).is_some_and(|g| g.0 != 0);
            Some(letters.iter().copied().filter(has).collect())
        });
        found.flatten().unwrap_or_default()
    }

    /// A database with only the faces in use, for a picture.
    pub(super) fn for_pictures(&self, faces: &Faces) -> Database {
        let mut few = Database::new();
        let mut families = Vec::new();
        for face in &faces.faces {
            let Some(info) = self.machine.face(face.id) else { continue };
            families.extend(info.families.first().map(|(name, _)| name.clone()));
            few.push_face_info(info.clone());
        }
        if let Some(family) = families.first() {
            few.set_serif_family(family);
            few.set_sans_serif_family(family);
        }
        few
    }

    /// The faces that set some letters, each told with its language and whether it is bold.
    ///
    /// # Errors
    /// If there are letters that no font has.
    pub(super) fn faces(
        &self,
        letters: &BTreeMap<(String, bool), BTreeSet<char>>,
    ) -> Result<Faces, Error> {
        let mut faces = Faces {
            faces: Vec::new(),
            missing: BTreeSet::new(),
            choice: BTreeMap::new(),
        };
        let mut files: BTreeMap<String, Arc<Vec<u8>>> = BTreeMap::new();
        for ((language, is_bold), letters) in letters {
            let families = self.families(language);
            let mut stack: Vec<ID> =
                families.iter().filter_map(|name| self.face_of(name, *is_bold)).collect();
            let mut rest = letters.clone();
            let mut choice = BTreeMap::new();
            self.choose(&mut stack, &mut rest, &mut choice, &mut |id| {
                faces.hold(self, id, &mut files)
            });
            if !rest.is_empty() {
                stack = self.all();
                self.choose(&mut stack, &mut rest, &mut choice, &mut |id| {
                    faces.hold(self, id, &mut files)
                });
            }
            faces.missing.extend(rest);
            faces.choice.insert((language.clone(), *is_bold), choice);
        }
        refuse_letters(&faces.missing)?;
        Ok(faces)
    }
}

impl Faces {
    /// The number of a face, which is read into memory once.
    fn hold(
        &mut self,
        fonts: &Fonts,
        id: ID,
        files: &mut BTreeMap<String, Arc<Vec<u8>>>,
    ) -> Option<usize> {
        if let Some(at) = self.faces.iter().position(|face| face.id == id) {
            return Some(at);
        }
        let (source, index) = fonts.machine.face_source(id)?;
        let data = match files.get(&place(&source)) {
            Some(data) => data.clone(),
            None => {
                let data = fonts.machine.with_face_data(id, |data, _| data.to_vec())?;
                let data = Arc::new(data);
                files.insert(place(&source), data.clone());
                data
            }
        };
        self.faces.push(Face { data, index, id });
        Some(self.faces.len() - 1)
    }

    /// The face that sets a letter; none where no font has it.
    pub fn of(&self, language: &str, is_bold: bool, letter: char) -> Option<usize> {
        self.choice.get(&(language.to_owned(), is_bold))?.get(&letter).copied()
    }
}

/// Letters cannot be left out; other signs can be marked as missing.
fn refuse_letters(missing: &BTreeSet<char>) -> Result<(), Error> {
    let letters: Vec<char> =
        missing.iter().copied().filter(|sign| sign.is_alphanumeric()).collect();
    let han: String =
        letters.iter().filter(|letter| is_han(**letter)).take(LETTERS_SHOWN).collect();
    let others: String = letters.iter().take(LETTERS_SHOWN).collect();
    if !han.is_empty() {
        return Err(Error::NoLetters { letters: han, is_han: true });
    }
    if !others.is_empty() {
        return Err(Error::NoLetters { letters: others, is_han: false });
    }
    Ok(())
}

/// Whether a letter is a Han character.
pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Adds a font file; gives the families in it.
fn add_file(machine: &mut Database, path: &Path) -> Result<Vec<String>, Error> {
    let fault = |problem: String| Error::Font { path: path.to_owned(), problem };
    std::fs::File::open(path).map_err(|cause| fault(cause.to_string()))?;
    let found = machine.load_font_source(Source::File(path.to_owned()));
    let families = found.iter().filter_map(|id| machine.face(*id));
    let families = families.filter_map(|face| face.families.first());
    let families: Vec<String> = families.map(|(name, _)| name.clone()).collect();
    if families.is_empty() {
        return Err(fault("it is no TrueType or OpenType font".to_owned()));
    }
    Ok(families)
}

/// Where a font lies.
fn place(source: &Source) -> String {
    match source {
        Source::Binary(_) => String::new(),
        Source::File(path) | Source::SharedFile(path, _) => path.display().to_string(),
    }
}
