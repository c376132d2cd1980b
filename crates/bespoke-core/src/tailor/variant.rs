//! A tailored variant: a base and the edits on it, in order. A changed base reaches every variant.

use super::{Edit, EditError, accept};
use crate::resume::Resume;
use serde::{Deserialize, Serialize};

/// The edits of one variant, in the order they apply to the base.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Variant {
    /// In the order they apply.
    pub edits: Vec<Edit>,
}

/// An edit that no longer applies to the base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Conflict {
    /// Its place in [`Variant::edits`].
    pub index: usize,
    /// What happened and to which part.
    pub message: String,
}

impl Variant {
    /// The tailored résumé, and the edits that no longer apply; those are skipped and kept in the variant.
    pub fn build(&self, base: &Resume) -> (Resume, Vec<Conflict>) {
        let mut resume = base.clone();
        let mut conflicts = Vec::new();
        for (index, edit) in self.edits.iter().enumerate() {
            if let Err(error) = accept(&mut resume, edit) {
                conflicts.push(Conflict {
                    index,
                    message: error.to_string(),
                });
            }
        }
        (resume, conflicts)
    }

    /// Adds an edit to the end and gives the tailored résumé with it.
    ///
    /// # Errors
    /// [`EditError`] where it does not apply to the variant as it stands; the variant is then unchanged.
    pub fn push(&mut self, base: &Resume, edit: &Edit) -> Result<Resume, EditError> {
        let (mut resume, _) = self.build(base);
        let applied = accept(&mut resume, edit)?;
        self.edits.push(applied);
        Ok(resume)
    }

    /// The variant without the edits that conflict with this base, re-addressed to it.
    pub fn rebased(&self, base: &Resume) -> (Variant, Vec<Conflict>) {
        let mut resume = base.clone();
        let mut edits = Vec::new();
        let mut conflicts = Vec::new();
        for (index, edit) in self.edits.iter().enumerate() {
            match accept(&mut resume, edit) {
                Ok(applied) => edits.push(applied),
                Err(error) => conflicts.push(Conflict {
                    index,
                    message: error.to_string(),
                }),
            }
        }
        (Variant { edits }, conflicts)
    }
}
