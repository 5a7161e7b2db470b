//! What an entry rests on.

use crate::{DocumentId, Span};
use std::{fmt, sync::Arc};

/// The address of a lexicon row or rule: `zh/cues:表示`, `zh/calendar:weekday`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(Arc<str>);

impl Rule {
    /// The rule at this address.
    pub fn new(address: &str) -> Rule {
        Rule(Arc::from(address))
    }
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Rule {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(from).map(|s| Rule::new(&s))
    }
}

/// What an entry rests on: the document, the place, the exact words, and the rules that
/// fired there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The document.
    pub document: DocumentId,
    /// Where in `Article::text`.
    pub span: Span,
    /// The exact words at `span`.
    pub words: String,
    /// The lexicon rows and rules that made the entry, most telling first.
    pub rules: Vec<Rule>,
}

json_fields!(Evidence { document, span, words, rules });
