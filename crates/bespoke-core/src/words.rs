//! The two large lists of words, of skills and of English: inside the program, except for a page. There they come as a file
//! of their own when something first needs them; reading a résumé does not.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use inside::english;

#[cfg(target_arch = "wasm32")]
pub use outside::{are_here, provide};
#[cfg(target_arch = "wasm32")]
pub(crate) use outside::{english, skills};

#[cfg(not(target_arch = "wasm32"))]
mod inside {
    /// One English word a line, sorted by bytes.
    pub(crate) fn english() -> &'static str {
        include_str!("../../../data/words/english.txt")
    }
}

#[cfg(target_arch = "wasm32")]
mod outside {
    use std::sync::OnceLock;

    /// English, then the lists of skills, the most trusted first.
    static LISTS: OnceLock<[&'static str; 4]> = OnceLock::new();

    /// Takes the file that `scripts/wasm.sh` writes: the lists in that order, a zero byte after each. False where it is
    /// another file. Before, no skill and no English word is known.
    pub fn provide(file: &[u8]) -> bool {
        let Ok(text) = String::from_utf8(file.to_vec()) else {
            return false;
        };
        if text.matches('\0').count() != 4 {
            return false;
        }
        let mut lists = text.leak().split('\0');
        LISTS.get_or_init(|| std::array::from_fn(|_| lists.next().unwrap_or_default()));
        true
    }

    /// Whether they were provided.
    pub fn are_here() -> bool {
        LISTS.get().is_some()
    }

    pub(crate) fn english() -> &'static str {
        LISTS.get().map_or("", |lists| lists[0])
    }

    pub(crate) fn skills() -> [&'static str; 3] {
        LISTS.get().map_or([""; 3], |lists| [lists[1], lists[2], lists[3]])
    }
}
