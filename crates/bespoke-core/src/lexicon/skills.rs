//! The skills that we know: names, kinds and links, prepared while building and read one by one when asked for.

use super::key::{Tokens, key};
use super::scan;
use fst::Map;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

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
    /// Skills that the same occupations use, nearest first.
    pub adjacent: Vec<SkillId>,
}

/// One place where a skill is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillMatch {
    /// Which skill.
    pub skill: SkillId,
    /// Byte range in the text.
    pub range: Range<usize>,
}

/// All skills, and the map that finds them by name.
pub struct Skills {
    skills: Vec<OnceLock<Box<Skill>>>,
    pub(super) names: Map<&'static [u8]>,
}

/// The tables of the lexicon; see [`super::table::Built`].
struct Tables {
    lines: &'static str,
    index: &'static [u8],
    names: &'static [u8],
}

/// Nothing is parsed at first use: see `build.rs`.
#[cfg(not(target_arch = "wasm32"))]
static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    lines: include_str!(concat!(env!("OUT_DIR"), "/skills.txt")),
    index: include_bytes!(concat!(env!("OUT_DIR"), "/skills.idx")),
    names: include_bytes!(concat!(env!("OUT_DIR"), "/skills.fst")),
});

/// A page loads the lists, which are a third as large as the tables, and makes those of them at first use. Adjacent skills,
/// which only roles and tailoring look at, are left out.
#[cfg(target_arch = "wasm32")]
static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    const FILES: [&str; 3] = [
        include_str!("../../../../data/skills/curated.txt"),
        include_str!("../../../../data/skills/lexicon.txt"),
        include_str!("../../../../data/skills/roles.txt"),
    ];
    let built = super::table::build(&FILES, "");
    let mut names = fst::MapBuilder::memory();
    for (name, value) in &built.names {
        names.insert(name, *value).expect("the keys are sorted and unique");
    }
    Tables {
        lines: built.lines.leak(),
        index: built.index.leak(),
        names: names.into_inner().expect("memory has room").leak(),
    }
});

impl Skills {
    /// The built-in lexicon.
    pub fn builtin() -> &'static Skills {
        static SKILLS: LazyLock<Skills> = LazyLock::new(|| Skills {
            skills: std::iter::repeat_with(OnceLock::new)
                .take(TABLES.index.len() / 4 - 1)
                .collect(),
            names: Map::new(TABLES.names).expect("the build wrote a whole map"),
        });
        &SKILLS
    }

    /// The skill with this id.
    pub fn get(&self, id: SkillId) -> &Skill {
        self.skills[id.0 as usize].get_or_init(|| {
            let offset = |n: usize| {
                let bytes = TABLES.index[n * 4..].first_chunk().copied().unwrap_or_default();
                u32::from_le_bytes(bytes) as usize
            };
            Box::new(skill(
                TABLES.lines[offset(id.0 as usize)..offset(id.0 as usize + 1)].trim_end_matches('\n'),
            ))
        })
    }

    /// The skill with this name or alias, however it is cased, hyphenated or inflected.
    pub fn lookup(&self, name: &str) -> Option<SkillId> {
        self.names.get(key(name)).map(|found| scan::Name(found).skill())
    }

    /// All skills named in running text, left to right, longest match first, never overlapping. Names that are common words
    /// too (Go, R, Excel, Access) count only where the words around them say so. Verb phrases ("managed budgets") are left
    /// out: who compares what people did needs their words; [`super::mentions::mentions`] has them.
    pub fn find(&self, text: &str) -> Vec<SkillMatch> {
        let tokens = Tokens::of(text);
        scan::find(self, text, &tokens)
            .into_iter()
            .filter(|hit| hit.kept && !hit.name.is_verb())
            .map(|hit| SkillMatch {
                skill: hit.name.skill(),
                range: hit.range(&tokens),
            })
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

fn skill(line: &str) -> Skill {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let name = cell().to_owned();
    let kind = match cell() {
        "tool" => SkillKind::Tool,
        "method" => SkillKind::Method,
        "soft" => SkillKind::Soft,
        "language" => SkillKind::Language,
        "certificate" => SkillKind::Certificate,
        _ => SkillKind::Knowledge,
    };
    let aliases = cell().split(';').filter(|a| !a.is_empty()).map(str::to_owned).collect();
    let ids = |cell: &str| cell.split(',').filter_map(|n| n.parse().ok()).map(SkillId).collect();
    Skill {
        name,
        aliases,
        kind,
        broader: ids(cell()),
        adjacent: ids(cell()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let skills = Skills::builtin();
        let found = skills.find(text);
        found.into_iter().map(|m| skills.get(m.skill).name.as_str()).collect()
    }

    #[test]
    fn skills_are_found_by_any_name() {
        for (text, expected) in [
            (
                "Built it with Postgres, k8s and Node.js",
                &["PostgreSQL", "Kubernetes", "Node.js"][..],
            ),
            ("C++, C# and .NET; A/B tests", &["C++", "C#", ".NET", "A/B testing"]),
            ("Rust, Go, R", &["Rust", "Go", "R"]),
            ("C, C++ and C# on ASP.NET", &["C", "C++", "C#", "ASP.NET"]),
            ("Continuous-integration with ci/cd", &["CI/CD", "CI/CD"]),
            ("SAP FI/CO and SAP MM", &["SAP FICO", "SAP MM"]),
            (
                "JS, ECMAScript and JavaScript",
                &["JavaScript", "JavaScript", "JavaScript"],
            ),
            ("budgets and wireframes", &["Budgeting", "Wireframing"]),
            (
                "statistical modelling, data visualisation",
                &["Statistical modeling", "Data visualization"],
            ),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn words_of_two_meanings_are_told_apart_by_context() {
        for (text, expected) in [
            ("Services written in Go and deployed weekly", &["Go"][..]),
            ("Statistical packages in R.", &["R"]),
            ("Proficient in Excel and Access", &["Excel", "Access"]),
            ("Puppet, Chef, Ansible", &["Puppet", "Chef", "Ansible"]),
            ("Java and Spring", &["Java", "Spring"]),
            ("experience with Word, PowerPoint", &["Microsoft Word", "PowerPoint"]),
        ] {
            let found = names(text);
            for name in expected {
                assert!(found.contains(name), "{text}: {name} not in {found:?}");
            }
        }
        for text in [
            "we go the extra mile",
            "the rest of us excel in spring",
            "An R rated film",
            "javascripting scales",
            "rusty gates",
            "Go above and beyond",
            "Excel in a fast-paced setting",
            "Lead a crew of five and make decisions",
            "Access to the building; word of mouth",
            "Chef of the year",
        ] {
            let found: Vec<&str> = names(text);
            let wrong = [
                "Go",
                "R",
                "Excel",
                "Spring",
                "REST APIs",
                "Make",
                "Access",
                "Microsoft Word",
                "Chef",
                "JavaScript",
                "Rust",
            ];
            assert!(!found.iter().any(|f| wrong.contains(f)), "{text}: {found:?}");
        }
    }

    #[test]
    fn links_lead_to_other_skills() {
        let skills = Skills::builtin();
        let sql = skills.lookup("sql").expect("SQL");
        let postgres = skills.lookup("POSTGRES").expect("PostgreSQL");
        assert!(skills.get(postgres).broader.contains(&sql));
        // A name that opens with a tool is about the tool.
        let dags = skills.lookup("Airflow DAGs").expect("Airflow DAG");
        let airflow = skills.lookup("Apache Airflow").expect("Airflow");
        assert!(skills.get(dags).broader.contains(&airflow));
        // What somebody did is not what a field is called.
        assert!(skills.find("Supervised a team").is_empty());
        assert!(skills.len() >= 20_000, "{}", skills.len());
        let linked = (0..skills.len() as u32)
            .filter(|id| !skills.get(SkillId(*id)).adjacent.is_empty())
            .count();
        assert!(linked > 5_000, "{linked}");
        for id in (0..skills.len() as u32).map(SkillId) {
            let skill = skills.get(id);
            assert_eq!(skills.lookup(&skill.name), Some(id), "{}", skill.name);
            assert!(
                skill
                    .broader
                    .iter()
                    .chain(&skill.adjacent)
                    .all(|o| *o != id && (o.0 as usize) < skills.len())
            );
        }
    }

    #[test]
    fn every_skill_of_a_role_is_known() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/roles");
        let mut unknown: Vec<String> = Vec::new();
        let mut known = 0;
        for file in std::fs::read_dir(folder).expect("the roles").flatten() {
            let text = std::fs::read_to_string(file.path()).expect("a file of roles");
            let family: toml::Table = toml::from_str(&text).expect("TOML");
            let roles = family
                .get("role")
                .and_then(|r| r.as_array())
                .cloned()
                .unwrap_or_default();
            for list in roles.iter().flat_map(|r| [r.get("required"), r.get("nice")]).flatten() {
                // Names alone, or names with weights.
                let names: Vec<&str> = match list {
                    toml::Value::Array(names) => names.iter().filter_map(|n| n.as_str()).collect(),
                    toml::Value::Table(weights) => weights.keys().map(String::as_str).collect(),
                    _ => Vec::new(),
                };
                for name in names {
                    match Skills::builtin().lookup(name) {
                        Some(_) => known += 1,
                        None => unknown.push(name.to_owned()),
                    }
                }
            }
        }
        unknown.sort();
        unknown.dedup();
        assert!(
            known > 500 && unknown.is_empty(),
            "{known} known; not {}: {unknown:?}",
            unknown.len()
        );
    }
}
