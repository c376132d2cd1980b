//! Tells the pieces of an entry's heading apart: title, employer, place; degree, school.
//!
//! A heading is cut into atoms at every separator. A title is a run of atoms, so is an employer; all pairs of runs are
//! scored, and the best wins. What one heading leaves open the others decide: the order, the looks, a name that returns.

use super::contact::split;
use super::entries::{Entry, Piece};
use super::row::{Look, Page, spans_in};
use super::words;
use crate::resume::Text;
use std::collections::HashMap;
use std::ops::Range;

/// What a heading says.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// Job title, or degree with its subject.
    pub what: Option<Range<usize>>,
    /// Employer or school.
    pub who: Option<Range<usize>>,
    pub place: Option<Range<usize>>,
    /// What is left.
    pub rest: Vec<Range<usize>>,
    /// What a label tells besides, with the label: "Client: Northern Mutual", "Project: Payments".
    pub notes: Vec<Range<usize>>,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// What to look for in a heading.
#[derive(Clone, Copy)]
pub struct Kinds {
    pub what: fn(&str) -> f32,
    pub who: fn(&str) -> f32,
    /// What it costs a name that its first part does not read like one and a later part does: that part is the subject
    /// of "BSc, Physics, University of York".
    pub leading: f32,
    /// What a piece costs that neither takes: much beside a job, little beside a degree, whose subject often stands alone.
    pub left: f32,
}

/// For jobs.
pub const JOB: Kinds = Kinds {
    what: words::position,
    who: words::organisation,
    leading: 0.15,
    left: 1.0,
};
/// For studies.
pub const STUDY: Kinds = Kinds {
    what: words::study,
    who: words::school,
    leading: 0.2,
    left: 0.35,
};

/// Separators that mostly part fields, and those that often stand inside one.
const STRONG: [&str; 12] = [
    " | ",
    " – ",
    " — ",
    " • ",
    " · ",
    " - ",
    " @ ",
    " ‒ ",
    " // ",
    " ― ",
    "; ",
    " \u{fffd} ",
];
const WEAK: [&str; 3] = [", ", ": ", " / "];
/// Words between a title and its employer.
const AT: [&str; 9] = [
    " at ", " bei ", " chez ", " @ ", " bij ", " presso ", " with ", " na ", " beim ",
];

/// The same between a degree and its school.
const FROM: &str = " from ";

/// What stands between an atom and the one before it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Join {
    Row,
    Cell,
    Bar,
    Strong,
    Weak,
    Bracket,
    At,
}

#[derive(Debug, Clone)]
struct Atom {
    range: Range<usize>,
    join: Join,
    look: Look,
    place: f32,
    /// Above 0 where a label says that it is a title, below where it names an employer: "Designation: Analyst".
    says: f32,
    /// Where the label begins that stood in front: its value is told under the entry where no field takes it.
    label: Option<usize>,
    /// Which cell of the heading it stands in, counted from 0.
    slot: usize,
}

/// What a label in front of a colon announces, see [`Atom::says`]; 0 for a label of something else.
fn label(text: &str) -> Option<f32> {
    const WHAT: &[&str] = &[
        "position",
        "designation",
        "role",
        "title",
        "job title",
        "job",
        "post",
        "job role",
        "poste",
        "fonction",
        "stelle",
        "funktion",
        "puesto",
        "cargo",
        "funcao",
        "ruolo",
        "functie",
        "degree",
        "course",
        "qualification",
        "program",
        "programme",
        "studiengang",
        "abschluss",
    ];
    const WHO: &[&str] = &[
        "company",
        "company name",
        "organization",
        "organisation",
        "employer",
        "firm",
        "name of company",
        "arbeitgeber",
        "unternehmen",
        "firma",
        "entreprise",
        "empresa",
        "azienda",
        "bedrijf",
        "werkgever",
        "institution",
        "institute",
        "university",
        "college",
        "school",
        "hochschule",
        "schule",
    ];
    const OTHER: &[&str] = &[
        "client",
        "client name",
        "end client",
        "customer",
        "kunde",
        "cliente",
        "klant",
        "duration",
        "period",
        "dates",
        "date",
        "tenure",
        "location",
        "station",
        "duty station",
        "posting",
        "branch",
        "place",
        "environment",
        "project",
        "project name",
        "team size",
        "technologies",
        "tools",
        "responsibilities",
        "year",
        "zeitraum",
        "ort",
        "major",
        "field of study",
        "subject",
        "specialisation",
        "specialization",
        "fachrichtung",
        "minor",
        "completion",
        "graduation",
        "hours per week",
        "salary",
        "supervisor",
        "series and grade",
        "series/grade",
        "grade level",
        "pay plan",
        "hours",
        "okay to contact this supervisor",
        "may we contact",
        "employment type",
        "type of employment",
        "status",
        "industry",
        "sector",
        "reports to",
        "reason for leaving",
        "gpa",
        "cgpa",
        "grade",
        "final grade",
        "note",
        "abschlussnote",
        "moyenne",
        "nota",
        "voto",
    ];
    let folded = crate::text::fold(text);
    // "1) Organisation"
    let numbered = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    let plain = numbered.trim_matches(|c: char| !c.is_alphanumeric());
    if WHAT.contains(&plain) {
        return Some(1.0);
    }
    if WHO.contains(&plain) {
        return Some(-1.0);
    }
    OTHER.contains(&plain).then_some(0.0)
}

/// True for a row that a label marks as a particular of the contract, which is no field: "Salary: $88,621", "Hours per week: 40".
pub fn idle(text: &str) -> bool {
    const IDLE: &[&str] = &[
        "hours per week",
        "hours",
        "salary",
        "pay",
        "series",
        "series/grade",
        "series and grade",
        "grade level",
        "pay plan",
        "supervisor",
        "supervisor name",
        "okay to contact this supervisor",
        "may we contact",
        "may we contact this employer",
        "reason for leaving",
        "employment type",
        "type of employment",
        "notice period",
    ];
    let Some((front, value)) = text.split_once(':') else {
        return false;
    };
    let folded = crate::text::fold(front);
    let label = folded.split(" (").next().unwrap_or_default();
    !value.trim().is_empty() && IDLE.contains(&label.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Where the style changes from bold or italic words to plain ones or back, inside a piece of a heading.
fn style_changes(page: &Page<'_>, piece: &Piece) -> Vec<usize> {
    let mut spans = spans_in(page.doc, piece.page, &piece.range)
        .filter(|s| s.text.chars().any(char::is_alphanumeric))
        .peekable();
    let mut out = Vec::new();
    while let Some(span) = spans.next() {
        if let Some(next) = spans.peek()
            && (next.bold, next.italic) != (span.bold, span.italic)
            && next.range.start > piece.range.start
        {
            out.push(next.range.start - piece.range.start);
        }
    }
    out
}

fn atoms_of(page: &Page<'_>, piece: &Piece) -> Vec<(Range<usize>, Join)> {
    let range = &piece.range;
    // A line end inside is a space; the length stays the same.
    let flat = page.text(range).replace(['\n', '\t'], " ");
    let text = flat.as_str();
    let mut cuts: Vec<(usize, usize, Join)> = Vec::new();
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth > 0 || cuts.last().is_some_and(|(_, end, _)| at < *end) {
            continue;
        }
        let starts = |s: &&&str| text[at..].starts_with(**s);
        // "at Example Ltd" in a row of its own.
        if at == 0
            && let Some(s) = AT.iter().find(|s| text.starts_with(s.trim_start()))
        {
            cuts.push((0, s.len() - 1, Join::At));
            continue;
        }
        // "B.Sc. from St. Ann's College"
        let from = text[at..].starts_with(FROM) && words::degree(&text[..at]) >= 0.7;
        if let Some(s) = AT.iter().find(starts).or(from.then_some(&FROM)) {
            cuts.push((at, at + s.len(), Join::At));
        } else if let Some(s) = STRONG.iter().find(starts) {
            let bar = s.contains(['|', '•', '·', ';', '\u{fffd}']);
            cuts.push((at, at + s.len(), if bar { Join::Bar } else { Join::Strong }));
        } else if text[at..].starts_with(" / ") && one_title(text, at, cuts.last().map_or(0, |(_, end, _)| *end)) {
            continue;
        } else if let Some(s) = WEAK.iter().find(starts) {
            cuts.push((at, at + s.len(), Join::Weak));
        } else if text[at..].starts_with(". ") && (begins_note(&text[at + 2..]) || begins_school(text, at)) {
            cuts.push((at, at + 2, Join::Bar));
        } else if text[at..].starts_with(" (")
            && text.ends_with(')')
            && text.matches('(').count() == 1
            && text[at + 2..].find(')') == Some(text.len() - at - 3)
        {
            cuts.push((at, at + 1, Join::Bracket));
        }
    }
    // "Plainsman Freight Inc-Amarillo, TX", as job boards write it.
    if let Some(at) = text.rfind(", ").and_then(|comma| text[..comma].rfind('-')) {
        let (front, back) = (&text[..at], &text[at + 1..]);
        let state = back
            .rsplit(", ")
            .next()
            .is_some_and(|s| s.len() == 2 && s.bytes().all(|b| b.is_ascii_uppercase()));
        let named = front.ends_with(char::is_alphanumeric) && back.starts_with(char::is_uppercase);
        if state && named && words::place(back) >= 0.85 {
            cuts.retain(|(start, _, _)| *start <= at);
            cuts.push((at, at + 1, Join::Strong));
        }
    }
    if let Some(place) = words::place_within(text) {
        cuts.retain(|(start, end, _)| *end <= place.start || *start >= place.end);
        cuts.push((place.start, place.start, Join::Bar));
        cuts.push((place.end, place.end, Join::Bar));
        cuts.sort_by_key(|(start, _, _)| *start);
    }
    // Where the style changes a new field begins, also where nothing or only a comma parts it.
    for at in style_changes(page, piece) {
        if !text.is_char_boundary(at) {
            continue;
        }
        match cuts.iter_mut().find(|(start, end, _)| *start <= at && at <= *end + 1) {
            Some((_, _, join)) if *join == Join::Weak => *join = Join::Strong,
            Some(_) => {}
            None if text[..at].ends_with([' ', '\t', '(']) => cuts.push((at, at, Join::Strong)),
            None => {}
        }
    }
    cuts.sort_by_key(|(start, _, _)| *start);
    let mut out = Vec::new();
    let (mut from, mut join) = (0, Join::Cell);
    for (start, end, next) in cuts
        .into_iter()
        .chain(std::iter::once((text.len(), text.len(), Join::Cell)))
    {
        let part = page.trim(&(range.start + from..range.start + start.max(from)));
        if !part.is_empty() {
            out.push((part, join));
            join = next;
        } else if next == Join::At {
            join = next;
        }
        from = end;
    }
    out
}

/// True where a sentence ends and a school follows: "Técnico Superior en Finanzas. IES Río Gállego".
fn begins_school(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(' ').next().unwrap_or_default();
    let behind = text[at + 2..].split([',', '(', '.']).next().unwrap_or_default();
    word.chars().count() > 4 && behind.starts_with(char::is_uppercase) && words::school(behind) >= 0.9
}

/// True where a slash at `at` stands inside a title that begins at `from`: "Class 1 Driver / Driver Trainer".
fn one_title(text: &str, at: usize, from: usize) -> bool {
    let behind = &text[at + 3..];
    let end = STRONG
        .iter()
        .chain(&WEAK)
        .chain(&AT)
        .filter_map(|s| behind.find(s))
        .min();
    let title =
        |part: &str| words::position(part.split(" (").next().unwrap_or(part)) >= 0.6 && words::organisation(part) < 0.6;
    title(&text[from..at]) && title(&behind[..end.unwrap_or(behind.len())])
}

/// True where a labelled note begins, of one or two words and a colon: "Thesis: …".
fn begins_note(text: &str) -> bool {
    text.split_whitespace().take(2).any(|w| w.len() > 3 && w.ends_with(':')) && text.starts_with(char::is_uppercase)
}

/// Suffixes that a comma sets off from the name that they belong to.
pub fn tail_of_name(text: &str) -> bool {
    let folded = crate::text::fold(text);
    let plain = folded.trim_end_matches('.').replace('.', "");
    matches!(
        plain.as_str(),
        "inc"
            | "llc"
            | "ltd"
            | "lp"
            | "llp"
            | "plc"
            | "pllc"
            | "corp"
            | "co"
            | "pvt ltd"
            | "gmbh"
            | "sa"
            | "sas"
            | "sarl"
            | "srl"
            | "sl"
            | "spa"
            | "ag"
            | "kg"
            | "bv"
            | "nv"
            | "ltda"
            | "limited"
            | "incorporated"
            | "pty ltd"
            | "sa de cv"
            | "s de rl de cv"
            | "s coop"
            | "ditta individuale"
    )
}

fn atoms(page: &Page<'_>, entry: &Entry) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    let mut row = usize::MAX;
    let mut slot = 0;
    for piece in &entry.pieces {
        let parts = atoms_of(page, piece);
        let only = parts.len() == 1;
        for (n, (range, join)) in parts.into_iter().enumerate() {
            let text = page.text(&range);
            // "Period :", whose date was read before.
            if only
                && label(text).is_some()
                && page.doc.text[range.end..]
                    .trim_start_matches([' ', '\t'])
                    .starts_with(':')
            {
                continue;
            }
            let beside = entry.pieces.len() > 1 && join != Join::Bracket;
            if super::dates::duration(text) || beside && is_terms(text) {
                continue;
            }
            let fresh = n == 0;
            let join = match (n, piece.row == row) {
                (0, _) if join == Join::At => Join::At,
                (0, false) => Join::Row,
                (0, true) => Join::Cell,
                _ => join,
            };
            slot += usize::from(fresh && !out.is_empty());
            row = piece.row;
            if join == Join::Weak
                && tail_of_name(text)
                && let Some(last) = out.last_mut()
            {
                last.range.end = range.end;
                continue;
            }
            let mut says = 0.0;
            let mut named = None;
            if let Some(last) = out.last()
                && (matches!(join, Join::Weak | Join::Strong)
                    || join == Join::Cell && last.join == Join::Row
                    || join == Join::Cell && out.len() == 1)
                && page
                    .doc
                    .text
                    .get(last.range.end..range.start)
                    .is_some_and(|t| t.contains(':') || join == Join::Cell)
                && let Some(kind) = label(page.text(&last.range))
            {
                says = kind;
                named = out.pop().filter(|_| kind == 0.0).map(|label| label.range.start);
            }
            let known = words::title(text) >= 0.5 || words::organisation(text) >= 0.7;
            let place = if known { 0.0 } else { words::place(text) };
            out.push(Atom {
                range,
                join,
                look: piece.look,
                place,
                says,
                label: named,
                slot,
            });
        }
    }
    // "City, ST": neighbours at a comma that make a place together.
    let mut at = 0;
    while at + 1 < out.len() {
        let whole = out[at].range.start..out[at + 1].range.end;
        let whole_text = page.text(&whole);
        let bracket = page.text(&out[at + 1].range).starts_with('(');
        let front = page.text(&out[at].range);
        const REGION: [&str; 7] = [
            " City",
            " State",
            " Province",
            " County",
            " Region",
            " District",
            " Area",
        ];
        let town = words::place(front) >= 0.85 || REGION.iter().any(|r| front.ends_with(r));
        // "Helpdock, Hamburg": the first part is the name where nothing else can be.
        let named = |n: usize| {
            let text = page.text(&out[n].range);
            n != at && n != at + 1 && out[n].place < 0.6 && words::position(text) < 0.6 && words::degree(text) < 0.7
        };
        let alone = !town && !(0..out.len()).any(named);
        let known = alone || words::title(whole_text) >= 0.5 || words::organisation(front) >= 0.9 && !town;
        if out[at + 1].join == Join::Weak && !bracket && !known && words::place(whole_text) >= 0.85 {
            out[at].range = whole;
            out[at].place = words::place(whole_text);
            out.remove(at + 1);
        } else {
            at += 1;
        }
    }
    out.truncate(12);
    out
}

/// Words for the terms of employment, which networks put beside the employer: "Tessel Analytics · Full-time".
fn is_terms(text: &str) -> bool {
    matches!(
        crate::text::fold(text).as_str(),
        "full-time"
            | "full time"
            | "part-time"
            | "part time"
            | "permanent"
            | "hybrid"
            | "on-site"
            | "vollzeit"
            | "teilzeit"
            | "temps plein"
            | "temps partiel"
            | "tiempo completo"
            | "jornada completa"
            | "tempo integral"
            | "tempo pieno"
    )
}

/// Words in brackets that say how somebody was employed, not where.
fn is_contract(text: &str) -> bool {
    let folded = crate::text::fold(text);
    is_terms(text)
        || matches!(
            folded.as_str(),
            "contract"
                | "contractor"
                | "temporary"
                | "temp"
                | "internship"
                | "intern"
                | "freelance"
                | "seasonal"
                | "volunteer"
                | "remote"
                | "agency"
                | "placement"
                | "apprenticeship"
                | "casual"
                | "minijob"
                | "werkstudent"
                | "praktikum"
                | "stage"
                | "alternance"
                | "cdd"
                | "cdi"
                | "interim"
                | "bijbaan"
                | "stagiair"
                | "tirocinio"
                | "becario"
        )
}

/// What the headings of a block have in common.
#[derive(Default)]
struct Habit {
    /// Above 0: the title comes first.
    first: f32,
    /// Looks of titles and of employers.
    looks: HashMap<LookKey, (f32, f32)>,
    /// Texts that stand in several headings.
    often: HashMap<String, usize>,
    /// What stands between title and employer in one cell, and how surely; in the order in which it was met, so that the sum is
    /// always the same.
    joins: Vec<(Join, f32)>,
    /// Up to 0.4 where title and employer mostly stand in cells of their own: then a comma parts no fields.
    apart: f32,
}

impl Habit {
    /// Where a comma parts title and employer elsewhere, a dash does not here: what a separator between them is worth.
    fn parts(&self, join: Join) -> f32 {
        let all: f32 = self.joins.iter().map(|(_, weight)| weight).sum();
        let alike: f32 = self
            .joins
            .iter()
            .filter(|(j, _)| *j == join)
            .map(|(_, weight)| weight)
            .sum();
        match all {
            ..0.8 => 0.0,
            _ if alike * 2.0 > all => 0.2,
            _ => -0.2,
        }
    }
}

/// Size class, bold, italic, colour, capitals.
type LookKey = (i32, bool, bool, u32, bool);

fn key(look: &Look) -> LookKey {
    (look.size / 4, look.bold, look.italic, look.colour, look.caps)
}

/// All headings of a block together: what stays open in one follows the order of the others.
pub fn read(page: &Page<'_>, entries: &[Entry], kinds: &Kinds) -> Vec<Heading> {
    let mut all: Vec<Vec<Atom>> = entries.iter().map(|e| atoms(page, e)).collect();
    if kinds.left >= 1.0 {
        towns(page, &mut all);
    }
    let mut habit = Habit::default();
    for atoms in &all {
        let mut seen: Vec<String> = atoms.iter().map(|a| crate::text::fold(page.text(&a.range))).collect();
        seen.sort();
        seen.dedup();
        for text in seen {
            *habit.often.entry(text).or_default() += 1;
        }
    }
    let first: Vec<(f32, Choice)> = all.iter().map(|a| choose(page, a, kinds, &habit)).collect();
    let (mut vote, mut apart) = (0.0, 0.0);
    for ((value, choice), atoms) in first.iter().zip(&all) {
        let weight = (value - 0.6).clamp(0.05, 1.0);
        if let (Some(what), Some(who)) = (&choice.what, &choice.who) {
            vote += if what.start < who.start { weight } else { -weight };
            let (a, b) = (atoms[what.start].slot, atoms[who.start].slot);
            // A school and the subject share a cell beside the degree where no third one holds the subject.
            let third = || atoms.iter().any(|t| t.slot != a && t.slot != b && t.place < 0.6);
            let whole = atoms[what.start].range.start..atoms[what.end - 1].range.end;
            let subject = || super::sections::degree(page, &whole, 1.0).1.is_some();
            let own = a != b && (kinds.left >= 1.0 || third() || subject());
            apart += if own { weight } else { -weight };
            if a == b && (what.end == who.start || who.end == what.start) {
                let second = what.start.max(who.start);
                habit.joins.push((atoms[second].join, weight));
            }
            let (a, b) = (&atoms[what.start].look, &atoms[who.start].look);
            if key(a) != key(b) {
                habit.looks.entry(key(a)).or_default().0 += weight;
                habit.looks.entry(key(b)).or_default().1 += weight;
            }
        }
    }
    habit.first = (vote * 0.6).clamp(-0.45, 0.45);
    // A school and the subject often share a cell beside the degree.
    habit.apart = if kinds.left < 1.0 {
        0.0
    } else {
        (apart * 0.3).clamp(0.0, 0.4)
    };
    all.iter()
        .map(|atoms| {
            let (value, choice) = choose(page, atoms, kinds, &habit);
            heading(page, atoms, value, choice)
        })
        .collect()
}

/// Towns that no list knows: where most employers have a short name behind their last comma and some of those are known
/// places, the others are places too: "Lee Valley Pet Clinic, Cork", "Blackwater Veterinary Hospital, Mallow".
fn towns(page: &Page<'_>, all: &mut [Vec<Atom>]) {
    let last = |atoms: &[Atom], i: usize| atoms.get(i + 1).is_none_or(|next| next.slot != atoms[i].slot);
    let front = |atom: &Atom| words::organisation(page.text(&atom.range));
    // Behind a comma, last in its cell, and what stands before it is a name of its own; a quarter may stand between them,
    // "Isla Resort, Mactan, Cebu".
    let behind = |atoms: &[Atom], i: usize| {
        // Behind a bar a new field begins: "Skilehrer | Skischule Arlberg, Lech".
        let fresh = i > 0 && matches!(atoms[i - 1].join, Join::Bar | Join::Strong | Join::At);
        let same = |k: usize| atoms[k].slot == atoms[i].slot && !(fresh && k + 1 < i);
        let quarter = i >= 2 && same(i - 2) && atoms[i - 1].join == Join::Weak;
        i > 0
            && atoms[i].join == Join::Weak
            && same(i - 1)
            && (i < 2 || !same(i - 2) || quarter && (i < 3 || !same(i - 3)))
            && last(atoms, i)
            && words::position(page.text(&atoms[i - 1].range)) < 0.6
    };
    let name = |atom: &Atom| {
        let text = page.text(&atom.range);
        let words = text.split_whitespace().count();
        let small = |w: &str| PARTICLES.contains(&w) || matches!(w, "am" | "an" | "on" | "upon" | "sur" | "im" | "bei");
        // "Lyon 8e"
        let district = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 4;
        let first = text.split_whitespace().next().unwrap_or_default();
        (1..=4).contains(&words)
            && !text.contains('&')
            && first.starts_with(char::is_uppercase)
            && text.split_whitespace().all(|w| {
                w.starts_with(char::is_uppercase)
                    || small(w)
                    || district(w)
                    || w.starts_with("d’")
                    || w.starts_with("d'")
            })
            && (!text.contains(|c: char| c.is_ascii_digit()) || words::place(first) >= 0.5)
            && words::organisation(text) < 0.5
            && words::school(text) < 0.5
            && words::title(text) < 0.5
            && !words::department(text)
            && !tail_of_name(text)
    };
    // Behind a bar or a dash, last but for a title in its cell, where the title stands elsewhere: "Acme Ltd – Leeds".
    let barred = |atoms: &[Atom], i: usize| {
        let text = |k: usize| page.text(&atoms[k].range);
        let own = |k: &usize| atoms[*k].slot == atoms[i].slot;
        i > 0
            && matches!(atoms[i].join, Join::Strong | Join::Bar | Join::Bracket)
            && !is_contract(text(i))
            && own(&(i - 1))
            && last(atoms, i)
            && words::position(text(i)) < 0.5
            && words::position(text(i - 1)) < 0.6
            && (0..atoms.len()).any(|k| k != i && k + 1 != i && words::position(text(k)) >= 0.6)
    };
    // "Northgate Softworks, Wrocław — QA Engineer": last but for the title.
    let before_title = |atoms: &[Atom], i: usize| {
        i > 0
            && atoms[i].join == Join::Weak
            && atoms[i - 1].slot == atoms[i].slot
            && (i < 2 || atoms[i - 2].slot != atoms[i].slot)
            && atoms.get(i + 1).is_some_and(|next| {
                matches!(next.join, Join::Strong | Join::Bar) && words::position(page.text(&next.range)) >= 0.6
            })
            && words::position(page.text(&atoms[i - 1].range)) < 0.6
    };
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut known: Vec<(usize, usize)> = Vec::new();
    for (n, atoms) in all.iter().enumerate() {
        for i in 0..atoms.len() {
            if !(behind(atoms, i) || barred(atoms, i) || before_title(atoms, i)) {
                continue;
            }
            if atoms[i].place >= 0.6 || page.text(&atoms[i].range).ends_with(" City") {
                known.push((n, i));
            } else if name(&atoms[i]) {
                open.push((n, i));
            }
        }
    }
    // Behind bars no known town is needed, where most headings have such a name there.
    let bars = |at: &&(usize, usize)| all[at.0][at.1].join != Join::Weak;
    let by_bars = known.iter().chain(&open).filter(bars).count();
    let habit = known.len() >= 2 || by_bars >= 3 && by_bars * 3 >= all.len() * 2;
    open.retain(|(n, i)| habit || front(&all[*n][*i - 1]) >= 0.3);
    // The same place twice, "Sheffield, Sheffield", says no more than once.
    let mostly = (habit || !known.is_empty()) && (known.len() + open.len()) * 2 > all.len();
    for (n, i) in known.iter().chain(&open).filter(|_| mostly).copied() {
        let atoms = &mut all[n];
        atoms[i].place = atoms[i].place.max(0.85);
        let quarter = i >= 2 && atoms[i - 2].slot == atoms[i].slot && atoms[i - 1].place < 0.6 && name(&atoms[i - 1]);
        if quarter && front(&atoms[i - 2]) >= 0.3 {
            atoms[i - 1].place = 0.85;
        }
    }
}

/// Runs of atoms for the title and the employer.
#[derive(Debug, Clone, Default)]
struct Choice {
    what: Option<Range<usize>>,
    who: Option<Range<usize>>,
}

/// Price of taking atoms apart by these separators as one text; `None` where they never are.
fn glue(atoms: &[Atom], run: &Range<usize>) -> Option<f32> {
    let mut cost = 0.0;
    // Where bars part the fields, a dash stands inside one: "Assistant Manager – Planning | Acme Ltd".
    let barred = atoms.iter().any(|a| a.join == Join::Bar);
    for atom in &atoms[run.start + 1..run.end] {
        cost += match atom.join {
            Join::Weak => 0.12,
            Join::Bracket => 0.04,
            Join::Strong if barred => 0.06,
            Join::Strong => 0.22,
            Join::At => 0.75,
            Join::Bar => 0.6,
            Join::Row | Join::Cell => return None,
        };
        if atom.place >= 0.85 {
            cost += 0.5;
        }
    }
    Some(cost)
}

fn choose(page: &Page<'_>, atoms: &[Atom], kinds: &Kinds, habit: &Habit) -> (f32, Choice) {
    let count = atoms.len();
    let mut runs: Vec<(Range<usize>, f32, f32)> = Vec::new();
    let unit = |atom: &Atom| atom.join == Join::Weak && words::department(page.text(&atom.range));
    let units: Vec<bool> = atoms.iter().map(unit).collect();
    for from in 0..count {
        for to in from + 1..=count.min(from + 4) {
            let run = from..to;
            let Some(cost) = glue(atoms, &run) else { break };
            let text = page.text(&(atoms[from].range.start..atoms[to - 1].range.end));
            let (mut what, mut who) = ((kinds.what)(text) - cost, (kinds.who)(text) - cost);
            let part = |i: usize| page.text(&atoms[i].range);
            let bare = |i: usize| (kinds.who)(part(i)) < 0.5 && (part(i).contains(' ') || kinds.left < 1.0);
            if bare(from) && (from + 1..to).any(|i| (kinds.who)(part(i)) >= 0.9) {
                who -= kinds.leading;
            }
            if to - from == 1 && atoms[from].place >= 0.85 {
                // With its country behind it, "Lagos State, Nigeria", all the more.
                let sure = 1.5 * (atoms[from].place - 0.85).min(0.35);
                what -= 0.6 + sure;
                who -= 0.6 + sure;
            }
            let town = to - from == 1 && atoms[from].place >= 0.6;
            if !town && habit.often.get(&crate::text::fold(text)).is_some_and(|n| *n > 1) {
                who += 0.35;
                what -= 0.1;
            }
            // The whole of a cell, but for a place, or a part of it.
            let slot = atoms[from].slot;
            let outside = |i: usize| atoms[i].slot == slot && !run.contains(&i) && atoms[i].place < 0.6;
            let change = if (0..count).any(outside) {
                -habit.apart
            } else {
                cost.min(habit.apart)
            };
            what += change;
            who += change;
            if let Some((titles, names)) = habit.looks.get(&key(&atoms[from].look)) {
                let lean = ((titles - names) * 0.4).clamp(-0.4, 0.4);
                what += lean;
                who -= lean;
            }
            // What a label announces as something else, a client, is a field only where nothing better is.
            let labelled = atoms[from..to].iter().any(|a| a.label.is_some());
            if labelled {
                what -= 0.8;
                who -= 0.4;
            }
            if who > 0.0 && words::department(text) && words::organisation(text) < 0.9 {
                who -= 2.0;
            }
            // "Staff Sergeant (E-6), Supply Sergeant": a title that names no employer at all.
            if kinds.left >= 1.0 && who > 0.0 && words::position(text) >= 0.8 && words::organisation(text) < 0.4 {
                who -= 0.5;
            }
            if to - from > 1 && units[from + 1..to].iter().all(|unit| *unit) {
                what += 0.25;
            }
            let says: f32 = atoms[from..to].iter().map(|a| a.says).sum();
            what += 1.2 * says;
            who -= 1.2 * says;
            let unlikely = implausible(text);
            what -= unlikely;
            who -= unlikely;
            if text.split_whitespace().count() > 14 {
                what -= 0.8;
                who -= 0.8;
            }
            runs.push((run, what, who));
        }
    }
    // What no field explains costs, less so further down.
    let left = |used: &[&Range<usize>]| -> f32 {
        (0..count)
            .filter(|i| !used.iter().any(|r| r.contains(i)))
            .map(|i| match atoms[i].place {
                p if p >= 0.6 => 0.0,
                p if p > 0.0 => 0.12,
                _ if i > 4 => 0.1,
                _ => 0.3,
            })
            .sum::<f32>()
            * kinds.left
    };
    let late = |run: &Range<usize>| 0.06 * run.start as f32;
    let mut best: (f32, Choice) = (f32::MIN, Choice::default());
    let mut offer = |value: f32, what: Option<&Range<usize>>, who: Option<&Range<usize>>| {
        if value > best.0 + 1e-5 {
            best = (
                value,
                Choice {
                    what: what.cloned(),
                    who: who.cloned(),
                },
            );
        }
    };
    for (run, what, who) in &runs {
        offer(what - 0.35 - late(run) - left(&[run]), Some(run), None);
        offer(who - 0.45 - late(run) - left(&[run]), None, Some(run));
        for (other, _, name) in &runs {
            if other.start < run.end && run.start < other.end {
                continue;
            }
            // A text that reads like the other field costs, unless it clearly is its own.
            let cross = |own: f32, other: f32| (other - 0.35).max(0.0) * 0.5 * (1.0 - own.clamp(0.0, 1.0));
            let (left_text, right_text) = (text_of(page, atoms, run), text_of(page, atoms, other));
            let cross = cross(*what, (kinds.who)(left_text)) + cross(*name, (kinds.what)(right_text));
            let mut value = what + name - cross + 0.6 - late(run) - late(other) - left(&[run, other]);
            value += if run.start < other.start {
                habit.first
            } else {
                -habit.first
            };
            if other.start == run.end && atoms[other.start].join == Join::At {
                value += 0.7;
            }
            if atoms[run.start].slot == atoms[other.start].slot {
                value -= habit.apart;
                let placed = |run: &Range<usize>| atoms[run.clone()].iter().any(|a| a.place >= 0.6);
                if (run.end == other.start || other.end == run.start) && !placed(run) && !placed(other) {
                    value += habit.parts(atoms[run.start.max(other.start)].join);
                }
            }
            // A place is an employer only where nothing speaks against it.
            if other.len() == 1 && atoms[other.start].place >= 0.85 {
                value -= 0.45;
            }
            // "MA, Design | Saint Martins", "MA, Design, Saint Martins": the subject stands by its degree, the school behind.
            if other.start == run.end && atoms[other.start].join == Join::Weak && (kinds.who)(right_text) < 0.9 {
                let open = |i: &usize| atoms[*i].place < 0.6;
                if (other.end..count).any(|i| open(&i)) {
                    value -= kinds.leading;
                }
            }
            offer(value, Some(run), Some(other));
        }
    }
    best
}

/// Small words inside names.
const PARTICLES: [&str; 24] = [
    "de", "du", "des", "la", "le", "les", "et", "del", "della", "di", "da", "do", "dos", "y", "e", "of", "and", "the",
    "für", "und", "der", "van", "en", "per",
];

/// How little a text can be a title or a name: a sentence, a number, a scrap.
fn implausible(text: &str) -> f32 {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = parts
        .iter()
        .filter(|w| w.starts_with(|c: char| !c.is_lowercase()))
        .count();
    // "École primaire publique du Moulin-Vert": small words inside a name.
    let small = parts.iter().filter(|w| PARTICLES.contains(w)).count();
    let mut cost = 0.0;
    if letters < 3 && text.chars().count() != letters {
        cost += 0.9;
    } else if letters < 2 {
        cost += 0.7;
    }
    let named = || words::organisation(text) >= 0.7 || words::school(text) >= 0.7 || words::position(text) >= 0.6;
    if parts.len() >= 5 && capitals * 2 < parts.len() - small && !named() {
        cost += 0.5;
    }
    if parts.len() > 4 && text.ends_with('.') {
        cost += 0.3;
    }
    cost
}

fn text_of<'p>(page: &Page<'p>, atoms: &[Atom], run: &Range<usize>) -> &'p str {
    page.text(&(atoms[run.start].range.start..atoms[run.end - 1].range.end))
}

fn heading(page: &Page<'_>, atoms: &[Atom], value: f32, choice: Choice) -> Heading {
    let range = |run: &Option<Range<usize>>| {
        run.as_ref().map(|r| {
            let mut whole = atoms[r.start].range.start..atoms[r.end - 1].range.end;
            // "BA (Hons)": the bracket that closes belongs to it.
            let text = page.text(&whole);
            if text.matches('(').count() > text.matches(')').count() && page.doc.text[whole.end..].starts_with(')') {
                whole.end += 1;
            }
            page.trim(&whole)
        })
    };
    let used = |i: usize| {
        let within = |r: &Option<Range<usize>>| r.as_ref().is_some_and(|r| r.contains(&i));
        within(&choice.what) || within(&choice.who)
    };
    let mut free: Vec<usize> = (0..atoms.len()).filter(|i| !used(*i)).collect();
    let best = free
        .iter()
        .copied()
        .filter(|i| atoms[*i].place > 0.25)
        .filter(|i| *i == 0 || atoms[*i].join != Join::Weak || atoms[*i - 1].label.is_none())
        .max_by(|a, b| atoms[*a].place.total_cmp(&atoms[*b].place).then(b.cmp(a)));
    let short = |i: &usize| {
        let text = page.text(&atoms[*i].range);
        text.chars().count() < 25
            && !text.contains(|c: char| c.is_ascii_digit())
            && split(page, &atoms[*i].range, &[',']).len() == 2
            && text.split_whitespace().count() <= 3
    };
    let place = best.or_else(|| free.iter().copied().find(short));
    free.retain(|i| Some(*i) != place);
    let notes: Vec<Range<usize>> = free
        .iter()
        .filter_map(|i| {
            let start = atoms[*i].label?;
            let more = (i + 1..atoms.len())
                .take_while(|n| atoms[*n].join == Join::Weak && !used(*n))
                .last();
            Some(start..atoms[more.unwrap_or(*i)].range.end)
        })
        .collect();
    free.retain(|i| {
        !notes
            .iter()
            .any(|n| n.start <= atoms[*i].range.start && atoms[*i].range.end <= n.end)
    });
    // Neighbours at a comma stay one text.
    let mut rest: Vec<Range<usize>> = Vec::new();
    for (n, i) in free.iter().enumerate() {
        match rest.last_mut() {
            Some(last) if n > 0 && free[n - 1] + 1 == *i && atoms[*i].join == Join::Weak => {
                last.end = atoms[*i].range.end;
            }
            _ => rest.push(atoms[*i].range.clone()),
        }
    }
    // Better no field than a sentence in it.
    let likely = |r: Option<Range<usize>>, rest: &mut Vec<Range<usize>>| match r {
        Some(r) if implausible(page.text(&r)) >= 0.5 => {
            rest.push(r);
            None
        }
        r => r,
    };
    let (what, who) = (
        likely(range(&choice.what), &mut rest),
        likely(range(&choice.who), &mut rest),
    );
    rest.sort_by_key(|r| r.start);
    Heading {
        what,
        who,
        place: place.map(|i| page.trim(&atoms[i].range)),
        rest,
        notes,
        confidence: (0.45 + 0.22 * value).clamp(0.3, 0.97),
    }
}

/// A field of a heading.
pub fn field(page: &Page<'_>, range: &Option<Range<usize>>, confidence: f32) -> Option<Text> {
    let range = range.as_ref()?;
    page.field(&(range.start..range.end - stop_at_end(page.text(range))), confidence)
}

/// 1 where a full stop ends a name that does not need it: "Translation Bureau.", "Tidewater Services Inc..".
fn stop_at_end(text: &str) -> usize {
    let Some(name) = text.strip_suffix('.') else { return 0 };
    let last = name.rsplit(' ').next().unwrap_or_default();
    let word = last.chars().all(char::is_alphabetic) && last.chars().count() >= 6;
    usize::from(name.ends_with('.') && !name.ends_with("..") || word)
}
