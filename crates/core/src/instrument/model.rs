//! The nouns of a worksheet edition as they are once read: parts, kinds, areas, questions. Its conditions
//! are in `rule.rs`; no reading, checking or scoring here. Every item knows its line, so that a problem can
//! be pointed at.

use chrono::NaiveDate;

use super::exact::Exact;
use super::expression::{Comparison, Expression};
use super::rule::{Affirmation, Condition, Fact, Predicate, Scale};

/// One edition of the worksheet (LKE), with its conditions for each predicate.
#[derive(Debug, Clone, PartialEq)]
pub struct Instrument {
    /// Unique identifier, such as `permenpanrb-90-2021`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// The regulation it renders.
    pub regulation: String,
    /// First day of assessment it is used for.
    pub valid_from: NaiveDate,
    /// Last day of assessment, `None` while in force.
    pub valid_until: Option<NaiveDate>,
    /// Edition that this one stands in for (an agency's own copy may overlap with it).
    pub replaces: Option<String>,
    /// What all parts add up to.
    pub total_weight: Exact,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// Parts of the sheet (pemenuhan, reform, hasil).
    pub parts: Vec<Part>,
    /// Kinds of answers.
    pub kinds: Vec<Kind>,
    /// Areas and results, in the order of the form.
    pub areas: Vec<Area>,
    /// Predicates, lowest first.
    pub predicates: Vec<Predicate>,
    /// Ordered grades (predikat, opini).
    pub scales: Vec<Scale>,
    /// Facts about agency and unit that conditions ask for.
    pub facts: Vec<Fact>,
    /// Conditions, one per predicate and code.
    pub conditions: Vec<Condition>,
    /// Groups of units with an affirmation.
    pub affirmations: Vec<Affirmation>,
    /// Line of the first key.
    pub line: usize,
}

/// The two components of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Component {
    /// Process.
    Pengungkit,
    /// Results.
    Hasil,
}

/// A part of the sheet, such as pemenuhan.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// One letter that stands in the codes (`P`, `R`, `H`).
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Component it belongs to.
    pub component: Component,
    /// Weight of the whole part.
    pub weight: Exact,
    /// Source of the rule.
    pub citation: String,
    /// Line in the file.
    pub line: usize,
}

/// A kind of answer, such as A–C.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Code that questions name.
    pub code: String,
    /// What an answer looks like and what it is worth.
    pub form: Form,
    /// Source of the rule.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// Line in the file.
    pub line: usize,
}

/// What an answer looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// One of a few answers, best first.
    Choice(Vec<AnswerScore>),
    /// Numbers put into the question's formula.
    Ratio,
    /// An index between 0 and `max`.
    Index {
        /// Name under which the index may be given.
        input: String,
        /// Top of the scale.
        max: Exact,
    },
}

/// An answer and its score between 0 and 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerScore {
    /// The answer as written on the form (`Ya`, `B`).
    pub answer: String,
    /// What it is worth.
    pub score: Exact,
}

/// An area (or result component).
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Code, such as `MP`.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Weight in each part it takes part in.
    pub halves: Vec<Half>,
    /// Source of the rule.
    pub citation: String,
    /// Sub-components in the order of the form.
    pub subs: Vec<Sub>,
    /// Line in the file.
    pub line: usize,
}

/// The share of an area in one part (`MP-P`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// Code of the part.
    pub part: String,
    /// Weight.
    pub weight: Exact,
}

/// A sub-component; its questions weigh the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Sub {
    /// Code, such as `MP-P1`.
    pub code: String,
    /// Code of its part.
    pub part: String,
    /// Official heading.
    pub name: String,
    /// Weight.
    pub weight: Exact,
    /// Source of the rule.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// Questions in the order of the form.
    pub questions: Vec<Question>,
    /// Line in the file.
    pub line: usize,
}

/// A question of the worksheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Code, such as `MP-P1a`.
    pub code: String,
    /// Code in circulating copies of the form.
    pub source_code: Option<String>,
    /// Code of its kind.
    pub kind: String,
    /// What is asked.
    pub label: String,
    /// When each answer applies (choices only).
    pub options: Vec<QuestionOption>,
    /// Numbers asked for (ratios only).
    pub inputs: Vec<Input>,
    /// How the numbers become a score (ratios only).
    pub formula: Option<Expression>,
    /// What the numbers should satisfy; a score only warns when they do not.
    pub checks: Vec<Check>,
    /// Documents that typically support an answer: hints, not a required list.
    pub evidence: Vec<String>,
    /// Source of the rule.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// Line in the file.
    pub line: usize,
}

/// When an answer applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionOption {
    /// The answer.
    pub answer: String,
    /// The state it describes.
    pub text: String,
}

/// A number that a ratio question asks for: a count, whole and not negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name in the formula.
    pub name: String,
    /// What to count.
    pub label: String,
    /// Which direction improves the score, if one does.
    pub better: Option<Direction>,
    /// Whether the formula uses it.
    pub role: InputRole,
    /// Line in the file.
    pub line: usize,
}

/// Direction of an improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// A larger number is better.
    More,
    /// A smaller number is better.
    Less,
}

/// Whether an input is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputRole {
    /// Part of the formula.
    Scored,
    /// Written down, not scored.
    RecordedOnly,
}

/// What the inputs of a question should satisfy.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The rule.
    pub rule: Comparison,
    /// What to say when it does not hold.
    pub message: String,
    /// What follows when it does not hold.
    pub severity: Severity,
}

/// What follows when numbers do not satisfy a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// They are unusual: taken as they are, with a warning.
    Warn,
    /// They cannot be true: refused where somebody types or uploads them.
    Refuse,
}

impl Instrument {
    /// The questions with their area and sub-component, in the order of the form.
    pub fn questions(&self) -> impl Iterator<Item = (&Area, &Sub, &Question)> {
        self.subs().flat_map(|(area, sub)| sub.questions.iter().map(move |question| (area, sub, question)))
    }

    /// The sub-components with their area, in the order of the form.
    pub fn subs(&self) -> impl Iterator<Item = (&Area, &Sub)> {
        self.areas.iter().flat_map(|area| area.subs.iter().map(move |sub| (area, sub)))
    }

    /// The sources of all its rules, in the order of the file.
    pub fn citations(&self) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().map(|part| &part.citation);
        let areas = self.areas.iter().map(|area| &area.citation);
        let subs = self.subs().map(|(_, sub)| &sub.citation);
        let questions = self.questions().map(|(_, _, question)| &question.citation);
        let kinds = self.kinds.iter().map(|kind| &kind.citation);
        let scales = self.scales.iter().map(|scale| &scale.citation);
        let conditions = self.conditions.iter().map(|condition| &condition.citation);
        let affirmations = self.affirmations.iter().map(|affirmation| &affirmation.citation);
        let law = parts.chain(kinds).chain(areas).chain(subs).chain(questions);
        law.chain(scales).chain(conditions).chain(affirmations).map(String::as_str)
    }

    /// A question with its place.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<(&Area, &Sub, &Question)> {
        self.questions().find(|(_, _, question)| question.code == code)
    }

    /// A sub-component with its area.
    #[must_use]
    pub fn sub(&self, code: &str) -> Option<(&Area, &Sub)> {
        self.subs().find(|(_, sub)| sub.code == code)
    }

    /// An area.
    #[must_use]
    pub fn area(&self, code: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == code)
    }

    /// A part.
    #[must_use]
    pub fn part(&self, code: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.code == code)
    }

    /// A kind of answer.
    #[must_use]
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }

    /// A fact.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// A scale of grades.
    #[must_use]
    pub fn scale(&self, code: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.code == code)
    }

    /// A predicate.
    #[must_use]
    pub fn predicate(&self, code: &str) -> Option<&Predicate> {
        self.predicates.iter().find(|predicate| predicate.code == code)
    }

    /// The conditions of a predicate, in the order of the file.
    pub fn conditions_of<'a>(&'a self, predicate: &'a str) -> impl Iterator<Item = &'a Condition> {
        self.conditions.iter().filter(move |condition| condition.predicate == predicate)
    }

    /// Is this the edition for an assessment on that day?
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

impl Area {
    /// The component its parts belong to; the checker makes sure they all agree.
    #[must_use]
    pub fn component(&self, instrument: &Instrument) -> Option<Component> {
        self.halves.iter().find_map(|half| instrument.part(&half.part)).map(|part| part.component)
    }
}
