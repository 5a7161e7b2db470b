//! Multinomial logistic regression.
//!
//! In: examples with named features and a class each. Out: weights; the same examples give
//! the same ones. Refuses to know: what a feature means.

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
    pub weights: Vec<f64>,
}

/// Fits weights to examples: the least of the log loss plus half of `penalty` times the
/// squared distance of all weights from `priors`, which stand class by class for each
/// feature, the bias last and free. Found by L-BFGS (Nocedal 1980), which takes no random
/// steps.
pub fn fit(
    examples: &[&Example],
    priors: &[f32],
    classes: usize,
    penalty: f64,
) -> Fitted {
    let features = priors.len() / classes - 1;
    let priors: Vec<f64> = priors.iter().map(|&p| f64::from(p)).collect();
    let loss = |weights: &[f64], slope: &mut [f64]| {
        let mut sum = 0.0;
        for place in 0..features * classes {
            let away = weights[place] - priors[place];
            sum += 0.5 * penalty * away * away;
            slope[place] = penalty * away;
        }
        slope[features * classes..].fill(0.0);
        let mut scores = vec![0.0; classes];
        for example in examples {
            softmax(weights, features, &example.features, &mut scores);
            let weight = f64::from(example.weight);
            sum -= weight * scores[example.class].max(1e-12).ln();
            scores[example.class] -= 1.0;
            let bias = (features as u32, 1.0);
            for &(feature, value) in example.features.iter().chain([&bias]) {
                let from = feature as usize * classes;
                for (slope, score) in slope[from..from + classes].iter_mut().zip(&scores)
                {
                    *slope += weight * score * f64::from(value);
                }
            }
        }
        sum
    };
    let weights = least(loss, priors.clone());
    Fitted { classes, weights }
}

const MEMORY: usize = 8;
const STEPS: usize = 120;

/// The place where a smooth convex function is least.
fn least(loss: impl Fn(&[f64], &mut [f64]) -> f64, mut at: Vec<f64>) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut slope = vec![0.0; at.len()];
    let mut value = loss(&at, &mut slope);
    // Moves, changes of slope, and one over their products, the oldest first.
    let mut past: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for step in 0..STEPS {
        let mut way: Vec<f64> = slope.clone();
        let mut alphas = Vec::new();
        for (moved, turned, rho) in past.iter().rev() {
            let alpha = rho * dot(moved, &way);
            way.iter_mut().zip(turned).for_each(|(w, t)| *w -= alpha * t);
            alphas.push(alpha);
        }
        if let Some((moved, turned, _)) = past.last() {
            let scale = dot(moved, turned) / dot(turned, turned);
            way.iter_mut().for_each(|w| *w *= scale);
        }
        for ((moved, turned, rho), alpha) in past.iter().zip(alphas.into_iter().rev()) {
            let beta = rho * dot(turned, &way);
            way.iter_mut().zip(moved).for_each(|(w, m)| *w += (alpha - beta) * m);
        }
        let fall = dot(&way, &slope);
        let mut length = if step == 0 { 1.0 / fall.sqrt().max(1.0) } else { 1.0 };
        let mut next = at.clone();
        let mut next_slope = vec![0.0; at.len()];
        let mut next_value = f64::INFINITY;
        for _ in 0..20 {
            next.iter_mut()
                .zip(at.iter().zip(&way))
                .for_each(|(n, (a, w))| *n = a - length * w);
            next_value = loss(&next, &mut next_slope);
            if next_value <= value - 1e-4 * length * fall {
                break;
            }
            length *= 0.5;
        }
        if next_value > value || (value - next_value) < 1e-7 * value.abs() {
            break;
        }
        let moved: Vec<f64> = next.iter().zip(&at).map(|(n, a)| n - a).collect();
        let turned: Vec<f64> =
            next_slope.iter().zip(&slope).map(|(n, a)| n - a).collect();
        let product = dot(&moved, &turned);
        if product > 1e-12 {
            past.push((moved, turned, 1.0 / product));
            if past.len() > MEMORY {
                past.remove(0);
            }
        }
        (at, slope, value) = (next, next_slope, next_value);
    }
    at
}

impl Fitted {
    /// The probability of each class.
    pub fn probabilities(&self, features: &[(u32, f32)]) -> Vec<f64> {
        let mut scores = vec![0.0; self.classes];
        let count = self.weights.len() / self.classes - 1;
        softmax(&self.weights, count, features, &mut scores);
        scores
    }
}

/// The probability of each class into `out`.
fn softmax(weights: &[f64], bias: usize, features: &[(u32, f32)], out: &mut [f64]) {
    let classes = out.len();
    out.copy_from_slice(&weights[bias * classes..(bias + 1) * classes]);
    for &(feature, count) in features {
        let from = feature as usize * classes;
        for (value, weight) in out.iter_mut().zip(&weights[from..from + classes]) {
            *value += weight * f64::from(count);
        }
    }
    let most = out.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for value in out.iter_mut() {
        *value = (*value - most).exp();
        sum += *value;
    }
    out.iter_mut().for_each(|value| *value /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_goes_with_a_class_weighs_for_it() {
        let example = |class, feature| Example {
            article: 0,
            class,
            features: vec![(feature, 1.0)],
            weight: 1.0,
        };
        let examples: Vec<Example> =
            (0..40).map(|n| example(n % 2, (n % 2) as u32)).collect();
        let examples: Vec<&Example> = examples.iter().collect();
        let fitted = fit(&examples, &[0.0; 6], 2, 0.1);
        assert!(fitted.probabilities(&[(0, 1.0)])[0] > 0.9);
        assert!(fitted.probabilities(&[(1, 1.0)])[1] > 0.9);
        let nothing = fitted.probabilities(&[]);
        assert!((nothing[0] - 0.5).abs() < 0.01);
    }

    #[test]
    fn a_heavy_penalty_leaves_the_priors() {
        let example =
            Example { article: 0, class: 0, features: vec![(0, 1.0)], weight: 1.0 };
        let fitted = fit(&[&example], &[0.7, -0.7, 0.0, 0.0], 2, 1e6);
        assert!((fitted.weights[0] - 0.7).abs() < 0.01);
    }
}
