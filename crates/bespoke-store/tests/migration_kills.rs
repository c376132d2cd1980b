//! Whoever brings an older database up to date is killed again and again in the middle of it: the next one finishes, the
//! database says the same as before, and no plaintext is left. `BESPOKE_KILLS` says how often (`make kills`: 100); the
//! seed is fixed.

mod both;

use both::{Place, Raw};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// People beside those of the fixture, so that a migration takes its time.
const PEOPLE: usize = 150;

/// What the tests below start as a process of its own, and kill: opens the store of a folder, and closes it.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other tests run it"]
async fn open_and_close() {
    let data = PathBuf::from(std::env::var_os("BESPOKE_TEST_DATA").expect("a folder"));
    let url = std::env::var("BESPOKE_TEST_DATABASE").ok();
    let at = bespoke_store::Location {
        folder: data.clone(),
        key: bespoke_store::crypto::KeySource::beside(&data),
        database_url: url,
        blobs: None,
    };
    bespoke_store::Store::open_at(&at)
        .await
        .expect("it opens")
        .close()
        .await;
}

fn opener(place: &Place) -> Child {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command
        .args(["--ignored", "--exact", "open_and_close"])
        .env("BESPOKE_TEST_DATA", &place.data)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(url) = &place.url {
        command.env("BESPOKE_TEST_DATABASE", url);
    }
    command.spawn().expect("it starts")
}

fn kills() -> usize {
    let told = std::env::var("BESPOKE_KILLS").ok().and_then(|n| n.parse().ok());
    told.unwrap_or(12)
}

/// Kills at even chances over the time that it takes when nobody kills it; how many of them came in time.
async fn kill_openers(place: &Place, whole: Duration, kills: usize, seed: &mut u64) -> usize {
    let mut in_time = 0;
    for _ in 0..kills {
        let share =
            f64::from(u32::try_from(both::next_random(seed) >> 33).expect("31 bits")) / f64::from(u32::MAX >> 1);
        let mut opener = opener(place);
        tokio::time::sleep(whole.mul_f64(share)).await;
        in_time += usize::from(opener.try_wait().expect("asked").is_none());
        opener.kill().expect("killed, or ended before");
        opener.wait().expect("gone");
    }
    in_time
}

/// How long it takes when nobody kills it.
fn time_to_open(place: &Place) -> Duration {
    let begun = Instant::now();
    assert!(opener(place).wait().expect("it ran").success(), "it opens");
    begun.elapsed()
}

/// A database file of the schema 0003, with people in plaintext.
async fn old_database(folder: &Path) -> PathBuf {
    let place = Place::new(None);
    let raw = place.raw().await;
    let Raw::Sqlite(pool) = &raw else {
        unreachable!("asked for a file")
    };
    both::up_to(sqlx::migrate!("./migrations/sqlite"), 3)
        .run(pool)
        .await
        .expect("the old schema");
    sqlx::raw_sql(include_str!("old/0003.sql"))
        .execute(pool)
        .await
        .expect("filled");
    let long = "CANARY-long ".repeat(2_000);
    for n in 0..PEOPLE {
        raw.run(&format!(
            "INSERT INTO workspaces VALUES ('w-{n}', x'{:08x}', '2026-01-01T00:00:00Z')",
            n + 16
        ))
        .await;
        raw.run(&format!("INSERT INTO resumes VALUES ('r-{n}', 'w-{n}', 'CANARY-{n}.txt', 'txt', 'ready', 1, x'4343', '{long}', '{{\"name\":\"CANARY-{n}\"}}', NULL, '2026-01-01T01:00:00Z', '2026-01-01T01:00:00Z')")).await;
    }
    raw.close().await;
    let kept = folder.join("old.db");
    std::fs::copy(place.data.join("bespoke.db"), &kept).expect("copied");
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_file_survives_every_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = old_database(folder.path()).await;
    let fresh = || {
        let place = Place::new(None);
        std::fs::copy(&old, place.data.join("bespoke.db")).expect("copied");
        place
    };
    time_to_open(&fresh());
    let whole = time_to_open(&fresh());
    let (mut seed, mut in_time, mut done) = (11, 0, 0);
    while done < kills() {
        let place = fresh();
        let some = 3.min(kills() - done);
        in_time += kill_openers(&place, whole, some, &mut seed).await;
        done += some;
        let store = place.open().await;
        assert_eq!(both::files_with(&place.data, &["CANARY"]), Vec::<PathBuf>::new());
        assert_eq!(store.unreadable().await.expect("read"), Vec::<String>::new());
        for n in 0..PEOPLE {
            let resume = store
                .resume(&format!("w-{n}"), &format!("r-{n}"))
                .await
                .expect("it is there");
            assert_eq!(resume.file_name, format!("CANARY-{n}.txt"));
            assert_eq!(resume.content, Some(format!("{{\"name\":\"CANARY-{n}\"}}")));
            assert_eq!(resume.document.map(|text| text.len()), Some(24_000));
        }
        store.close().await;
    }
    eprintln!("{in_time} of {done} kills within the {whole:?} that a migration takes");
    assert!(in_time > 0, "no kill came in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_several_servers_survives_every_kill() {
    // The first is slower than those that come after it.
    time_to_open(&Place::in_postgres().await);
    let whole = time_to_open(&Place::in_postgres().await);
    let expected = {
        let place = Place::in_postgres().await;
        place.open().await.close().await;
        place.raw().await.columns().await
    };
    let (mut seed, mut in_time, mut done) = (13, 0, 0);
    while done < kills() {
        let place = Place::in_postgres().await;
        // Every other time from the first schema on, with somebody in it.
        let someone = (done / 3) % 2 == 1;
        if someone {
            let raw = place.raw().await;
            let Raw::Postgres(pool) = &raw else {
                unreachable!("asked for PostgreSQL")
            };
            both::up_to(sqlx::migrate!("./migrations/postgres"), 50)
                .run(pool)
                .await
                .expect("the first schema");
            raw.run("INSERT INTO workspaces (id, token_hash, created_at) VALUES ('w-ada', decode('01', 'hex'), '2026-01-01T00:00:00Z')")
                .await;
            raw.close().await;
        }
        let some = 3.min(kills() - done);
        in_time += kill_openers(&place, whole, some, &mut seed).await;
        done += some;
        let store = place.open().await;
        assert_eq!(store.unreadable().await.expect("read"), Vec::<String>::new());
        let raw = place.raw().await;
        assert_eq!(raw.columns().await, expected);
        let people = raw.number("SELECT COUNT(*) FROM workspaces").await;
        assert_eq!(people, i64::from(someone));
        store.close().await;
        raw.close().await;
    }
    eprintln!("{in_time} of {done} kills within the {whole:?} that it takes");
    assert!(in_time > 0, "no kill came in time");
}
