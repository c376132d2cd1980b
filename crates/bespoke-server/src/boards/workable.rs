//! Workable's public widget: `GET /api/v1/widget/accounts/{account}?details=true`, all jobs in one answer.

use super::{Board, BoardError, Opening, Page, day, json, line, plain};
use crate::fetch::Fetched;
use serde::Deserialize;

/// The board.
pub struct Workable;

#[derive(Deserialize)]
struct List {
    name: Option<String>,
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    title: String,
    shortcode: String,
    url: String,
    application_url: Option<String>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    telecommuting: bool,
    city: Option<String>,
    state: Option<String>,
    country: Option<String>,
    published_on: Option<String>,
}

impl Board for Workable {
    fn name(&self) -> &'static str {
        "workable"
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        format!(
            "{}/api/v1/widget/accounts/{account}?details=true",
            server.unwrap_or("https://apply.workable.com")
        )
    }
    fn read(&self, _: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let list: List = json(self.name(), page)?;
        let company = list
            .name
            .filter(|n| !n.is_empty())
            .unwrap_or_else(|| account.to_owned());
        let openings = list.jobs.into_iter().map(|job| Opening {
            board: self.name().into(),
            company: Some(company.clone()),
            location: line([job.city.as_deref(), job.state.as_deref(), job.country.as_deref()]),
            remote: job.telecommuting,
            text: plain(&job.description),
            published: job.published_on.as_deref().and_then(day),
            id: job.shortcode,
            title: job.title,
            url: job.url,
            apply_url: job.application_url,
            ..Opening::default()
        });
        Ok(Page {
            openings: openings.collect(),
            next: None,
        })
    }
}
