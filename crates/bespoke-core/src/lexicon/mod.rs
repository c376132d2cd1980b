//! What words mean: skills and their aliases, headings, titles, verbs, places. Data in `data/`, matchers here.

pub mod skills;
