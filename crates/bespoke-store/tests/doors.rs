//! Ways into an account besides the password, and what is remembered on the way.

mod both;

use bespoke_store::{Store, StoreError};
use both::Place;

async fn account(store: &Store, email: &str) -> String {
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    let made = store.create_account(&workspace.id, email, "", "2030-01-01").await;
    assert_eq!(made.expect("an account").password_hash(), None);
    workspace.id
}

async fn a_step_is_taken_once_and_in_its_time(place: &Place) {
    let store = place.open().await;
    let secret = store.keep_flow("{\"for\":\"ada\"}", 60_000).await.expect("kept");
    let late = store.keep_flow("late", 0).await.expect("kept");
    assert_eq!(store.take_flow("another").await.expect("asked"), None);
    assert_eq!(store.take_flow(&late).await.expect("asked"), None);
    let taken = store.take_flow(&secret).await.expect("asked");
    assert_eq!(taken.as_deref(), Some("{\"for\":\"ada\"}"));
    assert_eq!(store.take_flow(&secret).await.expect("asked"), None);
    store.keep_flow("waits", 60_000).await.expect("kept");
    let found = store.examine().await.expect("examined");
    assert_eq!(found.faults, []);
}

async fn an_account_by_identity_is_made_whole_or_not(place: &Place) {
    let store = place.open().await;
    let there = ("https://id.example.org", "ada-there");
    let (guest, _) = store.create_workspace().await.expect("a workspace");
    let made = store
        .create_account_by_identity(&guest.id, "staff", there, "ada@example.org", "1")
        .await;
    made.expect("made");
    let known = store.account_by_identity(there.0, there.1).await.expect("asked");
    assert_eq!(known.as_deref(), Some(guest.id.as_str()));
    let account = store.account(&guest.id).await.expect("asked").expect("an account");
    assert_eq!(account.email, "ada@example.org");
    assert!(account.email_verified_at.is_some());
    assert_eq!(store.consents(&guest.id).await.expect("listed").len(), 1);
    // The identity is taken: no account is left without a door, and the guest stays a guest.
    let (other, token) = store.create_workspace().await.expect("a workspace");
    let refused = store
        .create_account_by_identity(&other.id, "staff", there, "bob@example.org", "1")
        .await;
    assert!(matches!(refused, Err(StoreError::IdentityTaken)), "{refused:?}");
    assert!(store.account(&other.id).await.expect("asked").is_none());
    let opened = store.workspace(&token).await.expect("asked");
    assert_eq!(opened.map(|workspace| workspace.id), Some(other.id));
}

async fn an_identity_and_a_passkey_open_one_account_and_go_with_it(place: &Place) {
    let store = place.open().await;
    let (ada, bob) = (
        account(&store, "ada@example.org").await,
        account(&store, "bob@example.org").await,
    );
    let there = ("https://id.example.org", "ada-there");
    assert_eq!(store.account_by_identity(there.0, there.1).await.expect("asked"), None);
    store
        .add_identity(&ada, "staff", there, "ada@example.com")
        .await
        .expect("linked");
    for taken in [&ada, &bob] {
        let refused = store.add_identity(taken, "staff", there, "x").await;
        assert!(matches!(refused, Err(StoreError::IdentityTaken)), "{refused:?}");
    }
    // The same subject at another issuer is somebody else.
    let other = ("https://id.example.com", "ada-there");
    store.add_identity(&bob, "other", other, "").await.expect("linked");
    let known = store.account_by_identity(there.0, there.1).await.expect("asked");
    assert_eq!(known.as_deref(), Some(ada.as_str()));
    let listed = store.identities(&ada).await.expect("listed");
    assert_eq!((listed.len(), listed[0].email.as_str()), (1, "ada@example.com"));
    let refused = store.delete_identity(&bob, &listed[0].id).await;
    assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");

    let key = store
        .add_passkey(&ada, "credential", "Phone", "{}", 3)
        .await
        .expect("kept");
    let refused = store.add_passkey(&bob, "credential", "Phone", "{}", 3).await;
    assert!(matches!(refused, Err(StoreError::IdentityTaken)), "{refused:?}");
    let found = store.passkey("credential").await.expect("asked").expect("a passkey");
    assert_eq!((&found.workspace_id, found.name.as_str()), (&ada, "Phone"));
    // A counter must grow; one that stays 0 is none.
    for (counter, grows) in [(4, true), (4, false), (3, false), (0, false), (9, true)] {
        assert_eq!(
            store.use_passkey(&key.id, counter).await.expect("used"),
            grows,
            "{counter}"
        );
    }
    let plain = store.add_passkey(&ada, "plain", "Laptop", "{}", 0).await.expect("kept");
    for (counter, taken) in [(0, true), (0, true), (1, true), (0, false)] {
        assert_eq!(
            store.use_passkey(&plain.id, counter).await.expect("used"),
            taken,
            "{counter}"
        );
    }
    store
        .propose_email(&ada, "new@example.org", 60_000)
        .await
        .expect("proposed");
    assert_eq!(store.examine().await.expect("examined").faults, []);

    let receipt = store.delete_person(&ada).await.expect("deleted");
    for (table, rows) in [("identities", 1), ("passkeys", 2), ("address_changes", 1)] {
        assert_eq!(receipt.removed.get(table), Some(&rows), "{table}: {receipt:?}");
    }
    assert_eq!(store.account_by_identity(there.0, there.1).await.expect("asked"), None);
    assert_eq!(store.passkey("credential").await.expect("asked"), None);
}

async fn a_new_address_waits_for_its_proof(place: &Place) {
    let store = place.open().await;
    let (ada, bob) = (
        account(&store, "ada@example.org").await,
        account(&store, "bob@example.org").await,
    );
    let taken = store.propose_email(&ada, "Bob@example.org ", 60_000).await;
    assert!(matches!(taken, Err(StoreError::EmailTaken)), "{taken:?}");
    let first = store
        .propose_email(&ada, "new@example.org", 60_000)
        .await
        .expect("proposed");
    let second = store
        .propose_email(&ada, "newer@example.org", 60_000)
        .await
        .expect("proposed");
    assert_eq!(store.confirm_email(&first).await.expect("asked"), None, "void");
    // Somebody else was quicker.
    let rival = store
        .propose_email(&bob, "newer@example.org", 60_000)
        .await
        .expect("proposed");
    let changed = store.confirm_email(&rival).await.expect("asked");
    assert_eq!(changed, Some((bob.clone(), "bob@example.org".to_owned())));
    let late = store.confirm_email(&second).await;
    assert!(matches!(late, Err(StoreError::EmailTaken)), "{late:?}");
    let found = store
        .account_by_email("NEWER@example.org")
        .await
        .expect("asked")
        .expect("an account");
    assert_eq!(found.workspace_id, bob);
    assert!(found.email_verified_at.is_some());
    // A new password voids what waits.
    let token = store
        .propose_email(&ada, "third@example.org", 60_000)
        .await
        .expect("proposed");
    store.set_password(&ada, "hash", None).await.expect("set");
    assert_eq!(store.confirm_email(&token).await.expect("asked"), None);
}

on_both!(
    an_account_by_identity_is_made_whole_or_not,
    a_step_is_taken_once_and_in_its_time,
    an_identity_and_a_passkey_open_one_account_and_go_with_it,
    a_new_address_waits_for_its_proof,
);
