//! The worksheet as a workbook: downloaded with what the caller may see, and a filled one taken in again. What a file
//! would change is shown question by question first; the same code decides what is shown and what is saved. How an
//! uploaded file becomes answers is `upload`.

mod upload;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use bening_core::document::Format;
use bening_core::lke::book::{Book, Change, Differences, Filling, Owner};
use bening_core::lke::edit::{self, Context, Given, Refusal};
use bening_core::lke::{Layer, Lke};
use bening_core::scoring::{Json, Sheet, SheetProblem, absurd};
use serde_json::{Value, json};

use super::change::{Record, change};
use super::frame::{Head, page};
use super::reach::{LkePath, Opened, reach_lke};
use super::typed::worded;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, Upload, see_other};
use crate::page::Page;

/// Field that carries what the file said to the second step.
const CONTENTS: &str = "isi";
/// Field of an accepted question.
const CODE: &str = "kode";

/// One question of which the file says something else.
struct Row {
    code: String,
    label: String,
    was: Said,
    now: Said,
    /// Why it cannot be taken over, if so.
    refusal: String,
}

/// What one side says, in words.
struct Said {
    answer: String,
    note: String,
}

/// What came of reading.
#[derive(Default)]
struct Outcome {
    problems: Vec<String>,
    notes: Vec<String>,
    rows: Vec<Row>,
    contents: String,
    acceptable: usize,
}

#[derive(Template)]
#[template(path = "lke/book.html")]
struct BookPage {
    page: Page,
    head: Head,
    /// The layer that is filled; empty for readers.
    layer: &'static str,
    /// Why nothing can be taken in now, if so.
    closed: String,
    /// Whether some question can be answered, though the layer be closed.
    can_fill: bool,
    /// Layouts that are kept for the edition: identity and name.
    layouts: Vec<(String, String)>,
    outcome: Option<Outcome>,
}

/// The worksheet as XLSX, with the layers the caller may see.
///
/// # Errors
/// When it is not to be seen, or cannot be written.
pub async fn download(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    let unit = &opened.at.reached.unit;
    let owner = Owner { code: unit.code.to_string(), name: unit.name.clone(), year: opened.at.year };
    let visible: Vec<Layer> = opened.desk.visible(&opened.lke).collect();
    let book = Book::of(opened.edition.clone(), owner, &opened.lke, |layer| visible.contains(&layer));
    let bytes = app.print(move |printer| printer.lke_xlsx(&book)).await?;
    let name = format!("lke-{}-{}.xlsx", unit.code.as_str().to_lowercase(), opened.at.year);
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(Format::Xlsx.media_type());
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// The page to download and upload.
///
/// # Errors
/// When the worksheet is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    render(&app, &caller, &opened, None).await
}

/// Shows what an uploaded workbook would change.
///
/// # Errors
/// When the caller fills no layer of the worksheet.
pub async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    upload: Upload,
) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    let layer = opened.desk.layer.ok_or(AppError::Forbidden)?;
    let outcome = match upload::read(&app, &opened, layer, upload).await? {
        Ok((filling, notes)) => outcome(&app, &caller, &opened, layer, &filling, notes),
        Err(problems) => Outcome { problems, ..Outcome::default() },
    };
    render(&app, &caller, &opened, Some(outcome)).await
}

async fn render(app: &App, caller: &Caller, opened: &Opened, outcome: Option<Outcome>) -> Result {
    let page = page(app, caller, &opened.at, caller.lang.t("LKE sebagai Excel")).await?;
    let head = Head::of(app, caller, opened, "excel");
    let layer = opened.desk.layer.map_or("", Layer::title);
    let closed = opened.desk.closed(&opened.lke);
    let closed = closed.map(|refusal| sentence(&caller.lang.t(&refusal.to_string()))).unwrap_or_default();
    let may = |code: &str| opened.desk.may_answer(&opened.lke, &opened.edition, code);
    let can_fill = opened.edition.questions().any(|(_, _, question)| may(&question.code));
    let failed = outcome.as_ref().is_some_and(|outcome| !outcome.problems.is_empty());
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let layouts = upload::offered(app, &opened.edition).await?;
    let body = BookPage { page, head, layer, closed, can_fill, layouts, outcome }.render()?;
    Ok((status, Html(body)).into_response())
}

/// Problems as sentences.
fn lines(problems: &[SheetProblem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn outcome(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    layer: Layer,
    filling: &Filling,
    notes: Vec<String>,
) -> Outcome {
    let standing = Filling::of(&opened.lke, layer);
    let differences = Differences::between(&opened.edition, &standing, filling);
    let row = |change: &Change| {
        let mut fresh = chance::fresh;
        let (now, today, by) = (app.now(), app.today(), caller.id());
        let context = Context { now, today, by, edition: &opened.edition, fresh: &mut fresh };
        let tried = take(opened, &mut opened.lke.clone(), layer, change, &change.was, &context);
        let label = opened.edition.question(&change.code).map_or("", |(_, _, question)| &question.label);
        let refusal = tried.err().unwrap_or_default();
        Row {
            code: change.code.clone(),
            label: label.to_owned(),
            was: said(&change.was),
            now: said(&change.now),
            refusal,
        }
    };
    let rows: Vec<Row> = differences.changes.iter().map(row).collect();
    let acceptable = rows.iter().filter(|row| row.refusal.is_empty()).count();
    Outcome { problems: Vec::new(), notes, rows, contents: carried(&differences), acceptable }
}

fn said(given: &Given) -> Said {
    Said { answer: worded(given.answer.as_ref()), note: given.note.clone() }
}

/// Takes one change over, or says why not.
fn take(
    opened: &Opened,
    lke: &mut Lke,
    layer: Layer,
    change: &Change,
    was: &Given,
    context: &Context<'_>,
) -> std::result::Result<(), String> {
    if !opened.desk.holds(&opened.edition, &change.code) {
        return Err("bukan bagian Anda".to_owned());
    }
    let now = change.now.answer.as_ref();
    if let Some(reason) = now.and_then(|answer| absurd(&opened.edition, &change.code, answer)) {
        return Err(reason);
    }
    let own = edit::given(lke, layer, &change.code);
    // What was seen is what counts in the layer; until the layer says something itself, nothing is written there.
    let is_own = own != Given::default() || was.answer.is_none();
    let was = if is_own { was.clone() } else { Given { answer: None, note: was.note.clone() } };
    let taken = edit::answer(lke, layer, &change.code, &was, change.now.clone(), context);
    taken.map_err(|refusal: Refusal| refusal.to_string())
}

/// What the page brings back: the changes as they were shown.
fn carried(differences: &Differences) -> String {
    let given =
        |given: &Given| json!({ "answer": given.answer.as_ref().map(|a| a.to_json()), "note": given.note });
    let changes = differences
        .changes
        .iter()
        .map(|change| (change.code.clone(), json!({ "was": given(&change.was), "now": given(&change.now) })));
    Value::Object(changes.collect()).to_string()
}

/// The changes as a page brings them back, read anew: nothing that comes from a browser is trusted.
fn brought_back(opened: &Opened, text: &str) -> Result<BTreeMap<String, Change>> {
    let unreadable = || AppError::Bad("pratinjau tidak terbaca; ulangi dari unggahan".to_owned());
    let Ok(Json::Object(entries)) = Json::parse(text) else { return Err(unreadable()) };
    let change = |(code, change): (String, Json)| {
        let side = |name: &str| given(opened, &code, change.get(name).ok_or_else(unreadable)?);
        let (was, now) = (side("was")?, side("now")?);
        Ok((code.clone(), Change { code, was, now }))
    };
    entries.into_iter().map(change).collect()
}

fn given(opened: &Opened, code: &str, json: &Json) -> Result<Given> {
    let answer = json.get("answer").cloned().unwrap_or(Json::Null);
    let sheet = Sheet::read(&opened.edition, &[(code.to_owned(), answer)]);
    let sheet = sheet.map_err(|problems| AppError::Refused(lines(&problems).join("; ")))?;
    let note = json.get("note").and_then(Json::as_text).unwrap_or_default();
    Ok(Given { answer: sheet.get(code).cloned(), note: note.to_owned() })
}

/// Saves the accepted changes, all or none.
///
/// # Errors
/// When one of them is refused: somebody else changed it, the layer was frozen, a reason is missing.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result {
    let values = |name: &str| -> Vec<String> {
        fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    };
    let (contents, codes) = (values(CONTENTS).pop().unwrap_or_default(), values(CODE));
    let need = |opened: &Opened| {
        let layer = opened.desk.layer.ok_or(AppError::Forbidden)?;
        let changes = brought_back(opened, &contents)?;
        Ok((layer, changes, opened.clone()))
    };
    let (opened, taken) = change(&app, &caller, &path, need, |lke, (layer, changes, opened), context| {
        let chosen: Vec<&Change> = codes.iter().filter_map(|code| changes.get(code)).collect();
        let mut refused = Vec::new();
        for change in &chosen {
            if let Err(reason) = take(&opened, lke, layer, change, &change.was, context) {
                refused.push(format!("{}: {reason}", change.code));
            }
        }
        if !refused.is_empty() {
            return Err(AppError::Refused(refused.join("; ")));
        }
        Ok((chosen.len(), record(layer, &chosen)))
    })
    .await?;
    let text = caller.lang.tn("%{n} jawaban diambil dari berkas Excel", taken);
    Ok(flash::done(see_other(&opened.at.address()), text))
}

fn record(layer: Layer, chosen: &[&Change]) -> Record {
    let said = |pick: fn(&Change) -> &Given| -> Value {
        let entry = |change: &&Change| {
            let given = pick(change);
            (change.code.clone(), json!([worded(given.answer.as_ref()), given.note]))
        };
        Value::Object(chosen.iter().map(entry).collect())
    };
    let before = json!({ "layer": layer.as_str(), "questions": said(|change| &change.was) });
    let after = json!({ "layer": layer.as_str(), "questions": said(|change| &change.now) });
    Record::new("lke.imported", before, after)
}
