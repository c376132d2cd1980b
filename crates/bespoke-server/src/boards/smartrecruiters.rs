//! SmartRecruiters posting API: `GET /v1/companies/{id}/postings?limit=&offset=` in pages, each posting's text at its own address.

use super::{Board, BoardError, Opening, Page, day, json, line, plain};
use crate::fetch::Fetched;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The board.
pub struct SmartRecruiters;

/// Openings of a page.
const LIMIT: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    offset: usize,
    total_found: usize,
    content: Vec<Job>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    id: String,
    name: String,
    released_date: Option<String>,
    #[serde(default)]
    location: Place,
    company: Option<Company>,
}

#[derive(Deserialize, Default)]
struct Place {
    city: Option<String>,
    region: Option<String>,
    country: Option<String>,
    #[serde(default)]
    remote: bool,
}

#[derive(Deserialize)]
struct Company {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    job_ad: Ad,
    apply_url: Option<String>,
    posting_url: Option<String>,
}

#[derive(Deserialize)]
struct Ad {
    sections: BTreeMap<String, Section>,
}

#[derive(Deserialize, Default)]
struct Section {
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

impl Board for SmartRecruiters {
    fn name(&self) -> &'static str {
        "smartrecruiters"
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        format!(
            "{}/v1/companies/{account}/postings?limit={LIMIT}&offset=0",
            server.unwrap_or("https://api.smartrecruiters.com")
        )
    }
    fn read(&self, address: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let list: List = json(self.name(), page)?;
        let read = list.offset + list.content.len();
        let head = address.split_once("offset=").map_or(address, |(head, _)| head);
        let next = (read < list.total_found).then(|| format!("{head}offset={read}"));
        let openings = list.content.into_iter().map(|job| Opening {
            board: self.name().into(),
            company: job.company.and_then(|c| c.name).or_else(|| Some(account.to_owned())),
            location: line([
                job.location.city.as_deref(),
                job.location.region.as_deref(),
                job.location.country.as_deref(),
            ]),
            remote: job.location.remote,
            url: format!("https://jobs.smartrecruiters.com/{account}/{}", job.id),
            published: job.released_date.as_deref().and_then(day),
            id: job.id,
            title: job.name,
            ..Opening::default()
        });
        Ok(Page {
            openings: openings.collect(),
            next,
        })
    }
    fn detail(&self, address: &str, opening: &Opening) -> Option<String> {
        let list = address.split_once('?')?.0;
        Some(format!("{list}/{}", opening.id))
    }
    fn complete(&self, opening: &mut Opening, page: &Fetched) -> Result<(), BoardError> {
        let detail: Detail = json(self.name(), page)?;
        // What the company says of itself is no part of the job.
        const ORDER: [&str; 3] = ["jobDescription", "qualifications", "additionalInformation"];
        let sections = ORDER.iter().filter_map(|name| detail.job_ad.sections.get(*name));
        let html: String = sections.map(|s| format!("<h3>{}</h3>{}", s.title, s.text)).collect();
        opening.text = plain(&html);
        opening.apply_url = detail.apply_url;
        if let Some(url) = detail.posting_url {
            opening.url = url;
        }
        Ok(())
    }
}
