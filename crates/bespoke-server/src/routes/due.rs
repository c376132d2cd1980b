//! What is due on the board of applications: reminders, and postings that close soon.

use super::applications::{Kept, Stage};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Query, State};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Days before a posting closes on which it becomes due.
const AHEAD: i64 = 7;

/// Which day.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Day {
    /// The day of the person, `2026-01-31`; the day in UTC where it is left out.
    on: Option<String>,
}

/// Why an application is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DueKind {
    /// The person wanted to look at it again.
    Reminder,
    /// It is saved, and its posting closes within a week or has closed.
    Closes,
}

/// Something that is due.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
pub struct Due {
    /// `2026-01-31`.
    day: String,
    kind: DueKind,
    application_id: String,
    /// Title of the job.
    title: String,
    company: String,
    /// True where the day is over.
    overdue: bool,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_due))
}

/// Reminders that have come, and saved applications whose postings close within a week; the earliest day first.
#[utoipa::path(get, path = "/applications/due", tag = "applications", params(Day), responses((status = 200, body = [Due]), (status = 400, body = Problem)))]
async fn list_due(
    Guest(workspace): Guest,
    State(app): State<App>,
    Query(day): Query<Day>,
) -> Result<Json<Vec<Due>>, ApiError> {
    let today = day.on.unwrap_or_else(crate::counting::day);
    let today: Date = today
        .parse()
        .map_err(|_| ApiError::BadRequest("a day is written as in 2026-01-31".into()))?;
    let mut out = Vec::new();
    for row in app.store.applications(&workspace.id).await? {
        let Kept { texts, .. } = serde_json::from_str(&row.content)?;
        let stage = Stage::of(&row.stage);
        for (kind, day) in [(DueKind::Reminder, &texts.remind_on), (DueKind::Closes, &texts.closes)] {
            let Some(date) = day.as_ref().and_then(|d| d.parse::<Date>().ok()) else {
                continue;
            };
            if is_due(kind, stage, date, today) {
                out.push(Due {
                    day: date.to_string(),
                    kind,
                    application_id: row.id.clone(),
                    title: texts.title.clone(),
                    company: texts.company.clone(),
                    overdue: date < today,
                });
            }
        }
    }
    out.sort();
    Ok(Json(out))
}

fn is_due(kind: DueKind, stage: Stage, date: Date, today: Date) -> bool {
    match kind {
        DueKind::Reminder => stage != Stage::Closed && date <= today,
        DueKind::Closes => {
            let soon = today.checked_add(Span::new().days(AHEAD)).unwrap_or(Date::MAX);
            stage == Stage::Saved && date <= soon
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_come_on_their_day_and_closing_days_a_week_ahead() {
        let day = |text: &str| text.parse::<Date>().expect(text);
        let today = day("2026-02-27");
        for (kind, stage, date, due) in [
            (DueKind::Reminder, Stage::Applied, "2026-02-27", true),
            (DueKind::Reminder, Stage::Applied, "2026-02-20", true),
            (DueKind::Reminder, Stage::Applied, "2026-02-28", false),
            (DueKind::Reminder, Stage::Closed, "2026-02-27", false),
            (DueKind::Closes, Stage::Saved, "2026-03-06", true),
            (DueKind::Closes, Stage::Saved, "2026-03-07", false),
            (DueKind::Closes, Stage::Saved, "2026-02-01", true),
            (DueKind::Closes, Stage::Applied, "2026-02-28", false),
        ] {
            assert_eq!(is_due(kind, stage, day(date), today), due, "{kind:?} {stage:?} {date}");
        }
    }
}
