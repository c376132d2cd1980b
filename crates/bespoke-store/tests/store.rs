//! What every store must hold; run against SQLite.

use bespoke_store::{Status, Store, StoreError, TailoringRow};

async fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path()).await.expect("the store opens")
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
        created_at: String::new(),
    }
}

#[tokio::test]
async fn a_resume_lives_through_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(&dir).await;
    let (workspace, token) = store.create_workspace().await.expect("a workspace");
    let row = store
        .create_resume(&workspace.id, "cv.pdf", "pdf", b"%PDF")
        .await
        .expect("kept");
    assert_eq!((row.status, row.version), (Status::Reading, 1));
    assert_eq!(
        store.open_jobs().await.expect("jobs"),
        [(workspace.id.clone(), row.id.clone())]
    );
    store
        .finish_reading(&workspace.id, &row.id, Ok(("{\"text\":1}", "{\"a\":1}")))
        .await
        .expect("read");
    store.close().await;

    let store = open(&dir).await;
    assert_eq!(store.workspace(&token).await.expect("asked"), Some(workspace.clone()));
    assert_eq!(store.workspace("another").await.expect("asked"), None);
    let kept = store.resume(&workspace.id, &row.id).await.expect("there");
    assert_eq!(
        (kept.status, kept.content.as_deref()),
        (Status::Ready, Some("{\"a\":1}"))
    );
    assert_eq!(store.original(&workspace.id, &row.id).await.expect("there"), b"%PDF");
    assert!(store.open_jobs().await.expect("jobs").is_empty());
}

#[tokio::test]
async fn a_job_that_never_ends_is_given_up() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(&dir).await;
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    store
        .create_resume(&workspace.id, "cv.pdf", "pdf", b"%PDF")
        .await
        .expect("kept");
    let mut counts = Vec::new();
    for _ in 0..4 {
        counts.push(store.open_jobs().await.expect("jobs").len());
    }
    assert_eq!(counts, [1, 1, 1, 0]);
}

#[tokio::test]
async fn a_stale_version_is_refused_and_loses_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(&dir).await;
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

#[tokio::test]
async fn other_workspaces_see_nothing_and_deleting_takes_all() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(&dir).await;
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
        .accept(&mine.id, &tailoring.id, "[\"s1\"]")
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
        store.accept(&other.id, &tailoring.id, "[]").await,
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
    assert!(store.open_jobs().await.expect("jobs").is_empty());
}

#[tokio::test]
async fn exports_are_kept_with_their_resume() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(&dir).await;
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
