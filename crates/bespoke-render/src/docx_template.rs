//! A DOCX with Jinja tags as a template, as users of docxtpl write it.
//!
//! `{{ name }}` stands in running text; Word often splits it over several runs, so the runs of a tag are joined
//! first. `{%p … %}` takes the place of its paragraph, `{%tr … %}` of its table row, `{%tc … %}` of its cell and
//! `{%r … %}` of its run: so a loop repeats whole paragraphs or rows. Texts are escaped; line breaks become breaks.

use crate::error::Diagnostic;
use crate::markup::{self, complaint, jinja};
use crate::outline::Outline;
use crate::{ExportFormat, RenderError, Style, zipped};
use bespoke_core::json_resume::to_json_resume;
use bespoke_core::resume::Resume;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State};
use std::io::{Cursor, Read};
use std::sync::LazyLock;

/// Largest part of the file that is read, in bytes.
const MAX_PART: u64 = 32 << 20;

static ENVIRONMENT: LazyLock<Result<Environment<'static>, String>> = LazyLock::new(|| {
    let mut env = markup::bare(|_| AutoEscape::Custom("xml".into())).map_err(|e| format!("{e:#}"))?;
    env.set_formatter(format);
    Ok(env)
});

/// Fills the template in: every part of the file that may hold tags is rendered, the others stay as they are.
pub(crate) fn fill(file: &[u8], resume: &Resume, style: &Style, template: &str) -> Result<Vec<u8>, RenderError> {
    let fault = |message: String| RenderError::template(template, Diagnostic::new(message));
    let damaged = |detail: String| fault(format!("its DOCX cannot be read ({detail}): save it again in Word"));
    let env = ENVIRONMENT.as_ref().map_err(|e| fault(e.clone()))?;
    let values = values(resume, style);
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(|e| damaged(e.to_string()))?;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let name = entry.name().map_err(|e| damaged(e.to_string()))?.into_owned();
        let mut content = Vec::new();
        entry
            .take(MAX_PART + 1)
            .read_to_end(&mut content)
            .map_err(|e| damaged(e.to_string()))?;
        if content.len() as u64 > MAX_PART {
            return Err(damaged(format!("{name} is larger than {} MB", MAX_PART >> 20)));
        }
        if has_tags(&name) {
            let source = String::from_utf8(content).map_err(|_| damaged(format!("{name} is not UTF-8")))?;
            let source = prepared(&source);
            let rendered = env
                .template_from_named_str(template, &source)
                .and_then(|part| markup::limited(|out| part.render_captured_to(&values, out).map(|_| ())));
            content = rendered
                .map_err(|e| RenderError::template(template, place(&e, template, &name, &source)))?
                .into_bytes();
        }
        parts.push((name, content));
    }
    if !parts.iter().any(|(name, _)| name == "word/document.xml") {
        return Err(damaged("word/document.xml is missing".to_owned()));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    zipped::pack(&parts).map_err(|detail| RenderError::Write {
        format: ExportFormat::Docx,
        detail,
    })
}

/// Body, headers, footers, notes.
fn has_tags(part: &str) -> bool {
    let name = part.strip_prefix("word/").and_then(|n| n.strip_suffix(".xml"));
    name.is_some_and(|n| {
        n == "document"
            || ["header", "footer", "footnotes", "endnotes"]
                .iter()
                .any(|kind| n.starts_with(kind))
    })
}

/// JSON Resume (`basics`, `work` …), its contact data once more at the top (`name`, `email` …), and `resume` as all
/// our templates see it, with dates written out.
fn values(resume: &Resume, style: &Style) -> Value {
    let mut root = to_json_resume(resume);
    let outline = serde_json::to_value(Outline::of(resume, style)).unwrap_or_default();
    if let Some(members) = root.as_object_mut() {
        let basics = members
            .get("basics")
            .and_then(|b| b.as_object())
            .cloned()
            .unwrap_or_default();
        for (key, value) in basics {
            members.entry(key).or_insert(value);
        }
        members.insert("resume".to_owned(), outline);
    }
    jinja(root)
}

/// A complaint: a line of the XML says nothing to its author, the paragraph does.
fn place(error: &Error, template: &str, part: &str, source: &str) -> Diagnostic {
    let mut diagnostic = complaint(error, template);
    let at = error.range().map(|r| r.start).unwrap_or_default();
    let before = source.get(..at).unwrap_or_default();
    let start = before.rfind("<w:p>").max(before.rfind("<w:p ")).unwrap_or(0);
    let end = source[start..].find("</w:p>").map_or(source.len(), |e| start + e);
    let text: String = bare(&source[start..end]).chars().take(80).collect();
    diagnostic.line = (at > 0).then(|| before.matches("</w:p>").count() + 1);
    diagnostic.column = None;
    diagnostic.message = format!("{} (in {part}, paragraph \"{}\")", diagnostic.message, text.trim());
    diagnostic
}

/// Text without tags of XML.
fn bare(xml: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The XML as a Jinja template.
fn prepared(xml: &str) -> String {
    let joined = joined(xml);
    let rows = lifted(&joined, "tr", "w:tr");
    let cells = lifted(&rows, "tc", "w:tc");
    let paragraphs = lifted(&cells, "p", "w:p");
    lifted(&paragraphs, "r", "w:r")
}

/// Takes the XML out of every tag of Jinja, which joins the runs that Word split it over, and puts straight what
/// Word made of quotation marks in it.
fn joined(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((open, kind, length)) = opening(rest) {
        let after = &rest[open + length..];
        let Some((inside, end)) = closing(after, kind) else {
            break;
        };
        out.push_str(&rest[..open]);
        out.push('{');
        out.push(kind);
        let inside = bare(inside);
        let inside = inside
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
        let inside = inside
            .replace(['\u{201c}', '\u{201d}', '\u{201e}'], "\"")
            .replace(['\u{2018}', '\u{2019}'], "'");
        out.push_str(&inside.replace("&amp;", "&"));
        out.push(if kind == '{' { '}' } else { kind });
        out.push('}');
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

/// Where the next `{{`, `{%` or `{#` begins, its second character, and how long it is with the XML between the two.
fn opening(xml: &str) -> Option<(usize, char, usize)> {
    let mut from = 0;
    while let Some(at) = xml[from..].find('{').map(|n| from + n) {
        let gap = markup_at(&xml[at + 1..]);
        if let Some(kind) = xml[at + 1 + gap..]
            .chars()
            .next()
            .filter(|c| matches!(c, '{' | '%' | '#'))
        {
            return Some((at, kind, 1 + gap + 1));
        }
        from = at + 1;
    }
    None
}

/// The inside of a tag and the end of the tag.
fn closing(xml: &str, kind: char) -> Option<(&str, usize)> {
    let first = if kind == '{' { '}' } else { kind };
    let mut from = 0;
    while let Some(at) = xml[from..].find(first).map(|n| from + n) {
        // A sign inside of XML tags ends nothing.
        let in_tag = xml[..at].rfind('<') > xml[..at].rfind('>');
        let gap = markup_at(&xml[at + 1..]);
        if !in_tag && xml[at + 1 + gap..].starts_with('}') {
            return Some((&xml[..at], at + 1 + gap + 1));
        }
        from = at + 1;
    }
    None
}

/// Length of the tags of XML at the beginning of a text.
fn markup_at(xml: &str) -> usize {
    let mut length = 0;
    while xml[length..].starts_with('<') {
        match xml[length..].find('>') {
            Some(end) => length += end + 1,
            None => break,
        }
    }
    length
}

/// Puts `{% … %}` in the place of the element around each `{%p … %}`: of the paragraph, row, cell or run.
fn lifted(xml: &str, mark: &str, element: &str) -> String {
    let mut out = xml.to_owned();
    let mut from = 0;
    for open in ["{%", "{{"] {
        let marked = format!("{open}{mark} ");
        let close = if open == "{%" { "%}" } else { "}}" };
        while let Some(at) = out[from..].find(&marked).map(|n| from + n) {
            let Some(end) = out[at..].find(close).map(|n| at + n + 2) else {
                break;
            };
            let tag = format!("{open} {}", &out[at + marked.len()..end]);
            let start = [format!("<{element}>"), format!("<{element} ")]
                .iter()
                .filter_map(|begin| out[..at].rfind(begin.as_str()))
                .max();
            let stop = out[end..]
                .find(&format!("</{element}>"))
                .map(|n| end + n + element.len() + 3);
            match (start, stop) {
                (Some(start), Some(stop)) => {
                    out.replace_range(start..stop, &tag);
                    from = start + tag.len();
                }
                _ => {
                    out.replace_range(at..end, &tag);
                    from = at + tag.len();
                }
            }
        }
        from = 0;
    }
    out
}

fn format(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => Ok(()),
        _ => out.write_str(&escaped(&value.to_string())).map_err(Error::from),
    }
}

/// Text for a run: escaped, with breaks for its line ends.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Renderer, Template};

    fn docx(body: &str) -> Vec<u8> {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        zipped::pack(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", document.as_bytes()),
        ])
        .unwrap()
    }

    fn filled(body: &str) -> Result<String, RenderError> {
        let style = Template::all()[0].style();
        let file = fill(&docx(body), &crate::sample::resume(), style, "mine")?;
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive
            .by_name("word/document.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        Ok(text)
    }

    fn paragraph(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn runs_that_word_split_are_joined() {
        let split = "<w:p><w:r><w:t>Dear {</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ na</w:t></w:r><w:r><w:t>me }</w:t></w:r><w:r><w:t>}!</w:t></w:r></w:p>";
        let text = filled(split).unwrap();
        assert!(text.contains("Dear Mara Lindqvist") && !text.contains("{{"), "{text}");
        assert!(
            filled(&paragraph("{{ email|default(\u{201c}none\u{201d}) }}"))
                .unwrap()
                .contains("mara.lindqvist@")
        );
    }

    #[test]
    fn paragraphs_and_rows_are_repeated() {
        let body = [
            paragraph("{%p for job in work %}"),
            paragraph("{{ job.position }}"),
            paragraph("{%p endfor %}"),
        ];
        let text = filled(&body.concat()).unwrap();
        assert_eq!(text.matches("<w:p>").count(), 2);
        assert!(text.contains("Operations Analyst") && !text.contains("{%"));
        let cell = |text: &str| format!("<w:tr><w:tc>{}</w:tc></w:tr>", paragraph(text));
        let table = format!(
            "<w:tbl>{}{}{}</w:tbl>",
            cell("{%tr for l in languages %}"),
            cell("{{ l.language }}: {{ l.fluency }}"),
            cell("{%tr endfor %}")
        );
        let text = filled(&table).unwrap();
        assert_eq!(text.matches("<w:tr>").count(), 3);
        assert!(text.contains("Swedish: Native") && text.contains("German: B1"));
    }

    #[test]
    fn texts_cannot_become_markup() {
        let mut resume = crate::sample::resume();
        resume.contact.name.as_mut().unwrap().value = "<w:p>&{{ 7 * 7 }}\nnext".to_owned();
        let style = Template::all()[0].style();
        let file = fill(&docx(&paragraph("{{ name }}")), &resume, style, "mine").unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive
            .by_name("word/document.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert!(text.contains("&lt;w:p&gt;&amp;{{ 7 * 7 }}</w:t><w:br/>"), "{text}");
    }

    #[test]
    fn a_fault_names_its_paragraph_and_loses_nothing() {
        let error = filled(&[paragraph("Good"), paragraph("{{ name | nosuch }}")].concat()).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("nosuch") && text.contains("document.xml"), "{text}");
        assert!(filled("{% for x in work %}").is_err());
        let mine = Template::all()[0]
            .copied("mine", "Mine")
            .with_docx(docx(&paragraph("{{ name | nosuch }}")));
        assert_eq!(mine.check().len(), 1);
        let (renderer, resume) = (Renderer::new(), crate::sample::resume());
        let options = Options::default();
        let (bytes, fault) = renderer
            .render_or_default(&resume, &mine, mine.style(), ExportFormat::Docx, &options)
            .unwrap();
        assert!(bytes.starts_with(b"PK") && fault.is_some());
        assert!(
            renderer
                .render(&resume, &mine, mine.style(), ExportFormat::Docx)
                .is_err()
        );
        let broken = mine.with_docx(b"no zip".to_vec());
        assert!(broken.check()[0].message.contains("save it again"));
    }
}
