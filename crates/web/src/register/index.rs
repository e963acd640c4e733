//! All registers of a unit with their figures.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::register::{Figure, Row, shipped};

use super::{AskYear, Desk};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::reach_unit;
use crate::wbs::may_enter_desk;

struct Card {
    href: String,
    title: String,
    about: String,
    area: &'static str,
    lines: usize,
    late: usize,
    figures: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "register/index.html")]
struct IndexPage {
    page: Page,
    cards: Vec<Card>,
    unit: String,
    keeps: bool,
}

/// The registers.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(ask): Query<AskYear>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let year = ask.year(&app)?;
    let mut cards = Vec::new();
    for register in shipped() {
        let desk = Desk::at(&caller, reached.clone(), register);
        let rows = desk.all_rows(&app, year).await?;
        cards.push(card(&app, &desk, &rows, year.get()));
    }
    let title = caller.lang.t("Pengawasan").into_owned();
    let page = frame::at(&app, &caller, &reached, year, title.clone(), Room::Oversight).await?;
    let unit = &reached.unit;
    let crumbs = vec![Crumb::link(unit.code.to_string(), format!("/unit/{}", unit.code)), Crumb::here(title)];
    let page = Page { crumbs, ..page };
    let keeps = may_enter_desk(&app, &caller, &reached).await?;
    let unit = unit.code.to_string();
    Ok(Html(IndexPage { page, cards, unit, keeps }.render()?).into_response())
}

fn card(app: &App, desk: &Desk, rows: &[Row], year: i32) -> Card {
    let register = desk.register;
    let said = |figure: &Figure| {
        let (said, parts) = register.said(figure, &register.measure(figure, rows, app.today()));
        (figure.title.clone(), said, parts)
    };
    Card {
        href: format!("{}?tahun={year}", desk.address()),
        title: register.title.clone(),
        about: register.about.clone(),
        area: register.area.name(),
        lines: rows.len(),
        late: rows.iter().filter(|row| register.is_late(row, app.today())).count(),
        figures: register.figures.iter().filter(|_| !rows.is_empty()).take(3).map(said).collect(),
    }
}
