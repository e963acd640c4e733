//! All units by the stage of their road, as a page and as CSV.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use bening_core::candidacy::{Candidacy, Stage};
use bening_core::unit::Unit;
use bening_store::candidacy;
use serde::Deserialize;

use super::appraisal;
use super::unit::tone;
use crate::app::App;
use crate::caller::Caller;
use crate::csv::record;
use crate::error::Result;
use crate::page::{Page, Room};
use crate::plan::frame;
use crate::reach::readable_units;

/// What is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    tahap: String,
    #[serde(default)]
    cari: String,
}

/// A unit.
struct Line {
    unit: String,
    code: String,
    predicate: String,
    stage: Stage,
    tone: &'static str,
    since: String,
    paper: String,
}

#[derive(Template)]
#[template(path = "candidacy/agency.html")]
struct AgencyPage {
    page: Page,
    lines: Vec<Line>,
    counts: Vec<(Stage, usize)>,
    all: usize,
    ask: Ask,
    /// Address of the proposal of the year; only for those who may see it.
    proposal: Option<String>,
    /// Address of the national team's desk; only for its members.
    desk: Option<&'static str>,
}

/// The page.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller, Query(ask): Query<Ask>) -> Result {
    let page = frame::plain(&app, &caller, caller.lang.t("Predikat").into_owned(), Room::Predicate).await?;
    let lines = lines(&app, &caller, |day| page.date(day)).await?;
    let count = |stage: Stage| (stage, lines.iter().filter(|line| line.stage == stage).count());
    let counts = Stage::ALL.map(count).into_iter().filter(|(_, count)| *count > 0).collect();
    let (all, lines) = (lines.len(), chosen(lines, &ask));
    let proposal = crate::proposal::address(&app, &caller);
    let desk = appraisal::desk::institution(&caller).map(|_| "/predikat/nasional");
    Ok(Html(AgencyPage { page, lines, counts, all, ask, proposal, desk }.render()?).into_response())
}

/// The same as a file.
///
/// # Errors
/// When the store fails.
pub async fn download(State(app): State<App>, caller: Caller, Query(ask): Query<Ask>) -> Result {
    let lines = chosen(lines(&app, &caller, |day| day.to_string()).await?, &ask);
    let mut text = String::from("\u{feff}");
    text.push_str(&record(
        &["Kode", "Unit kerja", "Predikat dituju", "Tahap", "Sejak", "Naskah"].map(str::to_owned),
    ));
    for line in lines {
        let stage = line.stage.title().to_owned();
        text.push_str(&record(&[line.code, line.unit, line.predicate, stage, line.since, line.paper]));
    }
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"predikat.csv\""),
    ];
    Ok((head, text).into_response())
}

async fn lines(app: &App, caller: &Caller, say: impl Fn(chrono::NaiveDate) -> String) -> Result<Vec<Line>> {
    let roads = candidacy::all(app.store()).await?;
    let units = readable_units(app, caller).await?;
    let newest = |unit: &Unit| roads.iter().rev().find(|road| road.unit == unit.id);
    Ok(units.iter().map(|unit| line(unit, newest(unit), &say)).collect())
}

fn line(unit: &Unit, road: Option<&Candidacy>, say: impl Fn(chrono::NaiveDate) -> String) -> Line {
    let last = road.and_then(|road| road.taken.last());
    Line {
        unit: unit.name.clone(),
        code: unit.code.to_string(),
        predicate: road.map(|road| road.predicate.clone()).unwrap_or_default(),
        stage: road.map_or(Stage::Start, Candidacy::stage),
        tone: road.map_or("mute", tone),
        since: last.map(|last| say(last.on)).unwrap_or_default(),
        paper: last
            .and_then(|last| last.paper.as_ref())
            .map(|paper| paper.number.clone())
            .unwrap_or_default(),
    }
}

fn chosen(lines: Vec<Line>, ask: &Ask) -> Vec<Line> {
    let words = ask.cari.trim().to_lowercase();
    let fits = |line: &Line| {
        let named = format!("{} {}", line.unit, line.code).to_lowercase();
        (ask.tahap.is_empty() || line.stage.as_str() == ask.tahap) && named.contains(&words)
    };
    lines.into_iter().filter(fits).collect()
}
