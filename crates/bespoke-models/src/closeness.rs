use crate::Embedder;
use bespoke_core::fields::{Narrative, Odds, Regression};
use bespoke_core::job::JobPosting;
use bespoke_core::matching::kinship::standing;
use bespoke_core::matching::{LineOfWork, Told, title_line};
use bespoke_core::tailor::{Closeness, closest, middle, windows};
use bespoke_core::vectors::dot;
use std::sync::OnceLock;

/// Closeness of texts to one job description: the cosines with its windows, the nearest counting.
pub struct JobCloseness<'e> {
    embedder: &'e Embedder,
    posting: &'e JobPosting,
    windows: Vec<String>,
    job: OnceLock<Vec<Vec<f32>>>,
    /// Where the job stands among occupations, and of which field it reads.
    line: OnceLock<(Option<Vec<f32>>, Option<Odds>)>,
}

impl<'e> JobCloseness<'e> {
    /// Cuts the job into windows; their vectors are made with the first texts that are asked for.
    pub fn new(embedder: &'e Embedder, job: &'e JobPosting) -> Self {
        JobCloseness {
            posting: job,
            windows: windows(job),
            job: OnceLock::new(),
            line: OnceLock::new(),
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

/// Where a job stands among occupations and of which field it reads, out of the vectors of its [`windows`] and of its
/// title's line.
pub fn line_of_job(
    fields: &Regression,
    job: &JobPosting,
    windows: &[Vec<f32>],
    title: Option<&[f32]>,
) -> (Option<Vec<f32>>, Option<Odds>) {
    let whole = middle(job, windows);
    let field = fields.odds(&Narrative::of(&whole, title.unwrap_or(&[])));
    (standing(&whole), field)
}

/// How a story, told in texts with their vectors, stands to a job; `None` for a story without words.
pub fn line_of_work<'t>(
    fields: &Regression,
    job: &[f32],
    field: Option<&Odds>,
    told: impl Iterator<Item = (Told<'t>, Vec<f32>)>,
) -> Option<LineOfWork> {
    let mut story = Narrative::default();
    told.for_each(|(text, vector)| story.add(&vector, text.weight as f32, text.title));
    Some(LineOfWork {
        kinship: dot(job, &standing(&story.vectors().0)?),
        field: fields.odds(&story).zip(field).map(|(story, job)| story.shared(job)),
    })
}

impl Closeness for JobCloseness<'_> {
    fn line_of_work(&self, texts: &[Told<'_>]) -> Option<LineOfWork> {
        let (job, field) = self.line.get_or_init(|| {
            let title = title_line(self.posting).map(|line| self.embedder.embed(line));
            line_of_job(Regression::builtin(), self.posting, self.job(), title.as_deref())
        });
        let told = texts.iter().map(|t| (*t, self.embedder.embed(t.text)));
        line_of_work(Regression::builtin(), job.as_deref()?, field.as_ref(), told)
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
