//! Lines taken over from somebody's file: read, shown, saved on a second yes; all or none.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry as Record;
use bening_core::register::{Draft, Row, Told, written};
use bening_core::time::Year;
use bening_intake::read_table;
use bening_store::register as store;
use serde::Deserialize;
use serde_json::json;

use super::change::blank;
use super::{AskYear, Desk, RegisterPath};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, Upload, see_other};
use crate::page::{Crumb, Page};
use crate::reach;

/// Lines shown of what would be taken over.
const SHOWN: usize = 20;
/// Lines of a file.
const LINES_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "register/import.html")]
struct ImportPage {
    page: Page,
    base: String,
    year: i32,
    heads: Vec<String>,
    lines: Vec<Vec<String>>,
    count: usize,
    ignored: Vec<String>,
    rows_json: String,
    problems: Vec<String>,
}

/// What came of reading a file.
#[derive(Default)]
struct Outcome {
    drafts: Vec<Draft>,
    ignored: Vec<String>,
    problems: Vec<String>,
}

/// The page where a file is chosen.
///
/// # Errors
/// When the caller does not keep the register.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Query(ask): Query<AskYear>,
) -> Result {
    let desk = open(&app, &caller, &path).await?;
    let year = ask.year(&app)?;
    render(&app, &caller, &desk, year, Outcome::default()).await
}

async fn open(app: &App, caller: &Caller, path: &RegisterPath) -> Result<Desk> {
    let desk = Desk::reach(app, caller, &path.unit, &path.register).await?;
    desk.demand(desk.keeps)?;
    Ok(desk)
}

async fn render(app: &App, caller: &Caller, desk: &Desk, year: Year, outcome: Outcome) -> Result {
    let title = caller.lang.t("Impor").into_owned();
    let page = desk.page(app, caller, year, title.clone(), vec![Crumb::here(title)]).await?;
    let register = desk.register;
    let cell = |column: &bening_core::register::Column, draft: &Draft| {
        let typed = draft.get(&column.code).map_or("", String::as_str);
        column.read(typed).map(|kept| written(column, &kept)).unwrap_or_default()
    };
    let line = |draft: &Draft| register.asked().map(|column| cell(column, draft)).collect();
    let failed = !outcome.problems.is_empty();
    let import = ImportPage {
        base: desk.address(),
        year: year.get(),
        heads: register.asked().map(|column| column.title.clone()).collect(),
        lines: outcome.drafts.iter().take(SHOWN).map(line).collect(),
        count: outcome.drafts.len(),
        ignored: outcome.ignored,
        rows_json: serde_json::to_string(&outcome.drafts).unwrap_or_default(),
        problems: outcome.problems,
        page,
    };
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(import.render()?)).into_response())
}

/// Shows what an uploaded file would bring.
///
/// # Errors
/// When the caller does not keep the register.
pub async fn upload(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    upload: Upload,
) -> Result {
    let desk = open(&app, &caller, &path).await?;
    let year = reach::year(upload.field("tahun")).unwrap_or(app.this_year());
    let outcome = match upload.files.into_iter().find(|file| file.field == "berkas") {
        None => refused("pilih berkas lebih dulu"),
        Some(file) => {
            let table = app.hash(move || read_table(&file.bytes)).await.ok_or(AppError::Interrupted)?;
            match table {
                Err(problem) => refused(&problem.to_string()),
                Ok(lines) => read(&desk, &lines),
            }
        }
    };
    render(&app, &caller, &desk, year, outcome).await
}

fn refused(problem: &str) -> Outcome {
    Outcome { problems: vec![sentence(problem)], ..Outcome::default() }
}

fn read(desk: &Desk, lines: &[Vec<String>]) -> Outcome {
    if lines.len() > LINES_MAX {
        return refused(&format!("paling banyak {LINES_MAX} baris sekali impor; bagi berkasnya"));
    }
    match desk.register.read_lines(lines) {
        Ok(drafts) => {
            let ignored = desk.register.find_headings(lines).map(|headings| headings.ignored);
            Outcome { drafts, ignored: ignored.unwrap_or_default(), problems: Vec::new() }
        }
        Err(problems) => {
            let problems = problems.iter().map(|problem| sentence(&problem.to_string())).collect();
            Outcome { problems, ..Outcome::default() }
        }
    }
}

/// The lines as shown in the preview.
#[derive(Debug, Deserialize)]
pub struct Confirmed {
    baris: String,
    #[serde(default)]
    tahun: String,
}

/// Saves previewed lines, all or none. They are checked again: nothing that comes from a browser is trusted.
///
/// # Errors
/// When the caller does not keep the register, or a line does not fit.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Posted(form): Posted<Confirmed>,
) -> Result {
    let desk = open(&app, &caller, &path).await?;
    let drafts: Vec<Draft> = serde_json::from_str(&form.baris)
        .map_err(|_| AppError::Bad("pratinjau tidak terbaca; ulangi dari unggahan".to_owned()))?;
    let year = reach::year(&form.tahun).unwrap_or(app.this_year());
    let told = Told { by: caller.id(), today: app.today(), note: "" };
    let write = |draft: &Draft| blank(&desk, year).write(desk.register, draft, told);
    let rows: Vec<Row> = drafts.iter().take(LINES_MAX).map(write).collect::<std::result::Result<_, _>>()?;
    let tx = app.store().begin().await?;
    let first = store::next_number(&tx, desk.reached.unit.id, &desk.register.id, year).await?;
    for (number, row) in (first..).zip(&rows) {
        store::add(&tx, &Row { number, ..row.clone() }).await?;
    }
    let record = Record::new(caller.audit(), "register.imported", desk.reached.unit.id.0);
    let record = record.of_unit(desk.reached.unit.id);
    let after = json!({ "register": desk.register.id, "count": rows.len() });
    tx.commit(record.after(after), app.now()).await?;
    let to = format!("{}?tahun={year}", desk.address());
    let done = caller.lang.tf("%{n} baris diimpor.", &[("n", rows.len())]);
    Ok(flash::done(see_other(&to), done))
}
