//! Lever postings API: `GET /v0/postings/{site}?mode=json&skip=&limit=`, pages of a bare list.

use super::apply::{Applying, LeverForm};
use super::{Board, BoardError, KeyUse, Opening, Page, json, line, plain};
use crate::fetch::Fetched;
use serde::Deserialize;

/// The board.
pub struct Lever;

/// Openings of a page.
const LIMIT: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    id: String,
    text: String,
    #[serde(default)]
    categories: Categories,
    #[serde(default)]
    description: String,
    #[serde(default)]
    lists: Vec<List>,
    #[serde(default)]
    additional: String,
    hosted_url: String,
    apply_url: Option<String>,
    created_at: Option<i64>,
    workplace_type: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Categories {
    location: Option<String>,
    #[serde(default)]
    all_locations: Vec<String>,
}

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    text: String,
    #[serde(default)]
    content: String,
}

impl Board for Lever {
    fn name(&self) -> &'static str {
        "lever"
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        format!(
            "{}/v0/postings/{account}?mode=json&skip=0&limit={LIMIT}",
            server.unwrap_or("https://api.lever.co")
        )
    }
    fn applying(&self) -> Option<&'static dyn Applying> {
        Some(&LeverForm)
    }
    fn key(&self) -> KeyUse {
        KeyUse::Applying
    }
    fn read(&self, address: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let jobs: Vec<Job> = json(self.name(), page)?;
        let (head, rest) = address.split_once("skip=").unwrap_or((address, "0"));
        let skip: usize = rest.split('&').next().and_then(|s| s.parse().ok()).unwrap_or(0);
        let next = (jobs.len() == LIMIT).then(|| format!("{head}skip={}&limit={LIMIT}", skip + LIMIT));
        let openings = jobs.into_iter().map(|job| {
            let lists: String = job
                .lists
                .iter()
                .map(|l| format!("<h3>{}</h3><ul>{}</ul>", l.text, l.content))
                .collect();
            let places = job
                .categories
                .location
                .as_deref()
                .into_iter()
                .chain(job.categories.all_locations.iter().map(String::as_str));
            Opening {
                board: self.name().into(),
                company: Some(account.to_owned()),
                location: line(places.map(Some)),
                remote: job.workplace_type.as_deref() == Some("remote"),
                text: plain(&format!("{}{lists}{}", job.description, job.additional)),
                published: job
                    .created_at
                    .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
                    .and_then(|t| super::day(&t.to_string())),
                id: job.id,
                title: job.text,
                url: job.hosted_url,
                apply_url: job.apply_url,
                ..Opening::default()
            }
        });
        Ok(Page {
            openings: openings.collect(),
            next,
        })
    }
}
