//! Layers as they were submitted, and the sheet as it stood on such a day.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::lke::submission::Submission;
use bening_core::lke::{Layer, Side};
use bening_core::scoring::Score;
use bening_store::{audit, lke, person};
use serde::Deserialize;

use super::frame::{Head, page};
use super::reach::{LkePath, Opened, reach_lke};
use super::typed::worded;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page};
use crate::plan::history::{TrailRow, moment, trail};

struct SubmissionRow {
    layer: &'static str,
    name: &'static str,
    round: u32,
    who: String,
    total: String,
}

#[derive(Template)]
#[template(path = "lke/history.html")]
struct HistoryPage {
    page: Page,
    head: Head,
    rows: Vec<SubmissionRow>,
    trail: Vec<TrailRow>,
}

/// All submissions that the caller may see.
///
/// # Errors
/// When there is no worksheet.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    let page = page(&app, &caller, &opened.at, caller.lang.t("Riwayat lembar kerja")).await?;
    let submissions = lke::submissions(app.store(), opened.lke.id).await?;
    let names = person::names(app.store(), submissions.iter().map(|one| one.by)).await?;
    let mut rows = Vec::new();
    for one in submissions.iter().filter(|one| sees(&opened, one.layer)) {
        let name = names.get(&one.by).cloned().unwrap_or_default();
        rows.push(SubmissionRow {
            layer: one.layer.as_str(),
            name: one.layer.title(),
            round: one.round,
            who: format!("{name} · {}", moment(&app, caller.lang, one.at)),
            total: caller.lang.decimal(score(&opened, one)?.total.score.rounded()),
        });
    }
    let trail = match opened.desk.layer {
        Some(Layer::Unit) => trail(&app, &caller, audit::About::Subject(opened.lke.id.0)).await?,
        _ => Vec::new(),
    };
    let head = Head::of(&app, &caller, &opened, "riwayat");
    Ok(Html(HistoryPage { page, head, rows, trail }.render()?).into_response())
}

fn sees(opened: &Opened, layer: Layer) -> bool {
    let is_hidden = opened.is_blind && layer.side() != Side::Unit;
    !is_hidden && opened.lke.is_visible(layer, opened.desk.side)
}

fn score(opened: &Opened, submission: &Submission) -> Result<Score> {
    Score::of(&opened.edition, &submission.contents.sheet())
        .map_err(|error| AppError::Refused(error.to_string()))
}

/// `…/riwayat/{lapisan}/{putaran}`
#[derive(Debug, Deserialize)]
pub struct RoundPath {
    unit: String,
    tahun: String,
    lapisan: String,
    putaran: u32,
}

struct StatedRow {
    code: String,
    label: String,
    answer: String,
    note: String,
    evidence: Vec<(String, String)>,
    value: String,
}

struct StatedArea {
    name: String,
    score: String,
    weight: String,
    rows: Vec<StatedRow>,
}

#[derive(Template)]
#[template(path = "lke/round.html")]
struct RoundPage {
    page: Page,
    head: Head,
    layer: &'static str,
    at: String,
    by: String,
    total: String,
    areas: Vec<StatedArea>,
}

/// The sheet as it was submitted.
///
/// # Errors
/// When there is no such submission, or it is not to be seen yet.
pub async fn round(State(app): State<App>, caller: Caller, Path(path): Path<RoundPath>) -> Result {
    let place = LkePath { unit: path.unit, tahun: path.tahun };
    let opened = reach_lke(&app, &caller, &place).await?;
    let layer =
        Layer::parse(&path.lapisan).filter(|layer| sees(&opened, *layer)).ok_or(AppError::NotFound)?;
    let found = lke::submission(app.store(), opened.lke.id, layer, path.putaran).await?;
    let submission = found.ok_or(AppError::NotFound)?;
    let names = person::names(app.store(), [submission.by]).await?;
    let score = score(&opened, &submission)?;
    let title = caller.lang.tf("Lembar kerja putaran %{n}", &[("n", submission.round)]);
    let page = page(&app, &caller, &opened.at, title).await?;
    let to = format!("{}/riwayat", opened.at.address());
    let crumbs = vec![Crumb::link(caller.lang.t("Riwayat"), to), Crumb::here(layer.title())];
    let shown = RoundPage {
        page: Page { crumbs, ..page },
        head: Head::of(&app, &caller, &opened, "riwayat"),
        layer: layer.title(),
        at: moment(&app, caller.lang, submission.at),
        by: names.get(&submission.by).cloned().unwrap_or_default(),
        total: caller.lang.decimal(score.total.score.rounded()),
        areas: areas(&caller, &opened, &submission, &score),
    };
    Ok(Html(shown.render()?).into_response())
}

fn areas(caller: &Caller, opened: &Opened, submission: &Submission, score: &Score) -> Vec<StatedArea> {
    let area = |area: &bening_core::instrument::Area| {
        let points = score.entry(&area.code).map(|entry| entry.points);
        let text = |number: Option<bening_core::instrument::Exact>| {
            caller.lang.decimal(number.map(|number| number.rounded()).unwrap_or_default())
        };
        let questions = area.subs.iter().flat_map(|sub| &sub.questions);
        StatedArea {
            name: area.name.clone(),
            score: text(points.map(|points| points.score)),
            weight: text(points.map(|points| points.weight)),
            rows: questions.map(|question| stated(caller, submission, score, question)).collect(),
        }
    };
    opened.edition.areas.iter().map(area).collect()
}

fn stated(
    caller: &Caller,
    submission: &Submission,
    score: &Score,
    question: &bening_core::instrument::Question,
) -> StatedRow {
    let stated = submission.contents.questions.get(&question.code).cloned().unwrap_or_default();
    let value = score.question(&question.code).and_then(|result| result.value);
    StatedRow {
        code: question.code.clone(),
        label: question.label.clone(),
        answer: worded(stated.answer.as_ref()),
        note: stated.note,
        evidence: stated.evidence,
        value: value.map(|value| caller.lang.decimal(value.rounded())).unwrap_or_default(),
    }
}
