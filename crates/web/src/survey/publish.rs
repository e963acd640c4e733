//! Results that citizens may read: no sign-in, no script. Caches may keep them, but ask before every use, so that what
//! was withdrawn is gone at once. Only what the head of the unit
//! published is found here; everything else is as if it were not there.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use bening_core::document::Format;
use bening_core::survey::{Campaign, Figure, Frozen, Questionnaire, SurveyReport, figure};
use bening_core::unit::Unit;
use bening_store::survey::{self as store, Kept};
use bening_store::unit;
use serde_json::Value;

use super::beside::{Beside, beside};
use super::report::{change, changed};
use super::{data, words};
use crate::account::visitor_lang;
use crate::app::App;
use crate::error::{AppError, Result};
use crate::open::kept::{cached, has, mark, marked};
use crate::open::unit_of;
use crate::page::Page;

struct Bar {
    code: String,
    name: String,
    mean: String,
    percent: String,
}

struct Card {
    href: String,
    title: String,
    period: String,
    index: String,
    grade: String,
}

#[derive(Template)]
#[template(path = "survey/result.html")]
struct ResultPage {
    page: Page,
    unit: String,
    base: String,
    list: String,
    index_name: String,
    index: String,
    percent: String,
    grade: String,
    count: String,
    interval: String,
    change: String,
    bars: Vec<Bar>,
    about: String,
    scale: String,
    warnings: Vec<String>,
    own: Option<Beside>,
    done: Vec<String>,
    findings: Vec<String>,
    sha256: String,
    command: String,
}

#[derive(Template)]
#[template(path = "survey/results.html")]
struct ResultsPage {
    page: Page,
    cards: Vec<Card>,
}

/// Address of a published result.
pub(super) fn address(unit: &str, campaign: &Campaign) -> String {
    format!("/publik/survei/{unit}/{}", campaign.id)
}

/// What a unit published.
///
/// # Errors
/// When there is no such unit, or it published nothing.
pub async fn list(State(app): State<App>, Path(code): Path<String>, request: Request) -> Result {
    let unit = unit_of(&app, &code).await?;
    let all = store::published(app.store(), unit.id).await?;
    if all.is_empty() {
        return Err(AppError::NotFound);
    }
    let page = frame(request.headers(), unit.name.clone(), format!("/publik/survei/{}", unit.code));
    let cards = all.iter().filter_map(|(kept, _)| card(&page, &unit, kept)).collect();
    Ok(cached(request.headers(), ResultsPage { page, cards }.render()?))
}

fn frame(headers: &HeaderMap, title: String, path: String) -> Page {
    Page { path, ..Page::new(title, visitor_lang(headers)) }
}

fn card(page: &Page, unit: &Unit, kept: &Kept) -> Option<Card> {
    let (asked, report) = (kept.campaign.questionnaire()?, kept.frozen.as_ref()?.result.get("report")?);
    Some(Card {
        href: address(unit.code.as_str(), &kept.campaign),
        title: format!("{} · {}", words(&asked.title, page.lang), kept.campaign.service),
        period: kept.campaign.period.clone(),
        index: format!("{} {}", asked.index.name, two(page, figure(report, "index"))),
        grade: text(report.get("category")),
    })
}

/// A published result of a unit.
async fn published(app: &App, code: &str, id: &str) -> Result<(Unit, Kept, Frozen, SurveyReport)> {
    let unit = unit_of(app, code).await?;
    let all = store::published(app.store(), unit.id).await?;
    let found = all.into_iter().find(|(kept, _)| kept.campaign.id.to_string() == id);
    let (kept, report) = found.ok_or(AppError::NotFound)?;
    let frozen = kept.frozen.clone().ok_or(AppError::NotFound)?;
    Ok((unit, kept, frozen, report))
}

/// A result.
///
/// # Errors
/// When it was not published.
pub async fn show(
    State(app): State<App>,
    Path((code, id)): Path<(String, String)>,
    request: Request,
) -> Result {
    let (unit, kept, frozen, report) = published(&app, &code, &id).await?;
    let asked = kept.campaign.questionnaire().ok_or(AppError::NotFound)?;
    let page =
        frame(request.headers(), kept.campaign.service.clone(), address(unit.code.as_str(), &kept.campaign));
    let change = change(&app, &kept, &frozen).await?.map(|change| changed(&page, &change));
    let shown = result(page, &unit, (&kept, asked, &frozen), &report);
    let content = ResultPage { change: change.unwrap_or_default(), ..shown }.render()?;
    Ok(cached(request.headers(), content))
}

fn result(
    page: Page,
    unit: &Unit,
    (kept, asked, frozen): (&Kept, &Questionnaire, &Frozen),
    report: &SurveyReport,
) -> ResultPage {
    let (campaign, nothing) = (&kept.campaign, Value::Null);
    let figures = frozen.result.get("report").unwrap_or(&nothing);
    let end = |name: &str| Some(page.number(figures.get("interval")?.get(name)?.as_str()?));
    let interval = end("lower_percent").zip(end("upper_percent"));
    let warnings = figures.get("warnings").and_then(Value::as_array).into_iter().flatten();
    let dates = [("buka", page.date(campaign.opens_on)), ("tutup", page.date(campaign.closes_on))];
    ResultPage {
        unit: unit.name.clone(),
        base: page.path.clone(),
        list: format!("/publik/survei/{}", unit.code),
        index_name: asked.index.name.clone(),
        index: two(&page, figure(figures, "index")),
        percent: page.number(text(figures.get("percent"))),
        grade: text(figures.get("category")),
        count: page.number(figures.get("n").and_then(Value::as_u64).unwrap_or(0)),
        interval: interval.map(|(lower, upper)| format!("{lower} – {upper}")).unwrap_or_default(),
        change: String::new(),
        bars: asked.unsur.iter().map(|unsur| bar(&page, asked, unsur, figures)).collect(),
        about: format!(
            "{} · {} · {}",
            words(&asked.title, page.lang),
            campaign.period,
            page.tf("dijawab %{buka} sampai %{tutup}", &dates)
        ),
        scale: text(figures.get("scale").and_then(|scale| scale.get("value"))),
        warnings: warnings.map(|warning| crate::error::sentence(&text(warning.get("message")))).collect(),
        own: beside(&page, campaign, Some(frozen)),
        done: report.follow_up(),
        findings: report.findings(),
        sha256: frozen.sha256.clone(),
        command: campaign.recipe(frozen),
        page,
    }
}

fn bar(page: &Page, asked: &Questionnaire, unsur: &bening_core::survey::Unsur, figures: &Value) -> Bar {
    let mean = figures.get("unsur").and_then(|all| all.get(&unsur.code)).and_then(|own| figure(own, "mean"));
    let (lowest, highest) = (Figure::from(asked.index.lowest), Figure::from(asked.index.highest));
    let share = mean.as_ref().and_then(|mean| mean.minus(&lowest).over(&highest.minus(&lowest)));
    let percent = share.map(|share| share.times(&Figure::whole(100)).rounded(1));
    Bar {
        code: unsur.code.clone(),
        name: words(&unsur.name, page.lang).to_owned(),
        mean: two(page, mean),
        percent: percent.unwrap_or_else(|| "0".to_owned()),
    }
}

fn two(page: &Page, figure: Option<Figure>) -> String {
    figure.map_or_else(|| "—".to_owned(), |figure| page.number(figure.rounded(2)))
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The data set of a published result.
///
/// # Errors
/// When it was not published, or the answers are no longer those that were frozen.
pub async fn download(
    State(app): State<App>,
    Path((code, id, format)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result {
    let (_, kept, frozen, _) = published(&app, &code, &id).await?;
    let format = Format::parse(&format).ok_or(AppError::NotFound)?;
    let mark = mark(&format!("{}{}", format.as_str(), frozen.sha256));
    if has(&headers, &mark) {
        return Ok(marked(StatusCode::NOT_MODIFIED.into_response(), &mark));
    }
    Ok(marked(data::hand_out(&app, &kept, format).await?, &mark))
}

/// What the unit of a campaign did after its last published survey, for those who just answered.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn done(app: &App, campaign: &Campaign) -> Result<(Vec<String>, String)> {
    let all = store::published(app.store(), campaign.unit).await?;
    let units = unit::all(app.store()).await?;
    let code = units.iter().find(|unit| unit.id == campaign.unit).map(|unit| unit.code.as_str());
    let alike = all.iter().find(|(kept, _)| kept.campaign.service == campaign.service).or(all.first());
    let done =
        alike.zip(code).map(|((kept, report), code)| (report.follow_up(), address(code, &kept.campaign)));
    Ok(done.unwrap_or_default())
}
