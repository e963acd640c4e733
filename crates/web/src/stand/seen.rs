//! What a caller sees of a worksheet when they ask where the unit stands: one layer with its score, the facts,
//! the predicate they ask about.

use bening_core::eligibility::{Facts, Stated, Verdict, stated};
use bening_core::instrument::{Instrument, Predicate};
use bening_core::lke::{Layer, Lke};
use bening_core::scoring::{Score, Sheet};
use bening_store::fact::{self, About};

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::form::encode;
use crate::lke::reach::{LkePath, Opened, reach_lke};
use crate::lke::typed::Fields;

/// Word of the query for the predicate.
pub(super) const PREDICATE: &str = "predikat";
/// Word of the query for the layer.
pub(super) const LAYER: &str = "lapisan";

/// A worksheet as one person sees it.
pub(super) struct Seen {
    pub(super) opened: Opened,
    /// The layer shown; `None` while none is to be seen.
    pub(super) layer: Option<Layer>,
    pub(super) sheet: Sheet,
    pub(super) score: Option<Score>,
    pub(super) facts: Facts,
    pub(super) unit_stated: Stated,
    pub(super) agency_stated: Stated,
    /// Code of the predicate.
    pub(super) predicate: String,
}

/// One of a few things to look at.
pub(super) struct Pick {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) here: bool,
}

impl Seen {
    /// The worksheet of an address with what was asked to be seen of it.
    pub(super) async fn load(app: &App, caller: &Caller, path: &LkePath, asked: &Fields) -> Result<Self> {
        let opened = reach_lke(app, caller, path).await?;
        let layer = layer(&opened, asked.get(LAYER));
        let sheet = layer.map(|layer| opened.lke.sheet(layer)).unwrap_or_default();
        let score = layer.map(|_| Score::of(&opened.edition, &sheet)).transpose();
        let score = score.map_err(|error| AppError::Refused(error.to_string()))?;
        let (unit, year) = (opened.at.reached.unit.id, opened.at.year);
        let unit_stated = fact::stated(app.store(), About::Unit(unit), year).await?;
        let agency_stated = fact::stated(app.store(), About::Agency, year).await?;
        let facts = stated::facts(&opened.edition, &agency_stated, &unit_stated);
        let predicate =
            predicate(&opened.edition, asked.get(PREDICATE)).ok_or(AppError::NotFound)?.code.clone();
        Ok(Self { opened, layer, sheet, score, facts, unit_stated, agency_stated, predicate })
    }

    pub(super) fn edition(&self) -> &Instrument {
        &self.opened.edition
    }

    pub(super) fn lke(&self) -> &Lke {
        &self.opened.lke
    }

    /// The conditions of the predicate, tested.
    pub(super) fn verdict(&self) -> Result<Verdict<'_>> {
        self.verdict_of(self.score.as_ref())
    }

    /// The same for another score.
    pub(super) fn verdict_of(&self, score: Option<&Score>) -> Result<Verdict<'_>> {
        let verdict = Verdict::of(self.edition(), &self.predicate, &self.facts, score);
        verdict.map_err(|error| AppError::Refused(error.to_string()))
    }

    /// Links to the predicates of the edition.
    pub(super) fn predicates(&self, page: &str) -> Vec<Pick> {
        let pick = |known: &Predicate| Pick {
            label: known.code.clone(),
            href: self.address(page, &known.code, self.layer),
            here: known.code == self.predicate,
        };
        self.edition().predicates.iter().map(pick).collect()
    }

    /// Links to the layers the caller may see; none when there is nothing to choose.
    pub(super) fn layers(&self, caller: &Caller, page: &str) -> Vec<Pick> {
        let pick = |layer: Layer| Pick {
            label: caller.lang.t(layer.title()).into_owned(),
            href: self.address(page, &self.predicate, Some(layer)),
            here: Some(layer) == self.layer,
        };
        let visible = visible(&self.opened);
        if visible.len() < 2 { Vec::new() } else { visible.into_iter().map(pick).collect() }
    }

    /// Address of a page of this worksheet, with what is looked at now.
    pub(super) fn here(&self, page: &str) -> String {
        self.address(page, &self.predicate, self.layer)
    }

    fn address(&self, page: &str, predicate: &str, layer: Option<Layer>) -> String {
        let base = self.opened.at.address();
        let layer = layer.map_or_else(String::new, |layer| format!("&{LAYER}={}", layer.as_str()));
        format!("{base}/{page}?{PREDICATE}={}{layer}", encode(predicate))
    }
}

/// The layers a caller may see that hold anything.
fn visible(opened: &Opened) -> Vec<Layer> {
    let begun = |layer: &Layer| *layer == Layer::Unit || opened.lke.layers.contains_key(layer);
    opened.desk.visible(&opened.lke).filter(begun).collect()
}

/// The layer asked for; else that of the internal team once it is done, else the caller's own.
fn layer(opened: &Opened, asked: &str) -> Option<Layer> {
    let visible = visible(opened);
    let may_see = |layer: &Layer| visible.contains(layer);
    let done = Some(Layer::TpiController).filter(|layer| opened.lke.is_submitted(*layer));
    let candidates = [Layer::parse(asked), done, Some(opened.desk.seen())];
    candidates.into_iter().flatten().find(may_see).or(visible.first().copied())
}

fn predicate<'a>(edition: &'a Instrument, asked: &str) -> Option<&'a Predicate> {
    let known = edition.predicates.iter().find(|known| known.code.eq_ignore_ascii_case(asked));
    known.or(edition.predicates.first())
}
