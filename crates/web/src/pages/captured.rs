//! A document as it was captured.
//!
//! In: a document's id. Out: its bytes, HTML tamed and laid out, all else letter by letter.
//! Refuses to know: what was read in it. Nothing of it is run, nothing is fetched for it.

use super::controls::{plain, visible};
use super::{Asked, Place, Refused, Room, Shown, frame};
use ammonia::Builder;
use maud::{Markup, PreEscaped, html};
use record::Form;
use std::borrow::Cow;
use std::collections::HashSet;

/// The most bytes that are shown.
const SHOWN: usize = 150_000;
/// The most bytes that are looked at: the head of a page may be long, and none of it shows.
const LOOKED_AT: usize = 2_000_000;

/// The page, which has no bar, so that it can stand in a frame.
pub(super) fn page(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Markup> {
    let unknown = || Refused::Unknown("a.document", id.to_owned());
    let bytes = room.ledger.bytes(id)?.ok_or_else(unknown)?;
    let article = room.ledger.article(id)?;
    let charset = article.as_ref().map_or("UTF-8", |article| article.charset.as_str());
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let text = decoded(looked_at, charset);
    let form = article.as_ref().map_or(Form::Plain, |article| article.form);
    let language = article.as_ref().map_or("und", |article| article.language.as_str());
    let (shown, left_out) = match is_markup(form, &text) {
        true => {
            let (tamed, left_out) = tamed(&text);
            (html! { div.captured { (PreEscaped(tamed)) } }, left_out)
        }
        false => {
            let shown = cut(&text, SHOWN);
            (
                html! { pre.captured dir="auto" { (visible(shown)) } },
                text.len() - shown.len(),
            )
        }
    };
    let left_out = left_out + (bytes.len() - looked_at.len());
    let body = html! {
        main id="main" {
            p.hint {
                (asked.language.with("captured.lede", &[charset, &size(bytes.len())])) " "
                a href=(asked.to(&Place::Document(id.to_owned()))) target="_top" { (asked.text("captured.back")) }
            }
            article lang=(language) { (shown) }
            @if left_out > 0 {
                p.notice { (asked.language.with("captured.more", &[&size(left_out)])) }
            }
        }
    };
    Ok(frame::bare(
        asked,
        &format!("{} · {}", asked.text("captured.title"), room.title),
        body,
    ))
}

/// The characters of a document; bytes that are none become U+FFFD.
fn decoded<'a>(bytes: &'a [u8], charset: &str) -> Cow<'a, str> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes());
    let (text, ..) = encoding.unwrap_or(encoding_rs::UTF_8).decode(bytes);
    text
}

/// Whether a document is laid out by tags.
fn is_markup(form: Form, text: &str) -> bool {
    match form {
        Form::Page | Form::Fragment | Form::Stamped => true,
        Form::FrontMatter => ["<p", "<div", "<br"].iter().any(|tag| text.contains(tag)),
        Form::Markdown | Form::Plain => false,
    }
}

/// A text up to a byte, or the character before it.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Markup with nothing left that runs, fetches or asks, and how many bytes were left out.
fn tamed(text: &str) -> (String, usize) {
    let mut builder = Builder::default();
    builder
        .rm_tags(["img", "map", "area"])
        .rm_generic_attributes(["title"])
        .add_generic_attributes(["dir"])
        .rm_tag_attributes("a", ["hreflang"])
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .add_clean_content_tags([
            "noscript", "template", "iframe", "object", "svg", "math", "select",
            "textarea",
        ]);
    let shown = plain(text);
    let clean = builder.clean(&shown).to_string();
    if clean.len() <= SHOWN {
        return (clean, 0);
    }
    // What was cut within an element is closed by taming it once more.
    let kept = cut(&clean, SHOWN);
    (builder.clean(kept).to_string(), clean.len() - kept.len())
}

/// `12 KB`; less than one is one.
fn size(bytes: usize) -> String {
    format!("{} KB", crate::strings::grouped(bytes.div_ceil(1000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hostile_is_left() {
        let hostile = "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>\
            <link rel=stylesheet href=//evil.example/a.css><style>p{background:url(//evil.example/b)}</style>\
            <script>alert(1)</script><p onclick=alert(1) style='background:url(//evil.example/c)'>\
            俄方<b onmouseover=x>要求</b> <a href='javascript:alert(1)'>a</a> <a href=' java&#10;script:alert(1)'>b</a>\
            <a href='data:text/html,x'>c</a> <a href='https://example.com/x' onclick=y>d</a> <a href='/relative'>e</a>\
            <img src=//evil.example/d onerror=alert(1)><iframe src=//evil.example></iframe>\
            <form action=//evil.example><input name=q><button>x</button></form>\
            <svg><script>alert(1)</script></svg><math><mtext></mtext></math><object data=x></object>\
            <video src=//evil.example/e></video></p><noscript><img src=x></noscript>\u{202e}";
        let (clean, left_out) = tamed(hostile);
        assert_eq!(left_out, 0);
        for odd in [
            "evil",
            "script",
            "alert",
            "onclick",
            "onerror",
            "onmouseover",
            "style",
            "<img",
            "<iframe",
            "<form",
            "<input",
            "<button",
            "<base",
            "<meta",
            "<link",
            "<svg",
            "<math",
            "<object",
            "<video",
            "data:",
            "relative",
            "\u{202e}",
        ] {
            assert!(!clean.contains(odd), "{odd} in {clean}");
        }
        assert!(clean.contains("俄方<b>要求</b>"), "{clean}");
        assert!(clean.contains("rel=\"noopener noreferrer nofollow\""), "{clean}");
        assert!(clean.contains("[U+202E]"), "{clean}");
    }

    #[test]
    fn long_markup_is_cut_and_closed() {
        let (clean, left_out) = tamed(&"<div><p>双方没有谈拢".repeat(9000));
        assert!(clean.len() < SHOWN + 200_000 && left_out > 0);
        assert_eq!(clean.matches("<p>").count(), clean.matches("</p>").count());
    }

    #[test]
    fn bytes_are_read_in_their_own_encoding() {
        assert_eq!(decoded(&[0xb6, 0xed, 0xb7, 0xbd], "GB18030"), "俄方");
        assert_eq!(decoded(b"a\xff", "no such encoding"), "a\u{fffd}");
        assert_eq!((size(1), size(150_001)), ("1 KB".to_owned(), "151 KB".to_owned()));
    }
}
