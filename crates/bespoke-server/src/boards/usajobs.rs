//! USAJOBS search API: `GET /api/search?Keyword&LocationName&Page`, with the e-mail address that the key was given to as
//! `User-Agent` and the key as `Authorization-Key`. The search holds the whole description.

use super::{Board, BoardError, BoardKey, KeyUse, Opening, Page, Pay, Period, Search, Takes, day, json, line, plain};
use crate::fetch::{Fetched, Request};
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;

/// The board.
pub struct UsaJobs;

/// Openings of a page.
const LIMIT: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    search_result: SearchResult,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SearchResult {
    #[serde(default)]
    search_result_count_all: usize,
    #[serde(default)]
    search_result_items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    matched_object_id: String,
    matched_object_descriptor: Job,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Job {
    position_title: String,
    #[serde(rename = "PositionURI")]
    position_uri: String,
    #[serde(rename = "ApplyURI", default)]
    apply_uri: Vec<String>,
    position_location_display: Option<String>,
    organization_name: Option<String>,
    department_name: Option<String>,
    #[serde(default)]
    qualification_summary: String,
    #[serde(default)]
    position_remuneration: Vec<Remuneration>,
    publication_start_date: Option<String>,
    application_close_date: Option<String>,
    user_area: Option<Area>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Remuneration {
    minimum_range: Option<Value>,
    maximum_range: Option<Value>,
    rate_interval_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Area {
    details: Option<Details>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    #[serde(default)]
    job_summary: Value,
    #[serde(default)]
    major_duties: Value,
    #[serde(default)]
    requirements: Value,
    #[serde(default)]
    education: Value,
    #[serde(default)]
    remote_indicator: Value,
}

impl Board for UsaJobs {
    fn name(&self) -> &'static str {
        "usajobs"
    }
    fn takes(&self) -> Takes {
        Takes::Search(&["us"])
    }
    fn key(&self) -> KeyUse {
        KeyUse::Searching
    }
    fn first(&self, server: Option<&str>, account: &str) -> String {
        let search = Search::parse(account).unwrap_or_default();
        let base = format!("{}/api/search", server.unwrap_or("https://data.usajobs.gov"));
        let Ok(mut address) = Url::parse(&base) else {
            return base;
        };
        {
            let mut pairs = address.query_pairs_mut();
            for (name, value) in [("Keyword", &search.what), ("LocationName", &search.place)] {
                if !value.is_empty() {
                    pairs.append_pair(name, value);
                }
            }
            pairs.append_pair("ResultsPerPage", &LIMIT.to_string());
            pairs.append_pair("Page", "1");
        }
        address.into()
    }
    fn request(&self, address: &str, key: Option<&BoardKey>) -> Request {
        match key {
            Some(key) => Request::new(address)
                .with("user-agent", key.name.clone())
                .with("authorization-key", key.secret.expose().to_owned()),
            None => Request::new(address),
        }
    }
    fn read(&self, address: &str, _: &str, page: &Fetched) -> Result<Page, BoardError> {
        let answer: Answer = json(self.name(), page)?;
        let result = answer.search_result;
        let next = address.rsplit_once("Page=").and_then(|(head, n)| {
            let n: usize = n.parse().ok()?;
            (n * LIMIT < result.search_result_count_all).then(|| format!("{head}Page={}", n + 1))
        });
        let openings = result.search_result_items.into_iter().map(|item| {
            let job = item.matched_object_descriptor;
            let details = job.user_area.and_then(|a| a.details);
            let remote = details.as_ref().is_some_and(|d| d.remote_indicator == true);
            Opening {
                board: self.name().into(),
                id: item.matched_object_id,
                company: line([job.organization_name.as_deref(), job.department_name.as_deref()]),
                location: job.position_location_display,
                remote,
                text: described(details, &job.qualification_summary),
                published: job.publication_start_date.as_deref().and_then(day),
                closes: job.application_close_date.as_deref().and_then(day),
                pay: job.position_remuneration.iter().find_map(pay),
                title: job.position_title,
                url: job.position_uri,
                apply_url: job.apply_uri.into_iter().find(|a| !a.is_empty()),
                ..Opening::default()
            }
        });
        Ok(Page {
            openings: openings.collect(),
            next,
        })
    }
}

fn described(details: Option<Details>, qualification: &str) -> String {
    let list = |heading: &str, value: &Value| -> String {
        let lines: Vec<&str> = match value {
            Value::String(text) if !text.trim().is_empty() => vec![text],
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        match lines.as_slice() {
            [] => String::new(),
            [one] => format!("<h3>{heading}</h3><p>{one}</p>"),
            all => format!(
                "<h3>{heading}</h3><ul>{}</ul>",
                all.iter().map(|l| format!("<li>{l}</li>")).collect::<String>()
            ),
        }
    };
    let mut out = String::new();
    if let Some(details) = &details {
        out += &list("Summary", &details.job_summary);
        out += &list("Duties", &details.major_duties);
        out += &list("Requirements", &details.requirements);
    }
    out += &list("Qualifications", &Value::String(qualification.to_owned()));
    if let Some(details) = &details {
        out += &list("Education", &details.education);
    }
    plain(&out)
}

fn pay(pay: &Remuneration) -> Option<Pay> {
    let amount = |value: &Option<Value>| match value {
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_f64(),
        None => None,
    };
    let (min, max) = (amount(&pay.minimum_range), amount(&pay.maximum_range));
    (min.is_some() || max.is_some()).then(|| Pay {
        min,
        max,
        currency: "USD".into(),
        per: match pay.rate_interval_code.as_deref() {
            Some("PA" | "Per Year") => Period::Year,
            Some("PH" | "Per Hour") => Period::Hour,
            Some("PD" | "Per Day") => Period::Day,
            Some("PM" | "Per Month") => Period::Month,
            _ => Period::Other,
        },
        estimated: false,
    })
}
