//! How derived articles are made of originals.
//!
//! In: the paragraphs of one or two originals. Out: those of the derived article. Refuses
//! to know: files, outlets, dates.

use crate::dice::Dice;
use crate::reword::{Words, sentences};

/// Which of the two ways a set is made in. The second is never tuned on.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Recipe {
    /// Copies, cuts to a third, new heads, Traditional script, 5 to 20 % of the sentences
    /// reworded by synonyms or the order of clauses, two mixed by paragraphs.
    One,
    /// Cut at the start, at the end or at both; sentences in another order; adverbs
    /// dropped, numbers spelt, sentences put between; paragraphs merged; two mixed three
    /// to one or sentence by sentence.
    Two,
}

/// What a derived article is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// The whole article under its own headline.
    Copy,
    /// The whole under a new headline and byline.
    Head,
    /// A third or so of it.
    Cut,
    /// The whole in the other script.
    Script,
    /// The whole, some sentences reworded.
    Reworded,
    /// Parts of two.
    Digest,
}

impl Kind {
    /// All kinds, in the order in which they are counted.
    pub const ALL: [Kind; 6] =
        [Kind::Copy, Kind::Head, Kind::Cut, Kind::Script, Kind::Reworded, Kind::Digest];

    /// Its word: `digest`.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Copy => "copy",
            Kind::Head => "head",
            Kind::Cut => "cut",
            Kind::Script => "script",
            Kind::Reworded => "reworded",
            Kind::Digest => "digest",
        }
    }
}

/// A paragraph as its sentences.
type Paragraph = Vec<String>;

/// What the makers need.
pub struct Maker<'a> {
    /// The recipe.
    pub recipe: Recipe,
    /// The words to reword by.
    pub words: &'a Words,
}

impl Maker<'_> {
    /// The paragraphs of a derived article of a kind; a digest has two sources.
    pub fn derive(
        &self,
        kind: Kind,
        sources: &[Vec<String>],
        dice: &mut Dice,
    ) -> Vec<String> {
        let split = |source: &Vec<String>| -> Vec<Paragraph> {
            source.iter().map(|paragraph| sentences(paragraph)).collect()
        };
        let mut parts: Vec<Vec<Paragraph>> = sources.iter().map(split).collect();
        let mut text = match kind {
            Kind::Digest if self.recipe == Recipe::One => {
                mix_paragraphs(&mut parts, dice)
            }
            Kind::Digest => mix_sentences(&mut parts, dice),
            Kind::Cut => self.cut(&parts[0], dice),
            _ => parts.swap_remove(0),
        };
        let is_reworded = match kind {
            Kind::Reworded => true,
            Kind::Cut | Kind::Digest => dice.chance(50),
            Kind::Script => dice.chance(30),
            _ => false,
        };
        if is_reworded {
            self.reword(&mut text, dice);
        }
        if self.recipe == Recipe::Two && dice.chance(40) {
            text = merge(text, dice);
        }
        text.iter()
            .map(|paragraph| paragraph.concat())
            .filter(|p| !p.is_empty())
            .collect()
    }

    /// Rewords 5 to 20 % of the sentences, at least one.
    fn reword(&self, text: &mut [Paragraph], dice: &mut Dice) {
        let count: usize = text.iter().map(Vec::len).sum();
        let percent = dice.between(5, 20);
        let mut chosen: Vec<usize> = (0..count).collect();
        dice.shuffle(&mut chosen);
        chosen.truncate((count * percent).div_ceil(100));
        for (at, sentence) in text.iter_mut().flatten().enumerate() {
            if chosen.contains(&at) {
                *sentence = match self.recipe {
                    Recipe::One => self.words.reword(sentence, dice),
                    Recipe::Two => self.words.edit(sentence, dice),
                };
            }
        }
        if self.recipe == Recipe::Two {
            // Two neighbours of some paragraphs change places.
            for paragraph in text.iter_mut().filter(|paragraph| paragraph.len() > 2) {
                if dice.chance(25) {
                    let at = dice.below(paragraph.len() - 1);
                    paragraph.swap(at, at + 1);
                }
            }
        }
    }

    /// A third: by the first recipe from anywhere, by the second the start, the end, or
    /// some of both.
    fn cut(&self, text: &[Paragraph], dice: &mut Dice) -> Vec<Paragraph> {
        let all: Vec<String> = text.concat();
        let wanted: usize = all.iter().map(String::len).sum::<usize>() / 3;
        let taken = |from: usize| {
            let mut length = 0;
            let rest = all[from..].iter().take_while(|sentence| {
                let is_short = length < wanted;
                length += sentence.len();
                is_short
            });
            rest.cloned().collect::<Vec<String>>()
        };
        let last = (0..all.len())
            .rev()
            .find(|&from| all[from..].iter().map(String::len).sum::<usize>() >= wanted)
            .unwrap_or(0);
        let cut = match (self.recipe, dice.below(3)) {
            (Recipe::One, _) => taken(dice.between(0, last)),
            (Recipe::Two, 0) => taken(0),
            (Recipe::Two, 1) => taken(last),
            (Recipe::Two, _) => {
                let (head, tail) = (taken(0), taken(last));
                let half = |part: &[String]| part.len().div_ceil(2);
                [&head[..half(&head)], &tail[tail.len() - half(&tail)..]].concat()
            }
        };
        cut.chunks(3).map(<[String]>::to_vec).collect()
    }
}

/// From each of two articles a run of paragraphs that is about half of it, one after the
/// other or in turn.
fn mix_paragraphs(parts: &mut [Vec<Paragraph>], dice: &mut Dice) -> Vec<Paragraph> {
    let halves: Vec<Vec<Paragraph>> = parts
        .iter()
        .map(|part| {
            // An article in one paragraph is taken by sentences.
            let part = match part.len() {
                0..4 => part.concat().chunks(2).map(<[String]>::to_vec).collect(),
                _ => part.clone(),
            };
            let share = dice.between(40, 65);
            let count = (part.len() * share).div_ceil(100);
            let from = dice.between(0, part.len() - count);
            part[from..from + count].to_vec()
        })
        .collect();
    if dice.chance(50) {
        return halves.concat();
    }
    let longest = halves.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|at| halves.iter().filter_map(move |half| half.get(at).cloned()))
        .collect()
}

/// Three parts of one article to one of the other, or both in turn, three sentences each.
fn mix_sentences(parts: &mut [Vec<Paragraph>], dice: &mut Dice) -> Vec<Paragraph> {
    let shares = if dice.chance(50) { [75, 40] } else { [50, 50] };
    let taken: Vec<Vec<Paragraph>> = parts
        .iter()
        .zip(shares)
        .map(|(part, share)| {
            let all = part.concat();
            let count = (all.len() * share).div_ceil(100);
            let from = if dice.chance(50) { 0 } else { all.len() - count };
            all[from..from + count].chunks(3).map(<[String]>::to_vec).collect()
        })
        .collect();
    let longest = taken.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|at| taken.iter().filter_map(move |part| part.get(at).cloned()))
        .collect()
}

/// Paragraphs joined with the next one here and there.
fn merge(text: Vec<Paragraph>, dice: &mut Dice) -> Vec<Paragraph> {
    let mut merged: Vec<Paragraph> = Vec::new();
    for paragraph in text {
        match merged.last_mut() {
            Some(last) if dice.chance(50) => last.extend(paragraph),
            _ => merged.push(paragraph),
        }
    }
    merged
}
