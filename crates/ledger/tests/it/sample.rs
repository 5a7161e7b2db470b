//! Readings made by hand, so that the ledger is tested without a reader.

use record::{
    Act, ActorType, Anchor, Article, Condition, Document, DocumentId, Doubt, Entity,
    EntityId, Evidence, Form, Format, Kind, Level, Link, Meeting, Mention, MentionForm,
    MentionId, Modality, Move, Paragraph, ParagraphKind, Published, Reading, Role, Rule,
    Sentence, Source, Span, Statement, Status, Timex, TimexKind,
};
use sha2::{Digest, Sha256};

/// What a test wants an article to be.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub outlet: &'static str,
    pub published: &'static str,
    pub title: &'static str,
    /// One sentence: who, says, what.
    pub speaker: &'static str,
    pub cue: &'static str,
    pub content: &'static str,
    /// Where the sentence is told from.
    pub origin: Option<&'static str>,
}

pub const GENEVA: Wanted = Wanted {
    outlet: "甲报",
    published: "2022-01-10T16:26",
    title: "日内瓦会谈结束",
    speaker: "里亚布科夫",
    cue: "说",
    content: "北约不应东扩",
    origin: None,
};

pub const TAIPEI: Wanted = Wanted {
    outlet: "乙報",
    published: "2022-01-12",
    title: "日內瓦會談之後",
    speaker: "里亞布科夫",
    cue: "表示",
    content: "北約必須給予書面保證",
    origin: Some("甲报"),
};

pub fn document(path: &str, bytes: &[u8]) -> Document {
    Document {
        id: DocumentId(Sha256::digest(bytes).into()),
        path: path.to_owned(),
        url: None,
        retrieved_at: None,
        published_hint: None,
        bytes: bytes.to_vec(),
    }
}

/// A document that says what is wanted, with a mark before its text, so that offsets in
/// the document and in the text differ.
pub fn sample(path: &str, wanted: &Wanted) -> (Document, Reading) {
    let body = format!("{}{}，{}。", wanted.speaker, wanted.cue, wanted.content);
    let text = format!("{}\n{body}", wanted.title);
    let document = document(path, format!("# {text}\n").as_bytes());
    let reading = reading(&document, wanted, &text, 2);
    (document, reading)
}

fn reading(document: &Document, wanted: &Wanted, text: &str, shift: usize) -> Reading {
    let title = Span::new(0, wanted.title.len());
    let body = Span::new(title.end + 1, text.len());
    let rule = Rule::new("zh/cues:说");
    let evidence = |start: usize, len: usize| Evidence {
        document: document.id,
        span: Span::new(start, start + len),
        words: text[start..start + len].to_owned(),
        rules: vec![rule.clone()],
    };
    let speaker = evidence(body.start, wanted.speaker.len());
    let cue = evidence(speaker.span.end, wanted.cue.len());
    let content = evidence(cue.span.end + "，".len(), wanted.content.len());
    let whole = evidence(body.start, body.len());
    let paragraph = |kind, span: Span| Paragraph {
        kind,
        span,
        document: Span::new(span.start + shift, span.end + shift),
        runs: vec![(span.start, span.start + shift, span.len())],
    };
    let article = Article {
        document: document.id,
        form: Form::Markdown,
        charset: "UTF-8".to_owned(),
        language: if wanted.outlet == "乙報" { "zh-Hant" } else { "zh-Hans" }.to_owned(),
        title: Some(wanted.title.to_owned()),
        source: Source {
            outlet: Some(wanted.outlet.to_owned()),
            origin: wanted.origin.map(str::to_owned),
            cites: vec!["丙社".to_owned()],
            ..Source::default()
        },
        published_on: (!wanted.published.is_empty()).then(|| Published {
            value: wanted.published.to_owned(),
            from: "text".to_owned(),
            inferred: false,
        }),
        dateline: Some("日内瓦".to_owned()),
        url: None,
        links: vec![Link {
            rel: "translation".to_owned(),
            url: "https://example.org/a".to_owned(),
            words: "原文".to_owned(),
        }],
        text: text.to_owned(),
        paragraphs: vec![
            paragraph(ParagraphKind::Title, title),
            paragraph(ParagraphKind::Body, body),
        ],
        empty: None,
    };
    Reading {
        sentences: vec![Sentence { span: body, paragraph: 1 }],
        entities: entities(wanted, &speaker),
        mentions: vec![Mention {
            id: MentionId(0),
            entity: EntityId(0),
            form: MentionForm::Name,
            phrase: speaker.span,
            evidence: speaker.clone(),
        }],
        timexes: vec![Timex {
            kind: TimexKind::Date,
            value: "2022-01-10".to_owned(),
            modifier: None,
            anchor: Some(Anchor {
                value: "2022-01-10".to_owned(),
                why: "publication".to_owned(),
            }),
            evidence: cue.clone(),
        }],
        statements: vec![statement(speaker, cue, content.clone(), body)],
        moves: vec![act(whole.clone(), content)],
        meetings: vec![meeting(whole)],
        doubts: vec![Doubt { span: title, reason: "an example".to_owned() }],
        article,
    }
}

fn entities(wanted: &Wanted, speaker: &Evidence) -> Vec<Entity> {
    vec![
        Entity {
            id: EntityId(0),
            known: Some("person:sergei-ryabkov".to_owned()),
            name: "Sergei Ryabkov".to_owned(),
            kind: ActorType::Person,
            party: Some("RUS".to_owned()),
            roles: vec![Role {
                text: "俄罗斯副外长".to_owned(),
                evidence: speaker.clone(),
            }],
            surfaces: vec![wanted.speaker.to_owned()],
            is_private: false,
        },
        Entity {
            id: EntityId(1),
            known: Some("state:RUS".to_owned()),
            name: "Russia".to_owned(),
            kind: ActorType::State,
            party: Some("RUS".to_owned()),
            roles: Vec::new(),
            surfaces: vec!["俄".to_owned()],
            is_private: false,
        },
    ]
}

fn statement(
    speaker: Evidence,
    cue: Evidence,
    content: Evidence,
    span: Span,
) -> Statement {
    Statement {
        speaker: EntityId(0),
        speaker_surface: Some(speaker),
        cue: Some(cue),
        kind: Kind::Indirect,
        content: vec![content],
        addressee: None,
        occasion: None,
        said_on: Some("2022-01-10".to_owned()),
        chain: Vec::new(),
        span,
        confidence: 0.9,
    }
}

fn act(whole: Evidence, condition: Evidence) -> Move {
    Move {
        actor: vec!["RUS".to_owned()],
        by: Some(EntityId(0)),
        act: Act::Request,
        recipient: vec!["NATO".to_owned()],
        issue: Some("nato-enlargement".to_owned()),
        modality: Modality::Actual,
        condition: Some(Condition { evidence: condition }),
        due: None,
        occurred_on: None,
        statement: Some(0),
        evidence: whole,
        confidence: 0.6,
    }
}

fn meeting(whole: Evidence) -> Meeting {
    Meeting {
        parties: vec!["RUS".to_owned(), "USA".to_owned()],
        participants: vec![EntityId(0)],
        format: Format::InPerson,
        level: Level::Deputies,
        place: Some("Geneva".to_owned()),
        date: Some("2022-01-10".to_owned()),
        until: None,
        status: Status::Held,
        duration_minutes: Some(480),
        outcome: None,
        track: Some("bilateral".to_owned()),
        mentions: vec![whole.clone()],
        evidence: whole,
        confidence: 0.7,
    }
}

/// A fold of the few characters that the samples need.
pub fn fold(text: &str) -> String {
    let to = |c| match c {
        '約' => '约',
        '亞' => '亚',
        '會' => '会',
        '談' => '谈',
        '內' => '内',
        '證' => '证',
        '書' => '书',
        other => other,
    };
    text.chars().map(to).collect()
}
