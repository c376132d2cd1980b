//! What a job description tells to machines and hides from people: found, shown, and left out of all that is read.

use super::lines::{Line, clauses};
use crate::document::{Document, Visibility};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// Why a stretch of a job description carries no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Trick {
    /// Words meant for a language model: "ignore previous instructions".
    Instruction,
    /// Text that a reader of the page cannot see: white on white, tiny, off the page.
    Hidden,
    /// Characters without width or shape, inside or between words.
    Invisible,
}

/// A stretch that was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Warning {
    /// What is wrong with it.
    pub trick: Trick,
    /// The words, at most 200 letters of them.
    pub text: String,
    /// First byte in the text of the posting; both ends are 0 for text that is not part of it.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

static INSTRUCTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|preceding|all|any|other|your|system|the)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|directions|guidelines|context)\b",
        r"|\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai\s+(?:assistant|model|language)|large\s+language\s+model|language\s+model|llm\b|chatbot|chatgpt|gpt-?[0-9])",
        r"|\b(?:if\s+you\s+are|as)\s+an?\s+(?:ai|artificial\s+intelligence|llm|bot|large\s+language\s+model|language\s+model)\b\s*(?:[,;:.]|model|assistant|system|reading|tool|you\b)",
        r"|\b(?:note|message|attention|instructions?)\s+(?:to|for)\s+(?:all\s+)?(?:the\s+)?(?:ai|llms?|language\s+models?|chatgpt|bots?|automated\s+(?:systems?|tools?)|resume\s+(?:parsers?|tools?))\b",
        r"|\b(?:new|updated|additional|hidden|secret)\s+(?:system\s+)?(?:instructions?|prompt)\s*:",
        r"|\bsystem\s+prompt\b|<\|im_(?:start|end)\|>|\[/?INST\]|<<SYS>>|</?(?:system|assistant)>",
        r"|\b(?:rate|score|rank|mark|recommend|classify)\s+(?:this|the|every|all|each)\s+(?:candidates?|applicants?|resumes?|résumés?|cvs?)\b[^.\n]{0,40}\b(?:as|highest|top|perfect|best|100|10)\b",
        r"|\b(?:respond|reply|answer|output)\s+(?:only|exclusively|exactly)\s+(?:with|in)\b",
        r"|\b(?:add|insert|include|list|write|put)\b[^.\n]{0,60}\b(?:to|in|into|on)\s+(?:the|every|each|any)\s+(?:candidate|applicant|tailored|generated)(?:['’]s)?\s*(?:resume|résumé|cv|skills)?",
    ))
    .expect("a pattern")
});

/// Characters that no honest text needs: width none, direction overrides, the tag block that spells hidden letters.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' | '\u{180e}' | '\u{feff}')
}

fn shown(text: &str) -> String {
    text.trim().chars().filter(|c| !is_odd(*c)).take(200).collect()
}

/// The stretches of a text that must not count, in order.
pub(super) fn warnings(text: &str, lines: &[Line]) -> Vec<Warning> {
    let mut out = Vec::new();
    for line in lines {
        let whole = &text[line.range.clone()];
        // Read without odd characters, so that they cannot split the words of an instruction.
        let plain: String = whole.chars().filter(|c| !is_odd(*c)).collect();
        let mut push = |trick, range: Range<usize>| {
            out.push(Warning {
                trick,
                text: shown(&text[range.clone()]),
                start: range.start,
                end: range.end,
            });
        };
        if INSTRUCTION.is_match(&plain) {
            let parts = clauses(text, &line.range);
            let hit = |r: &Range<usize>| {
                let clause: String = text[r.clone()].chars().filter(|c| !is_odd(*c)).collect();
                INSTRUCTION.is_match(&clause)
            };
            let first = parts.iter().position(hit);
            // What follows an instruction in its paragraph belongs to it, unless the paragraph is the whole advertisement.
            match first {
                Some(n) if whole.len() <= 800 => push(Trick::Instruction, parts[n].start..line.range.end),
                Some(_) => parts
                    .iter()
                    .filter(|r| hit(r))
                    .for_each(|r| push(Trick::Instruction, r.clone())),
                None => push(Trick::Instruction, line.range.clone()),
            }
        } else if let Some(range) = odd_run(text, &line.range) {
            push(Trick::Invisible, range);
        }
    }
    out
}

/// A run of odd characters that could hide words: three and more in a row. One alone is a leftover of an editor, and the
/// readers of skills look through it.
fn odd_run(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let mut run: Option<Range<usize>> = None;
    let mut count = 0;
    for (at, c) in text[range.clone()].char_indices() {
        let at = range.start + at;
        if is_odd(c) {
            let start = run.as_ref().map_or(at, |r| r.start);
            run = Some(start..at + c.len_utf8());
            count += 1;
        } else if count >= 3 {
            break;
        } else {
            (run, count) = (None, 0);
        }
    }
    run.filter(|_| count >= 3)
}

/// Text of a document that a reader does not see.
pub(super) fn hidden(document: &Document) -> Vec<Warning> {
    let mut out: Vec<Warning> = Vec::new();
    for span in document
        .pages
        .iter()
        .flat_map(|p| &p.hidden)
        .filter(|s| s.visibility != Visibility::Visible)
    {
        if span.text.chars().any(char::is_alphanumeric) {
            out.push(Warning {
                trick: Trick::Hidden,
                text: shown(&span.text),
                start: 0,
                end: 0,
            });
        }
    }
    out.truncate(50);
    out
}
