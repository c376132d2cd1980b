//! Greenhouse: `GET /v1/boards/{token}/jobs/{id}?questions=true` says what is asked; the application is a multipart form
//! to `POST /v1/boards/{token}/jobs/{id}` with the employer's key as the user of Basic authorisation.

use super::{Applying, Choice, Fills, Form, Slot, SlotKind, Verdict, said};
use crate::boards::{BoardError, BoardKey, day, json};
use crate::fetch::{Fetched, Request};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::Value;

/// How Greenhouse takes applications.
pub struct GreenhouseForm;

#[derive(Deserialize)]
struct Job {
    title: String,
    absolute_url: String,
    company_name: Option<String>,
    application_deadline: Option<String>,
    #[serde(default)]
    questions: Vec<Question>,
    #[serde(default)]
    location_questions: Vec<Question>,
    /// Questions of law about the person; only whether some must be answered matters here.
    compliance: Option<Vec<Compliance>>,
    #[serde(default)]
    data_compliance: Vec<Consent>,
}

#[derive(Deserialize)]
struct Compliance {
    #[serde(default)]
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    label: Option<String>,
    required: Option<bool>,
    #[serde(default)]
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    values: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    label: String,
    value: Value,
}

#[derive(Deserialize)]
struct Consent {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    requires_consent: bool,
}

impl Applying for GreenhouseForm {
    fn needs_key(&self) -> bool {
        true
    }
    fn form_address(&self, server: Option<&str>, account: &str, posting: &str) -> String {
        format!("{}?questions=true", job(server, account, posting))
    }
    fn read_form(&self, page: &Fetched) -> Result<Form, BoardError> {
        let job: Job = json("greenhouse", page)?;
        let compliance = job.compliance.into_iter().flatten().flat_map(|c| c.questions);
        let asked = job.questions.into_iter().chain(job.location_questions);
        // Questions about the person that may be left open are left open.
        let asked = asked.chain(compliance.filter(|q| q.required == Some(true)));
        let mut slots: Vec<Slot> = asked.filter_map(slot).collect();
        for consent in job.data_compliance.into_iter().filter(|c| c.requires_consent) {
            let mut slot = Slot::new(
                &format!("data_compliance[{}_consent_given]", consent.kind),
                &format!(
                    "Consent to the processing of your data ({})",
                    consent.kind.to_uppercase()
                ),
                true,
                SlotKind::Choice,
            );
            slot.choices = vec![Choice {
                value: "true".into(),
                label: "I agree".into(),
            }];
            slots.push(slot);
        }
        Ok(Form {
            title: job.title,
            company: job.company_name,
            url: job.absolute_url,
            closes: job.application_deadline.as_deref().and_then(day),
            handle: None,
            slots,
        })
    }
    fn address(&self, server: Option<&str>, account: &str, posting: &str, _: &Form) -> String {
        job(server, account, posting)
    }
    fn request(&self, address: &str, key: Option<&BoardKey>) -> Request {
        let request = Request::new(address);
        match key {
            Some(key) => {
                let user = BASE64_STANDARD.encode(format!("{}:", key.secret.expose()));
                request.with("authorization", format!("Basic {user}"))
            }
            None => request,
        }
    }
    fn taken(&self, answer: &Value) -> Option<Verdict> {
        match (answer.get("success"), answer.get("error").or(answer.get("errors"))) {
            (Some(Value::String(text)), None) => Some(Verdict::Taken {
                said: text.clone(),
                receipt: None,
            }),
            (_, Some(error)) => Some(Verdict::Refused(said(error))),
            _ => None,
        }
    }
}

fn job(server: Option<&str>, account: &str, posting: &str) -> String {
    format!(
        "{}/v1/boards/{account}/jobs/{posting}",
        server.unwrap_or("https://boards-api.greenhouse.io")
    )
}

/// A question with its first field that can be answered: a file comes before the text that may stand for it.
fn slot(question: Question) -> Option<Slot> {
    let field = question.fields.into_iter().find(|f| f.kind != "input_hidden")?;
    let kind = match field.kind.as_str() {
        "textarea" => SlotKind::LongText,
        "input_file" => SlotKind::File,
        "multi_value_single_select" => SlotKind::Choice,
        "multi_value_multi_select" => SlotKind::Choices,
        _ => SlotKind::Text,
    };
    let label = question.label.unwrap_or_else(|| field.name.clone());
    let mut slot = Slot::new(&field.name, &label, question.required == Some(true), kind);
    slot.choices = field
        .values
        .into_iter()
        .map(|answer| Choice {
            value: answer
                .value
                .as_str()
                .map_or_else(|| answer.value.to_string(), str::to_owned),
            label: answer.label,
        })
        .collect();
    let low = label.to_lowercase();
    let fills = match (field.name.as_str(), kind) {
        ("first_name", _) => Some(Fills::FirstName),
        ("last_name", _) => Some(Fills::LastName),
        ("email", _) => Some(Fills::Email),
        ("phone", _) => Some(Fills::Phone),
        ("location", _) => Some(Fills::Location),
        ("resume", SlotKind::File) => Some(Fills::Resume),
        ("cover_letter", SlotKind::File) => Some(Fills::LetterFile),
        ("cover_letter_text", _) => Some(Fills::LetterText),
        (_, SlotKind::Text) if low.contains("linkedin") => Some(Fills::Link("linkedin.com")),
        (_, SlotKind::Text) if low.contains("github") => Some(Fills::Link("github.com")),
        (_, SlotKind::Text) if low.contains("website") || low.contains("portfolio") => Some(Fills::Link("")),
        _ => None,
    };
    slot.fills = fills;
    Some(slot)
}
