//! Every row of the language data read in its own example.
//!
//! In: the tables as they are shipped. Out: the rows that do nothing where their example
//! marks them. Refuses to know: what a row is for beyond its table; where a step has a
//! finer question to ask of a row, it is asked there and called here.

use crate::{
    Page, article,
    lexicon::{Rows, Table, TsvRow},
    marked::{self, unmark, with_page},
    meeting, mention, moves, statement, timex,
};
use record::Span;

/// The text of one example, what it marks, and its row.
struct Example<'a> {
    row: &'a TsvRow<'a>,
    word: &'static str,
    text: String,
    mark: Span,
}

impl Example<'_> {
    fn cell(&self, column: &str) -> &'static str {
        self.row.cell(column).expect("the table has the column")
    }

    /// Reads the example as an article of that day.
    fn page<T>(&self, read: impl FnOnce(&Page) -> T) -> T {
        with_page(&marked::article(&self.text, Some("2022-01-12")), read)
    }

    /// Whether a table's scan finds the row's own word at the mark.
    fn is_hit(&self, table: Table, is_row: impl Fn(&Page, usize) -> bool) -> bool {
        self.page(|page| {
            let hits = page.hits.of(table).iter();
            hits.filter(|hit| hit.span == self.mark)
                .any(|hit| is_row(page, hit.row as usize))
        })
    }
}

macro_rules! table {
    ($path:literal) => {
        Rows::parse(
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon/", $path, ".tsv")),
        )
        .expect("the table is well formed")
    };
}

/// The rows of a table whose example does not do what `holds` asks.
fn wrong(table: &Rows, holds: impl Fn(&Example) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in table.iter() {
        let example = row.cell("example").expect("a table has examples");
        let (text, marks) = unmark(example);
        let word = row.first();
        let Some(&(_, mark, _)) = marks.first() else {
            wrong.push(format!("{}: nothing is marked", row.rule().as_str()));
            continue;
        };
        if !holds(&Example { row: &row, word, text, mark }) {
            wrong.push(format!("{}: {example}", row.rule().as_str()));
        }
    }
    wrong
}

#[test]
fn every_row_is_read_in_its_example() {
    let mut all = wrong(&table!("zh/cues"), cue);
    all.extend(wrong(&table!("zh/triggers"), trigger));
    all.extend(wrong(&table!("zh/titles"), title));
    all.extend(wrong(&table!("zh/words"), word));
    all.extend(wrong(&table!("zh/meetings"), |e| {
        meeting::tests::reads_its_example(e.row)
    }));
    all.extend(wrong(&table!("zh/calendar"), |e| timex::tests::reads_its_example(e.row)));
    all.extend(wrong(&table!("zh/surnames"), surname));
    all.extend(wrong(&table!("zh/syllables"), syllable));
    for table in [table!("zh/bylines"), table!("en/bylines"), table!("ru/bylines")] {
        all.extend(wrong(&table, label));
    }
    let phrases =
        [table!("zh/boilerplate"), table!("en/boilerplate"), table!("ru/boilerplate")];
    for table in &phrases {
        all.extend(wrong(table, phrase));
    }
    all.extend(wrong(&table!("shared/boilerplate"), class));
    all.extend(wrong(&table!("shared/months"), month));
    assert!(all.is_empty(), "{} rows:\n{}", all.len(), all.join("\n"));
}

/// A plain verb of speech makes the statement whose cue is marked. Of the other classes the
/// steps must find source and content; whether it then reports is for the model, which one
/// short sentence does not give enough to go by.
fn cue(example: &Example) -> bool {
    example.page(|page| {
        let timexes = timex::find_timexes(page);
        let (entities, mentions) = mention::find_mentions(page);
        let asked = statement::candidates(page, &entities, &mentions, &timexes);
        let is_asked = asked.iter().any(|candidate| {
            candidate.model == "cues" && candidate.anchor == Some(example.mark)
        });
        let statements = statement::attribute(page, &entities, &mentions, &timexes);
        let is_told = statements.iter().filter_map(|s| s.cue.as_ref()).any(|cue| {
            cue.span == example.mark && cue.rules.contains(&example.row.rule())
        });
        is_told || is_asked && !matches!(example.cell("class"), "say" | "tell")
    })
}

/// A trigger is among the triggers of its clause.
fn trigger(example: &Example) -> bool {
    example.page(|page| {
        let timexes = timex::find_timexes(page);
        let (entities, mentions) = mention::find_mentions(page);
        let statements = statement::attribute(page, &entities, &mentions, &timexes);
        let shown = moves::triggers(page, &entities, &mentions, &timexes, &statements);
        shown.iter().any(|&(row, span)| {
            let trigger = &page.lexicon.triggers[row];
            span == example.mark
                && trigger.text == example.word
                && trigger.act.code() == example.cell("act")
        })
    })
}

/// A title is the longest at its place.
fn title(example: &Example) -> bool {
    const RANKS: [&str; 9] = [
        "leaders",
        "ministers",
        "deputies",
        "officials",
        "spokesperson",
        "expert",
        "journalist",
        "private",
        "military",
    ];
    let is_kept = example.page(|page| {
        let kept = page.hits.leftmost_longest(Table::Titles);
        kept.iter().any(|hit| hit.span == example.mark)
    });
    is_kept && RANKS.contains(&example.cell("rank"))
}

/// A small word is hit in its class.
fn word(example: &Example) -> bool {
    example.is_hit(Table::Words, |page, row| {
        let word = &page.lexicon.words[row];
        word.text == example.word && word.class == example.cell("class")
    })
}

/// A surname opens a person's name, or is all that is given of it.
fn surname(example: &Example) -> bool {
    example.page(|page| {
        let name = example.mark.of(page.shadow);
        let surnames = &page.lexicon.surnames;
        let mut letters = name.chars();
        match (letters.next(), letters.next()) {
            (Some(only), None) => surnames.is_single(only),
            _ => {
                page.shadow.get(example.mark.start..).and_then(|rest| surnames.long(rest))
                    == Some(name)
            }
        }
    })
}

/// A syllable may stand in a name, or at least in part of one.
fn syllable(example: &Example) -> bool {
    example.page(|page| {
        let letter = example.mark.of(page.shadow).chars().next();
        let syllables = &page.lexicon.syllables;
        letter.is_some_and(|c| syllables.is_in_names(c) || syllables.is_in_parts(c))
    })
}

/// A label is read as what it is: a role, a joint between roles, nobody, a citation.
fn label(example: &Example) -> bool {
    let (role, label, at) = (example.cell("role"), example.word, example.mark.start);
    example.page(|page| {
        article::marks::tests::label_is_read(page.lexicon, role, label, page.shadow, at)
    })
}

fn phrase(example: &Example) -> bool {
    example.page(|page| {
        let (row, words) = (example.row, example.text.as_str());
        article::marks::tests::phrase_tells_its_example(page.lexicon, row, words)
    })
}

fn class(example: &Example) -> bool {
    example.page(|page| article::marks::tests::class_tells(page.lexicon, example.row))
}

fn month(example: &Example) -> bool {
    let number = example.cell("number");
    example.page(|page| {
        article::marks::tests::month_is_read(page.lexicon, example.word, number)
    })
}
