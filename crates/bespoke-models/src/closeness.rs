use crate::Embedder;
use bespoke_core::job::read_job;
use bespoke_core::tailor::{Closeness, closest, windows};

/// Closeness of texts to one job description: the cosines with its windows, the nearest counting.
pub struct JobCloseness<'e> {
    embedder: &'e Embedder,
    job: Vec<Vec<f32>>,
}

impl<'e> JobCloseness<'e> {
    /// Reads the job once.
    pub fn new(embedder: &'e Embedder, job: &str) -> Self {
        let windows = windows(&read_job(job));
        let texts: Vec<&str> = windows.iter().map(String::as_str).collect();
        JobCloseness {
            job: embedder.embed_batch(&texts),
            embedder,
        }
    }

    /// Embeds texts that will be asked for, on all threads at once.
    pub fn warm(&self, texts: &[&str]) {
        self.embedder.embed_batch(texts);
    }
}

impl Closeness for JobCloseness<'_> {
    fn closeness(&self, text: &str) -> f32 {
        if text.trim().is_empty() {
            return 0.0;
        }
        let vector = self.embedder.embed(text);
        let cosine = |window: &Vec<f32>| window.iter().zip(&vector).map(|(a, b)| a * b).sum();
        closest(&self.job.iter().map(cosine).collect::<Vec<f32>>())
    }
}
