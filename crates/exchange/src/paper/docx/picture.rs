//! Pictures as dots.
//!
//! In: SVG. Out: PNG, and the XML that puts it into the text. Refuses to know: what they
//! show.

use super::xml::{Out, element, leaf};
use crate::paper::{Error, Fonts};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use web::Block;

/// How many dots there are to one unit of the picture.
const DOTS: f32 = 3.0;
/// How wide a picture is in the text, in units of which a point has 12,700.
const WIDTH: f32 = 5_760_000.0;
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// A picture in the file.
pub struct Picture {
    /// Its dots.
    pub png: Vec<u8>,
    number: usize,
    /// How high it is beside its width.
    shape: f32,
}

/// The pictures of some blocks; none where the fonts do not have their letters.
///
/// # Errors
/// If one of them is not a picture.
pub fn pictures(
    blocks: &[Block],
    language: &str,
    fonts: &Fonts,
) -> Result<Vec<Picture>, Error> {
    let svgs = blocks.iter().filter_map(|block| match block {
        Block::Picture { svg, .. } => Some(svg),
        _ => None,
    });
    let svgs: Vec<&String> = svgs.collect();
    let letters = svgs.iter().flat_map(|svg| svg.chars()).filter(|c| !c.is_control());
    let letters: BTreeSet<char> = letters.collect();
    let asked = BTreeMap::from([((language.to_owned(), false), letters)]);
    let Ok(faces) = fonts.faces(&asked) else { return Ok(Vec::new()) };
    let fontdb = Arc::new(fonts.for_pictures(&faces));
    let options = Options { fontdb, ..Options::default() };
    let pictures =
        (1..).zip(svgs).filter_map(|(number, svg)| match Tree::from_str(svg, &options) {
            Ok(tree) => dots(&tree, number).map(Ok),
            Err(cause) => Some(Err(Error::Picture(cause))),
        });
    pictures.collect()
}

fn dots(tree: &Tree, number: usize) -> Option<Picture> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut pixmap =
        Pixmap::new((width * DOTS).ceil() as u32, (height * DOTS).ceil() as u32)?;
    resvg::render(tree, Transform::from_scale(DOTS, DOTS), &mut pixmap.as_mut());
    Some(Picture { png: pixmap.encode_png().ok()?, number, shape: height / width })
}

impl Picture {
    /// Where it lies in the file.
    pub fn file(&self) -> String {
        format!("media/picture{}.png", self.number)
    }

    /// What the text calls it.
    pub fn id(&self) -> String {
        format!("picture{}", self.number)
    }

    /// Puts it into the text, with what it shows for those who do not see it.
    pub fn write(&self, out: &mut Out, about: &str) -> io::Result<()> {
        let height = format!("{:.0}", WIDTH * self.shape);
        let width = format!("{WIDTH:.0}");
        let size = [("cx", width.as_str()), ("cy", height.as_str())];
        let number = self.number.to_string();
        let named = [("id", number.as_str()), ("name", &self.id()), ("descr", about)];
        element(out, "w:p", &[], |out| {
            element(out, "w:r", &[], |out| {
                element(out, "w:drawing", &[], |out| {
                    element(out, "wp:inline", &[], |out| {
                        leaf(out, "wp:extent", &size)?;
                        leaf(out, "wp:docPr", &named)?;
                        element(out, "a:graphic", &[("xmlns:a", DRAWING)], |out| {
                            element(out, "a:graphicData", &[("uri", PICTURE)], |out| {
                                self.frame(out, &size, &named)
                            })
                        })
                    })
                })
            })
        })
    }

    fn frame(
        &self,
        out: &mut Out,
        size: &[(&str, &str)],
        named: &[(&str, &str)],
    ) -> io::Result<()> {
        element(out, "pic:pic", &[("xmlns:pic", PICTURE)], |out| {
            element(out, "pic:nvPicPr", &[], |out| {
                leaf(out, "pic:cNvPr", named)?;
                leaf(out, "pic:cNvPicPr", &[])
            })?;
            element(out, "pic:blipFill", &[], |out| {
                leaf(out, "a:blip", &[("r:embed", &self.id())])?;
                element(out, "a:stretch", &[], |out| leaf(out, "a:fillRect", &[]))
            })?;
            element(out, "pic:spPr", &[], |out| {
                element(out, "a:xfrm", &[], |out| {
                    leaf(out, "a:off", &[("x", "0"), ("y", "0")])?;
                    leaf(out, "a:ext", size)
                })?;
                element(out, "a:prstGeom", &[("prst", "rect")], |out| {
                    leaf(out, "a:avLst", &[])
                })
            })
        })
    }
}
