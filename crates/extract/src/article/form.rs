//! Which raw form a document is in, and where its text starts.
//!
//! In: the decoded source. Out: the form, front matter, stamp and linked title. Refuses to
//! know: the text itself.

use super::front::FrontMatter;
use record::Form;

/// What was found before the text.
#[derive(Debug)]
pub(super) struct Opening {
    /// The outermost form.
    pub form: Form,
    /// The form of the text itself.
    pub inner: Form,
    /// The fields between `---` and `---`.
    pub front: Option<FrontMatter>,
    /// The milliseconds in `<!--1638995943000-->`: when it was captured.
    pub millis: Option<i64>,
    /// `[title](url)`: the bytes of both.
    pub link: Option<((usize, usize), (usize, usize))>,
    /// Where the text starts.
    pub body: usize,
}

/// Looks at how a source begins.
pub(super) fn find_form(source: &str) -> Opening {
    let mut opening = Opening {
        form: Form::Plain,
        inner: Form::Plain,
        front: None,
        millis: None,
        link: None,
        body: skip_blank(source, 0),
    };
    let mut outer = None;
    if let Some(front) = FrontMatter::read(source, opening.body) {
        opening.body = skip_blank(source, front.body);
        opening.front = Some(front);
        outer = Some(Form::FrontMatter);
    }
    if read_stamped(source, &mut opening) {
        outer = outer.or(Some(Form::Stamped));
    }
    opening.inner = inner_form(&source[opening.body..], outer.is_some());
    opening.form = outer.unwrap_or(opening.inner);
    opening
}

fn skip_blank(source: &str, from: usize) -> usize {
    let rest = &source[from..];
    from + rest.len()
        - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len()
}

/// Reads `<!--milliseconds-->`, `[title](url)`, `------`.
fn read_stamped(source: &str, opening: &mut Opening) -> bool {
    let rest = &source[opening.body..];
    let Some(comment) = rest.strip_prefix("<!--") else { return false };
    let len = comment.bytes().take(16).take_while(u8::is_ascii_digit).count();
    if len < 9 || !comment[len..].starts_with("-->") {
        return false;
    }
    opening.millis = comment[..len].parse().ok();
    let mut at = skip_blank(source, opening.body + 4 + len + 3);
    let end = source[at..].find('\n').map_or(source.len(), |n| at + n);
    let line = source[at..end].trim_end();
    // The title may hold brackets of its own: `[[外交]…](https://…)`.
    if line.starts_with('[')
        && line.ends_with(')')
        && let Some(cut) = line.rfind("](")
    {
        opening.link = Some(((at + 1, at + cut), (at + cut + 2, at + line.len() - 1)));
        at = skip_blank(source, end);
    }
    let rest = &source[at..];
    let dashes = rest.bytes().take_while(|byte| *byte == b'-').count();
    opening.body = if dashes >= 3 { skip_blank(source, at + dashes) } else { at };
    true
}

fn inner_form(text: &str, is_wrapped: bool) -> Form {
    let head = super::marks::upto(text, 1 << 14);
    if head.contains('<') {
        let start = super::marks::upto(head, 4096).to_ascii_lowercase();
        let tags = ["<!doctype html", "<html", "<head>", "<body"];
        let is_page = tags.iter().any(|tag| start.contains(tag));
        if is_page && (start.starts_with('<') || start.contains("<head")) {
            return Form::Page;
        }
    }
    let found = count_elements(head);
    let starts_tag = starts_element(head);
    if starts_tag && found > 0 || found >= 6 && !has_markdown(head) {
        return Form::Fragment;
    }
    if has_markdown(head) || is_wrapped { Form::Markdown } else { Form::Plain }
}

/// How many tags of text elements stand in `text`.
fn count_elements(text: &str) -> usize {
    const NAMES: &[&str] =
        &["article", "br", "div", "h1", "p", "section", "span", "td", "strong", "li"];
    let tails = text.match_indices('<').map(|(at, _)| &text.as_bytes()[at + 1..]);
    let names = tails.filter(|tail| {
        let tail = tail.strip_prefix(b"/").unwrap_or(tail);
        let len =
            tail.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        NAMES.iter().any(|name| tail[..len].eq_ignore_ascii_case(name.as_bytes()))
    });
    names.count()
}

fn starts_element(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'<')
        && bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'!')
        && !text.starts_with("<http")
        // A figure that Markdown starts with is an HTML block of it.
        && !text.starts_with("<figure")
}

fn has_markdown(text: &str) -> bool {
    let lines = text.lines().take(200);
    let marked = lines.filter(|line| {
        let line = line.trim_start();
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        (1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' ')
            || line.contains("](")
            || line.starts_with("![")
            || line.matches("**").count() >= 2
            || line.starts_with("---") && line.trim_end().bytes().all(|b| b == b'-')
    });
    marked.take(1).count() > 0
}
