use crate::Embedder;
use bespoke_core::job::JobPosting;
use bespoke_core::matching::kinship::{of_story, standing};
use bespoke_core::matching::title_line;
use bespoke_core::tailor::{Closeness, closest, middle, windows};
use bespoke_core::vectors::dot;
use std::sync::OnceLock;

/// Closeness of texts to one job description: the cosines with its windows, the nearest counting.
pub struct JobCloseness<'e> {
    embedder: &'e Embedder,
    posting: &'e JobPosting,
    windows: Vec<String>,
    job: OnceLock<Vec<Vec<f32>>>,
    /// Where the job stands among occupations.
    standing: OnceLock<Option<Vec<f32>>>,
}

impl<'e> JobCloseness<'e> {
    /// Cuts the job into windows; their vectors are made with the first texts that are asked for.
    pub fn new(embedder: &'e Embedder, job: &'e JobPosting) -> Self {
        JobCloseness {
            posting: job,
            windows: windows(job),
            job: OnceLock::new(),
            standing: OnceLock::new(),
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
    fn kinship(&self, texts: &[(&str, f64)]) -> Option<f32> {
        let job = self
            .standing
            .get_or_init(|| standing(&middle(self.posting, self.job())));
        let story = of_story(texts.iter().map(|(text, weight)| (self.embedder.embed(text), *weight)))?;
        Some(dot(job.as_ref()?, &story))
    }

    fn akin(&self, title: &str, other: &str) -> Option<f32> {
        let standing = |text: &str| standing(&self.embedder.embed(text));
        Some(dot(&standing(title)?, &standing(other)?))
    }

    fn closeness(&self, text: &str) -> f32 {
        if text.trim().is_empty() {
            return 0.0;
        }
        let vector = self.embedder.embed(text);
        closest(&self.job().iter().map(|w| dot(w, &vector)).collect::<Vec<f32>>())
    }

    fn warm(&self, texts: &[&str]) {
        let open = self
            .windows
            .iter()
            .map(String::as_str)
            .chain(title_line(self.posting))
            .filter(|_| self.job.get().is_none());
        let all: Vec<&str> = open.chain(texts.iter().copied()).collect();
        self.embedder.embed_batch(&all);
    }
}
