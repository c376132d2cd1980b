//! Collects glyphs, images and filled boxes while a page is interpreted.

use super::Link;
use super::tags::Tags;
use crate::document::{Rect, Visibility};
use crate::ingest::clean::{accented, in_font, push_clean};
use crate::text::as_placed;
use hayro_font::{Font, FontCache};
use hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{self, Affine, BezPath, Point, Shape};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use std::rc::Rc;

/// Look of a font.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FontLook {
    pub name: String,
    pub bold: bool,
    pub italic: bool,
}

/// One glyph, placed; y is the baseline, growing downwards.
#[derive(Debug, Clone)]
pub struct PlacedGlyph {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub font: Rc<FontLook>,
    pub colour: u32,
    pub visibility: Visibility,
    /// Its place in the structure tree, where the file has one.
    pub leaf: Option<u32>,
    /// The leaf is that of its neighbour.
    pub guessed: bool,
    /// A space was written before it.
    pub spaced: bool,
}

/// A page as it was interpreted.
pub struct RawPage {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<PlacedGlyph>,
    pub images: Vec<Rect>,
    pub links: Vec<Link>,
    pub unembedded: Vec<String>,
    /// Small round or square marks: bullets that are drawn and not written.
    pub dots: Vec<Rect>,
}

struct NamedFont<'a> {
    font: Font<'a>,
    look: Rc<FontLook>,
}

/// Most glyphs of a page that are kept.
const MAX_GLYPHS: usize = 200_000;

/// Glyphs this near each other, as a share of their size, are printed on one another.
const OVERPRINT: f32 = 0.12;

/// How many glyphs that begin at one place are looked at for a twin: more than a page has lines.
const MOST_BELOW: usize = 300;

/// A picture over this share of the page is the page.
const WHOLE_PAGE: f32 = 0.7;

/// The device.
pub struct Glyphs<'a> {
    width: f32,
    height: f32,
    glyphs: Vec<PlacedGlyph>,
    images: Vec<Rect>,
    boxes: Vec<(Rect, u32)>,
    dots: Vec<Rect>,
    clips: Vec<kurbo::Rect>,
    named: Vec<NamedFont<'a>>,
    unembedded: Vec<String>,
    last: Option<(u128, Rc<FontLook>)>,
    /// Marked-content ids that are open, innermost last.
    marks: Vec<Option<Mark>>,
    /// The content id of every glyph.
    marked: Vec<Option<Mark>>,
    /// Transparency groups that are open, and how many there were: each is a form with ids of its own.
    open_groups: Vec<u32>,
    groups: u32,
    /// Glyphs that run up or down the page, by index.
    turned: Vec<usize>,
}

/// A marked-content id, with the number of the form that counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    mcid: i32,
    form: Option<u32>,
}

impl<'a> Glyphs<'a> {
    pub fn new(width: f32, height: f32, page: &Page<'a>) -> Glyphs<'a> {
        let (named, unembedded) = fonts(page);
        let (glyphs, images, boxes, clips) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Glyphs {
            width,
            height,
            glyphs,
            images,
            boxes,
            dots: Vec::new(),
            clips,
            named,
            unembedded,
            last: None,
            marks: Vec::new(),
            marked: Vec::new(),
            open_groups: Vec::new(),
            groups: 0,
            turned: Vec::new(),
        }
    }

    /// Text that runs up or down the page is decoration, but for the name of a section: that is laid down at the upper edge of
    /// the box in which it stands.
    fn lay_down(&mut self) {
        let mut gone = vec![false; self.glyphs.len()];
        let mut from = 0;
        while from < self.turned.len() {
            let (mut to, first) = (from + 1, &self.glyphs[self.turned[from]]);
            let goes_on = |n: usize| {
                let (before, own) = (self.turned[n - 1], self.turned[n]);
                let step = (self.glyphs[own].y - self.glyphs[before].y).abs();
                own == before + 1
                    && (self.glyphs[own].x0 - first.x0).abs() < 0.3 * first.size
                    && step < 2.5 * first.size
            };
            while to < self.turned.len() && goes_on(to) {
                to += 1;
            }
            let run = self.turned[from]..self.turned[to - 1] + 1;
            let (x, y, size) = (first.x0, first.y, first.size);
            let text: String = self.glyphs[run.clone()].iter().map(|g| g.text.as_str()).collect();
            let seen = self.glyphs[run.clone()]
                .iter()
                .all(|g| g.visibility == Visibility::Visible);
            if seen && crate::parse::names_section(&text) {
                let around = self
                    .boxes
                    .iter()
                    .rev()
                    .map(|(b, _)| b)
                    .find(|b| b.x0 <= x && x <= b.x1 && b.y0 <= y && y <= b.y1 && b.x1 - b.x0 < 4.0 * size);
                let highest = self.glyphs[run.clone()].iter().map(|g| g.y).fold(y, f32::min);
                let (left, top) = around.map_or((x - size, highest), |b| (b.x0, b.y0));
                for glyph in &mut self.glyphs[run] {
                    let width = glyph.x1 - glyph.x0;
                    glyph.x0 = left + (glyph.y - y).abs();
                    (glyph.x1, glyph.y) = (glyph.x0 + width, top + 1.0);
                    glyph.font = bold_of(&glyph.font);
                }
            } else {
                gone[run].fill(true);
            }
            from = to;
        }
        self.drop_glyphs(&gone);
    }

    /// The page, every glyph with its place in the structure tree.
    pub fn finish(mut self, links: Vec<Link>, page: &Page<'a>, tags: &Tags) -> RawPage {
        self.lay_down();
        self.without_overprint();
        self.compose_accents();
        let Glyphs {
            width,
            height,
            mut glyphs,
            images,
            unembedded,
            dots,
            marked,
            ..
        } = self;
        // Forms are drawn in logical order: the first form that holds an id is its first leaf.
        let mut forms: Vec<Mark> = Vec::new();
        for mark in marked.iter().flatten().filter(|m| m.form.is_some()) {
            if !forms.contains(mark) && forms.len() < 2_000 {
                forms.push(*mark);
            }
        }
        let leaf = |mark: Mark| {
            if mark.form.is_none() {
                return tags.leaf(page, mark.mcid);
            }
            let leaves = tags.form_leaves(page, mark.mcid);
            let same: Vec<&Mark> = forms.iter().filter(|m| m.mcid == mark.mcid).collect();
            let at = same.iter().position(|m| **m == mark)?;
            (same.len() == leaves.len()).then(|| leaves[at])
        };
        let mut last: Option<(Mark, Option<u32>)> = None;
        for (glyph, mark) in glyphs.iter_mut().zip(marked) {
            let Some(mark) = mark else { continue };
            glyph.leaf = match last {
                Some((before, leaf)) if before == mark => leaf,
                _ => leaf(mark),
            };
            last = Some((mark, glyph.leaf));
        }
        RawPage {
            width,
            height,
            glyphs,
            images,
            links,
            unembedded,
            dots,
        }
    }

    fn look(&mut self, glyph: &OutlineGlyph) -> Rc<FontLook> {
        if let Some(data) = glyph.font_data() {
            if let Some((key, look)) = &self.last
                && *key == data.cache_key
            {
                return look.clone();
            }
            let look = Rc::new(match data.postscript_name {
                Some(name) => {
                    let mut look = named_look(&name);
                    look.bold |= data.weight.is_some_and(|w| w >= 600);
                    look.italic |= data.is_italic;
                    look
                }
                None => FontLook {
                    name: String::new(),
                    bold: data.weight.is_some_and(|w| w >= 600),
                    italic: data.is_italic,
                },
            });
            self.last = Some((data.cache_key, look.clone()));
            return look;
        }
        // Type 1 fonts tell nothing about themselves: find the page's font whose program draws the same glyph.
        let key = CacheKey::cache_key(&glyph.identifier());
        let code = glyph.char_code();
        let same = self
            .named
            .iter()
            .filter(|n| match n.font.glyph(n.font.map_code(code), code) {
                hayro_font::FontGlyph::Outline(other) => CacheKey::cache_key(&other.identifier()) == key,
                hayro_font::FontGlyph::Type3(_) => false,
            });
        // Fonts that are not in the file draw all the same: of several the plainest says least that is wrong.
        let plainest = same.min_by_key(|n| (n.look.bold, n.look.italic));
        plainest.map_or_else(Rc::default, |n| n.look.clone())
    }

    /// Keeps one of glyphs that are printed on one another. Twice in one colour makes bold what has no bold face of its own; of two
    /// colours, the one below is a shadow.
    fn without_overprint(&mut self) {
        let mut order: Vec<usize> = (0..self.glyphs.len()).collect();
        order.sort_by(|a, b| self.glyphs[*a].x0.total_cmp(&self.glyphs[*b].x0));
        let mut gone = vec![false; self.glyphs.len()];
        for (at, index) in order.iter().enumerate() {
            let glyph = &self.glyphs[*index];
            let reach = OVERPRINT * glyph.size;
            let above = order[at + 1..]
                .iter()
                .take(MOST_BELOW)
                .take_while(|i| self.glyphs[**i].x0 - glyph.x0 <= reach)
                .find(|i| {
                    let other = &self.glyphs[**i];
                    (other.y - glyph.y).abs() <= reach && other.text == glyph.text && !gone[**i]
                });
            let Some(twin) = above.copied().filter(|_| !gone[*index]) else {
                continue;
            };
            let (kept, other) = ((*index).min(twin), (*index).max(twin));
            gone[other] = true;
            let visible = |i: usize| self.glyphs[i].visibility == Visibility::Visible;
            let (one, two) = (&self.glyphs[kept], &self.glyphs[other]);
            let outline = one.x0 == two.x0 && one.y == two.y;
            if visible(kept) && visible(other) && (outline || one.colour == two.colour) {
                self.glyphs[kept].font = bold_of(&self.glyphs[kept].font);
            } else {
                self.glyphs[kept].colour = self.glyphs[other].colour;
                self.glyphs[kept].visibility = self.glyphs[other].visibility;
            }
        }
        self.drop_glyphs(&gone);
    }

    /// Joins accents that are glyphs of their own, as in old fonts of TeX, with the letters that they stand over or under.
    fn compose_accents(&mut self) {
        let mut gone = vec![false; self.glyphs.len()];
        for at in 1..self.glyphs.len() {
            let (one, two) = (&self.glyphs[at - 1], &self.glyphs[at]);
            if gone[at - 1] || (one.size - two.size).abs() > 0.1 {
                continue;
            }
            let over = |accent: &PlacedGlyph, letter: &PlacedGlyph| {
                let middle = (accent.x0 + accent.x1) / 2.0;
                letter.x0 <= middle && middle <= letter.x1 && (accent.y - letter.y).abs() < 0.4 * letter.size
            };
            let (composed, letter) = match (accented(&two.text, &one.text), accented(&one.text, &two.text)) {
                (Some(c), _) if over(one, two) => (c, at),
                (_, Some(c)) if over(two, one) => (c, at - 1),
                _ => continue,
            };
            let x0 = one.x0.min(two.x0);
            self.glyphs[letter].text = composed.to_string();
            self.glyphs[letter].x0 = x0;
            gone[2 * at - 1 - letter] = true;
        }
        self.drop_glyphs(&gone);
    }

    /// Takes out the glyphs at the places that are marked.
    fn drop_glyphs(&mut self, gone: &[bool]) {
        if !gone.contains(&true) {
            return;
        }
        let mut at = gone.iter();
        self.glyphs.retain(|_| at.next() == Some(&false));
        let mut at = gone.iter();
        self.marked.retain(|_| at.next() == Some(&false));
    }

    /// Colour of the page at a point: the last box drawn over it, else white.
    fn background(&self, x: f32, y: f32) -> u32 {
        let over = self
            .boxes
            .iter()
            .rev()
            .find(|(b, _)| b.x0 <= x && x <= b.x1 && b.y0 <= y && y <= b.y1);
        over.map_or(0xFF_FFFF, |(_, colour)| *colour)
    }

    /// Text that has been drawn in this box can no longer be seen.
    fn cover(&mut self, over: Rect) {
        for glyph in &mut self.glyphs {
            let y = glyph.y - glyph.size * 0.3;
            let inside = over.x0 <= glyph.x0 && glyph.x1 <= over.x1 + 1.0 && over.y0 <= y && y <= over.y1;
            if inside && glyph.visibility == Visibility::Visible {
                glyph.visibility = Visibility::Invisible;
            }
        }
    }

    fn visibility(&self, colour: Option<u32>, mode: &DrawMode, x: f32, y: f32, size: f32) -> Visibility {
        if matches!(mode, DrawMode::Invisible) {
            return Visibility::Invisible;
        }
        if size < 2.0 {
            return Visibility::Tiny;
        }
        let inside = |clip: &kurbo::Rect| {
            clip.inflate(f64::from(size), 1.0)
                .contains(Point::new(x.into(), f64::from(y - size * 0.3)))
        };
        if x < -1.0 || y < -1.0 || x > self.width + 1.0 || y > self.height + 1.0 || !self.clips.iter().all(inside) {
            return Visibility::OffPage;
        }
        // A picture behind the text may have any colour, so nothing is said about text over pictures.
        let over_image = self
            .images
            .iter()
            .any(|b| b.x0 <= x && x <= b.x1 && b.y0 <= y && y <= b.y1);
        match colour {
            Some(colour) if !over_image && near(colour, self.background(x, y - size * 0.3)) => {
                Visibility::BackgroundColour
            }
            _ => Visibility::Visible,
        }
    }
}

/// The bold look of a font.
fn bold_of(font: &Rc<FontLook>) -> Rc<FontLook> {
    match font.bold {
        true => font.clone(),
        false => Rc::new(FontLook {
            bold: true,
            ..(**font).clone()
        }),
    }
}

fn near(a: u32, b: u32) -> bool {
    let part = |c: u32, shift: u32| ((c >> shift) & 0xFF) as i32;
    [16, 8, 0].iter().all(|s| (part(a, *s) - part(b, *s)).abs() <= 10)
}

/// Family and face from a PostScript name: `ABCDEF+SourceSans-BoldItalic`.
fn named_look(name: &str) -> FontLook {
    let name = name
        .split_once('+')
        .filter(|(tag, _)| tag.len() == 6)
        .map_or(name, |(_, rest)| rest);
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    FontLook {
        name: name.to_owned(),
        bold: has(&[
            "bold", "black", "heavy", "semibold", "demi", "cmbx", "-bd", "sfbx", "cmssbx", "medi",
        ]) && !has(&["medium"])
            || has(&["bold"]),
        italic: has(&["italic", "oblique", "cmti", "slanted", "sfti", "-it", "-ital"]),
    }
}

/// The page's fonts by their dictionaries, and the names of those that are not embedded.
fn fonts<'a>(page: &Page<'a>) -> (Vec<NamedFont<'a>>, Vec<String>) {
    let settings = super::settings();
    let cache = FontCache::new();
    let (mut named, mut unembedded) = (Vec::new(), Vec::new());
    let dictionary = &page.resources().fonts;
    // In an order that is the same on every machine.
    let mut keys: Vec<_> = dictionary.keys().take(100).collect();
    keys.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
    for key in keys {
        let Some(font) = dictionary.get::<Dict<'_>>(&key) else {
            continue;
        };
        let Some(base) = font.get::<Name<'_>>("BaseFont") else {
            continue;
        };
        let look = Rc::new(named_look(base.as_str()));
        let subtype = font.get::<Name<'_>>("Subtype");
        let subtype = subtype.as_ref().map_or("", |s| s.as_str());
        let composite = font.get::<hayro_interpret::hayro_syntax::object::Array<'_>>("DescendantFonts");
        let descendant = composite.and_then(|d| d.iter::<Dict<'_>>().next());
        let descriptor = descendant.as_ref().unwrap_or(&font).get::<Dict<'_>>("FontDescriptor");
        let embedded =
            descriptor.is_some_and(|d| ["FontFile", "FontFile2", "FontFile3"].iter().any(|k| d.contains_key(k)));
        if !embedded && subtype != "Type3" {
            unembedded.push(look.name.clone());
        }
        if subtype == "Type1"
            && let Some(font) = cache.font(&font, &settings.font_resolver, &settings.cmap_resolver)
        {
            named.push(NamedFont { font, look });
        }
    }
    (named, unembedded)
}

/// True where nothing of what lies under a picture shows through.
fn opaque(image: &Image<'_, '_>, props: &ImageDrawProps<'_>) -> bool {
    let Image::Raster(raster) = image else { return false };
    let keys = raster.stream().dict();
    props.soft_mask.is_none()
        && matches!(props.blend_mode, BlendMode::Normal)
        && !["SMask", "Mask", "SMaskInData"]
            .iter()
            .any(|key| keys.contains_key(key))
}

fn bounds(path: &BezPath) -> kurbo::Rect {
    path.bounding_box()
}

fn rect(r: kurbo::Rect) -> Rect {
    Rect {
        x0: r.x0 as f32,
        y0: r.y0 as f32,
        x1: r.x1 as f32,
        y1: r.y1 as f32,
    }
}

fn solid(paint: &Paint<'_>) -> Option<(u32, u8)> {
    match paint {
        Paint::Color(colour) => {
            let [r, g, b, a] = colour.to_rgba().to_rgba8();
            Some((u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b), a))
        }
        Paint::Pattern(_) => None,
    }
}

impl<'a> Device<'a> for Glyphs<'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..))
            && let Some((colour, alpha)) = solid(&props.paint)
            && alpha > 200
            && self.boxes.len() < 5_000
        {
            // A border on one side is a whole frame, clipped to that side.
            let whole = (props.transform * path.clone()).bounding_box();
            let area = self.clips.iter().fold(whole, |area, clip| area.intersect(*clip));
            if area.width() > 6.0 && area.height() > 6.0 {
                // A white rectangle drawn over text hides it; other shapes may only frame it.
                if near(colour, 0xFF_FFFF) && path.area().abs() > 0.98 * path.bounding_box().area() {
                    self.cover(rect(area));
                }
                self.boxes.push((rect(area), colour));
            }
        }
        let area = (props.transform * path.clone()).bounding_box();
        // Over a gradient, as over a picture, nothing is said of the colour of text.
        if matches!(mode, DrawMode::Fill(_)) && matches!(props.paint, Paint::Pattern(_)) && self.images.len() < 1_000 {
            let seen = self.clips.iter().fold(area, |area, clip| area.intersect(*clip));
            if seen.width() > 6.0 && seen.height() > 6.0 {
                self.images.push(rect(seen));
            }
        }
        let (width, height) = (area.width(), area.height());
        if (1.0..=7.5).contains(&width) && (1.0..=7.5).contains(&height) && (0.6..=1.7).contains(&(width / height)) {
            let seen = solid(&props.paint).is_none_or(|(colour, alpha)| {
                alpha > 60 && !near(colour, self.background(area.x0 as f32 - 1.0, area.y0 as f32 - 1.0))
            });
            if seen && self.dots.len() < 5_000 {
                self.dots.push(rect(area));
            }
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clips.push(bounds(&clip.path));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.groups += 1;
        self.open_groups.push(self.groups);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let colour = solid(&props.paint).map(|(c, a)| if a < 13 { 0xFF_FFFF } else { c });
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MAX_GLYPHS {
                return;
            }
            let transform: Affine = props.transform * glyph.transform();
            let [a, b, c, d, x, y] = transform.as_coeffs();
            let turned = b.abs() > a.abs() * 0.2 && a.abs() < b.abs() * 5.0;
            let size = (c.hypot(d) * 1000.0) as f32;
            let (advance, font) = match &**glyph {
                Glyph::Outline(outline) => (outline.advance_width(), self.look(outline)),
                Glyph::Type3(type3) => (type3.advance_width(), Rc::default()),
            };
            let mut text = String::new();
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => push_clean(&mut text, c),
                Some(BfString::String(s)) => {
                    s.chars().for_each(|c| push_clean(&mut text, c));
                    text = as_placed(text);
                }
                None => text.push('\u{fffd}'),
            }
            text = in_font(&text, &font.name);
            let (x, y) = (x as f32, y as f32);
            let width =
                advance.unwrap_or(500.0) / 1000.0 * size * (a.hypot(b) / c.hypot(d).max(1e-9)).clamp(0.3, 3.0) as f32;
            // Letters squeezed to nothing are as tiny as low ones.
            let wide = (a.hypot(b) * 1000.0) as f32;
            let visibility = self.visibility(colour, mode, x, y, size.min(wide));
            if turned {
                self.turned.push(self.glyphs.len());
            }
            let blank = |g: &PlacedGlyph| g.text.trim().is_empty() && (g.y - y).abs() < size * 0.3;
            let spaced = self.glyphs.last().is_some_and(blank);
            self.glyphs.push(PlacedGlyph {
                text,
                x0: x,
                x1: x + width,
                y,
                size,
                font,
                colour: colour.unwrap_or(0),
                visibility,
                leaf: None,
                guessed: false,
                spaced,
            });
            self.marked.push(self.marks.iter().rev().copied().flatten().next());
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let unit = kurbo::Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = rect(props.transform.transform_rect_bbox(unit));
        // Text under an opaque picture cannot be seen; under one that fills the page it is what a scanner read there.
        let page = self.width * self.height;
        if area.width() * area.height() < page * WHOLE_PAGE && opaque(&image, &props) {
            self.cover(area);
        }
        if area.width() > 4.0 && area.height() > 4.0 && self.images.len() < 1_000 {
            self.images.push(area);
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let mcid = properties.and_then(|p| p.get::<i32>("MCID"));
        self.marks.push(mcid.map(|mcid| Mark {
            mcid,
            form: self.open_groups.last().copied(),
        }));
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.open_groups.pop();
    }
}
