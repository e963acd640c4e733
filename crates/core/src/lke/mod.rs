//! The worksheet (*LKE*) of one unit and year: answers in separate layers, for the unit, the internal assessors
//! (TPI) and the national assessors (TPN), evidence, remarks, and questions sent back.
//!
//! How layers change is in `edit`; what the law asks and how answers are scored is in `instrument` and `scoring`.
//!
//! **Invariant**: a layer is written only by those who hold it. Reading a later layer may fall back on an earlier
//! one of the same side, but nothing is ever copied over an answer that stands.

pub mod book;
pub mod edit;
mod layer;
pub mod report;
pub mod submission;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::id::{LinkId, LkeId, PersonId, RemarkId, ReturnId, UnitId};
use crate::scoring::{Answer, Sheet};
use crate::time::Year;

pub use layer::{Layer, Side};

/// The worksheet of a unit for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lke {
    /// Identity.
    pub id: LkeId,
    /// Whose.
    pub unit: UnitId,
    /// For which year.
    pub year: Year,
    /// Id of the edition it is filled under; fixed when the sheet is begun.
    pub edition: String,
    /// Layers that were begun.
    pub layers: BTreeMap<Layer, Filled>,
    /// Evidence that the unit points to.
    pub evidence: Vec<Link>,
    /// Remarks on questions, oldest first.
    pub remarks: Vec<Remark>,
    /// Questions sent back to the unit, oldest first.
    pub returns: Vec<Return>,
}

/// What one layer holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Where it stands.
    pub state: LayerState,
    /// How often it was submitted.
    pub round: u32,
    /// Entries by question code.
    pub entries: BTreeMap<String, Entry>,
}

/// Where a layer stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LayerState {
    /// Being filled.
    #[default]
    Open,
    /// Frozen.
    Submitted {
        /// By whom.
        by: PersonId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// What a layer says of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The answer; `None` when only a note stands here.
    pub answer: Option<Answer>,
    /// The unit's explanation, or the assessor's reason.
    pub note: String,
    /// Who wrote it last.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Evidence for a question, kept elsewhere: an address on the web, or a place where it can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Identity.
    pub id: LinkId,
    /// Question it supports.
    pub code: String,
    /// What it is ("SK Tim Kerja 2020").
    pub title: String,
    /// Where it is.
    pub place: String,
    /// Who named it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// One message in the thread of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Identity.
    pub id: RemarkId,
    /// Question.
    pub code: String,
    /// The side it was said from.
    pub side: Side,
    /// What was said.
    pub text: String,
    /// Who said it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A question sent back to the unit for revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// Identity.
    pub id: ReturnId,
    /// Question.
    pub code: String,
    /// The layer that sent it back.
    pub from: Layer,
    /// Last day to revise.
    pub due_on: NaiveDate,
    /// Why; also stands in the thread.
    pub reason: String,
    /// Who sent it back.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// When the unit gave it back, and who.
    pub answered: Option<(PersonId, DateTime<Utc>)>,
}

impl Lke {
    /// A sheet nobody has filled.
    pub fn empty(id: LkeId, unit: UnitId, year: Year, edition: String) -> Self {
        let layers = BTreeMap::from([(Layer::Unit, Filled::default())]);
        Self {
            id,
            unit,
            year,
            edition,
            layers,
            evidence: Vec::new(),
            remarks: Vec::new(),
            returns: Vec::new(),
        }
    }

    /// What a layer itself says of a question.
    pub fn entry(&self, layer: Layer, code: &str) -> Option<&Entry> {
        self.layers.get(&layer)?.entries.get(code)
    }

    /// The answer that counts in a layer: its own, else that of the layer before it on the same side.
    pub fn answer(&self, layer: Layer, code: &str) -> Option<&Answer> {
        let own = self.entry(layer, code).and_then(|entry| entry.answer.as_ref());
        own.or_else(|| self.answer(layer.falls_back_on()?, code))
    }

    /// What a layer is measured against: the answer that counts in the layer before it.
    pub fn basis(&self, layer: Layer, code: &str) -> Option<&Answer> {
        self.answer(layer.before()?, code)
    }

    /// The answers that count in a layer, for scoring.
    pub fn sheet(&self, layer: Layer) -> Sheet {
        let below = layer.falls_back_on().map_or_else(Sheet::default, |below| self.sheet(below));
        let own = self.layers.get(&layer).into_iter().flat_map(|filled| &filled.entries);
        own.filter(|(_, entry)| entry.answer.is_some())
            .fold(below, |sheet, (code, entry)| sheet.with(code, entry.answer.clone()))
    }

    /// Whether a layer is frozen.
    pub fn is_submitted(&self, layer: Layer) -> bool {
        self.submitted(layer).is_some()
    }

    /// When a layer was frozen, and by whom.
    pub fn submitted(&self, layer: Layer) -> Option<(PersonId, DateTime<Utc>)> {
        match self.layers.get(&layer)?.state {
            LayerState::Submitted { by, at } => Some((by, at)),
            LayerState::Open => None,
        }
    }

    /// Whether a layer was begun or can be begun now: everything before it is submitted.
    pub fn is_reachable(&self, layer: Layer) -> bool {
        layer.before().is_none_or(|before| self.is_submitted(before))
    }

    /// The layer of a side that is being worked on, or the last one submitted; `None` before its turn.
    pub fn current(&self, side: Side) -> Option<Layer> {
        side.layers().iter().copied().rfind(|layer| self.is_reachable(*layer))
    }

    /// Whether people of a side may see a layer: their own side's always, others' only when that side is done.
    pub fn is_visible(&self, layer: Layer, to: Side) -> bool {
        layer.side() == to || self.is_submitted(layer.side().last_layer())
    }

    /// The return of a question that the unit has not answered yet.
    pub fn open_return(&self, code: &str) -> Option<&Return> {
        self.returns.iter().find(|sent| sent.code == code && sent.answered.is_none())
    }

    /// Evidence for a question.
    pub fn evidence_for<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Link> {
        self.evidence.iter().filter(move |link| link.code == code)
    }

    /// The thread of a question.
    pub fn thread<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Remark> {
        self.remarks.iter().filter(move |remark| remark.code == code)
    }

    /// The sheet as a blind second reader sees it: what the unit says, and nothing of what assessors said.
    #[must_use]
    pub fn unassessed(mut self) -> Self {
        self.layers.retain(|layer, _| layer.side() == Side::Unit);
        self.remarks.retain(|remark| remark.side == Side::Unit);
        self.returns.clear();
        self
    }
}
