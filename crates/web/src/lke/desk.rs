//! The desk of a person at a worksheet: whose side they see it from, which layer they write in, which questions
//! they may answer there. Rights are `bening_core::access`; whether a layer is open is `bening_core::lke`.

use std::collections::BTreeSet;

use bening_core::access::{Action, Scope};
use bening_core::instrument::Instrument;
use bening_core::lke::edit::{Refusal, writable};
use bening_core::lke::{Layer, Lke, Side};
use bening_core::plan::Area;

use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::reach::allows;

/// What a person works on at a worksheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Whose eyes they see it with; readers without a layer see what the unit sees.
    pub side: Side,
    /// The layer they work in; `None` for readers.
    pub layer: Option<Layer>,
    /// Codes of the areas whose questions they may answer.
    areas: BTreeSet<String>,
    /// Whether they may submit the layer and take that back.
    pub submits: bool,
}

impl Desk {
    /// The desk of the caller. Who holds several layers works in the last one whose turn has come.
    pub fn of(caller: &Caller, scope: &Scope, lke: &Lke, edition: &Instrument) -> Self {
        let held: Vec<Layer> =
            Layer::ALL.into_iter().filter(|layer| works_in(caller, scope, edition, *layer)).collect();
        let ready = held.iter().rev().find(|layer| lke.is_reachable(**layer));
        let Some(layer) = ready.or(held.first()).copied() else {
            return Self { side: Side::Unit, layer: None, areas: BTreeSet::new(), submits: false };
        };
        let areas = areas(caller, scope, edition, layer);
        let submits = allows(caller, submitting(layer), scope);
        Self { side: layer.side(), layer: Some(layer), areas, submits }
    }

    /// The layer whose numbers the person looks at first: their own, else the unit's.
    pub fn seen(&self) -> Layer {
        self.layer.unwrap_or(Layer::Unit)
    }

    /// Whether a question is theirs to answer, open or not.
    pub fn holds(&self, edition: &Instrument, code: &str) -> bool {
        edition.question(code).is_some_and(|(area, _, _)| self.areas.contains(&area.code))
    }

    /// Whether they may take part in the thread of a question.
    pub fn may_talk(&self, edition: &Instrument, code: &str) -> bool {
        self.submits || self.holds(edition, code)
    }

    /// Whether they can answer a question now.
    pub fn may_answer(&self, lke: &Lke, edition: &Instrument, code: &str) -> bool {
        self.can_answer(lke, edition, code).is_ok()
    }

    /// The layer in which they can answer a question now.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a question that is not there, [`AppError::Forbidden`] when it is not theirs, or
    /// why the layer is closed.
    pub fn can_answer(&self, lke: &Lke, edition: &Instrument, code: &str) -> Result<Layer> {
        let layer = self.demand(edition, code)?;
        writable(lke, layer, code)?;
        Ok(layer)
    }

    /// The layer in which a question is theirs, open or not.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a question that is not there, [`AppError::Forbidden`] when it is not theirs.
    pub fn demand(&self, edition: &Instrument, code: &str) -> Result<Layer> {
        if edition.question(code).is_none() {
            return Err(AppError::NotFound);
        }
        self.layer.filter(|_| self.holds(edition, code)).ok_or(AppError::Forbidden)
    }

    /// The layer they may submit or reopen.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn demand_submit(&self) -> Result<Layer> {
        self.layer.filter(|_| self.submits).ok_or(AppError::Forbidden)
    }

    /// Why the layer cannot be written at all now, if so.
    pub fn closed(&self, lke: &Lke) -> Option<Refusal> {
        writable(lke, self.layer?, "").err()
    }

    /// The layers they may see, in order.
    pub fn visible<'a>(&'a self, lke: &'a Lke) -> impl Iterator<Item = Layer> + 'a {
        Layer::ALL.into_iter().filter(|layer| lke.is_visible(*layer, self.side))
    }
}

fn works_in(caller: &Caller, scope: &Scope, edition: &Instrument, layer: Layer) -> bool {
    allows(caller, submitting(layer), scope) || !areas(caller, scope, edition, layer).is_empty()
}

fn areas(caller: &Caller, scope: &Scope, edition: &Instrument, layer: Layer) -> BTreeSet<String> {
    let codes = edition.areas.iter().map(|area| &area.code);
    let may = |code: &&String| allows(caller, answering(layer), &scope.clone().area(Area::from_code(code)));
    codes.filter(may).cloned().collect()
}

fn answering(layer: Layer) -> Action {
    match layer {
        Layer::Unit => Action::AnswerLke,
        other => submitting(other),
    }
}

fn submitting(layer: Layer) -> Action {
    match layer {
        Layer::Unit => Action::SubmitLke,
        Layer::TpiMember => Action::AssessAsMember,
        Layer::TpiLead => Action::AssessAsLead,
        Layer::TpiController => Action::AssessAsController,
        Layer::TpnDesk | Layer::TpnField | Layer::TpnPanel => Action::AssessNationally,
    }
}
