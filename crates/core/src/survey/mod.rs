//! Surveys: questionnaires as data, tables of answers, the exact index and its statistics.
//!
//! No pages and no storage. Chance is a seed: the same answers and the same seed give the same
//! interval on every machine, in any order of respondents.
//!
//! **Invariant**: a [`Questionnaire`] got from [`Questionnaire::parse`] has passed the whole checker.

mod aim;
mod alpha;
mod answer;
mod campaign;
mod check;
mod compare;
mod dataset;
mod feed;
mod figure;
mod header;
mod import;
mod index;
mod interval;
mod invite;
mod method;
mod model;
mod output;
mod own;
mod paper;
mod printed;
mod publication;
mod read;
mod report;
mod resample;
mod responses;
mod sample;
mod shipped;
mod signal;
mod table;
mod tally;
mod words;

pub use aim::{Aim, missing_channels};
pub use answer::{Answer, AnswerError, WORDS_MAX_CHARS, values_of};
pub use campaign::{Campaign, CampaignState, Channel, Entry, Refusal};
pub use compare::{Change, UnsurChange, compare, figure, previous};
pub use dataset::{Frozen, csv, freeze};
pub use feed::{Feed, Suggestion, suggestions};
pub use figure::Figure;
pub use header::{Column, Layout, MAX_COLUMNS};
pub use import::{
    CellProblem, ImportPlan, ImportSample, Imported, LABELS_MAX, PROBLEMS_MAX, RowReader, Target, WORDS_FILE,
};
pub use index::{Index, UnsurScore};
pub use interval::Interval;
pub use invite::{INVITED_MAX, InviteError, letter_link, merge_csv, recipients};
pub use method::{Chi, IntervalMethod, Method, SampleMethod, WarningLimits};
pub use model::{
    Band, Bands, Extra, ExtraKind, IndexRule, Missing, Question, Questionnaire, Scale, Status, Unsur, Words,
};
pub use output::to_json;
pub use own::{OWN_LETTER, OWN_MAX, OwnError, OwnQuestion, OwnSet};
pub use paper::{Difference, PILE_MAX, PaperError, Pass, Pile, cells, takes_paper};
pub use printed::{Printing, printed};
pub use publication::{PublishRefusal, SurveyReport};
pub use report::{Options, OptionsError, Report, Warning};
pub use responses::{MAX_ROWS, Responses, RowError};
pub use sample::SampleError;
pub use shipped::{METHOD_FILE, SHIPPED_FILES, Surveys, method, shipped};
pub use signal::{
    Alike, Arrival, BurstLimit, DuplicateLimit, MarkState, SIGNAL_FILE, Signal, SignalRules, VerdictError,
    signal_rules, verdict,
};
pub use table::{MAX_PROBLEMS, MAX_RECORD_BYTES, Table};
pub use tally::Tally;
pub use words::{WordCount, has_word, texts, texts_csv};

use crate::instrument::Problem;
use crate::instrument::source::Source;

impl Questionnaire {
    /// Reads and checks a questionnaire. `file` is only used to say where a problem is.
    ///
    /// # Errors
    /// Every problem found, in the order of lines.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let questionnaire = read::questionnaire(&source);
        if let Some(questionnaire) = &questionnaire {
            check::questionnaire(questionnaire, &source);
        }
        let problems = source.into_problems();
        questionnaire.filter(|_| problems.is_empty()).ok_or(problems)
    }
}
