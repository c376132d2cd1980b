//! Progress, told to every open page of a workspace over a WebSocket.

use crate::gate::Access;
use crate::state::App;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::response::Response;
use bespoke_core::resume::Resume;
use bespoke_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, broadcast, mpsc};

/// Code of the frame that closes a socket whose listener is not let in any more, so that the page does not try again.
const SHUT_OUT: u16 = 4403;
/// How often it is asked whether the listener is still let in, and whether something was told without a hint.
const RECHECK: Duration = Duration::from_secs(1);
/// How long an event is kept for pages that come back.
const REMEMBERED: Duration = Duration::from_secs(600);

/// How far the reading of a résumé is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Kept on disk.
    Stored,
    /// Text and layout are read.
    Reading,
    /// Sections and fields are looked for.
    Parsing,
    /// Roles are compared.
    Fitting,
    /// Done.
    Ready,
    /// It could not be read.
    Failed,
}

/// What a reading has found so far: numbers only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Found {
    /// Pages of the file.
    pub pages: usize,
    /// Jobs; absent until the fields are known, as the following.
    pub jobs: Option<usize>,
    /// Degrees and courses.
    pub education: Option<usize>,
    /// Skills.
    pub skills: Option<usize>,
}

impl Found {
    /// What stands in a résumé of so many pages.
    pub fn of(pages: usize, resume: &Resume) -> Found {
        Found {
            pages,
            jobs: Some(resume.work.len()),
            education: Some(resume.education.len()),
            skills: Some(resume.skills.iter().map(|group| group.keywords.len()).sum()),
        }
    }
}

/// What the server tells a page.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// A step of reading has begun or ended.
    Progress {
        /// Which résumé.
        resume_id: String,
        /// Where it is.
        step: Step,
        /// Share of the work that is done, 0 to 1.
        share: f32,
        /// Why it failed, or which page is being read.
        detail: Option<String>,
        /// What was found so far.
        found: Option<Found>,
    },
}

/// An event with its number, which grows within a workspace.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Told {
    /// `?after=` of the next connection goes on behind it.
    pub seq: i64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What was told lately, for pages that come back. Several servers share it through the database.
#[derive(Clone)]
pub struct Live {
    /// Workspaces to which something was told.
    hints: broadcast::Sender<String>,
    memory: Arc<Mutex<Memory>>,
    /// Rings when somebody may have been taken out of a team.
    members: Arc<Notify>,
    /// What is to be told through the database.
    shared: Option<mpsc::UnboundedSender<(String, String)>>,
}

/// What one server alone has told.
struct Memory {
    /// Grows over restarts too: it begins at the time of the start.
    next: i64,
    told: HashMap<String, VecDeque<(Instant, Told)>>,
}

impl Live {
    /// For a store, whose database carries the events where servers share it.
    pub fn of(store: &Store) -> Live {
        let hints = broadcast::channel(1024).0;
        let memory = Memory {
            next: jiff::Timestamp::now().as_microsecond(),
            told: HashMap::new(),
        };
        Live {
            shared: store.is_shared().then(|| share(store.clone(), hints.clone())),
            hints,
            memory: Arc::new(Mutex::new(memory)),
            members: Arc::default(),
        }
    }

    /// Tells a step to the pages of a workspace.
    pub fn tell(&self, workspace: &str, resume_id: &str, step: Step, detail: Option<String>) {
        self.tell_found(workspace, resume_id, step, detail, None);
    }

    /// [`Live::tell`], with what was found so far.
    pub fn tell_found(
        &self,
        workspace: &str,
        resume_id: &str,
        step: Step,
        detail: Option<String>,
        found: Option<Found>,
    ) {
        let share = match step {
            Step::Stored => 0.1,
            Step::Reading => 0.2,
            Step::Parsing => 0.6,
            Step::Fitting => 0.8,
            Step::Ready | Step::Failed => 1.0,
        };
        let event = Event::Progress {
            resume_id: resume_id.to_owned(),
            step,
            share,
            detail,
            found,
        };
        if let Some(shared) = &self.shared {
            let Ok(text) = serde_json::to_string(&event) else {
                return;
            };
            // Gone only with the server.
            let _ = shared.send((workspace.to_owned(), text));
            return;
        }
        if let Ok(mut memory) = self.memory.lock() {
            memory.tell(workspace, event);
        }
        // Nobody listening is fine.
        let _ = self.hints.send(workspace.to_owned());
    }

    /// Has every listener asked at once whether it is still let in; where this is missed, or on other servers, that
    /// happens within [`RECHECK`].
    pub fn members_changed(&self) {
        self.members.notify_waiters();
    }

    /// What was told to a workspace after a number, oldest first.
    async fn after(&self, store: &Store, workspace: &str, after: i64) -> Result<Vec<Told>, StoreError> {
        if self.shared.is_none() {
            let memory = self.memory.lock();
            return Ok(memory.map(|memory| memory.after(workspace, after)).unwrap_or_default());
        }
        let told = store.told(workspace, after).await?;
        let of = |(seq, text): (i64, String)| {
            Some(Told {
                seq,
                event: serde_json::from_str(&text).ok()?,
            })
        };
        Ok(told.into_iter().filter_map(of).collect())
    }
}

impl Memory {
    fn tell(&mut self, workspace: &str, event: Event) {
        let now = Instant::now();
        self.told.retain(|_, told| {
            told.retain(|(at, _)| now.duration_since(*at) < REMEMBERED);
            !told.is_empty()
        });
        let told = self.told.entry(workspace.to_owned()).or_default();
        told.push_back((now, Told { seq: self.next, event }));
        self.next += 1;
    }

    fn after(&self, workspace: &str, after: i64) -> Vec<Told> {
        let told = self.told.get(workspace).into_iter().flatten();
        told.map(|(_, told)| told.clone())
            .filter(|told| told.seq > after)
            .collect()
    }
}

/// Carries events to the database in their order, and hints from there.
fn share(store: Store, hints: broadcast::Sender<String>) -> mpsc::UnboundedSender<(String, String)> {
    let (sender, mut told) = mpsc::unbounded_channel::<(String, String)>();
    let writer = store.clone();
    tokio::spawn(async move {
        while let Some((workspace, text)) = told.recv().await {
            for wait in [0, 1, 2, 4, 8] {
                tokio::time::sleep(Duration::from_secs(wait)).await;
                match writer.tell(&workspace, &text).await {
                    // A workspace that is gone hears nothing.
                    Ok(_) | Err(StoreError::NotFound) => break,
                    Err(error) => tracing::warn!(%error, "an event could not be told"),
                }
            }
        }
    });
    let keeper = store.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(REMEMBERED / 4).await;
            if let Err(error) = keeper.forget_told(REMEMBERED).await {
                tracing::warn!(%error, "old events could not be forgotten");
            }
        }
    });
    tokio::spawn(async move {
        loop {
            match store.hints().await {
                Ok(Some(mut from)) => {
                    while let Ok(workspace) = from.next().await {
                        let _ = hints.send(workspace);
                    }
                }
                Ok(None) => return,
                // Pages ask every second all the same.
                Err(error) => tracing::warn!(%error, "no hints of other servers"),
            }
            tokio::time::sleep(RECHECK).await;
        }
    });
    sender
}

/// The latest step of every résumé that is still being read.
fn unfinished(told: &[Told]) -> Vec<Told> {
    let mut latest: Vec<Told> = Vec::new();
    for one in told {
        let Event::Progress { resume_id, .. } = &one.event;
        latest.retain(|known| {
            let Event::Progress { resume_id: id, .. } = &known.event;
            id != resume_id
        });
        latest.push(one.clone());
    }
    latest.retain(|one| {
        let Event::Progress { step, .. } = &one.event;
        !matches!(step, Step::Ready | Step::Failed)
    });
    latest
}

/// Where to go on.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// Number of the last event that was heard; without it, how far the résumés are that are being read.
    after: Option<i64>,
}

/// Progress of this workspace, as a WebSocket of JSON events with their numbers (`Told`). Events of the last ten minutes
/// are kept: `?after=` sends those again that came behind a number. `?team=` names a team. Closed with code 4403 once the
/// caller is not let in any more.
#[utoipa::path(get, path = "/live", tag = "live", params(After), responses((status = 101, description = "WebSocket; the server sends events", body = Told)))]
pub async fn open_live(
    access: Access,
    State(app): State<App>,
    Query(after): Query<After>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| tell_all(socket, app, access, after.after))
}

async fn tell_all(mut socket: WebSocket, app: App, access: Access, after: Option<i64>) {
    let workspace = access.workspace.id.clone();
    let mut recheck = tokio::time::interval(RECHECK);
    let mut hints = app.live.hints.subscribe();
    let mut last = after.unwrap_or(0);
    let mut first = after.is_none();
    let stopped = app.stopped();
    tokio::pin!(stopped);
    loop {
        match app.live.after(&app.store, &workspace, last).await {
            Ok(told) => {
                last = told.last().map_or(last, |told| told.seq);
                let told = if first { unfinished(&told) } else { told };
                first = false;
                for one in &told {
                    if send(&mut socket, one).await.is_err() {
                        return;
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "events could not be read"),
        }
        // Until something is told to this workspace, or it may have been without a hint.
        loop {
            tokio::select! {
                () = &mut stopped => {
                    let _ = socket.send(Message::Close(None)).await;
                    return;
                }
                hint = hints.recv() => match hint {
                    Ok(to) if to == workspace => break,
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Lagged(_)) => break,
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                _ = recheck.tick() => {
                    if !access.lives(&app.store).await {
                        return shut_out(socket).await;
                    }
                    break;
                }
                () = app.live.members.notified() => {
                    if !access.lives(&app.store).await {
                        return shut_out(socket).await;
                    }
                }
                heard = socket.recv() => match heard {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                },
            }
        }
    }
}

async fn shut_out(mut socket: WebSocket) {
    let frame = CloseFrame {
        code: SHUT_OUT,
        reason: "shut out".into(),
    };
    // Whoever is gone already need not be told.
    let _ = socket.send(Message::Close(Some(frame))).await;
}

async fn send(socket: &mut WebSocket, told: &Told) -> Result<(), axum::Error> {
    let text = serde_json::to_string(told).map_err(axum::Error::new)?;
    socket.send(Message::Text(text.into())).await
}
