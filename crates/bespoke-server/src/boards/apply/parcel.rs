//! All that goes to a board in one application: shown before it is sent, kept after.

use super::{BoardError, Body, Companion, Fills, Form, Posting, Slot, SlotKind};
use crate::sharing::hex;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bespoke_core::resume::{Contact, Resume};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Most characters of one answer, and most answers to one question.
const ANSWER: (usize, usize) = (10_000, 100);

/// A file to go with an application.
#[derive(Debug, Clone)]
pub struct Attached {
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A letter to go with an application: as a file or as text, as the board wants it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// As a file.
    pub file: Attached,
    /// As text.
    pub text: String,
}

/// An answer to a question.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldSent {
    /// What is asked.
    #[serde(flatten)]
    pub slot: Slot,
    /// The answer; several to a question of any choices, none where it is left open.
    pub values: Vec<String>,
    /// What goes with an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Companion>,
}

/// A file in an application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileSent {
    /// Name of the question on the board.
    pub name: String,
    /// The question.
    pub label: String,
    /// Name of the file.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// The file.
    #[serde(serialize_with = "as_base64", deserialize_with = "from_base64")]
    pub bytes: Vec<u8>,
}

impl FileSent {
    /// SHA-256 of the file in hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }
}

/// All of an application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parcel {
    /// The board.
    pub board: String,
    /// The account there.
    pub account: String,
    /// The posting there.
    pub posting: String,
    /// The address that it goes to.
    pub to: String,
    /// Title of the job.
    pub title: String,
    /// Employer.
    pub company: String,
    /// Page of the posting.
    pub url: String,
    /// Last day to apply.
    pub closes: Option<String>,
    /// The answers, in the order of the posting.
    pub fields: Vec<FieldSent>,
    /// The files.
    pub files: Vec<FileSent>,
    /// Names of questions that the board wants answered and are not.
    pub missing: Vec<String>,
}

impl Parcel {
    /// The posting that it is for.
    pub fn posting(&self) -> Posting<'_> {
        Posting {
            board: &self.board,
            account: &self.account,
            id: &self.posting,
        }
    }

    /// SHA-256 over everything that is sent, in hexadecimal: the address, each name and value, each file.
    pub fn digest(&self) -> String {
        let mut sum = Sha256::new();
        let mut add = |text: &[u8]| {
            // With its length, so that no two parcels give the same bytes.
            sum.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            sum.update(text);
        };
        add(self.to.as_bytes());
        for (name, value) in self.pairs() {
            add(b"field");
            add(name.as_bytes());
            add(value.as_bytes());
        }
        for file in &self.files {
            add(b"file");
            add(file.name.as_bytes());
            add(file.file_name.as_bytes());
            add(file.media_type.as_bytes());
            add(&file.bytes);
        }
        hex(&sum.finalize())
    }

    /// Every name and value that is sent.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter(|f| !f.values.is_empty()).flat_map(|field| {
            let with = field.with.iter().map(|c| (c.name.as_str(), c.value.as_str()));
            let values = field.values.iter().map(|v| (field.slot.name.as_str(), v.as_str()));
            with.chain(values)
        })
    }

    /// As a multipart form (RFC 7578).
    pub(super) fn body(&self) -> Body {
        let digest = self.digest();
        let boundary = format!("bespoke-{}", &digest[..40]);
        let mut bytes = Vec::new();
        let mut part = |head: String, body: &[u8]| {
            bytes.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
            bytes.extend_from_slice(body);
            bytes.extend_from_slice(b"\r\n");
        };
        for (name, value) in self.pairs() {
            part(
                format!("Content-Disposition: form-data; name=\"{}\"", quoted(name)),
                value.as_bytes(),
            );
        }
        for file in &self.files {
            let head = format!(
                "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}",
                quoted(&file.name),
                quoted(&file.file_name),
                file.media_type
            );
            part(head, &file.bytes);
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Body {
            media_type: format!("multipart/form-data; boundary={boundary}"),
            bytes,
        }
    }
}

/// Answers what a posting asks: with the person's own answers by the names of the questions, else from the résumé. An empty
/// answer leaves a question open.
///
/// # Errors
/// [`BoardError::Answer`]: an answer to what is not asked, not one of the choices, or too long.
pub fn fill(
    posting: Posting<'_>,
    (form, to): (Form, String),
    resume: &Resume,
    answers: &BTreeMap<String, Vec<String>>,
    file: Attached,
    letter: Option<Letter>,
) -> Result<Parcel, BoardError> {
    if let Some(unknown) = answers
        .keys()
        .find(|name| !form.slots.iter().any(|s| s.name == **name && s.kind != SlotKind::File))
    {
        return Err(BoardError::Answer(format!("the posting does not ask for {unknown}")));
    }
    let mut parcel = Parcel {
        board: posting.board.to_owned(),
        account: posting.account.to_owned(),
        posting: posting.id.to_owned(),
        to,
        title: form.title,
        company: form.company.unwrap_or_else(|| posting.account.to_owned()),
        url: form.url,
        closes: form.closes,
        fields: Vec::new(),
        files: Vec::new(),
        missing: Vec::new(),
    };
    for slot in form.slots {
        let answered = match slot.kind {
            SlotKind::File => {
                let attached = match slot.fills {
                    Some(Fills::Resume) => Some(&file),
                    Some(Fills::LetterFile) => letter.as_ref().map(|l| &l.file),
                    _ => None,
                };
                parcel.files.extend(attached.map(|file| FileSent {
                    name: slot.name.clone(),
                    label: slot.label.clone(),
                    file_name: file.file_name.clone(),
                    media_type: file.media_type.clone(),
                    bytes: file.bytes.clone(),
                }));
                attached.is_some()
            }
            _ => {
                let values: Vec<String> = match answers.get(&slot.name) {
                    Some(own) => own
                        .iter()
                        .map(|v| v.trim().to_owned())
                        .filter(|v| !v.is_empty())
                        .collect(),
                    None => slot
                        .fills
                        .and_then(|f| known(f, resume, letter.as_ref()))
                        .into_iter()
                        .collect(),
                };
                check(&slot, &values)?;
                let answered = !values.is_empty();
                parcel.fields.push(FieldSent {
                    with: slot.with.clone(),
                    slot: slot.clone(),
                    values,
                });
                answered
            }
        };
        if slot.required && !answered {
            parcel.missing.push(slot.name);
        }
    }
    Ok(parcel)
}

fn check(slot: &Slot, values: &[String]) -> Result<(), BoardError> {
    let wrong = |why: &str| Err(BoardError::Answer(format!("{}: {why}", slot.label)));
    let most = if slot.kind == SlotKind::Choices { ANSWER.1 } else { 1 };
    if values.len() > most {
        return wrong("too many answers");
    }
    if values.iter().any(|v| v.chars().count() > ANSWER.0) {
        return wrong("the answer is too long");
    }
    let chosen = matches!(slot.kind, SlotKind::Choice | SlotKind::Choices);
    match chosen && values.iter().any(|v| !slot.choices.iter().any(|c| c.value == *v)) {
        true => wrong("this is none of the answers to choose from"),
        false => Ok(()),
    }
}

/// What the résumé says to a question.
fn known(fills: Fills, resume: &Resume, letter: Option<&Letter>) -> Option<String> {
    let contact = &resume.contact;
    let name = || contact.name.as_ref().map(|n| n.value.trim());
    let value = match fills {
        Fills::FullName => name()?.to_owned(),
        Fills::FirstName => name()
            .map(|n| n.rsplit_once(char::is_whitespace).map_or(n, |(first, _)| first))?
            .to_owned(),
        Fills::LastName => name()?.rsplit_once(char::is_whitespace)?.1.to_owned(),
        Fills::Email => contact.email.as_ref()?.value.clone(),
        Fills::Phone => contact.phone.as_ref()?.value.clone(),
        Fills::Location => {
            let place = contact.location.as_ref()?;
            let parts = [
                place.city.as_deref(),
                place.region.as_deref(),
                place.country_code.as_deref(),
            ];
            let text = place.text.as_ref().map(|t| t.value.clone());
            text.or_else(|| crate::boards::line(parts))?
        }
        Fills::Employer => resume.work.first()?.company.as_ref()?.value.clone(),
        Fills::Link(site) => link(contact, site)?,
        Fills::LetterText => letter?.text.clone(),
        Fills::Resume | Fills::LetterFile => return None,
    };
    Some(value.trim().to_owned()).filter(|v| !v.is_empty())
}

/// The person's page on a site; for an empty name the page of their own.
fn link(contact: &Contact, site: &str) -> Option<String> {
    match site {
        "" => contact.url.as_ref().map(|u| u.value.clone()),
        site => {
            let all = contact.profiles.iter().map(|p| &p.url.value);
            let mut all = all.chain(contact.url.as_ref().map(|u| &u.value));
            all.find(|u| u.to_lowercase().contains(site)).cloned()
        }
    }
}

/// A name inside quotes of a header, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn as_base64<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&BASE64_STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(from)?;
    BASE64_STANDARD.decode(text).map_err(serde::de::Error::custom)
}
