//! Recruitee: `GET /api/offers/{id}` says what is asked; `POST /api/offers/{slug}/candidates` takes a multipart form of
//! `candidate[…]` from anybody.

use super::{Applying, Choice, Companion, Fills, Form, Slot, SlotKind, Verdict, said};
use crate::boards::{BoardError, BoardKey, day, json};
use crate::fetch::{Fetched, Request};
use serde::Deserialize;
use serde_json::Value;

/// How Recruitee takes applications.
pub struct RecruiteeForm;

#[derive(Deserialize)]
struct Answer {
    offer: Offer,
}

#[derive(Deserialize)]
struct Offer {
    id: u64,
    slug: Option<String>,
    title: String,
    company_name: Option<String>,
    careers_url: String,
    close_at: Option<String>,
    #[serde(default)]
    options_cv: String,
    #[serde(default)]
    options_cover_letter: String,
    #[serde(default)]
    options_phone: String,
    #[serde(default)]
    open_questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: u64,
    #[serde(default)]
    kind: String,
    body: String,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    open_question_options: Vec<QuestionOption>,
}

#[derive(Deserialize)]
struct QuestionOption {
    body: String,
}

impl Applying for RecruiteeForm {
    fn needs_key(&self) -> bool {
        false
    }
    fn form_address(&self, server: Option<&str>, account: &str, posting: &str) -> String {
        format!("{}/{posting}", offers(server, account))
    }
    fn read_form(&self, page: &Fetched) -> Result<Form, BoardError> {
        let offer = json::<Answer>("recruitee", page)?.offer;
        let asked = |option: &str| (option != "off").then_some(option == "required");
        let mut slots = vec![
            Slot::new("candidate[name]", "Name", true, SlotKind::Text).filled_with(Fills::FullName),
            Slot::new("candidate[email]", "Email", true, SlotKind::Text).filled_with(Fills::Email),
        ];
        let more = [
            (
                "candidate[phone]",
                "Phone",
                &offer.options_phone,
                SlotKind::Text,
                Fills::Phone,
            ),
            (
                "candidate[cv]",
                "Résumé",
                &offer.options_cv,
                SlotKind::File,
                Fills::Resume,
            ),
            (
                "candidate[cover_letter]",
                "Letter",
                &offer.options_cover_letter,
                SlotKind::LongText,
                Fills::LetterText,
            ),
        ];
        for (name, label, option, kind, fills) in more {
            slots.extend(asked(option).map(|required| Slot::new(name, label, required, kind).filled_with(fills)));
        }
        slots.extend(offer.open_questions.into_iter().enumerate().map(|(n, q)| slot(n, q)));
        Ok(Form {
            title: offer.title,
            company: offer.company_name,
            url: offer.careers_url,
            closes: offer.close_at.as_deref().and_then(day),
            handle: Some(offer.slug.unwrap_or_else(|| offer.id.to_string())),
            slots,
        })
    }
    fn address(&self, server: Option<&str>, account: &str, posting: &str, form: &Form) -> String {
        // A slug is words of letters, digits and hyphens; anything else is not put into an address.
        let slug = form.handle.as_deref().filter(|s| super::is_plain(s)).unwrap_or(posting);
        format!("{}/{slug}/candidates", offers(server, account))
    }
    fn request(&self, address: &str, _: Option<&BoardKey>) -> Request {
        Request::new(address)
    }
    fn taken(&self, answer: &Value) -> Option<Verdict> {
        if let Some(error) = answer.get("error").or(answer.get("errors")) {
            return Some(Verdict::Refused(said(error)));
        }
        let candidate = answer.get("candidate")?;
        Some(Verdict::Taken {
            said: "candidate".into(),
            receipt: candidate
                .get("id")
                .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)),
        })
    }
}

fn offers(server: Option<&str>, account: &str) -> String {
    match server {
        Some(server) => format!("{server}/{account}/api/offers"),
        None => format!("https://{account}.recruitee.com/api/offers"),
    }
}

fn slot(n: usize, question: Question) -> Slot {
    let base = format!("candidate[open_question_answers_attributes][{n}]");
    let (kind, leaf) = match question.kind.as_str() {
        "single_choice" => (SlotKind::Choice, "[multi_content][]"),
        "multi_choice" => (SlotKind::Choices, "[multi_content][]"),
        "boolean" | "legal" => (SlotKind::Choice, "[flag]"),
        "file" => (SlotKind::File, "[file]"),
        "text" => (SlotKind::LongText, "[content]"),
        _ => (SlotKind::Text, "[content]"),
    };
    let mut slot = Slot::new(&format!("{base}{leaf}"), &question.body, question.required, kind);
    slot.with = Some(Companion {
        name: format!("{base}[open_question_id]"),
        value: question.id.to_string(),
    });
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
    };
    slot.choices = match leaf {
        "[flag]" => vec![choice("true", "Yes"), choice("false", "No")],
        _ => question
            .open_question_options
            .iter()
            .map(|o| choice(&o.body, &o.body))
            .collect(),
    };
    slot
}
