//! What a person did with suggestions, as a value: accept, refuse, edit by hand, undo, redo. The résumé itself is never
//! stored here; it is always the base plus the steps, so undoing restores it to the byte.

use super::{Conflict, Edit, EditError, Suggestion, Variant};
use crate::resume::Resume;
use serde::{Deserialize, Serialize};

/// Where the wording of a step comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// A rule of ours.
    #[default]
    Rules,
    /// A language model that the person switched on.
    Model,
    /// The person.
    Person,
}

/// One change and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Step {
    /// The change.
    pub edit: Edit,
    /// Who worded it.
    #[serde(default)]
    pub author: Author,
    /// The suggestion that it accepts; `None` for an edit by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// The steps of one variant, and those that were undone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct History {
    /// In the order they apply.
    pub steps: Vec<Step>,
    /// Undone steps, the next to redo last.
    #[serde(default)]
    pub undone: Vec<Step>,
    /// Suggestions that the person does not want to see again.
    #[serde(default)]
    pub refused: Vec<String>,
}

impl History {
    /// The edits alone.
    pub fn variant(&self) -> Variant {
        Variant {
            edits: self.steps.iter().map(|s| s.edit.clone()).collect(),
        }
    }

    /// The tailored résumé and the steps that no longer apply to this base.
    pub fn build(&self, base: &Resume) -> (Resume, Vec<Conflict>) {
        self.variant().build(base)
    }

    /// Accepts a suggestion; a question has nothing to apply and changes nothing.
    ///
    /// # Errors
    /// [`EditError`] where it does not apply; nothing changes then.
    pub fn accept(&mut self, base: &Resume, suggestion: &Suggestion) -> Result<Resume, EditError> {
        let Some(edit) = &suggestion.edit else {
            return Ok(self.build(base).0);
        };
        self.push(base, edit, suggestion.author, Some(suggestion.id.clone()))
    }

    /// Remembers that the person does not want a suggestion, and takes it back where it was accepted.
    pub fn refuse(&mut self, id: &str) {
        self.steps.retain(|s| s.suggestion.as_deref() != Some(id));
        if !self.refused.iter().any(|r| r == id) {
            self.refused.push(id.to_owned());
        }
    }

    /// An edit by hand.
    ///
    /// # Errors
    /// [`EditError`] where it does not apply; nothing changes then.
    pub fn edit(&mut self, base: &Resume, edit: &Edit) -> Result<Resume, EditError> {
        self.push(base, edit, Author::Person, None)
    }

    /// Takes the last step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.steps.pop().map(|s| self.undone.push(s)).is_some()
    }

    /// Does the last undone step again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        self.undone.pop().map(|s| self.steps.push(s)).is_some()
    }

    fn push(
        &mut self,
        base: &Resume,
        edit: &Edit,
        author: Author,
        suggestion: Option<String>,
    ) -> Result<Resume, EditError> {
        let mut variant = self.variant();
        let resume = variant.push(base, edit)?;
        let Some(edit) = variant.edits.pop() else {
            return Ok(resume);
        };
        self.steps.push(Step {
            edit,
            author,
            suggestion: suggestion.clone(),
        });
        self.undone.clear();
        if let Some(id) = suggestion {
            self.refused.retain(|r| *r != id);
        }
        Ok(resume)
    }
}
