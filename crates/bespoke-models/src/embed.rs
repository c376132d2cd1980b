//! Sentence embedding with all-MiniLM-L6-v2 (Wang et al., 2020; Reimers and Gurevych, 2019) in f32 on rten.

use crate::error::ModelError;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, Tensor};
use std::collections::HashMap;
use std::path::Path;
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

    /// The vectors of texts, in their order; whole texts go to the threads.
    pub fn embed_batch(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let mut out: Vec<Option<Vec<f32>>> = texts.iter().map(|t| self.recall(t)).collect();
        // Long ones first, so that the threads end together.
        let mut open: Vec<usize> = (0..texts.len()).filter(|i| out[*i].is_none()).collect();
        open.sort_by_key(|i| std::cmp::Reverse(texts[*i].len()));
        let next = std::sync::atomic::AtomicUsize::new(0);
        let found: Vec<(usize, Vec<f32>)> = std::thread::scope(|scope| {
            let workers: Vec<_> = self
                .singles
                .iter()
                .take(open.len().max(1))
                .map(|pool| {
                    let (open, next) = (&open, &next);
                    scope.spawn(move || {
                        let mut done = Vec::new();
                        while let Some(index) = open.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                            done.push((*index, self.compute(texts[*index], pool)));
                        }
                        done
                    })
                })
                .collect();
            workers.into_iter().flat_map(|w| w.join().unwrap_or_default()).collect()
        });
        for (index, vector) in found {
            self.remember(texts[index], &vector);
            out[index] = Some(vector);
        }
        out.into_iter()
            .map(|v| v.unwrap_or_else(|| vec![0.0; DIMENSIONS]))
            .collect()
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

    /// Windows of a long text are pooled by their number of tokens, so that nothing is cut off.
    fn compute(&self, text: &str, pool: &Arc<ThreadPool>) -> Vec<f32> {
        let tokens = self.tokens(text);
        let mut sum = vec![0.0f32; DIMENSIONS];
        let windows: Vec<&[i32]> = if tokens.is_empty() {
            vec![&[]]
        } else {
            tokens.chunks(WINDOW - 2).collect()
        };
        for window in windows {
            if let Ok(vector) = self.run(window, pool) {
                let weight = window.len().max(1) as f32;
                for (s, v) in sum.iter_mut().zip(vector) {
                    *s += v * weight;
                }
            }
        }
        let length = sum.iter().map(|v| v * v).sum::<f32>().sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|v| *v /= length);
        }
        sum
    }

    /// Mean over all tokens, `[CLS]` and `[SEP]` included.
    fn run(&self, tokens: &[i32], pool: &Arc<ThreadPool>) -> Result<Vec<f32>, ModelError> {
        let engine = |e: String| ModelError::Engine(e);
        let ids: Vec<i32> = [CLS].into_iter().chain(tokens.iter().copied()).chain([SEP]).collect();
        let count = ids.len();
        let input = Tensor::from_data(&[1, count], ids);
        let mask = Tensor::from_data(&[1, count], vec![1i32; count]);
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
        let mut mean = vec![0.0f32; DIMENSIONS];
        for token in 0..count {
            for (at, value) in mean.iter_mut().enumerate() {
                *value += states[[0, token, at]];
            }
        }
        let length = mean.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-12);
        mean.iter_mut().for_each(|v| *v /= length);
        Ok(mean)
    }
}
