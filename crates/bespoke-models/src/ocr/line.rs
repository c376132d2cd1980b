//! Lines of words as an engine finds them in a picture, in pixels from its top left corner.

/// A line of words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    pub bbox: [f32; 4],
    /// Slope of the baseline, and its offset from the bottom left corner of the box.
    pub baseline: (f32, f32),
    /// Height of the type with ascenders and descenders.
    pub size: f32,
    pub words: Vec<RawWord>,
}

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub struct RawWord {
    pub text: String,
    pub bbox: [f32; 4],
    /// 0 to 1.
    pub confidence: f32,
}

impl Line {
    /// Height of the baseline under `x`.
    pub fn baseline_at(&self, x: f32) -> f32 {
        self.bbox[3] + self.baseline.1 + self.baseline.0 * (x - self.bbox[0])
    }
}
