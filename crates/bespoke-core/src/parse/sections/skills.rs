//! Skills and their groups.

use super::super::row::{Cell, Page, Row, hull, spans_in};
use super::super::{contact, words};
use super::{languages, rows};
use crate::document::{LineKind, Span};
use crate::resume::{Id, Interest, Language, Section, SkillGroup, Text};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How many years somebody has used something, in brackets behind it.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    let unit = "years?|yrs?|months?|mos?|jahre?|ans?|años?|anos?|anni|jaar";
    Regex::new(&format!(
        r"(?i)\s*\(\s*(?:less than\s+)?\d{{1,2}}\+?\s*(?:{unit})\.?\s*\)$"
    ))
    .expect("a pattern")
});

pub(super) fn outside_brackets(text: &str, separators: &[char]) -> Vec<Range<usize>> {
    let mut depth = 0;
    let mut from = 0;
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            c if depth <= 0 && separators.contains(&c) => {
                // "CI/CD", "A/B", "1,000" stay whole.
                let next = text[at + c.len_utf8()..].chars().next();
                let digits = c == ','
                    && next.is_some_and(|n| n.is_ascii_digit())
                    && text[..at].ends_with(|p: char| p.is_ascii_digit());
                if !digits {
                    out.push(from..at);
                    from = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    out.push(from..text.len());
    out
}

/// Skills in their groups.
pub fn skills(page: &Page<'_>, range: &Range<usize>) -> Vec<SkillGroup> {
    skills_in(page, rows(page, range))
}

/// The same of some rows.
pub fn skills_in(page: &Page<'_>, rows: Vec<&Row>) -> Vec<SkillGroup> {
    let mut groups: Vec<SkillGroup> = Vec::new();
    let fresh = |name: Option<Text>| SkillGroup {
        id: Id::default(),
        name,
        keywords: Vec::new(),
        level: None,
    };
    let plain = rows.iter().filter(|r| !r.look.bold && !r.look.caps).count();
    // Where bold names head the groups, capitals are those of a name: "SAP TM".
    let headed = rows.iter().any(|r| r.look.bold && !r.look.caps && !r.bullet());
    // "Area | Tools" names the columns.
    let rows: Vec<&Row> = match rows.as_slice() {
        [first, rest @ ..] if columns(page, first) && rest.len() > 1 => rest.to_vec(),
        _ => rows,
    };
    // "Very good" in rows of their own, where bars are drawn.
    let grades = |r: &&Row| r.cells.len() == 1 && languages::only_level(page.of(r));
    let rows: Vec<&Row> = match rows.iter().filter(|r| grades(r)).count() {
        0 | 1 => rows,
        _ => rows.into_iter().filter(|r| !grades(r)).collect(),
    };
    let labels = label_column(page, &rows);
    // "Phonics | Excellent": how well, beside each.
    let grade = |r: &&&Row| r.cells.len() == 2 && languages::level(page.text(&r.cells[1].range));
    let graded = rows.iter().filter(grade).count() >= 2;
    // A list that goes on in the next row, with its cells.
    let mut open: Option<Vec<Range<usize>>> = None;
    let mut told: Option<usize> = None;
    for (n, row) in rows.iter().enumerate() {
        if told == Some(n) {
            continue;
        }
        // Further lines of the cell beside a label: "Englisch – gut (B2)" below "Sprachen | Deutsch – Muttersprache".
        let further = matches!(row.kind, LineKind::TableCell { column, .. } if column > 0) && row.cells.len() == 1;
        if further && open.is_none() && groups.last().is_some_and(|group| group.name.is_some()) {
            push(page, &row.range, &mut groups);
            continue;
        }
        // A label and its list stood in one line: "EDV | SAP PLM, Minitab".
        if let Some(list) = rows.get(n + 1)
            && open.is_none()
            && row.cells.len() == 1
            && !page.of(row).contains(',')
            && page.of(row).split_whitespace().count() <= 4
            && page.of(list).contains([',', '·', '|'])
            && page.doc.text.get(row.range.end..list.range.start) == Some("\t")
        {
            groups.push(fresh(page.field(&row.range, 0.85)));
            push(page, &list.range, &mut groups);
            told = Some(n + 1);
            continue;
        }
        // A list goes on: the line before ended with a comma or this one begins in lower case after a full line.
        let mut cells: Vec<Range<usize>> = row.cells.iter().map(|c| c.range.clone()).collect();
        if graded && grade(&row) {
            cells.truncate(1);
        }
        let joined = open.is_some();
        if let Some(mut before) = open.take() {
            if let Some(last) = before.last_mut() {
                last.end = last.end.max(row.range.end);
            }
            cells = before;
        }
        let row_range = hull(&cells).unwrap_or_else(|| row.range.clone());
        let text = page.text(&row_range);
        let trailing =
            text.trim_end().ends_with([',', '·', '|', '•', '/']) || (text.trim_end().ends_with('-') && text.len() > 3);
        let next_same = rows
            .get(n + 1)
            .is_some_and(|r| !r.bullet() && !r.look.bold && r.region == row.region);
        let wrapped = text.contains(',')
            && rows.get(n + 1).is_some_and(|r| {
                let column = row.cells.last().map_or(row.x0, |c| c.x0);
                let below = (r.x0 - row.x0).abs() < 3.0 || (r.x0 - column).abs() < 3.0;
                page.of(r).starts_with(|c: char| c.is_lowercase() || c == '(') && below && r.x0 > 0.0 && !r.gap
            });
        if (trailing || wrapped) && next_same && text.len() < 2000 {
            // Only a label keeps a cell of its own before the list.
            let whole = cells.len() != 2 || !labels;
            open = Some(if whole { vec![row_range] } else { cells });
            continue;
        }
        // A label cell with its list beside it.
        // "Languages: | English | Upper intermediate": read as one, for its languages.
        if let [label, first, .., last] = cells.as_slice()
            && words::heading(page.text(label)) == Some(Section::Languages)
        {
            let mut group = fresh(page.field(label, 0.85));
            group.keywords.extend(page.field(&(first.start..last.end), 0.6));
            groups.push(group);
            continue;
        }
        let beside = |label: &Range<usize>, list: &Range<usize>| {
            labels
                || !page.text(label).contains(',')
                    && page.text(label).split_whitespace().count() <= 4
                    && (page.text(list).contains(',') || !joined && row.cells[0].look != row.cells[1].look)
                    && words::subheading(page.text(label)) | page.text(list).contains([',', '·', '|'])
        };
        if let [label, list] = cells.as_slice()
            && beside(label, list)
        {
            groups.push(fresh(page.field(label, 0.85)));
            push(page, list, &mut groups);
            continue;
        }
        for cell in cells {
            let text = page.text(&cell);
            let label = text
                .find(':')
                .filter(|at| *at > 1 && *at < 45 && !text[*at..].starts_with("://"));
            let look = row.cells.iter().find(|c| c.range == cell).map_or(row.look, |c| c.look);
            let heading = !row.bullet()
                && !text.contains([',', '•', '·', '|'])
                && text.split_whitespace().count() <= 6
                && plain > 0
                && (look.bold
                    || look.caps
                        && !headed
                        && look.size > 0
                        && row.cells.len() == 1
                        && text.chars().filter(|c| c.is_alphabetic()).count() > 4
                        && !rows.iter().all(|r| r.look.caps)
                    || look.size > page.body + 8
                    || row.heading().is_some());
            let list_follows = !row.bullet()
                && row.cells.len() == 1
                && !text.contains([',', '•', '·', '|', ':'])
                && rows.get(n + 1).is_some_and(|r| r.bullet())
                && rows.iter().any(|r| r.bullet());
            if let Some(end) = label.is_none().then(|| loud_front(page, row, &cell)).flatten() {
                groups.push(fresh(page.field(&(cell.start..end), 0.8)));
                push(page, &(end..cell.end), &mut groups);
            } else if let Some(at) = label {
                let (name, list) = (cell.start..cell.start + at, cell.start + at + 1..cell.end);
                let name = page.trim(&name);
                let name_end = page.text(&name).find(" (").map_or(name.end, |i| name.start + i);
                groups.push(fresh(page.field(&(name.start..name_end), 0.85)));
                push(page, &list, &mut groups);
            } else if heading || list_follows || text.trim_end().ends_with(':') {
                groups.push(fresh(page.field(&cell, 0.7)));
            } else {
                if groups.is_empty() {
                    groups.push(fresh(None));
                }
                push(page, &cell, &mut groups);
            }
        }
    }
    if let Some(mut rest) = open {
        let list = rest.pop();
        match rest.pop() {
            Some(label) => groups.push(fresh(page.field(&label, 0.85))),
            None if groups.is_empty() => groups.push(fresh(None)),
            None => {}
        }
        if let Some(list) = list {
            push(page, &list, &mut groups);
        }
    }
    // A group without members is a skill of its own.
    let mut out: Vec<SkillGroup> = Vec::new();
    let mut loose = fresh(None);
    for group in groups {
        if group.keywords.is_empty() {
            loose.keywords.extend(group.name);
        } else {
            out.push(group);
        }
    }
    if !loose.keywords.is_empty() {
        match out.iter_mut().find(|g| g.name.is_none()) {
            Some(group) => group.keywords.extend(loose.keywords),
            None => out.push(loose),
        }
    }
    out
}

/// True for the head of a table of skills: "Area | Tools", "Category | Skills | Level".
fn columns(page: &Page<'_>, row: &Row) -> bool {
    const NAMES: &[&str] = &[
        "area",
        "category",
        "group",
        "type",
        "kind",
        "skill",
        "skills",
        "tools",
        "technologies",
        "technology",
        "level",
        "proficiency",
        "experience",
        "years",
        "details",
        "bereich",
        "kategorie",
        "kenntnisse",
        "niveau",
        "domaine",
        "competences",
        "categoria",
        "competencias",
        "nivel",
    ];
    let names = |cell: &Cell| NAMES.contains(&crate::text::fold(page.text(&cell.range)).trim());
    row.cells.len() >= 2 && row.cells.iter().all(names)
}

/// True where the rows are a table of two columns: short names without a comma, and beside them lists.
fn label_column(page: &Page<'_>, rows: &[&Row]) -> bool {
    let pairs: Vec<(&str, &str)> = rows
        .iter()
        .filter(|r| r.cells.len() == 2)
        .map(|r| (page.text(&r.cells[0].range), page.text(&r.cells[1].range)))
        .collect();
    let name = |text: &str| text.split_whitespace().count() <= 4 && !text.contains([',', ';', '|', '·']);
    pairs.len() >= 2
        && pairs.iter().all(|(label, _)| name(label))
        && pairs
            .iter()
            .filter(|(_, list)| list.contains([',', ';', '|', '·']))
            .count()
            * 2
            >= pairs.len()
}

/// Groups of spoken languages, "Languages | German (native), English", are languages: taken out of the skills.
pub fn spoken_groups(page: &Page<'_>, groups: &mut Vec<SkillGroup>) -> Vec<Language> {
    let mut out = Vec::new();
    groups.retain(|group| {
        let names = |n: &Text| words::heading(&n.value.replace("(s)", "s")) == Some(Section::Languages);
        if !group.name.as_ref().is_some_and(names) {
            return true;
        }
        let sources = group.keywords.iter().filter_map(|k| k.source.as_ref());
        let spoken: Vec<Language> = sources.flat_map(|s| super::spoken(page, &(s.start..s.end))).collect();
        let all = !spoken.is_empty() && spoken.len() == group.keywords.len();
        if all {
            out.extend(spoken);
        }
        !all
    });
    out
}

/// Groups named after interests, "Hobbies: chess, sea swimming", taken out of the skills.
pub fn interest_groups(groups: &mut Vec<SkillGroup>) -> Vec<Interest> {
    let named = |g: &mut SkillGroup| {
        g.name
            .as_ref()
            .is_some_and(|n| words::heading(&n.value) == Some(Section::Interests))
    };
    let found: Vec<SkillGroup> = groups.extract_if(.., named).collect();
    let interest = |name: Text| Interest {
        id: Id::default(),
        name,
        keywords: Vec::new(),
    };
    found.into_iter().flat_map(|g| g.keywords).map(interest).collect()
}

/// Where the words end that begin a cell in bold, or in another size or colour than the list that the other words are:
/// "**Tools** Git, Docker".
fn loud_front(page: &Page<'_>, row: &Row, cell: &Range<usize>) -> Option<usize> {
    let spans = || spans_in(page.doc, row.page, cell).filter(|s| s.text.chars().any(char::is_alphanumeric));
    let (first, last) = (spans().next()?, spans().last()?);
    fn look(span: &Span) -> (bool, bool, u32, i32, &str) {
        let size = (span.size * 2.0).round() as i32;
        (span.bold, span.italic, span.colour, size, &span.font)
    }
    if look(first) == look(last) || last.bold {
        return None;
    }
    let front = spans().take_while(|s| look(s) == look(first)).last()?;
    let rest = spans().find(|s| s.range.start >= front.range.end)?;
    let name = page.text(&(cell.start..front.range.end));
    let list = page.text(&(rest.range.start..cell.end));
    let separators = [',', ';', '/', '|', '•', '·'];
    let short = name.split_whitespace().count() <= 4 && !name.contains(separators);
    (short && list.contains(separators) && !list.trim_start().starts_with(separators)).then_some(front.range.end)
}

pub(super) fn push(page: &Page<'_>, range: &Range<usize>, groups: &mut [SkillGroup]) {
    let Some(group) = groups.last_mut() else { return };
    let text = page.text(range);
    // "Hired, trained and scheduled 24 people." is said as a whole.
    let parts = outside_brackets(text, &[',', ';']);
    let last = parts.last().map_or(text, |part| &text[part.clone()]);
    let last = last.split('(').next().unwrap_or(last);
    if text.trim_end().ends_with('.') && last.split_whitespace().count() >= 4 && text.split_whitespace().count() >= 6 {
        group.keywords.extend(page.field(range, 0.55));
        return;
    }
    // "Planning – Wound care – Triage": signs that stand between words like commas do.
    if !text.contains([',', ';', '•', '·', '|'])
        && let Some(sign) = [" * ", " – ", " — ", " - ", " ~ "]
            .iter()
            .find(|s| text.matches(**s).count() >= 2)
    {
        let mut from = range.start;
        for part in text.split(sign) {
            push(page, &(from..from + part.len()), groups);
            from += part.len() + sign.len();
        }
        return;
    }
    // "IFTA / IRP" is one entry; three parts and more are a list.
    let slashes = !text.contains([',', ';', '•', '·', '|']) && text.replace('\n', " ").matches(" / ").count() >= 2;
    let separators: &[char] = if slashes {
        &['/', '\t']
    } else {
        &[',', ';', '•', '·', '|', '\t', '●', '▪', '◦']
    };
    for part in outside_brackets(text, separators) {
        let mut part = page.trim(&(range.start + part.start..range.start + part.end));
        let mut raw = page.text(&part);
        for front in ["and ", "und ", "et ", "y ", "e "] {
            if raw.starts_with(front) && raw.len() > front.len() + 2 {
                part.start += front.len();
                raw = page.text(&part);
            }
        }
        // A "." ends a list.
        let mut end = part.end;
        let whole = page.text(&(part.start..end));
        if whole.ends_with('.') && whole.matches('.').count() == 1 {
            end -= 1;
        }
        let words = page.text(&(part.start..end)).split_whitespace().count();
        if words == 0
            || !page.text(&(part.start..end)).chars().any(char::is_alphanumeric)
            || contact::reaches(page.text(&(part.start..end)))
        {
            continue;
        }
        // "Flatbed (5 years)", "Brazing (10+ yrs)": how long is no part of the name.
        let end = YEARS
            .find(page.text(&(part.start..end)))
            .map_or(end, |m| part.start + m.start());
        if let Some(field) = page.field(&(part.start..end), if words <= 5 { 0.9 } else { 0.55 }) {
            group.keywords.push(field);
        }
    }
}
