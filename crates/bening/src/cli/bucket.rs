//! Options that send the files of evidence to an S3-compatible store; without them they stay in the data folder.

use std::path::PathBuf;

use anyhow::Result;
use bening_store::files::Bucket;

use super::exit::{Refused, unread};

/// An S3-compatible store.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BucketArgs {
    /// Simpan berkas bukti di penyimpanan yang setara S3, misalnya `https://s3.instansi.go.id`; tanpa ini di folder data
    #[arg(long, global = true, value_name = "URL", env = "BENING_S3_ENDPOINT")]
    s3_endpoint: Option<String>,
    /// Wadah (bucket) di penyimpanan itu; harus sudah ada
    #[arg(long, global = true, value_name = "NAMA", env = "BENING_S3_BUCKET")]
    s3_bucket: Option<String>,
    /// Awalan nama berkas di dalam wadah
    #[arg(long, global = true, value_name = "AWALAN", default_value = "", env = "BENING_S3_PREFIX")]
    s3_prefix: String,
    /// Wilayah menurut penyimpanan itu
    #[arg(
        long,
        global = true,
        value_name = "WILAYAH",
        default_value = "us-east-1",
        env = "BENING_S3_REGION"
    )]
    s3_region: String,
    /// Berkas berisi satu baris NAMA:RAHASIA dari kunci penyimpanan
    #[arg(long, global = true, value_name = "BERKAS", env = "BENING_S3_KEYFILE")]
    s3_key_file: Option<PathBuf>,
    /// Kunci itu sendiri, NAMA:RAHASIA; pakai variabel lingkungannya, karena pilihan terbaca oleh orang lain di mesin ini
    #[arg(long, global = true, value_name = "KUNCI", env = "BENING_S3_KEY", hide_env_values = true)]
    s3_key: Option<String>,
}

impl BucketArgs {
    /// The bucket these options name, if they name one.
    pub(crate) fn bucket(&self) -> Result<Option<Bucket>> {
        let (endpoint, name) = match (&self.s3_endpoint, &self.s3_bucket) {
            (None, None) => return Ok(None),
            (Some(endpoint), Some(name)) => (endpoint, name),
            _ => return Err(refused("--s3-endpoint dan --s3-bucket harus diberikan bersama")),
        };
        if !(endpoint.starts_with("https://") || endpoint.starts_with("http://")) {
            return Err(refused("--s3-endpoint dimulai dengan https:// (atau http:// di jaringan sendiri)"));
        }
        let given = self.key()?;
        let (key, secret) = given
            .trim()
            .split_once(':')
            .ok_or_else(|| refused("kunci penyimpanan berbentuk NAMA:RAHASIA dalam satu baris"))?;
        Ok(Some(Bucket {
            endpoint: endpoint.clone(),
            name: name.clone(),
            region: self.s3_region.clone(),
            prefix: self.s3_prefix.clone(),
            key: key.to_owned(),
            secret: secret.to_owned(),
        }))
    }

    fn key(&self) -> Result<String> {
        match (&self.s3_key_file, &self.s3_key) {
            (Some(file), _) => Ok(std::fs::read_to_string(file).map_err(|error| unread(file, error))?),
            (None, Some(key)) => Ok(key.clone()),
            (None, None) => {
                Err(refused("kunci penyimpanan belum diberikan: --s3-key-file BERKAS atau BENING_S3_KEY"))
            }
        }
    }
}

fn refused(text: &str) -> anyhow::Error {
    Refused(text.to_owned()).into()
}
