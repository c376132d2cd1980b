//! A bullet in the first person: "Led the rewrite of …" → "led the rewrite of …", to follow "I".
//!
//! Only the verb is touched, and only where it is certain that the first word is one: whatever else stands there is left
//! to others, because a wrong guess reads worse than a fact left out.

use crate::wording::dictionary;
use crate::wording::vocabulary::{irregular_past, is_preposition, lines, titles, verb};
use crate::wording::{stem, tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Past forms that are said of the person, not by them: "Named inventor on four patents".
const SUFFERED: [&str; 17] = [
    "named",
    "elected",
    "appointed",
    "nominated",
    "recognised",
    "recognized",
    "chosen",
    "awarded",
    "hired",
    "invited",
    "entrusted",
    "tasked",
    "honoured",
    "honored",
    "voted",
    "seconded",
    "commended",
];
/// Those that are so only before some words: "Promoted to …", but "Promoted the brand".
const SUFFERED_BEFORE: [&str; 4] = ["promoted", "selected", "recruited", "assigned"];
/// Words in `-ed` and `-en` that praise or describe.
const ADJECTIVES: [&str; 30] = [
    "experienced",
    "skilled",
    "dedicated",
    "motivated",
    "seasoned",
    "proven",
    "limited",
    "required",
    "based",
    "related",
    "gifted",
    "accomplished",
    "certified",
    "licensed",
    "registered",
    "chartered",
    "qualified",
    "detailed",
    "talented",
    "versed",
    "self",
    "interested",
    "organized",
    "organised",
    "focused",
    "driven",
    "committed",
    "need",
    "seed",
    "speed",
];

/// What follows "I" in a sentence, or why a bullet gives none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    /// "led the rewrite of the engine", without a full stop.
    pub words: String,
    /// True where it holds now ("lead", "am responsible for").
    pub present: bool,
}

/// Turns a bullet into what follows "I"; `None` where its first word is no verb that we are sure of. `goes_on` says that
/// the job has not ended.
pub(super) fn clause(bullet: &str, goes_on: bool) -> Option<Clause> {
    let text = first_sentence(bullet);
    let words = text.split_whitespace().count();
    if !(3..=44).contains(&words) || text.contains(['“', '"', '|', '•']) {
        return None;
    }
    let (first, rest) = text.split_once(' ')?;
    let word = first.to_lowercase();
    let next = rest
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_end_matches([',', ';', ':'])
        .to_lowercase();
    if first.ends_with([',', ':', ';', '-']) || first.chars().any(|c| !c.is_alphabetic() && c != '-') {
        return None;
    }
    // An acronym, or a name written in capitals.
    if first.chars().filter(|c| c.is_uppercase()).count() > 1 {
        return None;
    }
    let past = |words: String| Some(Clause { words, present: false });
    if word == "i" {
        return past(rest.to_owned());
    }
    if matches!(word.as_str(), "responsible" | "accountable" | "answerable") && next == "for" {
        let be = if goes_on { "am" } else { "was" };
        return Some(Clause {
            words: format!("{be} {word} {rest}"),
            present: goes_on,
        });
    }
    let led_on = matches!(next.as_str(), "to" | "from" | "as" | "by" | "for" | "twice" | "into");
    if SUFFERED.contains(&word.as_str()) || SUFFERED_BEFORE.contains(&word.as_str()) && led_on {
        return past(format!("was {word} {rest}"));
    }
    let described = matches!(
        next.as_str(),
        "knowledge" | "skills" | "proficiency" | "user" | "experience" | "understanding"
    );
    if described || ADJECTIVES.contains(&word.as_str()) {
        return None;
    }
    let irregular = pasts().values().any(|p| *p == word);
    if word.ends_with("ed") || irregular {
        let plausible = irregular || verb(&stem(&word)).is_some() || dictionary::makes_sense(&word);
        // "Cut" and "set" are their own past; "led" is not "lead".
        return plausible.then(|| Clause {
            words: format!("{word} {rest}"),
            present: false,
        });
    }
    let base = base_form(&word)?;
    // "Support for …", "Lead developer of …", "Plan, build and run …" are names of things, or lists that need more.
    let is_thing = is_preposition(&next) && next != "with" && next != "on" && next != "to"
        || rest.split_whitespace().take(2).any(|w| {
            titles()
                .occupation
                .contains(w.to_lowercase().trim_end_matches(['s', ',']))
        });
    if is_thing || matches!(next.as_str(), "and" | "&" | "") {
        return None;
    }
    if goes_on {
        return Some(Clause {
            words: format!("{base} {rest}"),
            present: true,
        });
    }
    // Later verbs of the sentence would stay in the present.
    let later = tokens(rest)
        .windows(2)
        .any(|w| matches!(w[0].word.as_str(), "and" | "," | "or") && w[1].is_word() && base_form(&w[1].word).is_some());
    if later {
        None
    } else {
        past(format!("{} {rest}", past_of(&base)))
    }
}

/// The first sentence of a bullet, without its stop.
pub(super) fn first_sentence(bullet: &str) -> &str {
    let text = bullet.trim();
    let mut from = 0;
    while let Some(at) = text[from..].find(". ").map(|i| i + from) {
        let before = text[..at].rsplit(' ').next().unwrap_or_default();
        let next = text[at + 2..].chars().next();
        // "e.g. ", "approx. ", "St. Mary" end no sentence.
        let short = before.chars().count() <= 3
            || before.contains('.')
            || matches!(before.to_lowercase().as_str(), "approx" | "incl" | "dept");
        if !short && next.is_some_and(|c| c.is_uppercase()) {
            return &text[..at];
        }
        from = at + 2;
    }
    text.trim_end_matches(['.', ';', ',', ' '])
}

/// The base form of a verb of the list that stands as it is or in the third person: "manage", "manages".
pub(super) fn base_form(word: &str) -> Option<String> {
    static VERBS: LazyLock<std::collections::HashSet<&str>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/verbs.txt"))
            .filter_map(|l| l.split_once(':'))
            .flat_map(|(_, verbs)| verbs.split_whitespace())
            .collect()
    });
    let cut = |suffix: &str, with: &str| word.strip_suffix(suffix).map(|w| format!("{w}{with}"));
    let forms = [Some(word.to_owned()), cut("s", ""), cut("es", ""), cut("ies", "y")];
    forms.into_iter().flatten().find(|w| VERBS.contains(w.as_str()))
}

/// Base form → past, for the verbs whose past no rule makes. The list of forms has nouns and participles too ("management",
/// "written"); the first form of a verb that is neither is its past.
fn pasts() -> &'static HashMap<&'static str, &'static str> {
    static PAST: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        const NOUNS: [&str; 14] = [
            "ment", "ments", "ion", "ions", "al", "ance", "ery", "ies", "ity", "ship", "ships", "ing", "wth", "s",
        ];
        const UNCHANGED: [&str; 5] = ["cut", "set", "hit", "put", "spread"];
        let mut map = HashMap::new();
        let pairs = lines(include_str!("../../../../data/words/irregular.txt")).filter_map(|l| l.split_once(' '));
        for (form, base) in pairs {
            let noun = NOUNS.iter().any(|n| form.ends_with(n)) || form.ends_with("ize") || form.ends_with("yze");
            let same = form == base && !UNCHANGED.contains(&form);
            if !noun && !same && !form.ends_with("ed") && irregular_past(form) {
                map.entry(base).or_insert(form);
            }
        }
        map
    });
    &PAST
}

/// The past of a base form.
pub(super) fn past_of(base: &str) -> String {
    if let Some(past) = pasts().get(base) {
        return (*past).to_owned();
    }
    if base.ends_with('e') {
        return format!("{base}d");
    }
    let mut end = base.chars().rev();
    let (last, before) = (end.next().unwrap_or('x'), end.next().unwrap_or('x'));
    if last == 'y' && !"aeiou".contains(before) {
        return format!("{}ied", &base[..base.len() - 1]);
    }
    let doubled = format!("{base}{last}ed");
    // "planed" is a word, but not of "plan": where a verb has one vowel, the doubled form is its own.
    let vowels = base.chars().filter(|c| "aeiou".contains(*c)).count();
    if dictionary::knows(&doubled) && (vowels == 1 || !dictionary::knows(&format!("{base}ed"))) {
        return doubled;
    }
    format!("{base}ed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_become_the_first_person() {
        for (bullet, goes_on, wanted) in [
            (
                "Led the rewrite of the engine from Ruby to Rust",
                true,
                "led the rewrite of the engine from Ruby to Rust",
            ),
            (
                "Coordinate staffing and bed flow for a 24-bed unit.",
                true,
                "coordinate staffing and bed flow for a 24-bed unit",
            ),
            (
                "Manages a budget of $2m across three sites",
                false,
                "managed a budget of $2m across three sites",
            ),
            (
                "Plan weekly menus for 300 guests",
                false,
                "planned weekly menus for 300 guests",
            ),
            (
                "Teach two evening classes a week",
                false,
                "taught two evening classes a week",
            ),
            (
                "Responsible for the housing design of an e-axle",
                true,
                "am responsible for the housing design of an e-axle",
            ),
            (
                "Accountable for $84 million of equipment",
                false,
                "was accountable for $84 million of equipment",
            ),
            (
                "Named inventor on 4 granted patents",
                true,
                "was named inventor on 4 granted patents",
            ),
            (
                "Promoted to team lead after one year",
                false,
                "was promoted to team lead after one year",
            ),
            (
                "Cut overtime spend by $740,000 a year. Won an award for it.",
                true,
                "cut overtime spend by $740,000 a year",
            ),
        ] {
            assert_eq!(
                clause(bullet, goes_on).map(|c| c.words).as_deref(),
                Some(wanted),
                "{bullet}"
            );
        }
        for bullet in [
            "Principal investigator of a group of five",
            "Chair of the faculty ethics committee",
            "Experienced nurse with a calm manner",
            "Advanced knowledge of spreadsheets",
            "Lead developer of the billing team",
            "Support for 300 users on two sites",
            "AWS: EC2, S3, Lambda and more",
            "Monthly blood pressure screening for patients",
            "Management of a team of five nurses",
            "Written warnings for three sites",
            "Design of bridges and other structures",
        ] {
            assert_eq!(clause(bullet, true), None, "{bullet}");
        }
    }
}
