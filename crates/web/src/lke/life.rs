//! Submitting a layer and taking that back, with the list of gaps.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::lke::edit;
use bening_core::lke::{Layer, Lke};
use serde::Deserialize;
use serde_json::{Value, json};

use super::change::{Record, change};
use super::eyes::Eyes;
use super::frame::{Head, page, state};
use super::reach::{LkePath, Opened, reach_lke};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{Result, sentence};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::Page;
use crate::plan::status::Chip;

struct LayerState {
    title: &'static str,
    state: Chip,
}

struct Gap {
    code: String,
    label: String,
}

#[derive(Template)]
#[template(path = "lke/submission.html")]
struct SubmissionPage {
    page: Page,
    head: Head,
    layers: Vec<LayerState>,
    gaps: Vec<Gap>,
    bare: usize,
    waiting: usize,
    total: String,
    closed: String,
    can_reopen: bool,
}

/// The page on which a layer is submitted.
///
/// # Errors
/// When there is no worksheet.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    let page = page(&app, &caller, &opened.at, caller.lang.t("Pengajuan")).await?;
    let eyes = Eyes::of(&opened, caller.lang)?;
    let own = eyes.own()?;
    let gap = |code: &String| {
        let label = opened.edition.question(code).map(|(_, _, question)| question.label.clone());
        Gap { code: code.clone(), label: label.unwrap_or_default() }
    };
    let (lke, desk) = (&opened.lke, &opened.desk);
    let bare = own.sheet.iter().filter(|(code, _)| lke.evidence_for(code).next().is_none()).count();
    let closed = desk.closed(lke).map(|refusal| sentence(&caller.lang.t(&refusal.to_string())));
    let shown = SubmissionPage {
        head: Head::of(&app, &caller, &opened, "pengajuan"),
        layers: layers(&app, &caller, &opened),
        gaps: own.score.gaps.iter().map(gap).collect(),
        bare,
        waiting: waiting(lke),
        total: eyes.points(own.score.total.score),
        closed: closed.unwrap_or_default(),
        can_reopen: desk.submits && desk.layer.is_some_and(|layer| edit::reopenable(lke, layer).is_ok()),
        page,
    };
    Ok(Html(shown.render()?).into_response())
}

fn layers(app: &App, caller: &Caller, opened: &Opened) -> Vec<LayerState> {
    let row = |layer: Layer| LayerState { title: layer.title(), state: state(app, caller, opened, layer) };
    Layer::ALL.into_iter().map(row).collect()
}

/// Questions that wait for the unit.
fn waiting(lke: &Lke) -> usize {
    lke.returns.iter().filter(|sent| sent.answered.is_none()).count()
}

/// Submits the caller's layer.
///
/// # Errors
/// When it is not theirs, not its turn, or something is missing.
pub async fn submit(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    _: Posted<Nothing>,
) -> Result {
    let need = |opened: &Opened| opened.desk.demand_submit();
    let (opened, layer) = change(&app, &caller, &path, need, |lke, layer, context| {
        let submission = edit::submit(lke, layer, context)?;
        let after = json!({ "layer": layer.as_str(), "round": submission.round });
        Ok((layer, Record::new("lke.submitted", Value::Null, after).submitting(submission)))
    })
    .await?;
    let text = caller.lang.tf("Lapisan %{lapisan} diajukan dan dibekukan.", &[("lapisan", layer.title())]);
    Ok(flash::done(see_other(&format!("{}/pengajuan", opened.at.address())), text))
}

/// Why a submission is taken back.
#[derive(Debug, Deserialize)]
pub struct Reason {
    #[serde(default)]
    alasan: String,
}

/// Takes a submission back.
///
/// # Errors
/// When it is not theirs, or the next layer was begun.
pub async fn reopen(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Posted(reason): Posted<Reason>,
) -> Result {
    let need = |opened: &Opened| opened.desk.demand_submit();
    let (opened, layer) = change(&app, &caller, &path, need, |lke, layer, _| {
        edit::reopen(lke, layer, &reason.alasan)?;
        let after = json!({ "layer": layer.as_str(), "reason": reason.alasan });
        Ok((layer, Record::new("lke.reopened", Value::Null, after)))
    })
    .await?;
    let text = caller.lang.tf("Lapisan %{lapisan} dibuka lagi.", &[("lapisan", layer.title())]);
    Ok(flash::done(see_other(&opened.at.address()), text))
}
