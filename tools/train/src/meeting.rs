//! The model of meetings: whether an entry with a day is one to list.
//!
//! In: annotated articles and what the reader proposes for them. Out: examples, and how
//! good the choice is on articles left out. Refuses to know: features.

use crate::fit::Names;
use crate::rivals::{Effort, Rivals, fit_rivals, shares};
use crate::{Arguments, FOLDS, gold};
use anyhow::{Result, ensure};
use extract::Candidate;
use rayon::prelude::*;
use record::{Article, Document, Span};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// An article and the meetings that an annotator found in it.
struct Annotated {
    by_words: bool,
    document: Document,
    meetings: Vec<Known>,
}

/// A meeting that an annotator found.
struct Known {
    parties: Vec<String>,
    date: Option<String>,
    /// What became of it, for listing.
    status: String,
    evidence: Evidence,
}

enum Evidence {
    /// By its words.
    Words(String),
    /// By its bytes in the document.
    Bytes(Span),
}

/// What the reader proposes for one article, with the numbers of the meetings that each
/// candidate agrees with, and the one that its group is taken for.
struct Proposed {
    /// Whether it is annotated in the guide's form.
    by_words: bool,
    meetings: Vec<Known>,
    candidates: Vec<Candidate>,
    /// For each candidate the meeting that it is.
    is: Vec<Option<usize>>,
}

fn propose(arguments: &Arguments, reader: &extract::Reader) -> Result<Vec<Proposed>> {
    let mut annotated = Vec::new();
    if !arguments.no_gold {
        annotated = folder(&arguments.gold, true)?;
    }
    for (document, json) in gold::standing(&arguments.annotations, &arguments.corpus)? {
        annotated.push(of_json(document, &json));
    }
    annotated.extend(labels(&arguments.labels, &arguments.corpus)?);
    let proposed = annotated.into_iter().map(|annotated| {
        let (article, mut candidates) = reader.candidates(&annotated.document);
        candidates.retain(|candidate| candidate.model == "meetings");
        for candidate in &mut candidates {
            candidate.features.retain(|(feature, _)| !arguments.is_without(feature));
        }
        let is = label(&article, &annotated.meetings, &candidates);
        if arguments.missed {
            missed(&article, &annotated.meetings, &candidates, &is);
        }
        let by_words = annotated.by_words;
        Proposed { by_words, meetings: annotated.meetings, candidates, is }
    });
    Ok(proposed.collect())
}

/// Prints the meetings that no candidate reaches, each with the candidates of its place.
fn missed(
    article: &Article,
    meetings: &[Known],
    candidates: &[Candidate],
    is: &[Option<usize>],
) {
    for (at, known) in meetings.iter().enumerate() {
        if is.contains(&Some(at)) {
            continue;
        }
        let places = known.places(article);
        let text: String = match &known.evidence {
            Evidence::Words(words) => words.clone(),
            Evidence::Bytes(span) => {
                let of = |at: &usize| {
                    let here = article.in_document(Span::new(*at, *at + 1));
                    here.start >= span.start && here.end <= span.end
                };
                let mut ats = (0..article.text.len()).filter(of);
                let first = ats.next().unwrap_or(0);
                let last = ats.next_back().unwrap_or(first);
                String::from_utf8_lossy(&article.text.as_bytes()[first..=last])
                    .into_owned()
            }
        };
        let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
        let near = candidates.iter().any(|c| {
            let (a, b) = (set(&known.parties), set(&c.parties));
            2 * a.intersection(&b).count() >= a.union(&b).count()
        });
        print!("{} ", if near { "DATE" } else { "WHO" });
        let date = known.date.as_deref().unwrap_or("-");
        println!("MISSED {} {date} {}: {text}", known.parties.join(";"), known.status);
        for candidate in candidates {
            let span = article.in_document(candidate.span);
            if places.iter().any(|place| place.overlaps(span)) {
                let date = candidate.date.as_deref().unwrap_or("-");
                println!("    has {} {date}", candidate.parties.join(";"));
            }
        }
    }
}

/// The meeting that each candidate is: groups and meetings are paired one to one, best
/// first; parties and date must agree, and evidence from the same place counts.
fn label(
    article: &Article,
    meetings: &[Known],
    candidates: &[Candidate],
) -> Vec<Option<usize>> {
    let mut cells: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for candidate in candidates {
        let span = article.in_document(candidate.span);
        for (at, known) in meetings.iter().enumerate() {
            if let Some(alike) = agree(known, candidate) {
                let places = known.places(article);
                let here = places.iter().any(|place| place.overlaps(span));
                let score = (alike * 100.0) as u32 + if here { 60 } else { 0 };
                let cell = cells.entry((candidate.group, at)).or_default();
                *cell = score.max(*cell);
            }
        }
    }
    let mut cells: Vec<_> = cells.into_iter().collect();
    cells.sort_by_key(|(pair, score)| (std::cmp::Reverse(*score), *pair));
    let mut of_group: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for ((group, at), _) in cells {
        if !of_group.contains_key(&group) && taken.insert(at) {
            of_group.insert(group, at);
        }
    }
    let is = |candidate: &Candidate| {
        let at = *of_group.get(&candidate.group)?;
        agree(&meetings[at], candidate).map(|_| at)
    };
    candidates.iter().map(is).collect()
}

/// How alike the parties are, where they and the date agree as the scorer has it.
fn agree(known: &Known, candidate: &Candidate) -> Option<f64> {
    let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    let (a, b) = (set(&known.parties), set(&candidate.parties));
    let alike = a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64;
    let dated = match (&known.date, &candidate.date) {
        (Some(a), Some(b)) => a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        (None, None) => true,
        _ => false,
    };
    (alike >= 0.5 && dated).then_some(alike)
}

/// A group of an article's candidates.
fn rivals(names: &Names, proposed: &[Proposed]) -> Vec<(Rivals, Vec<usize>)> {
    let mut all = Vec::new();
    for (number, article) in proposed.iter().enumerate() {
        let mut groups: BTreeMap<usize, (Rivals, Vec<usize>)> = BTreeMap::new();
        for (at, candidate) in article.candidates.iter().enumerate() {
            let (rivals, places) = groups.entry(candidate.group).or_insert_with(|| {
                let (readings, right) = (Vec::new(), Vec::new());
                (Rivals { article: number, readings, right }, Vec::new())
            });
            let features = candidate.features.iter();
            rivals.readings.push(
                features.filter_map(|(f, v)| Some((names.number(f)?, *v))).collect(),
            );
            rivals.right.push(article.is[at].is_some());
            places.push(at);
        }
        all.extend(groups.into_values());
    }
    all
}

/// What the weights are drawn to: what is enough by rule is a meeting, on the day that the
/// rules give it.
fn priors(names: &Names) -> Vec<f32> {
    const SHOWN: &[(&str, f32)] = &[
        ("rule=strong", 1.5),
        ("how=rule", 1.0),
        ("date=own", 1.0),
        ("date=now", 0.5),
        ("date-flag=none/was-earlier", 1.0),
    ];
    let of = |name: &str| SHOWN.iter().find(|(shown, _)| *shown == name);
    let mut priors: Vec<f32> =
        names.iter().map(|name| of(name).map_or(0.0, |(_, prior)| *prior)).collect();
    priors.push(-3.0);
    priors
}

/// Fits the model that chooses among the readings of each group, says how good it is on
/// articles left out, and gives its table.
pub fn choosing(arguments: &Arguments, reader: &extract::Reader) -> Result<String> {
    let proposed = propose(arguments, reader)?;
    let all: usize = proposed.iter().map(|article| article.meetings.len()).sum();
    let met =
        |article: &Proposed| article.is.iter().flatten().collect::<BTreeSet<_>>().len();
    let met: usize = proposed.iter().map(met).sum();
    println!("{} articles, within reach: {met} of {all}", proposed.len());
    let named: Vec<(usize, &[(String, f32)])> = proposed
        .iter()
        .enumerate()
        .flat_map(|(at, article)| {
            article.candidates.iter().map(move |c| (at, c.features.as_slice()))
        })
        .collect();
    let names = Names::of(&named, arguments.least);
    let effort = Effort { passes: 30, penalty: arguments.penalty as f32, step: 0.1 };
    let all = rivals(&names, &proposed);
    println!("{} groups, {} candidates", all.len(), named.len());
    let priors = priors(&names);
    left_out(&all, &proposed, &priors, effort, arguments.missed);
    let things: Vec<&Rivals> = all.iter().map(|(rivals, _)| rivals).collect();
    let weights = fit_rivals(&things, &priors, effort);
    let mut table = "feature\tclass\tweight\nbias\tno\t0.000\n".to_owned();
    table.push_str(&format!("bias\tyes\t{:.3}\n", weights[names.len()]));
    for (name, weight) in names.iter().zip(&weights) {
        if weight.abs() >= 0.01 {
            table.push_str(&format!("{name}\tyes\t{weight:.3}\n"));
        }
    }
    Ok(table)
}

/// Prints precision and recall of the meetings chosen in articles left out.
fn left_out(
    all: &[(Rivals, Vec<usize>)],
    proposed: &[Proposed],
    priors: &[f32],
    effort: Effort,
    show: bool,
) {
    // For each group its best candidate and that one's probability.
    let chosen: Vec<(usize, usize, f32)> = (0..FOLDS)
        .into_par_iter()
        .flat_map_iter(|fold| {
            let is_out = |rivals: &Rivals| rivals.article % FOLDS == fold;
            let rest: Vec<&Rivals> =
                all.iter().map(|(r, _)| r).filter(|r| !is_out(r)).collect();
            let weights = fit_rivals(&rest, priors, effort);
            let out = all.iter().filter(|(r, _)| is_out(r));
            let best = out.filter_map(|(rivals, places)| {
                let shares = shares(&weights, &rivals.readings);
                let best =
                    (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]))?;
                Some((rivals.article, places[best], shares[best]))
            });
            best.collect::<Vec<_>>()
        })
        .collect();
    if show {
        lost(all, proposed, &chosen);
    }
    println!("least    P      R      F1    meetings chosen in articles left out");
    for least in [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5] {
        print!("{least:5}");
        for by_words in [None, Some(true), Some(false)] {
            let (mut right, mut said, mut sum) = (0, 0, 0);
            for (at, article) in proposed.iter().enumerate() {
                if by_words.is_some_and(|by| by != article.by_words) {
                    continue;
                }
                let kept: Vec<&Candidate> = chosen
                    .iter()
                    .filter(|(of, _, p)| *of == at && *p >= least)
                    .map(|(_, place, _)| &article.candidates[*place])
                    .collect();
                sum += article.meetings.len();
                said += kept.len();
                right += paired(&article.meetings, &kept);
            }
            let share = |of: usize| right as f64 / of.max(1) as f64;
            let (p, r) = (share(said), share(sum));
            print!("  {p:.3}  {r:.3}  {:.3}  |", 2.0 * p * r / (p + r).max(1e-9));
        }
        println!();
    }
}

/// Prints each group whose best reading is wrong though another is right, or likely though
/// none is.
fn lost(
    all: &[(Rivals, Vec<usize>)],
    proposed: &[Proposed],
    chosen: &[(usize, usize, f32)],
) {
    for (rivals, places) in all {
        let article = &proposed[rivals.article];
        let of = |(of, place, _): &&(usize, usize, f32)| {
            *of == rivals.article && places.contains(place)
        };
        let Some((_, place, p)) = chosen.iter().find(of) else { continue };
        let said = &article.candidates[*place];
        let told = |c: &Candidate| {
            format!("{} {}", c.parties.join(";"), c.date.as_deref().unwrap_or("-"))
        };
        let right = places.iter().find(|place| article.is[**place].is_some());
        let words = said.features.iter().filter(|(f, _)| {
            ["how=", "class=", "word=", "status=", "date="]
                .iter()
                .any(|t| f.starts_with(t))
        });
        let words: Vec<&str> = words.map(|(f, _)| f.as_str()).collect();
        match right {
            Some(right) if article.is[*place].is_none() => {
                let right = &article.candidates[*right];
                println!(
                    "OTHER {p:.2} {} for {} {}",
                    told(said),
                    told(right),
                    words.join(" ")
                );
            }
            Some(_) if *p < 0.25 => {
                println!("LOW {p:.2} {} {}", told(said), words.join(" "))
            }
            None if *p >= 0.25 => {
                println!("FALSE {p:.2} {} {}", told(said), words.join(" "))
            }
            _ => {}
        }
    }
}

/// How many are paired one to one, as the scorer does it.
fn paired(meetings: &[Known], kept: &[&Candidate]) -> usize {
    let mut cells: Vec<(f64, usize, usize)> = Vec::new();
    for (i, known) in meetings.iter().enumerate() {
        for (j, candidate) in kept.iter().enumerate() {
            cells.extend(agree(known, candidate).map(|alike| (alike, i, j)));
        }
    }
    cells.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let fits = |(_, i, j): &&(f64, usize, usize)| {
        !left.contains(i) && !right.contains(j) && left.insert(*i) && right.insert(*j)
    };
    cells.iter().filter(fits).count()
}

impl Known {
    fn places(&self, article: &Article) -> Vec<Span> {
        match &self.evidence {
            Evidence::Bytes(span) => vec![*span],
            Evidence::Words(words) => {
                let found = gold::places(&article.text, words).into_iter();
                found.map(|span| article.in_document(span)).collect()
            }
        }
    }
}

fn folder(folder: &Path, only_half: bool) -> Result<Vec<Annotated>> {
    let files = gold::files(folder, only_half)?;
    let dates = gold::dates(&folder.join("published.csv"));
    let one = |json: &std::path::PathBuf| {
        let (document, json) = gold::pair(folder, json, &dates)?;
        Ok(of_json(document, &json))
    };
    files.iter().map(one).collect()
}

fn of_json(document: Document, json: &Value) -> Annotated {
    let meetings = json["meetings"].as_array().into_iter().flatten().map(|found| {
        let word = |key: &str| found[key].as_str().map(str::to_owned);
        let parties = found["parties"].as_array().into_iter().flatten();
        Known {
            parties: parties.filter_map(Value::as_str).map(str::to_owned).collect(),
            date: word("date"),
            status: word("status").unwrap_or_default(),
            evidence: Evidence::Words(word("evidence").unwrap_or_default()),
        }
    });
    Annotated { by_words: true, document, meetings: meetings.collect() }
}

/// The articles that a table of labels speaks of: `document meeting from to A;B` and date
/// and status.
fn labels(table: &Path, corpus: &Path) -> Result<Vec<Annotated>> {
    let text = gold::read(table)?;
    let mut by_document: BTreeMap<&str, Vec<Known>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let [name, kind, from, to, who, what] = row[..] else {
            anyhow::bail!("{}:{}: not six cells", table.display(), number + 1);
        };
        let meetings = by_document.entry(name).or_default();
        if kind == "meeting" {
            let (date, status) = what.split_once(' ').unwrap_or((what, "held"));
            meetings.push(Known {
                parties: who.split(';').map(|p| p.trim().to_owned()).collect(),
                date: (date != "null").then(|| date.to_owned()),
                status: status.to_owned(),
                evidence: Evidence::Bytes(Span::new(from.parse()?, to.parse()?)),
            });
        }
    }
    ensure!(!by_document.is_empty(), "{} holds no labels", table.display());
    by_document
        .into_iter()
        .map(|(name, meetings)| {
            let document = gold::document(&corpus.join(name))?;
            Ok(Annotated { by_words: false, document, meetings })
        })
        .collect()
}
