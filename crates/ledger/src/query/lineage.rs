//! Whose article a document says that it renders.
//!
//! In: what one document states of itself. Out: from whom it derives, how, and how sure
//! that is. Refuses to know: other documents; whether two texts are alike is found by
//! comparing them.

/// How a document derives from another.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineage {
    /// `reprint`, `translation`, `digest` or `cites`.
    pub kind: String,
    /// From whom: the outlet, or the first digits of a document without one.
    pub to: String,
    /// The document, where the ledger has it.
    pub document: Option<String>,
    /// How sure that is.
    pub confidence: f64,
}

/// What a document states of itself.
pub(super) struct Said<'a> {
    /// The outlet whose article it renders.
    pub origin: Option<&'a str>,
    /// Whether it names a translator.
    pub is_translated: bool,
    /// Its language, without the script.
    pub language: &'a str,
    /// What its links are, and their addresses.
    pub links: &'a [(String, String)],
    /// The outlets that it relies on.
    pub cites: &'a [String],
}

/// From whom the document derives, its origin first.
pub(super) fn lineage(said: &Said<'_>) -> Vec<Lineage> {
    let (kind, confidence) = kind(said);
    let from = said.origin.map(|to| Lineage {
        kind: kind.to_owned(),
        to: to.to_owned(),
        document: None,
        confidence,
    });
    let cited = said.cites.iter().map(|to| Lineage {
        kind: "cites".to_owned(),
        to: to.clone(),
        document: None,
        confidence: 0.9,
    });
    from.into_iter().chain(cited).collect()
}

fn kind(said: &Said<'_>) -> (&'static str, f64) {
    let mut references = said
        .links
        .iter()
        .filter(|(rel, _)| matches!(rel.as_str(), "reference" | "translation"))
        .map(|(rel, url)| (rel.as_str(), url.as_str()))
        .peekable();
    if said.is_translated || said.links.iter().any(|(rel, _)| rel == "translation") {
        ("translation", 0.9)
    } else if references.peek().is_none() {
        // It names its origin and points nowhere: 新华社 under a whole article.
        ("reprint", 0.6)
    } else if references.any(|(_, url)| is_abroad(url, said.language)) {
        ("translation", 0.8)
    } else {
        ("digest", 0.5)
    }
}

/// Whether an address lies in a country that writes another language. Endings that are
/// sold to the whole world (io, tv, me) tell nothing, and neither do com and org.
fn is_abroad(url: &str, language: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or("");
    let Some((_, ending)) = host.rsplit_once('.') else { return false };
    let spoken: &[&str] = match ending {
        "cn" | "hk" | "tw" | "mo" => &["zh"],
        "sg" => &["zh", "en"],
        "ru" | "su" => &["ru"],
        "by" | "kz" | "kg" => &["ru"],
        "ua" => &["uk", "ru"],
        "uk" | "us" | "au" | "nz" | "ie" | "ca" | "in" => &["en"],
        "jp" => &["ja"],
        "kr" | "kp" => &["ko"],
        "fr" => &["fr"],
        "de" | "at" => &["de"],
        "pl" => &["pl"],
        "ir" => &["fa"],
        "tr" => &["tr"],
        _ => return false,
    };
    !spoken.contains(&language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_abroad_is_a_translation() {
        let kind_of = |language, rel: &str, url: &str| {
            let links = [(rel.to_owned(), url.to_owned())];
            let links = if rel.is_empty() { &[][..] } else { &links[..] };
            let said = Said {
                origin: Some("RBC"),
                is_translated: false,
                language,
                links,
                cites: &[],
            };
            lineage(&said)[0].kind.clone()
        };
        assert_eq!(
            kind_of("zh", "reference", "https://www.rbc.ru/politics/1"),
            "translation"
        );
        assert_eq!(kind_of("ru", "reference", "https://www.rbc.ru/politics/1"), "digest");
        assert_eq!(kind_of("zh", "reference", "https://example.com/x.ru"), "digest");
        assert_eq!(kind_of("zh", "reprint", "https://example.org/a"), "reprint");
        assert_eq!(kind_of("zh", "", ""), "reprint");
    }
}
