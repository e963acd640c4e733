//! Opening a database, SQLite or PostgreSQL, with the settings that keep what was acknowledged.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::files::{Bucket, Files, FilesError};
use crate::migration::Migrator;
use crate::{Result, WriteTx};

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    reads: DatabaseConnection,
    writes: DatabaseConnection,
    files: Option<Arc<Place>>,
}

/// A place for files, opened when it is first used.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    bucket: Option<Bucket>,
    open: OnceLock<Files>,
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://PATH` or `postgres://…`.
    pub url: String,
    /// Largest SQLite file in pages of 4 KiB; `None` for as much as the disk holds.
    pub max_pages: Option<u32>,
    /// Folder for the files of evidence; without one, none can be kept.
    pub files: Option<PathBuf>,
    /// Where whole files go instead of that folder, which then holds only what is on its way.
    pub bucket: Option<Bucket>,
}

impl Options {
    /// By address, without further limits.
    pub fn url(url: impl Into<String>) -> Self {
        Self { url: url.into(), max_pages: None, files: None, bucket: None }
    }

    /// The embedded database in a data folder.
    pub fn embedded(data: &Path) -> Self {
        Self::url(format!("sqlite://{}", Self::embedded_file(data).display())).files_in(data)
    }

    /// The file of that database.
    pub fn embedded_file(data: &Path) -> std::path::PathBuf {
        data.join("bening.db")
    }

    /// The same with the files of evidence in a data folder.
    pub fn files_in(self, data: &Path) -> Self {
        Self { files: Some(data.join("berkas")), ..self }
    }

    /// The same with whole files in a bucket, if there is one.
    pub fn in_bucket(self, bucket: Option<Bucket>) -> Self {
        Self { bucket, ..self }
    }
}

/// What `bening doctor` asks the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// "SQLite" or "PostgreSQL" with its version.
    pub engine: String,
    /// Migrations applied.
    pub migrations: usize,
}

impl Store {
    /// Opens a database and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached or a migration fails.
    pub async fn open(options: Options) -> Result<Self> {
        let store = if options.url.starts_with("postgres") {
            Self::postgres(&options.url).await?
        } else {
            Self::sqlite(&options).await?
        };
        Migrator::up(&store.writes, None).await?;
        let bucket = options.bucket;
        let place = |folder| Arc::new(Place { folder, bucket, open: OnceLock::new() });
        Ok(Self { files: options.files.map(place), ..store })
    }

    async fn postgres(url: &str) -> Result<Self> {
        let mut connect = ConnectOptions::new(url);
        connect.max_connections(12).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
        let pool = Database::connect(connect).await?;
        Ok(Self { reads: pool.clone(), writes: pool, files: None })
    }

    /// One connection writes, several read: SQLite has one writer at a time, and queueing for it here is
    /// orderly where queueing inside SQLite is not.
    async fn sqlite(options: &Options) -> Result<Self> {
        let max_pages = options.max_pages;
        let writes = Database::connect(sqlite_options(&options.url, 1, move |connect| {
            let connect = connect.create_if_missing(true).pragma("synchronous", "FULL");
            // What is deleted is overwritten: reports of whistleblowers are meant to be gone.
            let connect = connect.pragma("secure_delete", "ON");
            match max_pages {
                Some(pages) => connect.pragma("max_page_count", pages.to_string()),
                None => connect,
            }
        }))
        .await?;
        let reads =
            Database::connect(sqlite_options(&options.url, 4, |connect| connect.pragma("query_only", "ON")))
                .await?;
        Ok(Self { reads, writes, files: None })
    }

    /// Begins a write; nothing is kept until it is committed with an audit entry.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn begin(&self) -> Result<WriteTx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(WriteTx::new(self.writes.begin_with_options(options).await?))
    }

    /// Where the files of evidence are.
    ///
    /// # Errors
    /// When no place was named for them, or it cannot be made.
    pub fn files(&self) -> Result<&Files> {
        let place = self.files.as_ref().ok_or(FilesError::NoPlace)?;
        match place.open.get() {
            Some(files) => Ok(files),
            None => {
                let files = match &place.bucket {
                    Some(bucket) => Files::bucket(bucket, &place.folder)?,
                    None => Files::local(&place.folder)?,
                };
                Ok(place.open.get_or_init(|| files))
            }
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.reads.ping().await?)
    }

    /// Which engine this is and how far its tables are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn health(&self) -> Result<Health> {
        let (name, query) = match self.reads.get_database_backend() {
            DbBackend::Postgres => ("PostgreSQL", "select current_setting('server_version')"),
            _ => ("SQLite", "select sqlite_version()"),
        };
        let row = self.reads.query_one_raw(sea_orm::Statement::from_string(self.backend(), query)).await?;
        let version: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        let migrations = Migrator::get_applied_migrations(&self.writes).await?.len();
        Ok(Health { engine: format!("{name} {version}"), migrations })
    }

    /// Closes all connections, so that SQLite folds its journal into the file.
    ///
    /// # Errors
    /// When a connection cannot be closed in order.
    pub async fn close(self) -> Result<()> {
        self.reads.close().await?;
        Ok(self.writes.close().await?)
    }

    pub(crate) fn reads(&self) -> &DatabaseConnection {
        &self.reads
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.reads.get_database_backend()
    }
}

type SqliteConnect = sea_orm::sqlx::sqlite::SqliteConnectOptions;

fn sqlite_options(
    url: &str,
    connections: u32,
    further: impl Fn(SqliteConnect) -> SqliteConnect + Send + Sync + 'static,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1).sqlx_logging(false);
    options.acquire_timeout(Duration::from_secs(30));
    options.map_sqlx_sqlite_opts(move |connect| {
        let connect = connect
            .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        further(connect)
    });
    options
}
