//! Acronyms that are neither known skills nor explained.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;
use std::collections::BTreeSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "undefined-acronym",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "A reader outside your company does not know it.",
    fix: "Write it out once: \"Quarterly Business Review (QBR)\".",
    run,
};

const KNOWN: [&str; 32] = ["USA", "CEO", "CTO", "CFO", "COO", "CIO", "CISO", "MBA", "BSC", "MSC", "PHD", "GPA", "API", "ETL", "KPI", "ROI", "SLA", "PDF", "USD", "EUR", "GBP", "SaaS", "B2B", "B2C", "HVAC", "FTE", "NGO", "FAQ", "DNA", "ICU", "RFP", "NATO"];
fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let skills = subject.resume.skills.iter().flat_map(|g| &g.keywords);
    let listed: BTreeSet<&str> =
        skills.flat_map(|k| k.value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())).collect();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let lexicon = crate::lexicon::skills::Skills::builtin();
    for (id, text) in walk::prose(subject.resume) {
        for word in text.value.split(|c: char| !c.is_alphanumeric()) {
            let acronym = (3..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase());
            let explained = text.value.contains(&format!("({word})"));
            if acronym && !explained && !KNOWN.contains(&word) && !listed.contains(word) && lexicon.lookup(word).is_none() && seen.insert(word.to_owned()) {
                out.push(Hit::new(format!("\"{word}\" is not explained")).at(Place::field(id, text)));
            }
        }
    }
    out
}
