//! All roads that lie with the national team: how far each form is, and what waits for the caller.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action, Scope};
use bening_core::candidacy::appraisal::{Appraisal, Institution, Remark};
use bening_core::candidacy::{Candidacy, Stage};
use bening_core::id::CandidacyId;
use bening_core::unit::Unit;
use bening_store::{appraisal, candidacy, unit as units};

use super::catalogue;
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::unit::tone;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::allows;

/// A road on the desk.
struct Line {
    unit: String,
    code: String,
    predicate: String,
    stage: &'static str,
    tone: &'static str,
    since: String,
    judged: usize,
    all: usize,
    failing: usize,
    objections: usize,
    waits: bool,
    is_ready: bool,
}

#[derive(Template)]
#[template(path = "candidacy/desk.html")]
struct DeskPage {
    page: Page,
    lines: Vec<Line>,
    institution: &'static str,
    waiting: usize,
}

/// For which institution somebody sits at the desk.
pub(crate) fn institution(caller: &Caller) -> Option<Institution> {
    let may = |action| allows(caller, action, &Scope::agency());
    match () {
        () if may(Action::JudgeCandidate) => Some(Institution::Ministry),
        () if may(Action::AppraiseForKpk) => Some(Institution::Kpk),
        () if may(Action::AppraiseForOmbudsman) => Some(Institution::Ombudsman),
        () => None,
    }
}

/// The desk.
///
/// # Errors
/// When the caller is not of the national team.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let institution = institution(&caller).ok_or(AppError::Forbidden)?;
    let title = caller.lang.t("Meja penilai nasional").into_owned();
    let page = frame::plain(&app, &caller, title.clone(), Room::Predicate).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Predikat"), "/predikat"), Crumb::here(title)];
    let roads = candidacy::all(app.store()).await?;
    let lying: Vec<&Candidacy> = roads.iter().filter(|road| lies_here(road.stage())).collect();
    let ids: Vec<CandidacyId> = lying.iter().map(|road| road.id).collect();
    let said = appraisal::remarks(app.store(), &ids).await?;
    let all = units::all(app.store()).await?;
    let mut lines = Vec::new();
    for road in lying {
        let of: Vec<Remark> =
            said.iter().filter(|(id, _)| *id == road.id).map(|(_, one)| one.clone()).collect();
        if let Some(unit) = all.iter().find(|unit| unit.id == road.unit) {
            lines.push(line(&page, unit, road, &of, institution)?);
        }
    }
    lines.sort_by_key(|line| !line.waits);
    let waiting = lines.iter().filter(|line| line.waits).count();
    let institution = institution.title();
    Ok(Html(DeskPage { page: Page { crumbs, ..page }, lines, institution, waiting }.render()?)
        .into_response())
}

/// Whether a road lies with the national team.
fn lies_here(stage: Stage) -> bool {
    stage == Stage::Proposed || catalogue().is_ok_and(|all| all.form(stage).is_some())
}

fn line(
    page: &Page,
    unit: &Unit,
    road: &Candidacy,
    said: &[Remark],
    institution: Institution,
) -> Result<Line> {
    let catalogue = catalogue()?;
    let form = catalogue.form(road.stage());
    let found = form.and_then(|form| Appraisal::of(catalogue, form, road, said));
    let theirs =
        || found.into_iter().flat_map(|found| found.form.items.iter().map(move |item| (found, item)));
    let mut own = theirs().filter(|(_, item)| item.is_for(institution));
    let is_open = |(found, item): (Appraisal<'_>, &bening_core::candidacy::appraisal::Item)| {
        found.verdict(&item.code).is_none() || found.objection(&item.code).is_some()
    };
    let begins = road.stage() == Stage::Proposed && institution == Institution::Ministry;
    Ok(Line {
        unit: unit.name.clone(),
        code: unit.code.to_string(),
        predicate: road.predicate.clone(),
        stage: road.stage().title(),
        tone: tone(road),
        since: road.taken.last().map(|taken| page.date(taken.on)).unwrap_or_default(),
        judged: found.map_or(0, |found| found.judged()),
        all: form.map_or(0, |form| form.items.len()),
        failing: found.map_or(0, |found| found.failing().count()),
        objections: theirs().filter(|(found, item)| found.objection(&item.code).is_some()).count(),
        is_ready: found
            .is_some_and(|found| found.completed_at().is_some() && found.failing().next().is_none()),
        waits: begins || own.any(is_open),
    })
}
