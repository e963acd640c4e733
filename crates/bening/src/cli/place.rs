//! Where the data is: options that every command takes.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bening_core::unit::{Unit, UnitCode};
use bening_store::{Options, Store, unit};
use chrono_tz::Tz;

use super::bucket::BucketArgs;
use super::exit::NotFound;

/// Where the data is.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Place {
    /// Folder basis data bawaan (SQLite) dan berkas
    #[arg(long, global = true, value_name = "FOLDER", default_value = "bening-data", env = "BENING_DATA")]
    pub(crate) data: PathBuf,
    /// Basis data lain sebagai ganti yang bawaan, misalnya postgres://nama@server/bening
    #[arg(long, global = true, value_name = "URL", env = "BENING_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// Zona tempat hari bermula: Asia/Jakarta (WIB), Asia/Makassar (WITA), atau Asia/Jayapura (WIT)
    #[arg(long, global = true, value_name = "ZONA", default_value = "Asia/Jakarta", env = "BENING_ZONE")]
    pub(crate) zone: Tz,
    #[command(flatten)]
    pub(crate) bucket: BucketArgs,
}

impl Place {
    /// Opens the database, making the folder where it is missing.
    pub(crate) async fn open(&self) -> Result<Store> {
        let options = match &self.database {
            Some(url) => Options::url(url).files_in(&self.data),
            None => {
                std::fs::create_dir_all(&self.data)
                    .with_context(|| format!("folder data {} tidak dapat dibuat", self.data.display()))?;
                Options::embedded(&self.data)
            }
        };
        let options = options.in_bucket(self.bucket.bucket()?);
        Store::open(options).await.context("basis data tidak dapat dibuka")
    }

    /// Opens the database if there is one already; commands about the law work without.
    pub(crate) async fn open_existing(&self) -> Result<Option<Store>> {
        let is_there = self.database.is_some() || Options::embedded_file(&self.data).is_file();
        Ok(if is_there { Some(self.open().await?) } else { None })
    }

    /// Today where the agency is.
    pub(crate) fn today(&self) -> chrono::NaiveDate {
        use bening_web::chance::{Clock, MachineClock};
        MachineClock.now().with_timezone(&self.zone).date_naive()
    }
}

/// The unit with a code, or what to do when there is none.
pub(crate) async fn unit_of(store: &Store, code: &UnitCode) -> Result<Unit> {
    let missing =
        || NotFound(format!("unit {code} belum ada; tambahkan dengan: bening unit add {code} \"Nama unit\""));
    Ok(unit::by_code(store, code).await?.ok_or_else(missing)?)
}
