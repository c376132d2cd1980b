//! What stands around a word beyond its line: the run of capitals that it is part of, whether the dictionary and the titles of
//! roles know it, how long the rows above and below are and whether they are dated, and where else in the text it stands.

use super::super::words;
use super::features::Sequence;
use crate::lexicon::tagger::hash;
use crate::wording::dictionary;
use std::collections::HashMap;
use std::ops::Range;

/// Titles of roles, as sorted numbers of four bytes that the build makes of `data/roles`.
static TITLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/titles.idx"));

/// Words within a name that say nothing of it.
const LINKS: [&str; 8] = ["of", "and", "the", "for", "&", "in", "de", "at"];
/// Words of the longest title that is looked for.
const LONGEST: usize = 8;
/// Other places of a word that are looked at.
const PLACES: usize = 6;

fn year(key: &str) -> bool {
    key.len() == 4 && key.parse::<u16>().is_ok_and(|y| (1950..2035).contains(&y))
        || matches!(key, "present" | "current" | "till" | "date")
}

fn known_title(words: &[String]) -> bool {
    let want = hash(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let at = |n: usize| TITLES[n * 4..].first_chunk().map_or(0, |b| u32::from_le_bytes(*b));
    let (mut low, mut high) = (0, TITLES.len() / 4);
    while low < high {
        let middle = low + (high - low) / 2;
        match at(middle).cmp(&want) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

/// The words of a text as the features ask for them.
struct Words<'s> {
    keys: &'s [String],
    rows: &'s [usize],
    /// Words of each word's row.
    line: Vec<Range<usize>>,
    capital: Vec<bool>,
    /// `s` a sign, `9` a number, `d` in the dictionary, `u` unknown.
    known: Vec<&'static str>,
    /// `B` where the title of a role begins, `I` inside one, else `-`; and its words.
    titles: Vec<(&'static str, usize)>,
    /// The run of capitals that a word is part of.
    runs: Vec<Option<Range<usize>>>,
}

impl<'s> Words<'s> {
    fn new(text: &str, sequence: &'s Sequence, keys: &'s [String]) -> Words<'s> {
        let rows = sequence.rows.as_slice();
        let starts = |n: usize, test: fn(char) -> bool| text[sequence.words[n].clone()].starts_with(test);
        let count = keys.len();
        let known = (0..count)
            .map(|n| match keys[n].as_str() {
                key if !key.starts_with(char::is_alphanumeric) => "s",
                key if key.starts_with(|c: char| c.is_ascii_digit()) => "9",
                key if dictionary::knows(key) => "d",
                _ => "u",
            })
            .collect();
        let mut out = Words {
            keys,
            rows,
            line: Vec::with_capacity(count),
            capital: (0..count).map(|n| starts(n, char::is_uppercase)).collect(),
            known,
            titles: vec![("-", 0); count],
            runs: vec![None; count],
        };
        for n in 0..count {
            let same = n > 0 && rows[n] == rows[n - 1];
            out.line.push(if same {
                out.line[n - 1].clone()
            } else {
                out.row(rows[n])
            });
        }
        out.mark_titles();
        out.mark_runs(&sequence.words);
        out
    }

    fn row(&self, row: usize) -> Range<usize> {
        self.rows.partition_point(|r| *r < row)..self.rows.partition_point(|r| *r <= row)
    }

    fn mark_titles(&mut self) {
        let mut at = 0;
        while at < self.keys.len() {
            let longest = self.line[at].end.min(at + LONGEST);
            let length = (at + 1..=longest)
                .rev()
                .find(|end| known_title(&self.keys[at..*end]))
                .map_or(0, |end| end - at);
            self.titles[at..at + length].fill(("I", length));
            if length > 0 {
                self.titles[at].0 = "B";
            }
            at += length.max(1);
        }
    }

    /// Capitals in a row, with the small words and signs between them that names have.
    fn mark_runs(&mut self, words: &[Range<usize>]) {
        let close = |n: usize| words[n].start - words[n - 1].end <= 1;
        let mut at = 0;
        while at < self.keys.len() {
            if !self.capital[at] {
                at += 1;
                continue;
            }
            let line = self.line[at].end;
            let key = |n: usize| self.keys[n].as_str();
            let go = |n: usize| n < line && self.capital[n];
            let mut end = at + 1;
            loop {
                if go(end) && close(end) {
                    end += 1;
                } else if go(end + 1)
                    && close(end + 1)
                    && match key(end) {
                        "of" | "and" | "&" | "the" | "for" | "-" | "'" | "’" => true,
                        // An abbreviation, not the end of a sentence.
                        "." => words[end].start == words[end - 1].end && words[end - 1].len() <= 3,
                        _ => false,
                    }
                {
                    end += 2;
                } else if go(end + 2) && matches!(key(end), "of" | "and" | "for") && key(end + 1) == "the" {
                    end += 3;
                } else {
                    break;
                }
            }
            self.runs[at..end].fill(Some(at..end));
            at = end;
        }
    }

    /// The last word in a run that names of organisations have.
    fn organisation(&self, run: &Range<usize>) -> &str {
        let mut keys = self.keys[run.clone()].iter().rev();
        keys.find(|k| words::of_organisations(k)).map_or("-", String::as_str)
    }

    /// Which part of its line a run is: the whole, its start, its end, its middle.
    fn part(&self, run: &Range<usize>) -> &'static str {
        let line = &self.line[run.start];
        match (run.start == line.start, run.end == line.end) {
            (true, true) => "w",
            (true, false) => "s",
            (false, true) => "e",
            (false, false) => "m",
        }
    }

    /// The word `by` words on in the same line.
    fn near<'w>(&self, list: impl Fn(usize) -> &'w str, n: usize, by: isize, none: &'w str) -> &'w str {
        let there = n.checked_add_signed(by).filter(|m| self.line[n].contains(m));
        there.map_or(none, list)
    }
}

fn bit(value: bool) -> &'static str {
    if value { "y" } else { "n" }
}

fn count(value: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7", "8"][value.min(8)]
}

/// Adds to the features of each word what stands around it; `keys` are the words in small letters.
pub fn add(text: &str, sequence: &Sequence, keys: &[String], features: &mut [Vec<u32>]) {
    let words = Words::new(text, sequence, keys);
    let sections: Vec<String> = sequence
        .sections
        .iter()
        .map(|s| s.map_or(String::from("none"), |s| format!("{s:?}")))
        .collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for n in (0..keys.len()).filter(|n| words.capital[*n] && words.known[*n] != "9") {
        places.entry(keys[n].as_str()).or_default().push(n);
    }
    let rows = Rows::new(&words);
    for (n, out) in features.iter_mut().enumerate() {
        let section = sections[n].as_str();
        of_lists(&words, &rows, n, section, out);
        of_run(&words, n, section, out);
        of_rows(&words, &rows, n, section, out);
        if words.capital[n] && !LINKS.contains(&keys[n].as_str()) {
            let all = places.get(keys[n].as_str()).map_or(&[][..], Vec::as_slice);
            of_places(&words, n, all, &sections, out);
        }
    }
}

/// What the dictionary and the titles of roles say.
fn of_lists(words: &Words<'_>, rows: &Rows, n: usize, section: &str, out: &mut Vec<u32>) {
    let known = |by: isize| words.near(|m| words.known[m], n, by, "^");
    let (title, length) = words.titles[n];
    let line = words.line[n].clone();
    let row = |m: usize| &rows.0[words.rows[m]];
    let (any, whole) = (row(n).titled, row(n).whole);
    let above = line.start > 0 && row(line.start - 1).begins;
    let below = line.end < words.keys.len() && row(line.end).begins;
    let beside = |by: isize| words.near(|m| words.titles[m].0, n, by, "^");
    out.extend([
        hash(&["known", known(0), bit(words.capital[n])]),
        hash(&["known3", known(-1), known(0), known(1)]),
        hash(&["known-section", known(0), section]),
        hash(&["role", title, count(length.min(4))]),
        hash(&["role-section", title, section]),
        hash(&["role3", beside(-1), title, beside(1)]),
        hash(&["role-whole", bit(whole), title]),
        hash(&["role-any", bit(any), title, section]),
        hash(&["role-rows", bit(above), bit(below), bit(any)]),
    ]);
}

/// The run of capitals that the word is part of.
fn of_run(words: &Words<'_>, n: usize, section: &str, out: &mut Vec<u32>) {
    let Some(run) = &words.runs[n] else {
        out.push(hash(&["run", "-"]));
        return;
    };
    let (keys, line) = (words.keys, words.line[n].clone());
    let spot = match n {
        n if n == run.start => "B",
        n if n + 1 == run.end => "E",
        _ => "M",
    };
    let key = |m: usize| keys[m].as_str();
    let before = words.near(key, run.start, -1, "\n");
    let two_before = words.near(key, run.start, -2, "\n");
    let after = words.near(key, run.end - 1, 1, "\n");
    let organisation = words.organisation(run);
    let has = bit(organisation != "-");
    let unknown = run.clone().filter(|m| words.known[*m] == "u").count();
    let known = match unknown {
        0 => "all",
        c if c == run.len() => "none",
        _ => "some",
    };
    let titled = bit(run.clone().any(|m| words.titles[m].0 != "-"));
    let part = words.part(run);
    let dated = bit((line.end.saturating_sub(4).max(run.end)..line.end).any(|m| year(key(m))));
    out.extend([
        hash(&["run", count(run.len().min(6)), spot]),
        hash(&["run-before", before]),
        hash(&["run-two-before", two_before, before]),
        hash(&["run-after", after]),
        hash(&["run-between", before, after]),
        hash(&["run-known", known, part, has]),
        hash(&["run-organisation", organisation]),
        hash(&["run-organisation-before", before, has, known]),
        hash(&["run-part", part, section, known]),
        hash(&["run-title", titled, has, part]),
        hash(&["run-last", key(run.end - 1)]),
        hash(&["run-first", key(run.start)]),
        hash(&["run-all", has, known, titled, part, spot]),
        hash(&["run-dated", dated, part, has, titled]),
    ]);
}

/// What a row is, worked out once for all its words.
struct Row {
    /// In a letter: dated, short, long, or neither.
    letter: &'static str,
    /// A title of a role is in it; one begins in it; it is nothing but such.
    titled: bool,
    begins: bool,
    whole: bool,
}

struct Rows(Vec<Row>);

impl Rows {
    fn new(words: &Words<'_>) -> Rows {
        let count = words.rows.last().map_or(0, |r| r + 1);
        let row = |row: usize| {
            let line = words.row(row);
            let title = |m: usize| words.titles[m].0;
            Row {
                letter: match line.len() {
                    _ if line.clone().any(|m| year(&words.keys[m])) => "y",
                    0..=4 => "s",
                    13.. => "l",
                    _ => "m",
                },
                titled: line.clone().any(|m| title(m) != "-"),
                begins: line.clone().any(|m| title(m) == "B"),
                whole: line.clone().all(|m| title(m) != "-" || words.known[m] == "s"),
            }
        };
        Rows((0..count).map(row).collect())
    }

    fn at(&self, row: usize, by: isize) -> &'static str {
        let there = row.checked_add_signed(by);
        there.map_or("^", |r| self.0.get(r).map_or("s", |row| row.letter))
    }
}

/// The rows above and below, the place in the line, words further off.
fn of_rows(words: &Words<'_>, rows: &Rows, n: usize, section: &str, out: &mut Vec<u32>) {
    let (row, line, keys) = (words.rows[n], words.line[n].clone(), words.keys);
    let r = |by: isize| rows.at(row, by);
    let own = bit(r(0) == "y");
    let key = |m: usize| keys[m].as_str();
    let near = |by: isize| words.near(key, n, by, "^");
    let last = line.start.checked_sub(1);
    out.extend([
        hash(&["rows-below", r(1), r(2), r(3), own]),
        hash(&["rows-above", r(-1), r(-2), r(-3), own]),
        hash(&["two-below", r(1), r(2), section]),
        hash(&["two-above", r(-1), r(-2), section]),
        hash(&["rows-beside", r(1), r(-1), own, section]),
        hash(&["below-first", if line.end < keys.len() { key(line.end) } else { "$" }]),
        hash(&["above-first", last.map_or("^", |m| key(words.line[m].start))]),
        hash(&["above-last", last.map_or("^", key)]),
        hash(&["from-start", count(n - line.start), section]),
        hash(&["to-end", count(line.end - n), section]),
        hash(&["w-3", near(-3)]),
        hash(&["w+3", near(3)]),
        hash(&["two-1", near(-2), near(-1)]),
        hash(&["two+1", near(1), near(2)]),
    ]);
}

/// Where else the word stands.
fn of_places(words: &Words<'_>, n: usize, all: &[usize], sections: &[String], out: &mut Vec<u32>) {
    out.push(hash(&["places", count(all.len().min(4)), words.known[n]]));
    let mut told = Vec::new();
    let key = |m: usize| words.keys[m].as_str();
    for m in all.iter().copied().filter(|m| *m != n).take(PLACES) {
        told.extend([
            hash(&["place-before", words.near(key, m, -1, "\n")]),
            hash(&["place-after", words.near(key, m, 1, "\n")]),
            hash(&["place-section", &sections[m]]),
        ]);
        if let Some(run) = &words.runs[m] {
            told.extend([
                hash(&["place-organisation", words.organisation(run)]),
                hash(&["place-part", words.part(run), &sections[m]]),
                hash(&["place-run-before", words.near(key, run.start, -1, "\n")]),
            ]);
        }
    }
    told.sort_unstable();
    told.dedup();
    out.append(&mut told);
}
