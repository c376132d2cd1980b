use crate::Embedder;
use bespoke_core::job::read_job;
use bespoke_core::matching::kinship::{of_story, standing};
use bespoke_core::tailor::{Closeness, closest, windows};
use bespoke_core::vectors::{dot, mean};
use std::sync::OnceLock;

/// Closeness of texts to one job description: the cosines with its windows, the nearest counting.
pub struct JobCloseness<'e> {
    embedder: &'e Embedder,
    job: Vec<Vec<f32>>,
    /// Where the job stands among occupations.
    standing: OnceLock<Option<Vec<f32>>>,
}

impl<'e> JobCloseness<'e> {
    /// Reads the job once.
    pub fn new(embedder: &'e Embedder, job: &str) -> Self {
        let windows = windows(&read_job(job));
        let texts: Vec<&str> = windows.iter().map(String::as_str).collect();
        JobCloseness {
            job: embedder.embed_batch(&texts),
            standing: OnceLock::new(),
            embedder,
        }
    }

    /// Embeds texts that will be asked for, on all threads at once.
    pub fn warm(&self, texts: &[&str]) {
        self.embedder.embed_batch(texts);
    }
}

impl Closeness for JobCloseness<'_> {
    fn kinship(&self, texts: &[(&str, f64)]) -> Option<f32> {
        let job = self
            .standing
            .get_or_init(|| standing(&mean(self.job.iter().map(Vec::as_slice))));
        let mut story = vec![0.0f32; DIMENSIONS];
        for (text, weight) in texts {
            let vector = self.embedder.embed(text);
            story
                .iter_mut()
                .zip(&vector)
                .for_each(|(s, v)| *s += *weight as f32 * v);
        }
        Some(dot(job.as_ref()?, &standing(&story)?))
    }

    fn closeness(&self, text: &str) -> f32 {
        if text.trim().is_empty() {
            return 0.0;
        }
        let vector = self.embedder.embed(text);
        let cosine = |window: &Vec<f32>| window.iter().zip(&vector).map(|(a, b)| a * b).sum();
        closest(&self.job.iter().map(cosine).collect::<Vec<f32>>())
    }
}
