//! A table of text: rows by the names of their columns.

use super::{ImportError, TaxonomyFile};
use crate::text::fold;
use std::collections::HashMap;

/// A table that was read. Column names are met whatever their case, blanks and signs.
pub(super) struct Table<'f> {
    file: &'f str,
    columns: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

/// A row, which knows its number.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table<'t>,
    /// The first row, which names the columns, is 1.
    pub number: usize,
    cells: &'t csv::StringRecord,
}

pub(super) fn key(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(super) fn text(file: &TaxonomyFile) -> Result<&str, ImportError> {
    let text = std::str::from_utf8(&file.bytes).map_err(|e| ImportError::Syntax {
        file: file.name.clone(),
        fault: format!(
            "it is not UTF-8 text from byte {} on: save it as UTF-8",
            e.valid_up_to()
        ),
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

impl<'f> Table<'f> {
    /// Reads a file. Columns stand apart by tabs, semicolons or commas, as its first line shows.
    pub fn of(file: &'f TaxonomyFile) -> Result<Table<'f>, ImportError> {
        let text = text(file)?;
        let head = text.lines().next().unwrap_or_default();
        let delimiter = *[b'\t', b';', b',']
            .iter()
            .max_by_key(|d| (head.bytes().filter(|b| b == *d).count(), **d == b','))
            .unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            // The text tables of O*NET have quotation marks inside cells that mean themselves.
            .quoting(delimiter != b'\t')
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for (n, row) in reader.records().enumerate() {
            rows.push(row.map_err(|e| ImportError::Syntax {
                file: file.name.clone(),
                fault: format!("row {}: {e}", n + 1),
            })?);
        }
        let head = if rows.is_empty() {
            csv::StringRecord::new()
        } else {
            rows.remove(0)
        };
        let mut columns = HashMap::new();
        for (n, name) in head.iter().enumerate() {
            columns.entry(key(name)).or_insert(n);
        }
        Ok(Table {
            file: &file.name,
            columns,
            rows,
        })
    }

    /// The file that it was read from.
    pub fn file(&self) -> &'f str {
        self.file
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(&key(column))
    }

    /// Refuses a table that lacks one of these columns.
    pub fn need(&self, columns: &[&str]) -> Result<(), ImportError> {
        match columns.iter().find(|c| !self.has(c)) {
            None => Ok(()),
            Some(lacking) => Err(ImportError::Column {
                file: self.file.to_owned(),
                field: (*lacking).to_owned(),
            }),
        }
    }

    /// The rows that are not blank.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty()))
            .map(|(n, cells)| Row {
                table: self,
                number: n + 2,
                cells,
            })
    }
}

impl<'t> Row<'t> {
    /// The cell of a column; empty where the row or the table has none.
    pub fn get(&self, column: &str) -> &'t str {
        let place = self.table.columns.get(&key(column));
        place.and_then(|p| self.cells.get(*p)).unwrap_or_default().trim()
    }

    /// The cell of a column that must hold something.
    pub fn need(&self, column: &str) -> Result<&'t str, ImportError> {
        match self.get(column) {
            "" => Err(self.fault(column, "is empty")),
            text => Ok(text),
        }
    }

    pub fn fault(&self, column: &str, fault: impl Into<String>) -> ImportError {
        ImportError::Field {
            file: self.table.file.to_owned(),
            row: self.number,
            field: column.to_owned(),
            fault: fault.into(),
        }
    }
}
