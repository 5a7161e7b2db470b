//! The files in a DOCX file.
//!
//! In: the text, the pictures, the title. Out: a ZIP archive of them, without any date.
//! Refuses to know: what the text says.

use super::body::{Body, east_asian_font, word_tag, write_run};
use super::picture::Picture;
use super::xml::{Out, element, leaf, words};
use crate::paper::MAKER;
use quick_xml::Writer;
use std::io::{self, Write};
use web::{Run, Style};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = include_str!("../../../static/paper/content_types.xml");
const RELATIONS: &str = include_str!("../../../static/paper/rels.xml");
const STYLES: &str = include_str!("../../../static/paper/styles.xml");
const SETTINGS: &str = include_str!("../../../static/paper/settings.xml");
const NUMBERING: &str = include_str!("../../../static/paper/numbering.xml");
const OFFICE: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// All that goes into the file.
pub struct Package<'a> {
    /// What the paper is called.
    pub title: &'a str,
    /// BCP 47.
    pub language: &'a str,
    /// Its text.
    pub body: &'a Body,
    /// Its pictures.
    pub pictures: &'a [Picture],
}

impl Package<'_> {
    /// The archive.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
            let how = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(zip::DateTime::DEFAULT);
            zip.start_file(name, how)?;
            zip.write_all(bytes)
        };
        put("[Content_Types].xml", TYPES.as_bytes())?;
        put("_rels/.rels", RELATIONS.as_bytes())?;
        put("docProps/core.xml", &self.core()?)?;
        put("word/document.xml", &self.body.xml)?;
        put("word/_rels/document.xml.rels", &self.relations()?)?;
        put("word/styles.xml", self.filled(STYLES).as_bytes())?;
        put("word/settings.xml", self.filled(SETTINGS).as_bytes())?;
        put("word/numbering.xml", NUMBERING.as_bytes())?;
        put("word/footer1.xml", &self.foot()?)?;
        for picture in self.pictures {
            put(&format!("word/{}", picture.file()), &picture.png)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    /// A kept file with the languages of the paper.
    fn filled(&self, kept: &str) -> String {
        let own = word_tag(self.language);
        let is_han = east_asian_font(self.language).is_some();
        let east_asian = if is_han { own } else { "zh-CN" };
        let latin = if is_han { "en-GB" } else { own };
        let font = east_asian_font(self.language).unwrap_or("SimSun");
        kept.replace("{latin}", latin)
            .replace("{east-asian-font}", font)
            .replace("{east-asian}", east_asian)
    }

    fn core(&self) -> io::Result<Vec<u8>> {
        let properties = format!("{PACKAGE}/metadata/core-properties");
        let names = [
            ("xmlns:cp", properties.as_str()),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ];
        let mut out = begun();
        element(&mut out, "cp:coreProperties", &names, |out| {
            element(out, "dc:title", &[], |out| words(out, self.title))?;
            element(out, "dc:creator", &[], |out| words(out, MAKER))?;
            element(out, "dc:language", &[], |out| words(out, self.language))
        })?;
        Ok(out.into_inner())
    }

    fn relations(&self) -> io::Result<Vec<u8>> {
        let mut out = begun();
        let name = format!("{PACKAGE}/relationships");
        element(&mut out, "Relationships", &[("xmlns", &name)], |out| {
            for (id, target) in [
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("numbering", "numbering.xml"),
            ] {
                relation(out, id, id, target, false)?;
            }
            relation(out, "foot", "footer", "footer1.xml", false)?;
            for picture in self.pictures {
                relation(out, &picture.id(), "image", &picture.file(), false)?;
            }
            for (number, address) in (1..).zip(&self.body.addresses) {
                relation(out, &format!("link{number}"), "hyperlink", address, true)?;
            }
            Ok(())
        })?;
        Ok(out.into_inner())
    }

    /// What stands at the foot of a page: what the paper is called, and which page it is.
    fn foot(&self) -> io::Result<Vec<u8>> {
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let mut out = begun();
        let run = |text: String| Run {
            text,
            language: self.language.to_owned(),
            style: Style::Plain,
            link: None,
        };
        element(&mut out, "w:ftr", &[("xmlns:w", main)], |out| {
            element(out, "w:p", &[], |out| {
                element(out, "w:pPr", &[], |out| {
                    leaf(out, "w:pStyle", &[("w:val", "Footer")])
                })?;
                let title = run(format!("{}\t", self.title));
                write_run(out, &title, self.language)?;
                field(out, "PAGE")?;
                write_run(out, &run(" / ".to_owned()), self.language)?;
                field(out, "NUMPAGES")
            })
        })?;
        Ok(out.into_inner())
    }
}

/// A number that the word processor counts.
fn field(out: &mut Out, name: &str) -> io::Result<()> {
    element(out, "w:fldSimple", &[("w:instr", name)], |out| {
        element(out, "w:r", &[], |out| element(out, "w:t", &[], |out| words(out, "1")))
    })
}

fn relation(
    out: &mut Out,
    id: &str,
    kind: &str,
    target: &str,
    is_elsewhere: bool,
) -> io::Result<()> {
    let kind = format!("{OFFICE}/{kind}");
    let mut attributes = vec![("Id", id), ("Type", &kind), ("Target", target)];
    if is_elsewhere {
        attributes.push(("TargetMode", "External"));
    }
    leaf(out, "Relationship", &attributes)
}

fn begun() -> Out {
    let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    Writer::new(declared.as_bytes().to_vec())
}
