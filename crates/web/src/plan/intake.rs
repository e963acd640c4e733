//! Taking rows over from a file or the clipboard: read, shown as what they would change, saved on a second yes.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::instrument::Editions;
use bening_core::plan::edit::Context;
use bening_core::plan::rows::{self, Change, Changes, Kind, Known, PlanFile, Sub, UnknownPics};
use bening_core::plan::{Area, Plan};
use bening_core::time::{Month, Year};
use serde::Deserialize;
use serde_json::{Value, json};

use super::change::{Need, Record, change, roster};
use super::frame::plan_address;
use super::table::{Head, head, page};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, Upload, see_other};
use crate::page::{Page, Tone};
use crate::reach::{self, PlanPath, Reached, reach_plan, reach_unit};

struct PreviewRow {
    at: String,
    tone: Tone,
    sign: &'static str,
    what: String,
    kind: &'static str,
    area: &'static str,
    name: String,
}

/// What came of reading.
#[derive(Default)]
struct Outcome {
    /// The rows as read, carried to the second step.
    rows_json: String,
    names_only: bool,
    problems: Vec<String>,
    notes: Vec<String>,
    preview: Vec<PreviewRow>,
    new: usize,
    updated: usize,
    is_nothing: bool,
}

#[derive(Template)]
#[template(path = "plan/intake.html")]
struct IntakePage {
    page: Page,
    head: Head,
    /// "tempel" or "impor".
    way: &'static str,
    areas: [(&'static str, &'static str); 6],
    area: String,
    text: String,
    outcome: Option<Outcome>,
}

/// Which area to paste into.
#[derive(Debug, Default, Deserialize)]
pub struct Into {
    #[serde(default)]
    area: String,
}

/// The page to paste rows.
///
/// # Errors
/// When the plan is not to be edited.
pub async fn show_paste(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Query(into): Query<Into>,
) -> Result {
    let (reached, plan) = open(&app, &caller, &path).await?;
    render(&app, &caller, &reached, &plan, "tempel", into.area, String::new(), None).await
}

/// The page to upload a file.
///
/// # Errors
/// When the plan is not to be edited.
pub async fn show_import(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let (reached, plan) = open(&app, &caller, &path).await?;
    render(&app, &caller, &reached, &plan, "impor", String::new(), String::new(), None).await
}

async fn open(app: &App, caller: &Caller, path: &PlanPath) -> Result<(Reached, Plan)> {
    let reached = reach_unit(app, caller, &path.unit, Want::ComposePlan).await?;
    let plan = reach_plan(app, &reached, reach::year(&path.tahun)?).await?;
    Ok((reached, plan))
}

#[expect(clippy::too_many_arguments, reason = "the one place where both ways meet their page")]
async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    way: &'static str,
    area: String,
    text: String,
    outcome: Option<Outcome>,
) -> Result {
    let page = page(app, caller, reached, plan.year).await?;
    let head = head(app, caller, reached, plan, "");
    let areas = Area::ALL.map(|area| (area.code(), area.name()));
    let failed = outcome.as_ref().is_some_and(|outcome| !outcome.problems.is_empty());
    let body = Html(IntakePage { page, head, way, areas, area, text, outcome }.render()?);
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, body).into_response())
}

/// Pasted rows.
#[derive(Debug, Deserialize)]
pub struct Pasted {
    area: String,
    teks: String,
    #[serde(default)]
    nama_saja: String,
}

/// Shows what pasted rows would change.
///
/// # Errors
/// When the plan is not to be edited.
pub async fn paste(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Posted(pasted): Posted<Pasted>,
) -> Result {
    let (reached, plan) = open(&app, &caller, &path).await?;
    let area = Area::from_code(&pasted.area).ok_or_else(|| AppError::Bad("pilih area tujuan".to_owned()))?;
    let file = bening_intake::read_paste(&pasted.teks, area).map_err(|error| error.to_string());
    let outcome = judge(&app, &caller, &reached, &plan, file, unknown(&pasted.nama_saja)).await?;
    render(&app, &caller, &reached, &plan, "tempel", pasted.area, pasted.teks, Some(outcome)).await
}

/// Shows what an uploaded file would change.
///
/// # Errors
/// When the plan is not to be edited.
pub async fn import(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    upload: Upload,
) -> Result {
    let (reached, plan) = open(&app, &caller, &path).await?;
    let policy = unknown(upload.field("nama_saja"));
    let file = match upload.files.into_iter().find(|file| file.field == "berkas") {
        None => Err("pilih berkas lebih dulu".to_owned()),
        Some(file) => read_file(&app, file).await?,
    };
    let outcome = judge(&app, &caller, &reached, &plan, file, policy).await?;
    render(&app, &caller, &reached, &plan, "impor", String::new(), String::new(), Some(outcome)).await
}

/// Reading a workbook can take a core for a while, so it is done off the async threads.
async fn read_file(
    app: &App,
    file: crate::form::UploadedFile,
) -> Result<std::result::Result<PlanFile, String>> {
    let read = app.hash(move || bening_intake::read(&file.bytes, Some(&file.name))).await;
    Ok(read.ok_or(AppError::Interrupted)?.map_err(|error| error.to_string()))
}

fn unknown(names_only: &str) -> UnknownPics {
    if names_only == "ya" { UnknownPics::KeepAsNames } else { UnknownPics::Refuse }
}

/// All sub-components of the worksheet in force in a year.
pub fn subs(editions: &Editions, year: Year) -> Vec<Sub> {
    let Some(edition) = editions.for_day(Month::LAST.last_day(year)) else { return Vec::new() };
    let named = edition.subs().filter_map(|(area, sub)| Some((Area::from_code(&area.code)?, sub)));
    named.map(|(area, sub)| Sub { code: sub.code.clone(), name: sub.name.clone(), area }).collect()
}

async fn judge(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    plan: &Plan,
    file: std::result::Result<PlanFile, String>,
    policy: UnknownPics,
) -> Result<Outcome> {
    let names_only = policy == UnknownPics::KeepAsNames;
    let file = match file {
        Ok(file) => file,
        Err(problem) => return Ok(Outcome { problems: vec![problem], names_only, ..Outcome::default() }),
    };
    let roster = roster(app, reached).await?;
    let subs = subs(&*app.editions().await?, plan.year);
    let checked = match rows::check(&file, &Known { roster: &roster, unknown: policy, subs: &subs }) {
        Ok(checked) => checked,
        Err(problems) => {
            let problems = problems.iter().map(ToString::to_string).collect();
            return Ok(Outcome { problems, notes: file.notes, names_only, ..Outcome::default() });
        }
    };
    let changes = {
        let mut fresh = chance::fresh;
        let mut context = Context { today: app.today(), by: caller.id(), roster: &roster, fresh: &mut fresh };
        rows::merge(plan, &checked, &mut context)?.1
    };
    let rows_json = serde_json::to_string(&file).map_err(|error| AppError::Bad(error.to_string()))?;
    Ok(outcome(caller, rows_json, checked.notes, names_only, &changes))
}

fn outcome(
    caller: &Caller,
    rows_json: String,
    notes: Vec<String>,
    names_only: bool,
    changes: &Changes,
) -> Outcome {
    let preview: Vec<PreviewRow> = changes.rows.iter().map(|row| preview_row(caller, row)).collect();
    let count = |sign| preview.iter().filter(|row| row.sign == sign).count();
    Outcome {
        new: count("+"),
        updated: count("~"),
        is_nothing: changes.is_nothing(),
        rows_json,
        names_only,
        problems: Vec::new(),
        notes,
        preview,
    }
}

fn preview_row(caller: &Caller, row: &rows::RowChange) -> PreviewRow {
    let (tone, sign, what) = match &row.change {
        Change::New => (Tone::Ok, "+", caller.lang.t("baru").into_owned()),
        Change::Updated(fields) => {
            let names: Vec<_> = fields.iter().map(|field| caller.lang.t(field.label())).collect();
            (Tone::Info, "~", names.join(", "))
        }
        Change::Unchanged => (Tone::Mute, "=", caller.lang.t("sama").into_owned()),
        Change::Withdrawn => (Tone::Mute, "–", caller.lang.t("ditarik").into_owned()),
    };
    let kind = match row.kind {
        Kind::Benefit => "Manfaat",
        Kind::Component => "Komponen",
        Kind::Action => "Rencana aksi",
        Kind::Priority => "Target prioritas",
    };
    let area = row.area.map_or("", Area::code);
    PreviewRow { at: row.at.to_string(), tone, sign, what, kind, area, name: row.name.clone() }
}

/// The rows as shown in the preview.
#[derive(Debug, Deserialize)]
pub struct Confirmed {
    baris: String,
    #[serde(default)]
    nama_saja: String,
}

/// Saves previewed rows, all or none. They are checked again: nothing that comes from a browser is trusted.
///
/// # Errors
/// When the plan changed so that the rows no longer fit.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Posted(form): Posted<Confirmed>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ComposePlan).await?;
    let file: PlanFile = serde_json::from_str(&form.baris)
        .map_err(|_| AppError::Bad("pratinjau tidak terbaca; ulangi dari unggahan".to_owned()))?;
    let roster = roster(&app, &reached).await?;
    let subs = subs(&*app.editions().await?, reach::year(&path.tahun)?);
    let known = Known { roster: &roster, unknown: unknown(&form.nama_saja), subs: &subs };
    let checked = rows::check(&file, &known).map_err(|problems| {
        AppError::Refused(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    })?;
    let need = |_: &Plan| Some(Need::plan(Want::ComposePlan));
    let changed = change(&app, &caller, &path, need, |plan, context| {
        let (merged, changes) = rows::merge(plan, &checked, context)?;
        *plan = merged;
        let after = json!({ "summary": changes.to_string() });
        let summary = changes.to_string();
        Ok((summary, Record { event: "plan.imported", subject: plan.id.0, before: Value::Null, after }))
    })
    .await?;
    let base = plan_address(&changed.reached.unit, changed.plan.year);
    Ok(flash::done(see_other(&base), format!("{} {}", caller.lang.t("Diimpor:"), changed.value)))
}
