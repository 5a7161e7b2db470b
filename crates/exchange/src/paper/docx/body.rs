//! The text of a DOCX file.
//!
//! In: blocks. Out: the XML of the document, and the addresses that it leads to. Refuses
//! to know: how styles look, what else is in the file.

use super::picture::Picture;
use super::xml::{Out, element, leaf, plain, words};
use quick_xml::Writer;
use std::io;
use web::{Block, Column, Link, Role, Run, Style};

/// How wide the text is, in twentieths of a point.
const WIDTH: f32 = 9070.0;
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DRAWING: &str =
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// The text, and what it leads to.
pub struct Body {
    /// `word/document.xml`.
    pub xml: Vec<u8>,
    /// Addresses elsewhere; the first is `link1`.
    pub addresses: Vec<String>,
}

struct Room<'a> {
    out: Out,
    language: &'a str,
    addresses: Vec<String>,
    pictures: std::slice::Iter<'a, Picture>,
}

impl Body {
    /// The text of some blocks.
    pub fn of(
        blocks: &[Block],
        language: &str,
        pictures: &[Picture],
    ) -> io::Result<Body> {
        let mut room = Room {
            out: Writer::new(Vec::new()),
            language,
            addresses: Vec::new(),
            pictures: pictures.iter(),
        };
        let mut parts = Vec::new();
        for block in blocks {
            room.block(block)?;
        }
        parts.append(&mut room.out.into_inner());
        let mut out = Writer::new(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_vec(),
        );
        let names = [("xmlns:w", MAIN), ("xmlns:r", RELATIONS), ("xmlns:wp", DRAWING)];
        element(&mut out, "w:document", &names, |out| {
            element(out, "w:body", &[], |out| {
                out.get_mut().append(&mut parts);
                page(out)
            })
        })?;
        Ok(Body { xml: out.into_inner(), addresses: room.addresses })
    }
}

/// The paper, its edges and its foot.
fn page(out: &mut Out) -> io::Result<()> {
    element(out, "w:sectPr", &[], |out| {
        leaf(out, "w:footerReference", &[("w:type", "default"), ("r:id", "foot")])?;
        leaf(out, "w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        let edges = [
            ("w:top", "1418"),
            ("w:right", "1418"),
            ("w:bottom", "1418"),
            ("w:left", "1418"),
            ("w:header", "709"),
            ("w:footer", "709"),
            ("w:gutter", "0"),
        ];
        leaf(out, "w:pgMar", &edges)
    })
}

impl Room<'_> {
    fn block(&mut self, block: &Block) -> io::Result<()> {
        match block {
            Block::Heading { level, runs } => {
                let style = match level {
                    1 => "Title",
                    2 => "Heading1",
                    _ => "Heading2",
                };
                self.paragraph(style, runs)
            }
            Block::Paragraph { role, runs } => self.paragraph(style_of(*role), runs),
            Block::List(items) => {
                items.iter().try_for_each(|item| self.paragraph("ListBullet", item))
            }
            Block::Table { columns, has_row_heads, rows } => {
                self.table(columns, *has_row_heads, rows)
            }
            Block::Picture { about, .. } => match self.pictures.next() {
                Some(picture) => picture.write(&mut self.out, about),
                None => Ok(()),
            },
            Block::Document { number, runs } => self.document(*number, runs),
        }
    }

    fn paragraph(&mut self, style: &str, runs: &[Run]) -> io::Result<()> {
        self.within("w:p", &[], |room| {
            room.style(style)?;
            runs.iter().try_for_each(|run| room.run(run))
        })
    }

    fn style(&mut self, style: &str) -> io::Result<()> {
        element(&mut self.out, "w:pPr", &[], |out| {
            leaf(out, "w:pStyle", &[("w:val", style)])
        })
    }

    /// An element whose inside is written by the room itself.
    fn within(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut out = std::mem::replace(&mut self.out, Writer::new(Vec::new()));
        let mut result = Ok(());
        element(&mut out, name, attributes, |out| {
            std::mem::swap(&mut self.out, out);
            result = inner(self);
            std::mem::swap(&mut self.out, out);
            Ok(())
        })?;
        self.out = out;
        result
    }

    fn run(&mut self, run: &Run) -> io::Result<()> {
        match &run.link {
            None => write_run(&mut self.out, run, self.language),
            Some(Link::Document(number)) => {
                let anchor = bookmark(*number);
                let language = self.language;
                element(&mut self.out, "w:hyperlink", &[("w:anchor", &anchor)], |out| {
                    write_run(out, run, language)
                })
            }
            Some(Link::Address(address)) => {
                let known = self.addresses.iter().position(|one| one == address);
                let number = known.unwrap_or_else(|| {
                    self.addresses.push(plain(address));
                    self.addresses.len() - 1
                });
                let id = format!("link{}", number + 1);
                let language = self.language;
                element(&mut self.out, "w:hyperlink", &[("r:id", &id)], |out| {
                    write_run(out, run, language)
                })
            }
        }
    }

    /// An entry of the list of documents, which citations lead to.
    fn document(&mut self, number: usize, runs: &[Run]) -> io::Result<()> {
        self.within("w:p", &[], |room| {
            room.style("Document")?;
            let (id, name) = (number.to_string(), bookmark(number));
            let attributes = [("w:id", id.as_str()), ("w:name", name.as_str())];
            leaf(&mut room.out, "w:bookmarkStart", &attributes)?;
            let label = Run {
                text: format!("[{number}]\t"),
                language: room.language.to_owned(),
                style: Style::Soft,
                link: None,
            };
            room.run(&label)?;
            leaf(&mut room.out, "w:bookmarkEnd", &[("w:id", &id)])?;
            runs.iter().try_for_each(|run| room.run(run))
        })
    }

    fn table(
        &mut self,
        columns: &[Column],
        has_row_heads: bool,
        rows: &[Vec<Vec<Run>>],
    ) -> io::Result<()> {
        let shares: f32 = columns.iter().map(|column| column.share).sum();
        let width = |column: &Column| {
            let width = WIDTH * column.share / shares.max(f32::EPSILON);
            (width.round() as u32).to_string()
        };
        let widths: Vec<String> = columns.iter().map(width).collect();
        let heads: Vec<Vec<Run>> = columns.iter().map(|c| c.head.clone()).collect();
        self.within("w:tbl", &[], |room| {
            table_look(&mut room.out, &widths, has_row_heads)?;
            room.row(&heads, &widths, true)?;
            rows.iter().try_for_each(|row| room.row(row, &widths, false))
        })?;
        // Two tables without a paragraph between them would be one.
        let gap = [Run {
            text: String::new(),
            language: self.language.to_owned(),
            style: Style::Plain,
            link: None,
        }];
        self.paragraph("Note", &gap)
    }

    fn row(
        &mut self,
        cells: &[Vec<Run>],
        widths: &[String],
        is_head: bool,
    ) -> io::Result<()> {
        self.within("w:tr", &[], |room| {
            element(&mut room.out, "w:trPr", &[], |out| {
                leaf(out, "w:cantSplit", &[])?;
                if is_head { leaf(out, "w:tblHeader", &[]) } else { Ok(()) }
            })?;
            cells.iter().zip(widths).try_for_each(|(cell, width)| {
                room.within("w:tc", &[], |room| {
                    element(&mut room.out, "w:tcPr", &[], |out| {
                        leaf(out, "w:tcW", &[("w:w", width), ("w:type", "dxa")])
                    })?;
                    room.paragraph("TableText", cell)
                })
            })
        })
    }
}

fn table_look(out: &mut Out, widths: &[String], has_row_heads: bool) -> io::Result<()> {
    element(out, "w:tblPr", &[], |out| {
        leaf(out, "w:tblStyle", &[("w:val", "Standing")])?;
        leaf(out, "w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
        leaf(out, "w:tblLayout", &[("w:type", "fixed")])?;
        let first_column = if has_row_heads { "1" } else { "0" };
        let look = [("w:firstRow", "1"), ("w:firstColumn", first_column)];
        leaf(out, "w:tblLook", &look)
    })?;
    element(out, "w:tblGrid", &[], |out| {
        widths.iter().try_for_each(|width| leaf(out, "w:gridCol", &[("w:w", width)]))
    })
}

/// The name of the place of a document.
fn bookmark(number: usize) -> String {
    format!("document_{number}")
}

fn style_of(role: Role) -> &'static str {
    match role {
        Role::Body => "Normal",
        Role::Soft => "Summary",
        Role::Day => "Day",
        Role::Claim => "Claim",
        Role::Quote => "Quote",
        Role::Note => "Note",
    }
}

/// A run, its language told where it is not the paper's own.
pub fn write_run(out: &mut Out, run: &Run, own: &str) -> io::Result<()> {
    element(out, "w:r", &[], |out| {
        element(out, "w:rPr", &[], |out| {
            let style = match run.style {
                Style::Plain => None,
                Style::Strong => Some("Strong"),
                Style::Soft => Some("Soft"),
                Style::Marked => Some("Marked"),
                Style::Code => Some("Code"),
            };
            if let Some(style) = style {
                leaf(out, "w:rStyle", &[("w:val", style)])?;
            }
            language(out, &run.language, own)
        })?;
        for (number, line) in run.text.split('\n').enumerate() {
            if number > 0 {
                leaf(out, "w:br", &[])?;
            }
            for (number, piece) in line.split('\t').enumerate() {
                if number > 0 {
                    leaf(out, "w:tab", &[])?;
                }
                element(out, "w:t", &[("xml:space", "preserve")], |out| {
                    words(out, piece)
                })?;
            }
        }
        Ok(())
    })
}

/// The fonts and the language of a run.
fn language(out: &mut Out, tag: &str, own: &str) -> io::Result<()> {
    let word = word_tag(tag);
    if let Some(font) = east_asian_font(tag) {
        let mut fonts = vec![("w:hint", "eastAsia")];
        if tag != own {
            fonts.insert(0, ("w:eastAsia", font));
        }
        leaf(out, "w:rFonts", &fonts)?;
        return leaf(out, "w:lang", &[("w:eastAsia", word)]);
    }
    if word.is_empty() || tag == own {
        return Ok(());
    }
    leaf(out, "w:lang", &[("w:val", word)])
}

/// A language as word processors tell it: `zh-CN` for Chinese in Simplified script.
pub fn word_tag(tag: &str) -> &str {
    match tag {
        "zh-Hant-HK" | "zh-HK" => "zh-HK",
        "zh-TW" => "zh-TW",
        tag if tag.starts_with("zh-Hant") => "zh-TW",
        tag if tag.starts_with("zh") => "zh-CN",
        "en" => "en-GB",
        "und" => "",
        tag => tag,
    }
}

/// The family that a word processor sets Han characters of a language in.
pub fn east_asian_font(tag: &str) -> Option<&'static str> {
    match word_tag(tag) {
        "zh-CN" => Some("SimSun"),
        "zh-TW" | "zh-HK" => Some("PMingLiU"),
        tag if tag.starts_with("ja") => Some("MS Mincho"),
        tag if tag.starts_with("ko") => Some("Batang"),
        _ => None,
    }
}
