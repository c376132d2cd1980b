//! Sentence embedding with all-MiniLM-L6-v2 (Wang et al., 2020; Reimers and Gurevych, 2019) in f32 on rten.

use crate::error::ModelError;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, Tensor};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokenizers::Tokenizer;

/// Length of every vector.
pub const DIMENSIONS: usize = 384;
/// Tokens that the model was trained for, `[CLS]` and `[SEP]` included.
const WINDOW: usize = 256;
/// Vectors kept at hand.
const REMEMBERED: usize = 20_000;
const CLS: i32 = 101;
const SEP: i32 = 102;
const PAD: i32 = 0;
/// Tokens of a batch.
const TOGETHER: usize = 256;
/// Size of the files that `make models` writes and verifies by hash; a cheap check at every start.
const GRAPH_BYTES: u64 = 90_282_637;
const TOKENIZER_BYTES: u64 = 466_247;

/// Turns texts into unit vectors of [`DIMENSIONS`] numbers. The same text gives the same bytes with any number of threads.
pub struct Embedder {
    model: Model,
    inputs: [NodeId; 2],
    output: NodeId,
    tokenizer: Tokenizer,
    pool: Arc<ThreadPool>,
    singles: Vec<Arc<ThreadPool>>,
    known: Mutex<HashMap<String, Vec<f32>>>,
}

fn file(path: &Path, bytes: u64) -> Result<(), ModelError> {
    let found = std::fs::metadata(path)
        .map_err(|_| ModelError::Missing(path.to_owned()))?
        .len();
    if found == bytes {
        Ok(())
    } else {
        Err(ModelError::Wrong(
            path.to_owned(),
            format!("{found} bytes instead of {bytes}"),
        ))
    }
}

impl Embedder {
    /// Loads the model from a folder with `minilm.onnx` and `tokenizer.json`; uses `threads` threads (at least one).
    ///
    /// # Errors
    /// A missing or wrong file, with the command that fetches it.
    pub fn open(folder: &Path, threads: usize) -> Result<Embedder, ModelError> {
        let (graph, words) = (folder.join("minilm.onnx"), folder.join("tokenizer.json"));
        file(&graph, GRAPH_BYTES)?;
        file(&words, TOKENIZER_BYTES)?;
        let wrong = |path: &Path, reason: String| ModelError::Wrong(path.to_owned(), reason);
        let mut tokenizer = Tokenizer::from_file(&words).map_err(|e| wrong(&words, e.to_string()))?;
        tokenizer
            .with_truncation(None)
            .map_err(|e| wrong(&words, e.to_string()))?;
        tokenizer.with_padding(None);
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load_file(&graph)
            .map_err(|e| wrong(&graph, e.to_string()))?;
        let node = |name: &str| model.node_id(name).map_err(|e| wrong(&graph, e.to_string()));
        let threads = threads.max(1);
        Ok(Embedder {
            inputs: [node("input_ids")?, node("attention_mask")?],
            output: node("last_hidden_state")?,
            tokenizer,
            pool: Arc::new(ThreadPool::with_num_threads(threads)),
            singles: (0..threads)
                .map(|_| Arc::new(ThreadPool::with_num_threads(1)))
                .collect(),
            known: Mutex::default(),
            model,
        })
    }

    /// The vector of a text. An empty text has the vector of nothing: `[CLS][SEP]`.
    pub fn embed(&self, text: &str) -> Vec<f32> {
        if let Some(known) = self.recall(text) {
            return known;
        }
        let vector = self.compute(text, &self.pool);
        self.remember(text, &vector);
        vector
    }

    /// The vectors of texts, in their order, the same bytes as [`Embedder::embed`] gives; texts of like length go through
    /// the model together.
    pub fn embed_batch(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let mut known: HashMap<&str, Option<Vec<f32>>> = texts.iter().map(|text| (*text, self.recall(text))).collect();
        let mut open: Vec<&str> = texts.iter().copied().filter(|text| known[text].is_none()).collect();
        open.sort_unstable();
        open.dedup();
        let tokens: Vec<Vec<i32>> = open.iter().map(|text| self.tokens(text)).collect();
        let pieces: Vec<&[i32]> = tokens.iter().flat_map(|tokens| windows(tokens)).collect();
        let vectors = self.run_together(&pieces);
        let mut vectors = pieces.iter().copied().zip(vectors);
        for (text, tokens) in open.into_iter().zip(&tokens) {
            let vector = pooled(vectors.by_ref().take(windows(tokens).count()));
            self.remember(text, &vector);
            known.insert(text, Some(vector));
        }
        texts
            .iter()
            .map(|text| known[text].clone().unwrap_or_else(|| vec![0.0; DIMENSIONS]))
            .collect()
    }

    /// The vectors of windows, in their order; groups of them go to the threads.
    fn run_together(&self, pieces: &[&[i32]]) -> Vec<Option<Vec<f32>>> {
        let groups = groups(pieces, self.singles.len());
        let next = AtomicUsize::new(0);
        let found: Vec<(usize, Vec<f32>)> = std::thread::scope(|scope| {
            let workers: Vec<_> = self
                .singles
                .iter()
                .take(groups.len())
                .map(|pool| {
                    let (groups, next) = (&groups, &next);
                    scope.spawn(move || {
                        let mut done = Vec::new();
                        while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                            let batch: Vec<&[i32]> = group.iter().map(|piece| pieces[*piece]).collect();
                            done.extend(group.iter().copied().zip(self.run(&batch, pool).unwrap_or_default()));
                        }
                        done
                    })
                })
                .collect();
            workers.into_iter().flat_map(|w| w.join().unwrap_or_default()).collect()
        });
        let mut out = vec![None; pieces.len()];
        for (piece, vector) in found {
            out[piece] = Some(vector);
        }
        out
    }

    /// Forgets all texts that were embedded.
    pub fn forget(&self) {
        if let Ok(mut known) = self.known.lock() {
            known.clear();
        }
    }

    fn recall(&self, text: &str) -> Option<Vec<f32>> {
        self.known.lock().ok()?.get(text).cloned()
    }

    fn remember(&self, text: &str, vector: &[f32]) {
        if let Ok(mut known) = self.known.lock() {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(text.to_owned(), vector.to_vec());
        }
    }

    /// Tokens without the special ones. Words that look like special tokens are taken for words.
    fn tokens(&self, text: &str) -> Vec<i32> {
        let mut safe = text.to_owned();
        for special in ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"] {
            if safe.contains(special) {
                safe = safe.replace(special, &format!("[ {} ]", &special[1..special.len() - 1]));
            }
        }
        self.tokenizer
            .encode(safe.as_str(), false)
            .map(|e| e.get_ids().iter().map(|id| *id as i32).collect())
            .unwrap_or_default()
    }

    fn compute(&self, text: &str, pool: &Arc<ThreadPool>) -> Vec<f32> {
        let tokens = self.tokens(text);
        pooled(windows(&tokens).map(|window| (window, self.run(&[window], pool).ok().and_then(|mut v| v.pop()))))
    }

    /// The means over all tokens of each text of a batch, `[CLS]` and `[SEP]` included. Shorter ones are filled up with
    /// what the model is told to pass over.
    fn run(&self, batch: &[&[i32]], pool: &Arc<ThreadPool>) -> Result<Vec<Vec<f32>>, ModelError> {
        let engine = |e: String| ModelError::Engine(e);
        let length = batch.iter().map(|tokens| tokens.len() + 2).max().unwrap_or_default();
        let shape = [batch.len(), length];
        let mut ids = Vec::with_capacity(batch.len() * length);
        let mut mask = Vec::with_capacity(batch.len() * length);
        for (n, tokens) in batch.iter().enumerate() {
            ids.extend([CLS].into_iter().chain(tokens.iter().copied()).chain([SEP]));
            mask.resize(ids.len(), 1i32);
            ids.resize((n + 1) * length, PAD);
            mask.resize((n + 1) * length, 0);
        }
        let input = Tensor::from_data(&shape, ids);
        let mask = Tensor::from_data(&shape, mask);
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let outputs = self
            .model
            .run(
                vec![(self.inputs[0], input.into()), (self.inputs[1], mask.into())],
                &[self.output],
                Some(options),
            )
            .map_err(|e| engine(e.to_string()))?;
        let output = outputs.into_iter().next().ok_or_else(|| engine("no output".into()))?;
        let states: NdTensor<f32, 3> = output
            .try_into()
            .map_err(|_| engine("an output of another shape".into()))?;
        let mean = |(n, tokens): (usize, &&[i32])| {
            let mut mean = vec![0.0f32; DIMENSIONS];
            for token in 0..tokens.len() + 2 {
                for (at, value) in mean.iter_mut().enumerate() {
                    *value += states[[n, token, at]];
                }
            }
            let length = mean.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-12);
            mean.iter_mut().for_each(|v| *v /= length);
            mean
        };
        Ok(batch.iter().enumerate().map(mean).collect())
    }
}

/// The windows of a text, at least one.
fn windows(tokens: &[i32]) -> impl Iterator<Item = &[i32]> {
    let nothing = tokens.is_empty().then_some(tokens);
    nothing.into_iter().chain(tokens.chunks(WINDOW - 2))
}

/// The vector of a text out of those of its windows, which count by their number of tokens, so that nothing is cut off.
fn pooled<'t>(windows: impl Iterator<Item = (&'t [i32], Option<Vec<f32>>)>) -> Vec<f32> {
    let mut sum = vec![0.0f32; DIMENSIONS];
    for (window, vector) in windows {
        let weight = window.len().max(1) as f32;
        for (s, v) in sum.iter_mut().zip(vector.into_iter().flatten()) {
            *s += v * weight;
        }
    }
    let length = sum.iter().map(|v| v * v).sum::<f32>().sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|v| *v /= length);
    }
    sum
}

/// Which windows go through the model together: the longest first, so that the threads end together; of like length, so
/// that little is filled up; so many that the weights are read seldom, so few that every thread has work.
fn groups(pieces: &[&[i32]], threads: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|piece| std::cmp::Reverse(pieces[*piece].len()));
    let length = |piece: usize| pieces[piece].len() + 2;
    let all: usize = order.iter().map(|piece| length(*piece)).sum();
    let most = (all / (2 * threads.max(1))).min(TOGETHER);
    let mut out: Vec<Vec<usize>> = Vec::new();
    for piece in order {
        match out.last_mut() {
            Some(group)
                if (group.len() + 1) * length(group[0]) <= most && 8 * length(piece) >= 7 * length(group[0]) =>
            {
                group.push(piece);
            }
            _ => out.push(vec![piece]),
        }
    }
    out
}
