//! The domain of Bespoke: bytes and values in, values out.
//!
//! The stages are modules named by verbs and joined by their output types:
//! [`ingest`] bytes → [`document::Document`], [`parse`] → [`parse::Parsed`], [`audit`] → findings,
//! [`roles`] → fits, [`job`] → [`job::JobPosting`], [`tailor`] → suggestions, [`evidence`] → violations.
//!
//! Nothing here touches disk, network, clock or threads, and nothing is async; the crate builds for wasm32.

pub mod audit;
pub mod date;
pub mod document;
pub mod evidence;
pub mod experiment;
pub mod fields;
pub mod ingest;
pub mod interview;
pub mod job;
pub mod json_resume;
pub mod learning;
pub mod letter;
pub mod lexicon;
pub mod matching;
pub mod parse;
pub mod profile;
pub mod resume;
pub mod roles;
pub mod score;
pub mod tailor;
pub mod text;
pub mod vectors;
mod wording;
pub mod words;
