//! One actor over all documents, whatever its name is written with.
//!
//! In: [`Form`]s, each a name as some documents have it, with what they say of its bearer.
//! Out: [`Identity`]s, each with the reasons why its forms are one. Refuses to know: what
//! language a name is in, how names are folded and heard (the reader says), the database.
//!
//! [`block`] gives the one group of forms that a form is compared with; [`identify`] is a
//! pure function of the forms of a block, whatever their order. A form that fits two
//! bearers is joined to neither.

mod form;
mod identity;
mod join;
mod near;

pub use form::{Form, block};
pub use identity::{Identity, Reason, Why, identify};

#[cfg(test)]
mod tests;
