//! Accounts, sessions and tokens, and deleting a person with everything.

mod both;

use bespoke_store::{Mailed, NewShare, OpenedToken, Opening, Refresh, Store, StoreError, TokenScope};
use both::Place;

async fn account(store: &Store, email: &str) -> String {
    let (workspace, token) = store.create_workspace().await.expect("a workspace");
    store
        .create_account(&workspace.id, email, "$argon2id$hash", "2026-11")
        .await
        .expect("an account");
    assert_eq!(
        store.workspace(&token).await.expect("asked"),
        None,
        "the guest's token is void"
    );
    workspace.id
}

/// A person with something in every table.
async fn everything(store: &Store, email: &str) -> String {
    let id = account(store, email).await;
    let resume = store.create_resume(&id, "cv.txt", "txt", b"x").await.expect("kept");
    let share = NewShare {
        resume_id: &resume.id,
        tailoring_id: None,
        label: "for a friend",
        content: "{}",
        password_hash: None,
        download: true,
        expires_at: None,
        role: "viewer",
    };
    let share = store.create_share(&id, email, share).await.expect("shared");
    store
        .count_opening(&share.id, "2026-11-29", Opening::View(b"x"))
        .await
        .expect("counted");
    store.start_session(&id, "Firefox").await.expect("signed in");
    store
        .create_api_token(&id, "script", TokenScope::Read, None, None)
        .await
        .expect("made");
    store.set_totp(&id, Some(b"secret")).await.expect("set");
    store.confirm_totp(&id, &["code".into()]).await.expect("confirmed");
    store.mail_token(&id, Mailed::Verify, 60_000).await.expect("made");
    id
}

async fn an_account_is_found_by_its_address_in_any_case(place: &Place) {
    let store = place.open().await;
    let id = account(&store, " Ada@Example.ORG ").await;
    let found = store
        .account_by_email("ada@example.org")
        .await
        .expect("asked")
        .expect("found");
    assert_eq!(
        (found.workspace_id.as_str(), found.email.as_str()),
        (id.as_str(), "Ada@Example.ORG")
    );
    assert!(
        store
            .account_by_email("bob@example.org")
            .await
            .expect("asked")
            .is_none()
    );
    let (other, _) = store.create_workspace().await.expect("a workspace");
    let taken = store.create_account(&other.id, "ADA@example.org", "h", "1").await;
    assert!(matches!(taken, Err(StoreError::EmailTaken)), "{taken:?}");
    let twice = store.create_account(&id, "new@example.org", "h", "1").await;
    assert!(matches!(twice, Err(StoreError::HasAccount)), "{twice:?}");
    assert_eq!(store.consents(&id).await.expect("asked")[0].version, "2026-11");
}

async fn a_refresh_token_that_comes_twice_ends_its_session(place: &Place) {
    let store = place.open().await;
    let id = account(&store, "ada@example.org").await;
    let (session, first) = store.start_session(&id, "Firefox").await.expect("signed in");
    let (other, _) = store.start_session(&id, "Chromium").await.expect("signed in");
    assert!(store.can_refresh(&first).await.expect("asked"));
    let Refresh::Renewed {
        session: same,
        workspace,
        token,
    } = store.refresh_session(&first).await.expect("asked")
    else {
        panic!("not renewed");
    };
    assert_eq!((same.as_str(), workspace.as_str()), (session.as_str(), id.as_str()));
    assert_ne!(token, first);
    assert!(!store.can_refresh(&first).await.expect("asked"));
    assert_eq!(store.refresh_session(&first).await.expect("asked"), Refresh::Reused);
    // The thief's and the person's are both void; the other session lives.
    assert_eq!(store.refresh_session(&token).await.expect("asked"), Refresh::Unknown);
    assert!(store.session_workspace(&id, &session).await.expect("asked").is_none());
    assert!(store.session_workspace(&id, &other).await.expect("asked").is_some());
    let listed = store.sessions(&id).await.expect("listed");
    assert_eq!((listed.len(), listed[0].device.as_str()), (1, "Chromium"));
    store.set_password(&id, "new", None).await.expect("set");
    assert!(store.session_workspace(&id, &other).await.expect("asked").is_none());
}

async fn second_factors_and_mailed_secrets_count_once(place: &Place) {
    let store = place.open().await;
    let id = everything(&store, "ada@example.org").await;
    let other = account(&store, "bob@example.org").await;
    assert!(store.use_totp_step(&id, 100).await.expect("asked"));
    assert!(!store.use_totp_step(&id, 100).await.expect("asked"));
    assert!(!store.use_totp_step(&id, 99).await.expect("asked"));
    assert!(!store.use_recovery_code(&other, "code").await.expect("asked"));
    assert!(store.use_recovery_code(&id, "code").await.expect("asked"));
    assert!(!store.use_recovery_code(&id, "code").await.expect("asked"));
    let token = store.mail_token(&id, Mailed::Reset, 60_000).await.expect("made");
    assert_eq!(
        store.use_mailed_token(&token, Mailed::Verify).await.expect("asked"),
        None
    );
    assert_eq!(
        store.use_mailed_token(&token, Mailed::Reset).await.expect("asked"),
        Some(id.clone())
    );
    assert_eq!(
        store.use_mailed_token(&token, Mailed::Reset).await.expect("asked"),
        None
    );
    let late = store.mail_token(&id, Mailed::Reset, -1).await.expect("made");
    assert_eq!(store.use_mailed_token(&late, Mailed::Reset).await.expect("asked"), None);
    assert!(
        store
            .account(&id)
            .await
            .expect("asked")
            .expect("there")
            .email_verified_at
            .is_some()
    );
}

async fn an_api_token_opens_its_workspace_until_it_is_revoked(place: &Place) {
    let store = place.open().await;
    let id = account(&store, "ada@example.org").await;
    let other = account(&store, "bob@example.org").await;
    let (row, token) = store
        .create_api_token(&id, "script", TokenScope::Write, None, None)
        .await
        .expect("made");
    assert_eq!(
        store.api_token(&token).await.expect("asked"),
        Some(OpenedToken {
            workspace_id: id.clone(),
            scope: TokenScope::Write,
            team_id: None
        })
    );
    let listed = store.api_tokens(&id).await.expect("listed");
    assert_eq!(
        (listed[0].name.as_str(), listed[0].last_used_at.is_some()),
        ("script", true)
    );
    assert!(matches!(
        store.delete_api_token(&other, &row.id).await,
        Err(StoreError::NotFound)
    ));
    store.delete_api_token(&id, &row.id).await.expect("revoked");
    assert_eq!(store.api_token(&token).await.expect("asked"), None);
    let (_, late) = store
        .create_api_token(&id, "late", TokenScope::Read, None, Some(-1))
        .await
        .expect("made");
    assert_eq!(store.api_token(&late).await.expect("asked"), None);
    let (guest, _) = store.create_workspace().await.expect("a workspace");
    assert!(
        store
            .create_api_token(&guest.id, "x", TokenScope::Read, None, None)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn deleting_a_person_leaves_nothing_and_a_backup_does_not_bring_them_back() {
    let place = &Place::new(None);
    let data = place.data.clone();
    let store = place.open().await;
    let kept = everything(&store, "bob@example.org").await;
    let pool = place.raw().await;
    let before = pool.counts().await;
    let gone = everything(&store, "ada@example.org").await;
    let wrapped = pool
        .bytes(&format!("SELECT wrapped FROM keys WHERE owner = '{gone}'"))
        .await;
    pool.close().await;
    store.close().await;
    let backup = place.around().join("backup.db");
    std::fs::copy(data.join("bespoke.db"), &backup).expect("a backup");

    let store = place.open().await;
    let receipt = store.delete_person(&gone).await.expect("deleted");
    for table in [
        "resumes",
        "jobs",
        "accounts",
        "sessions",
        "refresh_tokens",
        "api_tokens",
        "recovery_codes",
        "mailed_tokens",
        "consents",
        "keys",
    ] {
        assert_eq!(receipt.removed.get(table), Some(&1), "{table}: {receipt:?}");
    }
    let pool = place.raw().await;
    let after: Vec<_> = pool
        .counts()
        .await
        .into_iter()
        .filter(|(t, _)| t != "deletions")
        .collect();
    assert_eq!(
        after,
        before.into_iter().filter(|(t, _)| t != "deletions").collect::<Vec<_>>()
    );
    pool.close().await;
    assert!(matches!(store.resumes(&gone).await, Err(StoreError::NotFound)));
    assert!(matches!(store.delete_person(&gone).await, Err(StoreError::NotFound)));
    store.close().await;
    for file in ["bespoke.db", "bespoke.db-wal"] {
        let bytes = std::fs::read(data.join(file)).unwrap_or_default();
        assert!(
            !bytes.windows(wrapped.len()).any(|w| w == wrapped),
            "{file} still has the key"
        );
    }

    std::fs::copy(&backup, data.join("bespoke.db")).expect("restored");
    let store = place.open().await;
    let people = store.people().await.expect("listed");
    assert_eq!(people.len(), 1);
    assert_eq!(
        (
            people[0].workspace_id.as_str(),
            people[0].email.as_deref(),
            people[0].resumes
        ),
        (kept.as_str(), Some("bob@example.org"), 1)
    );
}

on_both!(
    an_account_is_found_by_its_address_in_any_case,
    a_refresh_token_that_comes_twice_ends_its_session,
    second_factors_and_mailed_secrets_count_once,
    an_api_token_opens_its_workspace_until_it_is_revoked,
);
