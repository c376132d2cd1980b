//! Several servers on one PostgreSQL: what one writes the other has, nothing is written twice or lost, and both schemas
//! are the same.

mod both;

use bespoke_store::{Refresh, Status, Store, StoreError};
use both::Place;
use std::collections::HashSet;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

/// Two servers with the same database and master key.
async fn two() -> (Place, Store, Store) {
    let place = Place::in_postgres().await;
    let one = place.open().await;
    let two = place.open().await;
    (place, one, two)
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_and_columns() {
    let (sqlite, postgres) = (Place::new(None), Place::in_postgres().await);
    let mut columns = Vec::new();
    for place in [&sqlite, &postgres] {
        let store = place.open().await;
        columns.push(place.raw().await.columns().await);
        store.close().await;
    }
    assert!(columns[0].len() > 100, "{}", columns[0].len());
    assert_eq!(columns[0], columns[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_together_make_one_schema_and_one_key() {
    let place = std::sync::Arc::new(Place::in_postgres().await);
    // The key is there before, as it must be brought to every server.
    let first = place.open().await;
    first.close().await;
    let starts: Vec<_> = (0..4)
        .map(|_| {
            let place = place.clone();
            tokio::spawn(async move { place.open().await })
        })
        .collect();
    for start in starts {
        let store = start.await.expect("it starts");
        store.create_workspace().await.expect("a workspace");
        store.close().await;
    }
    let strange = Place::new(place.url.clone());
    assert!(
        matches!(strange.try_open().await, Err(StoreError::Key(_))),
        "another key"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_saves_at_once_lose_none() {
    let (_place, one, two) = two().await;
    let mut people = Vec::new();
    for _ in 0..20 {
        let workspace = one.create_workspace().await.expect("a workspace").0.id;
        let resume = one
            .create_resume(&workspace, "a.txt", "txt", b"x")
            .await
            .expect("kept")
            .id;
        people.push((workspace, resume));
    }
    // Fifty tabs of each person save at once, on both servers; each tries again until it is taken.
    let mut saves = Vec::new();
    for n in 0..1000 {
        let store = if n % 2 == 0 { one.clone() } else { two.clone() };
        let (workspace, resume) = people[n % people.len()].clone();
        saves.push(tokio::spawn(async move {
            loop {
                let known = store.resume(&workspace, &resume).await.expect("there");
                let mut said = known.content.unwrap_or_default();
                said.push_str(&format!("{n} "));
                match store.update_resume(&workspace, &resume, known.version, &said).await {
                    Ok(kept) => return (resume, kept.version, n),
                    Err(StoreError::Stale { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }));
    }
    let mut versions = HashSet::new();
    for save in saves {
        let (resume, version, n) = save.await.expect("saved");
        assert!(versions.insert((resume, version)), "one version was given twice ({n})");
    }
    for (workspace, resume) in &people {
        let kept = two.resume(workspace, resume).await.expect("there");
        let said: HashSet<usize> = kept
            .content
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|n| n.parse().ok())
            .collect();
        assert_eq!((kept.version, said.len()), (51, 50));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_job_is_taken_by_one_server() {
    let (_place, one, two) = two().await;
    let workspace = one.create_workspace().await.expect("a workspace").0.id;
    for _ in 0..40 {
        one.create_resume(&workspace, "a.txt", "txt", b"x").await.expect("kept");
    }
    let takers: Vec<_> = (0..8)
        .map(|n| {
            let store = if n % 2 == 0 { one.clone() } else { two.clone() };
            tokio::spawn(async move {
                let mut taken = Vec::new();
                while let Some(job) = store.claim_job(&format!("server {n}"), LEASE).await.expect("asked") {
                    store.finish_reading(&job, Ok(("d", "c"))).await.expect("kept");
                    taken.push(job.resume_id);
                }
                taken
            })
        })
        .collect();
    let mut all = Vec::new();
    for taker in takers {
        all.extend(taker.await.expect("it ran"));
    }
    let different: HashSet<_> = all.iter().collect();
    assert_eq!((all.len(), different.len()), (40, 40));
    let rows = two.resumes(&workspace).await.expect("listed");
    assert!(rows.iter().all(|row| row.status == Status::Ready));
}

#[tokio::test]
async fn the_start_of_a_server_leaves_the_jobs_of_the_other_alone() {
    let (_place, one, two) = two().await;
    let workspace = one.create_workspace().await.expect("a workspace").0.id;
    one.create_resume(&workspace, "a.txt", "txt", b"x").await.expect("kept");
    let job = one.claim_job("one", LEASE).await.expect("asked").expect("a job");
    two.end_leases().await.expect("nothing");
    assert_eq!(two.claim_job("two", LEASE).await.expect("asked"), None);
    one.finish_reading(&job, Ok(("d", "c"))).await.expect("kept");
}

#[tokio::test]
async fn who_is_deleted_or_signed_out_on_one_is_on_the_other() {
    let (_place, one, two) = two().await;
    let (workspace, _) = one.create_workspace().await.expect("a workspace");
    let id = workspace.id;
    one.create_account(&id, "ada@example.org", "hash", "1")
        .await
        .expect("an account");
    let resume = one.create_resume(&id, "a.txt", "txt", b"x").await.expect("kept").id;
    let (session, token) = one.start_session(&id, "Firefox").await.expect("signed in");
    assert!(two.session_workspace(&id, &session).await.expect("asked").is_some());
    // A token that is used on both at once ends its session.
    let (a, b) = tokio::join!(one.refresh_session(&token), two.refresh_session(&token));
    let answers = [a.expect("asked"), b.expect("asked")];
    assert!(answers.contains(&Refresh::Reused), "{answers:?}");
    assert!(two.session_workspace(&id, &session).await.expect("asked").is_none());
    // The other server has the key in memory when the person goes.
    two.resume(&id, &resume).await.expect("there");
    one.delete_person(&id).await.expect("deleted");
    assert!(matches!(two.resume(&id, &resume).await, Err(StoreError::NotFound)));
    assert!(matches!(two.original(&id, &resume).await, Err(StoreError::NotFound)));
    assert!(matches!(
        two.create_resume(&id, "b.txt", "txt", b"x").await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(two.add_template(&id, b"zip").await, Err(StoreError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_on_one_is_heard_on_the_other_in_order() {
    let (_place, one, two) = two().await;
    let me = one.create_workspace().await.expect("a workspace").0.id;
    let other = one.create_workspace().await.expect("a workspace").0.id;
    let mut hints = two.hints().await.expect("asked").expect("shared");
    let tellers: Vec<_> = (0..40)
        .map(|n| {
            let (store, me) = (if n % 2 == 0 { one.clone() } else { two.clone() }, me.clone());
            tokio::spawn(async move { store.tell(&me, &format!("CANARY {n}")).await.expect("told") })
        })
        .collect();
    // Who reads up to a number never finds a lower one later.
    let (mut heard, mut last) = (Vec::new(), 0);
    while heard.len() < 40 {
        for (seq, text) in two.told(&me, last).await.expect("read") {
            assert!(seq > last);
            last = seq;
            heard.push((seq, text));
        }
    }
    let mut told = Vec::new();
    for teller in tellers {
        told.push(teller.await.expect("told"));
    }
    told.sort_unstable();
    assert_eq!(heard.iter().map(|h| h.0).collect::<Vec<_>>(), told);
    let hint = tokio::time::timeout(Duration::from_secs(5), hints.next())
        .await
        .expect("in time");
    assert_eq!(hint.expect("a hint"), me);
    assert_eq!(two.told(&other, 0).await.expect("read"), []);
    assert!(
        both::files_with(both::postgres::folder(), &["CANARY"]).is_empty(),
        "sealed"
    );
    assert_eq!(one.forget_told(LEASE).await.expect("done"), 0);
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(one.forget_told(Duration::ZERO).await.expect("done"), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_said_and_the_next_one_works() {
    let (place, one, _two) = two().await;
    let me = one.create_workspace().await.expect("a workspace").0.id;
    let kick = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bespoke' AND datname = current_database()";
    let raw = place.raw().await;
    let mut failed = 0;
    for n in 0..30 {
        let (store, me) = (one.clone(), me.clone());
        let write = tokio::spawn(async move { store.add_template(&me, format!("{n}").as_bytes()).await });
        if n % 3 == 0 {
            raw.run(kick).await;
        }
        match write.await.expect("it ran") {
            Ok(_) => {}
            Err(StoreError::Away(_)) => failed += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    // What was acknowledged is there; what was not may be, as the answer was lost on its way.
    let kept = one.templates(&me).await.expect("listed").len();
    assert!((30 - failed..=30).contains(&kept), "{kept} kept, {failed} failed");
}
