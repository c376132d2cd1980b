//! Openings from job boards: the public lists of Greenhouse, Lever, Ashby, Workable, Recruitee and SmartRecruiters, the
//! searches of Adzuna and USAJOBS with a person's own key, feeds, and pages with JobPosting data. A place goes in, openings
//! come out; nothing is sent but the request for a list. What sends an application stands in [`apply`].
//!
//! A [`Board`] only knows addresses and shapes. Fetching, paging, patience with busy servers and the limits are the same for
//! all of them, and stand in [`Asker`].

pub mod apply;

mod adzuna;
mod ashby;
mod asker;
mod feed;
mod greenhouse;
mod key;
mod lever;
mod page;
mod rank;
mod recruitee;
mod same;
#[cfg(test)]
mod search_tests;
mod smartrecruiters;
mod source;
#[cfg(test)]
mod tests;
mod usajobs;
mod workable;

pub use asker::{Asker, Found};
pub use key::{BoardKey, KeyUse, Keys};
pub use rank::{Ranked, rank};
pub use same::merge;
pub use source::{Search, Source, Takes};

use crate::fetch::{FetchError, Fetched, Request};
use serde::{Deserialize, Serialize};

/// Why a board gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    /// No such board, or no such account name.
    #[error(
        "{0}: write BOARD:ACCOUNT, as in greenhouse:example; boards are {BOARDS}; adzuna:COUNTRY?what=WORDS&where=PLACE, usajobs:us?what=WORDS&where=PLACE; or feed:ADDRESS, page:ADDRESS"
    )]
    Source(String),
    /// It is searched only with a key.
    #[error(
        "{0} is searched with a key of your own, which is free: enter it in the settings under Job boards (the command takes it from its environment: bespoke jobs --help)"
    )]
    NoKey(&'static str),
    /// It does not take the key.
    #[error("{0} does not accept your key: enter it again in the settings under Job boards")]
    KeyRefused(&'static str),
    /// What the person answered does not fit what the posting asks.
    #[error("{0}")]
    Answer(String),
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

/// What a job pays, as its board says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Pay {
    /// Lowest amount.
    pub min: Option<f64>,
    /// Highest amount.
    pub max: Option<f64>,
    /// ISO 4217: `GBP`.
    pub currency: String,
    /// For how long it is paid.
    pub per: Period,
    /// True where the board guesses it.
    pub estimated: bool,
}

/// For how long an amount is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week or two, a month, a task: what the board does not say in other words.
    Other,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A job that is open.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Opening {
    /// Where it was found: `greenhouse`, `lever` …
    pub board: String,
    /// The account there, or the search, as its source names it.
    #[serde(default)]
    #[schema(required)]
    pub account: String,
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
    /// What it pays, where the board says.
    #[serde(default)]
    pub pay: Option<Pay>,
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
    /// What stands behind its name in a source.
    fn takes(&self) -> Takes {
        Takes::Account
    }
    /// What a key is for, where it takes one.
    fn key(&self) -> KeyUse {
        KeyUse::None
    }
    /// The request for an address of a list, with the key where it wants one.
    fn request(&self, address: &str, _key: Option<&BoardKey>) -> Request {
        Request::new(address)
    }
    /// How it takes applications by API, where it does.
    fn applying(&self) -> Option<&'static dyn apply::Applying> {
        None
    }
}

/// All of them.
pub const ALL: [&dyn Board; 10] = [
    &greenhouse::Greenhouse,
    &lever::Lever,
    &ashby::Ashby,
    &workable::Workable,
    &recruitee::Recruitee,
    &smartrecruiters::SmartRecruiters,
    &adzuna::Adzuna,
    &usajobs::UsaJobs,
    &feed::Feed,
    &page::JobPage,
];

/// The board of a name.
pub fn board(name: &str) -> Option<&'static dyn Board> {
    ALL.into_iter().find(|board| board.name() == name)
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
