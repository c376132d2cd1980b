//! Right-to-left text. A page holds glyphs at places; from left to right an Arabic or Hebrew line reads backwards.

use super::layout::Segment;
use crate::text::is_rtl;

/// Puts the rows of a page into the order in which they are read: lines of Arabic or Hebrew as a whole, single words
/// of it in other lines where they stand.
pub fn read_order<'a>(rows: impl Iterator<Item = &'a mut Vec<Segment>>) {
    let rows: Vec<_> = rows.collect();
    let shares: Vec<_> = rows.iter().map(|row| share(row)).collect();
    let (rtl, all) = shares.iter().fold((0, 0), |sum, s| (sum.0 + s.0, sum.1 + s.1));
    let page_is_rtl = rtl * 2 > all;
    for (row, (rtl, all)) in rows.into_iter().zip(shares) {
        if rtl > 0 && (page_is_rtl || rtl * 2 > all) {
            row.reverse();
            row.iter_mut().for_each(|segment| segment.runs.reverse());
            let runs = || row.iter().flat_map(|s| &s.runs);
            let texts: Vec<String> = runs().map(|run| backwards(&run.text)).collect();
            // Some programs store the bracket that is drawn, others the one that is meant.
            let bracket = |c: &char| matches!(c, '(' | ')' | '[' | ']');
            let first = texts.iter().flat_map(|t| t.chars()).find(bracket);
            let drawn = matches!(first, Some(')' | ']'));
            for (run, text) in row.iter_mut().flat_map(|s| &mut s.runs).zip(texts) {
                run.text = if drawn {
                    text.chars().map(mirrored).collect()
                } else {
                    text
                };
            }
        } else if rtl > 0 {
            for run in row.iter_mut().flat_map(|s| &mut s.runs) {
                run.text = turned(&run.text, is_rtl);
            }
        }
    }
}

/// Letters from right to left, and all letters.
fn share(row: &[Segment]) -> (usize, usize) {
    let letters = row.iter().flat_map(|s| &s.runs).flat_map(|r| r.text.chars());
    letters
        .filter(|c| c.is_alphabetic())
        .fold((0, 0), |(rtl, all), c| (rtl + usize::from(is_rtl(c)), all + 1))
}

/// A line as it is seen from left to right, in the order of reading from right to left.
fn backwards(seen: &str) -> String {
    turned(&seen.chars().rev().collect::<String>(), is_ltr)
}

fn is_ltr(c: char) -> bool {
    c.is_alphanumeric() && !is_rtl(c)
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

/// The text with every stretch that runs the other way turned round. A stretch begins and ends with a letter that is
/// `against`; signs in between belong to it, signs of number (`%`, `+`, currency) at its ends too.
fn turned(text: &str, against: fn(char) -> bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let sign = |c: char| matches!(c, '%' | '+' | '#' | '€' | '$' | '£' | '°');
        let starts = against(chars[at]) || sign(chars[at]) && chars.get(at + 1).is_some_and(|c| against(*c));
        if !starts {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let (mut end, mut next) = (at + 1, at + 1);
        while next < chars.len() {
            let c = chars[next];
            let other = c.is_alphabetic() && !against(c);
            if other || next - end > 2 {
                break;
            }
            next += 1;
            // In Arabic, a percent sign stands to the left of its number, and is so behind it already.
            if against(c) || sign(c) && c != '%' && end == next - 1 {
                end = next;
            }
        }
        let stretch = &chars[at..end];
        out.extend(stretch.iter().rev());
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::as_placed;

    fn seen(logical: &str) -> String {
        logical.chars().rev().collect()
    }

    #[test]
    fn latin_words_and_numbers_keep_their_direction() {
        assert_eq!(backwards("Rust 40% גבא"), "אבג Rust 40%");
        assert_eq!(backwards("%40 ةبسنب"), "بنسبة 40%");
        assert_eq!(turned("C++ 2020", is_rtl), "C++ 2020");
    }

    #[test]
    fn hebrew_words_in_a_latin_line_are_turned() {
        let line = format!("Native {} speaker", seen("שלום עולם"));
        assert_eq!(turned(&line, is_rtl), "Native שלום עולם speaker");
    }

    #[test]
    fn letters_of_one_glyph_are_placed_as_seen() {
        assert_eq!(as_placed("لا".into()), "ال");
        assert_eq!(as_placed("ffi".into()), "ffi");
    }
}
