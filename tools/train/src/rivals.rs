//! Choosing one of several readings, or none.
//!
//! In: things, each with its readings and which of them are right. Out: one weight for each
//! feature, by AdaGrad over the things in a fixed order. Refuses to know: what a feature
//! means.

use std::collections::BTreeMap;

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
