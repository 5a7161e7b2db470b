//! Bytes in, characters out.
//!
//! In: a document's bytes. Out: its characters, the encoding's name, and the way back from
//! an offset in the characters to the byte as captured. Refuses to know: what the
//! characters say, beyond a charset that a page declares for itself.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// A document's characters and how they came about.
pub(super) struct Decoded<'a> {
    /// The characters.
    pub text: Cow<'a, str>,
    /// `UTF-8`, `GB18030`, `Big5`, `windows-1251`.
    pub charset: &'static str,
    offsets: Offsets,
}

/// As in [`record::Paragraph::runs`].
type Run = (usize, usize, usize);

/// The way from an offset in the characters to the byte as captured.
enum Offsets {
    /// UTF-8: the same byte, so many bytes further.
    Same(usize),
    /// Checkpoints `(offset in the characters, byte)`; between two the characters are
    /// walked with the width that each has in the document.
    Points(Vec<(usize, usize)>, Width),
}

/// How wide a character is in the document.
#[derive(Clone, Copy)]
enum Width {
    /// As in UTF-8.
    Utf8,
    /// One byte each.
    Single,
    /// One byte for ASCII, two for most, four for the rest of GB18030.
    Double,
    /// Two bytes, or four beyond the basic plane.
    Utf16,
}

impl Width {
    fn of(self, c: char) -> usize {
        match self {
            Width::Utf8 => c.len_utf8(),
            Width::Single => 1,
            Width::Double if c.is_ascii() => 1,
            Width::Double => 2,
            Width::Utf16 => c.len_utf16() * 2,
        }
    }
}

/// Walks from offsets in the characters to bytes; offsets must be asked for in order.
pub(super) struct Walk<'d> {
    decoded: &'d Decoded<'d>,
    point: usize,
    at: usize,
    byte: usize,
}

impl Decoded<'_> {
    /// Starts at the first character.
    pub fn walk(&self) -> Walk<'_> {
        Walk { decoded: self, point: 0, at: 0, byte: 0 }
    }

    /// Runs cut so that an offset inside one can be counted in the document's bytes: in
    /// another encoding a run is one character (of a very long document a few), and its
    /// length is the document's.
    pub fn cut_runs(
        &self,
        text: &str,
        mut runs: Vec<Run>,
        walk: &mut Walk<'_>,
    ) -> Vec<Run> {
        let (points, width) = match &self.offsets {
            Offsets::Same(shift) => {
                runs.iter_mut().for_each(|run| run.1 += shift);
                return runs;
            }
            Offsets::Points(points, width) => (points, *width),
        };
        if matches!(width, Width::Utf8) {
            return self.cut_at_damage(&runs, walk);
        }
        let step = 1 + text.len() / (8 << 20);
        let last_byte = points.last().map_or(0, |point| point.1);
        let mut cut: Vec<Run> = Vec::new();
        for &(at, raw, len) in &runs {
            let words = text.get(at..at + len).unwrap_or("");
            for (n, (offset, c)) in words.char_indices().enumerate() {
                if n % step > 0 {
                    continue;
                }
                let byte = walk.byte(raw + offset);
                let joins = c.is_ascii() && step == 1 && byte < last_byte;
                match cut.last_mut().filter(|_| joins) {
                    Some(last)
                        if last.0 + last.2 == at + offset && last.1 + last.2 == byte =>
                    {
                        last.2 += 1;
                    }
                    // A character cut off at the end is narrower than others.
                    _ => {
                        let width = width.of(c).min(last_byte.saturating_sub(byte));
                        cut.push((at + offset, byte, width));
                    }
                }
            }
        }
        cut
    }

    /// In damaged UTF-8 a run ends where bytes were torn out.
    fn cut_at_damage(&self, runs: &[Run], walk: &mut Walk<'_>) -> Vec<Run> {
        let Offsets::Points(points, _) = &self.offsets else { return runs.to_vec() };
        let mut cut = Vec::with_capacity(runs.len());
        for &(at, raw, len) in runs {
            let mut from = raw;
            let next = points.partition_point(|point| point.0 <= raw);
            let inner = points[next..].iter().map(|point| point.0);
            for to in inner.take_while(|to| *to < raw + len).chain([raw + len]) {
                let piece = self.text.get(from..to).unwrap_or("");
                let sound = piece.trim_start_matches('\u{fffd}');
                let skip = piece.len() - sound.len();
                if !sound.is_empty() {
                    cut.push((
                        at + from + skip - raw,
                        walk.byte(from + skip),
                        sound.len(),
                    ));
                }
                from = to;
            }
        }
        cut
    }
}

impl Walk<'_> {
    /// The byte of the document where the character at `offset` starts.
    pub fn byte(&mut self, offset: usize) -> usize {
        let (points, width) = match &self.decoded.offsets {
            Offsets::Same(shift) => return offset + shift,
            Offsets::Points(points, width) => (points, *width),
        };
        if offset < self.at {
            (self.point, self.at, self.byte) = (0, 0, 0);
        }
        if points.get(self.point + 1).is_some_and(|next| next.0 <= offset) {
            let next = points.partition_point(|point| point.0 <= offset);
            self.point = next.saturating_sub(1);
            (self.at, self.byte) = points[self.point];
        } else if self.at == 0
            && self.byte == 0
            && let Some(first) = points.first()
        {
            (self.at, self.byte) = *first;
        }
        let rest = self.decoded.text.get(self.at..offset).unwrap_or("");
        self.byte += rest.chars().map(|c| width.of(c)).sum::<usize>();
        self.at = offset.max(self.at);
        // What could not be decoded has no width; it ends at the next point at the latest.
        let next = points.get(self.point + 1).map_or(usize::MAX, |next| next.1);
        self.byte.min(next)
    }
}

/// Why a document has no characters.
pub(super) const BINARY: &str = "binary";

/// Decodes a document; `None` when it is no text at all.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_8 {
            return Some(read_utf8(&bytes[mark..], mark));
        }
        return Some(read_wide(bytes, mark, encoding));
    }
    if is_binary(bytes) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(same(text, 0));
    }
    let declared = declared_charset(bytes);
    if let Some(encoding) = declared.filter(|e| *e != UTF_8)
        && let Some(decoded) = read_legacy(bytes, encoding, false)
    {
        return Some(decoded);
    }
    if is_damaged_utf8(bytes) {
        return Some(read_utf8(bytes, 0));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The detector is quick, but fifty megabytes need not pass through it.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], bytes.len() <= 1 << 20);
    let guess = detector.guess(None, Utf8Detection::Deny);
    read_legacy(bytes, guess, true)
}

fn same(text: &str, shift: usize) -> Decoded<'_> {
    Decoded { text: Cow::Borrowed(text), charset: "UTF-8", offsets: Offsets::Same(shift) }
}

fn read_utf8(bytes: &[u8], shift: usize) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return same(text, shift);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut points = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        points.push((text.len(), at + shift));
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            points.push((text.len(), at + shift));
            text.push('\u{fffd}');
            at += chunk.invalid().len();
        }
    }
    // The end is a point too: a document cut inside a character ends before the three
    // bytes of the mark that stands for it.
    points.push((text.len(), bytes.len() + shift));
    let offsets = Offsets::Points(points, Width::Utf8);
    Decoded { text: Cow::Owned(text), charset: "UTF-8", offsets }
}

fn read_wide(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> Decoded<'static> {
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let points = vec![(0, mark), (text.len(), bytes.len())];
    Decoded {
        text: Cow::Owned(text.into_owned()),
        charset: encoding.name(),
        offsets: Offsets::Points(points, Width::Utf16),
    }
}

/// Decodes an older encoding slice by slice, so that every slice's start is known in both.
fn read_legacy(
    bytes: &[u8],
    encoding: &'static Encoding,
    allow_errors: bool,
) -> Option<Decoded<'static>> {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return None;
    }
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let double = !encoding.is_single_byte();
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut points = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = slice_end(bytes, at, encoding, double);
        let (piece, damaged) = encoding.decode_without_bom_handling(&bytes[at..end]);
        if damaged && !allow_errors {
            return None;
        }
        points.push((text.len(), at));
        text.push_str(&piece);
        at = end;
    }
    points.push((text.len(), bytes.len()));
    let width = if double { Width::Double } else { Width::Single };
    let charset = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    Some(Decoded {
        text: Cow::Owned(text),
        charset,
        offsets: Offsets::Points(points, width),
    })
}

const SLICE: usize = 192;

/// The end of a slice that starts at a character and ends before one; a four-byte
/// character of GB18030 is a slice of its own, so that no width need be guessed.
fn slice_end(bytes: &[u8], from: usize, encoding: &Encoding, double: bool) -> usize {
    if !double {
        return (from + SLICE).min(bytes.len());
    }
    let mut at = from;
    while at < bytes.len() && at - from < SLICE {
        let width = match (bytes[at], bytes.get(at + 1)) {
            (0..=0x80 | 0xff, _) => 1,
            (_, Some(0x30..=0x39)) if encoding == GB18030 => 4,
            (_, Some(0x40..)) => 2,
            _ => 1,
        };
        if width == 4 && at > from {
            return at;
        }
        at += width;
        if width == 4 {
            break;
        }
    }
    at.min(bytes.len())
}

fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: &[&[u8]] = &[
        b"%PDF-",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x7fELF",
    ];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(1 << 12)];
    let odd = head
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f))
        .count();
    // A stray NUL is damage; one byte in thirty-two is another kind of file.
    odd > 0 && odd * 32 >= head.len()
}

/// UTF-8 with a few bytes torn out: nearly every byte beyond ASCII is part of a character.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 20)];
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    // A document cut inside its only character, or one with lone surrogates.
    good >= bad * 8 || (bad <= 3 && bytes.len() < 64 && good >= bad)
}

/// The charset that a page names for itself in its first two kilobytes.
fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let at = head.windows(7).position(|word| word.eq_ignore_ascii_case(b"charset"))?;
    let rest = &head[at + 7..];
    let skip =
        rest.iter().take_while(|byte| matches!(byte, b' ' | b'=' | b'"' | b'\'' | b':'));
    let rest = &rest[skip.count()..];
    let len = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    let found = Encoding::for_label(&rest[..len])?;
    // Pages in Taiwan and Hong Kong that say big5 may hold what only its superset has.
    Some(if found.name() == "Big5" { BIG5 } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: &'static Encoding, name: &str, text: &str) {
        let (bytes, _, _) = encoding.encode(text);
        let decoded = decode(&bytes).expect("it is text");
        assert_eq!((decoded.charset, &*decoded.text), (name, text));
        let mut walk = decoded.walk();
        for (at, c) in text.char_indices().step_by(7) {
            let byte = walk.byte(at);
            let (one, _, _) =
                encoding.encode(text.get(at..at + c.len_utf8()).unwrap_or(""));
            assert!(bytes[byte..].starts_with(&one), "{c} at {at}");
        }
    }

    const HANS: &str =
        "外交部发言人表示，双方同意下个月再次举行会谈，地点和时间另行通知。";
    const HANT: &str =
        "外交部發言人表示，雙方同意下個月再次舉行會談，地點和時間另行通知。";
    const RU: &str =
        "Представитель министерства сообщил, что стороны договорились о новой встрече.";

    #[test]
    fn older_charsets_are_told_and_mapped() {
        check(GB18030, "GB18030", &HANS.repeat(20));
        check(BIG5, "Big5", &HANT.repeat(20));
        check(encoding_rs::WINDOWS_1251, "windows-1251", &RU.repeat(20));
    }

    #[test]
    fn declared_charset_that_does_not_fit_is_set_aside() {
        let page = format!("<meta charset=\"utf-8\"><p>{}</p>", HANS.repeat(5));
        let (bytes, _, _) = GB18030.encode(&page);
        let decoded = decode(&bytes).expect("it is text");
        assert_eq!((decoded.charset, &*decoded.text), ("GB18030", page.as_str()));
        let page = format!("<meta charset=\"big5\"><p>{HANS}</p>");
        assert_eq!(decode(page.as_bytes()).map(|d| d.charset), Some("UTF-8"));
    }

    #[test]
    fn torn_utf8_stays_utf8_and_maps() {
        let mut bytes = HANS.as_bytes().to_vec();
        bytes.splice(9..10, [0xed, 0xa0, 0x80]);
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(&bytes).expect("it is text");
        assert_eq!(decoded.charset, "UTF-8");
        let at = decoded.text.find("双方").expect("the words after the damage");
        let byte = decoded.walk().byte(at);
        assert!(bytes[byte..].starts_with("双方".as_bytes()));
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").is_none());
        assert!(decode(&[0u8; 64]).is_none());
    }
}
