//! Plain text in any encoding.

use super::builder::{Builder, Piece};
use crate::document::{Document, Format, LineKind};
use regex::Regex;
use std::sync::LazyLock;

/// Decodes text: byte order marks, UTF-16 without one, UTF-8, else Windows-1252.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned();
    }
    if bytes.len() >= 4 && bytes.len().is_multiple_of(2) {
        let sample = &bytes[..bytes.len().min(400)];
        let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
        let half = sample.len() / 2;
        if zeros(1) * 10 > half * 8 {
            return encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned();
        }
        if zeros(0) * 10 > half * 8 {
            return encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned();
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

static RULED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\p{Lu}.{2,40}?)\s*(?:[-=_─━═—~]{5,}|\.{6,})$").expect("a pattern"));
static GAP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\S)(?: {3,}| *\t+ *)(\S)").expect("a pattern"));

/// Reads plain text: one line is one line, three spaces or a tab inside mark cells, rules under a line make it a heading.
pub fn read(bytes: &[u8]) -> Document {
    let text = decode(bytes).replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let lines: Vec<&str> = text.lines().collect();
    let mut builder = Builder::new(Format::Txt, bytes.len());
    let rule = |line: &str| {
        let t = line.trim();
        t.chars().count() >= 3
            && t.chars()
                .all(|c| matches!(c, '=' | '-' | '_' | '*' | '~' | '─' | '━' | '═' | '—'))
    };
    let usual = usual_blanks(&lines);
    let mut blanks = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            blanks += 1;
            if blanks > usual {
                builder.gap();
            }
            continue;
        }
        blanks = 0;
        if rule(line) {
            continue;
        }
        // A rule behind a heading or a leader of dots behind a word is decoration.
        let ruled = RULED.captures(line.trim()).and_then(|c| c.get(1)).map(|m| m.as_str());
        let trailing = ruled.is_some();
        let line = &ruled.unwrap_or(line);
        let under = trailing || lines.get(index + 1).is_some_and(|next| rule(next));
        let between = under && index > 0 && rule(lines[index - 1]);
        let indent = line.len() - line.trim_start().len();
        let bullet = super::clean::strip_bullet(line).is_some();
        let kind = match (under || between, bullet) {
            (true, _) => LineKind::Heading { level: 2 },
            (_, true) => LineKind::ListItem {
                level: (indent / 4).min(4) as u8,
            },
            _ => LineKind::Paragraph,
        };
        let mut cells = line.trim().to_owned();
        // Twice, for a letter that ends one gap and begins the next; a mark that is replaced by itself must not go on for ever.
        for _ in 0..2 {
            cells = GAP.replace_all(&cells, "$1\t$2").into_owned();
        }
        builder.line(vec![Piece::plain(cells)], kind, 0, false);
    }
    builder.finish()
}

/// How many empty lines stand between lines that belong together: 1 where the text is set with double spacing, else 0.
fn usual_blanks(lines: &[&str]) -> usize {
    let (mut close, mut apart, mut run) = (0usize, 0usize, 0usize);
    for line in lines {
        if line.trim().is_empty() {
            run += 1;
            continue;
        }
        match run {
            0 => close += 1,
            1 => apart += 1,
            _ => {}
        }
        run = 0;
    }
    usize::from(apart > 10 && apart > 3 * close)
}
