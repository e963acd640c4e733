//! The overview: all units of a year with progress, scores, distance, load and agreement.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::lke::Side;
use bening_core::team::kappa::Kappa;
use bening_core::team::standing::Stage;
use bening_core::team::{Norms, Team};
use bening_store::person;

use super::agreement::{self, Agreement, Listed};
use super::board::{self, Board, Row};
use super::load::{self, Load};
use super::order::{self, Ask, Heading};
use super::sight::{self, Sight};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Choice, Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::allows;

/// How many units the page shows; filters and the file have all of them.
const ROWS_MAX: usize = 200;

pub(super) struct Tabs {
    pub here: &'static str,
    pub year: i32,
    pub manages: bool,
    pub declares: bool,
    pub years: Vec<Choice>,
}

impl Tabs {
    pub(super) fn of(
        caller: &Caller,
        sight: &Sight,
        here: &'static str,
        year: i32,
        years: Vec<Choice>,
    ) -> Self {
        let manages = sight.manages;
        Self { here, year, manages, declares: declares(caller, sight), years }
    }
}

/// Whether the caller may declare a conflict of interest with any unit.
pub(super) fn declares(caller: &Caller, sight: &Sight) -> bool {
    let may = |unit: &bening_core::unit::Unit| {
        allows(caller, Want::DeclareConflict, &crate::reach::scope_of(&sight.units, unit.id))
    };
    allows(caller, Want::DeclareConflict, &Scope::agency()) || sight.units.iter().any(may)
}

/// One side of a unit in the table.
struct SideCell {
    title: &'static str,
    layer: &'static str,
    answered: usize,
    questions: usize,
    percent: String,
    score: Option<String>,
    is_submitted: bool,
}

struct Line {
    unit: String,
    code: String,
    href: String,
    team: Option<(String, String)>,
    stage: &'static str,
    tone: &'static str,
    sides: Vec<SideCell>,
    distances: Vec<(String, String, Option<String>)>,
    open_returns: usize,
    last: Option<String>,
}

struct Figure {
    value: Option<String>,
    agreed: u32,
    n: u32,
}

#[derive(Template)]
#[template(path = "assessment/board.html")]
struct BoardPage {
    page: Page,
    tabs: Tabs,
    ask: Ask,
    headings: Vec<Heading>,
    stages: Vec<(&'static str, &'static str)>,
    teams: Vec<Team>,
    lines: Vec<Line>,
    total: usize,
    shown_of: usize,
    export: String,
    loads: Vec<Load>,
    assessors: Vec<Load>,
    norm: usize,
    readings: Vec<Listed>,
    agreement: Option<Agreement>,
    is_internal: bool,
}

impl BoardPage {
    fn figure(&self, kappa: &Kappa) -> Figure {
        let value = kappa.value.map(|value| self.page.number(value.rounded()));
        Figure { value, agreed: kappa.agreed, n: kappa.n }
    }
}

/// The overview of a year.
///
/// # Errors
/// When the caller may see nothing of the assessment.
pub async fn show(State(app): State<App>, caller: Caller, Query(ask): Query<Ask>) -> Result {
    let sight = Sight::of(&app, &caller).await?;
    let year = sight::year_asked(&app, ask.tahun.as_deref())?;
    let mut board = board::load(&app, &sight, caller.id(), year).await?;
    let total = board.rows.len();
    let page = frame::plain(&app, &caller, caller.lang.t("Penilaian"), Room::Assessment).await?;
    let norms = Norms::shipped().map_err(|error| AppError::Refused(error.to_string()))?;
    let norm = norms.load.units_per_team;
    let seated = board.teams.iter().flat_map(|team| &team.members).map(|member| member.person);
    let readers = board.readings.iter().map(|reading| reading.reader);
    let names = person::names(app.store(), seated.chain(readers)).await?;
    let is_internal = sight.is_internal();
    let readings = agreement::listed(&board, &names, caller.id(), sight.manages);
    let agreement = agreement::of(&board).filter(|_| is_internal);
    let title = |seat: bening_core::team::Seat| caller.lang.t(seat.title()).into_owned();
    let (loads, assessors) = if is_internal {
        (load::teams(&board, &names, norm), load::assessors(&board, &names, norm, title))
    } else {
        (Vec::new(), Vec::new())
    };
    ask.apply(&mut board.rows);
    let Board { rows, teams, .. } = board;
    let lines = rows.iter().take(ROWS_MAX).map(|row| line(&app, &page, row, year)).collect();
    let years = sight::years(&app, year, "/penilaian").await?;
    let shown = BoardPage {
        tabs: Tabs::of(&caller, &sight, "papan", year.get(), years),
        headings: ask.headings(year),
        stages: order::stages(),
        export: format!("/penilaian/ekspor?{}", ask.query(year)),
        teams: if is_internal { teams } else { Vec::new() },
        page: Page { crumbs: vec![Crumb::here(caller.lang.t("Penilaian"))], ..page },
        shown_of: rows.len(),
        ask,
        lines,
        total,
        loads,
        assessors,
        norm,
        readings,
        agreement,
        is_internal,
    };
    Ok(Html(shown.render()?).into_response())
}

fn line(app: &App, page: &Page, row: &Row, year: bening_core::time::Year) -> Line {
    let distance = |each: &bening_core::team::standing::Distance| {
        let is_missing = !each.missing.is_negative() && !each.missing.is_zero();
        let missing = is_missing.then(|| page.number(each.missing.rounded()));
        (each.predicate.clone(), page.number(each.threshold.plain_or_rounded()), missing)
    };
    Line {
        unit: row.unit.name.clone(),
        code: row.unit.code.to_string(),
        href: format!("/unit/{}/lke/{year}", row.unit.code),
        team: row.team.as_ref().map(|(id, name)| (format!("/penilaian/tim/{id}"), name.clone())),
        stage: row.stage.title(),
        tone: tone(row.stage),
        sides: Side::ALL.into_iter().filter_map(|side| side_cell(page, row, side)).collect(),
        distances: row.distances.iter().map(distance).collect(),
        open_returns: row.open_returns,
        last: row.last_at.map(|at| page.date(app.local(at).0)),
    }
}

fn side_cell(page: &Page, row: &Row, side: Side) -> Option<SideCell> {
    let cell = row.of_side(side)?;
    Some(SideCell {
        title: side.title(),
        layer: cell.layer.title(),
        answered: cell.answered,
        questions: row.questions,
        percent: (cell.answered * 100).checked_div(row.questions).unwrap_or(0).to_string(),
        score: cell.score.map(|score| page.number(score.rounded())),
        is_submitted: cell.submitted_at.is_some(),
    })
}

fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::NotBegun => "mute",
        Stage::At(layer) if layer.side() == Side::Unit => "warn",
        Stage::At(_) => "info",
        Stage::Done => "ok",
    }
}
