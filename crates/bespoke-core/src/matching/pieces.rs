//! The texts of a résumé and where they stand.

use crate::resume::{Id, Resume};

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// The headline.
    Label,
    /// The opening paragraph.
    Summary,
    /// A keyword of a skill group.
    Skill,
    /// A job title.
    Position { entry: usize },
    /// Paragraph (position 0) or bullet of a job.
    Work { entry: usize, position: usize },
    /// Text of a project.
    Project { position: usize },
    /// Text of volunteering.
    Volunteer { position: usize },
    /// Certificate.
    Certificate,
    /// Degree, course or line of a school.
    Education,
    /// Awards and publications.
    Honour,
    /// Anything else.
    Extra,
}

impl Spot {
    /// True where the place lists skills rather than showing them at work, and how much a skill named there counts.
    pub fn worth(self) -> (bool, f64) {
        match self {
            Spot::Skill => (true, 1.0),
            Spot::Label | Spot::Summary => (true, 0.95),
            Spot::Certificate => (true, 0.85),
            Spot::Education => (true, 0.7),
            Spot::Honour => (true, 0.6),
            Spot::Extra => (true, 0.4),
            Spot::Position { entry } => (false, if entry < 2 { 1.0 } else { 0.85 }),
            Spot::Work { entry, position } => {
                let recent = [1.0, 0.95, 0.85, 0.8][entry.min(3)];
                (false, recent - 0.03 * position.min(5) as f64)
            }
            Spot::Project { position } => (false, 0.85 - 0.02 * position.min(5) as f64),
            Spot::Volunteer { position } => (false, 0.75 - 0.02 * position.min(5) as f64),
        }
    }

    /// True for the headline and the titles held.
    pub fn is_title(self) -> bool {
        matches!(self, Spot::Label | Spot::Position { .. })
    }

    /// Weight of the text in the closeness of the whole.
    pub fn voice(self) -> f64 {
        match self {
            Spot::Label => 0.5,
            Spot::Summary => 1.0,
            Spot::Position { entry } => [0.5, 0.4, 0.25, 0.15][entry.min(3)],
            Spot::Work { entry, position } => [1.0, 0.7, 0.45, 0.3][entry.min(3)] / (1.0 + 0.3 * position as f64),
            Spot::Project { position } => 0.5 / (1.0 + 0.3 * position as f64),
            Spot::Volunteer { position } => 0.3 / (1.0 + 0.3 * position as f64),
            Spot::Skill | Spot::Certificate | Spot::Education | Spot::Honour | Spot::Extra => 0.0,
        }
    }

    /// True for the places that readers look at first.
    pub fn in_sight(self) -> bool {
        match self {
            Spot::Label | Spot::Summary | Spot::Skill | Spot::Certificate => true,
            Spot::Position { entry } => entry < 2,
            Spot::Work { entry, position } => entry < 2 && position < 3,
            _ => false,
        }
    }
}

/// A text of the résumé.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'a> {
    pub text: &'a str,
    /// Bullet, group or entry it stands in.
    pub id: Option<&'a Id>,
    pub spot: Spot,
}

/// All texts that may show a skill.
pub(crate) fn pieces(resume: &Resume) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::new();
    if let Some(label) = &resume.contact.label {
        out.push(Piece {
            text: &label.value,
            id: None,
            spot: Spot::Label,
        });
    }
    if let Some(summary) = &resume.summary {
        out.push(Piece {
            text: &summary.value,
            id: None,
            spot: Spot::Summary,
        });
    }
    for group in &resume.skills {
        out.extend(group.keywords.iter().map(|k| Piece {
            text: &k.value,
            id: Some(&group.id),
            spot: Spot::Skill,
        }));
    }
    for (entry, work) in resume.work.iter().enumerate() {
        out.extend(work.position.iter().map(|p| Piece {
            text: &p.value,
            id: Some(&work.id),
            spot: Spot::Position { entry },
        }));
        out.extend(work.summary.iter().map(|s| Piece {
            text: &s.value,
            id: Some(&work.id),
            spot: Spot::Work { entry, position: 0 },
        }));
        out.extend(work.highlights.iter().enumerate().map(|(position, b)| Piece {
            text: &b.text.value,
            id: Some(&b.id),
            spot: Spot::Work { entry, position },
        }));
    }
    for project in &resume.projects {
        let texts = std::iter::once(&project.name)
            .chain(&project.description)
            .chain(&project.keywords);
        out.extend(texts.map(|t| Piece {
            text: &t.value,
            id: Some(&project.id),
            spot: Spot::Project { position: 0 },
        }));
        out.extend(project.highlights.iter().enumerate().map(|(position, b)| Piece {
            text: &b.text.value,
            id: Some(&b.id),
            spot: Spot::Project { position },
        }));
    }
    for work in &resume.volunteer {
        out.extend(work.position.iter().chain(&work.summary).map(|t| Piece {
            text: &t.value,
            id: Some(&work.id),
            spot: Spot::Volunteer { position: 0 },
        }));
        out.extend(work.highlights.iter().enumerate().map(|(position, b)| Piece {
            text: &b.text.value,
            id: Some(&b.id),
            spot: Spot::Volunteer { position },
        }));
    }
    for c in &resume.certificates {
        out.extend(std::iter::once(&c.name).chain(&c.summary).map(|t| Piece {
            text: &t.value,
            id: Some(&c.id),
            spot: Spot::Certificate,
        }));
    }
    for e in &resume.education {
        let lines = e.highlights.iter().map(|b| &b.text);
        let texts = e.study_type.iter().chain(&e.area).chain(&e.courses).chain(lines);
        out.extend(texts.map(|t| Piece {
            text: &t.value,
            id: Some(&e.id),
            spot: Spot::Education,
        }));
    }
    for c in resume.awards.iter().chain(&resume.publications) {
        out.extend(std::iter::once(&c.name).chain(&c.summary).map(|t| Piece {
            text: &t.value,
            id: Some(&c.id),
            spot: Spot::Honour,
        }));
    }
    for l in &resume.languages {
        out.push(Piece {
            text: &l.language.value,
            id: Some(&l.id),
            spot: Spot::Skill,
        });
    }
    for x in &resume.extras {
        out.extend(x.lines.iter().map(|b| Piece {
            text: &b.text.value,
            id: Some(&b.id),
            spot: Spot::Extra,
        }));
    }
    for i in &resume.interests {
        out.extend(std::iter::once(&i.name).chain(&i.keywords).map(|t| Piece {
            text: &t.value,
            id: Some(&i.id),
            spot: Spot::Extra,
        }));
    }
    out.retain(|p| !p.text.trim().is_empty());
    out
}
