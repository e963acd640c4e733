//! The proposal of an agency's units (*berkas usulan*): the page that says what would fail before it is sent, and the
//! package. Order and contents are data (`core::candidacy::package`); proposing itself is a step of the road.

mod check;
mod documents;
pub mod pack;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::candidacy::Stage;
use bening_core::candidacy::package::{Package, Part};
use bening_core::lke::Layer;
use bening_core::time::Year;

use self::check::{Checked, Finding};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result, sentence};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::{self, allows};

/// A unit on the page.
struct Line {
    code: String,
    unit: String,
    predicate: String,
    stage: Stage,
    own: String,
    team: String,
    /// Where the calculation of the unit's own score is, and that of the internal team's.
    calculation: String,
    position: String,
    is_proposed: bool,
    findings: Vec<Finding>,
}

#[derive(Template)]
#[template(path = "proposal/agency.html")]
struct AgencyPage {
    page: Page,
    year: Year,
    lines: Vec<Line>,
    ready: usize,
    parts: Vec<Part>,
}

/// Address of this year's proposal, for those who may see it.
pub(crate) fn address(app: &App, caller: &Caller) -> Option<String> {
    may_see(caller).then(|| format!("/instansi/usulan/{}", app.this_year()))
}

/// Those who propose, and the agency's own assessors; a proposal in the making is not for those who will judge it.
fn may_see(caller: &Caller) -> bool {
    let may = |want| allows(caller, want, &Scope::agency());
    may(Want::SelectCandidate) || (may(Want::OverseeAssessment) && !may(Want::AssessNationally))
}

/// The year of an address, if the caller may see the proposal of the agency.
fn enter(app: &App, caller: &Caller, year: &str) -> Result<Year> {
    if !may_see(caller) {
        return Err(AppError::Forbidden);
    }
    let year = reach::year(year)?;
    if year > app.this_year() { Err(AppError::NotFound) } else { Ok(year) }
}

fn package() -> Result<Package> {
    Package::shipped().map_err(|error| AppError::Refused(error.to_string()))
}

/// The page.
///
/// # Errors
/// When it is not for the caller, or the year is yet to come.
pub async fn show(State(app): State<App>, caller: Caller, Path(year): Path<String>) -> Result {
    let year = enter(&app, &caller, &year)?;
    let package = package()?;
    let checked = check::all(&app, &caller, &package, year).await?;
    let title = caller.lang.t("Berkas usulan").into_owned();
    let page = frame::plain(&app, &caller, title.clone(), Room::Predicate).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Predikat"), "/predikat"), Crumb::here(title)];
    let lines: Vec<Line> = checked.into_iter().map(|one| line(&caller, year, one)).collect();
    let ready = lines.iter().filter(|line| line.findings.is_empty()).count();
    let shown = AgencyPage { page: Page { crumbs, ..page }, year, lines, ready, parts: package.parts };
    Ok(Html(shown.render()?).into_response())
}

fn line(caller: &Caller, year: Year, one: Checked) -> Line {
    let said = |finding: Finding| Finding { text: sentence(&caller.lang.t(&finding.text)), ..finding };
    Line {
        calculation: format!("/unit/{}/lke/{year}/perhitungan/total", one.unit.code),
        position: format!(
            "/unit/{}/lke/{year}/posisi?lapisan={}",
            one.unit.code,
            Layer::TpiController.as_str()
        ),
        code: one.unit.code.to_string(),
        unit: one.unit.name,
        predicate: one.road.predicate.clone(),
        stage: one.road.stage(),
        own: one.own,
        team: one.team,
        is_proposed: one.is_proposed,
        findings: one.findings.into_iter().map(said).collect(),
    }
}
