//! Where to look, as a person writes it: `greenhouse:example`, `adzuna:gb?what=nurse&where=Leeds`, `feed:https://…`.

use super::{Board, BoardError, board};
use reqwest::Url;

/// Most characters of an account or a search.
const LONGEST: usize = 200;

/// What stands behind the name of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// The name of a company there.
    Account,
    /// An address.
    Address,
    /// `COUNTRY?what=WORDS&where=PLACE`, in one of these countries (ISO 3166, small letters).
    Search(&'static [&'static str]),
}

/// What is looked for. At least one of the two texts says something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// Country, `gb`.
    pub country: String,
    /// Words of the job.
    pub what: String,
    /// A place.
    pub place: String,
}

impl Search {
    /// Reads `gb?what=nurse&where=Leeds`; the values are written as in an address, where `+` and `%20` are spaces.
    pub fn parse(text: &str) -> Option<Search> {
        let (country, query) = text.split_once('?')?;
        // Only to have the query read.
        let address = Url::parse(&format!("https://search.invalid/?{query}")).ok()?;
        let mut search = Search {
            country: country.to_owned(),
            ..Search::default()
        };
        for (name, value) in address.query_pairs() {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            match &*name {
                "what" => search.what = value,
                "where" => search.place = value,
                _ => return None,
            }
        }
        (!search.what.is_empty() || !search.place.is_empty()).then_some(search)
    }
}

/// A board and what to ask of it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub(super) board: &'static dyn Board,
    pub(super) account: &'a str,
}

impl<'a> Source<'a> {
    /// Reads `greenhouse:example`.
    ///
    /// # Errors
    /// [`BoardError::Source`].
    pub fn parse(text: &'a str) -> Result<Source<'a>, BoardError> {
        let wrong = || BoardError::Source(text.chars().take(80).collect());
        let (name, account) = text.trim().split_once(':').ok_or_else(wrong)?;
        let board = board(name).ok_or_else(wrong)?;
        let right = match board.takes() {
            Takes::Account => is_plain(account),
            Takes::Address => account.starts_with("http://") || account.starts_with("https://"),
            Takes::Search(countries) => {
                account.chars().count() <= LONGEST
                    && Search::parse(account).is_some_and(|s| countries.contains(&s.country.as_str()))
            }
        };
        match right {
            true => Ok(Source { board, account }),
            false => Err(wrong()),
        }
    }

    /// The board.
    pub fn board(&self) -> &'static dyn Board {
        self.board
    }

    /// What stands behind its name.
    pub fn account(&self) -> &'a str {
        self.account
    }
}

/// Whether a text can be a part of an address as it is: the name of a company or the id of a posting.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && !text.contains("..")
}
