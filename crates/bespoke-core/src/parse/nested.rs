//! Lists in lists: where a whole section is one, its outer items are the headings of entries and only the inner ones are list
//! items, "- Acme Ltd, Leeds / - Engineer, 2019 – 2021 / - Built the …".

use super::dates;
use super::headings::Block;
use super::row::{Page, Row};
use crate::document::{Document, LineKind};
use crate::resume::Section;

/// Makes headings of the outer items of nested lists.
pub fn unfold(page: &mut Page<'_>, blocks: &[Block]) {
    for block in blocks {
        let rows = &mut page.rows[block.rows.clone()];
        if let Some(last) = heading_level(page.doc, block.section, rows) {
            open(rows, last);
        }
    }
}

/// The level of the last items that are headings; `None` where the section is no list in lists. On pages with geometry the
/// indents say more than the levels.
fn heading_level(doc: &Document, section: Section, rows: &[Row]) -> Option<u8> {
    if rows.iter().any(|r| !r.bullet() || r.x0 > 0.0) {
        return None;
    }
    let outermost = rows.iter().map(Row::level).min()?;
    let innermost = rows.iter().map(Row::level).max()?;
    if outermost == innermost {
        return None;
    }
    match section {
        Section::Work | Section::Volunteer | Section::Education => {
            let dated = |r: &&Row| {
                dates::find(&doc.text[r.range.clone()])
                    .iter()
                    .any(|s| s.stretch || !s.bare)
            };
            let mostly = |level: &u8| {
                let own: Vec<&Row> = rows.iter().filter(|r| r.level() == *level).collect();
                own.iter().filter(|r| dated(r)).count() * 10 >= own.len().max(1) * 6
            };
            Some((outermost..=innermost).find(mostly).unwrap_or(outermost))
        }
        Section::Projects | Section::Skills | Section::Awards | Section::Publications => Some(outermost),
        _ => None,
    }
}

fn open(rows: &mut [Row], last: u8) {
    let mut deeper = true;
    for row in rows {
        let level = row.level();
        if level > last {
            row.kind = LineKind::ListItem {
                level: level - last - 1,
            };
            deeper = true;
            continue;
        }
        row.kind = LineKind::Paragraph;
        row.gap |= deeper;
        deeper = false;
    }
}
