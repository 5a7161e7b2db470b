//! Placeholder until the joining of names is merged.
use super::Name;
use record::ActorType;
/// A form.
pub struct Form {
    pub id: String,
    pub name: String,
    pub folded: String,
    pub sound: String,
    pub kind: ActorType,
    pub party: Option<String>,
    pub known: Option<String>,
    pub roles: Vec<String>,
    pub surfaces: Vec<String>,
    pub is_private: bool,
    pub documents: usize,
}
/// An identity.
pub struct Identity {
    pub id: String,
    pub members: Vec<usize>,
    pub why: Vec<String>,
}
/// A block.
pub fn block(kind: ActorType, known: Option<&str>, name: &Name) -> String {
    match known {
        Some(known) => known.to_owned(),
        None => format!("{} {}", kind.code(), name.folded),
    }
}
/// Identities.
pub fn identify(forms: &[Form]) -> Vec<Identity> {
    forms
        .iter()
        .enumerate()
        .map(|(n, f)| Identity {
            id: f.id.clone(),
            members: vec![n],
            why: vec![String::new()],
        })
        .collect()
}
