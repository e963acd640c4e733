//! The page on which a second reader works: the drawn questions, the unit's answers and evidence, and nothing of
//! what other assessors said. A plain form that needs no script.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::ReadingId;
use bening_core::instrument::Instrument;
use bening_core::lke::Lke;
use bening_core::scoring::Answer;
use bening_core::team::reading::{self, Reading, Refusal};
use bening_core::unit::Unit;
use bening_store::{lke, reading as store, unit};
use serde_json::json;

use super::asked::{Asked, Fields, answer_of, asked_of, field, note_of};
use super::team::percent;
use super::teams::crumbs;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Page, Room};
use crate::plan::frame;
use crate::reach::{demand, scope_of};

/// A reading with everything around it.
pub(super) struct Reached {
    pub reading: Reading,
    pub lke: Lke,
    pub unit: Unit,
    pub edition: Arc<Instrument>,
}

/// What was typed and what is wrong with it, when the page comes back.
#[derive(Default)]
struct Back {
    typed: Option<Fields>,
    errors: Vec<(String, String)>,
    problem: String,
}

#[derive(Template)]
#[template(path = "assessment/reading.html")]
struct ReadingPage {
    page: Page,
    id: String,
    unit: String,
    year: String,
    share: String,
    seed: String,
    drawn_on: String,
    finished_on: Option<String>,
    answered: usize,
    asked: Vec<Asked>,
    problem: String,
}

async fn reach(app: &App, caller: &Caller, id: &str) -> Result<Reached> {
    let id: ReadingId = id.parse().map_err(|_| AppError::NotFound)?;
    let reading = store::find(app.store(), id).await?.ok_or(AppError::NotFound)?;
    let lke = lke::by_id(app.store(), reading.lke).await?.ok_or(AppError::NotFound)?;
    let units = unit::all(app.store()).await?;
    demand(caller, Want::ReadSecond, &scope_of(&units, lke.unit).pics(vec![reading.reader]))?;
    let unit = units.into_iter().find(|unit| unit.id == lke.unit).ok_or(AppError::NotFound)?;
    let edition = app.editions().await?.by_id(&lke.edition).cloned().ok_or(AppError::NotFound)?;
    Ok(Reached { reading, lke, unit, edition })
}

/// The drawn questions.
///
/// # Errors
/// When the reading is not the caller's own.
pub async fn show(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result {
    let reached = reach(&app, &caller, &id).await?;
    render(&app, &caller, &reached, Back::default()).await
}

async fn render(app: &App, caller: &Caller, reached: &Reached, back: Back) -> Result {
    let title = caller.lang.t("Pembacaan kedua");
    let page = frame::plain(app, caller, title.as_ref(), Room::Assessment).await?;
    let reading = &reached.reading;
    let drawn = reached.edition.questions().filter(|(_, _, each)| reading.questions.contains_key(&each.code));
    let asked = drawn.map(|(area, _, question)| {
        let error = back.errors.iter().find(|(code, _)| *code == question.code);
        let error = error.map(|(_, text)| sentence(&caller.lang.t(text))).unwrap_or_default();
        asked_of(reached, &area.name, question, back.typed.as_ref(), error)
    });
    let shown = ReadingPage {
        id: reading.id.to_string(),
        unit: reached.unit.name.clone(),
        year: reached.lke.year.to_string(),
        share: percent(reading.share),
        seed: reading.seed.clone(),
        drawn_on: page.date_long(app.local(reading.drawn_at).0),
        finished_on: reading.finished_at.map(|at| page.date_long(app.local(at).0)),
        answered: reading.questions.values().filter(|second| second.answer.is_some()).count(),
        asked: asked.collect(),
        page: Page { crumbs: crumbs(caller, &title), ..page },
        problem: back.problem,
    };
    let status = if shown.problem.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(shown.render()?)).into_response())
}

/// Saves what was filled in, and ends the reading when asked to. What cannot be an answer comes back with the page
/// and nothing is saved.
///
/// # Errors
/// When the reading is not the caller's own, or it is over.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let reached = reach(&app, &caller, &id).await?;
    let (mut given, mut errors) = (Vec::new(), Vec::new());
    for code in reached.reading.questions.keys() {
        match answer_of(&reached.edition, code, &fields) {
            Ok(answer) => given.push((code.clone(), answer, note_of(code, &fields))),
            Err(error) => errors.push((code.clone(), error.to_string())),
        }
    }
    if !errors.is_empty() {
        let problem =
            caller.lang.tn("%{n} jawaban belum dapat dipakai; tidak ada yang disimpan.", errors.len());
        return render(&app, &caller, &reached, Back { typed: Some(fields), errors, problem }).await;
    }
    let wants_end = field(&fields, "aksi") == "selesai";
    let (after, refused) = keep(&app, &caller, &reached, &given, wants_end).await?;
    if let Some(refused) = refused {
        let said = caller.lang.t("Jawaban tersimpan, tetapi pembacaan belum dapat diselesaikan.");
        let problem = format!("{said} {}", sentence(&caller.lang.t(&refused.to_string())));
        let reached = Reached { reading: after, ..reached };
        return render(&app, &caller, &reached, Back { problem, ..Back::default() }).await;
    }
    let to = see_other(&format!("/penilaian/pembacaan/{id}"));
    let said = if wants_end {
        caller.lang.t("Pembacaan kedua diselesaikan. Terima kasih.")
    } else {
        caller.lang.t("Jawaban pembacaan kedua disimpan.")
    };
    Ok(flash::done(to, said))
}

/// Keeps the answers; a refusal to end the reading is handed back, what was answered is kept all the same.
async fn keep(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    given: &[(String, Option<Answer>, String)],
    wants_end: bool,
) -> Result<(Reading, Option<Refusal>)> {
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, reached.reading.id).await?.ok_or(AppError::NotFound)?;
    let mut after = before.clone();
    for (code, answer, note) in given {
        reading::answer(&mut after, code, answer.clone(), note, app.now())?;
    }
    let refused = if wants_end { reading::finish(&mut after, app.now()).err() } else { None };
    store::save(&tx, &before, &after).await?;
    let event = if after.finished_at.is_some() { "reading.finished" } else { "reading.saved" };
    let entry = Entry::new(caller.audit(), event, after.id.0).of_unit(reached.unit.id);
    tx.commit(entry.before(told(&before)).after(told(&after)), app.now()).await?;
    Ok((after, refused))
}

fn told(reading: &Reading) -> serde_json::Value {
    let answers = reading.questions.iter().filter_map(|(code, second)| {
        Some((code.clone(), json!({ "answer": second.answer.as_ref()?.to_json(), "note": second.note })))
    });
    answers.collect()
}
