//! The language model of a workspace, in the store.

mod both;

use both::Place;

async fn each_workspace_has_one_of_its_own(place: &Place) {
    let (store, me, _) = place.open_with_resume().await;
    let (other, _) = store.create_workspace().await.expect("another");
    assert!(store.language_model(&me).await.expect("an answer").is_none());
    store.put_language_model(&me, "first").await.expect("kept");
    store.put_language_model(&other.id, "theirs").await.expect("kept");
    store.put_language_model(&me, "second").await.expect("kept");
    let content = |row: Option<bespoke_store::LanguageModelRow>| row.map(|r| r.content);
    assert_eq!(
        content(store.language_model(&me).await.expect("one")).as_deref(),
        Some("second")
    );
    store.delete_language_model(&me).await.expect("gone");
    store.delete_language_model(&me).await.expect("still gone");
    assert!(store.language_model(&me).await.expect("an answer").is_none());
    assert_eq!(
        content(store.language_model(&other.id).await.expect("one")).as_deref(),
        Some("theirs")
    );
}

on_both!(each_workspace_has_one_of_its_own,);
