//! Who is named, and who is meant.

use crate::{Evidence, Span};

codes! {
    /// What sort of actor an entity is.
    ActorType {
        /// 谢尔盖·里亚布科夫.
        Person = "person",
        /// 俄罗斯.
        State = "state",
        /// 北约, 国务院, 俄罗斯天然气工业股份公司.
        Organisation = "organisation",
        /// 路透社.
        Outlet = "outlet",
        /// 日内瓦, where it is only a place.
        Place = "place",
    }
}

codes! {
    /// How a mention names its entity.
    MentionForm {
        /// A proper name: 里亚布科夫.
        Name = "name",
        /// An abbreviation or single letter: 俄, 美方.
        Short = "short",
        /// A place that stands for its government: 莫斯科, 克里姆林宫.
        Metonym = "metonym",
        /// An office: 这位副外长, 国务卿.
        Title = "title",
        /// A pronoun: 他, 双方.
        Pronoun = "pronoun",
        /// A description of somebody unnamed: 一名美国高级官员.
        Description = "description",
    }
}

/// The number of a mention in its reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// The number of an entity in its reading: who is meant, over all spellings there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

macro_rules! number {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_u32(self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(
                from: D,
            ) -> Result<Self, D::Error> {
                <u32 as serde::Deserialize>::deserialize(from).map($type)
            }
        }
    };
}
number!(MentionId);
number!(EntityId);

/// One place where the text names or points at an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its number: the index in `Reading::mentions`.
    pub id: MentionId,
    /// Who is meant.
    pub entity: EntityId,
    /// How it names them.
    pub form: MentionForm,
    /// The whole phrase that the naming heads, offices and all: 俄罗斯副外长里亚布科夫.
    pub phrase: Span,
    /// The words and the rows that found them.
    pub evidence: Evidence,
}

json_fields!(Mention { id, entity, form, phrase, evidence });

/// An office as the text gives it: 俄罗斯副外长.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The words of the office.
    pub text: String,
    /// Where they stand.
    pub evidence: Evidence,
}

json_fields!(Role { text, evidence });

/// One actor of one article, over all the spellings that the article uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its number: the index in `Reading::entities`.
    pub id: EntityId,
    /// The row of the gazetteer or agenda that it is, such as `person:sergei-ryabkov`;
    /// none for an actor found by form.
    pub known: Option<String>,
    /// The usual English name, else the fullest name in the text.
    pub name: String,
    /// What sort of actor it is.
    pub kind: ActorType,
    /// ISO 3166-1 alpha-3 of the state it speaks for, or the organisation's short name.
    pub party: Option<String>,
    /// Offices that the text gives it, fullest first.
    pub roles: Vec<Role>,
    /// The distinct strings that name it in the text, in order of first use; pronouns,
    /// titles and descriptions are not among them.
    pub surfaces: Vec<String>,
    /// Whether the text speaks of it as an expert, journalist or private person, whose
    /// words are no acts of a party.
    pub is_private: bool,
}

json_fields!(Entity { id, known, name, kind, party, roles, surfaces, is_private });
