//! Words of running text as the gate and the matcher compare them: tokens, stems, lists of words kept as data.
//!
//! Text goes in, tokens with byte ranges come out. Nothing here knows about résumés.

pub(crate) mod dictionary;
pub(crate) mod kin;
mod phrases;
pub(crate) mod quantity;
pub(crate) mod stands;
mod stem;
pub(crate) mod vocabulary;

pub(crate) use stem::stem;

use crate::text::fold;
use std::ops::Range;

/// A word, a number or a sign of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// Folded: lower case, no accents.
    pub word: String,
    /// [`stem`] of the word; the word itself for numbers and signs.
    pub stem: String,
    /// What it is.
    pub kind: Kind,
    /// Byte range in the text.
    pub range: Range<usize>,
    /// True where it begins with a capital.
    pub capital: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Letters, perhaps with digits after the first: `p99`, `c++`.
    Word,
    /// Digits with separators; letters that follow without a gap are a token of their own.
    Number(f64),
    /// Any other visible sign.
    Sign(char),
}

impl Token {
    /// True for words.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
    /// True where the token is this sign.
    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
    /// True where a clause ends here.
    pub fn ends_clause(&self) -> bool {
        matches!(self.kind, Kind::Sign('.' | ';' | ':' | '!' | '?' | '•' | '|'))
    }
}

/// Splits a text into tokens. `co-led` gives `co`, `-`, `led`; `don't` stays whole.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|c| c.1);
    let offset = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
    let digit = |c: char| fold(&c.to_string()).chars().all(|c| c.is_ascii_digit()) && c.is_numeric();
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(c) = at(i) {
        let start = i;
        if digit(c) {
            while let Some(c) = at(i) {
                let joins = matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}')
                    && at(i + 1).is_some_and(digit)
                    || c == ' ' && thousands(&chars, start, i, &digit);
                if digit(c) || is_mark(c) || joins {
                    i += 1;
                } else {
                    break;
                }
            }
            let raw: String = fold(&text[offset(start)..offset(i)]);
            let value = number(&raw);
            out.push(Token {
                stem: raw.clone(),
                word: raw,
                kind: Kind::Number(value),
                range: offset(start)..offset(i),
                capital: false,
            });
        } else if c.is_alphanumeric() || c == '.' && dot_name(&chars, i) {
            i += 1;
            while let Some(c) = at(i) {
                let inner = matches!(c, '\'' | '’' | '&') && at(i + 1).is_some_and(char::is_alphanumeric);
                if c.is_alphanumeric() || is_mark(c) || inner || is_hidden(c) {
                    i += 1;
                } else {
                    break;
                }
            }
            while matches!(at(i), Some('+' | '#'))
                && (at(i) == Some('#') || at(i + 1) == Some('+') || at(i - 1) == Some('+'))
            {
                i += 1;
            }
            let raw = &text[offset(start)..offset(i)];
            let mut word = fold(raw);
            for end in ["'s", "s'"] {
                if let Some(cut) = word.strip_suffix(end) {
                    word = if end == "s'" { format!("{cut}s") } else { cut.to_owned() };
                }
            }
            out.push(Token {
                stem: stem(&word),
                word,
                kind: Kind::Word,
                range: offset(start)..offset(i),
                capital: c.is_uppercase(),
            });
        } else {
            i += 1;
            if !c.is_whitespace() && !is_mark(c) && !is_hidden(c) {
                let word = c.to_string();
                let sign = match c {
                    '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                    c => c,
                };
                out.push(Token {
                    stem: word.clone(),
                    word,
                    kind: Kind::Sign(sign),
                    range: offset(start)..offset(i),
                    capital: false,
                });
            }
        }
    }
    out
}

/// `.NET`: a dot that begins a name.
fn dot_name(chars: &[(usize, char)], i: usize) -> bool {
    let before = i.checked_sub(1).map(|b| chars[b].1);
    before.is_none_or(|c| c.is_whitespace() || c == '(' || c == '/')
        && chars.get(i + 1).is_some_and(|c| c.1.is_alphabetic())
}

/// A space inside `1 000 000`: at most three digits before it, exactly three after.
fn thousands(chars: &[(usize, char)], start: usize, i: usize, digit: &impl Fn(char) -> bool) -> bool {
    let is = |k: usize| chars.get(k).is_some_and(|c| digit(c.1));
    let first = chars[start..i].iter().take_while(|c| digit(c.1)).count();
    first <= 3 && is(i + 1) && is(i + 2) && is(i + 3) && !is(i + 4)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Signs that nobody sees: zero-width, bidirectional controls, soft hyphen, tags, private use.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}'
        | '\u{f0000}'..='\u{10ffff}')
        || c.is_control() && !matches!(c, '\n' | '\t')
}

/// Reads `1,234.5`, `1.234,5`, `1'000`, `3,5`. A lone separator before exactly three digits groups thousands.
fn number(raw: &str) -> f64 {
    let clean: String = raw
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let dots = clean.matches('.').count();
    let commas = clean.matches(',').count();
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) => clean.split(',').nth(1).filter(|tail| tail.len() != 3).map(|_| ','),
        (1, _) if clean.rfind('.') > clean.rfind(',') => Some('.'),
        (_, 1) if clean.rfind(',') > clean.rfind('.') => Some(','),
        _ => None,
    };
    let text: String = clean
        .chars()
        .filter_map(|c| match c {
            c if Some(c) == decimal => Some('.'),
            '.' | ',' => None,
            c => Some(c),
        })
        .collect();
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_words_numbers_and_signs() {
        let words = |t: &str| tokens(t).into_iter().map(|t| t.word).collect::<Vec<_>>();
        assert_eq!(words("C++ and C#, .NET"), ["c++", "and", "c#", ",", ".net"]);
        assert_eq!(words("co-led 62%"), ["co", "-", "led", "62", "%"]);
        assert_eq!(words("4.3M p99"), ["4.3", "m", "p99"]);
        assert_eq!(words("firm's"), ["firm"]);
    }

    #[test]
    fn reads_numbers_of_many_shapes() {
        for (text, value) in [
            ("1,234", 1234.0),
            ("1.5", 1.5),
            ("1.234,5", 1234.5),
            ("3,5", 3.5),
            ("1 000 000", 1_000_000.0),
            ("1'000", 1000.0),
            ("５０", 50.0),
        ] {
            let found = tokens(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].kind, Kind::Number(value), "{text}");
        }
    }
}
