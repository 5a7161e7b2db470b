//! A small briefing made by hand.

use ledger::{Change, OpenKind, OpenStatus};
use record::{Act, Format, Kind, Level, Modality, Span, Status};
use web::{
    Account, Briefing, DocumentLine, Issue, Lineage, MeetingLine, MoveLine, OpenItem,
    Passage, Position, Speaker, StatementLine,
};

pub fn document(
    path: &str,
    outlet: Option<&str>,
    published: Option<&str>,
) -> DocumentLine {
    DocumentLine {
        path: path.to_owned(),
        outlet: outlet.map(str::to_owned),
        published: published.map(str::to_owned),
        language: "zh-Hans".to_owned(),
        origin: outlet.unwrap_or(path).to_owned(),
        ..DocumentLine::default()
    }
}

fn account(document: usize, text: &str, marks: &[&str]) -> Account {
    let language = if document == 2 { "zh-Hant" } else { "zh-Hans" };
    let start = document * 1000;
    Account {
        document,
        bytes: Span::new(start, start + text.len()),
        passage: Passage::marking(text, language, marks),
    }
}

fn documents() -> Vec<DocumentLine> {
    let mut call =
        document("03-call.txt", Some("长桥新闻网"), Some("2021-12-08T01:52:10Z"));
    call.title = Some("视频两小时，普京要保证".to_owned());
    call.url = Some("https://changqiao.example/a/71204.html".to_owned());
    let mut reprint = document("04-reprint.txt", Some("渡口晨報"), None);
    reprint.title = Some("視頻兩小時,普京要保證".to_owned());
    reprint.language = "zh-Hant".to_owned();
    reprint.origin = "长桥新闻网".to_owned();
    reprint.lineage = vec![Lineage {
        kind: "reprint".to_owned(),
        to: "长桥新闻网".to_owned(),
        document: Some(1),
    }];
    let mut geneva = document("07-geneva.txt", Some("北岭电讯"), Some("2022-01-11"));
    geneva.title = Some("日内瓦谈了七个半小时 [图] *快讯*".to_owned());
    geneva.inferred = true;
    let mut torn = document("torn.html", None, None);
    torn.unread = Some("no readable text".to_owned());
    vec![call, reprint, geneva, torn]
}

fn one_move(date: Option<&str>, actor: &str, act: Act, target: &[&str]) -> MoveLine {
    MoveLine {
        date: date.map(str::to_owned),
        is_reported: false,
        actor: vec![actor.to_owned()],
        by: None,
        act,
        target: target.iter().map(|party| (*party).to_owned()).collect(),
        modality: Modality::Actual,
        conditional: false,
        condition: None,
        due: None,
        confidence: 0.9,
        accounts: Vec::new(),
    }
}

fn issues() -> Vec<Issue> {
    let mut request = one_move(Some("2021-12-07"), "RUS", Act::Request, &["USA", "NATO"]);
    request.by = Some("Vladimir Putin".to_owned());
    request.accounts = vec![
        account(1, "他要求得到可靠而且写进法律的保证，使北约不再向东扩大。", &["要求"]),
        account(2, "他要求得到可靠而且寫進法律的保證,使北約不再向東擴大。", &["要求"]),
    ];
    let mut reject = one_move(Some("2022-01-10"), "USA", Act::Reject, &["RUS"]);
    reject.accounts =
        vec![account(3, "不允许任何人关上北约敞开的大门。", &["不允许", "关上"])];
    let mut warn = one_move(Some("2021-12-07"), "USA", Act::Threaten, &["RUS"]);
    warn.conditional = true;
    warn.condition = Some("一旦出现军事升级".to_owned());
    warn.confidence = 0.55;
    warn.accounts = vec![account(
        1,
        "他警告普京，一旦出现军事升级，美国将动用强硬的经济手段。",
        &["警告"],
    )];
    let mut offer = one_move(None, "USA", Act::Agree, &[]);
    offer.modality = Modality::Future;
    offer.due = Some("2022-01".to_owned());
    offer.accounts = vec![account(3, "美国愿意就导弹部署展开讨论。", &["愿意"])];
    vec![
        Issue {
            label: Some("NATO enlargement".to_owned()),
            moves: vec![reject, request],
        },
        Issue { label: Some("Sanctions".to_owned()), moves: vec![warn] },
        Issue { label: None, moves: vec![offer] },
    ]
}

fn positions() -> Vec<Position> {
    let position = |party: &str, issue: &str, act, accounts| Position {
        issue: issue.to_owned(),
        party: party.to_owned(),
        act,
        is_conditional: false,
        since: "2021-12-07".to_owned(),
        change: Change::New,
        changed_on: "2021-12-07".to_owned(),
        accounts,
    };
    let asked = "他要求得到可靠而且写进法律的保证，使北约不再向东扩大。";
    let again = account(3, "俄方再次要求写下保证。", &["要求"]);
    let mut request = position(
        "RUS",
        "NATO enlargement",
        Act::Request,
        vec![account(1, asked, &["要求"]), again],
    );
    request.change = Change::Hardened;
    request.changed_on = "2022-01-10".to_owned();
    let door = account(3, "不允许任何人关上北约敞开的大门。", &["不允许"]);
    let reject = position("USA", "NATO enlargement", Act::Reject, vec![door]);
    let words = "他警告普京，一旦出现军事升级，美国将动用强硬的经济手段。";
    let warned = account(1, words, &["警告"]);
    let mut threat = position("USA", "Sanctions", Act::Threaten, vec![warned]);
    threat.is_conditional = true;
    vec![request, reject, threat]
}

fn open_items() -> Vec<OpenItem> {
    let item = |kind, party: &str, toward: &str, status, accounts| OpenItem {
        kind,
        party: party.to_owned(),
        toward: vec![toward.to_owned()],
        issue: None,
        due: None,
        since: Some("2021-12-07".to_owned()),
        status,
        accounts,
        closed_by: None,
    };
    let asked = "他要求得到可靠而且写进法律的保证，使北约不再向东扩大。";
    let asked = vec![account(1, asked, &["要求"])];
    let mut request = item(OpenKind::Request, "RUS", "USA", OpenStatus::Open, asked);
    request.issue = Some("NATO enlargement".to_owned());
    let planned = vec![account(3, "周三双方将在布鲁塞尔开会。", &["将"])];
    let mut council = item(OpenKind::Meeting, "NATO", "RUS", OpenStatus::Open, planned);
    council.due = Some("2022-01-12".to_owned());
    let draft = vec![account(1, "草案一周之内就交给对方。", &["交给"])];
    let mut promise = item(OpenKind::Promise, "RUS", "USA", OpenStatus::Met, draft);
    promise.due = Some("2021-12-15".to_owned());
    promise.closed_by = Some(account(3, "俄方的草案已经摆在桌上。", &["草案"]));
    vec![promise, request, council]
}

fn meetings() -> Vec<MeetingLine> {
    let meeting = |start: &str, parties: [&str; 2], status| MeetingLine {
        start: Some(start.to_owned()),
        until: None,
        parties: parties.map(str::to_owned).to_vec(),
        participants: Vec::new(),
        level: Level::Unknown,
        format: Format::Unknown,
        place: None,
        status,
        minutes: Vec::new(),
        confidence: 0.9,
        accounts: Vec::new(),
    };
    let mut geneva = meeting("2022-01-10", ["RUS", "USA"], Status::Held);
    geneva.participants = vec!["Sergei Ryabkov".to_owned(), "Wendy Sherman".to_owned()];
    geneva.level = Level::Deputies;
    geneva.format = Format::InPerson;
    geneva.place = Some("Geneva".to_owned());
    geneva.minutes = vec![450, 480];
    geneva.accounts = vec![account(3, "副外长周一在日内瓦谈了七个半小时。", &[])];
    let mut call = meeting("2021-12-07", ["RUS", "USA"], Status::Held);
    call.level = Level::Leaders;
    call.format = Format::Video;
    call.minutes = vec![120];
    call.accounts = vec![
        account(1, "两国总统星期二通过视频谈了两个小时。", &["视频"]),
        account(2, "兩國總統星期二通過視頻談了兩個小時。", &["視頻"]),
    ];
    let mut phone = meeting("2021-12-09", ["UKR", "USA"], Status::Planned);
    phone.format = Format::Phone;
    phone.accounts = vec![account(1, "拜登计划星期四与泽连斯基通电话。", &["计划"])];
    let mut council = meeting("2022-01-12", ["NATO", "RUS"], Status::Planned);
    council.format = Format::Multilateral;
    council.place = Some("Brussels".to_owned());
    council.accounts = vec![account(3, "周三双方将在布鲁塞尔开会。", &["将"])];
    vec![geneva, call, phone, council]
}

fn speakers() -> Vec<Speaker> {
    let statement = |said_on: &str, kind, accounts| StatementLine {
        said_on: Some(said_on.to_owned()),
        is_reported: true,
        cue: Some("说".to_owned()),
        kind,
        addressee: None,
        occasion: None,
        confidence: 0.9,
        accounts,
    };
    let mut words = statement(
        "2022-01-10",
        Kind::Mixed,
        vec![account(3, "“我们不相信对方”，里亚布科夫说。", &["我们不相信对方"])],
    );
    words.addressee = Some("记者".to_owned());
    vec![Speaker {
        name: "Sergei Ryabkov".to_owned(),
        party: Some("RUS".to_owned()),
        role: Some("副外长".to_owned()),
        statements: vec![words],
    }]
}

/// Three documents read and one not: a call, its reprint, a round of talks.
pub fn briefing() -> Briefing {
    let names = [
        ("NATO", "NATO"),
        ("RUS", "Russia"),
        ("UKR", "Ukraine"),
        ("USA", "United States"),
    ];
    Briefing {
        title: "geneva".to_owned(),
        as_of: Some("2022-01-11".to_owned()),
        documents: documents(),
        meetings: meetings(),
        positions: positions(),
        open_items: open_items(),
        issues: issues(),
        silent: vec!["Cyber".to_owned(), "Iran".to_owned()],
        speakers: speakers(),
        names: names.map(|(code, name)| (code.to_owned(), name.to_owned())).into(),
        limit: None,
    }
}
