//! How often somebody may try: a bucket per address and one per account, each filled again with time.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Keys that are kept; past that, full buckets are dropped.
const KEPT: usize = 50_000;

/// What is limited.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    /// Everything that an address tries at the doors.
    Address(IpAddr),
    /// Wrong passwords and codes of one account (the hash of its e-mail address).
    Account(Vec<u8>),
    /// Messages to one address, and of one account.
    Mail(Vec<u8>),
    /// Questions that a workspace puts to a language model.
    Model(String),
}

impl Who {
    /// (tries at once, time until one more is allowed)
    fn limit(&self) -> (f64, Duration) {
        match self {
            Who::Address(_) => (60.0, Duration::from_secs(10)),
            Who::Account(_) => (10.0, Duration::from_secs(90)),
            Who::Mail(_) => (5.0, Duration::from_secs(600)),
            Who::Model(_) => (20.0, Duration::from_secs(15)),
        }
    }
}

struct Bucket {
    left: f64,
    at: Instant,
}

/// All buckets.
#[derive(Default)]
pub struct Limits {
    buckets: Mutex<HashMap<Who, Bucket>>,
}

impl Limits {
    /// Takes one try.
    ///
    /// # Errors
    /// How long to wait where none is left.
    pub fn take(&self, who: Who) -> Result<(), Duration> {
        self.take_at(who, Instant::now())
    }

    /// Gives a try back: it succeeded.
    pub fn give_back(&self, who: &Who) {
        if let Ok(mut buckets) = self.buckets.lock()
            && let Some(bucket) = buckets.get_mut(who)
        {
            bucket.left = (bucket.left + 1.0).min(who.limit().0);
        }
    }

    fn take_at(&self, who: Who, now: Instant) -> Result<(), Duration> {
        let (most, every) = who.limit();
        let Ok(mut buckets) = self.buckets.lock() else {
            return Ok(());
        };
        let filled = |bucket: &Bucket, (most, every): (f64, Duration)| {
            let gained = now.saturating_duration_since(bucket.at).as_secs_f64() / every.as_secs_f64();
            (bucket.left + gained).min(most)
        };
        if buckets.len() >= KEPT {
            buckets.retain(|who, bucket| filled(bucket, who.limit()) < who.limit().0);
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: most, at: now });
        bucket.left = filled(bucket, (most, every));
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err(every.mul_f64(1.0 - bucket.left));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_run_out_and_come_back() {
        let limits = Limits::default();
        let start = Instant::now();
        let ada = || Who::Account(vec![1]);
        for _ in 0..10 {
            limits.take_at(ada(), start).unwrap();
        }
        let wait = limits.take_at(ada(), start).unwrap_err();
        assert!(
            wait <= Duration::from_secs(90) && wait > Duration::from_secs(80),
            "{wait:?}"
        );
        limits.take_at(Who::Account(vec![2]), start).unwrap();
        limits.take_at(ada(), start + Duration::from_secs(91)).unwrap();
        limits.take_at(ada(), start + Duration::from_secs(91)).unwrap_err();
        limits.give_back(&ada());
        limits.take_at(ada(), start + Duration::from_secs(91)).unwrap();
        // However long it waits, no more than the bucket holds.
        for _ in 0..10 {
            limits.take_at(ada(), start + Duration::from_secs(90_000)).unwrap();
        }
        limits.take_at(ada(), start + Duration::from_secs(90_000)).unwrap_err();
    }
}
