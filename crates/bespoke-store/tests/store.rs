//! What every store must hold.

mod both;

use bespoke_store::{ATTEMPTS, Job, Status, Store, StoreError, TailoringRow};
use both::Place;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

async fn with_resume(place: &Place) -> (Store, String, String) {
    let store = place.open().await;
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    let row = store.create_resume(&workspace.id, "cv.pdf", "pdf", b"%PDF").await;
    (store, workspace.id, row.expect("kept").id)
}

async fn take(store: &Store, lease: Duration) -> Option<Job> {
    store.claim_job("test", lease).await.expect("asked")
}

fn new_tailoring(resume_id: &str) -> TailoringRow {
    TailoringRow {
        id: String::new(),
        resume_id: resume_id.into(),
        base_version: 1,
        base: "{}".into(),
        job: "{}".into(),
        result: "{}".into(),
        accepted: "[]".into(),
        version: 0,
        created_at: String::new(),
    }
}

async fn a_resume_lives_through_a_restart(place: &Place) {
    let store = place.open().await;
    let (workspace, token) = store.create_workspace().await.expect("a workspace");
    let row = store
        .create_resume(&workspace.id, "cv.pdf", "pdf", b"%PDF")
        .await
        .expect("kept");
    assert_eq!((row.status, row.version), (Status::Reading, 1));
    let job = take(&store, LEASE).await.expect("a job");
    assert_eq!((&job.workspace_id, &job.resume_id), (&workspace.id, &row.id));
    store
        .finish_reading(&job, Ok(("{\"text\":1}", "{\"a\":1}")))
        .await
        .expect("read");
    store.close().await;

    let store = place.open().await;
    assert_eq!(store.workspace(&token).await.expect("asked"), Some(workspace.clone()));
    assert_eq!(store.workspace("another").await.expect("asked"), None);
    let kept = store.resume(&workspace.id, &row.id).await.expect("there");
    assert_eq!(
        (kept.status, kept.content.as_deref()),
        (Status::Ready, Some("{\"a\":1}"))
    );
    assert_eq!(store.original(&workspace.id, &row.id).await.expect("there"), b"%PDF");
    assert_eq!(take(&store, LEASE).await, None);
}

async fn a_job_that_never_ends_is_given_up_and_says_so(place: &Place) {
    let (store, workspace, id) = with_resume(place).await;
    let mut last = None;
    for _ in 0..ATTEMPTS {
        assert!(store.bury_jobs("never").await.expect("looked").is_empty());
        last = take(&store, Duration::ZERO).await;
        assert!(last.is_some());
    }
    assert_eq!(take(&store, LEASE).await, None);
    let given_up = store.bury_jobs("\"broke off\"").await.expect("looked");
    assert_eq!(given_up, [(workspace.clone(), id.clone())]);
    let kept = store.resume(&workspace, &id).await.expect("there");
    assert_eq!(
        (kept.status, kept.failure.as_deref()),
        (Status::Failed, Some("\"broke off\""))
    );
    assert_eq!(
        store.given_up().await.expect("asked"),
        [(workspace.clone(), id.clone())]
    );
    // Dead is dead: neither taken again nor ended by a late reader.
    assert_eq!(take(&store, LEASE).await, None);
    let late = store.finish_reading(&last.expect("a job"), Ok(("d", "late"))).await;
    assert!(matches!(late, Err(StoreError::Fenced)), "{late:?}");
    assert_eq!(store.resume(&workspace, &id).await.expect("there"), kept);
}

async fn a_job_is_held_by_one_and_a_late_answer_is_fenced_off(place: &Place) {
    let (store, workspace, id) = with_resume(place).await;
    let frozen = take(&store, Duration::from_millis(300)).await.expect("a job");
    assert_eq!(take(&store, LEASE).await, None);
    tokio::time::sleep(Duration::from_millis(400)).await;
    let second = take(&store, LEASE).await.expect("the lease has ended");
    assert!(second.fence > frozen.fence);
    for outcome in [Ok(("d", "late")), Err("late")] {
        let late = store.finish_reading(&frozen, outcome).await;
        assert!(matches!(late, Err(StoreError::Fenced)), "{late:?}");
    }
    assert_eq!(
        store.resume(&workspace, &id).await.expect("there").status,
        Status::Reading
    );
    store.finish_reading(&second, Ok(("d", "read"))).await.expect("kept");
    let late = store.finish_reading(&frozen, Ok(("d", "late"))).await;
    assert!(matches!(late, Err(StoreError::Fenced)), "{late:?}");
    let kept = store.resume(&workspace, &id).await.expect("there");
    assert_eq!((kept.status, kept.content.as_deref()), (Status::Ready, Some("read")));
}

/// Of the one server that there is; several leave each other's leases alone.
#[tokio::test]
async fn a_restart_takes_up_at_once_what_the_earlier_run_held() {
    let place = &Place::new(None);
    let (store, _, _) = with_resume(place).await;
    let before = take(&store, LEASE).await.expect("a job");
    store.end_leases().await.expect("ended");
    let late = store.finish_reading(&before, Ok(("d", "late"))).await;
    assert!(matches!(late, Err(StoreError::Fenced)), "{late:?}");
    let job = take(&store, LEASE).await.expect("a job");
    store.finish_reading(&job, Ok(("d", "read"))).await.expect("kept");
}

async fn reading_does_not_overwrite_what_the_person_wrote(place: &Place) {
    for outcome in [Ok(("document", "read")), Err("\"failed\"")] {
        let (store, workspace, id) = with_resume(place).await;
        let job = take(&store, LEASE).await.expect("a job");
        store
            .update_resume(&workspace, &id, 1, "written")
            .await
            .expect("changed");
        let refused = store.finish_reading(&job, outcome).await;
        assert!(
            matches!(refused, Err(StoreError::Stale { given: 1, present: 2 })),
            "{refused:?}"
        );
        let kept = store.resume(&workspace, &id).await.expect("there");
        assert_eq!(
            (kept.status, kept.version, kept.content.as_deref(), kept.failure),
            (Status::Ready, 2, Some("written"), None)
        );
        assert_eq!(take(&store, LEASE).await, None);
    }
}

async fn a_choice_from_an_older_version_is_refused(place: &Place) {
    let (store, workspace, id) = with_resume(place).await;
    let made = store
        .create_tailoring(&workspace, new_tailoring(&id))
        .await
        .expect("kept");
    assert_eq!(made.version, 1);
    let first = store
        .accept(&workspace, &made.id, Some(1), "[\"s1\"]")
        .await
        .expect("kept");
    assert_eq!((first.version, first.accepted.as_str()), (2, "[\"s1\"]"));
    let refused = store.accept(&workspace, &made.id, Some(1), "[]").await;
    assert!(
        matches!(refused, Err(StoreError::Stale { given: 1, present: 2 })),
        "{refused:?}"
    );
    assert_eq!(store.tailoring(&workspace, &made.id).await.expect("there"), first);
    let any = store.accept(&workspace, &made.id, None, "[]").await.expect("kept");
    assert_eq!(any.version, 3);
    assert_eq!(store.tailorings(&workspace, &id).await.expect("asked"), [any]);
}

/// The résumé is deleted by a writer that has not committed yet when the tailoring is asked for.
async fn a_tailoring_of_a_resume_that_goes_meanwhile_is_not_found(place: &Place) {
    let (store, workspace, id) = with_resume(place).await;
    let raw = place.raw().await;
    let other = raw.begin(&format!("DELETE FROM resumes WHERE id = '{id}'")).await;
    let asked = tokio::spawn(async move { store.create_tailoring(&workspace, new_tailoring(&id)).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    other.commit().await;
    let made = asked.await.expect("an answer");
    assert!(matches!(made, Err(StoreError::NotFound)), "{made:?}");
}

async fn a_stale_version_is_refused_and_loses_nothing(place: &Place) {
    let store = place.open().await;
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    let row = store
        .create_resume(&workspace.id, "cv.txt", "txt", b"x")
        .await
        .expect("kept");
    let second = store
        .update_resume(&workspace.id, &row.id, 1, "first")
        .await
        .expect("changed");
    assert_eq!(second.version, 2);
    let refused = store.update_resume(&workspace.id, &row.id, 1, "second").await;
    assert!(
        matches!(refused, Err(StoreError::Stale { given: 1, present: 2 })),
        "{refused:?}"
    );
    let kept = store.resume(&workspace.id, &row.id).await.expect("there");
    assert_eq!(kept.content.as_deref(), Some("first"));
}

async fn other_workspaces_see_nothing_and_deleting_takes_all(place: &Place) {
    let store = place.open().await;
    let (mine, _) = store.create_workspace().await.expect("a workspace");
    let (other, _) = store.create_workspace().await.expect("a workspace");
    let row = store
        .create_resume(&mine.id, "cv.txt", "txt", b"x")
        .await
        .expect("kept");
    let tailoring = store
        .create_tailoring(&mine.id, new_tailoring(&row.id))
        .await
        .expect("kept");
    store
        .accept(&mine.id, &tailoring.id, None, "[\"s1\"]")
        .await
        .expect("accepted");

    assert!(store.resumes(&other.id).await.expect("asked").is_empty());
    assert!(matches!(
        store.resume(&other.id, &row.id).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.original(&other.id, &row.id).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.update_resume(&other.id, &row.id, 1, "x").await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.delete_resume(&other.id, &row.id).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.create_tailoring(&other.id, new_tailoring(&row.id)).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.tailoring(&other.id, &tailoring.id).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.accept(&other.id, &tailoring.id, None, "[]").await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(
        store.tailoring(&mine.id, &tailoring.id).await.expect("there").accepted,
        "[\"s1\"]"
    );

    store.delete_resume(&mine.id, &row.id).await.expect("deleted");
    assert!(matches!(
        store.tailoring(&mine.id, &tailoring.id).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(take(&store, LEASE).await, None);
}

async fn exports_are_kept_with_their_resume(place: &Place) {
    let store = place.open().await;
    let (mine, _) = store.create_workspace().await.expect("a workspace");
    let (other, _) = store.create_workspace().await.expect("a workspace");
    let row = store
        .create_resume(&mine.id, "cv.txt", "txt", b"x")
        .await
        .expect("kept");
    let tailoring = store
        .create_tailoring(&mine.id, new_tailoring(&row.id))
        .await
        .expect("kept");
    let export = |tailoring_id: Option<&str>| bespoke_store::ExportRow {
        id: String::new(),
        resume_id: row.id.clone(),
        tailoring_id: tailoring_id.map(str::to_owned),
        format: "pdf".into(),
        template: "classic".into(),
        sha256: "00".into(),
        certificate: "{}".into(),
        created_at: String::new(),
    };
    let first = store.add_export(&mine.id, export(None)).await.expect("kept");
    let second = store
        .add_export(&mine.id, export(Some(&tailoring.id)))
        .await
        .expect("kept");
    assert_eq!(
        store.exports(&mine.id, &row.id).await.expect("listed"),
        [second.clone(), first.clone()]
    );
    assert!(matches!(
        store.add_export(&other.id, export(None)).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.exports(&other.id, &row.id).await,
        Err(StoreError::NotFound)
    ));
    store.delete_tailoring(&mine.id, &tailoring.id).await.expect("deleted");
    let kept = store.exports(&mine.id, &row.id).await.expect("listed");
    assert_eq!(
        (kept.len(), kept[0].tailoring_id.as_deref()),
        (2, None),
        "the certificate outlives its tailoring"
    );
    store.delete_resume(&mine.id, &row.id).await.expect("deleted");
    assert!(matches!(
        store.exports(&mine.id, &row.id).await,
        Err(StoreError::NotFound)
    ));
}

async fn applications_belong_to_one_workspace_and_refuse_stale_writes(place: &Place) {
    let (store, workspace, resume) = with_resume(place).await;
    let (other, _) = store.create_workspace().await.expect("a workspace");
    let new = |resume_id: &str| bespoke_store::ApplicationRow {
        id: String::new(),
        resume_id: Some(resume_id.into()),
        tailoring_id: Some("of nobody".into()),
        stage: "saved".into(),
        content: "{\"title\":\"Welder\"}".into(),
        version: 0,
        created_at: String::new(),
        stage_at: String::new(),
    };
    let foreign = store.add_application(&other.id, new(&resume)).await.expect("kept");
    assert_eq!(foreign.resume_id, None, "a résumé of another workspace is left out");
    let made = store.add_application(&workspace, new(&resume)).await.expect("kept");
    assert_eq!(
        (made.resume_id.as_ref(), made.tailoring_id.as_ref(), made.version),
        (Some(&resume), None, 1)
    );

    let update = |version| store.update_application(&workspace, &made.id, version, "applied", "{}");
    let moved = update(1).await.expect("moved");
    assert!(moved.version == 2 && moved.stage == "applied" && moved.stage_at >= made.stage_at);
    assert!(matches!(
        update(1).await,
        Err(StoreError::Stale { given: 1, present: 2 })
    ));
    let strange = store
        .update_application(&workspace, &made.id, 2, "dreaming", "{}")
        .await;
    assert!(matches!(strange, Err(StoreError::Database(_))), "only the known stages");
    assert!(matches!(
        store.delete_application(&other.id, &made.id).await,
        Err(StoreError::NotFound)
    ));

    store.delete_resume(&workspace, &resume).await.expect("deleted");
    let left = store.applications(&workspace).await.expect("listed");
    assert_eq!(
        (left.len(), left[0].resume_id.as_ref()),
        (1, None),
        "an application outlives its résumé"
    );
}

async fn templates_and_marks_are_kept_by_workspace(place: &Place) {
    let store = place.open().await;
    let (mine, _) = store.create_workspace().await.expect("a workspace");
    let (other, _) = store.create_workspace().await.expect("a workspace");
    let made = store.add_template(&mine.id, b"one").await.expect("kept");
    assert!(matches!(
        store.template(&other.id, &made.id).await,
        Err(StoreError::NotFound)
    ));
    let changed = store
        .update_template(&mine.id, &made.id, 1, b"two")
        .await
        .expect("changed");
    assert_eq!((changed.version, changed.archive.as_slice()), (2, &b"two"[..]));
    let stale = store.update_template(&mine.id, &made.id, 1, b"three").await;
    assert!(matches!(stale, Err(StoreError::Stale { given: 1, present: 2 })));
    store.delete_template(&mine.id, &made.id).await.expect("deleted");
    assert!(store.templates(&mine.id).await.expect("listed").is_empty());

    store
        .mark_role(&mine.id, "welder", Some("saved"))
        .await
        .expect("marked");
    store
        .mark_role(&mine.id, "welder", Some("hidden"))
        .await
        .expect("marked");
    let marks = store.role_marks(&mine.id).await.expect("listed");
    assert_eq!(marks, [("welder".to_owned(), "hidden".to_owned())]);
    assert!(store.role_marks(&other.id).await.expect("listed").is_empty());
    store.mark_role(&mine.id, "welder", None).await.expect("taken away");
    assert!(store.role_marks(&mine.id).await.expect("listed").is_empty());
}

on_both!(
    a_resume_lives_through_a_restart,
    a_job_that_never_ends_is_given_up_and_says_so,
    a_job_is_held_by_one_and_a_late_answer_is_fenced_off,
    reading_does_not_overwrite_what_the_person_wrote,
    a_choice_from_an_older_version_is_refused,
    a_tailoring_of_a_resume_that_goes_meanwhile_is_not_found,
    a_stale_version_is_refused_and_loses_nothing,
    other_workspaces_see_nothing_and_deleting_takes_all,
    exports_are_kept_with_their_resume,
    applications_belong_to_one_workspace_and_refuse_stale_writes,
    templates_and_marks_are_kept_by_workspace,
);
