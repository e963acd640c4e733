//! Saving one cell. What the script asks and is answered stands in `frontend/ts/cells.ts`.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bening_core::instrument::Editions;
use bening_core::plan::edit::{self, ActionField, Cell, PriorityField};
use bening_core::plan::schedule::Months;
use bening_core::plan::{Plan, Rhythm, Schedule};
use bening_core::time::Month;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::change::{Changed, Need, Record, change};
use super::table::{Row, row, subs};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::form::Posted;
use crate::page::Page;
use crate::reach::PlanPath;

/// `…/sel/{jenis}/{id}/{kolom}`
#[derive(Debug, Deserialize)]
pub struct CellPath {
    unit: String,
    tahun: String,
    jenis: String,
    id: Uuid,
    kolom: String,
}

/// What the script sends.
#[derive(Debug, Deserialize)]
pub struct Typed {
    value: String,
    was: String,
}

/// Saves a cell.
///
/// # Errors
/// [`AppError::Conflict`] when somebody else changed it; what core refuses.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CellPath>,
    Posted(typed): Posted<Typed>,
) -> Result {
    let cell = which(&path).ok_or(AppError::NotFound)?;
    let in_months = path.kolom == "bulan";
    let place = PlanPath { unit: path.unit, tahun: path.tahun };
    let need = |plan: &Plan| edit::read(plan, cell).map(|_| Need::edit(edit::area_of(plan, cell)));
    let editions = app.editions().await?;
    let changed = change(&app, &caller, &place, need, |plan, context| {
        let before = edit::read(plan, cell).unwrap_or_default();
        let typed = if in_months { as_words(&before, &typed)? } else { typed };
        if matches!(cell, Cell::ComponentSub(_)) {
            known_sub(&editions, plan, cell, &typed.value)?;
        }
        edit::write(plan, cell, &typed.was, &typed.value, context)?;
        let after = edit::read(plan, cell).unwrap_or_default();
        let record = Record {
            event: "plan.cell.saved",
            subject: path.id,
            before: json!({ "field": path.kolom, "text": before }),
            after: json!({ "field": path.kolom, "text": after }),
        };
        Ok((after, record))
    })
    .await?;
    let (_, time) = app.local(app.now());
    let parts = parts(&app, &caller, &changed, cell)?;
    let value = if in_months { numbers(&changed.plan, cell) } else { changed.value };
    let answer = json!({
        "value": value,
        "saved": caller.lang.clock(time),
        "parts": parts,
    });
    Ok(axum::Json(answer).into_response())
}

/// A sub-component that the worksheet of the plan's year does not have in this area could never be scored.
fn known_sub(editions: &Editions, plan: &Plan, cell: Cell, code: &str) -> Result<()> {
    let known = edit::area_of(plan, cell).map(|area| subs(editions, plan.year, area)).unwrap_or_default();
    let is_known = |code: &str| known.is_empty() || known.iter().any(|(known, _)| known == code);
    match code.trim() {
        code if code.is_empty() || is_known(code) => Ok(()),
        code => {
            let codes = known.into_iter().map(|(code, _)| code).collect::<Vec<_>>().join(", ");
            Err(AppError::Refused(format!(
                "subkomponen “{code}” tidak ada pada area ini; pilih salah satu dari: {codes}"
            )))
        }
    }
}

fn which(path: &CellPath) -> Option<Cell> {
    use bening_core::id::{ActionId, BenefitId, ComponentId, PriorityId};
    let (id, column) = (path.id, path.kolom.as_str());
    Some(match path.jenis.as_str() {
        "tindakan" => Cell::Action(ActionId(id), action_field(column)?),
        "komponen" if column == "nama" => Cell::ComponentName(ComponentId(id)),
        "komponen" if column == "sub" => Cell::ComponentSub(ComponentId(id)),
        "manfaat" if column == "teks" => Cell::Benefit(BenefitId(id)),
        "prioritas" => Cell::Priority(PriorityId(id), priority_field(column)?),
        _ => return None,
    })
}

fn action_field(column: &str) -> Option<ActionField> {
    Some(match column {
        "aksi" => ActionField::Name,
        "bukti" => ActionField::Evidence,
        "waktu" | "bulan" => ActionField::Time,
        "pic" => ActionField::Pic,
        "target" => ActionField::Target,
        _ => return None,
    })
}

fn priority_field(column: &str) -> Option<PriorityField> {
    Some(match column {
        "aksi" => PriorityField::Action,
        "target" => PriorityField::Target,
        "waktu" | "bulan" => PriorityField::Time,
        "tindak-lanjut" => PriorityField::FollowUp,
        _ => return None,
    })
}

/// The month strip speaks in numbers ("1,2,6"); the cell behind it keeps words. What the person last saw counts
/// as seen when its months are still the months of the cell.
fn as_words(current: &str, typed: &Typed) -> Result<Typed> {
    let schedule = Schedule::parse(current).ok();
    let seen = from_numbers(&typed.was)?;
    let same = seen == schedule.as_ref().map(Schedule::months);
    let rhythm = schedule.as_ref().map_or(Rhythm::Once, Schedule::rhythm);
    let value = from_numbers(&typed.value)?.map(|months| worded(months, rhythm)).unwrap_or_default();
    let was = if same { current.to_owned() } else { format!("bulan {}", typed.was) };
    Ok(Typed { value, was })
}

fn worded(months: Months, rhythm: Rhythm) -> String {
    let rhythm = if months.is_unbroken() { rhythm } else { Rhythm::EachMonth };
    Schedule::of(months, rhythm).text().to_owned()
}

fn from_numbers(text: &str) -> Result<Option<Months>> {
    let numbers = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let months: Option<Vec<Month>> = numbers.map(|part| part.parse().ok().and_then(Month::new)).collect();
    months.map(Months::new).ok_or_else(|| AppError::Bad("bulan harus angka 1 sampai 12".to_owned()))
}

fn numbers(plan: &Plan, cell: Cell) -> String {
    let text = edit::read(plan, cell).unwrap_or_default();
    let schedule = Schedule::parse(&text).ok();
    let list = schedule.iter().flat_map(|s| s.months().iter()).map(|month| month.number().to_string());
    list.collect::<Vec<_>>().join(",")
}

/// The elements of the page that follow from a cell, as the page itself draws them.
#[derive(Template)]
#[template(path = "plan/part_status.html")]
struct StatusPart<'a> {
    row: &'a Row,
}

#[derive(Template)]
#[template(path = "plan/part_months.html")]
struct MonthsPart<'a> {
    page: &'a Page,
    row: &'a Row,
}

#[derive(Template)]
#[template(path = "plan/part_strangers.html")]
struct StrangersPart<'a> {
    page: &'a Page,
    row: &'a Row,
}

fn parts(app: &App, caller: &Caller, changed: &Changed<String>, cell: Cell) -> Result<serde_json::Value> {
    let Cell::Action(id, field) = cell else { return Ok(json!({})) };
    let placed = changed.plan.action(id).ok_or(AppError::NotFound)?;
    let row = &row(app, caller, &changed.reached, &changed.plan, placed.area, placed.action);
    let page = &Page::new(String::new(), caller.lang);
    Ok(match field {
        ActionField::Time => json!({
            format!("status-{id}"): StatusPart { row }.render()?,
            format!("bulan-{id}"): MonthsPart { page, row }.render()?,
        }),
        ActionField::Pic => json!({ format!("asing-{id}"): StrangersPart { page, row }.render()? }),
        _ => json!({}),
    })
}
