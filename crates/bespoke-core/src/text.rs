//! Text normalisation that several stages share.

/// Folds for comparison: NFKD without combining marks, lower case, dashes unified.
pub fn fold(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    if text.is_ascii() {
        // None of the above but lower case concerns these letters; most text is made of them, and it is folded many times.
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            c => c,
        })
        .collect()
}

/// The language of a text by its commonest small words, as a BCP 47 tag: `en`, `de`, `fr`, `es`, `pt`, `it`, `nl`, `da` or `sv`; English where
/// none of them stands.
pub fn language(text: &str) -> &'static str {
    const SMALL: [(&str, &[&str]); 9] = [
        ("en", &["the", "and", "of", "for", "with", "to", "in"]),
        ("de", &["und", "der", "die", "das", "mit", "für", "von", "bei"]),
        ("fr", &["et", "le", "les", "des", "pour", "avec", "du"]),
        ("es", &["y", "el", "los", "del", "para", "con"]),
        ("pt", &["e", "os", "das", "dos", "para", "com"]),
        ("it", &["e", "il", "di", "della", "per", "con", "gli"]),
        ("nl", &["en", "het", "een", "van", "voor", "met"]),
        ("da", &["og", "af", "til", "på", "med", "fra"]),
        ("sv", &["och", "av", "till", "på", "med", "för"]),
    ];
    let lowered = text.to_lowercase();
    let words: Vec<&str> = lowered.split(|c: char| !c.is_alphabetic()).collect();
    let count = |list: &[&str]| words.iter().filter(|w| list.contains(w)).count();
    // The first of equals: English.
    let best = SMALL.iter().rev().max_by_key(|(_, list)| count(list));
    best.map_or("en", |(tag, _)| tag)
}

/// The words of a text, folded: maximal runs of letters and digits.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a character belongs to a script that runs from right to left.
pub fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The letters of one glyph in the order of the page, from left to right. A glyph that stands for several letters has
/// them in the order of reading; turned round, a line from right to left is in one order and can be turned as one.
pub fn as_placed(text: String) -> String {
    match text.chars().any(is_rtl) {
        true => text.chars().rev().collect(),
        false => text,
    }
}
