//! The queue: bounded, retried, and an upload sent twice stays one.

mod both;

use bespoke_store::{QueueLimits, QueueState, Status, Store, StoreError};
use both::Place;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

async fn open(place: &Place, all: i64, each: i64) -> (Store, String, String) {
    let store = place.open().await.with_limits(QueueLimits { all, each });
    let one = store.create_workspace().await.expect("made").0.id;
    let two = store.create_workspace().await.expect("made").0.id;
    (store, one, two)
}

async fn past_its_length_the_queue_takes_nothing_and_keeps_nothing(place: &Place) {
    let (store, one, two) = open(place, 3, 2).await;
    for _ in 0..2 {
        store.create_resume(&one, "a.txt", "txt", b"x").await.expect("taken");
    }
    let refused = store.create_resume(&one, "a.txt", "txt", b"x").await;
    assert!(
        matches!(refused, Err(StoreError::Busy { mine: true, seconds }) if seconds > 0),
        "{refused:?}"
    );
    store
        .create_resume(&two, "a.txt", "txt", b"x")
        .await
        .expect("another's place is free");
    let refused = store.create_resume(&two, "a.txt", "txt", b"x").await;
    assert!(
        matches!(refused, Err(StoreError::Busy { mine: false, .. })),
        "{refused:?}"
    );
    assert_eq!(store.resumes(&one).await.expect("listed").len(), 2);
    // Each job that ends makes room.
    let job = store.claim_job("me", LEASE).await.expect("asked").expect("a job");
    assert_eq!(
        store.queue().await.expect("asked"),
        QueueState {
            open: 3,
            held: 1,
            dead: 0
        }
    );
    store.finish_reading(&job, Ok(("d", "c"))).await.expect("kept");
    store.create_resume(&two, "a.txt", "txt", b"x").await.expect("taken");
}

async fn a_key_makes_one_resume_however_often_it_comes(place: &Place) {
    let (store, one, two) = open(place, 9, 9).await;
    let send = |workspace: String, key: &'static str, file: &'static [u8]| {
        let store = store.clone();
        async move {
            store
                .create_resume_once(&workspace, Some(key), "a.txt", "txt", file)
                .await
        }
    };
    let all = (0..8)
        .map(|_| tokio::spawn(send(one.clone(), "k", b"x")))
        .collect::<Vec<_>>();
    let mut firsts = 0;
    let mut ids = Vec::new();
    for task in all {
        let (row, first) = task.await.expect("it ran").expect("taken");
        firsts += usize::from(first);
        ids.push(row.id);
    }
    ids.dedup();
    assert_eq!((firsts, ids.len()), (1, 1));
    assert!(matches!(send(one.clone(), "k", b"y").await, Err(StoreError::KeyReused)));
    assert!(send(two.clone(), "k", b"y").await.expect("another's key").1);
    assert!(send(one.clone(), "l", b"x").await.expect("another key").1);
    // A deleted résumé frees its key.
    store.delete_resume(&one, &ids[0]).await.expect("deleted");
    assert!(send(one.clone(), "k", b"x").await.expect("taken").1);
}

async fn what_failed_or_was_given_up_is_tried_again(place: &Place) {
    let (store, one, two) = open(place, 9, 9).await;
    let failed = store.create_resume(&one, "a.txt", "txt", b"x").await.expect("taken").id;
    let first = store.claim_job("me", LEASE).await.expect("asked").expect("a job");
    assert!(!store.retry_job(&one, &failed).await.expect("asked"), "it is at work");
    store.finish_reading(&first, Err("\"no\"")).await.expect("kept");
    assert!(matches!(
        store.retry_job(&two, &failed).await,
        Err(StoreError::NotFound)
    ));
    assert!(store.retry_job(&one, &failed).await.expect("asked"));
    let again = store.resume(&one, &failed).await.expect("there");
    assert_eq!((again.status, again.failure), (Status::Reading, None));
    let second = store.claim_job("me", LEASE).await.expect("asked").expect("a job");
    let late = store.finish_reading(&first, Err("\"late\"")).await;
    assert!(
        second.fence > first.fence && matches!(late, Err(StoreError::Fenced)),
        "{late:?}"
    );
    store.finish_reading(&second, Ok(("d", "c"))).await.expect("kept");
    assert_eq!(store.resume(&one, &failed).await.expect("there").status, Status::Ready);

    let poison = store.create_resume(&one, "b.txt", "txt", b"x").await.expect("taken").id;
    for _ in 0..bespoke_store::ATTEMPTS {
        store
            .claim_job("me", Duration::ZERO)
            .await
            .expect("asked")
            .expect("a job");
    }
    store.bury_jobs("\"broke off\"").await.expect("looked");
    assert_eq!(store.given_up().await.expect("asked"), [(one.clone(), poison.clone())]);
    assert!(store.retry_job(&one, &poison).await.expect("asked"));
    assert_eq!(store.given_up().await.expect("asked"), []);
    assert!(store.claim_job("me", LEASE).await.expect("asked").is_some());
}

on_both!(
    past_its_length_the_queue_takes_nothing_and_keeps_nothing,
    a_key_makes_one_resume_however_often_it_comes,
    what_failed_or_was_given_up_is_tried_again,
);
