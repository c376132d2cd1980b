//! When a number of the evidence says what a number of the text says.

use super::compare::same_word;
use crate::wording::kin::is_person;
use crate::wording::quantity::{Bound, Quantity, RangeEnd, Unit, in_base_unit};
use crate::wording::stem;
use crate::wording::vocabulary::is_occupation;

/// True where a base number says what the tailored one says: value, unit, bound, and what it is about. Numbers may be
/// said more roughly, never rounded up.
pub(super) fn backs(base: &Quantity, q: &Quantity) -> bool {
    let Some((is, was)) = comparable(base, q) else {
        return false;
    };
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0);
    let same = close(was, is);
    let off = (is - was) / was.abs().max(1e-9);
    let bound = match (base.bound, q.bound) {
        // An end of a range stays one: "320 homes" is more than "between 40 and 320 homes".
        _ if base.end.is_some() && q.end.is_none() && same => {
            matches!(
                (base.end, q.bound),
                (Some(RangeEnd::High), Bound::Under) | (Some(RangeEnd::Low), Bound::Over)
            )
        }
        // "About a third" for 32 % is as far up as it goes.
        (Bound::Exact | Bound::About, Bound::About) => same || (-0.06..=0.042).contains(&off),
        (Bound::Exact | Bound::Over, Bound::Over) if !same && q.unit == Unit::Times => was > is && is >= was.floor(),
        (Bound::Exact, Bound::Over) if !same => q.unit != Unit::Year && was > is && is >= 0.8 * was,
        // "Over four years" is as long as "in four years".
        (Bound::Exact, Bound::Over) if same && q.spans && base.spans => true,
        (Bound::Over, Bound::Over) => same || was > is && is >= 0.8 * was,
        (Bound::About | Bound::Over, Bound::Exact) => same,
        (Bound::Over | Bound::Nearly, Bound::About) => same,
        (Bound::Nearly, Bound::Under) => same,
        // "Within two days", "in no more than two days".
        (Bound::Exact, Bound::Under) if same && base.spans && q.spans => true,
        (a, b) => a == b && same,
    };
    let towards = !matches!(
        (base.preposition, q.preposition),
        (Some("from"), Some("to" | "by")) | (Some("to"), Some("from" | "by")) | (Some("by"), Some("from" | "to"))
    );
    let rate = q.rate.is_none() || q.rate == base.rate;
    let label = q.label.is_none() || q.label == base.label || is_named(base, q.label);
    bound && towards && rate && label && about_the_same(base, q)
}

/// Both values, of the tailored number first, in one unit; `None` where they measure different things. 24 hours are a
/// day, 18 months a year and a half, grade 7 is the seventh grade.
fn comparable(base: &Quantity, q: &Quantity) -> Option<(f64, f64)> {
    // "1900 households" is no year.
    let thousands = base.unit == Unit::Count && q.unit == Unit::Year && !q.head.is_empty();
    if base.unit == q.unit || thousands {
        return Some((q.value, base.value));
    }
    let named =
        base.unit == Unit::Ordinal && is_named(base, q.label) || q.unit == Unit::Ordinal && is_named(q, base.label);
    if named {
        return Some((q.value, base.value));
    }
    // "Meet three times a year", "three meetings a year".
    let often = base.unit == Unit::Times && q.unit == Unit::Count || base.unit == Unit::Count && q.unit == Unit::Times;
    if often && base.rate.is_some() && base.rate == q.rate {
        return Some((q.value, base.value));
    }
    // "Downloaded 85,000 times", "85,000 downloads".
    let counted =
        q.unit == Unit::Times && base.unit == Unit::Count && q.before.first().is_some_and(|w| base.head.contains(w));
    if counted && q.value > 10.0 {
        return Some((q.value, base.value));
    }
    // "Between four and nine years old", "aged four to nine".
    let old = q.unit == Unit::Named("year")
        && q.after.first().is_some_and(|w| w == "old")
        && base.unit == Unit::Count
        && base.before.first().is_some_and(|w| w.starts_with("age") || w == "ag");
    if old {
        return Some((q.value, base.value));
    }
    let (unit, is) = in_base_unit(q.value, &q.unit)?;
    let (other, was) = in_base_unit(base.value, &base.unit)?;
    (unit == other).then_some((is, was))
}

/// True for an ordinal of this kind of thing: "7th grade" and the label "grade".
fn is_named(ordinal: &Quantity, label: Option<&str>) -> bool {
    let near = ordinal.head.iter().chain(&ordinal.after);
    ordinal.unit == Unit::Ordinal && label.is_some_and(|l| near.into_iter().any(|h| *h == stem(l)))
}

/// True where the number's noun phrase has a word that the original says of another number of the same text: "85 black
/// belts", where it says "12 black belts and 85 green belts".
pub(super) fn others(all: &[Quantity], base: &Quantity, q: &Quantity) -> bool {
    let has = |h: &[String], w: &String| h.iter().any(|x| same_word(x, w));
    q.head.iter().any(|w| {
        !has(&base.head, w)
            && all
                .iter()
                .any(|o| o.tokens != base.tokens && has(&o.head, w) && !(o.value - q.value).abs().le(&1e-9))
            && !base.head.is_empty()
    })
}

/// "15 claims staff" for "15 claims handlers": a word for people at work, where the original counts an occupation.
fn is_word_for(noun: &str, head: &[String]) -> bool {
    let last = head.last();
    let member = matches!(
        noun,
        "member" | "person" | "participant" | "strong" | "team" | "crew" | "group"
    );
    is_at_work(noun) && last.is_some_and(|last| is_occupation(last) || is_at_work(last))
        || member && last.is_some_and(|last| is_person(last) || last == "peopl")
}

pub(super) fn is_at_work(noun: &str) -> bool {
    matches!(noun, "staff" | "employe" | "worker" | "colleagu" | "peopl" | "person")
}

fn about_the_same(base: &Quantity, q: &Quantity) -> bool {
    if q.unit == Unit::Year && base.unit == Unit::Year {
        return true;
    }
    if q.label.is_some() && q.label == base.label {
        return true;
    }
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| same_word(x, y)));
    let here: Vec<String> = q.before.iter().chain(&q.after).cloned().collect();
    let there: Vec<String> = base.before.iter().chain(&base.after).cloned().collect();
    if let Some(noun) = q.head.last() {
        let counts = |h: &[String]| h.iter().any(|w| same_word(noun, w)) || is_word_for(noun, h);
        let beside = &base.before[..base.before.len().min(2)];
        let named = !base.head.is_empty();
        let tied = matches!(q.unit, Unit::Count | Unit::Percent | Unit::Times | Unit::PercentPoint);
        let group = matches!(noun.as_str(), "team" | "crew" | "group") && counts(&base.after)
            // "Volunteers, up to 30 people".
            || base.head.last().is_some_and(|last| last == "person") && base.before.iter().any(|w| w == noun);
        let elsewhere = group
            || counts(&base.head)
            || beside.iter().any(|w| same_word(noun, w))
            || base.head.last().is_some_and(|n| q.head.iter().any(|w| same_word(n, w)));
        if named && tied && !elsewhere {
            return false;
        }
        let spoken = q.head.iter().any(|w| there.iter().any(|t| same_word(w, t)));
        if !named && tied && !counts(&there) && !spoken && !there.is_empty() {
            return false;
        }
    }
    // "Over three years": how long it took is told of the whole.
    let took = q.spans && base.spans && q.unit != Unit::Count && comparable(base, q).is_some();
    // "Driving 96 miles daily": nothing else is measured so.
    let measured = matches!(
        q.unit,
        Unit::Named("mile" | "km" | "kg" | "t" | "l" | "m" | "m2" | "ft")
    ) && q.rate.is_some()
        && q.rate == base.rate;
    took || measured || here.is_empty() || there.is_empty() || any(&here, &there)
}
