//! Employers that everybody knows: `data/parse/employers.txt`. In running text such a name is one sign among many, since many
//! are those of products too.

use crate::text::words;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Names by their first word, as words, the longest first.
static EMPLOYERS: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut out: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for line in include_str!("../../../../data/parse/employers.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        for name in line.split('|') {
            let words = words(name);
            if let Some(first) = words.first() {
                out.entry(first.clone()).or_default().push(words);
            }
        }
    }
    out.values_mut()
        .for_each(|names| names.sort_by_key(|n| std::cmp::Reverse(n.len())));
    out
});

/// For each word of a text, in small letters with signs as words of their own: `B` where the name of a known employer begins,
/// `I` inside one, else `-`.
pub fn named(keys: &[String]) -> Vec<&'static str> {
    let mut out = vec!["-"; keys.len()];
    let mut at = 0;
    while at < keys.len() {
        let names = EMPLOYERS.get(&keys[at]).map_or(&[][..], Vec::as_slice);
        let length = names.iter().find_map(|name| spelled(name, &keys[at..])).unwrap_or(0);
        for word in out.iter_mut().skip(at).take(length) {
            *word = "I";
        }
        if length > 0 {
            out[at] = "B";
        }
        at += length.max(1);
    }
    out
}

/// How many of these words, signs between them included, spell a name.
fn spelled(name: &[String], keys: &[String]) -> Option<usize> {
    let sign = |key: &str| !key.starts_with(char::is_alphanumeric);
    let mut at = 0;
    for word in name {
        let mut signs = 0;
        while keys.get(at).is_some_and(|k| sign(k)) && signs < 2 {
            at += 1;
            signs += 1;
        }
        if keys.get(at) != Some(word) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_among_words() {
        let keys: Vec<String> = ["at", "johnson", "&", "johnson", ",", "pune"]
            .map(String::from)
            .to_vec();
        assert_eq!(named(&keys), ["-", "B", "I", "I", "-", "-"]);
    }
}
