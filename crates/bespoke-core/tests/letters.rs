//! Letters of every person to five jobs: nothing without evidence, no empty phrases, the same letter twice.

mod people;

use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::letter::{Length, Letter, LetterLanguage, Note, ParagraphKind, Sentence, Tone, Wish, check, write};
use bespoke_core::resume::Resume;
use bespoke_core::tailor::Closeness;
use people::{fixture, people};

struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

fn job(name: &str) -> JobPosting {
    read_job(&std::fs::read_to_string(fixture(&format!("jobs/{name}.txt"))).unwrap())
}

fn jobs() -> Vec<JobPosting> {
    [
        "backend-engineer",
        "financial-analyst",
        "icu-nurse",
        "account-executive",
        "operations-manager",
    ]
    .map(job)
    .into()
}

fn person(name: &str) -> Resume {
    people::load(
        &serde_json::from_str(&std::fs::read_to_string(fixture(&format!("letters/{name}.json"))).unwrap()).unwrap(),
    )
}

fn everybody() -> Vec<(String, Resume)> {
    let mut all = people();
    all.extend(["electrician_us", "teacher_uk", "pflege_de"].map(|name| (name.to_owned(), person(name))));
    all
}

#[test]
fn no_letter_says_what_the_resume_does_not() {
    let tones = [Tone::Plain, Tone::Warm, Tone::Confident];
    let lengths = [Length::Full, Length::Medium, Length::Short];
    let jobs = jobs();
    // Every person with one of the jobs in each language; `make eval` takes all of them.
    for (n, (name, resume)) in everybody().into_iter().enumerate() {
        for (k, language) in [LetterLanguage::English, LetterLanguage::German]
            .into_iter()
            .enumerate()
        {
            let job = &jobs[(n + k) % jobs.len()];
            let wish = Wish {
                tone: tones[(n + k) % 3],
                length: lengths[n % 3],
                language: Some(language),
                ..Wish::default()
            };
            let letter = write(&resume, &[], job, &wish, &Unmeasured);
            let faults = check(&resume, &[], job, &letter);
            assert!(
                faults.is_empty(),
                "{name} → {:?}: {faults:#?}\n{}",
                job.title,
                shown(&letter)
            );
            let backed = letter.sentences().filter(|s| !s.evidence.is_empty()).count();
            assert!(backed >= 2, "{name}: {}", shown(&letter));
            assert!(
                !letter.notes.contains(&Note::LittleEvidence),
                "{name}: {}",
                shown(&letter)
            );
        }
    }
    let (_, resume) = people().into_iter().next().unwrap();
    let again = || write(&resume, &[], &jobs[0], &Wish::default(), &Unmeasured);
    assert_eq!(again(), again());
}

fn shown(letter: &Letter) -> String {
    letter
        .paragraphs
        .iter()
        .map(|p| p.text())
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[test]
fn every_claim_names_words_of_the_resume() {
    for (_, resume) in everybody().into_iter().step_by(4) {
        let text = serde_json::to_string(&resume).unwrap();
        for sentence in write(
            &resume,
            &[],
            &job("icu-nurse"),
            &Wish {
                length: Length::Full,
                ..Wish::default()
            },
            &Unmeasured,
        )
        .sentences()
        {
            for proof in sentence.evidence.iter().filter(|p| p.id.is_some()) {
                let quoted = serde_json::to_string(&proof.quote).unwrap();
                assert!(text.contains(quoted.trim_matches('"')), "{quoted}");
            }
        }
    }
}

#[test]
fn what_is_invented_into_a_letter_is_found() {
    let (_, nurse) = people().into_iter().nth(1).unwrap();
    let job = job("icu-nurse");
    let letter = write(&nurse, &[], &job, &Wish::default(), &Unmeasured);
    for invented in [
        "I led a team of 90 surgeons.",
        "I have managed ventilated patients at the Mayo Clinic.",
        "I hold a doctorate in nursing.",
        "I am applying for the position of Registered Nurse at St. Brannock Medical Center and ran its ICU for ten years.",
        "My experience includes Kubernetes and Terraform.",
        "Cared for 14 critically ill patients per shift.",
    ] {
        let mut forged = letter.clone();
        forged.paragraphs[1].sentences.push(Sentence {
            text: invented.into(),
            ..Sentence::default()
        });
        assert!(!check(&nurse, &[], &job, &forged).is_empty(), "{invented}");
        // Hidden at the end of a sentence of ours.
        let mut forged = letter.clone();
        let first = &mut forged.paragraphs[0].sentences[0].text;
        *first = format!("{first} {invented}");
        assert!(!check(&nurse, &[], &job, &forged).is_empty(), "{invented}");
        let mut forged = letter.clone();
        forged.subject = invented.into();
        assert!(!check(&nurse, &[], &job, &forged).is_empty(), "{invented}");
    }
    // A German letter takes no sentence that only looks like one of its own.
    let german = Wish {
        language: Some(LetterLanguage::German),
        ..Wish::default()
    };
    let pflege = person("pflege_de");
    let ad = self::job("pflegefachkraft");
    let mut forged = write(&pflege, &[], &ad, &german, &Unmeasured);
    forged.paragraphs[1].sentences[0].text =
        "Dort habe ich auch 40 neue Kolleginnen und Kollegen eingearbeitet.".into();
    assert!(!check(&pflege, &[], &ad, &forged).is_empty());
    forged.paragraphs[1].sentences[0].text = "Zu meinen Kenntnissen zählen Intensivpflege und Kubernetes.".into();
    assert!(!check(&pflege, &[], &ad, &forged).is_empty());
}

#[test]
fn a_letter_has_its_parts_and_no_opening_twice_in_a_row() {
    for (name, resume) in everybody().into_iter().skip(1).step_by(4) {
        for (wish, evidence) in [(Length::Short, 1), (Length::Medium, 2), (Length::Full, 3)] {
            let letter = write(
                &resume,
                &[],
                &job("operations-manager"),
                &Wish {
                    length: wish,
                    ..Wish::default()
                },
                &Unmeasured,
            );
            let parts: Vec<ParagraphKind> = letter.paragraphs.iter().map(|p| p.part).collect();
            assert_eq!(
                (parts[0], *parts.last().unwrap()),
                (ParagraphKind::Opening, ParagraphKind::Closing)
            );
            assert!(
                parts.iter().filter(|p| **p == ParagraphKind::Evidence).count() <= evidence,
                "{name}"
            );
            let words = shown(&letter).split_whitespace().count();
            assert!((40..420).contains(&words), "{name}: {words} words");
            let begins: Vec<String> = letter
                .sentences()
                .map(|s| s.text.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
                .collect();
            for pair in begins.windows(2) {
                assert_ne!(pair[0], pair[1], "{name}: {}", shown(&letter));
            }
        }
    }
}

#[test]
fn tones_lengths_and_variants_differ() {
    let (_, resume) = people().into_iter().next().unwrap();
    let job = job("backend-engineer");
    let with = |wish: Wish| shown(&write(&resume, &[], &job, &wish, &Unmeasured));
    let plain = with(Wish::default());
    assert_ne!(
        plain,
        with(Wish {
            tone: Tone::Warm,
            ..Wish::default()
        })
    );
    assert_ne!(
        plain,
        with(Wish {
            tone: Tone::Confident,
            ..Wish::default()
        })
    );
    assert_ne!(
        plain,
        with(Wish {
            variant: 1,
            ..Wish::default()
        })
    );
    let words = |length| {
        with(Wish {
            length,
            ..Wish::default()
        })
        .split_whitespace()
        .count()
    };
    assert!(words(Length::Short) < words(Length::Medium) && words(Length::Medium) < words(Length::Full));
}

#[test]
fn a_degree_to_come_is_not_held() {
    let (_, resume) = people().into_iter().nth(9).unwrap();
    let school = &resume.education[0];
    let degree = school.study_type.as_ref().unwrap().value.clone();
    let at = |today: &str| {
        let wish = Wish {
            length: Length::Full,
            today: today.parse().ok(),
            ..Wish::default()
        };
        shown(&write(&resume, &[], &job("backend-engineer"), &wish, &Unmeasured))
    };
    assert!(at("2030-01").contains(&degree), "{}", at("2030-01"));
    assert!(!at("2010-01").contains(&degree), "{}", at("2010-01"));
}

#[test]
fn a_model_may_reword_what_is_shown_and_nothing_else() {
    use bespoke_core::letter::model::{request, reword};
    use bespoke_core::tailor::Author;
    use bespoke_core::tailor::model::Wording;
    let (nurse, job) = (person("electrician_us"), job("operations-manager"));
    let letter = write(&nurse, &[], &job, &Wish::default(), &Unmeasured);
    let (n, m, told) = letter
        .paragraphs
        .iter()
        .enumerate()
        .flat_map(|(n, p)| p.sentences.iter().enumerate().map(move |(m, s)| (n, m, p, s)))
        .find(|(.., p, s)| p.part == ParagraphKind::Evidence && !s.evidence.is_empty())
        .map(|(n, m, _, s)| (n, m, s.text.clone()))
        .expect("a claim");
    let body = request("some-model", &letter).expect("claims").to_string();
    let name = &nurse.contact.name.as_ref().expect("a name").value;
    assert!(body.contains(&format!("p{n}s{m}")) && !body.contains(name) && !body.contains(&letter.salutation));
    let say = |id: &str, text: &str| {
        let wording = Wording {
            id: id.into(),
            text: text.into(),
        };
        reword(&nurse, &[], &job, &letter, &[wording])
    };
    let id = format!("p{n}s{m}");
    // The line of the résumé itself, told by the person.
    let quote = letter.paragraphs[n].sentences[m].evidence[0].quote.clone();
    let plain = format!("I {}{}.", quote[..1].to_lowercase(), quote[1..].trim_end_matches('.'));
    let done = say(&id, &plain);
    assert_eq!((done.worded, done.refused), (1, 0), "{told} → {plain}");
    let sentence = &done.letter.paragraphs[n].sentences[m];
    assert_eq!(
        (sentence.text.as_str(), sentence.author),
        (plain.as_str(), Author::Model)
    );
    assert!(!sentence.evidence.is_empty() && check(&nurse, &[], &job, &done.letter).is_empty());
    for (id, lie) in [
        (
            id.as_str(),
            "I was named Electrician of the Year by the White House in 2019.",
        ),
        (id.as_str(), "I led 400 people at NASA and hold a PhD."),
        (id.as_str(), "No full stop"),
        ("p0s0", "I am the best."),
        ("p99s0", "I am nowhere."),
    ] {
        let done = say(id, lie);
        assert_eq!((done.worded, done.refused), (0, 1), "{lie}");
        assert_eq!(done.letter, letter, "{lie}");
    }
}
