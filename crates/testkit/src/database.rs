//! An empty database for one test, on SQLite or PostgreSQL, gone when the test is over.
//! It is only a URL: tables are the store's business.

use std::future::Future;

use sea_orm::{ConnectionTrait, Database, DbErr};
use tempfile::TempDir;

use bening_store::files::Bucket;

use crate::surroundings;

/// The two databases Bening speaks to; every test of stored things runs on both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file, the default of a single office.
    Sqlite,
    /// A PostgreSQL server, for agencies that run one.
    Postgres,
}

/// An empty database that lives as long as this value.
#[derive(Debug)]
pub struct TestDatabase {
    backend: Backend,
    url: String,
    bucket: Option<Bucket>,
    _home: Home,
}

/// What has to disappear with the test.
#[derive(Debug)]
enum Home {
    Folder { _folder: TempDir },
    Cluster { _tenant: Tenant },
}

/// One database inside the cluster of `cargo xtask test`.
#[derive(Debug)]
struct Tenant {
    superuser_url: String,
    name: String,
}

impl TestDatabase {
    /// An empty database on the named backend.
    ///
    /// # Panics
    /// When the temporary folder cannot be made, or PostgreSQL is wanted and `cargo xtask test` has not started it.
    pub async fn on(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::sqlite(),
            Backend::Postgres => Self::postgres().await,
        }
    }

    /// An SQLite file, not made yet, in a folder of its own.
    ///
    /// # Panics
    /// When the temporary folder cannot be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = must(TempDir::with_prefix("bening-test-"), "make a temporary folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("bening.db").display());
        Self { backend: Backend::Sqlite, url, bucket: None, _home: Home::Folder { _folder: folder } }
    }

    /// A fresh database in the private PostgreSQL cluster.
    ///
    /// # Panics
    /// When `cargo xtask test` has not started the cluster, or the cluster refuses.
    pub async fn postgres() -> Self {
        let tenant = Tenant::new(surroundings::required(surroundings::POSTGRES));
        let created = run_sql(&tenant.superuser_url, &format!("CREATE DATABASE {}", tenant.name)).await;
        must(created, "create a PostgreSQL database for this test");
        let url = tenant.url();
        Self { backend: Backend::Postgres, url, bucket: None, _home: Home::Cluster { _tenant: tenant } }
    }

    /// An SQLite file whose files of evidence go to a bucket instead of a folder.
    ///
    /// # Panics
    /// When `cargo xtask test` has not started the S3 server.
    pub async fn with_bucket() -> Self {
        Self { bucket: Some(crate::bucket::fresh().await), ..Self::sqlite() }
    }

    /// Where the files of evidence go, when not to a folder.
    #[must_use]
    pub fn bucket(&self) -> Option<&Bucket> {
        self.bucket.as_ref()
    }

    /// Which of the two this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Runs SQL behind the store's back, as somebody with access to the database could.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn tamper(&self, sql: &str) {
        must(run_sql(&self.url, sql).await, "tamper with the database");
    }

    /// What `--database` and the store's `open` take.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Tenant {
    fn new(superuser_url: String) -> Self {
        Self { superuser_url, name: format!("bening_test_{}", fresh_id()) }
    }

    /// The superuser URL with the last path segment, the database, exchanged.
    fn url(&self) -> String {
        let server =
            self.superuser_url.rsplit_once('/').map_or(self.superuser_url.as_str(), |(server, _)| server);
        format!("{server}/{}", self.name)
    }
}

impl Drop for Tenant {
    /// Drops the database even when connections are still open. A failure is not the test's: the cluster is thrown
    /// away after the run anyway.
    fn drop(&mut self) {
        let (url, sql) =
            (self.superuser_url.clone(), format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        let dropped = std::thread::spawn(move || on_own_runtime(async { run_sql(&url, &sql).await })).join();
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("testkit: the database {} could not be dropped: {dropped:?}", self.name);
        }
    }
}

/// Runs one test body on one backend; what [`on_both!`](crate::on_both) calls.
pub fn run_on(backend: Backend, body: impl AsyncFnOnce(TestDatabase)) {
    on_own_runtime(async { body(TestDatabase::on(backend).await).await });
}

/// Turns one async test body into two tests, `NAME::sqlite` and `NAME::postgres`.
///
/// ```
/// # use bening_testkit::on_both;
/// on_both!(an_empty_database_has_a_url, async |db| {
///     assert!(!db.url().is_empty());
/// });
/// ```
#[macro_export]
macro_rules! on_both {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::database::run_on($crate::Backend::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                $crate::database::run_on($crate::Backend::Postgres, $body);
            }
        }
    };
}

/// Turns one async test body about files into three tests: `NAME::sqlite` and `NAME::postgres` with a folder for files,
/// and `NAME::bucket` with a bucket of an S3-compatible server.
#[macro_export]
macro_rules! on_both_and_bucket {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::database::run_on($crate::Backend::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                $crate::database::run_on($crate::Backend::Postgres, $body);
            }

            #[test]
            fn bucket() {
                $crate::database::run_with_bucket($body);
            }
        }
    };
}

/// Runs one test body with a bucket; what [`on_both_and_bucket!`](crate::on_both_and_bucket) calls.
pub fn run_with_bucket(body: impl AsyncFnOnce(TestDatabase)) {
    on_own_runtime(async { body(TestDatabase::with_bucket().await).await });
}

/// Two workers, so that a server under test and the test itself do not wait for each other.
fn on_own_runtime<F: Future>(body: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    must(runtime, "start an async runtime").block_on(body)
}

async fn run_sql(url: &str, sql: &str) -> Result<(), DbErr> {
    let connection = Database::connect(url).await?;
    connection.execute_unprepared(sql).await?;
    connection.close().await
}

/// Unique among all test processes that share a cluster.
#[expect(clippy::disallowed_methods, reason = "names of throw-away databases need not be repeatable")]
pub(crate) fn fresh_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// For the ground a test stands on: without it the test cannot say anything, so it fails.
fn must<T, E: std::fmt::Display>(result: Result<T, E>, what: &str) -> T {
    result.unwrap_or_else(|error| panic!("could not {what}: {error}"))
}
