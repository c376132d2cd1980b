//! The large lists of words, of skills and of English, and the weights that read running text: inside the program, except
//! for a page. There they come as a file of their own when something first needs them; reading a résumé with a layout does not.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use inside::{english, kin, mentions, stands};

#[cfg(target_arch = "wasm32")]
pub use outside::{are_here, provide};
#[cfg(target_arch = "wasm32")]
pub(crate) use outside::{english, kin, mentions, skills, stands};

#[cfg(not(target_arch = "wasm32"))]
mod inside {
    /// One English word a line, sorted by bytes.
    pub(crate) fn english() -> &'static str {
        include_str!("../../../data/words/english.txt")
    }

    /// Stems and the stems that back them, sorted by bytes.
    pub(crate) fn kin() -> &'static str {
        include_str!("../../../data/words/kin.txt")
    }

    /// What a text may say for what the evidence says, a pair a line.
    pub(crate) fn stands() -> &'static str {
        include_str!("../../../data/words/stands.txt")
    }

    /// The weights of [`crate::parse::mentions`].
    pub(crate) fn mentions() -> &'static [u8] {
        include_bytes!("../../../data/parse/mentions.crf")
    }
}

#[cfg(target_arch = "wasm32")]
mod outside {
    use std::sync::OnceLock;

    struct Lists {
        /// English, then the lists of skills, the most trusted first, then kin, then what stands for what.
        texts: [&'static str; 6],
        mentions: &'static [u8],
    }

    static LISTS: OnceLock<Lists> = OnceLock::new();

    /// Takes the file that `scripts/wasm.sh` writes: the lists in that order, a zero byte after each, then the weights. False
    /// where it is another file. Before, no skill and no English word is known.
    pub fn provide(file: &[u8]) -> bool {
        let mut parts = file.splitn(7, |byte| *byte == 0);
        let mut text = || String::from_utf8(parts.next()?.to_vec()).ok();
        let (Some(english), Some(first), Some(second), Some(third), Some(kin), Some(stands)) =
            (text(), text(), text(), text(), text(), text())
        else {
            return false;
        };
        let Some(mentions) = parts.next() else { return false };
        LISTS.get_or_init(|| Lists {
            texts: [english, first, second, third, kin, stands].map(|list| &*list.leak()),
            mentions: mentions.to_vec().leak(),
        });
        true
    }

    /// Whether they were provided.
    pub fn are_here() -> bool {
        LISTS.get().is_some()
    }

    pub(crate) fn english() -> &'static str {
        LISTS.get().map_or("", |lists| lists.texts[0])
    }

    pub(crate) fn kin() -> &'static str {
        LISTS.get().map_or("", |lists| lists.texts[4])
    }

    pub(crate) fn stands() -> &'static str {
        LISTS.get().map_or("", |lists| lists.texts[5])
    }

    pub(crate) fn skills() -> [&'static str; 3] {
        LISTS
            .get()
            .map_or([""; 3], |lists| [lists.texts[1], lists.texts[2], lists.texts[3]])
    }

    pub(crate) fn mentions() -> &'static [u8] {
        LISTS.get().map_or(&[], |lists| lists.mentions)
    }
}
