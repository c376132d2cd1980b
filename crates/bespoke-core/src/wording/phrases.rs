//! Phrases that are found in a text of stems.

use std::collections::HashMap;

/// Where a phrase stands: its number, the first token and how many tokens.
pub(crate) type Found = (usize, usize, usize);

/// Phrases with a number each, which several may share.
#[derive(Default)]
pub(crate) struct Phrases {
    /// First stem of a phrase → numbers and whole phrases.
    starts: HashMap<String, Vec<(usize, Vec<String>)>>,
}

impl Phrases {
    /// Adds a phrase, given as its stems; one of no words is never found.
    pub(crate) fn add(&mut self, number: usize, stems: Vec<String>) {
        if let Some(first) = stems.first() {
            self.starts.entry(first.clone()).or_default().push((number, stems));
        }
    }

    /// Every place where one stands. Hyphens inside a phrase do not count.
    pub(crate) fn find(&self, stems: &[&str]) -> Vec<Found> {
        let mut out = Vec::new();
        for (i, first) in stems.iter().enumerate() {
            for (number, phrase) in self.starts.get(*first).into_iter().flatten() {
                let mut end = i;
                let all = phrase.iter().all(|wanted| {
                    end += usize::from(end > i && stems.get(end) == Some(&"-"));
                    end += 1;
                    stems.get(end - 1).is_some_and(|stem| stem == wanted)
                });
                if all {
                    out.push((*number, i, end - i));
                }
            }
        }
        out
    }
}
