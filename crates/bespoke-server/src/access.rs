//! Who may do what: the table `docs/access.json`, which the gate asks before every request of the API, the pages of share
//! links ask, the tests walk, and other programs may read.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What somebody is in a workspace. Everybody owns their own; in a team it is said of each member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// May do everything, also with the team itself.
    Owner,
    /// May read and change everything in it.
    Editor,
    /// May read everything and write comments.
    Commenter,
    /// May read everything.
    Viewer,
}

impl Role {
    /// The role that the store names; of an unknown name the one that may least.
    pub fn of(name: &str) -> Role {
        match name {
            "owner" => Role::Owner,
            "editor" => Role::Editor,
            "commenter" => Role::Commenter,
            _ => Role::Viewer,
        }
    }

    /// Its name in the store and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Editor => "editor",
            Role::Commenter => "commenter",
            Role::Viewer => "viewer",
        }
    }
}

/// Who may ask for an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Anybody; it is about nobody's things, or the operation itself looks who asks.
    Anyone,
    /// Whoever is there, about themselves; which team the request names makes no difference.
    Oneself,
    /// Those with a role in the workspace that the request is about.
    #[serde(untagged)]
    In(Role),
}

/// What can be done through a share link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// See what a link shows.
    See,
    /// Read the comments on it.
    ReadComments,
    /// Write one.
    Comment,
    /// Settle or delete comments.
    SettleComments,
    /// Change the résumé, export and tailor it.
    Edit,
    /// Make, change and revoke links.
    Share,
}

/// The table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What somebody may do with a résumé who holds a link of this role, or whose workspace holds it.
    links: BTreeMap<Role, Vec<Right>>,
    /// Who may ask for each operation, by `operationId`.
    operations: BTreeMap<String, Vec<Who>>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        // Where it could not be read, nobody may do anything; a test reads it.
        serde_json::from_str(include_str!("../../../docs/access.json")).unwrap_or_default()
    })
}

/// Whether a link of this role has a right.
pub fn may(role: Role, right: Right) -> bool {
    table().links.get(&role).is_some_and(|rights| rights.contains(&right))
}

/// Who may ask for an operation; nobody where the table does not know it.
pub fn who_may(operation: &str) -> &'static [Who] {
    table().operations.get(operation).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_a_row_for_every_operation_and_no_other() {
        let document = serde_json::to_value(crate::openapi()).expect("JSON");
        let paths = document["paths"].as_object().expect("paths");
        let operations = paths
            .values()
            .flat_map(|item| item.as_object().expect("an item").values());
        let named: BTreeSet<&str> = operations.filter_map(|o| o["operationId"].as_str()).collect();
        let known: BTreeSet<&str> = table().operations.keys().map(String::as_str).collect();
        let lacking: Vec<_> = named.difference(&known).collect();
        let stale: Vec<_> = known.difference(&named).collect();
        assert!(named.len() > 60, "the document lost its operations");
        assert!(lacking.is_empty(), "say in docs/access.json who may do {lacking:?}");
        assert!(stale.is_empty(), "docs/access.json knows what is not there: {stale:?}");
    }

    #[test]
    fn more_of_a_role_is_never_less() {
        for (operation, who) in &table().operations {
            let roles: Vec<Role> = who
                .iter()
                .filter_map(|w| if let Who::In(role) = w { Some(*role) } else { None })
                .collect();
            let all = [Role::Owner, Role::Editor, Role::Commenter, Role::Viewer];
            assert!(
                who.len() == 1 || roles.len() == who.len(),
                "{operation}: anyone and oneself stand alone"
            );
            assert_eq!(roles, all[..roles.len()], "{operation}: from the owner down");
        }
        assert!(who_may("no_such_operation").is_empty());
    }
}
