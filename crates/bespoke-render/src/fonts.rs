//! The embedded fonts, parsed once. For wasm32 only their names are there: nothing draws pages.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use embedded::FONTS;

#[cfg(not(target_arch = "wasm32"))]
mod embedded {
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
}

/// The embedded families that a style may choose, sorted.
const FAMILIES: [&str; 9] = [
    "EB Garamond",
    "IBM Plex Mono",
    "IBM Plex Sans",
    "Inter",
    "Libertinus Serif",
    "Montserrat",
    "Mulish",
    "Source Sans 3",
    "Source Serif 4",
];

/// Families that only stand in for scripts that the others lack, in the order they are asked.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const FALLBACK: [&str; 8] = [
    "Source Sans 3",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Sans KR",
    "Droid Sans Fallback",
    "Noto Emoji",
];

/// Names of the embedded families that a style may choose, sorted.
pub fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.into_iter()
}

/// The family that Word has in place of an embedded one: similar in proportion, and on nearly every
/// machine, so that the document looks the same to a recruiter who does not have ours.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn word_family(family: &str) -> &str {
    match family {
        "Source Sans 3" => "Calibri",
        "Source Serif 4" => "Cambria",
        "EB Garamond" => "Garamond",
        "Libertinus Serif" => "Times New Roman",
        "Inter" | "IBM Plex Sans" => "Arial",
        "Mulish" => "Segoe UI",
        "Montserrat" => "Century Gothic",
        "IBM Plex Mono" => "Consolas",
        other => other,
    }
}

/// What a browser shows a family with where it does not have it.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn web_stack(family: &str) -> String {
    let generic = match family {
        "Source Serif 4" | "EB Garamond" | "Libertinus Serif" => "Georgia, serif",
        "IBM Plex Mono" => "ui-monospace, Consolas, monospace",
        _ => "system-ui, sans-serif",
    };
    format!("\"{family}\", \"{}\", {generic}", word_family(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_are_those_of_the_files() {
        let embedded = FONTS.0.families().map(|(name, _)| name);
        let own: Vec<&str> = embedded.filter(|name| !FALLBACK[1..].contains(name)).collect();
        assert_eq!(own, FAMILIES);
    }
}
