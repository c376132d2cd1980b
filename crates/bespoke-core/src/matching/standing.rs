//! Title, seniority, years and degree: where the person stands to what the job asks.

use crate::date::End;
use crate::job::JobPosting;
use crate::resume::Resume;
use crate::roles::Seniority;
use crate::text::words;
use crate::wording::stem;
use crate::wording::vocabulary::titles;

/// A month that has passed: jobs that go on count at least up to here. The core has no clock.
const PASSED: i32 = 2026 * 12;

/// Titles this akin are of one line of work: other titles stand near 0.12, those of the job's own near 0.3 (measured on 581
/// pairs).
const SAME_LINE: f64 = 0.8;
/// Titles, the newest first, whose line of work is compared: among many, one comes near by chance.
const RECENT: usize = 4;

/// How close the titles held come to the job's title: by the words that they share or, where that says more, by how near
/// their lines of work are (`akin`, from a title to the job's, −1 to 1).
pub(super) fn title(job: &JobPosting, resume: &Resume, akin: impl Fn(&str) -> Option<f32>) -> Option<(f64, String)> {
    let wanted = title_stems(&job.title.as_ref()?.text);
    if wanted.is_empty() {
        return None;
    }
    let label = resume.contact.label.iter().map(|l| (&l.value, 1.0));
    let held = resume.work.iter().enumerate().filter_map(|(i, w)| {
        let worth = [1.0, 0.95, 0.85, 0.8][i.min(3)];
        Some((&w.position.as_ref()?.value, worth))
    });
    let mut best = (0.0, "");
    for (place, (text, worth)) in label.chain(held).enumerate() {
        let has = title_stems(text);
        let common = wanted.iter().filter(|w| has.contains(w)).count() as f64;
        let shared = 2.0 * common / (wanted.len() + has.len()).max(1) as f64;
        let kinship = (place < RECENT).then(|| akin(text)).flatten();
        let near = kinship.map_or(0.0, |kinship| (f64::from(kinship) / SAME_LINE).clamp(0.0, 1.0));
        let value = worth * shared.max(near);
        if value > best.0 {
            best = (value, text);
        }
    }
    let why = match best.1 {
        "" => "No title in the résumé comes near the job's.".to_owned(),
        title => format!("\"{title}\" is the nearest title."),
    };
    Some((best.0, why))
}

/// The line of the job's title, which often names the department too: "Operations Specialist, People Services". The title
/// alone where the line is long; `None` where the job has no title.
pub fn title_line(job: &JobPosting) -> Option<&str> {
    const LONG: usize = 120;
    let title = job.title.as_ref()?;
    let line = job
        .text
        .get(..title.start)
        .zip(job.text.get(title.end..))
        .map(|(before, after)| {
            let from = before.rfind('\n').map_or(0, |n| n + 1);
            let to = after.find('\n').map_or(job.text.len(), |n| title.end + n);
            job.text[from..to].trim()
        });
    Some(line.filter(|l| !l.is_empty() && l.len() <= LONG).unwrap_or(&title.text))
}

/// Stems of a title without ranks and small words; engineer, developer and programmer are one.
fn title_stems(title: &str) -> Vec<String> {
    const SMALL: [&str; 14] = [
        "and", "of", "the", "for", "in", "to", "a", "i", "ii", "iii", "iv", "m", "f", "d",
    ];
    let mut out: Vec<String> = words(title)
        .iter()
        .filter(|w| {
            let rank = titles().rank.contains(w.as_str()) && !titles().occupation.contains(w.as_str());
            !rank && !SMALL.contains(&w.as_str()) && w.parse::<u32>().is_err()
        })
        .map(|w| match w.as_str() {
            "developer" | "programmer" | "engineers" | "developers" => "engineer".to_owned(),
            w => stem(w),
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

/// The rank that a title names; `None` where it names none.
pub(super) fn seniority_of(title: &str) -> Option<Seniority> {
    words(title)
        .iter()
        .filter_map(|w| {
            Some(match w.as_str() {
                "intern" | "internship" | "trainee" | "apprentice" => Seniority::Intern,
                "junior" | "jr" | "entry" | "associate" | "assistant" | "graduate" => Seniority::Junior,
                "senior" | "sr" | "staff" | "principal" => Seniority::Senior,
                "lead" | "sergeant" => Seniority::Lead,
                "manager" | "supervisor" | "head" | "captain" => Seniority::Manager,
                "director" => Seniority::Director,
                "vp" | "president" | "chief" | "ceo" | "cto" | "cfo" | "coo" | "cio" | "executive" | "founder" => {
                    Seniority::Executive
                }
                _ => return None,
            })
        })
        .max()
}

/// Seniority and years together, each where the job asks for it.
pub(super) fn seniority(job: &JobPosting, resume: &Resume) -> Option<(f64, String)> {
    let years = months_of_work(resume) / 12;
    let rank = job.seniority.map(|wanted| {
        let titles = resume.work.iter().take(2).filter_map(|w| w.position.as_ref());
        let named = titles
            .chain(&resume.contact.label)
            .filter_map(|t| seniority_of(&t.value))
            .max();
        let has = named.unwrap_or(match years {
            0..=1 => Seniority::Junior,
            _ => Seniority::Mid,
        });
        let value = match has as i32 - wanted as i32 {
            0 | 1 => 1.0,
            2.. => 0.8,
            -1 => 0.6,
            -2 => 0.3,
            _ => 0.1,
        };
        (
            value,
            format!("The job is for {wanted:?} level, the titles show {has:?}."),
        )
    });
    let time = job.years.filter(|y| *y > 0).map(|wanted| {
        let value = (f64::from(years) / f64::from(wanted)).min(1.0);
        (
            value,
            format!("The job asks for {wanted} years, the dates show {years}."),
        )
    });
    match (rank, time) {
        (Some((a, x)), Some((b, y))) => Some(((a + b) / 2.0, format!("{x} {y}"))),
        (one, other) => one.or(other),
    }
}

/// Months covered by jobs, overlaps counted once.
pub(crate) fn months_of_work(resume: &Resume) -> u32 {
    let mut ranges: Vec<(i32, i32)> = resume
        .work
        .iter()
        .filter_map(|w| {
            let start = w.start.as_ref()?.value.months();
            let end = match w.end.as_ref().map(|e| e.value) {
                Some(End::Date(date)) => date.months() + 1,
                Some(End::Present) => PASSED.max(start),
                None => start + 1,
            };
            (start < end).then_some((start, end))
        })
        .collect();
    ranges.sort_unstable();
    let mut sum = 0;
    let mut reached = i32::MIN;
    for (a, b) in ranges {
        sum += (b - a.max(reached)).max(0);
        reached = reached.max(b);
    }
    u32::try_from(sum).unwrap_or(0)
}

/// Level of a degree: 1 school, 2 associate, 3 bachelor, 4 master, 5 doctorate.
pub(crate) fn level_of_degree(text: &str) -> Option<u8> {
    words(text)
        .iter()
        .filter_map(|w| {
            Some(match w.as_str() {
                "phd" | "doctorate" | "doctoral" | "doctor" | "md" | "dphil" | "jd" => 5,
                "master" | "masters" | "msc" | "mba" | "ma" | "meng" | "ms" | "llm" | "diplom" | "mestrado" => 4,
                "bachelor" | "bachelors" | "bsc" | "ba" | "bs" | "beng" | "bcom" | "btech" | "bba" | "bsn"
                | "licence" | "undergraduate" | "bacharelado" | "degree" => 3,
                "associate" | "associates" | "diploma" | "hnd" | "vocational" => 2,
                "school" | "ged" | "abitur" | "baccalaureate" => 1,
                _ => return None,
            })
        })
        .max()
}

const DEGREES: [&str; 6] = ["none", "school", "associate", "bachelor", "master", "doctorate"];

/// The degree that the job asks for and the lower one that the résumé shows; `None` where it asks for none or has enough.
pub(crate) fn degree_lacking(job: &JobPosting, resume: &Resume) -> Option<(&'static str, &'static str)> {
    let (wanted, has) = degrees(job, resume)?;
    (has < wanted).then(|| {
        (
            DEGREES[usize::from(wanted)],
            if has == 0 {
                "no degree"
            } else {
                DEGREES[usize::from(has)]
            },
        )
    })
}

/// Levels of the lowest degree that the job takes and of the highest that the résumé shows.
fn degrees(job: &JobPosting, resume: &Resume) -> Option<(u8, u8)> {
    let wanted = job.education.iter().filter_map(|p| level_of_degree(&p.text)).min()?;
    let of = |e: &crate::resume::Education| {
        let parts = [e.study_type.as_ref(), e.area.as_ref()];
        parts
            .into_iter()
            .flatten()
            .filter_map(|t| level_of_degree(&t.value))
            .max()
    };
    Some((wanted, resume.education.iter().filter_map(of).max().unwrap_or(0)))
}

/// The degree against the lowest that the job takes.
pub(super) fn education(job: &JobPosting, resume: &Resume) -> Option<(f64, String)> {
    let (wanted, has) = degrees(job, resume)?;
    let why = format!(
        "The job asks for {}, the résumé shows {}.",
        DEGREES[usize::from(wanted)],
        DEGREES[usize::from(has)]
    );
    let value = match i32::from(has) - i32::from(wanted) {
        0.. => 1.0,
        -1 => 0.5,
        _ => 0.0,
    };
    Some((value, why))
}
