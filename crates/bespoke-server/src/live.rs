//! Progress, told to every open page of a workspace over a WebSocket.

use crate::auth::Caller;
use crate::state::App;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use bespoke_core::resume::Resume;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::broadcast;

/// How often it is asked whether the listener is still let in.
const RECHECK: Duration = Duration::from_secs(1);

/// How far the reading of a résumé is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
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

/// The channel of all events and the latest of every résumé that is being read.
#[derive(Clone)]
pub struct Live {
    channel: broadcast::Sender<(String, Event)>,
    latest: Arc<Mutex<HashMap<String, (String, Event)>>>,
}

impl Default for Live {
    fn default() -> Self {
        Live {
            channel: broadcast::channel(256).0,
            latest: Arc::default(),
        }
    }
}

impl Live {
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
        let told = (workspace.to_owned(), event);
        if let Ok(mut latest) = self.latest.lock() {
            if matches!(step, Step::Ready | Step::Failed) {
                latest.remove(resume_id);
            } else {
                latest.insert(resume_id.to_owned(), told.clone());
            }
        }
        // Nobody listening is fine.
        let _ = self.channel.send(told);
    }

    fn latest(&self, workspace: &str) -> Vec<Event> {
        let Ok(latest) = self.latest.lock() else {
            return Vec::new();
        };
        latest
            .values()
            .filter(|(w, _)| w == workspace)
            .map(|(_, e)| e.clone())
            .collect()
    }
}

/// Progress of this workspace, as a WebSocket of JSON events (`Event`).
#[utoipa::path(get, path = "/live", tag = "live", responses((status = 101, description = "WebSocket; the server sends events", body = Event)))]
pub async fn open_live(caller: Caller, State(app): State<App>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| tell_all(socket, app, caller))
}

async fn tell_all(mut socket: WebSocket, app: App, caller: Caller) {
    let workspace = caller.workspace().id.clone();
    let mut recheck = tokio::time::interval(RECHECK);
    let mut events = app.live.channel.subscribe();
    for event in app.live.latest(&workspace) {
        if send(&mut socket, &event).await.is_err() {
            return;
        }
    }
    let stopped = app.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => {
                let _ = socket.send(Message::Close(None)).await;
                return;
            }
            told = events.recv() => match told {
                Ok((to, event)) if to == workspace => {
                    if send(&mut socket, &event).await.is_err() {
                        return;
                    }
                }
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            },
            _ = recheck.tick() => {
                if !caller.lives(&app.store).await {
                    return;
                }
            }
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}

async fn send(socket: &mut WebSocket, event: &Event) -> Result<(), axum::Error> {
    let text = serde_json::to_string(event).map_err(axum::Error::new)?;
    socket.send(Message::Text(text.into())).await
}
