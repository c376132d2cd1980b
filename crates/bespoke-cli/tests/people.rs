//! `bespoke keys` and `bespoke user` over a folder with one person.

use bespoke_store::Store;
use bespoke_store::crypto::KeySource;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn bespoke(data: &Path, key: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bespoke"))
        .args(args)
        .env_remove("BESPOKE_MASTER_KEY")
        .env("BESPOKE_DATA", data)
        .env("BESPOKE_MASTER_KEY_FILE", key)
        .env("BESPOKE_CONFIG", data.join("config.toml"))
        .output()
        .expect("it runs")
}

fn json(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {text} {output:?}"))
}

#[test]
fn people_are_listed_exported_and_deleted_and_keys_rotate() {
    let dir = tempfile::tempdir().expect("a folder");
    let (data, key) = (dir.path().join("data"), dir.path().join("keys/master.key"));
    std::fs::create_dir(&data).expect("a folder");
    std::fs::write(data.join("config.toml"), "").expect("written");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let id = runtime.block_on(async {
        let store = Store::open_with(&data, KeySource::File(key.clone()))
            .await
            .expect("opens");
        let (workspace, _) = store.create_workspace().await.expect("a workspace");
        store
            .create_resume(&workspace.id, "cv.txt", "txt", b"Ada")
            .await
            .expect("kept");
        store
            .create_account(&workspace.id, "ada@example.org", "hash", "1")
            .await
            .expect("an account");
        store
            .create_team(&workspace.id, "Lanterns", "Ada")
            .await
            .expect("a team");
        store.close().await;
        workspace.id
    });
    let listed = json(&bespoke(&data, &key, &["--json", "user", "list"]));
    assert_eq!(
        (&listed[0]["email"], &listed[0]["resumes"]),
        (&"ada@example.org".into(), &1.into())
    );

    assert_eq!(listed.as_array().map(Vec::len), Some(1), "a team is nobody");
    let teams = json(&bespoke(&data, &key, &["--json", "team", "list"]));
    assert_eq!(
        (&teams[0]["name"], &teams[0]["members"][0]["email"]),
        (&"Lanterns".into(), &"ada@example.org".into())
    );
    let before = std::fs::read(&key).expect("the key");
    let rotated = json(&bespoke(&data, &key, &["--json", "keys", "rotate"]));
    // The person's key, the team's and the server's own.
    assert_eq!(rotated["rewrapped"], 3);
    assert_ne!(std::fs::read(&key).expect("the key"), before);
    let checked = bespoke(&data, &key, &["keys", "check"]);
    assert!(checked.status.success(), "{checked:?}");

    let zip = dir.path().join("ada.zip");
    let out = zip.display().to_string();
    let exported = bespoke(&data, &key, &["user", "export", "ADA@example.org", "--out", &out]);
    assert!(
        exported.status.success() && std::fs::read(&zip).is_ok_and(|b| b.starts_with(b"PK")),
        "{exported:?}"
    );
    let asked = bespoke(&data, &key, &["user", "delete", &id]);
    assert_eq!(asked.status.code(), Some(2), "{asked:?}");
    let receipt = json(&bespoke(&data, &key, &["--json", "user", "delete", &id, "--yes"]));
    assert_eq!(
        (&receipt["removed"]["resumes"], &receipt["removed"]["accounts"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        json(&bespoke(&data, &key, &["--json", "user", "list"])),
        serde_json::json!([])
    );

    // Without the key nothing opens, and the message says what to do.
    std::fs::remove_file(&key).expect("removed");
    let refused = bespoke(&data, &key, &["user", "list"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("bring the key back"),
        "{said}"
    );
    assert!(!key.exists());
}
