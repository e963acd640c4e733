//! The nouns of eligibility in an edition: predicates, grades, facts, conditions, affirmations.

use super::exact::Exact;

/// A predicate (WBK, WBBM).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// Code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The lower predicate, whose minimums this one may not undercut.
    pub above: Option<String>,
    /// Line in the file.
    pub line: usize,
}

/// An order of grades, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Code that facts name.
    pub code: String,
    /// Grades, lowest first.
    pub order: Vec<String>,
    /// Source of the rule.
    pub citation: String,
    /// Line in the file.
    pub line: usize,
}

impl Scale {
    /// Place of a grade in the order, ignoring case.
    #[must_use]
    pub fn rank(&self, grade: &str) -> Option<usize> {
        self.order.iter().position(|known| known.eq_ignore_ascii_case(grade.trim()))
    }
}

/// A fact that conditions ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name, used as metric.
    pub name: String,
    /// Whom it is about.
    pub subject: Subject,
    /// What a value looks like.
    pub kind: FactKind,
    /// Label for people.
    pub label: String,
    /// Document it is read from.
    pub source_document: String,
    /// How it follows from another fact, when it is not stated itself.
    pub consecutive: Option<Consecutive>,
    /// Line in the file.
    pub line: usize,
}

/// Counting back from the latest year of another fact, as long as the grade is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consecutive {
    /// The fact that is stated year by year.
    pub fact: String,
    /// The grade each year has to reach.
    pub at_least: String,
}

/// Whom a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The agency.
    Agency,
    /// The proposed unit.
    Unit,
}

/// What the value of a fact looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// A number from 0.
    Number,
    /// A percentage.
    Percent,
    /// `ya` or `tidak`.
    YesNo,
    /// A grade on a scale.
    Scale(String),
    /// One of a few values.
    Choice(Vec<String>),
}

/// A condition for being proposed or given a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Code, unique within a predicate.
    pub code: String,
    /// Code of the predicate.
    pub predicate: String,
    /// What it looks at.
    pub level: Level,
    /// What it says.
    pub text: String,
    /// Fact name or score metric.
    pub metric: String,
    /// The threshold with its direction.
    pub threshold: Threshold,
    /// Only for this kind of agency.
    pub agency_kind: Option<String>,
    /// Only when this yes/no fact is yes.
    pub only_when: Option<String>,
    /// Code of the condition of which this is another reading.
    pub reading_of: Option<String>,
    /// May an affirmation concern it?
    pub affirmation: Affirmable,
    /// How sure the source is.
    pub certainty: Certainty,
    /// Source of the rule.
    pub citation: String,
    /// Doubts and chosen readings.
    pub notes: Option<String>,
    /// Line in the file.
    pub line: usize,
}

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The agency.
    Agency,
    /// The unit.
    Unit,
    /// The worksheet score.
    Score,
}

/// The value a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Threshold {
    /// At least this number.
    AtLeast(Exact),
    /// At least this grade on the metric's scale.
    AtLeastGrade(String),
    /// Exactly this value.
    Is(String),
    /// One of these values.
    In(Vec<String>),
}

/// Whether an affirmation may concern a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affirmable {
    /// The person responsible may set it aside for an affirmed unit.
    Yes,
    /// It always holds.
    No,
}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Found in one public source.
    Found,
    /// Found in two or more.
    FoundTwice,
    /// Not confirmed, or sources conflict: it only warns.
    Uncertain,
}

/// A group of units that may build and be proposed before every condition is fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affirmation {
    /// Code a unit's facts state.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Kind of agency it is for.
    pub agency_kind: Option<String>,
    /// Source of the rule.
    pub citation: String,
    /// Line in the file.
    pub line: usize,
}
