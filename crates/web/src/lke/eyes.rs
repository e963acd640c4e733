//! A worksheet as one person sees it: the columns they may look at and the scores behind them, each counted once.

use bening_core::instrument::{Area, Component, Condition, Exact, Instrument, Metric, Predicate};
use bening_core::instrument::{ScoreOf, Threshold};
use bening_core::lke::{Layer, Lke, Side};
use bening_core::scoring::{Points, Score, Sheet};

use super::reach::Opened;
use crate::error::{AppError, Result};
use crate::words::Lang;

/// A side of the table: whose answers, in which of its layers.
#[derive(Debug)]
pub struct Column {
    /// The side.
    pub side: Side,
    /// The layer whose answers count there.
    pub layer: Layer,
    /// Its answers.
    pub sheet: Sheet,
    /// Their score.
    pub score: Score,
}

/// What somebody sees.
#[derive(Debug)]
pub struct Eyes<'a> {
    /// The worksheet.
    pub opened: &'a Opened,
    /// Their language.
    pub lang: Lang,
    /// Sides in order; the person's own is always there.
    pub columns: Vec<Column>,
}

impl<'a> Eyes<'a> {
    /// Looks at a worksheet.
    ///
    /// # Errors
    /// When an answer does not fit the edition any more.
    pub fn of(opened: &'a Opened, lang: Lang) -> Result<Self> {
        let mut columns = Vec::new();
        for side in Side::ALL {
            if let Some(layer) = layer_of(opened, side) {
                columns.push(column(opened, side, layer)?);
            }
        }
        Ok(Self { opened, lang, columns })
    }

    /// The sheet.
    pub fn lke(&self) -> &'a Lke {
        &self.opened.lke
    }

    /// Its edition.
    pub fn edition(&self) -> &'a Instrument {
        &self.opened.edition
    }

    /// The column of the layer the person works in; readers look at the unit's.
    ///
    /// # Errors
    /// Never for an opened sheet: the own column is always there.
    pub fn own(&self) -> Result<&Column> {
        let seen = self.opened.desk.seen();
        self.columns.iter().find(|column| column.layer == seen).ok_or(AppError::NotFound)
    }

    /// Points with two decimals.
    pub fn points(&self, number: Exact) -> String {
        self.lang.decimal(number.rounded())
    }

    /// A weight or threshold as the law writes it.
    pub fn plain(&self, number: Exact) -> String {
        self.lang.decimal(number.plain_or_rounded())
    }

    /// The least percentage of an area under the lowest predicate, where it has one.
    pub fn minimum(&self, area: &Area, points: &Points) -> Option<Exact> {
        let predicate = self.edition().predicates.first()?;
        default_conditions(self.edition(), predicate)
            .find_map(|condition| minimum_under(self.edition(), condition, area, points))
    }

    /// The predicates with the least total of each.
    pub fn totals(&self) -> Vec<(&'a Predicate, Exact)> {
        let edition = self.edition();
        let least = |predicate: &'a Predicate| {
            let found = default_conditions(edition, predicate)
                .find(|condition| is_of_total(edition, condition))
                .and_then(at_least)?;
            Some((predicate, found))
        };
        edition.predicates.iter().filter_map(least).collect()
    }
}

fn layer_of(opened: &Opened, side: Side) -> Option<Layer> {
    let (desk, lke) = (&opened.desk, &opened.lke);
    if side == desk.side {
        return Some(desk.seen());
    }
    lke.current(side).filter(|layer| lke.is_visible(*layer, desk.side))
}

fn column(opened: &Opened, side: Side, layer: Layer) -> Result<Column> {
    let sheet = opened.lke.sheet(layer);
    let score = Score::of(&opened.edition, &sheet);
    let score = score.map_err(|error| AppError::Refused(error.to_string()))?;
    Ok(Column { side, layer, sheet, score })
}

fn default_conditions<'a>(
    edition: &'a Instrument,
    predicate: &'a Predicate,
) -> impl Iterator<Item = &'a Condition> {
    edition.conditions_of(&predicate.code).filter(|condition| condition.reading_of.is_none())
}

fn is_of_total(edition: &Instrument, condition: &Condition) -> bool {
    Metric::of(edition, &condition.metric) == Some(Metric::Score(ScoreOf::Total))
}

fn at_least(condition: &Condition) -> Option<Exact> {
    match condition.threshold {
        Threshold::AtLeast(least) => Some(least),
        _ => None,
    }
}

fn minimum_under(edition: &Instrument, condition: &Condition, area: &Area, points: &Points) -> Option<Exact> {
    let least = at_least(condition)?;
    match Metric::of(edition, &condition.metric)? {
        Metric::LowestArea | Metric::LowestHalf => {
            (area.component(edition) == Some(Component::Pengungkit)).then_some(least)
        }
        Metric::Score(ScoreOf::Code(code)) if code == area.code => {
            Points::new(least, points.weight).ok().map(|points| points.percent)
        }
        _ => None,
    }
}
