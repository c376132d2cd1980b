//! Numbers: a value, its unit, how exactly it is meant, and what it is said of.

use super::super::pool::{Piece, Place};
use super::figures::{backs, is_at_work, others};
use super::{Kind, Reading, Use};
use crate::wording::Token;
use crate::wording::quantity::{Bound, Quantity, SPANS, Unit};
use crate::wording::vocabulary::{is_claim, is_neutral, titles};

/// Words that say nothing about the kind of experience.
const PLAIN: [&str; 9] = [
    "experienc",
    "professional",
    "work",
    "industry",
    "combin",
    "total",
    "career",
    "practic",
    "hand",
];

impl Reading<'_> {
    pub(super) fn numbers(&mut self) {
        for (n, q) in self.quantities.clone().iter().enumerate() {
            if q.tokens.clone().all(|i| self.backed[i]) {
                continue;
            }
            if self.tokens[q.tokens.clone()].iter().all(|t| t.word == "zero") {
                // "Zero findings" is "no findings", which `limits` judges.
                continue;
            }
            let stated = |p: &&Piece| p.quantities.iter().any(|b| backs(b, q) && !others(&p.quantities, b, q));
            let follows = |p: &&Piece| p.derived.iter().any(|b| backs(b, q) && !others(&p.quantities, b, q));
            // A year that the statement gives is the year of what it tells; the dates of the job are not.
            let dated = q.unit == Unit::Year
                && self.statement.used == Use::Entry
                && self
                    .scope()
                    .iter()
                    .any(|p| p.bullet.is_some() && p.quantities.iter().any(|b| b.unit == Unit::Year));
            let counts = |p: &&&Piece| !dated || p.place != Place::Heading;
            let known = self.scope().iter().filter(counts).any(|p| stated(p) || follows(p))
                && !self.takes_role(q)
                && !self.counts_another_group(q)
                && !self.overstates(q)
                && !self.narrows(q)
                && !self.repeats(n)
                || self.says_again(n)
                || self.is_of_name(q)
                || self.is_single(q)
                || self.is_one_span(q)
                || self.is_sum(n)
                || self.is_ratio(n);
            if !known && !self.is_tenure(q) {
                let shown = self.shown(q.tokens.start, q.tokens.end);
                let kind = if q.unit == Unit::Year { Kind::Date } else { Kind::Number };
                let message =
                    format!("The original does not say \"{shown}\" of this; confirm the number or take it out.");
                self.say(kind, &shown, message);
            }
            self.backed[q.tokens.clone()].fill(true);
            // "A 14-person team": the number says it.
            let (hyphen, kind) = (self.tokens.get(q.tokens.end), self.tokens.get(q.tokens.end + 1));
            if hyphen.is_some_and(|t| t.is_sign('-'))
                && kind.is_some_and(|t| matches!(t.word.as_str(), "person" | "people" | "member" | "strong"))
            {
                self.backed[q.tokens.end + 1] = true;
            }
            // "A team of 6 engineers": the number says how many, the word adds nothing.
            if let Some(of) = q
                .tokens
                .start
                .checked_sub(2)
                .filter(|of| self.tokens[of + 1].word == "of")
                && matches!(self.tokens[of].word.as_str(), "team" | "group" | "total" | "set")
            {
                self.backed[of] = true;
            }
        }
        self.periods();
    }

    /// "11 years of Rust experience", where the original says "11 years of experience".
    fn narrows(&self, q: &Quantity) -> bool {
        let rest = self.tokens[q.tokens.end..].iter().take(5);
        let kind: Vec<&Token> = rest
            .take_while(|t| t.word != "experience" && !t.ends_clause())
            .collect();
        let named = self
            .tokens
            .get(q.tokens.end + kind.len())
            .is_some_and(|t| t.word == "experience");
        let said = |w: &str| {
            self.scope()
                .iter()
                .flat_map(|p| &p.quantities)
                .filter(|b| b.unit == q.unit && b.value == q.value)
                .any(|b| b.head.iter().chain(&b.after).any(|h| h == w))
        };
        q.unit == Unit::Named("year")
            && named
            && kind
                .iter()
                .any(|t| t.is_word() && !is_neutral(&t.word) && !PLAIN.contains(&t.stem.as_str()) && !said(&t.stem))
    }

    /// "A crew of 40", where the original says "a crew of six, with 40 pickers".
    fn counts_another_group(&self, q: &Quantity) -> bool {
        let group = |tokens: &[Token], q: &Quantity| {
            let at = q.tokens.start.checked_sub(2)?;
            let groups = [
                "team", "crew", "group", "staff", "squad", "class", "committe", "section",
            ];
            (tokens[at + 1].word == "of" && groups.contains(&tokens[at].stem.as_str())).then(|| tokens[at].stem.clone())
        };
        let Some(mine) = group(&self.tokens, q).filter(|_| q.head.is_empty()) else {
            return false;
        };
        let same: Vec<f64> = self
            .scope()
            .iter()
            .flat_map(|p| {
                p.quantities
                    .iter()
                    .filter(|b| group(&p.tokens, b).is_some_and(|g| g == mine))
            })
            .map(|b| b.value)
            .collect();
        !same.is_empty() && !same.iter().any(|value| (value - q.value).abs() < 1e-9)
    }

    /// "15 years as a director", where the original says "15 years in sales".
    fn takes_role(&self, q: &Quantity) -> bool {
        let as_role = |tokens: &[Token], q: &Quantity| tokens.get(q.tokens.end).is_some_and(|t| t.word == "as");
        // "Dispatcher with seven years in a control room" has been one for seven years; a rank may be new.
        let role = self.tokens[q.tokens.end.min(self.tokens.len())..]
            .iter()
            .skip(1)
            .find(|t| !is_neutral(&t.word));
        let same_role = |p: &Piece| {
            role.is_some_and(|r| {
                !is_claim(&r.word) && !titles().rank.contains(r.word.as_str()) && {
                    let n = p.tokens.iter().position(|t| t.stem == r.stem);
                    n.is_some_and(|n| p.tokens.get(n + 1).is_some_and(|t| t.word == "with"))
                }
            })
        };
        q.unit == Unit::Named("year")
            && as_role(&self.tokens, q)
            && !self.scope().iter().any(|p| {
                p.quantities
                    .iter()
                    .any(|b| b.value == q.value && b.unit == q.unit && (as_role(&p.tokens, b) || same_role(p)))
            })
    }

    /// True where a number stands more often than the evidence has it.
    fn repeats(&self, n: usize) -> bool {
        let q = &self.quantities[n];
        let same = |o: &&Quantity| o.value == q.value && o.unit == q.unit;
        let here = self.quantities[..=n].iter().filter(same).count();
        let there: usize = self
            .scope()
            .iter()
            .map(|p| p.quantities.iter().filter(same).count())
            .sum();
        here > 1 && here > there && q.unit != Unit::Year
    }

    /// "A team of 11: nine officers and two accountants": the parts stand there and are judged by themselves.
    fn is_sum(&self, n: usize) -> bool {
        let q = &self.quantities[n];
        let of = q.tokens.start.checked_sub(2).map(|b| &self.tokens[b]);
        let whole = of.is_some_and(|t| matches!(t.word.as_str(), "team" | "group" | "staff" | "total"))
            && self.tokens[q.tokens.start - 1].word == "of"
            || matches!(q.head.as_slice(), [one] if is_at_work(one));
        let plain = |p: &&Quantity| p.unit == Unit::Count && p.bound == Bound::Exact;
        let sums = self.quantities[n + 1..].iter().take_while(plain).scan(0.0, |sum, p| {
            *sum += p.value;
            Some(*sum)
        });
        whole && plain(&q) && sums.skip(1).any(|sum| (sum - q.value).abs() < 1e-9)
    }

    /// "Four out of five families", "one guest in three": a share that the evidence gives in percent, or of other numbers.
    fn is_ratio(&self, n: usize) -> bool {
        let q = &self.quantities[n];
        let small = |q: &Quantity| q.unit == Unit::Count && q.value.fract() == 0.0 && (1.0..=10.0).contains(&q.value);
        let between = |from: usize, to: usize| {
            let between = self.tokens.get(from..to).unwrap_or_default();
            let words: Vec<&str> = between.iter().map(|t| t.word.as_str()).collect();
            matches!(words.as_slice(), ["in"] | ["out", "of"] | ["of", "every"])
        };
        let part = n
            .checked_sub(1)
            .map(|b| &self.quantities[b])
            .filter(|p| between(p.tokens.end, q.tokens.start));
        let whole = self
            .quantities
            .get(n + 1)
            .filter(|w| between(q.tokens.end, w.tokens.start));
        // "One" by itself is no number: "one guest in three".
        let start = q.tokens.start;
        let one = start > 1
            && self.tokens[start - 1].word == "in"
            && self.tokens[start.saturating_sub(3)..start]
                .iter()
                .any(|t| t.word == "one");
        let share = match (part, whole) {
            (Some(part), _) if small(part) && small(q) => part.value / q.value,
            (_, Some(whole)) if small(whole) && small(q) => q.value / whole.value,
            _ if one && small(q) => 1.0 / q.value,
            _ => return false,
        };
        let rough = self
            .tokens
            .iter()
            .any(|t| matches!(t.word.as_str(), "roughly" | "about" | "around" | "approximately"));
        let off = if rough { 2.0 } else { 0.5 };
        let near = |percent: f64| (percent - 100.0 * share).abs() <= off && 100.0 * share <= percent + 1.1;
        self.scope().iter().any(|p| {
            let given = p
                .quantities
                .iter()
                .any(|b| b.unit == Unit::Percent && b.bound != Bound::Under && near(b.value));
            let counted = p.quantities.windows(2).any(|w| {
                let of = p.tokens.get(w[0].tokens.end..w[1].tokens.start).unwrap_or_default();
                let of: Vec<&str> = of.iter().map(|t| t.word.as_str()).filter(|w| *w != "the").collect();
                matches!(of.as_slice(), ["of"] | ["out", "of"] | ["in"]) && near(100.0 * w[0].value / w[1].value)
            });
            given || counted
        })
    }

    /// "Eurocode 2": the number belongs to a name that the evidence has.
    fn is_of_name(&self, q: &Quantity) -> bool {
        let Some(name) = q.tokens.start.checked_sub(1).map(|b| &self.tokens[b]) else {
            return false;
        };
        let bare = q.tokens.len() == 1 && q.label.is_none();
        bare && name.is_word()
            && name.capital
            && self.scope().iter().any(|p| {
                p.tokens
                    .windows(2)
                    .any(|w| w[0].capital && w[0].word == name.word && w[1].word == self.tokens[q.tokens.start].word)
            })
    }

    /// "1 PhD student" for "a PhD student", "1 granted" for "one of which was granted".
    fn is_single(&self, q: &Quantity) -> bool {
        let behind = self.tokens[q.tokens.end..].iter().take_while(|t| !t.ends_clause());
        let Some(noun) = q
            .head
            .last()
            .cloned()
            .or_else(|| behind.take(1).map(|t| t.stem.clone()).next())
        else {
            return false;
        };
        let told = |tokens: &[Token]| {
            tokens.iter().enumerate().any(|(j, t)| {
                let near = tokens[j + 1..]
                    .iter()
                    .take(5)
                    .take_while(|t| !t.ends_clause() && !t.is_sign(','));
                matches!(t.word.as_str(), "a" | "an" | "one")
                    && near.into_iter().any(|t| t.stem == noun && !t.word.ends_with('s'))
            })
        };
        q.value == 1.0
            && q.unit == Unit::Count
            && q.bound == Bound::Exact
            && self.scope().iter().any(|p| told(&p.tokens))
    }

    /// "In one year" for "in a year".
    fn is_one_span(&self, q: &Quantity) -> bool {
        let Unit::Named(span) = q.unit else { return false };
        let article = |w: &[Token]| {
            let time = w[1].word.strip_suffix('s').unwrap_or(&w[1].word);
            matches!(w[0].word.as_str(), "a" | "an" | "one") && time == span
        };
        q.value == 1.0
            && SPANS.contains(&span)
            && q.bound == Bound::Exact
            && self.scope().iter().any(|p| p.tokens.windows(2).any(article))
    }

    /// "16 of the 17 passed", after "17 nurses".
    fn says_again(&self, n: usize) -> bool {
        let q = &self.quantities[n];
        let the = q
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|b| self.tokens[b].word == "the")
            || self.tokens[q.tokens.start].word == "the";
        the && self.quantities[..n]
            .iter()
            .any(|o| o.value == q.value && o.unit == q.unit)
    }

    /// "138 % in FY22": the period belongs to the number before it.
    fn periods(&mut self) {
        let period = |t: &Token| {
            let digits = t.word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let name = &t.word[..t.word.len() - digits.len()];
            matches!(name, "fy" | "q" | "h" | "cy") && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let number_before = |all: &[Quantity], i: usize| {
            let before = all.iter().rev().find(|q| q.tokens.end <= i)?;
            Some((before.value, before.unit.clone()))
        };
        let mut faults = Vec::new();
        for (i, token) in self.tokens.iter().enumerate().filter(|(_, t)| period(t)) {
            let mine = number_before(&self.quantities, i);
            let told: Vec<_> = self
                .scope()
                .iter()
                .flat_map(|p| {
                    let at = p.tokens.iter().enumerate().filter(|(_, t)| t.word == token.word);
                    at.map(|(j, _)| number_before(&p.quantities, j)).collect::<Vec<_>>()
                })
                .collect();
            if mine.is_some() && !told.is_empty() && !told.contains(&mine) {
                faults.push(token.word.to_uppercase());
            }
        }
        for word in faults {
            let message = format!("The original gives another number for {word}.");
            self.say(Kind::Number, &word, message);
        }
    }

    /// "More than 121 %", where a number is said to be 121 % exactly.
    fn overstates(&self, q: &Quantity) -> bool {
        let said = |bound: Bound| {
            self.scope().iter().any(|p| {
                p.quantities
                    .iter()
                    .any(|b| b.bound == bound && b.unit == q.unit && b.value == q.value)
            })
        };
        q.bound == Bound::Over && !q.spans && said(Bound::Exact) && !said(Bound::Over)
    }

    /// "9 years of experience", where the dates of the jobs add up to that or more.
    fn is_tenure(&self, q: &Quantity) -> bool {
        let rest = &self.tokens[q.tokens.end..];
        let named = rest.iter().take(4).any(|t| t.word == "experience");
        let after_it = rest.iter().skip_while(|t| t.word != "experience").nth(1);
        let open =
            after_it.is_some_and(|t| matches!(t.word.as_str(), "in" | "with" | "as" | "of" | "leading" | "using"));
        let specific = rest
            .iter()
            .take_while(|t| t.word != "experience")
            .any(|t| t.is_word() && !is_neutral(&t.word) && !PLAIN.contains(&t.stem.as_str()));
        self.statement.used == Use::Summary
            && q.unit == Unit::Named("year")
            && named
            && !specific
            && !open
            && q.value >= 1.0
            && q.value <= f64::from(self.statement.pool.years)
            && !matches!(q.bound, Bound::Under | Bound::Nearly)
    }
}
