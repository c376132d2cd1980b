//! Examining finds what is damaged, and a copy taken under load is whole.

use bespoke_store::{Store, StoreError};
use std::path::Path;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

async fn filled(folder: &Path) -> (Store, String) {
    std::fs::create_dir_all(folder).expect("made");
    let store = Store::open(folder).await.expect("it opens");
    let workspace = store.create_workspace().await.expect("made").0.id;
    for n in 0..12 {
        let file = vec![b'a' + n; 3000];
        store
            .create_resume(&workspace, &format!("{n}.txt"), "txt", &file)
            .await
            .expect("taken");
        let job = store.claim_job("me", LEASE).await.expect("asked").expect("a job");
        let content = format!("{{\"summary\":\"{}\"}}", "words ".repeat(200));
        store
            .finish_reading(&job, Ok(("{\"text\":\"\"}", &content)))
            .await
            .expect("kept");
    }
    (store, workspace)
}

/// What the person wrote and uploaded.
async fn written(store: &Store, workspace: &str) -> Result<Vec<(String, Option<String>, Vec<u8>)>, StoreError> {
    let mut out = Vec::new();
    for row in store.resumes(workspace).await? {
        let file = store.original(workspace, &row.id).await?;
        out.push((row.file_name, row.content, file));
    }
    out.sort();
    Ok(out)
}

#[tokio::test]
async fn a_sound_database_has_no_fault_and_a_copy_under_load_neither() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, workspace) = filled(&dir.path().join("data")).await;
    let found = store.examine().await.expect("read");
    assert_eq!(found.faults, []);
    // Twelve résumés with three sealed values and a name each, beside the secrets of the server.
    assert!(found.opened >= 48 && found.rows > 12, "{found:?}");
    let writer = {
        let (store, workspace) = (store.clone(), workspace.clone());
        tokio::spawn(async move {
            for n in 0..30 {
                store
                    .create_resume(&workspace, "late.txt", "txt", &vec![n; 20_000])
                    .await
                    .expect("taken");
            }
        })
    };
    let copy = dir.path().join("copy");
    std::fs::create_dir(&copy).expect("made");
    store.copy_to(&copy.join("bespoke.db")).await.expect("copied");
    writer.await.expect("it wrote");
    assert!(
        store.copy_to(&copy.join("bespoke.db")).await.is_err(),
        "nothing is overwritten"
    );
    std::fs::copy(dir.path().join("data.key"), dir.path().join("copy.key")).expect("the key");
    let restored = Store::open(&copy).await.expect("it opens");
    assert_eq!(restored.examine().await.expect("read").faults, []);
    let count = restored.resumes(&workspace).await.expect("listed").len();
    assert!((12..=42).contains(&count), "{count}");
}

#[tokio::test]
async fn no_flipped_bit_in_what_a_person_wrote_passes() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    let (store, workspace) = filled(&data).await;
    let before = written(&store, &workspace).await.expect("read");
    store.close().await;
    let file = data.join("bespoke.db");
    let sound = std::fs::read(&file).expect("read");
    let (mut seed, mut told, mut harmless) = (7u64, 0, 0);
    for _ in 0..60 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 33) as usize % sound.len();
        let mut damaged = sound.clone();
        damaged[at] ^= 1 << ((seed >> 29) & 7);
        let _ = std::fs::remove_file(data.join("bespoke.db-wal"));
        let _ = std::fs::remove_file(data.join("bespoke.db-shm"));
        std::fs::write(&file, &damaged).expect("written");
        // A database that does not open has told as well.
        let Ok(store) = Store::open(&data).await else {
            told += 1;
            continue;
        };
        let faults = match store.examine().await {
            Ok(found) => found.faults.len(),
            Err(_) => 1,
        };
        if faults > 0 {
            told += 1;
        } else {
            harmless += 1;
            let after = written(&store, &workspace).await.expect("read");
            assert!(after == before, "a flip at {at} passes");
        }
        store.close().await;
    }
    eprintln!("{told} flips were told, {harmless} changed nothing that a person wrote");
    assert!(told > 5, "some of the file is what people wrote: {told}");
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_nothing_else() {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, workspace) = filled(&dir.path().join("data")).await;
    let size = std::fs::metadata(dir.path().join("data/bespoke.db")).map_or(0, |m| m.len());
    store.limit_bytes(size.max(200_000) + 100_000).await.expect("limited");
    let big = vec![1; 80_000];
    let mut taken = 0;
    let refused = loop {
        match store.create_resume(&workspace, "big.txt", "txt", &big).await {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
        assert!(taken < 50, "it never fills");
    };
    assert!(matches!(refused, StoreError::Full), "{refused:?}");
    assert_eq!(store.resumes(&workspace).await.expect("reads go on").len(), 12 + taken);
    assert_eq!(store.examine().await.expect("read").faults, []);
    store.limit_bytes(1 << 30).await.expect("room again");
    store
        .create_resume(&workspace, "big.txt", "txt", &big)
        .await
        .expect("it recovers by itself");
}
