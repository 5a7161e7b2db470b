//! Linear models that decide where rules compete.
//!
//! In: named features of a candidate. Out: the probability of each class. Refuses to know:
//! what a feature or a class means; that is for the step that owns the model. Weights are
//! data (`lexicon/model/<model>.tsv`), made by `tools/train` from annotated articles: one row
//! for each feature and class, so that every decision can be read off and argued with.

mod features;
mod judgement;

pub use features::Features;
pub use judgement::Judgement;

use crate::Error;
use crate::lexicon::Rows;
use features::{IdentityHasher, hash};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A multinomial logistic regression over named features.
pub struct Model {
    classes: Vec<&'static str>,
    bias: Vec<f32>,
    /// For the hash of each feature's name where its weights lie.
    places: HashMap<u64, (u32, u32), BuildHasherDefault<IdentityHasher>>,
    /// Class and weight, the rows of one feature side by side.
    weights: Vec<(u16, f32)>,
}

/// A candidate that a model decides on, with its features by name, for training.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The model: `moves`.
    pub model: &'static str,
    /// The cue that it belongs to, where the model asks that.
    pub anchor: Option<record::Span>,
    /// Where the candidate stands in the article's text.
    pub span: record::Span,
    /// Whose act or words the candidate is, where the model asks that: party codes.
    pub parties: Vec<String>,
    /// When it would be, where the model asks that.
    pub date: Option<String>,
    /// Which candidates are one thing in several readings, of which one is right at most.
    pub group: usize,
    /// Its features by name, `trigger=拒绝`, and how much each counts.
    pub features: Vec<(String, f32)>,
}

impl Candidate {
    /// A candidate without features.
    pub fn bare(
        model: &'static str,
        anchor: record::Span,
        span: record::Span,
    ) -> Candidate {
        Candidate {
            model,
            anchor: Some(anchor),
            span,
            parties: Vec::new(),
            date: None,
            group: 0,
            features: Vec::new(),
        }
    }
}

/// A probability as a record keeps it, to four digits: what is written down is read back
/// the same.
pub fn kept(probability: f64) -> f64 {
    (probability * 1e4).round() / 1e4
}

impl Model {
    /// Loads a table of `feature class weight`; the feature `bias` is every candidate's.
    ///
    /// # Errors
    /// If a row is malformed; names the table and the line.
    pub fn load(rows: &Rows) -> Result<Model, Error> {
        let mut classes: Vec<&'static str> = Vec::new();
        let mut bias: Vec<f32> = Vec::new();
        let mut places: HashMap<u64, (u32, u32), _> = HashMap::default();
        let mut weights: Vec<(u16, f32)> = Vec::new();
        for row in rows.iter() {
            let (feature, class) = (row.cell("feature")?, row.cell("class")?);
            let cell = row.cell("weight")?;
            let weight: f32 = cell
                .parse()
                .map_err(|_| row.problem(format!("{cell:?} is no number")))?;
            if feature == "bias" {
                classes.push(class);
                bias.push(weight);
                continue;
            }
            let Some(at) = classes.iter().position(|known| *known == class) else {
                return Err(row.problem(format!("the class {class:?} has no bias above")));
            };
            let next = weights.len() as u32;
            weights.push((at as u16, weight));
            let place = places.entry(hash(feature.as_bytes())).or_insert((next, next));
            if place.1 != next {
                return Err(
                    row.problem(format!("rows of {feature:?} stand in two places"))
                );
            }
            place.1 = next + 1;
        }
        Ok(Model { classes, bias, places, weights })
    }

    /// The classes in the order of their probabilities.
    pub fn classes(&self) -> &[&'static str] {
        &self.classes
    }

    /// The probability of each class, into `out`.
    pub fn probabilities(&self, features: &Features, out: &mut Vec<f32>) {
        out.clear();
        out.extend_from_slice(&self.bias);
        for (hash, value) in features.iter() {
            let Some(&(from, to)) = self.places.get(&hash) else { continue };
            for &(class, weight) in &self.weights[from as usize..to as usize] {
                out[class as usize] += weight * value;
            }
        }
        let most = out.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sum = 0.0;
        for value in out.iter_mut() {
            *value = (*value - most).exp();
            sum += *value;
        }
        out.iter_mut().for_each(|value| *value /= sum);
    }

    /// The probability of one class; 0 for one that the model does not have.
    pub fn probability(&self, features: &Features, class: &str) -> f64 {
        let mut out = Vec::with_capacity(self.classes.len());
        self.probabilities(features, &mut out);
        let at = self.classes.iter().position(|known| *known == class);
        at.map_or(0.0, |at| f64::from(out[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_turn_a_decision() {
        let table = "feature\tclass\tweight\nbias\tno\t1.0\nbias\tyes\t0.0\n\
                     word=要求\tyes\t2.0\n";
        let model = Model::load(&Rows::parse("test", table).unwrap()).unwrap();
        let mut features = Features::default();
        assert!(model.probability(&features, "yes") < 0.5);
        features.add("word", "要求");
        let sure = model.probability(&features, "yes");
        assert!((sure - 1.0 / (1.0 + (-1.0f64).exp())).abs() < 1e-6);
        assert_eq!(model.probability(&features, "maybe"), 0.0);
    }

    #[test]
    fn a_class_without_bias_is_refused() {
        let table = "feature\tclass\tweight\nword=要求\tyes\t2.0\n";
        assert!(Model::load(&Rows::parse("test", table).unwrap()).is_err());
    }
}
