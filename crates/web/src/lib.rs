//! The pages of Bening. Here so far: the frame of a page, its words and its assets.

rust_i18n::i18n!("locales");

pub mod assets;
pub mod page;
pub mod words;
