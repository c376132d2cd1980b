//! Any page with JobPosting data, or simply with a job on it.

use super::{Board, BoardError, Opening, Page, Takes};
use crate::fetch::Fetched;
use bespoke_core::job::{from_page, read_found};

/// A page at an address.
pub struct JobPage;

impl Board for JobPage {
    fn name(&self) -> &'static str {
        "page"
    }
    fn first(&self, _: Option<&str>, account: &str) -> String {
        account.to_owned()
    }
    fn takes(&self) -> Takes {
        Takes::Address
    }
    fn read(&self, address: &str, _: &str, page: &Fetched) -> Result<Page, BoardError> {
        let found = from_page(&page.bytes, &page.content_type);
        let job = read_found(&found);
        let title = job.title.as_ref().map(|t| t.text.clone()).filter(|t| !t.is_empty());
        let title = title.ok_or_else(|| BoardError::Shape {
            board: "page",
            detail: "no job with a title".into(),
        })?;
        let opening = Opening {
            board: "page".into(),
            id: address.to_owned(),
            title,
            company: job.company.map(|c| c.text),
            location: job.places.first().map(|p| p.text.clone()),
            remote: job.workplace == Some(bespoke_core::job::Workplace::Remote),
            url: page.url.clone(),
            text: found.text,
            ..Opening::default()
        };
        Ok(Page {
            openings: vec![opening],
            next: None,
        })
    }
}
