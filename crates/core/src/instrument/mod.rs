//! Instruments: worksheet editions (LKE) and their conditions as data with citations, read from TOML,
//! checked, and embedded. No scoring (see `scoring`), no facts about a unit (see `eligibility`).
//!
//! **Invariant**: an [`Instrument`] got from [`Instrument::parse`] has passed the whole checker.

pub(crate) mod check;
mod check_conditions;
pub mod exact;
pub mod expression;
mod grammar;
mod guard;
mod labels;
mod metric;
mod model;
mod own;
mod problem;
mod read;
mod read_labels;
mod rule;
mod shipped;
pub(crate) mod source;
mod wording;

pub use exact::{Exact, NumberError, Overflow};
pub use grammar::{
    GrammarError, MAX_DEPTH, MAX_LENGTH_BYTES, MAX_OPERANDS, parse_comparison, parse_expression,
};
pub use guard::{unguarded_divisor, unguarded_in_comparison};
pub use labels::Labels;
pub use metric::{Metric, ScoreOf};
pub use model::{
    AnswerScore, Area, Check, Component, Direction, Form, Half, Input, InputRole, Instrument, Kind, Part,
    Question, QuestionOption, Severity, Sub,
};
pub use own::{InForce, OwnFile, OwnKind, admit_edition, admit_labels, in_force};
pub use problem::Problem;
pub use rule::{
    Affirmable, Affirmation, Certainty, Condition, Consecutive, Fact, FactKind, Level, Predicate, Scale,
    Subject, Threshold,
};
pub use shipped::{Editions, SHIPPED_FILES, shipped};
pub use source::MAX_FILE_BYTES;
pub use wording::{Reworded, Wording, reworded, to_labels, wordings};

impl Instrument {
    /// Reads and checks an edition. `file` is only used to say where a problem is.
    ///
    /// # Errors
    /// Every problem found, in the order of lines.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = source::Source::new(file, text);
        let edition = read::instrument(&source);
        if let Some(edition) = &edition {
            check::instrument(edition, &source);
        }
        let problems = source.into_problems();
        edition.filter(|_| problems.is_empty()).ok_or(problems)
    }
}
