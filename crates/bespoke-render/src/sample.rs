//! An invented person whose résumé uses every section, for checking templates and showing what they look like.

use bespoke_core::json_resume::from_json_resume;
use bespoke_core::resume::Resume;
use std::sync::LazyLock;

static SAMPLE: LazyLock<Resume> = LazyLock::new(|| {
    let value = serde_json::from_str(include_str!("sample.json")).unwrap_or_default();
    from_json_resume(&value)
});

/// The invented person.
pub fn resume() -> Resume {
    SAMPLE.clone()
}

#[cfg(test)]
mod tests {
    use super::resume;

    #[test]
    fn the_sample_has_every_section() {
        let r = resume();
        let counts = [
            r.work.len(),
            r.education.len(),
            r.skills.len(),
            r.certificates.len(),
            r.projects.len(),
            r.languages.len(),
            r.awards.len(),
            r.publications.len(),
            r.volunteer.len(),
            r.interests.len(),
            r.references.len(),
            r.extras.len(),
        ];
        assert!(counts.iter().all(|n| *n > 0), "{counts:?}");
        assert!(r.contact.name.is_some() && r.summary.is_some());
    }
}
