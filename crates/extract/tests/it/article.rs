//! Articles from documents made for the test: raw forms, charsets, damage.

use proptest::prelude::*;
use record::{Article, Form, ParagraphKind, ParagraphKind::*};
use std::sync::LazyLock;

/// A reader with the built-in agenda.
pub static READER: LazyLock<extract::Reader> = LazyLock::new(|| {
    extract::Reader::new(extract::Agenda::default()).expect("the built-in tables load")
});

pub fn read(bytes: &[u8]) -> Article {
    let document = extract::article::document("test", bytes.to_vec());
    let article = extract::article::read_article(&document, READER.lexicon());
    check_places(&article, bytes);
    article
}

/// Paragraphs stand in order, on character boundaries; in UTF-8 every run is the same
/// bytes in the document.
pub fn check_places(article: &Article, bytes: &[u8]) {
    let mut last = 0;
    let mut last_byte = 0;
    for paragraph in &article.paragraphs {
        let span = paragraph.span;
        assert!(span.start >= last && span.end > span.start, "{paragraph:?}");
        assert!(article.text.get(span.start..span.end).is_some(), "{paragraph:?}");
        assert!(paragraph.document.end <= bytes.len(), "{paragraph:?}");
        assert!(paragraph.document.start >= last_byte, "{paragraph:?} {last_byte}");
        last = span.end;
        last_byte = paragraph.document.start;
        let mut run_end = 0;
        for &(text, document, len) in &paragraph.runs {
            assert!(text >= span.start && text >= run_end && document <= bytes.len());
            run_end = text + len;
            if article.charset == "UTF-8" {
                let words = &article.text.as_bytes()[text..text + len];
                assert_eq!(words, &bytes[document..document + len], "{paragraph:?}");
            }
        }
    }
    let _same: String = article.body();
}

fn kinds(article: &Article) -> Vec<(ParagraphKind, &str)> {
    article.paragraphs.iter().map(|p| (p.kind, p.span.of(&article.text))).collect()
}

const FIRST: &str = "两国外长周一在日内瓦会面，双方同意下个月继续谈判。";
const SECOND: &str = "发言人说：“会谈是坦率的。”他没有透露更多细节。";

#[test]
fn markdown_with_navigation_byline_pictures_and_notices() {
    let source = format!(
        "###  [:house:返回首頁](https://a.example)\n---\n\n## 外长会谈结束\n\
         `3/23/2023 3:18 AM UTC 小组甲` [轉載自GNews](https://gnews.org/articles/1)\n\n\
         ***译者评论：\n这是评论的话，不是原文的话。***\n\n![](https://a.example/1.jpg)图片来源：网络\n\
         {FIRST}\n\n**谈判前景**\n\n{SECOND}[[zh:外长]]与\\-某某\n\n\
         参考链接：[https://www.rbc.ru/a/1](https://www.rbc.ru/a/1)\n\n编辑：某某\n\n\
         免责声明：仅供参考。\n\n- [Terms of use](https://a.example/t)\n"
    );
    let article = read(source.as_bytes());
    assert_eq!(article.form, Form::Markdown);
    assert_eq!(article.title.as_deref(), Some("外长会谈结束"));
    let second = format!("{SECOND}[[zh:外长]]与\\-某某");
    let expected = vec![
        (Navigation, ":house:返回首頁"),
        (Title, "外长会谈结束"),
        (Byline, "3/23/2023 3:18 AM UTC 小组甲 轉載自GNews"),
        (Note, "译者评论："),
        (Note, "这是评论的话，不是原文的话。"),
        (Caption, "图片来源：网络"),
        (Body, FIRST),
        (Heading, "谈判前景"),
        (Body, second.as_str()),
        (Related, "参考链接：https://www.rbc.ru/a/1"),
        (Byline, "编辑：某某"),
        (Rights, "免责声明：仅供参考。"),
        (Navigation, "Terms of use"),
    ];
    assert_eq!(kinds(&article), expected);
    assert_eq!(article.source.outlet.as_deref(), Some("GNews"));
    assert_eq!(article.source.origin.as_deref(), Some("RBC"));
    assert_eq!(article.source.author.as_deref(), Some("小组甲"));
    let published = article.published_on.expect("the byline has a date");
    assert_eq!(
        (published.value.as_str(), published.inferred),
        ("2023-03-23T03:18Z", false)
    );
}

#[test]
fn stamp_is_the_capture_and_the_text_states_the_day() {
    let source = format!(
        "<!--1641829501000-->\n[外长会谈](https://www.rfi.fr/cn/20220110-a)\n------\n\n\
         <div>10/01/2022 - 16:26</div>Array<p>{FIRST}</p><img src=\"a.jpg\">\
         <div><small>照片里的人</small></div><p>{SECOND}<br />{FIRST}</p><div data-selfpromo></div>"
    );
    let article = read(source.as_bytes());
    assert_eq!(article.form, Form::Stamped);
    let published = article.published_on.clone().expect("the text has a date");
    assert_eq!(
        (published.value.as_str(), published.inferred),
        ("2022-01-10T16:26", false)
    );
    let expected = vec![
        (Title, "外长会谈"),
        (Byline, "10/01/2022 - 16:26"),
        (Debris, "Array"),
        (Body, FIRST),
        (Caption, "照片里的人"),
        (Body, SECOND),
        (Body, FIRST),
    ];
    assert_eq!(kinds(&article), expected);
    assert_eq!(article.source.outlet.as_deref(), Some("RFI"));
}

#[test]
fn front_matter_before_markdown_in_three_languages() {
    let cases = [
        ("zh-Hant", "外長會談", "兩國外長週一在日內瓦會面，雙方同意下個月繼續談判。"),
        ("en", "Ministers meet", "The ministers met in Geneva and agreed to talk again."),
        (
            "ru",
            "Встреча",
            "Министры встретились в Женеве и договорились о новых переговорах.",
        ),
        (
            "uk",
            "Зустріч",
            "Міністри зустрілися в Женеві й домовилися про нові переговори.",
        ),
    ];
    for (language, title, body) in cases {
        let source = format!(
            "---\nlayout: post\ntitle: \"{title}\"\ndate: 2020-03-03T07:14:32+00:00\n\
             author: N. N.\nfrom: https://news.example/1\n---\n\n# {title}\n\n{body}\n"
        );
        let article = read(source.as_bytes());
        assert_eq!(
            (article.form, article.language.as_str()),
            (Form::FrontMatter, language)
        );
        assert_eq!(article.title.as_deref(), Some(title));
        assert_eq!(kinds(&article), vec![(Title, title), (Debris, title), (Body, body)]);
        let published = article.published_on.expect("front matter has a date");
        assert_eq!(published.value, "2020-03-03T07:14:32Z");
        assert_eq!(article.url.as_deref(), Some("https://news.example/1"));
    }
}

#[test]
fn plain_text_with_title_first_and_notice_last() {
    let source = format!(
        "外長會談結束\n\n本文轉自【新華社】;\n\n{FIRST}\n\n互相交底\n\n{long}\n\n\
         轉載請註明: 外長會談結束 - 某某網\n",
        long = SECOND.repeat(3)
    );
    let article = read(source.as_bytes());
    let found: Vec<ParagraphKind> = article.paragraphs.iter().map(|p| p.kind).collect();
    assert_eq!(found, vec![Title, Byline, Body, Heading, Body, Rights]);
    assert_eq!(article.source.origin.as_deref(), Some("Xinhua"));
    assert_eq!(article.source.outlet.as_deref(), Some("某某網"));
}

#[test]
fn whole_page_gives_article_and_metadata() {
    let body: String =
        (0..6).map(|n| format!("<p>{n} {}</p>", SECOND.repeat(4))).collect();
    let source = format!(
        "<!DOCTYPE html><html><head><title>外长会谈 - 某某网</title>\
         <meta property=\"og:site_name\" content=\"某某网\">\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"外长会谈\",\
         \"datePublished\":\"2022-01-10T08:00:00+08:00\",\"author\":{{\"name\":\"某某\"}}}}</script></head>\
         <body><nav><a href=\"/\">首页</a><a href=\"/w\">国际</a></nav><h1>外长会谈</h1>\
         <div class=\"content\">{body}</div><div class=\"related-posts\"><a href=\"/x\">另一条新闻</a></div>\
         <footer>版权所有</footer><script>var a = '<p>no</p>';</script></body></html>"
    );
    let article = read(source.as_bytes());
    assert_eq!(article.form, Form::Page);
    assert_eq!(article.title.as_deref(), Some("外长会谈"));
    assert_eq!(article.source.outlet.as_deref(), Some("某某网"));
    assert_eq!(article.source.author.as_deref(), Some("某某"));
    let published = article.published_on.clone().expect("JSON-LD has a date");
    assert_eq!(
        (published.value.as_str(), &*published.from),
        ("2022-01-10T08:00:00+08:00", "json-ld")
    );
    let body = article.body();
    assert_eq!(body.lines().count(), 6, "{body}");
    assert!(
        !body.contains("另一条新闻")
            && !body.contains("版权所有")
            && !body.contains("no")
    );
}

#[test]
fn wrapped_english_is_joined_and_maps_back() {
    let source = "---\ntitle: Readout\n---\n\nThe national security advisor spoke today with his counterpart\n\
                  about the talks. They agreed to meet again in the coming weeks, and\nto keep in touch.\n\n\\###\n";
    let article = read(source.as_bytes());
    assert_eq!(
        article.paragraphs[1].span.of(&article.text),
        "The national security advisor spoke today with his counterpart about the talks. They agreed to meet again in the coming weeks, and to keep in touch."
    );
    assert_eq!(article.paragraphs[2].kind, Debris);
    let at = article.text.find("weeks").expect("it was read");
    let place = article.in_document(record::Span::new(at, at + 5));
    assert_eq!(&source[place.start..place.end], "weeks");
}

#[test]
fn older_charsets_map_to_the_bytes_as_captured() {
    // 外长会谈 and two sentences in GB18030, as a page that claims to be UTF-8.
    let gb = b"<meta charset=utf-8><h1>\xcd\xe2\xb3\xa4\xbb\xe1\xcc\xb8</h1><p>\xcb\xab\xb7\xbd\xcd\xac\xd2\xe2\xcf\xc2\xb8\xf6\xd4\xc2\xbc\xcc\xd0\xf8\xcc\xb8\xc5\xd0\xa1\xa3\xb7\xa2\xd1\xd4\xc8\xcb\xcb\xb5\xbb\xe1\xcc\xb8\xca\xc7\xcc\xb9\xc2\xca\xb5\xc4\xa1\xa3</p>";
    let article = read(gb);
    assert_eq!(article.charset, "GB18030");
    assert_eq!(article.body(), "双方同意下个月继续谈判。发言人说会谈是坦率的。");
    let at = article.text.find("谈判").expect("it was read");
    let place = article.in_document(record::Span::new(at, at + "谈判".len()));
    assert_eq!(&gb[place.start..place.end], b"\xcc\xb8\xc5\xd0");
}

#[test]
fn documents_without_an_article_say_why() {
    let why = |bytes: &[u8]| read(bytes).empty;
    assert_eq!(why(b"").as_deref(), Some("empty"));
    assert_eq!(why(b" \n\t ").as_deref(), Some("empty"));
    assert_eq!(why(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").as_deref(), Some("binary"));
    assert_eq!(
        why(b"<html><body><script>var x</script></body></html>").as_deref(),
        Some("no readable text")
    );
    assert_eq!(why("## 标题\n![](a.jpg)\n".as_bytes()).as_deref(), Some("only a title"));
}

#[test]
fn hostile_documents_are_read_in_one_pass() {
    let long = 2 << 20;
    let unit = |unit: &str| unit.repeat(long / unit.len()).into_bytes();
    for bytes in [
        unit("外长表示，谈判继续。"),
        unit("[["),
        unit("[]("),
        unit("*a "),
        unit("<a "),
        unit("<a href=\" "),
        unit("<p><!-- "),
        unit("<p>x<script>"),
        unit("&amp;&"),
        unit("2022年1月1日 "),
        unit("简评\n正文。\n"),
        unit("- [a](http://b.example)\n"),
        unit("\u{feff}\u{200b}"),
    ] {
        read(&bytes);
    }
    for tag in ["div", "b", "p", "a href=x", "table><tr><td", "ul><li", "font color=1"] {
        let nested = format!("<html><body>{}", format!("<{tag}>字").repeat(100_000));
        assert_eq!(read(nested.as_bytes()).form, Form::Page);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn any_markup_is_read(parts in proptest::collection::vec(0usize..PARTS.len(), 0..60), cut in 0usize..4) {
        let mut bytes: Vec<u8> = parts.iter().flat_map(|at| PARTS[*at].bytes()).collect();
        bytes.truncate(bytes.len().saturating_sub(cut));
        let article = read(&bytes);
        prop_assert_eq!(&article, &read(&bytes));
    }
}

const PARTS: &[&str] = &[
    "---\n",
    "title: \"a \\u4e00 \\\n",
    "date: 2022-01-10\n",
    "\n",
    "\n\n",
    " ",
    "\t",
    "## ",
    "- ",
    "> ",
    "**",
    "*",
    "***",
    "`",
    "[",
    "](http://rbc.ru/1",
    "](",
    ")",
    "![",
    "]",
    "(",
    "\\",
    "_",
    "&amp;",
    "&#8220;",
    "&",
    "&nbsp;",
    "<",
    ">",
    "<p>",
    "</p>",
    "<div class=\"share\">",
    "</div>",
    "<br/>",
    "<!--",
    "-->",
    "<!--1641829501000-->\n",
    "------\n",
    "<script>",
    "</script>",
    "<html><body>",
    "<a href='x'>",
    "</a>",
    "<h1>",
    "</h1>",
    "<li>",
    "<td>",
    "<title>",
    "<meta charset=gbk>",
    "\"",
    "'",
    "=",
    "外长",
    "說",
    "。",
    "，",
    "“",
    "”",
    "\u{3000}",
    "\u{200b}",
    "\u{a0}",
    "\u{feff}",
    "作者：",
    "翻译/简评：",
    "参考链接：",
    "简评",
    "2022年1月10日",
    "10/01/2022 - 16:26",
    "3/23/2023 3:18 AM UTC",
    "Wed, 08 Dec 2021 20:18:04 GMT",
    "1",
    "月",
    " 日",
    "年",
    "报道",
    "路透社",
    "新华社",
    "电",
    "（",
    "）",
    "Array",
    "word",
    "Слово",
    "1 января",
    "https://a.example/2022/01/",
    "/20",
    "|",
    ":",
    "：",
    " - ",
    "–",
    "/",
    "é",
    "🙂",
];
