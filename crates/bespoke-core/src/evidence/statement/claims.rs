//! Praise and rank: they need evidence beside the very thing that they are said of.

use super::super::pool::Place;
use super::actions::begins_action;
use super::compare::{clause_starts, same_thing, same_word};
use super::{Kind, Reading, Use};
use crate::wording::Token;
use crate::wording::quantity::{Quantity, SPANS, Unit};
use crate::wording::vocabulary::{is_claim, is_neutral, is_occupation, is_preposition, titles, verb};

impl Reading<'_> {
    pub(super) fn claims(&mut self) {
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            let hyphened = self
                .tokens
                .get(i + 1)
                .filter(|t| t.is_sign('-'))
                .and_then(|_| self.tokens.get(i + 2));
            let compound = hyphened.map(|next| format!("{}-{}", token.word, next.word));
            // "Staff engineer" is a rank, "training for staff" tells of people.
            let people = token.word == "staff"
                && !i
                    .checked_sub(1)
                    .is_some_and(|b| matches!(self.tokens[b].word.as_str(), "to" | "as"))
                && !self
                    .tokens
                    .get(i + 1)
                    .is_some_and(|t| titles().occupation.contains(t.word.as_str()));
            let claims = is_claim(&token.word) && !people || compound.is_some_and(|c| is_claim(&c));
            if !claims || self.backed[i] || !token.is_word() {
                continue;
            }
            let times = [
                "hour",
                "day",
                "week",
                "month",
                "quarter",
                "year",
                "shift",
                "night",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "weekend",
                "evening",
                "morning",
                "summer",
                "autumn",
                "winter",
                "spring",
                "term",
            ];
            let time = |k: usize| {
                let next = self.tokens.get(k).map_or("", |t| t.word.as_str());
                times.iter().any(|t| *t == next || next.strip_suffix('s') == Some(t))
            };
            let per = matches!(token.word.as_str(), "every" | "each") && (time(i + 1) || time(i + 2));
            // "Only two a month": less, not the only one.
            let few = token.word == "only" && self.quantities.iter().any(|q| q.tokens.contains(&(i + 1)));
            if per || few {
                self.backed[i] = true;
                continue;
            }
            let tongue = matches!(
                token.word.as_str(),
                "native" | "fluent" | "bilingual" | "proficient" | "proficiency"
            );
            let of_this = self.scope().iter().any(|p| {
                p.tokens.iter().enumerate().any(|(j, other)| {
                    (other.word == token.word || other.stem == token.stem || all_of(&other.word, &token.word))
                        && (praises_same(&self.tokens, i, &p.tokens, j, p.place == Place::Heading)
                            || is_of_the_person(&self.tokens, i, &p.tokens, j))
                        && is_second(&p.tokens, j) <= is_second(&self.tokens, i)
                        && (!tongue
                            || self
                                .names_of_clause(i)
                                .all(|name| p.tokens.iter().any(|t| t.word == name)))
                })
            });
            self.backed[i] = true;
            if !of_this {
                let word = self.shown(i, i + 1);
                let kind = kind_of_claim(&token.word);
                self.say(
                    kind,
                    &word,
                    format!("The original does not say \"{word}\" of this; confirm it or take it out."),
                );
            }
        }
    }

    /// "Every week" for "every three weeks".
    pub(super) fn oftener(&mut self) {
        let every = |w: &str| matches!(w, "every" | "each" | "per");
        let span = |t: &Token| SPANS.iter().any(|s| *s == t.word);
        let often = |t: &Token| OFTEN.contains(&t.word.as_str());
        let counted = |w: &[Token]| {
            every(&w[0].word) && !span(&w[1]) && SPANS.iter().any(|s| w[2].word.strip_suffix('s') == Some(s))
        };
        let direct = |tokens: &[Token]| {
            tokens
                .windows(2)
                .any(|w| (every(&w[0].word) || w[0].word == "a") && span(&w[1]))
                || tokens.iter().any(often)
        };
        let scope = self.scope();
        let speaking = || scope.iter().filter(|p| p.place != Place::Heading);
        let stretched = speaking().any(|p| p.tokens.windows(3).any(counted));
        if stretched && direct(&self.tokens) && !speaking().any(|p| direct(&p.tokens)) {
            self.say(
                Kind::Number,
                "every",
                "The original tells of longer intervals; say how often it says.".into(),
            );
        }
    }

    /// "In place of the manager", where the original does not say it.
    pub(super) fn for_others(&mut self) {
        for place in [["in", "place", "of"], ["on", "behalf", "of"], ["in", "lieu", "of"]] {
            let stands = |tokens: &[Token]| tokens.windows(3).any(|w| (0..3).all(|k| w[k].word == place[k]));
            let people = |tokens: &[Token]| {
                let at = tokens.windows(3).position(|w| (0..3).all(|k| w[k].word == place[k]));
                at.is_some_and(|at| tokens[at + 3..].iter().take(4).any(|t| is_occupation(&t.stem)))
            };
            if people(&self.tokens) && !self.scope().iter().any(|p| stands(&p.tokens)) {
                let words = place.join(" ");
                let message = format!("The original does not say \"{words}\"; say what it says, or confirm it.");
                self.say(Kind::Claim, &words, message);
            }
        }
    }

    /// "Across the farm" for "on those fields".
    pub(super) fn whole_places(&mut self) {
        let speaking = self.scope().iter().filter(|p| p.place != Place::Heading);
        let mut wider = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let whole = matches!(token.word.as_str(), "across" | "throughout");
            let the = self.tokens.get(i + 1).filter(|t| t.word == "the");
            let noun = self.tokens.get(i + 2).filter(|t| t.is_word() && !is_neutral(&t.word));
            let ends = self
                .tokens
                .get(i + 3)
                .is_none_or(|t| !t.is_word() || is_preposition(&t.word));
            if let (true, Some(_), Some(noun), true) = (whole, the, noun, ends)
                && !speaking
                    .clone()
                    .any(|p| p.tokens.iter().any(|t| same_word(&noun.stem, &t.stem)))
            {
                wider.push(noun.word.clone());
            }
        }
        for word in wider {
            let message = format!("The original does not say this of the whole {word}; confirm it or take it out.");
            self.say(Kind::Claim, &word, message);
        }
    }

    /// "More than any other pharmacy": a comparison with everybody.
    pub(super) fn comparisons(&mut self) {
        let above_all = |tokens: &[Token]| {
            tokens.windows(2).any(|w| {
                w[0].word == "the" && w[1].word == "most"
                    || w[0].word == "than"
                        && matches!(
                            w[1].word.as_str(),
                            "any"
                                | "anyone"
                                | "anybody"
                                | "all"
                                | "every"
                                | "everyone"
                                | "everybody"
                                | "others"
                                | "most"
                                | "average"
                        )
            })
        };
        if above_all(&self.tokens) && !self.scope().iter().any(|p| above_all(&p.tokens)) {
            self.say(
                Kind::Claim,
                "than",
                "The original does not compare this with others.".into(),
            );
        }
    }

    /// "Several errors", where the original tells of an error.
    pub(super) fn plurals(&mut self) {
        const VAGUE: [&str; 8] = [
            "several",
            "multiple",
            "many",
            "numerous",
            "various",
            "few",
            "countless",
            "different",
        ];
        const REACH: usize = 6;
        let one = |t: &Token| matches!(t.word.as_str(), "a" | "an" | "one" | "1" | "single");
        let mut faults = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let plural =
                token.is_word() && token.word.ends_with('s') && !token.word.ends_with("ss") && token.word.len() > 3;
            if !plural || is_neutral(&token.word) {
                continue;
            }
            let from = i.saturating_sub(REACH);
            let acts = verb(&token.stem).is_some() && begins_action(&self.tokens, i);
            let unit = self.quantities.iter().any(|q| q.tokens.contains(&i));
            let often = self.tokens[from..i].iter().any(|t| OFTEN.contains(&t.word.as_str()));
            // "No grievances" is none, as "no grievance" is.
            let none = self.tokens[i.saturating_sub(3)..i]
                .iter()
                .any(|t| matches!(t.word.as_str(), "no" | "without" | "zero"));
            if acts || unit || often || none {
                continue;
            }
            let vague = self.tokens[from..i].iter().any(|t| VAGUE.contains(&t.word.as_str()));
            let forms = || {
                self.scope()
                    .iter()
                    .flat_map(|p| p.tokens.iter().enumerate().map(move |(j, t)| (p, j, t)))
            };
            let many = forms().any(|(p, j, t)| {
                // "Bus" is one.
                t.stem == token.stem
                    && (t.word.ends_with('s') && t.word != t.stem
                        || p.quantities
                            .iter()
                            .filter(|q| {
                                q.unit == Unit::Count && q.label.is_none() && q.value != 1.0 && q.tokens.end <= j
                            })
                            .any(|q| {
                                p.tokens[q.tokens.end..j]
                                    .iter()
                                    .all(|t| t.is_word() && !one(t) && t.word != "and")
                            }))
            });
            // "A $150,000 grant"; for a word like "several" any singular will do.
            let single = forms().any(|(p, j, t)| {
                let last = p
                    .tokens
                    .get(j + 1)
                    .is_none_or(|n| !n.is_word() || is_preposition(&n.word) || is_neutral(&n.word));
                let before = p.tokens[j.saturating_sub(REACH)..j].iter().rev();
                let article = before.take_while(|t| !is_preposition(&t.word)).any(one);
                // "Experienced in restaurants" tells of the kind of place.
                let kind = self.statement.used == Use::Summary && !vague;
                t.stem == token.stem && last && !kind && (article || vague)
            });
            if single && !many {
                faults.push(token.word.clone());
            }
        }
        for word in faults {
            let message = format!("The original tells of one, not of several \"{word}\".");
            self.say(Kind::Number, &word, message);
        }
    }

    /// "€1.1 million from each of three donors", where three donors gave it together.
    pub(super) fn shares(&mut self) {
        let each = |tokens: &[Token], numbers: &[Quantity], summed: bool| {
            tokens.iter().enumerate().any(|(i, t)| {
                let next = tokens.get(i + 1);
                let counted = numbers.iter().any(|q| {
                    (i + 1..=i + 3).contains(&q.tokens.start) || (q.tokens.end..=q.tokens.end + 2).contains(&i)
                });
                let time = next.is_some_and(|t| SPANS.contains(&t.word.as_str()));
                matches!(t.word.as_str(), "each" | "apiece")
                    && (next.is_none_or(|t| t.word == "of" || t.ends_clause()) || counted && summed)
                    && !time
            })
        };
        let whole = |t: &Token| {
            matches!(
                t.word.as_str(),
                "together" | "total" | "combined" | "overall" | "jointly"
            )
        };
        let summed = self.scope().iter().any(|p| p.tokens.iter().any(whole));
        if each(&self.tokens, &self.quantities, summed)
            && !self.scope().iter().any(|p| {
                p.tokens
                    .iter()
                    .any(|t| matches!(t.word.as_str(), "each" | "every" | "per" | "apiece"))
            })
        {
            self.say(
                Kind::Number,
                "each",
                "The original does not say this of each of them.".into(),
            );
        }
    }

    /// Names in the clause around a token, folded: the languages that "fluent" is said of.
    fn names_of_clause(&self, i: usize) -> impl Iterator<Item = &str> {
        let start = self.tokens[..i]
            .iter()
            .rposition(|t| t.ends_clause() || t.is_sign(','))
            .map_or(0, |k| k + 1);
        let names = self.tokens[start..]
            .iter()
            .enumerate()
            .take_while(|(_, t)| !t.ends_clause());
        names
            .filter(move |(k, t)| t.capital && *k > 0 && start + k != i && !is_neutral(&t.word))
            .map(|(_, t)| t.word.as_str())
    }
}

/// All, every, entire: one word for another.
fn all_of(a: &str, b: &str) -> bool {
    const ALL: [&str; 5] = ["all", "every", "entire", "whole", "each"];
    ALL.contains(&a) && ALL.contains(&b)
}

/// How often something is done: "weekly observations" may be told of "an observation each week".
const OFTEN: [&str; 10] = [
    "hourly",
    "daily",
    "nightly",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "yearly",
    "annually",
    "regularly",
];

/// "Second-best" is not best.
fn is_second(tokens: &[Token], i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map_or("", |b| tokens[b].word.as_str());
    let ordinal = |w: &str| {
        matches!(
            w,
            "second" | "third" | "fourth" | "fifth" | "2nd" | "3rd" | "runner" | "next"
        )
    };
    ordinal(before(1)) || before(1) == "-" && ordinal(before(2)) || before(1) == "-" && before(2) == "nd"
}

/// "Licensed electrician" for "electrician … Licensed in Arizona": what the person is by occupation is told in the same text.
fn is_of_the_person(a: &[Token], i: usize, b: &[Token], j: usize) -> bool {
    let credential = matches!(
        a[i].word.as_str(),
        "chartered" | "certified" | "licensed" | "registered" | "accredited" | "qualified"
    );
    let occupation = a[i + 1..]
        .iter()
        .take(4)
        .take_while(|t| t.is_word() && !is_preposition(&t.word))
        .find(|t| is_occupation(&t.stem));
    credential
        && clause_starts(b, j)
        && b.get(j + 1).is_some_and(|t| is_preposition(&t.word))
        && occupation.is_some_and(|o| b[..j].iter().any(|t| t.stem == o.stem))
}

fn kind_of_claim(word: &str) -> Kind {
    let t = titles();
    match word {
        "bachelor" | "bachelors" | "master" | "masters" | "phd" | "doctorate" | "doctoral" | "mba" | "msc" | "bsc" => {
            Kind::Degree
        }
        "certified" | "licensed" | "accredited" | "chartered" | "registered" | "award" | "awards" => Kind::Credential,
        "native" | "bilingual" | "trilingual" | "multilingual" | "fluent" => Kind::Language,
        w if t.rank.contains(w) => Kind::Title,
        _ => Kind::Claim,
    }
}

/// True where praise or rank stands beside the same thing in both texts.
fn praises_same(a: &[Token], i: usize, b: &[Token], j: usize, heading: bool) -> bool {
    let content = |t: &&Token| t.is_word() && !is_neutral(&t.word);
    let next = |t: &[Token], k: usize| -> Option<String> {
        let rest = t[k + 1..].iter().take_while(|t| !t.ends_clause() && !t.is_sign(','));
        rest.filter(content).map(|t| t.stem.clone()).next()
    };
    let previous = |t: &[Token], k: usize| -> Option<String> {
        let rest = t[..k].iter().rev().take_while(|t| !t.ends_clause() && !t.is_sign(','));
        rest.filter(content).map(|t| t.stem.clone()).next()
    };
    let (mine, theirs) = (next(a, i), next(b, j));
    let alike = |x: &Option<String>, y: &Option<String>| matches!((x, y), (Some(x), Some(y)) if same_word(x, y));
    if heading
        && matches!(
            a[i].word.as_str(),
            "chartered" | "certified" | "licensed" | "registered" | "accredited"
        )
    {
        // "Chartered Engineer" makes a chartered structural engineer of a structural engineer.
        let occupation = |t: &[Token], k: usize| {
            let rest = t[k + 1..]
                .iter()
                .take(3)
                .take_while(|t| !t.ends_clause() && !t.is_sign(','));
            rest.map(|t| t.word.clone())
                .find(|w| titles().occupation.contains(w.as_str()))
        };
        if occupation(a, i).is_some() && occupation(a, i) == occupation(b, j) {
            return true;
        }
    }
    if heading {
        // A rank of a title belongs to that very title; what follows a preposition is none of it.
        let mine = a.get(i + 1).filter(|t| !is_preposition(&t.word)).and(mine);
        return alike(&mine, &theirs)
            || alike(&previous(a, i), &previous(b, j)) && theirs.is_none()
            || mine.is_none() && previous(a, i).is_none();
    }
    alike(&mine, &theirs)
        || alike(&previous(a, i), &previous(b, j))
        || same_thing(a, i, b, j, false) && (mine.is_none() || theirs.is_none())
        || near(a, i, b, j)
}

/// True where two words of the three around it are the same in both texts.
fn near(a: &[Token], i: usize, b: &[Token], j: usize) -> bool {
    let around = |t: &[Token], k: usize| -> Vec<String> {
        let content = |t: &&Token| t.is_word() && !is_neutral(&t.word);
        let before = t[..k]
            .iter()
            .rev()
            .take_while(|t| !t.ends_clause())
            .filter(content)
            .take(3);
        let after = t[k + 1..]
            .iter()
            .take_while(|t| !t.ends_clause())
            .filter(content)
            .take(3);
        before.chain(after).map(|t| t.stem.clone()).collect()
    };
    let theirs = around(b, j);
    around(a, i)
        .iter()
        .filter(|x| theirs.iter().any(|y| same_word(x, y)))
        .count()
        >= 2
}
