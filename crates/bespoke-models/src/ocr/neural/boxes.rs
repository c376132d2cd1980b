//! A map of how likely each point is text → the areas of lines (differentiable binarisation: Liao et al., 2020).

use std::ops::Range;

/// A point is text from this probability on.
const TEXT: f32 = 0.3;
/// An area is one of text from this mean probability on.
const AREA: f32 = 0.5;
/// The map is of lines that were shrunk: each side moves out by this times area over perimeter.
const SHRUNK: f32 = 1.6;
/// Points of the shortest side of an area.
const LEAST: usize = 3;

/// Where a line stands on a page, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub columns: Range<usize>,
    pub rows: Range<usize>,
}

/// The areas of a map of so many points across, from the top to the bottom; `scale` leads from points to pixels, `page` is
/// its width and height in pixels.
pub fn areas(likely: &[f32], across: usize, scale: [f32; 2], page: [usize; 2], dpi: f32) -> Vec<Area> {
    let mut found: Vec<Area> = components(likely, across)
        .into_iter()
        .filter_map(|[left, top, right, bottom]| {
            let (width, height) = (right + 1 - left, bottom + 1 - top);
            let sum: f32 = (top..=bottom)
                .flat_map(|row| &likely[row * across..][left..=right])
                .sum();
            if width.min(height) < LEAST || sum / ((width * height) as f32) < AREA {
                return None;
            }
            let out = (width * height) as f32 * SHRUNK / (2.0 * (width + height) as f32);
            let side = |from: usize, to: usize, axis: usize| {
                let start = ((from as f32 - out) * scale[axis]).max(0.0) as usize;
                let end = ((to as f32 + 1.0 + out) * scale[axis]).ceil() as usize;
                start..end.min(page[axis])
            };
            Some(Area {
                columns: side(left, right, 0),
                rows: side(top, bottom, 1),
            })
        })
        // Two points of type or less are no letters.
        .filter(|area| area.rows.len() as f32 > dpi / 36.0 && area.columns.len() > 1)
        .collect();
    found.sort_by_key(|area| (area.rows.start, area.columns.start));
    found
}

/// The boxes of connected points of text, made one point wider to the right and the bottom: left, top, right, bottom.
fn components(likely: &[f32], across: usize) -> Vec<[usize; 4]> {
    let across = across.max(1);
    let text = |at: usize| likely[at] > TEXT;
    let wide: Vec<bool> = (0..likely.len())
        .map(|at| {
            let (left, above) = (at % across > 0, at >= across);
            text(at) || left && text(at - 1) || above && text(at - across) || left && above && text(at - across - 1)
        })
        .collect();
    let mut seen = vec![false; wide.len()];
    let mut out = Vec::new();
    for start in 0..wide.len() {
        if !wide[start] || seen[start] {
            continue;
        }
        let mut area = [usize::MAX, usize::MAX, 0, 0];
        seen[start] = true;
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let (x, y) = (at % across, at / across);
            area = [area[0].min(x), area[1].min(y), area[2].max(x), area[3].max(y)];
            for row in y.saturating_sub(1)..=y + 1 {
                for column in x.saturating_sub(1)..=(x + 1).min(across - 1) {
                    let next = row * across + column;
                    if next < wide.len() && wide[next] && !seen[next] {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        out.push(area);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_and_stains_are_not() {
        let (across, down) = (60, 40);
        let mut map = vec![0.0; across * down];
        for (rows, columns, probability) in [
            (20..25, 5..50, 0.9),
            (5..10, 10..30, 0.8),
            (33..34, 3..4, 0.9),
            (30..36, 40..50, 0.4),
        ] {
            for row in rows {
                map[row * across..][columns.clone()].fill(probability);
            }
        }
        let found = areas(&map, across, [2.0, 2.0], [120, 80], 200.0);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].rows.start < 10 && found[0].rows.end > 20, "{found:?}");
        assert!(found[1].columns.start < 10 && found[1].columns.end > 100, "{found:?}");
        assert!(areas(&[], 0, [1.0, 1.0], [0, 0], 200.0).is_empty());
    }
}
