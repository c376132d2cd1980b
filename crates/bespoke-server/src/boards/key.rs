//! Keys for boards: a person's own for searches, an employer's for sending applications by API.

use crate::settings::Secret;

/// What a key of a board is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// It takes none.
    None,
    /// The person's own, without which it is not searched; a name goes with it: the id of the application, an e-mail address.
    Searching,
    /// An employer's, one for each account, without which it takes no application by API.
    Applying,
}

/// A key for a board.
#[derive(Debug, Clone)]
pub struct BoardKey {
    /// The board.
    pub board: String,
    /// The account there that it is for; empty for one that searches.
    pub account: String,
    /// What goes with it; empty for an employer's.
    pub name: String,
    /// The key.
    pub secret: Secret,
}

/// The keys that somebody has.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<BoardKey>);

impl Keys {
    /// These.
    pub fn new(keys: Vec<BoardKey>) -> Keys {
        Keys(keys)
    }

    /// The key that searches a board.
    pub fn searching(&self, board: &str) -> Option<&BoardKey> {
        self.applying(board, "")
    }

    /// The key of an account.
    pub fn applying(&self, board: &str, account: &str) -> Option<&BoardKey> {
        self.0.iter().find(|key| key.board == board && key.account == account)
    }
}
