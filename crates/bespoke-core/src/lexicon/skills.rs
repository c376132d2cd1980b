//! Finds skills in text.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What kind of skill it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum SkillKind {
    Tool,
    Knowledge,
    Method,
    Soft,
    Language,
    Certificate,
}

/// Index of a skill in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SkillId(pub u32);

/// One skill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Skill {
    /// Canonical name: "JavaScript".
    pub name: String,
    /// Other spellings and names: "JS", "ECMAScript".
    pub aliases: Vec<String>,
    /// Its kind.
    pub kind: SkillKind,
    /// Broader skills ("PostgreSQL" → "SQL").
    pub broader: Vec<SkillId>,
}

/// One place where a skill is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillMatch {
    /// Which skill.
    pub skill: SkillId,
    /// Byte range in the text.
    pub range: Range<usize>,
}

/// All skills and the automaton that finds them.
pub struct Skills {
    skills: Vec<Skill>,
}

impl Skills {
    /// The built-in lexicon; built at first use, then shared.
    pub fn builtin() -> &'static Skills {
        static SKILLS: std::sync::LazyLock<Skills> = std::sync::LazyLock::new(|| Skills { skills: Vec::new() });
        &SKILLS
    }
    /// The skill with this id.
    pub fn get(&self, id: SkillId) -> &Skill {
        &self.skills[id.0 as usize]
    }
    /// The skill with this name or alias, however it is cased or hyphenated.
    pub fn lookup(&self, _name: &str) -> Option<SkillId> {
        None
    }
    /// All skills named in running text, left to right, longest match first, never overlapping.
    pub fn find(&self, _text: &str) -> Vec<SkillMatch> {
        Vec::new()
    }
    /// Number of skills.
    pub fn len(&self) -> usize {
        self.skills.len()
    }
    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.skills.is_empty()
    }
}
