//! Pictures of pages (PNG, JPEG, TIFF, WebP) → grey pages, upright, at a size that recognition likes.

use crate::grey::{Grey, GreyPage};
use crate::raster::RECOGNITION_DPI;
use bespoke_core::ingest::IngestError;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels of one picture.
const MAX_PIXELS: u64 = 60_000_000;
/// Most bytes that a decoder may take.
const MAX_MEMORY: u64 = 400 << 20;
/// Most pages of a TIFF.
const MAX_PAGES: usize = 20;
/// Width of a page in points where the file says nothing: A4.
const WIDTH: f32 = 595.0;

/// The pages of a picture.
///
/// # Errors
/// Damaged, or over a limit.
pub fn pages(bytes: &[u8]) -> Result<Vec<GreyPage>, IngestError> {
    let tiff = bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*");
    let pictures = if tiff { tiff_pages(bytes)? } else { vec![single(bytes)?] };
    Ok(pictures
        .into_iter()
        .enumerate()
        .map(|(page, picture)| grey_page(page, picture))
        .collect())
}

/// A grey page as PNG at `dpi` dots an inch.
pub fn png(page: GreyPage, dpi: f32) -> Result<Vec<u8>, IngestError> {
    let GreyPage {
        width, height, grey, ..
    } = page;
    let pixels = |points: f32| ((points / 72.0 * dpi).round() as u32).clamp(1, 6_000);
    let whole = GrayImage::from_raw(grey.columns as u32, grey.rows as u32, grey.pixels);
    let whole = whole.ok_or_else(|| corrupt("it has too few pixels"))?;
    let shown = image::imageops::resize(&whole, pixels(width), pixels(height), FilterType::Triangle);
    let mut out = Cursor::new(Vec::new());
    shown.write_to(&mut out, image::ImageFormat::Png).map_err(corrupt)?;
    Ok(out.into_inner())
}

fn corrupt(detail: impl ToString) -> IngestError {
    IngestError::Corrupt {
        format: "image",
        detail: detail.to_string(),
    }
}

fn check(width: u32, height: u32) -> Result<(), IngestError> {
    if width < 16 || height < 16 {
        return Err(corrupt(format!("{width} × {height} pixels are no page")));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(IngestError::TooLarge {
            what: format!("{width} × {height} pixels"),
            limit: format!("{} million pixels", MAX_PIXELS / 1_000_000),
        });
    }
    Ok(())
}

fn single(bytes: &[u8]) -> Result<GrayImage, IngestError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(corrupt)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(corrupt)?;
    let (width, height) = decoder.dimensions();
    check(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(corrupt)?;
    picture.apply_orientation(orientation);
    Ok(on_white(picture))
}

/// Grey on white paper, for pictures with see-through parts.
fn on_white(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let source = picture.into_luma_alpha8();
    let (width, height) = source.dimensions();
    GrayImage::from_fn(width, height, |x, y| {
        let [level, alpha] = source.get_pixel(x, y).0;
        let (level, alpha) = (u32::from(level), u32::from(alpha));
        image::Luma([((level * alpha + 255 * (255 - alpha)) / 255) as u8])
    })
}

fn tiff_pages(bytes: &[u8]) -> Result<Vec<GrayImage>, IngestError> {
    use tiff::decoder::{Decoder, DecodingResult, Limits};
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MAX_MEMORY as usize / 2;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(corrupt)?.with_limits(limits);
    let mut out = Vec::new();
    loop {
        let (width, height) = decoder.dimensions().map_err(corrupt)?;
        check(width, height)?;
        let colour = decoder.colortype().map_err(corrupt)?;
        let (channels, bits) =
            channels(colour).ok_or_else(|| corrupt(format!("colours of type {colour:?} are not read")))?;
        let samples: Vec<u8> = match decoder.read_image().map_err(corrupt)? {
            DecodingResult::U8(data) if bits < 8 => unpack(&data, width as usize * channels, height as usize, bits),
            DecodingResult::U8(data) => data,
            DecodingResult::U16(data) => data.into_iter().map(|v| (v >> 8) as u8).collect(),
            _ => return Err(corrupt("samples of this kind are not read")),
        };
        let pixels: Vec<u8> = samples
            .chunks_exact(channels)
            .map(|c| match c {
                [r, g, b, ..] => ((u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114) / 1000) as u8,
                [level, ..] => *level,
                [] => 255,
            })
            .collect();
        out.push(GrayImage::from_raw(width, height, pixels).ok_or_else(|| corrupt("it has too few pixels"))?);
        if !decoder.more_images() || out.len() >= MAX_PAGES {
            return Ok(out);
        }
        decoder.next_image().map_err(corrupt)?;
    }
}

/// Channels and bits of a sample.
fn channels(colour: tiff::ColorType) -> Option<(usize, u8)> {
    use tiff::ColorType as C;
    match colour {
        C::Gray(bits) => Some((1, bits)),
        C::GrayA(bits) => Some((2, bits)),
        C::RGB(bits) => Some((3, bits)),
        C::RGBA(bits) => Some((4, bits)),
        _ => None,
    }
}

/// Samples of 1, 2 or 4 bits, rows filled up to whole bytes, → one byte each.
fn unpack(data: &[u8], per_row: usize, rows: usize, bits: u8) -> Vec<u8> {
    let bits = usize::from(bits.clamp(1, 8));
    let (bytes, most) = ((per_row * bits).div_ceil(8), (1u32 << bits) - 1);
    let mut out = Vec::with_capacity(per_row * rows);
    for row in data.chunks(bytes.max(1)).take(rows) {
        for index in 0..per_row {
            let at = index * bits;
            let byte = u32::from(row.get(at / 8).copied().unwrap_or(255));
            let value = (byte >> (8 - bits - at % 8).min(7)) & most;
            out.push((value * 255 / most) as u8);
        }
    }
    out
}

fn grey_page(page: usize, picture: GrayImage) -> GreyPage {
    let (columns, rows) = picture.dimensions();
    // A wide picture is a page on its side, or a part of one.
    let width = if columns > rows { WIDTH * 1.414 } else { WIDTH };
    let wanted = (width / 72.0 * RECOGNITION_DPI) as u32;
    let picture = match columns {
        c if c * 4 < wanted * 3 || c * 2 > wanted * 3 => {
            let height = (u64::from(rows) * u64::from(wanted) / u64::from(columns)).clamp(16, 12_000) as u32;
            image::imageops::resize(&picture, wanted, height, FilterType::Triangle)
        }
        _ => picture,
    };
    let (columns, rows) = picture.dimensions();
    let mut pixels = picture.into_raw();
    // White on black, by choice or because a TIFF says so in a way that its decoder does not follow.
    let mean = pixels.iter().step_by(7).map(|p| u64::from(*p)).sum::<u64>() / (pixels.len() as u64 / 7 + 1);
    if mean < 100 {
        pixels.iter_mut().for_each(|p| *p = 255 - *p);
    }
    let grey = Grey {
        columns: columns as usize,
        rows: rows as usize,
        pixels,
    };
    GreyPage {
        page,
        width,
        height: width * rows as f32 / columns as f32,
        grey: grey.straightened(),
    }
}
