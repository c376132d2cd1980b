//! Spelling and grammar leave clean people alone: at most one false alarm a page.

mod people;

use bespoke_core::audit::{Strictness, Subject, audit};
use bespoke_core::{ingest, parse};
use people::{fixture, people};

fn alarms(subject: &Subject<'_>) -> Vec<String> {
    let found = audit(subject, Strictness::Strict).findings;
    let language = found
        .into_iter()
        .filter(|f| matches!(f.check.as_str(), "spelling" | "grammar" | "loose-punctuation"));
    language.map(|f| f.message).collect()
}

#[test]
fn people_as_typed_give_at_most_a_false_alarm_each() {
    let mut wrong = Vec::new();
    for (name, resume) in people() {
        let subject = Subject {
            document: None,
            resume: &resume,
            file_name: None,
            today: None,
        };
        let found = alarms(&subject);
        if found.len() > 1 {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_of_the_corpus_give_at_most_a_false_alarm_a_page() {
    let mut pages = 0;
    let mut all = Vec::new();
    let mut over = Vec::new();
    for entry in std::fs::read_dir(fixture("corpus/files")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(document) = ingest::ingest(&std::fs::read(&path).unwrap(), Some(&name)) else {
            continue;
        };
        let resume = parse::parse(&document).resume;
        let subject = Subject {
            document: Some(&document),
            resume: &resume,
            file_name: Some(&name),
            today: None,
        };
        let found = alarms(&subject);
        let sheets = document.pages.len().max(1);
        pages += sheets;
        if found.len() > sheets {
            over.push(format!("{name}, {sheets} pages: {found:?}"));
        }
        all.extend(found);
    }
    assert!(pages > 30, "{pages}");
    assert!(
        all.len() <= pages && over.is_empty(),
        "{} on {pages} pages\n{}",
        all.len(),
        over.join("\n")
    );
}

#[test]
fn slips_of_the_hand_are_found() {
    let (mut found, mut all) = (0, 0);
    let mut missed = Vec::new();
    for (_, resume) in people() {
        for (w, work) in resume.work.iter().enumerate() {
            for (b, bullet) in work.highlights.iter().enumerate() {
                let long = |word: &&str| word.len() >= 7 && word.bytes().all(|c| c.is_ascii_lowercase());
                let Some(word) = bullet.text.value.split(' ').find(long) else {
                    continue;
                };
                // The third and fourth letters change places, or the fourth is left out.
                let (head, tail) = word.split_at(3);
                let slip = if all % 2 == 0 && head[2..] != tail[..1] {
                    format!("{}{}{}{}", &head[..2], &tail[..1], &head[2..], &tail[1..])
                } else {
                    format!("{head}{}", &tail[1..])
                };
                let mut spoilt = resume.clone();
                spoilt.work[w].highlights[b].text.value = bullet.text.value.replacen(word, &slip, 1);
                let subject = Subject {
                    document: None,
                    resume: &spoilt,
                    file_name: None,
                    today: None,
                };
                all += 1;
                if alarms(&subject).iter().any(|m| m.contains(&slip)) {
                    found += 1;
                } else {
                    missed.push(slip);
                }
            }
        }
    }
    println!("{found} of {all} slips found, missed {missed:?}");
    assert!(all > 80 && found * 10 >= all * 8, "{found} of {all}, missed {missed:?}");
}
