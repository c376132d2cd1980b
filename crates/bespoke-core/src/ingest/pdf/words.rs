//! Recognised words → glyphs, so that a picture of a page is laid out by the same rules as a page with text.

use super::device::{FontLook, PlacedGlyph, RawPage};
use crate::document::Visibility;
use crate::ingest::clean::push_clean;
use crate::ingest::recognised::PageWords;
use std::rc::Rc;

/// A page of recognised words.
pub fn page(words: &PageWords) -> RawPage {
    let looks = [false, true].map(|bold| {
        Rc::new(FontLook {
            bold,
            ..FontLook::default()
        })
    });
    let mut glyphs = Vec::new();
    for word in &words.words {
        let count = word.text.chars().count().max(1) as f32;
        // The words are cut already: a sure gap behind each keeps them apart where they stand close.
        let gap = (word.size * 0.12).min(word.bbox.width() * 0.2);
        let advance = (word.bbox.width() - gap) / count;
        for (index, c) in word.text.chars().enumerate() {
            let mut text = String::new();
            push_clean(&mut text, c);
            let x0 = word.bbox.x0 + advance * index as f32;
            glyphs.push(PlacedGlyph {
                text,
                x0,
                x1: x0 + advance,
                y: word.baseline,
                size: word.size,
                font: looks[usize::from(word.bold)].clone(),
                colour: 0,
                visibility: Visibility::Visible,
                leaf: None,
                guessed: false,
                spaced: index == 0,
            });
        }
    }
    RawPage {
        width: words.width,
        height: words.height,
        glyphs,
        images: Vec::new(),
        links: Vec::new(),
        unembedded: Vec::new(),
        dots: Vec::new(),
    }
}
