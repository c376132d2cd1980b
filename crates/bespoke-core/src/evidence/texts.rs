//! Which texts changed, and what may back each: a job's bullet by its job, the summary by everything.

use super::pool::Pool;
use super::statement::{Statement, Use};
use super::{Violation, ViolationKind};
use crate::resume::{Bullet, Id, Resume, Text};

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
        let statement = Statement::new(changed.text, changed.used, evidence.scope(changed.entry), evidence);
        for (kind, text, message) in statement.faults() {
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
