//! Numbers with their units, bounds and what they count: "over 4.3 million events a day", "twenty-five percent".

use super::vocabulary::{is_neutral, is_preposition, verb};
use super::{Kind, Token, stem};
use std::ops::Range;

/// What a number measures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Unit {
    /// Things, named by the words around it.
    Count,
    /// A calendar year.
    Year,
    /// First, second …
    Ordinal,
    /// Hundredths.
    Percent,
    /// Differences of hundredths.
    PercentPoint,
    /// Twice, 3x, fourfold.
    Times,
    /// A currency or a measure by its short name: `usd`, `month`, `gb`.
    Named(&'static str),
}

/// How exactly a number is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    Exact,
    About,
    Over,
    Under,
    /// A little less than this: "nearly", "almost".
    Nearly,
}

/// A number of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// With multipliers: 4.3 million is 4,300,000.
    pub value: f64,
    /// What it measures.
    pub unit: Unit,
    /// How exactly.
    pub bound: Bound,
    /// Tokens that it takes up, unit and bound included.
    pub tokens: Range<usize>,
    /// Stems of the content words before it, nearest first.
    pub before: Vec<String>,
    /// Stems of the content words after it, nearest first.
    pub after: Vec<String>,
    /// `from`, `to` or `by` right before it.
    pub preposition: Option<&'static str>,
    /// What it counts: the content words of its own noun phrase, the noun last.
    pub head: Vec<String>,
    /// Per what time: `day`, `month` …
    pub rate: Option<&'static str>,
    /// True for a stretch of time in which something happened: "in four years", "over 18 months".
    pub spans: bool,
    /// What it was before: "up from 86 %", "down from 430".
    pub compares: bool,
    /// Which end of a range it is: "between 40 and 320", "5–8".
    pub end: Option<RangeEnd>,
    /// The word that it numbers: "week 9", "level 3".
    pub label: Option<&'static str>,
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// First to tenth.
const ORDINALS: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

/// Words that a number may follow to name one of a row: "phase 2", "grade 7".
const LABELS: [&str; 18] = [
    "week", "month", "year", "day", "quarter", "phase", "level", "grade", "tier", "version", "stage", "fy", "q",
    "series", "type", "class", "part", "category",
];

/// The label that a word is, in the singular.
fn label_of(word: &str) -> Option<&'static str> {
    LABELS
        .iter()
        .copied()
        .find(|l| *l == word || word.strip_suffix('s') == Some(l) || word == "categories" && *l == "category")
}

/// Roman numerals up to ten.
fn roman(word: &str) -> Option<f64> {
    const ALL: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    Some(ALL.iter().position(|r| *r == word)? as f64 + 1.0)
}

/// The label of the number at a token, however it is written: "phase II and III", "grades 7–8".
fn labelled(tokens: &[Token], i: usize) -> Option<&'static str> {
    let before = i.checked_sub(1).map(|b| &tokens[b])?;
    if before.is_word()
        && let Some(label) = label_of(&before.word)
    {
        return Some(label);
    }
    let joins = before.is_sign('-') || before.is_sign(',') || matches!(before.word.as_str(), "and" | "or" | "to" | "&");
    let previous = i.checked_sub(2).filter(|_| joins)?;
    let numeral = matches!(tokens[previous].kind, Kind::Number(_)) || roman(&tokens[previous].word).is_some();
    if numeral { labelled(tokens, previous) } else { None }
}

/// Value of a number word and whether it is a fraction given in percent.
fn word_value(word: &str) -> Option<f64> {
    if let Some(n) = ONES.iter().position(|w| *w == word) {
        return Some(n as f64);
    }
    if let Some(n) = TENS.iter().position(|w| *w == word) {
        return Some((n as f64 + 2.0) * 10.0);
    }
    Some(match word {
        "zwei" | "deux" => 2.0,
        "drei" | "trois" => 3.0,
        "vier" | "quatre" => 4.0,
        "funf" | "cinq" => 5.0,
        "sechs" => 6.0,
        "sieben" => 7.0,
        "acht" | "huit" => 8.0,
        "neun" | "neuf" => 9.0,
        "zehn" | "dix" => 10.0,
        "elf" | "onze" => 11.0,
        "zwolf" | "douze" => 12.0,
        "dreizehn" | "treize" => 13.0,
        "vierzehn" | "quatorze" => 14.0,
        "funfzehn" | "quinze" => 15.0,
        "zwanzig" | "vingt" => 20.0,
        "dreissig" | "trente" => 30.0,
        "vierzig" | "quarante" => 40.0,
        "funfzig" | "cinquante" => 50.0,
        "sechzig" | "soixante" => 60.0,
        "siebzig" => 70.0,
        "achtzig" => 80.0,
        "neunzig" => 90.0,
        "hundert" => 100.0,
        "tausend" | "mille" => 1e3,
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        _ => return None,
    })
}

fn multiplier(word: &str, glued: bool) -> Option<f64> {
    Some(match word {
        "k" | "thousand" | "thousands" | "tsd" => 1e3,
        "m" if glued => 1e6,
        "mm" | "mn" | "mio" | "mil" | "million" | "millions" | "millionen" => 1e6,
        "b" if glued => 1e9,
        "bn" | "billion" | "billions" | "mrd" => 1e9,
        "hundred" => 100.0,
        "lakh" | "lakhs" => 1e5,
        "crore" | "crores" | "cr" => 1e7,
        "dozen" => 12.0,
        _ => return None,
    })
}

fn named(word: &str, glued: bool) -> Option<Unit> {
    Some(match word {
        "%" | "percent" | "pct" | "prozent" => Unit::Percent,
        "pp" | "ppt" | "bps" => Unit::PercentPoint,
        "x" | "times" | "fold" => Unit::Times,
        "st" | "nd" | "rd" | "th" if glued => Unit::Ordinal,
        "$" | "usd" | "dollar" | "dollars" => Unit::Named("usd"),
        "€" | "eur" | "euro" | "euros" => Unit::Named("eur"),
        "£" | "gbp" | "pound" | "pounds" | "sterling" => Unit::Named("gbp"),
        "¥" | "jpy" | "yen" => Unit::Named("jpy"),
        "₹" | "inr" | "rupee" | "rupees" | "rs" => Unit::Named("inr"),
        "chf" => Unit::Named("chf"),
        "brl" => Unit::Named("brl"),
        "vnd" => Unit::Named("vnd"),
        "ms" | "millisecond" | "milliseconds" => Unit::Named("ms"),
        "second" | "seconds" | "sec" | "secs" => Unit::Named("s"),
        "s" => Unit::Named("s"),
        "minute" | "minutes" | "min" | "mins" => Unit::Named("min"),
        "hour" | "hours" | "hr" | "hrs" | "h" | "stunde" | "stunden" | "heure" | "heures" => Unit::Named("hour"),
        "day" | "days" | "tage" | "tagen" | "jour" | "jours" => Unit::Named("day"),
        "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" => Unit::Named("week"),
        "month" | "months" | "mo" | "monat" | "monate" | "monaten" | "mois" => Unit::Named("month"),
        "year" | "years" | "yr" | "yrs" | "jahr" | "jahre" | "jahren" | "ans" | "annees" => Unit::Named("year"),
        "point" | "points" => Unit::PercentPoint,
        "kb" | "kilobyte" | "kilobytes" => Unit::Named("kb"),
        "mb" | "megabyte" | "megabytes" => Unit::Named("mb"),
        "gb" | "gigabyte" | "gigabytes" => Unit::Named("gb"),
        "tb" | "terabyte" | "terabytes" => Unit::Named("tb"),
        "pb" | "petabyte" | "petabytes" => Unit::Named("pb"),
        "kg" | "kilograms" | "kilogram" => Unit::Named("kg"),
        "g" if glued => Unit::Named("g"),
        "km" | "kilometre" | "kilometer" | "kilometres" | "kilometers" => Unit::Named("km"),
        "metre" | "meter" | "metres" | "meters" => Unit::Named("m"),
        "foot" | "feet" | "ft" => Unit::Named("ft"),
        "ton" | "tons" | "tonne" | "tonnes" => Unit::Named("t"),
        "litre" | "liter" | "litres" | "liters" => Unit::Named("l"),
        "mm" => Unit::Named("mm"),
        "cm" => Unit::Named("cm"),
        "m" => Unit::Named("m"),
        "m2" | "sqm" => Unit::Named("m2"),
        "mile" | "miles" => Unit::Named("mile"),
        "kw" | "kilowatt" | "kilowatts" => Unit::Named("kw"),
        "mw" | "megawatt" | "megawatts" => Unit::Named("mw"),
        "bed" | "beds" => Unit::Named("bed"),
        _ => return None,
    })
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RangeEnd {
    /// The smaller number.
    Low,
    /// The larger number.
    High,
}

/// All quantities of a text, left to right.
pub(crate) fn quantities(tokens: &[Token]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match read(tokens, i) {
            Some(quantity) => {
                i = quantity.tokens.end.max(i + 1);
                found.push(quantity);
            }
            None => i += 1,
        }
    }
    share_units(tokens, &mut found);
    add_context(tokens, &mut found);
    found
}

/// True where an ordinal numbers one of a row: "ninth-grade", "seventh- and eighth-grade", "second of 34".
fn numbers_a_row(tokens: &[Token], i: usize) -> bool {
    let mut rest = tokens[i + 1..]
        .iter()
        .filter(|t| !t.is_sign('-'))
        .map(|t| t.word.as_str());
    match rest.next() {
        Some("of" | "place" | "grade" | "grades" | "grader" | "graders" | "floor") => true,
        Some("and" | "or" | "to") => {
            rest.next().is_some_and(|w| ORDINALS.contains(&w)) && {
                let next = (i + 1..tokens.len()).find(|k| ORDINALS.contains(&tokens[*k].word.as_str()));
                next.is_some_and(|k| numbers_a_row(tokens, k))
            }
        }
        _ => false,
    }
}

/// The end of "sq ft", "square feet", "-square-foot" behind a number.
fn square(tokens: &[Token], from: usize) -> Option<usize> {
    let skip = |i: usize| i + usize::from(tokens.get(i).is_some_and(|t| t.is_sign('-') || t.is_sign('.')));
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    let first = skip(from);
    let second = skip(first + 1);
    (matches!(word(first), "sq" | "square") && matches!(word(second), "ft" | "foot" | "feet")).then_some(second + 1)
}

/// "By a quarter", "a quarter of": a share. "2 a quarter" and "costs a quarter" are a span of time.
fn is_fraction(tokens: &[Token], i: usize) -> bool {
    let before = i.checked_sub(2).map_or("", |b| tokens[b].word.as_str());
    tokens.get(i + 1).is_some_and(|t| t.word == "of")
        || matches!(
            before,
            "by" | "about"
                | "over"
                | "nearly"
                | "almost"
                | "than"
                | "roughly"
                | "around"
                | "approximately"
                | "to"
                | "under"
        )
}

fn glued(tokens: &[Token], i: usize) -> bool {
    i > 0 && tokens.get(i).is_some_and(|t| tokens[i - 1].range.end == t.range.start)
}

fn read(tokens: &[Token], start: usize) -> Option<Quantity> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    let mut end = start + 1;
    let mut unit = Unit::Count;
    let mut digits = false;
    let mut value = match tokens[start].kind {
        Kind::Number(value) => {
            digits = true;
            value
        }
        Kind::Word => match word(start) {
            "half"
                if matches!(word(end), "a" | "an")
                    && (multiplier(word(end + 1), false).is_some() || named(word(end + 1), false).is_some()) =>
            {
                end += 1;
                0.5
            }
            "half" if matches!(word(end), "bei" | "beim" | "mit" | "dem" | "der" | "den") => return None,
            "half" | "halved" | "halving" => {
                unit = Unit::Percent;
                50.0
            }
            "third" | "thirds" | "quarter" | "quarters" | "fifth" | "fifths"
                if start > 0 && (word(start - 1) == "one" || word(start - 1) == "a" && is_fraction(tokens, start)) =>
            {
                unit = Unit::Percent;
                match word(start).as_bytes()[0] {
                    b't' => 100.0 / 3.0,
                    b'q' => 25.0,
                    _ => 20.0,
                }
            }
            "double" | "doubled" | "doubling" | "twice" | "twofold" => {
                unit = Unit::Times;
                2.0
            }
            "triple" | "tripled" | "tripling" | "thrice" | "threefold" => {
                unit = Unit::Times;
                3.0
            }
            "quadrupled" | "quadruple" | "fourfold" => {
                unit = Unit::Times;
                4.0
            }
            w if w.strip_suffix("fold").and_then(word_value).is_some() => {
                unit = Unit::Times;
                w.strip_suffix("fold").and_then(word_value).unwrap_or(1.0)
            }
            "decade" | "decades" => {
                unit = Unit::Named("year");
                10.0
            }
            "year" | "month" | "hour" | "day" | "week"
                if start > 0
                    && matches!(word(start - 1), "a" | "an" | "one")
                    && (word(end), word(end + 1), word(end + 2)) == ("and", "a", "half") =>
            {
                unit = named(word(start), false)?;
                end += 3;
                1.5
            }
            w if ORDINALS.contains(&w) && numbers_a_row(tokens, start) => {
                unit = Unit::Ordinal;
                ORDINALS.iter().position(|o| *o == w).map_or(0.0, |n| n as f64 + 1.0)
            }
            w if roman(w).is_some() && tokens[start].capital && labelled(tokens, start).is_some() => {
                roman(w).unwrap_or_default()
            }
            w => {
                let value = word_value(w)?;
                // "one of", "the one": a pronoun unless it counts or multiplies.
                let counts = |w: &str| multiplier(w, false).is_some() || named(w, false).is_some();
                let hyphened = word(start + 1) == "-" && named(word(start + 2), false).is_some();
                if w == "one" && !counts(word(start + 1)) && !hyphened {
                    return None;
                }
                value
            }
        },
        Kind::Sign(_) => return None,
    };
    if !digits && unit == Unit::Count {
        let tens = TENS.contains(&word(start));
        let next = if tens && word(end) == "-" { end + 1 } else { end };
        if tens && let Some(n) = ONES[1..10].iter().position(|w| *w == word(next)) {
            value += n as f64 + 1.0;
            end = next + 1;
        }
        if matches!(word(end), "-") && matches!(word(end + 1), "thirds" | "quarters" | "fifths")
            || matches!(word(end), "thirds" | "quarters")
        {
            let at = if word(end) == "-" { end + 1 } else { end };
            unit = Unit::Percent;
            value *= match word(at) {
                "thirds" => 100.0 / 3.0,
                "quarters" => 25.0,
                _ => 20.0,
            };
            end = at + 1;
        }
    }
    while let Some(m) = tokens.get(end).filter(|t| t.is_word()).and_then(|t| {
        let large = t.capital && t.range.len() == 1 && t.word == "m";
        multiplier(&t.word, digits && (glued(tokens, end) || large))
    }) {
        value *= m;
        let short = matches!(word(end), "mio" | "mrd" | "tsd");
        end += 1 + usize::from(short && word(end + 1) == ".");
        digits = false;
    }
    // "Four hundred and twenty".
    if !matches!(tokens[start].kind, Kind::Number(_)) && unit == Unit::Count && value >= 100.0 && value % 100.0 == 0.0 {
        let at = end + usize::from(word(end) == "and");
        let below = |i: usize| word_value(word(i)).filter(|v| *v >= 1.0 && *v < 100.0);
        if let Some(more) = below(at) {
            value += more;
            end = at + 1;
            let next = end + usize::from(word(end) == "-");
            if more >= 20.0
                && more % 10.0 == 0.0
                && let Some(ones) = below(next).filter(|v| *v < 10.0)
            {
                value += ones;
                end = next + 1;
            }
        }
    }
    if unit == Unit::Count && (word(end), word(end + 1), word(end + 2)) == ("and", "a", "half") {
        value += 0.5;
        end += 3;
    }
    let mut bound = Bound::Exact;
    if word(end) == "+" {
        bound = Bound::Over;
        end += 1;
    }
    if unit == Unit::Count && end < tokens.len() {
        let skip = usize::from(word(end) == "-" && named(word(end + 1), false).is_some());
        let at = end
            + skip
            + usize::from(word(end) == "working" && matches!(word(end + 1), "hour" | "hours" | "day" | "days"));
        if (word(at), word(at + 1)) == ("percentage", "points") || (word(at), word(at + 1)) == ("percent", "points") {
            unit = Unit::PercentPoint;
            end = at + 2;
        } else if (word(at), word(at + 1)) == ("per", "cent") {
            unit = Unit::Percent;
            end = at + 2;
        } else if let Some(length) = square(tokens, end) {
            unit = Unit::Named("sqft");
            end = length;
        } else if matches!(word(at), "decade" | "decades") {
            value *= 10.0;
            unit = Unit::Named("year");
            end = at + 1;
        } else if let Some(found) = named(word(at), glued(tokens, at) && skip == 0) {
            unit = found;
            end = at + 1;
            if unit == Unit::Percent && matches!(word(end), "points" | "pt" | "pts") {
                unit = Unit::PercentPoint;
                end += 1;
            }
        }
    }
    if word(end) == "+" {
        bound = Bound::Over;
        end += 1;
    }
    let mut begin = start;
    if begin > 0 && matches!(tokens[begin - 1].kind, Kind::Sign('$' | '€' | '£' | '¥' | '₹')) {
        if unit == Unit::Count {
            unit = named(word(begin - 1), false)?;
        }
        begin -= 1;
    } else if begin > 0
        && unit == Unit::Count
        && matches!(
            word(begin - 1),
            "usd" | "eur" | "gbp" | "chf" | "inr" | "rs" | "brl" | "vnd"
        )
    {
        unit = named(word(begin - 1), false)?;
        begin -= 1;
    }
    let unit_is_bare = matches!(unit, Unit::Count);
    let year =
        unit == Unit::Count && value.fract() == 0.0 && (1900.0..=2100.0).contains(&value) && word(start).len() == 4;
    if year {
        unit = Unit::Year;
    }
    while begin > 0 && matches!(word(begin - 1), "a" | "an" | "the" | "one") && !digits {
        begin -= 1;
    }
    let two = begin.checked_sub(2).map(|b| (word(b), word(b + 1)));
    let one = begin.checked_sub(1).map_or("", word);
    let (found, taken) = match (two, one) {
        (Some(("more" | "later" | "longer", "than")), _) if begin > 2 && matches!(word(begin - 3), "no" | "not") => {
            (Bound::Under, 3)
        }
        (Some(("more" | "greater" | "better", "than") | ("upwards", "of") | ("at", "least") | ("well", "over")), _) => {
            (Bound::Over, 2)
        }
        (Some(("less" | "fewer" | "lower", "than") | ("up", "to") | ("at", "most")), _) => (Bound::Under, 2),
        (Some(("many" | "much" | "high" | "tall" | "large" | "long" | "far", "as")), _)
            if begin > 2 && word(begin - 3) == "as" =>
        {
            (Bound::Under, 3)
        }
        (Some(("close", "to")), _) => (Bound::Nearly, 2),
        (_, "over" | ">" | "≥" | "exceeding" | "above" | "surpassing") => (Bound::Over, 1),
        (_, "under" | "below" | "<" | "≤") => (Bound::Under, 1),
        (_, "almost" | "nearly") => (Bound::Nearly, 1),
        (_, "about" | "roughly" | "approximately" | "approx" | "around" | "circa" | "ca" | "~" | "≈" | "some") => {
            (Bound::About, 1)
        }
        _ => (Bound::Exact, 0),
    };
    if taken > 0 {
        bound = found;
        begin -= taken;
    }
    let unit_of_time = match unit {
        Unit::Named(name) => Some(name),
        _ => None,
    };
    Some(Quantity {
        value,
        unit,
        bound,
        tokens: begin..end,
        before: Vec::new(),
        after: Vec::new(),
        preposition: begin.checked_sub(1).and_then(|b| match word(b) {
            "from" | "von" => Some("from"),
            "to" | "auf" => Some("to"),
            "by" | "um" => Some("by"),
            _ => None,
        }),
        compares: begin
            .checked_sub(2)
            .is_some_and(|b| word(b + 1) == "from" && matches!(word(b), "up" | "down")),
        end: None,
        head: Vec::new(),
        rate: None,
        spans: (matches!(unit_of_time, Some("day" | "week" | "month" | "year")) || unit_is_bare)
            && matches!(word(begin), "over")
            && !matches!(word(end), "of" | "experience")
            || bound != Bound::Over
                && begin
                    .checked_sub(1)
                    .is_some_and(|b| matches!(word(b), "in" | "within" | "over" | "during" | "across"))
            // "A two-year fellowship" runs over two years.
            || unit_of_time.is_some() && tokens[begin..end].iter().any(|t| t.is_sign('-')),
        label: labelled(tokens, begin).filter(|_| unit_is_bare),
    })
}

/// "9 to 12 months": the first number takes the unit of the second.
fn share_units(tokens: &[Token], found: &mut [Quantity]) {
    for i in 1..found.len() {
        let (left, right) = found.split_at_mut(i);
        let (a, b) = (&mut left[i - 1], &mut right[0]);
        let gap = &tokens[a.tokens.end.min(b.tokens.start)..b.tokens.start];
        let joined = gap.len() == 1
            && (gap[0].is_sign('-') || matches!(gap[0].word.as_str(), "to" | "and" | "or" | "a" | "auf"));
        if joined && a.unit == Unit::Count && !matches!(b.unit, Unit::Ordinal | Unit::Year) {
            a.unit = b.unit.clone();
        }
        let between = a
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|k| tokens[k].word == "between");
        // "Six days instead of eleven", "nine down to six".
        const TURNS: [&str; 16] = [
            "on", "average", "statt", "anstatt", "au", "lieu", "instead", "of", "rather", "than", "compared", "with",
            "down", "to", "against", "from",
        ];
        let turns = (1..=4).contains(&gap.len()) && gap.iter().all(|t| TURNS.contains(&t.word.as_str()));
        let alone = tokens
            .get(b.tokens.end)
            .is_none_or(|t| !t.is_word() || is_preposition(&t.word));
        let back = gap.len() <= 6
            && matches!(gap, [.., one, two] if matches!(one.word.as_str(), "down" | "up") && two.word == "from");
        let first = tokens
            .get(a.tokens.end)
            .is_some_and(|t| matches!(t.word.as_str(), "instead" | "statt" | "anstatt" | "au"));
        if turns && first && a.unit == Unit::Count && matches!(b.unit, Unit::Named(_) | Unit::Percent) {
            a.unit = b.unit.clone();
        }
        if (turns || back) && alone && b.unit == Unit::Count && matches!(a.unit, Unit::Named(_) | Unit::Percent) {
            b.unit = a.unit.clone();
        }
        // "By seven days (from 24 to 17)", "by five days, from 11 to 6".
        let unit = i.checked_sub(2).map(|b| left[b].unit.clone());
        let (a, b) = (&mut left[i - 1], &mut right[0]);
        let bracket = a.tokens.start.checked_sub(1).is_some_and(|k| {
            let opens = |t: &Token| t.is_sign('(') || t.is_sign(',') || t.is_sign('-');
            opens(&tokens[k])
                || matches!(tokens[k].word.as_str(), "from" | "von" | "de") && k > 0 && opens(&tokens[k - 1])
        });
        let joined = joined || gap.len() == 2 && gap[0].word == "down" && gap[1].word == "to";
        let bare = |q: &Quantity| {
            q.unit == Unit::Count
                && tokens
                    .get(q.tokens.end)
                    .is_none_or(|t| !t.is_word() || is_preposition(&t.word))
        };
        if joined
            && bracket
            && bare(a)
            && bare(b)
            && let Some(unit @ Unit::Named(_)) = unit
        {
            (a.unit, b.unit) = (unit.clone(), unit);
            (a.preposition, b.preposition) = (Some("from"), Some("to"));
        }
        // "De dix à six jours".
        let de = a.tokens.start.checked_sub(1).is_some_and(|k| tokens[k].word == "de");
        if de && gap.len() <= 2 && gap.last().is_some_and(|t| t.word == "a") {
            (a.preposition, b.preposition) = (Some("from"), Some("to"));
        }
        let ranges = joined && (gap[0].is_sign('-') || gap[0].word == "to" && a.preposition != Some("from") || between);
        if ranges && a.unit == b.unit && a.value < b.value && a.unit != Unit::Year && a.label.is_none() {
            (a.end, b.end) = (Some(RangeEnd::Low), Some(RangeEnd::High));
        }
        // "From 300 minutes to 35".
        let bare = tokens
            .get(b.tokens.end)
            .is_none_or(|t| !t.is_word() || is_preposition(&t.word));
        let on = joined && a.preposition == Some("from") && gap[0].word == "to";
        if on && bare && b.unit == Unit::Count && matches!(a.unit, Unit::Named(_) | Unit::Percent) {
            b.unit = a.unit.clone();
        }
    }
}

/// Content words around each number, within its clause and up to the next number. Numbers with no content word between
/// them ("from 31 servers to 4", "1.8 kg (11 %)") share what stands around them all.
fn add_context(tokens: &[Token], found: &mut [Quantity]) {
    const REACH: usize = 4;
    let spans: Vec<Range<usize>> = found.iter().map(|q| q.tokens.clone()).collect();
    let inside = |i: usize| spans.iter().any(|s| s.contains(&i));
    let content = |t: &Token| t.is_word() && !is_neutral(&t.word) && rate_of(&t.word).is_none();
    for q in found.iter_mut() {
        let joins = |t: &Token| t.is_sign(',') || matches!(t.word.as_str(), "and" | "&" | "or");
        // Another number ends the context where a list goes on to another thing: "latency from 2 s and cost by 62 %".
        let around = |at: &mut dyn Iterator<Item = usize>| {
            let mut words: Vec<String> = Vec::new();
            let (mut joined, mut count) = (false, 0);
            for i in at {
                if tokens[i].ends_clause() || count == REACH || inside(i) && joined && !words.is_empty() {
                    break;
                }
                joined |= joins(&tokens[i]);
                if !inside(i) && content(&tokens[i]) {
                    words.push(tokens[i].stem.clone());
                    count += 1;
                    // "Stock-outs" are stockouts.
                    let second = tokens
                        .get(i + 2)
                        .filter(|_| tokens.get(i + 1).is_some_and(|t| t.is_sign('-')));
                    words.extend(second.map(|t| stem(&format!("{}{}", tokens[i].word, t.word))));
                }
            }
            words
        };
        q.before = around(&mut (0..q.tokens.start).rev());
        q.after = around(&mut (q.tokens.end..tokens.len()));
        q.head = head(tokens, q.tokens.end, q.unit == Unit::Count);
        q.rate = rate(tokens, &q.tokens, &inside);
    }
    for i in 1..found.len() {
        let (left, right) = found.split_at_mut(i);
        let (a, b) = (&mut left[i - 1], &mut right[0]);
        let gap = &tokens[a.tokens.end.min(b.tokens.start)..b.tokens.start];
        let range = a.preposition == Some("from") && b.preposition == Some("to");
        let bracket = gap.iter().all(|t| t.is_sign('(') || t.is_sign('-') || t.is_sign('/'));
        if range && gap.len() <= 5 || bracket {
            let before = a.before.clone();
            b.before.extend(before);
            let (mine, theirs) = (a.after.clone(), b.after.clone());
            a.after.extend(theirs);
            b.after.extend(mine);
            if b.head.is_empty() {
                b.head = a.head.clone();
            } else if a.head.is_empty() && range {
                a.head = b.head.clone();
            }
            if range {
                a.rate = a.rate.or(b.rate);
                b.rate = b.rate.or(a.rate);
            }
        }
    }
}

/// The noun phrase right after a number, `of` skipped: "62 % of the server cost" counts server cost.
fn head(tokens: &[Token], from: usize, counts: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut row = false;
    for (n, t) in tokens[from.min(tokens.len())..].iter().enumerate() {
        let joins = matches!(t.word.as_str(), "and" | "or" | "but");
        // "20 web and mobile projects"
        let next = tokens
            .get(from + n + 1)
            .is_some_and(|t| t.is_word() && !t.word.ends_with("ed") && word_value(&t.word).is_none())
            && !matches!(tokens[from + n + 1].word.as_str(), "a" | "an" | "the" | "its" | "their");
        if joins && counts && out.len() == 1 && next {
            continue;
        }
        let parts = matches!(
            t.word.as_str(),
            "each" | "every" | "plus" | "chaque" | "jede" | "jeden" | "jedes"
        );
        let quiet = is_neutral(&t.word) && !parts;
        let skip = t.is_sign('-') || t.is_word() && quiet && !is_preposition(&t.word) && !joins;
        // "8 phase II and III trials" counts trials.
        let numeral = |k: usize| {
            let roman = |t: &Token| t.capital && roman(&t.word).is_some();
            tokens
                .get(k)
                .is_some_and(|t| matches!(t.kind, Kind::Number(_)) || roman(t))
        };
        row |= label_of(&t.word).is_some() && numeral(from + n + 1);
        let named = row && (label_of(&t.word).is_some() || numeral(from + n) || joins && numeral(from + n + 1));
        let next_of = |k: usize| tokens.get(k).is_some_and(|t| t.word == "of");
        let measure = matches!(t.word.as_str(), "number" | "amount" | "volume" | "count") && next_of(from + n + 1)
            || t.word == "of"
                && n > 0
                && matches!(
                    tokens[from + n - 1].word.as_str(),
                    "number" | "amount" | "volume" | "count"
                );
        // "70 calls a day" counts calls.
        let span = tokens
            .get(from + n + 1)
            .is_some_and(|t| SPANS.contains(&t.word.as_str()));
        if span && matches!(t.word.as_str(), "a" | "an" | "per" | "each" | "every") {
            break;
        }
        if skip || named || measure || n == 0 && t.word == "of" {
            continue;
        }
        if roman(&t.word).is_some() && t.capital && labelled(tokens, from + n).is_some() {
            break;
        }
        let verbal = |w: &str| w.ends_with("ing") && !out.is_empty();
        let ends = parts || n > 0 && word_value(&t.word).is_some();
        if !t.is_word() || is_preposition(&t.word) || rate_of(&t.word).is_some() || joins || verbal(&t.word) || ends {
            break;
        }
        out.push(t.stem.clone());
        if out.len() == 4 {
            break;
        }
    }
    out
}

/// Daily, per day, a day.
fn rate_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "hourly" => "hour",
        "daily" => "day",
        "weekly" => "week",
        "monthly" => "month",
        "quarterly" => "quarter",
        "yearly" | "annual" | "annually" => "year",
        "nightly" => "night",
        "taglich" | "tagliche" | "quotidien" | "quotidienne" => "day",
        "wochentlich" | "wochentliche" | "hebdomadaire" | "hebdomadaires" => "week",
        "monatlich" | "monatliche" | "mensuel" | "mensuelle" | "mensuels" | "mensuelles" => "month",
        "jahrlich" | "jahrliche" | "annuel" | "annuelle" | "annuels" | "annuelles" => "year",
        _ => return None,
    })
}

/// Stretches of time that a rate is told for.
pub(crate) const SPANS: [&str; 9] = [
    "hour", "day", "week", "month", "quarter", "year", "night", "shift", "minute",
];

/// Per what time a number is meant.
fn rate(tokens: &[Token], at: &Range<usize>, inside: &impl Fn(usize) -> bool) -> Option<&'static str> {
    const REACH: usize = 7;
    for i in at.end..(at.end + REACH).min(tokens.len()) {
        let t = &tokens[i];
        // "180 managers use weekly": the time belongs to the verb.
        let leads_on = is_preposition(&t.word) && !matches!(t.word.as_str(), "per" | "of" | "in")
            || matches!(t.word.as_str(), "use" | "uses" | "used" | "meet" | "meets" | "met");
        // "2 accountants and report quarterly": another action begins.
        let acts = matches!(t.word.as_str(), "and" | "&") && tokens.get(i + 1).is_some_and(|t| verb(&t.stem).is_some());
        if t.ends_clause() || t.is_sign(',') || t.is_sign('(') || t.is_sign(')') || inside(i) || leads_on || acts {
            break;
        }
        let named = |k: usize| {
            let word = tokens.get(k).map_or("", |t| t.word.as_str());
            let foreign = matches!(tokens[k - 1].word.as_str(), "pro" | "par" | "chaque");
            let other = match word {
                _ if !foreign => None,
                "tag" | "jour" => Some("day"),
                "woche" | "semaine" => Some("week"),
                "monat" | "mois" => Some("month"),
                "jahr" | "an" => Some("year"),
                _ => None,
            };
            other.or_else(|| {
                SPANS
                    .iter()
                    .copied()
                    .find(|s| word == *s || word.strip_suffix('s') == Some(s))
            })
        };
        if let Some(rate) = rate_of(&t.word) {
            return Some(rate);
        }
        if (matches!(
            t.word.as_str(),
            "per" | "a" | "an" | "each" | "every" | "pro" | "par" | "chaque"
        ) || t.is_sign('/'))
            && let Some(span) = named(i + 1)
        {
            return Some(span);
        }
    }
    let before = at.start.checked_sub(1).map(|b| &tokens[b])?;
    rate_of(&before.word)
}

/// What anybody sees in a change that a text states: "from 24 % to 15 %" is 9 points, "from 9 to 6" a third less, "from
/// €40,000 to €95,000" more than twice as much, "from 430 to 260" 39 % less (never rounded up). Other shares are left to the person.
pub(crate) fn derived(stated: &[Quantity]) -> Vec<Quantity> {
    let mut out = Vec::new();
    // "Between 2021 and 2023": over two years.
    for pair in stated.windows(2).filter(|p| p.iter().all(|q| q.unit == Unit::Year)) {
        let years = pair[1].value - pair[0].value;
        if (1.0..=20.0).contains(&years) && pair[1].tokens.start == pair[0].tokens.end + 1 {
            out.push(Quantity {
                value: years,
                unit: Unit::Named("year"),
                spans: true,
                label: None,
                end: None,
                ..pair[0].clone()
            });
        }
    }
    // "94 % in 2023, up from 86 % in 2021": the years are in between.
    let stated: Vec<&Quantity> = stated.iter().filter(|q| q.unit != Unit::Year).collect();
    for pair in stated.windows(2) {
        let turned = pair[0].preposition != Some("from") && pair[1].preposition == Some("from") && pair[1].compares;
        let (from, to) = if turned { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
        let change = turned || from.preposition == Some("from") && to.preposition == Some("to");
        let exact = from.bound == Bound::Exact && to.bound == Bound::Exact;
        if !change || !exact || from.unit != to.unit || from.value <= 0.0 || to.value <= 0.0 || from.unit == Unit::Year
        {
            continue;
        }
        let mut add = |value: f64, unit: Unit, bound: Bound| {
            out.push(Quantity {
                value,
                unit,
                bound,
                preposition: Some("by"),
                before: from.before.iter().chain(&to.before).cloned().collect(),
                after: from.after.iter().chain(&to.after).cloned().collect(),
                tokens: from.tokens.start.min(to.tokens.start)..to.tokens.end.max(from.tokens.end),
                spans: false,
                compares: false,
                end: None,
                label: None,
                ..from.clone()
            });
        };
        let difference = ((to.value - from.value).abs() * 1e6).round() / 1e6;
        add(difference, Unit::PercentPoint, Bound::Exact);
        if from.unit != Unit::Percent {
            add(difference, from.unit.clone(), Bound::Exact);
        }
        let share = 100.0 * difference / from.value;
        if to.value < from.value && from.unit != Unit::Percent {
            add(share, Unit::Percent, Bound::Exact);
            // Said in whole or tenths of percent, never rounded up.
            for unit in [1.0, 10.0] {
                let rounded = (share * unit + 1e-9).floor() / unit;
                if rounded > 0.0 && (rounded - share).abs() > 1e-9 {
                    add(rounded, Unit::Percent, Bound::Exact);
                }
            }
        } else if [50.0, 100.0 / 3.0, 200.0 / 3.0, 25.0, 75.0, 20.0]
            .iter()
            .any(|f| (share - f).abs() < 0.1)
        {
            add(share, Unit::Percent, Bound::Exact);
        }
        // "By more than half", from 4.2 % to 1.9 %.
        if 2.0 * to.value < from.value && from.unit == Unit::Percent {
            add(50.0, Unit::Percent, Bound::Over);
        }
        if to.value > from.value && from.unit != Unit::Percent {
            add(share, Unit::Percent, Bound::About);
        }
        if to.value > from.value {
            add(to.value / from.value, Unit::Times, Bound::Exact);
        }
    }
    out
}

/// The value in the smallest unit of its kind, for units of which one is a whole number of another.
pub(crate) fn in_base_unit(value: f64, unit: &Unit) -> Option<(&'static str, f64)> {
    let Unit::Named(name) = unit else { return None };
    let (base, times) = match *name {
        "year" => ("month", 12.0),
        "month" => ("month", 1.0),
        "week" => ("minute", 7.0 * 24.0 * 60.0),
        "day" => ("minute", 24.0 * 60.0),
        "hour" => ("minute", 60.0),
        "min" => ("minute", 1.0),
        "s" => ("ms", 1000.0),
        "ms" => ("ms", 1.0),
        "kg" => ("g", 1000.0),
        "t" => ("g", 1e6),
        "g" => ("g", 1.0),
        "km" => ("m", 1000.0),
        "m" => ("m", 1.0),
        "gb" => ("gb", 1.0),
        "tb" => ("gb", 1000.0),
        "pb" => ("gb", 1e6),
        "kw" => ("kw", 1.0),
        "mw" => ("kw", 1000.0),
        _ => return None,
    };
    Some((base, value * times))
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[test]
    fn reads_values_units_and_bounds() {
        for (text, value, unit, bound) in [
            ("32 %", 32.0, Unit::Percent, Bound::Exact),
            ("thirty-two percent", 32.0, Unit::Percent, Bound::Exact),
            ("32 per cent", 32.0, Unit::Percent, Bound::Exact),
            ("about a third", 100.0 / 3.0, Unit::Percent, Bound::About),
            ("over 4.3 million", 4.3e6, Unit::Count, Bound::Over),
            ("4.3M", 4.3e6, Unit::Count, Bound::Exact),
            ("$1.2M", 1.2e6, Unit::Named("usd"), Bound::Exact),
            ("up to 50k", 50e3, Unit::Count, Bound::Under),
            ("3 percentage points", 3.0, Unit::PercentPoint, Bound::Exact),
            ("18-month", 18.0, Unit::Named("month"), Bound::Exact),
            ("2019", 2019.0, Unit::Year, Bound::Exact),
            ("a dozen", 12.0, Unit::Count, Bound::Exact),
            ("10+ years", 10.0, Unit::Named("year"), Bound::Over),
            ("140 ms", 140.0, Unit::Named("ms"), Bound::Exact),
            ("doubled", 2.0, Unit::Times, Bound::Exact),
            ("fivefold", 5.0, Unit::Times, Bound::Exact),
            ("nearly 60", 60.0, Unit::Count, Bound::Nearly),
            ("as many as 400", 400.0, Unit::Count, Bound::Under),
            ("over a decade", 10.0, Unit::Named("year"), Bound::Over),
            ("two decades", 20.0, Unit::Named("year"), Bound::Exact),
            ("a year and a half", 1.5, Unit::Named("year"), Bound::Exact),
            ("two and a half years", 2.5, Unit::Named("year"), Bound::Exact),
            ("half a million", 5e5, Unit::Count, Bound::Exact),
            ("410,000 sq ft", 410e3, Unit::Named("sqft"), Bound::Exact),
            ("410,000-square-foot", 410e3, Unit::Named("sqft"), Bound::Exact),
            ("9 percentage points", 9.0, Unit::PercentPoint, Bound::Exact),
            ("ninth-grade", 9.0, Unit::Ordinal, Bound::Exact),
            ("9th-grade", 9.0, Unit::Ordinal, Bound::Exact),
            ("phase III", 3.0, Unit::Count, Bound::Exact),
        ] {
            let found = quantities(&tokens(text));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!((found[0].value - value).abs() < 1e-6, "{text}: {found:?}");
            assert_eq!((&found[0].unit, found[0].bound), (&unit, bound), "{text}");
        }
        for nothing in [
            "one of the best",
            "a third-party tool",
            "a first-time user",
            "Algebra I",
        ] {
            assert!(quantities(&tokens(nothing)).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn a_change_gives_its_difference_share_and_ratio() {
        let of = |text: &str| derived(&quantities(&tokens(text)));
        let has = |text: &str, value: f64, unit: Unit| {
            of(text)
                .iter()
                .any(|q| (q.value - value).abs() < 1e-6 && q.unit == unit)
        };
        assert!(has("turnover from 24% to 15%", 9.0, Unit::PercentPoint));
        assert!(has("stock-outs from 9% to 6%", 100.0 / 3.0, Unit::Percent));
        assert!(!has("turnover from 24% to 15%", 37.5, Unit::Percent));
        assert!(has("returns from 4.2% to 1.9%", 50.0, Unit::Percent));
        assert!(!has("turnover from 24% to 15%", 50.0, Unit::Percent));
        assert!(has("tickets from 430 to 260", 170.0, Unit::Count));
        assert!(has("tickets from 430 to 260", 39.0, Unit::Percent));
        assert!(has("tickets from 430 to 260", 39.5, Unit::Percent));
        assert!(!has("tickets from 430 to 260", 40.0, Unit::Percent));
        assert!(has(
            "score of 94% in 2023, up from 86% in 2021",
            8.0,
            Unit::PercentPoint
        ));
        assert!(has("revenue from €40,000 to €95,000", 2.375, Unit::Times));
        assert!(!has("tickets from 430 to 260", 430.0 / 260.0, Unit::Times));
        assert!(of("cost by 62% and time to 3 hours").is_empty());
    }
}
