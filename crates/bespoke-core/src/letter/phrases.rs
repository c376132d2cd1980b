//! The patterns of courtesy: sentences about the job and the wish to have it. None of them says anything about the person.
//!
//! `{title}`, `{a_title}`, `{company}`, `{duty}` and `{skills}` are words of the posting.

use super::{LetterLanguage, Tone};

/// The patterns of one language and tone, best known first.
pub(super) struct Phrases {
    /// Which job; with title and employer.
    pub opening: &'static [&'static str],
    /// The same where the posting names no employer.
    pub opening_title: &'static [&'static str],
    /// The same where it names no title.
    pub opening_company: &'static [&'static str],
    /// The same where it names neither.
    pub opening_bare: &'static [&'static str],
    /// A duty that the next sentences answer.
    pub duty: &'static [&'static str],
    /// Skills that the next sentences answer.
    pub skills: &'static [&'static str],
    /// The wish to talk.
    pub wish: &'static [&'static str],
    /// Thanks.
    pub thanks: &'static [&'static str],
    /// Before the name.
    pub closing: &'static str,
}

const EN_OPENING_TITLE: &[&str] = &[
    "I am applying for the position of {title}.",
    "I would like to apply for the {title} position that you have advertised.",
];
const EN_OPENING_COMPANY: &[&str] = &[
    "I am applying for the position that you have advertised at {company}.",
    "I would like to apply for the open position at {company}.",
];
const EN_OPENING_BARE: &[&str] = &[
    "I am applying for the position that you have advertised.",
    "I would like to apply for the position described in your posting.",
];

const EN_PLAIN: Phrases = Phrases {
    opening: &[
        "I am applying for the position of {title} at {company}.",
        "I would like to apply for the {title} position at {company}.",
        "Please consider me for the position of {title} at {company}.",
    ],
    opening_title: EN_OPENING_TITLE,
    opening_company: EN_OPENING_COMPANY,
    opening_bare: EN_OPENING_BARE,
    duty: &[
        "Your posting asks for someone to {duty}.",
        "One of the tasks you describe is to {duty}.",
        "Part of the position is to {duty}.",
        "The work you describe is also to {duty}.",
    ],
    skills: &[
        "Your posting asks for {skills}.",
        "You are looking for {skills}.",
        "Among your requirements I read {skills}.",
    ],
    wish: &[
        "I would be glad to tell you more in an interview.",
        "I would welcome the chance to discuss the position with you.",
        "If this is of interest to you, I would be glad to talk.",
    ],
    thanks: &[
        "Thank you for considering my application.",
        "Thank you for your time.",
        "Thank you for reading my application.",
    ],
    closing: "Kind regards,",
};

const EN_WARM: Phrases = Phrases {
    opening: &[
        "I was glad to find your posting for the position of {title} at {company}, and I would like to apply.",
        "Your posting for the {title} position at {company} made me want to write to you.",
        "When I read that {company} is looking for {a_title}, I wanted to apply.",
    ],
    opening_title: &[
        "I was glad to find your posting for the position of {title}, and I would like to apply.",
        "Your posting for the {title} position made me want to write to you.",
    ],
    opening_company: &[
        "I was glad to find your posting, and I would like to apply for the position at {company}.",
        "Your posting for {company} made me want to write to you.",
    ],
    opening_bare: &[
        "I was glad to find your posting, and I would like to apply.",
        "Your posting made me want to write to you.",
    ],
    duty: &[
        "I was pleased to read that part of the work is to {duty}.",
        "What drew me to your posting is that you need someone to {duty}.",
        "It also speaks to me that this person will {duty}.",
        "You mention as well that the work is to {duty}.",
    ],
    skills: &[
        "I noticed that you are hoping for {skills}.",
        "You mention {skills} in your posting.",
        "What you are looking for includes {skills}.",
    ],
    wish: &[
        "I would enjoy meeting you and hearing more about the work.",
        "It would be a pleasure to meet you and talk about the position.",
        "I would like to hear how your team works, and to answer whatever you would like to ask.",
    ],
    thanks: &[
        "Thank you for taking the time to read my letter.",
        "Many thanks for reading my application.",
        "Thank you for your time and for considering me.",
    ],
    closing: "Warm regards,",
};

const EN_CONFIDENT: Phrases = Phrases {
    opening: &[
        "You are looking for {a_title} at {company}, and I would like to be the person you choose.",
        "For the position of {title} at {company}, I would like to put the following in front of you.",
        "I want to be considered for the position of {title} at {company}, and here is why.",
    ],
    opening_title: &[
        "You are looking for {a_title}, and I would like to be the person you choose.",
        "I want to be considered for the position of {title}, and here is why.",
    ],
    opening_company: &[
        "You have a position to fill at {company}, and I would like to be the person you choose.",
        "I want to be considered for the position at {company}, and here is why.",
    ],
    opening_bare: &[
        "You have a position to fill, and I would like to be the person you choose.",
        "I want to be considered for this position, and here is why.",
    ],
    duty: &[
        "You need someone to {duty}.",
        "The position calls for someone to {duty}.",
        "Your next colleague will {duty}.",
        "You also want someone to {duty}.",
    ],
    skills: &[
        "You need {skills}.",
        "The position calls for {skills}.",
        "Your list names {skills}.",
    ],
    wish: &[
        "Let us talk about what the first months in this position should achieve.",
        "I look forward to discussing what you need and where I would begin.",
        "I am ready to go through any of this with you in an interview.",
    ],
    thanks: &[
        "Thank you for reading; I look forward to your answer.",
        "Thank you, and I look forward to hearing from you.",
    ],
    closing: "Best regards,",
};

const DE_OPENING_TITLE: &[&str] = &[
    "hiermit bewerbe ich mich um die Stelle „{title}“.",
    "auf Ihre Ausschreibung der Stelle „{title}“ bewerbe ich mich gern.",
];
const DE_OPENING_COMPANY: &[&str] = &["hiermit bewerbe ich mich um die ausgeschriebene Stelle bei {company}."];
const DE_OPENING_BARE: &[&str] = &["hiermit bewerbe ich mich um die ausgeschriebene Stelle."];

const DE_PLAIN: Phrases = Phrases {
    opening: &[
        "hiermit bewerbe ich mich um die Stelle „{title}“ bei {company}.",
        "ich bewerbe mich um die Stelle „{title}“ bei {company}.",
    ],
    opening_title: DE_OPENING_TITLE,
    opening_company: DE_OPENING_COMPANY,
    opening_bare: DE_OPENING_BARE,
    duty: &[
        "In Ihrer Ausschreibung nennen Sie unter anderem: „{duty}“.",
        "Zu der Stelle gehört laut Ausschreibung: „{duty}“.",
        "Außerdem beschreiben Sie: „{duty}“.",
    ],
    skills: &[
        "Sie suchen Kenntnisse in {skills}.",
        "In Ihrer Ausschreibung stehen {skills}.",
    ],
    wish: &[
        "Gern berichte ich Ihnen in einem Gespräch mehr.",
        "Über eine Einladung zu einem Gespräch freue ich mich.",
    ],
    thanks: &[
        "Vielen Dank, dass Sie meine Bewerbung prüfen.",
        "Vielen Dank für Ihre Zeit.",
    ],
    closing: "Mit freundlichen Grüßen",
};

const DE_WARM: Phrases = Phrases {
    opening: &[
        "über Ihre Ausschreibung der Stelle „{title}“ bei {company} habe ich mich gefreut und bewerbe mich gern.",
        "Ihre Ausschreibung der Stelle „{title}“ bei {company} hat mich angesprochen.",
    ],
    opening_title: &["über Ihre Ausschreibung der Stelle „{title}“ habe ich mich gefreut und bewerbe mich gern."],
    opening_company: &["über Ihre Ausschreibung bei {company} habe ich mich gefreut und bewerbe mich gern."],
    opening_bare: &["über Ihre Ausschreibung habe ich mich gefreut und bewerbe mich gern."],
    duty: &[
        "Besonders angesprochen hat mich diese Aufgabe: „{duty}“.",
        "Gern gelesen habe ich auch: „{duty}“.",
        "Sie beschreiben außerdem: „{duty}“.",
    ],
    skills: &[
        "Sie wünschen sich Kenntnisse in {skills}.",
        "In Ihrer Ausschreibung nennen Sie {skills}.",
    ],
    wish: &[
        "Ich freue mich, wenn wir uns persönlich kennenlernen.",
        "Gern erzähle ich Ihnen mehr und höre, wie Ihr Team arbeitet.",
    ],
    thanks: &[
        "Herzlichen Dank, dass Sie sich Zeit für meine Bewerbung nehmen.",
        "Herzlichen Dank für Ihre Zeit.",
    ],
    closing: "Mit herzlichen Grüßen",
};

const DE_CONFIDENT: Phrases = Phrases {
    opening: &[
        "Sie besetzen die Stelle „{title}“ bei {company}, und ich möchte Sie überzeugen.",
        "für die Stelle „{title}“ bei {company} möchte ich Ihnen zeigen, was ich bisher getan habe.",
    ],
    opening_title: &["Sie besetzen die Stelle „{title}“, und ich möchte Sie überzeugen."],
    opening_company: &["Sie besetzen eine Stelle bei {company}, und ich möchte Sie überzeugen."],
    opening_bare: &["Sie besetzen eine Stelle, und ich möchte Sie überzeugen."],
    duty: &[
        "Sie brauchen jemanden für diese Aufgabe: „{duty}“.",
        "Auch das gehört dazu: „{duty}“.",
        "Weiter verlangt die Stelle: „{duty}“.",
    ],
    skills: &["Sie brauchen Kenntnisse in {skills}.", "Verlangt sind {skills}."],
    wish: &[
        "Lassen Sie uns darüber sprechen, was in den ersten Monaten erreicht werden soll.",
        "Im Gespräch gehe ich gern auf jeden dieser Punkte ein.",
    ],
    thanks: &["Vielen Dank; ich freue mich auf Ihre Antwort."],
    closing: "Mit besten Grüßen",
};

/// The patterns of a language and tone.
pub(super) fn phrases(language: LetterLanguage, tone: Tone) -> &'static Phrases {
    match (language, tone) {
        (LetterLanguage::English, Tone::Plain) => &EN_PLAIN,
        (LetterLanguage::English, Tone::Warm) => &EN_WARM,
        (LetterLanguage::English, Tone::Confident) => &EN_CONFIDENT,
        (LetterLanguage::German, Tone::Plain) => &DE_PLAIN,
        (LetterLanguage::German, Tone::Warm) => &DE_WARM,
        (LetterLanguage::German, Tone::Confident) => &DE_CONFIDENT,
    }
}

/// Every tone.
pub(super) const TONES: [Tone; 3] = [Tone::Plain, Tone::Warm, Tone::Confident];

/// Puts words into the slots of a pattern.
pub(super) fn fill(pattern: &str, slots: &[(&str, &str)]) -> String {
    let mut out = pattern.to_owned();
    for (slot, words) in slots {
        out = out.replace(&format!("{{{slot}}}"), words);
    }
    out
}

/// "A", "A and B", "A, B and C" in a language.
pub(super) fn list(language: LetterLanguage, words: &[&str]) -> String {
    let and = match language {
        LetterLanguage::English => "and",
        LetterLanguage::German => "und",
    };
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pattern_is_a_stock_phrase() {
        let cliches = include_str!("../../../../data/words/cliches.txt");
        let buzz = include_str!("../../../../data/words/buzzwords.txt");
        let listed: Vec<&str> = cliches
            .lines()
            .chain(buzz.lines())
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .collect();
        for language in [LetterLanguage::English, LetterLanguage::German] {
            for tone in TONES {
                let p = phrases(language, tone);
                for pattern in [
                    p.opening,
                    p.opening_title,
                    p.opening_company,
                    p.opening_bare,
                    p.duty,
                    p.skills,
                    p.wish,
                    p.thanks,
                ]
                .concat()
                {
                    let folded = format!(" {} ", crate::text::words(pattern).join(" "));
                    for phrase in &listed {
                        assert!(!folded.contains(&format!(" {phrase} ")), "{pattern}: {phrase}");
                    }
                    assert!(pattern.ends_with('.'), "{pattern}");
                }
            }
        }
    }
}
