//! From what a reader thinks of its own reading to a probability: the parser's raw confidences are drawn through a curve per
//! kind of field, fitted by `bench/calibrate.py` so that of the fields at 0.9 nine in ten are right (isotonic regression,
//! Zadrozny and Elkan 2002), and what was recognised in a picture counts for no more than its words.

use crate::date::End;
use crate::document::Document;
use crate::resume::{Field, Resume, Source, Text};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Points (raw, calibrated) of a curve, rising.
type Curve = Vec<(f32, f32)>;

/// `company: 0.40 0.31, 0.75 0.92`: the curves by kind of field.
static CURVES: LazyLock<HashMap<&'static str, Curve>> = LazyLock::new(|| {
    include_str!("../../../../data/parse/calibration.txt")
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(kind, points)| {
            let point = |p: &str| {
                let (raw, right) = p.trim().split_once(' ')?;
                Some((raw.parse().ok()?, right.parse().ok()?))
            };
            (kind, points.split(',').filter_map(point).collect())
        })
        .collect()
});

fn curve(kind: &str, raw: f32) -> f32 {
    let Some(points) = CURVES.get(kind) else {
        return raw;
    };
    let after = points.partition_point(|(x, _)| *x < raw);
    match (after.checked_sub(1).and_then(|n| points.get(n)), points.get(after)) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (raw - x0) / (x1 - x0).max(1e-6),
        (Some((_, y)), None) | (None, Some((_, y))) => *y,
        (None, None) => raw,
    }
}

/// Calls `f` with the kind, the confidence and the source of every field whose reading can be wrong.
pub fn each(resume: &mut Resume, mut f: impl FnMut(&'static str, &mut f32, Option<&Source>)) {
    fn visit<T>(kind: &'static str, field: &mut Field<T>, f: &mut dyn FnMut(&'static str, &mut f32, Option<&Source>)) {
        f(kind, &mut field.confidence, field.source.as_ref());
    }
    fn maybe<T>(
        kind: &'static str,
        field: &mut Option<Field<T>>,
        f: &mut dyn FnMut(&'static str, &mut f32, Option<&Source>),
    ) {
        if let Some(field) = field {
            visit(kind, field, f);
        }
    }
    let f: &mut dyn FnMut(&'static str, &mut f32, Option<&Source>) = &mut f;
    let contact = &mut resume.contact;
    for (kind, field) in [
        ("name", &mut contact.name),
        ("label", &mut contact.label),
        ("email", &mut contact.email),
        ("phone", &mut contact.phone),
    ] {
        maybe(kind, field, f);
    }
    if let Some(place) = &mut contact.location {
        maybe("place", &mut place.text, f);
    }
    maybe("summary", &mut resume.summary, f);
    for job in resume.work.iter_mut().chain(&mut resume.volunteer) {
        maybe("company", &mut job.company, f);
        maybe("position", &mut job.position, f);
        maybe("place", &mut job.location, f);
        maybe("date", &mut job.start, f);
        maybe::<End>("date", &mut job.end, f);
        maybe("text", &mut job.summary, f);
        job.highlights.iter_mut().for_each(|b| visit("text", &mut b.text, f));
    }
    for study in &mut resume.education {
        maybe("school", &mut study.institution, f);
        maybe("degree", &mut study.study_type, f);
        maybe("area", &mut study.area, f);
        maybe("place", &mut study.location, f);
        maybe("date", &mut study.start, f);
        maybe::<End>("date", &mut study.end, f);
        study.highlights.iter_mut().for_each(|b| visit("text", &mut b.text, f));
    }
    for group in &mut resume.skills {
        group.keywords.iter_mut().for_each(|k: &mut Text| visit("skill", k, f));
    }
    for credential in resume
        .certificates
        .iter_mut()
        .chain(&mut resume.awards)
        .chain(&mut resume.publications)
    {
        visit("credential", &mut credential.name, f);
        maybe("issuer", &mut credential.issuer, f);
        maybe("date", &mut credential.date, f);
    }
    for project in &mut resume.projects {
        visit("project", &mut project.name, f);
        maybe("text", &mut project.description, f);
        maybe("date", &mut project.start, f);
        maybe::<End>("date", &mut project.end, f);
        project
            .highlights
            .iter_mut()
            .for_each(|b| visit("text", &mut b.text, f));
    }
    for language in &mut resume.languages {
        visit("language", &mut language.language, f);
    }
}

/// Draws every raw confidence through the curve of its kind.
pub fn calibrate(resume: &mut Resume) {
    each(resume, |kind, confidence, _| *confidence = curve(kind, *confidence));
}

/// Multiplies in how sure the recognition of the words was, where the text was recognised in a picture.
pub fn recognised(document: &Document, resume: &mut Resume) {
    if document.recognised.is_empty() {
        return;
    }
    each(resume, |_, confidence, source| {
        let Some(source) = source else { return };
        let words: Vec<f32> = document
            .recognised
            .iter()
            .filter(|w| w.range.start < source.end && w.range.end > source.start)
            .map(|w| w.confidence)
            .collect();
        if !words.is_empty() {
            *confidence *= words.iter().sum::<f32>() / words.len() as f32;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_rise_and_stay_between_zero_and_one() {
        assert!(!CURVES.is_empty());
        for (kind, points) in CURVES.iter() {
            assert!(!points.is_empty(), "{kind}");
            assert!(points.windows(2).all(|p| p[0].0 < p[1].0 && p[0].1 <= p[1].1), "{kind}");
            assert!(
                points
                    .iter()
                    .all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)),
                "{kind}"
            );
        }
    }

    #[test]
    fn a_value_between_two_points_lies_between_them() {
        let (kind, points) = CURVES
            .iter()
            .find(|(_, p)| p.len() > 1)
            .expect("a curve with two points");
        let (a, b) = (points[0], points[1]);
        let middle = curve(kind, (a.0 + b.0) / 2.0);
        assert!((middle - (a.1 + b.1) / 2.0).abs() < 1e-4);
        assert_eq!(curve("a kind without a curve", 0.3), 0.3);
    }
}
