//! What everybody may know: which unit holds which predicate since when by which decree. Nothing of a road before
//! its decree comes out here, and no name of a person.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use bening_core::candidacy::{Candidacy, Stage, Transition};
use bening_core::unit::Unit;
use bening_store::{agency, candidacy, unit};
use serde::Serialize;

use crate::account::visitor_lang;
use crate::app::App;
use crate::caller::Caller;
use crate::csv::record;
use crate::error::{AppError, Result};
use crate::page::{Page, Theme};

/// How long others may keep what they got.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// A decree, as the public sees it.
#[derive(Serialize)]
struct Holding {
    #[serde(rename = "id")]
    id: String,
    #[serde(rename = "kode_unit")]
    code: String,
    #[serde(rename = "unit")]
    unit: String,
    #[serde(rename = "predikat")]
    predicate: String,
    #[serde(rename = "sejak")]
    since: String,
    #[serde(rename = "nomor_keputusan")]
    number: String,
    #[serde(rename = "tanggal_keputusan")]
    dated: String,
    #[serde(rename = "tentang")]
    title: String,
    #[serde(rename = "keadaan")]
    state: &'static str,
    #[serde(skip)]
    tone: &'static str,
    #[serde(rename = "berakhir_pada")]
    ended: Option<String>,
    #[serde(rename = "nomor_pencabutan")]
    ended_by: Option<String>,
}

#[derive(Template)]
#[template(path = "candidacy/registry.html")]
struct RegistryPage {
    page: Page,
    agency: String,
    rows: Vec<Holding>,
}

#[derive(Template)]
#[template(path = "candidacy/decree.html")]
struct DecreePage {
    page: Page,
    agency: String,
    row: Holding,
}

/// The registry.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, request: Request) -> Result {
    let page = public(&app, request).await;
    let page = Page { title: page.t("Unit berpredikat").into_owned(), ..page };
    let rows = holdings(&app).await?;
    let agency = agency::load(app.store()).await?.name;
    let shared = page.csrf.is_empty();
    Ok(kept(Html(RegistryPage { page, agency, rows }.render()?).into_response(), shared))
}

/// A decree, verified.
///
/// # Errors
/// When there is no such decree.
pub async fn decree(State(app): State<App>, Path(id): Path<String>, request: Request) -> Result {
    let page = public(&app, request).await;
    let page = Page { title: page.t("Pemeriksaan keputusan").into_owned(), ..page };
    let found = holdings(&app).await?.into_iter().find(|row| row.id == id);
    let row = found.ok_or(AppError::NotFound)?;
    let agency = agency::load(app.store()).await?.name;
    let shared = page.csrf.is_empty();
    Ok(kept(Html(DecreePage { page, agency, row }.render()?).into_response(), shared))
}

/// The registry as CSV.
///
/// # Errors
/// When the store fails.
pub async fn csv(State(app): State<App>) -> Result {
    let heads = [
        "kode_unit",
        "unit",
        "predikat",
        "sejak",
        "nomor_keputusan",
        "tanggal_keputusan",
        "tentang",
        "keadaan",
        "berakhir_pada",
        "nomor_pencabutan",
    ];
    let mut text = String::from("\u{feff}");
    text.push_str(&record(&heads.map(str::to_owned)));
    for row in holdings(&app).await? {
        let state = row.state.to_owned();
        let ended = [row.ended.unwrap_or_default(), row.ended_by.unwrap_or_default()];
        let fields = [row.code, row.unit, row.predicate, row.since, row.number, row.dated, row.title, state];
        text.push_str(&record(&[fields.as_slice(), ended.as_slice()].concat()));
    }
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"unit-berpredikat.csv\""),
    ];
    Ok(kept((head, text).into_response(), true))
}

/// The registry as JSON.
///
/// # Errors
/// When the store fails.
pub async fn json(State(app): State<App>) -> Result {
    let agency = agency::load(app.store()).await?.name;
    let body = serde_json::json!({ "instansi": agency, "predikat": holdings(&app).await? });
    Ok(kept(axum::Json(body).into_response(), true))
}

/// Others may keep what is the same for everybody.
fn kept(mut response: Response, shared: bool) -> Response {
    if shared {
        response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie"));
    }
    response
}

/// The frame for everybody; somebody signed in keeps their language.
pub(super) async fn public(app: &App, request: Request) -> Page {
    let (mut parts, _): (Parts, _) = request.into_parts();
    let caller = Caller::of(&mut parts, app).await.ok();
    let lang = caller.as_ref().map_or_else(|| visitor_lang(&parts.headers), |caller| caller.lang);
    Page {
        path: parts.uri.path().to_owned(),
        csrf: caller.as_ref().map(|caller| caller.csrf.clone()).unwrap_or_default(),
        theme: caller.map_or_else(Theme::default, |caller| caller.theme),
        ..Page::new(String::new(), lang)
    }
}

async fn holdings(app: &App) -> Result<Vec<Holding>> {
    let (roads, units) = (candidacy::all(app.store()).await?, unit::all(app.store()).await?);
    let holding = |road: &Candidacy| {
        let unit = units.iter().find(|unit| unit.id == road.unit)?;
        Some(holding(road, unit, road.decree()?))
    };
    let mut rows: Vec<Holding> = roads.iter().filter_map(holding).collect();
    rows.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.unit.cmp(&b.unit)));
    Ok(rows)
}

fn holding(road: &Candidacy, unit: &Unit, decree: &Transition) -> Holding {
    let ended = road.taken.last().filter(|_| !road.stage().is_holding());
    let paper = decree.paper.as_ref();
    Holding {
        id: road.id.to_string(),
        code: unit.code.to_string(),
        unit: unit.name.clone(),
        predicate: road.predicate.clone(),
        since: decree.on.to_string(),
        number: paper.map(|paper| paper.number.clone()).unwrap_or_default(),
        dated: paper.map(|paper| paper.dated.to_string()).unwrap_or_default(),
        title: paper.map(|paper| paper.title.clone()).unwrap_or_default(),
        state: match road.stage() {
            Stage::Revoked => "dicabut",
            stage if stage.is_holding() => "berlaku",
            _ => "berakhir",
        },
        tone: match road.stage() {
            Stage::Revoked => "bad",
            stage if stage.is_holding() => "ok",
            _ => "mute",
        },
        ended: ended.map(|ended| ended.on.to_string()),
        ended_by: ended.and_then(|ended| ended.paper.as_ref()).map(|paper| paper.number.clone()),
    }
}
