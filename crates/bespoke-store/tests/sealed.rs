//! Encryption at rest: nothing personal is readable on the disk, nothing opens in another place, keys rotate.

mod both;

use bespoke_store::crypto::{KeyError, KeySource, MasterKeys};
use bespoke_store::{ExportRow, Status, Store, StoreError, TailoringRow};
use both::{Place, Raw};
use std::path::{Path, PathBuf};
use std::time::Duration;

const MARK: &str = "CANARY";

/// Files below a folder in which the mark stands.
fn hits(folder: &Path) -> Vec<PathBuf> {
    both::files_with(folder, &[MARK])
}

/// A person with the mark in every field and file.
async fn fill(store: &Store) -> (String, String, String) {
    let (workspace, _) = store.create_workspace().await.expect("a workspace");
    let row = store
        .create_resume(&workspace.id, "CANARY-name.pdf", "pdf", b"%PDF CANARY-file")
        .await
        .expect("kept");
    let job = store
        .claim_job("test", Duration::from_secs(60))
        .await
        .expect("asked")
        .expect("a job");
    store
        .finish_reading(&job, Ok(("CANARY-document", "CANARY-content")))
        .await
        .expect("read");
    store
        .update_resume(&workspace.id, &row.id, 1, "CANARY-changed")
        .await
        .expect("changed");
    let tailoring = store
        .create_tailoring(
            &workspace.id,
            TailoringRow {
                id: String::new(),
                resume_id: row.id.clone(),
                base_version: 1,
                base: "CANARY-base".into(),
                job: "CANARY-job".into(),
                result: "CANARY-result".into(),
                accepted: "CANARY-accepted".into(),
                version: 0,
                created_at: String::new(),
            },
        )
        .await
        .expect("kept");
    store
        .add_export(
            &workspace.id,
            ExportRow {
                id: String::new(),
                resume_id: row.id.clone(),
                tailoring_id: Some(tailoring.id.clone()),
                format: "pdf".into(),
                template: "classic".into(),
                sha256: "CANARY-sha".into(),
                certificate: "CANARY-certificate".into(),
                created_at: String::new(),
            },
        )
        .await
        .expect("kept");
    let failing = store
        .create_resume(&workspace.id, "CANARY-2", "pdf", b"CANARY-2")
        .await
        .expect("kept");
    let job = store
        .claim_job("test", Duration::from_secs(60))
        .await
        .expect("asked")
        .expect("a job");
    assert_eq!(job.resume_id, failing.id);
    store.finish_reading(&job, Err("CANARY-failure")).await.expect("kept");
    (workspace.id, row.id, tailoring.id)
}

async fn nothing_personal_can_be_read_on_the_disk(place: &Place) {
    let store = place.open().await;
    let (workspace, resume, _) = fill(&store).await;
    // With the write-ahead log as it is, and merged.
    if place.url.is_none() {
        assert!(std::fs::metadata(place.data.join("bespoke.db-wal")).is_ok_and(|m| m.len() > 0));
    }
    assert_eq!(hits(&place.kept()), Vec::<PathBuf>::new());
    assert_eq!(
        store
            .resume(&workspace, &resume)
            .await
            .expect("there")
            .content
            .as_deref(),
        Some("CANARY-changed")
    );
    store.close().await;
    assert_eq!(hits(&place.kept()), Vec::<PathBuf>::new());
    // The search itself works.
    std::fs::write(place.data.join("log"), "a CANARY").expect("written");
    assert_eq!(hits(&place.data).len(), 1);
}

async fn a_value_moved_elsewhere_does_not_open(place: &Place) {
    let store = place.open().await;
    let (ada, mine, tailoring) = fill(&store).await;
    let (bob, other, _) = fill(&store).await;
    let (carl, _, _) = fill(&store).await;
    let raw = place.raw().await;
    let swaps = [
        // From person to person, from row to row, from column to column, from table to table, and the key of another.
        format!("UPDATE resumes SET content = (SELECT content FROM resumes WHERE id = '{other}') WHERE id = '{mine}'"),
        format!(
            "UPDATE resumes SET file_name = (SELECT file_name FROM resumes WHERE workspace_id = '{ada}' AND id <> '{mine}') WHERE id = '{mine}'"
        ),
        format!("UPDATE resumes SET document = content WHERE id = '{mine}'"),
        format!(
            "UPDATE resumes SET content = (SELECT base FROM tailorings WHERE id = '{tailoring}') WHERE id = '{mine}'"
        ),
        format!("UPDATE resumes SET workspace_id = '{ada}' WHERE id = '{other}'"),
        format!("UPDATE resumes SET original = substr(original, 1, length(original) - 1) WHERE id = '{mine}'"),
    ];
    for (at, swap) in swaps.iter().enumerate() {
        assert_eq!(raw.run(swap).await, 1, "{swap}");
        let id = if at == 4 { &other } else { &mine };
        let refused = match at {
            5 => store.original(&ada, id).await.map(|_| ()),
            _ => store.resume(&ada, id).await.map(|_| ()),
        };
        assert!(matches!(refused, Err(StoreError::Crypto(_))), "{swap}: {refused:?}");
        // Back to something that opens.
        for (column, text) in [
            ("content", "c"),
            ("document", "d"),
            ("file_name", "f"),
            ("original", "o"),
        ] {
            let key = store.person_key(&ada).await.expect("a key");
            let cell = bespoke_store::crypto::Cell {
                table: "resumes",
                column,
                row: &mine,
            };
            let sql = format!("UPDATE resumes SET {column} = $1 WHERE id = '{mine}'");
            raw.put(&sql, key.seal(cell, text.as_bytes()).expect("sealed")).await;
        }
        store.resume(&ada, &mine).await.expect("it opens again");
    }
    // The wrapped key of one person under the name of another.
    let swap =
        format!("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE owner = '{bob}') WHERE owner = '{carl}'");
    raw.run(&swap).await;
    let store = place.open().await;
    assert!(matches!(store.resumes(&carl).await, Err(StoreError::Crypto(_))));
}

async fn every_flipped_value_is_named(place: &Place) {
    let store = place.open().await;
    let (workspace, resume, tailoring) = fill(&store).await;
    store
        .create_account(&workspace, "ada@example.org", "hash", "1")
        .await
        .expect("an account");
    assert_eq!(store.unreadable().await.expect("checked"), Vec::<String>::new());
    let raw = place.raw().await;
    for (table, column, id) in [
        ("resumes", "original", &resume),
        ("resumes", "content", &resume),
        ("tailorings", "job", &tailoring),
        ("accounts", "email", &workspace),
    ] {
        let by = if table == "accounts" { "workspace_id" } else { "id" };
        let value = raw
            .bytes(&format!("SELECT {column} FROM {table} WHERE {by} = '{id}'"))
            .await;
        let mut flipped = value.clone();
        flipped[20] ^= 1;
        raw.put(
            &format!("UPDATE {table} SET {column} = $1 WHERE {by} = '{id}'"),
            flipped,
        )
        .await;
        let named = format!("{table}.{column} of row {id}");
        let faults = store.unreadable().await.expect("checked");
        assert!(faults.contains(&named), "{named}: {faults:?}");
    }
    raw.put(
        &format!("UPDATE keys SET wrapped = $1 WHERE owner = '{workspace}'"),
        vec![0; 65],
    )
    .await;
    let faults = store.unreadable().await.expect("checked");
    assert!(
        faults.len() == 1 && faults[0].starts_with("key of workspace"),
        "{faults:?}"
    );
}

#[tokio::test]
async fn an_older_database_is_sealed_and_says_the_same() {
    let place = &Place::new(None);
    let Raw::Sqlite(pool) = place.raw().await else { return };
    let old = both::up_to(sqlx::migrate!("./migrations/sqlite"), 3);
    old.run(&pool).await.expect("the old schema");
    sqlx::raw_sql(include_str!("old/0003.sql"))
        .execute(&pool)
        .await
        .expect("filled");
    pool.close().await;
    assert!(!hits(&place.data).is_empty(), "the old schema kept plaintext");

    for round in 0..2 {
        let store = place.open().await;
        assert_eq!(store.made_key().is_some(), round == 0);
        assert_eq!(hits(&place.data), Vec::<PathBuf>::new());
        let ada = store.resume("w-ada", "r-ada").await.expect("there");
        assert_eq!(
            (
                ada.file_name.as_str(),
                ada.status,
                ada.version,
                ada.document.as_deref(),
                ada.content.as_deref(),
                ada.failure
            ),
            (
                "Ada CANARY-name.pdf",
                Status::Ready,
                4,
                Some("{\"text\":\"CANARY-document\"}"),
                Some("{\"name\":\"Ada CANARY-content é\"}"),
                None
            )
        );
        assert_eq!(
            (ada.created_at.as_str(), ada.updated_at.as_str()),
            ("2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z")
        );
        assert_eq!(
            store.original("w-ada", "r-ada").await.expect("there"),
            b"%PDF-\xff\0CANARY-file"
        );
        let bob = store.resumes("w-bob").await.expect("listed");
        assert_eq!(
            (bob.len(), bob[1].failure.as_deref()),
            (2, Some("{\"detail\":\"CANARY-failure\"}"))
        );
        assert_eq!(store.original("w-bob", "r-bob").await.expect("there"), b"");
        let tailoring = store.tailoring("w-ada", "t-ada").await.expect("there");
        assert_eq!(
            (
                tailoring.base.as_str(),
                tailoring.job.as_str(),
                tailoring.result.as_str(),
                tailoring.accepted.as_str(),
                tailoring.version
            ),
            (
                "{\"base\":\"CANARY-base\"}",
                "{\"job\":\"CANARY-job\"}",
                "{\"result\":\"CANARY-result\"}",
                "[\"CANARY-accepted\"]",
                2
            )
        );
        let exports = store.exports("w-ada", "r-ada").await.expect("listed");
        assert_eq!(
            (exports[0].sha256.as_str(), exports[0].certificate.as_str()),
            ("CANARY-sha", "{\"facts\":\"CANARY-certificate\"}")
        );
        if round == 1 {
            let job = store
                .claim_job("test", Duration::from_secs(60))
                .await
                .expect("asked")
                .expect("a job");
            assert_eq!(job.resume_id, "r-new");
        }
        store.close().await;
    }
}

async fn without_its_master_key_nothing_opens_and_no_new_key_is_made(place: &Place) {
    let store = place.open().await;
    fill(&store).await;
    store.close().await;
    let kept = std::fs::read(&place.key).expect("the key");
    std::fs::remove_file(&place.key).expect("removed");
    assert!(matches!(
        place.try_open().await,
        Err(StoreError::Key(KeyError::Missing(_)))
    ));
    assert!(!place.key.exists());
    KeySource::File(place.key.clone())
        .save(&MasterKeys::generate().expect("a key"))
        .expect("saved");
    assert!(matches!(
        place.try_open().await,
        Err(StoreError::Key(KeyError::Other(_)))
    ));
    std::fs::write(&place.key, kept).expect("brought back");
    place.open().await;
}

async fn a_rotation_is_broken_off_and_goes_on_while_a_server_runs(place: &Place) {
    let server = place.open().await;
    let (ada, resume, _) = fill(&server).await;
    for _ in 0..400 {
        server.create_workspace().await.expect("a workspace");
    }
    let before = std::fs::read_to_string(&place.key).expect("the key");
    let raw = place.raw().await;
    let mut broken_off = 0;
    for wait in (1..200).map(|n| Duration::from_micros(n * 500)) {
        let admin = place.open().await;
        let rotation = tokio::time::timeout(wait, admin.rotate_keys()).await;
        // People who come meanwhile, and people who were there, are served.
        let (new, _) = server.create_workspace().await.expect("a workspace");
        assert!(server.resumes(&new.id).await.expect("listed").is_empty());
        let fresh = place.open().await;
        assert_eq!(
            fresh.resume(&ada, &resume).await.expect("there").content.as_deref(),
            Some("CANARY-changed")
        );
        match rotation {
            Err(_) => broken_off += 1,
            Ok(done) => {
                let done = done.expect("rotated");
                let sql = format!("SELECT COUNT(*) FROM keys WHERE master_id <> '{}'", done.master_id);
                let left = raw.number(&sql).await;
                assert_eq!(left, 0);
                break;
            }
        }
    }
    assert!(broken_off > 0, "no rotation was broken off");
    let after = std::fs::read_to_string(&place.key).expect("the key");
    let keys = |text: &str| {
        text.lines()
            .filter(|l| !l.starts_with('#'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&after).len(), 1, "the older keys are dropped");
    assert_ne!(keys(&after), keys(&before));
    // The older key opens nothing any more.
    std::fs::write(&place.key, before).expect("put back");
    assert!(matches!(
        place.try_open().await,
        Err(StoreError::Key(KeyError::Other(_)))
    ));
}

on_both!(
    nothing_personal_can_be_read_on_the_disk,
    a_value_moved_elsewhere_does_not_open,
    every_flipped_value_is_named,
    without_its_master_key_nothing_opens_and_no_new_key_is_made,
    a_rotation_is_broken_off_and_goes_on_while_a_server_runs,
);
