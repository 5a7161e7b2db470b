//! Who published an article, who wrote it, and whose article it renders.
//!
//! In: sorted blocks, links, what the document says of itself. Out: [`Source`], the links
//! that tell of lineage, the article's own address, the dateline. Refuses to know: other
//! documents; whether a reprint is true to its origin is found when they are joined.

use super::draft::{Draft, LinkAt};
use super::form::Opening;
use super::marks::{Marks, Role, is_frame};
use super::page::Metadata;
use super::sort::{Tables, split_label};
use crate::lexicon::{Lexicon, Table};
use record::{ActorType, Link, ParagraphKind, Source};

/// What the search for a source looks at.
pub(super) struct Evidence<'a> {
    /// The decoded source.
    pub source: &'a str,
    /// Front matter and linked title.
    pub opening: &'a Opening,
    /// The page's head.
    pub metadata: &'a Metadata,
    /// The blocks and what they are.
    pub draft: &'a Draft,
    /// One kind a block.
    pub kinds: &'a [ParagraphKind],
    /// The address that came with the document.
    pub given_url: Option<&'a str>,
    /// Names, labels, the fold.
    pub lexicon: &'a Lexicon,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Provenance {
    /// Outlet, author, translator, origin, cited outlets.
    pub source: Source,
    /// The article's own address.
    pub url: Option<String>,
    /// Links that tell of its lineage.
    pub links: Vec<Link>,
    /// The place of a dateline.
    pub dateline: Option<String>,
}

/// Finds where an article comes from.
pub(super) fn find_source(evidence: &Evidence<'_>) -> Provenance {
    let mut found = Provenance { url: own_address(evidence), ..Provenance::default() };
    let reprint = read_reprint(evidence, &mut found);
    found.source.outlet = outlet(evidence, found.url.as_deref(), reprint);
    read_bylines(evidence, &mut found);
    read_references(evidence, &mut found);
    read_dateline(evidence, &mut found);
    read_cites(evidence, &mut found);
    let source = &mut found.source;
    if source.origin == source.outlet {
        source.origin = None;
    }
    found
}

impl Evidence<'_> {
    fn marks(&self) -> &Marks {
        &self.lexicon.marks
    }
    fn front(&self, keys: &[&str]) -> Option<String> {
        self.opening.front.as_ref()?.value(self.source, keys)
    }
    fn words(&self, at: usize) -> &str {
        self.draft.words(at)
    }
    fn named(&self, row: usize) -> String {
        self.lexicon.names.row(row).name.clone()
    }
    /// The outlet that a host or a name belongs to, else the words themselves.
    fn outlet_called(&self, words: &str) -> Option<String> {
        let words = words.trim_matches(is_frame);
        if words.is_empty() || words.chars().count() > 60 {
            return None;
        }
        let row = self.marks().outlet_of_name(words, self.lexicon.fold());
        let row =
            row.or_else(|| self.marks().outlet_of_host(&words.to_ascii_lowercase()));
        Some(row.map_or_else(|| words.to_owned(), |row| self.named(row)))
    }
    fn outlet_at(&self, url: &str) -> Option<String> {
        let host = host_of(url)?;
        let row = self.marks().outlet_of_host(&host);
        Some(row.map_or_else(
            || host.trim_start_matches("www.").to_owned(),
            |row| self.named(row),
        ))
    }
}

/// The host of an address, in lower case; of an archived page, the page's own.
pub(super) fn host_of(url: &str) -> Option<String> {
    let url = unarchived(url);
    let rest = url.split_once("://").map(|(_, rest)| rest)?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (host.contains('.') && host.len() < 100).then(|| host.to_ascii_lowercase())
}

/// `https://web.archive.org/web/2021…/https://…`: the address that was archived.
fn unarchived(url: &str) -> &str {
    let is_archive = url.contains("web.archive.org/web/");
    match url.rfind("/http").filter(|at| is_archive && *at > 8) {
        Some(at) => &url[at + 1..],
        None => url,
    }
}

fn own_address(evidence: &Evidence<'_>) -> Option<String> {
    if let Some((_, (from, to))) = evidence.opening.link {
        return Some(evidence.source[from..to].to_owned());
    }
    let keys = [
        "original_url",
        "url",
        "source_url",
        "from",
        "link",
        "permalink",
        "canonical",
        "source",
    ];
    let mut fronts = keys.iter().filter_map(|key| evidence.front(&[key]));
    let front = fronts.find(|value| value.starts_with("http"));
    front
        .map(|url| unarchived(&url).to_owned())
        .or_else(|| evidence.metadata.url.clone())
        .or_else(|| evidence.given_url.map(str::to_owned))
}

/// `[轉載自GNews](https://gnews.org/…)`: whose page a mirror shows. It is the article's own
/// address, since the mirror publishes nothing.
fn read_reprint(evidence: &Evidence<'_>, found: &mut Provenance) -> Option<String> {
    let links = evidence.draft.links.iter().take(64);
    for link in links
        .filter(|link| evidence.kinds.get(link.block) == Some(&ParagraphKind::Byline))
    {
        let words = link.words.of(&evidence.draft.text);
        let Some(name) = evidence.marks().origin_named(words, evidence.lexicon.fold())
        else {
            continue;
        };
        found.links.push(Link {
            rel: "reprint".to_owned(),
            url: link.url.clone(),
            words: words.to_owned(),
        });
        if found.url.is_some() {
            found.source.origin = evidence.outlet_called(name);
            return None;
        }
        found.url = Some(link.url.clone());
        return evidence.outlet_called(name);
    }
    None
}

fn outlet(
    evidence: &Evidence<'_>,
    url: Option<&str>,
    reprint: Option<String>,
) -> Option<String> {
    let host = url.and_then(host_of);
    if let Some(row) =
        host.as_deref().and_then(|host| evidence.marks().outlet_of_host(host))
    {
        return Some(evidence.named(row));
    }
    if reprint.is_some() {
        return reprint;
    }
    let front = evidence.front(&["outlet", "publisher", "site", "source"]);
    let front = front.filter(|name| !name.starts_with("http") && !name.is_empty());
    if let Some(name) = front {
        return evidence.outlet_called(&name);
    }
    if let Some(name) = &evidence.metadata.outlet {
        return evidence.outlet_called(name);
    }
    signed_outlet(evidence).or_else(|| url.and_then(|url| evidence.outlet_at(url)))
}

/// `轉載請註明: 標題 - 楠木軒`: the name behind the last dash of a rights notice.
fn signed_outlet(evidence: &Evidence<'_>) -> Option<String> {
    let blocks = evidence.kinds.iter().enumerate().rev();
    let mut rights = blocks.filter(|(_, kind)| **kind == ParagraphKind::Rights).take(4);
    rights.find_map(|(at, _)| {
        let (_, name) = evidence.words(at).rsplit_once(" - ")?;
        let is_name = name.chars().count() <= 16 && !name.contains(['。', '，', ',']);
        evidence.outlet_called(name).filter(|_| is_name)
    })
}

fn read_bylines(evidence: &Evidence<'_>, found: &mut Provenance) {
    let source = &mut found.source;
    source.author = evidence.front(&["author", "authors"]);
    if source.author.is_none() {
        source.author = evidence.metadata.author.clone();
    }
    source.translator = evidence.front(&["translator"]);
    let tables = Tables { marks: evidence.marks(), fold: evidence.lexicon.fold() };
    let mut poster = None;
    for (at, kind) in evidence.kinds.iter().enumerate() {
        let words = evidence.words(at);
        match kind {
            ParagraphKind::Byline if evidence.draft.blocks[at].hints.code => {
                poster = poster.or_else(|| poster_in(evidence, at));
            }
            ParagraphKind::Byline => {
                if let Some((roles, name)) = split_label(words, &tables) {
                    give_roles(evidence, source, &roles, name);
                } else if let Some(name) =
                    evidence.marks().origin_named(words, evidence.lexicon.fold())
                {
                    let name = name.trim_matches(is_frame);
                    let name =
                        name.split(['】', '」', ';', '；', '，', ',', '）', ')']).next();
                    source.origin =
                        source.origin.take().or_else(|| evidence.outlet_called(name?));
                }
            }
            ParagraphKind::Body if source.author.is_none() => {
                source.author = signed_reporter(words, &tables);
            }
            _ => {}
        }
    }
    if source.author.is_none() && source.translator.is_none() {
        source.author = poster;
    }
}

/// `…“脱轨”。（记者：某某）`: a reporter named in brackets at the end of a paragraph.
fn signed_reporter(words: &str, tables: &Tables<'_>) -> Option<String> {
    let inner = words.strip_suffix(['）', ')'])?;
    let at = super::marks::from_end(inner, 90);
    let (_, inside) = at.rsplit_once(['（', '('])?;
    let (roles, name) = split_label(inside, tables)?;
    (roles.contains(&Role::Author) && !name.is_empty()).then(|| name.to_owned())
}

/// The account in backticks at a mirror's head, its hour taken off.
fn poster_in(evidence: &Evidence<'_>, at: usize) -> Option<String> {
    let links = evidence.draft.links.iter().find(|link| link.block == at);
    let block = evidence.draft.blocks[at].span;
    let end = links.map_or(block.end, |link| link.words.start);
    let words = evidence.draft.text.get(block.start..end)?;
    let from =
        super::stamp::read_stamp(words, evidence.marks()).map_or(0, |stamp| stamp.span.1);
    let name = words.get(from..)?.trim();
    (!name.is_empty() && name.chars().count() <= 80).then(|| name.to_owned())
}

fn give_roles(evidence: &Evidence<'_>, source: &mut Source, roles: &[Role], name: &str) {
    if name.is_empty() || name.chars().count() > 60 {
        return;
    }
    if roles.contains(&Role::Translator) {
        source.translator.get_or_insert_with(|| name.to_owned());
    } else if roles.contains(&Role::Author) {
        source.author.get_or_insert_with(|| name.to_owned());
    } else if roles.contains(&Role::Origin)
        && !name.starts_with("http")
        && !evidence.marks().is_nobody(name, evidence.lexicon.fold())
    {
        let first = name.split(['；', '，', ',', '、', '/']).next().unwrap_or(name);
        let known = evidence.outlet_called(first);
        source.origin = source.origin.take().or(known);
    }
}

/// Links behind `参考链接：` and the like; when they lead to one outlet, that is the origin.
fn read_references(evidence: &Evidence<'_>, found: &mut Provenance) {
    let mut armed = false;
    let mut outlets: Vec<String> = Vec::new();
    let mut links = evidence.draft.links.iter().peekable();
    for (at, kind) in evidence.kinds.iter().enumerate() {
        let block = &evidence.draft.blocks[at];
        let announces = block.linked < block.span.len();
        armed = match kind {
            ParagraphKind::Related => armed || announces,
            ParagraphKind::Byline => names_origin(evidence, at),
            ParagraphKind::Debris | ParagraphKind::Caption => armed,
            ParagraphKind::Navigation => armed,
            _ => false,
        };
        while let Some(link) = links.next_if(|link| link.block <= at) {
            if link.block == at && armed && is_address(link) && block.hints.tag.is_none()
            {
                refer(evidence, link, found, &mut outlets);
            }
        }
    }
    outlets.retain(|name| Some(name) != found.source.outlet.as_ref());
    if found.source.origin.is_none() && outlets.len() == 1 {
        found.source.origin = outlets.pop();
    }
}

fn is_address(link: &LinkAt) -> bool {
    link.url.starts_with("http")
}

fn names_origin(evidence: &Evidence<'_>, at: usize) -> bool {
    let tables = Tables { marks: evidence.marks(), fold: evidence.lexicon.fold() };
    let split = split_label(evidence.words(at), &tables);
    split.is_some_and(|(roles, _)| roles.contains(&Role::Origin))
}

fn refer(
    evidence: &Evidence<'_>,
    link: &LinkAt,
    found: &mut Provenance,
    outlets: &mut Vec<String>,
) {
    if found.links.len() >= 64 {
        return;
    }
    found.links.push(Link {
        rel: "reference".to_owned(),
        url: link.url.clone(),
        words: link.words.of(&evidence.draft.text).to_owned(),
    });
    if let Some(outlet) = evidence.outlet_at(&link.url)
        && !outlets.contains(&outlet)
    {
        outlets.push(outlet);
    }
}

/// `新华社日内瓦1月10日电`, `基辅，4 月 21 日（路透社）`, `GENEVA (Reuters) —`.
fn read_dateline(evidence: &Evidence<'_>, found: &mut Provenance) {
    let mut bodies = evidence.kinds.iter().enumerate();
    let Some((at, _)) = bodies.find(|(_, kind)| **kind == ParagraphKind::Body) else {
        return;
    };
    let head = super::marks::upto(evidence.words(at), 120);
    let Some((place, outlet)) =
        chinese_dateline(head, evidence).or_else(|| latin_dateline(head))
    else {
        return;
    };
    found.dateline = Some(place).filter(|place| !place.is_empty());
    if let Some(outlet) = outlet
        && found.source.origin.is_none()
    {
        let row = evidence.marks().outlet_of_name(&outlet, evidence.lexicon.fold());
        found.source.origin = row.map(|row| evidence.named(row));
    }
}

fn chinese_dateline(
    head: &str,
    evidence: &Evidence<'_>,
) -> Option<(String, Option<String>)> {
    let digit = head.find(|c: char| c.is_ascii_digit())?;
    let before = head.get(..digit)?;
    if before.is_empty()
        || before.chars().count() > 16
        || before.contains(['。', '：', '“'])
    {
        return None;
    }
    let day = head.get(digit..)?.find('日').map(|at| digit + at + "日".len())?;
    let after = head.get(day..)?.trim_start();
    let told = ["电", "電", "讯", "訊", "（", "(", "报道", "報道"];
    if day > digit + 16 || !told.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    let mut place = before.trim_matches(|c: char| is_frame(c) || matches!(c, '，' | ','));
    // The longest outlet that the line starts with: 新华社 before 日内瓦.
    let ends: Vec<usize> =
        place.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let fold = evidence.lexicon.fold();
    let named = ends.iter().rev().find(|&&end| {
        place
            .get(..end)
            .is_some_and(|head| evidence.marks().outlet_of_name(head, fold).is_some())
    });
    let mut outlet = None;
    if let Some(&end) = named {
        outlet = place.get(..end).map(str::to_owned);
        place = place.get(end..).unwrap_or("").trim_matches(is_frame);
    } else if let Some(inside) = after.strip_prefix(['（', '(']) {
        outlet = inside.split(['）', ')']).next().map(str::to_owned);
    }
    if place.chars().any(|c| matches!(c, '月' | '年' | '在' | '于' | '據' | '据')) {
        place = "";
    }
    (outlet.is_some() || !place.is_empty()).then(|| (place.to_owned(), outlet))
}

fn latin_dateline(head: &str) -> Option<(String, Option<String>)> {
    let (lead, _) = head.split_once(['—', '–']).or_else(|| head.split_once(" - "))?;
    let (place, outlet) = match lead.split_once('(') {
        Some((place, outlet)) => {
            (place, Some(outlet.trim_end_matches([')', ' ']).to_owned()))
        }
        None => (lead, None),
    };
    let place = place.trim().trim_end_matches(',');
    let first = place.split([',', ' ']).next().unwrap_or("");
    let is_place = first.chars().count() > 2 && first.chars().all(char::is_uppercase);
    (is_place && place.len() < 60).then(|| (place.to_owned(), outlet))
}

/// Outlets named next to a word of reporting: 据路透社报道, 援引塔斯社.
fn read_cites(evidence: &Evidence<'_>, found: &mut Provenance) {
    const NEAR: usize = 66;
    let blocks = evidence.draft.blocks.iter().zip(evidence.kinds).take(300);
    let mut cited: Vec<usize> = Vec::new();
    for (block, _) in blocks.filter(|(_, kind)| kind.is_body()) {
        let words = block.span.of(&evidence.draft.text);
        for at in evidence.marks().cite_cues(words) {
            let Some((before, after)) = words.split_at_checked(at) else { continue };
            let before = super::marks::from_end(before, NEAR);
            let before = before.rsplit(['。', '！', '？']).next().unwrap_or("");
            let after = super::marks::upto(after, NEAR / 2);
            let after = after.split(['。', '，']).next().unwrap_or("");
            cited.extend(outlets_in(evidence, before));
            cited.extend(outlets_in(evidence, after));
        }
    }
    for row in cited {
        let name = evidence.named(row);
        if !found.source.cites.contains(&name) {
            found.source.cites.push(name);
        }
    }
}

fn outlets_in(evidence: &Evidence<'_>, words: &str) -> Vec<usize> {
    let shadow = crate::shadow::Shadow::fold(words, evidence.lexicon.fold());
    let hits = evidence.lexicon.scan(shadow.as_str());
    let names = hits.leftmost_longest(Table::Names);
    let rows = names.iter().map(|hit| evidence.lexicon.names.of_hit(hit.row));
    rows.filter(|(name, ..)| name.kind == ActorType::Outlet)
        .map(|(_, row, _)| row)
        .collect()
}
