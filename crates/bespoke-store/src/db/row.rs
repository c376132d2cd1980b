//! A row of either database, read by the names of its columns.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{ColumnIndex, Row as _, TypeInfo, ValueRef};

/// A row.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Row::Sqlite(row)
    }
}

impl From<PgRow> for Row {
    fn from(row: PgRow) -> Self {
        Row::Postgres(row)
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Text,
    Int,
    Bytes,
    Other,
}

impl Row {
    /// The value of a column, by name or place.
    ///
    /// # Errors
    /// There is no such column, or its value is of another kind; it is null and `T` no `Option`.
    pub(crate) fn try_get<'r, T, I>(&'r self, column: I) -> Result<T, sqlx::Error>
    where
        T: Get<'r>,
        I: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        T::get(self, self.place(column)?)
    }

    /// What the value of a column is.
    ///
    /// # Errors
    /// There is no such column.
    pub(crate) fn kind<I>(&self, column: I) -> Result<Kind, sqlx::Error>
    where
        I: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        let at = self.place(column)?;
        let (is_null, name) = match self {
            Row::Sqlite(row) => {
                let value = row.try_get_raw(at)?;
                (value.is_null(), value.type_info().name().to_owned())
            }
            Row::Postgres(row) => {
                let value = row.try_get_raw(at)?;
                (value.is_null(), value.type_info().name().to_owned())
            }
        };
        Ok(match (is_null, name.as_str()) {
            (true, _) => Kind::Null,
            (_, "TEXT" | "VARCHAR") => Kind::Text,
            (_, "INTEGER" | "INT8" | "INT4") => Kind::Int,
            (_, "BLOB" | "BYTEA") => Kind::Bytes,
            _ => Kind::Other,
        })
    }

    fn place<I>(&self, column: I) -> Result<usize, sqlx::Error>
    where
        I: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        match self {
            Row::Sqlite(row) => column.index(row),
            Row::Postgres(row) => column.index(row),
        }
    }
}

/// What a column can be read as.
pub(crate) trait Get<'r>: Sized {
    /// The value at a place, or why there is none of this type.
    fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error>;
}

fn present<T>(value: Option<T>, at: usize) -> Result<T, sqlx::Error> {
    value.ok_or_else(|| sqlx::Error::ColumnDecode {
        index: at.to_string(),
        source: Box::new(sqlx::error::UnexpectedNullError),
    })
}

/// Types that both databases know.
macro_rules! get_alike {
    ($($type:ty),*) => {$(
        impl<'r> Get<'r> for Option<$type> {
            fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error> {
                match row {
                    Row::Sqlite(row) => row.try_get(at),
                    Row::Postgres(row) => row.try_get(at),
                }
            }
        }

        impl<'r> Get<'r> for $type {
            fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error> {
                present(Option::<$type>::get(row, at)?, at)
            }
        }
    )*};
}

get_alike!(String, &'r str, Vec<u8>, &'r [u8]);

impl<'r> Get<'r> for Option<i64> {
    fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error> {
        match row {
            Row::Sqlite(row) => row.try_get(at),
            // A comparison gives BOOL, a number in the text of a statement INT4.
            Row::Postgres(row) => match row.try_get_raw(at)?.type_info().name() {
                "BOOL" => Ok(row.try_get::<Option<bool>, _>(at)?.map(i64::from)),
                "INT4" => Ok(row.try_get::<Option<i32>, _>(at)?.map(i64::from)),
                _ => row.try_get(at),
            },
        }
    }
}

/// Types that are kept as a number.
macro_rules! get_by_number {
    ($($type:ty => $of:expr),*) => {$(
        impl<'r> Get<'r> for Option<$type> {
            fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error> {
                Option::<i64>::get(row, at)?.map($of).transpose()
            }
        }

        impl<'r> Get<'r> for $type {
            fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error> {
                present(Option::<$type>::get(row, at)?, at)
            }
        }
    )*};
}

impl<'r> Get<'r> for i64 {
    fn get(row: &'r Row, at: usize) -> Result<Self, sqlx::Error> {
        present(Option::<i64>::get(row, at)?, at)
    }
}

get_by_number!(
    bool => |n| Ok(n != 0),
    u32 => |n| u32::try_from(n).map_err(|error| sqlx::Error::Decode(Box::new(error)))
);
