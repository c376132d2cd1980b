use crate::Embedder;
use bespoke_core::tailor::Closeness;

/// Cosine of texts with one job description.
pub struct JobCloseness<'e> {
    embedder: &'e Embedder,
    job: Vec<f32>,
}

impl<'e> JobCloseness<'e> {
    /// Reads the job once.
    pub fn new(embedder: &'e Embedder, job: &str) -> Self {
        JobCloseness {
            job: embedder.embed(job),
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
        vector.iter().zip(&self.job).map(|(a, b)| a * b).sum()
    }
}
