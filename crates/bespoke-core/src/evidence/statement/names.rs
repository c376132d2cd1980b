//! Skills, declared equivalents, and names spelled out or cut to their initials.

use super::super::pool::{Piece, Place, core_of, is_past};
use super::actions::begins_action;
use super::compare::{clause_starts, same_thing};
use super::objects::same_object;
use super::plain::is_in_a_row;
use super::{Kind, Reading};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::wording::Token;
use crate::wording::stands::told;
use crate::wording::vocabulary::{equivalents, is_claim, is_neutral, is_preposition, neutral_phrases, verb};

impl Reading<'_> {
    pub(super) fn skills(&mut self) {
        let lexicon = Skills::builtin();
        for found in lexicon.find(&self.text) {
            let skill = lexicon.get(found.skill);
            let inside: Vec<usize> = (0..self.tokens.len())
                .filter(|i| {
                    let r = &self.tokens[*i].range;
                    r.start < found.range.end && r.end > found.range.start
                })
                .collect();
            let told = |i: &usize| {
                let t = &self.tokens[*i];
                self.declared[*i]
                    || !t.capital && self.scope().iter().any(|p| p.tokens.iter().any(|o| o.stem == t.stem))
            };
            // "German accounts" for accounts in Germany; "German-speaking" and "fluent German" tell of a language.
            let of_place = inside.iter().all(|i| self.declared[*i] && self.tokens[*i].capital)
                && inside.last().is_some_and(|last| {
                    self.tokens.get(last + 1).is_some_and(|t| {
                        let tongue = matches!(
                            t.stem.as_str(),
                            "speak"
                                | "languag"
                                | "skil"
                                | "course"
                                | "cours"
                                | "clas"
                                | "lesson"
                                | "speaker"
                                | "fluent"
                        );
                        t.is_word() && !tongue && !is_neutral(&t.word) && !is_preposition(&t.word)
                    })
                });
            if of_place {
                continue;
            }
            let other_words = inside.iter().any(|i| self.declared[*i]) && inside.iter().all(told);
            if other_words || inside.iter().all(|i| self.spelled[*i]) {
                continue;
            }
            let shows = |id| self.scope().iter().any(|p| p.skills.contains(&id));
            let named = shows(found.skill);
            // "Python automation" is Python, and the rest is judged word by word.
            let core = core_of(&self.text[found.range.clone()]).filter(|(id, _)| !named && shows(*id));
            if let Some((_, range)) = core {
                let start = found.range.start;
                for i in inside {
                    let r = &self.tokens[i].range;
                    self.backed[i] |= r.start >= start + range.start && r.end <= start + range.end;
                }
                continue;
            }
            let soft = !matches!(
                skill.kind,
                SkillKind::Tool | SkillKind::Language | SkillKind::Certificate
            );
            let plain = inside
                .iter()
                .all(|i| !self.tokens[*i].capital && self.tokens[*i].is_word());
            let in_words = (soft || plain) && {
                let stems: Vec<&str> = inside.iter().map(|i| self.tokens[*i].stem.as_str()).collect();
                self.scope().iter().any(|p| {
                    let all: Vec<&str> = p.tokens.iter().map(|t| t.stem.as_str()).collect();
                    // "Private practices" for "private and public practice".
                    const REACH: usize = 4;
                    let near = |w: &[&str]| stems.len() > 1 && stems.iter().all(|s| w.contains(s));
                    all.windows(stems.len().max(1)).any(|w| w == stems)
                        || p.place == Place::Statement && all.windows(REACH.min(all.len().max(1))).any(near)
                })
            };
            if named || in_words {
                // A claim inside the name ("Lead Generation") is backed with it; "built sites" are no "building sites".
                for i in inside {
                    let word = &self.tokens[i].word;
                    let done = begins_action(&self.tokens, i)
                        && is_past(word)
                        && !self.scope().iter().any(|p| p.tokens.iter().any(|t| t.word == *word));
                    self.backed[i] |= !done;
                }
            } else if !soft || inside.iter().any(|i| self.is_name(*i) && !self.backed[*i]) {
                let shown = self.text[found.range.clone()].to_owned();
                let message = format!("Nothing here shows \"{shown}\"; confirm it or take it out.");
                self.say(Kind::Skill, &shown, message);
                for i in inside {
                    self.backed[i] = true;
                }
            }
        }
    }

    pub(super) fn equivalents(&mut self) {
        let stems: Vec<&str> = self.tokens.iter().map(|t| t.stem.as_str()).collect();
        for (group, at, length) in equivalents(&stems) {
            if self.scope().iter().any(|p| p.groups.contains(&group)) {
                // Praise and rank are judged by what they stand beside, unless they are part of a name: "doctoral student".
                let acts = length == 1 && verb(&self.tokens[at].stem).is_some() && begins_action(&self.tokens, at);
                for i in at..at + length {
                    self.declared[i] = true;
                    if acts {
                        // What somebody did is judged with what it was done to.
                        continue;
                    }
                    self.backed[i] |= length > 1 || !is_claim(&self.tokens[i].word);
                }
            }
        }
        self.told_for();
    }

    /// What may be told for words of the evidence: "stood in for" for "covered for". What somebody did is told of the same thing.
    fn told_for(&mut self) {
        let stems: Vec<&str> = self.tokens.iter().map(|t| t.stem.as_str()).collect();
        let mut fine = Vec::new();
        for (line, at, length) in told(&stems) {
            let end = at + length - 1;
            let first = &self.tokens[at];
            let acts = begins_action(&self.tokens, at)
                && (verb(&first.stem).is_some() || is_past(&first.word) || first.word.ends_with("ing"));
            // "Built sites" are no "building sites".
            let of_a_thing = acts
                && length > 1
                && is_past(&first.word)
                && self.scope().iter().any(|p| {
                    let thing = |(j, t): (usize, &Token)| {
                        t.stem == first.stem && t.word.ends_with("ing") && !begins_action(&p.tokens, j)
                    };
                    p.tokens.iter().enumerate().any(thing)
                });
            // "The shop and its branches": what may be told for a word does not stand in a row with it.
            let in_a_row = length == 1
                && !acts
                && self.scope().iter().any(|p| {
                    let said = p.stands.get(&line).into_iter().flatten().filter(|(_, n)| *n == 1);
                    let mut stems = said.map(|(there, _)| p.tokens[*there].stem.as_str());
                    stems.any(|said| said != first.stem && is_in_a_row(&self.tokens, at, said))
                });
            if of_a_thing || in_a_row {
                continue;
            }
            let speaks = |p: &&&Piece| p.place != Place::Heading;
            let of_this = self.scope().iter().filter(speaks).any(|p| {
                p.stands.get(&line).is_some_and(|all| {
                    all.iter().any(|(there, n)| {
                        let (mine, theirs) = (
                            (&self.tokens[..], &self.quantities[..], end),
                            (&p.tokens[..], &p.quantities[..], there + n - 1),
                        );
                        // Two words are judged with all other verbs.
                        !acts
                            || (length > 1 || *n > 1)
                                && (same_object(mine, theirs) || same_thing(mine.0, end, theirs.0, theirs.2, false))
                    })
                })
            });
            if of_this {
                let spelled = self
                    .scope()
                    .iter()
                    .filter(speaks)
                    .any(|p| p.stands.get(&line).is_some_and(|all| all.iter().any(|(_, n)| *n > 1)));
                fine.push((at, length, acts || spelled && length == 1));
            }
        }
        for (at, length, acts) in fine {
            self.declared[at..at + length].fill(true);
            for i in at..at + length {
                self.backed[i] |= length > 1 || acts || !is_claim(&self.tokens[i].word);
            }
        }
    }

    /// A capital that is not the first letter of a sentence.
    fn is_name(&self, i: usize) -> bool {
        self.tokens[i].capital && !clause_starts(&self.tokens, i)
    }

    /// "In line with", "as well as".
    pub(super) fn phrases(&mut self) {
        for phrase in neutral_phrases() {
            for i in 0..(self.tokens.len() + 1).saturating_sub(phrase.len()) {
                let at = i..i + phrase.len();
                if self.tokens[at.clone()].iter().zip(phrase).all(|(t, w)| t.word == *w) {
                    self.backed[at].fill(true);
                }
            }
        }
    }

    /// "Collective bargaining agreement (CBA)": an acronym of the evidence spelled out beside it, or words of the evidence
    /// cut to their initials.
    pub(super) fn acronyms(&mut self) {
        for i in 0..self.tokens.len() {
            let Some(letters) = acronym(&self.shown(i, i + 1)) else {
                continue;
            };
            let word = self.tokens[i].word.trim_end_matches('s').to_owned();
            let told = self.scope().iter().any(|p| {
                let same = |t: &&Token| t.word.trim_end_matches('s') == word;
                p.tokens
                    .iter()
                    .filter(same)
                    .any(|t| acronym(&p.text[t.range.clone()]).is_some())
            });
            if !told {
                let cut = self
                    .scope()
                    .iter()
                    .any(|p| (0..p.tokens.len()).any(|start| spells(&p.tokens, start, &letters).is_some()));
                self.spelled[i] |= cut && !is_claim(&word);
                continue;
            }
            let bracket = |k: usize, sign: char| self.tokens.get(k).is_some_and(|t| t.is_sign(sign));
            let before = (i > 1 && bracket(i - 1, '('))
                .then(|| (0..i - 1).find(|s| spells(&self.tokens, *s, &letters) == Some(i - 1)))
                .flatten();
            let span = match before {
                Some(start) => Some(start..i - 1),
                None if bracket(i + 1, '(') => spells(&self.tokens, i + 2, &letters).map(|end| i + 2..end),
                None => None,
            };
            if let Some(span) = span {
                self.spelled[span].fill(true);
            }
        }
        for (backed, spelled) in self.backed.iter_mut().zip(&self.spelled) {
            *backed |= spelled;
        }
    }
}

/// The letters of an acronym: two to six capitals, perhaps with `&` or a plural s.
fn acronym(shown: &str) -> Option<Vec<char>> {
    let bare = shown.strip_suffix("'s").or(shown.strip_suffix('s')).unwrap_or(shown);
    let capitals = bare.chars().all(|c| c.is_ascii_uppercase() || c == '&');
    let letters: Vec<char> = bare
        .chars()
        .filter(|c| *c != '&')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    (capitals && (2..=6).contains(&letters.len())).then_some(letters)
}

/// Where the run of words ends that begins at `start` and has these initials; small words may stand between.
fn spells(tokens: &[Token], start: usize, letters: &[char]) -> Option<usize> {
    const SMALL: [&str; 10] = ["of", "and", "the", "for", "in", "with", "to", "on", "at", "a"];
    let mut left = letters.iter();
    let mut end = start;
    let mut wanted = left.next()?;
    loop {
        let token = tokens.get(end)?;
        end += 1;
        if token.is_word() && token.word.starts_with(*wanted) && token.word.len() > 1 {
            match left.next() {
                Some(next) => wanted = next,
                None => return Some(end),
            }
        } else if end == start + 1
            || !SMALL.contains(&token.word.as_str()) && !token.is_sign('-') && !token.is_sign('&')
        {
            return None;
        }
    }
}
