//! The day of the latest document.

use super::Filter;
use crate::{Error, Ledger};

impl Ledger {
    /// The day of the latest publication, ISO 8601; none where no document is dated.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn latest_day(&self) -> Result<Option<String>, Error> {
        self.as_of(&Filter::default())
            .map_err(|cause| self.error("find the latest day", cause))
    }
}
