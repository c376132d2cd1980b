//! How well roles and match scores agree with labelled data, on data that is not shipped.
//!
//! `cargo run --release -p bespoke-models --example eval_roles -- FOLDER` reads, in FOLDER,
//! `resumes_by_category.jsonl` (`id`, `category`, `headline`, `text`), `category_to_soc_DRAFT.json` (category → accepted
//! O*NET-SOC prefixes) and `jd_resume_pairs_dev.jsonl` (`jd`, `resume_id`, `label`). The headline line is removed from
//! each text, for it is the label. Prints top-1 and top-5 per category, and the ROC-AUC of the match score. With STORIES=FILE
//! only what `scripts/build_fields.py` learns from is written.

use bespoke_core::fields::{Narrative, Regression};
use bespoke_core::matching::kinship::standing;
use bespoke_core::matching::{LineOfWork, Told, title_line};
use bespoke_core::resume::Resume;
use bespoke_core::roles::{self, PassageKind, RoleSpace, Taxonomy, Vectors};
use bespoke_core::tailor::{Closeness, closest, windows};
use bespoke_core::vectors::{dot, numbers};
use bespoke_core::{ingest, job, matching, parse};
use bespoke_models::{DIMENSIONS, Embedder, Recommender, line_of_job, line_of_work};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Vectors by text, kept between runs, since embedding a thousand résumés takes minutes.
struct Kept<'e> {
    embedder: &'e Embedder,
    path: PathBuf,
    known: HashMap<String, Vec<f32>>,
}

impl<'e> Kept<'e> {
    fn open(embedder: &'e Embedder, path: PathBuf) -> Self {
        let known = std::fs::read(&path)
            .ok()
            .and_then(|b| Self::read(&b))
            .unwrap_or_default();
        Kept { embedder, path, known }
    }

    fn read(bytes: &[u8]) -> Option<HashMap<String, Vec<f32>>> {
        let mut known = HashMap::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let length = u32::from_le_bytes(*length) as usize;
            let text = String::from_utf8(after.get(..length)?.to_vec()).ok()?;
            let vector = after.get(length..length + 4 * DIMENSIONS)?;
            known.insert(text, numbers(vector));
            rest = &after[length + 4 * DIMENSIONS..];
        }
        Some(known)
    }

    fn learn(&mut self, texts: &[&str]) {
        let new: Vec<&str> = texts.iter().copied().filter(|t| !self.known.contains_key(*t)).collect();
        for (text, vector) in new.iter().zip(self.embedder.embed_batch(&new)) {
            self.known.insert((*text).to_owned(), vector);
        }
        self.embedder.forget();
    }

    fn vector(&self, text: &str) -> Vec<f32> {
        self.known.get(text).cloned().unwrap_or_else(|| vec![0.0; DIMENSIONS])
    }

    fn save(&self) {
        let mut out = Vec::new();
        for (text, vector) in &self.known {
            out.extend((text.len() as u32).to_le_bytes());
            out.extend(text.as_bytes());
            out.extend(vector.iter().flat_map(|v| v.to_le_bytes()));
        }
        let _ = std::fs::write(&self.path, out);
    }
}

struct ToJob<'k, 'e> {
    fields: &'k Regression,
    kept: &'k Kept<'e>,
    windows: &'k [Vec<f32>],
    posting: &'k job::JobPosting,
}

impl ToJob<'_, '_> {
    fn vector(&self, text: &str) -> Vec<f32> {
        let known = self.kept.known.get(text).cloned();
        known.unwrap_or_else(|| self.kept.embedder.embed(text))
    }
}

impl Closeness for ToJob<'_, '_> {
    fn line_of_work(&self, texts: &[Told<'_>]) -> Option<LineOfWork> {
        let title = title_line(self.posting).map(|line| self.vector(line));
        let (job, field) = line_of_job(self.fields, self.posting, self.windows, title.as_deref());
        let told = texts.iter().map(|t| (*t, self.vector(t.text)));
        line_of_work(self.fields, &job?, field.as_ref(), told)
    }

    fn akin(&self, title: &str, other: &str) -> Option<f32> {
        Some(dot(&standing(&self.vector(title))?, &standing(&self.vector(other))?))
    }

    fn closeness(&self, text: &str) -> f32 {
        if text.trim().is_empty() {
            return 0.0;
        }
        let vector = self.vector(text);
        closest(&self.windows.iter().map(|w| dot(w, &vector)).collect::<Vec<f32>>())
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn resume_of(row: &Value) -> Resume {
    let body = string(row, "text").split_once('\n').map_or("", |(_, rest)| rest);
    match ingest::ingest(body.as_bytes(), Some("resume.txt")) {
        Ok(document) => parse::parse(&document).resume,
        Err(_) => Resume::default(),
    }
}

/// Area under the ROC curve by ranks, ties counting half (Mann and Whitney, 1947).
fn auc(mut scored: Vec<(f64, bool)>) -> f64 {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank_sum, mut i) = (0.0, 0);
    while i < scored.len() {
        let tie = scored[i..].iter().take_while(|s| s.0 == scored[i].0).count();
        let rank = i as f64 + (tie as f64 + 1.0) / 2.0;
        rank_sum += rank * scored[i..i + tie].iter().filter(|s| s.1).count() as f64;
        i += tie;
    }
    let positive = scored.iter().filter(|s| s.1).count() as f64;
    let negative = scored.len() as f64 - positive;
    (rank_sum - positive * (positive + 1.0) / 2.0) / (positive * negative)
}

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("the folder of the data"));
    let cache = std::env::temp_dir().join("bespoke-eval");
    std::fs::create_dir_all(&cache).expect("a folder for vectors");
    let models = std::env::var_os("BESPOKE_MODELS").expect("BESPOKE_MODELS names the folder of the model");
    let embedder = Embedder::open(Path::new(&models), 2).expect("the model");
    let recommender = Recommender::open(&embedder, Cow::Borrowed(Taxonomy::builtin()), &cache);
    let mut kept = Kept::open(&embedder, cache.join("texts.f32"));
    // A part of the résumés is enough for a look: STEP=5 takes every fifth.
    let step = std::env::var("STEP").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let rows = lines(&folder.join("resumes_by_category.jsonl"));
    let rows: Vec<Value> = rows.into_iter().step_by(step).collect();
    let resumes: HashMap<String, Resume> = rows
        .iter()
        .map(|r| (string(r, "id").to_owned(), resume_of(r)))
        .collect();
    for (n, resume) in resumes.values().enumerate() {
        let passages = roles::passages(resume);
        kept.learn(&passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>());
        if n % 200 == 199 {
            eprintln!("embedded {}", n + 1);
        }
    }
    kept.save();
    if let Some(path) = std::env::var_os("STORIES") {
        stories(Path::new(&path), &rows, &resumes, &kept);
        return;
    }
    let folds = Folds::open(recommender.space());
    let map = std::fs::read_to_string(folder.join("category_to_soc_DRAFT.json")).expect("the map of categories");
    categories(
        &rows,
        &serde_json::from_str(&map).expect("JSON"),
        &resumes,
        &kept,
        &folds,
    );
    let places = rows.iter().enumerate().map(|(n, row)| (string(row, "id"), n)).collect();
    pairs(
        &lines(&folder.join("jd_resume_pairs_dev.jsonl")),
        &resumes,
        &kept,
        &folds,
        &places,
    );
}

/// Writes the two vectors of each narrative with its category, a line each: what `scripts/build_fields.py` learns from.
fn stories(path: &Path, rows: &[Value], resumes: &HashMap<String, Resume>, kept: &Kept<'_>) {
    let line = |row: &Value| {
        let mut narrative = Narrative::default();
        for passage in roles::passages(&resumes[string(row, "id")]) {
            let title = passage.kind == PassageKind::Title;
            narrative.add(&kept.vector(&passage.text), passage.weight, title);
        }
        let (story, titles) = narrative.vectors();
        let out = serde_json::json!({ "id": row["id"], "label": row["category"], "story": story, "titles": titles });
        format!("{out}\n")
    };
    let lines: String = rows.iter().map(line).collect();
    std::fs::write(path, lines).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

/// What is known of fields of work by someone who did not see a résumé: that of its fold, its place modulo the folds.
struct Folds(Vec<(Regression, RoleSpace)>);

impl Folds {
    /// Out of FOLDS, a folder with what `scripts/build_fields.py` writes as `fold-0.f32` to `fold-4.f32`.
    fn open(space: &RoleSpace) -> Folds {
        let Some(folder) = std::env::var_os("FOLDS").map(PathBuf::from) else {
            println!("without FOLDS: the shipped fields of work have seen these résumés, so what follows is too good");
            return Folds(vec![(Regression::builtin().clone(), space.clone())]);
        };
        let fold = |n| {
            let path = folder.join(format!("fold-{n}.f32"));
            let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let fields = Regression::read(&bytes).expect("a row for each field");
            (fields.clone(), space.clone().with_fields(fields))
        };
        Folds((0..5).map(fold).collect())
    }

    fn of(&self, place: usize) -> &(Regression, RoleSpace) {
        &self.0[place % self.0.len()]
    }
}

fn categories(rows: &[Value], map: &Value, resumes: &HashMap<String, Resume>, kept: &Kept<'_>, folds: &Folds) {
    let taxonomy = Taxonomy::builtin();
    let blend = std::env::var("BLEND").ok().and_then(|b| b.parse().ok()).unwrap_or(0.7);
    let mut table: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut took = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let category = string(row, "category");
        let wanted = map["livecareer"][category].as_array().into_iter().flatten();
        let wanted: Vec<&str> = wanted.filter_map(Value::as_str).collect();
        let resume = &resumes[string(row, "id")];
        let passages: Vec<Vec<f32>> = roles::passages(resume).iter().map(|p| kept.vector(&p.text)).collect();
        let vectors = Vectors {
            passages: &passages,
            roles: Some(&folds.of(place).1),
        };
        let start = std::time::Instant::now();
        let fits = roles::rank(resume, taxonomy, vectors, blend, 5);
        took.push(start.elapsed().as_secs_f64() * 1000.0);
        let right = |id: &str| {
            let onet = taxonomy.get(id).map_or("", |r| r.onet.as_str());
            wanted.iter().any(|w| onet.starts_with(w))
        };
        let cell = table.entry(category).or_default();
        cell[0] += 1;
        cell[1] += usize::from(fits.first().is_some_and(|f| right(&f.role)));
        cell[2] += usize::from(fits.iter().any(|f| right(&f.role)));
        let wrong = !fits.first().is_some_and(|f| right(&f.role));
        if std::env::var_os("SHOW").is_some_and(|s| s == *category || (s == "WRONG" && wrong)) {
            let names: Vec<String> = fits
                .iter()
                .map(|f| format!("{} {:.0}", f.role, f.score.total))
                .collect();
            let titles = resume.work.iter().filter_map(|w| w.position.as_ref());
            let titles: Vec<&str> = titles.map(|p| p.value.as_str()).collect();
            println!(
                "{category} {} | {} | {names:?} | {titles:?}",
                string(row, "id"),
                string(row, "headline")
            );
        }
    }
    println!("| category | résumés | top-1 | top-5 |\n|---|---|---|---|");
    let mut sum = [0; 3];
    for (category, cell) in &table {
        let share = |n: usize| n as f64 / cell[0] as f64;
        println!(
            "| {category} | {} | {:.2} | {:.2} |",
            cell[0],
            share(cell[1]),
            share(cell[2])
        );
        (0..3).for_each(|i| sum[i] += cell[i]);
    }
    let share = |n: usize| n as f64 / sum[0] as f64;
    println!("| all | {} | {:.3} | {:.3} |", sum[0], share(sum[1]), share(sum[2]));
    took.sort_by(f64::total_cmp);
    println!(
        "ranking: p50 {:.2} ms, p95 {:.2} ms",
        took[took.len() / 2],
        took[took.len() * 95 / 100]
    );
}

fn pairs(
    rows: &[Value],
    resumes: &HashMap<String, Resume>,
    kept: &Kept<'_>,
    folds: &Folds,
    places: &HashMap<&str, usize>,
) {
    let mut jobs: HashMap<&str, (job::JobPosting, Vec<Vec<f32>>)> = HashMap::new();
    let mut scored = Vec::new();
    let mut parts: BTreeMap<String, Vec<(f64, bool)>> = BTreeMap::new();
    for row in rows {
        let Some(resume) = resumes.get(string(row, "resume_id")) else {
            continue;
        };
        let (posting, job) = jobs.entry(string(row, "jd")).or_insert_with_key(|text| {
            let posting = job::read_job(text);
            let texts = windows(&posting);
            let vectors = kept
                .embedder
                .embed_batch(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            (posting, vectors)
        });
        let closeness = ToJob {
            fields: &folds.of(places[string(row, "resume_id")]).0,
            kept,
            windows: job,
            posting,
        };
        let score = matching::match_score(resume, posting, &closeness);
        let fits = row["label"].as_i64() == Some(1);
        for part in &score.parts {
            parts.entry(part.name.clone()).or_default().push((part.value, fits));
        }
        scored.push((score.total, fits));
    }
    println!(
        "match score: ROC-AUC {:.3} over {} pairs",
        auc(scored.clone()),
        scored.len()
    );
    for (name, scored) in parts {
        println!("  {name}: {:.3}", auc(scored));
    }
}
