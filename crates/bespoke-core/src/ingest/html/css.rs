//! As much of CSS as decides what a reader sees: size, weight, colour, display, hidden.
//!
//! Selectors of tags, classes and ids with descendants; rules inside `@media` and with pseudo-classes are left out, for
//! they hold for other moments than the plain page.

use super::element::{Display, Element};

/// Most rules that are kept.
const MAX_RULES: usize = 4_000;
/// Most matches that one page may try, so that a hostile sheet cannot take for ever.
const MAX_TRIES: usize = 20_000_000;

/// Stands for a background that is a picture or not understood: no text is called hidden before it.
const UNKNOWN: u32 = 0x7F_00FE;

/// A font size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    Points(f32),
    /// Times the parent's size.
    Parent(f32),
    /// Times the page's size.
    Root(f32),
}

/// What declarations say, as far as it matters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Declarations {
    pub size: Option<Length>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub colour: Option<u32>,
    pub background: Option<u32>,
    pub font: Option<String>,
    pub hidden: bool,
    pub display: Option<Display>,
    pub float_right: bool,
    pub preformatted: Option<bool>,
}

impl Declarations {
    /// Reads `font-size: 12pt; color: #333`.
    pub fn read(text: &str) -> Declarations {
        let mut d = Declarations::default();
        let (mut column, mut tracks) = (false, false);
        for part in text.split(';').take(200) {
            let Some((key, value)) = part.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_end_matches("!important").trim().to_lowercase();
            let value = value.as_str();
            let far = || {
                value.starts_with("-") && length(value).is_some_and(|l| matches!(l, Length::Points(p) if p < -500.0))
            };
            match key.trim().to_lowercase().as_str() {
                "font-size" => d.size = length(value).or(d.size),
                "font-weight" => {
                    d.bold = Some(matches!(value, "bold" | "bolder") || value.parse::<u32>().is_ok_and(|w| w >= 600))
                }
                "font-style" => d.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
                "font-family" => {
                    d.font = value
                        .split(',')
                        .next()
                        .map(|f| f.trim().trim_matches(['"', '\'']).to_owned())
                }
                "font" => {
                    let words: Vec<&str> = value.split_whitespace().collect();
                    d.bold = Some(
                        words
                            .iter()
                            .any(|w| *w == "bold" || w.parse::<u32>().is_ok_and(|w| (600..=1000).contains(&w))),
                    );
                    d.italic = Some(words.contains(&"italic"));
                    d.size = words.iter().find_map(|w| length(w.split('/').next()?)).or(d.size);
                }
                "color" => d.colour = colour(value).or(d.colour),
                "background" | "background-color" | "background-image" => {
                    let clear = matches!(value, "none" | "transparent" | "inherit" | "initial" | "unset" | "");
                    let found = value
                        .split_whitespace()
                        .find_map(colour)
                        .or((!clear).then_some(UNKNOWN));
                    d.background = found.or(d.background);
                }
                "display" => match value {
                    "none" => d.hidden = true,
                    "block" | "list-item" | "table" | "flow-root" => d.display = Some(Display::Block),
                    "flex" | "inline-flex" => d.display = Some(Display::Row),
                    "grid" | "inline-grid" => d.display = Some(Display::Block),
                    "inline" | "contents" => d.display = Some(Display::Inline),
                    "inline-block" | "table-cell" => d.display = Some(Display::InlineBlock),
                    _ => {}
                },
                "flex-direction" | "flex-flow" => column |= value.contains("column"),
                "grid-template-columns" | "grid-template" => tracks |= value.contains(' ') || value.contains("repeat"),
                "float" => d.float_right = value == "right",
                "visibility" => d.hidden |= matches!(value, "hidden" | "collapse"),
                "opacity" => d.hidden |= value.trim_end_matches('%').parse::<f32>().is_ok_and(|o| o < 0.02),
                "left" | "top" | "text-indent" | "margin-left" => d.hidden |= far(),
                "clip" => {
                    d.hidden |= value.replace("px", "").replace([' ', ','], "").starts_with("rect(00")
                        || value.replace("px", "").replace([' ', ','], "").starts_with("rect(11")
                }
                "clip-path" => d.hidden |= value.starts_with("inset(50%") || value.starts_with("inset(100%"),
                "white-space" => d.preformatted = Some(value.starts_with("pre")),
                _ => {}
            }
        }
        if column && d.display == Some(Display::Row) {
            d.display = Some(Display::Block);
        }
        if tracks && d.display == Some(Display::Block) {
            d.display = Some(Display::Row);
        }
        d
    }
}

/// One part of a selector: `div.job#x`.
#[derive(Debug, Clone, Default, PartialEq)]
struct Compound {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    /// Stands right inside the part before it.
    child: bool,
}

impl Compound {
    fn matches(&self, element: &Element) -> bool {
        self.tag.as_ref().is_none_or(|t| *t == element.name)
            && self.id.as_ref().is_none_or(|i| *i == element.id)
            && self.classes.iter().all(|c| element.classes.contains(c))
    }
}

#[derive(Debug, Clone)]
struct Rule {
    /// From the inside out.
    parts: Vec<Compound>,
    weight: (usize, usize, usize),
    declarations: Declarations,
}

/// A style sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    rules: Vec<Rule>,
    tries: usize,
}

impl Sheet {
    /// Adds rules.
    pub fn read(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
            // `@import "x"; p { … }`
            let head = rest[..open].rsplit([';', '}']).next().unwrap_or_default().trim();
            let Some(close) = matching(&rest[open..]) else { break };
            let body = &rest[open + 1..open + close];
            rest = &rest[open + close + 1..];
            if head.starts_with('@') {
                continue;
            }
            let declarations = Declarations::read(body);
            if declarations == Declarations::default() {
                continue;
            }
            for selector in head.split(',').take(50) {
                if let Some(parts) = selector_of(selector)
                    && self.rules.len() < MAX_RULES
                {
                    let count = |f: &dyn Fn(&Compound) -> usize| parts.iter().map(f).sum();
                    let weight = (
                        count(&|p| usize::from(p.id.is_some())),
                        count(&|p| p.classes.len()),
                        count(&|p| usize::from(p.tag.is_some())),
                    );
                    self.rules.push(Rule {
                        parts,
                        weight,
                        declarations: declarations.clone(),
                    });
                }
            }
        }
        self.rules.sort_by_key(|r| r.weight);
    }

    /// Lays all rules that match over an element that opens inside the others.
    pub fn apply(&mut self, around: &[Element], element: &mut Element) {
        for rule in &self.rules {
            if self.tries > MAX_TRIES {
                return;
            }
            self.tries += 1;
            let Some((own, outer)) = rule.parts.split_first() else {
                continue;
            };
            if !own.matches(element) {
                continue;
            }
            self.tries += around.len();
            let mut direct = own.child;
            let mut at = around.len();
            let found = outer.iter().all(|part| {
                let range = if direct { at.saturating_sub(1)..at } else { 0..at };
                let hit = around[range.clone()].iter().rposition(|e| part.matches(e));
                at = hit.map_or(0, |h| range.start + h);
                direct = part.child;
                hit.is_some()
            });
            if found {
                element.apply(&rule.declarations);
            }
        }
    }
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        match rest[start + 2..].find("*/") {
            Some(end) => rest = &rest[start + 2 + end + 2..],
            None => return out,
        }
    }
    out.push_str(rest);
    out
}

/// Index of the brace that closes the first one.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parts of a selector from the inside out; `None` where it is more than this reads.
fn selector_of(text: &str) -> Option<Vec<Compound>> {
    let text = text.trim().to_owned();
    if text.is_empty() || text.contains([':', '[', '+', '~', '@', '\\']) {
        return None;
    }
    let mut parts: Vec<Compound> = Vec::new();
    let mut child = false;
    for word in text.replace('>', " > ").split_whitespace().take(12) {
        if word == ">" {
            child = true;
            continue;
        }
        let mut part = Compound {
            child: std::mem::take(&mut child),
            ..Compound::default()
        };
        let mut at = 0;
        let bytes = word.as_bytes();
        while at < word.len() {
            let next = word[at..].char_indices().skip(1).find(|(_, c)| matches!(c, '.' | '#'));
            let end = next.map_or(word.len(), |(i, _)| at + i);
            match bytes[at] {
                b'.' => part.classes.push(word[at + 1..end].to_owned()),
                b'#' => part.id = Some(word[at + 1..end].to_owned()),
                b'*' => {}
                _ => part.tag = Some(word[at..end].to_lowercase()),
            }
            at = end;
        }
        parts.push(part);
    }
    parts.reverse();
    (!parts.is_empty()).then_some(parts)
}

/// `12pt`, `1.2em`, `80%`, `large`.
fn length(value: &str) -> Option<Length> {
    let named = match value {
        "xx-small" => Some(7.0),
        "x-small" => Some(7.5),
        "small" => Some(10.0),
        "medium" => Some(12.0),
        "large" => Some(13.5),
        "x-large" => Some(18.0),
        "xx-large" => Some(24.0),
        "smaller" => return Some(Length::Parent(0.83)),
        "larger" => return Some(Length::Parent(1.2)),
        "0" => Some(0.0),
        _ => None,
    };
    if let Some(points) = named {
        return Some(Length::Points(points));
    }
    let split = value.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')?;
    let number: f32 = value[..split].parse().ok()?;
    Some(match value[split..].trim() {
        "px" => Length::Points(number * 0.75),
        "pt" => Length::Points(number),
        "em" => Length::Parent(number),
        "%" => Length::Parent(number / 100.0),
        "rem" => Length::Root(number),
        "mm" => Length::Points(number * 2.835),
        "cm" => Length::Points(number * 28.35),
        "in" => Length::Points(number * 72.0),
        _ => return None,
    })
}

/// `#abc`, `#aabbcc`, `rgb(1, 2, 3)`, and the names that matter for hiding text.
pub fn colour(value: &str) -> Option<u32> {
    let value = value.trim().to_lowercase();
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<u32> = hex.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
        return match digits[..] {
            [r, g, b] | [r, g, b, _] => Some(((r * 17) << 16) | ((g * 17) << 8) | (b * 17)),
            [r1, r0, g1, g0, b1, b0] | [r1, r0, g1, g0, b1, b0, _, _] => {
                Some((r1 * 16 + r0) << 16 | (g1 * 16 + g0) << 8 | (b1 * 16 + b0))
            }
            _ => None,
        };
    }
    if let Some(inner) = value.strip_prefix("rgb") {
        let inner = inner.trim_start_matches('a').trim_matches(['(', ')']);
        let parts: Vec<u32> = inner
            .split([',', ' ', '/'])
            .filter_map(|p| p.trim().parse().ok())
            .collect();
        if let [r, g, b, ..] = parts[..] {
            return Some(r.min(255) << 16 | g.min(255) << 8 | b.min(255));
        }
        return None;
    }
    Some(match value.as_str() {
        "white" => 0xFF_FFFF,
        "black" => 0,
        "red" => 0xFF_0000,
        "blue" => 0x00_00FF,
        "green" => 0x00_8000,
        "gray" | "grey" => 0x80_8080,
        "navy" => 0x00_0080,
        "silver" => 0xC0_C0C0,
        _ => return None,
    })
}
