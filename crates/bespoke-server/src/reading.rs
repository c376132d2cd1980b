//! Reads an uploaded résumé in the background: ingest, parse, and the vectors that its roles need.

use crate::error::ApiError;
use crate::live::{Found, Step};
use crate::state::App;
use bespoke_core::document::{Document, Format};
use bespoke_core::parse::Issue;
use bespoke_core::resume::Resume;
use bespoke_core::roles::Learned;
use bespoke_models::reader::{Progress, ReadError};
use bespoke_store::{ATTEMPTS, Job, StoreError};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use tokio::sync::OwnedSemaphorePermit;

/// Size of a page in points.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PageSize {
    /// Width in points (1/72 inch).
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

/// What is kept of a document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its text; sources are byte ranges in it.
    pub text: String,
    /// Its pages.
    pub pages: Vec<PageSize>,
    /// True where a page can be shown as an image.
    pub images: bool,
    /// What the parser was unsure of.
    pub issues: Vec<Issue>,
}

impl Kept {
    fn of(document: &Document, issues: Vec<Issue>) -> Kept {
        let size = |p: &bespoke_core::document::Page| PageSize {
            width: p.width,
            height: p.height,
        };
        Kept {
            text: document.text.clone(),
            images: matches!(document.format, Format::Pdf | Format::Image),
            pages: document.pages.iter().map(size).collect(),
            issues,
        }
    }
}

/// How long a job is held unless its lease is extended, which a heartbeat does three times in this time.
const LEASE: Duration = Duration::from_secs(60);
/// The same where other servers wait to take it up.
const SHARED_LEASE: Duration = Duration::from_secs(15);
/// How often it is looked for jobs whose holder has gone.
const ROUND: Duration = Duration::from_secs(30);
/// How often it is looked for jobs that another server has no time for.
const SHARED_ROUND: Duration = Duration::from_secs(1);

fn lease(app: &App) -> Duration {
    match app.store.is_shared() {
        true => SHARED_LEASE,
        false => LEASE,
    }
}

/// Takes up the jobs that an earlier run of the server left open, and from then on those that nobody holds any more.
///
/// # Errors
/// The store fails.
pub async fn take_up(app: &App) -> Result<(), StoreError> {
    app.store.end_leases().await?;
    bury(app).await?;
    let app = app.clone();
    tokio::spawn(async move {
        let round = match app.store.is_shared() {
            true => SHARED_ROUND,
            false => ROUND,
        };
        let mut looked = Instant::now();
        loop {
            while next(&app).await {}
            tokio::time::sleep(round).await;
            if looked.elapsed() < ROUND {
                continue;
            }
            looked = Instant::now();
            if let Err(error) = bury(&app).await {
                tracing::error!(%error, "the jobs could not be looked through");
            }
        }
    });
    Ok(())
}

/// Every hour takes away uploaded files outside the database that belong to nothing: what a crash between the two left.
pub fn keep_sweeping(app: App) {
    const HOUR: Duration = Duration::from_secs(3600);
    tokio::spawn(async move {
        loop {
            match app.store.sweep_originals().await {
                Ok(0) => {}
                Ok(swept) => tracing::info!(swept, "files that belonged to nothing were deleted"),
                Err(error) => tracing::warn!(%error, "files could not be looked through"),
            }
            tokio::time::sleep(HOUR).await;
        }
    });
}

/// Fails the résumés whose reading broke off too often.
async fn bury(app: &App) -> Result<(), StoreError> {
    let problem = ApiError::GaveUp(ATTEMPTS).problem();
    let json = serde_json::to_string(&problem).unwrap_or_default();
    for (workspace, id) in app.store.bury_jobs(&json).await? {
        tracing::error!(resume = id, "reading was given up");
        app.live
            .tell(&workspace, &id, Step::Failed, Some(problem.detail.clone()));
    }
    Ok(())
}

/// Begins to read a résumé that was just stored.
pub fn begin(app: App, workspace: &str, id: &str) {
    app.live.tell(workspace, id, Step::Stored, None);
    // As many turns as uploads: each takes the oldest job.
    tokio::spawn(async move { next(&app).await });
}

/// Extends the lease of a job for as long as this value lives.
struct Heartbeat(tokio::task::JoinHandle<()>);

impl Heartbeat {
    fn of(app: &App, job: &Job, lease: Duration) -> Heartbeat {
        let (store, job) = (app.store.clone(), job.clone());
        Heartbeat(tokio::spawn(async move {
            loop {
                tokio::time::sleep(lease / 3).await;
                match store.extend_job(&job, lease).await {
                    Ok(()) => {}
                    // The answer will be refused; there is nothing to hold any more.
                    Err(StoreError::Fenced) => return,
                    Err(error) => tracing::warn!(%error, "a lease could not be extended"),
                }
            }
        }))
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for a core and does the oldest job that nobody holds; false where there is none.
async fn next(app: &App) -> bool {
    let Ok(core) = app.core().await else {
        return false;
    };
    if app.is_stopping() {
        return false;
    }
    let begun = Instant::now();
    let job = match app.store.claim_job(&app.owner, lease(app)).await {
        Ok(Some(job)) => job,
        Ok(None) => return false,
        // `/ready` says so, and it is asked again in a moment.
        Err(error @ StoreError::Away(_)) => {
            tracing::debug!(%error, "no job could be taken");
            return false;
        }
        Err(error) => {
            tracing::error!(%error, "no job could be taken");
            return false;
        }
    };
    let (workspace, id) = (job.workspace_id.as_str(), job.resume_id.as_str());
    let heartbeat = Heartbeat::of(app, &job, lease(app));
    let done = read(app, &job, core).await;
    drop(heartbeat);
    let (step, detail) = match done {
        Ok(()) => (Step::Ready, None),
        Err(ApiError::NotFound(_)) => (Step::Failed, Some("it was deleted".to_owned())),
        // What the person wrote meanwhile is kept.
        Err(ApiError::Stale { .. }) => (Step::Ready, None),
        Err(ApiError::Store(StoreError::Fenced)) => {
            tracing::warn!(resume = id, "another has taken this job: its answer counts");
            app.metrics.count_reading("refused", begun.elapsed());
            return true;
        }
        // The job is as it was; when the lease has ended it is taken up again, here or by another server.
        Err(ApiError::Away(error)) => {
            tracing::warn!(resume = id, %error, "the storage does not answer: the file is read again later");
            app.metrics.count_reading("put off", begun.elapsed());
            return false;
        }
        Err(error) => {
            let problem = error.problem();
            if problem.status >= 500 {
                tracing::error!(resume = id, ?error, "reading failed");
            }
            let json = serde_json::to_string(&problem).unwrap_or_default();
            if let Err(error) = app.store.finish_reading(&job, Err(&json)).await {
                tracing::error!(resume = id, %error, "the failure could not be kept");
            }
            (Step::Failed, Some(problem.detail))
        }
    };
    let outcome = if step == Step::Ready { "ready" } else { "failed" };
    app.metrics.count_reading(outcome, begun.elapsed());
    app.live.tell(workspace, id, step, detail);
    true
}

async fn read(app: &App, job: &Job, core: OwnedSemaphorePermit) -> Result<(), ApiError> {
    let (workspace, id) = (job.workspace_id.as_str(), job.resume_id.as_str());
    let row = app.store.resume(workspace, id).await?;
    let bytes = app.store.original(workspace, id).await?;
    app.live.tell(workspace, id, Step::Reading, None);
    let (reader, live) = (app.reader.clone(), app.live.clone());
    let (to, file) = (workspace.to_owned(), id.to_owned());
    let (kept, resume): (Kept, Resume) = app
        .work_on(core, move || {
            let progress = |Progress::Recognised { done, of }: Progress| {
                live.tell(&to, &file, Step::Reading, Some(format!("page {done} of {of}")));
            };
            let reading = reader.read(&bytes, Some(&row.file_name), &progress)?;
            let pages = reading.document.pages.len();
            let found = Found {
                pages,
                ..Found::default()
            };
            live.tell_found(&to, &file, Step::Parsing, None, Some(found));
            let resume = reading.parsed.resume;
            Ok::<_, ReadError>((Kept::of(&reading.document, reading.parsed.issues), resume))
        })
        .await??;
    let texts = (serde_json::to_string(&kept)?, serde_json::to_string(&resume)?);
    // Kept before the fitting, which may have to wait for the model.
    app.store.finish_reading(job, Ok((&texts.0, &texts.1))).await?;
    let found = Found::of(kept.pages.len(), &resume);
    app.live.tell_found(workspace, id, Step::Fitting, None, Some(found));
    // The roles come at once when they are asked for; without the model the résumé is ready all the same.
    if let Ok(engine) = app.engines.get().await
        && let Err(error) = app
            .work(move || engine.rank(&resume, &Learned::default(), None, 1).len())
            .await
    {
        tracing::error!(resume = id, ?error, "the roles could not be worked out ahead");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bespoke_store::{Status, Store};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_start_ends_every_job_that_an_earlier_run_left() {
        let dir = tempfile::tempdir().unwrap();
        let key = bespoke_store::crypto::KeySource::File(dir.path().join("master.key"));
        let store = Store::open_with(dir.path(), key).await.unwrap();
        let workspace = store.create_workspace().await.unwrap().0.id;
        let poison = store.create_resume(&workspace, "a.txt", "txt", b"x").await.unwrap();
        for _ in 0..ATTEMPTS {
            store.claim_job("crashed", Duration::ZERO).await.unwrap().unwrap();
        }
        let held = store
            .create_resume(
                &workspace,
                "b.txt",
                "txt",
                b"Ada Example\nada@example.org\n\nSkills\nRust, SQL\n",
            )
            .await
            .unwrap();
        store.claim_job("crashed", LEASE).await.unwrap().unwrap();

        let app = App::new(store.clone(), dir.path().join("none"), dir.path().to_owned());
        take_up(&app).await.unwrap();
        let given_up = store.resume(&workspace, &poison.id).await.unwrap();
        assert_eq!(given_up.status, Status::Failed);
        let problem: crate::error::Problem = serde_json::from_str(&given_up.failure.unwrap()).unwrap();
        assert_eq!(problem.code, "gave-up");
        assert_eq!(
            store.given_up().await.unwrap(),
            [(workspace.clone(), poison.id.clone())]
        );
        let read = async {
            while store.resume(&workspace, &held.id).await.unwrap().status == Status::Reading {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), read)
            .await
            .expect("it is read");
        assert_eq!(store.resume(&workspace, &held.id).await.unwrap().status, Status::Ready);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_long_job_is_kept_and_one_whose_worker_died_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap();
        let workspace = store.create_workspace().await.unwrap().0.id;
        store.create_resume(&workspace, "a.txt", "txt", b"x").await.unwrap();
        let app = App::new(store.clone(), dir.path().join("none"), dir.path().to_owned());
        let lease = Duration::from_millis(300);
        let job = store.claim_job("long", lease).await.unwrap().unwrap();
        let heartbeat = Heartbeat::of(&app, &job, lease);
        tokio::time::sleep(lease * 4).await;
        assert_eq!(store.claim_job("other", lease).await.unwrap(), None);
        // Who dies stops extending: the next one takes the job, and the late answer is refused.
        drop(heartbeat);
        tokio::time::sleep(lease * 2).await;
        let next = store.claim_job("other", LEASE).await.unwrap().unwrap();
        assert!(next.fence > job.fence);
        for late in [
            store.extend_job(&job, lease).await,
            store.finish_reading(&job, Err("late")).await,
        ] {
            assert!(matches!(late, Err(StoreError::Fenced)), "{late:?}");
        }
        store.finish_reading(&next, Ok(("{}", "{}"))).await.unwrap();
    }
}
