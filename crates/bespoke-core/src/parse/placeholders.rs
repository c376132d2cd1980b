//! What a template leaves standing where nobody filled it in: "Company Name", "City, State". It names no employer and no
//! place, and beside a job title it is no part of the title.

use crate::resume::{Field, Resume};

/// Placeholders that stand before or after a title, in small letters.
const PLACEHOLDERS: [&str; 4] = ["company name", "city , state", "city, state", "name of company"];

/// Takes placeholders off the ends of the titles held; `text` is that of the document. A title that is nothing else goes.
pub(super) fn drop_from_titles(text: &str, resume: &mut Resume) {
    for work in &mut resume.work {
        if let Some(position) = &mut work.position
            && !clean(text, position)
        {
            work.position = None;
        }
    }
}

/// False where nothing is left.
fn clean(text: &str, field: &mut Field<String>) -> bool {
    let around = field.source.as_ref().and_then(|s| {
        let line = text.get(..s.start)?.rfind('\n').map_or(0, |n| n + 1);
        let end = text.get(s.end..)?.find('\n').map_or(text.len(), |n| s.end + n);
        Some((text.get(line..s.start)?, text.get(s.end..end)?))
    });
    let (before, after) = around.unwrap_or_default();
    let mut title = field.value.as_str();
    // A placeholder may have been cut by a comma or a wide gap: "City," stands before "State Senior Accountant".
    if let Some(rest) = cut_front(title, "state").filter(|_| ends_with_word(before, "city")) {
        title = rest;
    }
    if let Some(rest) =
        cut_back(title, "company").filter(|_| after.trim_start().to_ascii_lowercase().starts_with("name"))
    {
        title = rest;
    }
    if let Some(rest) = cut_back(title, "city").filter(|_| starts_with_word(after, "state")) {
        title = rest;
    }
    while let Some(rest) = PLACEHOLDERS
        .iter()
        .find_map(|p| cut_front(title, p).or_else(|| cut_back(title, p)))
    {
        title = rest;
    }
    if title.len() == field.value.len() {
        return true;
    }
    if !title.chars().any(char::is_alphabetic) {
        return false;
    }
    let offset = field.value.find(title).unwrap_or(0);
    if let Some(source) = &mut field.source
        && text.get(source.start..source.end) == Some(field.value.as_str())
    {
        source.start += offset;
        source.end = source.start + title.len();
    }
    field.value = title.to_owned();
    true
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '|' | '/' | '•' | ':' | ';' | '.' | '·')
}

/// The rest of a text that begins with these words and goes on with others.
fn cut_front<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let start = text.get(..words.len())?;
    let rest = &text[words.len()..];
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (ends && start.eq_ignore_ascii_case(words)).then(|| rest.trim_start_matches(is_mark))
}

/// What stands before these words at the end of a text.
fn cut_back<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(words.len())?;
    let end = text.get(at..)?;
    let rest = &text[..at];
    let begins = rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    (begins && end.eq_ignore_ascii_case(words)).then(|| rest.trim_end_matches(is_mark))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    cut_back(text.trim_end_matches(is_mark), word).is_some()
}

fn starts_with_word(text: &str, word: &str) -> bool {
    cut_front(text.trim_start_matches(is_mark), word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resume::Source;

    /// The title that stands in `[…]` of a line, cleaned.
    fn title(line: &str) -> Option<String> {
        let (start, end) = (line.find('[')?, line.find(']')? - 1);
        let text = line.replace(['[', ']'], "");
        let mut field = Field {
            value: text[start..end].to_owned(),
            source: Some(Source {
                start,
                end,
                page: 0,
                bbox: None,
            }),
            confidence: 0.9,
        };
        let kept = clean(&text, &mut field);
        if let Some(s) = &field.source {
            assert!(!kept || text[s.start..s.end] == field.value, "{line}");
        }
        kept.then_some(field.value)
    }

    #[test]
    fn placeholders_are_no_part_of_a_title() {
        for (line, wanted) in [
            (
                "July 2011 to May 2012 City , [State Senior Accountant]",
                Some("Senior Accountant"),
            ),
            ("[Trip Coordinator Company] Name , City", Some("Trip Coordinator")),
            ("[Company Name - Assistant Designer]", Some("Assistant Designer")),
            (
                "[Cabin Service Supervisor Company Name]",
                Some("Cabin Service Supervisor"),
            ),
            ("[Company Name]", None),
            ("Jan 2009 [State Trooper] Ohio Highway Patrol", Some("State Trooper")),
            ("[City Manager]", Some("City Manager")),
            ("[Manager of the Company]", Some("Manager of the Company")),
        ] {
            assert_eq!(title(line).as_deref(), wanted, "{line}");
        }
    }
}
