//! Greenhouse job board API: `GET /v1/boards/{token}/jobs?content=true`, all jobs in one answer, descriptions as escaped HTML.

use super::apply::{Applying, GreenhouseForm};
use super::{Board, BoardError, KeyUse, Opening, Page, day, json, plain};
use crate::fetch::Fetched;
use serde::Deserialize;

/// The board.
pub struct Greenhouse;

#[derive(Deserialize)]
struct List {
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    id: u64,
    title: String,
    absolute_url: String,
    #[serde(default)]
    content: String,
    location: Option<Place>,
    company_name: Option<String>,
    first_published: Option<String>,
    updated_at: Option<String>,
    application_deadline: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    name: Option<String>,
}

impl Board for Greenhouse {
    fn name(&self) -> &'static str {
        "greenhouse"
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        format!(
            "{}/v1/boards/{account}/jobs?content=true",
            server.unwrap_or("https://boards-api.greenhouse.io")
        )
    }
    fn applying(&self) -> Option<&'static dyn Applying> {
        Some(&GreenhouseForm)
    }
    fn key(&self) -> KeyUse {
        KeyUse::Applying
    }
    fn read(&self, _: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let list: List = json(self.name(), page)?;
        let openings = list.jobs.into_iter().map(|job| {
            let location = job.location.and_then(|l| l.name);
            Opening {
                board: self.name().into(),
                id: job.id.to_string(),
                remote: location.as_ref().is_some_and(|l| l.to_lowercase().contains("remote")),
                company: Some(job.company_name.unwrap_or_else(|| account.to_owned())),
                // The description is HTML inside of HTML.
                text: plain(&unescaped(&job.content)),
                published: job.first_published.or(job.updated_at).as_deref().and_then(day),
                closes: job.application_deadline.as_deref().and_then(day),
                title: job.title,
                url: job.absolute_url,
                location,
                ..Opening::default()
            }
        });
        Ok(Page {
            openings: openings.collect(),
            next: None,
        })
    }
}

/// HTML whose signs were escaped once.
fn unescaped(text: &str) -> String {
    if !text.contains("&lt;") {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
