//! One phenomenon each; publication is Monday 2022-01-10 throughout.

use crate::{
    lexicon::TsvRow,
    marked::{article, unmark, with_page},
    meeting::{find_meetings, words},
    mention::find_mentions,
    timex::find_timexes,
};
use record::{Meeting, Span};

const PUBLISHED: &str = "2022-01-10";

fn read(text: &str) -> Vec<Meeting> {
    with_page(&article(text, Some(PUBLISHED)), |page| {
        let timexes = find_timexes(page);
        let (entities, mentions) = find_mentions(page);
        find_meetings(page, &entities, &mentions, &timexes, &[])
    })
}

/// Checks the meetings of a text, each as `parties date format status`.
#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let told = |meeting: &Meeting| {
        format!(
            "{} {} {} {}",
            meeting.parties.join(","),
            meeting.date.as_deref().unwrap_or("-"),
            meeting.format,
            meeting.status
        )
    };
    let found: Vec<String> = read(text).iter().map(told).collect();
    assert_eq!(found, wanted, "in {text}");
}

#[test]
fn two_sides_hold_a_talk() {
    check(
        "俄罗斯外长拉夫罗夫周一与美国国务卿布林肯在日内瓦举行会谈。",
        &["RUS,USA 2022-01-10 in-person held"],
    );
    check(
        "俄羅斯外長拉夫羅夫周一與美國國務卿布林肯在日內瓦舉行會談。",
        &["RUS,USA 2022-01-10 in-person held"],
    );
}

#[test]
fn compact_pair_before_the_word() {
    check("美俄会谈周一在日内瓦举行。", &["USA,RUS 2022-01-10 in-person held"]);
}

#[test]
fn one_meets_another() {
    check(
        "法国总统马克龙周五在巴黎会见德国总理朔尔茨。",
        &["FRA,DEU 2022-01-07 in-person held"],
    );
}

#[test]
fn calls_by_phone_and_video() {
    check(
        "俄罗斯总统普京1月8日同法国总统马克龙通电话。",
        &["RUS,FRA 2022-01-08 phone held"],
    );
    check(
        "俄罗斯总统普京1月8日与美国总统拜登举行视频会晤。",
        &["RUS,USA 2022-01-08 video held"],
    );
}

#[test]
fn planned_session_of_an_organisation() {
    check(
        "俄罗斯将于周三在布鲁塞尔与北约举行会议。",
        &["RUS,NATO 2022-01-12 multilateral planned"],
    );
}

#[test]
fn proposed_without_a_day() {
    check(
        "俄罗斯总统普京提议与乌克兰总统泽连斯基会晤。",
        &["RUS,UKR - in-person proposed"],
    );
}

#[test]
fn cancelled() {
    check("美国取消了周四与俄罗斯的会谈。", &["USA,RUS 2022-01-13 in-person cancelled"]);
}

#[test]
fn refused() {
    check(
        "乌克兰总统泽连斯基拒绝与俄罗斯总统普京会晤。",
        &["UKR,RUS - in-person refused"],
    );
}

#[test]
fn one_visit_for_each_country() {
    check(
        "中国外长王毅1月4日访问法国和德国。",
        &["CHN,FRA 2022-01-04 in-person held", "CHN,DEU 2022-01-04 in-person held"],
    );
}

#[test]
fn visit_in_two_letters() {
    check("中国外长王毅1月4日访美。", &["CHN,USA 2022-01-04 in-person held"]);
}

#[test]
fn who_is_talked_about_does_not_meet() {
    check(
        "俄罗斯与美国周一就乌克兰危机在日内瓦举行会谈。",
        &["RUS,USA 2022-01-10 in-person held"],
    );
}

#[test]
fn later_words_point_back() {
    check(
        "俄罗斯与美国周一在日内瓦举行会谈。会后双方没有发表声明。此次会谈长达八小时。",
        &["RUS,USA 2022-01-10 in-person held"],
    );
}

#[test]
fn subject_stands_a_clause_before() {
    check(
        "法国总统马克龙周五抵达柏林，与德国总理朔尔茨会面。",
        &["FRA,DEU 2022-01-07 in-person held"],
    );
}

#[test]
fn one_by_one_each_on_a_day() {
    check(
        "法国总统马克龙将于1月12日和1月13日分别与俄罗斯总统普京和德国总理朔尔茨会面。",
        &["FRA,RUS 2022-01-12 in-person planned", "FRA,DEU 2022-01-13 in-person planned"],
    );
}

#[test]
fn day_of_a_report_is_not_the_meetings() {
    check(
        "据路透社1月9日报道，俄罗斯总统普京与法国总统马克龙通电话。",
        &["RUS,FRA 2022-01 phone held"],
    );
}

#[test]
fn words_that_hold_no_meeting() {
    check("俄罗斯和美国的谈判代表在新闻发布会上回答提问。", &[]);
}

#[test]
fn outcome_and_duration() {
    let meetings = read("俄罗斯与美国周一举行两小时会谈，双方未发表联合声明。");
    let meeting = meetings.first().expect("a meeting");
    assert_eq!(meeting.duration_minutes, Some(120));
    assert_eq!(
        meeting.outcome.as_ref().map(|o| o.words.as_str()),
        Some("未发表联合声明")
    );
}

/// Whether a row of `zh/meetings.tsv` reads its example as it marks it.
pub(crate) fn reads_its_example(row: &TsvRow) -> bool {
    let cell = |column| row.cell(column).expect("the table has the column");
    let (text, marks) = unmark(cell("example"));
    let [(tag, span, _)] = &marks[..] else { return false };
    let is_told = tag != "meeting"
        || read(&text).iter().any(|meeting| meeting.parties.len() > 1)
        || cell("class") == "session";
    is_told && is_row(&text, *span, cell("word"))
}

/// Whether the mark is where the scan finds the row's word.
fn is_row(text: &str, span: Span, word: &str) -> bool {
    with_page(&article(text, Some(PUBLISHED)), |page| {
        let all = Span::new(0, text.len());
        words::words(page, all).iter().any(|(at, row)| *at == span && row.text == word)
    })
}
