//! `bespoke learn` over data that a server would keep, with the real model: dry run, a version, going back, proposals.

mod common;

use bespoke_core::learning::{Deed, Feedback, RoleFeedback};
use bespoke_core::roles::{Taxonomy, Traits};
use bespoke_store::Store;
use common::bespoke;
use serde_json::Value;
use std::path::Path;

/// A person who takes a role exactly where its skills fit, whatever its words say.
fn person(n: usize) -> Feedback {
    let roles = Taxonomy::builtin().roles();
    let mut person = Feedback::default();
    for k in 0..8 {
        let role = &roles[(n * 37 + k * 11) % roles.len()];
        let share = ((n * 7 + k * 13) % 20) as f64 / 20.0;
        person.note_role(RoleFeedback {
            role: role.id.clone(),
            deed: if share > 0.45 { Deed::Saved } else { Deed::Hidden },
            traits: Traits {
                close: ((n * 5 + k * 17) % 20) as f64 / 20.0,
                share,
                ..Traits::default()
            },
            near: vec![(roles[n * 5 % roles.len()].id.clone(), 1.0)],
            day: "2999-01-01".into(),
        });
    }
    person
}

/// A data folder with so many people, of whom every tenth did not agree.
fn folder(people: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(dir.path()).await.expect("a store");
        for n in 0..people {
            let (workspace, _) = store.create_workspace().await.expect("a workspace");
            if n % 10 != 9 {
                store.share_counts(&workspace.id, true).await.expect("agreed");
            }
            let said = serde_json::to_string(&person(n)).expect("JSON");
            store
                .change_feedback(&workspace.id, "2999-01-01", |_| Some(said))
                .await
                .expect("noted");
        }
        store.close().await;
    });
    dir
}

fn learn(data: &Path, more: &[&str]) -> Value {
    let done = bespoke()
        .args(["learn", "--json", "--data"])
        .arg(data)
        .args(more)
        .output()
        .expect("it runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

#[test]
fn a_version_is_learned_used_and_taken_back() {
    let data = folder(80);
    let dry = learn(data.path(), &["--dry-run"]);
    let report = &dry["report"];
    assert_eq!((&dry["before"], &dry["now"]), (&Value::from(0), &Value::from(0)));
    assert_eq!(
        (&report["people"], &report["deeds"]),
        (&Value::from(72), &Value::from(576)),
        "who agreed"
    );
    assert_eq!(report["changes"][0]["used"], true, "{report:#}");
    assert!(dry["weights"][1]["blend"].as_f64().expect("a number") < 0.5, "{dry:#}");
    assert!(
        dry["versions"].as_array().expect("a list").is_empty(),
        "a dry run keeps nothing"
    );
    let done = learn(data.path(), &[]);
    assert_eq!((&done["now"], &done["report"]), (&Value::from(1), report));
    // The same feedback again: nothing is better than what is there.
    let again = learn(data.path(), &[]);
    assert_eq!(again["now"], 1, "{again:#}");
    let back = learn(data.path(), &["--revert", "0"]);
    assert_eq!((&back["before"], &back["now"]), (&Value::from(1), &Value::from(0)));
    // From where it was, the same seed comes to the same bytes.
    let twice = learn(data.path(), &[]);
    assert_eq!(twice["now"], 2);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(data.path()).await.expect("a store");
        let (one, two) = (
            store.learned(1).await.expect("kept"),
            store.learned(2).await.expect("kept"),
        );
        assert_eq!(one.weights, two.weights);
        store.close().await;
    });
    let refused = bespoke()
        .args(["learn", "--revert", "9", "--data"])
        .arg(data.path())
        .output()
        .expect("it runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no version 9"));
}

#[test]
fn too_little_changes_nothing_and_says_so() {
    let data = folder(10);
    let done = bespoke()
        .args(["learn", "--data"])
        .arg(data.path())
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&done.stdout);
    assert!(
        text.contains("Too little to learn from: people 9 of 40 needed") && text.contains("Version 0 ranks on."),
        "{text}"
    );
    let found = learn(data.path(), &["--proposals"]);
    assert_eq!(found["titles"], serde_json::json!([]));
}
