//! Examining finds what is damaged, and a copy taken under load is whole.

mod both;

use bespoke_store::{Location, Store, StoreError};
use both::Place;
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(60);

async fn filled(place: &Place) -> (Store, String) {
    let store = place.open().await;
    let workspace = store.create_workspace().await.expect("made").0.id;
    for n in 0..12 {
        let file = vec![b'a' + n; 12_000];
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

async fn a_sound_database_has_no_fault_and_a_copy_under_load_neither(place: &Place) {
    let (store, workspace) = filled(place).await;
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
    let copy = place.around().join("copy");
    std::fs::create_dir(&copy).expect("made");
    store.copy_to(&copy.join("bespoke.db")).await.expect("copied");
    writer.await.expect("it wrote");
    assert!(
        store.copy_to(&copy.join("bespoke.db")).await.is_err(),
        "nothing is overwritten"
    );
    std::fs::copy(&place.key, place.around().join("copy.key")).expect("the key");
    let restored = Store::open(&copy).await.expect("it opens");
    assert_eq!(restored.examine().await.expect("read").faults, []);
    let count = restored.resumes(&workspace).await.expect("listed").len();
    assert!((12..=42).contains(&count), "{count}");
}

#[tokio::test]
async fn no_flipped_bit_in_what_a_person_wrote_passes() {
    let place = &Place::new(None);
    let data = place.data.clone();
    let (store, workspace) = filled(place).await;
    let before = written(&store, &workspace).await.expect("read");
    store.close().await;
    let file = data.join("bespoke.db");
    let sound = std::fs::read(&file).expect("read");
    let (mut seed, mut told, mut harmless) = (7u64, 0, 0);
    for _ in 0..60 {
        both::next_random(&mut seed);
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
    let place = &Place::new(None);
    let (store, workspace) = filled(place).await;
    let size = std::fs::metadata(place.data.join("bespoke.db")).map_or(0, |m| m.len());
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

/// Whoever writes while others have just been refused is refused for the same reason, and no connection stays out of
/// step.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_says_so_to_all_who_write_at_once() {
    let place = &Place::new(None);
    let (store, workspace) = filled(place).await;
    let size = std::fs::metadata(place.data.join("bespoke.db")).map_or(0, |m| m.len());
    store.limit_bytes(size.max(200_000) + 100_000).await.expect("limited");
    let writers = (0..8).map(|_| {
        let (store, workspace) = (store.clone(), workspace.clone());
        tokio::spawn(async move {
            for _ in 0..40 {
                let written = store
                    .create_resume(&workspace, "big.txt", "txt", &vec![1; 60_000])
                    .await;
                assert!(matches!(written, Ok(_) | Err(StoreError::Full)), "{written:?}");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("each answer is one of the two");
    }
    let refused = store
        .create_resume(&workspace, "big.txt", "txt", &vec![1; 200_000])
        .await;
    assert!(
        matches!(refused, Err(StoreError::Full)),
        "the bound holds on a new connection"
    );
    assert_eq!(store.examine().await.expect("read").faults, []);
    store.limit_bytes(1 << 30).await.expect("room again");
    let written = store
        .create_resume(&workspace, "big.txt", "txt", &vec![1; 60_000])
        .await;
    written.expect("it recovers by itself");
}

/// Files outside the database: in a folder here.
async fn originals_outside_are_sealed_watched_swept_and_backed_up(place: &Place) {
    let files = place.around().join("files");
    let at = Location {
        blobs: Some(files.display().to_string()),
        ..place.location()
    };
    let store = Store::open_at(&at).await.expect("it opens");
    let (me, _) = store.create_workspace().await.expect("made");
    let mark = b"CANARY of a file";
    let row = store.create_resume(&me.id, "a.txt", "txt", mark).await.expect("taken");
    let kept = files.join("originals").join(&row.id);
    assert!(std::fs::metadata(&kept).is_ok_and(|m| m.len() > mark.len() as u64));
    assert!(both::files_with(place.around(), &["CANARY"]).is_empty());
    assert_eq!(store.original(&me.id, &row.id).await.expect("there"), mark);
    let raw = place.raw().await;
    assert_eq!(
        raw.number("SELECT COUNT(*) FROM resumes WHERE length(original) = 0")
            .await,
        1
    );
    // The same upload twice leaves one file.
    for _ in 0..2 {
        let once = store
            .create_resume_once(&me.id, Some("key"), "b.txt", "txt", b"b")
            .await;
        once.expect("taken");
    }
    let count = || std::fs::read_dir(files.join("originals")).expect("a folder").count();
    assert_eq!(count(), 2);
    // A backup has them inside, and opens without the folder.
    let copy = place.around().join("copy");
    std::fs::create_dir(&copy).expect("made");
    assert_eq!(
        store.copy_to(&copy.join("bespoke.db")).await.expect("copied"),
        Vec::<String>::new()
    );
    std::fs::copy(&place.key, place.around().join("copy.key")).expect("the key");
    let restored = Store::open(&copy).await.expect("it opens");
    assert_eq!(restored.original(&me.id, &row.id).await.expect("there"), mark);
    assert_eq!(restored.examine().await.expect("read").faults, []);
    // A flipped file and a lost one are named.
    assert_eq!(store.examine().await.expect("read").faults, []);
    let sound = std::fs::read(&kept).expect("read");
    let mut flipped = sound.clone();
    flipped[30] ^= 1;
    std::fs::write(&kept, flipped).expect("written");
    let named =
        |faults: &[bespoke_store::Fault]| faults.len() == 1 && faults[0].row.as_deref() == Some(row.id.as_str());
    assert!(named(&store.examine().await.expect("read").faults));
    std::fs::remove_file(&kept).expect("removed");
    assert!(named(&store.examine().await.expect("read").faults));
    let lost = store.original(&me.id, &row.id).await;
    assert!(matches!(lost, Err(StoreError::Lost(_))), "{lost:?}");
    assert_eq!(store.unreadable().await.expect("read").len(), 1);
    let second = place.around().join("second.db");
    assert_eq!(
        store.copy_to(&second).await.expect("copied"),
        std::slice::from_ref(&row.id)
    );
    std::fs::write(&kept, sound).expect("written");
    // An orphan goes once it is old; what belongs to a row or is young stays.
    let orphan = files.join("originals/0191d5b2-0000-7000-8000-000000000000");
    let young = files.join("originals/0191d5b2-0000-7000-8000-000000000001");
    for path in [&orphan, &young] {
        std::fs::write(path, b"x").expect("written");
    }
    let old = std::time::SystemTime::now() - Duration::from_secs(7200);
    for path in [&orphan, &kept] {
        let file = std::fs::File::options().append(true).open(path).expect("there");
        file.set_modified(old).expect("set");
    }
    assert_eq!(store.sweep_originals().await.expect("swept"), 1);
    assert!(!orphan.exists() && young.exists() && kept.exists());
    std::fs::remove_file(young).expect("removed");
    store.delete_resume(&me.id, &row.id).await.expect("deleted");
    assert_eq!(count(), 1);
    store.delete_person(&me.id).await.expect("deleted");
    assert_eq!(count(), 0);
}

/// From one machine to several: what a person has is the same afterwards, and a full database is left alone.
#[tokio::test(flavor = "multi_thread")]
async fn people_move_from_sqlite_to_postgres_and_back() {
    let (here, there) = (Place::new(None), Place::in_postgres().await);
    let (store, workspace) = filled(&here).await;
    let before = written(&store, &workspace).await.expect("read");
    let copy = here.around().join("copy.db");
    store.copy_to(&copy).await.expect("copied");
    std::fs::copy(&here.key, &there.key).expect("the key");
    assert!(Store::load(&there.location(), &copy).await.expect("filled") > 12);
    let moved = there.open().await;
    assert_eq!(moved.examine().await.expect("read").faults, []);
    assert!(written(&moved, &workspace).await.expect("read") == before);
    moved.create_workspace().await.expect("it goes on");
    assert!(matches!(
        Store::load(&there.location(), &copy).await,
        Err(StoreError::Occupied)
    ));
    let back = Place::new(None);
    std::fs::copy(&here.key, &back.key).expect("the key");
    moved.copy_to(&back.data.join("bespoke.db")).await.expect("copied");
    let back = back.open().await;
    assert!(written(&back, &workspace).await.expect("read") == before);
    assert_eq!(back.examine().await.expect("read").faults, []);
}

on_both!(
    a_sound_database_has_no_fault_and_a_copy_under_load_neither,
    originals_outside_are_sealed_watched_swept_and_backed_up,
);
