//! Looking after the database: examining everything that is in it, and copying it while it is in use.

use super::Store;
use super::keys::SYSTEM;
use crate::StoreError;
use crate::crypto::Cell;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Column, Row, TypeInfo, ValueRef};
use std::path::Path;
use uuid::Uuid;

/// Something in the database that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Table, or `database` for the file as a whole.
    pub table: String,
    /// Id of the row, where one is at fault.
    pub row: Option<String>,
    /// What is wrong.
    pub what: String,
}

/// What an examination found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// Rows that were read.
    pub rows: u64,
    /// Sealed values that were opened.
    pub opened: u64,
    /// What is wrong; empty where all is well.
    pub faults: Vec<Fault>,
}

impl Examination {
    fn blame(&mut self, table: &str, row: Option<&str>, what: impl ToString) {
        self.faults.push(Fault {
            table: table.to_owned(),
            row: row.map(str::to_owned),
            what: what.to_string(),
        });
    }
}

/// A table as the schema describes it.
struct Table {
    /// Lives as long as the process: a sealed value is bound to it.
    name: &'static str,
    columns: Vec<&'static str>,
}

impl Table {
    fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    /// The column that names a row.
    fn id(&self) -> Option<&'static str> {
        ["id", "owner", "workspace_id", "resume_id", "name"]
            .into_iter()
            .find(|column| self.has(column))
    }

    /// SQL for whose key seals a row.
    fn owner(&self) -> Option<String> {
        match (self.name, self.has("workspace_id"), self.has("resume_id")) {
            ("secrets", _, _) => Some(format!("'{SYSTEM}'")),
            (_, true, _) => Some("workspace_id".to_owned()),
            (_, false, true) => Some("(SELECT workspace_id FROM resumes r WHERE r.id = resume_id)".to_owned()),
            (_, false, false) => None,
        }
    }
}

/// Whether bytes in this column are a hash or a wrapped key, not a sealed value.
fn is_unsealed(column: &str) -> bool {
    column.ends_with("hash") || column.ends_with("index") || matches!(column, "visitor" | "wrapped")
}

impl Store {
    /// Reads everything: the structure of the file, every reference, every key, every sealed value, every id and time.
    /// A changed byte in what a person wrote or uploaded never passes, as it is sealed.
    ///
    /// # Errors
    /// The database cannot be read at all; whatever can be named is a [`Fault`] instead.
    pub async fn examine(&self) -> Result<Examination, StoreError> {
        let mut found = Examination::default();
        for (pragma, sound) in [("integrity_check(1000)", Some("ok")), ("foreign_key_check", None)] {
            match sqlx::query(AssertSqlSafe(format!("PRAGMA {pragma}")))
                .fetch_all(&self.readers)
                .await
            {
                Ok(rows) => {
                    for row in rows {
                        let says: String = row.try_get(0)?;
                        match sound {
                            Some(sound) if says == sound => {}
                            Some(_) => found.blame("database", None, says),
                            None => found.blame(&says, None, "a row refers to one that is not there"),
                        }
                    }
                }
                Err(error) => found.blame("database", None, error),
            }
        }
        for table in self.tables().await? {
            if let Err(error) = self.examine_table(&table, &mut found).await {
                found.blame(table.name, None, error);
            }
        }
        Ok(found)
    }

    async fn tables(&self) -> Result<Vec<Table>, StoreError> {
        let rows = sqlx::query("SELECT m.name AS name, c.name AS column FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx_%' ORDER BY m.name, c.cid")
            .fetch_all(&self.readers)
            .await?;
        // A handful of names, once for each examination.
        let fixed = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let mut tables: Vec<Table> = Vec::new();
        for row in rows {
            let (name, column): (String, String) = (row.try_get("name")?, row.try_get("column")?);
            match tables.last_mut() {
                Some(table) if table.name == name => table.columns.push(fixed(column)),
                _ => tables.push(Table {
                    name: fixed(name),
                    columns: vec![fixed(column)],
                }),
            }
        }
        Ok(tables)
    }

    async fn examine_table(&self, table: &Table, found: &mut Examination) -> Result<(), StoreError> {
        let owner = table.owner().unwrap_or_else(|| "NULL".to_owned());
        let count: i64 = sqlx::query(AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM \"{}\"", table.name)))
            .fetch_one(&self.readers)
            .await?
            .try_get("n")?;
        // Row by row, so that one that cannot be read does not hide the others, and memory stays small.
        for at in 0..count {
            let query = format!(
                "SELECT *, {owner} AS sealed_by FROM \"{}\" ORDER BY 1 LIMIT 1 OFFSET {at}",
                table.name
            );
            match sqlx::query(AssertSqlSafe(query)).fetch_optional(&self.readers).await {
                Ok(Some(row)) => self.examine_row(table, &row, found).await,
                Ok(None) => break,
                Err(error) => found.blame(table.name, None, error),
            }
        }
        Ok(())
    }

    async fn examine_row(&self, table: &Table, row: &SqliteRow, found: &mut Examination) {
        found.rows += 1;
        let id: Option<String> = table.id().and_then(|column| row.try_get(column).ok());
        let id = id.as_deref();
        let sealed_by: Option<String> = row.try_get("sealed_by").ok().flatten();
        for column in row.columns().iter().take(table.columns.len()) {
            let at = column.ordinal();
            let Ok(value) = row.try_get_raw(at) else { continue };
            let (is_null, kind) = (value.is_null(), value.type_info().name().to_owned());
            let Some(name) = table.columns.get(at).copied().filter(|_| !is_null) else {
                continue;
            };
            match kind.as_str() {
                "TEXT" => match row.try_get::<String, _>(at) {
                    Ok(text) if is_sound(table.name, name, &text) => {}
                    Ok(_) => found.blame(table.name, id, format!("{name} is not what it should be")),
                    Err(error) => found.blame(table.name, id, format!("{name}: {error}")),
                },
                "BLOB" if !is_unsealed(name) => {
                    let (Some(owner), Some(id)) = (sealed_by.as_deref(), id) else {
                        found.blame(table.name, id, format!("{name} has no owner"));
                        continue;
                    };
                    match self.open_cell(table.name, name, owner, id, row, at).await {
                        Ok(()) => found.opened += 1,
                        Err(error) => found.blame(table.name, Some(id), error),
                    }
                }
                _ => {}
            }
        }
        if table.name == "keys"
            && let Some(owner) = id
            && let Err(error) = self.person_key(owner).await
        {
            found.blame(table.name, id, error);
        }
    }

    async fn open_cell(
        &self,
        table: &'static str,
        column: &'static str,
        owner: &str,
        id: &str,
        row: &SqliteRow,
        at: usize,
    ) -> Result<(), StoreError> {
        let key = self.person_key(owner).await?;
        let cell = Cell { table, column, row: id };
        key.open(cell, row.try_get(at)?)?;
        Ok(())
    }

    /// Writes a copy of the database as it is at one moment, while others go on reading and writing. What is sealed
    /// stays sealed; the master key is not in it.
    ///
    /// # Errors
    /// The file exists or cannot be written; the database fails.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        sqlx::query("VACUUM INTO ?")
            .bind(file.to_string_lossy().into_owned())
            .execute(&self.readers)
            .await?;
        Ok(())
    }
}

/// Whether an id is a UUID and a time is one.
fn is_sound(table: &str, column: &str, text: &str) -> bool {
    let is_id = column == "id" || column.ends_with("_id");
    match (table, column) {
        // The id of a master key is a hash.
        (_, "master_id") => !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()),
        _ if is_id => Uuid::try_parse(text).is_ok(),
        _ if column.ends_with("_at") => text.parse::<jiff::Timestamp>().is_ok(),
        (_, "day") => text.parse::<jiff::civil::Date>().is_ok(),
        _ => true,
    }
}
