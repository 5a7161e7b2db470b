//! One file, whole.
//!
//! In: a path. Out: its bytes as a document, or why they are none: absent, empty, too
//! long, no text. Refuses to know: encodings and forms of text.

use super::{Item, LARGEST, Refusal};
use ledger::Given;
use std::io::{self, Read};
use std::path::Path;

/// Reads one file.
pub fn read(path: &Path) -> Result<Item, Refusal> {
    let name = path.display().to_string();
    let bytes = match std::fs::File::open(path) {
        Ok(file) => whole(file, &name)?,
        Err(cause) => return Err(Refusal { name, reason: why(&cause) }),
    };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    item(&name, stem, bytes)
}

/// Reads all of a stream that is no longer than an article may be.
pub fn whole(from: impl Read, name: &str) -> Result<Vec<u8>, Refusal> {
    let refuse = |reason| Refusal { name: name.to_owned(), reason };
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| refuse(why(&cause)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(refuse(too_long()));
    }
    Ok(bytes)
}

/// Makes a document of bytes, if they can be one.
pub fn item(path: &str, name: String, bytes: Vec<u8>) -> Result<Item, Refusal> {
    if let Some(reason) = unreadable(&bytes) {
        return Err(Refusal { name: path.to_owned(), reason });
    }
    let document = extract::article::document(path, bytes);
    Ok(Item { document, given: Given::default(), head: None, name })
}

/// Why a stream could not be read, and what to do.
pub fn why(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::NotFound => "it is not there; was it moved or deleted?".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "it may not be read; change its permissions".to_owned()
        }
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => format!("it cannot be read: {cause}"),
    }
}

/// What is said of a document that is too long.
pub fn too_long() -> String {
    format!(
        "it is longer than {} MB, as no article is; split it, or give its articles as rows \
         of a .jsonl or .csv file",
        LARGEST >> 20
    )
}

/// Why bytes are no text, if they are none.
pub fn unreadable(bytes: &[u8]) -> Option<String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some("it is empty".to_owned());
    }
    let kind = match bytes {
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [b'P', b'K', 3 | 5, ..] => "a ZIP archive, or an office document",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an office document",
        [0x1f, 0x8b, ..] => "a gzip archive",
        [0x89, b'P', b'N', b'G', ..]
        | [0xff, 0xd8, 0xff, ..]
        | [b'G', b'I', b'F', b'8', ..] => "a picture",
        _ if bytes.starts_with(b"SQLite format 3\0") => "a SQLite database",
        _ if is_binary(bytes) => "not text",
        _ => return None,
    };
    Some(format!("it is {kind}; save it as text or HTML first"))
}

/// Text of any encoding but UTF-16, which says so at its start, has no zero bytes and
/// next to no control characters.
fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let controls = head
        .iter()
        .filter(|&&byte| {
            byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)
        })
        .count();
    head.contains(&0) && controls * 200 > head.len() || controls * 20 > head.len()
}
