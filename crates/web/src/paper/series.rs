//! The agency's templates and series of numbers on one page, and the pattern of a series.

use askama::Template as _;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::letter::Pattern;
use bening_core::paper::{series_by_code, shipped};
use bening_store::paper as store;
use serde::Deserialize;
use uuid::Uuid;

use super::in_force;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::demand;

pub(super) const BASE: &str = "/instansi/naskah";
/// The counter that examples show.
const EXAMPLE: u32 = 7;
const EXAMPLE_UNIT: &str = "UNIT";

struct Line {
    code: &'static str,
    name: &'static str,
    series: &'static str,
    who: &'static str,
    version: u32,
}

struct SeriesLine {
    code: &'static str,
    name: &'static str,
    pattern: String,
    example: String,
}

#[derive(askama::Template)]
#[template(path = "paper/list.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    series: Vec<SeriesLine>,
}

/// The page.
///
/// # Errors
/// When the caller may not manage the agency.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let mut lines = Vec::new();
    for template in shipped() {
        let (version, _) = in_force(template, &store::versions(app.store(), &template.code).await?);
        let series = series_by_code(&template.series).map_or("", |series| &series.name);
        lines.push(Line {
            code: &template.code,
            name: &template.name,
            series,
            who: template.by.title(),
            version,
        });
    }
    let mut series = Vec::new();
    for each in bening_core::paper::series() {
        let pattern = store::pattern(app.store(), each).await?;
        let example = pattern.number(EXAMPLE, EXAMPLE_UNIT, app.today());
        series.push(SeriesLine {
            code: &each.code,
            name: &each.name,
            pattern: pattern.as_str().to_owned(),
            example,
        });
    }
    let page = page(&app, &caller, caller.lang.t("Naskah").into_owned(), Vec::new()).await?;
    Ok(Html(ListPage { page, lines, series }.render()?).into_response())
}

/// The frame of a page about templates; `below` is where it lies under the list.
pub(super) async fn page(app: &App, caller: &Caller, title: String, below: Vec<Crumb>) -> Result<Page> {
    let page = frame::plain(app, caller, title, Room::Settings).await?;
    let mut crumbs =
        vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::link(caller.lang.t("Instansi"), "/instansi")];
    crumbs.push(match below.is_empty() {
        true => Crumb::here(caller.lang.t("Naskah")),
        false => Crumb::link(caller.lang.t("Naskah"), BASE),
    });
    crumbs.extend(below);
    Ok(Page { crumbs, ..page })
}

/// The form of a series.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    pola: String,
}

/// Chooses the pattern of a series for the papers to come.
///
/// # Errors
/// When the caller may not, or it is no pattern.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Posted(typed): Posted<Fields>,
) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let series = series_by_code(&code).ok_or(AppError::NotFound)?;
    let pattern = Pattern::parse(&typed.pola).map_err(|error| AppError::Refused(error.to_string()))?;
    let before = store::pattern(app.store(), series).await?;
    let tx = app.store().begin().await?;
    store::save_pattern(&tx, series, &pattern).await?;
    let entry = Entry::new(caller.audit(), "letter.pattern.saved", Uuid::nil());
    tx.commit(entry.before(before.as_str()).after(pattern.as_str()), app.now()).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Pola nomor disimpan.")))
}
