//! What tables there are, as the database itself tells.

use super::row::Kind;
use super::{Conn, On, Pool, query};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) table: String,
    pub(crate) name: String,
    /// What its values are where they are not null.
    pub(crate) kind: Kind,
}

const SQLITE: &str = "SELECT m.name AS table_name, c.name AS column_name, lower(c.type) AS type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_sqlx\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";

const POSTGRES: &str = "SELECT table_name::TEXT AS table_name, column_name::TEXT AS column_name, data_type::TEXT AS type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx\\_%' ORDER BY table_name COLLATE \"C\", ordinal_position";

/// Every column of the product's tables, by the name of the table, in the order of the table.
pub(crate) async fn columns<'c>(on: impl Into<On<'c>>) -> Result<Vec<Column>, sqlx::Error> {
    let on = on.into();
    let sql = match &on {
        On::Pool(Pool::Sqlite(_) | Pool::SqliteWriter(_)) | On::Conn(Conn::Sqlite(_)) => SQLITE,
        On::Pool(Pool::Postgres(_)) | On::Conn(Conn::Postgres(_)) => POSTGRES,
    };
    let rows = query(sql).fetch_all(on).await?;
    rows.iter()
        .map(|row| {
            Ok(Column {
                table: row.try_get("table_name")?,
                name: row.try_get("column_name")?,
                kind: match row.try_get("type")? {
                    "blob" | "bytea" => Kind::Bytes,
                    "integer" | "bigint" => Kind::Int,
                    _ => Kind::Text,
                },
            })
        })
        .collect()
}
