//! Keys for job boards, and applications that wait to be confirmed, in the store.

mod both;

use bespoke_store::StoreError;
use both::Place;

async fn a_key_takes_the_place_of_another(place: &Place) {
    let (store, me, _) = place.open_with_resume().await;
    let (other, _) = store.create_workspace().await.expect("another");
    let first = store.put_board_key(&me, None, "first").await.expect("kept");
    // A key of somebody else is not replaced.
    store
        .put_board_key(&other.id, Some(&first.id), "theirs")
        .await
        .expect("kept");
    let second = store.put_board_key(&me, Some(&first.id), "second").await.expect("kept");
    let contents = |rows: Vec<bespoke_store::BoardKeyRow>| rows.into_iter().map(|r| r.content).collect::<Vec<_>>();
    assert_eq!(contents(store.board_keys(&me).await.expect("keys")), ["second"]);
    assert_eq!(contents(store.board_keys(&other.id).await.expect("keys")), ["theirs"]);
    assert!(matches!(
        store.delete_board_key(&other.id, &second.id).await,
        Err(StoreError::NotFound)
    ));
    store.delete_board_key(&me, &second.id).await.expect("gone");
    assert!(store.board_keys(&me).await.expect("keys").is_empty());
}

async fn a_parcel_is_taken_once(place: &Place) {
    let (store, me, resume) = place.open_with_resume().await;
    let (other, _) = store.create_workspace().await.expect("another");
    let put = |content: &'static [u8], lives_ms: i64| {
        let (store, me, resume) = (store.clone(), me.clone(), resume.clone());
        async move {
            store
                .put_parcel(&me, &resume, "sum", content, lives_ms)
                .await
                .expect("kept")
        }
    };
    let take = |whose: &str, token: &str, digest: &'static str| {
        let (store, whose, resume, token) = (store.clone(), whose.to_owned(), resume.clone(), token.to_owned());
        async move {
            store
                .take_parcel(&whose, &resume, &token, digest)
                .await
                .expect("an answer")
        }
    };
    let (old, _) = put(b"old", 60_000).await;
    let (token, _) = put(b"new", 60_000).await;
    assert_eq!(take(&me, &old, "sum").await, None, "another took its place");
    assert_eq!(take(&me, &token, "another sum").await, None);
    assert_eq!(take(&other.id, &token, "sum").await, None);
    let (one, two) = tokio::join!(take(&me, &token, "sum"), take(&me, &token, "sum"));
    let mut both = [one, two];
    both.sort();
    assert_eq!(both, [None, Some(b"new".to_vec())]);
    let (late, _) = put(b"late", -1).await;
    assert_eq!(take(&me, &late, "sum").await, None, "its time is over");
}

on_both!(a_key_takes_the_place_of_another, a_parcel_is_taken_once,);
