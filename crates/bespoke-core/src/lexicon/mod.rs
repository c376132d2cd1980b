//! What words mean: skills and their aliases, headings, titles, verbs, places. Data in `data/`, matchers here.

pub mod key;
pub mod mentions;
mod scan;
pub mod skills;
#[allow(dead_code)]
mod table;
pub mod tagger;
