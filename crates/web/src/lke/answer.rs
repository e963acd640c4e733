//! Saving one answer: by the script as a cell that saves itself, by the form of the question page, and many at once
//! where an assessor agrees. What the script asks and is answered stands in `frontend/ts/lke.ts`.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bening_core::lke::edit::{self, Given};
use bening_core::lke::{Layer, Lke};
use serde_json::{Value, json};

use super::block::{SubBlock, Sum, Totals, areas, sum, totals};
use super::change::{Record, change};
use super::eyes::Eyes;
use super::filter::{View, chips};
use super::frame::Head;
use super::reach::{CodePath, Opened};
use super::row::Row;
use super::typed::{Fields, as_fields, seen};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::Page;

/// Saves an answer and tells what follows from it.
///
/// # Errors
/// [`AppError::Conflict`] when somebody else changed it; what core refuses.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let (opened, given) = write(&app, &caller, &path, &fields).await?;
    let (_, time) = app.local(app.now());
    let answer = opened.lke.answer(opened.desk.seen(), &path.kode);
    Ok(axum::Json(json!({
        "value": seen(&given),
        "fields": as_fields(answer),
        "note": given.note,
        "saved": caller.lang.clock(time),
        "parts": parts(&app, &caller, &opened, &path.kode)?,
    }))
    .into_response())
}

/// Saves what the fields of a form say.
pub(super) async fn write(
    app: &App,
    caller: &Caller,
    path: &CodePath,
    fields: &Fields,
) -> Result<(Opened, Given)> {
    let code = path.kode.as_str();
    let need = |opened: &Opened| opened.desk.demand(&opened.edition, code);
    change(app, caller, &path.sheet(), need, |lke, layer, context| {
        let (was, new) = (fields.was()?, fields.given(context.edition, code, lke.basis(layer, code))?);
        let before = told(lke, layer, code);
        edit::answer(lke, layer, code, &was, new, context)?;
        let record = Record::new("lke.answer.saved", before, told(lke, layer, code));
        Ok((edit::given(lke, layer, code), record))
    })
    .await
}

/// An answer as the trail keeps it.
pub(super) fn told(lke: &Lke, layer: Layer, code: &str) -> Value {
    let given = edit::given(lke, layer, code);
    let answer = given.answer.as_ref().map(bening_core::scoring::Answer::to_json);
    json!({ "layer": layer.as_str(), "code": code, "answer": answer, "note": given.note })
}

/// Agrees with every answer of a sub-component that the caller has not assessed yet.
///
/// # Errors
/// When it is not theirs, or there is nothing to agree with.
pub async fn agree(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    _: Posted<Nothing>,
) -> Result {
    let need = |opened: &Opened| waiting(opened, &path.kode);
    let (opened, codes) = change(&app, &caller, &path.sheet(), need, |lke, (layer, codes), context| {
        for code in &codes {
            let was = edit::given(lke, layer, code);
            let new = Given { answer: lke.basis(layer, code).cloned(), note: was.note.clone() };
            edit::answer(lke, layer, code, &was, new, context)?;
        }
        let after = json!({ "layer": layer.as_str(), "codes": codes });
        Ok((codes, Record::new("lke.answers.agreed", Value::Null, after)))
    })
    .await?;
    let base = opened.at.address();
    let text = caller.lang.tn("%{n} pertanyaan disetujui.", codes.len());
    let undo = format!("{base}/persetujuan/{}/pembatalan?kode={}", path.kode, codes.join(","));
    Ok(flash::undoable(see_other(&format!("{base}#sub-{}", path.kode)), text, undo))
}

/// Questions of a sub-component that wait for the caller's word.
fn waiting(opened: &Opened, sub: &str) -> Result<(Layer, Vec<String>)> {
    let (_, sub) = opened.edition.sub(sub).ok_or(AppError::NotFound)?;
    let (lke, desk) = (&opened.lke, &opened.desk);
    let first = sub.questions.first().ok_or(AppError::NotFound)?;
    let layer = desk.demand(&opened.edition, &first.code)?;
    let waits = |code: &str| {
        desk.may_answer(lke, &opened.edition, code)
            && lke.answer(layer, code).is_none()
            && lke.basis(layer, code).is_some()
    };
    let codes: Vec<String> =
        sub.questions.iter().map(|q| q.code.clone()).filter(|code| waits(code)).collect();
    if codes.is_empty() || layer == Layer::Unit {
        return Err(AppError::Refused("tidak ada pertanyaan yang menunggu penilaian di sini".to_owned()));
    }
    Ok((layer, codes))
}

/// Which questions an agreement that is taken back was about.
#[derive(Debug, serde::Deserialize)]
pub struct Agreed {
    #[serde(default)]
    kode: String,
}

/// Takes an agreement back: answers that still stand as they were agreed to are emptied.
///
/// # Errors
/// When it is not theirs, or the layer is closed.
pub async fn disagree(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    axum::extract::Query(agreed): axum::extract::Query<Agreed>,
    _: Posted<Nothing>,
) -> Result {
    let need = |opened: &Opened| {
        let (_, sub) = opened.edition.sub(&path.kode).ok_or(AppError::NotFound)?;
        let first = sub.questions.first().ok_or(AppError::NotFound)?;
        opened.desk.demand(&opened.edition, &first.code)
    };
    let (opened, ()) = change(&app, &caller, &path.sheet(), need, |lke, layer, context| {
        let sub = context.edition.sub(&path.kode).map(|(_, sub)| sub);
        let known = |code: &&str| sub.is_some_and(|sub| sub.questions.iter().any(|q| q.code == **code));
        for code in agreed.kode.split(',').filter(known) {
            let was = edit::given(lke, layer, code);
            if layer != Layer::Unit && was.answer.as_ref() == lke.basis(layer, code) && was.note.is_empty() {
                edit::answer(lke, layer, code, &was, Given::default(), context)?;
            }
        }
        let after = json!({ "layer": layer.as_str(), "sub": path.kode });
        Ok(((), Record::new("lke.answers.disagreed", Value::Null, after)))
    })
    .await?;
    Ok(see_other(&format!("{}#sub-{}", opened.at.address(), path.kode)))
}

#[derive(Template)]
#[template(path = "lke/part_value.html")]
struct ValuePart<'a> {
    row: &'a Row,
}

#[derive(Template)]
#[template(path = "lke/part_flags.html")]
struct FlagsPart<'a> {
    page: &'a Page,
    head: &'a Head,
    row: &'a Row,
}

#[derive(Template)]
#[template(path = "lke/part_sub.html")]
struct SubPart<'a> {
    head: &'a Head,
    sub: &'a SubBlock,
}

#[derive(Template)]
#[template(path = "lke/part_area.html")]
struct AreaPart<'a> {
    page: &'a Page,
    sum: &'a Sum,
}

#[derive(Template)]
#[template(path = "lke/part_totals.html")]
struct TotalsPart<'a> {
    page: &'a Page,
    head: &'a Head,
    totals: &'a Totals,
}

#[derive(Template)]
#[template(path = "lke/part_small.html")]
struct SmallPart<'a> {
    page: &'a Page,
    totals: &'a Totals,
}

/// The elements of the page that follow from an answer, as the page itself draws them.
fn parts(app: &App, caller: &Caller, opened: &Opened, code: &str) -> Result<Value> {
    let eyes = Eyes::of(opened, caller.lang)?;
    let (area, _, _) = opened.edition.question(code).ok_or(AppError::NotFound)?;
    let all = areas(&eyes)?;
    let subs = || all.iter().flat_map(|block| &block.subs);
    let sub = subs().find(|sub| sub.rows.iter().any(|row| row.code == code)).ok_or(AppError::NotFound)?;
    let row = sub.rows.iter().find(|row| row.code == code).ok_or(AppError::NotFound)?;
    let (sum, totals) = (sum(&eyes, eyes.own()?, area)?, totals(&eyes)?);
    let (page, head) = (&Page::new(String::new(), caller.lang), &Head::of(app, caller, opened, "lembar"));
    let mut parts = json!({
        format!("v-{code}"): ValuePart { row }.render()?,
        format!("d-{code}"): FlagsPart { page, head, row }.render()?,
        format!("s-{}", sub.code): SubPart { head, sub }.render()?,
        format!("a-{}", area.code): AreaPart { page, sum: &sum }.render()?,
        "lke-total": TotalsPart { page, head, totals: &totals }.render()?,
        "lke-small": SmallPart { page, totals: &totals }.render()?,
    });
    for chip in chips(&all, View::All) {
        let text = format!("<span id=\"n-{}\">{}</span>", chip.word, chip.count);
        parts[format!("n-{}", chip.word)] = text.into();
    }
    Ok(parts)
}
