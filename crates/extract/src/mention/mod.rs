//! Sentences in, mentions and the entities that they mean out.
//!
//! Names that a row holds (`known`), people by the form of their names (`person`) and by
//! parts of names given in full (`again`), bodies (`body`), offices (`office`), the people
//! of bylines (`byline`), pronouns (`topic`); then one entity for all that mean the same
//! (`resolve`), by the words or by the sound (`same`). Refuses to know: what anybody said
//! or did.

mod again;
mod body;
mod byline;
mod found;
mod implied;
mod key;
mod known;
mod office;
mod parts;
mod person;
mod resolve;
mod same;
mod sounds;
mod surname;
mod syllable;
mod topic;

use crate::{Error, Page, lexicon::Table, lexicon::TsvRow};
use found::{Found, What};
pub use key::{NameKey, name_key};
pub use parts::NameParts;
use record::{Entity, Mention, MentionForm, ParagraphKind, Rule};
pub use sounds::Sounds;
pub use surname::Surnames;
pub use syllable::Syllables;

/// An office: 外长, 新闻秘书.
#[derive(Debug, Clone)]
pub struct Title {
    /// The words.
    pub text: String,
    /// `leaders`, `ministers`, `deputies`, `officials`, `spokesperson`, `expert`,
    /// `journalist`, `military` or `private`.
    pub rank: String,
    /// The row's address.
    pub rule: Rule,
}

impl Title {
    pub(crate) fn read(row: &TsvRow) -> Result<Title, Error> {
        Ok(Title {
            text: row.cell("title")?.to_owned(),
            rank: row.cell("rank")?.to_owned(),
            rule: row.rule(),
        })
    }
}

/// Finds who is named, where, and which mentions mean one actor.
pub(crate) fn find_mentions(page: &Page) -> (Vec<Entity>, Vec<Mention>) {
    let mut found = known::find(page);
    found.retain(|naming| is_text(page, naming.span.start));
    let mut people = person::find(page, &found);
    people.iter_mut().for_each(|person| known::recognise(page, &found, person));
    // 马里 is no state in a name that holds it.
    found.retain(|f| !people.iter().any(|p| p.span.contains(f.span)));
    found.extend(people);
    found.sort_by_key(|naming| naming.span.start);
    body::find(page, &mut found);
    office::find(page, &mut found);
    small_words(page, &mut found);
    implied::find(page, &mut found);
    // 编辑 is a label in a byline, and the state in a group's name is not spoken of.
    found.retain(|naming| is_text(page, naming.span.start));
    found.extend(byline::find(page));
    found.sort_by_key(|naming| (naming.span.start, usize::MAX - naming.span.end));
    resolve::entities(page, found)
}

/// Whether a byte stands in a paragraph that tells something; lines of credit are read by
/// themselves.
fn is_text(page: &Page, at: usize) -> bool {
    page.article.paragraph_at(at).is_some_and(|paragraph| {
        paragraph.kind.is_read() && paragraph.kind != ParagraphKind::Byline
    })
}

/// Pronouns and collectives: 他, 双方.
fn small_words(page: &Page, found: &mut Vec<Found>) {
    let mut more: Vec<Found> = Vec::new();
    for &hit in page.hits.of(Table::Words) {
        let word = &page.lexicon.words[hit.row as usize];
        let (form, what) = match word.class.as_str() {
            "pronoun" => (MentionForm::Pronoun, What::Pronoun),
            "collective" => (MentionForm::Description, What::Collective),
            _ => continue,
        };
        let taken = more.last().is_some_and(|f| f.span.overlaps(hit.span))
            || found
                .iter()
                .any(|f| f.span.overlaps(hit.span) && f.span.len() > hit.span.len());
        let before = page.shadow[..hit.span.start].chars().next_back();
        let inside =
            matches!(before, Some('其' | '吉' | '排')) && word.text.starts_with('他');
        if !taken && !inside {
            more.push(Found::bare(hit.span, form, what, vec![word.rule.clone()]));
        }
    }
    // 美俄双方 takes the place of the letters in it.
    found.retain(|f| {
        !more.iter().any(|m| m.span.contains(f.span) && m.what == What::Pronoun)
    });
    found.extend(more);
    found.sort_by_key(|naming| (naming.span.start, usize::MAX - naming.span.end));
}

#[cfg(test)]
mod tests;
