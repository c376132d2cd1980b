//! Ashby job posting API: `GET /posting-api/job-board/{name}`, all jobs in one answer; those that are not listed are left out.

use super::{Board, BoardError, Opening, Page, day, json, line, plain};
use crate::fetch::Fetched;
use serde::Deserialize;

/// The board.
pub struct Ashby;

#[derive(Deserialize)]
struct List {
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    id: Option<String>,
    title: String,
    location: Option<String>,
    #[serde(default)]
    secondary_locations: Vec<Place>,
    is_listed: Option<bool>,
    is_remote: Option<bool>,
    description_html: Option<String>,
    description_plain: Option<String>,
    published_at: Option<String>,
    job_url: String,
    apply_url: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    location: Option<String>,
}

impl Board for Ashby {
    fn name(&self) -> &'static str {
        "ashby"
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        format!(
            "{}/posting-api/job-board/{account}?includeCompensation=true",
            server.unwrap_or("https://api.ashbyhq.com")
        )
    }
    fn read(&self, _: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let list: List = json(self.name(), page)?;
        let listed = list.jobs.into_iter().filter(|j| j.is_listed != Some(false));
        let openings = listed.map(|job| {
            let places = std::iter::once(job.location.as_deref())
                .chain(job.secondary_locations.iter().map(|p| p.location.as_deref()));
            Opening {
                board: self.name().into(),
                company: Some(account.to_owned()),
                location: line(places),
                remote: job.is_remote == Some(true),
                text: match job.description_html {
                    Some(html) if !html.is_empty() => plain(&html),
                    _ => job.description_plain.unwrap_or_default(),
                },
                published: job.published_at.as_deref().and_then(day),
                id: job.id.unwrap_or_else(|| job.job_url.clone()),
                title: job.title,
                url: job.job_url,
                apply_url: job.apply_url,
                ..Opening::default()
            }
        });
        Ok(Page {
            openings: openings.collect(),
            next: None,
        })
    }
}
