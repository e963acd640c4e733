//! The lines of a register: figures, filters, a table by pages.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::id::PersonId;
use bening_core::register::{Figure, Period, Row, State as RowState};
use bening_store::person;
use chrono::NaiveDate;
use serde::Deserialize;

use super::entry::{left_words, who};
use super::fields::{Shown, computed, value};
use super::{Desk, RegisterPath};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::plan::status::Chip;
use crate::reach;

/// Lines on a page.
const PAGE_ROWS: usize = 100;

/// Which part of the register is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Ask {
    pub(super) tahun: String,
    pub(super) keadaan: String,
    pub(super) cari: String,
    pub(super) halaman: String,
}

impl Ask {
    /// Whether a line belongs to what is asked for. `terlambat` is asked for like a state.
    pub(super) fn wants(&self, desk: &Desk, row: &Row, today: NaiveDate) -> bool {
        let by_state = match self.keadaan.as_str() {
            "" => true,
            "terlambat" => desk.register.is_late(row, today),
            state => row.state == state,
        };
        by_state && self.finds(desk, row)
    }

    /// Looks through what the caller may read, in any case of letters.
    fn finds(&self, desk: &Desk, row: &Row) -> bool {
        let wanted = self.cari.trim().to_lowercase();
        let opens = desk.sees_private(row);
        let mut columns = desk.register.columns.iter().filter(|column| opens || !column.private);
        wanted.is_empty()
            || columns.any(|column| {
                bening_core::register::written(column, row.value(&column.code))
                    .to_lowercase()
                    .contains(&wanted)
            })
    }
}

struct Line {
    href: String,
    number: String,
    name: String,
    cells: Vec<Shown>,
    status: Chip,
    due: String,
    left: String,
    author: String,
}

#[derive(Template)]
#[template(path = "register/list.html")]
struct ListPage {
    page: Page,
    base: String,
    query: String,
    year: i32,
    is_yearly: bool,
    about: String,
    citation: String,
    doubt: String,
    begin: String,
    ask: Ask,
    figures: Vec<(String, String, String)>,
    states: &'static [RowState],
    name_title: String,
    heads: Vec<String>,
    lines: Vec<Line>,
    found: usize,
    earlier: Option<usize>,
    later: Option<usize>,
    has_deadlines: bool,
    only_own: bool,
    can_enter: bool,
    can_import: bool,
    /// Where anybody writes a line without an account.
    public: Option<String>,
    has_statistic: bool,
}

/// The list.
///
/// # Errors
/// When the register is not there or the unit not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Query(ask): Query<Ask>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let year = if ask.tahun.is_empty() { app.this_year() } else { reach::year(&ask.tahun)? };
    let all = desk.all_rows(&app, year).await?;
    let wanted: Vec<&Row> =
        all.iter().filter(|row| desk.sees(row) && ask.wants(&desk, row, app.today())).collect();
    let at = ask.halaman.parse::<usize>().unwrap_or(1).max(1);
    let shown: Vec<&Row> = wanted.iter().skip((at - 1) * PAGE_ROWS).take(PAGE_ROWS).copied().collect();
    let names = person::names(app.store(), shown.iter().map(|row| row.author)).await?;
    let register = desk.register;
    let page = desk.page(&app, &caller, year, register.title.clone(), Vec::new()).await?;
    let said = |figure: &Figure| {
        let (said, parts) = register.said(figure, &register.measure(figure, &all, app.today()));
        (figure.title.clone(), said, parts)
    };
    let list = ListPage {
        base: desk.address(),
        query: crate::form::encode(&ask.cari),
        year: year.get(),
        is_yearly: register.period == Period::Year,
        about: register.about.clone(),
        citation: register.citation.clone(),
        doubt: register.doubt.clone().unwrap_or_default(),
        begin: register.begin.clone(),
        figures: if all.is_empty() { Vec::new() } else { register.figures.iter().map(said).collect() },
        states: &register.states,
        name_title: register.column(&register.name).map(|column| column.title.clone()).unwrap_or_default(),
        heads: heads(&desk),
        lines: shown.iter().map(|row| line(&app, &page, &desk, row, &names)).collect(),
        found: wanted.len(),
        earlier: (at > 1).then(|| at - 1),
        later: (at * PAGE_ROWS < wanted.len()).then_some(at + 1),
        has_deadlines: !register.deadlines.is_empty(),
        only_own: !desk.is_open(),
        can_enter: desk.may_enter(),
        can_import: desk.keeps,
        has_statistic: register.statistic.is_some(),
        public: register.public.as_ref().map(|_| format!("/adu/{}", desk.reached.unit.code)),
        ask,
        page,
    };
    Ok(Html(list.render()?).into_response())
}

/// Headings beside number and name.
fn heads(desk: &Desk) -> Vec<String> {
    let register = desk.register;
    let columns = listed(desk).map(|column| column.title.clone());
    let computed = register.computed.iter().filter(|computed| computed.list);
    columns.chain(computed.map(|computed| computed.title.clone())).collect()
}

fn listed(desk: &Desk) -> impl Iterator<Item = &'static bening_core::register::Column> {
    let register = desk.register;
    register.columns.iter().filter(|column| column.list && column.code != register.name)
}

fn line(app: &App, page: &Page, desk: &Desk, row: &Row, names: &HashMap<PersonId, String>) -> Line {
    let register = desk.register;
    let opens = desk.sees_private(row);
    let cells = listed(desk).map(|column| Shown {
        label: column.title.clone(),
        text: if column.private && !opens { "…".to_owned() } else { value(page, column, row) },
        chip: None,
    });
    let reckoned = register.computed.iter().filter(|one| one.list).map(|one| computed(register, one, row));
    let number = match register.period {
        Period::Year => row.number.to_string(),
        Period::Standing => format!("{}/{}", row.number, row.year),
    };
    Line {
        href: format!("{}/{}", desk.address(), row.id),
        number,
        name: desk.name(row),
        cells: cells.chain(reckoned).collect(),
        status: desk.chip(app, row),
        due: register.due(row).map(|due| page.date(due.on)).unwrap_or_default(),
        left: register.due(row).map(|due| left_words(page, due.days_left(app.today()))).unwrap_or_default(),
        author: who(page, names, row.author),
    }
}
