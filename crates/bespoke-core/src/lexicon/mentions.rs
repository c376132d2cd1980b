//! Skills in running text: those that the lexicon knows, and those that only the words around them give away.

use super::key::Tokens;
use super::scan;
use super::skills::{SkillId, SkillKind, Skills};
use super::tagger::Tagger;
use std::ops::Range;
use std::sync::LazyLock;

/// A place in a text that names a skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// The skill, where the lexicon knows it.
    pub skill: Option<SkillId>,
    /// The words around it speak of skills too.
    pub in_context: bool,
}

/// Above 0 the tagger finds more than it saw people mark; overlap F1 on the training set is flat around this value.
const BOLDNESS: f32 = 0.0;

/// All skills of a job description, left to right. Names of the lexicon that the tagger does not confirm count where they
/// cannot be anything else: tools, languages, certificates; fields and methods count wherever they are named.
pub fn mentions(text: &str) -> Vec<Mention> {
    static KNOWLEDGE: LazyLock<Option<Tagger>> = LazyLock::new(Tagger::knowledge);
    let skills = Skills::builtin();
    let tokens = Tokens::of(text);
    let hits = scan::find(skills, text, &tokens);
    let spans = KNOWLEDGE
        .as_ref()
        .map_or(Vec::new(), |t| t.spans(skills, text, &tokens, BOLDNESS));
    let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let mut out: Vec<Mention> = Vec::new();
    for hit in &hits {
        let range = hit.range(&tokens);
        let in_context = spans.iter().any(|s| overlaps(&s.range, &range));
        // A word of two meanings is that name only where the tagger means just this word: "Mechanical" is not the "mechanical
        // manufacturing processes" that it marks as one.
        let meant = || {
            spans
                .iter()
                .any(|s| range.start <= s.range.start && s.range.end <= range.end)
        };
        if hit.kept || in_context && meant() {
            out.push(Mention {
                range,
                skill: Some(hit.name.skill()),
                in_context,
            });
        }
    }
    for span in spans {
        if !out.iter().any(|m| overlaps(&m.range, &span.range)) {
            out.push(Mention {
                range: span.range,
                skill: None,
                in_context: true,
            });
        }
    }
    out.sort_by_key(|m| m.range.start);
    out
}

/// Whether a mention can be trusted without context.
pub fn is_plain(skill: SkillId) -> bool {
    matches!(
        Skills::builtin().get(skill).kind,
        SkillKind::Tool | SkillKind::Language | SkillKind::Certificate
    )
}
