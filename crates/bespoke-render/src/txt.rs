//! Outline in, plain text out: UTF-8, lines of at most 80 columns, no columns side by side, "-" for bullets. What
//! a form field or the simplest parser reads without a mistake.

use crate::outline::{Entry, Group, Item, Linked, Outline};

/// Longest line, in characters; only a word that is longer makes a longer line.
const WIDTH: usize = 80;

/// Writes the text.
pub(crate) fn write(outline: &Outline) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        if !text.is_empty() {
            out.push_str(&wrapped(text, ""));
            out.push('\n');
        }
    };
    line(&outline.name);
    line(outline.label.as_deref().unwrap_or_default());
    for item in &outline.contact {
        line(&item.text);
    }
    for item in &outline.links {
        line(item.url.as_ref().unwrap_or(&item.text));
    }
    for block in &outline.blocks {
        out.push('\n');
        if !block.title.is_empty() {
            out.push_str(&block.title.to_uppercase());
            out.push('\n');
        }
        let mut parts: Vec<String> = Vec::new();
        let lines = |lines: Vec<String>| Some(lines.join("\n")).filter(|l| !l.is_empty());
        parts.extend(lines(block.paragraphs.iter().map(|p| wrapped(p, "")).collect()));
        parts.extend(block.entries.iter().map(entry));
        parts.extend(lines(block.groups.iter().map(group).collect()));
        parts.extend(lines(block.bullets.iter().map(bullet).collect()));
        out.push_str(&parts.join("\n\n"));
        out.push('\n');
    }
    out
}

fn entry(entry: &Entry) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(entry.title.as_ref().map(|t| wrapped(&t.text, "")));
    let place = [entry.subtitle.as_ref().map(|s| s.text.clone()), entry.place.clone()];
    let place: Vec<String> = place.into_iter().flatten().collect();
    lines.extend(
        Some(place.join(", "))
            .filter(|p| !p.is_empty())
            .map(|p| wrapped(&p, "")),
    );
    lines.extend(entry.dates.as_ref().map(|d| d.replace('–', "-")));
    let links = [&entry.title, &entry.subtitle].into_iter().flatten();
    lines.extend(links.filter_map(|Linked { url, .. }| url.clone()));
    lines.extend(entry.paragraphs.iter().map(|p| wrapped(p, "")));
    lines.extend(entry.bullets.iter().map(bullet));
    lines.extend(entry.notes.iter().map(group));
    lines.join("\n")
}

fn bullet(item: &Item) -> String {
    let indent = "  ".repeat(usize::from(item.level));
    format!("{indent}- {}", wrapped(&item.text, &format!("{indent}  ")))
}

/// A list is broken after its commas where its members are short enough: who reads it line by line finds each whole.
fn group(group: &Group) -> String {
    let kept: Vec<String> = group.text.split(", ").map(kept_together).collect();
    let list = kept.join(", ");
    match &group.label {
        Some(label) => wrapped(&format!("{label}: {list}"), "  "),
        None => wrapped(&list, ""),
    }
    .replace(KEPT, " ")
}

/// Stands for a space at which no line is broken while lines are filled.
const KEPT: &str = "\u{1f}";

fn kept_together(member: &str) -> String {
    const LONGEST: usize = 32;
    match member.chars().count() <= LONGEST {
        true => member.replace(' ', KEPT),
        false => member.to_owned(),
    }
}

/// Text in lines of at most [`WIDTH`] characters, those after the first indented. A first line is taken to stand at
/// the same indent.
fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut column = indent.len();
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > indent.len() && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(indent);
            column = indent.len();
        } else if column > indent.len() {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Template;

    #[test]
    fn lists_are_broken_after_commas() {
        let text = group(&Group {
            label: Some("Languages".into()),
            text: "Rust, Go, SQL, Python, Ruby, Payments, OpenAPI, Backend development, Cron jobs, API".into(),
        });
        assert_eq!(
            text,
            "Languages: Rust, Go, SQL, Python, Ruby, Payments, OpenAPI,\n  Backend development, Cron jobs, API"
        );
    }

    #[test]
    fn no_line_is_longer_than_eighty_columns() {
        let mut resume = crate::sample::resume();
        resume.summary.as_mut().unwrap().value = "word ".repeat(100);
        resume.work[0].highlights[0].text.value = "Résumé with ünïcödé ".repeat(30);
        let text = write(&Outline::of(&resume, Template::all()[0].style()));
        assert!(text.lines().any(|l| l.chars().count() > 70));
        for line in text.lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
        }
        assert!(text.contains("\nSUMMARY\n") && text.contains("\n- Built the forecast"));
    }

    #[test]
    fn a_long_word_stays_whole() {
        let url = format!("https://example.com/{}", "x".repeat(90));
        assert_eq!(wrapped(&format!("a {url} b"), "  "), format!("a\n  {url}\n  b"));
    }
}
