//! What a page can do with a résumé while no server answers: read a file, judge it, apply edits, hold them against the
//! evidence, and write Markdown or text. A command and the bytes of a file in, JSON out; see [`commands::Command`].
//!
//! Keeps nothing between two calls and imports nothing, so that any WebAssembly engine runs it. There are no models here:
//! pages that are pictures stay unread, and nothing is compared by meaning.
//!
//! A panic ends the instance (wasm32 cannot unwind): the page then makes a new one and says that the file is damaged.

mod commands;
#[cfg(target_arch = "wasm32")]
mod memory;

pub use commands::{Command, answer};
