//! When two words, or the words around them, say the same.

use crate::wording::Token;
use crate::wording::kin::is_kin;
use crate::wording::stands::stands_for;
use crate::wording::vocabulary::{alike, is_neutral, verb, wider};

/// Same stem, verbs of one group, a declared equivalence of single words, or `a` a wider word for `b`.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    if a == b || wider(a, b) || stands_for(a, b) {
        return true;
    }
    if let (Some(x), Some(y)) = (verb(a), verb(b))
        && x.means(y)
    {
        return true;
    }
    declared_same(a, b) || inflected(a, b) || inflected(b, a)
}

/// True where `a` is a synonym, a wider word or a form of `b`, and `text` does not have `b` itself: what stands in for a word
/// does not stand beside it.
pub(super) fn stands_in(a: &str, b: &str, text: &[Token]) -> bool {
    is_kin(a, b) && !text.iter().any(|t| t.stem == b)
}

/// "Pflegekräften" for "Pflegekräfte": a German ending that no English rule cuts.
fn inflected(long: &str, short: &str) -> bool {
    short.len() > 6 && matches!(long.strip_prefix(short), Some("n" | "en" | "e" | "es" | "er"))
}

/// True where a declared equivalence of single words names both.
pub(super) fn declared_same(a: &str, b: &str) -> bool {
    alike(a).iter().any(|g| alike(b).contains(g))
}

pub(super) fn clause_starts(tokens: &[Token], i: usize) -> bool {
    // The second part of "self-service" starts nothing.
    let inside = |hyphen: &Token| {
        i >= 2
            && hyphen.is_sign('-')
            && tokens[i - 2].range.end == hyphen.range.start
            && hyphen.range.end == tokens[i].range.start
    };
    if i > 0 && inside(&tokens[i - 1]) {
        return false;
    }
    i == 0
        || tokens[i - 1].ends_clause()
        || matches!(
            tokens[i - 1].word.as_str(),
            "and" | "," | "then" | "-" | "who" | "i" | "(" | "&"
        )
}

/// True where the words around token `i` of one text and token `j` of the other share what they are about.
pub(super) fn same_thing(a: &[Token], i: usize, b: &[Token], j: usize, objects_only: bool) -> bool {
    const REACH: usize = 4;
    let content =
        |t: &&Token| (t.is_word() && !is_neutral(&t.word)) || matches!(t.kind, crate::wording::Kind::Number(_));
    let after = |t: &[Token], k: usize| -> Vec<String> {
        let rest = t[k + 1..].iter().take_while(|t| !t.ends_clause()).filter(content);
        rest.take(REACH).map(|t| t.stem.clone()).collect()
    };
    let before = |t: &[Token], k: usize| -> Vec<String> {
        let rest = t[..k].iter().rev().take_while(|t| !t.ends_clause()).filter(content);
        rest.take(REACH).map(|t| t.stem.clone()).collect()
    };
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| same_word(x, y)));
    let (mine, theirs) = (after(a, i), after(b, j));
    if objects_only {
        return mine.is_empty() || any(&mine, &theirs) || any(&mine, &before(b, j));
    }
    let (mut all_mine, mut all_theirs) = (mine, theirs);
    all_mine.extend(before(a, i));
    all_theirs.extend(before(b, j));
    all_mine.is_empty() || any(&all_mine, &all_theirs)
}
