//! Gaps between paragraphs of one kind that differ without need.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "uneven-spacing",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Even gaps show at a glance where an entry begins.",
    fix: "Set spacing by style rather than by empty lines.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let size = walk::body_size(document).unwrap_or(10.0);
    let mut gaps: Vec<i32> = Vec::new();
    for page in &document.pages {
        let lines: Vec<_> = page.lines.iter().filter(|l| !l.furniture && l.bbox.is_some()).collect();
        for pair in lines.windows(2) {
            if let (Some(a), Some(b)) = (pair[0].bbox, pair[1].bbox)
                && pair[0].region == pair[1].region
            {
                let gap = b.y0 - a.y1;
                if gap > 0.6 * size && gap < 6.0 * size {
                    gaps.push((gap * 2.0 / size).round() as i32);
                }
            }
        }
    }
    let kinds: std::collections::BTreeSet<i32> = gaps.iter().copied().collect();
    if gaps.len() >= 8 && kinds.len() > 6 {
        vec![Hit::new(format!("paragraphs stand {} different distances apart", kinds.len()))]
    } else {
        Vec::new()
    }
}
