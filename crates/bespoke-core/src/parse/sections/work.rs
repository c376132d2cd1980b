//! Jobs, also voluntary ones.

use super::super::entries::{self};
use super::super::fields::{self, JOB};
use super::super::row::{Page, Row};
use super::super::words;
use super::{bullets, end, line, rows, start};
use crate::date::End;
use crate::resume::{Field, Id, Text, Work};
use std::ops::Range;

/// An employer with its whole stretch of time above the roles there, each with its own, is no job by itself.
fn under_employers(jobs: &mut Vec<Work>) {
    let title = |job: &Work| {
        job.position
            .as_ref()
            .is_some_and(|p| super::super::words::position(&p.value) >= 0.5)
    };
    let mut at = 0;
    while at + 1 < jobs.len() {
        let (head, role) = (&jobs[at], &jobs[at + 1]);
        let same = head
            .company
            .as_ref()
            .zip(role.company.as_ref())
            .is_some_and(|(a, b)| a.value == b.value);
        let within = match (&head.start, &role.start) {
            (Some(all), Some(own)) => all.value.months() <= own.value.months(),
            _ => false,
        };
        if !(same && within && !title(head) && title(role) && head.highlights.is_empty()) {
            at += 1;
            continue;
        }
        let head = jobs.remove(at);
        let role = &mut jobs[at];
        role.company = head.company;
        role.location = role.location.take().or(head.location);
        // What was said of the employer stays with the first role there.
        let said = head.position.into_iter().chain(head.summary).reduce(|mut a, b| {
            a.value = format!("{} {}", a.value, b.value);
            a
        });
        role.summary = role.summary.take().or(said);
    }
}

/// Jobs that are counted, "1. M/s. Malabar Infra Projects", without their numbers.
fn unnumbered(jobs: &mut [Work]) {
    for (n, job) in jobs.iter_mut().enumerate() {
        for field in [&mut job.company, &mut job.position].into_iter().flatten() {
            let number = (n + 1).to_string();
            let rest = field
                .value
                .strip_prefix(&number)
                .and_then(|r| r.strip_prefix(['.', ')']));
            let rest = rest.filter(|r| r.starts_with(' ')).unwrap_or(&field.value);
            let rest = rest.trim_start();
            let firm = ["M/s. ", "M/S. ", "M/s ", "M/S "]
                .iter()
                .find_map(|f| rest.strip_prefix(f));
            field.value = firm.unwrap_or(rest).to_owned();
        }
    }
}

/// A town above the title, under its date, was taken for the employer, who was left below: "Porto", "Diretora de arte", "Oficina
/// Ribeira".
fn place_first(job: &mut Work) {
    let town = |field: &Option<Text>| {
        field.as_ref().is_some_and(|t| {
            words::place(&t.value) >= 0.85 && words::organisation(&t.value) < 0.5 && words::position(&t.value) < 0.5
        })
    };
    let name = |t: &Text| {
        let words = t.value.split_whitespace().count();
        words <= 6
            && !t.value.ends_with('.')
            && t.value.starts_with(char::is_uppercase)
            && words::place(&t.value) < 0.85
    };
    if job.location.is_some() || !job.summary.as_ref().is_some_and(name) {
        return;
    }
    if town(&job.company) && !town(&job.position) {
        job.location = std::mem::replace(&mut job.company, job.summary.take());
    } else if town(&job.position) && !town(&job.company) {
        job.location = std::mem::replace(&mut job.position, job.company.take());
        job.company = job.summary.take();
    }
}

/// A place that was left behind the name of an employer: "Conserve Valmarecchia S.p.A., Santarcangelo di Romagna (RN)",
/// "Morrow + Peake · Denver, CO", "Van Deursen Verslogistiek B.V. te Zwolle".
fn part_place(page: &Page<'_>, heading: &mut fields::Heading) {
    let Some(who) = heading.who.clone() else { return };
    let text = page.text(&who);
    // "Hospital Santa Dulce – Salvador/BA"
    if let Some(place) = words::place_within(text).filter(|place| place.start > 3 && place.end == text.len()) {
        let front = page.trim(&(who.start..who.start + place.start));
        heading.who = Some(front);
        heading.place.get_or_insert(who.start + place.start..who.end);
        return;
    }
    let name = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c == '(');
    let town = |tail: &str| {
        let words = tail.split_whitespace();
        let small = |w: &str| {
            matches!(
                w,
                "di" | "de" | "do" | "da" | "del" | "am" | "im" | "an" | "der" | "den" | "upon" | "la" | "le" | "sur"
            )
        };
        words.clone().count() <= 5 && words.clone().all(|w| name(w) || small(w)) && words::organisation(tail) < 0.6
    };
    let bracket = text
        .rfind(" (")
        .filter(|_| text.ends_with(')'))
        .map(|open| (open, open + 2));
    if let Some((front, place)) = bracket
        && words::place(&text[place..text.len() - 1]) >= 0.6
    {
        heading.who = Some(who.start..who.start + front);
        heading.place.get_or_insert(who.start + place..who.end - 1);
        return;
    }
    let at = text.match_indices([',', '·', '|', ' ']).find_map(|(at, sign)| {
        let (front, rest) = (text[..at].trim_end(), text[at + sign.len()..].trim_start());
        let last = front.rsplit(' ').next().unwrap_or_default();
        let legal = fields::tail_of_name(last) || last.ends_with("W.L.L.");
        let place = match sign {
            " " => rest.strip_prefix("te ")?,
            "," if legal && !fields::tail_of_name(rest.split([',', ' ']).next().unwrap_or_default()) => rest,
            "·" | "|" if words::place(rest) >= 0.85 => rest,
            _ => return None,
        };
        town(place).then_some((front.len(), text.len() - place.len()))
    });
    let Some((front, place)) = at else { return };
    heading.who = Some(who.start..who.start + front);
    heading.place.get_or_insert(who.start + place..who.end);
}

/// True for a title that says that nobody employed: leave, a break, work on one's own account.
fn on_ones_own(title: &str) -> bool {
    const OWN: &[&str] = &[
        "elternzeit",
        "mutterschutz",
        "parental leave",
        "maternity leave",
        "paternity leave",
        "career break",
        "sabbatical",
        "conge parental",
        "conge maternite",
        "baja maternal",
        "baja por maternidad",
        "licencia maternidad",
        "freelance",
        "freelancer",
        "self-employed",
        "self employed",
        "freiberuflich",
        "selbststandig",
        "independant",
        "independiente",
        "autonomo",
        "autonoma",
        "libero professionista",
        "zzp",
        "gap year",
        "travelling",
        "job search",
        "arbeitssuchend",
    ];
    let folded = crate::text::fold(title);
    OWN.iter()
        .any(|o| folded.split([',', '(', '–', '-']).any(|p| p.trim() == *o) || folded.starts_with(&format!("{o} ")))
}

/// Below an employer with its whole stretch of time, roles within it name no other: "Senior Manager, Marine Cargo".
fn roles_alone(page: &Page<'_>, entries: &[entries::Entry], headings: &mut [fields::Heading]) {
    let months = |entry: &entries::Entry| {
        let (span, _) = entry.span.as_ref().filter(|(s, _)| s.stretch)?;
        let start = span.start.as_ref()?.0.months();
        let end = match span.end.as_ref()?.0 {
            // "2011" goes to its last month.
            End::Date(date) => date.months() + if date.month.is_none() { 11 } else { 0 },
            End::Present => i32::MAX,
        };
        Some((start, end))
    };
    let mut at = 0;
    while at < entries.len() {
        let head = &entries[at];
        let who = headings[at].who.clone();
        let title = |h: &fields::Heading| h.what.as_ref().is_some_and(|w| words::position(page.text(w)) >= 0.6);
        let bare = head.items.is_empty() && head.prose.is_empty() && !title(&headings[at]);
        let (Some(_), Some(whole), true) = (who, months(head), bare) else {
            at += 1;
            continue;
        };
        let within = |n: &usize| months(&entries[*n]).is_some_and(|(s, e)| s >= whole.0 && e <= whole.1);
        let roles: Vec<usize> = (at + 1..entries.len()).take_while(within).collect();
        at += 1 + roles.len();
        let several = roles.len() > 1;
        for n in roles {
            let heading = &mut headings[n];
            let (Some(who), Some(what)) = (heading.who.clone(), heading.what.clone()) else {
                continue;
            };
            let both = who.start.min(what.start)..who.end.max(what.end);
            let beside = page.text(&both).len() <= who.len() + what.len() + 6 && !page.text(&both).contains('\n');
            // "Business Analyst — Client: Ohio Department of Aging".
            let between = page.text(&(what.end.min(who.start)..who.start)).to_lowercase();
            let client = between.trim_end().ends_with(':');
            let small = page.text(&who).starts_with(char::is_lowercase);
            if client {
                heading.who = None;
            } else if beside && (several && words::organisation(page.text(&who)) < 0.9 || small) {
                (heading.what, heading.who) = (Some(both), None);
            }
        }
    }
}

/// A job told in a sentence, "Worked as Analyst in Zenora", "Before that: Labourer, Various sawmills", "Cajera en El Pilar": the
/// words that lead to the title and from it to the employer are no part of it.
fn told_in_words(page: &Page<'_>, heading: &mut fields::Heading) {
    const BEFORE: [&str; 7] = [
        "working as an ",
        "working as a ",
        "working as ",
        "worked as an ",
        "worked as a ",
        "worked as ",
        "employed as ",
    ];
    const BEHIND: [&str; 11] = [
        " in", " at", " with", " for", " en", " em", " bei", " chez", " presso", " bij", " na",
    ];
    if let Some(what) = &mut heading.what {
        what.start = entries::led_back(page.text(what)).map_or(what.start, |rest| what.end - rest.len());
        let text = page.text(what);
        let front = |f: &&&str| text.get(..f.len()).is_some_and(|t| t.eq_ignore_ascii_case(f));
        what.start += BEFORE.iter().find(front).map_or(0, |f| f.len());
        let text = page.text(what);
        let tail = BEHIND.iter().find(|tail| text.ends_with(**tail));
        what.end -= tail.filter(|t| text.len() > t.len() + 3).map_or(0, |t| t.len());
    }
    if let Some(who) = &mut heading.who {
        let text = page.text(who);
        let front = BEHIND
            .iter()
            .find_map(|f| text.strip_prefix(f.trim_start())?.strip_prefix(' '));
        who.start = front.map_or(who.start, |rest| who.end - rest.len());
    }
}

/// The piece of a heading that a field begins in.
fn piece_of<'e>(entry: &'e entries::Entry, field: &Range<usize>) -> Option<&'e entries::Piece> {
    entry.pieces.iter().find(|p| p.range.contains(&field.start))
}

/// Below "Umhlali Supermarkets, Durban" over "Branch Manager, Phoenix Plaza", a single row "Branch Manager, KwaMashu" is another
/// role at the same employer: what stands behind its comma is no employer, unless it reads like one.
fn roles_below(page: &Page<'_>, entries: &[entries::Entry], headings: &mut [fields::Heading]) {
    // The look of the title, where the employer stands in a row of its own above it.
    let headed = |n: usize, heading: &fields::Heading| {
        let who = piece_of(&entries[n], heading.who.as_ref()?)?;
        let what = piece_of(&entries[n], heading.what.as_ref()?)?;
        (what.row == who.row + 1).then_some(what.look)
    };
    let mut above = None;
    for (n, heading) in headings.iter_mut().enumerate() {
        if let Some(look) = headed(n, heading) {
            above = Some(look);
            continue;
        }
        let (Some(look), Some(who), Some(what)) = (above, heading.who.clone(), heading.what.clone()) else {
            continue;
        };
        let single = entries[n].pieces.iter().all(|p| p.row == 0);
        let alike = piece_of(&entries[n], &what).is_some_and(|own| own.look.like(&look));
        let beside = page.doc.text.get(what.end..who.start) == Some(", ");
        if single && alike && beside && words::organisation(page.text(&who)) < 0.6 {
            (heading.what, heading.who) = (Some(what.start..who.end), None);
        }
    }
}

/// "Electrician, Mallee Farm Electrical" over "Swan Hill, March 2014 to July 2016", in two jobs or more of which one town is known:
/// what stands beside the dates is no employer.
fn towns_below(page: &Page<'_>, entries: &[entries::Entry], headings: &mut [fields::Heading]) {
    let split = |n: usize, heading: &fields::Heading| {
        let (who, what) = (heading.who.clone()?, heading.what.clone()?);
        let (below, above) = (piece_of(&entries[n], &who)?, piece_of(&entries[n], &what)?);
        let alone = entries[n].pieces.iter().filter(|p| p.row == below.row).count() == 1;
        let dated = entries[n].span.as_ref().is_some_and(|(_, row)| *row == below.row);
        let text = page.text(&what);
        let at = text.rfind(", ")?;
        let (front, tail) = (&text[..at], &text[at + 2..]);
        let title = words::position(front) >= 0.6 && words::position(tail) < 0.6 && !words::department(tail);
        let brief = page.text(&who).split_whitespace().count() <= 3 && words::organisation(page.text(&who)) < 0.6;
        (below.row == above.row + 1 && alone && dated && title && brief).then_some((at, who, what))
    };
    let found: Vec<_> = (0..entries.len()).map(|n| split(n, &headings[n])).collect();
    let known = |who: &Range<usize>| words::place(page.text(who)) >= 0.6;
    if found.iter().flatten().count() < 2 || !found.iter().flatten().any(|(_, who, _)| known(who)) {
        return;
    }
    for (heading, found) in headings.iter_mut().zip(found) {
        let Some((at, who, what)) = found else { continue };
        heading.what = Some(what.start..what.start + at);
        heading.who = Some(what.start + at + 2..what.end);
        heading.place.get_or_insert(who);
    }
}

/// What a contract says besides goes with the job above it.
fn particulars(page: &Page<'_>, rows: &[Row], jobs: &mut [Work]) {
    for row in rows {
        let at = |field: Option<&Text>| field.and_then(|f| f.source.as_ref()).map(|s| s.start);
        let begins = |job: &Work| {
            at(job.company.as_ref())
                .into_iter()
                .chain(at(job.position.as_ref()))
                .min()
        };
        let above = |job: &&mut Work| begins(job).is_some_and(|start| start < row.range.start);
        let Some(job) = jobs.iter_mut().rfind(above) else {
            continue;
        };
        let Some(text) = page.field(&row.range, 0.7) else {
            continue;
        };
        match &mut job.summary {
            Some(said) => said.value = format!("{} {}", said.value, text.value),
            slot => *slot = Some(text),
        }
    }
}

/// Jobs, also voluntary ones.
pub fn work(page: &Page<'_>, range: &Range<usize>) -> Vec<Work> {
    let mut own: Vec<Row> = rows(page, range).into_iter().cloned().collect();
    let mut out: Vec<Work> = super::table::jobs(page, &mut own);
    let idle: Vec<Row> = own
        .extract_if(.., |r| !r.bullet() && fields::idle(page.of(r)))
        .collect();
    if own.is_empty() {
        return out;
    }
    let entries = entries::entries(page, &own.iter().collect::<Vec<_>>());
    let mut headings = fields::read(page, &entries, &JOB);
    headings.iter_mut().for_each(|heading| told_in_words(page, heading));
    roles_alone(page, &entries, &mut headings);
    roles_below(page, &entries, &mut headings);
    towns_below(page, &entries, &mut headings);
    headings.iter_mut().for_each(|heading| part_place(page, heading));
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
        for (at, note) in heading.notes.iter().enumerate() {
            job.highlights.splice(at..at, page.field(note, 0.8).map(line));
        }
        place_first(&mut job);
        // A town on a line of its own under the heading.
        if job.location.is_none()
            && let [line] = entry.prose.as_slice()
            && entry.items.len() != 1
            && super::super::words::place(page.text(line)) >= 0.6
        {
            job.location = job.summary.take();
        }
        let left: Vec<Range<usize>> = heading
            .rest
            .iter()
            .filter(|r| page.text(r).len() > 2 && super::super::words::heading(page.text(r)).is_none())
            .cloned()
            .collect();
        let letters = |r: &Range<usize>| page.text(r).chars().filter(|c| c.is_alphabetic()).count();
        if job.summary.is_none() && left.iter().any(|r| letters(r) >= 8) {
            job.summary = page.joined(&left, 0.5);
        } else if let Some(said) = page
            .joined(&left, 0.5)
            .filter(|t| t.value.split_whitespace().count() >= 5)
        {
            job.highlights.insert(0, line(said));
        }
        if job.company.is_none() && job.position.is_none() && job.highlights.is_empty() && job.summary.is_none() {
            continue;
        }
        // A second role at the employer above.
        if job.company.is_none()
            && let Some(before) = out.last()
            && before.company.is_some()
            && entry.span.is_some()
            && !job.position.as_ref().is_some_and(|p| on_ones_own(&p.value))
        {
            job.company = before.company.clone().map(|mut c| {
                c.confidence *= 0.7;
                c
            });
        }
        out.push(job);
    }
    particulars(page, &idle, &mut out);
    unnumbered(&mut out);
    under_employers(&mut out);
    // A town that no list knows, where the others stand at the same place.
    if out.iter().any(|j| j.location.is_some()) {
        for job in out.iter_mut().filter(|j| j.location.is_none() && j.company.is_some()) {
            let town = |text: &Text| {
                let words: Vec<&str> = text.value.split_whitespace().collect();
                let name = |w: &&str| {
                    w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || c == '-' || c == ',')
                };
                words.len() <= 3 && words.iter().all(name)
            };
            if job.summary.as_ref().is_some_and(town) {
                job.location = job.summary.take();
            }
        }
    }
    // What a job tells in a paragraph and not in a list was done there all the same: a list of one. Where others have a text
    // besides their list, it says something else.
    let told = |text: &Text| (4..=120).contains(&text.value.split_whitespace().count());
    let both = out
        .iter()
        .any(|j| !j.highlights.is_empty() && j.summary.as_ref().is_some_and(told));
    for job in out.iter_mut().filter(|_| !both) {
        if job.highlights.is_empty()
            && let Some(text) = job.summary.take_if(|t| told(t))
        {
            job.highlights.push(line(text));
        }
    }
    out
}
