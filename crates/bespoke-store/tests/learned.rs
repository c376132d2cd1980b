//! Feedback and what was learned of it: only of those who agreed, sealed, forgotten with the consent; versions come back.

mod both;

use bespoke_store::{Store, StoreError};
use both::Place;

async fn open(place: &Place) -> (Store, String) {
    let store = place.open().await;
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    (store, workspace.id)
}

async fn say(store: &Store, who: &str, day: &str, what: &str) {
    let changed = store.change_feedback(who, day, |known| Some(known.unwrap_or_default() + what));
    changed.await.expect("noted");
}

async fn feedback_is_kept_of_those_who_agreed_and_goes_with_the_consent(place: &Place) {
    let (store, me) = open(place).await;
    say(&store, &me, "2030-01-01", "zarquon-1").await;
    assert_eq!(store.feedback(&me).await.expect("asked"), None, "nobody agreed");
    store.share_counts(&me, true).await.expect("agreed");
    assert!(store.teaches(&me).await.expect("asked"));
    say(&store, &me, "2030-01-01", "zarquon-1").await;
    say(&store, &me, "2030-01-02", "zarquon-2").await;
    assert_eq!(
        store.feedback(&me).await.expect("asked").as_deref(),
        Some("zarquon-1zarquon-2")
    );
    assert_eq!(store.teachers().await.expect("asked"), std::slice::from_ref(&me));
    // Sealed on the disk, and sound.
    let found = store.examine().await.expect("examined");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert!(both::files_with(&place.kept(), &["zarquon-1", "zarquon-2"]).is_empty());
    assert_eq!(store.forget_feedback("2030-01-02").await.expect("done"), 0);
    assert_eq!(store.forget_feedback("2030-01-03").await.expect("done"), 1);
    say(&store, &me, "2030-01-04", "again").await;
    store.share_counts(&me, false).await.expect("taken back");
    assert_eq!(store.feedback(&me).await.expect("asked"), None);
    assert!(store.teachers().await.expect("asked").is_empty());
    store.share_counts(&me, true).await.expect("agreed");
    say(&store, &me, "2030-01-04", "again").await;
    store.forget_my_counts(&me).await.expect("forgotten");
    assert_eq!(store.feedback(&me).await.expect("asked"), None);
    say(&store, &me, "2030-01-04", "again").await;
    store.delete_person(&me).await.expect("deleted");
    assert!(store.teachers().await.expect("asked").is_empty());
}

async fn who_agreed_to_less_teaches_nothing(place: &Place) {
    let (store, me) = open(place).await;
    store.share_counts(&me, true).await.expect("agreed");
    store.close().await;
    let raw = place.raw().await;
    raw.run("UPDATE count_consents SET wording = 1").await;
    raw.close().await;
    let store = place.open().await;
    assert!(
        store.shares_counts(&me).await.expect("asked"),
        "the older consent still holds for what it said"
    );
    assert!(!store.teaches(&me).await.expect("asked"));
    say(&store, &me, "2030-01-01", "x").await;
    assert_eq!(store.feedback(&me).await.expect("asked"), None);
}

async fn an_earlier_version_comes_back_byte_for_byte(place: &Place) {
    let (store, _) = open(place).await;
    assert_eq!(store.learned_in_use().await.expect("asked"), 0);
    let first = store.keep_learned("{\"blend\":0.5}", "{}", 7).await.expect("kept");
    let second = store.keep_learned("{\"blend\":0.4}", "{}", 8).await.expect("kept");
    assert_eq!((first, second, store.learned_in_use().await.expect("asked")), (1, 2, 2));
    store.use_learned(1).await.expect("back");
    assert_eq!(store.learned_in_use().await.expect("asked"), 1);
    let row = store.learned(1).await.expect("there");
    assert_eq!((row.weights.as_str(), row.seed), ("{\"blend\":0.5}", 7));
    assert!(matches!(store.use_learned(9).await, Err(StoreError::NotFound)));
    assert_eq!(store.learned_in_use().await.expect("asked"), 1);
    store.use_learned(0).await.expect("as shipped");
    assert_eq!(store.learned_in_use().await.expect("asked"), 0);
    assert_eq!(
        store.learned_versions().await.expect("asked").len(),
        2,
        "nothing is thrown away"
    );
}

on_both!(
    feedback_is_kept_of_those_who_agreed_and_goes_with_the_consent,
    who_agreed_to_less_teaches_nothing,
    an_earlier_version_comes_back_byte_for_byte,
);
