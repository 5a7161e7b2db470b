//! One phenomenon each; the marked text is both input and answer.

use crate::{
    lexicon::TsvRow,
    marked::{Mark, article, unmark, with_page},
    timex::find_timexes,
};
use record::{Article, Span, Timex, TimexKind};

fn read(article: &Article) -> Vec<Timex> {
    with_page(article, find_timexes)
}

/// Checks that the calendar times of the text are the marked ones, with their values.
#[track_caller]
fn check(marked: &str, published: &str) {
    let (text, marks) = unmark(marked);
    let article = article(&text, (!published.is_empty()).then_some(published));
    let timexes = read(&article);
    let found: Vec<(&str, &str)> = timexes
        .iter()
        .filter(|timex| timex.is_calendar())
        .map(|timex| (timex.evidence.words.as_str(), timex.value.as_str()))
        .collect();
    let wanted: Vec<(&str, &str)> = marks
        .iter()
        .map(|(_, span, value)| (span.of(&text), value.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(found, wanted, "in {text}");
}

#[test]
fn month_and_day() {
    check("俄外长{timex:12月7日=2021-12-07}抵达。", "2021-12-10");
    check("俄外长{timex:十二月七日=2021-12-07}抵达。", "2021-12-10");
    check("俄外長{timex:12 月 7 日=2021-12-07}抵達。", "2021-12-10");
    check("据CNN{timex:9月22日=2021-09-22}报道。", "2021-09-23");
}

#[test]
fn full_dates() {
    check("{timex:2022年1月10日=2022-01-10}，双方会谈。", "");
    check("{timex:二○二二年一月十日=2022-01-10}，双方会谈。", "");
    check("{timex:２０２２年１月１０日=2022-01-10}，双方会谈。", "");
    check("{timex:2022年1月10日星期一=2022-01-10}，双方会谈。", "");
}

#[test]
fn dates_in_digits() {
    check("{timex:3/23/2023=2023-03-23} 3:18 AM UTC", "");
    check("发表于{timex:10/01/2022=2022-01-10}。", "2022-01-10");
    check("发表于{timex:10/01/2022=2022-10-01}。", "2022-10-02");
    check("{timex:2018-05-16=2018-05-16}，{timex:2024/03/19=2024-03-19}", "");
    check("{timex:08 Dec 2021=2021-12-08} 20:18:04 GMT", "");
    check("{timex:Dec. 8, 2021=2021-12-08}", "");
    check("https://www.rbc.ru/politics/11/01/2022/61dc", "2022-01-12");
}

#[test]
fn traditional_day_of_the_month() {
    check("外長{timex:十八日=2024-03-18}抵達。", "2024-03-19");
    check("他{timex:十七日至廿一日=2024-03-17/2024-03-21}先後訪問兩國。", "2024-03-19");
    check("他預定{timex:廿日=2024-03-20}到訪。", "2024-03-19");
}

#[test]
fn year_is_the_nearest() {
    check("{timex:12月22日=2021-12-22}，两人通话。", "2022-01-05");
    check("峰会定在{timex:2月4日=2022-02-04}。", "2021-12-20");
    check("他打算出席{timex:11月=2022-11}的峰会。", "2022-04-30");
}

#[test]
fn year_named_before_in_the_sentence() {
    check("{timex:2014年3月=2014-03}公投，{timex:9月=2014-09}停火。", "2022-01-10");
}

#[test]
fn bare_day_of_the_month() {
    check("外务省{timex:2日=2021-11-02}公布。", "2021-11-03");
    check("措施最早{timex:8日=2021-11-08}开始。", "2021-11-03");
    check("外务省{timex:30日=2021-10-30}公布。", "2021-11-03");
    check("{timex:2月24日=2022-02-24}和{timex:25日=2022-02-25}停课。", "2022-03-26");
}

#[test]
fn weekday_looks_back() {
    check("两国副外长{timex:周一=2022-01-10}会谈。", "2022-01-10");
    check("两国副外长{timex:周五=2022-01-07}会谈。", "2022-01-10");
    check("两国副外长{timex:礼拜天=2022-01-09}会谈。", "2022-01-10");
}

#[test]
fn weekday_looks_ahead_in_a_planning_clause() {
    check("双方将于{timex:周四=2022-01-13}会谈。", "2022-01-10");
    check("{timex:周三=2022-01-12}，俄罗斯将与北约对话。", "2022-01-10");
    check("他{timex:周五=2022-01-07}表示，双方将会谈。", "2022-01-10");
    check("他{timex:周日=2022-01-09}将核力量置于戒备状态。", "2022-01-10");
}

#[test]
fn weeks() {
    check("外长{timex:上周四=2022-02-24}到访。", "2022-02-28");
    check("外长{timex:上周六=2024-03-09}到访。", "2024-03-10");
    check("{timex:本周=2023-03-20/2023-03-26}，两人会谈。", "2023-03-23");
    check("{timex:上周末=2022-02-26/2022-02-27}，银行被禁。", "2022-02-28");
    check("会议{timex:本周一至周三=2024-03-25/2024-03-27}举行。", "2024-03-25");
    check("{timex:上周=2024-03-18/2024-03-24}日本外相来访。", "2024-03-25");
}

#[test]
fn days_from_the_anchor() {
    check("外长{timex:今天=2022-01-10}启程，{timex:后天=2022-01-12}返回。", "2022-01-10");
    check("外长{timex:昨晚=2022-01-09}启程。", "2022-01-10");
}

#[test]
fn part_of_the_day_is_in_the_words() {
    check("{timex:5月19日晚=2021-05-19}，两人会面。", "2021-05-21");
    check("{timex:周三凌晨零時30分=2018-05-16}，北韓宣布。", "2018-05-16");
}

#[test]
fn weekday_and_date_in_brackets_are_one() {
    check("他{timex:星期二(12月7日)=2021-12-07}通话。", "2021-12-08");
    check("他{timex:1月10日（周一）=2022-01-10}通话。", "2022-01-12");
}

#[test]
fn years_and_months_from_the_anchor() {
    check("{timex:去年12月底=2021-12}，俄方提出草案。", "2022-01-12");
    check("{timex:今年年初=2023-01}以来，接触增多。", "2023-11-20");
    check("{timex:去年年底=2021-12}，俄方提出草案。", "2022-01-12");
    check("{timex:上个月=2021-12}，俄方提出草案。", "2022-01-12");
    check("截至{timex:本月25日=2022-04-25}，无人答复。", "2022-04-30");
    check("{timex:10月=2021-10}销量比{timex:去年同期=2020-10}少。", "2021-11-03");
}

#[test]
fn parts_of_months_and_years() {
    check("他{timex:5月下旬=2022-05-21/2022-05-31}访日。", "2022-04-12");
    check("{timex:明年夏季=2022-06/2022-08}选举。", "2021-11-03");
    check("{timex:第一季度=2022-01/2022-03}出口下降。", "2022-05-03");
}

#[test]
fn decades() {
    check("{timex:上世紀60年代到70年代=1960/1979}爆發戰爭。", "2019-02-27");
    check("{timex:20世纪90年代=1990/1999}两国复交。", "2022-01-10");
}

#[test]
fn counted_from_the_anchor() {
    check("{timex:一周前=2022-01-03}，骚乱爆发。", "2022-01-10");
    check("{timex:36年前=1986}，两人会晤。", "2022-01-10");
    check("他們{timex:8個月前=2018-06}會面。", "2019-02-27");
    check("欧盟将在{timex:15天内=2022-03-03/2022-03-18}接通电网。", "2022-03-03");
    check("{timex:过去一周=2022-03-27/2022-04-03}，战事激烈。", "2022-04-03");
}

#[test]
fn intervals() {
    check("访问定于{timex:1月9日至10日=2022-01-09/2022-01-10}。", "2022-01-05");
    check("访问定于{timex:1月9-10日=2022-01-09/2022-01-10}。", "2022-01-05");
    check("{timex:2021年12月30日至1月2日=2021-12-30/2022-01-02}休会。", "");
    check("{timex:2014-2016年=2014/2016}，他任外长。", "2022-01-05");
}

#[test]
fn next_day_counts_from_the_day_before() {
    check(
        "他{timex:4月10日=2024-04-10}访美，{timex:第二天=2024-04-11}会谈。",
        "2024-03-25",
    );
    check("谈判破裂。次日无事。", "2024-03-25");
}

#[test]
fn words_count_from_when_they_were_said() {
    check(
        "{timex:周一=2022-01-10}，双方会谈。\n他说：“{timex:明天=2022-01-11}再谈，{timex:后天=2022-01-12}签字。”",
        "2022-01-12",
    );
}

#[test]
fn dateline_counts_for_the_article() {
    check(
        "基辅，{timex:2月28日=2022-02-28}电——{timex:周一=2022-02-28}停火。\n{timex:昨天=2022-02-27}交火。",
        "2022-03",
    );
}

#[test]
fn without_publication_relative_words_are_skipped() {
    check("他周一抵达，昨天离开。", "");
}

#[test]
fn lengths_and_vague_spans_are_no_dates() {
    check("会谈持续三天，用了两个半小时，近期还会再谈。", "2022-01-10");
    check("每周一开会，每月9日休会。", "2022-01-10");
    check("北溪2号和第36条，130日元，五月花号。", "2022-01-10");
}

#[test]
fn markup_inside_an_expression() {
    check("希望在{timex:[[zh:2025]] 年 3 月底=2025-03}建成。", "2024-03-25");
}

/// Whether a row of `zh/calendar.tsv` reads its example as it marks it.
pub(crate) fn reads_its_example(row: &TsvRow) -> bool {
    let cell = |column| row.cell(column).expect("the table has the column");
    let (text, marks) = unmark(cell("example"));
    let timexes = read(&article(&text, Some("2022-01-12")));
    let holds =
        |(tag, span, _): &Mark| is_as_marked(cell("word"), tag, *span, &text, &timexes);
    // 2022-01-12 is a Wednesday: 周四 is to come.
    let is_ahead = cell("class") != "future"
        || timexes.iter().any(|timex| timex.value == "2022-01-13");
    !marks.is_empty() && marks.iter().all(holds) && is_ahead
}

fn is_as_marked(
    word: &str,
    tag: &str,
    span: Span,
    text: &str,
    timexes: &[Timex],
) -> bool {
    let found = timexes.iter().find(|timex| timex.evidence.span == span);
    match tag {
        "timex" => found.is_some_and(Timex::is_calendar),
        "duration" => found.is_some_and(|timex| timex.kind == TimexKind::Duration),
        "set" => found.is_some_and(|timex| timex.kind == TimexKind::Set),
        "no-date" => !timexes
            .iter()
            .any(|timex| timex.is_calendar() && timex.evidence.span.overlaps(span)),
        _ => span.of(text) == word,
    }
}
