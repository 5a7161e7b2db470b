//! Multinomial logistic regression.
//!
//! In: examples with named features and a class each. Out: weights. AdaGrad over the
//! examples in a fixed order with an L2 penalty: the same examples give the same weights.
//! Refuses to know: what a feature means.

use std::collections::BTreeMap;

/// One candidate with the class that the annotation gives it.
#[derive(Debug, Clone)]
pub struct Example {
    /// The number of its article: folds are cut between articles.
    pub article: usize,
    /// The index of its class.
    pub class: usize,
    /// Numbers of its features and how much each counts.
    pub features: Vec<(u32, f32)>,
    /// How much it counts.
    pub weight: f32,
}

/// Names of features and their numbers.
#[derive(Debug, Default)]
pub struct Names {
    numbers: BTreeMap<String, u32>,
}

impl Names {
    /// Keeps the features that at least `least` candidates of two articles have.
    pub fn of(candidates: &[(usize, &[(String, f32)])], least: usize) -> Names {
        let mut seen: BTreeMap<&str, (usize, usize, bool)> = BTreeMap::new();
        for (article, features) in candidates {
            for (feature, _) in *features {
                let entry = seen.entry(feature).or_insert((0, *article, false));
                entry.0 += 1;
                entry.2 |= entry.1 != *article;
            }
        }
        let kept = seen.iter().filter(|(_, (count, _, two))| *count >= least && *two);
        let numbers =
            kept.map(|(name, _)| (*name).to_owned()).zip(0..).collect::<BTreeMap<_, _>>();
        Names { numbers }
    }
    /// The number of a feature that is kept.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }
    /// Names in order, which is the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.numbers.keys().map(String::as_str)
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }
}

/// A fitted model.
pub struct Fitted {
    classes: usize,
    /// Class by class for each feature; the bias comes last.
    pub weights: Vec<f32>,
}

/// How long and how hard to fit.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Passes over all examples.
    pub passes: usize,
    /// The L2 penalty for each example.
    pub penalty: f32,
    /// The first step's length.
    pub step: f32,
}

/// Fits weights to examples. `priors` is what each weight is drawn to, class by class for
/// each feature, the bias last.
pub fn fit(
    examples: &[&Example],
    priors: &[f32],
    classes: usize,
    effort: Effort,
) -> Fitted {
    let features = priors.len() / classes - 1;
    let mut weights = priors.to_vec();
    let mut squares = vec![1e-6f32; weights.len()];
    let mut scores = vec![0.0f32; classes];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..effort.passes {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        for &at in &order {
            let example = examples[at];
            softmax(&weights, features, classes, &example.features, &mut scores);
            scores[example.class] -= 1.0;
            let bias = features as u32;
            for &(feature, value) in example.features.iter().chain([&(bias, 1.0)]) {
                let from = feature as usize * classes;
                for class in 0..classes {
                    let place = from + class;
                    let penalty = if feature == bias { 0.0 } else { effort.penalty };
                    let slope = example.weight * scores[class] * value
                        + penalty * (weights[place] - priors[place]);
                    squares[place] += slope * slope;
                    weights[place] -= effort.step * slope / squares[place].sqrt();
                }
            }
        }
    }
    Fitted { classes, weights }
}

impl Fitted {
    /// The probability of each class.
    pub fn probabilities(&self, features: &[(u32, f32)]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        let count = self.weights.len() / self.classes - 1;
        softmax(&self.weights, count, self.classes, features, &mut scores);
        scores
    }
}

/// Things of which each is right in one of several readings or in none.
pub struct Rivals {
    /// The number of the article.
    pub article: usize,
    /// The features of each reading.
    pub readings: Vec<Vec<(u32, f32)>>,
    /// Which readings are right.
    pub right: Vec<bool>,
}

/// The probability of each reading that rivals the others, and that none may be right.
pub fn shares(weights: &[f32], readings: &[Vec<(u32, f32)>]) -> Vec<f32> {
    let bias = weights.len() - 1;
    let score = |features: &Vec<(u32, f32)>| {
        let sum = features.iter().map(|(f, value)| weights[*f as usize] * value);
        (weights[bias] + sum.sum::<f32>()).clamp(-20.0, 20.0).exp()
    };
    let odds: Vec<f32> = readings.iter().map(score).collect();
    let all = 1.0 + odds.iter().sum::<f32>();
    odds.into_iter().map(|odd| odd / all).collect()
}

/// Fits one weight for each feature, and the bias last, so that the right readings of each
/// thing are likelier than its others and than none; weights are drawn to `priors`.
pub fn fit_rivals(things: &[&Rivals], priors: &[f32], effort: Effort) -> Vec<f32> {
    let features = priors.len() - 1;
    let mut weights = priors.to_vec();
    let mut squares = vec![1e-6f32; weights.len()];
    let mut order: Vec<usize> = (0..things.len()).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut slopes: BTreeMap<u32, f32> = BTreeMap::new();
    for _ in 0..effort.passes {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        for &at in &order {
            let thing = things[at];
            let shares = shares(&weights, &thing.readings);
            let right: f32 = shares
                .iter()
                .zip(&thing.right)
                .filter(|(_, is)| **is)
                .map(|(s, _)| s)
                .sum();
            let any = thing.right.contains(&true);
            slopes.clear();
            for ((share, is), reading) in
                shares.iter().zip(&thing.right).zip(&thing.readings)
            {
                let wanted = match (any, is) {
                    (true, true) => share / right.max(1e-6),
                    _ => 0.0,
                };
                let slope = share - wanted;
                for &(feature, value) in reading.iter().chain([&(features as u32, 1.0)]) {
                    *slopes.entry(feature).or_default() += slope * value;
                }
            }
            for (&feature, &slope) in &slopes {
                let place = feature as usize;
                let penalty = if place == features { 0.0 } else { effort.penalty };
                let slope = slope + penalty * (weights[place] - priors[place]);
                squares[place] += slope * slope;
                weights[place] -= effort.step * slope / squares[place].sqrt();
            }
        }
    }
    weights
}

fn softmax(
    weights: &[f32],
    bias: usize,
    classes: usize,
    features: &[(u32, f32)],
    out: &mut [f32],
) {
    out.copy_from_slice(&weights[bias * classes..(bias + 1) * classes]);
    for &(feature, count) in features {
        let from = feature as usize * classes;
        for (value, weight) in out.iter_mut().zip(&weights[from..from + classes]) {
            *value += weight * count;
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

/// SplitMix64: the order of examples is the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
