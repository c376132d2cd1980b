//! Outline in, plain text out: UTF-8, one line per paragraph, no wrapping, no columns, "-" for bullets. What
//! a form field or the simplest parser reads without a mistake.

use crate::outline::{Entry, Group, Item, Linked, Outline};

/// Writes the text.
pub(crate) fn write(outline: &Outline) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        if !text.is_empty() {
            out.push_str(text);
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
        if !block.paragraphs.is_empty() {
            parts.push(block.paragraphs.join("\n"));
        }
        parts.extend(block.entries.iter().map(entry));
        if !block.groups.is_empty() {
            parts.push(block.groups.iter().map(group).collect::<Vec<_>>().join("\n"));
        }
        if !block.bullets.is_empty() {
            parts.push(block.bullets.iter().map(bullet).collect::<Vec<_>>().join("\n"));
        }
        out.push_str(&parts.join("\n\n"));
        out.push('\n');
    }
    out
}

fn entry(entry: &Entry) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(entry.title.as_ref().map(|t| t.text.clone()));
    let place = [entry.subtitle.as_ref().map(|s| s.text.clone()), entry.place.clone()];
    let place: Vec<String> = place.into_iter().flatten().collect();
    lines.extend(Some(place.join(", ")).filter(|p| !p.is_empty()));
    lines.extend(entry.dates.as_ref().map(|d| d.replace('–', "-")));
    let links = [&entry.title, &entry.subtitle].into_iter().flatten();
    lines.extend(links.filter_map(|Linked { url, .. }| url.clone()));
    lines.extend(entry.paragraphs.iter().cloned());
    lines.extend(entry.bullets.iter().map(bullet));
    lines.extend(entry.notes.iter().map(group));
    lines.join("\n")
}

fn bullet(item: &Item) -> String {
    format!("{}- {}", "  ".repeat(usize::from(item.level)), item.text)
}

fn group(group: &Group) -> String {
    match &group.label {
        Some(label) => format!("{label}: {}", group.text),
        None => group.text.clone(),
    }
}
