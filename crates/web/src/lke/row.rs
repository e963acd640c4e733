//! One question as a row of the worksheet: its answers side by side, what stands out, what it is worth.

use bening_core::instrument::{Exact, Form, Input, InputRole, Question};
use bening_core::lke::edit;
use bening_core::lke::{Layer, Side};
use bening_core::scoring::Answer;
use chrono::NaiveDate;

use super::eyes::{Column, Eyes};
use super::suggested::flag;
use super::typed::{seen, worded};

/// A row.
#[derive(Debug)]
pub struct Row {
    /// Code of the question.
    pub code: String,
    /// What is asked.
    pub label: String,
    /// When each answer applies.
    pub options: Vec<(String, String)>,
    /// Documents that typically support an answer.
    pub hints: Vec<String>,
    /// The answers, one column a side.
    pub cells: Vec<Cell>,
    /// What the own layer says, for the next save.
    pub was: String,
    /// The own note.
    pub note: String,
    /// For assessors: the answer they can agree with.
    pub basis: String,
    /// How many pieces of evidence are named.
    pub evidence: usize,
    /// How many remarks there are.
    pub remarks: usize,
    /// What the own answer is worth, 0 to 1; empty when unanswered.
    pub value: String,
    /// Points that the own answer loses.
    pub lost: Exact,
    /// The same as text.
    pub lost_text: String,
    /// What other sides say to a different answer.
    pub reasons: Vec<(&'static str, String)>,
    /// Sent back, and not answered yet.
    pub returned: Option<Returned>,
    /// What is suggested and waits for a word: from where, and what.
    pub suggested: Option<(&'static str, String)>,
    /// What to look at again.
    pub warnings: Vec<String>,
    /// Where it stands, for the views.
    pub standing: Standing,
}

/// What the views ask of a row.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The person answers here now.
    pub is_open: bool,
    /// The own layer has no answer.
    pub is_empty: bool,
    /// The sides do not agree.
    pub differs: bool,
    /// Answered by the unit without evidence.
    pub is_bare: bool,
    /// An assessor who may answer has not, and there is an answer to agree with.
    pub waits: bool,
}

/// A question that was sent back.
#[derive(Debug)]
pub struct Returned {
    /// Last day.
    pub due_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// An answer in its column.
#[derive(Debug)]
pub struct Cell {
    /// Name of the side.
    pub title: &'static str,
    /// Name of the layer.
    pub layer: &'static str,
    /// Whether the person answers here now.
    pub open: bool,
    /// Whether the answer was taken over from an earlier layer of the side.
    pub inherited: bool,
    /// The answer in words; empty when there is none.
    pub text: String,
    /// What can be answered.
    pub field: Field,
}

/// The shape of an answer.
#[derive(Debug)]
pub enum Field {
    /// One of a few; the chosen one is marked.
    Choice(Vec<(String, Chosen)>),
    /// Counts.
    Counts(Vec<Count>),
    /// An index up to a top.
    Index {
        /// As typed.
        value: String,
        /// Top of the scale.
        max: String,
    },
}

/// Whether a choice is the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// It is.
    Yes,
    /// It is not.
    No,
}

impl Chosen {
    /// For templates.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

/// One input of a ratio.
#[derive(Debug)]
pub struct Count {
    /// Name in the formula.
    pub name: String,
    /// What to count.
    pub label: String,
    /// As typed.
    pub value: String,
    /// Whether the formula needs it.
    pub role: InputRole,
}

impl Count {
    /// Whether an answer is incomplete without it.
    pub fn is_needed(&self) -> bool {
        self.role == InputRole::Scored
    }
}

/// The row of a question.
pub fn row(eyes: &Eyes<'_>, own: &Column, question: &Question) -> Row {
    let (lke, code) = (eyes.lke(), question.code.as_str());
    let given = edit::given(lke, own.layer, code);
    let result = own.score.question(code);
    let lost = result.and_then(|q| q.points.weight.minus(q.points.score).ok()).unwrap_or(Exact::ZERO);
    let sent = lke.open_return(code);
    let standing = standing(eyes, own, code);
    Row {
        code: question.code.clone(),
        label: question.label.clone(),
        options: question.options.iter().map(|o| (o.answer.clone(), o.text.clone())).collect(),
        hints: question.evidence.clone(),
        cells: eyes.columns.iter().map(|column| cell(eyes, column, question)).collect(),
        was: seen(&given),
        note: given.note,
        basis: if standing.waits { worded(lke.basis(own.layer, code)) } else { String::new() },
        evidence: lke.evidence_for(code).count(),
        remarks: lke.thread(code).count(),
        value: result.and_then(|q| q.value).map(|value| eyes.points(value)).unwrap_or_default(),
        lost,
        lost_text: eyes.points(lost),
        reasons: reasons(eyes, own, code),
        returned: sent.map(|sent| Returned { due_on: sent.due_on, reason: sent.reason.clone() }),
        suggested: flag(eyes, own.layer, code),
        warnings: warnings(own, code),
        standing,
    }
}

fn standing(eyes: &Eyes<'_>, own: &Column, code: &str) -> Standing {
    let lke = eyes.lke();
    let is_open = eyes.opened.desk.may_answer(lke, eyes.edition(), code);
    let is_empty = own.sheet.get(code).is_none();
    let is_assessor = own.side != Side::Unit;
    let unit_shown = eyes.columns.iter().any(|column| column.side == Side::Unit);
    let is_answered = unit_shown && lke.answer(Layer::Unit, code).is_some();
    Standing {
        is_open,
        is_empty,
        differs: differs(eyes, code),
        is_bare: is_answered && lke.evidence_for(code).next().is_none(),
        waits: is_open && is_empty && is_assessor && lke.basis(own.layer, code).is_some(),
    }
}

fn warnings(own: &Column, code: &str) -> Vec<String> {
    own.score.warnings.iter().filter(|w| w.code == code).map(|w| w.message.clone()).collect()
}

/// Two sides that both answered, differently.
fn differs(eyes: &Eyes<'_>, code: &str) -> bool {
    let mut answers = eyes.columns.iter().filter_map(|column| column.sheet.get(code));
    let first = answers.next();
    answers.any(|answer| Some(answer) != first)
}

/// What assessors wrote where they see it differently.
fn reasons(eyes: &Eyes<'_>, own: &Column, code: &str) -> Vec<(&'static str, String)> {
    let others = eyes.columns.iter().filter(|column| column.side != Side::Unit && column.side != own.side);
    let noted = others.filter_map(|column| Some((column.side.title(), note(eyes, column.layer, code)?)));
    noted.collect()
}

/// The note of the layer whose answer counts, its own or an earlier one's of its side.
fn note(eyes: &Eyes<'_>, layer: Layer, code: &str) -> Option<String> {
    let own = eyes.lke().entry(layer, code).map(|entry| entry.note.clone()).filter(|note| !note.is_empty());
    own.or_else(|| note(eyes, layer.falls_back_on()?, code))
}

fn cell(eyes: &Eyes<'_>, column: &Column, question: &Question) -> Cell {
    let (desk, lke, code) = (&eyes.opened.desk, eyes.lke(), question.code.as_str());
    let open = desk.layer == Some(column.layer) && desk.may_answer(lke, eyes.edition(), code);
    let answer = column.sheet.get(code);
    let is_own = lke.entry(column.layer, code).is_some_and(|entry| entry.answer.is_some());
    Cell {
        title: column.side.title(),
        layer: column.layer.title(),
        open,
        inherited: answer.is_some() && !is_own,
        text: worded(answer),
        field: field(eyes, question, answer),
    }
}

fn field(eyes: &Eyes<'_>, question: &Question, answer: Option<&Answer>) -> Field {
    match eyes.edition().kind(&question.kind).map(|kind| &kind.form) {
        Some(Form::Choice(answers)) => {
            let chosen = |known: &str| match answer {
                Some(Answer::Choice(chosen)) if chosen == known => Chosen::Yes,
                _ => Chosen::No,
            };
            Field::Choice(answers.iter().map(|a| (a.answer.clone(), chosen(&a.answer))).collect())
        }
        Some(Form::Index { max, .. }) => Field::Index { value: worded(answer), max: max.plain() },
        Some(Form::Ratio) | None => Field::Counts(counts(question, answer)),
    }
}

fn counts(question: &Question, answer: Option<&Answer>) -> Vec<Count> {
    let value = |name: &str| match answer {
        Some(Answer::Counts(counts)) => counts.get(name).map(|count| count.plain()).unwrap_or_default(),
        _ => String::new(),
    };
    let count = |input: &Input| Count {
        name: input.name.clone(),
        label: input.label.clone(),
        value: value(&input.name),
        role: input.role,
    };
    question.inputs.iter().map(count).collect()
}
