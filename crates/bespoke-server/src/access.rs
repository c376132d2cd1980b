//! Who may do what with a résumé. One table, which the routes ask and the tests walk (`docs/access.json` is the same
//! for other programs).

use serde::{Deserialize, Serialize};

/// Who somebody is to a résumé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Whose workspace holds it.
    Owner,
    /// Holds a link that lets them write comments.
    Commenter,
    /// Holds a link that only shows it.
    Viewer,
}

impl Role {
    /// The role that the store names.
    pub fn of_link(name: &str) -> Role {
        match name {
            "commenter" => Role::Commenter,
            _ => Role::Viewer,
        }
    }

    /// Its name in the store and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Commenter => "commenter",
            Role::Viewer => "viewer",
        }
    }
}

/// What can be done with a résumé.
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

/// The table: each role with its rights.
pub const MATRIX: [(Role, &[Right]); 3] = [
    (
        Role::Owner,
        &[
            Right::See,
            Right::ReadComments,
            Right::Comment,
            Right::SettleComments,
            Right::Edit,
            Right::Share,
        ],
    ),
    (Role::Commenter, &[Right::See, Right::ReadComments, Right::Comment]),
    (Role::Viewer, &[Right::See]),
];

/// Whether a role has a right.
pub fn may(role: Role, right: Right) -> bool {
    MATRIX.iter().any(|(r, rights)| *r == role && rights.contains(&right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_table_for_other_programs_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.json");
        let kept: BTreeMap<String, Vec<Right>> =
            serde_json::from_str(&std::fs::read_to_string(path).expect("docs/access.json")).expect("JSON");
        let own: BTreeMap<String, Vec<Right>> = MATRIX
            .iter()
            .map(|(role, rights)| (role.name().to_owned(), rights.to_vec()))
            .collect();
        assert_eq!(kept, own);
    }
}
