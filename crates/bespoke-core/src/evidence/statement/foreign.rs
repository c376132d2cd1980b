//! Statements in German and French: forms of a word by its root, and compounds of words of the evidence.

use std::collections::HashSet;

/// Small words that tell of German or French.
const SIGNS: [&str; 20] = [
    "und", "der", "mit", "von", "fur", "bei", "eine", "zur", "im", "auf", "des", "les", "du", "et", "avec", "dans",
    "une", "le", "la", "au",
];

/// A root that both words share must be this long.
const ROOT: usize = 5;

/// True where words of the evidence are German or French, as far as their small words say.
pub(super) fn is_foreign(words: &HashSet<&str>) -> bool {
    SIGNS.iter().filter(|s| words.contains(*s)).count() >= 2
}

/// The words of the evidence without what German and French put before them.
pub(super) fn roots<'w>(words: &HashSet<&'w str>) -> Vec<&'w str> {
    words.iter().map(|w| bare(w)).filter(|w| w.len() >= ROOT).collect()
}

/// "L'inventaire" without its article.
fn bare(word: &str) -> &str {
    match word.split_once(['\'', '’']) {
        Some((article, rest)) if article.len() <= 2 => rest,
        _ => word,
    }
}

/// "Verkürzung" for "verkürzte", "geprüft" for "Prüfung", "Lieferantenangebote" for "Angebote von Lieferanten",
/// "Erfahrung" for "Berufserfahrung". Who does something is no form of what was done.
pub(super) fn is_rooted(word: &str, roots: &[&str]) -> bool {
    let word = bare(word);
    let participle = word.strip_prefix("ge").filter(|w| w.len() >= ROOT);
    let genitive = word
        .strip_suffix("es")
        .or(word.strip_suffix(['s', 'n']))
        .filter(|w| w.len() > ROOT)
        .unwrap_or(word);
    let whole = |r: &&str| {
        let other = r.strip_prefix("ge").filter(|o| o.len() >= ROOT);
        same_root(word, r, ROOT)
            || other.is_some_and(|o| same_root(word, o, ROOT - 1))
            || r.ends_with(word) && word.len() > ROOT
            || word.len() > ROOT && !is_agent(word) && (r.contains(word) || r.ends_with(genitive))
    };
    let inflected = |r: &&str| word.len() > 4 && stemmed(word) == stemmed(r) && (is_agent(r) || !names_somebody(word));
    word.len() >= ROOT && roots.iter().any(whole)
        || roots.iter().any(inflected)
        || participle.is_some_and(|w| roots.iter().any(|r| same_root(w, r, ROOT - 1)))
        || is_compound(word, roots)
}

/// A German word without what tense, case and "-ung" put to it: "leitete", "Leitung", "geprüft".
pub(super) fn stemmed(word: &str) -> &str {
    const ENDS: [&str; 21] = [
        "ungen", "ierung", "ierten", "ierte", "ieren", "iert", "ktion", "ung", "eten", "ete", "ten", "tet", "te", "et",
        "en", "em", "es", "e", "n", "t", "s",
    ];
    let bare = word
        .strip_prefix("ge")
        .filter(|w| w.len() >= 4 && word.ends_with('t'))
        .unwrap_or(word);
    let cut = ENDS
        .iter()
        .find_map(|end| bare.strip_suffix(end).filter(|cut| cut.len() >= 3));
    cut.unwrap_or(bare)
}

/// "Leiter", "Prüferin".
fn names_somebody(word: &str) -> bool {
    ["er", "erin", "ern", "eur", "teur"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// True where two words share so many letters at their beginning, at least three fifths of the shorter.
fn same_root(a: &str, b: &str, least: usize) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let agent = is_agent(a) && !is_agent(b);
    a == b || shared >= least && shared * 5 >= short * 3 && long - short <= 4 && !agent
}

fn is_agent(word: &str) -> bool {
    const ENDS: [&str; 10] = [
        "eur", "eurs", "euse", "trice", "leiter", "leiterin", "er", "erin", "chef", "teur",
    ];
    ENDS.iter().any(|end| word.ends_with(end))
}

/// Two words of the evidence in one, up to three letters between them: "Lieferant-en-angebote".
fn is_compound(word: &str, roots: &[&str]) -> bool {
    let begins = |r: &&&str| word.bytes().zip(r.bytes()).take_while(|(x, y)| x == y).count();
    roots.iter().any(|first| {
        let at = begins(&first);
        let whole = at >= ROOT && at + 2 >= first.len();
        whole
            && (0..=3).filter_map(|gap| word.get(at + gap..)).any(|rest| {
                let ends = |second: &&str| {
                    rest.len() > ROOT && (second.ends_with(rest) || second.ends_with(&rest[..rest.len() - 1]))
                };
                rest.len() >= ROOT
                    && !is_agent(rest)
                    && roots.iter().any(|second| same_root(rest, second, ROOT) || ends(second))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_compounds_are_rooted_and_other_words_are_not() {
        let text = "verkurzte die inbetriebnahme von zwolf auf neun wochen angebote lieferanten prufung berufserfahrung l'inventaire konstruktion";
        let words: HashSet<&str> = text.split(' ').collect();
        assert!(is_foreign(&words));
        let all = roots(&words);
        for word in [
            "verkurzung",
            "gepruft",
            "lieferantenangebote",
            "erfahrung",
            "inventaire",
        ] {
            assert!(is_rooted(word, &all), "{word}");
        }
        for word in ["halbierte", "konstruktionsleiter", "projekte", "leitende", "abteilung"] {
            assert!(!is_rooted(word, &all), "{word}");
        }
        assert!(!is_foreign(&["the", "of", "du"].into()));
    }
}
