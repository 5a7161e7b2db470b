//! The forms of one actor.
//!
//! In: the forms of a block. Out: identities, every form in exactly one, whatever the order
//! of the forms. Refuses to know: by what rule two forms are one (`join`).

use super::form::{Form, Sort, Sound};
use super::join;
use std::collections::BTreeSet;

/// What made two forms one actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Both are one row of the gazetteer or agenda.
    SameRow,
    /// One name, and nothing against it: 伊利亚·基瓦 with a party and without.
    SameName,
    /// Documents write one name behind both in another script: Pyotr Andryushchenko.
    SameOtherScript,
    /// Both names in full sound alike: 德米特里·佩斯科夫 and 德米特里·培斯科夫.
    SoundAlike,
    /// One is the family name of the other, who is the only one with that party or office.
    FamilyName,
    /// One is the family name of the other spelt otherwise, and party or office agree:
    /// 瑞博科夫 and 谢尔盖·里亚布科夫.
    FamilyNameSoundsAlike,
    /// One body of one party: 俄外交部 and 俄罗斯外交部.
    SameBody,
}

impl Reason {
    /// The word that the ledger keeps.
    pub fn code(self) -> &'static str {
        match self {
            Reason::SameRow => "same row",
            Reason::SameName => "same name",
            Reason::SameOtherScript => "same name in another script",
            Reason::SoundAlike => "full names sound alike",
            Reason::FamilyName => "family name of the only one",
            Reason::FamilyNameSoundsAlike => "family names sound alike",
            Reason::SameBody => "same body of one party",
        }
    }
}

/// Why one form was joined to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The form that was joined: its index among the forms.
    pub form: usize,
    /// A form that was in the identity before.
    pub with: usize,
    /// What made them one.
    pub reason: Reason,
    /// What the two have in common: the name, the office, the party.
    pub common: String,
}

/// One actor: the forms that mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The indices of its forms, rising.
    pub members: Vec<usize>,
    /// The form that stands for it, whose id is the identity's: the gazetteer's where there
    /// is one, else the fullest name with a party.
    pub head: usize,
    /// One reason for every form but the first.
    pub why: Vec<Why>,
    /// Whether it is somebody: offices and descriptions (一名官员) are not the same person
    /// in two documents.
    pub is_somebody: bool,
}

/// The identities of a block's forms, in order of their heads' ids.
pub fn identify(forms: &[Form]) -> Vec<Identity> {
    let mut bearers = Bearers::of(forms);
    join::all(&mut bearers);
    bearers.identities()
}

/// Who may bear the forms, while they are joined. Forms are known here by their place in
/// an order that content alone decides.
pub(super) struct Bearers<'f> {
    /// The forms, those that tell most first.
    pub forms: Vec<&'f Form>,
    pub sounds: Vec<Sound<'f>>,
    given_at: Vec<usize>,
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    why: Vec<Why>,
}

impl<'f> Bearers<'f> {
    fn of(forms: &'f [Form]) -> Bearers<'f> {
        let mut order: Vec<usize> = (0..forms.len()).collect();
        let sounds: Vec<Sound> = forms.iter().map(Form::sound).collect();
        order.sort_by_key(|&at| {
            let form = &forms[at];
            let private = form.is_private;
            let parts = usize::MAX - sounds[at].given.len();
            let tells = (form.known.is_none(), !sounds[at].is_full, parts);
            (tells, form.party.is_none(), private, &form.folded, &form.id)
        });
        Bearers {
            forms: order.iter().map(|&at| &forms[at]).collect(),
            sounds: order.iter().map(|&at| sounds[at].clone()).collect(),
            parent: (0..forms.len()).collect(),
            members: (0..forms.len()).map(|at| vec![at]).collect(),
            why: Vec::new(),
            given_at: order,
        }
    }

    /// The form that stands for the bearer of a form.
    pub fn head(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// The forms of a form's bearer.
    pub fn members(&self, at: usize) -> &[usize] {
        &self.members[self.head(at)]
    }

    /// Makes the bearers of two forms one.
    pub fn join(&mut self, a: usize, b: usize, reason: Reason, common: &str) {
        let (x, y) = (self.head(a), self.head(b));
        if x == y {
            return;
        }
        let (keep, drop) = (x.min(y), x.max(y));
        let (with, form) = if keep == x { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[drop]);
        self.members[keep].extend(moved);
        self.parent[drop] = keep;
        self.why.push(Why { form, with, reason, common: common.to_owned() });
    }

    /// The parties that a form's bearer speaks for.
    pub fn parties(&self, at: usize) -> BTreeSet<&'f str> {
        self.members(at).iter().filter_map(|m| self.forms[*m].party.as_deref()).collect()
    }

    /// The rows that a form's bearer is.
    pub fn rows(&self, at: usize) -> BTreeSet<&'f str> {
        self.members(at).iter().filter_map(|m| self.forms[*m].known.as_deref()).collect()
    }

    /// Whether anything names a form's bearer.
    fn is_somebody(&self, at: usize) -> bool {
        let forms = self.members(at).iter().map(|m| self.forms[*m]);
        let named = forms.clone().any(|form| !form.surfaces.is_empty());
        self.sounds[at].sort != Sort::Nobody && named
    }

    fn identities(self) -> Vec<Identity> {
        let mut heads: Vec<usize> =
            (0..self.forms.len()).filter(|at| self.head(*at) == *at).collect();
        heads.sort_by_key(|at| &self.forms[*at].id);
        heads
            .into_iter()
            .map(|head| {
                let mut members: Vec<usize> =
                    self.members(head).iter().map(|m| self.given_at[*m]).collect();
                members.sort_unstable();
                let own = self.why.iter().filter(|why| self.head(why.form) == head);
                let why = own.map(|why| Why {
                    form: self.given_at[why.form],
                    with: self.given_at[why.with],
                    ..why.clone()
                });
                Identity {
                    head: self.given_at[head],
                    why: why.collect(),
                    members,
                    is_somebody: self.is_somebody(head),
                }
            })
            .collect()
    }
}
