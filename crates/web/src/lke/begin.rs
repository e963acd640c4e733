//! Beginning a worksheet under an edition, and the page that offers it where there is none.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::LkeId;
use bening_core::lke::Lke;
use bening_core::time::Month;
use bening_store::lke;
use serde::Deserialize;
use serde_json::json;

use super::frame::page;
use super::reach::{LkePath, UnitYear, reach_year};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::Page;
use crate::reach::allows;

struct EditionRow {
    id: String,
    title: String,
    questions: usize,
    is_usual: bool,
}

#[derive(Template)]
#[template(path = "lke/none.html")]
struct NonePage {
    page: Page,
    base: String,
    editions: Vec<EditionRow>,
    can_begin: bool,
}

/// The page of a year without a worksheet.
pub(super) async fn none(app: &App, caller: &Caller, at: &UnitYear) -> Result {
    let usual = usual(at);
    let rows = at.editions.iter().map(|edition| EditionRow {
        id: edition.id.clone(),
        title: edition.title.clone(),
        questions: edition.questions().count(),
        is_usual: usual.as_deref() == Some(edition.id.as_str()),
    });
    let rows = rows.collect();
    let page = page(app, caller, at, caller.lang.t("Lembar Kerja Evaluasi")).await?;
    let can_begin = allows(caller, Want::SubmitLke, &at.scope);
    let page = NonePage { page, base: at.address(), editions: rows, can_begin };
    Ok(Html(page.render()?).into_response())
}

/// The edition for a year's assessment: the one in force on its last day.
fn usual(at: &UnitYear) -> Option<String> {
    at.editions.for_day(Month::LAST.last_day(at.year)).map(|edition| edition.id.clone())
}

/// Which edition was chosen.
#[derive(Debug, Deserialize)]
pub struct Begun {
    #[serde(default)]
    edisi: String,
}

/// Begins a worksheet.
///
/// # Errors
/// When there is one already, or no such edition.
pub async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Posted(form): Posted<Begun>,
) -> Result {
    let at = reach_year(&app, &caller, &path, Want::SubmitLke).await?;
    let edition = at.editions.by_id(&form.edisi);
    let edition =
        edition.ok_or_else(|| AppError::Refused("pilih edisi lembar kerja dari daftar".to_owned()))?;
    let sheet = Lke::empty(LkeId(chance::fresh()), at.reached.unit.id, at.year, edition.id.clone());
    let tx = app.store().begin().await?;
    lke::create(&tx, &sheet).await?;
    let entry = Entry::new(caller.audit(), "lke.begun", sheet.id.0).of_unit(at.reached.unit.id);
    let after = json!({ "year": at.year, "edition": edition.id });
    tx.commit(entry.after(after), app.now()).await?;
    let text = caller.lang.t("Lembar kerja dibuat. Setiap jawaban tersimpan sendiri.");
    Ok(flash::done(see_other(&at.address()), text))
}
