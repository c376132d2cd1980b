//! Lever: `POST /v0/postings/{site}/{id}?key=` takes a multipart form. Its public API does not say what a posting asks
//! beyond what stands here; where an employer has made more of it required, Lever refuses and says so.

use super::{Applying, Fills, Form, Slot, SlotKind, Verdict, said};
use crate::boards::{BoardError, BoardKey, json};
use crate::fetch::{Fetched, Request};
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;

/// How Lever takes applications.
pub struct LeverForm;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    text: String,
    hosted_url: String,
}

impl Applying for LeverForm {
    fn needs_key(&self) -> bool {
        true
    }
    fn form_address(&self, server: Option<&str>, account: &str, posting: &str) -> String {
        format!("{}?mode=json", job(server, account, posting))
    }
    fn read_form(&self, page: &Fetched) -> Result<Form, BoardError> {
        let job: Job = json("lever", page)?;
        let line = |name: &str, label: &str, required, fills| {
            Slot::new(name, label, required, SlotKind::Text).filled_with(fills)
        };
        Ok(Form {
            title: job.text,
            url: job.hosted_url,
            slots: vec![
                Slot::new("resume", "Résumé", true, SlotKind::File).filled_with(Fills::Resume),
                line("name", "Full name", true, Fills::FullName),
                line("email", "Email", true, Fills::Email),
                line("phone", "Phone", false, Fills::Phone),
                line("org", "Current company", false, Fills::Employer),
                line("urls[LinkedIn]", "LinkedIn", false, Fills::Link("linkedin.com")),
                line("urls[GitHub]", "GitHub", false, Fills::Link("github.com")),
                line("urls[Portfolio]", "Website", false, Fills::Link("")),
                Slot::new(
                    "comments",
                    "Letter or additional information",
                    false,
                    SlotKind::LongText,
                )
                .filled_with(Fills::LetterText),
            ],
            ..Form::default()
        })
    }
    fn address(&self, server: Option<&str>, account: &str, posting: &str, _: &Form) -> String {
        job(server, account, posting)
    }
    fn request(&self, address: &str, key: Option<&BoardKey>) -> Request {
        match (Url::parse(address), key) {
            (Ok(mut address), Some(key)) => {
                address.query_pairs_mut().append_pair("key", key.secret.expose());
                Request::keyed(address.into())
            }
            _ => Request::new(address),
        }
    }
    fn taken(&self, answer: &Value) -> Option<Verdict> {
        match answer.get("ok")?.as_bool()? {
            true => Some(Verdict::Taken {
                said: "ok".into(),
                receipt: answer.get("applicationId").and_then(Value::as_str).map(str::to_owned),
            }),
            false => Some(Verdict::Refused(answer.get("error").map(said).unwrap_or_default())),
        }
    }
}

fn job(server: Option<&str>, account: &str, posting: &str) -> String {
    format!(
        "{}/v0/postings/{account}/{posting}",
        server.unwrap_or("https://api.lever.co")
    )
}
