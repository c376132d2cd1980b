//! What the base and the confirmed facts show, by entry, ready to be compared with.

use super::Fact;
use crate::date::{End, PartialDate};
use crate::lexicon::skills::{SkillId, Skills};
use crate::resume::{Bullet, Id, Resume, Text, Work};
use crate::wording::quantity::{Quantity, derived, quantities};
use crate::wording::stands::said;
use crate::wording::vocabulary::{Limit, equivalents, irregular_past, is_neutral, is_preposition, limits, verb};
use crate::wording::{Token, tokens};
use std::collections::{HashMap, HashSet};

/// Where a piece of evidence stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// Name, employer, title, dates, degree: what an entry is.
    Heading,
    /// A sentence or fragment.
    Statement,
    /// Confirmed by the person: good everywhere.
    Confirmed,
}

/// One piece of evidence.
pub(super) struct Piece {
    /// Its entry; `None` for contact, summary and facts.
    pub entry: Option<Id>,
    /// Its bullet, where it is one.
    pub bullet: Option<Id>,
    /// What it is.
    pub place: Place,
    /// The words.
    pub text: String,
    /// Their tokens.
    pub tokens: Vec<Token>,
    /// Their numbers.
    pub quantities: Vec<Quantity>,
    /// Numbers that follow from those.
    pub derived: Vec<Quantity>,
    /// Skills they name, with all broader ones.
    pub skills: HashSet<SkillId>,
    /// What they say less of.
    pub limits: Vec<Limited>,
    /// Groups of equivalent words that it names.
    pub groups: HashSet<usize>,
    /// Lines of what may be told for its words, each with the tokens that name it: first and how many.
    pub stands: HashMap<usize, Vec<(usize, usize)>>,
    /// Stems of its content words.
    pub content: HashSet<String>,
    /// True where its first verb tells of the past.
    pub past: bool,
    /// What a heading names.
    pub names: Names,
}

/// What a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Names {
    /// A title that the person holds or held.
    Title,
    /// An employer or a school.
    Organisation,
    /// Anything else.
    #[default]
    Other,
}

/// A limit and what it limits.
pub(super) struct Limited {
    /// The words of the limit.
    pub words: String,
    /// Its family.
    pub family: &'static str,
    /// Stems of the nearest content words that it limits.
    pub bound: Vec<String>,
    /// Of those, the ones of the noun phrase right behind it.
    pub phrase: Vec<String>,
    /// Stem of the verb behind "helped": what somebody else did.
    pub verb: Option<String>,
}

/// All evidence.
pub(super) struct Pool {
    /// Every piece, in the order of the résumé.
    pub pieces: Vec<Piece>,
    /// Whole years of work that the dates of the base show.
    pub years: u32,
}

impl Piece {
    fn new(entry: Option<&Id>, place: Place, text: &str) -> Piece {
        let tokens = tokens(text);
        let stems: Vec<&str> = tokens.iter().map(|t| t.stem.as_str()).collect();
        let quantities = quantities(&tokens);
        let mut stands: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for (line, at, length) in said(&stems) {
            stands.entry(line).or_default().push((at, length));
        }
        Piece {
            stands,
            groups: equivalents(&stems).into_iter().map(|(group, ..)| group).collect(),
            content: content(&tokens).map(|t| t.stem.clone()).collect(),
            past: tokens.iter().find(|t| t.is_word()).is_some_and(|t| is_past(&t.word)),
            entry: entry.cloned(),
            bullet: None,
            names: Names::Other,
            place,
            text: text.to_owned(),
            derived: derived(&quantities),
            quantities,
            skills: skills_of(text),
            limits: limited(&tokens),
            tokens,
        }
    }
}

/// The words that say something.
pub(super) fn content(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens.iter().filter(|t| t.is_word() && !is_neutral(&t.word))
}

/// True for the past of a verb: "completed", "wrote".
pub(super) fn is_past(word: &str) -> bool {
    word.ends_with("ed") || irregular_past(word)
}

/// True for the base form of a verb, as far as its ending says.
fn is_bare(word: &str) -> bool {
    !is_past(word) && !word.ends_with("ing") && !word.ends_with('s')
}

/// Skills named in a text, with all broader ones.
pub(super) fn skills_of(text: &str) -> HashSet<SkillId> {
    let lexicon = Skills::builtin();
    let mut open: Vec<SkillId> = Vec::new();
    for found in lexicon.find(text) {
        open.push(found.skill);
        open.extend(core_of(&text[found.range]).map(|(id, _)| id));
    }
    open.extend(lexicon.lookup(text));
    let mut all = HashSet::new();
    while let Some(id) = open.pop() {
        if all.insert(id) {
            open.extend(lexicon.get(id).broader.iter().copied());
        }
    }
    all
}

/// The skill inside a longer name whose last words only say what is done with it, and its place in the name: SQL in "SQL
/// queries". A longer name of another thing ("React Native") has none.
pub(super) fn core_of(name: &str) -> Option<(SkillId, std::ops::Range<usize>)> {
    const DONE: [&str; 18] = [
        "queries",
        "query",
        "automation",
        "development",
        "programming",
        "scripting",
        "scripts",
        "administration",
        "testing",
        "tests",
        "reporting",
        "reports",
        "dashboards",
        "tools",
        "coding",
        "language",
        "applications",
        "entry",
    ];
    let mut rest = name;
    while let Some((head, tail)) = rest.rsplit_once([' ', '-']) {
        if !DONE.contains(&crate::text::fold(tail).as_str()) {
            return None;
        }
        rest = head;
        if let Some(id) = Skills::builtin().lookup(rest) {
            return Some((id, 0..rest.len()));
        }
    }
    None
}

/// The limits of a text and what they limit.
pub(super) fn limited(tokens: &[Token]) -> Vec<Limited> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let limit = limits().iter().find(|l| stands_at(tokens, i, &l.words));
        match limit.filter(|_| !is_no_limit(tokens, i)) {
            Some(limit) => {
                out.push(bind(tokens, i, limit));
                i += limit.words.len();
            }
            None => i += 1,
        }
    }
    out
}

/// "Some 200 prescriptions" are about as many; "16 support agents", "a customer support team" name the kind of work, nobody
/// who was helped.
fn is_no_limit(tokens: &[Token], i: usize) -> bool {
    let number = |t: &Token| matches!(t.kind, crate::wording::Kind::Number(_));
    let noun = |t: &Token| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word);
    let (before, next) = (i.checked_sub(1).map(|b| &tokens[b]), tokens.get(i + 1));
    match tokens[i].word.as_str() {
        "some" => next.is_some_and(number),
        // "In no more than two days" denies nothing.
        "no" | "not" => {
            next.is_some_and(|t| matches!(t.word.as_str(), "more" | "later" | "longer"))
                && tokens.get(i + 2).is_some_and(|t| t.word == "than")
        }
        // "A drop-in that 25 people attended": others did.
        "attended" => before.is_some_and(|t| noun(t) && !is_past(&t.word)),
        // "As part of the cycle count" says when; "as part of a crew" says with whom.
        "part" => {
            let behind = tokens[i + 1..].iter().take(6).take_while(|t| !t.ends_clause());
            let whole = |t: &Token| {
                matches!(
                    t.stem.as_str(),
                    "team"
                        | "group"
                        | "crew"
                        | "squad"
                        | "committe"
                        | "panel"
                        | "staff"
                        | "board"
                        | "unit"
                        | "delegation"
                ) || number(t)
            };
            before.is_some_and(|t| t.word == "as") && !behind.into_iter().any(whole)
        }
        "support" => {
            let of_kind =
                |t: &Token| number(t) || noun(t) && !is_past(&t.word) || matches!(t.word.as_str(), "a" | "the");
            before.is_some_and(of_kind) && next.is_some_and(noun)
        }
        _ => false,
    }
}

/// True where these words stand at token `i`, signs such as hyphens skipped.
fn stands_at(tokens: &[Token], i: usize, words: &[String]) -> bool {
    let mut rest = tokens[i..].iter();
    let next = |w: &String| rest.by_ref().find(|t| !t.is_sign('-')).is_some_and(|t| t.word == *w);
    // "Under the supervision", "under a senior designer's supervision".
    if let [under, last] = words
        && under == "under"
    {
        let near = tokens[i..].iter().take(6).take_while(|t| !t.ends_clause());
        return tokens[i].word == *under && near.skip(1).any(|t| t.word == *last);
    }
    words.iter().all(next) && !words.is_empty() && tokens[i].is_word()
}

/// "Passengers without signal can board": the phrase ends before "can".
fn ends_phrase(word: &str) -> bool {
    matches!(
        word,
        "and" | "can" | "could" | "may" | "might" | "will" | "would" | "shall" | "should" | "must"
    )
}

fn bind(tokens: &[Token], i: usize, limit: &Limit) -> Limited {
    const REACH: usize = 3;
    let content = |t: &&Token| t.is_word() && !is_neutral(&t.word);
    let after = tokens[(i + limit.words.len()).min(tokens.len())..]
        .iter()
        .take_while(|t| !(t.ends_clause() || limit.around && t.word == "and"))
        .filter(content)
        .take(REACH);
    let mut bound: Vec<String> = after.map(|t| t.stem.clone()).collect();
    let phrase = tokens[(i + limit.words.len()).min(tokens.len())..]
        .iter()
        .take_while(|t| t.is_word() && !is_preposition(&t.word) && !ends_phrase(&t.word))
        .filter(content)
        .map(|t| t.stem.clone())
        .collect();
    let verb = tokens[(i + limit.words.len()).min(tokens.len())..]
        .iter()
        .take_while(|t| !t.ends_clause() && !t.is_sign(','))
        .take(6)
        .find(|t| t.is_word() && !is_neutral(&t.word) && verb(&t.stem).is_some() && is_bare(&t.word))
        .filter(|_| limit.family == "help")
        .map(|t| t.stem.clone());
    // "Helped write an application that won a grant": what came of it was not the person's alone either.
    if limit.family == "help" {
        let clause = tokens[i..].iter().take_while(|t| !t.ends_clause());
        let relative = clause.skip_while(|t| !matches!(t.word.as_str(), "that" | "which"));
        bound.extend(relative.filter(content).take(REACH + 1).map(|t| t.stem.clone()));
    }
    if limit.around {
        let before = tokens[..i]
            .iter()
            .rev()
            .take_while(|t| !t.ends_clause())
            .filter(content);
        bound.extend(before.take(REACH).map(|t| t.stem.clone()));
    }
    Limited {
        words: limit.words.join(" "),
        family: limit.family,
        bound,
        phrase,
        verb,
    }
}

impl Pool {
    /// Gathers the evidence of a résumé and the confirmed facts.
    pub fn new(base: &Resume, facts: &[Fact]) -> Pool {
        let mut g = Gatherer { pieces: Vec::new() };
        g.contact(base);
        for work in base.work.iter().chain(&base.volunteer) {
            g.work(work);
        }
        g.schools(base);
        g.lists(base);
        for fact in facts {
            g.pieces.push(Piece::new(None, Place::Confirmed, &fact.text));
        }
        Pool {
            pieces: g.pieces,
            years: years_of_work(base),
        }
    }

    /// What may back a statement of this entry, or of the whole résumé.
    pub fn scope(&self, entry: Option<&Id>) -> Vec<&Piece> {
        let fits = |p: &&Piece| entry.is_none() || p.place == Place::Confirmed || p.entry.as_ref() == entry;
        self.pieces.iter().filter(fits).collect()
    }

    /// What may back a text of an entry: what the entry is, the text that stood there, and other statements of the entry
    /// that the new text takes over for the better part. One word of another bullet does not bring the rest with it.
    pub fn sources(&self, entry: &Id, bullet: Option<&Id>, text: &[Token]) -> Vec<&Piece> {
        let here: HashSet<&str> = content(text).map(|t| t.stem.as_str()).collect();
        let taken_over = |p: &Piece| {
            let kept = p.content.iter().filter(|c| here.contains(c.as_str())).count();
            kept >= 3 && kept * 5 >= p.content.len() * 2 || kept >= 2 && kept * 3 >= here.len() * 2
        };
        let mut scope = self.scope(Some(entry));
        scope.retain(|p| {
            p.place != Place::Statement || p.bullet.is_none() || p.bullet.as_ref() == bullet || taken_over(p)
        });
        scope
    }

    /// What the person confirmed.
    pub fn confirmed(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|p| p.place == Place::Confirmed)
    }
}

struct Gatherer {
    pieces: Vec<Piece>,
}

impl Gatherer {
    fn heading(&mut self, entry: Option<&Id>, texts: &[Option<&Text>]) {
        for text in texts.iter().copied().flatten() {
            self.pieces.push(Piece::new(entry, Place::Heading, &text.value));
        }
    }
    fn named(&mut self, names: Names, entry: Option<&Id>, text: Option<&Text>) {
        if let Some(text) = text {
            let mut piece = Piece::new(entry, Place::Heading, &text.value);
            piece.names = names;
            self.pieces.push(piece);
        }
    }
    fn statement(&mut self, entry: Option<&Id>, text: Option<&Text>) {
        if let Some(text) = text {
            self.pieces.push(Piece::new(entry, Place::Statement, &text.value));
        }
    }
    fn bullets(&mut self, entry: &Id, list: &[Bullet]) {
        for bullet in list {
            self.statement(Some(entry), Some(&bullet.text));
            if let Some(piece) = self.pieces.last_mut() {
                piece.bullet = Some(bullet.id.clone());
            }
        }
    }
    fn dates(&mut self, entry: &Id, start: Option<PartialDate>, end: Option<End>) {
        let mut shown = Vec::new();
        shown.extend(start.map(spell));
        match end {
            Some(End::Date(date)) => shown.push(spell(date)),
            Some(End::Present) => shown.push("present current currently".into()),
            None => {}
        }
        for text in shown {
            self.pieces.push(Piece::new(Some(entry), Place::Heading, &text));
        }
    }
    fn contact(&mut self, base: &Resume) {
        let c = &base.contact;
        self.heading(None, &[c.name.as_ref()]);
        self.named(Names::Title, None, c.label.as_ref());
        if let Some(place) = &c.location {
            let parts = [&place.city, &place.region, &place.country_code];
            for part in parts.into_iter().flatten() {
                self.pieces.push(Piece::new(None, Place::Heading, part));
            }
            self.heading(None, &[place.text.as_ref()]);
        }
        self.statement(None, base.summary.as_ref());
    }
    fn work(&mut self, w: &Work) {
        let id = Some(&w.id);
        self.named(Names::Organisation, id, w.company.as_ref());
        self.named(Names::Title, id, w.position.as_ref());
        self.heading(id, &[w.location.as_ref()]);
        self.dates(
            &w.id,
            w.start.as_ref().map(|f| f.value),
            w.end.as_ref().map(|f| f.value),
        );
        self.statement(id, w.summary.as_ref());
        self.bullets(&w.id, &w.highlights);
    }
    fn schools(&mut self, base: &Resume) {
        for e in &base.education {
            let id = Some(&e.id);
            self.named(Names::Organisation, id, e.institution.as_ref());
            let heading = [
                e.study_type.as_ref(),
                e.area.as_ref(),
                e.location.as_ref(),
                e.score.as_ref(),
            ];
            self.heading(id, &heading);
            self.dates(
                &e.id,
                e.start.as_ref().map(|f| f.value),
                e.end.as_ref().map(|f| f.value),
            );
            for course in &e.courses {
                self.statement(id, Some(course));
            }
            self.bullets(&e.id, &e.highlights);
        }
        for p in &base.projects {
            let id = Some(&p.id);
            self.heading(id, &[Some(&p.name), p.entity.as_ref()]);
            self.named(Names::Title, id, p.role.as_ref());
            self.dates(
                &p.id,
                p.start.as_ref().map(|f| f.value),
                p.end.as_ref().map(|f| f.value),
            );
            self.statement(id, p.description.as_ref());
            for keyword in &p.keywords {
                self.statement(id, Some(keyword));
            }
            self.bullets(&p.id, &p.highlights);
        }
    }
    fn lists(&mut self, base: &Resume) {
        for g in &base.skills {
            self.heading(Some(&g.id), &[g.name.as_ref(), g.level.as_ref()]);
            for keyword in &g.keywords {
                self.statement(Some(&g.id), Some(keyword));
            }
        }
        for c in base.certificates.iter().chain(&base.awards).chain(&base.publications) {
            self.heading(Some(&c.id), &[Some(&c.name), c.issuer.as_ref()]);
            self.dates(&c.id, c.date.as_ref().map(|f| f.value), None);
            self.statement(Some(&c.id), c.summary.as_ref());
        }
        for l in &base.languages {
            let spoken = match &l.fluency {
                Some(level) => format!("{} {}", l.language.value, level.value),
                None => l.language.value.clone(),
            };
            self.pieces.push(Piece::new(Some(&l.id), Place::Heading, &spoken));
        }
        for i in &base.interests {
            self.heading(Some(&i.id), &[Some(&i.name)]);
            for keyword in &i.keywords {
                self.statement(Some(&i.id), Some(keyword));
            }
        }
        for r in &base.references {
            self.heading(Some(&r.id), &[Some(&r.name)]);
            self.statement(Some(&r.id), r.reference.as_ref());
        }
        for x in &base.extras {
            self.heading(Some(&x.id), &[Some(&x.heading)]);
            self.bullets(&x.id, &x.lines);
        }
    }
}

/// "April apr 2021", so that a text may name the date in either way.
fn spell(date: PartialDate) -> String {
    const MONTHS: [&str; 12] = [
        "January jan",
        "February feb",
        "March mar",
        "April apr",
        "May",
        "June jun",
        "July jul",
        "August aug",
        "September sep sept",
        "October oct",
        "November nov",
        "December dec",
    ];
    let month = date.month.and_then(|m| MONTHS.get(usize::from(m) - 1)).copied();
    format!("{} {}", month.unwrap_or_default(), date.year)
}

/// Whole years covered by the jobs; one that goes on counts up to the latest date that the résumé shows.
fn years_of_work(base: &Resume) -> u32 {
    let end_of = |w: &Work| match w.end.as_ref().map(|e| e.value) {
        Some(End::Date(date)) => Some(date.months()),
        _ => None,
    };
    let starts = base
        .work
        .iter()
        .filter_map(|w| w.start.as_ref().map(|s| s.value.months()));
    let latest = starts.chain(base.work.iter().filter_map(end_of)).max().unwrap_or(0);
    let mut ranges: Vec<(i32, i32)> = base
        .work
        .iter()
        .filter_map(|w| Some((w.start.as_ref()?.value.months(), end_of(w).unwrap_or(latest))))
        .filter(|(a, b)| a <= b)
        .collect();
    ranges.sort_unstable();
    let mut months = 0;
    let mut reached = i32::MIN;
    for (a, b) in ranges {
        months += (b - a.max(reached)).max(0);
        reached = reached.max(b);
    }
    u32::try_from(months / 12).unwrap_or(0)
}
