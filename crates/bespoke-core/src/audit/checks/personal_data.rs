//! Age, marital status, religion, nationality, identity numbers.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;
use std::sync::LazyLock;

/// See the module.
pub const CHECK: Check = Check {
    id: "personal-data",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "It invites bias, and in many countries employers must not see it.",
    fix: "Leave it out, unless the country's custom or the job asks for it.",
    run,
};

static PHRASES: LazyLock<walk::Phrases> = LazyLock::new(|| {
    walk::Phrases::new("date of birth\nborn on\nd.o.b\ndob:\nmarital status\nmarried\nreligion\nsocial security number\nssn:\npassport number\npassport no\nnational id\nfather's name\nmother's name\ngeburtsdatum\nfamilienstand\nverheiratet\nledig\ndate de naissance\nsituation familiale\nfecha de nacimiento\nestado civil\ndata de nascimento\ndata di nascita\nstato civile\ngeboortedatum\nburgerlijke staat")
});
fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    walk::body(document)
        .filter(|(_, l)| l.text(document).split_whitespace().count() <= 12)
        .filter_map(|(_, l)| {
            let phrase = PHRASES.find(l.text(document)).into_iter().next()?;
            Some(Hit::new(format!("\"{phrase}\" is nobody's business")).at(Place::quote(l.text(document))))
        })
        .collect()
}
