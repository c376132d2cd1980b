//! Light English stems: inflections and the commonest derivations of verbs, never `-er` and `-or`, because a manager is
//! more than somebody who managed.

use super::vocabulary::irregular;

/// The stem of a folded word. Deterministic and idempotent enough to compare words, not to show them.
pub(crate) fn stem(word: &str) -> String {
    if let Some(base) = irregular().get(word) {
        return strip(base);
    }
    strip(word)
}

fn strip(word: &str) -> String {
    let n = word.chars().count();
    if n <= 3 || !word.chars().all(|c| c.is_ascii_lowercase()) {
        return match word.strip_suffix('s') {
            Some(cut) if n == 4 || (n == 3 && !cut.ends_with(['a', 'e', 'i', 'o', 'u', 's'])) => cut.to_owned(),
            _ => word.to_owned(),
        };
    }
    let mut w = derived(&derived(&inflected(word)));
    if w.len() > 3 && w.ends_with('e') {
        w.pop();
    }
    if w.len() > 4 && w.ends_with("at") {
        w.truncate(w.len() - 2);
    }
    if w.len() > 3 && w.ends_with("iz") {
        w.truncate(w.len() - 2);
        w.push_str("is");
    }
    if w.len() > 3 && w.ends_with("ll") {
        w.pop();
    }
    w
}

/// The word without the ending of its number, tense or participle.
fn inflected(word: &str) -> String {
    let mut w = word.to_owned();
    if let Some(cut) = w.strip_suffix("sses") {
        w = format!("{cut}ss");
    } else if let Some(cut) = w.strip_suffix("ies") {
        w = format!("{cut}y");
    } else if w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is") {
        w.pop();
    }
    // "Exceed" and "embed" are no pasts.
    let whole = matches!(w.as_str(), "embed" | "shed" | "hundred");
    if whole || w.ends_with("eed") && !w.ends_with("reed") && !w.ends_with("teed") {
        return w;
    }
    for (suffix, least) in [("ingly", 3), ("ing", 3), ("ied", 2), ("ed", 3)] {
        let Some(cut) = w.strip_suffix(suffix) else { continue };
        if cut.len() < least || !has_vowel(cut) {
            continue;
        }
        let b = cut.as_bytes();
        let doubled = b.len() > 3
            && b[b.len() - 1] == b[b.len() - 2]
            && !matches!(b[b.len() - 1], b'l' | b's' | b'z' | b'e' | b'o');
        return match suffix {
            "ied" => format!("{cut}y"),
            "ing" | "ed" if doubled => cut[..cut.len() - 1].to_owned(),
            _ => cut.to_owned(),
        };
    }
    w
}

/// The word without the ending that makes a noun of a verb.
fn derived(word: &str) -> String {
    for (suffix, least) in [("ization", 3), ("isation", 3), ("ation", 3), ("ment", 4), ("ion", 4)] {
        match word.strip_suffix(suffix) {
            Some(cut) if cut.len() >= least && has_vowel(cut) => {
                return match suffix {
                    "ization" | "isation" => format!("{cut}is"),
                    _ => cut.to_owned(),
                };
            }
            _ => {}
        }
    }
    word.to_owned()
}

fn has_vowel(text: &str) -> bool {
    text.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for group in [
            &["manage", "managed", "managing", "management", "manages"][..],
            &["migrate", "migrated", "migration", "migrating"],
            &["lead", "led", "leading", "leads"],
            &["write", "wrote", "writing", "written"],
            &["plan", "planned", "planning", "plans"],
            &["organise", "organized", "organisation", "organization"],
            &["standardise", "standardized", "standardization"],
            &["control", "controlled", "controlling"],
            &["company", "companies"],
            &["reduce", "reduced", "reduction", "reducing"],
            &["translate", "translation", "translated"],
            &["automate", "automation", "automated"],
            &["implement", "implemented", "implementing", "implementation"],
            &["document", "documented", "documents", "documentation"],
            &["exceed", "exceeded", "exceeding"],
            &["embed", "embedded", "embedding"],
            &["commission", "commissioned", "commissioning"],
            &["agree", "agreed", "agreeing"],
            &["need", "needed", "needs"],
        ] {
            let first = stem(group[0]);
            for word in group {
                assert_eq!(stem(word), first, "{word}");
            }
        }
        for (a, b) in [
            ("manager", "managed"),
            ("engineer", "engine"),
            ("developer", "develop"),
            ("month", "year"),
        ] {
            assert_ne!(stem(a), stem(b));
        }
    }
}
