//! The one writer of SQLite, with group commit: writers take turns on one connection, each in a savepoint of a
//! transaction that all of them share, and one commit puts all on disk.
//!
//! Whoever is done and has others waiting behind does not commit, but lets them write first and waits for its own place
//! at the end of the queue; whoever comes to that place first commits for all. So nobody waits for a timer, a writer alone
//! commits at once, and the busier it is the fewer waits for the disk there are (DeWitt et al., 1984). Nobody is told
//! that a write is kept before it is on disk; where the commit fails, all who share it are told so.

use super::fault::{Trouble, trouble};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, SqliteConnection};
use std::fmt;
use std::io::ErrorKind;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// Who comes to a transaction that has been open for longer begins another.
const LONGEST: Duration = Duration::from_millis(20);

/// The writer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Writer(Arc<Shared>);

struct Shared {
    pool: SqlitePool,
    group: Arc<Mutex<Group>>,
    /// How many wait for their turn: a hint, never a promise.
    waiting: AtomicUsize,
    #[cfg(test)]
    commits: AtomicUsize,
}

/// What has been written and is not on disk yet.
#[derive(Default)]
struct Group {
    open: Option<(PoolConnection<Sqlite>, Instant)>,
    members: Vec<oneshot::Sender<Result<(), Arc<sqlx::Error>>>>,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

/// One who waits, counted until it is dropped.
struct Waiting<'w>(&'w AtomicUsize);

impl<'w> Waiting<'w> {
    fn new(count: &'w AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Waiting(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Writer {
    /// Over a pool of one connection.
    pub(crate) fn new(pool: SqlitePool) -> Writer {
        Writer(Arc::new(Shared {
            pool,
            group: Arc::default(),
            waiting: AtomicUsize::new(0),
            #[cfg(test)]
            commits: AtomicUsize::new(0),
        }))
    }

    async fn next(&self) -> OwnedMutexGuard<Group> {
        let _waiting = Waiting::new(&self.0.waiting);
        Arc::clone(&self.0.group).lock_owned().await
    }

    /// Waits for a turn and takes it.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn begin(&self) -> Result<Turn, sqlx::Error> {
        let mut group = self.next().await;
        if group.open.as_ref().is_some_and(|(_, since)| since.elapsed() > LONGEST) {
            self.commit(&mut group).await;
        }
        let (conn, since, sql) = match group.open.take() {
            Some((conn, since)) => (conn, since, "SAVEPOINT turn"),
            None => (
                self.0.pool.acquire().await?,
                Instant::now(),
                "BEGIN IMMEDIATE; SAVEPOINT turn",
            ),
        };
        let mut turn = Turn {
            writer: self.clone(),
            held: Some(Held {
                conn,
                since,
                group,
                trouble: None,
            }),
        };
        sqlx::raw_sql(sql).execute(&mut *turn).await?;
        Ok(turn)
    }

    /// The connection alone, with no transaction open on it.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn alone(&self) -> Result<Alone, sqlx::Error> {
        let mut group = self.next().await;
        self.commit(&mut group).await;
        Ok(Alone {
            conn: self.0.pool.acquire().await?,
            _group: group,
        })
    }

    pub(crate) async fn close(&self) {
        let mut group = self.next().await;
        self.commit(&mut group).await;
        self.0.pool.close().await;
    }

    /// Puts on disk what is open, and tells all who wait for that.
    async fn commit(&self, group: &mut Group) {
        if let Some((conn, _)) = group.open.take() {
            let done = self.end(conn, "COMMIT").await;
            group.tell(done.map_err(Arc::new));
        }
    }

    /// Ends the transaction of a connection. One that fails is closed, which undoes what it has not put on disk.
    async fn end(&self, mut conn: PoolConnection<Sqlite>, sql: &'static str) -> Result<(), sqlx::Error> {
        #[cfg(test)]
        self.0.commits.fetch_add(1, Ordering::Relaxed);
        let done = sqlx::raw_sql(sql).execute(&mut *conn).await;
        if done.is_err() {
            conn.close_on_drop();
        }
        done.map(|_| ())
    }
}

impl Group {
    fn tell(&mut self, done: Result<(), Arc<sqlx::Error>>) {
        for member in self.members.drain(..) {
            // Who has gone away need not be told.
            let _ = member.send(done.clone());
        }
    }
}

/// The connection while nobody writes.
pub(crate) struct Alone {
    conn: PoolConnection<Sqlite>,
    _group: OwnedMutexGuard<Group>,
}

impl Deref for Alone {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.conn
    }
}

impl DerefMut for Alone {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.conn
    }
}

/// A turn to write; what it wrote is undone where it is dropped.
pub(crate) struct Turn {
    writer: Writer,
    /// There until the turn ends.
    held: Option<Held>,
}

struct Held {
    conn: PoolConnection<Sqlite>,
    since: Instant,
    group: OwnedMutexGuard<Group>,
    /// What the last statement that failed met with.
    trouble: Option<Trouble>,
}

impl Held {
    /// Lets the next one write in the same transaction.
    fn pass_on(self) {
        let Held {
            conn, since, mut group, ..
        } = self;
        group.open = Some((conn, since));
    }
}

const HELD: &str = "a turn holds its connection until it ends";

impl Deref for Turn {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.held.as_ref().expect(HELD).conn
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.held.as_mut().expect(HELD).conn
    }
}

impl Turn {
    /// Passes on what a statement gave; who is undone by its failure is told why.
    pub(super) fn noted<T>(&mut self, done: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
        if let (Err(error), Some(held)) = (&done, &mut self.held) {
            held.trouble = trouble(error);
        }
        done
    }

    /// Ends the turn; on disk when it returns, alone or with others. Goes through even where the caller goes away.
    ///
    /// # Errors
    /// The database fails: nothing of the turn is kept.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        let (writer, held) = (self.writer.clone(), self.held.take().expect(HELD));
        let ended = tokio::spawn(async move { writer.finish(held).await });
        ended.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut held) = self.held.take() else { return };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                let writer = self.writer.clone();
                runtime.spawn(async move { writer.undo(held).await });
            }
            // Closing undoes all that is open.
            Err(_) => {
                held.conn.close_on_drop();
                held.group.tell(Err(Arc::new(sqlx::Error::WorkerCrashed)));
            }
        }
    }
}

impl Writer {
    /// Ends a turn: commits where nobody waits, or when all who wait have had theirs.
    async fn finish(&self, mut held: Held) -> Result<(), sqlx::Error> {
        if self.0.waiting.load(Ordering::Relaxed) == 0 {
            let Held { conn, mut group, .. } = held;
            let done = self.end(conn, "RELEASE turn; COMMIT").await.map_err(Arc::new);
            group.tell(done.clone());
            return done.map_err(shared);
        }
        if let Err(error) = sqlx::raw_sql("RELEASE turn").execute(&mut *held.conn).await {
            self.undo(held).await;
            return Err(error);
        }
        let (tell, mut told) = oneshot::channel();
        held.group.members.push(tell);
        held.pass_on();
        // Behind all who wait now, unless one of them is told to commit before.
        let done = tokio::select! {
            biased;
            done = &mut told => done,
            mut group = self.next() => {
                self.commit(&mut group).await;
                drop(group);
                told.await
            }
        };
        done.unwrap_or_else(|_| Err(Arc::new(sqlx::Error::WorkerCrashed)))
            .map_err(shared)
    }

    /// Undoes a turn and leaves what others wrote before it. Where SQLite has undone the whole transaction by itself, as
    /// on a full disk, they are told.
    async fn undo(&self, mut held: Held) {
        let undone = sqlx::raw_sql("ROLLBACK TO turn; RELEASE turn")
            .execute(&mut *held.conn)
            .await;
        match undone {
            Ok(_) if held.group.members.is_empty() => {
                // Nothing is lost where this fails: the connection is closed.
                let _ = self.end(held.conn, "ROLLBACK").await;
            }
            Ok(_) => held.pass_on(),
            Err(error) => {
                let kind = kind(held.trouble.or(trouble(&error)));
                held.conn.close_on_drop();
                let lost = std::io::Error::new(kind, error);
                held.group.tell(Err(Arc::new(sqlx::Error::Io(lost))));
            }
        }
    }
}

/// A full disk, or what may go better another time.
fn kind(trouble: Option<Trouble>) -> ErrorKind {
    match trouble {
        Some(Trouble::Full) => ErrorKind::StorageFull,
        _ => ErrorKind::Other,
    }
}

/// The error of a commit, for one of all who shared it.
fn shared(error: Arc<sqlx::Error>) -> sqlx::Error {
    Arc::try_unwrap(error).unwrap_or_else(|error| {
        let kind = match &*error {
            sqlx::Error::Io(io) => io.kind(),
            other => kind(trouble(other)),
        };
        sqlx::Error::Io(std::io::Error::new(kind, error))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
    use std::path::Path;

    async fn writer(folder: &Path) -> Writer {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("test.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options);
        let writer = Writer::new(pool.await.expect("opened"));
        let mut conn = writer.alone().await.expect("alone");
        let made = sqlx::raw_sql("CREATE TABLE notes (n INTEGER PRIMARY KEY, text BLOB)");
        made.execute(&mut *conn).await.expect("made");
        drop(conn);
        writer
    }

    async fn put(turn: &mut Turn, n: i64, bytes: usize) -> Result<(), sqlx::Error> {
        let put = sqlx::query("INSERT INTO notes VALUES (?, ?)")
            .bind(n)
            .bind(vec![b'a'; bytes]);
        let done = put.execute(&mut **turn).await;
        turn.noted(done).map(|_| ())
    }

    async fn write(writer: Writer, n: i64, bytes: usize) -> Result<(), sqlx::Error> {
        let mut turn = writer.begin().await?;
        put(&mut turn, n, bytes).await?;
        turn.commit().await
    }

    /// What another connection sees, which is what is committed.
    async fn kept(folder: &Path) -> Vec<i64> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("test.db"))
            .read_only(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.expect("opened");
        let rows = sqlx::query_scalar("SELECT n FROM notes ORDER BY n")
            .fetch_all(&pool)
            .await;
        pool.close().await;
        rows.expect("read")
    }

    #[tokio::test]
    async fn many_share_a_commit_and_each_is_kept_when_it_is_told_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = writer(folder.path()).await;
        let before = writer.0.commits.load(Ordering::Relaxed);
        let tasks: Vec<_> = (0..200).map(|n| tokio::spawn(write(writer.clone(), n, 10))).collect();
        for (n, task) in tasks.into_iter().enumerate() {
            task.await.expect("ran").expect("written");
            if n % 50 == 0 {
                assert!(kept(folder.path()).await.contains(&(n as i64)));
            }
        }
        assert_eq!(kept(folder.path()).await.len(), 200);
        let commits = writer.0.commits.load(Ordering::Relaxed) - before;
        assert!((1..=100).contains(&commits), "{commits} commits for 200 writes");
    }

    #[tokio::test]
    async fn one_alone_does_not_wait_for_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = writer(folder.path()).await;
        for n in 0..5 {
            write(writer.clone(), n, 10).await.expect("written");
        }
        assert_eq!(kept(folder.path()).await, [0, 1, 2, 3, 4]);
        assert_eq!(writer.0.commits.load(Ordering::Relaxed), 5);
    }

    #[tokio::test]
    async fn what_one_undoes_or_leaves_is_no_matter_to_the_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = writer(folder.path()).await;
        let tasks: Vec<_> = (0..120)
            .map(|n| {
                let writer = writer.clone();
                tokio::spawn(async move {
                    match n % 4 {
                        // Is undone.
                        0 => {
                            let mut turn = writer.begin().await?;
                            put(&mut turn, n, 10).await
                        }
                        // Fails: there is such a row.
                        1 => {
                            let mut turn = writer.begin().await?;
                            put(&mut turn, n, 10).await?;
                            put(&mut turn, n, 10).await
                        }
                        _ => write(writer, n, 10).await,
                    }
                })
            })
            .collect();
        // Some go away while they wait, write, or commit.
        for (n, task) in tasks.iter().enumerate() {
            if n % 4 == 3 {
                tokio::time::sleep(Duration::from_micros(n as u64 * 7 % 90)).await;
                task.abort();
            }
        }
        for (n, task) in tasks.into_iter().enumerate() {
            match (n % 4, task.await) {
                (1, done) => assert!(done.expect("ran").is_err()),
                (3, _) => {}
                (_, done) => done.expect("ran").expect("done"),
            }
        }
        write(writer.clone(), 1000, 10).await.expect("goes on");
        let kept = kept(folder.path()).await;
        assert!((0..120).filter(|n| n % 4 == 2).all(|n| kept.contains(&n)), "{kept:?}");
        assert!(kept.iter().all(|n| n % 4 > 1 || *n == 1000), "{kept:?}");
    }

    #[tokio::test]
    async fn where_the_disk_is_full_nobody_is_told_that_it_is_kept_and_it_goes_on_after() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = writer(folder.path()).await;
        let mut conn = writer.alone().await.expect("alone");
        sqlx::raw_sql("PRAGMA max_page_count = 60")
            .execute(&mut *conn)
            .await
            .expect("bounded");
        drop(conn);
        let tasks: Vec<_> = (0..40)
            .map(|n| tokio::spawn(write(writer.clone(), n, 20_000)))
            .collect();
        let (mut written, mut full) = (Vec::new(), 0);
        for (n, task) in tasks.into_iter().enumerate() {
            match task.await.expect("ran") {
                Ok(()) => written.push(n as i64),
                Err(error) => {
                    // Those too who wrote before, and lost it by that.
                    assert_eq!(trouble(&error), Some(Trouble::Full), "{error:?}");
                    full += 1;
                }
            }
        }
        assert!(full > 0);
        assert_eq!(kept(folder.path()).await, written);
        // The bound went with the connection that failed, or it is still there and a small one fits.
        write(writer.clone(), 1000, 10).await.expect("goes on");
        assert!(kept(folder.path()).await.contains(&1000));
    }
}
