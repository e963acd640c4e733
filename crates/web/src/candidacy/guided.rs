//! What a unit that was sent back to build has to do better: the points it lost, question by question, and the actions
//! they become in next year's plan. The step writes them where that plan is still being written; otherwise, or later,
//! whoever composes the plan does it from this page. An action is never written twice.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::candidacy::guidance::{self, Loss};
use bening_core::candidacy::{Candidacy, Stage};
use bening_core::id::{PlanId, UnitId};
use bening_core::instrument::Instrument;
use bening_core::lke::{Layer, Lke};
use bening_core::plan::{Plan, PlanState};
use bening_core::scoring::Score;
use bening_core::time::Year;
use bening_store::{WriteTx, lke, plan};
use chrono::NaiveDate;
use serde::Serialize;

use super::reach::{Roads, rules_of};
use super::unit;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::Page;
use crate::reach::{allows, demand};

/// The worksheet that was assessed, scored by the last of the assessors.
pub(super) struct Assessed {
    sheet: Lke,
    layer: Layer,
    edition: std::sync::Arc<Instrument>,
    score: Score,
}

impl Assessed {
    /// The worksheet of a unit in the year of a day, or of the year before; `None` while no assessor handed one in.
    pub(super) async fn of(app: &App, unit: UnitId, on: NaiveDate) -> Result<Option<Self>> {
        let year = Year::of(on);
        for year in [Some(year), year.previous()].into_iter().flatten() {
            if let Some(sheet) = lke::find(app.store(), unit, year).await? {
                return Self::scored(app, sheet).await;
            }
        }
        Ok(None)
    }

    async fn scored(app: &App, sheet: Lke) -> Result<Option<Self>> {
        let layers = [Layer::TpnPanel, Layer::TpnField, Layer::TpnDesk, Layer::TpiController];
        let Some(layer) = layers.into_iter().find(|layer| sheet.is_submitted(*layer)) else {
            return Ok(None);
        };
        let editions = app.editions().await?;
        let Some(edition) = editions.by_id(&sheet.edition).cloned() else { return Ok(None) };
        let score = Score::of(&edition, &sheet.sheet(layer)).ok();
        Ok(score.map(|score| Self { sheet, layer, edition, score }))
    }

    fn losses(&self) -> Result<Vec<Loss<'_>>> {
        guidance::losses(&self.edition, &self.score).map_err(|error| AppError::Refused(error.to_string()))
    }
}

/// What became of the losses.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Written {
    /// So many actions were added to the plan of the year.
    Added {
        /// Year of the plan.
        year: Year,
        /// Actions.
        actions: usize,
    },
    /// The plan of the year is approved and was left alone.
    Approved {
        /// Year of the plan.
        year: Year,
    },
}

/// Adds an action for every loss to the plan of the year after a day, and begins that plan where there is none.
pub(super) async fn write(
    tx: &WriteTx,
    unit: UnitId,
    assessed: &Assessed,
    on: NaiveDate,
) -> Result<Option<Written>> {
    let Some(year) = Year::of(on).next() else { return Ok(None) };
    let losses = assessed.losses()?;
    let found = plan::lock(tx, unit, year).await?;
    if found.as_ref().is_some_and(|plan| plan.state == PlanState::Approved) {
        return Ok(Some(Written::Approved { year }));
    }
    let before = match &found {
        Some(plan) => plan.clone(),
        None => Plan::empty(PlanId(chance::fresh()), unit, year),
    };
    let mut after = before.clone();
    let actions = guidance::write(&mut after, &losses, &mut chance::fresh)?;
    match found {
        Some(_) => plan::save(tx, &before, &after).await?,
        None => plan::create(tx, &after).await?,
    }
    Ok(Some(Written::Added { year, actions }))
}

/// Whether there is something to read here about a road.
pub(super) async fn is_told(app: &App, road: Option<&Candidacy>) -> Result<bool> {
    let sent = road.and_then(|road| Some((road.unit, road.reached(Stage::Guided)?.on)));
    match sent {
        Some((unit, on)) => Ok(Assessed::of(app, unit, on).await?.is_some()),
        None => Ok(false),
    }
}

/// What a step that sends a unit back writes into its next plan.
pub(super) async fn follow(
    app: &App,
    tx: &WriteTx,
    road: &Candidacy,
    code: &str,
    on: NaiveDate,
) -> Result<Option<Written>> {
    if !rules_of(road)?.guides(code) {
        return Ok(None);
    }
    match Assessed::of(app, road.unit, on).await? {
        Some(assessed) => write(tx, road.unit, &assessed, on).await,
        None => Ok(None),
    }
}

/// What is said of what was written.
pub(super) fn told(caller: &Caller, written: Option<Written>) -> Option<String> {
    Some(match written? {
        Written::Added { year, actions } => caller.lang.tf(
            "%{n} tindakan ditulis ke rencana %{tahun}.",
            &[("n", actions.to_string()), ("tahun", year.to_string())],
        ),
        Written::Approved { year } => caller.lang.tf(
            "Rencana %{tahun} sudah disetujui; buka perubahan rencana, lalu tulis tindakannya dari halaman pembinaan.",
            &[("tahun", year)],
        ),
    })
}

/// A loss on the page.
struct Line {
    code: String,
    label: String,
    area: String,
    reached: String,
    weight: String,
    lost: String,
    address: String,
}

#[derive(Template)]
#[template(path = "candidacy/guided.html")]
struct GuidedPage {
    page: Page,
    base: String,
    layer: String,
    lines: Vec<Line>,
    lost: String,
    citation: String,
    year: String,
    plan_address: String,
    may_write: bool,
}

/// The road that was sent back, and the day.
fn sent_back(roads: &Roads) -> Result<(&Candidacy, NaiveDate)> {
    let road = roads.newest().ok_or(AppError::NotFound)?;
    let on = road.reached(Stage::Guided).ok_or(AppError::NotFound)?.on;
    Ok((road, on))
}

/// The page.
///
/// # Errors
/// When the unit was not sent back, or no assessor handed a worksheet in.
pub async fn show(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    let (road, on) = sent_back(&roads)?;
    let assessed = Assessed::of(&app, road.unit, on).await?.ok_or(AppError::NotFound)?;
    let losses = assessed.losses()?;
    let lost = bening_core::instrument::Exact::sum(losses.iter().map(|loss| loss.lost));
    let page = unit::page(&app, &caller, &roads, caller.lang.t("Dibina kembali").into_owned()).await?;
    let year = Year::of(on).next().map(|year| year.to_string()).unwrap_or_default();
    let code = &roads.reached.unit.code;
    let shown = GuidedPage {
        base: roads.address(),
        layer: page.t(assessed.layer.title()).into_owned(),
        lines: losses.iter().map(|loss| line(&caller, &assessed, code.as_str(), loss)).collect(),
        lost: lost.map(|lost| caller.lang.decimal(lost.rounded())).unwrap_or_default(),
        citation: rules_of(road)?.guidance.as_ref().map(|one| one.citation.clone()).unwrap_or_default(),
        plan_address: format!("/unit/{code}/rencana/{year}"),
        year,
        may_write: allows(&caller, Want::ComposePlan, &roads.scope),
        page,
    };
    Ok(Html(shown.render()?).into_response())
}

fn line(caller: &Caller, assessed: &Assessed, unit: &str, loss: &Loss<'_>) -> Line {
    let (code, year) = (&loss.question.code, assessed.sheet.year);
    Line {
        code: code.clone(),
        label: loss.question.label.clone(),
        area: loss.area.name.clone(),
        reached: caller.lang.decimal(loss.points.score.rounded()),
        weight: caller.lang.decimal(loss.points.weight.plain_or_rounded()),
        lost: caller.lang.decimal(loss.lost.rounded()),
        address: format!("/unit/{unit}/lke/{year}/perhitungan/{code}"),
    }
}

/// Writes the actions into the plan of the next year.
///
/// # Errors
/// When the caller does not compose plans, or the plan is approved.
pub async fn compose(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    demand(&caller, Want::ComposePlan, &roads.scope)?;
    let (road, on) = sent_back(&roads)?;
    let assessed = Assessed::of(&app, road.unit, on).await?.ok_or(AppError::NotFound)?;
    let tx = app.store().begin().await?;
    let written = write(&tx, road.unit, &assessed, on).await?;
    let said = told(&caller, written).unwrap_or_default();
    if let Some(Written::Approved { .. }) = written {
        return Err(AppError::Refused(said));
    }
    let entry = Entry::new(caller.audit(), "plan.guided", road.id.0).of_unit(road.unit);
    tx.commit(entry.after(written), app.now()).await?;
    Ok(flash::done(see_other(&format!("{}/pembinaan", roads.address())), said))
}
