//! Audits and documents at hand: reading an original again costs milliseconds, or seconds where its pages are pictures.
//!
//! Only this process's memory holds them, for a quarter of an hour; whose they are is judged before, by the store.

use bespoke_core::audit::{Audit, Strictness};
use bespoke_core::date::PartialDate;
use bespoke_core::document::Document;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Documents and audits kept, the latest used last.
const KEPT: usize = 64;
/// Bytes of text of the largest document that is kept.
const LONGEST: usize = 1 << 20;
/// How long they are kept.
const FRESH: Duration = Duration::from_secs(15 * 60);

/// What an audit depends on. The file of a résumé never changes, its content has a version.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    pub resume: String,
    pub version: i64,
    pub strictness: Strictness,
    pub today: Option<PartialDate>,
}

#[derive(Default)]
struct Shelf {
    documents: VecDeque<(Instant, String, Arc<Document>)>,
    audits: VecDeque<(Instant, Key, Arc<Audit>)>,
}

/// Documents by résumé, audits by what they depend on; cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Audits(Arc<Mutex<Shelf>>);

impl Audits {
    pub fn document(&self, resume: &str) -> Option<Arc<Document>> {
        self.with(|shelf| recall(&mut shelf.documents, |id| id == resume))
    }

    pub fn keep_document(&self, resume: &str, document: &Arc<Document>) {
        if document.text.len() <= LONGEST {
            self.with(|shelf| keep(&mut shelf.documents, resume.to_owned(), document.clone()));
        }
    }

    pub fn audit(&self, key: &Key) -> Option<Arc<Audit>> {
        self.with(|shelf| recall(&mut shelf.audits, |k| k == key))
    }

    pub fn keep_audit(&self, key: Key, audit: &Arc<Audit>) {
        self.with(|shelf| keep(&mut shelf.audits, key, audit.clone()));
    }

    /// Forgets all about a résumé that is deleted.
    pub fn forget(&self, resume: &str) {
        self.with(|shelf| {
            shelf.documents.retain(|(_, id, _)| id != resume);
            shelf.audits.retain(|(_, key, _)| key.resume != resume);
        });
    }

    fn with<T>(&self, run: impl FnOnce(&mut Shelf) -> T) -> T {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.documents.retain(|(since, ..)| since.elapsed() < FRESH);
        shelf.audits.retain(|(since, ..)| since.elapsed() < FRESH);
        run(&mut shelf)
    }
}

fn recall<K, V: Clone>(list: &mut VecDeque<(Instant, K, V)>, is: impl Fn(&K) -> bool) -> Option<V> {
    let found = list.remove(list.iter().position(|(_, key, _)| is(key))?)?;
    let value = found.2.clone();
    list.push_back(found);
    Some(value)
}

fn keep<K: PartialEq, V>(list: &mut VecDeque<(Instant, K, V)>, key: K, value: V) {
    list.retain(|(_, known, _)| *known != key);
    if list.len() == KEPT {
        list.pop_front();
    }
    list.push_back((Instant::now(), key, value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_latest_used_and_forgets_the_deleted() {
        let audits = Audits::default();
        let document = Arc::new(bespoke_core::ingest::ingest(b"Ana Example", Some("a.txt")).unwrap());
        for n in 0..KEPT {
            audits.keep_document(&n.to_string(), &document);
        }
        assert!(audits.document("0").is_some(), "used: it moves to the end");
        audits.keep_document("new", &document);
        assert!(audits.document("1").is_none(), "the longest unused makes room");
        assert!(audits.document("0").is_some() && audits.document("new").is_some());
        audits.forget("new");
        assert!(audits.document("new").is_none());
    }
}
