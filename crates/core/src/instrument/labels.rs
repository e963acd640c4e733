//! An agency's own wording over an edition: official labels, option texts and evidence hints taken from
//! its workbook. Words only; weights, scores and conditions cannot be changed here.

use super::model::{Instrument, Question};
use super::problem::Problem;
use super::read_labels;
use super::source::Source;

/// Wording for one edition, checked against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The edition it is for.
    pub instrument: String,
    /// Where the wording was taken from.
    pub origin: String,
    pub(super) areas: Vec<(String, String)>,
    pub(super) subs: Vec<(String, String)>,
    pub(super) questions: Vec<QuestionLabels>,
}

/// The wording of one question; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QuestionLabels {
    pub(super) code: String,
    pub(super) label: Option<String>,
    pub(super) options: Vec<(String, String)>,
    pub(super) evidence: Vec<String>,
}

impl Labels {
    /// Reads a file of labels for this edition.
    ///
    /// # Errors
    /// Every problem found: unknown codes, answers that the question does not have, another edition.
    pub fn parse(file: &str, text: &str, edition: &Instrument) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let labels = read_labels::labels(&source, edition);
        let problems = source.into_problems();
        labels.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// The id of the edition that a file of labels is for.
    ///
    /// # Errors
    /// When it is not TOML or does not say.
    pub fn edition_of(file: &str, text: &str) -> Result<String, Vec<Problem>> {
        let source = Source::new(file, text);
        let id = read_labels::edition(&source);
        let problems = source.into_problems();
        id.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

impl Instrument {
    /// The same edition with this wording. Nothing that is computed changes.
    #[must_use]
    pub fn with_labels(mut self, labels: &Labels) -> Self {
        for area in &mut self.areas {
            rename(&mut area.name, &area.code, &labels.areas);
            for sub in &mut area.subs {
                rename(&mut sub.name, &sub.code, &labels.subs);
                sub.questions.iter_mut().for_each(|question| relabel(question, &labels.questions));
            }
        }
        self
    }
}

fn rename(name: &mut String, code: &str, names: &[(String, String)]) {
    if let Some((_, official)) = names.iter().find(|(known, _)| known == code) {
        name.clone_from(official);
    }
}

fn relabel(question: &mut Question, labels: &[QuestionLabels]) {
    let Some(own) = labels.iter().find(|labels| labels.code == question.code) else {
        return;
    };
    if let Some(label) = &own.label {
        question.label.clone_from(label);
    }
    for option in &mut question.options {
        rename(&mut option.text, &option.answer, &own.options);
    }
    if !own.evidence.is_empty() {
        question.evidence.clone_from(&own.evidence);
    }
}
