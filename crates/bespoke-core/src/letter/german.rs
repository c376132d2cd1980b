//! Bullets of a German résumé in a German letter: word for word, with only the frame around them ours.

use super::english::first_sentence;

/// Sentences that repeat a bullet: those that name employer and title, for the first of a paragraph, and those that follow.
/// Every one of them states nothing but the bullet, and that it belongs to this employer and title.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub leads: Vec<String>,
    pub follows: Vec<String>,
}

/// A title as it stands in a sentence: "Pflegefachkraft (Intensivstation)".
pub(super) fn titled(title: &str) -> String {
    match title.split_once(", ") {
        Some((head, tail)) if !title.contains('(') => format!("{head} ({tail})"),
        _ => title.to_owned(),
    }
}

/// Sentences of a bullet of a German résumé; the best first.
pub(super) fn sentences(bullet: &str, company: Option<&str>, position: Option<&str>, goes_on: bool) -> Told {
    let text = first_sentence(bullet);
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=44).contains(&words.len()) {
        return Told::default();
    }
    let at = company.map(|c| format!("bei {c}"));
    let role = position
        .filter(|p| !p.contains(['/', ';', '|']))
        .map(|p| format!("als {}", titled(p)));
    // "Als … bei …" and "bei … als …", so that two paragraphs do not begin alike.
    let (place, turned) = match (&role, &at) {
        (Some(role), Some(at)) => (format!("{role} {at}"), format!("{at} {role}")),
        (Some(one), None) | (None, Some(one)) => (one.clone(), one.clone()),
        (None, None) => return Told::default(),
    };
    let lower = text.to_lowercase();
    if let Some(rest) = lower
        .starts_with("verantwortlich für")
        .then(|| &text["verantwortlich für".len()..])
    {
        let be = if goes_on { "bin" } else { "war" };
        return Told {
            leads: vec![
                format!("{} {be} ich verantwortlich für{rest}.", capital(&place)),
                format!("{} {be} ich verantwortlich für{rest}.", capital(&turned)),
            ],
            follows: vec![
                format!("Verantwortlich {be} ich auch für{rest}."),
                format!("Dort {be} ich auch verantwortlich für{rest}."),
            ],
        };
    }
    if participle(words[words.len() - 1]) && !text.contains([';', ':']) {
        let clause = lowered(text, &words);
        return Told {
            leads: vec![
                format!("{} habe ich {clause}.", capital(&place)),
                format!("{} habe ich {clause}.", capital(&turned)),
            ],
            follows: vec![
                format!("Dort habe ich auch {clause}."),
                format!("Ebenso habe ich {clause}."),
                format!("In dieser Zeit habe ich {clause}."),
            ],
        };
    }
    let tasks = if goes_on { "gehört" } else { "gehörte" };
    Told {
        leads: vec![
            format!("Zu meinen Aufgaben {place} {tasks}: {text}."),
            format!("{} {tasks} zu meinen Aufgaben: {text}.", capital(&turned)),
        ],
        follows: vec![
            format!("Dazu kam dort: {text}."),
            format!("Eine weitere Aufgabe dort: {text}."),
            format!("Ebenfalls dort: {text}."),
        ],
    }
}

/// Sentences that quote a bullet of a résumé in another language.
pub(super) fn quotes(bullet: &str, company: Option<&str>) -> Told {
    let text = first_sentence(bullet);
    let count = text.split_whitespace().count();
    match company {
        Some(company) if (2..=44).contains(&count) => Told {
            leads: vec![
                format!("Aus meiner Zeit bei {company}: „{text}“."),
                format!("Bei {company}: „{text}“."),
            ],
            follows: vec![
                format!("Im Lebenslauf steht dazu: „{text}“."),
                format!("Ebenfalls dort: „{text}“."),
                format!("Außerdem: „{text}“."),
            ],
        },
        _ => Told::default(),
    }
}

/// "Eingearbeitet", "aufgebaut", "gesenkt", "optimiert": a participle that "haben" goes with.
fn participle(word: &str) -> bool {
    const WITH_SEIN: [&str; 7] = [
        "gewachsen",
        "aufgestiegen",
        "gegangen",
        "gekommen",
        "gewesen",
        "geworden",
        "gestiegen",
    ];
    const OTHER: [&str; 12] = [
        "betreut",
        "erstellt",
        "entwickelt",
        "verantwortet",
        "übernommen",
        "erreicht",
        "verbessert",
        "verhandelt",
        "beraten",
        "unterstützt",
        "erhöht",
        "überwacht",
    ];
    let lower = word.to_lowercase();
    if WITH_SEIN.contains(&lower.as_str()) || word.chars().next().is_some_and(char::is_uppercase) {
        return false;
    }
    let ending = lower.ends_with('t') || lower.ends_with("en");
    let prefixes = [
        "", "ein", "auf", "aus", "ab", "an", "um", "durch", "vor", "nach", "mit", "weiter", "zusammen", "her", "hin",
        "bei", "fest", "bereit", "sicher",
    ];
    let strong = prefixes.iter().any(|p| {
        lower
            .strip_prefix(p)
            .is_some_and(|w| w.starts_with("ge") && w.len() > 4)
    });
    ending
        && (strong
            || lower.ends_with("iert")
            || OTHER.contains(&lower.as_str())
            || ["ver", "er", "ent", "be", "zer", "über"]
                .iter()
                .any(|p| lower.starts_with(p))
                && lower.ends_with('t')
                && lower.len() > 6)
}

/// The first word in lower case where it is an adjective or a small word before a noun.
fn lowered(text: &str, words: &[&str]) -> String {
    let first = words[0];
    let small = [
        "Den",
        "Die",
        "Das",
        "Dem",
        "Der",
        "Eine",
        "Einen",
        "Ein",
        "Alle",
        "Mehrere",
        "Im",
        "In",
        "Mit",
        "Über",
        "Für",
        "Zwei",
        "Drei",
        "Vier",
        "Fünf",
        "Täglich",
        "Monatlich",
    ];
    let adjective = ["e", "en", "er", "es"].iter().any(|e| first.ends_with(e))
        && words
            .get(1)
            .is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase))
        && !first.ends_with("ungen")
        && first.chars().count() > 3;
    if small.contains(&first) || adjective {
        format!("{}{}", first.to_lowercase(), &text[first.len()..])
    } else {
        text.to_owned()
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_keep_their_words() {
        let first = |bullet: &str, goes_on| {
            sentences(bullet, Some("Beispiel GmbH"), Some("Pflegefachkraft"), goes_on).leads[0].clone()
        };
        assert_eq!(
            first("Neue Mitarbeiter eingearbeitet", false),
            "Als Pflegefachkraft bei Beispiel GmbH habe ich neue Mitarbeiter eingearbeitet."
        );
        assert_eq!(
            first("Verantwortlich für 24 Betten", true),
            "Als Pflegefachkraft bei Beispiel GmbH bin ich verantwortlich für 24 Betten."
        );
        assert_eq!(
            first("Aufbau eines Wundteams", false),
            "Zu meinen Aufgaben als Pflegefachkraft bei Beispiel GmbH gehörte: Aufbau eines Wundteams."
        );
        assert_eq!(
            first("Kosten um 20 % gesenkt", false),
            "Als Pflegefachkraft bei Beispiel GmbH habe ich Kosten um 20 % gesenkt."
        );
    }
}
