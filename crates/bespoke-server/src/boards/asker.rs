//! Asks boards, with limits and with patience.

use super::{Board, BoardError, BoardKey, KeyUse, Keys, Opening, Source, Takes};
use crate::fetch::{FetchError, Fetched, Fetcher, Request};
use std::collections::HashSet;
use std::time::Duration;

/// Most pages of one list.
const MAX_PAGES: usize = 20;
/// Most pages of one search: keys are good for some hundred requests a day.
const SEARCH_PAGES: usize = 5;
/// Most openings of one list.
const MAX_OPENINGS: usize = 1_000;
/// Most openings whose own page is fetched because the list does not describe them.
const MAX_DETAILS: usize = 100;
/// How often a request is made before it counts as failed.
const TRIES: u32 = 3;

/// What a board gave.
#[derive(Debug, Default)]
pub struct Found {
    /// The openings.
    pub openings: Vec<Opening>,
    /// Why there may be more, where the list broke off.
    pub cut: Option<String>,
}

/// Asks boards, with limits and with patience.
pub struct Asker {
    pub(super) fetcher: Fetcher,
    /// Longest wait that a busy server may ask for.
    pub patience: Duration,
    /// Server that takes the place of the boards' own ones: only for tests.
    pub(super) server: Option<String>,
}

impl Default for Asker {
    fn default() -> Self {
        Asker {
            fetcher: Fetcher::default().with_max_bytes(16 << 20),
            patience: Duration::from_secs(10),
            server: None,
        }
    }
}

impl Asker {
    /// One whose boards are all a server of this machine: for tests with a server of ours that speaks their shapes. No
    /// configuration leads here; `tests/architecture.rs` of the command sees to it that the product never does.
    pub fn for_this_machine(server: String, timeout: Duration) -> Asker {
        Asker {
            fetcher: Fetcher::for_this_machine(timeout),
            patience: Duration::from_secs(1),
            server: Some(server),
        }
    }

    /// All openings of a source, up to the limits. A list that breaks off in the middle gives what came before.
    ///
    /// # Errors
    /// [`BoardError`] where not even the first page came.
    pub async fn openings(&self, source: Source<'_>, keys: &Keys) -> Result<Found, BoardError> {
        let Source { board, account } = source;
        let key = keys.searching(board.name());
        if board.key() == KeyUse::Searching && key.is_none() {
            return Err(BoardError::NoKey(board.name()));
        }
        let pages = match board.takes() {
            Takes::Search(_) => SEARCH_PAGES,
            Takes::Account | Takes::Address => MAX_PAGES,
        };
        let mut address = board.first(self.server.as_deref(), account);
        let mut found = Found::default();
        let mut seen = HashSet::new();
        for n in 0..pages {
            let page = match self
                .list(board, account, &address, key)
                .await
                .and_then(|page| board.read(&address, account, &page))
            {
                Ok(page) => page,
                Err(error) if n == 0 => return Err(error),
                Err(error) => {
                    found.cut = Some(error.to_string());
                    break;
                }
            };
            let before = found.openings.len();
            // A server that answers with the same page again would never come to an end.
            let new = page
                .openings
                .into_iter()
                .filter(|o| seen.insert((o.id.clone(), o.url.clone())));
            found.openings.extend(new);
            match page.next {
                Some(next) if found.openings.len() > before && found.openings.len() < MAX_OPENINGS => address = next,
                _ => break,
            }
            if n + 1 == pages {
                found.cut = Some(format!("{}: only the first {pages} pages were read", board.name()));
            }
        }
        found.openings.truncate(MAX_OPENINGS);
        for opening in &mut found.openings {
            account.clone_into(&mut opening.account);
        }
        let first = board.first(self.server.as_deref(), account);
        for opening in found
            .openings
            .iter_mut()
            .filter(|o| o.text.is_empty())
            .take(MAX_DETAILS)
        {
            let Some(address) = board.detail(&first, opening) else {
                continue;
            };
            let read = self
                .list(board, account, &address, key)
                .await
                .and_then(|page| board.complete(opening, &page));
            if let Err(error) = read {
                found.cut = Some(format!("some descriptions are missing: {error}"));
            }
        }
        Ok(found)
    }

    async fn list(
        &self,
        board: &'static dyn Board,
        account: &str,
        address: &str,
        key: Option<&BoardKey>,
    ) -> Result<Fetched, BoardError> {
        self.fetch(board.name(), account, &board.request(address, key)).await
    }

    /// Fetches; waits as long as a busy server asks, within our patience.
    pub(super) async fn fetch(
        &self,
        board: &'static str,
        account: &str,
        request: &Request,
    ) -> Result<Fetched, BoardError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let error = match self.fetcher.ask(request).await {
                Ok(page) => return Ok(page),
                Err(error) => error,
            };
            let wait = match &error {
                FetchError::Busy { seconds, .. } => Duration::from_secs(seconds.unwrap_or(1)),
                FetchError::Status(500 | 502 | 504) | FetchError::Time => Duration::from_millis(500),
                FetchError::Status(401 | 403) if request.is_keyed() => return Err(BoardError::KeyRefused(board)),
                FetchError::Status(404) => {
                    return Err(BoardError::Unknown {
                        board,
                        account: account.to_owned(),
                    });
                }
                _ => return Err(BoardError::Fetch { board, error }),
            };
            if tries == TRIES || wait > self.patience {
                return Err(BoardError::Fetch { board, error });
            }
            tokio::time::sleep(wait.min(self.patience)).await;
        }
    }
}
