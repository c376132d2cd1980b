//! PP-OCRv6 small (PaddlePaddle, Apache-2.0) on rten: one model finds lines of text on a page, another one reads the letters
//! of each line. `scripts/build_ocr.py` writes the files.

mod boxes;
mod letters;

use super::line::Line;
use super::{OcrError, TIME_LIMIT};
use crate::grey::Grey;
use boxes::Area;
use image::GrayImage;
use image::imageops::FilterType;
use letters::Alphabet;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Longer side of the picture in which lines are found, in pixels.
const LOOKED_AT: u32 = 960;
/// Sides of that picture are multiples of this.
const STEP: u32 = 32;
/// Height of a line as the letters are read from it, in pixels.
const HEIGHT: u32 = 48;
/// And how much wider they are made: two thin letters side by side must not fall into one step of the model.
const WIDER: f32 = 1.25;
/// Widths of such lines: multiples of this, at least so wide, and at most.
const COLUMNS: u32 = 8;
const NARROWEST: u32 = 160;
const WIDEST: u32 = 4_096;
/// Baselines this near each other, as a share of the size of type, are one.
const SAME: f32 = 0.25;
/// A line that is read with less confidence, 0 to 1, is an icon or a stain.
const CLEAR: f32 = 0.5;

/// Whether the models are in a folder.
pub fn is_in(folder: &Path) -> bool {
    folder.join("ocr-lines.onnx").exists()
}

/// A model, and where numbers go in and come out.
struct Network {
    model: Model,
    input: NodeId,
    output: NodeId,
}

impl Network {
    fn open(path: &Path) -> Result<Network, OcrError> {
        let wrong = |e: String| OcrError::Failed(format!("{}: {e}: delete it and run `make models`", path.display()));
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load_file(path)
            .map_err(|e| wrong(e.to_string()))?;
        let node = |ids: &[NodeId]| {
            ids.first()
                .copied()
                .ok_or_else(|| wrong("it has no input or output".into()))
        };
        Ok(Network {
            input: node(model.input_ids())?,
            output: node(model.output_ids())?,
            model,
        })
    }

    /// Runs over grey values of `rows` rows, each in the same place of three colours, from −1 to 1.
    fn run(&self, values: Vec<f32>, rows: usize, pool: &Arc<ThreadPool>) -> Result<Tensor<f32>, OcrError> {
        let columns = values.len() / rows.max(1);
        let input = Tensor::from_data(&[1, 3, rows, columns], [&values[..]; 3].concat());
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let failed = |e: String| OcrError::Failed(e);
        let out = self
            .model
            .run(vec![(self.input, input.into())], &[self.output], Some(options))
            .map_err(|e| failed(e.to_string()))?;
        let out = out.into_iter().next().ok_or_else(|| failed("no output".into()))?;
        out.try_into().map_err(|_| failed("an output of another shape".into()))
    }
}

/// Both models.
pub struct Neural {
    lines: Network,
    letters: Network,
    alphabet: Alphabet,
    pool: Arc<ThreadPool>,
    singles: Vec<Arc<ThreadPool>>,
}

impl std::fmt::Debug for Neural {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Neural")
    }
}

impl Neural {
    /// Opens `ocr-lines.onnx`, `ocr-letters.onnx` and `ocr-letters.txt` in a folder.
    ///
    /// # Errors
    /// A missing or damaged file, by its name.
    pub fn open(folder: &Path) -> Result<Neural, OcrError> {
        let path = folder.join("ocr-letters.txt");
        let listed = std::fs::read_to_string(&path)
            .map_err(|e| OcrError::Failed(format!("{}: {e}: run `make models`", path.display())))?;
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
        Ok(Neural {
            lines: Network::open(&folder.join("ocr-lines.onnx"))?,
            letters: Network::open(&folder.join("ocr-letters.onnx"))?,
            alphabet: Alphabet::new(&listed),
            pool: Arc::new(ThreadPool::with_num_threads(threads)),
            singles: (0..threads)
                .map(|_| Arc::new(ThreadPool::with_num_threads(1)))
                .collect(),
        })
    }

    /// The models of a folder, opened once in this process.
    ///
    /// # Errors
    /// As [`Neural::open`]; the next call tries again.
    pub fn shared(folder: &Path) -> Result<Arc<Neural>, OcrError> {
        static OPEN: Mutex<Option<(PathBuf, Arc<Neural>)>> = Mutex::new(None);
        let mut open = OPEN.lock().unwrap_or_else(|e| e.into_inner());
        if let Some((_, known)) = open.as_ref().filter(|(path, _)| path == folder) {
            return Ok(known.clone());
        }
        let new = Arc::new(Neural::open(folder)?);
        *open = Some((folder.to_owned(), new.clone()));
        Ok(new)
    }

    /// The lines of a page that is level.
    ///
    /// # Errors
    /// [`OcrError::Failed`] where a model does not run.
    pub fn lines(&self, page: &Grey, dpi: f32) -> Result<Vec<Line>, OcrError> {
        let start = Instant::now();
        let areas = self.areas(page, dpi)?;
        let next = AtomicUsize::new(0);
        let found = std::thread::scope(|scope| {
            let work = |pool| {
                let mut out = Vec::new();
                while let Some((at, area)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, areas.get(n)?)))
                {
                    if start.elapsed() > TIME_LIMIT {
                        return Err(OcrError::TimedOut);
                    }
                    out.extend(self.line(page, area, pool)?.map(|line| (at, line)));
                }
                Ok(out)
            };
            let workers: Vec<_> = self
                .singles
                .iter()
                .map(|pool| scope.spawn(move || work(pool)))
                .collect();
            let gone = || Err(OcrError::Failed("its thread ended early".into()));
            let ends = workers.into_iter().map(|w| w.join().unwrap_or_else(|_| gone()));
            ends.collect::<Result<Vec<Vec<(usize, Line)>>, OcrError>>()
        })?;
        let mut lines: Vec<(usize, Line)> = found.into_iter().flatten().collect();
        lines.sort_by_key(|(at, _)| *at);
        let mut lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
        level(&mut lines);
        Ok(lines)
    }

    /// Where lines stand, from the top to the bottom.
    fn areas(&self, page: &Grey, dpi: f32) -> Result<Vec<Area>, OcrError> {
        let (columns, rows) = (page.columns as u32, page.rows as u32);
        let scale = (LOOKED_AT as f32 / columns.max(rows).max(1) as f32).min(1.0);
        let side = |length: u32| ((length as f32 * scale / STEP as f32).round() as u32).max(1) * STEP;
        let (across, down) = (side(columns), side(rows));
        let whole = picture(page, 0..page.columns, 0..page.rows);
        let small = image::imageops::resize(&whole, across, down, FilterType::Triangle);
        let map = self.lines.run(values(&small), down as usize, &self.pool)?;
        let map = map.to_contiguous();
        let likely = map.data();
        if likely.len() != (across * down) as usize {
            return Err(OcrError::Failed("a map of another size".into()));
        }
        let scale = [columns as f32 / across as f32, rows as f32 / down as f32];
        Ok(boxes::areas(
            likely,
            across as usize,
            scale,
            [page.columns, page.rows],
            dpi,
        ))
    }

    /// What stands in an area.
    fn line(&self, page: &Grey, area: &Area, pool: &Arc<ThreadPool>) -> Result<Option<Line>, OcrError> {
        let crop = picture(page, area.columns.clone(), area.rows.clone());
        let scale = HEIGHT as f32 / crop.height().max(1) as f32;
        let width = ((crop.width() as f32 * scale * WIDER).round() as u32).clamp(COLUMNS, WIDEST);
        let read = image::imageops::resize(&crop, width, HEIGHT, FilterType::Triangle);
        let filled = width.next_multiple_of(COLUMNS).max(NARROWEST);
        let mut wide = vec![0.0f32; (filled * HEIGHT) as usize];
        for (row, to) in values(&read)
            .chunks_exact(width as usize)
            .zip(wide.chunks_exact_mut(filled as usize))
        {
            to[..row.len()].copy_from_slice(row);
        }
        let out = self.letters.run(wide, HEIGHT as usize, pool)?;
        let out: NdTensor<f32, 3> = out
            .try_into()
            .map_err(|_| OcrError::Failed("letters of another shape".into()))?;
        let steps = out.shape()[1].max(1);
        // From a step to columns of the crop.
        let step = filled as f32 / steps as f32 * crop.width() as f32 / width as f32;
        let out = out.to_contiguous();
        let signs = self.alphabet.read(out.data(), steps, step);
        let confidence = signs.iter().map(|s| s.confidence).sum::<f32>() / signs.len().max(1) as f32;
        if signs.is_empty() || confidence < CLEAR {
            return Ok(None);
        }
        Ok(letters::line(&crop, area, &signs))
    }
}

/// Gives lines beside each other one baseline: each was measured by itself, a pixel or two apart.
fn level(lines: &mut [Line]) {
    lines.sort_by(|a, b| (a.bbox[3] + a.baseline.1).total_cmp(&(b.bbox[3] + b.baseline.1)));
    let baseline = |line: &Line| line.bbox[3] + line.baseline.1;
    let mut start = 0;
    while start < lines.len() {
        let (first, size) = (baseline(&lines[start]), lines[start].size);
        let same = |l: &&Line| baseline(l) - first < SAME * l.size.min(size);
        let count = lines[start..].iter().take_while(same).count().max(1);
        let row = &mut lines[start..start + count];
        let apart = |a: &Line, b: &Line| a.bbox[2] <= b.bbox[0] || b.bbox[2] <= a.bbox[0];
        let all_apart = (0..count).all(|a| (0..a).all(|b| apart(&row[a], &row[b])));
        if all_apart {
            let middle = baseline(&row[count / 2]);
            row.iter_mut().for_each(|line| line.baseline.1 = middle - line.bbox[3]);
        }
        start += count;
    }
}

/// A part of a page.
fn picture(page: &Grey, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) -> GrayImage {
    let pixels: Vec<u8> = rows
        .clone()
        .flat_map(|row| &page.pixels[row * page.columns..][columns.clone()])
        .copied()
        .collect();
    GrayImage::from_raw(columns.len() as u32, rows.len() as u32, pixels).unwrap_or_default()
}

/// Pixels as numbers from −1 to 1.
fn values(picture: &GrayImage) -> Vec<f32> {
    picture.as_raw().iter().map(|p| f32::from(*p) / 127.5 - 1.0).collect()
}
