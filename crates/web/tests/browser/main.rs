//! The pages in a real browser: nothing for axe-core to find, cells that save themselves, everything by keyboard,
//! and the work that can be done without JavaScript. What the server answers is tested over HTTP elsewhere.

#![cfg(test)]

mod cells;
mod keyboard;
mod lke;
mod pages;
mod person;
mod plain;
mod survey;
mod wbs;
