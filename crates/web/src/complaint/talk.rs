//! The conversation of whoever has the receipt: what became of the complaint, what was said, a reply, an objection.
//! A wrong receipt takes as long as a right one, and says nothing about which complaints there are.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::complaint::{Message, Refusal, message};
use bening_core::receipt;
use bening_core::register::{CITIZEN, Draft, Objection, Refusal as StepRefusal, Register, Row, Told};
use bening_core::unit::Unit;
use bening_store::{complaint as store, register as lines};
use serde_json::json;

use super::{Said, address, frame, hash, register, said};
use crate::app::App;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::open::{Sent, discreet, field, unit_of};
use crate::page::Page;
use crate::register::fields::value;

#[derive(Template)]
#[template(path = "complaint/code.html")]
struct CodePage {
    page: Page,
    unit: Unit,
    here: String,
    error: String,
}

#[derive(Template)]
#[template(path = "complaint/talk.html")]
struct TalkPage {
    page: Page,
    unit: Unit,
    here: String,
    receipt: String,
    number: String,
    name: String,
    about: String,
    state: String,
    steps: Vec<(String, String)>,
    told: Vec<(String, String)>,
    due: Option<(String, i64)>,
    said: Vec<Said>,
    can_object: bool,
    is_ended: bool,
    error: String,
    reply: String,
    objection: String,
}

/// Who asks, with the complaint their receipt opens.
struct Opened {
    page: Page,
    unit: Unit,
    receipt: String,
    row: Row,
}

/// What could not be kept, with why.
#[derive(Default)]
struct Tried {
    problem: String,
    reply: String,
    objection: String,
}

/// What is wrong with the words of an objection, said by its one field.
fn named(page: &Page, refusal: &StepRefusal) -> String {
    match refusal {
        StepRefusal::Fields(problems) => {
            let problem = problems.first().map(|(_, problem)| problem.to_string()).unwrap_or_default();
            format!("{}: {}", page.t("Keberatan atas jawaban ini"), page.t(&problem))
        }
        other => other.to_string(),
    }
}

/// Asks for the receipt.
///
/// # Errors
/// When there is no such unit.
pub async fn ask(State(app): State<App>, Path(code): Path<String>, headers: HeaderMap) -> Result {
    let unit = unit_of(&app, &code).await?;
    let page = frame(&headers, &unit);
    let here = address(&unit);
    Ok(discreet(Html(CodePage { page, unit, here, error: String::new() }.render()?).into_response()))
}

/// Shows the conversation of a receipt; keeps a reply first when one was written.
///
/// # Errors
/// When there is no such unit or the store fails.
pub async fn show(State(app): State<App>, sent: Sent) -> Result {
    let Sent { unit, fields: posted, headers, .. } = sent;
    let opened = match open(&app, frame(&headers, &unit), unit, field(&posted, "kode")).await? {
        Ok(opened) => opened,
        Err(refused) => return Ok(refused),
    };
    let reply = match field(&posted, "balasan") {
        written if written.trim().is_empty() => Ok(()),
        written => reply(&app, &opened.row, written).await?,
    };
    let tried = match reply {
        Ok(()) => Tried::default(),
        Err(refusal) => Tried {
            problem: refusal.to_string(),
            reply: field(&posted, "balasan").to_owned(),
            ..Tried::default()
        },
    };
    render(&app, opened, tried).await
}

/// Objects to an answer.
///
/// # Errors
/// When there is no such unit or the store fails.
pub async fn object(State(app): State<App>, sent: Sent) -> Result {
    let Sent { unit, fields: posted, headers, .. } = sent;
    let opened = match open(&app, frame(&headers, &unit), unit, field(&posted, "kode")).await? {
        Ok(opened) => opened,
        Err(refused) => return Ok(refused),
    };
    let public = register()?.public.as_ref().ok_or(AppError::NotFound)?;
    let words = field(&posted, "keberatan");
    match objected(&app, &opened.row, &public.objection, words).await? {
        Ok(row) => render(&app, Opened { row, ..opened }, Tried::default()).await,
        Err(refusal) => {
            let (problem, objection) = (named(&opened.page, &refusal), words.to_owned());
            render(&app, opened, Tried { problem, objection, ..Tried::default() }).await
        }
    }
}

/// The complaint of a receipt, or the page that says there is none. What was typed is hashed even when it is no
/// receipt, so that both answers take as long.
async fn open(
    app: &App,
    page: Page,
    unit: Unit,
    typed: &str,
) -> Result<std::result::Result<Opened, Response>> {
    let digits = receipt::read(typed);
    let hash = hash(app, digits.clone().unwrap_or_default()).await?;
    let found = store::by_receipt(app.store(), &hash).await?;
    match found.filter(|row| row.unit == unit.id && digits.is_some()) {
        Some(row) => Ok(Ok(Opened { page, unit, receipt: typed.to_owned(), row })),
        None => {
            let error =
                page.t("kode ini tidak cocok dengan pengaduan mana pun; periksa angkanya satu per satu");
            let (error, here) = (sentence(&error), address(&unit));
            let body = CodePage { page, unit, here, error }.render()?;
            Ok(Err(discreet((StatusCode::UNPROCESSABLE_ENTITY, Html(body)).into_response())))
        }
    }
}

async fn reply(app: &App, row: &Row, written: &str) -> Result<std::result::Result<(), Refusal>> {
    let text = match message(written) {
        Ok(text) => text,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let tx = app.store().begin().await?;
    let held = lines::lock(&tx, row.id).await?.ok_or(AppError::NotFound)?;
    if register()?.is_ended(&held) {
        return Ok(Err(Refusal::Ended));
    }
    store::say(&tx, chance::fresh(), row.id, &Message { author: None, text, at: app.now() }).await?;
    let record = Record::new(Actor::Visitor, "complaint.replied", row.id.0).of_unit(row.unit);
    tx.commit(record.after(json!({ "number": row.number })), app.now()).await?;
    Ok(Ok(()))
}

async fn objected(
    app: &App,
    row: &Row,
    objection: &Objection,
    words: &str,
) -> Result<std::result::Result<Row, StepRefusal>> {
    let register = register()?;
    let step = register.step(&objection.step).ok_or(AppError::NotFound)?;
    let draft: Draft =
        [(objection.words.clone(), words.to_owned()), (objection.day.clone(), app.today().to_string())]
            .into();
    let tx = app.store().begin().await?;
    let held = lines::lock(&tx, row.id).await?.ok_or(AppError::NotFound)?;
    let seen = held.version;
    let told = Told { by: CITIZEN, today: app.today(), note: "" };
    let after = match held.step(register, step, seen, &draft, told) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    lines::update(&tx, &after).await?;
    let record = Record::new(Actor::Visitor, "complaint.objected", row.id.0).of_unit(row.unit);
    tx.commit(record.after(json!({ "number": row.number, "state": after.state })), app.now()).await?;
    Ok(Ok(after))
}

async fn render(app: &App, opened: Opened, tried: Tried) -> Result {
    let Opened { page, unit, receipt, row } = opened;
    let register = register()?;
    let messages = store::messages(app.store(), row.id).await?;
    let public = register.public.as_ref();
    let object = public.and_then(|public| register.step(&public.objection.step));
    let due = register.due(&row);
    let status = if !tried.problem.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let content = TalkPage {
        here: address(&unit),
        number: format!("{}/{}", row.number, row.year),
        name: row.value(&register.name).to_owned(),
        about: row.value("isi").to_owned(),
        state: register.state(&row.state).map(|state| page.t(&state.title).into_owned()).unwrap_or_default(),
        steps: steps(&page, register, &row),
        told: told(&page, register, &row),
        due: due.map(|due| (page.date_long(due.on), due.days_left(app.today()))),
        said: messages.iter().map(|one| said(app, &page, one, String::new())).collect(),
        can_object: object.is_some_and(|step| step.from.contains(&row.state)),
        is_ended: register.is_ended(&row),
        error: if tried.problem.is_empty() { String::new() } else { sentence(&page.t(&tried.problem)) },
        reply: tried.reply,
        objection: tried.objection,
        receipt,
        page,
        unit,
    };
    Ok(discreet((status, Html(content.render()?)).into_response()))
}

/// What happened, without who did it.
fn steps(page: &Page, register: &Register, row: &Row) -> Vec<(String, String)> {
    let what = |code: &str| register.state(code).map(|state| page.t(&state.title).into_owned());
    let told = row.moments.iter().map(|one| (what(&one.to).unwrap_or_default(), page.date_long(one.on)));
    told.collect()
}

/// What the unit says in columns that the public reads.
fn told(page: &Page, register: &Register, row: &Row) -> Vec<(String, String)> {
    let codes = register.public.iter().flat_map(|public| &public.shows);
    let columns = codes.filter_map(|code| register.column(code));
    let told = columns.map(|column| (column.title.clone(), value(page, column, row)));
    told.filter(|(_, text)| !text.is_empty()).collect()
}
