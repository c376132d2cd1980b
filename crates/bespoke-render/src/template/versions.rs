//! The versions of a template, as values: nothing is lost by an edit, and any version can be taken again.

use super::Template;
use serde::Serialize;

/// One version.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Counts from 1.
    pub number: u32,
    /// What changed, in its owner's words; may be empty.
    pub note: String,
    /// The template as it was.
    pub template: Template,
}

/// All versions of one template, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Versions {
    list: Vec<Version>,
}

/// What a list of versions shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Counts from 1.
    pub number: u32,
    /// What changed.
    pub note: String,
}

impl Versions {
    /// The first version.
    pub fn new(template: Template) -> Versions {
        let first = Version {
            number: 1,
            note: String::new(),
            template,
        };
        Versions { list: vec![first] }
    }

    /// The newest version.
    pub fn newest(&self) -> &Version {
        // There is always a first one.
        &self.list[self.list.len() - 1]
    }

    /// A version by its number.
    pub fn get(&self, number: u32) -> Option<&Version> {
        self.list.iter().find(|v| v.number == number)
    }

    /// Adds a version, unless nothing changed; gives the number of the newest.
    pub fn push(&mut self, template: Template, note: &str) -> u32 {
        let newest = self.newest();
        if newest.template == template {
            return newest.number;
        }
        let number = newest.number + 1;
        self.list.push(Version {
            number,
            note: note.to_owned(),
            template,
        });
        number
    }

    /// Makes an old version the newest again; `None` where there is no such version.
    pub fn restore(&mut self, number: u32) -> Option<u32> {
        let template = self.get(number)?.template.clone();
        Some(self.push(template, &format!("as version {number}")))
    }

    /// Numbers and notes, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.list.iter().map(|v| Entry {
            number: v.number,
            note: v.note.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_version_can_be_taken_again() {
        let first = Template::all()[0].copied("mine", "Mine");
        let mut versions = Versions::new(first.clone());
        assert_eq!(versions.push(first.clone(), "nothing"), 1);
        let changed = first.clone().with_source("{% extends \"base.typ.j2\" %}");
        assert_eq!(versions.push(changed.clone(), "shorter"), 2);
        assert_eq!(versions.restore(1), Some(3));
        assert_eq!(versions.newest().template, first);
        assert_eq!(versions.get(2).map(|v| &v.template), Some(&changed));
        assert_eq!(versions.restore(9), None);
        let notes: Vec<String> = versions.entries().map(|e| e.note).collect();
        assert_eq!(notes, ["", "shorter", "as version 1"]);
    }
}
