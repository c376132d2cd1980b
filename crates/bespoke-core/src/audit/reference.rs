//! The page `docs/checks.md`, made from the checks themselves.

use super::{CHECKS, Group, Severity};
use std::fmt::Write;

/// All checks by group as Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "# Checks\n\nWhat `bespoke audit` looks at. This page is made from the checks; `UPDATE=1 cargo test -p bespoke-core checks_page` \
         writes it anew.\n\nThe score is 100 points: 40 for ATS safety, 20 for layout, 40 for content. A finding takes 0.5 (low), 1.5 \
         (medium) or 4 (high) of ten from its group; further findings of one check weigh half as much as the one before. \
         Checks marked *strict* run with `--strict` only.\n",
    );
    for (group, title) in [
        (Group::Ats, "ATS safety"),
        (Group::Layout, "Layout"),
        (Group::Content, "Content"),
    ] {
        let _ = write!(
            out,
            "\n## {title}\n\n| check | severity | why it matters | what to do |\n|---|---|---|---|\n"
        );
        for check in CHECKS.iter().filter(|c| c.group == group) {
            let severity = match check.severity {
                Severity::Low => "low",
                Severity::Medium => "medium",
                Severity::High => "high",
            };
            let strict = if check.strict { ", *strict*" } else { "" };
            let _ = writeln!(
                out,
                "| `{}` | {severity}{strict} | {} | {} |",
                check.id, check.why, check.fix
            );
        }
    }
    out
}
