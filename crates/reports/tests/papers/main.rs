//! Papers through the public door: what is in the bytes, and that the same input gives the same bytes.
//! One binary for all papers, because Typst makes each 175 MB large.
#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub)]

mod pdf;
mod sample;
mod sheets;
