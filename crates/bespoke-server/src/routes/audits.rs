//! What the audit finds, and the fixes that it offers.

use super::resumes::{ResumeDetail, content, detail, document_of};
use crate::audits::Key;
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, Query, State};
use bespoke_core::audit::{Audit, Finding, Skipped, Strictness, Subject, audit, fix};
use bespoke_core::date::PartialDate;
use bespoke_store::ResumeRow;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How strictly to judge.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Judging {
    /// True reports matters of taste too.
    strict: Option<bool>,
}

impl Judging {
    fn strictness(&self) -> Strictness {
        if self.strict.unwrap_or(false) {
            Strictness::Strict
        } else {
            Strictness::Lenient
        }
    }
}

/// Which fixes to apply.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ChosenFixes {
    /// Version of the résumé that was audited; where it is no longer the present one, nothing is changed.
    version: i64,
    /// Ids of findings of that audit that have a `change`.
    findings: Vec<String>,
}

/// The résumé with the fixes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AppliedFixes {
    resume: ResumeDetail,
    /// What the audit finds now, as strictly as before.
    audit: Audit,
    /// Ids of the findings that are mended.
    applied: Vec<String>,
    /// Those that are not, and why.
    skipped: Vec<Skipped>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_audit))
        .routes(routes!(apply_fixes))
}

/// What the audit finds in the file and in the résumé.
#[utoipa::path(get, path = "/resumes/{id}/audit", tag = "audit", params(("id" = String, Path), Judging), responses((status = 200, body = Audit), (status = 404, body = Problem)))]
async fn show_audit(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Judging>,
) -> Result<Json<Audit>, ApiError> {
    let row = app.store.resume(&workspace.id, &id).await?;
    let found = judge(&app, &row, how.strictness()).await?;
    Ok(Json(Audit::clone(&found)))
}

/// Applies the fixes of chosen findings, if they were chosen from the present version of the résumé.
#[utoipa::path(post, path = "/resumes/{id}/audit/fixes", tag = "audit", params(("id" = String, Path), Judging), request_body = ChosenFixes, responses((status = 200, body = AppliedFixes), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn apply_fixes(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Judging>,
    Json(chosen): Json<ChosenFixes>,
) -> Result<Json<AppliedFixes>, ApiError> {
    let row = app.store.resume(&workspace.id, &id).await?;
    let resume = content(&row)?;
    if chosen.version != row.version {
        return Err(ApiError::Stale {
            given: chosen.version,
            present: row.version,
        });
    }
    let found = judge(&app, &row, how.strictness()).await?;
    let of = |id: &String| {
        let finding = found.findings.iter().find(|f| f.id == *id);
        finding.ok_or_else(|| ApiError::UnknownFinding(id.clone()))
    };
    let findings: Vec<&Finding> = chosen.findings.iter().map(of).collect::<Result<_, _>>()?;
    let fixed = fix(&resume, findings);
    let row = if fixed.applied.is_empty() {
        row
    } else {
        let json = serde_json::to_string(&fixed.resume)?;
        app.store
            .update_resume(&workspace.id, &id, chosen.version, &json)
            .await?
    };
    let now = judge(&app, &row, how.strictness()).await?;
    Ok(Json(AppliedFixes {
        resume: detail(row)?,
        audit: Audit::clone(&now),
        applied: fixed.applied,
        skipped: fixed.skipped,
    }))
}

/// The audit of a row, from memory where this version was judged before.
async fn judge(app: &App, row: &ResumeRow, strictness: Strictness) -> Result<Arc<Audit>, ApiError> {
    let resume = content(row)?;
    let today = today();
    let key = Key {
        resume: row.id.clone(),
        version: row.version,
        strictness,
        today,
    };
    if let Some(known) = app.audits.audit(&key) {
        return Ok(known);
    }
    let document = document_of(app, row).await?;
    let file_name = row.file_name.clone();
    let found = app
        .work(move || {
            let subject = Subject {
                document: Some(&document),
                resume: &resume,
                file_name: Some(&file_name),
                today,
            };
            audit(&subject, strictness)
        })
        .await?;
    let found = Arc::new(found);
    app.audits.keep_audit(key, &found);
    Ok(found)
}

/// The month it is, in UTC.
fn today() -> Option<PartialDate> {
    let now = jiff::Timestamp::now().to_string();
    let mut parts = now.split('-');
    Some(PartialDate::month(
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ))
}
