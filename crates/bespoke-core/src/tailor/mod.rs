//! Résumé and job → suggestions. An [`Edit`] is data: it applies, inverts and serialises.

mod edits;
mod history;
mod keywords;
pub mod model;
mod suggest;
mod variant;
mod windows;

pub use edits::{accept, apply, invert, rebase, undoing};
pub use history::{Author, History, Step};
pub(crate) use suggest::wording::verb_first;
pub use suggest::{assess, tailor};
pub use variant::{Conflict, Variant};
pub(crate) use windows::all_windows;
pub use windows::{closest, middle, windows};

use crate::matching::{LineOfWork, Told};
use crate::resume::{Id, Section, Text};
use crate::score::Score;
use serde::{Deserialize, Serialize};

/// A text of the résumé that an edit may change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "at")]
pub enum Target {
    /// The opening paragraph.
    Summary,
    /// The headline under the name.
    Label,
    /// The paragraph of a job.
    WorkSummary {
        /// The job.
        id: Id,
    },
    /// The paragraph of a project.
    ProjectDescription {
        /// The project.
        id: Id,
    },
    /// A bullet anywhere.
    Bullet {
        /// The bullet.
        id: Id,
    },
}

/// One change to a résumé, addressed by stable ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Edit {
    /// New order of the bullets of an entry: a permutation of their ids.
    ReorderBullets {
        /// The entry.
        entry: Id,
        /// All bullet ids in their new order.
        order: Vec<Id>,
        /// Their order before, so that it can be undone.
        before: Vec<Id>,
    },
    /// New order of the keywords of a skill group.
    ReorderSkills {
        /// The group.
        group: Id,
        /// All keywords in their new order.
        order: Vec<String>,
        /// Their order before.
        before: Vec<String>,
    },
    /// Adds a skill that the evidence shows to a group (made if it is missing), at the end.
    AddSkill {
        /// The group; a new unnamed group where it does not exist.
        group: Id,
        /// The skill as it will read.
        skill: String,
        /// Its place; the end where it is `None`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
        /// True where this edit makes the group, so that undoing it takes the group out again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        new_group: bool,
        /// The keyword with its source, where this edit puts one back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Box<Text>>,
    },
    /// Takes a skill out of a group.
    RemoveSkill {
        /// The group.
        group: Id,
        /// The skill.
        skill: String,
        /// Its place before.
        index: usize,
        /// True where the group goes with it, because the edit that is undone made the group.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        drop_group: bool,
        /// The keyword with its source, so that it can be put back as it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Box<Text>>,
    },
    /// Replaces a text; refused where `before` no longer stands there.
    ReplaceText {
        /// Which text.
        target: Target,
        /// What stands there; empty where there was none.
        before: String,
        /// What will.
        after: String,
        /// The whole field with its source, where this edit puts back one that was emptied.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Box<Text>>,
    },
    /// Takes a bullet out.
    DropBullet {
        /// The entry.
        entry: Id,
        /// The bullet, whole, so that it can be put back.
        bullet: crate::resume::Bullet,
        /// Its place before.
        index: usize,
    },
    /// Puts a bullet in.
    InsertBullet {
        /// The entry.
        entry: Id,
        /// The bullet.
        bullet: crate::resume::Bullet,
        /// Its place.
        index: usize,
    },
    /// New order of sections.
    ReorderSections {
        /// New order.
        order: Vec<Section>,
        /// Order before.
        before: Vec<Section>,
    },
}

/// Why an edit does not apply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Its entry, bullet or group is gone.
    #[error("{0} is no longer in the résumé")]
    Missing(String),
    /// What it would change has changed.
    #[error("{0} has changed since this edit was made")]
    Stale(String),
}

/// A piece of the résumé that backs a suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Entry, bullet or group it stands in; `None` for summary and contact.
    pub id: Option<Id>,
    /// The words.
    pub quote: String,
}

/// A change offered to the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// Stable within one run: `s1`, `s2` …
    pub id: String,
    /// What it does, machine-readable: `reorder-bullets`, `lift-skill`, `quantify` …
    pub kind: String,
    /// What it does, for people.
    pub title: String,
    /// Why.
    pub reason: String,
    /// What backs it.
    pub evidence: Vec<Evidence>,
    /// The change; `None` where it is a question to the person.
    pub edit: Option<Edit>,
    /// What applying it to the base alone adds to the match score, in points.
    pub delta: f64,
    /// Who worded it.
    #[serde(default)]
    pub author: Author,
}

/// How the résumé stands to a keyword of the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In the résumé in these words, where readers look.
    Have,
    /// In other words, or only deep in the text.
    Buried,
    /// Not in the résumé.
    Lack,
}

/// A keyword of the job and how the résumé stands to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Keyword {
    /// As the job says it.
    pub keyword: String,
    /// Required by the job.
    pub required: bool,
    /// How the résumé stands to it.
    pub standing: Standing,
    /// Where it shows.
    pub evidence: Vec<Evidence>,
}

/// How a résumé stands to a job as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The match score.
    pub score: Score,
    /// Keywords, required first.
    pub keywords: Vec<Keyword>,
}

/// All that tailoring found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tailoring {
    /// Match of the base with the job.
    pub before: Score,
    /// Match with every suggestion that has an edit applied.
    pub after: Score,
    /// Keywords, required first.
    pub keywords: Vec<Keyword>,
    /// Suggestions in the order they apply.
    pub suggestions: Vec<Suggestion>,
    /// What a language model was last asked and answered; `None` where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<model::Asked>,
}

/// Cosine of pieces of the résumé with the job, made by the caller: 0 where it has no model at hand.
pub trait Closeness {
    /// Whether texts speak as a whole of the job's line of work. `None` where that is not measured.
    fn line_of_work(&self, texts: &[Told<'_>]) -> Option<LineOfWork> {
        let _ = texts;
        None
    }

    /// How far two titles are of one line of work, −1 to 1; `None` where that is not measured.
    fn akin(&self, title: &str, other: &str) -> Option<f32> {
        let _ = (title, other);
        None
    }

    /// Cosine of a text with the job as a whole, −1 to 1.
    fn closeness(&self, text: &str) -> f32;

    /// Says which texts will be asked for, so that they can be measured together. Changes no answer.
    fn warm(&self, texts: &[&str]) {
        let _ = texts;
    }
}
