//! The gate of a letter: what is no courtesy of ours and repeats no line of the résumé needs evidence.

use super::claims::{claims_of, degrees, german_who};
use super::compose::{GERMAN_SKILLS, a_title, company_of, duty_words, title_of};
use super::phrases::{TONES, fill, list, phrases};
use super::select::entries;
use super::{Letter, LetterLanguage};
use crate::evidence::{Fact, Gate, Violation, ViolationKind};
use crate::job::JobPosting;
use crate::matching::Matcher;
use crate::resume::{Field, Resume};
use crate::tailor::Closeness;
use std::collections::HashSet;

/// Closeness plays no part in what may be said.
struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

/// What a letter says without evidence, wherever its text comes from; an empty list lets it be sent. A sentence passes
/// where it is one of our courtesies filled with words of this posting, where it repeats a line of the résumé in one of
/// our frames, or where the evidence gate finds nothing in it that the résumé and the confirmed facts do not show.
pub fn check(resume: &Resume, facts: &[Fact], job: &JobPosting, letter: &Letter) -> Vec<Violation> {
    let known = known(resume, job, letter.language);
    let gate = Gate::new(resume, facts);
    let mut out = Vec::new();
    let mut judge = |text: &str| {
        let mut said = resume.clone();
        said.summary = Some(Field::typed(text.to_owned()));
        for fault in gate.check(&said) {
            if !out.contains(&fault) {
                out.push(fault);
            }
        }
    };
    for sentence in letter.sentences() {
        let mut rest = sentence.text.trim();
        while !rest.is_empty() {
            let ours = known
                .iter()
                .filter(|k| rest.starts_with(k.as_str()))
                .map(String::len)
                .max()
                .or_else(|| names_skills(rest, job, letter.language));
            let length = ours.unwrap_or_else(|| {
                let length = sentence_length(rest);
                match rest[..length].strip_prefix(GERMAN_SKILLS) {
                    // The gate reads names of skills in any language.
                    Some(skills) => skills
                        .trim_end_matches('.')
                        .split(", ")
                        .flat_map(|s| s.split(" und "))
                        .for_each(&mut judge),
                    None => judge(&rest[..length]),
                }
                length
            });
            rest = rest[length..].trim_start();
        }
    }
    if letter.subject != super::compose::subject(letter.language, job) && !letter.subject.trim().is_empty() {
        judge(&letter.subject);
    }
    // They address the reader; a fact about the writer has no place there.
    for line in [&letter.salutation, &letter.closing] {
        if line.chars().count() > 80 || line.bytes().any(|b| b.is_ascii_digit()) {
            let message =
                "Greetings are one short line without numbers; what you want to say belongs into a paragraph."
                    .to_owned();
            out.push(Violation {
                kind: ViolationKind::Claim,
                text: line.clone(),
                id: None,
                message,
            });
        }
    }
    out
}

/// Bytes of a sentence that only names skills of the posting.
fn names_skills(text: &str, job: &JobPosting, language: LetterLanguage) -> Option<usize> {
    let and = list(language, &["", ""]);
    TONES
        .iter()
        .flat_map(|tone| phrases(language, *tone).skills)
        .find_map(|pattern| {
            let (before, after) = pattern.split_once("{skills}")?;
            let inner = text.strip_prefix(before)?;
            let end = inner.find(after)?;
            let mut names = inner[..end].split(", ").flat_map(|n| n.split(and.as_str()));
            let whole = |n: &str| job.skills.iter().any(|s| s.name.to_lowercase() == n.to_lowercase());
            (whole(&inner[..end]) || names.all(whole)).then_some(before.len() + end + after.len())
        })
}

/// Bytes up to the end of the first sentence.
fn sentence_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, c)| *c);
        let ends = matches!(c, '!' | '?' | '\n')
            || c == '.' && {
                let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
                word.chars().count() > 3
            };
        if ends && next.is_none_or(char::is_whitespace) {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// Every sentence that we write and that states nothing but the posting's own words or a line of the résumé.
fn known(resume: &Resume, job: &JobPosting, language: LetterLanguage) -> HashSet<String> {
    let mut out = HashSet::new();
    let (title, company) = (title_of(job).unwrap_or_default(), company_of(job).unwrap_or_default());
    let a_title = a_title(title);
    let slots = [("title", title), ("company", company), ("a_title", a_title.as_str())];
    for tone in TONES {
        let p = phrases(language, tone);
        let plain = [
            p.opening,
            p.opening_title,
            p.opening_company,
            p.opening_bare,
            p.wish,
            p.thanks,
        ]
        .concat();
        out.extend(plain.iter().map(|pattern| fill(pattern, &slots)));
        for duty in job
            .responsibilities
            .iter()
            .filter_map(|d| duty_words(language, &d.text))
        {
            out.extend(p.duty.iter().map(|pattern| fill(pattern, &[("duty", &duty)])));
        }
    }
    out.extend(degrees(language, resume));
    let of = super::language_of(resume);
    if language == LetterLanguage::English && of == "en" {
        // Whatever an English letter says about the person, the gate can read.
        return out;
    }
    let own = of == language.tag();
    let matcher = Matcher::new(job, &Unmeasured);
    for entry in entries(resume, &matcher, false) {
        for told in &entry.bullets {
            for first in [true, false] {
                out.extend(claims_of(language, own, &entry, told, first));
            }
        }
    }
    if language == LetterLanguage::German {
        german(resume, &mut out);
    }
    out
}

/// The other German sentences that repeat the résumé word for word.
fn german(resume: &Resume, out: &mut HashSet<String>) {
    for work in resume.work.iter().take(1) {
        let goes_on = matches!(work.end.as_ref().map(|e| e.value), Some(crate::date::End::Present));
        let text = |t: &Option<crate::resume::Text>| t.as_ref().map(|t| t.value.clone());
        let (title, at) = (text(&work.position), text(&work.company));
        out.extend(german_who(title.as_deref(), at.as_deref(), goes_on));
    }
    let lists = |items: Vec<String>, most: usize, frame: &dyn Fn(&str) -> String, out: &mut HashSet<String>| {
        for chosen in subsets(&items, most) {
            out.insert(frame(&list(LetterLanguage::German, &chosen)));
        }
    };
    let certificates = resume
        .certificates
        .iter()
        .map(|c| c.name.value.trim().to_owned())
        .collect();
    lists(
        certificates,
        3,
        &|all| format!("Zu meinen Nachweisen zählen: {all}."),
        out,
    );
    let spoken = resume.languages.iter().map(|l| match &l.fluency {
        Some(f) => format!("{} ({})", l.language.value, f.value),
        None => l.language.value.clone(),
    });
    lists(spoken.collect(), 6, &|all| format!("Meine Sprachen: {all}."), out);
}

/// Lists of some of the items in their order, none longer than `most`; of long lists only the first dozen count.
fn subsets(items: &[String], most: usize) -> Vec<Vec<&str>> {
    let items = &items[..items.len().min(12)];
    (1u32..1 << items.len())
        .filter(|mask| mask.count_ones() as usize <= most)
        .map(|mask| {
            items
                .iter()
                .enumerate()
                .filter(|(n, _)| mask & (1 << n) != 0)
                .map(|(_, item)| item.as_str())
                .collect()
        })
        .collect()
}
