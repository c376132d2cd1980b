//! The built-in roles: the files of `data/roles/`, one per family.

use super::{Role, Seniority};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Family {
    family: String,
    #[serde(rename = "role")]
    roles: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    title: String,
    seniority: Seniority,
    onet: String,
    education: String,
    description: String,
    required: Vec<String>,
    nice: Vec<String>,
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

fn read(file: &str) -> Result<Vec<Role>, toml::de::Error> {
    let Family { family, roles } = toml::from_str(file)?;
    let role = |e: Entry| Role {
        id: e.id,
        title: e.title,
        family: family.clone(),
        seniority: e.seniority,
        description: e.description,
        required: e.required,
        nice: e.nice,
        aliases: e.aliases,
        onet: e.onet,
        education: e.education,
        neighbours: e.neighbours,
    };
    Ok(roles.into_iter().map(role).collect())
}

/// The built-in taxonomy, in a stable order: families and roles as the files give them.
pub fn taxonomy() -> &'static [Role] {
    // A test reads every file, so that none is left out here.
    static ROLES: LazyLock<Vec<Role>> = LazyLock::new(|| {
        FILES
            .iter()
            .flat_map(|(_, file)| read(file).unwrap_or_default())
            .collect()
    });
    &ROLES
}

/// The text of a role that is embedded.
pub fn role_text(role: &Role) -> String {
    format!("{}. {} {}.", role.title, role.description, role.required.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use std::collections::HashSet;

    #[test]
    fn every_file_is_sound() {
        for (name, file) in FILES {
            let roles = read(file).unwrap_or_else(|e| panic!("data/roles/{name}.toml: {e}"));
            assert!(roles.iter().all(|r| r.family == name), "{name}");
        }
        let roles = taxonomy();
        assert!(roles.len() >= 60, "{}", roles.len());
        let ids: HashSet<&str> = roles.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids.len(), roles.len(), "ids are unique");
        let titles: HashSet<String> = roles.iter().map(|r| fold(&r.title)).collect();
        assert_eq!(titles.len(), roles.len(), "titles are unique");
        let mut groups = HashSet::new();
        for role in roles {
            let at = &role.id;
            groups.insert(&role.onet[..2]);
            assert!((4..=9).contains(&role.required.len()), "{at}: required");
            assert!(
                (8..=20).contains(&(role.required.len() + role.nice.len())),
                "{at}: skills"
            );
            assert!(!role.aliases.is_empty() && !role.education.is_empty(), "{at}");
            assert!(role.description.split_whitespace().count() >= 12, "{at}: description");
            let skills: HashSet<String> = role.required.iter().chain(&role.nice).map(|s| fold(s)).collect();
            assert_eq!(
                skills.len(),
                role.required.len() + role.nice.len(),
                "{at}: a skill stands twice"
            );
            for id in &role.neighbours {
                assert!(ids.contains(id.as_str()) && id != at, "{at}: neighbour {id}");
            }
        }
        assert_eq!(groups.len(), 23, "all major groups of O*NET: {groups:?}");
    }
}
