//! Teams: who is in them, how somebody gets in and out, and what is left when an account or a team goes.

mod both;

use bespoke_store::{NewComment, Store, StoreError, TokenScope};
use both::Place;

const WEEK_MS: i64 = 7 * 24 * 3600 * 1000;

async fn account(store: &Store, email: &str) -> String {
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    store
        .create_account(&workspace.id, email, "hash", "1")
        .await
        .expect("an account");
    workspace.id
}

async fn join(store: &Store, team: &str, member: &str, role: &str, name: &str) {
    let (_, token) = store
        .create_invitation(team, role, None, WEEK_MS)
        .await
        .expect("an invitation");
    assert_eq!(
        store.accept_invitation(&token, member, name).await.expect("accepted"),
        team
    );
}

fn is<T: std::fmt::Debug>(given: Result<T, StoreError>, wanted: &str) {
    let error = given.expect_err("refused");
    assert_eq!(format!("{error:?}").split(['(', ' ']).next(), Some(wanted), "{error:?}");
}

async fn an_invitation_lets_one_account_in_once_within_its_time(place: &Place) {
    let store = place.open().await;
    let (ada, bob, eve) = (
        account(&store, "ada@example.org").await,
        account(&store, "bob@example.org").await,
        account(&store, "eve@example.org").await,
    );
    let team = store.create_team(&ada, "Lanterns", "Ada").await.expect("a team");
    let (row, token) = store
        .create_invitation(&team.id, "editor", Some("bob@example.org"), WEEK_MS)
        .await
        .expect("an invitation");
    let listed = store.invitations(&team.id).await.expect("listed");
    assert_eq!(listed, [row]);
    let (seen, role) = store.invitation(&token).await.expect("asked").expect("good");
    assert_eq!((seen.name.as_str(), role.as_str()), ("Lanterns", "editor"));
    // Somebody who is in the team does not use it up.
    is(store.accept_invitation(&token, &ada, "Ada").await, "IsMember");
    assert_eq!(
        store.accept_invitation(&token, &bob, "Bob").await.expect("accepted"),
        team.id
    );
    is(store.accept_invitation(&token, &eve, "Eve").await, "NotFound");
    assert_eq!(store.invitation(&token).await.expect("asked"), None);
    let (_, late) = store
        .create_invitation(&team.id, "viewer", None, -1)
        .await
        .expect("made");
    is(store.accept_invitation(&late, &eve, "Eve").await, "NotFound");
    let (row, back) = store
        .create_invitation(&team.id, "viewer", None, WEEK_MS)
        .await
        .expect("made");
    let other = store.create_team(&eve, "Others", "Eve").await.expect("a team");
    is(store.delete_invitation(&other.id, &row.id).await, "NotFound");
    store.delete_invitation(&team.id, &row.id).await.expect("taken back");
    is(store.accept_invitation(&back, &eve, "Eve").await, "NotFound");
    // A guest has no account to let in.
    let (guest, _) = store.create_workspace().await.expect("a workspace");
    let (_, token) = store
        .create_invitation(&team.id, "viewer", None, WEEK_MS)
        .await
        .expect("made");
    is(store.accept_invitation(&token, &guest.id, "Guest").await, "NotFound");
    let members = store.members(&team.id).await.expect("listed");
    let said: Vec<_> = members
        .iter()
        .map(|m| (m.name.as_str(), m.email.as_str(), m.role.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("Ada", "ada@example.org", "owner"),
            ("Bob", "bob@example.org", "editor")
        ]
    );
}

async fn a_team_always_has_an_owner(place: &Place) {
    let store = place.open().await;
    let (ada, bob) = (
        account(&store, "ada@example.org").await,
        account(&store, "bob@example.org").await,
    );
    let team = store.create_team(&ada, "Lanterns", "Ada").await.expect("a team");
    join(&store, &team.id, &bob, "viewer", "Bob").await;
    is(store.set_member_role(&team.id, &ada, "editor").await, "LastOwner");
    is(store.remove_member(&team.id, &ada).await, "LastOwner");
    assert_eq!(
        store.role_in_team(&team.id, &ada).await.expect("asked").as_deref(),
        Some("owner"),
        "a refusal changes nothing"
    );
    assert_eq!(
        store.teams_held_up_by(&ada).await.expect("asked"),
        std::slice::from_ref(&team)
    );
    store
        .set_member_role(&team.id, &bob, "owner")
        .await
        .expect("another owner");
    assert!(store.teams_held_up_by(&ada).await.expect("asked").is_empty());
    store
        .set_member_role(&team.id, &ada, "editor")
        .await
        .expect("now it may be");
    is(store.remove_member(&team.id, &bob).await, "LastOwner");
    let (_, token) = store
        .create_api_token(&ada, "script", TokenScope::Read, Some(&team.id), None)
        .await
        .expect("bound");
    assert_eq!(
        store
            .api_token(&token)
            .await
            .expect("asked")
            .and_then(|t| t.team_id)
            .as_deref(),
        Some(team.id.as_str())
    );
    store.remove_member(&team.id, &ada).await.expect("out");
    assert_eq!(store.role_in_team(&team.id, &ada).await.expect("asked"), None);
    assert_eq!(
        store.api_token(&token).await.expect("asked"),
        None,
        "its tokens went too"
    );
    is(
        store
            .create_api_token(&ada, "x", TokenScope::Read, Some(&team.id), None)
            .await,
        "NotFound",
    );
    is(store.set_member_role(&team.id, &ada, "viewer").await, "NotFound");
}

async fn an_account_that_goes_leaves_its_teams_and_its_name_behind_in_none(place: &Place) {
    let store = place.open().await;
    let (ada, bob, eve) = (
        account(&store, "ada@example.org").await,
        account(&store, "bob@example.org").await,
        account(&store, "eve@example.org").await,
    );
    let alone = store.create_team(&ada, "CANARY alone", "CANARY").await.expect("a team");
    let shared = store
        .create_team(&ada, "CANARY shared", "CANARY")
        .await
        .expect("a team");
    join(&store, &shared.id, &bob, "viewer", "Bob").await;
    join(&store, &shared.id, &eve, "editor", "Eve").await;
    let _ = store
        .create_invitation(&shared.id, "viewer", Some("CANARY@example.org"), WEEK_MS)
        .await
        .expect("made");
    let resume = store
        .create_resume(&shared.id, "cv.txt", "txt", b"x")
        .await
        .expect("kept");
    let comment = NewComment {
        resume_id: &resume.id,
        share_id: None,
        by_owner: true,
        author_id: Some(&ada),
        author: "CANARY",
        body: "Well said",
    };
    store.create_comment(&shared.id, comment).await.expect("kept");
    assert_eq!(
        both::files_with(&place.kept(), &["CANARY"]),
        Vec::<std::path::PathBuf>::new(),
        "names are sealed"
    );
    assert_eq!(store.unreadable().await.expect("checked"), Vec::<String>::new());
    assert_eq!(store.examine().await.expect("examined").faults, []);
    assert_eq!(store.people().await.expect("listed").len(), 3, "a team is nobody");
    let teams = store.teams().await.expect("listed");
    assert_eq!((teams.len(), teams[1].members, teams[1].resumes), (2, 3, 1));
    let backup = place.around().join("backup.db");
    assert_eq!(store.copy_to(&backup).await.expect("a backup"), Vec::<String>::new());

    store.delete_person(&ada).await.expect("deleted");
    let check = async |store: &Store| {
        is(store.members(&alone.id).await, "NotFound");
        let left = store.members(&shared.id).await.expect("listed");
        let said: Vec<_> = left.iter().map(|m| (m.name.as_str(), m.role.as_str())).collect();
        assert_eq!(said, [("Bob", "viewer"), ("Eve", "owner")]);
        let comments = store.comments(&shared.id, &resume.id, None).await.expect("listed");
        assert_eq!(
            (
                comments[0].author.as_str(),
                &comments[0].author_id,
                comments[0].body.as_str()
            ),
            ("", &None, "Well said")
        );
        assert_eq!(store.examine().await.expect("examined").faults, []);
    };
    check(&store).await;
    if place.url.is_none() {
        // An older backup brings nobody back.
        store.close().await;
        std::fs::copy(&backup, place.data.join("bespoke.db")).expect("restored");
    }
    let store = place.open().await;
    check(&store).await;
    store.delete_person(&shared.id).await.expect("the team is deleted");
    is(store.resumes(&shared.id).await, "NotFound");
    assert_eq!(store.memberships(&eve).await.expect("asked"), []);
}

async fn members_and_teams_are_called_what_they_want(place: &Place) {
    let store = place.open().await;
    let ada = account(&store, "ada@example.org").await;
    let team = store.create_team(&ada, "Lanterns", "Ada").await.expect("a team");
    store.rename_team(&team.id, "Lamps").await.expect("renamed");
    store.rename_member(&team.id, &ada, "Ada L.").await.expect("renamed");
    let mine = store
        .membership(&team.id, &ada)
        .await
        .expect("asked")
        .expect("a member");
    assert_eq!(
        (mine.team.name.as_str(), mine.name.as_str(), mine.role.as_str()),
        ("Lamps", "Ada L.", "owner")
    );
    is(store.rename_team(&ada, "x").await, "NotFound");
    is(store.rename_member(&team.id, &team.id, "x").await, "NotFound");
    is(store.create_team(&team.id, "x", "x").await, "NotFound");
}

on_both![
    an_invitation_lets_one_account_in_once_within_its_time,
    a_team_always_has_an_owner,
    an_account_that_goes_leaves_its_teams_and_its_name_behind_in_none,
    members_and_teams_are_called_what_they_want,
];
