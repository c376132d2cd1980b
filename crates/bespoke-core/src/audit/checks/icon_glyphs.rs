//! Icons out of a symbol font in place of words: an envelope for "e-mail".

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "icon-glyphs",
    group: Group::Ats,
    severity: Severity::Low,
    strict: false,
    why: "The icon copies as an unknown character and glues itself to the address or number beside it.",
    fix: "Write \"Phone\" and \"E-mail\", or leave the label out.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let icon = |font: &str| ["awesome", "icon", "symbol", "dings", "material", "glyph"].iter().any(|n| font.to_lowercase().contains(n));
    let private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    let spans = walk::body(document).flat_map(|(page, l)| l.spans.iter().map(move |s| (page, s)));
    let found: Vec<_> = spans
        .filter(|(_, s)| {
            let short = s.text.trim().chars().count() <= 2;
            s.text.chars().any(private) || icon(&s.font) && short && !matches!(s.text.trim(), "•" | "·" | "-" | "–" | "")
        })
        .collect();
    match found.first() {
        Some((page, span)) => {
            let place = walk::place(document, *page, span.range.clone(), span.bbox, span.text.trim());
            vec![Hit::new(format!("{} icons stand in the text", found.len())).at(place)]
        }
        None => Vec::new(),
    }
}
