//! Finds the lineage of a set and compares it with the truth.
//!
//! In: a set. Out: figures, and every mistake by name. Refuses to know: how it was made.

use crate::index::Index;
use crate::shelf::{self, Paper};
use anyhow::{Context, Result};
use ledger::resolve::lineage::{
    Body, Kind, Parent, Sketch, break_cycles, overlap, parents_without,
};
use record::DocumentId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long this thread has run, where the system tells it, so that other work on the
/// machine does not count; else how long it is since `start`.
fn ran(start: Instant) -> Duration {
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = counts.and_then(|counts| counts.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Where the time of finding went; one thread, reading left out.
pub struct Times {
    sketch: Duration,
    index: Duration,
    parents: Duration,
}

/// What was found.
pub struct Found {
    /// The parents of each document.
    pub parents: BTreeMap<DocumentId, Vec<Parent>>,
    /// How many pairs were compared.
    pub compared: usize,
    /// Pairs of documents that were candidates, by their places.
    pub candidates: BTreeSet<(usize, usize)>,
    /// How long it took.
    pub times: Times,
}

/// Finds lineage as the ledger does: sketches, candidates by tokens, parents, rings.
pub fn find(papers: &[Paper]) -> Found {
    let start = Instant::now();
    let before = ran(start);
    let sketches: Vec<Sketch> =
        papers.iter().map(|paper| Sketch::of(&paper.folded)).collect();
    let sketch = ran(start) - before;
    let index = Index::of(&sketches);
    let indexed = ran(start) - before;
    let mut all = BTreeMap::new();
    let mut asked = Vec::with_capacity(papers.len());
    for (at, paper) in papers.iter().enumerate() {
        let (candidates, stock) = index.ask(at, &sketches[at]);
        let body = |at: usize| Body { facts: &papers[at].facts, sketch: &sketches[at] };
        let found = parents_without(
            body(at),
            candidates.iter().map(|&other| body(other as usize)),
            &stock,
        );
        all.insert(paper.facts.document, found);
        asked.push(candidates);
    }
    break_cycles(&mut all);
    let done = ran(start) - before;
    let pairs = asked.iter().enumerate().flat_map(|(at, others)| {
        let others = others.iter().map(|&other| other as usize);
        others.map(move |other| (at.min(other), at.max(other)))
    });
    Found {
        parents: all,
        compared: asked.iter().map(Vec::len).sum(),
        candidates: pairs.collect(),
        times: Times { sketch, index: indexed - sketch, parents: done - indexed },
    }
}

/// One row of the truth: child, parent, what was made.
type Row = (String, String, String);

/// Finds the lineage of a set and prints how good it is.
pub fn run(folder: &Path, is_loud: bool) -> Result<()> {
    let names = shelf::names(folder, &["documents"])?;
    let papers = shelf::read(folder, &names)?;
    write_bodies(folder, &papers)?;
    let truth = read_truth(folder)?;
    let found = find(&papers);
    let places: BTreeMap<DocumentId, usize> =
        papers.iter().enumerate().map(|(at, paper)| (paper.facts.document, at)).collect();
    let plain = |at: usize| papers[at].name.trim_start_matches("documents/").to_owned();
    let mut edges: BTreeMap<(String, String), Parent> = BTreeMap::new();
    for (child, parents) in &found.parents {
        // Who cites an article made one of their own.
        for parent in parents.iter().filter(|parent| parent.kind != Kind::Cites) {
            let key = (plain(places[child]), plain(places[&parent.document]));
            edges.insert(key, *parent);
        }
    }
    let by_name: BTreeMap<String, usize> =
        (0..papers.len()).map(|at| (plain(at), at)).collect();
    print_figures(&truth, &edges, &found, &by_name, papers.len());
    if is_loud {
        print_mistakes(&truth, &edges, &papers, &by_name);
    }
    Ok(())
}

fn read_truth(folder: &Path) -> Result<Vec<Row>> {
    let path = folder.join("truth.tsv");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let rows = text.lines().skip(1).filter_map(|row| {
        let mut fields = row.split('\t').map(str::to_owned);
        Some((fields.next()?, fields.next()?, fields.next()?))
    });
    Ok(rows.collect())
}

/// The same bodies for others to compare: a name, its date and its letters a line.
fn write_bodies(folder: &Path, papers: &[Paper]) -> Result<()> {
    let mut text = String::new();
    for paper in papers {
        let letters: String =
            paper.folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let name = paper.name.trim_start_matches("documents/");
        let row = serde_json::json!({
            "name": name, "published": paper.facts.published, "letters": letters,
        });
        text += &format!("{row}\n");
    }
    std::fs::write(folder.join("bodies.jsonl"), text).context("cannot write the bodies")
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn print_figures(
    truth: &[Row],
    edges: &BTreeMap<(String, String), Parent>,
    found: &Found,
    by_name: &BTreeMap<String, usize>,
    documents: usize,
) {
    let there =
        |(child, parent, _): &&Row| edges.contains_key(&(child.clone(), parent.clone()));
    let back =
        |(child, parent, _): &&Row| edges.contains_key(&(parent.clone(), child.clone()));
    let candidate = |(child, parent, _): &&Row| {
        let (a, b) = (by_name[child], by_name[parent]);
        found.candidates.contains(&(a.min(b), a.max(b)))
    };
    let right = truth.iter().filter(there).count();
    let turned = truth.iter().filter(back).count();
    let hit = truth.iter().filter(candidate).count();
    println!("documents\t{documents}\npairs made\t{}", truth.len());
    println!("candidates recall\t{:.4}", ratio(hit, truth.len()));
    println!("precision\t{:.4}", ratio(right + turned, edges.len()));
    println!("recall\t{:.4}", ratio(right + turned, truth.len()));
    println!("direction\t{:.4}", ratio(right, right + turned));
    let mut kinds: Vec<&str> = truth.iter().map(|row| row.2.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of = || truth.iter().filter(|row| row.2 == kind);
        let (right, turned) = (of().filter(there).count(), of().filter(back).count());
        let wanted = if matches!(kind, "cut" | "digest") { "digest" } else { "reprint" };
        let named = of().filter(|row| {
            let edge = edges.get(&(row.0.clone(), row.1.clone()));
            edge.is_some_and(|edge| edge.kind.code() == wanted)
        });
        println!(
            "{kind}\t{} pairs\trecall {:.4}\tdirection {:.4}\tkind {:.4}",
            of().count(),
            ratio(right + turned, of().count()),
            ratio(right, right + turned),
            ratio(named.count(), right)
        );
    }
    let Times { sketch, index, parents } = &found.times;
    let whole = *sketch + *index + *parents;
    println!("pairs compared\t{}", found.compared);
    println!("seconds\t{:.3}", whole.as_secs_f64());
    println!(
        "of these\tsketch {:.3}\tindex {:.3}\tparents {:.3}",
        sketch.as_secs_f64(),
        index.as_secs_f64(),
        parents.as_secs_f64()
    );
}

fn print_mistakes(
    truth: &[Row],
    edges: &BTreeMap<(String, String), Parent>,
    papers: &[Paper],
    by_name: &BTreeMap<String, usize>,
) {
    let mut pairs = BTreeSet::new();
    for (child, parent, kind) in truth {
        pairs.insert((child.clone(), parent.clone()));
        if edges.contains_key(&(parent.clone(), child.clone())) {
            let reason = edges[&(parent.clone(), child.clone())].reason;
            println!("turned\t{child}\t{parent}\t{kind}\t{reason:?}");
        } else if !edges.contains_key(&(child.clone(), parent.clone())) {
            let sketch = |name: &String| Sketch::of(&papers[by_name[name]].folded);
            let found = overlap(&sketch(child), &sketch(parent));
            println!(
                "missed\t{child}\t{parent}\t{kind}\t{:.2}\t{:.2}\t{:.2}\t{}\t{}",
                found.first_in_second,
                found.second_in_first,
                found.in_order,
                found.passage,
                found.shared
            );
        }
    }
    for ((child, parent), edge) in edges {
        let is_true = pairs.contains(&(child.clone(), parent.clone()))
            || pairs.contains(&(parent.clone(), child.clone()));
        if !is_true {
            let overlap = edge.overlap;
            println!(
                "wrong\t{child}\t{parent}\t{}\t{:.2}\t{:.2}\t{:.2}\t{}\t{}\t{}\t{:?}",
                edge.kind.code(),
                overlap.first_in_second,
                overlap.second_in_first,
                overlap.in_order,
                overlap.passage,
                overlap.shared,
                edge.confidence,
                edge.reason
            );
        }
    }
}
