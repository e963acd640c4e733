//! Tests of the reader through its public door: honest files, hostile ones, and the way there and back.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file should stop")]

mod files;
mod hostile;
mod made;
mod round_trip;
mod seed;
