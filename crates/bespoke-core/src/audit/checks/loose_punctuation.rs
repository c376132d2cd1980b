//! A space before a comma, none after one, brackets that do not close.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "loose-punctuation",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Small slips add up to a careless impression.",
    fix: "Correct the spaces and brackets.",
    run,
};

/// The text with its commas where they belong; brackets only the person can close.
fn spaced(chars: &[char]) -> String {
    let at = |i: usize| chars.get(i).copied();
    let mut out = String::with_capacity(chars.len() + 4);
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(at);
        let comma = |c: Option<char>| matches!(c, Some(',' | ';'));
        let loose = *c == ' ' && comma(at(i + 1)) && before.is_some_and(char::is_alphanumeric);
        if loose {
            continue;
        }
        out.push(*c);
        if comma(Some(*c)) && at(i + 1).is_some_and(char::is_alphabetic) && before.is_some_and(|b| b.is_alphabetic() || b == ' ') {
            out.push(' ');
        }
    }
    out
}

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut out = Vec::new();
    for (id, text) in walk::prose(subject.resume) {
        let chars: Vec<char> = text.value.chars().collect();
        let fault = chars.windows(3).find_map(|w| match w {
            [a, ' ', ',' | ';'] if a.is_alphanumeric() => Some("a space before a comma"),
            [a, ',' | ';', b] if a.is_alphabetic() && b.is_alphabetic() => Some("no space after a comma"),
            _ => None,
        });
        let count = |c: char| chars.iter().filter(|x| **x == c).count();
        let open = (count('(') != count(')')).then_some("a bracket that does not close");
        if let Some(what) = fault.or(open) {
            out.push(Hit::new(what).rewriting(subject.resume, id, text, spaced(&chars)));
        }
    }
    out
}
