//! A derived article as a page that somebody captured.
//!
//! In: headline, outlet, byline, date, paragraphs. Out: the bytes of a file. Refuses to
//! know: where the words are from.

use crate::dice::Dice;

/// What is printed around the paragraphs.
pub struct Page {
    /// The headline.
    pub title: String,
    /// The outlet.
    pub outlet: String,
    /// Who wrote it, by the page's account.
    pub author: String,
    /// `2022-03-08`, with a time behind it or not; none where the page has no date.
    pub date: Option<String>,
    /// The outlet that it says it is from.
    pub origin: Option<String>,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

impl Page {
    /// The file in one of three forms, and its ending.
    pub fn print(&self, dice: &mut Dice) -> (String, &'static str) {
        match dice.below(3) {
            0 => (self.front_matter(), "md"),
            1 => (self.html(), "html"),
            _ => (self.plain(), "txt"),
        }
    }

    fn credit(&self) -> Option<String> {
        self.origin.as_ref().map(|origin| format!("（转载自{origin}）"))
    }

    fn front_matter(&self) -> String {
        let mut text = format!("---\ntitle: \"{}\"\n", self.title.replace('"', "'"));
        if let Some(date) = &self.date {
            text += &format!("date: {date}\n");
        }
        text += &format!("author: {}\noutlet: {}\n---\n\n", self.author, self.outlet);
        text += &self.paragraphs.join("\n\n");
        text += &self.credit().map(|credit| format!("\n\n{credit}")).unwrap_or_default();
        text + "\n"
    }

    fn html(&self) -> String {
        let escape = |words: &str| {
            words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
        };
        let (title, outlet) = (escape(&self.title), escape(&self.outlet));
        let mut text = format!(
            "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">\
             <title>{title} - {outlet}</title>\
             <meta property=\"og:title\" content=\"{title}\">\
             <meta property=\"og:site_name\" content=\"{outlet}\">"
        );
        if let Some(date) = &self.date {
            text +=
                &format!("<meta property=\"article:published_time\" content=\"{date}\">");
        }
        text += &format!(
            "</head><body>\n<nav><a href=\"/\">首页</a></nav>\n<article><h1>{title}</h1>\n\
             <p class=\"byline\">作者：{}</p>\n",
            escape(&self.author)
        );
        for paragraph in self.paragraphs.iter().chain(&self.credit()) {
            text += &format!("<p>{}</p>\n", escape(paragraph));
        }
        text + "</article>\n</body></html>\n"
    }

    fn plain(&self) -> String {
        let mut text = format!("{}\n\n来源：{}", self.title, self.outlet);
        if let Some(date) = &self.date {
            text += &format!("　{date}");
        }
        text += &format!("\n作者：{}\n\n", self.author);
        text += &self.paragraphs.join("\n\n");
        text += &self.credit().map(|credit| format!("\n\n{credit}")).unwrap_or_default();
        text + "\n"
    }
}
