//! What a model said of one candidate, and why.
//!
//! In: a candidate's features by name. Out: a class, its probability, and what each feature
//! added to it. Refuses to know: what came of it. Made only when somebody asks
//! ([`crate::Reader::explain`]); reading makes none.

use super::{Candidate, Model, features::hash};
use record::Span;

/// What a model said of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The model: `cues`, `sources`, `ends`, `moves`, `acts`.
    pub model: &'static str,
    /// The cue that the candidate belongs to, where the model asks that.
    pub anchor: Option<Span>,
    /// Where the candidate stands in the article's text.
    pub span: Span,
    /// Whose act or words the candidate is: party codes, or a speaker's names.
    pub parties: Vec<String>,
    /// The class that was asked for, or the likeliest: `yes`, `stop`, `DEMAND`.
    pub class: &'static str,
    /// How likely that class is.
    pub probability: f64,
    /// What each feature adds to the odds of the class against the likeliest other one, as
    /// a logarithm: the weightiest first, those without weight left out.
    pub weights: Vec<(String, f64)>,
}

impl Model {
    /// What this model says of a candidate: of one class, or of the likeliest.
    pub(crate) fn judge(
        &self,
        name: &'static str,
        class: Option<&str>,
        candidate: &Candidate,
    ) -> Option<Judgement> {
        let scores = self.scores(&candidate.features);
        let asked = class.and_then(|c| self.classes.iter().position(|known| *known == c));
        let best = |but: Option<usize>| {
            (0..scores.len())
                .filter(|&at| Some(at) != but)
                .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
        };
        let class = asked.or_else(|| best(None))?;
        let other = best(Some(class))?;
        let most = scores[class].max(scores[other]);
        let sum: f64 = scores.iter().map(|score| (score - most).exp()).sum();
        Some(Judgement {
            model: name,
            anchor: candidate.anchor,
            span: candidate.span,
            parties: candidate.parties.clone(),
            class: self.classes[class],
            probability: (scores[class] - most).exp() / sum,
            weights: self.weigh(&candidate.features, class, other),
        })
    }

    fn scores(&self, features: &[(String, f32)]) -> Vec<f64> {
        let mut scores: Vec<f64> = self.bias.iter().map(|&bias| bias.into()).collect();
        for (name, value) in features {
            for &(class, weight) in self.weights_of(name) {
                scores[usize::from(class)] += f64::from(weight * value);
            }
        }
        scores
    }

    /// What each feature adds to the odds of one class against another.
    fn weigh(
        &self,
        features: &[(String, f32)],
        class: usize,
        other: usize,
    ) -> Vec<(String, f64)> {
        let odds = |name: &str, value: f32| -> f64 {
            let of = |wanted: usize| {
                let rows = self.weights_of(name).iter();
                rows.filter(|row| usize::from(row.0) == wanted)
                    .map(|row| f64::from(row.1))
                    .sum::<f64>()
            };
            (of(class) - of(other)) * f64::from(value)
        };
        let bias = f64::from(self.bias[class] - self.bias[other]);
        let mut weights: Vec<(String, f64)> = vec![("bias".to_owned(), bias)];
        weights.extend(
            features.iter().map(|(name, value)| (name.clone(), odds(name, *value))),
        );
        weights.retain(|(_, weight)| weight.abs() > 1e-6);
        weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        weights
    }

    fn weights_of(&self, name: &str) -> &[(u16, f32)] {
        match self.places.get(&hash(name.as_bytes())) {
            Some(&(from, to)) => &self.weights[from as usize..to as usize],
            None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lexicon::Rows, model::Features};

    const TABLE: &str = "feature\tclass\tweight\nbias\tno\t1.0\nbias\tyes\t0.0\n\
                         word=要求\tyes\t2.0\nword=说\tno\t0.5\n";

    #[test]
    fn what_is_explained_is_what_was_decided() {
        let model = Model::load(&Rows::parse("test", TABLE).unwrap()).unwrap();
        let mut features = Features::named();
        features.add("word", "要求");
        features.add_light("word", "说");
        features.add("word", "unheard of");
        let bare = Candidate::bare("test", Span::new(0, 1), Span::new(2, 3));
        let candidate = Candidate { features: features.names(), ..bare };
        let judgement = model.judge("test", Some("yes"), &candidate).unwrap();
        let decided = model.probability(&features, "yes");
        assert!((judgement.probability - decided).abs() < 1e-6);
        let weights: Vec<(&str, f64)> =
            judgement.weights.iter().map(|(name, w)| (name.as_str(), *w)).collect();
        assert_eq!(weights, [("word=要求", 2.0), ("bias", -1.0), ("word=说", -0.25)]);
        // The weights add up to the logarithm of the odds.
        let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
        assert!((1.0 / (1.0 + (-sum).exp()) - decided).abs() < 1e-6);
    }

    #[test]
    fn the_likeliest_class_is_explained_where_none_is_asked_for() {
        let model = Model::load(&Rows::parse("test", TABLE).unwrap()).unwrap();
        let candidate = Candidate::bare("test", Span::new(0, 1), Span::new(2, 3));
        assert_eq!(model.judge("test", None, &candidate).unwrap().class, "no");
    }
}
