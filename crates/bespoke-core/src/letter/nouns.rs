//! Titles and duties as parts of an English sentence: "a Charge Nurse (Cardiovascular ICU)", "to design REST APIs".

use super::english::base_form;
use crate::wording::vocabulary::is_preposition;

/// "a" or "an", by how the word sounds.
pub(crate) fn article(words: &str) -> &'static str {
    let first = words.split([' ', '-', '/']).next().unwrap_or_default();
    let lower = first.to_lowercase();
    let spelled = first.chars().count() > 1 && first.chars().all(|c| c.is_uppercase());
    let vowel = if spelled || first.chars().count() == 1 {
        first.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X'])
    } else if ["uni", "use", "user", "euro", "one", "ux", "ui"]
        .iter()
        .any(|p| lower.starts_with(p))
        && !lower.starts_with("unin")
        && !lower.starts_with("unim")
    {
        false
    } else {
        lower.starts_with(['a', 'e', 'i', 'o', 'u'])
            || ["hour", "honest", "honour", "honor"]
                .iter()
                .any(|p| lower.starts_with(p))
    };
    if vowel { "an" } else { "a" }
}

/// A title as a noun phrase: "a Charge Nurse (Cardiovascular ICU)", "Chief Operating Officer"; `None` where it is no
/// single title.
pub(super) fn titled(title: &str) -> Option<String> {
    let title = title.trim();
    let lower = title.to_lowercase();
    if title.is_empty()
        || title.chars().count() > 70
        || [" to ", " / ", " → ", ";", "|"].iter().any(|s| lower.contains(s))
    {
        return None;
    }
    let shown = match title.split_once(", ") {
        Some((head, tail)) if !title.contains('(') => format!("{head} ({tail})"),
        _ => title.to_owned(),
    };
    let unique = [
        "chief",
        "head",
        "president",
        "vice",
        "ceo",
        "cto",
        "cfo",
        "coo",
        "owner",
        "founder",
        "partner",
        "chair",
        "principal",
        "dean",
        "co-founder",
        "mayor",
    ];
    let alone = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|w| unique.contains(&w));
    Some(if alone {
        shown
    } else {
        format!("{} {shown}", article(title))
    })
}

/// Puts the first letter of a duty into lower case where it is a verb: "Design REST APIs" → "design REST APIs", to follow
/// "to"; `None` where it is none.
pub(crate) fn infinitive(duty: &str) -> Option<String> {
    let text = duty.trim().trim_end_matches(['.', ';', ',']);
    let words = text.split_whitespace().count();
    let lower_words = text.to_lowercase();
    if !(4..=18).contains(&words) || text.contains(['.', ':', '(', '•', '?', '!', '"', '/']) || text.ends_with(['-', '–'])
        // "Design and build the services, own your roadmap": second person and lists of things read as another voice.
        || lower_words.split_whitespace().any(|w| matches!(w.trim_end_matches(','), "your" | "you" | "we" | "etc" | "us"))
    {
        return None;
    }
    let (first, rest) = text.split_once(' ')?;
    let lower = first.trim_end_matches(',').to_lowercase();
    let known = base_form(&lower).is_some_and(|b| b == lower)
        || matches!(
            lower.as_str(),
            "assess"
                | "care"
                | "ensure"
                | "provide"
                | "assist"
                | "support"
                | "work"
                | "help"
                | "take"
                | "make"
                | "keep"
                | "own"
                | "drive"
                | "serve"
                | "perform"
                | "handle"
        );
    let thing = is_preposition(rest.split_whitespace().next().unwrap_or_default())
        && matches!(rest.split_whitespace().next(), Some("of" | "in" | "by"));
    (known && !thing && first.chars().skip(1).all(|c| !c.is_uppercase()))
        .then(|| format!("{}{}", first.to_lowercase(), &text[first.len()..]).replace(" our ", " your "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_follow_the_sound() {
        for (words, wanted) in [
            ("Engineer", "an"),
            ("UX Designer", "a"),
            ("RN", "an"),
            ("hourly worker", "an"),
            ("University lecturer", "a"),
            ("Nurse", "a"),
            ("SAP consultant", "an"),
        ] {
            assert_eq!(article(words), wanted, "{words}");
        }
    }

    #[test]
    fn duties_become_infinitives() {
        assert_eq!(
            infinitive("Design and build the services that price shipments").as_deref(),
            Some("design and build the services that price shipments")
        );
        assert_eq!(
            infinitive("Assess, plan, deliver and evaluate care for adults").as_deref(),
            Some("assess, plan, deliver and evaluate care for adults")
        );
        assert_eq!(
            infinitive("Migrate our remaining jobs to the new platform").as_deref(),
            Some("migrate your remaining jobs to the new platform")
        );
        for duty in [
            "Own your services end to end",
            "Responsibility for the budget of two sites",
            "Design of bridges and other structures",
        ] {
            assert_eq!(infinitive(duty), None, "{duty}");
        }
    }
}
