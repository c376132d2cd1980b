//! Feeds: RSS 2.0 and Atom 1.0, one opening an item.

use super::{Board, BoardError, Opening, Page, Takes, day, plain};
use crate::fetch::Fetched;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A feed at an address.
pub struct Feed;

/// Deepest nesting that is read.
const DEPTH: usize = 64;

impl Board for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }
    fn first(&self, _: Option<&str>, account: &str) -> String {
        account.to_owned()
    }
    fn takes(&self) -> Takes {
        Takes::Address
    }
    fn read(&self, _: &str, _: &str, page: &Fetched) -> Result<Page, BoardError> {
        let shape = |detail: String| BoardError::Shape { board: "feed", detail };
        let text = String::from_utf8_lossy(&page.bytes);
        let mut reader = Reader::from_str(&text);
        let mut open: Vec<String> = Vec::new();
        let mut out = Page::default();
        let mut item: Option<Opening> = None;
        let mut is_feed = false;
        loop {
            let event = reader.read_event().map_err(|e| shape(e.to_string()))?;
            let closes = matches!(event, Event::Empty(_));
            match event {
                Event::Start(e) | Event::Empty(e) => {
                    let name = local(&e);
                    is_feed |= matches!(name.as_str(), "rss" | "feed" | "RDF");
                    if matches!(name.as_str(), "item" | "entry") {
                        item = Some(Opening {
                            board: "feed".into(),
                            ..Opening::default()
                        });
                    }
                    if let (Some(opening), "link", true) = (&mut item, name.as_str(), opening_is_new(&open)) {
                        // Atom puts the address into an attribute.
                        let attribute = |key: &str| {
                            e.attributes()
                                .flatten()
                                .find(|a| a.key.as_ref() == key)
                                .map(|a| a.value.into_owned())
                        };
                        if let Some(href) = attribute("href")
                            && attribute("rel").is_none_or(|rel| rel == "alternate")
                        {
                            opening.url = href.replace("&amp;", "&");
                        }
                    }
                    if !closes {
                        open.push(name);
                        if open.len() > DEPTH {
                            return Err(shape("nested too deeply".into()));
                        }
                    }
                }
                Event::Text(t) => {
                    let text = t.xml10_content().into_owned();
                    add(&mut item, open.last(), &text);
                }
                Event::CData(t) => {
                    let text = t.xml10_content().into_owned();
                    add(&mut item, open.last(), &text);
                }
                Event::GeneralRef(r) => {
                    let sign = match &*r {
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        "amp" => "&",
                        _ => " ",
                    };
                    add(&mut item, open.last(), sign);
                }
                Event::End(_) => {
                    let name = open.pop().unwrap_or_default();
                    if matches!(name.as_str(), "item" | "entry")
                        && let Some(opening) = item.take()
                    {
                        out.openings.extend(finished(opening));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        match is_feed {
            true => Ok(out),
            false => Err(shape("no feed".into())),
        }
    }
}

fn opening_is_new(open: &[String]) -> bool {
    open.last().is_some_and(|n| matches!(n.as_str(), "item" | "entry"))
}

fn local(e: &BytesStart<'_>) -> String {
    e.local_name().as_ref().to_owned()
}

fn add(item: &mut Option<Opening>, field: Option<&String>, text: &str) {
    let (Some(opening), Some(field)) = (item, field) else {
        return;
    };
    let some = |slot: &mut Option<String>| slot.get_or_insert_default().push_str(text);
    match field.as_str() {
        "title" => opening.title.push_str(text),
        "link" => opening.url.push_str(text.trim()),
        "guid" | "id" => opening.id.push_str(text.trim()),
        "description" | "encoded" | "content" | "summary" => opening.text.push_str(text),
        "pubDate" | "published" | "updated" | "date" => some(&mut opening.published),
        "company" | "creator" | "author" | "company_name" => some(&mut opening.company),
        "location" => some(&mut opening.location),
        _ => {}
    }
}

fn finished(mut opening: Opening) -> Option<Opening> {
    opening.title = plain(&opening.title);
    opening.text = plain(&opening.text);
    opening.published = opening
        .published
        .as_deref()
        .map(str::trim)
        .and_then(|p| day(p).or_else(|| rfc822_day(p)));
    for slot in [&mut opening.company, &mut opening.location] {
        *slot = slot.take().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    }
    opening.remote = [&opening.location, &Some(opening.title.clone())]
        .into_iter()
        .flatten()
        .any(|t| t.to_lowercase().contains("remote"));
    if opening.id.is_empty() {
        opening.id.clone_from(&opening.url);
    }
    (!opening.title.is_empty() && !opening.url.is_empty()).then_some(opening)
}

/// The day of "Mon, 05 Jan 2026 10:00:00 GMT".
fn rfc822_day(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let rest = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut parts = rest.split_whitespace();
    let (d, m, y): (u8, &str, u16) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?.parse().ok()?);
    let month = MONTHS.iter().position(|n| m.to_lowercase().starts_with(n))? + 1;
    day(&format!("{y:04}-{month:02}-{d:02}"))
}
