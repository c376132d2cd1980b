//! One reader per section.

use super::contact::split;
use super::entries::{self, Entry};
use super::fields::{self, JOB, STUDY};
use super::row::{Page, Row};
use super::{dates, words};
use crate::date::{End, PartialDate};
use crate::document::LineKind;
use crate::resume::{
    Bullet, Credential, Education, Field, Id, Interest, Language, Project, Reference, SkillGroup, Text, Work,
};
use std::ops::Range;

fn start(page: &Page<'_>, entry: &Entry) -> Option<Field<PartialDate>> {
    let (span, _) = entry.span.as_ref()?;
    let (date, range) = span.start.as_ref()?;
    Some(page.value(*date, range, 0.93))
}

fn end(page: &Page<'_>, entry: &Entry) -> Option<Field<End>> {
    let (span, _) = entry.span.as_ref()?;
    let (end, range) = span.end.as_ref()?;
    Some(page.value(*end, range, if span.stretch { 0.93 } else { 0.7 }))
}

fn bullets(page: &Page<'_>, entry: &Entry) -> Vec<Bullet> {
    let levels: Vec<u8> = entry.items.iter().map(|i| i.level).collect();
    let lowest = levels.iter().copied().min().unwrap_or(0);
    entry
        .items
        .iter()
        .filter_map(|i| {
            page.joined(&i.ranges, 0.9).map(|text| Bullet {
                id: Id::default(),
                text,
                level: i.level - lowest,
            })
        })
        .collect()
}

fn rows<'p>(page: &'p Page<'_>, range: &Range<usize>) -> Vec<&'p Row> {
    page.rows[range.clone()].iter().collect()
}

/// Jobs, also voluntary ones.
pub fn work(page: &Page<'_>, range: &Range<usize>) -> Vec<Work> {
    let entries = entries::entries(page, &rows(page, range));
    let headings = fields::read(page, &entries, &JOB);
    let mut out: Vec<Work> = Vec::new();
    for (entry, heading) in entries.iter().zip(headings) {
        let mut job = Work {
            id: Id::default(),
            company: fields::field(page, &heading.who, heading.confidence),
            position: fields::field(page, &heading.what, heading.confidence),
            location: fields::field(page, &heading.place, 0.8),
            url: None,
            start: start(page, entry),
            end: end(page, entry),
            summary: page.joined(&entry.prose, 0.8),
            highlights: bullets(page, entry),
        };
        // A lone date at a job is when it was: both ends.
        if job.start.is_none()
            && let Some(only) = &job.end
            && let End::Date(date) = only.value
        {
            job.start = Some(Field {
                value: date,
                source: only.source.clone(),
                confidence: 0.5,
            });
        }
        let left: Vec<Range<usize>> = heading
            .rest
            .iter()
            .filter(|r| page.text(r).len() > 2)
            .cloned()
            .collect();
        if job.summary.is_none() && left.iter().any(|r| page.text(r).split_whitespace().count() > 5) {
            job.summary = page.joined(&left, 0.5);
        }
        if job.company.is_none() && job.position.is_none() && job.highlights.is_empty() && job.summary.is_none() {
            continue;
        }
        // A second role at the employer above.
        if job.company.is_none()
            && let Some(before) = out.last()
            && before.company.is_some()
            && entry.span.is_some()
        {
            job.company = before.company.clone().map(|mut c| {
                c.confidence *= 0.7;
                c
            });
        }
        out.push(job);
    }
    out
}

/// The rows of a block. "Grade: 1,7" and "Courses: …" are notes of the entry above them: list items, also without a bullet.
fn notes_as_items(page: &Page<'_>, range: &Range<usize>) -> Vec<Row> {
    let note = |row: &Row| words::labelled(page.of(row)).is_some() && row.cells.len() == 1;
    let mark = |mut row: Row| {
        if note(&row) && !row.bullet() {
            row.kind = LineKind::ListItem { level: 0 };
        }
        row
    };
    rows(page, range).into_iter().cloned().map(mark).collect()
}

/// The values behind a label, each a field at the place of the whole.
fn listed(bullet: &Bullet, from: usize) -> Vec<Text> {
    let list = bullet.text.value[from..]
        .split([',', ';', '·', '•', '|'])
        .map(str::trim);
    let field = |value: &str| Field {
        value: value.to_owned(),
        ..bullet.text.clone()
    };
    list.filter(|v| !v.is_empty()).map(field).collect()
}

/// Degrees.
pub fn education(page: &Page<'_>, range: &Range<usize>) -> Vec<Education> {
    let marked = notes_as_items(page, range);
    let entries = entries::entries(page, &marked.iter().collect::<Vec<_>>());
    let headings = fields::read(page, &entries, &STUDY);
    let mut out = Vec::new();
    for (entry, heading) in entries.iter().zip(headings) {
        let mut score = None;
        let mut rest: Vec<Range<usize>> = Vec::new();
        let grade = |text: &str| {
            let low = crate::text::fold(text);
            let marked = [
                "gpa",
                "grade",
                "cgpa",
                "score",
                "note",
                "mention",
                "honours",
                "honors",
                "cum laude",
                "distinction",
                "first class",
                "percentage",
                "%",
            ];
            marked.iter().any(|m| low.contains(m)) && text.chars().count() < 60 && words::degree(text) < 1.0
        };
        for piece in &heading.rest {
            if grade(page.text(piece)) && score.is_none() {
                score = page.field(piece, 0.8);
            } else {
                rest.push(piece.clone());
            }
        }
        let (mut study_type, mut area) = heading
            .what
            .as_ref()
            .map_or((None, None), |w| degree(page, w, heading.confidence));
        if area.is_none()
            && let Some(at) = rest.iter().position(|r| {
                words::school(page.text(r)) < 0.9
                    && words::place(page.text(r)) < 0.5
                    && page.text(r).split_whitespace().count() <= 8
            })
        {
            let range = rest.remove(at);
            if study_type.is_none() {
                study_type = page.field(&range, 0.5);
            } else if words::degree(page.text(&range)) > 0.5 {
                // "PhD in Computer Science" beside "PhD": only the subject is new.
                area = degree(page, &range, 0.7).1;
            } else {
                area = page.field(&range, 0.6);
            }
        }
        // The degree as the first list item.
        let mut entry = entry.clone();
        if study_type.is_none()
            && let Some(at) = entry.items.iter().position(|i| {
                i.ranges
                    .iter()
                    .any(|r| words::degree(page.text(r)) >= 0.7 && page.text(r).len() < 90)
            })
        {
            let item = entry.items.remove(at);
            let named = |r: &&Range<usize>| words::degree(page.text(r)) >= 0.7;
            if let Some(range) = item.ranges.iter().find(named) {
                let (kind, subject) = degree(page, range, 0.75);
                let other = item
                    .ranges
                    .iter()
                    .find(|r| *r != range)
                    .and_then(|r| page.field(r, 0.6));
                study_type = kind;
                area = area.or(subject).or(other);
            }
        }
        let entry = &entry;
        let items = bullets(page, entry);
        let mut highlights = Vec::new();
        let mut courses = Vec::new();
        for bullet in items {
            let low = crate::text::fold(&bullet.text.value);
            let label = words::labelled(&bullet.text.value);
            if let Some(("grade", value)) = label
                && score.is_none()
            {
                score = Some(Field {
                    value: bullet.text.value[value..].trim().to_owned(),
                    ..bullet.text
                });
            } else if score.is_none() && label.is_none() && grade(&bullet.text.value) {
                score = Some(bullet.text);
            } else if let Some(("courses", from)) = label {
                courses.extend(listed(&bullet, from));
            } else if low.contains("coursework") || low.starts_with("courses") {
                let from = bullet.text.value.find(':').map_or(0, |i| i + 1);
                courses.extend(listed(&bullet, from));
            } else {
                highlights.push(bullet);
            }
        }
        if let Some(prose) = page.joined(&entry.prose, 0.6) {
            if score.is_none() && grade(&prose.value) {
                score = Some(prose);
            } else if area.is_none()
                && study_type.is_some()
                && prose.value.split_whitespace().count() <= 8
                && !prose.value.ends_with('.')
                && !prose.value.contains(':')
            {
                area = Some(prose);
            } else if area.is_none() && study_type.is_none() && words::degree(&prose.value) > 0.5 {
                study_type = Some(prose);
            } else {
                highlights.push(Bullet {
                    id: Id::default(),
                    text: prose,
                    level: 0,
                });
            }
        }
        let school = fields::field(page, &heading.who, heading.confidence);
        if school.is_none() && study_type.is_none() && area.is_none() {
            continue;
        }
        out.push(Education {
            id: Id::default(),
            institution: school,
            study_type,
            area,
            location: fields::field(page, &heading.place, 0.8),
            start: start(page, entry),
            end: end(page, entry),
            score,
            courses,
            highlights,
        });
    }
    out
}

/// "Bachelor of Science in Computer Science" → degree and subject.
pub(super) fn degree(page: &Page<'_>, range: &Range<usize>, confidence: f32) -> (Option<Text>, Option<Text>) {
    let text = page.text(range);
    if words::whole_degree(text) {
        return (page.field(range, confidence), None);
    }
    for separator in [
        " in ", " im ", " en ", " em ", ", ", ": ", " - ", " – ", " of ", " der ", " de ", " ",
    ] {
        let Some(at) = text.find(separator) else { continue };
        let (left, right) = (
            range.start..range.start + at,
            range.start + at + separator.len()..range.end,
        );
        let (l, r) = (page.text(&left), page.text(&right));
        // "Bachelor of Science": the "of" belongs to the degree.
        let first = crate::text::fold(l);
        if separator == " of "
            && (r.split_whitespace().count() < 2 && !first.contains("degree")
                || ["bachelor", "master", "associate", "doctor"].contains(&first.as_str()))
        {
            continue;
        }
        if separator == " "
            && !(words::is_degree_word(l)
                && !words::is_degree_word(r.split(' ').next().unwrap_or_default())
                && !r.starts_with(['(', 'o', 'd']))
        {
            continue;
        }
        let left_degree = words::degree(l) > 0.5;
        let right_degree = words::degree(r) > 0.5;
        if left_degree && !r.is_empty() && !(right_degree && separator == ", " && words::degree(r) > words::degree(l)) {
            return (page.field(&left, confidence), page.field(&right, confidence * 0.9));
        }
        if right_degree && separator == ", " {
            return (page.field(&right, confidence), page.field(&left, confidence * 0.9));
        }
    }
    if words::degree(text) > 0.3 {
        (page.field(range, confidence), None)
    } else {
        (None, page.field(range, confidence * 0.8))
    }
}

fn outside_brackets(text: &str, separators: &[char]) -> Vec<Range<usize>> {
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
    let rows = rows(page, range);
    let mut groups: Vec<SkillGroup> = Vec::new();
    let fresh = |name: Option<Text>| SkillGroup {
        id: Id::default(),
        name,
        keywords: Vec::new(),
        level: None,
    };
    let plain = rows.iter().filter(|r| !r.look.bold && !r.look.caps).count();
    let mut open: Option<Range<usize>> = None;
    for (n, row) in rows.iter().enumerate() {
        let mut row_range = row.range.clone();
        // A list goes on: the line before ended with a comma or this one begins in lower case after a full line.
        if let Some(before) = open.take() {
            row_range = before.start..row.range.end;
        }
        let text = page.text(&row_range);
        let trailing =
            text.trim_end().ends_with([',', '·', '|', '•', '/']) || (text.trim_end().ends_with('-') && text.len() > 3);
        let next_same = rows
            .get(n + 1)
            .is_some_and(|r| !r.bullet() && !r.look.bold && r.region == row.region);
        if trailing && next_same && text.len() < 2000 {
            open = Some(row_range);
            continue;
        }
        let cells: Vec<Range<usize>> = if row_range == row.range {
            row.cells.iter().map(|c| c.range.clone()).collect()
        } else {
            vec![row_range.clone()]
        };
        // A label cell with its list beside it.
        if let [label, list] = cells.as_slice()
            && !page.text(label).contains(',')
            && page.text(label).split_whitespace().count() <= 4
            && (page.text(list).contains(',') || row.cells[0].look != row.cells[1].look)
            && words::subheading(page.text(label)) | (page.text(list).matches([',', '·', '|']).count() >= 1)
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
                    || look.caps && look.size > 0 && !rows.iter().all(|r| r.look.caps)
                    || look.size > page.body + 8
                    || row.heading().is_some());
            let list_follows = !row.bullet()
                && row.cells.len() == 1
                && !text.contains([',', '•', '·', '|', ':'])
                && rows.get(n + 1).is_some_and(|r| r.bullet())
                && rows.iter().any(|r| r.bullet());
            if let Some(at) = label {
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
    if let Some(rest) = open {
        if groups.is_empty() {
            groups.push(fresh(None));
        }
        push(page, &rest, &mut groups);
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

fn push(page: &Page<'_>, range: &Range<usize>, groups: &mut [SkillGroup]) {
    let Some(group) = groups.last_mut() else { return };
    let text = page.text(range);
    let slashes = !text.contains([',', ';', '•', '·', '|']) && text.matches(" / ").count() > 0;
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
        // "Excel (expert)": the level is no part of the name; "." ends a list.
        let mut end = part.end;
        if let Some(open) = raw.find(" (")
            && raw.ends_with(')')
        {
            let inner = crate::text::fold(&raw[open + 2..raw.len() - 1]);
            let level = [
                "expert",
                "advanced",
                "intermediate",
                "beginner",
                "basic",
                "proficient",
                "fluent",
                "year",
                "yrs",
                "native",
                "master",
                "good",
                "excellent",
            ];
            if inner.is_empty() || level.iter().any(|l| inner.contains(l)) {
                end = part.start + open;
            }
        }
        let whole = page.text(&(part.start..end));
        if whole.ends_with('.') && whole.matches('.').count() == 1 {
            end -= 1;
        }
        let words = page.text(&(part.start..end)).split_whitespace().count();
        if words == 0 || !page.text(&(part.start..end)).chars().any(char::is_alphanumeric) {
            continue;
        }
        if let Some(field) = page.field(&(part.start..end), if words <= 5 { 0.9 } else { 0.55 }) {
            group.keywords.push(field);
        }
    }
}

/// Spoken languages.
pub fn languages(page: &Page<'_>, range: &Range<usize>) -> Vec<Language> {
    let mut out = Vec::new();
    for row in rows(page, range) {
        for cell in &row.cells {
            spoken_in(page, &cell.range, &mut out);
        }
    }
    out
}

/// The spoken languages of one stretch of text.
pub fn spoken(page: &Page<'_>, range: &Range<usize>) -> Vec<Language> {
    let mut out = Vec::new();
    spoken_in(page, range, &mut out);
    out
}

fn spoken_in(page: &Page<'_>, range: &Range<usize>, out: &mut Vec<Language>) {
    let plain_language = |name: Range<usize>, level: Option<Range<usize>>, out: &mut Vec<Language>| {
        if let Some(language) = page.field(&name, 0.9) {
            out.push(Language {
                id: Id::default(),
                language,
                fluency: level.and_then(|l| page.field(&l, 0.85)),
            });
        }
    };
    {
        {
            for part in outside_brackets(page.text(range), &[',', ';', '•', '·', '|']) {
                let part = page.trim(&(range.start + part.start..range.start + part.end));
                let text = page.text(&part);
                if text.is_empty() {
                    continue;
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                // The longest run of words in front that names a language.
                let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
                let found = (1..=words.len().min(3))
                    .rev()
                    .find(|n| words::language(&words[..*n].iter().map(|w| clean(w)).collect::<Vec<_>>().join(" ")));
                match found {
                    Some(n) => {
                        let last = words[n - 1];
                        let end = part.start
                            + (last.as_ptr() as usize - text.as_ptr() as usize)
                            + last.trim_end_matches(|c: char| !c.is_alphabetic()).len();
                        let rest = page.trim(&(end..part.end));
                        plain_language(part.start..end, (!rest.is_empty()).then_some(rest), out);
                    }
                    None => {
                        // A level on its own, behind its language.
                        if let Some(last) = out.last_mut()
                            && last.fluency.is_none()
                        {
                            last.fluency = page.field(&part, 0.7);
                        } else if words.len() <= 2
                            && text.chars().next().is_some_and(char::is_uppercase)
                            && text.contains('(')
                        {
                            let open = text.find('(').unwrap_or(text.len());
                            plain_language(part.start..part.start + open, Some(part.start + open..part.end), out);
                        }
                    }
                }
            }
        }
    }
}

/// Certificates, awards, publications.
pub fn credentials(page: &Page<'_>, range: &Range<usize>) -> Vec<Credential> {
    let rows = rows(page, range);
    let mut out: Vec<Credential> = Vec::new();
    if rows.is_empty() {
        return out;
    }
    let listed = rows.iter().filter(|r| r.bullet()).count();
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    let look = rows[0].look;
    let loud = look.bold && rows.iter().any(|r| !r.look.bold);
    let dates_of: Vec<_> = rows.iter().map(|r| dates::find(page.of(r))).collect();
    let dated: Vec<bool> = dates_of.iter().map(|d| !d.is_empty()).collect();
    let gaps = rows.iter().skip(1).filter(|r| r.gap).count();
    let spaced = gaps > 0 && gaps + 1 < rows.len();
    let one_each = dated.iter().filter(|d| **d).count() * 10 >= rows.len() * 7;
    let mut leading = dates_of.iter().filter_map(|d| d.first());
    let date_leads = dated[0] && leading.all(|s| s.range.start == 0);
    for (i, row) in rows.iter().enumerate() {
        let text = page.of(row);
        let lower = text.starts_with(char::is_lowercase);
        let only_date = dated[i] && dates_of[i].iter().map(|s| s.range.len()).sum::<usize>() + 4 >= text.len();
        let begins = match groups.last() {
            None => true,
            Some(_) if listed * 2 >= rows.len() => row.bullet(),
            Some(_) if loud => row.look.like(&look) && !only_date,
            Some(_) if only_date || lower => false,
            Some(_) if date_leads => dated[i],
            Some(_) if !dated[i - 1] && entries::wraps(page, rows[i - 1], row) => false,
            Some(group) if one_each => !group.is_empty() && group.iter().any(|r| !dates::find(page.of(r)).is_empty()),
            Some(group) => {
                let had = group.iter().any(|r| !dates::find(page.of(r)).is_empty());
                let any = dated.iter().any(|d| *d);
                row.gap || (!any && !spaced) || had
            }
        };
        if begins {
            groups.push(vec![row]);
        } else if let Some(group) = groups.last_mut() {
            group.push(row);
        }
    }
    // Where nearly every line holds a comma, it parts the name from who gave it.
    let with_comma = groups.iter().filter(|g| page.of(g[0]).contains(", ")).count();
    let commas = with_comma >= 2 && with_comma * 5 >= groups.len() * 3;
    for group in groups {
        let mut date = None;
        // What stands between two separators, over the rows on which it stands.
        let mut parts: Vec<Vec<Range<usize>>> = Vec::new();
        for (i, row) in group.iter().enumerate() {
            let mut wrapped = i > 0
                && entries::wraps(page, group[i - 1], row)
                && !page.of(group[i - 1]).trim_end().ends_with(['|', '·', '—', ',', '•']);
            let found = dates::find(page.of(row)).into_iter().next_back();
            for cell in &row.cells {
                let mut ranges = vec![cell.range.clone()];
                if let Some(span) = &found {
                    let whole = span.range.start + row.range.start..span.range.end + row.range.start;
                    let (s, e) = (whole.start.max(cell.range.start), whole.end.min(cell.range.end));
                    if s < e {
                        ranges = vec![cell.range.start..s, e..cell.range.end];
                    }
                }
                for range in ranges.iter().map(|r| page.trim(r)) {
                    if !page.text(&range).chars().any(char::is_alphanumeric) {
                        continue;
                    }
                    match parts.last_mut().filter(|_| std::mem::take(&mut wrapped)) {
                        Some(part) => part.push(range),
                        None => parts.push(vec![range]),
                    }
                }
            }
            if let Some(span) = found
                && date.is_none()
            {
                let point = span.start.or_else(|| {
                    span.end.and_then(|(e, r)| match e {
                        End::Date(d) => Some((d, r)),
                        End::Present => None,
                    })
                });
                date = point.map(|(d, r)| page.value(d, &(r.start + row.range.start..r.end + row.range.start), 0.85));
            }
        }
        let Some((head, rest)) = parts.split_first() else {
            continue;
        };
        let (first, more) = (head[0].clone(), &head[1..]);
        // "Name, Issuer", "Name – Issuer", "Name (Issuer)", or the issuer on the next line.
        let text = page.text(&first);
        let mut name = first.clone();
        let mut wrapped: &[Range<usize>] = &[];
        let mut issuer = None;
        let mut rest: Vec<Range<usize>> = rest.concat();
        let behind = |from: usize| {
            let mut ranges = vec![page.trim(&(from..first.end))];
            ranges.extend(more.iter().cloned());
            page.joined(&ranges, 0.7)
        };
        let comma = text.rfind(", ").filter(|_| rest.is_empty());
        let listed_issuer = |i: &usize| commas && text[i + 2..].split_whitespace().count() <= 6;
        let dash = [" | ", " — ", " · "]
            .iter()
            .find_map(|s| text.find(s).map(|i| (i, s.len())));
        let at = [" at ", " by ", " from "]
            .iter()
            .find_map(|s| text.find(s).map(|i| (i, s.len())))
            .filter(|(i, _)| *i > 3);
        if let Some((i, len)) = dash.or(at) {
            name = first.start..first.start + i;
            issuer = behind(first.start + i + len);
        } else if let Some(i) = comma.filter(|i| {
            (words::organisation(&text[i + 2..]) > 0.3 || listed_issuer(i))
                && text[i + 2..].chars().next().is_some_and(char::is_uppercase)
        }) {
            name = first.start..first.start + i;
            issuer = behind(first.start + i + 2);
        } else {
            wrapped = more;
        }
        if issuer.is_none() && !rest.is_empty() && page.text(&rest[0]).split_whitespace().count() <= 7 {
            issuer = page.field(&rest.remove(0), 0.6);
        }
        let name: Vec<_> = std::iter::once(&name).chain(wrapped).map(|r| page.trim(r)).collect();
        let Some(name) = page.joined(&name, 0.8) else { continue };
        out.push(Credential {
            id: Id::default(),
            name,
            issuer,
            date,
            url: None,
            summary: page.joined(&rest, 0.6),
        });
    }
    out
}

/// Projects.
pub fn projects(page: &Page<'_>, range: &Range<usize>) -> Vec<Project> {
    let marked = notes_as_items(page, range);
    let entries = entries::entries(page, &marked.iter().collect::<Vec<_>>());
    let mut out: Vec<Project> = Vec::new();
    for entry in &entries {
        let mut highlights = bullets(page, entry);
        let mut pieces: Vec<Range<usize>> = entry.pieces.iter().map(|p| p.range.clone()).collect();
        if pieces.is_empty() {
            if highlights.is_empty() {
                continue;
            }
            // A list of projects, one a bullet.
            for bullet in highlights {
                out.push(project(page, bullet.text, None, Vec::new(), entry));
            }
            continue;
        }
        let mut keywords = Vec::new();
        highlights.retain(|bullet| match words::labelled(&bullet.text.value) {
            Some(("technologies", from)) => {
                keywords.extend(listed(bullet, from));
                false
            }
            _ => true,
        });
        let first = pieces.remove(0);
        let text = page.text(&first);
        let cut = [" – ", " — ", " - ", ": ", " | "]
            .iter()
            .filter_map(|s| text.find(s).map(|i| (i, s.len())))
            .min();
        let (name, rest) = match cut {
            Some((i, len)) if i > 1 => (first.start..first.start + i, Some(first.start + i + len..first.end)),
            _ => (first.clone(), None),
        };
        let mut description: Vec<Range<usize>> = rest.into_iter().collect();
        description.extend(pieces);
        description.extend(entry.prose.iter().cloned());
        let Some(name) = page.field(&name, 0.8) else { continue };
        let description = page.joined(&description, 0.7);
        let mut project = project(page, name, description, highlights, entry);
        project.keywords = keywords;
        out.push(project);
    }
    out
}

fn project(page: &Page<'_>, name: Text, description: Option<Text>, highlights: Vec<Bullet>, entry: &Entry) -> Project {
    let (mut start, mut end) = (start(page, entry), end(page, entry));
    // One date alone says when it was made; nobody writes down only the end of a project.
    if start.is_none()
        && let Some(Field {
            value: End::Date(date),
            source,
            confidence,
        }) = end.clone()
    {
        start = Some(Field {
            value: date,
            source,
            confidence,
        });
        end = None;
    }
    Project {
        id: Id::default(),
        name,
        description,
        role: None,
        entity: None,
        start,
        end,
        url: None,
        highlights,
        keywords: Vec::new(),
    }
}

/// Interests: a list, or a line each of a name and its particulars: "Trail running: ultramarathons, fell races".
pub fn interests(page: &Page<'_>, range: &Range<usize>) -> Vec<Interest> {
    let mut out: Vec<Interest> = Vec::new();
    // A name with a colon, whose particulars stand in the next cell or row.
    let mut open = false;
    let particulars = |range: &Range<usize>| -> Vec<Text> {
        let parts = split(page, range, &[',', ';', '•', '·', '|']);
        parts.iter().filter_map(|k| page.field(k, 0.8)).collect()
    };
    for row in rows(page, range) {
        for cell in &row.cells {
            let text = page.text(&cell.range).trim_end();
            let short = |i: &usize| !text[..*i].contains([',', ';', '|']) && text[..*i].split(' ').count() <= 4;
            let colon = text.find(": ").or(text.strip_suffix(':').map(str::len)).filter(short);
            if let Some(i) = colon
                && let Some(name) = page.field(&(cell.range.start..cell.range.start + i), 0.8)
            {
                let more = cell.range.start + i + 1..cell.range.end;
                open = page.text(&more).trim().is_empty();
                out.push(Interest {
                    id: Id::default(),
                    name,
                    keywords: particulars(&more),
                });
                continue;
            }
            if open && let Some(last) = out.last_mut() {
                last.keywords.extend(particulars(&cell.range));
                continue;
            }
            for part in split(page, &cell.range, &[',', ';', '•', '·', '|']) {
                if let Some(name) = page.field(&part, 0.8) {
                    out.push(Interest {
                        id: Id::default(),
                        name,
                        keywords: Vec::new(),
                    });
                }
            }
        }
    }
    out
}

/// References: a row of a name, then how to reach them.
pub fn references(page: &Page<'_>, range: &Range<usize>) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    for row in rows(page, range) {
        let fresh = row.gap || out.is_empty() || row.look.bold || row.bullet();
        if fresh {
            if let Some(name) = page.field(&row.range, 0.6) {
                out.push(Reference {
                    id: Id::default(),
                    name,
                    reference: None,
                });
            }
        } else if let Some(last) = out.last_mut() {
            let more = page.field(&row.range, 0.6);
            match (&mut last.reference, more) {
                (Some(old), Some(new)) => {
                    old.value.push(' ');
                    old.value.push_str(&new.value);
                }
                (slot, more) => *slot = more,
            }
        }
    }
    out
}

/// Running text of a block, paragraphs joined.
pub fn prose(page: &Page<'_>, range: &Range<usize>, used: &[Range<usize>]) -> Option<Text> {
    let ranges: Vec<Range<usize>> = rows(page, range)
        .into_iter()
        .filter(|r| !used.iter().any(|u| u.start <= r.range.start && u.end >= r.range.end))
        .map(|r| r.range.clone())
        .collect();
    page.joined(&ranges, 0.85)
}
