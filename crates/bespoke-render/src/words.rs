//! What the product itself writes into a résumé, by language: headings, month names, "Present".

use crate::style::DateFormat;
use bespoke_core::date::{End, PartialDate};
use bespoke_core::resume::Section;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words of one language, from `words/<language>.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Words {
    present: String,
    months_short: Vec<String>,
    months_long: Vec<String>,
    /// How day, month name and year are put together.
    day: String,
    /// How month name and year are put together.
    month: String,
    pub(crate) courses: String,
    pub(crate) grade: String,
    pub(crate) technologies: String,
    sections: BTreeMap<Section, String>,
}

static WORDS: LazyLock<BTreeMap<&str, Words>> = LazyLock::new(|| {
    let read = |(language, text): &(&'static str, &str)| Some((*language, toml::from_str(text).ok()?));
    WORD_FILES.iter().filter_map(read).collect()
});

static NONE: LazyLock<Words> = LazyLock::new(Words::default);

impl Words {
    /// The words for a BCP 47 tag; English where the language has none.
    pub(crate) fn of(language: Option<&str>) -> &'static Words {
        let primary = language.unwrap_or("en").split(['-', '_']).next().unwrap_or("en");
        WORDS
            .get(primary.to_ascii_lowercase().as_str())
            .or_else(|| WORDS.get("en"))
            .unwrap_or(&NONE)
    }

    /// The heading of a section; empty for those without one.
    pub(crate) fn heading(&self, section: Section) -> &str {
        self.sections.get(&section).map_or("", String::as_str)
    }

    /// A date at the precision it has.
    pub(crate) fn date(&self, date: PartialDate, format: DateFormat) -> String {
        let Some(month) = date.month else {
            return format!("{:04}", date.year);
        };
        let year = date.year;
        let names = match format {
            DateFormat::Iso => return date.to_string(),
            DateFormat::Numeric => {
                return match date.day {
                    None => format!("{month:02}/{year}"),
                    Some(day) => format!("{day:02}/{month:02}/{year}"),
                };
            }
            DateFormat::Short => &self.months_short,
            DateFormat::Long => &self.months_long,
        };
        let Some(name) = names.get(usize::from(month).wrapping_sub(1)) else {
            return date.to_string();
        };
        let pattern = if date.day.is_some() { &self.day } else { &self.month };
        pattern
            .replace("{day}", &date.day.unwrap_or_default().to_string())
            .replace("{month}", name)
            .replace("{year}", &year.to_string())
    }

    /// A range of dates; `None` where neither end is known.
    pub(crate) fn range(&self, start: Option<PartialDate>, end: Option<End>, format: DateFormat) -> Option<String> {
        let end = end.map(|end| match end {
            End::Present => self.present.clone(),
            End::Date(date) => self.date(date, format),
        });
        match (start.map(|s| self.date(s, format)), end) {
            (Some(start), Some(end)) if start == end => Some(start),
            (Some(start), Some(end)) => Some(format!("{start} – {end}")),
            (start, end) => start.or(end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_complete() {
        assert_eq!(WORDS.len(), WORD_FILES.len(), "a file of words does not parse");
        for (language, words) in WORDS.iter() {
            assert_eq!(
                (words.months_short.len(), words.months_long.len()),
                (12, 12),
                "{language}"
            );
            for section in Section::ALL {
                let none = matches!(section, Section::Contact | Section::Extras);
                assert_eq!(words.heading(section).is_empty(), none, "{language} {section:?}");
            }
        }
    }

    #[test]
    fn dates_keep_their_precision() {
        let (year, month) = (PartialDate::year(2019), PartialDate::month(2021, 4));
        let day: PartialDate = "2019-04-30".parse().unwrap();
        let english = Words::of(Some("en-GB"));
        let date = |d, f| english.date(d, f);
        assert_eq!(date(year, DateFormat::Long), "2019");
        assert_eq!(date(month, DateFormat::Short), "Apr 2021");
        assert_eq!(date(month, DateFormat::Numeric), "04/2021");
        assert_eq!(date(month, DateFormat::Iso), "2021-04");
        assert_eq!(date(day, DateFormat::Long), "30 April 2019");
        let german = Words::of(Some("de"));
        assert_eq!(german.date(day, DateFormat::Long), "30. April 2019");
        let range = german.range(Some(year), Some(End::Present), DateFormat::Short);
        assert_eq!(range.as_deref(), Some("2019 – heute"));
        assert_eq!(
            english
                .range(Some(year), Some(End::Date(year)), DateFormat::Short)
                .as_deref(),
            Some("2019")
        );
        assert_eq!(english.range(None, None, DateFormat::Short), None);
    }
}
