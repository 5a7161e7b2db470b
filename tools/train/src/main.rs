//! Makes the weights of the reader's models from annotated articles.
//!
//! In: articles with annotations in the guide's form. Out: `lexicon/model/<model>.tsv` and,
//! by leaving out a tenth of the articles in turn, how good the model is on articles that
//! it was not made from. The same articles give the same weights.

mod fit;
mod gold;
mod label;
mod meeting;
mod rivals;
mod told;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use fit::{Example, Names};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// A folder of annotated articles of which the half to look at is used.
    #[arg(long, default_value = "../shared/gold")]
    gold: PathBuf,
    /// How much an example of the gold counts, where one of another article counts one.
    #[arg(long, default_value_t = 3.0)]
    gold_weight: f32,
    /// Leave the gold out, so that its half to look at tells how good the model is.
    #[arg(long)]
    no_gold: bool,
    /// Annotations that stand off from articles of the corpus.
    #[arg(long, default_value = "tools/train/annotations")]
    annotations: PathBuf,
    /// A table of labels that stand off from articles of the corpus.
    #[arg(long, default_value = "tools/train/labels.tsv")]
    labels: PathBuf,
    /// Where the articles of the tables are.
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// Where the weights go.
    #[arg(long, default_value = "crates/extract/lexicon/model")]
    out: PathBuf,
    /// Which model.
    #[arg(long, default_value = "moves")]
    model: String,
    /// How many candidates must have a feature for it to be kept.
    #[arg(long, default_value_t = 3)]
    least: usize,
    /// The L2 penalty.
    #[arg(long, default_value_t = 10.0)]
    penalty: f64,
    /// Print the acts that no candidate could show.
    #[arg(long)]
    unreached: bool,
    /// Only say how good the model is; write nothing.
    #[arg(long)]
    dry: bool,
    /// List the meetings that no candidate reaches.
    #[arg(long)]
    missed: bool,
    /// Also train without the features of these templates.
    #[arg(long)]
    without: Vec<String>,
}

const FOLDS: usize = 10;

impl Arguments {
    /// Whether a feature is of a template to be left out.
    fn is_without(&self, feature: &str) -> bool {
        let of = |t: &String| feature.strip_prefix(t.as_str());
        self.without.iter().any(|t| of(t).is_some_and(|rest| rest.starts_with('=')))
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let agenda = extract::Agenda::builtin();
    let reader = extract::Reader::new(agenda)?;
    if arguments.model == "meetings" {
        let table = meeting::choosing(&arguments, &reader)?;
        return write(&arguments, &table);
    }
    let mut articles = Vec::new();
    if !arguments.no_gold {
        articles = gold::folder(&arguments.gold, true)?;
    }
    let gold = articles.len();
    articles.extend(gold::standing_off(&arguments.annotations, &arguments.corpus)?);
    articles.extend(gold::labels(&arguments.labels, &arguments.corpus)?);
    let mut found = Vec::new();
    let (mut reached, mut all) = (0, 0);
    for (number, annotated) in articles.iter().enumerate() {
        let (article, mut candidates) = reader.candidates(&annotated.document);
        // The two models of moves look at the same candidates.
        let step = if arguments.model == "acts" { "moves" } else { &arguments.model };
        candidates.retain(|c| c.model == step);
        if matches!(step, "cues" | "ends" | "sources") {
            let told = annotated.told(&article);
            let classes = told::classes(&article, &told, &candidates);
            let known = candidates.into_iter().zip(classes);
            found.extend(known.filter_map(|(c, class)| Some((number, c, class?))));
            continue;
        }
        let deeds = annotated.deeds(&article);
        let classes = label::acts(&article, &deeds, &candidates);
        reached += label::reachable(&article, &deeds, &candidates);
        all += deeds.len();
        if arguments.unreached {
            label::print_unreached(&article, &deeds, &candidates);
        }
        for (candidate, class) in candidates.into_iter().zip(classes) {
            let class = match arguments.model.as_str() {
                "moves" if class != "none" => "yes".to_owned(),
                "moves" => "no".to_owned(),
                "acts" if class == "none" => continue,
                _ => class,
            };
            found.push((number, candidate, class));
        }
    }
    ensure!(!found.is_empty(), "the reader proposes nothing for {}", arguments.model);
    println!("{} articles, {} candidates", articles.len(), found.len());
    println!("within reach: {reached} of {all}");
    let without = |feature: &String| {
        arguments
            .without
            .iter()
            .any(|t| feature.strip_prefix(t.as_str()).is_some_and(|r| r.starts_with('=')))
    };
    for (_, candidate, _) in &mut found {
        candidate.features.retain(|(f, _)| !without(f));
    }
    let mut classes: Vec<String> =
        found.iter().map(|(_, _, class)| class.clone()).collect();
    classes.sort();
    classes.dedup();
    let named: Vec<(usize, &[(String, f32)])> =
        found.iter().map(|(article, c, _)| (*article, c.features.as_slice())).collect();
    let names = Names::of(&named, arguments.least);
    let examples: Vec<Example> = found
        .iter()
        .map(|(article, candidate, class)| Example {
            article: *article,
            class: classes.binary_search(class).expect("every class is listed"),
            features: candidate
                .features
                .iter()
                .filter_map(|(f, value)| Some((names.number(f)?, *value)))
                .collect(),
            // The gold holds to the guide most closely.
            weight: if *article < gold { arguments.gold_weight } else { 1.0 },
        })
        .collect();
    let penalty = arguments.penalty;
    let priors = priors(&names, &classes, &arguments.model);
    left_out(&examples, &classes, &priors, penalty);
    if arguments.dry {
        return Ok(());
    }
    let whole: Vec<&Example> = examples.iter().collect();
    let fitted = fit::fit(&whole, &priors, classes.len(), penalty);
    write(&arguments, &table(&fitted, &names, &classes))
}

/// Writes a model's table, unless only its worth was asked for.
fn write(arguments: &Arguments, table: &str) -> Result<()> {
    if arguments.dry {
        return Ok(());
    }
    let path = arguments.out.join(format!("{}.tsv", arguments.model));
    println!("{}: {} rows", path.display(), table.lines().count() - 1);
    std::fs::write(&path, table)
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Prints precision and recall on articles left out, for each least probability, and
/// whether probabilities mean what they say.
fn left_out(examples: &[Example], classes: &[String], priors: &[f32], penalty: f64) {
    let judged: Vec<(usize, Vec<f64>)> = (0..FOLDS)
        .into_par_iter()
        .flat_map_iter(|fold| {
            let is_out = |e: &&Example| e.article % FOLDS == fold;
            let rest: Vec<&Example> = examples.iter().filter(|e| !is_out(e)).collect();
            let fitted = fit::fit(&rest, priors, classes.len(), penalty);
            let out: Vec<(usize, Vec<f64>)> = examples
                .iter()
                .filter(is_out)
                .map(|e| (e.class, fitted.probabilities(&e.features)))
                .collect();
            out
        })
        .collect();
    let sure =
        judged.iter().filter(|(class, p)| (0..p.len()).all(|at| p[at] <= p[*class]));
    println!("right: {:.3}", sure.count() as f64 / judged.len() as f64);
    let none = classes.iter().position(|c| c == "none" || c == "no").unwrap_or(0);
    println!("least    P      R      F1     found: P      R      F1");
    for least in [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7] {
        let (mut right, mut any, mut said) = (0, 0, 0);
        let gold = judged.iter().filter(|(class, _)| *class != none).count();
        for (class, p) in &judged {
            if 1.0 - p[none] < least {
                continue;
            }
            said += 1;
            any += usize::from(*class != none);
            let best = (0..p.len())
                .filter(|at| *at != none)
                .max_by(|a, b| p[*a].total_cmp(&p[*b]))
                .unwrap_or(none);
            right += usize::from(best == *class);
        }
        let f = |tp: usize| {
            let (p, r) = (tp as f64 / said.max(1) as f64, tp as f64 / gold.max(1) as f64);
            (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
        };
        let ((p, r, f1), (q, s, g1)) = (f(right), f(any));
        println!("{least:5}  {p:.3}  {r:.3}  {f1:.3}         {q:.3}  {s:.3}  {g1:.3}");
    }
    let loss: f64 = judged.iter().map(|(c, p)| -p[*c].max(1e-6).ln()).sum();
    println!("log loss {:.4}", loss / judged.len() as f64);
    let mut confused: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (class, p) in &judged {
        let best = (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap_or(none);
        if best != *class {
            *confused.entry((*class, best)).or_default() += 1;
        }
    }
    let mut confused: Vec<_> = confused.into_iter().collect();
    confused.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    for ((gold, said), count) in confused.into_iter().take(12) {
        println!("  {} taken for {}: {count}", classes[gold], classes[said]);
    }
}

/// What each weight is drawn to. A trigger's act speaks for that act before anything is
/// learnt; everything else is drawn to nothing.
fn priors(names: &Names, classes: &[String], model: &str) -> Vec<f32> {
    const SHOWN: &[(&str, f32)] =
        &[("rule=", 1.0), ("act=", 0.7), ("first-act=", 0.5), ("shown=", 0.3)];
    let mut priors = vec![0.0; (names.len() + 1) * classes.len()];
    if model != "acts" {
        return priors;
    }
    for (at, name) in names.iter().enumerate() {
        for (template, prior) in SHOWN {
            let act =
                name.strip_prefix(template).map(|v| v.split('/').next().unwrap_or(v));
            let class = act.and_then(|act| classes.iter().position(|c| c == act));
            if let Some(class) = class {
                priors[at * classes.len() + class] = *prior;
            }
        }
    }
    priors
}

/// The weights as a table; what is nearly nothing is left out.
fn table(fitted: &fit::Fitted, names: &Names, classes: &[String]) -> String {
    const LEAST: f64 = 0.05;
    let mut table = "feature\tclass\tweight\n".to_owned();
    let row = |feature: &str, at: usize, least: f64, table: &mut String| {
        for (class, name) in classes.iter().enumerate() {
            let weight = fitted.weights[at * classes.len() + class];
            if weight.abs() >= least {
                table.push_str(&format!("{feature}\t{name}\t{weight:.3}\n"));
            }
        }
    };
    row("bias", names.len(), 0.0, &mut table);
    for (at, name) in names.iter().enumerate() {
        row(name, at, LEAST, &mut table);
    }
    table
}
