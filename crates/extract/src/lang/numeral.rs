//! Numbers as Chinese writes them.
//!
//! In: text. Out: the number at its start, or the day of the week that a character names.
//! Refuses to know: what is counted.

/// A number as it is written: 12, ２０２２, 二〇二二, 廿一, 两.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: i64,
    /// The bytes that it takes.
    pub len: usize,
    /// How many digits or characters it takes.
    pub width: usize,
    /// Whether it is written with Chinese characters.
    pub is_han: bool,
}

/// Reads the whole number at the start of `text`: digits of either width, Chinese digits
/// place by place (二○二二) or with 十, 百, 千 (三十一, 廿一).
pub fn numeral(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    if digit(first).is_some() { arabic(text) } else { han_number(text) }
}

/// The value of a digit of either width.
fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(c as i64 - '0' as i64),
        '０'..='９' => Some(c as i64 - '０' as i64),
        _ => None,
    }
}

fn arabic(text: &str) -> Option<Numeral> {
    let mut number = Numeral { value: 0, len: 0, width: 0, is_han: false };
    for c in text.chars() {
        let Some(value) = digit(c) else { break };
        number.value = number.value.checked_mul(10)?.checked_add(value)?;
        number.len += c.len_utf8();
        number.width += 1;
    }
    (number.width > 0).then_some(number)
}

/// The value of a Chinese digit.
fn han_digit(c: char) -> Option<i64> {
    let value = match c {
        '零' | '〇' | '○' | 'Ｏ' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(value)
}

fn han_number(text: &str) -> Option<Numeral> {
    let mut number = Numeral { value: 0, len: 0, width: 0, is_han: true };
    let mut digits: i64 = 0;
    let mut run = 0;
    let mut placed = false;
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '廿' => 20,
            '卅' => 30,
            '百' => 100,
            '千' => 1000,
            _ => 0,
        };
        if let Some(value) = han_digit(c) {
            if placed && run > 0 {
                // 三十一二: no number.
                return None;
            }
            digits = digits.checked_mul(10)?.checked_add(value)?;
            run += usize::from(value > 0 || !placed);
        } else if place > 0 {
            if run > 1 {
                return None;
            }
            let times = if run == 0 { 1 } else { digits };
            number.value = number.value.checked_add(times.checked_mul(place)?)?;
            (digits, run, placed) = (0, 0, true);
        } else {
            break;
        }
        number.len += c.len_utf8();
        number.width += 1;
    }
    number.value = number.value.checked_add(digits)?;
    (number.width > 0).then_some(number)
}

/// The day of the week, Monday 1 to Sunday 7, that a character names after 周 or 上周.
pub fn weekday(c: char) -> Option<i64> {
    match c {
        '日' | '天' => Some(7),
        '零' | '〇' | '○' | 'Ｏ' | '两' => None,
        _ => han_digit(c).filter(|day| (1..=6).contains(day)),
    }
}
