//! The *Dokumen Rencana dan Aksi*: what the unit says for itself on it, and putting it together for printing.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::document::{Document, PrintError};
use bening_core::id::PlanId;
use bening_core::instrument::Editions;
use bening_core::plan::export::PlanExport;
use bening_core::plan::notes::PaperNotes;
use bening_core::plan::paper::{self, Inputs, PaperLaw, PaperTexts, Prose};
use bening_core::text;
use bening_core::time::Month;
use bening_store::{Store, agency, plan as store};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;

use super::frame::plan_address;
use super::history::moment;
use super::table::{Head, head, page};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Page, Room};
use crate::reach::{self, PlanPath, Reached, reach_plan, reach_unit};

struct VersionLink {
    number: u32,
    at: String,
}

#[derive(Template)]
#[template(path = "plan/paper.html")]
struct PaperPage {
    page: Page,
    head: Head,
    notes: Fields,
    error: String,
    edit: bool,
    versions: Vec<VersionLink>,
}

/// The fields of the form.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Fields {
    tempat: String,
    tanggal: String,
    jabatan: String,
    nama: String,
    pengantar: String,
    latar: String,
    dasar: String,
}

/// The page of the paper.
///
/// # Errors
/// When the plan is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<PlanPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    render(&app, &caller, &reached, &path, None, String::new()).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    path: &PlanPath,
    typed: Option<Fields>,
    error: String,
) -> Result<Html<String>> {
    let plan = reach_plan(app, reached, reach::year(&path.tahun)?).await?;
    let page = Page { room: Some(Room::Documents), ..page(app, caller, reached, plan.year).await? };
    let head = head(app, caller, reached, &plan, "dokumen");
    let kept = store::load_paper(app.store(), plan.id).await?.unwrap_or_default();
    let versions = store::versions(app.store(), plan.id).await?;
    let link = |version: store::Version| VersionLink {
        number: version.number,
        at: moment(app, caller.lang, version.approved_at),
    };
    let content = PaperPage {
        page,
        head,
        notes: typed.unwrap_or_else(|| fields(kept)),
        error,
        edit: reached.allows(caller, Want::EditPriorities),
        versions: versions.into_iter().map(link).collect(),
    };
    Ok(Html(content.render()?))
}

fn fields(kept: PaperNotes) -> Fields {
    Fields {
        tempat: kept.place,
        tanggal: kept.signed_on.map(|day| day.to_string()).unwrap_or_default(),
        jabatan: kept.signatory_title,
        nama: kept.signatory_name,
        pengantar: kept.foreword,
        latar: kept.background,
        dasar: kept.legal_basis.join("\n"),
    }
}

/// Saves what the unit says for itself.
///
/// # Errors
/// When the store fails; a text that does not fit comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<PlanPath>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::EditPriorities).await?;
    let plan = reach_plan(&app, &reached, reach::year(&path.tahun)?).await?;
    let notes = match notes(&typed) {
        Ok(notes) => notes,
        Err(error) => {
            let page =
                render(&app, &caller, &reached, &path, Some(typed), AppError::Refused(error).text()).await?;
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let before = store::load_paper(app.store(), plan.id).await?;
    let tx = app.store().begin().await?;
    store::save_paper(&tx, plan.id, &notes).await?;
    let entry = Entry::new(caller.audit(), "plan.paper.saved", plan.id.0).of_unit(reached.unit.id);
    tx.commit(entry.before(before).after(&notes), app.now()).await?;
    let to = format!("{}/dokumen", plan_address(&reached.unit, plan.year));
    Ok(flash::done(see_other(&to), caller.lang.t("Teks dokumen disimpan.")))
}

fn notes(typed: &Fields) -> std::result::Result<PaperNotes, String> {
    let line = |text: &str| text::line(text).map_err(|error| error.to_string());
    let lines = |text: &str| text::lines(text).map_err(|error| error.to_string());
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d");
    Ok(PaperNotes {
        place: line(&typed.tempat)?,
        signed_on: Some(typed.tanggal.trim())
            .filter(|text| !text.is_empty())
            .map(day)
            .transpose()
            .map_err(|_| "tanggal harus berbentuk tahun-bulan-hari, misalnya 2020-01-14".to_owned())?,
        signatory_title: line(&typed.jabatan)?,
        signatory_name: line(&typed.nama)?,
        foreword: lines(&typed.pengantar)?.join("\n"),
        background: lines(&typed.latar)?.join("\n"),
        legal_basis: lines(&typed.dasar)?,
    })
}

/// Puts the paper of a plan together.
///
/// # Errors
/// When the store fails or no law holds in the plan's year.
pub async fn document(app: &App, reached: &Reached, id: PlanId, contents: &PlanExport) -> Result<Document> {
    compose(app.store(), &*app.editions().await?, reached, id, contents, (app.settings().zone, app.today()))
        .await
}

/// The same without a site around it, for the command line: with the zone of the agency and today there.
///
/// # Errors
/// When the store fails or no law holds in the plan's year.
pub async fn compose(
    from: &Store,
    editions: &Editions,
    reached: &Reached,
    id: PlanId,
    contents: &PlanExport,
    (zone, today): (Tz, NaiveDate),
) -> Result<Document> {
    let agency = agency::load(from).await?;
    let notes = store::load_paper(from, id).await?.unwrap_or_default();
    let newest = store::versions(from, id).await?.into_iter().next();
    let approved = newest.map(|version| version.approved_at.with_timezone(&zone).date_naive());
    let above = reached.unit.parent.and_then(|id| reached.units.iter().find(|unit| unit.id == id));
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let texts = PaperTexts {
        place: or(&notes.place, &agency.city),
        dated: notes.signed_on.or(approved).unwrap_or(today),
        signatory_title: or(&notes.signatory_title, &reached.unit.head_title),
        signatory: notes.signatory_name,
        foreword: notes.foreword.lines().map(str::to_owned).collect(),
        background: notes.background.lines().map(str::to_owned).collect(),
        legal_basis: notes.legal_basis,
        above: above.map(|unit| unit.name.clone()),
    };
    let edition = editions.for_day(Month::LAST.last_day(contents.year)).ok_or(AppError::NotFound)?;
    let prose = Prose::builtin().map_err(|error| PrintError(error.to_string()))?;
    let law = PaperLaw::of(edition).map_err(|error| PrintError(error.to_string()))?;
    Ok(paper::document(&prose, &Inputs { plan: contents, agency: &agency, law: &law, texts: &texts }))
}
