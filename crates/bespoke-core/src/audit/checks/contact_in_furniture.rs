//! Contact details that stand only in the page header or footer.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "contact-in-header",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Many ATS leave out headers and footers, and with them how to reach you.",
    fix: "Move the contact details into the body, under the name.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let contact = &subject.resume.contact;
    let inside = |range: &std::ops::Range<usize>, at: usize| range.contains(&at);
    [&contact.email, &contact.phone, &contact.name]
        .into_iter()
        .flatten()
        .filter(|field| {
            field.source.as_ref().is_some_and(|s| document.lines().any(|(_, l)| l.furniture && inside(&l.range, s.start)))
        })
        .map(|field| Hit::new(format!("{} stands in a header or footer", field.value)).at(Place::field(None, field)))
        .collect()
}
