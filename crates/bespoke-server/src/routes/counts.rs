//! What the person did, as numbers: their dashboard, CSV, consent, forgetting.

use super::download;
use crate::counting::{Event, OUTCOMES, days_ago, note, trial_template};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use bespoke_render::Template;
use bespoke_store::CountRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How far back.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// Days, 1 to 3650; 90 where it is left out.
    days: Option<u32>,
}

/// An event that the page tells of; all others the server sees itself.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewEvent {
    /// `role-saved`, `role-hidden` or `outcome`.
    event: Event,
    /// Id of the role, or how the application went.
    label: String,
    /// The template of the application, where it is an outcome.
    template: Option<String>,
}

/// Whether one's numbers may be added to those of the whole server.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CountConsent {
    /// True gives consent, false takes it back.
    shared: bool,
}

/// A number.
#[derive(Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Total {
    /// What was done.
    event: String,
    /// Which kind of it; empty where there are none.
    label: String,
    /// How often.
    n: i64,
}

/// The numbers of a day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Day {
    /// `2026-01-31`.
    day: String,
    /// By event.
    counts: BTreeMap<String, i64>,
}

/// How applications with a template went.
#[derive(Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TemplateOutcome {
    /// Name of the template.
    template: String,
    applied: i64,
    interview: i64,
    offer: i64,
    rejected: i64,
}

/// What the person did.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Dashboard {
    /// First day that counts.
    since: String,
    /// Days after which counts are forgotten.
    kept_days: u32,
    /// Whether the numbers are added to those of the whole server.
    shared: bool,
    /// By event and label, largest first.
    totals: Vec<Total>,
    /// By day, oldest first; days without events are left out.
    days: Vec<Day>,
    /// By template.
    outcomes: Vec<TemplateOutcome>,
}

/// The template to begin with.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SuggestedTemplate {
    /// Its name.
    template: String,
    /// The trial that chose it, where one runs.
    trial: Option<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_counts, create_event, delete_counts))
        .routes(routes!(export_counts))
        .routes(routes!(update_count_consent))
        .routes(routes!(suggest_template))
}

impl Since {
    /// So many days, today among them.
    ///
    /// # Errors
    /// Fewer than one, or more than ten years of them.
    pub fn days(&self) -> Result<u32, ApiError> {
        match self.days.unwrap_or(90) {
            days @ 1..=3650 => Ok(days),
            _ => Err(ApiError::BadRequest("`days` is 1 to 3650".to_owned())),
        }
    }
}

fn since(how: &Since) -> Result<String, ApiError> {
    Ok(days_ago(how.days()? - 1))
}

/// What was done in the last days, as numbers.
#[utoipa::path(get, path = "/counts", tag = "counts", params(Since), responses((status = 200, body = Dashboard), (status = 400, body = Problem)))]
async fn show_counts(
    Guest(workspace): Guest,
    State(app): State<App>,
    Query(how): Query<Since>,
) -> Result<Json<Dashboard>, ApiError> {
    let since = since(&how)?;
    let rows = app.store.counts(&workspace.id, &since).await?;
    let shared = app.store.shares_counts(&workspace.id).await?;
    Ok(Json(dashboard(&rows, since, app.settings.kept_days, shared)))
}

fn dashboard(rows: &[CountRow], since: String, kept_days: u32, shared: bool) -> Dashboard {
    let mut totals: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut days: BTreeMap<&str, BTreeMap<String, i64>> = BTreeMap::new();
    let mut outcomes: BTreeMap<&str, TemplateOutcome> = BTreeMap::new();
    for row in rows {
        *totals.entry((&row.event, &row.label)).or_default() += row.n;
        *days.entry(&row.day).or_default().entry(row.event.clone()).or_default() += row.n;
        if row.event == Event::Outcome.name() {
            let (how, template) = row.label.split_once('/').unwrap_or((&row.label, ""));
            let of = outcomes.entry(template).or_insert_with(|| TemplateOutcome {
                template: template.to_owned(),
                ..TemplateOutcome::default()
            });
            match how {
                "applied" => of.applied += row.n,
                "interview" => of.interview += row.n,
                "offer" => of.offer += row.n,
                _ => of.rejected += row.n,
            }
        }
    }
    let mut totals: Vec<Total> = totals
        .into_iter()
        .map(|((event, label), n)| Total {
            event: event.to_owned(),
            label: label.to_owned(),
            n,
        })
        .collect();
    totals.sort_by_key(|t| -t.n);
    Dashboard {
        since,
        kept_days,
        shared,
        totals,
        days: days
            .into_iter()
            .map(|(day, counts)| Day {
                day: day.to_owned(),
                counts,
            })
            .collect(),
        outcomes: outcomes.into_values().collect(),
    }
}

/// Counts an event that only the page sees.
#[utoipa::path(post, path = "/counts", tag = "counts", request_body = NewEvent, responses((status = 204), (status = 400, body = Problem)))]
async fn create_event(
    Guest(workspace): Guest,
    State(app): State<App>,
    Json(new): Json<NewEvent>,
) -> Result<StatusCode, ApiError> {
    // Only words of closed lists are kept: nothing that a person typed can get in here.
    let label = match new.event {
        Event::RoleSaved | Event::RoleHidden => app.engines.role(&new.label).ok().map(|role| role.id),
        Event::Outcome => {
            let how = OUTCOMES.iter().find(|o| **o == new.label);
            let template = new
                .template
                .as_deref()
                .and_then(|t| Template::by_name(t).ok())
                .filter(Template::is_built_in);
            how.map(|how| template.map_or_else(|| (*how).to_owned(), |t| format!("{how}/{}", t.name())))
        }
        _ => None,
    };
    let label = label.ok_or_else(|| {
        ApiError::BadRequest(
            "only saved and hidden roles and outcomes are told, each with a word of its list".to_owned(),
        )
    })?;
    note(&app, &workspace.id, new.event, &label).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets all numbers of this workspace.
#[utoipa::path(delete, path = "/counts", tag = "counts", responses((status = 204)))]
async fn delete_counts(Guest(workspace): Guest, State(app): State<App>) -> Result<StatusCode, ApiError> {
    app.store.forget_my_counts(&workspace.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The numbers as CSV: day, event, label, n.
#[utoipa::path(get, path = "/counts/export", tag = "counts", params(Since), responses((status = 200, content_type = "text/csv"), (status = 400, body = Problem)))]
async fn export_counts(
    Guest(workspace): Guest,
    State(app): State<App>,
    Query(how): Query<Since>,
) -> Result<Response, ApiError> {
    let rows = app.store.counts(&workspace.id, &since(&how)?).await?;
    Ok(download(
        csv(&rows).into_bytes(),
        "text/csv; charset=utf-8",
        "counts.csv",
    ))
}

/// Rows as CSV; every value is a word of ours, a day or a number, and needs no quotes.
pub fn csv(rows: &[CountRow]) -> String {
    let mut out = String::from("day,event,label,n\r\n");
    for row in rows {
        out.push_str(&format!("{},{},{},{}\r\n", row.day, row.event, row.label, row.n));
    }
    out
}

/// Gives or takes back the consent to add one's numbers to those of the whole server.
#[utoipa::path(put, path = "/counts/consent", tag = "counts", request_body = CountConsent, responses((status = 204)))]
async fn update_count_consent(
    Guest(workspace): Guest,
    State(app): State<App>,
    Json(consent): Json<CountConsent>,
) -> Result<StatusCode, ApiError> {
    app.store.share_counts(&workspace.id, consent.shared).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The template to begin with: that of the running trial, always the same for one workspace, or the default one.
#[utoipa::path(get, path = "/templates/suggested", tag = "templates", responses((status = 200, body = SuggestedTemplate)))]
async fn suggest_template(
    Guest(workspace): Guest,
    State(app): State<App>,
) -> Result<Json<SuggestedTemplate>, ApiError> {
    let given = trial_template(&app, &workspace.id).await?;
    Ok(Json(match given {
        Some((template, trial)) if Template::by_name(&template).is_ok() => SuggestedTemplate {
            template,
            trial: Some(trial),
        },
        _ => SuggestedTemplate {
            template: Template::DEFAULT.to_owned(),
            trial: None,
        },
    }))
}
