//! Pictures of one byte a pixel, and making them upright: scans are rarely laid in straight.

use std::collections::BTreeMap;
use std::ops::Range;

/// A grey picture; 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    /// Pixels in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Row after row.
    pub pixels: Vec<u8>,
}

/// A page as a grey picture.
#[derive(Debug, Clone)]
pub struct GreyPage {
    /// Page, from 0.
    pub page: usize,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The picture.
    pub grey: Grey,
}

/// Steepest slope that is taken for a scan laid in askew, in degrees.
const MAX_SKEW: f32 = 5.0;
/// Slopes below this do no harm.
const LEAST_SKEW: f32 = 0.1;

impl Grey {
    /// The picture turned so that its lines of text are level.
    pub fn straightened(self) -> Grey {
        let angle = self.skew();
        if angle.abs() < LEAST_SKEW {
            self
        } else {
            self.turned(angle)
        }
    }

    /// Angle of the lines of text in degrees, clockwise positive: the one at which ink gathers in the fewest rows.
    pub fn skew(&self) -> f32 {
        let step = (self.columns / 800).max(1);
        let threshold = self.threshold();
        let mut ink: Vec<(f32, f32)> = Vec::new();
        for row in (0..self.rows).step_by(step) {
            for column in (0..self.columns).step_by(step) {
                if self.pixels[row * self.columns + column] < threshold {
                    ink.push(((column / step) as f32, (row / step) as f32));
                }
            }
        }
        let (width, height) = (self.columns / step, self.rows / step);
        if ink.len() < 200 || ink.len() * 2 > width * height {
            return 0.0;
        }
        let every = (ink.len() / 40_000).max(1);
        let ink: Vec<(f32, f32)> = ink.into_iter().step_by(every).collect();
        let sharpness = |degrees: f32| {
            let slope = degrees.to_radians().tan();
            let margin = (width as f32 * slope.abs()).ceil();
            let mut bins = vec![0f32; height + 2 * margin as usize + 2];
            for (x, y) in &ink {
                let at = y - x * slope + margin;
                if let Some(bin) = bins.get_mut(at.max(0.0) as usize) {
                    *bin += 1.0;
                }
            }
            bins.windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum::<f32>()
        };
        let best = |from: f32, to: f32, by: f32| {
            let mut best = (from, f32::MIN);
            let mut degrees = from;
            while degrees <= to {
                let value = sharpness(degrees);
                if value > best.1 {
                    best = (degrees, value);
                }
                degrees += by;
            }
            best
        };
        let (coarse, _) = best(-MAX_SKEW, MAX_SKEW, 0.5);
        let (fine, value) = best(coarse - 0.5, coarse + 0.5, 0.05);
        // A level page must not be turned for a gain that is noise.
        if value < sharpness(0.0) * 1.05 { 0.0 } else { fine }
    }

    /// Turned about its centre, counter-clockwise by so many degrees; what comes in from outside is white.
    fn turned(&self, degrees: f32) -> Grey {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (cx, cy) = (self.columns as f32 / 2.0, self.rows as f32 / 2.0);
        let at = |x: isize, y: isize| -> f32 {
            if x < 0 || y < 0 || x >= self.columns as isize || y >= self.rows as isize {
                return 255.0;
            }
            f32::from(self.pixels[y as usize * self.columns + x as usize])
        };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for row in 0..self.rows {
            for column in 0..self.columns {
                let (dx, dy) = (column as f32 - cx, row as f32 - cy);
                let (x, y) = (cx + dx * cos - dy * sin, cy + dx * sin + dy * cos);
                let (fx, fy) = (x.floor(), y.floor());
                let (tx, ty) = (x - fx, y - fy);
                let (ix, iy) = (fx as isize, fy as isize);
                let top = at(ix, iy) * (1.0 - tx) + at(ix + 1, iy) * tx;
                let bottom = at(ix, iy + 1) * (1.0 - tx) + at(ix + 1, iy + 1) * tx;
                pixels.push((top * (1.0 - ty) + bottom * ty).round() as u8);
            }
        }
        Grey { pixels, ..*self }
    }

    /// The grey level that best divides ink from paper (Otsu 1979); where so little ink is on the page that this divides the
    /// grain of the paper, one well below the paper.
    pub fn threshold(&self) -> u8 {
        const GRAIN: f64 = 40.0;
        let mut counts = [0f64; 256];
        for pixel in self.pixels.iter().step_by(3) {
            counts[usize::from(*pixel)] += 1.0;
        }
        let total: f64 = counts.iter().sum();
        let all: f64 = counts.iter().enumerate().map(|(i, c)| i as f64 * c).sum();
        let (mut below, mut sum, mut best) = (0.0, 0.0, (128u8, -1.0, 255.0));
        let mut paper = None;
        for (level, count) in counts.iter().enumerate().take(255) {
            below += count;
            sum += level as f64 * count;
            if below * 2.0 >= total {
                paper.get_or_insert(level);
            }
            let above = total - below;
            if below == 0.0 || above == 0.0 {
                continue;
            }
            let apart = (all - sum) / above - sum / below;
            let between = below * above * apart * apart;
            if between > best.1 {
                best = (level as u8 + 1, between, apart);
            }
        }
        let (level, _, apart) = best;
        if apart < GRAIN {
            level.min((paper.unwrap_or(255) * 17 / 20) as u8)
        } else {
            level
        }
    }

    /// The picture on even paper and with faint ink made dark: pale headings and links keep their place when recognition
    /// divides the page into black and white. Paper is the lightness that four fifths of a tile's pixels do not pass,
    /// smoothed between tiles; differences from it below `NOISE` are grain of the paper.
    pub fn with_even_contrast(mut self, dpi: f32) -> Grey {
        const NOISE: f32 = 18.0;
        const GAIN: f32 = 4.0;
        let tile = ((dpi / 8.0).round() as usize).max(8);
        let (across, down) = (self.columns.div_ceil(tile), self.rows.div_ceil(tile));
        let mut paper = Vec::with_capacity(across * down);
        for at in 0..across * down {
            let (left, top) = (at % across * tile, at / across * tile);
            let mut pixels: Vec<u8> = (top..(top + tile).min(self.rows))
                .flat_map(|row| &self.pixels[row * self.columns..][left..(left + tile).min(self.columns)])
                .copied()
                .collect();
            let place = (pixels.len() * 4 / 5).min(pixels.len().saturating_sub(1));
            let (_, light, _) = pixels.select_nth_unstable(place);
            paper.push(f32::from(*light));
        }
        // Between the centres of four tiles, in proportion.
        let between = |at: usize, count: usize| {
            let place = ((at as f32 + 0.5) / tile as f32 - 0.5).clamp(0.0, (count - 1) as f32);
            let low = place as usize;
            (low, (low + 1).min(count - 1), place.fract())
        };
        let columns: Vec<(usize, usize, f32)> = (0..self.columns).map(|x| between(x, across)).collect();
        for (y, row) in self.pixels.chunks_exact_mut(self.columns).enumerate() {
            let (above, below, down) = between(y, down);
            for (pixel, (left, right, along)) in row.iter_mut().zip(&columns) {
                let at = |row: usize| {
                    let (a, b) = (paper[row * across + left], paper[row * across + right]);
                    a + (b - a) * along
                };
                let ground = at(above) + (at(below) - at(above)) * down;
                let ink = ((ground - f32::from(*pixel) - NOISE) * GAIN).clamp(0.0, 255.0);
                *pixel = 255 - ink as u8;
            }
        }
        self
    }

    /// The picture with its dark areas as negatives: light words on a dark bar or in a dark column, which recognition passes
    /// over, become dark words on light. An area is dark where seven in ten of its tiles, by half of their pixels, lie below the
    /// threshold, over 0.8 inch in one direction and 0.15 inch in the other.
    pub fn with_dark_areas_as_negatives(mut self, dpi: f32) -> Grey {
        let tile = ((dpi / 25.0).round() as usize).max(4);
        let threshold = self.threshold();
        let (across, down) = (self.columns / tile, self.rows / tile);
        let mut dark = vec![false; across * down];
        for (at, cell) in dark.iter_mut().enumerate() {
            let (left, top) = (at % across * tile, at / across * tile);
            let ink = (top..top + tile)
                .flat_map(|row| &self.pixels[row * self.columns + left..][..tile])
                .filter(|p| **p < threshold)
                .count();
            *cell = ink * 2 >= tile * tile;
        }
        let long = (0.8 * dpi / tile as f32) as usize;
        let short = ((0.15 * dpi / tile as f32).ceil() as usize).max(3);
        let mut negative = vec![false; self.pixels.len()];
        for area in areas(&dark, across) {
            let tiles: usize = area.iter().map(|(_, run)| run.len()).sum();
            let filled = area
                .iter()
                .map(|(row, run)| dark[row * across..][run.clone()].iter().filter(|d| **d).count())
                .sum::<usize>();
            let width = area.iter().map(|(_, run)| run.len()).max().unwrap_or(0);
            if width.max(area.len()) < long || width.min(area.len()) < short || filled * 10 < tiles * 7 {
                continue;
            }
            // An area is taken in bands of about the same width; up to a tile of it lies in tiles that are half light.
            for band in area.chunk_by(|a, b| a.1.start.abs_diff(b.1.start) < 3 && a.1.end.abs_diff(b.1.end) < 3) {
                let (Some(first), Some(last)) = (band.first(), band.last()) else {
                    continue;
                };
                let left = band.iter().map(|(_, run)| run.start).min().unwrap_or(0);
                let right = band.iter().map(|(_, run)| run.end).max().unwrap_or(0);
                let (rows, columns) = self.without_light_edges(
                    (first.0 * tile).saturating_sub(tile)..((last.0 + 2) * tile).min(self.rows),
                    (left * tile).saturating_sub(tile)..((right + 1) * tile).min(self.columns),
                    threshold,
                );
                for row in rows {
                    negative[row * self.columns..][columns.clone()].fill(true);
                }
            }
        }
        for (pixel, _) in self.pixels.iter_mut().zip(negative).filter(|(_, n)| *n) {
            *pixel = 255 - *pixel;
        }
        self
    }

    /// A rectangle without the rows and columns at its edges that are mostly light.
    fn without_light_edges(
        &self,
        mut rows: Range<usize>,
        mut columns: Range<usize>,
        threshold: u8,
    ) -> (Range<usize>, Range<usize>) {
        let light = |rows: Range<usize>, columns: Range<usize>| {
            let total = rows.len() * columns.len();
            let light = rows
                .flat_map(|row| &self.pixels[row * self.columns..][columns.clone()])
                .filter(|p| **p >= threshold)
                .count();
            light * 10 > total * 8
        };
        while rows.len() > 1 && light(rows.start..rows.start + 1, columns.clone()) {
            rows.start += 1;
        }
        while rows.len() > 1 && light(rows.end - 1..rows.end, columns.clone()) {
            rows.end -= 1;
        }
        while columns.len() > 1 && light(rows.clone(), columns.start..columns.start + 1) {
            columns.start += 1;
        }
        while columns.len() > 1 && light(rows.clone(), columns.end - 1..columns.end) {
            columns.end -= 1;
        }
        (rows, columns)
    }

    /// True where there is next to nothing on the page.
    pub fn is_blank(&self) -> bool {
        let (darkest, lightest) = self
            .pixels
            .iter()
            .fold((255u8, 0u8), |(d, l), p| (d.min(*p), l.max(*p)));
        lightest - darkest.min(lightest) < 40
    }
}

/// The connected areas of a board of so many tiles across: row by row, from the leftmost tile to the rightmost.
fn areas(dark: &[bool], across: usize) -> Vec<Vec<(usize, Range<usize>)>> {
    let mut seen = vec![false; dark.len()];
    let mut out = Vec::new();
    for start in 0..dark.len() {
        if !dark[start] || seen[start] {
            continue;
        }
        let mut rows: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        seen[start] = true;
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let (x, y) = (at % across, at / across);
            let run = rows.entry(y).or_insert(x..x + 1);
            *run = run.start.min(x)..run.end.max(x + 1);
            let beside = [
                (x > 0).then(|| at - 1),
                (x + 1 < across).then_some(at + 1),
                at.checked_sub(across),
                Some(at + across).filter(|n| *n < dark.len()),
            ];
            for next in beside.into_iter().flatten() {
                if dark[next] && !seen[next] {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
        out.push(rows.into_iter().collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faint_ink_becomes_dark_and_shaded_paper_white() {
        let mut page = page(0.0);
        for row in 0..page.rows {
            for column in 0..page.columns {
                let pixel = &mut page.pixels[row * page.columns + column];
                // Paper that darkens downwards, with a grain.
                *pixel = pixel.saturating_sub((row / 20) as u8 + ((row * 7 + column * 13) % 10) as u8);
            }
        }
        // A pale line.
        for column in 100..500 {
            page.pixels[(40 * page.columns + column)..][..1].fill(190);
        }
        let after = page.with_even_contrast(200.0);
        let at = |row: usize, column: usize| after.pixels[row * after.columns + column];
        assert!(at(40, 300) < 120, "{}", at(40, 300));
        assert!(
            at(60, 300) > 240 && at(1190, 300) > 240,
            "{} {}",
            at(60, 300),
            at(1190, 300)
        );
    }

    #[test]
    fn a_dark_bar_becomes_light_and_words_stay_dark() {
        let mut page = page(0.0);
        // A bar of 700 by 40 pixels at 200 dpi, with a light dash in it.
        for row in 20..60 {
            for column in 100..800 {
                page.pixels[row * page.columns + column] = if (35..45).contains(&row) && column % 60 < 45 {
                    245
                } else {
                    40
                };
            }
        }
        let before = page.clone();
        let after = page.with_dark_areas_as_negatives(200.0);
        let at = |grey: &Grey, row: usize, column: usize| grey.pixels[row * grey.columns + column];
        assert_eq!(at(&after, 25, 400), 215);
        assert_eq!(at(&after, 40, 425), 10);
        assert_eq!(at(&after, 10, 400), at(&before, 10, 400), "outside");
        assert_eq!(after.pixels[90 * 1000..], before.pixels[90 * 1000..], "lines of words");
    }

    /// A page of dashes, like lines of words, at a slope.
    fn page(degrees: f32) -> Grey {
        let (columns, rows) = (1000, 1200);
        let mut pixels = vec![250u8; columns * rows];
        let slope = degrees.to_radians().tan();
        for line in 0..30 {
            for column in 80..900 {
                if column % 60 < 45 {
                    let top = 100.0 + line as f32 * 32.0 + column as f32 * slope;
                    for row in 0..12 {
                        pixels[(top as usize + row) * columns + column] = 20;
                    }
                }
            }
        }
        Grey { columns, rows, pixels }
    }

    #[test]
    fn the_slope_is_found_and_undone() {
        for degrees in [-3.0f32, -1.2, 0.0, 0.7, 2.5] {
            let found = page(degrees).skew();
            assert!((found - degrees).abs() < 0.15, "{degrees} found as {found}");
            let left = page(degrees).straightened().skew();
            assert!(left.abs() < 0.15, "{degrees} leaves {left}");
        }
    }

    #[test]
    fn the_grain_of_a_nearly_empty_page_is_no_ink() {
        let mut page = Grey {
            columns: 600,
            rows: 800,
            pixels: (0..600 * 800)
                .map(|i: u32| 236 - (i.wrapping_mul(2_654_435_761) >> 28) as u8)
                .collect(),
        };
        page.pixels[600 * 40..600 * 41].fill(90);
        let threshold = page.threshold();
        assert!((91..221).contains(&threshold), "{threshold}");
    }

    #[test]
    fn a_blank_page_is_blank_and_stays() {
        let blank = Grey {
            columns: 100,
            rows: 100,
            pixels: vec![240; 10_000],
        };
        assert!(blank.is_blank());
        assert!(!page(0.0).is_blank());
        assert_eq!(blank.clone().straightened(), blank);
    }
}
