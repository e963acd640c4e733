//! What everybody reads of registers: only releases, as page and as open data. What was taken back is as if it had
//! never been.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bening_core::register::by_id;
use bening_core::statistic::{Released, public};
use bening_core::unit::Unit;
use bening_store::statistic as store;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shown, tables};
use crate::account::visitor_lang;
use crate::app::App;
use crate::chance;
use crate::csv::record;
use crate::error::{AppError, Result};
use crate::open::kept::{cached, mark, marked};
use crate::open::unit_of;
use crate::page::Page;
use crate::reach;

/// `/publik/statistik/{kode}/{register}/{tahun}` as words.
#[derive(Debug, Deserialize)]
pub struct ReleasePath {
    kode: String,
    register: String,
    tahun: String,
}

/// The same with a format.
#[derive(Debug, Deserialize)]
pub struct DataPath {
    kode: String,
    register: String,
    tahun: String,
    format: String,
}

#[derive(Template)]
#[template(path = "statistic/list.html")]
struct ListPage {
    page: Page,
    cards: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "statistic/release.html")]
struct StatisticPage {
    page: Page,
    unit: String,
    on: String,
    small: u32,
    hides: bool,
    tables: Vec<Shown>,
    list: String,
    base: String,
}

/// Address of what a unit let out.
pub(super) fn address(unit: &str, one: &Released) -> String {
    format!("/publik/statistik/{unit}/{}/{}", one.register, one.year)
}

/// What is counted.
fn title(one: &Released) -> String {
    let statistic = by_id(&one.register).and_then(|register| register.statistic.as_ref());
    statistic.map_or_else(|| one.register.clone(), |statistic| statistic.title.clone())
}

/// What a unit let out.
///
/// # Errors
/// When there is no such unit, or it let nothing out.
pub async fn list(State(app): State<App>, Path(code): Path<String>, request: Request) -> Result {
    let unit = unit_of(&app, &code).await?;
    let all = store::of_unit(app.store(), unit.id).await?;
    let is_shown =
        |one: &&Released| public(&all, &one.register, one.year).is_some_and(|shown| shown.id == one.id);
    let page = frame(request.headers(), unit.name.clone(), format!("/publik/statistik/{}", unit.code));
    let card = |one: &Released| {
        let said = page.tf("keadaan %{hari}", &[("hari", page.date_long(one.on))]);
        (address(unit.code.as_str(), one), format!("{} {}", page.t(&title(one)), one.year), said)
    };
    let cards: Vec<_> = all.iter().filter(is_shown).map(card).collect();
    if cards.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(cached(request.headers(), ListPage { page, cards }.render()?))
}

fn frame(headers: &HeaderMap, title: String, path: String) -> Page {
    Page { path, ..Page::new(title, visitor_lang(headers)) }
}

async fn released(app: &App, path: &ReleasePath) -> Result<(Unit, Released)> {
    let unit = unit_of(app, &path.kode).await?;
    let all = store::of_unit(app.store(), unit.id).await?;
    let found = public(&all, &path.register, reach::year(&path.tahun)?).cloned();
    Ok((unit, found.ok_or(AppError::NotFound)?))
}

/// A release.
///
/// # Errors
/// When it was not let out, or taken back.
pub async fn show(State(app): State<App>, Path(path): Path<ReleasePath>, request: Request) -> Result {
    let (unit, one) = released(&app, &path).await?;
    let base = address(unit.code.as_str(), &one);
    let page = frame(request.headers(), String::new(), base.clone());
    let page = Page { title: format!("{} {}", page.t(&title(&one)), one.year), ..page };
    let shown = StatisticPage {
        on: page.date_long(one.on),
        small: one.release.small,
        hides: one.release.hides(),
        tables: tables(&page, &one.release),
        list: format!("/publik/statistik/{}", unit.code),
        unit: unit.name,
        base,
        page,
    };
    Ok(cached(request.headers(), shown.render()?))
}

/// A release as open data.
///
/// # Errors
/// When it was not let out, or there is no such format.
pub async fn download(State(app): State<App>, Path(path): Path<DataPath>) -> Result {
    let of = ReleasePath { kode: path.kode, register: path.register, tahun: path.tahun };
    let (unit, one) = released(&app, &of).await?;
    let (kind, text) = match path.format.as_str() {
        "csv" => ("text/csv; charset=utf-8", csv(&one)),
        "json" => ("application/json", json(&unit, &one).to_string()),
        _ => return Err(AppError::NotFound),
    };
    let name = format!("statistik-{}-{}-{}.{}", one.register, of.kode.to_lowercase(), one.year, path.format);
    Ok(attached(kind, &name, text))
}

fn attached(kind: &'static str, name: &str, text: String) -> Response {
    let mark = mark(&chance::digest(&text));
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    marked(response, &mark)
}

/// A line for each count; two dimensions at most.
fn csv(one: &Released) -> String {
    let heads = ["dimensi_1", "isi_1", "dimensi_2", "isi_2", "jumlah", "disembunyikan"];
    let mut text = String::from("\u{feff}");
    text.push_str(&record(&heads.map(str::to_owned)));
    for line in one.release.lines() {
        let of = |at: usize| line.of.get(at).copied().unwrap_or_default();
        let ((one, is), (other, also)) = (of(0), of(1));
        let count = line.count.map(|count| count.to_string()).unwrap_or_default();
        let hidden = if line.count.is_none() { "ya" } else { "tidak" };
        text.push_str(&record(&[one, is, other, also, &count, hidden].map(str::to_owned)));
    }
    text
}

fn json(unit: &Unit, one: &Released) -> Value {
    let lines = one.release.lines().into_iter().map(|line| {
        let of: serde_json::Map<String, Value> =
            line.of.iter().map(|(by, is)| ((*by).to_owned(), Value::from(*is))).collect();
        json!({ "menurut": of, "jumlah": line.count, "disembunyikan": line.count.is_none() })
    });
    json!({
        "unit": unit.name,
        "kode_unit": unit.code.as_str(),
        "statistik": title(one),
        "tahun": one.year.get(),
        "keadaan_pada": one.on.to_string(),
        "disembunyikan_di_bawah": one.release.small,
        "angka": lines.collect::<Vec<_>>(),
    })
}
