//! An empty bucket for one test in the S3-compatible server of `cargo xtask test`. The server forgets it at its end.

use bening_store::files::Bucket;

use crate::surroundings;

/// A fresh bucket.
///
/// # Panics
/// When `cargo xtask test` has not started the server, or the server refuses.
pub async fn fresh() -> Bucket {
    let (endpoint, name) = (surroundings::required(surroundings::S3), crate::database::fresh_id());
    let made = crate::site::client().put(format!("{endpoint}/{name}")).send().await;
    let made = made.unwrap_or_else(|error| panic!("the S3 server does not answer: {error}"));
    assert!(made.status().is_success(), "make a bucket: {made:?}");
    let word = || "test".to_owned();
    let (region, prefix) = ("us-east-1".to_owned(), "bening/bukti".to_owned());
    Bucket { endpoint, name, region, prefix, key: word(), secret: word() }
}
