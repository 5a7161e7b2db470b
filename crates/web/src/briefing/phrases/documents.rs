//! What is said of documents.
//!
//! In: documents. Out: plain text. Refuses to know: markup.

use super::Phrases;
use crate::briefing::{Account, DocumentLine};
use crate::words::*;

impl Phrases<'_> {
    /// The outlet of an account, and what its document derives from.
    pub(in crate::briefing) fn outlet(&self, account: &Account) -> String {
        let outlet = self
            .briefing
            .document(account.document)
            .and_then(|document| document.outlet.clone());
        outlet.unwrap_or_else(|| self.language.say(NO_OUTLET).to_owned())
    }

    /// How a document derives from others, or that it is its outlet's own; `plain` takes
    /// the markup out of what the document says.
    pub(in crate::briefing) fn lineage(
        &self,
        document: &DocumentLine,
        plain: fn(&str) -> String,
    ) -> String {
        let l = self.language;
        let said: Vec<String> = document
            .lineage
            .iter()
            .map(|lineage| {
                let word = match lineage.kind.as_str() {
                    "reprint" => REPRINT,
                    "translation" => TRANSLATION,
                    "digest" => DIGEST,
                    _ => CITES,
                };
                let number = lineage.document.map(|number| format!(" [{number}]"));
                l.fill(word, &[&(plain(&lineage.to) + &number.unwrap_or_default())])
            })
            .collect();
        if said.is_empty() { l.say(OWN).to_owned() } else { said.join(l.comma()) }
    }

    /// The date of a document, and whether it was inferred.
    pub(in crate::briefing) fn published(&self, document: &DocumentLine) -> String {
        let date = self.date(document.published.as_deref(), NO_DATE);
        if document.inferred && document.published.is_some() {
            self.language.fill(INFERRED, &[&date])
        } else {
            date
        }
    }
}
