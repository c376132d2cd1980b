//! The embedded fonts, parsed once.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// The fonts and the book that Typst chooses from; indices agree.
pub(crate) static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONT_FILES
        .iter()
        .flat_map(|file| Font::iter(Bytes::new(*file)))
        .collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// Names of the embedded families, sorted.
pub fn families() -> impl Iterator<Item = &'static str> {
    FONTS.0.families().map(|(name, _)| name)
}

/// The family that Word has in place of an embedded one: similar in proportion, and on nearly every
/// machine, so that the document looks the same to a recruiter who does not have ours.
pub(crate) fn word_family(family: &str) -> &str {
    match family {
        "Source Sans 3" => "Calibri",
        "Source Serif 4" => "Cambria",
        other => other,
    }
}
