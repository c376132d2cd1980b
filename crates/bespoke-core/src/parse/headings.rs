//! Finds the section headings and cuts the document into blocks.

use super::row::{Look, Page, Row};
use super::{headless, words};
use crate::resume::Section;
use std::collections::HashMap;
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

/// The section that a row names, over how many rows the heading goes, and whether that is a heading known as a whole.
fn candidate(page: &Page<'_>, row: &Row) -> Option<(Section, usize, bool)> {
    if let Some(next) = page.rows.get(row.index + 1) {
        let whole = row.cells.len() == 1
            && next.cells.len() == 1
            && !next.bullet()
            && next.look.like(&row.look)
            && emphasised(row, page.body)
            && (next.x0 - row.x0).abs() < 3.0
            && !next.gap
            && row.x0 > 0.0;
        let both = || {
            let (first, second) = (page.of(row), page.of(next));
            words::heading(&format!("{first} {second}")).or_else(|| words::heading(&format!("{first}{second}")))
        };
        if whole && let Some(section) = both() {
            return Some((section, 2, true));
        }
    }
    single(page, row).map(|(section, sure)| (section, 1, sure))
}

fn single(page: &Page<'_>, row: &Row) -> Option<(Section, bool)> {
    if row.bullet() && (!emphasised(row, page.body) || row.x0 == 0.0 && !heads_a_list(page, row)) {
        return None;
    }
    let text = match row.cells.as_slice() {
        [one] => page.text(&one.range),
        _ => return None,
    };
    if text.split_whitespace().count() > 6 || text.ends_with('.') || text.contains(['@', '•']) {
        return None;
    }
    // The last word of a line before, "web", in running text.
    let runs_on = text.starts_with(char::is_lowercase) && !row.gap && row.x0 > 0.0 && !emphasised(row, page.body);
    if runs_on {
        return None;
    }
    // Without any look, a line of its own: set off, in capitals, or with a colon.
    let set_off = row.look.size == 0
        && (row.gap || text.ends_with(':'))
        && text.split_whitespace().count() <= 4
        && text.starts_with(char::is_uppercase)
        && !text.contains(|c: char| c.is_ascii_digit())
        && !words::subheading(text);
    let loud = row.look.size > page.body + 8 || row.look.caps || row.heading().is_some() || set_off;
    // A narrow column cut the word: "SPRACHKENNTNI / SSE".
    let cut = || {
        text.contains('\n')
            .then(|| words::heading(&text.replace('\n', "")))
            .flatten()
    };
    let noun = || words::heading_noun(text).filter(|_| loud && !row.bullet() && words::title(text) < 0.8);
    let whole = words::heading(text).or_else(cut).map(|s| (s, true));
    whole.or_else(|| noun().map(|s| (s, false)))
}

/// True for a bold item of the outermost list that a list further in follows, "I. Work experience", where a word processor
/// counts the headings, or a plain text, where a picture stands before them.
fn heads_a_list(page: &Page<'_>, row: &Row) -> bool {
    let next = page.rows.get(row.index + 1);
    let below = |n: &Row| !n.bullet() || n.level() > 0 || row.look.size > n.look.size + 4;
    row.level() == 0 && row.look.bold && next.is_some_and(|n| !n.look.bold && below(n))
}

/// Blocks in reading order.
pub fn blocks(page: &Page<'_>) -> Vec<Block> {
    let rows = &page.rows;
    let mut found: Vec<(usize, Section)> = Vec::new();
    let mut doubtful: Vec<usize> = Vec::new();
    let mut height: HashMap<usize, usize> = HashMap::new();
    let mut skip = 0;
    for row in rows {
        if row.index >= skip
            && let Some((section, count, sure)) = candidate(page, row)
        {
            doubtful.extend((!sure).then_some(row.index));
            found.push((row.index, section));
            height.insert(row.index, count);
            skip = row.index + count;
        }
    }
    // The look that most headings share decides about doubtful ones.
    let mut looks: Vec<(Look, usize)> = Vec::new();
    let mut sections: Vec<Vec<Section>> = Vec::new();
    for (index, section) in found.iter().filter(|(i, _)| emphasised(&rows[*i], page.body)) {
        let look = rows[*index].look;
        let at = looks.iter().position(|(l, _)| l.like(&look)).unwrap_or_else(|| {
            looks.push((look, 0));
            sections.push(Vec::new());
            looks.len() - 1
        });
        // The same word again and again is a label inside entries.
        if !sections[at].contains(section) {
            sections[at].push(*section);
            looks[at].1 += 1;
        }
    }
    let shared = looks.clone();
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
            // "Class A CDL Training" in the look of a degree.
            Some(main) if doubtful.contains(&index) && row.look.size < main.size - 4 => false,
            Some(main) => {
                // Same look, or at least as loud.
                row.look.like(&main)
                    || row.heading().is_some()
                        && row.heading() == main_level
                        && row.look.bold == main.bold
                        && (row.look.size - main.size).abs() <= 4
                    || row.look.size > main.size + 4
                    || (row.look.size >= main.size - 15
                        && row.look.bold >= main.bold
                        && row.look.caps >= main.caps
                        && row.look.size >= page.body)
            }
            None => emphasised(row, page.body) || row.gap || row.look.size == 0 || row.x0 == 0.0,
        } || (row.look.size == 0
            && (row.gap || page.of(row).trim_end().ends_with(':'))
            && !heads.iter().any(|(_, s)| *s == section))
            || (row.x0 > 0.0 && shared.iter().any(|(l, n)| *n >= 2 && l.like(&row.look)));
        let level = match (row.heading(), main_level) {
            (Some(l), Some(m)) => l <= m + 1 || row.x0 > 0.0,
            (None, Some(_)) => row.x0 > 0.0,
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
    // Set in from the headings of its column, and no heading by style: a label inside the section.
    let styled = heads.iter().filter(|(i, _)| rows[*i].heading().is_some()).count();
    if styled >= 3 {
        let indented = |i: usize| {
            let row = &rows[i];
            let column: Vec<f32> = heads
                .iter()
                .filter(|(h, _)| {
                    rows[*h].heading().is_some() && rows[*h].region == row.region && rows[*h].page == row.page
                })
                .map(|(h, _)| rows[*h].x0)
                .collect();
            row.x0 > 0.0
                && row.heading().is_none()
                && column.len() >= 2
                && column.iter().all(|x| row.x0 > x + 15.0 && row.x0 < x + 90.0)
        };
        let labels: Vec<usize> = heads.iter().map(|(i, _)| *i).filter(|i| indented(*i)).collect();
        heads.retain(|(i, _)| !labels.contains(i));
    }
    // Unknown headings in the very look of the known ones; a column at the side may have a look of its own.
    let side = shared
        .iter()
        .filter(|(l, n)| *n >= 2 && main.is_none_or(|m| !l.like(&m)) && l.caps)
        .map(|(l, _)| *l);
    for (main, own) in main.into_iter().map(|m| (m, false)).chain(side.map(|s| (s, true))) {
        let known: Vec<usize> = heads
            .iter()
            .map(|(i, _)| *i)
            .filter(|i| !own || rows[*i].look.like(&main))
            .collect();
        let first = known.first().copied().unwrap_or(0);
        let distinct = main.size > page.body + 8 || main.caps;
        let left: Vec<f32> = known.iter().map(|i| rows[*i].x0).collect();
        let centre: Vec<f32> = known.iter().map(|i| rows[*i].x0 + rows[*i].x1).collect();
        // Where most rows of that look are no section, it is the look of entries as well.
        let level = rows[first].heading();
        let alike = rows
            .iter()
            .filter(|r| r.index > first && r.look.like(&main) && r.heading() == level)
            .count();
        let distinct = distinct && (alike.saturating_sub(known.len())) * 2 <= known.len() + 1;
        for row in rows
            .iter()
            .filter(|r| r.index > first && distinct && !known.contains(&r.index))
        {
            let text = page.of(row);
            let words = text.split_whitespace().count();
            let aligned = left.iter().any(|x| (x - row.x0).abs() < 3.0)
                || centre.len() >= 2 && centre.iter().all(|x| (x - row.x0 - row.x1).abs() < 6.0);
            // An acronym is in capitals anyhow.
            let mut look = row.look;
            look.caps &= main.caps || text.trim().len() > 5;
            let same = look.like(&main)
                && row.look.colour == rows[first].look.colour
                && row.heading() == rows[first].heading();
            if same
                && (aligned && row.gap || level.is_some())
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
    }
    if main.is_none()
        && let Some(level) = main_level
    {
        for row in rows.iter().filter(|r| r.heading() == Some(level) && r.x0 == 0.0) {
            if !heads.iter().any(|(i, _)| *i == row.index) && heads.first().is_some_and(|(i, _)| *i < row.index) {
                heads.push((row.index, Section::Extras));
            }
        }
    }
    // A column that begins with the largest text of the page, the name, is no part of the section before it.
    if let Some(main) = main {
        for pair in rows.windows(2) {
            let (before, row) = (&pair[0], &pair[1]);
            let fresh = row.region != before.region && row.page == before.page && row.x0 > 0.0;
            let loud = row.look.size > main.size + 20 && row.look.size > page.body + 40;
            if fresh && loud && !heads.iter().any(|(i, _)| *i == row.index) && heads.iter().any(|(i, _)| *i < row.index)
            {
                heads.push((row.index, Section::Contact));
                height.insert(row.index, 0);
            }
        }
    }
    heads.sort_by_key(|(i, _)| *i);
    headless::find(page, &mut heads, &mut height);
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
            heading: Some(*index).filter(|i| height.get(i) != Some(&0)),
            rows: (index + height.get(index).copied().unwrap_or(1)).min(end)..end,
        });
    }
    adopt(&mut out);
    run_in(page, &mut out);
    by_content(page, &mut out);
    out
}

/// Sections whose headings run in at the end of another: "Skills: R, APSIM", then "Languages: English, Māori", under the last
/// school. Two of them or more, or it is a label of the entry.
fn run_in(page: &Page<'_>, blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at < blocks.len() {
        let (section, end) = (blocks[at].section, blocks[at].rows.end);
        let of_entries = matches!(
            section,
            Section::Work | Section::Education | Section::Projects | Section::Volunteer | Section::Publications
        );
        let named = |i: &usize| {
            let found = super::sections::labelled::run_in(page, &page.rows[*i]);
            found.filter(|s| *s != section && page.rows[*i].gap)
        };
        let first = blocks[at]
            .rows
            .clone()
            .find(|i| named(i).is_some())
            .filter(|_| of_entries);
        if let Some(first) = first {
            let mut kinds: Vec<Section> = (first..end).filter_map(|i| named(&i)).collect();
            kinds.dedup();
            let colon = |i: usize| page.of(&page.rows[i]).split(' ').take(4).any(|w| w.ends_with(':'));
            let all = (first..end).all(|i| !page.rows[i].gap || colon(i));
            if kinds.len() >= 2 && all {
                blocks[at].rows.end = first;
                let tail = Block {
                    section: Section::Extras,
                    heading: None,
                    rows: first..end,
                };
                blocks.insert(at + 1, tail);
            }
        }
        at += 1;
    }
}

/// A section with nothing below its heading, and unknown headings right behind it: those are the titles of its entries.
fn adopt(blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at + 1 < blocks.len() {
        let open = matches!(
            blocks[at].section,
            Section::Work | Section::Education | Section::Projects | Section::Volunteer | Section::Publications
        );
        let next = &blocks[at + 1];
        let titled = next.section == Section::Extras && next.heading.is_some() && !next.rows.is_empty();
        let empty = blocks[at].rows.is_empty();
        if open && titled && empty {
            let start = next.heading.unwrap_or(next.rows.start);
            let mut end = next.rows.end;
            blocks.remove(at + 1);
            while let Some(more) = blocks.get(at + 1)
                && more.section == Section::Extras
                && more.heading == Some(end)
            {
                end = more.rows.end;
                blocks.remove(at + 1);
            }
            blocks[at].rows = start..end;
        }
        at += 1;
    }
}

/// What the rows say overrules a heading: "About" over an address is contact data, an unknown heading over a list of short
/// names beside lists of skills, or where the page has none, names a group of skills.
fn by_content(page: &Page<'_>, blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|b| b.section == Section::Summary) {
        let rows = &page.rows[block.rows.clone()];
        let told = rows.iter().any(|r| {
            let words = page.of(r).split_whitespace().count();
            words > 8 && super::entries::starting(page.of(r), char::is_lowercase) * 2 >= words
        });
        let reached = rows.iter().any(|r| super::contact::reaches(page.of(r)));
        if reached && !told {
            block.section = Section::Contact;
        }
    }
    // "Training" over a degree and its school, where no other section holds studies.
    if !blocks.iter().any(|b| b.section == Section::Education) {
        let studies = |b: &&mut Block| {
            let heading = b.heading.map_or("", |h| page.of(&page.rows[h]));
            let rows = &page.rows[b.rows.clone()];
            let degree = rows.iter().any(|r| words::degree(page.of(r)) >= 0.7);
            let school = rows.iter().any(|r| words::school(page.of(r)) >= 0.9);
            let training = matches!(
                crate::text::fold(heading).trim(),
                "training" | "qualifications" | "formation"
            );
            b.section == Section::Certificates && training && degree && school
        };
        if let Some(block) = blocks.iter_mut().find(studies) {
            block.section = Section::Education;
        }
    }
    let skilled = blocks.iter().any(|b| b.section == Section::Skills);
    let lists: Vec<bool> = blocks
        .iter()
        .map(|b| {
            let heading = b.heading.map_or("", |h| page.of(&page.rows[h]));
            // "Leadership" over "Hiring, Coaching" is no office held.
            let open = b.section == Section::Extras
                || b.section == Section::Volunteer && words::heading(heading) != Some(Section::Volunteer);
            open && b.heading.is_some() && short_names(page, &b.rows)
        })
        .collect();
    // Nearest first: what stands beside skills is skills, and so is what stands beside that.
    let beside = |a: &Block, b: &Block| {
        let (Some(x), Some(y)) = (a.heading, b.heading) else {
            return false;
        };
        let (x, y) = (&page.rows[x], &page.rows[y]);
        b.section == Section::Skills && x.region == y.region && x.page == y.page && x.look.like(&y.look)
    };
    let count = blocks.len();
    for at in (0..count).chain((0..count).rev()) {
        let near =
            at > 0 && beside(&blocks[at], &blocks[at - 1]) || at + 1 < count && beside(&blocks[at], &blocks[at + 1]);
        if lists[at] && (near || !skilled && blocks[at].section == Section::Extras) {
            blocks[at].section = Section::Skills;
        }
    }
}

/// Two rows or more that each hold a short name or a list of such, no dates, no sentences, no labels.
fn short_names(page: &Page<'_>, range: &Range<usize>) -> bool {
    let rows = &page.rows[range.clone()];
    let name = |part: &str| {
        let words = part.split_whitespace().count();
        words <= 4 && !part.trim_end().ends_with('.') && !part.contains([':', '@'])
    };
    let parts = |row: &Row| page.of(row).split([',', '\t', ';', '•', '·', '|']);
    let dated = || rows.iter().any(|r| !super::dates::find(page.of(r)).is_empty());
    // "Hobbies | chess": a label that names another section.
    let labelled = |row: &Row| {
        let label = row.cells.first().map_or("", |c| page.text(&c.range));
        words::heading(label).is_some_and(|s| s != Section::Skills)
    };
    if rows.iter().any(labelled) {
        return false;
    }
    // A town or a language now and then has the name of a skill.
    let other = |row: &&Row| words::language(page.of(row)) || words::place(page.of(row)) >= 0.8;
    rows.iter().map(|r| parts(r).count()).sum::<usize>() >= 2
        && rows.iter().all(|r| parts(r).all(name))
        && !dated()
        && rows.iter().filter(other).count() * 3 < rows.len().max(3)
}
