//! The tables in front of an RTF text: fonts, colours, styles.

use super::lex::{charset, code_page};
use crate::ingest::paragraphs::Look;
use encoding_rs::Encoding;
use std::collections::HashMap;

/// Most entries of a table that are kept.
const MAX_ENTRIES: usize = 4_000;

/// A font.
#[derive(Debug, Clone, Default)]
pub struct FontEntry {
    pub name: String,
    pub encoding: Option<&'static Encoding>,
    /// Draws pictures in the place of letters.
    pub symbol: bool,
}

/// A style.
#[derive(Debug, Clone, Default)]
pub struct StyleEntry {
    name: String,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    size: Option<f32>,
    colour: Option<i32>,
    font: Option<i32>,
    /// Heading level from 0 that the style stands for.
    pub outline: Option<u8>,
    /// The list that its paragraphs belong to.
    pub list: Option<i32>,
}

impl StyleEntry {
    /// Lays the style over a look.
    pub fn apply(&self, look: &mut Look, font: &mut Option<i32>, tables: &Tables) {
        look.bold = self.bold.unwrap_or(look.bold);
        look.italic = self.italic.unwrap_or(look.italic);
        look.hidden = self.hidden.unwrap_or(look.hidden);
        look.size = self.size.unwrap_or(look.size);
        if let Some(colour) = self.colour {
            look.colour = tables.colour(colour).unwrap_or(0);
        }
        *font = self.font.or(*font);
    }
}

/// What the tables say.
#[derive(Debug, Default)]
pub struct Tables {
    pub fonts: HashMap<i32, FontEntry>,
    pub styles: HashMap<i32, StyleEntry>,
    pub default_font: Option<i32>,
    colours: Vec<Option<u32>>,
    font: i32,
    style: (i32, StyleEntry),
    rgb: Option<[u32; 3]>,
}

impl Tables {
    /// A colour by its number; `None` is the reader's own choice.
    pub fn colour(&self, index: i32) -> Option<u32> {
        *self.colours.get(usize::try_from(index).ok()?)?
    }

    pub fn font_word(&mut self, word: &str, value: Option<i32>) {
        let Some(number) = value else { return };
        if word == "f" {
            self.font = number;
        }
        if self.fonts.len() >= MAX_ENTRIES {
            return;
        }
        let font = self.fonts.entry(self.font).or_default();
        match word {
            "fcharset" => {
                font.symbol = number == 2;
                font.encoding = charset(number);
            }
            "cpg" => font.encoding = code_page(number).or(font.encoding),
            _ => {}
        }
    }

    pub fn font_byte(&mut self, byte: u8) {
        if let Some(font) = self.fonts.get_mut(&self.font)
            && font.name.len() < 80
            && !font.name.ends_with(';')
        {
            font.name.push(if byte.is_ascii() { byte as char } else { '_' });
            if byte == b';' {
                font.name.pop();
                let symbols = ["Symbol", "Wingdings", "Webdings", "ZapfDingbats"];
                font.symbol |= symbols.iter().any(|s| font.name.starts_with(s));
                // What follows the name is no part of it.
                self.font = i32::MIN;
            }
        }
    }

    pub fn colour_word(&mut self, word: &str, value: Option<i32>) {
        let part = match word {
            "red" => 0,
            "green" => 1,
            "blue" => 2,
            _ => return,
        };
        self.rgb.get_or_insert_default()[part] = value.unwrap_or(0).clamp(0, 255) as u32;
    }

    pub fn colour_byte(&mut self, byte: u8) {
        if byte == b';' && self.colours.len() < MAX_ENTRIES {
            let rgb = self.rgb.take();
            self.colours.push(rgb.map(|[r, g, b]| r << 16 | g << 8 | b));
        }
    }

    pub fn style_word(&mut self, word: &str, value: Option<i32>) {
        let number = value.unwrap_or(0);
        let on = value != Some(0);
        if matches!(word, "s" | "cs" | "ds" | "ts") {
            self.style = (number, StyleEntry::default());
            return;
        }
        let style = &mut self.style.1;
        match word {
            "b" => style.bold = Some(on),
            "i" => style.italic = Some(on),
            "v" => style.hidden = Some(on),
            "fs" => style.size = Some((number as f32 / 2.0).clamp(0.0, 1000.0)),
            "cf" => style.colour = value,
            "f" => style.font = value,
            "ls" => style.list = value,
            "outlinelevel" => style.outline = u8::try_from(number).ok().filter(|l| *l < 9),
            _ => {}
        }
    }

    pub fn style_byte(&mut self, byte: u8) {
        let (number, style) = &mut self.style;
        if byte != b';' {
            if style.name.len() < 80 {
                style.name.push(byte as char);
            }
            return;
        }
        let name = style.name.trim().to_lowercase();
        let level = name.strip_prefix("heading ").and_then(|l| l.trim().parse::<u8>().ok());
        let named = level.filter(|l| (1..=9).contains(l)).map(|l| l - 1);
        style.outline = style.outline.or(named).or((name == "title").then_some(0));
        let (number, style) = (*number, std::mem::take(style));
        if self.styles.len() < MAX_ENTRIES {
            self.styles.insert(number, style);
        }
        self.style = (0, StyleEntry::default());
    }
}
