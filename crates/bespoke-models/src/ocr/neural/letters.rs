//! What the letters of a line are (connectionist temporal classification: Graves et al., 2006), and where its words stand.

use super::boxes::Area;
use crate::ocr::line::{Line, RawWord};
use image::GrayImage;

/// Letters that reach below the baseline.
const BELOW: &str = "gjpqyQ,;()[]{}|/\\@_$§µþçşțģķļņŗ„";
/// Small letters as high as capitals.
const TALL: &str = "bdfhkltßþ";
/// Height of type, ascenders and descenders included, to that of capitals, and to that of small letters.
const OF_CAPITALS: f32 = 1.3;
const OF_SMALL: f32 = 1.8;
/// Blank parts words even where no space was read: this share of the blanks where one was, or of the height of the line.
const OF_SPACES: f32 = 0.8;
const OF_HEIGHT: f32 = 0.35;
/// No blank that is less of the height parts anything.
const NARROW: f32 = 0.17;
/// Paper whose lightest points differ from it by more than this share of what the ink differs has a grain that looks like ink.
const GRAINY: f32 = 0.05;
/// Width of the bell curve that smooths it, in pixels.
const SMOOTH: f32 = 0.9;
/// Signs that head a line and belong to no word.
const BULLETS: &str = "•·●○■□▪";

/// The letters that the classes of the model stand for, behind the first class, which stands for none.
pub struct Alphabet(Vec<char>);

/// A letter that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sign {
    pub letter: char,
    /// The column of the crop at its middle.
    pub at: f32,
    /// 0 to 1.
    pub confidence: f32,
}

impl Alphabet {
    /// A letter in each line.
    pub fn new(listed: &str) -> Alphabet {
        Alphabet(listed.split('\n').filter_map(|line| line.chars().next()).collect())
    }

    /// The likeliest letters of so many steps, each of `width` columns; the same letter in steps side by side is one.
    pub fn read(&self, likely: &[f32], steps: usize, width: f32) -> Vec<Sign> {
        let classes = likely.len() / steps.max(1);
        let mut out: Vec<Sign> = Vec::new();
        let (mut before, mut count) = (0, 0.0);
        for (step, row) in likely.chunks_exact(classes.max(1)).enumerate() {
            let best = row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
            let (class, confidence) = best.map_or((0, 0.0), |(class, p)| (class, *p));
            let at = (step as f32 + 0.5) * width;
            match (class.checked_sub(1).and_then(|c| self.0.get(c)), out.last_mut()) {
                (Some(_), Some(same)) if class == before => {
                    count += 1.0;
                    same.at += (at - same.at) / count;
                    same.confidence = same.confidence.max(confidence);
                }
                (Some(letter), _) => {
                    count = 1.0;
                    out.push(Sign {
                        letter: *letter,
                        at,
                        confidence,
                    });
                }
                (None, _) => {}
            }
            before = class;
        }
        out
    }
}

/// The words of a line with their boxes, drawn tight around the ink; `None` where there are none.
pub fn line(crop: &GrayImage, area: &Area, signs: &[Sign]) -> Option<Line> {
    let ink = Ink::of(crop);
    let mut words: Vec<RawWord> = Vec::new();
    let parts = words_of(&ink, signs);
    // A bullet that was not read stands apart from the first word.
    let first = parts.first().and_then(|p| p.first())?;
    let mut start = match ink.blank(0.0, first.at) {
        (middle, wide) if wide > NARROW * ink.height => middle,
        _ => 0.0,
    };
    for (n, part) in parts.iter().enumerate() {
        let (last, next) = (part.last()?.at, parts.get(n + 1).and_then(|p| p.first()));
        let end = next.map_or(crop.width() as f32, |next| ink.blank(last, next.at).0);
        let [x0, y0, x1, y1] = ink
            .within(start, end)
            .unwrap_or([start, 0.0, end, crop.height() as f32]);
        let (left, top) = (area.columns.start as f32, area.rows.start as f32);
        let sure: f32 = part.iter().map(|s| s.confidence.max(1e-3).ln()).sum();
        words.push(RawWord {
            text: part.iter().map(|s| s.letter).collect(),
            bbox: [x0 + left, y0 + top, x1 + left, y1 + top],
            confidence: (sure / part.len().max(1) as f32).exp().min(1.0),
        });
        start = end;
    }
    let whole = |side: usize, of: fn(f32, f32) -> f32| words.iter().map(|w| w.bbox[side]).reduce(of);
    let bbox = [
        whole(0, f32::min)?,
        whole(1, f32::min)?,
        whole(2, f32::max)?,
        whole(3, f32::max)?,
    ];
    let (baseline, size) = measures(&words, bbox);
    Some(Line {
        bbox,
        baseline: (0.0, baseline - bbox[3]),
        size,
        words,
    })
}

/// The letters of each word: between spaces, wide blanks, and behind a bullet.
fn words_of(ink: &Ink, signs: &[Sign]) -> Vec<Vec<Sign>> {
    let around = signs.windows(3).filter(|s| s[1].letter == ' ');
    let mut spaces: Vec<f32> = around.map(|s| ink.blank(s[0].at, s[2].at).1).collect();
    spaces.sort_by(f32::total_cmp);
    let wide = match spaces.len() {
        0 | 1 => OF_HEIGHT * ink.height,
        n => (OF_SPACES * spaces[n / 2]).max(NARROW * ink.height),
    };
    let mut out: Vec<Vec<Sign>> = vec![Vec::new()];
    for sign in signs {
        let Some(word) = out.last_mut() else { break };
        let parted = word.last().is_some_and(|before| {
            let bullet = BULLETS.contains(before.letter) && word.len() == 1;
            bullet || ink.blank(before.at, sign.at).1 > wide
        });
        match sign.letter {
            ' ' if word.is_empty() => {}
            ' ' => out.push(Vec::new()),
            _ if parted => out.push(vec![*sign]),
            _ => word.push(*sign),
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

/// The baseline and the size of the type, out of the boxes of words and what their letters are like.
fn measures(words: &[RawWord], bbox: [f32; 4]) -> (f32, f32) {
    let middle = |mut values: Vec<f32>| {
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let wordlike = |w: &&RawWord| w.text.chars().any(char::is_alphanumeric);
    let level = |w: &&RawWord| !w.text.contains(|c| BELOW.contains(c));
    let tall = |w: &&RawWord| {
        w.text
            .contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || TALL.contains(c))
    };
    let bottoms = words.iter().filter(wordlike).filter(level).map(|w| w.bbox[3]);
    let height = bbox[3] - bbox[1];
    let baseline = middle(bottoms.collect()).unwrap_or(bbox[3] - height * 0.22);
    let tops = |tall: &dyn Fn(&&RawWord) -> bool| {
        middle(words.iter().filter(wordlike).filter(tall).map(|w| w.bbox[1]).collect())
    };
    let size = match (tops(&tall), tops(&|_| true)) {
        (Some(top), _) => (baseline - top) * OF_CAPITALS,
        (None, Some(top)) => (baseline - top) * OF_SMALL,
        (None, None) => height,
    };
    (baseline, size.clamp(1.0, height.max(1.0) * 2.0))
}

/// Which points of a crop are ink.
struct Ink {
    /// By column: the first and the last row with ink.
    columns: Vec<Option<(u32, u32)>>,
    /// Rows of the crop.
    height: f32,
}

impl Ink {
    /// Darker than the paper by two fifths of the way to the darkest point, once the grain of the paper is smoothed.
    fn of(crop: &GrayImage) -> Ink {
        let [dark, paper, lightest] = levels(crop);
        if lightest - paper > GRAINY * (paper - dark) {
            let smooth = image::imageops::blur(crop, SMOOTH);
            let [dark, paper, _] = levels(&smooth);
            return Ink::on_even_paper(&smooth, dark, paper);
        }
        Ink::on_even_paper(crop, dark, paper)
    }

    fn on_even_paper(crop: &GrayImage, dark: f32, paper: f32) -> Ink {
        let threshold = paper - (paper - dark) * 0.4;
        let is_ink = |x: u32, y: u32| f32::from(crop.get_pixel(x, y).0[0]) < threshold;
        // Above and below may stand what hangs down from the line before and sticks up from the next: the line ends where a row is blank.
        let full: Vec<bool> = (0..crop.height())
            .map(|y| (0..crop.width()).filter(|x| is_ink(*x, y)).take(2).count() > 1)
            .collect();
        let (top, bottom) = around_the_middle(&full);
        let columns = (0..crop.width())
            .map(|x| {
                let mut rows = (top..bottom).filter(|y| is_ink(x, *y));
                let first = rows.next()?;
                Some((first, rows.next_back().unwrap_or(first)))
            })
            .collect();
        Ink {
            columns,
            height: crop.height() as f32,
        }
    }

    /// The middle of the widest run of columns without ink between two columns, and its width; the middle between both
    /// where there is none.
    fn blank(&self, from: f32, to: f32) -> (f32, f32) {
        let (first, end) = (from.max(0.0) as usize, (to.max(0.0) as usize).min(self.columns.len()));
        let (mut best, mut start) = (0..0, first);
        for at in first..=end {
            if at == end || self.columns[at].is_some() {
                if at - start > best.len() {
                    best = start..at;
                }
                start = at + 1;
            }
        }
        match best.is_empty() {
            true => ((from + to) / 2.0, 0.0),
            false => ((best.start + best.end) as f32 / 2.0, best.len() as f32),
        }
    }

    /// The box around the ink between two columns.
    fn within(&self, from: f32, to: f32) -> Option<[f32; 4]> {
        let mut out: Option<[f32; 4]> = None;
        let (first, end) = (from.max(0.0) as usize, (to.max(0.0) as usize).min(self.columns.len()));
        for at in first..end {
            if let Some((top, bottom)) = self.columns[at] {
                let (x, top, bottom) = (at as f32, top as f32, bottom as f32 + 1.0);
                let b = out.get_or_insert([x, top, x + 1.0, bottom]);
                *b = [b[0], b[1].min(top), x + 1.0, b[3].max(bottom)];
            }
        }
        out
    }
}

/// The longest run of rows with ink that lies over the middle half of a crop, or all rows where there is none: from, to.
fn around_the_middle(full: &[bool]) -> (u32, u32) {
    let height = full.len();
    let mut best = 0..0;
    let mut start = 0;
    for at in 0..=height {
        if !full.get(at).copied().unwrap_or_default() {
            let middle = start < height - height / 4 && at > height / 4;
            if middle && at - start > best.len() {
                best = start..at;
            }
            start = at + 1;
        }
    }
    match best.is_empty() {
        true => (0, height as u32),
        false => (best.start as u32, best.end as u32),
    }
}

/// How light the ink, the paper, and the lightest points of a crop are.
fn levels(crop: &GrayImage) -> [f32; 3] {
    let mut sorted = crop.as_raw().clone();
    sorted.sort_unstable();
    [1, 80, 95].map(|share| f32::from(sorted.get(sorted.len() * share / 100).copied().unwrap_or(255)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_side_by_side_are_one_and_a_gap_makes_two() {
        let alphabet = Alphabet::new("a\nb\n \n");
        // None, a, a, none, a, b, space, b.
        let classes = [0, 1, 1, 0, 1, 2, 3, 2];
        let mut likely = vec![0.0; classes.len() * 4];
        for (step, class) in classes.into_iter().enumerate() {
            likely[step * 4 + class] = 0.9;
        }
        let signs = alphabet.read(&likely, classes.len(), 10.0);
        let text: String = signs.iter().map(|s| s.letter).collect();
        assert_eq!(text, "aab b");
        assert_eq!(signs[0].at, 20.0);
    }

    #[test]
    fn a_line_ends_where_a_row_is_blank() {
        let mut full = vec![false; 40];
        full[0..6].fill(true);
        full[10..30].fill(true);
        full[36..40].fill(true);
        assert_eq!(around_the_middle(&full), (10, 30));
        assert_eq!(around_the_middle(&[false; 8]), (0, 8));
        assert_eq!(around_the_middle(&[]), (0, 0));
    }

    #[test]
    fn grain_of_the_paper_is_no_ink() {
        let grain = |i: u32| 240 - (i.wrapping_mul(2_654_435_761) >> 27) as u8;
        let mut crop = GrayImage::from_fn(200, 40, |x, y| image::Luma([grain(y * 200 + x)]));
        for x in 60..140 {
            for y in 15..26 {
                crop.put_pixel(x, y, image::Luma([175]));
            }
        }
        let [x0, y0, x1, y1] = Ink::of(&crop).within(0.0, 200.0).expect("ink");
        assert!((57.0..62.0).contains(&x0) && (138.0..143.0).contains(&x1), "{x0} {x1}");
        assert!((13.0..17.0).contains(&y0) && (24.0..28.0).contains(&y1), "{y0} {y1}");
    }

    #[test]
    fn words_have_boxes_around_their_ink() {
        let mut crop = GrayImage::from_pixel(100, 30, image::Luma([250]));
        for (columns, rows) in [(10..40, 5..25), (60..90, 10..25)] {
            for x in columns {
                for y in rows.clone() {
                    crop.put_pixel(x, y, image::Luma([20]));
                }
            }
        }
        let sign = |letter, at| Sign {
            letter,
            at,
            confidence: 0.9,
        };
        let area = Area {
            columns: 200..300,
            rows: 50..80,
        };
        let signs = [sign('A', 20.0), sign('b', 30.0), sign(' ', 50.0), sign('c', 75.0)];
        let line = line(&crop, &area, &signs).expect("words");
        let words: Vec<(&str, [f32; 4])> = line.words.iter().map(|w| (w.text.as_str(), w.bbox)).collect();
        assert_eq!(
            words,
            [("Ab", [210.0, 55.0, 240.0, 75.0]), ("c", [260.0, 60.0, 290.0, 75.0])]
        );
        assert_eq!(line.baseline_at(250.0), 75.0);
        assert!((line.size - 26.0).abs() < 0.1, "{}", line.size);
    }
}
