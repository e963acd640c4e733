//! The worksheet page: all questions, or those of a view.

use askama::Template;
use axum::extract::{Path, Query as Asked, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_store::lke;

use super::begin;
use super::block::{AreaBlock, Totals, areas, totals};
use super::eyes::Eyes;
use super::filter::{Chip, Query, View, by_loss, chips, keep};
use super::frame::{Head, page};
use super::reach::{LkePath, Opened, open, reach_year};
use super::row::{Field, Row};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{Result, sentence};
use crate::page::Page;

#[derive(Template)]
#[template(path = "lke/sheet.html")]
struct SheetPage {
    page: Page,
    head: Head,
    query: Query,
    chips: Vec<Chip>,
    totals: Totals,
    areas: Vec<AreaBlock>,
    flat: Vec<Row>,
    columns: Vec<&'static str>,
    closed: String,
}

/// The worksheet, or the offer to begin one.
///
/// # Errors
/// When it is not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Asked(query): Asked<Query>,
) -> Result {
    let at = reach_year(&app, &caller, &path, Want::ReadUnit).await?;
    let Some(sheet) = lke::find(app.store(), at.reached.unit.id, at.year).await? else {
        return begin::none(&app, &caller, &at).await;
    };
    let opened = open(&caller, at, sheet)?;
    let page = page(&app, &caller, &opened.at, caller.lang.t("Lembar Kerja Evaluasi")).await?;
    let eyes = Eyes::of(&opened, caller.lang)?;
    let mut shown = areas(&eyes)?;
    let view = View::parse(&query.tampil);
    let chips = chips(&shown, view);
    keep(&mut shown, &query);
    let (areas, flat) = if view == View::Lost { (Vec::new(), by_loss(shown)) } else { (shown, Vec::new()) };
    let head = Head::of(&app, &caller, &opened, "lembar");
    let (totals, closed) = (totals(&eyes)?, closed(&caller, &opened));
    let columns = eyes.columns.iter().map(|column| column.side.title()).collect();
    let shown = SheetPage { page, head, query, chips, totals, areas, flat, columns, closed };
    Ok(Html(shown.render()?).into_response())
}

/// Why nothing can be answered now, for those who otherwise could.
fn closed(caller: &Caller, opened: &Opened) -> String {
    let refusal = opened.desk.closed(&opened.lke);
    refusal.map(|refusal| sentence(&caller.lang.t(&refusal.to_string()))).unwrap_or_default()
}
