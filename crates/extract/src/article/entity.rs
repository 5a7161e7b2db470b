//! Character references: `&nbsp;`, `&#8220;`, `&#x201C;`.
//!
//! In: source at an ampersand. Out: the character and the reference's length. Refuses to
//! know: where it stands. A name that the table lacks stays as it is written.

/// Names that occur in news pages, sorted; HTML's other two thousand do not.
const NAMES: &[(&str, char)] = &[
    ("Agrave", 'À'),
    ("Auml", 'Ä'),
    ("Eacute", 'É'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("copy", '©'),
    ("deg", '°'),
    ("divide", '÷'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("igrave", 'ì'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("larr", '←'),
    ("ldquo", '“'),
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ograve", 'ò'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("para", '¶'),
    ("permil", '‰'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("prime", '′'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("scaron", 'š'),
    ("sect", '§'),
    ("shy", '\u{ad}'),
    ("sup2", '²'),
    ("szlig", 'ß'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yen", '¥'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// The character that the reference at the start of `rest` stands for, and how many bytes
/// the reference has.
pub(super) fn decode(rest: &str) -> Option<(char, usize)> {
    let body = rest.strip_prefix('&')?;
    if let Some(digits) = body.strip_prefix('#') {
        let (digits, radix, lead) = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (digits, 10, 2),
        };
        let len = digits.bytes().take(9).take_while(u8::is_ascii_hexdigit).count();
        let code = u32::from_str_radix(digits.get(..len)?, radix).ok()?;
        let end = lead + len + usize::from(digits[len..].starts_with(';'));
        return Some((of_code(code), end));
    }
    let len = body.bytes().take(9).take_while(u8::is_ascii_alphanumeric).count();
    let name = body.get(..len)?;
    let at = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    let is_closed = body[len..].starts_with(';');
    // HTML allows a few to stand open; in an address `&times=3` is no multiplication sign.
    if !is_closed && !matches!(name, "copy" | "nbsp" | "amp" | "quot" | "lt" | "gt") {
        return None;
    }
    Some((NAMES[at].1, len + 1 + usize::from(is_closed)))
}

/// `text` with its references decoded, for attributes and metadata.
pub(super) fn decode_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        match decode(&rest[at..]) {
            Some((c, len)) => {
                out.push(c);
                rest = &rest[at + len..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn of_code(code: u32) -> char {
    // Word processors write Windows' own quotation marks as 145 to 148.
    match code {
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        _ => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn references_are_decoded_and_odd_ones_kept() {
        assert_eq!(decode_all("a&amp;b &#8220;&#x201d; &nope; &"), "a&b “” &nope; &");
        assert_eq!(decode("&#xD800;"), Some(('\u{fffd}', 8)));
    }
}
