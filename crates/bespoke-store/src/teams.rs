//! What the store says of teams, their members and invitations to them.

/// A team: a workspace with members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// UUID, version 7, of its workspace.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A team as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The team.
    pub team: TeamRow,
    /// `owner`, `editor`, `commenter` or `viewer`.
    pub role: String,
    /// What the member is called there.
    pub name: String,
    /// RFC 3339, UTC.
    pub joined_at: String,
}

/// A member of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// The member's own workspace, whose id is the account's.
    pub member_id: String,
    /// `owner`, `editor`, `commenter` or `viewer`.
    pub role: String,
    /// What the member is called there.
    pub name: String,
    /// Address of the account.
    pub email: String,
    /// RFC 3339, UTC.
    pub joined_at: String,
}

/// An invitation that nobody has accepted yet, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// UUID, version 7.
    pub id: String,
    /// What who accepts it may do: `owner`, `editor`, `commenter` or `viewer`.
    pub role: String,
    /// For whom it is, where that was said.
    pub email: Option<String>,
    /// Milliseconds since 1970.
    pub expires_ms: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A team, as whoever runs the server sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSummary {
    /// The team.
    pub team: TeamRow,
    /// How many members it has.
    pub members: i64,
    /// How many résumés it has.
    pub resumes: i64,
}
