//! Recruitee careers site API: `GET https://{company}.recruitee.com/api/offers/`, all offers in one answer.

use super::apply::{Applying, RecruiteeForm};
use super::{Board, BoardError, Opening, Page, day, json, line, plain};
use crate::fetch::Fetched;
use serde::Deserialize;

/// The board.
pub struct Recruitee;

#[derive(Deserialize)]
struct List {
    offers: Vec<Offer>,
}

#[derive(Deserialize)]
struct Offer {
    id: u64,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    requirements: String,
    company_name: Option<String>,
    location: Option<String>,
    city: Option<String>,
    country: Option<String>,
    remote: Option<bool>,
    careers_url: String,
    careers_apply_url: Option<String>,
    published_at: Option<String>,
    close_at: Option<String>,
}

impl Board for Recruitee {
    fn name(&self) -> &'static str {
        "recruitee"
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        match server {
            Some(server) => format!("{server}/{account}/api/offers/"),
            None => format!("https://{account}.recruitee.com/api/offers/"),
        }
    }
    fn applying(&self) -> Option<&'static dyn Applying> {
        Some(&RecruiteeForm)
    }
    fn read(&self, _: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let list: List = json(self.name(), page)?;
        let openings = list.offers.into_iter().map(|offer| Opening {
            board: self.name().into(),
            id: offer.id.to_string(),
            company: Some(offer.company_name.unwrap_or_else(|| account.to_owned())),
            location: offer
                .location
                .filter(|l| !l.is_empty())
                .or_else(|| line([offer.city.as_deref(), offer.country.as_deref()])),
            remote: offer.remote == Some(true),
            text: plain(&format!(
                "{}<h3>Requirements</h3>{}",
                offer.description, offer.requirements
            )),
            // "2026-01-31 10:00:00 UTC".
            published: offer.published_at.as_deref().and_then(day),
            closes: offer.close_at.as_deref().and_then(day),
            title: offer.title,
            url: offer.careers_url,
            apply_url: offer.careers_apply_url,
            ..Opening::default()
        });
        Ok(Page {
            openings: openings.collect(),
            next: None,
        })
    }
}
