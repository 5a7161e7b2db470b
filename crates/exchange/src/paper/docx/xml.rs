//! Elements, one within another.
//!
//! In: names, attributes, words. Out: XML that is well formed. Refuses to know: what the
//! elements mean.

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};
use std::io;

/// XML on its way.
pub type Out = Writer<Vec<u8>>;

/// An element with something in it.
pub fn element(
    out: &mut Out,
    name: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<()> {
    let start = out.create_element(name).with_attributes(attributes.iter().copied());
    start.write_inner_content(inner)?;
    Ok(())
}

/// An element with nothing in it.
pub fn leaf(out: &mut Out, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let start = out.create_element(name).with_attributes(attributes.iter().copied());
    start.write_empty()?;
    Ok(())
}

/// Words; what XML cannot hold is left out.
pub fn words(out: &mut Out, text: &str) -> io::Result<()> {
    out.write_event(Event::Text(BytesText::new(&plain(text))))
}

/// Text without the signs that XML cannot hold.
pub fn plain(text: &str) -> String {
    let held = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(held).collect()
}
