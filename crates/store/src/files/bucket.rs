//! A bucket of an S3-compatible store as the place of files: its address, its key, and how patiently it is asked.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, RetryConfig};

use super::{FilesError, Result};

/// A person waits for the answer: better a clear error than a page that hangs.
const CONNECT_SECONDS: u64 = 5;
const SILENCE_SECONDS: u64 = 30;
const RETRIES: usize = 2;

/// Where a bucket is and how it opens.
#[derive(Clone)]
pub struct Bucket {
    /// `https://host` of the store, without the name of the bucket.
    pub endpoint: String,
    /// Name of the bucket; it is there already.
    pub name: String,
    /// Region as the store calls it.
    pub region: String,
    /// What the names of all files begin with; may be empty.
    pub prefix: String,
    /// Name of the key.
    pub key: String,
    /// Secret of the key.
    pub secret: String,
}

impl fmt::Debug for Bucket {
    /// Without the secret: this may come into a log.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}/{}/{}", self.endpoint, self.name, self.prefix)
    }
}

impl Bucket {
    /// A client of it; nothing is asked yet.
    pub(super) fn open(&self) -> Result<Arc<dyn ObjectStore>> {
        let _somebody_was_first = rustls::crypto::ring::default_provider().install_default();
        let client = ClientOptions::new()
            .with_allow_http(self.endpoint.starts_with("http://"))
            .with_connect_timeout(Duration::from_secs(CONNECT_SECONDS))
            .with_read_timeout(Duration::from_secs(SILENCE_SECONDS))
            .with_timeout_disabled();
        let retry = RetryConfig {
            max_retries: RETRIES,
            retry_timeout: Duration::from_secs(SILENCE_SECONDS),
            ..RetryConfig::default()
        };
        let bucket = AmazonS3Builder::new()
            .with_endpoint(&self.endpoint)
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_access_key_id(&self.key)
            .with_secret_access_key(&self.secret)
            .with_client_options(client)
            .with_retry(retry)
            .build()
            .map_err(|error| FilesError::Unreachable(error.to_string()))?;
        Ok(match self.prefix.trim_matches('/') {
            "" => Arc::new(bucket),
            prefix => Arc::new(PrefixStore::new(bucket, prefix)),
        })
    }
}
