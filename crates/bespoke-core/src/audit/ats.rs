//! What an ATS sees: the text as a simple reader extracts it, row by row across the whole page, hidden text included,
//! headers and footers left out where the format keeps them apart.

use crate::document::{Document, Page, Rect, Span};
use std::fmt::Write;

/// The text that a simple reader takes out of a document. Compare it with `Document::text`, the text in reading order.
pub fn ats_text(document: &Document) -> String {
    let mut out = String::new();
    for page in &document.pages {
        if page.width > 0.0 {
            rows(page, &mut out);
        } else {
            let lines = page.lines.iter().filter(|l| !l.furniture);
            for line in lines {
                let _ = writeln!(out, "{}", line.text(document).trim_end());
            }
            for hidden in &page.hidden {
                let _ = writeln!(out, "{}", hidden.text.trim());
            }
        }
    }
    out
}

/// Spans that stand at one height make a row, whatever column they belong to.
fn rows(page: &Page, out: &mut String) {
    let visible = page.lines.iter().flat_map(|l| &l.spans);
    let mut spans: Vec<(&Span, Rect)> = visible.chain(&page.hidden).filter_map(|s| Some((s, s.bbox?))).collect();
    let middle = |r: &Rect| (r.y0 + r.y1) / 2.0;
    spans.sort_by(|a, b| middle(&a.1).total_cmp(&middle(&b.1)).then(a.1.x0.total_cmp(&b.1.x0)));
    let mut row: Vec<(&Span, Rect)> = Vec::new();
    for span in spans {
        let apart = row
            .first()
            .is_some_and(|f| middle(&span.1) - middle(&f.1) > 0.5 * f.1.height().max(4.0));
        if apart {
            write_row(&mut row, out);
        }
        row.push(span);
    }
    write_row(&mut row, out);
}

fn write_row(row: &mut Vec<(&Span, Rect)>, out: &mut String) {
    row.sort_by(|a, b| a.1.x0.total_cmp(&b.1.x0));
    let mut end: Option<f32> = None;
    for (span, bbox) in row.drain(..) {
        if end.is_some_and(|x| bbox.x0 - x > 0.15 * span.size.max(6.0)) && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&span.text);
        end = Some(bbox.x1);
    }
    let kept = out.trim_end_matches(' ').len();
    out.truncate(kept);
    out.push('\n');
}
