//! Which texts changed, and what may back each: a job's bullet by its job, the summary by everything.

use super::pool::Pool;
use super::statement::{Statement, Use};
use super::{Violation, ViolationKind};
use crate::resume::{Bullet, Id, Resume, Text};
use crate::wording::tokens;

struct Changed<'a> {
    text: &'a str,
    /// Bullet or entry to report.
    at: Option<&'a Id>,
    /// Entry whose evidence counts; `None` for all.
    entry: Option<&'a Id>,
    used: Use,
}

pub(super) fn check(base: &Resume, evidence: &Pool, tailored: &Resume) -> Vec<Violation> {
    let mut out = Vec::new();
    for changed in changes(base, tailored) {
        for (kind, text, message) in faults(base, evidence, &changed) {
            let fault = Violation {
                kind,
                text,
                id: changed.at.cloned(),
                message,
            };
            if !out.contains(&fault) {
                out.push(fault);
            }
        }
    }
    // Two faults of one text often say the same thing; what is most telling comes first.
    out.sort_by_key(|v| (v.id.clone(), v.kind == ViolationKind::Claim));
    out
}

fn faults(base: &Resume, evidence: &Pool, changed: &Changed<'_>) -> Vec<(ViolationKind, String, String)> {
    if let Some(entry) = changed.entry {
        let sources = evidence.sources(entry, changed.at, &tokens(changed.text));
        return Statement::new(changed.text, changed.used, sources, evidence).faults();
    }
    let whole = Statement::new(changed.text, changed.used, evidence.scope(None), evidence);
    let mut out = whole.faults();
    // A sentence that takes a number from one entry must not take the rest from another.
    let was = base.summary.as_ref().map_or("", |s| s.value.as_str());
    for sentence in sentences(changed.text) {
        if !was.contains(sentence) {
            out.extend(whole.mixed(sentence));
        }
    }
    out
}

/// The sentences of a text, split at stops that are followed by a space.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        let next = text[i + c.len_utf8()..].chars().next();
        if matches!(c, '.' | '!' | '?' | ';' | '\n') && next.is_none_or(char::is_whitespace) {
            out.push(text[start..i].trim());
            start = i + c.len_utf8();
        }
    }
    out.push(text[start..].trim());
    out.retain(|s| !s.is_empty());
    out
}

fn changes<'a>(base: &'a Resume, tailored: &'a Resume) -> Vec<Changed<'a>> {
    let mut out = Vec::new();
    let value = |t: &'a Option<Text>| t.as_ref().map(|t| t.value.as_str());
    let mut one = |was: Option<&str>, is: Option<&'a str>, at: Option<&'a Id>, entry: Option<&'a Id>, used: Use| {
        if let Some(text) = is.filter(|is| Some(*is) != was) {
            out.push(Changed { text, at, entry, used });
        }
    };
    one(value(&base.summary), value(&tailored.summary), None, None, Use::Summary);
    one(
        value(&base.contact.label),
        value(&tailored.contact.label),
        None,
        None,
        Use::Label,
    );
    let works = |r: &'a Resume| r.work.iter().chain(&r.volunteer);
    for work in works(tailored) {
        let was = works(base).find(|w| w.id == work.id);
        let id = Some(&work.id);
        one(
            was.and_then(|w| value(&w.summary)),
            value(&work.summary),
            id,
            id,
            Use::Entry,
        );
        bullets(was.map(|w| &w.highlights), &work.highlights, &work.id, &mut one);
    }
    for school in &tailored.education {
        let was = base.education.iter().find(|e| e.id == school.id);
        bullets(was.map(|e| &e.highlights), &school.highlights, &school.id, &mut one);
    }
    for project in &tailored.projects {
        let was = base.projects.iter().find(|p| p.id == project.id);
        let id = Some(&project.id);
        one(
            was.and_then(|p| value(&p.description)),
            value(&project.description),
            id,
            id,
            Use::Entry,
        );
        bullets(was.map(|p| &p.highlights), &project.highlights, &project.id, &mut one);
    }
    let credentials = |r: &'a Resume| r.certificates.iter().chain(&r.awards).chain(&r.publications);
    for credential in credentials(tailored) {
        let was = credentials(base).find(|c| c.id == credential.id);
        let id = Some(&credential.id);
        one(
            was.and_then(|c| value(&c.summary)),
            value(&credential.summary),
            id,
            id,
            Use::Entry,
        );
    }
    for extra in &tailored.extras {
        let was = base.extras.iter().find(|x| x.id == extra.id);
        bullets(was.map(|x| &x.lines), &extra.lines, &extra.id, &mut one);
    }
    out
}

fn bullets<'a>(
    was: Option<&'a Vec<Bullet>>,
    is: &'a [Bullet],
    entry: &'a Id,
    one: &mut impl FnMut(Option<&str>, Option<&'a str>, Option<&'a Id>, Option<&'a Id>, Use),
) {
    for bullet in is {
        let before = was.and_then(|list| list.iter().find(|b| b.id == bullet.id));
        one(
            before.map(|b| b.text.value.as_str()),
            Some(&bullet.text.value),
            Some(&bullet.id),
            Some(entry),
            Use::Entry,
        );
    }
}
