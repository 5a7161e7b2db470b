//! How fast one core reads: raw megabytes and articles a second, whole and by step.
//!
//! In: the Chinese articles of `../shared/corpus/talks`, held in memory. Out: criterion's
//! comparison with the run before, and one plain line for each figure. Where the articles
//! are not at hand it says so and measures nothing.

use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use extract::{Agenda, Reader};
use record::{Article, Document};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const TALKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/talks");

fn main() {
    let documents = documents(Path::new(TALKS));
    if documents.is_empty() {
        println!("skipped: there are no articles in {TALKS}");
        return;
    }
    let reader = Reader::new(Agenda::default()).expect("the built-in tables load");
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("talks");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    let bytes = documents.iter().map(|d| d.bytes.len() as u64).sum();
    let elements = documents.len() as u64;
    group.throughput(Throughput::ElementsAndBytes { elements, bytes });
    let size = (elements, bytes);

    measure(&mut group, "whole", size, || {
        for document in &documents {
            black_box(reader.extract(document));
        }
    });
    measure(&mut group, "article", size, || {
        for document in &documents {
            black_box(extract::article::read_article(document, reader.lexicon()));
        }
    });
    let shadows: Vec<String> = documents
        .iter()
        .map(|document| extract::article::read_article(document, reader.lexicon()))
        .map(|article| shadow(&article, &reader))
        .collect();
    measure(&mut group, "scan", size, || {
        for shadow in &shadows {
            black_box(reader.lexicon().scan(shadow));
        }
    });
    group.finish();
}

/// Lets criterion measure a pass over all documents, then prints the median of seven
/// passes as megabytes (10⁶ bytes of raw input) and articles a second of the core's own
/// time. A figure of a step counts the same raw input, so that steps compare with the
/// whole.
fn measure(
    group: &mut BenchmarkGroup<WallTime>,
    name: &str,
    (articles, bytes): (u64, u64),
    mut pass: impl FnMut(),
) {
    let mut ran = false;
    group.bench_function(name, |bencher| {
        ran = true;
        bencher.iter(&mut pass);
    });
    if !ran {
        return;
    }
    let mut seconds: Vec<f64> = (0..7)
        .map(|_| {
            let start = Moment::now();
            pass();
            start.seconds()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    println!(
        "{name}: {:.2} MB/s, {:.0} articles/s on one core ({articles} articles, {:.1} MB)",
        bytes as f64 / 1e6 / median,
        articles as f64 / median,
        bytes as f64 / 1e6,
    );
}

/// A moment, by the thread's own time where the system tells it (so that other work on a
/// shared machine does not count), else by the clock.
struct Moment {
    clock: Instant,
    running: Option<u64>,
}

impl Moment {
    fn now() -> Moment {
        Moment { clock: Instant::now(), running: running() }
    }
    fn seconds(&self) -> f64 {
        match (self.running, running()) {
            (Some(from), Some(to)) if from < to => (to - from) as f64 / 1e9,
            _ => self.clock.elapsed().as_secs_f64(),
        }
    }
}

/// The nanoseconds that this thread has run for, as Linux counts them.
fn running() -> Option<u64> {
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counts.split(' ').next()?.parse().ok()
}

/// Every file of a folder, in order of name; none where there is no such folder.
fn documents(folder: &Path) -> Vec<Document> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let bytes = std::fs::read(&path).ok()?;
            Some(extract::article::document(&path.display().to_string(), bytes))
        })
        .collect()
}

/// The text as the scan sees it: folded to one script, byte for byte as long.
fn shadow(article: &Article, reader: &Reader) -> String {
    let fold = |from: char| {
        let to = reader.lexicon().fold().fold(from);
        if to.len_utf8() == from.len_utf8() { to } else { from }
    };
    article.text.chars().map(fold).collect()
}
