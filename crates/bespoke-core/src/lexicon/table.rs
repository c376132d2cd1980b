//! From the lists in `data/skills/` to the tables that the matcher reads. Runs while building.

use super::key::key;
use std::collections::{BTreeMap, HashMap};

/// What the build writes.
pub struct Built {
    /// A line per skill: name, kind, other names, broader and adjacent skills, by tabs.
    pub lines: String,
    /// Where each line starts, as little-endian u32; one more for the end.
    pub index: Vec<u8>,
    /// Key of a name → [`value`].
    pub names: BTreeMap<String, u64>,
}

/// How a name is looked for, from its mark.
pub const ANY: u64 = 0;
/// Only in its own case.
pub const CASE: u64 = 1;
/// In its own case, and only where the context says that it is a skill.
pub const LIST: u64 = 2;
/// In any case, and only where the context says that it is a skill.
pub const WEAK: u64 = 3;

/// Set beside the care of a verb phrase: "managed budgets" says that somebody did it, "budget management" only what it is.
pub const VERB: u64 = 4;

/// A name in the map: which skill, which of its names (0 is the canonical one), and how it is looked for.
pub fn value(skill: usize, name: usize, care: u64) -> u64 {
    (skill as u64) << 16 | (name as u64) << 4 | care
}

struct Row {
    name: String,
    kind: String,
    aliases: Vec<String>,
    broader: Vec<String>,
}

fn list(cell: Option<&str>) -> impl Iterator<Item = &str> {
    cell.unwrap_or_default()
        .split(';')
        .map(str::trim)
        .filter(|a| !a.is_empty())
}

/// Mark and name: "!!Go" → (LIST, false, "Go"); "~manage budgets" → (ANY, true, "manage budgets").
fn unmarked(text: &str) -> (Option<u64>, bool, &str) {
    if let Some(rest) = text.strip_prefix("!!") {
        (Some(LIST), false, rest)
    } else if let Some(rest) = text.strip_prefix('!') {
        (Some(CASE), false, rest)
    } else if let Some(rest) = text.strip_prefix('?') {
        (Some(WEAK), false, rest)
    } else if let Some(rest) = text.strip_prefix('~') {
        (None, true, rest)
    } else {
        (None, false, text)
    }
}

/// Short names in capitals are words of their own when written small: PR, TS, IT.
fn care_of(spelling: &str) -> u64 {
    let letters = spelling.chars().filter(|c| c.is_alphanumeric()).count();
    let capitals = spelling.chars().all(|c| !c.is_lowercase()) && spelling.chars().any(char::is_uppercase);
    if capitals && letters <= 3 && !spelling.contains(['+', '#', '/', '.']) {
        CASE
    } else {
        ANY
    }
}

/// Reads the lists, the most trusted first: a name belongs to the first skill that has it.
pub fn build(files: &[&str], links: &str) -> Built {
    let mut rows: Vec<Row> = Vec::new();
    let mut names: BTreeMap<String, u64> = BTreeMap::new();
    let skill_of = |names: &BTreeMap<String, u64>, name: &str| names.get(&key(name)).map(|v| (v >> 16) as usize);
    for line in files
        .iter()
        .flat_map(|f| f.lines())
        .filter(|l| !l.starts_with("# ") && !l.trim().is_empty())
    {
        let mut cells = line.split('|').map(str::trim);
        let (Some(first), Some(kind)) = (cells.next(), cells.next()) else {
            continue;
        };
        let (mark, verb, name) = unmarked(first);
        let skill = skill_of(&names, name).unwrap_or_else(|| {
            rows.push(Row {
                name: name.to_owned(),
                kind: kind.to_owned(),
                aliases: Vec::new(),
                broader: Vec::new(),
            });
            let care = mark.unwrap_or_else(|| care_of(name)) | if verb { VERB } else { 0 };
            let found = value(rows.len() - 1, 0, care);
            names.insert(key(name), found);
            if verb {
                add_forms(&mut names, name, found);
            }
            rows.len() - 1
        });
        for alias in list(cells.next()) {
            let (mark, verb, spelling) = unmarked(alias);
            let own = key(spelling);
            if own.is_empty() || names.contains_key(&own) || rows[skill].aliases.len() >= 4000 {
                continue;
            }
            rows[skill].aliases.push(spelling.to_owned());
            let care = mark.unwrap_or_else(|| care_of(spelling)) | if verb { VERB } else { 0 };
            let found = value(skill, rows[skill].aliases.len(), care);
            names.insert(own, found);
            if verb {
                add_forms(&mut names, spelling, found);
            }
        }
        rows[skill].broader.extend(list(cells.next()).map(str::to_owned));
    }
    names.remove("");
    let mut near: HashMap<usize, Vec<usize>> = HashMap::new();
    for line in links.lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, others)) = line.split_once('|')
            && let Some(skill) = skill_of(&names, name)
        {
            let others = list(Some(others))
                .filter_map(|n| skill_of(&names, n))
                .filter(|n| *n != skill);
            near.entry(skill).or_default().extend(others);
        }
    }
    let mut built = Built {
        lines: String::new(),
        index: Vec::new(),
        names: BTreeMap::new(),
    };
    let ids = |list: &[usize]| list.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    for (skill, row) in rows.iter().enumerate() {
        built.index.extend((built.lines.len() as u32).to_le_bytes());
        let mut broader: Vec<usize> = row
            .broader
            .iter()
            .filter_map(|n| skill_of(&names, n))
            .filter(|n| *n != skill)
            .collect();
        broader.extend(tool_in_front(&row.name, &rows, &names).filter(|tool| *tool != skill));
        broader.sort_unstable();
        broader.dedup();
        let adjacent = near.get(&skill).map_or("".to_owned(), |n| ids(n));
        let line = [&row.name, &row.kind, &row.aliases.join(";"), &ids(&broader), &adjacent]
            .map(String::as_str)
            .join("\t");
        built.lines.push_str(&line);
        built.lines.push('\n');
    }
    built.index.extend((built.lines.len() as u32).to_le_bytes());
    built.names = names;
    built
}

/// Enters a verb phrase in the other forms of its verb.
fn add_forms(names: &mut BTreeMap<String, u64>, phrase: &str, found: u64) {
    if let Some((head, rest)) = phrase.split_once(' ') {
        for form in forms(&head.to_lowercase()) {
            names.entry(key(&format!("{form} {rest}"))).or_insert(found);
        }
    }
}

/// The tool that a name begins with: "Airflow DAGs" is about Airflow. Names that are common words too say nothing here.
fn tool_in_front(name: &str, rows: &[Row], names: &BTreeMap<String, u64>) -> Option<usize> {
    let words: Vec<&str> = name.split(' ').collect();
    (1..words.len()).rev().find_map(|count| {
        let found = *names.get(&key(&words[..count].join(" ")))?;
        let skill = (found >> 16) as usize;
        (found & 0xf == ANY && rows[skill].kind == "tool" && rows[skill].name != name).then_some(skill)
    })
}

/// The forms of an English verb, but the base: "plan" → planning, planned, plans.
pub fn forms(verb: &str) -> Vec<String> {
    const IRREGULAR: [(&str, &str); 26] = [
        ("write", "wrote written"),
        ("lead", "led"),
        ("sell", "sold"),
        ("build", "built"),
        ("make", "made"),
        ("give", "gave given"),
        ("take", "took taken"),
        ("keep", "kept"),
        ("draw", "drew drawn"),
        ("drive", "drove driven"),
        ("teach", "taught"),
        ("undertake", "undertook undertaken"),
        ("oversee", "oversaw overseen"),
        ("set", "set"),
        ("cut", "cut"),
        ("read", "read"),
        ("feed", "fed"),
        ("breed", "bred"),
        ("think", "thought"),
        ("meet", "met"),
        ("deal", "dealt"),
        ("lay", "laid"),
        ("run", "ran"),
        ("hold", "held"),
        ("buy", "bought"),
        ("show", "showed shown"),
    ];
    let bytes = verb.as_bytes();
    let vowel = |b: &u8| b"aeiou".contains(b);
    let doubles = bytes.len() >= 3
        && matches!(bytes, [.., a, b, c] if !vowel(a) && vowel(b) && !vowel(c) && !b"wxy".contains(c))
        && (bytes.iter().filter(|b| vowel(b)).count() == 1
            || ["control", "transfer", "submit", "refer"].contains(&verb));
    let (ing, ed) = if verb.ends_with("ee") {
        (format!("{verb}ing"), format!("{verb}d"))
    } else if let Some(stem) = verb.strip_suffix('e') {
        (format!("{stem}ing"), format!("{verb}d"))
    } else if let Some(stem) = verb
        .strip_suffix('y')
        .filter(|s| s.bytes().last().is_some_and(|b| !vowel(&b)))
    {
        (format!("{verb}ing"), format!("{stem}ied"))
    } else if doubles {
        let last = &verb[verb.len() - 1..];
        (format!("{verb}{last}ing"), format!("{verb}{last}ed"))
    } else {
        (format!("{verb}ing"), format!("{verb}ed"))
    };
    let mut out = vec![ing, format!("{verb}s")];
    match IRREGULAR.iter().find(|(base, _)| *base == verb) {
        Some((_, past)) => out.extend(past.split(' ').map(str::to_owned)),
        None => out.push(ed),
    }
    out
}
