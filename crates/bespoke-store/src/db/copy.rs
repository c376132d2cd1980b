//! Copies all rows from one database into another of the same schema, whichever of the two each is.

use super::query::Value;
use super::row::{Kind, Row};
use super::{Column, Conn, columns, query};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

type Tables = BTreeMap<String, Vec<Column>>;

/// Copies every row; how many. What is in the other database before is deleted. One of the two must be SQLite.
///
/// # Errors
/// Either database fails; a row refers to one that is not there.
pub(crate) async fn copy(from: &mut Conn, to: &mut Conn) -> Result<u64, sqlx::Error> {
    let mut tables = Tables::new();
    for column in columns(&mut *to).await? {
        tables.entry(column.table.clone()).or_default().push(column);
    }
    // What was told lately is not worth keeping.
    tables.remove("events");
    let order = match from {
        Conn::Sqlite(_) => parents_first(from, &tables).await?,
        Conn::Postgres(_) => parents_first(to, &tables).await?,
    };
    for table in order.iter().rev() {
        query(AssertSqlSafe(format!("DELETE FROM \"{table}\"")))
            .execute(&mut *to)
            .await?;
    }
    let mut copied = 0;
    for table in &order {
        copied += copy_table(table, &tables[table], from, to).await?;
    }
    Ok(copied)
}

/// The tables so that each comes after those that it refers to; SQLite tells which those are.
async fn parents_first(sqlite: &mut Conn, tables: &Tables) -> Result<Vec<String>, sqlx::Error> {
    let mut parents: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for table in tables.keys() {
        let rows = query("SELECT \"table\" AS parent FROM pragma_foreign_key_list(?)")
            .bind(table)
            .fetch_all(&mut *sqlite)
            .await?;
        let named = rows.iter().map(|row| row.try_get::<String, _>("parent"));
        let mut named: BTreeSet<String> = named.collect::<Result<_, _>>()?;
        named.retain(|parent| parent != table && tables.contains_key(parent));
        parents.insert(table, named);
    }
    let mut order: Vec<String> = Vec::new();
    while order.len() < tables.len() {
        let next = parents
            .iter()
            .find(|(table, of)| !order.iter().any(|o| o == *table) && of.iter().all(|p| order.contains(p)));
        let Some((table, _)) = next else {
            return Err(sqlx::Error::Protocol(
                "the tables refer to one another in a circle".into(),
            ));
        };
        order.push((*table).to_owned());
    }
    Ok(order)
}

async fn copy_table(table: &str, columns: &[Column], from: &mut Conn, to: &mut Conn) -> Result<u64, sqlx::Error> {
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let names = names.join(", ");
    let places = vec!["?"; columns.len()].join(", ");
    let select = AssertSqlSafe(format!("SELECT {names} FROM \"{table}\""));
    let mut rows: BoxStream<'_, Result<Row, sqlx::Error>> = match from {
        Conn::Sqlite(tx) => sqlx::query(select).fetch(&mut **tx).map_ok(Row::from).boxed(),
        Conn::Postgres(tx) => sqlx::query(select).fetch(&mut **tx).map_ok(Row::from).boxed(),
    };
    let mut copied = 0;
    while let Some(row) = rows.try_next().await? {
        let mut insert = query(AssertSqlSafe(format!(
            "INSERT INTO \"{table}\" ({names}) VALUES ({places})"
        )));
        for (at, column) in columns.iter().enumerate() {
            insert = insert.bind(match column.kind {
                Kind::Bytes => Value::from(row.try_get::<Option<Vec<u8>>, _>(at)?),
                Kind::Int => Value::from(row.try_get::<Option<i64>, _>(at)?),
                _ => Value::from(row.try_get::<Option<String>, _>(at)?),
            });
        }
        insert.execute(&mut *to).await?;
        copied += 1;
    }
    Ok(copied)
}
