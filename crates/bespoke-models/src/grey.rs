//! Pictures of one byte a pixel, and making them upright: scans are rarely laid in straight.

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

    /// The grey level that best divides ink from paper (Otsu 1979).
    pub fn threshold(&self) -> u8 {
        let mut counts = [0f64; 256];
        for pixel in self.pixels.iter().step_by(3) {
            counts[usize::from(*pixel)] += 1.0;
        }
        let total: f64 = counts.iter().sum();
        let all: f64 = counts.iter().enumerate().map(|(i, c)| i as f64 * c).sum();
        let (mut below, mut sum, mut best) = (0.0, 0.0, (128u8, -1.0));
        for (level, count) in counts.iter().enumerate().take(255) {
            below += count;
            sum += level as f64 * count;
            let above = total - below;
            if below == 0.0 || above == 0.0 {
                continue;
            }
            let between = below * above * (sum / below - (all - sum) / above).powi(2);
            if between > best.1 {
                best = (level as u8 + 1, between);
            }
        }
        best.0
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

#[cfg(test)]
mod tests {
    use super::*;

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
