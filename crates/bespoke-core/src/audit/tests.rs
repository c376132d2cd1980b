//! Every check finds its fault and leaves a clean résumé alone.

use super::*;
use crate::resume::{Bullet, Field, SkillGroup, Work};

fn bullet(text: &str) -> Bullet {
    Bullet {
        id: Id::default(),
        text: Field::typed(text.into()),
        level: 0,
    }
}

fn text(value: &str) -> Option<Text> {
    Some(Field::typed(value.into()))
}

fn job(position: &str, company: &str, start: &str, end: Option<&str>, bullets: &[&str]) -> Work {
    Work {
        id: Id::default(),
        company: text(company),
        position: text(position),
        location: None,
        url: None,
        start: Some(Field::typed(start.parse().expect("a date"))),
        end: Some(Field::typed(end.map_or(crate::date::End::Present, |e| {
            crate::date::End::Date(e.parse().expect("a date"))
        }))),
        summary: None,
        highlights: bullets.iter().map(|b| bullet(b)).collect(),
    }
}

fn clean() -> Resume {
    let mut resume = Resume::default();
    resume.contact.name = text("Ana Example");
    resume.contact.email = text("ana@example.org");
    resume.contact.phone = text("+1 555 0100");
    resume.contact.location = Some(crate::resume::Location {
        text: text("Lisbon, Portugal"),
        ..crate::resume::Location::default()
    });
    resume.work = vec![
        job(
            "Analyst",
            "North Mill",
            "2020-03",
            None,
            &["Cut reporting time by 30 % with SQL", "Trained 12 colleagues in Python"],
        ),
        job(
            "Clerk",
            "South Mill",
            "2016-01",
            Some("2020-02"),
            &[
                "Entered 400 invoices a week without error",
                "Rebuilt the filing plan in 3 months",
            ],
        ),
    ];
    resume.education = vec![crate::resume::Education {
        id: Id::default(),
        institution: text("University of Lisbon"),
        study_type: text("Bachelor"),
        area: text("Economics"),
        location: None,
        start: None,
        end: None,
        score: None,
        courses: Vec::new(),
        highlights: Vec::new(),
    }];
    resume.skills = vec![SkillGroup {
        id: Id::default(),
        name: None,
        keywords: vec![Field::typed("SQL".into()), Field::typed("Python".into())],
        level: None,
    }];
    resume.assign_ids();
    resume
}

fn found(resume: &Resume) -> Vec<String> {
    let subject = Subject {
        document: None,
        resume,
        file_name: None,
        today: Some(PartialDate::month(2026, 6)),
    };
    audit(&subject, Strictness::Strict)
        .findings
        .into_iter()
        .map(|f| f.check)
        .collect()
}

#[test]
fn a_clean_resume_has_only_the_missing_summary() {
    assert_eq!(found(&clean()), ["no-summary"]);
}

#[test]
fn each_fault_is_found() {
    type Spoil = fn(&mut Resume);
    let cases: &[(&str, Spoil)] = &[
        ("no-name", |r| r.contact.name = None),
        ("no-email", |r| r.contact.email = None),
        ("no-phone", |r| r.contact.phone = None),
        ("no-location", |r| r.contact.location = None),
        ("no-skills", |r| r.skills.clear()),
        ("no-education", |r| r.education.clear()),
        ("job-without-dates", |r| (r.work[0].start, r.work[0].end) = (None, None)),
        ("job-incomplete", |r| r.work[1].company = None),
        ("date-formats-mixed", |r| {
            r.work[0].start = Some(Field::typed(PartialDate::year(2020)))
        }),
        ("dates-reversed", |r| {
            r.work[1].start = Some(Field::typed(PartialDate::year(2024)))
        }),
        ("dates-in-future", |r| {
            r.work[0].start = Some(Field::typed(PartialDate::year(2031)))
        }),
        ("gap", |r| {
            r.work[0].start = Some(Field::typed(PartialDate::month(2023, 1)))
        }),
        ("no-numbers", |r| {
            r.work[0].highlights = vec![bullet("Cut reporting time"), bullet("Trained colleagues in 2021")]
        }),
        ("weak-opening", |r| {
            r.work[0].highlights.push(bullet("Responsible for 3 stores"))
        }),
        ("buzzwords", |r| {
            r.work[0].highlights.push(bullet("Led a results-driven team of 4"))
        }),
        ("cliches", |r| {
            r.work[0]
                .highlights
                .push(bullet("Went above and beyond for 40 clients"))
        }),
        ("fillers", |r| {
            r.work[0].highlights.push(bullet("Moved various files to 2 servers"))
        }),
        ("first-person", |r| {
            r.work[0].highlights.push(bullet("Wrote 3 reports for my director"))
        }),
        ("passive", |r| {
            r.work[0].highlights.push(bullet("Reports were developed for 3 teams"))
        }),
        ("tense", |r| r.work[1].highlights.push(bullet("Manage 3 stores"))),
        ("duplicate-bullets", |r| {
            r.work[0].highlights.push(bullet("Trained 12 colleagues in Python"))
        }),
        ("long-bullet", |r| {
            r.work[0].highlights.push(bullet(&"word 7 ".repeat(30)))
        }),
        ("short-bullet", |r| r.work[0].highlights.push(bullet("Filing"))),
        ("duplicate-skills", |r| {
            r.skills[0].keywords.push(Field::typed("sql".into()))
        }),
        ("skill-never-shown", |r| {
            r.skills[0].keywords.push(Field::typed("Tableau".into()))
        }),
        ("rated-skills", |r| {
            r.skills[0].keywords.push(Field::typed("Excel 80%".into()))
        }),
        ("unprofessional-email", |r| {
            r.contact.email = text("partyqueen@example.org")
        }),
        ("objective", |r| r.summary = text("Seeking a position in finance")),
        ("long-summary", |r| r.summary = text(&"word ".repeat(95))),
        ("repeated-word", |r| {
            r.work[0].highlights.push(bullet("Moved the the 3 servers"))
        }),
        ("empty-job", |r| r.work[0].highlights.clear()),
        ("spelling", |r| {
            r.work[0].highlights.push(bullet("Cut managment reports to 3"))
        }),
        ("grammar", |r| {
            r.work[0]
                .highlights
                .push(bullet("Assisted the store manger of 3 shops"))
        }),
        ("grammar", |r| r.work[0].highlights.push(bullet("Saved 3 teams a hour"))),
        ("loose-punctuation", |r| {
            r.work[0].highlights.push(bullet("Ran 3 stores , all busy"))
        }),
    ];
    for (check, spoil) in cases {
        let mut resume = clean();
        spoil(&mut resume);
        resume.assign_ids();
        assert!(
            found(&resume).iter().any(|f| f == check),
            "{check}: {:?}",
            found(&resume)
        );
    }
}

#[test]
fn parts_add_up_and_more_faults_never_raise_the_score() {
    let mut resume = clean();
    let mut last = 101.0;
    for text in [
        "Responsible for 3 stores",
        "Helped 2 teams",
        "Wrote 3 reports for my director",
    ] {
        resume.work[0].highlights.push(bullet(text));
        resume.assign_ids();
        let subject = Subject {
            document: None,
            resume: &resume,
            file_name: None,
            today: None,
        };
        let judged = audit(&subject, Strictness::Lenient);
        let sum: f64 = judged.score.parts.iter().map(|p| p.points).sum();
        assert!((sum - judged.score.total).abs() < 1e-9);
        assert!(judged.score.total <= last);
        last = judged.score.total;
    }
}

#[test]
fn ids_are_unique_and_named_after_faults() {
    let mut ids: Vec<&str> = CHECKS.iter().map(|c| c.id).collect();
    assert!(ids.len() >= 60, "{}", ids.len());
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for check in CHECKS {
        assert!(
            check.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "{}",
            check.id
        );
        assert!(check.why.ends_with('.') && check.fix.ends_with('.'), "{}", check.id);
    }
}

#[test]
fn checks_page_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/checks.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, reference()).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        page,
        reference(),
        "docs/checks.md is stale: UPDATE=1 cargo test -p bespoke-core checks_page"
    );
}

#[test]
fn what_a_machine_can_mend_is_mended_and_found_no_more() {
    let cases: &[(&str, &str, &str)] = &[
        ("spelling", "Cut managment reports to 3", "Cut management reports to 3"),
        (
            "grammar",
            "Assisted the store manger of 3 shops",
            "Assisted the store manager of 3 shops",
        ),
        ("grammar", "Saved 3 teams a hour", "Saved 3 teams an hour"),
        ("loose-punctuation", "Ran 3 stores , all busy", "Ran 3 stores, all busy"),
        ("punctuation", "Ran 3 stores,, all busy", "Ran 3 stores, all busy"),
        ("repeated-word", "Moved the the 3 servers", "Moved the 3 servers"),
        ("bullet-case-mixed", "moved 3 servers", "Moved 3 servers"),
        (
            "fillers",
            "Moved various files to 2 servers",
            "Moved files to 2 servers",
        ),
        (
            "fillers",
            "Wrote 3 scripts in order to count stock",
            "Wrote 3 scripts to count stock",
        ),
        ("fillers", "Successfully moved 2 servers", "Moved 2 servers"),
        ("first-person", "I trained 4 clerks", "Trained 4 clerks"),
        ("weak-opening", "Responsible for managing 5 stores", "Managed 5 stores"),
        ("tense", "Manage 3 stores", "Managed 3 stores"),
    ];
    for (check, spoilt, mended) in cases {
        let mut resume = clean();
        resume.work[1].highlights.push(bullet(spoilt));
        resume.assign_ids();
        let findings = judged(&resume).findings;
        let own: Vec<&Finding> = findings.iter().filter(|f| f.check == *check).collect();
        assert!(
            !own.is_empty() && own.iter().all(|f| f.change.is_some()),
            "{check}: {findings:?}"
        );
        let fixed = fix(&resume, own.iter().copied());
        assert_eq!(fixed.skipped, [], "{check}");
        assert_eq!(
            fixed.resume.work[1].highlights.last().unwrap().text.value,
            *mended,
            "{check}"
        );
        assert!(
            !found(&fixed.resume).iter().any(|f| f == check),
            "{check} is still found"
        );
    }
}

fn judged(resume: &Resume) -> Audit {
    let subject = Subject {
        document: None,
        resume,
        file_name: None,
        today: Some(PartialDate::month(2026, 6)),
    };
    audit(&subject, Strictness::Strict)
}

#[test]
fn fixes_of_one_text_go_together() {
    let mut resume = clean();
    resume.work[0].highlights.push(bullet(
        "Responsible for managing the the managment of 3 stores , all busy",
    ));
    resume.work[0]
        .highlights
        .push(bullet("Trained 12 colleagues in Python"));
    resume.skills[0].keywords.insert(0, Field::typed("Sql".into()));
    resume.skills[0].keywords.push(Field::typed("sql".into()));
    resume.assign_ids();
    let before = judged(&resume);
    let fixable: Vec<&Finding> = before.findings.iter().filter(|f| f.edit.is_some()).collect();
    let fixed = fix(&resume, fixable.iter().copied());
    assert_eq!(fixed.skipped, []);
    assert_eq!(fixed.applied.len(), fixable.len());
    let texts: Vec<&str> = fixed.resume.work[0]
        .highlights
        .iter()
        .map(|b| b.text.value.as_str())
        .collect();
    assert_eq!(texts[2], "Manage the management of 3 stores, all busy");
    assert_eq!(texts.len(), 3, "the bullet that stood twice stands once");
    let skills: Vec<&str> = fixed.resume.skills[0]
        .keywords
        .iter()
        .map(|k| k.value.as_str())
        .collect();
    assert_eq!(skills, ["Sql", "Python"]);
    let after = judged(&fixed.resume);
    assert!(after.findings.iter().all(|f| f.edit.is_none()), "{:?}", after.findings);
    assert!(after.score.total > before.score.total);
}

#[test]
fn a_fix_whose_words_have_changed_is_named_and_left_out() {
    let mut resume = clean();
    resume.work[0].highlights.push(bullet("Cut managment reports to 3"));
    resume.assign_ids();
    let findings = judged(&resume).findings;
    let spelling = findings.iter().find(|f| f.check == "spelling").unwrap();
    let no_fix = findings.iter().find(|f| f.check == "no-summary").unwrap();
    resume.work[0].highlights[2].text.value = "Cut reports to 3".into();
    let fixed = fix(&resume, [spelling, no_fix]);
    assert_eq!((fixed.applied.len(), fixed.skipped.len()), (0, 2));
    assert_eq!(fixed.resume, resume);
    let mut ids: Vec<&str> = findings.iter().map(|f| f.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), findings.len(), "each finding has an id of its own");
}
