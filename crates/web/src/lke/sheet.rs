//! The worksheet page.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_store::lke;

use super::begin;
use super::frame::{Head, page};
use super::reach::{LkePath, open, reach_year};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;

#[derive(Template)]
#[template(path = "lke/sheet.html")]
struct SheetPage {
    page: Page,
    head: Head,
}

/// The worksheet, or the offer to begin one.
///
/// # Errors
/// When it is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let at = reach_year(&app, &caller, &path, Want::ReadUnit).await?;
    let Some(sheet) = lke::find(app.store(), at.reached.unit.id, at.year).await? else {
        return begin::none(&app, &caller, &at).await;
    };
    let opened = open(&app, &caller, at, sheet)?;
    let page = page(&app, &caller, &opened.at, caller.lang.t("Lembar Kerja Evaluasi")).await?;
    let head = Head::of(&opened, "lembar");
    Ok(Html(SheetPage { page, head }.render()?).into_response())
}
