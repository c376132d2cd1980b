//! Finds skills in text.

use crate::text::fold;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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

/// How strictly a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// In any case.
    Any,
    /// As written.
    Case,
    /// As written, and only among other skills or in a list.
    List,
}

struct Pattern {
    skill: SkillId,
    care: Care,
    text: String,
}

/// All skills and the automaton that finds them.
pub struct Skills {
    skills: Vec<Skill>,
    patterns: Vec<Pattern>,
    automaton: Option<AhoCorasick>,
    names: HashMap<String, SkillId>,
}

/// Folded, with hyphens and runs of spaces as one space: "e-mail  marketing" is "e mail marketing".
fn key(text: &str) -> String {
    fold(text)
        .split(|c: char| c.is_whitespace() || c == '-' || c == '_')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text folded like [`key`], with the byte offset in the original of each byte.
fn folded(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut at = Vec::with_capacity(text.len() + 1);
    for (offset, c) in text.char_indices() {
        let mut push = |c: char| {
            out.push(c);
            at.extend(std::iter::repeat_n(offset, c.len_utf8()));
        };
        if c.is_ascii() {
            match c {
                '-' | '_' | '\n' | '\t' => push(' '),
                c => push(c.to_ascii_lowercase()),
            }
        } else {
            fold(&c.to_string())
                .chars()
                .for_each(|c| push(if c == '-' { ' ' } else { c }));
        }
    }
    at.push(text.len());
    (out, at)
}

impl Skills {
    /// The built-in lexicon; built at first use, then shared.
    pub fn builtin() -> &'static Skills {
        static SKILLS: std::sync::LazyLock<Skills> = std::sync::LazyLock::new(|| {
            Skills::read(&[
                include_str!("../../../../data/skills/curated.txt"),
                include_str!("../../../../data/skills/common.txt"),
            ])
        });
        &SKILLS
    }

    fn read(files: &[&str]) -> Skills {
        let mut skills: Vec<Skill> = Vec::new();
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut names: HashMap<String, SkillId> = HashMap::new();
        let mut broader: Vec<(usize, Vec<String>)> = Vec::new();
        for line in files
            .iter()
            .flat_map(|f| f.lines())
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        {
            let mut cells = line.split('|').map(str::trim);
            let (Some(name), Some(kind)) = (cells.next(), cells.next()) else {
                continue;
            };
            let list = |cell: Option<&str>| -> Vec<String> {
                cell.unwrap_or_default()
                    .split(';')
                    .map(|a| a.trim().to_owned())
                    .filter(|a| !a.is_empty())
                    .collect()
            };
            let (aliases, up) = (list(cells.next()), list(cells.next()));
            let marks = name.len() - name.trim_start_matches('!').len();
            let name = &name[marks..];
            let care = [Care::Any, Care::Case, Care::List][marks.min(2)];
            let kind = match kind {
                "tool" => SkillKind::Tool,
                "method" => SkillKind::Method,
                "soft" => SkillKind::Soft,
                "language" => SkillKind::Language,
                "certificate" => SkillKind::Certificate,
                _ => SkillKind::Knowledge,
            };
            let id = names.get(&key(name)).copied().unwrap_or_else(|| {
                skills.push(Skill {
                    name: name.to_owned(),
                    aliases: Vec::new(),
                    kind,
                    broader: Vec::new(),
                });
                SkillId(skills.len() as u32 - 1)
            });
            broader.push((id.0 as usize, up));
            for (n, spelling) in std::iter::once(name.to_owned()).chain(aliases).enumerate() {
                let folded = key(&spelling);
                if folded.is_empty() || names.contains_key(&folded) {
                    continue;
                }
                names.insert(folded.clone(), id);
                // Short capitals and one short word are words of their own unless written so: PR, TS, Node.
                let short = spelling.chars().filter(|c| c.is_alphanumeric()).count() <= 3
                    && spelling.chars().all(|c| !c.is_lowercase());
                let care = if n == 0 && care != Care::Any {
                    care
                } else if short || CASED.contains(&spelling.as_str()) {
                    Care::Case
                } else {
                    Care::Any
                };
                patterns.push(Pattern {
                    skill: id,
                    care,
                    text: spelling.clone(),
                });
                if n > 0 {
                    skills[id.0 as usize].aliases.push(spelling);
                }
            }
        }
        for (skill, up) in broader {
            let ids: Vec<SkillId> = up
                .iter()
                .filter_map(|b| names.get(&key(b)).copied())
                .filter(|b| b.0 as usize != skill)
                .collect();
            skills[skill].broader.extend(ids);
        }
        let keys: Vec<String> = patterns.iter().map(|p| key(&p.text)).collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(keys)
            .ok();
        Skills {
            skills,
            patterns,
            automaton,
            names,
        }
    }

    /// The skill with this id.
    pub fn get(&self, id: SkillId) -> &Skill {
        &self.skills[id.0 as usize]
    }

    /// The skill with this name or alias, however it is cased or hyphenated.
    pub fn lookup(&self, name: &str) -> Option<SkillId> {
        let folded = key(name);
        let singular = || {
            folded
                .strip_suffix('s')
                .filter(|s| s.len() > 3)
                .and_then(|s| self.names.get(s))
        };
        self.names.get(&folded).or_else(singular).copied()
    }

    /// All skills named in running text, left to right, longest match first, never overlapping.
    pub fn find(&self, text: &str) -> Vec<SkillMatch> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let (low, at) = folded(text);
        let bytes = low.as_bytes();
        let word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
        let mut found: Vec<(SkillMatch, Care)> = Vec::new();
        let mut from = 0;
        while from <= low.len()
            && let Some(hit) = automaton.find(aho_corasick::Input::new(&low).range(from..))
        {
            let (start, mut end) = (hit.start(), hit.end());
            let pattern = &self.patterns[hit.pattern().as_usize()];
            let before = start.checked_sub(1).map(|i| bytes[i]);
            let first = bytes[start];
            let front = before
                .is_none_or(|b| !(word(b) && word(first)) && !(matches!(b, b'.' | b'#' | b'+' | b'@') && word(first)));
            // A plural counts as the word.
            if bytes.get(end) == Some(&b's') && bytes.get(end + 1).is_none_or(|b| !word(*b)) && end - start > 3 {
                end += 1;
            }
            let last = bytes[end - 1];
            let after = bytes.get(end).copied();
            let back = after.is_none_or(|b| {
                !(word(b) && word(last))
                    && !matches!(b, b'+' | b'#')
                    && !(b == b'.' && bytes.get(end + 1).is_some_and(|n| word(*n)))
                    && !(b == b'\'' && end - start < 4)
            });
            let range = at[start]..at[end].max(at[start]);
            let shown = &text[range.clone()];
            let case = pattern.care == Care::Any
                || shown.trim_end_matches('s') == pattern.text.trim_end_matches('s')
                || shown == pattern.text;
            if front && back && case {
                found.push((
                    SkillMatch {
                        skill: pattern.skill,
                        range,
                    },
                    pattern.care,
                ));
                from = end;
            } else {
                from = start + low[start..].chars().next().map_or(1, char::len_utf8);
            }
        }
        let listed = |m: &SkillMatch| {
            let before = text[..m.range.start].trim_end().chars().next_back();
            let after = text[m.range.end..].trim_start().chars().next();
            let edge = |c: Option<char>| {
                c.is_none_or(|c| matches!(c, ',' | ';' | '/' | '|' | '(' | ')' | '•' | '·' | ':' | '&' | '\n'))
            };
            edge(before) || edge(after)
        };
        let count = found.iter().filter(|(_, c)| *c != Care::List).count();
        let whole = text.trim().len();
        found
            .into_iter()
            .filter(|(m, care)| {
                *care != Care::List || m.range.len() == whole || (count > 0 && listed(m)) || listed_both(text, m)
            })
            .map(|(m, _)| m)
            .collect()
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

/// Names that are common words when written small.
const CASED: &[&str] = &[
    "Node",
    "Vue",
    "Rails",
    "Spark",
    "Rust",
    "Ruby",
    "Swift",
    "Scala",
    "Epic",
    "Temporal",
    "Pact",
    "Stata",
    "Unix",
    "Mongo",
    "Sketch app",
    "Excel",
    "Chinese",
    "Toast POS",
    "REST APIs",
    "Looker",
    "Snowflake",
    "Flask",
    "Kafka",
    "SAP",
    "Go lang",
];

fn listed_both(text: &str, m: &SkillMatch) -> bool {
    let before = text[..m.range.start].trim_end_matches(' ').chars().next_back();
    let after = text[m.range.end..].trim_start_matches(' ').chars().next();
    let mark = |c: Option<char>| c.is_none_or(|c| matches!(c, ',' | ';' | '/' | '|' | '(' | ')' | '•' | '·' | ':'));
    mark(before) && mark(after) && (before.is_some() || after.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let skills = Skills::builtin();
        skills
            .find(text)
            .into_iter()
            .map(|m| skills.get(m.skill).name.as_str())
            .collect()
    }

    #[test]
    fn skills_are_found_by_any_name() {
        assert_eq!(
            names("Built it with Postgres, k8s and Node.js"),
            ["PostgreSQL", "Kubernetes", "Node.js"]
        );
        assert_eq!(
            names("C++, C# and .NET; A/B tests"),
            ["C++", "C#", ".NET", "A/B testing"]
        );
        assert_eq!(names("Rust, Go, R"), ["Rust", "Go", "R"]);
        assert_eq!(names("Continuous-integration with ci/cd"), ["CI/CD", "CI/CD"]);
    }

    #[test]
    fn common_words_are_no_skills() {
        for text in [
            "we go the extra mile",
            "the rest of us excel in spring",
            "An R rated film",
            "javascripting scales",
            "rusty gates",
        ] {
            assert!(names(text).is_empty(), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn broader_skills_are_known() {
        let skills = Skills::builtin();
        let sql = skills.lookup("sql").expect("SQL");
        let postgres = skills.lookup("POSTGRES").expect("PostgreSQL");
        assert!(skills.get(postgres).broader.contains(&sql));
        assert!(skills.len() > 2000);
    }
}
