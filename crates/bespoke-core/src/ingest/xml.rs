//! What the readers of XML formats share.

use quick_xml::events::{BytesRef, BytesStart, Event};

/// Value of an attribute, references resolved.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = element.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(unescape(&value.value))
}

/// Text with its references resolved; what cannot be resolved stays as it is written.
pub fn unescape(text: &str) -> String {
    match quick_xml::escape::unescape(text) {
        Ok(text) => text.into_owned(),
        Err(_) => text.to_owned(),
    }
}

/// The character that a reference stands for. Entities of a document type are never resolved.
pub fn character(reference: &BytesRef<'_>) -> Option<char> {
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// Text of the first element of this name, where it holds nothing but text.
pub fn text_of(xml: &str, name: &str) -> Option<String> {
    let start = xml.find(&format!("<{name}"))?;
    let open = start + xml[start..].find('>')? + 1;
    let end = open + xml[open..].find("</")?;
    let text = unescape(xml[open..end].trim());
    Some(text).filter(|t| !t.is_empty() && !t.contains('<'))
}

/// True where the text declares a document type. Such files are refused, for a document type can make a small file
/// grow without end and name other files.
pub fn declares_type(xml: &str) -> bool {
    let mut rest = xml.trim_start_matches('\u{feff}').trim_start();
    loop {
        if rest.len() >= 9 && rest.is_char_boundary(9) && rest[..9].eq_ignore_ascii_case("<!doctype") {
            return true;
        }
        let end = match rest {
            r if r.starts_with("<?") => r.find("?>").map(|i| i + 2),
            r if r.starts_with("<!--") => r.find("-->").map(|i| i + 3),
            _ => None,
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return false,
        }
    }
}

/// An element with what it holds.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// Its own text, all parts joined.
    pub text: String,
}

/// Deepest nesting, and most elements, of a small file of data.
const MAX_DEPTH: usize = 100;
const MAX_NODES: usize = 200_000;

impl Node {
    /// Reads a small file of data; prefixes of names are left out.
    pub fn read(xml: &str) -> Result<Node, String> {
        let mut reader = quick_xml::reader::Reader::from_str(xml);
        let mut open = vec![Node::default()];
        let mut count = 0;
        loop {
            match reader.read_event().map_err(|e| e.to_string())? {
                Event::Start(e) => {
                    count += 1;
                    if open.len() > MAX_DEPTH || count > MAX_NODES {
                        return Err("it has too many elements".into());
                    }
                    open.push(Node::of(&e));
                }
                Event::Empty(e) => {
                    count += 1;
                    if count > MAX_NODES {
                        return Err("it has too many elements".into());
                    }
                    let node = Node::of(&e);
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(node);
                    }
                }
                Event::End(_) if open.len() > 1 => {
                    let node = open.pop().unwrap_or_default();
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(node);
                    }
                }
                Event::Text(t) => {
                    if let Some(top) = open.last_mut() {
                        top.text.push_str(&t.xml10_content());
                    }
                }
                Event::CData(t) => {
                    if let Some(top) = open.last_mut() {
                        top.text.push_str(&t.xml10_content());
                    }
                }
                Event::GeneralRef(r) => {
                    if let (Some(top), Some(c)) = (open.last_mut(), character(&r)) {
                        top.text.push(c);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.truncate(1);
        open.pop().ok_or_else(|| "it is empty".into())
    }

    fn of(e: &BytesStart<'_>) -> Node {
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
        let attributes = e.attributes().flatten();
        Node {
            name: local(e.name().as_ref()),
            attributes: attributes
                .map(|a| (local(a.key.as_ref()), unescape(&a.value)))
                .collect(),
            ..Node::default()
        }
    }

    /// The first element on a path of names.
    pub fn find(&self, path: &[&str]) -> Option<&Node> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        self.children
            .iter()
            .filter(|c| c.name == *first)
            .find_map(|c| c.find(rest))
    }

    /// All elements on a path of names.
    pub fn all<'a>(&'a self, path: &[&str]) -> Vec<&'a Node> {
        let mut out = vec![self];
        for name in path {
            out = out
                .into_iter()
                .flat_map(|n| &n.children)
                .filter(|c| c.name == *name)
                .collect();
        }
        out
    }

    /// The text on a path, white space collapsed; `None` where there is none.
    pub fn value(&self, path: &[&str]) -> Option<String> {
        let text = &self.find(path)?.text;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_type_is_seen_behind_comments_and_nowhere_else() {
        for (xml, want) in [
            (
                "<?xml version='1.0'?><!-- x --><!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
                true,
            ),
            ("\u{feff}<!doctype html>", true),
            ("<a><!DOCTYPE x></a>", false),
            ("<?xml", false),
            ("", false),
        ] {
            assert_eq!(declares_type(xml), want, "{xml:?}");
        }
    }

    #[test]
    fn the_first_text_is_found() {
        assert_eq!(text_of("<a><b c='d'> R&amp;D </b></a>", "b").as_deref(), Some("R&D"));
        assert_eq!(text_of("<a><b/></a>", "b"), None);
        assert_eq!(text_of("<b>", "b"), None);
    }
}
