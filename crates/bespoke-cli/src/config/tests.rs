//! What flags, environment and file say together.

use super::*;

fn with(text: &str, flags: Flags) -> Result<Config, Failure> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    let place = Where {
        config: Some(path),
        ..flags.place.clone()
    };
    Config::load(&Flags { place, ..flags })
}

#[test]
fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
    let flags = Flags {
        grace: Some(3),
        ..Flags::default()
    };
    let config = with(
        "grace = 5\nqueue_limit = 7\nmetrics_token = \"hunter2hunter2\"\ndatabase_url = \"postgres://cv:hunter2@db.example.org/cv\"\n",
        flags,
    )
    .unwrap();
    let settings = config.settings();
    assert_eq!(
        (settings.grace.as_secs(), settings.queue.all, settings.queue.each),
        (3, 7, 50)
    );
    let shown = config.shown();
    assert!(shown.contains("grace = 3  # flag or environment"), "{shown}");
    assert!(shown.contains("queue_limit = 7  # /"), "{shown}");
    assert!(shown.contains("queue_limit_each = 50  # default"), "{shown}");
    assert!(
        shown.contains("metrics_token = \"(hidden)\"") && !shown.contains("hunter2"),
        "{shown}"
    );
    assert!(
        shown.contains("database_url = \"postgres://cv:***@db.example.org/cv\""),
        "{shown}"
    );
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(!format!("{:?}", config.location()).contains("hunter2"));
}

#[test]
fn what_is_not_known_is_refused_with_its_line_and_without_secrets() {
    for (text, line) in [
        ("grace = 5\ncolour = \"red\"\n", "line 2"),
        ("\n\ngrace = \"soon\"\n", "line 3"),
        ("addr = \"nowhere\"\n", "line 1"),
        ("metrics_token = \"hunter2\" grace\n", "line 1"),
    ] {
        let refused = with(text, Flags::default()).unwrap_err().to_string();
        assert!(refused.contains(line) && !refused.contains("hunter2"), "{refused}");
    }
    assert!(with("queue_limit = 0\n", Flags::default()).is_err());
}

#[test]
fn language_models_are_public_ones_of_peoples_own_unless_the_table_says_more() {
    let rules = |text: &str| with(text, Flags::default()).map(|config| (config.settings().models, config.shown()));
    let (default, _) = rules("").unwrap();
    assert!(default.enabled && default.own && !default.allow_private && default.shared.is_none());
    let (set, shown) = rules(
        "[model]\nallow_private = true\nallowed = [\"http://10.0.0.5:11434\"]\naddress = \"http://127.0.0.1:11434/v1\"\nname = \"qwen2.5\"\nkey = \"hunter2\"\ntimeout = 60\n",
    )
    .unwrap();
    assert!(set.allow_private && set.timeout.as_secs() == 60, "{set:?}");
    assert!(
        shown.contains("name = \"qwen2.5\"") && !shown.contains("hunter2"),
        "{shown}"
    );
    assert!(!format!("{set:?}").contains("hunter2"));
    for (text, told) in [
        ("[model]\nname = \"x\"\n", "address and name"),
        ("[model]\nkey = \"x\"\n", "address and name"),
        ("[model]\nallowed = [\"10.0.0.5\"]\n", "http://host"),
        ("[model]\ntimeout = 0\n", "1 to 600"),
        ("[model]\nprivate = true\n", "line 2"),
    ] {
        let refused = rules(text).unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
}

#[test]
fn providers_and_mail_are_read_and_their_secrets_never_shown() {
    let text = r#"
public_url = "https://bespoke.example.org/"
[mail]
url = "smtp://mail.example.org"
from = "Bespoke <bespoke@example.org>"
user = "bespoke"
password = "hunter2hunter2"
[[providers]]
preset = "github"
client_id = "ours"
client_secret = "hunter2-github"
[[providers]]
id = "staff"
name = "Example Ltd"
issuer = "https://id.example.org"
client_id = "bespoke"
"#;
    let config = with(text, Flags::default()).unwrap();
    let accounts = config.accounts();
    let ids: Vec<&str> = accounts.providers.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["github", "staff"]);
    assert_eq!(accounts.public_url.as_deref(), Some("https://bespoke.example.org"));
    let shown = config.shown();
    for part in [
        "[mail]",
        "issuer = \"https://id.example.org\"",
        "client_secret = \"(hidden)\"",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    for text in [shown, format!("{config:?}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    let base = "public_url = \"https://bespoke.example.org\"\n[[providers]]\nclient_id = \"x\"\n";
    for (text, told) in [
        (
            "[[providers]]\npreset = \"google\"\nclient_id = \"x\"\n".to_owned(),
            "public_url",
        ),
        (base.to_owned(), "preset"),
        (
            format!("{base}issuer = \"http://id.example.org\"\nid = \"x\"\n"),
            "https://",
        ),
        (
            format!("{base}issuer = \"https://id.example.org\"\nid = \"A B\"\n"),
            "small letters",
        ),
        (
            format!("{base}preset = \"google\"\nclient_secret_file = \"/nowhere/secret\"\n"),
            "client_secret_file",
        ),
    ] {
        let refused = with(&text, Flags::default()).unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
}
