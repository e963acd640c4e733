//! The binary as a person at the server meets it: what its commands print, store and refuse, and how they end.
//! Whatever touches data runs on both databases. The commands around the law are in `law.rs` beside this folder.
#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub)]

mod bench;
mod demo;
mod doctor;
mod editions;
mod evidence;
mod import;
mod kill;
mod mail;
mod manual;
mod paper;
mod people;
mod rescue;
mod seed;
mod texts;
mod trail;
