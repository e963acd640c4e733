//! The recap of a register: its figures and tables on a page, and as a paper.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::document::{Format, Printer};
use bening_core::register::{Around, Period, Recap, Row, plain};
use bening_core::time::Year;

use super::export::FilePath;
use super::{AskYear, Desk, RegisterPath, tone};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page};
use crate::plan::export::file;

struct Cell {
    text: String,
    tone: String,
}

struct Line {
    name: String,
    cells: Vec<Cell>,
    total: String,
}

struct Recapped {
    title: String,
    heads: Vec<String>,
    lines: Vec<Line>,
    totals: Vec<String>,
    total: String,
}

#[derive(Template)]
#[template(path = "register/recap.html")]
struct RecapPage {
    page: Page,
    base: String,
    year: i32,
    citation: String,
    doubt: String,
    figures: Vec<(String, String, String)>,
    tables: Vec<Recapped>,
    is_empty: bool,
}

/// The recap.
///
/// # Errors
/// When the register is not to be read.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<RegisterPath>,
    Query(ask): Query<AskYear>,
) -> Result {
    let (desk, year, rows) = open(&app, &caller, &path.unit, &path.register, &ask).await?;
    let title = caller.lang.t("Rekap").into_owned();
    let page = desk.page(&app, &caller, year, title.clone(), vec![Crumb::here(title)]).await?;
    let register = desk.register;
    let figures = register.figures.iter().map(|figure| {
        let (said, parts) = register.said(figure, &register.measure(figure, &rows, app.today()));
        let notes: Vec<String> =
            [parts, figure.citation.clone()].into_iter().filter(|note| !note.is_empty()).collect();
        (figure.title.clone(), said, notes.join(" · "))
    });
    let recap = RecapPage {
        base: desk.address(),
        year: year.get(),
        citation: register.citation.clone(),
        doubt: register.doubt.clone().unwrap_or_default(),
        figures: figures.collect(),
        tables: register.recaps.iter().map(|recap| table(&desk, recap, &rows)).collect(),
        is_empty: rows.is_empty(),
        page,
    };
    Ok(Html(recap.render()?).into_response())
}

async fn open(
    app: &App,
    caller: &Caller,
    unit: &str,
    register: &str,
    ask: &AskYear,
) -> Result<(Desk, Year, Vec<Row>)> {
    let desk = Desk::reach(app, caller, unit, register).await?;
    desk.demand(desk.is_open())?;
    let year = ask.year(app)?;
    let rows = desk.all_rows(app, year).await?;
    Ok((desk, year, rows))
}

fn table(desk: &Desk, recap: &Recap, rows: &[Row]) -> Recapped {
    let register = desk.register;
    let reckoned = register.recap(recap, rows);
    let line = |(at, (name, numbers, total)): (usize, &(String, Vec<_>, _))| Line {
        name: name.clone(),
        cells: numbers
            .iter()
            .enumerate()
            .map(|(across, number)| Cell {
                text: plain(*number),
                tone: register
                    .shade(recap, at, across)
                    .map(|band| tone(band.tone).to_string())
                    .unwrap_or_default(),
            })
            .collect(),
        total: plain(*total),
    };
    Recapped {
        title: recap.title.clone(),
        lines: reckoned.rows.iter().enumerate().map(line).collect(),
        totals: reckoned.total.0.iter().map(|number| plain(*number)).collect(),
        total: plain(reckoned.total.1),
        heads: reckoned.columns,
    }
}

/// The recap as PDF, DOCX or XLSX.
///
/// # Errors
/// When there is no such format, or the register is not to be read.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<FilePath>,
    Query(ask): Query<AskYear>,
) -> Result {
    let (desk, year, rows) = open(&app, &caller, &path.unit, &path.register, &ask).await?;
    let is_paper = |format: &Format| matches!(format, Format::Pdf | Format::Docx | Format::Xlsx);
    let format = Format::parse(&path.format).filter(is_paper).ok_or(AppError::NotFound)?;
    let agency = bening_store::agency::load(app.store()).await?;
    let today = app.today();
    let around = Around {
        unit: desk.reached.unit.name.clone(),
        agency: agency.name.clone(),
        period: match desk.register.period {
            Period::Year => format!("Tahun {year}"),
            Period::Standing => format!("Keadaan sampai {}", caller.lang.date_long(today)),
        },
        signatory: desk.reached.unit.head_title.clone(),
        place_and_date: caller.lang.date_long(today),
        dated: today,
    };
    let document = desk.register.recap_paper(&rows, &around);
    let print = move |printer: &dyn Printer| match format {
        Format::Pdf => printer.pdf(&document),
        Format::Docx => printer.docx(&document),
        _ => printer.tables_xlsx(&document),
    };
    let unit = desk.reached.unit.code.as_str().to_lowercase();
    let name = format!("rekap-{}-{unit}-{year}.{}", desk.register.id, format.as_str());
    Ok(file(app.print(print).await?, format, &name))
}
