use crate::Embedder;
use bespoke_core::job::JobPosting;
use bespoke_core::tailor::{Closeness, closest, windows};
use std::sync::OnceLock;

/// Closeness of texts to one job description: the cosines with its windows, the nearest counting.
pub struct JobCloseness<'e> {
    embedder: &'e Embedder,
    windows: Vec<String>,
    job: OnceLock<Vec<Vec<f32>>>,
}

impl<'e> JobCloseness<'e> {
    /// Cuts the job into windows; their vectors are made with the first texts that are asked for.
    pub fn new(embedder: &'e Embedder, job: &JobPosting) -> Self {
        JobCloseness {
            windows: windows(job),
            job: OnceLock::new(),
            embedder,
        }
    }

    fn job(&self) -> &[Vec<f32>] {
        self.job.get_or_init(|| {
            let texts: Vec<&str> = self.windows.iter().map(String::as_str).collect();
            self.embedder.embed_batch(&texts)
        })
    }
}

impl Closeness for JobCloseness<'_> {
    fn closeness(&self, text: &str) -> f32 {
        if text.trim().is_empty() {
            return 0.0;
        }
        let vector = self.embedder.embed(text);
        let cosine = |window: &Vec<f32>| window.iter().zip(&vector).map(|(a, b)| a * b).sum();
        closest(&self.job().iter().map(cosine).collect::<Vec<f32>>())
    }

    fn warm(&self, texts: &[&str]) {
        let open = self.windows.iter().filter(|_| self.job.get().is_none());
        let all: Vec<&str> = open.map(String::as_str).chain(texts.iter().copied()).collect();
        self.embedder.embed_batch(&all);
    }
}
