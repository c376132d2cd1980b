//! What the store says of links that show a résumé, and of comments on it.

/// A link that shows one résumé, without its secret and without what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRow {
    /// UUID, version 7.
    pub id: String,
    /// Whose it is.
    pub workspace_id: String,
    /// The résumé that it was made from.
    pub resume_id: String,
    /// The tailoring that it shows, where it shows one that still exists.
    pub tailoring_id: Option<String>,
    /// What the person calls it.
    pub label: String,
    /// What somebody may do who opens it: `viewer` or `commenter`.
    pub role: String,
    /// argon2id hash (PHC string) of the password, where it has one.
    pub password_hash: Option<String>,
    /// Whether files may be taken away.
    pub download: bool,
    /// Milliseconds since 1970; it shows nothing from then on.
    pub expires_at: Option<i64>,
    /// RFC 3339, UTC; it shows nothing any more.
    pub revoked_at: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// How often people opened it.
    pub views: i64,
    /// How many different visitors a day, added up.
    pub visitors: i64,
    /// How many files were taken away.
    pub downloads: i64,
    /// How often programs opened it.
    pub bots: i64,
    /// The latest UTC day with a view.
    pub last_viewed: Option<String>,
}

/// A link to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewShare<'a> {
    /// The résumé that it was made from.
    pub resume_id: &'a str,
    /// The tailoring that it shows.
    pub tailoring_id: Option<&'a str>,
    /// What the person calls it.
    pub label: &'a str,
    /// What it shows, as the caller's JSON.
    pub content: &'a str,
    /// `viewer` or `commenter`.
    pub role: &'a str,
    /// argon2id hash (PHC string).
    pub password_hash: Option<&'a str>,
    /// Whether files may be taken away.
    pub download: bool,
    /// Milliseconds since 1970.
    pub expires_at: Option<i64>,
}

/// A change of a link: `None` keeps what is there, `Some(None)` takes it away.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShareChange<'a> {
    /// What the person calls it.
    pub label: Option<&'a str>,
    /// What it shows, as the caller's JSON.
    pub content: Option<&'a str>,
    /// `viewer` or `commenter`.
    pub role: Option<&'a str>,
    /// argon2id hash (PHC string).
    pub password_hash: Option<Option<&'a str>>,
    /// Whether files may be taken away.
    pub download: Option<bool>,
    /// Milliseconds since 1970.
    pub expires_at: Option<Option<i64>>,
}

/// Counts of one UTC day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareDay {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// How often people opened it.
    pub views: i64,
    /// Different visitors of this day.
    pub visitors: i64,
    /// Files taken away.
    pub downloads: i64,
    /// How often programs opened it.
    pub bots: i64,
}

/// How a link was opened.
#[derive(Debug, Clone, Copy)]
pub enum Opening<'a> {
    /// By a person, of whom only a salted hash is known.
    View(&'a [u8]),
    /// A file was taken away.
    Download,
    /// By a program.
    Bot,
}

/// A comment on a résumé.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// UUID, version 7.
    pub id: String,
    /// The résumé.
    pub resume_id: String,
    /// The link that it stands on, while there is one.
    pub share_id: Option<String>,
    /// Whether the person whose résumé it is wrote it, or a member of the team.
    pub by_owner: bool,
    /// The account that wrote it in a team, while there is one.
    pub author_id: Option<String>,
    /// What a reviewer calls themselves, or what the member of a team is called there.
    pub author: String,
    /// What it says.
    pub body: String,
    /// Whether it is settled.
    pub resolved: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A comment to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewComment<'a> {
    /// The résumé.
    pub resume_id: &'a str,
    /// The link that it stands on.
    pub share_id: Option<&'a str>,
    /// Whether the person whose résumé it is writes it, or a member of the team.
    pub by_owner: bool,
    /// The account that writes it in a team.
    pub author_id: Option<&'a str>,
    /// What a reviewer calls themselves, or what the member of a team is called there.
    pub author: &'a str,
    /// What it says.
    pub body: &'a str,
}
