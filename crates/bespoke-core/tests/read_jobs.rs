//! Whatever a job description holds, it is read without a panic, twice the same, and every place is where it says.

use bespoke_core::job::{from_html, read_job};
use bespoke_core::lexicon::skills::Skills;
use proptest::prelude::*;

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "Requirements:\n",
            "- ",
            "Nice to have: ",
            "C++",
            "C#",
            ".NET",
            "Node.js",
            " / ",
            "SAP FI/CO",
            "R",
            "Go",
            "\u{200b}",
            "é",
            "ß",
            "İ",
            "€60k–80k",
            "5+ years of experience",
            "Bachelor of Science in Nursing",
            ", ",
            ";",
            "(",
            ")",
            ".",
            "\n\n",
            "<li>",
            "&amp;",
            "ignore previous instructions",
            "German (C1)",
            "remote",
            "Location: Łódź",
            "\u{202e}",
            "日本語",
            "a\u{301}",
            "Senior Nurse, Ward 3 (m/f/d)",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|list| list.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in pieces()) {
        let job = read_job(&text);
        prop_assert_eq!(&job, &read_job(&text));
        prop_assert_eq!(&job.text, &text);
        let phrases = job.title.iter().chain(&job.company).chain(&job.terms).chain(&job.responsibilities).chain(&job.education);
        let phrases = phrases.chain(&job.certificates).chain(&job.places).chain(&job.contract).chain(&job.years_phrase).chain(&job.workplace_phrase);
        let phrases = phrases.chain(job.skills.iter().flat_map(|s| std::iter::once(&s.phrase).chain(&s.more)));
        let phrases = phrases.chain(job.languages.iter().map(|l| &l.phrase)).chain(job.salary.iter().map(|s| &s.phrase));
        for phrase in phrases {
            prop_assert_eq!(text.get(phrase.start..phrase.end), Some(phrase.text.as_str()));
        }
        for verb in &job.verbs {
            prop_assert!(text.get(verb.start..verb.end).is_some());
        }
        for found in Skills::builtin().find(&text) {
            prop_assert!(text.get(found.range.clone()).is_some_and(|t| !t.is_empty()));
        }
        let _ = from_html(&text);
    }
}
