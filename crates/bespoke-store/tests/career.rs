//! Letters, interviews, counts and trials in the store.

mod both;

use bespoke_store::{InterviewRow, LetterRow, StoreError};
use both::Place;

fn letter(resume_id: &str) -> LetterRow {
    LetterRow {
        id: String::new(),
        resume_id: resume_id.into(),
        base: "{}".into(),
        job: "{}".into(),
        wish: "{}".into(),
        content: "{\"a\":1}".into(),
        facts: "[]".into(),
        version: 0,
        created_at: String::new(),
        updated_at: String::new(),
    }
}

async fn letters_belong_to_one_workspace_and_go_with_the_resume(place: &Place) {
    let (store, me, resume) = place.open_with_resume().await;
    let (other, _) = store.create_workspace().await.expect("another");
    assert!(matches!(
        store.create_letter(&other.id, letter(&resume)).await,
        Err(StoreError::NotFound)
    ));
    let kept = store.create_letter(&me, letter(&resume)).await.expect("kept");
    assert_eq!(store.letter(&me, &kept.id).await.expect("there"), kept);
    assert!(matches!(
        store.letter(&other.id, &kept.id).await,
        Err(StoreError::NotFound)
    ));
    let changed = store
        .update_letter(&me, &kept.id, 1, "{\"w\":1}", "{\"a\":2}", "[]")
        .await
        .expect("changed");
    assert_eq!((changed.version, changed.content.as_str()), (2, "{\"a\":2}"));
    assert!(matches!(
        store.update_letter(&me, &kept.id, 1, "{}", "{}", "[]").await,
        Err(StoreError::Stale { given: 1, present: 2 })
    ));
    assert!(matches!(
        store.update_letter(&other.id, &kept.id, 2, "{}", "{}", "[]").await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.delete_letter(&other.id, &kept.id).await,
        Err(StoreError::NotFound)
    ));
    store.delete_resume(&me, &resume).await.expect("gone");
    assert!(matches!(store.letter(&me, &kept.id).await, Err(StoreError::NotFound)));
}

async fn practice_is_kept_by_version(place: &Place) {
    let (store, me, resume) = place.open_with_resume().await;
    let new = InterviewRow {
        id: String::new(),
        resume_id: resume.clone(),
        job: "{}".into(),
        content: "{}".into(),
        practice: "{}".into(),
        version: 0,
        created_at: String::new(),
        updated_at: String::new(),
    };
    let kept = store.create_interview(&me, new).await.expect("kept");
    let changed = store
        .update_practice(&me, &kept.id, 1, "{\"q1\":{}}")
        .await
        .expect("changed");
    assert_eq!(changed.version, 2);
    assert!(matches!(
        store.update_practice(&me, &kept.id, 1, "{}").await,
        Err(StoreError::Stale { .. })
    ));
    assert_eq!(store.interviews(&me, &resume).await.expect("listed"), [changed]);
    store.delete_interview(&me, &kept.id).await.expect("gone");
    assert!(store.interviews(&me, &resume).await.expect("listed").is_empty());
}

async fn counts_add_up_are_shared_only_with_consent_and_are_forgotten(place: &Place) {
    let (store, me, _) = place.open_with_resume().await;
    let (other, _) = store.create_workspace().await.expect("another");
    for workspace in [&me, &me, &other.id] {
        store
            .count(workspace, "2026-01-02", "export", "pdf", 1)
            .await
            .expect("counted");
    }
    store
        .count(&me, "2025-01-02", "export", "pdf", 3)
        .await
        .expect("counted");
    store
        .count("nobody", "2026-01-02", "export", "pdf", 1)
        .await
        .expect("no such workspace is no error");
    let mine = store.counts(&me, "2026-01-01").await.expect("read");
    assert_eq!((mine.len(), mine[0].n), (1, 2));
    assert!(store.shared_counts("2000").await.expect("read").0.is_empty());
    store.share_counts(&other.id, true).await.expect("agreed");
    store.share_counts(&other.id, true).await.expect("agreed twice");
    let (shared, people) = store.shared_counts("2000").await.expect("read");
    assert_eq!(
        (shared[0].n, people, store.shares_counts(&me).await.expect("asked")),
        (1, 1, false)
    );
    store.share_counts(&other.id, false).await.expect("taken back");
    assert!(store.shared_counts("2000").await.expect("read").0.is_empty());
    assert_eq!(store.forget_counts("2026-01-01").await.expect("forgotten"), 1);
    store.forget_my_counts(&me).await.expect("forgotten");
    assert!(store.counts(&me, "2000").await.expect("read").is_empty());
}

async fn a_variant_stays_and_a_success_counts_once(place: &Place) {
    let (store, me, _) = place.open_with_resume().await;
    assert!(store.start_experiment("look", "{}").await.expect("started"));
    assert!(!store.start_experiment("look", "{\"other\":1}").await.expect("known"));
    assert_eq!(store.join_experiment("look", &me, 1).await.expect("joined"), 1);
    assert_eq!(store.join_experiment("look", &me, 0).await.expect("stays"), 1);
    for _ in 0..3 {
        store.succeed_in_experiment("look", &me).await.expect("noted");
    }
    assert_eq!(store.experiment_counts("look").await.expect("read"), [(1, 1, 1)]);
    store.stop_experiment("look").await.expect("stopped");
    let (late, _) = store.create_workspace().await.expect("another");
    assert!(matches!(
        store.join_experiment("look", &late.id, 0).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(store.stop_experiment("none").await, Err(StoreError::NotFound)));
    assert!(!store.experiments().await.expect("listed")[0].running);
}

on_both!(
    letters_belong_to_one_workspace_and_go_with_the_resume,
    practice_is_kept_by_version,
    counts_add_up_are_shared_only_with_consent_and_are_forgotten,
    a_variant_stays_and_a_success_counts_once,
);
