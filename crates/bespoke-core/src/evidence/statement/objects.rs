//! What an action is done to, and when two actions are done to the same.

use super::super::pool::is_past;
use super::actions::begins_action;
use super::compare::{clause_starts, declared_same, same_thing, same_word, stands_in};
use super::plain::gathers;
use crate::wording::Token;
use crate::wording::kin::{forms, is_person};
use crate::wording::quantity::{Quantity, Unit};
use crate::wording::stands::{is_light, stands_for};
use crate::wording::vocabulary::{Strength, is_neutral, is_preposition, verb};

/// Stems of words for several of a kind, which leave the kind to what follows.
const MEASURES: [&str; 9] = [
    "stock", "dozen", "team", "number", "total", "budget", "staff", "crew", "average",
];

/// What an action is done to: content words up to a preposition; measures ("a team of", "40 % of") go on, and with
/// `listed` so do later members of a list ("food cost at 27 % and labour at 31 %").
pub(super) fn object(tokens: &[Token], numbers: &[Quantity], i: usize, listed: bool) -> Vec<String> {
    objects(tokens, numbers, i, listed).concat()
}

/// The same, member by member of a list: "the dispatch team and its rotation" are two.
fn objects(tokens: &[Token], numbers: &[Quantity], i: usize, listed: bool) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = vec![Vec::new()];
    let (mut depth, mut open, mut count) = (0, true, 0);
    for (n, t) in tokens.iter().enumerate().skip(i + 1) {
        match t.kind {
            crate::wording::Kind::Sign('(') => depth += 1,
            crate::wording::Kind::Sign(')') => depth -= 1,
            _ => {}
        }
        if depth > 0 || t.is_sign(')') || numbers.iter().any(|q| q.tokens.contains(&n)) {
            continue;
        }
        let counted = numbers.iter().any(|q| q.tokens.end == n);
        let measured = t.word == "of"
            && (counted
                || numbers.iter().any(|q| q.tokens.start == n + 1)
                || out
                    .concat()
                    .last()
                    .is_none_or(|l| MEASURES.contains(&l.as_str()) || gathers(l)));
        let joined = tokens[n - 1].is_sign('-') || tokens.get(n + 1).is_some_and(|t| t.is_sign('-'));
        let acts = n > i + 1
            && clause_starts(tokens, n)
            && !joined
            && verb(&t.stem).is_some()
            && (is_past(&t.word) || t.word.ends_with("ing") || bare_action(tokens, i, n));
        // "Receipt and checking of goods".
        let listed_action = n > i + 1
            && clause_starts(tokens, n)
            && verb(&t.stem).is_some()
            && tokens
                .get(n + 1)
                .is_some_and(|t| matches!(t.word.as_str(), "," | "and" | "of"));
        if (acts || listed_action) && count == 0 {
            // "Cleaned and reconciled the data": a second action on the same object.
            continue;
        }
        let relative = matches!(t.word.as_str(), "which" | "that" | "who") && count > 0;
        if t.ends_clause() || acts || relative || count == 12 {
            break;
        }
        if matches!(t.word.as_str(), "and" | "," | "&") {
            open |= listed;
            // "React and TypeScript websites" is one thing, "the team and its rotation" are two.
            if tokens
                .get(n + 1)
                .is_some_and(|t| matches!(t.word.as_str(), "a" | "an" | "the" | "its" | "their" | "all"))
            {
                out.push(Vec::new());
            }
        } else if t.word == "such" && tokens.get(n + 1).is_some_and(|t| t.word == "as")
            || t.word == "as" && tokens[n - 1].word == "such"
        {
            // "Equipment such as crutches": what it was follows.
        } else if is_preposition(&t.word) && !measured && !joined {
            // "Problems with motor controls" are of the motor controls.
            let light = tokens[..n]
                .iter()
                .rev()
                .find(|t| t.is_word())
                .is_some_and(|t| is_light(&t.stem) || t.word == "work");
            if light && n > i + 1 && out.concat().is_empty() {
                continue;
            }
            open = false;
            if !listed {
                break;
            }
        } else if open
            && t.is_word()
            && !is_neutral(&t.word)
            && !is_preposition(&t.word)
            && !is_light(&t.stem)
            && !is_frequency(tokens, n)
        {
            out.last_mut()
                .into_iter()
                .for_each(|member| member.push(t.stem.clone()));
            count += 1;
        }
    }
    out.retain(|member| !member.is_empty());
    out
}

/// "Book slots at Dover and chase missing paperwork": in the present tense, a verb behind "and" that an object follows.
fn bare_action(tokens: &[Token], i: usize, n: usize) -> bool {
    let bare = |t: &Token| !is_past(&t.word) && !t.word.ends_with("ing") && !t.word.ends_with('s');
    let done = |t: &Token| t.is_word() && !matches!(t.word.as_str(), "of" | "and" | "or");
    bare(&tokens[0])
        && bare(&tokens[i])
        && verb(&tokens[i].stem).is_some()
        && bare(&tokens[n])
        && tokens[n - 1].word == "and"
        && tokens.get(n + 1).is_some_and(done)
}

/// "Annually", "every year": how often is no part of the object.
fn is_frequency(tokens: &[Token], i: usize) -> bool {
    let often = |w: &str| {
        matches!(
            w,
            "hourly" | "daily" | "nightly" | "weekly" | "fortnightly" | "monthly" | "quarterly" | "yearly" | "annually"
        )
    };
    let before = i.checked_sub(1).map_or("", |b| tokens[b].word.as_str());
    often(&tokens[i].word) && tokens.get(i + 1).is_none_or(|t| !t.is_word())
        || matches!(before, "every" | "each" | "per")
}

/// The content words behind an action, up to a comma or `and`.
fn behind(t: &[Token], k: usize) -> Vec<String> {
    let words = t[k + 1..]
        .iter()
        .take_while(|t| !t.ends_clause() && !t.is_sign(',') && t.word != "and");
    words
        .filter(|t| t.is_word() && !is_neutral(&t.word))
        .map(|t| t.stem.clone())
        .collect()
}

/// Verbs that say only that something was made or done: what it was stands behind them.
const LIGHT: [&str; 24] = [
    "keep", "plac", "tak", "install", "submit", "maintain", "prepar", "conduct", "perform", "carry", "undertak", "mak",
    "produc", "provid", "writ", "complet", "deliver", "hold", "run", "giv", "execut", "creat", "develop", "build",
];

/// Verbs that say of an action only that it was done: any other says more.
const GENERAL: [&str; 14] = [
    "handl", "address", "tackl", "deal", "perform", "conduct", "carry", "undertak", "do", "complet", "apply", "us",
    "cover", "put",
];

/// "Designed a breathing apparatus", where the original says "a breathing apparatus exercise": what stood before the thing
/// has become the thing.
pub(super) fn lost_its_head((a, in_a, i): At<'_>, b: &[Token]) -> bool {
    let content = |t: &Token| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word);
    let Some(last) = objects(a, in_a, i, false).first().and_then(|m| m.last().cloned()) else {
        return false;
    };
    let Some(at) =
        (i + 1..a.len()).find(|k| a[*k].stem == last && a.get(k + 1).is_none_or(|t| !content(t) && !t.is_sign('-')))
    else {
        return false;
    };
    let head = |j: usize| {
        let next = b
            .get(j + 1)
            .filter(|t| content(t) && !is_past(&t.word) && !t.word.ends_with("ing"))?;
        verb(&next.stem).is_none().then_some(next)
    };
    let mut there = (0..b.len()).filter(|j| b[*j].stem == last).peekable();
    at > i
        && there.peek().is_some()
        && there.all(|j| head(j).is_some_and(|h| !a.iter().any(|t| same_word(&t.stem, &h.stem))))
}

/// "Conducted counts of stock" for "counted stock", "handled claims" for "resolved claims".
pub(super) fn does_the_same((a, in_a, i): At<'_>, (b, in_b, j): At<'_>) -> bool {
    let (mine, theirs) = (&a[i], &b[j]);
    let leads_on = j == 0 || matches!(b[j - 1].word.as_str(), "that" | "which");
    let acts = verb(&theirs.stem).map_or(is_past(&theirs.word) || leads_on, |v| v.strength > Strength::Support);
    // Whoever sits in on interviews conducts none.
    let sits_in = theirs.stem == "sit" && b.get(j + 1).is_some_and(|t| t.word == "in");
    if !acts || sits_in || j > 0 && b[j - 1].is_sign('-') {
        return false;
    }
    if GENERAL.contains(&mine.stem.as_str()) && same_object((a, in_a, i), (b, in_b, j)) {
        return true;
    }
    // "Developed and validated methods" names no validation.
    let as_a_thing = a[i + 1..]
        .iter()
        .any(|t| names_action(&t.stem, &theirs.stem) && t.word != theirs.word);
    LIGHT.contains(&mine.stem.as_str())
        && as_a_thing
        && object(a, in_a, i, true).iter().any(|o| names_action(o, &theirs.stem))
        && same_thing(a, i, b, j, false)
}

/// "Talk" for "presented", "class" for "taught": what is done, named as a thing.
fn names_action(noun: &str, done: &str) -> bool {
    noun == done || declared_same(noun, done) || stands_for(noun, done) || forms(noun).any(|f| f == done)
}

/// True where a noun of an action tells of something that the person did: it is one action, no other leads to it, or one
/// that only says that it was done or led.
pub(super) fn is_done(tokens: &[Token], j: usize) -> bool {
    let before = (0..j).rev().take_while(|k| !tokens[*k].ends_clause());
    let mut acts = before.filter(|k| {
        let t = &tokens[*k];
        begins_action(tokens, *k) && !is_neutral(&t.word) && (is_past(&t.word) || verb(&t.stem).is_some())
    });
    let light = |stem: &str| LIGHT.contains(&stem) || matches!(stem, "achiev" | "see" | "bring" | "handl" | "tak");
    let leads = |stem: &str| verb(stem).is_some_and(|v| v.strength >= Strength::Lead);
    // "Exceeded the target through weekly reviews": the means were one's own.
    let means = (j.saturating_sub(4)..j)
        .rev()
        .take_while(|k| !matches!(tokens[*k].word.as_str(), "as" | "for" | "of"))
        .any(|k| {
            matches!(
                tokens[k].word.as_str(),
                "by" | "through" | "via" | "with" | "using" | "after"
            )
        });
    if means {
        return true;
    }
    let plural = tokens[j].word.ends_with('s') && !tokens[j].word.ends_with("ss");
    !plural
        || acts
            .next()
            .is_none_or(|k| light(&tokens[k].stem) || leads(&tokens[k].stem))
}

/// Verbs of which one object is a person and one a thing, in any order: "train two apprentices in bending", "teach bending to
/// two apprentices".
pub(super) fn has_two_objects(a: &Token, b: &Token) -> bool {
    const LIST: [&str; 22] = [
        "report", "inform", "notify", "alert", "tel", "brief", "explain", "refer", "pas", "train", "teach", "instruct",
        "tutor", "coach", "educ", "giv", "provid", "supply", "serv", "feed", "show", "advis",
    ];
    LIST.contains(&a.stem.as_str()) && LIST.contains(&b.stem.as_str())
}

/// "Saved a district $41,000 a year", "cut the district's bill by $41,000 a year": the same amount is said of both.
pub(super) fn same_amount((a, in_a, i): At<'_>, (b, in_b, j): At<'_>) -> bool {
    const REACH: usize = 8;
    let amount = |t: &[Token], all: &'_ [Quantity], k: usize| {
        let near = |q: &&Quantity| {
            let at = q.tokens.start;
            (k + 1..=k + REACH).contains(&at) && !t[k + 1..at].iter().any(|t| t.ends_clause() || t.is_sign(','))
        };
        let measured = |q: &&Quantity| !matches!(q.unit, Unit::Count | Unit::Year | Unit::Ordinal);
        all.iter()
            .filter(near)
            .find(measured)
            .map(|q| (q.value, q.unit.clone(), q.rate))
    };
    let mine = amount(a, in_a, i);
    mine.is_some() && mine == amount(b, in_b, j)
}

/// A text, its numbers, and a token of it.
pub(super) type At<'t> = (&'t [Token], &'t [Quantity], usize);

/// True where two verbs are said of the same object; what only follows a preposition is not it.
pub(super) fn same_object((a, in_a, i): At<'_>, (b, in_b, j): At<'_>) -> bool {
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| same_word(x, y)));
    // "Fix faults in the pumps" for "troubleshoot the pumps": the fault is in the word.
    let mine: Vec<String> = object(a, in_a, i, false)
        .into_iter()
        .filter(|word| !stands_for(word, &b[j].stem))
        .collect();
    let theirs = object(b, in_b, j, true);
    // "The rewrite of the engine", "was rewritten": the object is not behind the word.
    // "Made 85 coatings and described them": what it was stands before.
    let pronoun = |t: &[Token], k: usize| {
        let counted = t
            .get(k + 2)
            .is_some_and(|t| !t.is_word() && !t.ends_clause() && !t.is_sign(','));
        let stands = |t: &Token| matches!(t.word.as_str(), "it" | "them" | "these" | "those");
        t.get(k + 1).is_some_and(stands) && !counted
    };
    if pronoun(a, i) || pronoun(b, j) {
        let before = |t: &[Token], k: usize| -> Vec<String> {
            let words = t[..k].iter().rev().take_while(|t| !t.ends_clause());
            let content = words.filter(|t| t.is_word() && !is_neutral(&t.word)).take(4);
            content.map(|t| t.stem.clone()).collect()
        };
        let meant = |t: &[Token], k: usize, own: &[String]| {
            if pronoun(t, k) || own.is_empty() {
                before(t, k)
            } else {
                own.to_vec()
            }
        };
        return any(&meant(a, i, &mine), &meant(b, j, &theirs));
    }
    // "Save about £140k a year", "saving £140,000": the numbers are judged by themselves.
    let counts = |numbers: &[Quantity], k: usize| numbers.iter().any(|q| (k + 1..=k + 2).contains(&q.tokens.start));
    if a[i].stem == b[j].stem && mine.is_empty() && counts(in_a, i) && counts(in_b, j) {
        return true;
    }
    if mine.is_empty() || theirs.is_empty() || !begins_action(b, j) {
        return same_thing(a, i, b, j, true);
    }
    let any = |xs: &[String], ys: &[String]| {
        let alike = |x: &String| ys.iter().any(|y| same_word(x, y) || stands_in(x, y, a));
        xs.iter().any(alike)
    };
    // "Talk to suppliers of yarn about defects, and agree corrections": what it was about follows a preposition.
    if object(b, in_b, j, false).is_empty() && same_thing(a, i, b, j, true) {
        return true;
    }
    // Every member of a list needs it, up to where another action begins.
    let all_members = objects(a, in_a, i, false)
        .iter()
        .take_while(|m| verb(&m[0]).is_none())
        .all(|m| any(m, &theirs));
    if any(&mine, &theirs) && all_members {
        return true;
    }
    // "Drove passengers on day trips" for "drove day trips": whether there were passengers is judged by itself.
    let people = a[i].stem == b[j].stem && mine.iter().all(|w| is_person(w) && !b.iter().any(|t| t.stem == *w));
    if people && any(&object(b, in_b, j, false), &behind(a, i)) {
        return true;
    }
    // Whoever leads the shift in a warehouse does not manage the warehouse.
    if verb(&a[i].stem).is_some_and(|v| v.strength >= Strength::Lead) {
        return false;
    }
    // "Introduced Pact for contract testing", "introduced contract testing with Pact": each has the other's object.
    let rest = |t: &[Token], k: usize, on: bool| -> Vec<String> {
        let words = t[k + 1..]
            .iter()
            .take_while(|t| !t.ends_clause() && (on || !t.is_sign(',') && t.word != "and"));
        words
            .filter(|t| t.is_word() && !is_neutral(&t.word))
            .map(|t| t.stem.clone())
            .collect()
    };
    let all = |xs: &[String], ys: &[String]| xs.iter().all(|x| ys.iter().any(|y| same_word(x, y)));
    all(&mine, &rest(b, j, true)) && any(&object(b, in_b, j, false), &rest(a, i, false))
}
