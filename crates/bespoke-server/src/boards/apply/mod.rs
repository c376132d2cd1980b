//! Applying by API, where a board takes applications that way: what a posting asks goes in with what the person has, a
//! [`Parcel`] comes out that shows all that would be sent. Only a parcel is ever sent, and only once: whoever calls
//! [`Asker::send`] has had it confirmed by the person.

mod greenhouse;
mod lever;
mod parcel;
mod recruitee;
#[cfg(test)]
mod tests;

pub use greenhouse::GreenhouseForm;
pub use lever::LeverForm;
pub use parcel::{Attached, FieldSent, FileSent, Letter, Parcel, fill};
pub use recruitee::RecruiteeForm;

use super::source::is_plain;
use super::{Asker, BoardError, BoardKey, Keys, board};
use crate::fetch::{Body, FetchError, Fetched, Reply, Request, SendError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Most characters that are kept of what a board said.
const SAID: usize = 400;

/// What a posting asks.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Title of the job.
    pub title: String,
    /// Employer, where named.
    pub company: Option<String>,
    /// Page of the posting.
    pub url: String,
    /// Last day to apply, `2026-01-31`.
    pub closes: Option<String>,
    /// What the address of the application needs beside the id.
    handle: Option<String>,
    /// What is asked, in the board's order.
    pub slots: Vec<Slot>,
}

/// One thing that a posting asks.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PostingSlot)]
pub struct Slot {
    /// Its name on the board.
    pub name: String,
    /// The question.
    pub label: String,
    /// Whether the board wants an answer.
    pub required: bool,
    /// How it is answered.
    pub kind: SlotKind,
    /// The answers to choose from.
    pub choices: Vec<Choice>,
    /// What of the résumé answers it.
    #[serde(skip)]
    fills: Option<Fills>,
    /// What is sent along with an answer.
    #[serde(skip)]
    with: Option<Companion>,
}

/// A name and its value that are sent along with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Companion {
    /// Its name on the board.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SlotKind {
    /// With a line.
    #[default]
    Text,
    /// With some lines.
    LongText,
    /// With one of the choices.
    Choice,
    /// With any of the choices.
    Choices,
    /// With a file.
    File,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it means.
    pub label: String,
}

/// What answers a question by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fills {
    FirstName,
    LastName,
    FullName,
    Email,
    Phone,
    Location,
    /// The employer of the newest job.
    Employer,
    /// The first address that is on this site, or any other one for an empty name.
    Link(&'static str),
    Resume,
    LetterFile,
    LetterText,
}

impl Slot {
    fn new(name: &str, label: &str, required: bool, kind: SlotKind) -> Slot {
        Slot {
            name: name.to_owned(),
            label: label.to_owned(),
            required,
            kind,
            ..Slot::default()
        }
    }

    fn filled_with(mut self, fills: Fills) -> Slot {
        self.fills = Some(fills);
        self
    }
}

/// What a board made of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It has it: its words, and its id for it where it gave one.
    Taken {
        /// What it said.
        said: String,
        /// Its id.
        receipt: Option<String>,
    },
    /// It did not take it, and says why.
    Refused(String),
    /// Nobody can tell from the answer.
    Unclear(String),
}

/// How a board takes applications: addresses and shapes.
pub trait Applying: Sync {
    /// Whether it wants the employer's key.
    fn needs_key(&self) -> bool;
    /// Address of what a posting asks.
    fn form_address(&self, server: Option<&str>, account: &str, posting: &str) -> String;
    /// Reads it.
    ///
    /// # Errors
    /// [`BoardError::Shape`].
    fn read_form(&self, page: &Fetched) -> Result<Form, BoardError>;
    /// Address that the application goes to, without a key.
    fn address(&self, server: Option<&str>, account: &str, posting: &str, form: &Form) -> String;
    /// The request for that address, with the key where it wants one.
    fn request(&self, address: &str, key: Option<&BoardKey>) -> Request;
    /// What the answer means, where it is one of success; `None` where it has another shape.
    fn taken(&self, answer: &Value) -> Option<Verdict>;
}

/// Why nothing was applied for.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Nothing was sent.
    #[error("nothing was sent: {0}")]
    NotSent(BoardError),
    /// The board did not take it.
    #[error("{board} did not take the application ({status}){}: nothing is recorded as applied", after(.said))]
    Refused {
        /// The board.
        board: String,
        /// What it answered.
        status: u16,
        /// In its words; may repeat what the person sent.
        said: Said,
    },
    /// The answer was lost or says nothing.
    #[error(
        "{board} may or may not have the application ({why}): nothing is recorded as applied; look for its confirmation in your mail before you try again"
    )]
    Unsure {
        /// The board.
        board: String,
        /// Why nobody knows.
        why: String,
    },
}

/// Words of a board, which may repeat those of a person: shown to that person, never to the log.
#[derive(Clone, Default)]
pub struct Said(pub String);

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

fn after(said: &Said) -> String {
    match said.0.is_empty() {
        true => String::new(),
        false => format!(": “{}”", said.0),
    }
}

/// Which posting.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    /// The board: `greenhouse`.
    pub board: &'a str,
    /// The account there.
    pub account: &'a str,
    /// Its id there.
    pub id: &'a str,
}

impl Posting<'_> {
    /// How the board takes applications for it; `None` where it does not.
    ///
    /// # Errors
    /// [`BoardError::Answer`] where the id or the account is none.
    pub fn applying(&self) -> Result<Option<&'static dyn Applying>, BoardError> {
        let known = board(self.board).ok_or_else(|| BoardError::Answer(format!("there is no board {}", self.board)))?;
        match known.applying() {
            Some(applying) if is_plain(self.account) && is_plain(self.id) => Ok(Some(applying)),
            Some(_) => Err(BoardError::Answer("this is no posting of that board".into())),
            None => Ok(None),
        }
    }
}

impl Asker {
    /// What a posting asks, and where an answer goes.
    ///
    /// # Errors
    /// [`BoardError`].
    pub async fn form(&self, posting: Posting<'_>, how: &dyn Applying) -> Result<(Form, String), BoardError> {
        let server = self.server.as_deref();
        let address = how.form_address(server, posting.account, posting.id);
        let name = board(posting.board).map_or("", |b| b.name());
        let page = self.fetch(name, posting.account, &Request::new(&address)).await?;
        let form = how.read_form(&page)?;
        let to = how.address(server, posting.account, posting.id, &form);
        Ok((form, to))
    }

    /// Sends a parcel, once. Nothing that fails here is tried again: the person decides.
    ///
    /// # Errors
    /// [`ApplyError`] says whether the board can have it.
    pub async fn send(&self, parcel: &Parcel, keys: &Keys) -> Result<(String, Option<String>), ApplyError> {
        let posting = parcel.posting();
        let not_sent = |error| ApplyError::NotSent(error);
        let how = posting.applying().map_err(not_sent)?;
        let how = how.ok_or_else(|| not_sent(BoardError::Answer("this board takes no applications by API".into())))?;
        let name = board(posting.board).map_or("", |b| b.name());
        let key = keys.applying(posting.board, posting.account);
        if how.needs_key() && key.is_none() {
            return Err(not_sent(BoardError::NoKey(name)));
        }
        let unsure = |why: String| ApplyError::Unsure {
            board: name.to_owned(),
            why,
        };
        let reply = match self.fetcher.send(&how.request(&parcel.to, key), parcel.body()).await {
            Ok(reply) => reply,
            Err(SendError::NotSent(error)) => return Err(not_sent(BoardError::Fetch { board: name, error })),
            Err(SendError::Unsure(error)) => return Err(unsure(error.to_string())),
        };
        match verdict(how, &reply) {
            Verdict::Taken { said, receipt } => Ok((said, receipt)),
            Verdict::Refused(said) => Err(ApplyError::Refused {
                board: name.to_owned(),
                status: reply.status,
                said: Said(said),
            }),
            Verdict::Unclear(why) => Err(unsure(why)),
        }
    }
}

fn verdict(how: &dyn Applying, reply: &Reply) -> Verdict {
    let answer: Option<Value> = serde_json::from_slice(&reply.bytes).ok();
    match reply.status {
        200..300 => answer
            .as_ref()
            .and_then(|a| how.taken(a))
            .unwrap_or_else(|| Verdict::Unclear("it answered in a shape that we do not know".into())),
        401 | 403 => Verdict::Refused("it does not accept the employer's key".into()),
        429 => Verdict::Refused(match reply.retry_after {
            Some(seconds) => format!("it is busy: try again in {seconds} seconds"),
            None => "it is busy: try again later".into(),
        }),
        // A server that fails may have kept what it got.
        500.. => Verdict::Unclear(FetchError::Status(reply.status).to_string()),
        _ => Verdict::Refused(answer.as_ref().map(said).unwrap_or_default()),
    }
}

/// What a board says in an answer: its texts, in their order.
fn said(answer: &Value) -> String {
    fn collect(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::String(text) if !text.trim().is_empty() => out.push(text.trim().to_owned()),
            Value::Array(all) => all.iter().for_each(|v| collect(v, out)),
            Value::Object(all) => all.values().for_each(|v| collect(v, out)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    collect(answer, &mut texts);
    texts.join("; ").chars().take(SAID).collect()
}
