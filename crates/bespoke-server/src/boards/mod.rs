//! Openings from job boards: the public lists of Greenhouse, Lever, Ashby, Workable, Recruitee and SmartRecruiters, feeds,
//! and pages with JobPosting data. A place goes in, openings come out; nothing is ever sent but the request for a list.
//!
//! A [`Board`] only knows addresses and shapes. Fetching, paging, patience with busy servers and the limits are the same for
//! all of them, and stand here.

mod ashby;
mod feed;
mod greenhouse;
mod lever;
mod page;
mod rank;
mod recruitee;
mod same;
mod smartrecruiters;
#[cfg(test)]
mod tests;
mod workable;

pub use rank::{Ranked, rank};
pub use same::merge;

use crate::fetch::{FetchError, Fetched, Fetcher};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Most pages of one list.
const MAX_PAGES: usize = 20;
/// Most openings of one list.
const MAX_OPENINGS: usize = 1_000;
/// Most openings whose own page is fetched because the list does not describe them.
const MAX_DETAILS: usize = 100;
/// How often a request is made before it counts as failed.
const TRIES: u32 = 3;

/// Why a board gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    /// No such board, or no such account name.
    #[error("{0}: write BOARD:ACCOUNT, as in greenhouse:example; boards are {BOARDS}; or feed:ADDRESS, page:ADDRESS")]
    Source(String),
    /// The board does not know the account.
    #[error("{board} knows no account {account}")]
    Unknown {
        /// The board.
        board: &'static str,
        /// What was asked for.
        account: String,
    },
    /// It answered in another shape than it documents.
    #[error("{board} answered in a shape that we do not know: {detail}")]
    Shape {
        /// The board.
        board: &'static str,
        /// What is wrong.
        detail: String,
    },
    /// It could not be fetched.
    #[error("{board}: {error}")]
    Fetch {
        /// The board.
        board: &'static str,
        /// Why.
        error: FetchError,
    },
}

/// The boards, for messages.
const BOARDS: &str = "greenhouse, lever, ashby, workable, recruitee, smartrecruiters";

/// A job that is open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Opening {
    /// Where it was found: `greenhouse`, `lever` …
    pub board: String,
    /// Its id there.
    pub id: String,
    /// Job title.
    pub title: String,
    /// Employer, where named.
    pub company: Option<String>,
    /// Place or places, as one line.
    pub location: Option<String>,
    /// True where the board says that it can be done from anywhere.
    pub remote: bool,
    /// Its page.
    pub url: String,
    /// Where one applies, where that is another page.
    pub apply_url: Option<String>,
    /// The description as text.
    pub text: String,
    /// Day of publication, `2026-01-31`.
    pub published: Option<String>,
    /// Last day to apply, `2026-01-31`.
    pub closes: Option<String>,
    /// Other pages that show the same job.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Opening {
    /// The job description as [`bespoke_core::job::read_job`] reads it.
    pub fn posting_text(&self) -> String {
        let line = |label: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |v| format!("{label}: {v}\n"))
        };
        format!(
            "{}\n\n{}{}\n{}",
            self.title,
            line("Company", &self.company),
            line("Location", &self.location),
            self.text
        )
    }
}

/// One answer of a board.
#[derive(Debug, Default)]
pub struct Page {
    openings: Vec<Opening>,
    /// Address of the next page.
    next: Option<String>,
}

/// A board: addresses and shapes.
pub trait Board: Send + Sync {
    /// Its name, as in `greenhouse:example`.
    fn name(&self) -> &'static str;
    /// Address of the first page of an account's list. `server` takes the place of the board's own one where it is given.
    fn first(&self, server: Option<&str>, account: &str) -> String;
    /// Reads a page of the list.
    ///
    /// # Errors
    /// [`BoardError::Shape`].
    fn read(&self, address: &str, account: &str, page: &Fetched) -> Result<Page, BoardError>;
    /// Address of the description of an opening, where the list does not have it.
    fn detail(&self, _address: &str, _opening: &Opening) -> Option<String> {
        None
    }
    /// Reads that description.
    ///
    /// # Errors
    /// [`BoardError::Shape`].
    fn complete(&self, _opening: &mut Opening, _page: &Fetched) -> Result<(), BoardError> {
        Ok(())
    }
    /// Whether the account is an address.
    fn takes_address(&self) -> bool {
        false
    }
}

/// All of them.
pub const ALL: [&dyn Board; 8] = [
    &greenhouse::Greenhouse,
    &lever::Lever,
    &ashby::Ashby,
    &workable::Workable,
    &recruitee::Recruitee,
    &smartrecruiters::SmartRecruiters,
    &feed::Feed,
    &page::JobPage,
];

/// A board and an account there.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    board: &'static dyn Board,
    account: &'a str,
}

impl<'a> Source<'a> {
    /// Reads `greenhouse:example`.
    ///
    /// # Errors
    /// [`BoardError::Source`].
    pub fn parse(text: &'a str) -> Result<Source<'a>, BoardError> {
        let wrong = || BoardError::Source(text.chars().take(80).collect());
        let (board, account) = text.trim().split_once(':').ok_or_else(wrong)?;
        let board = *ALL.iter().find(|b| b.name() == board).ok_or_else(wrong)?;
        let plain = !account.is_empty()
            && account.len() <= 80
            && account
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            && !account.contains("..");
        let address = account.starts_with("http://") || account.starts_with("https://");
        match if board.takes_address() { address } else { plain } {
            true => Ok(Source { board, account }),
            false => Err(wrong()),
        }
    }
}

/// What a board gave.
#[derive(Debug, Default)]
pub struct Found {
    /// The openings.
    pub openings: Vec<Opening>,
    /// Why there may be more, where the list broke off.
    pub cut: Option<String>,
}

/// Asks boards, with limits and with patience.
pub struct Asker {
    fetcher: Fetcher,
    /// Longest wait that a busy server may ask for.
    pub patience: Duration,
    /// Server that takes the place of the boards' own ones: only for tests.
    server: Option<String>,
}

impl Default for Asker {
    fn default() -> Self {
        Asker {
            fetcher: Fetcher::default().with_max_bytes(16 << 20),
            patience: Duration::from_secs(10),
            server: None,
        }
    }
}

impl Asker {
    /// All openings of a source, up to the limits. A list that breaks off in the middle gives what came before.
    ///
    /// # Errors
    /// [`BoardError`] where not even the first page came.
    pub async fn openings(&self, source: Source<'_>) -> Result<Found, BoardError> {
        let Source { board, account } = source;
        let mut address = board.first(self.server.as_deref(), account);
        let mut found = Found::default();
        for n in 0..MAX_PAGES {
            let page = match self
                .fetch(board, account, &address)
                .await
                .and_then(|page| board.read(&address, account, &page))
            {
                Ok(page) => page,
                Err(error) if n == 0 => return Err(error),
                Err(error) => {
                    found.cut = Some(error.to_string());
                    break;
                }
            };
            let empty = page.openings.is_empty();
            found.openings.extend(page.openings);
            match page.next {
                Some(next) if !empty && found.openings.len() < MAX_OPENINGS => address = next,
                _ => break,
            }
            if n + 1 == MAX_PAGES {
                found.cut = Some(format!("only the first {MAX_PAGES} pages were read"));
            }
        }
        found.openings.truncate(MAX_OPENINGS);
        let first = board.first(self.server.as_deref(), account);
        for opening in found
            .openings
            .iter_mut()
            .filter(|o| o.text.is_empty())
            .take(MAX_DETAILS)
        {
            let Some(address) = board.detail(&first, opening) else {
                continue;
            };
            let read = self
                .fetch(board, account, &address)
                .await
                .and_then(|page| board.complete(opening, &page));
            if let Err(error) = read {
                found.cut = Some(format!("some descriptions are missing: {error}"));
            }
        }
        Ok(found)
    }

    /// Fetches; waits as long as a busy server asks, within our patience.
    async fn fetch(&self, board: &'static dyn Board, account: &str, address: &str) -> Result<Fetched, BoardError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let error = match self.fetcher.fetch(address).await {
                Ok(page) => return Ok(page),
                Err(error) => error,
            };
            let wait = match &error {
                FetchError::Busy { seconds, .. } => Duration::from_secs(seconds.unwrap_or(1)),
                FetchError::Status(500 | 502 | 504) | FetchError::Time => Duration::from_millis(500),
                FetchError::Status(404) => {
                    return Err(BoardError::Unknown {
                        board: board.name(),
                        account: account.to_owned(),
                    });
                }
                _ => {
                    return Err(BoardError::Fetch {
                        board: board.name(),
                        error,
                    });
                }
            };
            if tries == TRIES || wait > self.patience {
                return Err(BoardError::Fetch {
                    board: board.name(),
                    error,
                });
            }
            tokio::time::sleep(wait.min(self.patience)).await;
        }
    }
}

/// Reads an answer as JSON of a shape.
fn json<T: serde::de::DeserializeOwned>(board: &'static str, page: &Fetched) -> Result<T, BoardError> {
    serde_json::from_slice(&page.bytes).map_err(|e| BoardError::Shape {
        board,
        detail: e.to_string(),
    })
}

/// Text of a piece of HTML.
fn plain(html: &str) -> String {
    bespoke_core::job::from_html(&format!("<html><body><main>{html}</main></body></html>"))
        .text
        .trim()
        .to_owned()
}

/// The day of an RFC 3339 time.
fn day(time: &str) -> Option<String> {
    let day = time.get(..10)?;
    day.parse::<bespoke_core::date::PartialDate>()
        .ok()
        .map(|_| day.to_owned())
}

/// Non-empty parts as one line.
fn line<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for part in parts.into_iter().flatten().map(str::trim).filter(|p| !p.is_empty()) {
        if !out.contains(&part) {
            out.push(part);
        }
    }
    (!out.is_empty()).then(|| out.join(", "))
}
