//! The round trip: what was exported is read again, by our own parser and in the naive order in which simple
//! extractors read, and every fact of the résumé is looked for.

mod facts;
mod naive;

use crate::outline::language_of;
use crate::style::DateFormat;
use crate::{ExportFormat, Options, RenderError, Renderer, Style, Template};
use bespoke_core::resume::{Resume, Section};
use bespoke_core::text::is_rtl;
use bespoke_core::{ingest, parse};
use facts::{Entry, Fact, Kind};
use serde::Serialize;

/// What survived an export.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// The format that was written and read.
    pub format: ExportFormat,
    /// The template that it was written with; empty for a file from elsewhere.
    pub template: String,
    /// Facts that our parser read as they are.
    pub read: usize,
    /// Facts of the résumé that its style shows.
    pub facts: usize,
    /// Facts that our parser found and the résumé does not have.
    pub extra: usize,
    /// Facts that stand whole in the text in naive order.
    pub naive: usize,
    /// Every fact, in the order of the sections.
    pub fields: Vec<FieldReport>,
}

/// What became of one fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldReport {
    /// Where it stands in the résumé: `work[0].position`.
    pub path: String,
    /// What the résumé says.
    pub value: String,
    /// What our parser read in its place, where it read something.
    pub found: Option<String>,
    /// Whether that is the same.
    pub read: bool,
    /// Whether the value stands whole in the text in naive order.
    pub naive: bool,
}

impl Certificate {
    /// F1 of the fields as our parser reads them, 0 to 1.
    pub fn f1(&self) -> f64 {
        match 2 * self.read + self.extra + (self.facts - self.read) {
            0 => 1.0,
            all => 2.0 * self.read as f64 / all as f64,
        }
    }

    /// Share of the facts that stand whole in naive order, 0 to 1.
    pub fn naive_recall(&self) -> f64 {
        match self.facts {
            0 => 1.0,
            all => self.naive as f64 / all as f64,
        }
    }

    /// The facts that were lost in one of the two ways.
    pub fn lost(&self) -> impl Iterator<Item = &FieldReport> {
        self.fields.iter().filter(|f| !f.read || !f.naive)
    }
}

/// Renders a résumé, reads the file again and compares.
///
/// # Errors
/// As [`Renderer::render_with`]; a file that cannot be read again is no error but a certificate that says so.
pub fn certify(
    resume: &Resume,
    template: &Template,
    style: &Style,
    format: ExportFormat,
    options: &Options,
) -> Result<(Vec<u8>, Certificate), RenderError> {
    let bytes = Renderer::new().render_with(resume, template, style, format, options)?;
    let mut certificate = certify_file(resume, &bytes, style, format);
    certificate.template = template.name().to_owned();
    Ok((bytes, certificate))
}

/// Reads a file and compares it with the résumé that it is to show. Of `style` the hidden sections and the date
/// format count.
pub fn certify_file(resume: &Resume, bytes: &[u8], style: &Style, format: ExportFormat) -> Certificate {
    let name = format!("resume.{}", format.extension());
    let read = ingest::ingest(bytes, Some(&name)).map(|document| parse::parse(&document).resume);
    let read = read.unwrap_or_default();
    let dates = match format {
        ExportFormat::JsonResume => DateFormat::Iso,
        _ => style.date_format,
    };
    let (language, _) = language_of(resume);
    let language = Some(language.as_str());
    let truth = facts::of(resume, language, dates);
    let found = facts::of(&read, language, dates);
    let text = squeezed(&naive::text(bytes));
    let mut certificate = Certificate {
        format,
        template: String::new(),
        read: 0,
        facts: 0,
        extra: 0,
        naive: 0,
        fields: Vec::new(),
    };
    for (section, entries) in &truth {
        if style.hidden_sections.contains(section) {
            continue;
        }
        let found = found.get(section).map(Vec::as_slice).unwrap_or_default();
        certificate.section(*section, entries, found, &text);
    }
    certificate
}

impl Certificate {
    fn section(&mut self, section: Section, truth: &[Entry], found: &[Entry], text: &str) {
        let partners = pairs(truth, found);
        let none = Entry::new();
        for (n, entry) in truth.iter().enumerate() {
            let partner = partners
                .iter()
                .find(|p| p.0 == n)
                .and_then(|p| found.get(p.1))
                .unwrap_or(&none);
            let mut used = vec![false; partner.len()];
            for (m, fact) in entry.iter().enumerate() {
                let hit = partner
                    .iter()
                    .enumerate()
                    .position(|(k, other)| !used[k] && fact.same(other));
                let near = || partner.iter().find(|other| other.field == fact.field && !fact.listed());
                if let Some(hit) = hit {
                    used[hit] = true;
                }
                let report = FieldReport {
                    path: path(section, n, entry, m),
                    value: fact.value.clone(),
                    found: hit.map(|k| &partner[k]).or_else(near).map(|f| f.value.clone()),
                    read: hit.is_some(),
                    naive: fact.stands_in(text),
                };
                self.facts += 1;
                self.read += usize::from(report.read);
                self.naive += usize::from(report.naive);
                self.fields.push(report);
            }
            self.extra += used.iter().filter(|u| !**u).count();
        }
        let left = (0..found.len()).filter(|m| partners.iter().all(|p| p.1 != *m));
        self.extra += left.map(|m| found[m].len()).sum::<usize>();
    }
}

/// `work[0].position`, `work[0].highlights[2]`.
fn path(section: Section, n: usize, entry: &Entry, m: usize) -> String {
    let name = match serde_json::to_value(section) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    };
    let fact = &entry[m];
    let place = entry[..m].iter().filter(|f| f.field == fact.field).count();
    let index = if fact.listed() {
        format!("[{place}]")
    } else {
        String::new()
    };
    match section {
        Section::Summary => name,
        Section::Contact => format!("{name}.{}{index}", fact.field),
        _ => format!("{name}[{n}].{}{index}", fact.field),
    }
}

/// Entries of the two lists that are most alike, best pairs first, each at most once.
fn pairs(truth: &[Entry], found: &[Entry]) -> Vec<(usize, usize)> {
    let likeness = |a: &Entry, b: &Entry| a.iter().filter(|f| b.iter().any(|g| f.same(g))).count();
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (n, a) in truth.iter().enumerate() {
        all.extend(found.iter().enumerate().map(|(m, b)| (likeness(a, b), n, m)));
    }
    all.retain(|(score, ..)| *score > 0);
    all.sort_by_key(|(score, n, m)| (std::cmp::Reverse(*score), *n, *m));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, n, m) in all {
        if out.iter().all(|p| p.0 != n && p.1 != m) {
            out.push((n, m));
        }
    }
    out
}

impl Fact {
    fn listed(&self) -> bool {
        matches!(self.field, "highlights" | "keywords" | "courses" | "links" | "lines")
    }

    /// The same field with the same value: words may differ in case, spacing and punctuation, nothing else.
    fn same(&self, other: &Fact) -> bool {
        self.field == other.field
            && match self.kind {
                // A degree and its subject: "BSc in Nursing" is "BSc, Nursing".
                Kind::Degree => {
                    let one = |text: &str| squeezed(&text.replace(" in ", ", "));
                    one(&self.value) == one(&other.value)
                }
                Kind::Text => squeezed(&self.value) == squeezed(&other.value),
                Kind::Phone => digits(&self.value) == digits(&other.value),
                Kind::Link => address(&self.value) == address(&other.value),
                Kind::Date => self.value == other.value,
            }
    }

    fn stands_in(&self, text: &str) -> bool {
        let shown = self.shown.as_deref().unwrap_or(&self.value);
        match self.kind {
            Kind::Link => text.contains(&squeezed(&address(shown))),
            _ => {
                let shown = squeezed(shown);
                text.contains(&shown) || shown.chars().any(is_rtl) && drawn_backwards(&shown, text)
            }
        }
    }
}

/// Whether a text that runs from right to left stands in the order of its glyphs, from left to right: readers that
/// know of directions turn such a line round. Numbers and Latin words stand forwards in it, so each word counts alone.
fn drawn_backwards(shown: &str, text: &str) -> bool {
    let words = shown.split(|c| !is_rtl(c)).filter(|w| !w.is_empty());
    let mut words = words.map(|w| w.chars().rev().collect::<String>());
    let mut others = shown.split(is_rtl).filter(|w| !w.is_empty());
    words.all(|w| text.contains(&w)) && others.all(|w| text.contains(w.trim_matches('%')))
}

/// Letters, digits and the signs that make a difference ("C++", "C#"), in lower case.
fn squeezed(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#' | '%' | '@'));
    kept.flat_map(char::to_lowercase).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn address(text: &str) -> String {
    let text = text.to_lowercase();
    let text = text
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    text.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(format: ExportFormat) -> (Resume, Vec<u8>, Certificate) {
        let template = &Template::all()[0];
        let resume = crate::sample::resume();
        let (bytes, certificate) = certify(&resume, template, template.style(), format, &Options::default()).unwrap();
        (resume, bytes, certificate)
    }

    #[test]
    fn every_fact_stands_in_every_format() {
        for format in [
            ExportFormat::Pdf,
            ExportFormat::Docx,
            ExportFormat::Odt,
            ExportFormat::Html,
            ExportFormat::Markdown,
            ExportFormat::Txt,
        ] {
            let (_, _, certificate) = sample(format);
            let lost: Vec<&str> = certificate
                .fields
                .iter()
                .filter(|f| !f.naive)
                .map(|f| f.path.as_str())
                .collect();
            assert!(certificate.facts > 50, "{format}: {}", certificate.facts);
            assert_eq!(lost, Vec::<&str>::new(), "{format}");
        }
    }

    #[test]
    fn json_resume_comes_back_whole() {
        let (_, _, certificate) = sample(ExportFormat::JsonResume);
        let lost: Vec<_> = certificate.fields.iter().filter(|f| !f.read).collect();
        assert!(lost.is_empty() && certificate.extra == 0, "{lost:?}");
    }

    #[test]
    fn a_lost_fact_is_named() {
        let (mut resume, bytes, before) = sample(ExportFormat::Pdf);
        resume.work[1].highlights[0].text.value = "Something that the file does not say".to_owned();
        let style = Template::all()[0].style();
        let after = certify_file(&resume, &bytes, style, ExportFormat::Pdf);
        let lost: Vec<&str> = after
            .fields
            .iter()
            .filter(|f| !f.naive)
            .map(|f| f.path.as_str())
            .collect();
        assert_eq!(lost, ["work[1].highlights[0]"]);
        assert!(after.f1() < before.f1() && after.naive_recall() < 1.0);
        let nothing = certify_file(&resume, b"not a file of any kind", style, ExportFormat::Pdf);
        assert_eq!((nothing.read, nothing.naive), (0, 0));
    }

    #[test]
    fn what_is_hidden_is_not_missed() {
        let template = &Template::all()[0];
        let style = template
            .style()
            .overlaid(r#"{"hidden-sections": ["references", "interests"]}"#)
            .unwrap();
        let resume = crate::sample::resume();
        let (_, certificate) = certify(&resume, template, &style, ExportFormat::Docx, &Options::default()).unwrap();
        assert!(
            certificate
                .fields
                .iter()
                .all(|f| !f.path.starts_with("references") && f.naive)
        );
    }
}
