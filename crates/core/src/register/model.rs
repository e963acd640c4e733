//! What a register is, as its file says. Reading only; what files must obey is in `check`, what is done with them
//! in `row`, `due`, `figure` and `sheet`.

use serde::Deserialize;

use super::measure::{Figure, Recap, Statistic};
use super::public::Public;
use crate::instrument::Exact;
use crate::plan::Area;

/// A register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Identity, also in addresses.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub about: String,
    /// What is said while it is empty: what to write down first.
    pub begin: String,
    /// Area of change whose members keep it.
    pub area: Area,
    /// Whether it begins anew each year.
    pub period: Period,
    /// Who may write a line of their own.
    pub entry: Entry,
    /// Who may read lines that are not their own.
    pub sight: Sight,
    /// Column of the day by which a line belongs to a month; the day it was written when there is none.
    pub day: Option<String>,
    /// Column that names a line.
    pub name: String,
    /// Where it comes from.
    pub citation: String,
    /// What is not sure about it, said to people.
    pub doubt: Option<String>,
    /// Columns.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Columns that follow from others.
    #[serde(default, rename = "computed")]
    pub computed: Vec<Computed>,
    /// How anybody may write a line without an account; nobody may when it is not said.
    pub public: Option<Public>,
    /// State of a new line.
    pub start: String,
    /// States.
    #[serde(rename = "state")]
    pub states: Vec<State>,
    /// What can be done with a line.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    /// Until when something must have happened.
    #[serde(default, rename = "deadline")]
    pub deadlines: Vec<Deadline>,
    /// Figures of the whole.
    #[serde(default, rename = "figure")]
    pub figures: Vec<Figure>,
    /// Tables of the recap.
    #[serde(default, rename = "recap")]
    pub recaps: Vec<Recap>,
    /// Counts that may be shown to everybody; none when it is not said.
    pub statistic: Option<Statistic>,
}

/// Whether a register begins anew each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Lines belong to the year they were written for.
    Year,
    /// Lines stay until they end.
    Standing,
}

/// Who may write a line of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Everybody at the unit.
    Staff,
    /// Those who keep the register.
    Keepers,
}

/// Who may read lines that are not their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Everybody who may read the unit, private columns excepted.
    Unit,
    /// Head, team lead and those who keep the register.
    Keepers,
}

/// A column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Code.
    pub code: String,
    /// Heading.
    pub title: String,
    /// What stands in it.
    pub kind: Kind,
    /// Whether a line must have it.
    #[serde(default)]
    pub required: bool,
    /// Whether it stands in the list.
    #[serde(default)]
    pub list: bool,
    /// Whether only keepers and whoever wrote the line read it.
    #[serde(default)]
    pub private: bool,
    /// Whether it is filled in by a step and not by the form.
    #[serde(default)]
    pub later: bool,
    /// Help with an example.
    #[serde(default)]
    pub help: String,
    /// Other headings it goes by in somebody's file.
    #[serde(default)]
    pub also: Vec<String>,
    /// What stands in it where somebody's file has no such column.
    #[serde(default)]
    pub imported: String,
}

/// What stands in a column.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// A line of text.
    Line,
    /// Several lines.
    Text,
    /// A day.
    Day,
    /// A number.
    Number {
        /// Smallest.
        #[serde(default)]
        least: Option<Exact>,
        /// Largest.
        #[serde(default)]
        most: Option<Exact>,
        /// Whether only whole numbers fit.
        #[serde(default)]
        whole: bool,
    },
    /// Whole rupiah, not negative.
    Money,
    /// One of a list.
    Choice(Vec<Choice>),
    /// Somebody of the unit, by name and account.
    Person,
}

/// One of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Code that is kept; a number where the column is reckoned with.
    pub code: String,
    /// What people read.
    pub title: String,
}

/// A column that follows from others; nothing is kept of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Computed {
    /// Code.
    pub code: String,
    /// Heading.
    pub title: String,
    /// Formula over columns of numbers.
    pub formula: Option<String>,
    /// Or a table looked up by two columns.
    pub matrix: Option<Matrix>,
    /// Written as a share of a hundred.
    #[serde(default)]
    pub percent: bool,
    /// Whether it stands in the list.
    #[serde(default)]
    pub list: bool,
    /// What the number means.
    #[serde(default, rename = "band")]
    pub bands: Vec<Band>,
    /// Source.
    pub citation: String,
}

/// A table looked up by two columns whose codes count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// Column that chooses the line.
    pub row: String,
    /// Column that chooses the place in the line.
    pub column: String,
    /// The numbers.
    pub values: Vec<Vec<u32>>,
}

/// What a number means from somewhere on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// From here on, up to the next.
    pub from: Exact,
    /// Word.
    pub title: String,
    /// How it is shown.
    pub tone: Tone,
}

/// How something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Good.
    Ok,
    /// Worth a look.
    Warn,
    /// Bad.
    Bad,
    /// Under way.
    Info,
    /// Of no weight.
    Mute,
}

/// A state of a line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Code.
    pub code: String,
    /// Name.
    pub title: String,
    /// How it is shown.
    pub tone: Tone,
    /// Whether the line can still be changed.
    #[serde(default)]
    pub open: bool,
}

/// What can be done with a line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Code, also in addresses.
    pub code: String,
    /// Name on the button.
    pub title: String,
    /// States it can be taken in.
    pub from: Vec<String>,
    /// State it leads to.
    pub to: String,
    /// Who takes it.
    pub by: Hand,
    /// Whether it may not be the hand that took the step before.
    #[serde(default)]
    pub other_hand: bool,
    /// Columns that must be filled in with it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Whether words must be said with it.
    pub note: Need,
    /// Source.
    #[serde(default)]
    pub citation: String,
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// Whoever wrote the line.
    Author,
    /// Those who keep the register.
    Keeper,
    /// Head or team lead.
    Judge,
    /// Whoever stands in a column of people, and those who keep the register.
    Assigned,
}

/// Whether something has to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It has to.
    Required,
    /// It may.
    Optional,
}

/// Until when a line must have left some states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// What must have happened.
    pub title: String,
    /// States in which the clock runs.
    pub states: Vec<String>,
    /// Column of the day that counts.
    pub from: String,
    /// How long after it.
    pub within: Bound,
    /// Source.
    pub citation: String,
}

/// How long after a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// On that day itself.
    Day,
    /// So many days later.
    Days(u32),
    /// So many days later, Saturdays and Sundays not counted.
    WorkingDays(u32),
}

impl Register {
    /// A column by its code.
    #[must_use]
    pub fn column(&self, code: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.code == code)
    }

    /// A computed column by its code.
    #[must_use]
    pub fn computed(&self, code: &str) -> Option<&Computed> {
        self.computed.iter().find(|computed| computed.code == code)
    }

    /// A state by its code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.iter().find(|state| state.code == code)
    }

    /// A step by its code.
    #[must_use]
    pub fn step(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// Steps that can be taken in a state.
    pub fn steps_from<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.from.iter().any(|from| from == state))
    }

    /// Columns that the form of a line asks for.
    pub fn asked(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.later)
    }
}

impl Kind {
    /// Whether lines can be reckoned with by this column.
    #[must_use]
    pub fn is_number(&self) -> bool {
        match self {
            Self::Number { .. } | Self::Money => true,
            Self::Choice(choices) => choices.iter().all(|choice| Exact::parse(&choice.code).is_ok()),
            Self::Line | Self::Text | Self::Day | Self::Person => false,
        }
    }

    /// The choices of a list; none otherwise.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        if let Self::Choice(choices) = self { choices } else { &[] }
    }
}

impl Computed {
    /// What a number means.
    #[must_use]
    pub fn band(&self, number: Exact) -> Option<&Band> {
        self.bands.iter().rfind(|band| band.from <= number)
    }
}
