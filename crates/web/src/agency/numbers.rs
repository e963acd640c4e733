//! How the agency numbers its letters: the pattern, and what the next number would look like.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::letter::{Kind, Pattern};
use bening_store::letter as store;
use serde::Deserialize;
use uuid::Uuid;

use super::BASE;
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::flash;
use crate::form::{Errors, Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::demand;

/// The counter and unit that examples show.
const EXAMPLE: (u32, &str) = (7, "UNIT");

/// The step that only shows an example.
const TRY: &str = "contoh";

#[derive(Template)]
#[template(path = "agency/numbers.html")]
struct NumbersPage {
    page: Page,
    pattern: String,
    example: String,
    errors: Errors,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    pola: String,
    langkah: String,
}

/// The page.
///
/// # Errors
/// When the caller may not manage the agency.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let pattern = store::pattern(app.store(), Kind::EvaluationReport).await?;
    render(&app, &caller, pattern.as_str().to_owned()).await.map(IntoResponse::into_response)
}

async fn render(app: &App, caller: &Caller, pattern: String) -> Result<Html<String>> {
    let page = frame::plain(app, caller, caller.lang.t("Nomor surat"), Room::Settings).await?;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Beranda"), "/"),
        Crumb::link(caller.lang.t("Instansi"), BASE),
        Crumb::here(caller.lang.t("Nomor surat")),
    ];
    let mut errors = Errors::default();
    let read = errors.take("pola", Pattern::parse(&pattern));
    let example = read.map(|read| read.number(EXAMPLE.0, EXAMPLE.1, app.today())).unwrap_or_default();
    Ok(Html(NumbersPage { page: Page { crumbs, ..page }, pattern, example, errors }.render()?))
}

/// Keeps a pattern for the letters to come, or only shows what it would write.
///
/// # Errors
/// When the caller may not; what is wrong with the pattern comes back with the page.
pub async fn save(State(app): State<App>, caller: Caller, Posted(typed): Posted<Fields>) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let Ok(pattern) = Pattern::parse(&typed.pola) else {
        let page = render(&app, &caller, typed.pola).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if typed.langkah == TRY {
        return render(&app, &caller, typed.pola).await.map(IntoResponse::into_response);
    }
    let before = store::pattern(app.store(), Kind::EvaluationReport).await?;
    let tx = app.store().begin().await?;
    store::save_pattern(&tx, Kind::EvaluationReport, &pattern).await?;
    let entry = Entry::new(caller.audit(), "letter.pattern.saved", Uuid::nil());
    tx.commit(entry.before(before.as_str()).after(pattern.as_str()), app.now()).await?;
    Ok(flash::done(see_other("/instansi/nomor"), caller.lang.t("Pola nomor disimpan.")))
}
