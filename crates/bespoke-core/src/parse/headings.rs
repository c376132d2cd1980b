//! Finds the section headings and cuts the document into blocks.

use super::row::{Look, Page, Row};
use super::words;
use crate::resume::Section;
use std::ops::Range;

/// The rows of one section, its heading left out.
#[derive(Debug, Clone)]
pub struct Block {
    pub section: Section,
    /// Row of the heading; `None` for what stands before the first one.
    pub heading: Option<usize>,
    /// Rows, by index in [`Page::rows`].
    pub rows: Range<usize>,
}

fn emphasised(row: &Row, body: i32) -> bool {
    row.heading().is_some() || row.look.size > body + 8 || row.look.bold || row.look.caps
}

fn candidate(page: &Page<'_>, row: &Row) -> Option<Section> {
    if row.bullet() && row.x0 == 0.0 {
        return None;
    }
    let text = match row.cells.as_slice() {
        [one] => page.text(&one.range),
        _ => return None,
    };
    if text.split_whitespace().count() > 6 || text.ends_with('.') || text.contains(['@', '•']) {
        return None;
    }
    words::heading(text)
}

/// Blocks in reading order.
pub fn blocks(page: &Page<'_>) -> Vec<Block> {
    let rows = &page.rows;
    let found: Vec<(usize, Section)> = rows
        .iter()
        .filter_map(|r| candidate(page, r).map(|s| (r.index, s)))
        .collect();
    // The look that most headings share decides about doubtful ones.
    let mut looks: Vec<(Look, usize)> = Vec::new();
    for (index, _) in found.iter().filter(|(i, _)| emphasised(&rows[*i], page.body)) {
        let look = rows[*index].look;
        match looks.iter_mut().find(|(l, _)| l.like(&look)) {
            Some((_, n)) => *n += 1,
            None => looks.push((look, 1)),
        }
    }
    looks.sort_by_key(|(look, n)| (std::cmp::Reverse(*n), std::cmp::Reverse(look.size)));
    let main = looks.first().filter(|(_, n)| *n >= 2).map(|(l, _)| *l);
    let levels: Vec<u8> = found.iter().filter_map(|(i, _)| rows[*i].heading()).collect();
    let main_level = levels
        .iter()
        .copied()
        .max_by_key(|l| levels.iter().filter(|k| *k == l).count());
    let mut heads: Vec<(usize, Section)> = Vec::new();
    for (index, section) in found {
        let row = &rows[index];
        let strong = match main {
            Some(main) => {
                // Same look, or at least as loud.
                row.look.like(&main)
                    || row.look.size > main.size + 4
                    || (row.look.size >= main.size - 15
                        && row.look.bold >= main.bold
                        && row.look.caps >= main.caps
                        && row.look.size >= page.body)
            }
            None => emphasised(row, page.body) || row.gap || row.look.size == 0,
        };
        let level = match (row.heading(), main_level) {
            (Some(l), Some(m)) => l <= m + 1,
            (None, Some(_)) => false,
            _ => true,
        };
        let colon = page.of(row).trim_end().ends_with(':');
        // "Languages" as a label in a list of skills, "Summary" under a job: quiet words inside a block.
        let label = words::subheading(page.of(row))
            && heads.last().is_some_and(|(_, s)| {
                matches!(
                    s,
                    Section::Work | Section::Volunteer | Section::Projects | Section::Education
                )
            })
            && main.is_some_and(|m| !row.look.like(&m));
        if (strong && level && !label) || (colon && row.gap && main.is_none()) {
            heads.push((index, section));
        }
    }
    // Unknown headings in the very look of the known ones.
    if let Some(main) = main {
        let known: Vec<usize> = heads.iter().map(|(i, _)| *i).collect();
        let first = known.first().copied().unwrap_or(0);
        let distinct = main.size > page.body + 8 || main.caps;
        let left: Vec<f32> = known.iter().map(|i| rows[*i].x0).collect();
        for row in rows
            .iter()
            .filter(|r| r.index > first && distinct && !known.contains(&r.index))
        {
            let text = page.of(row);
            let words = text.split_whitespace().count();
            let aligned = left.iter().any(|x| (x - row.x0).abs() < 3.0);
            let same = row.look.like(&main)
                && row.look.colour == rows[first].look.colour
                && row.heading() == rows[first].heading();
            if same
                && aligned
                && row.gap
                && row.cells.len() == 1
                && words <= 5
                && !row.bullet()
                && !text.contains(char::is_numeric)
                && super::dates::find(text).is_empty()
                && words::title(text) < 0.5
            {
                heads.push((row.index, Section::Extras));
            }
        }
    } else if let Some(level) = main_level {
        for row in rows.iter().filter(|r| r.heading() == Some(level)) {
            if !heads.iter().any(|(i, _)| *i == row.index) && heads.first().is_some_and(|(i, _)| *i < row.index) {
                heads.push((row.index, Section::Extras));
            }
        }
    }
    heads.sort_by_key(|(i, _)| *i);
    let mut out = Vec::new();
    let first = heads.first().map_or(rows.len(), |(i, _)| *i);
    if first > 0 {
        out.push(Block {
            section: Section::Contact,
            heading: None,
            rows: 0..first,
        });
    }
    for (n, (index, section)) in heads.iter().enumerate() {
        let end = heads.get(n + 1).map_or(rows.len(), |(i, _)| *i);
        out.push(Block {
            section: *section,
            heading: Some(*index),
            rows: index + 1..end,
        });
    }
    out
}
