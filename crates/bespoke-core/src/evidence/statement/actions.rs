//! Verbs: what somebody did, and to what.

use super::super::pool::{Place, is_past};
use super::compare::{clause_starts, same_thing};
use super::managed::{is_done_to_people, keeps_the_same};
use super::objects::{does_the_same, has_two_objects, is_done, lost_its_head, same_amount, same_object};
use super::{Kind, Reading, Use};
use crate::wording::Token;
use crate::wording::kin::kin;
use crate::wording::stands::{has_kind, same_kind, stands_for};
use crate::wording::vocabulary::{Strength, direction, is_claim, is_neutral, is_preposition, titles, verb};

impl Reading<'_> {
    pub(super) fn verbs(&mut self) {
        let stems = self.stems();
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            // "Groups guided by a physiotherapist": somebody else did it.
            let by_others = self.tokens.get(i + 1).is_some_and(|t| t.word == "by")
                && is_past(&token.word)
                && !is_claim(&token.word)
                && i > 0
                && !self.tokens[i - 1].ends_clause();
            let starts = begins_action(&self.tokens, i) && !by_others;
            let owns = starts && token.stem == "own";
            if self.backed[i] || !token.is_word() || is_neutral(&token.word) && !owns {
                continue;
            }
            let known = verb(&token.stem);
            // A verb that the list does not know still says that somebody did something.
            let acts = starts
                && (token.word.ends_with("ed") || i == 0 && (token.word.ends_with("ing") || has_kind(&token.stem)));
            // "Chartered engineer" is praise, "Snowflake-backed" a compound: others judge them.
            let held = is_claim(&token.word)
                && self
                    .tokens
                    .get(i + 1)
                    .is_some_and(|t| titles().occupation.contains(t.word.as_str()));
            if known.is_none() && (!acts || is_claim(&token.word)) || held || self.is_compound_tail(i) {
                continue;
            }
            // "Introduced checks, cutting returns" for "cut returns through checks": the means were one's own.
            let turns = i > 0
                && matches!(
                    self.tokens[i - 1].word.as_str(),
                    "by" | "after" | "through" | "since" | "were" | "was"
                )
                && matches!(token.stem.as_str(), "switch" | "mov" | "chang" | "start" | "begin");
            let with_means = (MEANS.contains(&token.stem.as_str()) || turns) && self.is_means(i);
            // "Worked with the sister to replace paper": told of the same in other words.
            let with_others = !starts
                && self.tokens[0].stem == "work"
                && self.scope().iter().any(|p| {
                    let did = |t: &Token| stands_for(&token.stem, &t.stem) || same_kind(&token.stem, &t.stem);
                    p.place == Place::Statement
                        && p.tokens
                            .iter()
                            .enumerate()
                            .any(|(j, t)| begins_action(&p.tokens, j) && did(t))
                });
            // "A grant to buy calculators": what it was for, in words of the evidence.
            let funded = || {
                self.tokens[i.saturating_sub(5)..i]
                    .iter()
                    .any(|t| matches!(t.stem.as_str(), "fund" | "grant" | "money" | "budget"))
            };
            let purpose = i > 0
                && self.tokens[i - 1].word == "to"
                && match token.word.as_str() {
                    "hold" | "buy" | "purchase" | "enable" | "allow" | "give" | "provide" => true,
                    "build" | "run" | "set" | "create" | "pay" | "install" => funded(),
                    _ => false,
                };
            // "By adding in-product help", where the original says "with in-product help".
            let means = i > 0
                && matches!(self.tokens[i - 1].word.as_str(), "by" | "through")
                && matches!(
                    token.word.as_str(),
                    "adding" | "introducing" | "providing" | "offering" | "applying" | "implementing"
                );
            // "First-run" stands there as it is.
            let compound = i > 1
                && self.tokens[i - 1].is_sign('-')
                && self.scope().iter().any(|p| {
                    p.tokens
                        .windows(3)
                        .any(|w| w[1].is_sign('-') && w[0].word == self.tokens[i - 2].word && w[2].word == token.word)
                });
            // "Quality and production" stands there as it is: a list of things.
            let listed = i > 1
                && self.tokens[i - 1].word == "and"
                && self.scope().iter().any(|p| {
                    let row = |w: &[Token]| w.iter().zip(&self.tokens[i - 2..=i]).all(|(a, b)| a.word == b.word);
                    p.tokens.windows(3).any(row)
                });
            // "A sport programme": a thing, which other rules judge.
            let thing = !starts && self.is_general(i, &stems) || self.names_a_thing(i, &stems);
            if purpose
                || thing
                || starts && (self.sums_up(i) || self.was_there(i))
                || listed
                || with_others
                || with_means
                || means
                || compound
                || matches!(
                    token.stem.as_str(),
                    "assist" | "help" | "aid" | "support" | "contribut" | "particip" | "involv"
                )
            {
                self.backed[i] = true;
                continue;
            }
            // "Six services written in Go": in which language, judged by its name.
            let written = !starts
                && matches!(token.word.as_str(), "written" | "coded" | "built" | "developed")
                && self.tokens.get(i + 1).is_some_and(|t| t.word == "in")
                && self.tokens.get(i + 2).is_some_and(|t| t.capital);
            // "Meetings attended by the police", "how to apply it": no action of the person's own.
            if written || !starts && QUIET.contains(&token.stem.as_str()) || self.is_made_of(&token.word, &stems) {
                self.backed[i] = true;
                continue;
            }
            // "Brought breakdowns down by 30 %".
            let near = |way: &str| self.tokens[i..].iter().take(7).any(|t| t.word == way);
            let went = match token.stem.as_str() {
                "bring" | "tak" | "push" | "driv" if near("down") => -1,
                "bring" | "tak" | "push" | "driv" if near("up") => 1,
                stem => direction(stem),
            };
            let own = self.statement.used == Use::Entry;
            let mut named = false;
            // "Liaise with engineering" for "work with engineering".
            let with = |tokens: &[Token], k: usize| tokens.get(k + 1).is_some_and(|t| t.word == "with");
            let together = matches!(
                token.stem.as_str(),
                "collabor" | "cooper" | "liais" | "partner" | "coordin" | "coordinat"
            ) && self.tokens[i..].iter().take(6).any(|t| t.word == "with")
                && self.scope().iter().any(|p| {
                    let works =
                        |(j, t): (usize, &Token)| t.stem == "work" && (with(&p.tokens, j) || with(&p.tokens, j + 1));
                    p.tokens.iter().enumerate().any(works)
                });
            // "Brought churn from 14 % down to 6 %": the numbers say it.
            let moves = matches!(token.stem.as_str(), "bring" | "tak" | "push" | "driv");
            let mut of_this =
                together || self.goes(i).is_some_and(|way| moves || went == way) || self.leads_to_number(i, moves);
            let manages = starts && token.stem == "manag";
            let synonyms: Vec<&str> = kin(&token.stem).collect();
            for piece in self.scope() {
                for (j, other) in piece.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
                    // "A morning show" shows nothing.
                    let bare = !is_past(&other.word) && !other.word.ends_with("ing");
                    let noun = bare
                        && !is_preposition(&other.word)
                        && !begins_action(&piece.tokens, j)
                        && !matches!(
                            piece.tokens[j - 1].word.as_str(),
                            "to" | "which" | "that" | "who" | "they" | "it"
                        );
                    let group = known.is_some_and(|k| verb(&other.stem).is_some_and(|o| o.means(k)));
                    // Whoever keeps a list manages it.
                    let keeps = manages && keeps_the_same((&self.tokens, &self.quantities, i), &piece.tokens);
                    // A synonym out of the dictionary never claims more than was said.
                    let synonym = || {
                        let strength = |s: &str| verb(s).map_or(Strength::Do, |v| v.strength);
                        synonyms.contains(&other.stem.as_str()) && strength(&token.stem) <= strength(&other.stem)
                            || stands_for(&token.stem, &other.stem)
                            || !noun
                                && starts
                                && same_kind(&token.stem, &other.stem)
                                && (keeps
                                    || strength(&token.stem) != Strength::Lead
                                    || strength(&other.stem) >= Strength::Lead)
                    };
                    // Down is down, by whatever verb; the number is judged by itself.
                    of_this |= starts
                        && went != 0
                        && direction(&other.stem) == went
                        && piece.place != Place::Heading
                        && same_thing(&self.tokens, i, &piece.tokens, j, false);
                    // Whoever looks after pupils does not manage them.
                    let lesser = manages
                        && other.stem != token.stem
                        && verb(&other.stem).is_some_and(|v| v.strength < Strength::Lead)
                        && is_done_to_people((&self.tokens, &self.quantities, i));
                    let means = !(lesser || noun && starts && other.stem != token.stem) && (group || synonym());
                    // "Tested the fixes" fixed nothing; "conducted audits" audited.
                    let done_by_others = noun && starts && !is_done(&piece.tokens, j);
                    // "The Design Awards" designed nothing.
                    let name = other.capital && !clause_starts(&piece.tokens, j);
                    // Whoever works with a presenter has not presented.
                    // "Translator of technical texts", at the head of a summary, translates them.
                    let of_oneself = j < 3
                        && piece.entry.is_none()
                        && piece.tokens.get(j + 1).is_some_and(|t| t.word == "of")
                        && other
                            .word
                            .strip_suffix("or")
                            .or(other.word.strip_suffix("er"))
                            .is_some_and(|base| {
                                crate::wording::stem(base) == token.stem
                                    || crate::wording::stem(&format!("{base}e")) == token.stem
                            });
                    if of_oneself && Strength::Do >= known.map_or(Strength::Do, |k| k.strength) {
                        of_this |= same_thing(&self.tokens, i, &piece.tokens, j, true);
                    }
                    // Whoever patrols building sites has built nothing.
                    let of_a_thing = starts
                        && j > 0
                        && other.word.ends_with("ing")
                        && !begins_action(&piece.tokens, j)
                        && !is_preposition(&piece.tokens[j - 1].word)
                        && !is_neutral(&piece.tokens[j - 1].word)
                        && verb(&piece.tokens[j - 1].stem).map_or(is_past(&piece.tokens[j - 1].word), |_| true);
                    let agent = of_a_thing || starts && is_agent(&other.word) && !is_agent(&token.word);
                    // Whoever manages a vineyard does not own it.
                    let owns = token.stem == "own" && starts;
                    let same = (other.stem == token.stem || means && !name && !owns) && !agent && !done_by_others;
                    // "Were promoted" does not say that the person promoted them.
                    let suffered = starts && passive(&piece.tokens, j) && !passive(&self.tokens, i);
                    let mine = (&self.tokens[..], &self.quantities[..], i);
                    let truncated =
                        starts && MAKING.contains(&token.stem.as_str()) && lost_its_head(mine, &piece.tokens);
                    if same && piece.place != Place::Heading && !suffered && !truncated {
                        named = true;
                        let of_object = || {
                            let (mine, theirs) = (
                                (&self.tokens[..], &self.quantities[..], i),
                                (&piece.tokens[..], &piece.quantities[..], j),
                            );
                            same_object(mine, theirs)
                                || same_amount(mine, theirs)
                                || has_two_objects(token, other) && same_thing(mine.0, i, theirs.0, j, true)
                        };
                        of_this |= starts && of_object()
                            || (!starts || went != 0) && same_thing(&self.tokens, i, &piece.tokens, j, false)
                            || !starts && own && other.stem == token.stem;
                    }
                    if starts && piece.place != Place::Heading && begins_action(&piece.tokens, j) {
                        let (mine, theirs) = (
                            (&self.tokens[..], &self.quantities[..], i),
                            (&piece.tokens[..], &piece.quantities[..], j),
                        );
                        of_this |= does_the_same(mine, theirs);
                    }
                    if other.stem == token.stem && piece.place == Place::Heading && !starts {
                        named = true;
                        of_this = true;
                    }
                }
            }
            self.backed[i] = true;
            if !of_this {
                let word = self.shown(i, i + 1);
                let message = if named {
                    format!("The original says \"{word}\" of something else.")
                } else {
                    format!("The original does not say \"{word}\"; say what it says, or confirm it.")
                };
                self.say(Kind::Claim, &word, message);
            }
        }
        self.finished();
        self.for_whom();
        self.turned();
    }
}

/// Verbs that say only that something was put to use.
const MEANS: [&str; 7] = ["introduc", "send", "us", "apply", "add", "offer", "employ"];

/// Verbs of which it matters most what was made, led or sold.
const MAKING: [&str; 17] = [
    "design",
    "build",
    "develop",
    "creat",
    "writ",
    "author",
    "draft",
    "invent",
    "found",
    "launch",
    "establish",
    "own",
    "manag",
    "lead",
    "buy",
    "sel",
    "negoti",
];

/// Verbs that claim nothing where they do not say what the person did.
const QUIET: [&str; 37] = [
    "suppl", "provid", "prepar", "attend", "reach", "begin", "start", "tak", "giv", "handl", "do", "conduct",
    "perform", "apply", "us", "contain", "shar", "need", "concern", "follow", "see", "carry", "hold", "get", "bring",
    "keep", "serv", "go", "com", "stay", "becom", "know", "cal", "list", "last", "put", "run",
];

/// "Presenter", "editors": who does something.
fn is_agent(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    word.len() > 4 && (word.ends_with("er") || word.ends_with("or")) && !VERBS_IN_ER.contains(&word)
}

/// Verbs that end like the people who do something.
const VERBS_IN_ER: [&str; 17] = [
    "partner",
    "deliver",
    "offer",
    "answer",
    "order",
    "master",
    "monitor",
    "mentor",
    "administer",
    "recover",
    "uncover",
    "cover",
    "discover",
    "engineer",
    "consider",
    "gather",
    "transfer",
];

fn passive(tokens: &[Token], i: usize) -> bool {
    i > 0
        && matches!(
            tokens[i - 1].word.as_str(),
            "was" | "were" | "been" | "being" | "be" | "is" | "are"
        )
}

/// True where somebody begins to do something: at the start of a clause, or after a word that leads into one.
pub(super) fn begins_action(tokens: &[Token], i: usize) -> bool {
    clause_starts(tokens, i)
        || matches!(
            tokens[i - 1].word.as_str(),
            "by" | "while" | "that" | "which" | "through" | "after" | "before" | "when" | "thereby" | "also" | "or"
        )
        || matches!(tokens[i - 1].word.as_str(), "has" | "have" | "had")
}
