//! Pieces of a job description that closeness is measured against: one vector of a whole page says little about any
//! sentence in it, and a model reads only the first 256 tokens of it.

use crate::job::JobPosting;

/// Most windows of one job: more add time, not sense.
const MOST: usize = 12;
/// Letters of a window, about 60 tokens.
const LONG: usize = 320;

/// The job in windows of a few lines: title first, then what the person would do and has to bring.
pub fn windows(job: &JobPosting) -> Vec<String> {
    let title = job.title.as_ref().map_or("", |t| t.text.as_str());
    let mut out: Vec<String> = Vec::new();
    let mut open = String::new();
    let lines = job.text.split('\n').map(str::trim).filter(|l| l.chars().count() > 20 && *l != title);
    for line in lines {
        if !open.is_empty() && open.len() + line.len() > LONG {
            out.push(std::mem::take(&mut open));
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
    }
    if !open.is_empty() {
        out.push(open);
    }
    out.truncate(MOST);
    if out.is_empty() && !job.text.trim().is_empty() {
        out.push(job.text.trim().to_owned());
    }
    if !title.is_empty() {
        out.insert(0, title.to_owned());
    }
    out
}

/// Closeness to a job out of the cosines with its windows: the mean of the three nearest.
pub fn closest(cosines: &[f32]) -> f32 {
    const NEAREST: usize = 3;
    let mut sorted = cosines.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted.truncate(NEAREST);
    if sorted.is_empty() { 0.0 } else { sorted.iter().sum::<f32>() / sorted.len() as f32 }
}
