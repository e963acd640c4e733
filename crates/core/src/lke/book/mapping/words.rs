//! The words of a row, and how much two texts have in common.

use std::collections::BTreeSet;

use super::Cells;

/// Longest text by which a row is known again.
const TEXT_MAX_CHARS: usize = 160;
/// Columns further right hold no text of a question.
const COLUMNS_MAX: u16 = 30;
/// Shorter words say nothing.
const WORD_MIN_CHARS: usize = 3;
/// Everything.
const PERCENT: usize = 100;
/// How much two texts of the same row have in common at least.
const ALIKE_PERCENT: usize = 50;

/// What stands in a row left of a column.
pub(super) fn row_text(cells: &impl Cells, row: u32, until: u16) -> String {
    let texts = (0..until.min(COLUMNS_MAX)).map(|column| cells.cell(row, column).text);
    let joined = texts.collect::<Vec<_>>().join(" ");
    let folded = joined.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().take(TEXT_MAX_CHARS).collect()
}

/// The words of a text that say something.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let parts =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= WORD_MIN_CHARS);
    parts.map(str::to_lowercase).collect()
}

/// How many of the words of the poorer text the other has, in percent.
pub(super) fn overlap(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let fewer = one.len().min(other.len());
    (one.intersection(other).count() * PERCENT).checked_div(fewer).unwrap_or(0)
}

/// Whether both could be the same row of two copies of a form.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let (one_words, other_words) = (words(one), words(other));
    if one_words.is_empty() || other_words.is_empty() {
        return one.trim() == other.trim();
    }
    let more = one_words.len().max(other_words.len());
    one_words.intersection(&other_words).count() * PERCENT >= more * ALIKE_PERCENT
}
