//! Jobs, studies and skills that no heading names, found by what their rows say.

use super::row::{Page, Row};
use super::{dates, entries, words};
use crate::resume::Section;
use std::collections::HashMap;

/// Adds where sections without a heading begin; their `height`, the rows of the heading, is 0.
pub fn find(page: &Page<'_>, heads: &mut Vec<(usize, Section)>, height: &mut HashMap<usize, usize>) {
    find_work(page, heads, height);
    find_studies(page, heads, height);
    find_skills(page, heads, height);
}

/// The cells of a row without dates.
fn undated(page: &Page<'_>, row: &Row) -> Vec<String> {
    let bare = |range: &std::ops::Range<usize>| {
        let text = page.text(range);
        let mut out = text.to_owned();
        for span in dates::find(text).iter().rev() {
            out.replace_range(span.range.clone(), "");
        }
        out.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '.')
            .to_owned()
    };
    let cells = row.cells.iter().map(|c| bare(&c.range));
    // "Oak Primary School - Year 6 Teacher - 2019 to now": each field by itself too.
    cells
        .flat_map(|text| {
            let dashed = text.replace(" – ", " - ").replace(" — ", " - ").replace(" | ", " - ");
            dashed.split(" - ").map(|p| p.trim().to_owned()).collect::<Vec<_>>()
        })
        .filter(|t| !t.is_empty())
        .collect()
}

fn short(page: &Page<'_>, row: &Row) -> bool {
    !row.bullet() && page.of(row).len() < 90 && !page.of(row).trim_end().ends_with('.')
}

/// Jobs without a heading: where no section holds work, rows with a stretch of time and a title or an employer beside it.
fn find_work(page: &Page<'_>, heads: &mut Vec<(usize, Section)>, height: &mut HashMap<usize, usize>) {
    if heads.iter().any(|(_, s)| *s == Section::Work) {
        return;
    }
    let rows = &page.rows;
    let open = |index: usize| {
        matches!(
            under(heads, index).1,
            Section::Contact | Section::Summary | Section::Skills | Section::Extras
        )
    };
    let job = |row: &&Row| {
        let dated = entries::dated(page, row).is_some_and(|s| s.stretch);
        let from = row.index.saturating_sub(2);
        let to = (row.index + 3).min(rows.len());
        let near = rows[from..to].iter().filter(|r| short(page, r));
        let (mut title, mut degree, mut school, mut teaches) = (false, false, false, false);
        for near in near {
            for text in undated(page, near) {
                let post = words::position(&text) >= 0.8;
                title |= post || words::organisation(&text) >= 1.2;
                degree |= words::degree(&text) >= 1.0;
                school |= words::school(&text) >= 1.0;
                // "Oak Primary School - Year 6 Teacher - 2019 to now": a school that employs.
                teaches |= post && near.index == row.index;
            }
        }
        dated && title && !degree && (!school || teaches)
    };
    let jobs: Vec<&Row> = rows.iter().filter(|r| open(r.index)).filter(job).collect();
    let Some(first) = jobs.first() else { return };
    // "Teaching" over jobs: the heading is theirs.
    let headed: Vec<usize> = jobs
        .iter()
        .map(|job| under(heads, job.index))
        .filter(|(start, section)| *section == Section::Extras && height.get(start) != Some(&0))
        .map(|(start, _)| start)
        .collect();
    if under(heads, first.index).1 == Section::Extras && !headed.is_empty() {
        for head in heads.iter_mut().filter(|(start, _)| headed.contains(start)) {
            head.1 = Section::Work;
        }
        return;
    }
    let floor = heads
        .iter()
        .rev()
        .find(|(i, _)| *i <= first.index)
        .map_or(1, |(i, _)| i + 1);
    let mut start = first.index;
    while start > floor && first.index - start < 2 && short(page, &rows[start - 1]) && !rows[start].gap {
        start -= 1;
    }
    if start == 0 {
        return;
    }
    insert(heads, height, start, Section::Work);
}

/// The head that a row stands under: where it begins and what it is.
fn under(heads: &[(usize, Section)], index: usize) -> (usize, Section) {
    let after = heads.partition_point(|(i, _)| *i <= index);
    let head = after.checked_sub(1).and_then(|n| heads.get(n));
    head.copied().unwrap_or((0, Section::Contact))
}

/// Studies without a heading: where no section holds them, a dated row with a degree and a school after a break.
fn find_studies(page: &Page<'_>, heads: &mut Vec<(usize, Section)>, height: &mut HashMap<usize, usize>) {
    if heads.iter().any(|(_, s)| *s == Section::Education) {
        return;
    }
    let rows = &page.rows;
    let study = |row: &&Row| {
        let (start, section) = under(heads, row.index);
        let open = match section {
            Section::Contact | Section::Summary => true,
            Section::Work => height.get(&start) == Some(&0) || row.gap,
            _ => false,
        };
        let near = &rows[row.index.saturating_sub(1)..(row.index + 2).min(rows.len())];
        let named = near.iter().filter(|r| short(page, r));
        let school = named.clone().any(|r| words::school(page.of(r)) >= 1.0);
        let text = page.of(row);
        let degree = words::degree(text);
        let first = degree >= 1.2 || degree >= 1.0 && words::position(text) < 0.8;
        open && row.index > 0 && short(page, row) && first && school && entries::dated(page, row).is_some()
    };
    let Some(first) = rows.iter().find(study) else { return };
    let floor = under(heads, first.index).0 + 1;
    let mut start = first.index;
    while start > floor && first.index - start < 2 && !rows[start].gap {
        let before = &rows[start - 1];
        if !short(page, before) || !dates::find(page.of(before)).is_empty() || words::position(page.of(before)) >= 0.8 {
            break;
        }
        start -= 1;
    }
    insert(heads, height, start, Section::Education);
}

/// Skills without a heading: where no section holds them, the rows "Label: one, two, three" that end a section found here.
fn find_skills(page: &Page<'_>, heads: &mut Vec<(usize, Section)>, height: &mut HashMap<usize, usize>) {
    if heads.iter().any(|(_, s)| *s == Section::Skills) {
        return;
    }
    let rows = &page.rows;
    let list = |row: &Row| {
        let Some((label, list)) = page.of(row).split_once(':') else {
            return false;
        };
        let label = label.split_whitespace().count();
        let parts: Vec<&str> = list.split([',', ';', '•', '·']).collect();
        let brief = parts.iter().all(|p| p.split_whitespace().count() <= 4);
        !row.bullet() && (1..=4).contains(&label) && parts.len() >= 2 && brief && dates::find(list).is_empty()
    };
    let found = heads.iter().enumerate().find_map(|(n, (start, section))| {
        let own = matches!(section, Section::Work | Section::Education) && height.get(start) == Some(&0);
        let end = heads.get(n + 1).map_or(rows.len(), |(i, _)| *i);
        let from = (*start..end).rev().take_while(|i| list(&rows[*i])).last();
        from.filter(|i| own && i > start)
    });
    if let Some(start) = found {
        insert(heads, height, start, Section::Skills);
    }
}

fn insert(heads: &mut Vec<(usize, Section)>, height: &mut HashMap<usize, usize>, start: usize, section: Section) {
    heads.push((start, section));
    heads.sort_by_key(|(i, _)| *i);
    height.insert(start, 0);
}
