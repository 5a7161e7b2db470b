//! A name as documents have it, and the block of forms that it is compared with.
//!
//! In: what the reader says of a name. Out: its parts. Refuses to know: other forms.

/// One form of an actor's name over all documents that have it: 里亚布科夫 of RUS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The form's identifier, derived from its name, party and kind: `entities.actor`.
    pub id: String,
    /// The name as it stands in the documents.
    pub name: String,
    /// The name in one script, without markup: 里亚布科夫 for 里亞布科夫.
    pub folded: String,
    /// How the name sounds, as `extract::NameKey` describes it; empty for an office or a
    /// description, which names nobody.
    pub sound: String,
    /// What sort of actor it is: `person`, `organisation`.
    pub kind: String,
    /// The side that it speaks for.
    pub party: Option<String>,
    /// The row of the gazetteer or agenda that it is.
    pub known: Option<String>,
    /// Its offices, folded, distinct and sorted.
    pub roles: Vec<String>,
    /// The strings that name it, folded, distinct and sorted.
    pub surfaces: Vec<String>,
    /// Whether all documents speak of it as an expert, journalist or private person.
    pub is_private: bool,
    /// How many documents have it.
    pub documents: usize,
}

/// How a name is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nobody's name: an office, a description.
    Nobody,
    /// A body.
    Body,
    /// Compared by its sounds: 里亚布科夫, Ryabkov.
    Heard,
    /// Compared by its characters: 王毅, 高市早苗.
    Written,
    /// A pen name, or words taken for a name: 信心满满.
    Words,
    /// Of characters that spell foreign names, and perhaps no foreign name: 马林.
    Either,
}

/// A sound taken apart.
#[derive(Debug, Clone)]
pub(super) struct Sound<'f> {
    pub sort: Sort,
    /// What spellings of one family name share: its consonants, or its characters.
    pub frame: &'f str,
    /// Family name.
    pub family: &'f str,
    /// The other names in their order; none where only the family name is told.
    pub given: Vec<&'f str>,
    /// Whether the name is told in full.
    pub is_full: bool,
    /// Whether it is in Latin or Cyrillic letters.
    pub is_spelt: bool,
}

impl Form {
    pub(super) fn sound(&self) -> Sound<'_> {
        let mut cells = self.sound.split('\t');
        let letter = cells.next().unwrap_or("");
        let first = cells.next().unwrap_or("");
        let rest: Vec<&str> = cells.collect();
        match letter {
            "f" | "l" | "a" => {
                let (family, given) = match rest.split_last() {
                    Some((family, given)) => (*family, given.to_vec()),
                    None => ("", Vec::new()),
                };
                let sort = if letter == "a" { Sort::Either } else { Sort::Heard };
                let is_full = !given.is_empty();
                Sound {
                    sort,
                    frame: first,
                    family,
                    given,
                    is_full,
                    is_spelt: letter == "l",
                }
            }
            "j" => {
                let is_full = !rest.is_empty();
                Sound {
                    sort: Sort::Written,
                    frame: first,
                    family: first,
                    given: rest,
                    is_full,
                    is_spelt: letter == "l",
                }
            }
            "h" | "w" => Sound {
                sort: if letter == "h" { Sort::Written } else { Sort::Words },
                frame: first,
                family: first,
                given: Vec::new(),
                is_full: true,
                is_spelt: letter == "l",
            },
            "o" => Sound {
                sort: Sort::Body,
                frame: first,
                family: first,
                given: Vec::new(),
                is_full: true,
                is_spelt: letter == "l",
            },
            _ => Sound {
                sort: Sort::Nobody,
                frame: "",
                family: "",
                given: Vec::new(),
                is_full: false,
                is_spelt: letter == "l",
            },
        }
    }
}

/// The group of forms that a form is compared with: forms of two blocks are never one
/// actor. The block of a person is the frame of its family name; of a body its party and
/// name; an office, a description, or a body of no party, words that are no name's are alone.
pub fn block(form: &Form) -> String {
    let sound = form.sound();
    let alone = || format!("alone\t{}", form.id);
    match (sound.sort, &form.party) {
        (Sort::Nobody | Sort::Words, _) => alone(),
        (Sort::Body, Some(party)) if form.known.is_none() => {
            format!("{}\t{party}\t{}", form.kind, sound.frame)
        }
        (Sort::Body, _) => alone(),
        (Sort::Written, _) => format!("written\t{}", sound.frame),
        (Sort::Heard | Sort::Either, _) if sound.frame.is_empty() => {
            format!("heard\t\t{}", sound.family)
        }
        (Sort::Heard | Sort::Either, _) => format!("heard\t{}", sound.frame),
    }
}
