//! Adzuna's search API: `GET /v1/api/jobs/{country}/search/{page}?app_id&app_key&what&where`, pages from 1. It gives the
//! beginning of a description and an address that leads to the posting.

use super::{Board, BoardError, BoardKey, KeyUse, Opening, Page, Pay, Period, Search, Takes, day, json, plain};
use crate::fetch::{Fetched, Request};
use reqwest::Url;
use serde::Deserialize;

/// The board.
pub struct Adzuna;

/// Openings of a page.
const LIMIT: usize = 50;

/// Its countries, and the money that salaries are given in there.
const CURRENCIES: [(&str, &str); 19] = [
    ("at", "EUR"),
    ("au", "AUD"),
    ("be", "EUR"),
    ("br", "BRL"),
    ("ca", "CAD"),
    ("ch", "CHF"),
    ("de", "EUR"),
    ("es", "EUR"),
    ("fr", "EUR"),
    ("gb", "GBP"),
    ("in", "INR"),
    ("it", "EUR"),
    ("mx", "MXN"),
    ("nl", "EUR"),
    ("nz", "NZD"),
    ("pl", "PLN"),
    ("sg", "SGD"),
    ("us", "USD"),
    ("za", "ZAR"),
];
const COUNTRIES: [&str; CURRENCIES.len()] = {
    let mut out = [""; CURRENCIES.len()];
    let mut n = 0;
    while n < out.len() {
        out[n] = CURRENCIES[n].0;
        n += 1;
    }
    out
};

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    count: usize,
    results: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    id: serde_json::Value,
    title: String,
    #[serde(default)]
    description: String,
    created: Option<String>,
    redirect_url: String,
    company: Option<Named>,
    location: Option<Named>,
    salary_min: Option<f64>,
    salary_max: Option<f64>,
    /// `"1"` or `1`.
    salary_is_predicted: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Named {
    display_name: Option<String>,
}

impl Board for Adzuna {
    fn name(&self) -> &'static str {
        "adzuna"
    }
    fn takes(&self) -> Takes {
        Takes::Search(&COUNTRIES)
    }
    fn key(&self) -> KeyUse {
        KeyUse::Searching
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        let search = Search::parse(account).unwrap_or_default();
        let mut query = reqwest::Url::parse("https://query.invalid/").ok();
        if let Some(address) = &mut query {
            let mut pairs = address.query_pairs_mut();
            pairs.append_pair("results_per_page", &LIMIT.to_string());
            for (name, value) in [("what", &search.what), ("where", &search.place)] {
                if !value.is_empty() {
                    pairs.append_pair(name, value);
                }
            }
        }
        format!(
            "{}/v1/api/jobs/{}/search/1?{}",
            server.unwrap_or("https://api.adzuna.com"),
            search.country,
            query.as_ref().and_then(Url::query).unwrap_or_default()
        )
    }
    fn request(&self, address: &str, key: Option<&BoardKey>) -> Request {
        match (Url::parse(address), key) {
            (Ok(mut address), Some(key)) => {
                address
                    .query_pairs_mut()
                    .append_pair("app_id", &key.name)
                    .append_pair("app_key", key.secret.expose());
                Request::keyed(address.into())
            }
            _ => Request::new(address),
        }
    }
    fn read(&self, address: &str, account: &str, page: &Fetched) -> Result<Page, BoardError> {
        let list: List = json(self.name(), page)?;
        let country = account.split('?').next().unwrap_or_default();
        let currency = CURRENCIES.iter().find(|(c, _)| *c == country).map_or("", |(_, c)| c);
        let next = address.split_once("/search/").and_then(|(head, rest)| {
            let (n, query) = rest.split_once('?')?;
            let n: usize = n.parse().ok()?;
            (n * LIMIT < list.count).then(|| format!("{head}/search/{}?{query}", n + 1))
        });
        let openings = list.results.into_iter().map(|job| {
            let predicted = job.salary_is_predicted.is_some_and(|p| p == "1" || p == 1);
            let location = job.location.and_then(|l| l.display_name);
            let is_remote = |text: &str| text.to_lowercase().contains("remote");
            let remote = location.as_deref().is_some_and(is_remote) || is_remote(&job.title);
            Opening {
                board: self.name().into(),
                id: text_of(&job.id),
                company: job.company.and_then(|c| c.display_name),
                remote,
                location,
                // Matched words stand in <strong>.
                title: plain(&job.title),
                text: plain(&job.description),
                published: job.created.as_deref().and_then(day),
                pay: (job.salary_min.is_some() || job.salary_max.is_some()).then(|| Pay {
                    min: job.salary_min,
                    max: job.salary_max,
                    currency: currency.to_owned(),
                    per: Period::Year,
                    estimated: predicted,
                }),
                url: job.redirect_url,
                ..Opening::default()
            }
        });
        Ok(Page {
            openings: openings.collect(),
            next,
        })
    }
}

/// An id that is a text here and a number there.
fn text_of(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
