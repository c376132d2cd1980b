//! Outline in, Markdown (CommonMark) out: real headings, lists and links. Text is escaped where it would
//! otherwise be read as mark-up.

use crate::outline::{Entry, Group, Item, Linked, Outline};

/// Writes the Markdown.
pub(crate) fn write(outline: &Outline) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !outline.name.is_empty() {
        parts.push(format!("# {}", escaped(&outline.name)));
    }
    parts.extend(outline.label.as_ref().map(|label| format!("**{}**", escaped(label))));
    for line in [&outline.contact, &outline.links] {
        let items: Vec<String> = line.iter().map(linked).collect();
        parts.extend(Some(items.join(" | ")).filter(|l| !l.is_empty()));
    }
    for block in &outline.blocks {
        if !block.title.is_empty() {
            parts.push(format!("## {}", escaped(&block.title)));
        }
        parts.extend(block.paragraphs.iter().map(|p| escaped(p)));
        for e in &block.entries {
            entry(e, &mut parts);
        }
        list(block.groups.iter().map(|g| format!("- {}", group(g))), &mut parts);
        list(block.bullets.iter().map(bullet), &mut parts);
    }
    parts.join("\n\n") + "\n"
}

fn entry(entry: &Entry, parts: &mut Vec<String>) {
    parts.extend(entry.title.as_ref().map(|t| format!("### {}", linked(t))));
    let who = entry.subtitle.as_ref().map(|s| format!("**{}**", linked(s)));
    let when = entry.dates.as_ref().map(|d| format!("*{}*", escaped(d)));
    let line = [who, entry.place.as_ref().map(|p| escaped(p)), when];
    let line: Vec<String> = line.into_iter().flatten().collect();
    parts.extend(Some(line.join(" | ")).filter(|l| !l.is_empty()));
    parts.extend(entry.paragraphs.iter().map(|p| escaped(p)));
    list(entry.bullets.iter().map(bullet), parts);
    parts.extend(entry.notes.iter().map(group));
}

/// A list is one part: its lines follow each other.
fn list(lines: impl Iterator<Item = String>, parts: &mut Vec<String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        parts.push(lines.join("\n"));
    }
}

fn bullet(item: &Item) -> String {
    format!("{}- {}", "  ".repeat(usize::from(item.level)), escaped(&item.text))
}

fn group(group: &Group) -> String {
    match &group.label {
        Some(label) => format!("**{}:** {}", escaped(label), escaped(&group.text)),
        None => escaped(&group.text),
    }
}

fn linked(item: &Linked) -> String {
    match &item.url {
        Some(url) => {
            let url = url.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E");
            format!("[{}](<{url}>)", escaped(&item.text))
        }
        None => escaped(&item.text),
    }
}

/// Text with a backslash before each character that Markdown would act upon where it stands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let acts = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            // Inside a word an underscore is only itself.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphabetic(),
            '~' => before == '~' || next == '~',
            '|' => true,
            // At the start of a line: headings, quotes, lists, rules.
            '#' | '>' | '+' | '-' | '=' => at == 0,
            '.' | ')' => next == ' ' && at < 10 && text[..at].bytes().all(|b| b.is_ascii_digit()) && at > 0,
            _ => false,
        };
        if acts {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn only_what_acts_is_escaped() {
        assert_eq!(
            escaped("# 1 in C# and C++, 50% of snake_case"),
            "\\# 1 in C# and C++, 50% of snake_case"
        );
        assert_eq!(
            escaped("1. *bold* [x](y) <b> R&D &amp;"),
            "1\\. \\*bold\\* \\[x\\](y) \\<b> R\\&D \\&amp;"
        );
        assert_eq!(escaped("2019. That was -5"), "2019\\. That was -5");
    }
}
