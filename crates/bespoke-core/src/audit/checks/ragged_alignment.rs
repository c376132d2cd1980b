//! Left edges that nearly line up: indents a few points apart.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;
use std::collections::BTreeMap;

/// See the module.
pub const CHECK: Check = Check {
    id: "ragged-alignment",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Edges that almost line up look like a mistake, and the eye keeps returning to them.",
    fix: "Use the same indent for the same kind of line.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let mut edges: BTreeMap<(u16, i32), usize> = BTreeMap::new();
    for (_, line) in walk::body(document) {
        if let Some(b) = line.bbox {
            *edges.entry((line.region, (b.x0 * 2.0).round() as i32)).or_default() += 1;
        }
    }
    // Half points: 2 to 7 points apart, both in use more than twice, is neither the same edge nor an indent.
    let often: Vec<(u16, i32)> = edges.into_iter().filter(|(_, n)| *n > 2).map(|(k, _)| k).collect();
    let near = often.windows(2).find(|w| w[0].0 == w[1].0 && (4..=10).contains(&(w[1].1 - w[0].1)));
    match near {
        Some(w) => vec![Hit::new(format!(
            "lines begin at {:.1} pt and at {:.1} pt",
            w[0].1 as f32 / 2.0,
            w[1].1 as f32 / 2.0
        ))],
        None => Vec::new(),
    }
}
