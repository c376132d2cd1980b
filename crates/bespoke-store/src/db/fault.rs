//! What an error of either database means.

use sqlx::postgres::PgDatabaseError;

/// An error that the caller can do something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// There is no room on the disk.
    Full,
    /// What a row belongs to is gone.
    Orphan,
    /// Nobody answers, or others were in the way: nothing was written, and it may work later.
    Away,
}

/// What an error means, where it means one of these.
pub(crate) fn trouble(error: &sqlx::Error) -> Option<Trouble> {
    let told = match error {
        sqlx::Error::Database(told) => told,
        sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => return Some(Trouble::Full),
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            return Some(Trouble::Away);
        }
        _ => return None,
    };
    if told.is_foreign_key_violation() {
        return Some(Trouble::Orphan);
    }
    if let Some(postgres) = told.try_downcast_ref::<PgDatabaseError>() {
        return match postgres.code() {
            "53100" => Some(Trouble::Full),
            // Serialisation, deadlock, lock and statement timeouts, too many connections, shut down or starting.
            "40001" | "40P01" | "55P03" | "57014" | "53300" | "57P01" | "57P02" | "57P03" | "25P03" => {
                Some(Trouble::Away)
            }
            code if code.starts_with("08") => Some(Trouble::Away),
            _ => None,
        };
    }
    // SQLITE_FULL is 13, whatever stands in the higher bytes.
    let code = told.code()?.parse::<u32>().ok()?;
    (code & 0xff == 13).then_some(Trouble::Full)
}
