//! Names of employers, titles, schools and degrees in running text, found by a field trained on marked résumés where the
//! rules, which live on layout, are at a loss: text pasted from a page, a table flattened to lines, a life told in prose.
//!
//! `examples/train_mentions.rs` learns the weights in `data/parse/mentions.crf`; `data/README.md` names what from.

mod apply;
mod around;
mod features;
mod model;

pub use features::{Sequence, of_rules, split};
pub use model::{HEADER, LABELS, Model, Scores, Steps, decode, forward_backward, write};

use super::headings::Block;
use super::row::Page;
use crate::document::Document;
use crate::resume::{Education, Resume, Section, Work};
use std::ops::Range;
use std::sync::OnceLock;

/// What is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An employer.
    Company,
    /// A job title.
    Position,
    /// A school.
    School,
    /// A degree or course of study.
    Degree,
}

impl Kind {
    /// All kinds, in the order of their labels.
    pub const ALL: [Kind; 4] = [Kind::Company, Kind::Position, Kind::School, Kind::Degree];

    /// The label of the first word of such a mention; the next is that of the words that follow.
    pub fn label(self) -> usize {
        1 + 2 * self as usize
    }

    fn letter(self) -> char {
        ['c', 'p', 's', 'd'][self as usize]
    }
}

/// A mention and how likely it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// What it is.
    pub kind: Kind,
    /// Byte range in `Document::text`.
    pub range: Range<usize>,
    /// Row of its first word, by index in the page.
    pub row: usize,
    /// Section that it stands in.
    pub section: Option<Section>,
    /// Mean probability of its kind over its words, 0 to 1.
    pub probability: f32,
}

/// The words of a document with their features, as training reads them.
pub fn sequence(document: &Document) -> Sequence {
    let (page, blocks) = super::laid_out(document);
    let resume = super::by_rules(&page, &blocks).resume;
    features::sequence(&page, &blocks, &resume)
}

/// Reads a document with the weights of `model`, or by the rules alone.
pub fn parse_with(document: &Document, model: Option<&Model<'_>>) -> Resume {
    let (page, blocks) = super::laid_out(document);
    let mut resume = super::by_rules(&page, &blocks).resume;
    mend(&page, &blocks, &mut resume, model);
    resume.assign_ids();
    resume
}

/// The model in the binary; in a page `None` until its file is here.
pub(super) fn builtin() -> Option<&'static Model<'static>> {
    static MODEL: OnceLock<Model<'static>> = OnceLock::new();
    match MODEL.get() {
        Some(model) => Some(model),
        None => Model::read(crate::words::mentions()).map(|model| MODEL.get_or_init(|| model)),
    }
}

/// Share of the field's mentions that the rules must have read too, and of theirs that the field must believe, for their
/// whole reading to be trusted.
const AGREEMENT: f32 = 0.9;
/// Share of the field's mentions that the rules must have read too for the headings that they read whole to be trusted.
const ENOUGH: f32 = 0.75;

/// Bytes of the longest text and of the longest line that the field reads: three times a long life, and a whole résumé in one
/// line. What is longer is no résumé, and the work grows with the square of a line.
const LONGEST_TEXT: usize = 60_000;
const LONGEST_ROW: usize = 6_000;

/// Mends what the rules read of a text without any layout, unless they found a whole heading for every job and school and
/// nearly all that the field finds.
pub(super) fn mend(page: &Page<'_>, blocks: &[Block], resume: &mut Resume, model: Option<&Model<'_>>) {
    let plain = page.rows.iter().all(|r| r.look.size == 0 && r.heading().is_none());
    let fits = page.doc.text.len() <= LONGEST_TEXT && page.rows.iter().all(|r| r.range.len() <= LONGEST_ROW);
    // The field learned from English texts.
    let known = || crate::text::language(&page.doc.text) == "en";
    let Some(model) = model.filter(|_| plain && fits && !page.rows.is_empty() && known()) else {
        return;
    };
    let reading = Reading::new(page, blocks, resume, model);
    match Agreement::of(&reading, resume).trust(complete(resume)) {
        Trust::All => {}
        trust => apply::apply(page, &reading, resume, trust == Trust::Headings),
    }
}

fn complete(resume: &Resume) -> bool {
    let job = |w: &Work| w.company.is_some() && w.position.is_some() && (w.start.is_some() || w.end.is_some());
    let study = |e: &Education| e.institution.is_some() && (e.study_type.is_some() || e.area.is_some());
    !resume.work.is_empty() && resume.work.iter().all(job) && resume.education.iter().all(study)
}

/// How far the rules and the field agree.
struct Agreement {
    /// Share of the field's mentions that the rules read too, 0 to 1.
    found: f32,
    /// Share of what the rules read that the field can believe, 0 to 1.
    believed: f32,
}

impl Agreement {
    fn of(reading: &Reading, resume: &Resume) -> Agreement {
        let rules = of_rules(resume);
        let mentions = reading.mentions([0.0; Kind::ALL.len()]);
        // The section tells whether a school teaches or employs.
        let organisation = |kind: Kind| matches!(kind, Kind::Company | Kind::School);
        let same = |a: Kind, b: Kind| a == b || organisation(a) && organisation(b);
        let read = |m: &&Mention| {
            rules
                .iter()
                .any(|(kind, range)| same(*kind, m.kind) && touches(range, &m.range))
        };
        let believed = |(kind, range): &&(Kind, Range<usize>)| {
            let alike = Kind::ALL.into_iter().filter(|k| same(*k, *kind));
            alike.map(|k| reading.likelihood(k, range)).sum::<f32>() >= apply::DOUBT
        };
        let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
        Agreement {
            found: share(mentions.iter().filter(read).count(), mentions.len()),
            believed: share(rules.iter().filter(believed).count(), rules.len()),
        }
    }

    /// What of the rules' reading stays as it is, when each job and school has a whole heading or not.
    fn trust(&self, complete: bool) -> Trust {
        match complete {
            true if self.found.min(self.believed) >= AGREEMENT => Trust::All,
            true if self.found >= ENOUGH => Trust::Headings,
            _ => Trust::Nothing,
        }
    }
}

/// What of the rules' reading stays as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Trust {
    All,
    /// Jobs and schools whose whole heading the field can believe.
    Headings,
    Nothing,
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What the field says of one text.
pub struct Reading {
    sequence: Sequence,
    marginals: Vec<Scores>,
}

impl Reading {
    /// Reads a page that the rules have read before.
    pub fn new(page: &Page<'_>, blocks: &[Block], resume: &Resume, model: &Model<'_>) -> Reading {
        let sequence = features::sequence(page, blocks, resume);
        let marginals = model.marginals(&sequence.features);
        Reading { sequence, marginals }
    }

    /// The mentions in order; a `boldness` of a kind above 0 finds more of it, below fewer.
    pub fn mentions(&self, boldness: [f32; Kind::ALL.len()]) -> Vec<Mention> {
        let labels = decode(&self.marginals, boldness);
        let words = &self.sequence.words;
        let mut out = Vec::new();
        let mut at = 0;
        while at < labels.len() {
            let label = labels[at];
            let mut end = at + 1;
            if label != 0 {
                while end < labels.len() && labels[end] == label + 1 {
                    end += 1;
                }
                let kind = Kind::ALL[(label - 1) / 2];
                out.push(Mention {
                    kind,
                    range: words[at].start..words[end - 1].end,
                    row: self.sequence.rows[at],
                    section: self.sequence.sections[at],
                    probability: self.mean(kind, at..end),
                });
            }
            at = end;
        }
        out
    }

    /// The mean probability, over the words of a byte range, that they are of this kind; 0 to 1.
    pub fn likelihood(&self, kind: Kind, range: &Range<usize>) -> f32 {
        let words = &self.sequence.words;
        let first = words.partition_point(|w| w.end <= range.start);
        let end = words.partition_point(|w| w.start < range.end);
        self.mean(kind, first..end.max(first))
    }

    fn mean(&self, kind: Kind, words: Range<usize>) -> f32 {
        let label = kind.label();
        let count = words.len().max(1) as f32;
        self.marginals[words]
            .iter()
            .map(|m| m[label] + m[label + 1])
            .sum::<f32>()
            / count
    }
}
