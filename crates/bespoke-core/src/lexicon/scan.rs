//! Finds names of the lexicon among the tokens of a text, and decides about names that are common words too.

use super::key::Tokens;
use super::skills::{SkillId, SkillKind, Skills};
use super::table::{ANY, CASE, LIST, VERB, WEAK};
use std::ops::Range;

/// An entry of the map of names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name(pub u64);

impl Name {
    pub fn skill(self) -> SkillId {
        SkillId((self.0 >> 16) as u32)
    }

    pub fn care(self) -> u64 {
        self.0 & 3
    }

    /// It is a verb phrase.
    pub fn is_verb(self) -> bool {
        self.0 & VERB != 0
    }

    /// How the name is written in the lexicon.
    fn spelling(self, skills: &Skills) -> &str {
        let skill = skills.get(self.skill());
        match (self.0 >> 4) as usize & 0xfff {
            0 => &skill.name,
            n => skill.aliases.get(n - 1).map_or("", String::as_str),
        }
    }
}

/// A name found: tokens `first..end`.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub name: Name,
    pub first: usize,
    pub end: usize,
    /// The context allows it to be a skill.
    pub kept: bool,
    /// Found in another case than the lexicon has it.
    recased: bool,
}

impl Hit {
    /// Needs no look around: any case will do, or its own case where that says something. "Excel in …" opens a sentence.
    fn sure(&self, text: &str, tokens: &Tokens) -> bool {
        match self.name.care() {
            ANY => true,
            CASE if !self.recased => {
                let opens = self.first == 0
                    || tokens.list[self.first].fresh_line
                    || matches!(tokens.key(self.first - 1), "." | "!" | "?" | "•" | "*" | "-" | "–");
                let capitals = text[self.range(tokens)].chars().skip(1).any(|c| !c.is_lowercase());
                const PROSE: [&str; 14] = [
                    "in", "at", "to", "the", "a", "an", "your", "our", "on", "by", "as", "up", "through", "from",
                ];
                !opens
                    || capitals
                    || tokens
                        .list
                        .get(self.end)
                        .is_none_or(|_| !PROSE.contains(&tokens.key(self.end)))
            }
            _ => false,
        }
    }

    pub fn range(&self, tokens: &Tokens) -> Range<usize> {
        tokens.list[self.first].range.start..tokens.list[self.end - 1].range.end
    }
}

/// All names that stand as words of their own, the longest first, never overlapping; those that the context speaks against
/// are not `kept`.
pub(super) fn find(skills: &Skills, text: &str, tokens: &Tokens) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    let mut at = 0;
    let mut ends: Vec<(usize, Name)> = Vec::new();
    while at < tokens.list.len() {
        walk(skills, tokens, at, &mut ends);
        let hit = ends
            .iter()
            .rev()
            .find_map(|(end, name)| fits(skills, text, tokens, at, *end, *name));
        at = hit.as_ref().map_or(at + 1, |h| h.end);
        found.extend(hit);
    }
    let mut kept: Vec<bool> = found.iter().map(|h| h.sure(text, tokens)).collect();
    // What is sure helps its neighbours, and they help theirs: "Puppet, Chef, Ansible".
    for _ in 0..3 {
        let next: Vec<bool> = (0..found.len())
            .map(|n| kept[n] || plausible(skills, text, tokens, &found, &kept, n))
            .collect();
        if next == kept {
            break;
        }
        kept = next;
    }
    for (hit, kept) in found.iter_mut().zip(kept) {
        hit.kept = kept;
    }
    found
}

/// All names that begin with token `first`, shortest first.
fn walk(skills: &Skills, tokens: &Tokens, first: usize, ends: &mut Vec<(usize, Name)>) {
    ends.clear();
    let map = skills.names.as_fst();
    let mut node = map.root();
    let mut sum = fst::raw::Output::zero();
    for n in first..tokens.list.len() {
        let joint = if n == first { "" } else { tokens.joint(n) };
        for byte in joint.bytes().chain(tokens.key(n).bytes()) {
            let Some(next) = node.find_input(byte) else {
                return;
            };
            let step = node.transition(next);
            sum = sum.cat(step.out);
            node = map.node(step.addr);
        }
        if node.is_final() {
            ends.push((n + 1, Name(sum.cat(node.final_output()).value())));
        }
    }
}

fn fits(skills: &Skills, text: &str, tokens: &Tokens, first: usize, end: usize, name: Name) -> Option<Hit> {
    let list = &tokens.list;
    // Parts of addresses, numbers and longer names are no words of their own.
    if list[first].glued && first > 0 && matches!(tokens.key(first - 1), "." | "#" | "+" | "@" | "\\") {
        return None;
    }
    if list[first].glued && first > 0 && !list[first].word && list[first - 1].word {
        return None;
    }
    if let Some(after) = list.get(end).filter(|t| t.glued) {
        let shown = &text[after.range.clone()];
        let next = list.get(end + 1).filter(|t| t.glued && t.word);
        let sentence = next.is_some_and(|t| text[t.range.clone()].starts_with(char::is_uppercase));
        match shown {
            "+" | "#" | "@" => return None,
            "." if next.is_some() && !sentence => return None,
            "'" | "’" if list[end - 1].range.end - list[first].range.start < 4 && next.is_some() => return None,
            _ => {}
        }
    }
    let mut hit = Hit {
        name,
        first,
        end,
        kept: true,
        recased: false,
    };
    if name.care() == ANY {
        return Some(hit);
    }
    let shown = &text[hit.range(tokens)];
    let spelling = name.spelling(skills);
    let bare = |s: &str| s.strip_suffix('s').unwrap_or(s).len();
    let same = shown == spelling || shown[..bare(shown)] == spelling[..bare(spelling)];
    hit.recased = name.care() != WEAK && !same;
    // In small letters a name can still stand in a list of tools; in other capitals it is another word.
    let small = shown.chars().all(|c| !c.is_uppercase());
    (!hit.recased || small || shown.chars().all(|c| !c.is_lowercase()) && shown.len() > 3).then_some(hit)
}

fn is_separator(shown: &str) -> bool {
    matches!(
        shown,
        "," | ";" | "/" | "|" | "•" | "·" | "&" | "and" | "or" | "+" | "–" | "—" | "*" | "▪" | "●" | "(" | ")" | ":"
    )
}

/// Whether what stands around hit `n` says that it is a skill.
fn plausible(skills: &Skills, text: &str, tokens: &Tokens, hits: &[Hit], sure: &[bool], n: usize) -> bool {
    let hit = &hits[n];
    let list = &tokens.list;
    let tool = |id: SkillId| matches!(skills.get(id).kind, SkillKind::Tool);
    if hit.first == 0 && hit.end == list.len() {
        return true;
    }
    let key = |at: usize| tokens.key(at);
    // "C-level", "R-rated", "go-live"; but "Excel-based".
    let joined_by = |at: usize| list.get(at).is_some_and(|t| t.hyphen);
    if joined_by(hit.first) || joined_by(hit.end) && !matches!(key(hit.end), "based" | "programming" | "driven") {
        return false;
    }
    let separators = |mut at: usize, step: isize| {
        let mut count = 0;
        while at < list.len() && is_separator(key(at)) && count < 3 && !(step > 0 && list[at].fresh_line) {
            at = at.wrapping_add_signed(step);
            count += 1;
        }
        (at, count)
    };
    // Next to a skill that is none of the doubtful ones: "Java, Spring", "Python and R".
    let (left, left_signs) = separators(hit.first.wrapping_sub(1), -1);
    let (right, right_signs) = separators(hit.end, 1);
    let near = |other: usize, touches: bool, signs: usize| {
        touches
            && sure[other]
            && (tool(hits[other].name.skill()) || hit.name.care() != WEAK && !hit.recased && signs > 0)
            && (signs > 0 || tool(hit.name.skill()))
    };
    let by_left = n > 0 && near(n - 1, left.wrapping_add(1) == hits[n - 1].end, left_signs);
    let by_right = hits
        .get(n + 1)
        .is_some_and(|h| near(n + 1, right == h.first && !list[right].fresh_line, right_signs));
    if hit.recased {
        return by_left && by_right
            || (by_left || by_right) && (left_signs > 0 && (right_signs > 0 || hit.end == list.len()));
    }
    if by_left || by_right {
        return true;
    }
    let edge = |at: usize| {
        list.get(at).is_none_or(|t| {
            t.fresh_line || matches!(key(at), "," | ";" | "/" | "|" | "(" | ")" | "•" | "·" | ":" | ".")
        })
    };
    // An item of a list of names that we may not know: ", Go,".
    let listed_left = hit.first > 0 && matches!(key(hit.first - 1), "," | "/" | "|" | "•" | "·" | "(" | ":");
    let listed_right = list
        .get(hit.end)
        .is_some_and(|_| matches!(key(hit.end), "," | "/" | "|" | "•" | "·" | ")" | ";"));
    if hit.name.care() == LIST && tool(hit.name.skill()) && listed_left && (listed_right || edge(hit.end)) {
        return true;
    }
    // "experience in R", "knowledge of Excel and"; and "Go programming".
    const CUES: [&str; 30] = [
        "in",
        "with",
        "using",
        "of",
        "via",
        "on",
        "like",
        "experience",
        "proficient",
        "proficiency",
        "knowledge",
        "skill",
        "expertise",
        "familiar",
        "familiarity",
        "fluent",
        "advanced",
        "including",
        "e.g",
        "know",
        "basic",
        "language",
        "strong",
        "microsoft",
        "ms",
        "master",
        "programming",
        "learning",
        "understanding",
        "into",
    ];
    const AFTER: [&str; 26] = [
        "programming",
        "language",
        "developer",
        "development",
        "code",
        "scripting",
        "script",
        "package",
        "framework",
        "macro",
        "formula",
        "spreadsheet",
        "pivot",
        "playbook",
        "cookbook",
        "engineer",
        "skill",
        "database",
        "microservice",
        "service",
        "backend",
        "sql",
        "certification",
        "certified",
        "administration",
        "api",
    ];
    let after = list
        .get(hit.end)
        .is_some_and(|t| !t.fresh_line && AFTER.contains(&key(hit.end)));
    if after && tool(hit.name.skill()) {
        return true;
    }
    let capitalised_there = hit.first > 0 && !list[hit.first].fresh_line && key(hit.first - 1) != ".";
    let near_cue = (1..=3).any(|back| {
        let Some(at) = hit.first.checked_sub(back) else {
            return false;
        };
        CUES.contains(&key(at))
            && (back == 1 || (at + 1..hit.first).all(|m| is_separator(key(m)) || starts_upper(text, tokens, m)))
    });
    let ends_there = edge(hit.end)
        || is_separator(key(hit.end))
        || matches!(key(hit.end), "for" | "to" | "is" | "with" | "at" | "or");
    match hit.name.care() {
        // As written it is mostly the name, but for the first word of a sentence.
        CASE => capitalised_there,
        LIST => near_cue && capitalised_there && ends_there,
        _ => {
            let strong = (1..=2).any(|back| {
                hit.first.checked_sub(back).is_some_and(|at| {
                    matches!(
                        key(at),
                        "knowledge"
                            | "experience"
                            | "skill"
                            | "expertise"
                            | "background"
                            | "proficient"
                            | "degree"
                            | "understanding"
                    )
                })
            });
            strong && ends_there
        }
    }
}

fn starts_upper(text: &str, tokens: &Tokens, at: usize) -> bool {
    text[tokens.list[at].range.clone()].starts_with(char::is_uppercase)
}
