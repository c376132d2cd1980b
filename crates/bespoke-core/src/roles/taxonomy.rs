//! Taxonomies: the built-in one from the files of `data/roles/`, one per family, and those that people bring.

use super::rank::NICE;
use super::ready::Ready;
use super::terms::Terms;
use super::{Role, RoleSkill, Seniority};
use crate::text::fold;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// Why a taxonomy cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomyError {
    /// The text is not what it should be.
    #[error("the taxonomy cannot be read: {0}")]
    Syntax(String),
    /// A role is not sound.
    #[error("role `{role}`: {fault}")]
    Role {
        /// Id of the role, or its place in the file.
        role: String,
        /// What is wrong.
        fault: String,
    },
}

/// Roles that are ranked together.
#[derive(Debug, Clone, Default)]
pub struct Taxonomy {
    roles: Vec<Role>,
    by_id: HashMap<String, usize>,
    ready: OnceLock<Ready>,
    terms: OnceLock<Terms>,
}

#[derive(Deserialize)]
struct Family {
    family: String,
    #[serde(rename = "role")]
    roles: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    seniority: Seniority,
    ladder: Vec<String>,
    onet: String,
    esco: Vec<String>,
    education: String,
    description: String,
    required: toml::Table,
    nice: toml::Table,
    aliases: Vec<String>,
    neighbours: Vec<String>,
}

macro_rules! families {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../../data/roles/", $name, ".toml")))),*]
    };
}

const FILES: [(&str, &str); 12] = families![
    "arts-and-media",
    "business-and-finance",
    "community-and-legal",
    "education",
    "engineering-and-architecture",
    "health",
    "management",
    "sales-and-office",
    "science",
    "services",
    "software-and-data",
    "trades-and-transport",
];

/// Weighted skills, the most telling first; those of one weight by name.
fn skills(table: toml::Table) -> Vec<RoleSkill> {
    let mut out: Vec<RoleSkill> = table
        .into_iter()
        .map(|(name, weight)| RoleSkill {
            name,
            weight: weight
                .as_float()
                .or_else(|| weight.as_integer().map(|w| w as f64))
                .unwrap_or(0.0) as f32,
        })
        .collect();
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.name.cmp(&b.name)));
    out
}

fn read(file: &str) -> Result<Vec<Role>, toml::de::Error> {
    let Family { family, roles } = toml::from_str(file)?;
    let role = |e: Entry| Role {
        id: e.id,
        title: e.title,
        family: family.clone(),
        seniority: e.seniority,
        ladder: e.ladder,
        description: e.description,
        required: skills(e.required),
        nice: skills(e.nice),
        aliases: e.aliases,
        onet: e.onet,
        esco: e.esco,
        education: e.education,
        neighbours: e.neighbours,
    };
    Ok(roles.into_iter().map(role).collect())
}

impl Taxonomy {
    /// The built-in taxonomy, in a stable order: families and roles as the files give them.
    pub fn builtin() -> &'static Taxonomy {
        // A test reads every file, so that none is left out here.
        static BUILTIN: LazyLock<Taxonomy> = LazyLock::new(|| {
            let roles = FILES.iter().flat_map(|(_, file)| read(file).unwrap_or_default());
            Taxonomy::of(roles.collect()).unwrap_or_default()
        });
        &BUILTIN
    }

    /// A taxonomy of these roles, in their order.
    ///
    /// # Errors
    /// A role without id, title or description, an id that stands twice, or a weight outside 0 to 1.
    pub fn of(roles: Vec<Role>) -> Result<Taxonomy, TaxonomyError> {
        let mut by_id = HashMap::new();
        for (place, role) in roles.iter().enumerate() {
            let fault = |fault: &str| TaxonomyError::Role {
                role: if role.id.trim().is_empty() {
                    format!("number {}", place + 1)
                } else {
                    role.id.clone()
                },
                fault: fault.to_owned(),
            };
            for (name, value) in [
                ("id", &role.id),
                ("title", &role.title),
                ("description", &role.description),
            ] {
                if value.trim().is_empty() {
                    return Err(fault(&format!("`{name}` is empty")));
                }
            }
            if by_id.insert(role.id.clone(), place).is_some() {
                return Err(fault("the id stands twice"));
            }
            let mut weights = role.required.iter().chain(&role.nice).map(|s| s.weight);
            if !weights.all(|w| w > 0.0 && w <= 1.0) {
                return Err(fault("a skill's weight is not above 0 and at most 1"));
            }
            let mut seen = HashSet::new();
            if let Some(twice) = role.required.iter().chain(&role.nice).find(|s| !seen.insert(&s.name)) {
                return Err(fault(&format!("the skill “{}” stands twice", twice.name)));
            }
        }
        Ok(Taxonomy {
            roles,
            by_id,
            ready: OnceLock::new(),
            terms: OnceLock::new(),
        })
    }

    /// The roles in their order.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// What ranking looks up, worked out at first use.
    pub(super) fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| Ready::of(&self.roles))
    }

    /// What roles say word by word, worked out at first use.
    pub(crate) fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::of(&self.roles))
    }

    /// The role with this id.
    pub fn get(&self, id: &str) -> Option<&Role> {
        self.by_id.get(id).map(|place| &self.roles[*place])
    }

    /// Place of the role with this id among [`Taxonomy::roles`].
    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The role that has this name, whatever its capitals and accents.
    pub fn named(&self, name: &str) -> Option<&Role> {
        let wanted = fold(name.trim());
        self.roles.iter().find(|r| r.names().any(|n| fold(n) == wanted))
    }

    /// The skills of the role at a place with how much each counts in the overlap: required ones first.
    pub(crate) fn telling(&self, place: usize) -> impl Iterator<Item = (&str, f64)> {
        let ready = self.ready();
        let role = &self.roles[place];
        let skills = role.required.iter().chain(&role.nice).zip(&ready.roles[place].skills);
        skills.enumerate().map(move |(n, (skill, at))| {
            let worth = if n < role.required.len() { 1.0 } else { NICE };
            (
                skill.name.as_str(),
                f64::from(skill.weight) * ready.skills[*at].rarity * worth,
            )
        })
    }

    /// The texts of all roles that are embedded, role after role: its description, then its title and other names.
    pub fn texts(&self) -> Vec<String> {
        let each = |role: &Role| {
            let needs: Vec<&str> = role.required.iter().map(|s| s.name.as_str()).collect();
            std::iter::once(format!("{}. {} {}.", role.title, role.description, needs.join(", ")))
                .chain(role.names().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        self.roles.iter().flat_map(each).collect()
    }

    /// For each role the places of its texts in [`Taxonomy::texts`]: the first is the description.
    pub fn places(&self) -> impl Iterator<Item = Range<usize>> {
        self.roles.iter().scan(0, |next, role| {
            let from = *next;
            *next += 2 + role.aliases.len();
            Some(from..*next)
        })
    }
}

impl Role {
    /// Its title and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_sound() {
        for (name, file) in FILES {
            let roles = read(file).unwrap_or_else(|e| panic!("data/roles/{name}.toml: {e}"));
            assert!(roles.iter().all(|r| r.family == name), "{name}");
            Taxonomy::of(roles).unwrap_or_else(|e| panic!("data/roles/{name}.toml: {e}"));
        }
        let taxonomy = Taxonomy::builtin();
        let roles = taxonomy.roles();
        assert!(roles.len() >= 650, "{}", roles.len());
        let titles: HashSet<String> = roles.iter().map(|r| fold(&r.title)).collect();
        assert_eq!(titles.len(), roles.len(), "titles are unique");
        let mut groups = HashSet::new();
        let mut names: HashMap<String, &str> = HashMap::new();
        for role in roles {
            let at = &role.id;
            for name in role.names() {
                let other = names.insert(fold(name), at);
                assert!(other.is_none(), "{at}: “{name}” is a name of {other:?} too");
            }
            groups.insert(&role.onet[..2]);
            assert!((4..=9).contains(&role.required.len()), "{at}: required");
            assert!(
                (8..=20).contains(&(role.required.len() + role.nice.len())),
                "{at}: skills"
            );
            assert!(!role.aliases.is_empty() && !role.education.is_empty(), "{at}");
            assert!((3..=6).contains(&role.ladder.len()), "{at}: ladder");
            assert!(!role.esco.is_empty(), "{at}: ESCO");
            assert!(role.description.split_whitespace().count() >= 12, "{at}: description");
            let skills: HashSet<String> = role.required.iter().chain(&role.nice).map(|s| fold(&s.name)).collect();
            assert_eq!(
                skills.len(),
                role.required.len() + role.nice.len(),
                "{at}: a skill stands twice"
            );
            for id in &role.neighbours {
                assert!(taxonomy.get(id).is_some() && id != at, "{at}: neighbour {id}");
            }
        }
        assert_eq!(groups.len(), 23, "all major groups of O*NET: {groups:?}");
        assert_eq!(taxonomy.places().last().map(|p| p.end), Some(taxonomy.texts().len()));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let sound = Taxonomy::builtin().roles()[0].clone();
        let with = |change: fn(&mut Role)| {
            let mut role = sound.clone();
            change(&mut role);
            Taxonomy::of(vec![role]).map(|_| ()).unwrap_err().to_string()
        };
        assert!(with(|r| r.title.clear()).contains("`title` is empty"));
        assert!(with(|r| r.required[0].weight = 2.0).contains("weight"));
        assert!(with(|r| r.nice.push(r.required[0].clone())).contains("stands twice"));
        let twice = Taxonomy::of(vec![sound.clone(), sound.clone()])
            .map(|_| ())
            .unwrap_err();
        assert!(twice.to_string().contains(&sound.id));
    }
}
