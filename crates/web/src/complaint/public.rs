//! The form of complaints: no account, no script. The receipt is shown once; only a slow hash of it is kept.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::id::RowId;
use bening_core::receipt;
use bening_core::register::{CITIZEN, Draft, Refusal, Row, Told};
use bening_core::unit::Unit;
use bening_store::{complaint as store, register as lines};
use serde_json::json;

use super::{REGISTER, address, frame, hash, register};
use crate::app::App;
use crate::chance;
use crate::error::{Result, sentence};
use crate::open::{Sent, discreet, unit_of};
use crate::page::Page;
use crate::register::fields::{Field, draft, fields};

#[derive(Template)]
#[template(path = "complaint/form.html")]
struct FormPage {
    page: Page,
    unit: Unit,
    here: String,
    fields: Vec<Field>,
    problem: String,
    first: String,
    overall: String,
}

#[derive(Template)]
#[template(path = "complaint/receipt.html")]
struct ReceiptPage {
    page: Page,
    unit: Unit,
    here: String,
    receipt: String,
    number: String,
}

/// The form.
///
/// # Errors
/// When there is no such unit.
pub async fn show(State(app): State<App>, Path(code): Path<String>, headers: HeaderMap) -> Result {
    let unit = unit_of(&app, &code).await?;
    let page = frame(&headers, &unit);
    Ok(discreet(form(page, unit, &Draft::new(), None)?.into_response()))
}

fn form(page: Page, unit: Unit, typed: &Draft, refusal: Option<&Refusal>) -> Result<Html<String>> {
    let register = register()?;
    let fields = fields(&page, register.publicly_asked(), typed, refusal);
    let clock = |at: usize| register.deadlines.get(at).map(|one| one.citation.clone()).unwrap_or_default();
    let content = FormPage {
        here: address(&unit),
        problem: refusal.map(|refusal| sentence(&page.t(&refusal.to_string()))).unwrap_or_default(),
        first: clock(0),
        overall: clock(1),
        fields,
        page,
        unit,
    };
    Ok(Html(content.render()?))
}

/// Takes a complaint in and shows its receipt, once.
///
/// # Errors
/// When there is no such unit or the store fails; refusals come back with what was written.
pub async fn submit(State(app): State<App>, sent: Sent) -> Result {
    let Sent { unit, fields: posted, headers, .. } = sent;
    let (page, typed) = (frame(&headers, &unit), draft(&posted));
    let row = match written(&app, &unit, &typed)? {
        Ok(row) => row,
        Err(refusal) => {
            let page = form(page, unit, &typed, Some(&refusal))?;
            return Ok(discreet((StatusCode::UNPROCESSABLE_ENTITY, page).into_response()));
        }
    };
    let digits = chance::digits(receipt::DIGITS);
    let row = keep(&app, row, hash(&app, digits.clone()).await?).await?;
    let content = ReceiptPage {
        here: address(&unit),
        receipt: receipt::spaced(&digits),
        number: format!("{}/{}", row.number, row.year),
        page,
        unit,
    };
    Ok(discreet(Html(content.render()?).into_response()))
}

fn written(app: &App, unit: &Unit, typed: &Draft) -> Result<std::result::Result<Row, Refusal>> {
    let register = register()?;
    let blank = Row {
        id: RowId(chance::fresh()),
        unit: unit.id,
        register: REGISTER.to_owned(),
        year: app.this_year(),
        number: 0,
        values: Draft::new(),
        state: String::new(),
        author: CITIZEN,
        moments: Vec::new(),
        version: 0,
    };
    let told = Told { by: CITIZEN, today: app.today(), note: "" };
    Ok(blank.write(register, &register.public_draft(typed, app.today()), told))
}

async fn keep(app: &App, row: Row, hash: String) -> Result<Row> {
    let tx = app.store().begin().await?;
    let number = lines::next_number(&tx, row.unit, &row.register, row.year).await?;
    let row = Row { number, ..row };
    lines::add(&tx, &row).await?;
    store::keep_receipt(&tx, chance::drawn(), row.id, hash).await?;
    let record = Record::new(Actor::Visitor, "complaint.arrived", row.id.0).of_unit(row.unit);
    tx.commit(record.after(json!({ "register": row.register, "number": row.number })), app.now()).await?;
    Ok(row)
}
