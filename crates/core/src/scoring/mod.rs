//! Scoring: answers read and checked against an edition, the exact score, its explanation and its JSON.
//! No thresholds (see `eligibility`), no layers of assessment, no storage.

mod absurd;
mod answer;
pub mod explain;
mod json;
mod output;
mod score;
mod sheet;
mod table;

pub use absurd::{absurd, absurdities};
pub use answer::{Answer, AnswerError};
pub use json::{Json, JsonError, MAX_JSON_BYTES};
pub use output::{Detail, to_json};
pub use score::{Entry, Points, QuestionScore, Score, ScoreError, Warning, answer_value};
pub use sheet::{Sheet, SheetProblem, UnitFile};
pub use table::MAX_LINES;
