//! The form of a line, new or kept.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::register::{Draft, Refusal, Row};
use bening_core::time::Year;

use super::fields::{Field, fields};
use super::{AskYear, Desk, RegisterPath, RowPath};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{Result, sentence};
use crate::page::{Crumb, Page};

#[derive(Template)]
#[template(path = "register/form.html")]
struct FormPage {
    page: Page,
    action: String,
    back: String,
    year: i32,
    version: u32,
    is_new: bool,
    fields: Vec<Field>,
    problem: String,
}

/// What a form shows: a kept line or a new one, with what was typed and why it was refused.
pub(super) struct Sheet<'a> {
    pub(super) year: Year,
    pub(super) row: Option<&'a Row>,
    pub(super) draft: Draft,
    pub(super) refusal: Option<Refusal>,
}

/// The form of a new line.
///
/// # Errors
/// When the caller may not write one.
pub async fn show_new(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Query(ask): Query<AskYear>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    desk.demand(desk.may_enter())?;
    let sheet = Sheet { year: ask.year(&app)?, row: None, draft: Draft::new(), refusal: None };
    render(&app, &caller, &desk, sheet).await
}

/// The form of a kept line.
///
/// # Errors
/// When the caller may not change it.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<RowPath>) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let row = desk.row(&app, &path.id).await?;
    desk.demand(desk.may_change(&row))?;
    let sheet = Sheet { year: row.year, row: Some(&row), draft: row.values.clone(), refusal: None };
    render(&app, &caller, &desk, sheet).await
}

/// The form as a page.
pub(super) async fn render(app: &App, caller: &Caller, desk: &Desk, sheet: Sheet<'_>) -> Result {
    let base = desk.address();
    let title = match sheet.row {
        Some(row) => desk.name(row),
        None => caller.lang.t("Baris baru").into_owned(),
    };
    let page = desk.page(app, caller, sheet.year, title.clone(), vec![Crumb::here(title)]).await?;
    let status = match sheet.refusal {
        None => StatusCode::OK,
        Some(Refusal::Changed) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = FormPage {
        action: sheet.row.map_or_else(|| base.clone(), |row| format!("{base}/{}/ubah", row.id)),
        back: sheet
            .row
            .map_or_else(|| format!("{base}?tahun={}", sheet.year), |row| format!("{base}/{}", row.id)),
        year: sheet.year.get(),
        version: sheet.row.map_or(0, |row| row.version),
        is_new: sheet.row.is_none(),
        fields: fields(&page, desk.register.asked(), &sheet.draft, sheet.refusal.as_ref()),
        problem: sheet.refusal.map(|refusal| sentence(&refusal.to_string())).unwrap_or_default(),
        page,
    };
    Ok((status, Html(form.render()?)).into_response())
}
