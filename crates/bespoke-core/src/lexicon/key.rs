//! How names and texts are compared: tokens, and one spelling for each word.
//!
//! The build (`build.rs`) makes the keys of the lexicon with the same code that reads a text, so that both always agree.

use crate::text::fold;
use std::ops::Range;

/// A word or a sign of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// Byte range of its key in [`Tokens::keys`].
    pub key: Range<usize>,
    /// Nothing stands between it and the token before.
    pub glued: bool,
    /// A hyphen stands between it and the token before: "e-mail".
    pub hyphen: bool,
    /// A line ends before it.
    pub fresh_line: bool,
    /// It is a word, not a sign.
    pub word: bool,
}

/// All tokens of a text with their keys.
#[derive(Debug, Default)]
pub struct Tokens {
    /// In order.
    pub list: Vec<Token>,
    /// The keys, one after another.
    pub keys: String,
}

impl Tokens {
    /// Splits a text. "C++", "C#" and "F#" are one token; "Node.js" is three, glued.
    pub fn of(text: &str) -> Tokens {
        let mut out = Tokens::default();
        let mut at = 0;
        let (mut space, mut line, mut hyphen) = (true, true, false);
        while let Some(c) = text[at..].chars().next() {
            let mut end = at + c.len_utf8();
            if c.is_whitespace() || is_invisible(c) {
                space |= c.is_whitespace();
                line |= matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}');
                at = end;
                continue;
            }
            let word = c.is_alphanumeric();
            if word {
                end = at + run(&text[at..], |c| c.is_alphanumeric() || is_mark(c) || is_invisible(c));
                let rest = text[end..].as_bytes();
                if rest.starts_with(b"++") {
                    end += 2;
                } else if rest.first() == Some(&b'#') && !rest.get(1).is_some_and(u8::is_ascii_alphanumeric) {
                    end += 1;
                }
            } else if is_hyphen(c)
                && !space
                && out.list.last().is_some_and(|t| t.word)
                && text[end..].chars().next().is_some_and(char::is_alphanumeric)
            {
                hyphen = true;
                at = end;
                continue;
            }
            let from = out.keys.len();
            push_key(&mut out.keys, &text[at..end], word);
            out.list.push(Token {
                range: at..end,
                key: from..out.keys.len(),
                glued: !space && !hyphen && !out.list.is_empty(),
                hyphen,
                fresh_line: line,
                word,
            });
            (space, line, hyphen) = (false, false, false);
            at = end;
        }
        out
    }

    /// The key of a token.
    pub fn key(&self, n: usize) -> &str {
        &self.keys[self.list[n].key.clone()]
    }

    /// What joins token `n` to the one before in a key: nothing inside "Node.js" and around "/", else a space.
    pub fn joint(&self, n: usize) -> &'static str {
        let slash = |n: usize| self.key(n) == "/";
        if self.list[n].glued && self.key(n) != "and" && self.key(n - 1) != "and" || slash(n) || slash(n - 1) {
            ""
        } else {
            " "
        }
    }
}

/// The key of a name: its tokens' keys, joined.
pub fn key(name: &str) -> String {
    let tokens = Tokens::of(name);
    let mut out = String::with_capacity(name.len());
    for n in 0..tokens.list.len() {
        if n > 0 {
            out.push_str(tokens.joint(n));
        }
        out.push_str(tokens.key(n));
    }
    out
}

fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !keep(c)).unwrap_or(text.len())
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Characters without width, which split words for a machine and not for a reader.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}' | '\u{2011}')
}

fn push_key(out: &mut String, shown: &str, word: bool) {
    if shown == "&" {
        out.push_str("and");
    } else if shown.is_ascii() {
        let from = out.len();
        out.extend(shown.chars().map(|c| c.to_ascii_lowercase()));
        if word {
            one_spelling(out, from);
        }
    } else {
        let from = out.len();
        out.extend(fold(shown).chars().filter(|c| !is_invisible(*c)));
        if word {
            one_spelling(out, from);
        }
    }
}

/// Brings the word that starts at `from` to singular and to one of British and American spelling. Only sameness counts: the
/// result need not be a word, but both spellings must give it.
fn one_spelling(out: &mut String, from: usize) {
    let len = out.len() - from;
    if len < 4 || !out[from..].bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    let ends = |out: &String, tail: &str| out.len() - from > tail.len() + 1 && out.ends_with(tail);
    if ends(out, "ies") && !ends(out, "eies") {
        out.truncate(out.len() - 3);
        out.push('y');
    } else if ends(out, "ches") || ends(out, "shes") || ends(out, "xes") || ends(out, "sses") {
        out.truncate(out.len() - 2);
    } else if out.ends_with('s') && !["ss", "us", "is"].iter().any(|t| out.ends_with(t)) {
        out.pop();
    }
    const TAILS: [(&str, &str); 24] = [
        ("isation", "ization"),
        ("isational", "izational"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
        ("yser", "yzer"),
        ("our", "or"),
        ("oural", "oral"),
        ("tre", "ter"),
        ("bre", "ber"),
        ("elling", "eling"),
        ("alling", "aling"),
        ("elled", "eled"),
        ("eller", "eler"),
        ("ramme", "ram"),
        ("logue", "log"),
        ("cence", "cense"),
        ("fence", "fense"),
        ("gement", "gment"),
        ("aedic", "edic"),
    ];
    if out.len() - from >= 5
        && let Some((tail, other)) = TAILS.iter().find(|(tail, _)| ends(out, tail))
    {
        out.truncate(out.len() - tail.len());
        out.push_str(other);
    }
    if out.len() - from > 5
        && let Some(ae) = out[from..].find("ae")
    {
        out.replace_range(from + ae..from + ae + 2, "e");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_key() {
        for (a, b) in [
            ("Data modelling", "data-modeling"),
            ("Optimisation", "optimization"),
            ("data pipelines", "Data Pipeline"),
            ("R&D", "r and d"),
            ("CI / CD", "ci/cd"),
            ("Programme management", "program management"),
            ("Résumé writing", "resume writing"),
            ("paediatric care", "pediatric care"),
            ("micro\u{200b}services", "microservice"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for (a, b) in [
            ("C++", "C"),
            ("C#", "C"),
            (".NET", "net"),
            ("Node.js", "node js"),
            ("R", "R&D"),
            ("analysis", "analyst"),
        ] {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn tokens_keep_their_places() {
        let text = "Wrote C++/C#, ASP.NET and e-mail – café";
        let tokens = Tokens::of(text);
        let shown: Vec<&str> = tokens.list.iter().map(|t| &text[t.range.clone()]).collect();
        assert_eq!(
            shown,
            [
                "Wrote", "C++", "/", "C#", ",", "ASP", ".", "NET", "and", "e", "mail", "–", "café"
            ]
        );
        assert_eq!(tokens.key(12), "cafe");
    }
}
