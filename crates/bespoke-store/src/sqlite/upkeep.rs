//! Looking after the database: examining everything that is in it, and copying it while it is in use.

use super::Store;
use super::keys::SYSTEM;
use crate::StoreError;
use crate::crypto::Cell;
use crate::db::{Kind, Pool, Row, columns, query, sqlite};
use sqlx::AssertSqlSafe;
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
            ("secrets" | "flows", _, _) => Some(format!("'{SYSTEM}'")),
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
        if let Pool::Sqlite(readers) = &self.readers {
            for pragma in [sqlite::Pragma::Structure, sqlite::Pragma::References] {
                match sqlite::check(readers, pragma).await {
                    Ok(faults) => faults
                        .into_iter()
                        .for_each(|(table, what)| found.blame(&table, None, what)),
                    Err(error) => found.blame("database", None, error),
                }
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
        // A handful of names, once for each examination.
        let fixed = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let mut tables: Vec<Table> = Vec::new();
        for column in columns(&self.readers).await? {
            match tables.last_mut() {
                Some(table) if table.name == column.table => table.columns.push(fixed(column.name)),
                _ => tables.push(Table {
                    name: fixed(column.table),
                    columns: vec![fixed(column.name)],
                }),
            }
        }
        Ok(tables)
    }

    async fn examine_table(&self, table: &Table, found: &mut Examination) -> Result<(), StoreError> {
        let owner = table.owner().unwrap_or_else(|| "NULL".to_owned());
        let count: i64 = query(AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM \"{}\"", table.name)))
            .fetch_one(&self.readers)
            .await?
            .try_get("n")?;
        // Row by row, so that one that cannot be read does not hide the others, and memory stays small.
        let order = if table.columns.len() > 1 { "1, 2" } else { "1" };
        for at in 0..count {
            let sql = format!(
                "SELECT *, {owner} AS sealed_by FROM \"{}\" ORDER BY {order} LIMIT 1 OFFSET {at}",
                table.name
            );
            match query(AssertSqlSafe(sql)).fetch_optional(&self.readers).await {
                Ok(Some(row)) => self.examine_row(table, &row, found).await,
                Ok(None) => break,
                Err(error) => found.blame(table.name, None, error),
            }
        }
        Ok(())
    }

    async fn examine_row(&self, table: &Table, row: &Row, found: &mut Examination) {
        found.rows += 1;
        let id: Option<String> = table.id().and_then(|column| row.try_get(column).ok());
        let id = id.as_deref();
        let sealed_by: Option<String> = row.try_get("sealed_by").ok().flatten();
        for (at, &name) in table.columns.iter().enumerate() {
            let Ok(kind) = row.kind(at) else { continue };
            match kind {
                Kind::Text => match row.try_get::<String, _>(at) {
                    Ok(text) if is_sound(table.name, name, &text) => {}
                    Ok(_) => found.blame(table.name, id, format!("{name} is not what it should be")),
                    Err(error) => found.blame(table.name, id, format!("{name}: {error}")),
                },
                Kind::Bytes if !is_unsealed(name) => {
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
        row: &Row,
        at: usize,
    ) -> Result<(), StoreError> {
        let key = self.person_key(owner).await?;
        let kept = row.try_get(at)?;
        if (table, column) == ("resumes", "original") {
            return self.open_original(&key, id, kept).await.map(|_| ());
        }
        key.open(Cell { table, column, row: id }, kept)?;
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
