//! The rules that come with Bening, embedded in the binary.

use std::sync::LazyLock;

use super::Rules;
use crate::instrument;

/// The files as they lie in `instruments/suggestions/`: name and text.
pub const SHIPPED_FILES: [(&str, &str); 2] = [
    (
        "permenpanrb-52-2014.toml",
        include_str!("../../../../instruments/suggestions/permenpanrb-52-2014.toml"),
    ),
    (
        "permenpanrb-90-2021.toml",
        include_str!("../../../../instruments/suggestions/permenpanrb-90-2021.toml"),
    ),
];

static SHIPPED: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| Rules::parse(name, text, instrument::shipped()).ok();
    SHIPPED_FILES.iter().filter_map(read).collect()
});

/// The rules for an edition. A test proves that each of the files passes the checker.
#[must_use]
pub fn shipped(edition: &str) -> Option<&'static Rules> {
    SHIPPED.iter().find(|rules| rules.edition == edition)
}
