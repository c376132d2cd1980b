//! A statement with its values, for either database.

use super::row::Row;
use super::{Conn, On, Pool};
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Postgres, SqlSafeStr, SqlStr, Sqlite};

/// A value to bind. Truth is kept as 0 or 1: SQLite has no other.
#[derive(Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

macro_rules! value_of {
    ($($type:ty => $kind:ident($make:expr)),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Value {
                Value::$kind(Some($make(value)))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Value {
                Value::$kind(value.map($make))
            }
        }
    )*};
}

value_of! {
    &str => Text(|v: &str| v.to_owned()),
    String => Text(|v| v),
    &String => Text(|v: &String| v.clone()),
    i64 => Int(|v| v),
    i32 => Int(i64::from),
    u32 => Int(i64::from),
    bool => Int(i64::from),
    Vec<u8> => Bytes(|v| v),
    &Vec<u8> => Bytes(|v: &Vec<u8>| v.clone()),
    &[u8] => Bytes(|v: &[u8]| v.to_vec()),
}

impl From<&Option<String>> for Value {
    fn from(value: &Option<String>) -> Value {
        Value::Text(value.clone())
    }
}

/// What a statement has changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done(u64);

impl Done {
    pub(crate) fn rows_affected(self) -> u64 {
        self.0
    }
}

/// A statement with the values of its `?` in their order.
pub(crate) struct Query {
    sql: SqlStr,
    values: Vec<Value>,
}

/// A statement: fixed text, or text put together of fixed parts (`AssertSqlSafe`).
pub(crate) fn query(sql: impl SqlSafeStr) -> Query {
    Query {
        sql: sql.into_sql_str(),
        values: Vec::new(),
    }
}

type SqliteQuery = sqlx::query::Query<'static, Sqlite, SqliteArguments>;
type PostgresQuery = sqlx::query::Query<'static, Postgres, PgArguments>;

macro_rules! run {
    ($query:expr, $on:expr, $method:ident) => {
        match $on.into() {
            On::Pool(Pool::Sqlite(pool)) => $query.sqlite().$method(pool).await.map(Into::into),
            On::Pool(Pool::SqliteWriter(writer)) => {
                let mut turn = writer.begin().await?;
                let done = $query.sqlite().$method(&mut *turn).await;
                let done = turn.noted(done)?;
                turn.commit().await?;
                Ok(done.into())
            }
            On::Pool(Pool::Postgres(pool)) => $query.postgres().$method(pool).await.map(Into::into),
            On::Conn(Conn::Sqlite(turn)) => {
                let done = $query.sqlite().$method(&mut **turn).await;
                turn.noted(done).map(Into::into)
            }
            On::Conn(Conn::Postgres(tx)) => $query.postgres().$method(&mut **tx).await.map(Into::into),
        }
    };
}

/// A statement of either database with its values.
macro_rules! bound {
    ($statement:expr, $values:expr) => {
        $values.into_iter().fold($statement, |statement, value| match value {
            Value::Text(text) => statement.bind(text),
            Value::Int(number) => statement.bind(number),
            Value::Bytes(bytes) => statement.bind(bytes),
        })
    };
}

impl Query {
    /// Binds the next `?`.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Query {
        self.values.push(value.into());
        self
    }

    pub(crate) async fn execute<'c>(self, on: impl Into<On<'c>>) -> Result<Done, sqlx::Error> {
        run!(self, on, execute)
    }

    pub(crate) async fn fetch_one<'c>(self, on: impl Into<On<'c>>) -> Result<Row, sqlx::Error> {
        run!(self, on, fetch_one)
    }

    pub(crate) async fn fetch_optional<'c>(self, on: impl Into<On<'c>>) -> Result<Option<Row>, sqlx::Error> {
        let found: Result<Found, sqlx::Error> = run!(self, on, fetch_optional);
        found.map(|found| found.0)
    }

    pub(crate) async fn fetch_all<'c>(self, on: impl Into<On<'c>>) -> Result<Vec<Row>, sqlx::Error> {
        let rows: Result<Rows, sqlx::Error> = run!(self, on, fetch_all);
        rows.map(|rows| rows.0)
    }

    fn sqlite(self) -> SqliteQuery {
        bound!(sqlx::query(self.sql), self.values)
    }

    fn postgres(self) -> PostgresQuery {
        bound!(sqlx::query(AssertSqlSafe(numbered(self.sql.as_str()))), self.values)
    }
}

/// `?` as PostgreSQL writes it: `$1`, `$2` … What stands in quotes stays.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let (mut count, mut quote) = (0u32, None);
    for letter in sql.chars() {
        match (letter, quote) {
            ('?', None) => {
                count += 1;
                out.push('$');
                out.push_str(&count.to_string());
                continue;
            }
            ('\'' | '"', None) => quote = Some(letter),
            (_, Some(open)) if open == letter => quote = None,
            _ => {}
        }
        out.push(letter);
    }
    out
}

struct Found(Option<Row>);

struct Rows(Vec<Row>);

impl<R: Into<Row>> From<Option<R>> for Found {
    fn from(found: Option<R>) -> Self {
        Found(found.map(Into::into))
    }
}

impl<R: Into<Row>> From<Vec<R>> for Rows {
    fn from(rows: Vec<R>) -> Self {
        Rows(rows.into_iter().map(Into::into).collect())
    }
}

impl From<sqlx::sqlite::SqliteQueryResult> for Done {
    fn from(done: sqlx::sqlite::SqliteQueryResult) -> Self {
        Done(done.rows_affected())
    }
}

impl From<sqlx::postgres::PgQueryResult> for Done {
    fn from(done: sqlx::postgres::PgQueryResult) -> Self {
        Done(done.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn every_place_is_numbered_but_none_in_quotes() {
        for (sql, expected) in [
            ("SELECT ? WHERE a = ?", "SELECT $1 WHERE a = $2"),
            ("SELECT '?', \"?\", ?", "SELECT '?', \"?\", $1"),
            ("SELECT 'it''s ?', ?", "SELECT 'it''s ?', $1"),
            ("SELECT 1", "SELECT 1"),
        ] {
            assert_eq!(numbered(sql), expected);
        }
    }
}
