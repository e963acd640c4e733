//! The assessment of a year put together: a fixed number of queries by year, scores computed from the sheets.

use std::collections::BTreeMap;
use std::sync::Arc;

use bening_core::id::{LkeId, PersonId, TeamId, UnitId};
use bening_core::instrument::{Editions, Exact, Instrument};
use bening_core::lke::{Layer, Lke, Side};
use bening_core::team::Team;
use bening_core::team::reading::Reading;
use bening_core::team::standing::{Distance, Stage, Standing, distances};
use bening_core::time::Year;
use bening_core::unit::Unit;
use chrono::{DateTime, Utc};

use super::sight::Sight;
use crate::app::App;
use crate::error::Result;

/// The assessment of a year, as far as somebody may see it.
pub(super) struct Board {
    pub editions: Arc<Editions>,
    pub sheets: BTreeMap<UnitId, Lke>,
    pub teams: Vec<Team>,
    pub readings: Vec<Reading>,
    pub rows: Vec<Row>,
}

/// One unit.
pub(super) struct Row {
    pub unit: Unit,
    pub team: Option<(TeamId, String)>,
    pub stage: Stage,
    pub questions: usize,
    pub layers: Vec<Cell>,
    pub distances: Vec<Distance>,
    pub open_returns: usize,
    pub last_at: Option<DateTime<Utc>>,
}

/// One layer of a unit; the score only where it may be seen.
pub(super) struct Cell {
    pub layer: Layer,
    pub answered: usize,
    pub submitted_at: Option<DateTime<Utc>>,
    pub score: Option<Exact>,
}

impl Board {
    /// The edition of a sheet.
    pub(super) fn edition(&self, lke: &Lke) -> Option<&Instrument> {
        self.editions.by_id(&lke.edition).map(AsRef::as_ref)
    }
}

impl Row {
    /// The last layer whose score may be seen.
    pub(super) fn latest(&self) -> Option<(Layer, Exact)> {
        self.layers.iter().rev().find_map(|cell| Some((cell.layer, cell.score?)))
    }

    /// The last layer of a side that was begun.
    pub(super) fn of_side(&self, side: Side) -> Option<&Cell> {
        self.layers.iter().rev().find(|cell| cell.layer.side() == side)
    }
}

/// Loads a year.
///
/// # Errors
/// When the store fails.
pub(super) async fn load(app: &App, sight: &Sight, reader: PersonId, year: Year) -> Result<Board> {
    let editions = app.editions().await?;
    let ids: Vec<UnitId> = sight.units.iter().map(|unit| unit.id).collect();
    let found = bening_store::lke::list(app.store(), &ids, year).await?;
    let sheet_ids: Vec<LkeId> = found.iter().map(|lke| lke.id).collect();
    let sheets: BTreeMap<UnitId, Lke> = found.into_iter().map(|lke| (lke.unit, lke)).collect();
    let teams = bening_store::team::list(app.store(), year).await?;
    let readings = bening_store::reading::of_sheets(app.store(), &sheet_ids).await?;
    let is_blind = |lke: &Lke| {
        let is_open = |each: &Reading| each.reader == reader && each.finished_at.is_none();
        readings.iter().any(|each| each.lke == lke.id && is_open(each))
    };
    let seen = sight.units.iter().filter(|unit| sight.sees_unit(sheets.get(&unit.id)));
    let row = |unit: &Unit| {
        let lke = sheets.get(&unit.id);
        let sees = |layer: Layer| {
            lke.is_some_and(|lke| {
                sight.sees_score(lke, layer) && (layer.side() == Side::Unit || !is_blind(lke))
            })
        };
        let filled = lke.and_then(|lke| Some((lke, editions.by_id(&lke.edition)?.as_ref())));
        row(unit, Stage::of(lke), filled, &teams, &sees)
    };
    let rows = seen.map(row).collect();
    Ok(Board { editions, rows, sheets, teams, readings })
}

fn row(
    unit: &Unit,
    stage: Stage,
    filled: Option<(&Lke, &Instrument)>,
    teams: &[Team],
    sees: &dyn Fn(Layer) -> bool,
) -> Row {
    let team = teams.iter().find(|team| team.units.contains(&unit.id));
    let mut row = Row {
        unit: unit.clone(),
        team: team.map(|team| (team.id, team.name.clone())),
        stage,
        questions: 0,
        layers: Vec::new(),
        distances: Vec::new(),
        open_returns: 0,
        last_at: None,
    };
    let Some((lke, edition)) = filled else { return row };
    // A sheet whose answers no longer fit its edition is shown without figures; its own page says why.
    if let Ok(standing) = Standing::of(edition, lke) {
        fill(&mut row, edition, standing, sees);
    }
    row
}

fn fill(row: &mut Row, edition: &Instrument, standing: Standing, sees: &dyn Fn(Layer) -> bool) {
    row.questions = standing.questions;
    (row.open_returns, row.last_at) = (standing.open_returns, standing.last_at);
    let cell = |progress: &bening_core::team::standing::Progress| Cell {
        layer: progress.layer,
        answered: progress.answered,
        submitted_at: progress.submitted_at,
        score: sees(progress.layer).then_some(progress.score),
    };
    row.layers = standing.layers.iter().map(cell).collect();
    if let Some((_, score)) = row.latest() {
        row.distances = distances(edition, score).unwrap_or_default();
    }
}
