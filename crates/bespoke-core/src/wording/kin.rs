//! Words that may stand for one another in a statement, out of a dictionary of meanings: `data/words/kin.txt`.
//!
//! Synonyms of usual senses, wider nouns, and forms of one word (statute, statutory). Nothing about rank, praise, founding,
//! numbers or time is in the list: those need evidence of their own.

use super::dictionary::line_of;

/// Stems of which any one backs this stem.
pub(crate) fn kin(stemmed: &str) -> impl Iterator<Item = &'static str> {
    let line = line_of(crate::words::kin(), stemmed);
    line.into_iter()
        .flat_map(|l| l.split(' ').skip(1))
        .map(|k| k.strip_prefix('+').unwrap_or(k))
}

/// Other forms of one word, as stems: statute and statutory, receive and receipt. Nobody who does something is a form of it.
pub(crate) fn forms(stemmed: &str) -> impl Iterator<Item = &'static str> {
    let line = line_of(crate::words::kin(), stemmed);
    line.into_iter()
        .flat_map(|l| l.split(' ').skip(1))
        .filter_map(|k| k.strip_prefix('+'))
}

/// True where evidence for `narrow` lets a text say `wide`.
pub(crate) fn is_kin(wide: &str, narrow: &str) -> bool {
    kin(wide).any(|k| k == narrow)
}

/// True for the stem of a word for somebody: "pharmacist", "guest".
pub(crate) fn is_person(stemmed: &str) -> bool {
    is_kin("person", stemmed)
}

#[cfg(test)]
mod tests {
    use super::super::stem;
    use super::*;

    #[test]
    fn forms_synonyms_and_wider_words_are_kin_and_more_than_that_is_not() {
        let kin = |wide: &str, narrow: &str| is_kin(&stem(wide), &stem(narrow));
        for (wide, narrow) in [
            ("statute", "statutory"),
            ("proportion", "percentage"),
            ("testify", "evidence"),
            ("problem", "trouble"),
        ] {
            assert!(kin(wide, narrow), "{wide} {narrow}");
        }
        for (wide, narrow) in [
            ("weekly", "week"),
            ("manager", "managed"),
            ("led", "helped"),
            ("expert", "skilled"),
            ("nurse", "doctor"),
            ("payroll", "invoicing"),
        ] {
            assert!(!kin(wide, narrow), "{wide} {narrow}");
        }
        assert!(is_person(&stem("pharmacist")) && !is_person(&stem("pharmacy")));
    }
}
