//! One job is often listed twice: on two boards, or under two addresses.

use super::Opening;
use bespoke_core::text::words;
use std::collections::HashMap;

/// Joins openings that are the same job: the same address, or the same title at the same employer in the same place. The
/// first stays where it is, takes the longest description and remembers the other addresses.
pub fn merge(openings: Vec<Opening>) -> Vec<Opening> {
    let mut out: Vec<Opening> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for opening in openings {
        let keys = keys(&opening);
        match keys.iter().find_map(|k| known.get(k)).copied() {
            Some(n) => {
                let first = &mut out[n];
                if opening.text.len() > first.text.len() {
                    first.text.clone_from(&opening.text);
                }
                first.closes = first.closes.take().or(opening.closes);
                first.published = first.published.take().or(opening.published);
                if opening.url != first.url && !first.also.contains(&opening.url) {
                    first.also.push(opening.url);
                }
                keys.into_iter().for_each(|k| {
                    known.entry(k).or_insert(n);
                });
            }
            None => {
                keys.into_iter().for_each(|k| {
                    known.insert(k, out.len());
                });
                out.push(opening);
            }
        }
    }
    out
}

fn keys(opening: &Opening) -> Vec<String> {
    // What follows the question mark mostly says where one came from; ids in it are told apart by title and place.
    let address = opening
        .url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_lowercase();
    let address = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(&address)
        .to_owned();
    let of = |text: &Option<String>| text.as_deref().map(words).unwrap_or_default();
    let title: Vec<String> = words(&opening.title)
        .into_iter()
        .filter(|w| !matches!(w.as_str(), "m" | "f" | "d" | "w" | "x" | "remote"))
        .collect();
    let (company, place) = (of(&opening.company), of(&opening.location));
    let mut out = vec![format!("a {address} {}", title.join(" "))];
    if !company.is_empty() && !title.is_empty() {
        let short: Vec<String> = company
            .into_iter()
            .filter(|w| !matches!(w.as_str(), "gmbh" | "inc" | "ltd" | "llc" | "ag" | "plc" | "co"))
            .collect();
        out.push(format!(
            "j {} | {} | {}",
            title.join(" "),
            short.concat(),
            place.first().cloned().unwrap_or_default()
        ));
    }
    out
}
