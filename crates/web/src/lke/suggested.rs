//! Indices of frozen surveys that could answer a question of the worksheet. They are only shown; an answer is written
//! when somebody who may answer accepts one, as an answer like any other that says where it comes from.

use axum::extract::{Path, State};
use bening_core::id::CampaignId;
use bening_core::instrument::Instrument;
use bening_core::lke::edit::{self, Given};
use bening_core::lke::{Layer, Lke};
use bening_core::scoring::Answer;
use bening_core::survey::{Suggestion, suggestions};
use bening_store::survey;
use serde::Deserialize;
use serde_json::json;

use super::answer::told;
use super::change::{Record, change};
use super::eyes::Eyes;
use super::question::again;
use super::reach::{CodePath, Opened, UnitYear};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::Page;

/// A suggestion as the page shows it.
#[derive(Debug)]
pub struct Offer {
    /// Campaign, for the form.
    pub campaign: String,
    /// Address of the campaign.
    pub href: String,
    /// Name and figure of the index.
    pub title: String,
    /// What was asked of whom.
    pub about: String,
    /// SHA-256 of the data set.
    pub sha256: String,
    /// How to reckon it again.
    pub command: String,
    /// The rule.
    pub citation: String,
    /// Whether the own layer says exactly this.
    pub is_taken: bool,
}

/// What surveys suggest for a sheet.
///
/// # Errors
/// When the store cannot be read.
pub async fn load(app: &App, at: &UnitYear, edition: &Instrument) -> Result<Vec<Suggestion>> {
    let frozen = survey::frozen(app.store(), at.reached.unit.id).await?;
    let pairs = frozen.iter().filter_map(|kept| Some((&kept.campaign, kept.frozen.as_ref()?)));
    Ok(suggestions(edition, pairs))
}

/// The suggestions for a question.
pub fn offers(opened: &Opened, page: &Page, own: Layer, code: &str) -> Vec<Offer> {
    let given = edit::given(&opened.lke, own, code);
    let of = |suggestion: &Suggestion| Offer {
        campaign: suggestion.campaign.to_string(),
        href: format!("/unit/{}/survei/{}", opened.at.reached.unit.code, suggestion.campaign),
        title: titled(page, suggestion),
        about: page.tf(
            "%{layanan} · %{periode} · %{n} responden · ditutup %{hari}",
            &[
                ("layanan", suggestion.service.clone()),
                ("periode", suggestion.period.clone()),
                ("n", page.number(suggestion.respondents)),
                ("hari", page.date(suggestion.closes_on)),
            ],
        ),
        sha256: suggestion.sha256.clone(),
        command: suggestion.recipe.clone(),
        citation: suggestion.citation.clone(),
        is_taken: given.answer == Some(Answer::Index(suggestion.index)),
    };
    opened.suggested.iter().filter(|suggestion| suggestion.question == code).map(of).collect()
}

fn titled(page: &Page, suggestion: &Suggestion) -> String {
    format!("{} {}", suggestion.index_name, page.number(suggestion.index.rounded()))
}

/// What a row of the worksheet says of the latest suggestion that was not taken; empty when there is none.
pub fn flag(eyes: &Eyes<'_>, own: Layer, code: &str) -> String {
    let opened = eyes.opened;
    let latest = opened.suggested.iter().find(|suggestion| suggestion.question == code);
    let open = latest.filter(|_| opened.desk.may_answer(&opened.lke, &opened.edition, code));
    let given = edit::given(&opened.lke, own, code);
    let waiting = open.filter(|suggestion| given.answer != Some(Answer::Index(suggestion.index)));
    waiting
        .map(|one| format!("{} {} · {}", one.index_name, eyes.points(one.index), one.period))
        .unwrap_or_default()
}

/// What is accepted.
#[derive(Debug, Deserialize)]
pub struct Accepted {
    kampanye: String,
    was: String,
}

/// Accepts a suggestion: the index becomes the answer, and the note says where it comes from.
///
/// # Errors
/// When the question is not the caller's, or there is no such suggestion.
pub async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CodePath>,
    Posted(accepted): Posted<Accepted>,
) -> Result {
    match write(&app, &caller, &path, &accepted).await {
        Ok(opened) => {
            let to = format!("{}/pertanyaan/{}", opened.at.address(), path.kode);
            Ok(flash::done(see_other(&to), caller.lang.t("Indeks survei menjadi jawaban.")))
        }
        Err(error @ (AppError::Refused(_) | AppError::Conflict { .. })) => {
            again(&app, &caller, &path, error, String::new()).await
        }
        Err(other) => Err(other),
    }
}

async fn write(app: &App, caller: &Caller, path: &CodePath, accepted: &Accepted) -> Result<Opened> {
    let opened = super::reach::reach_lke(app, caller, &path.sheet()).await?;
    opened.desk.demand(&opened.edition, &path.kode)?;
    let gone = || AppError::Refused("usulan ini sudah tidak ada; muat ulang halaman".to_owned());
    let campaign: CampaignId = accepted.kampanye.parse().map_err(|_| gone())?;
    let is_it = |one: &&Suggestion| one.campaign == campaign && one.question == path.kode;
    let suggestion = opened.suggested.iter().find(is_it).cloned().ok_or_else(gone)?;
    let was = super::typed::read_seen(&accepted.was)?;
    let code = path.kode.as_str();
    let need = |opened: &Opened| opened.desk.demand(&opened.edition, code);
    let work = |lke: &mut Lke, layer, context: &mut edit::Context<'_>| {
        let before = told(lke, layer, code);
        let answer = Some(Answer::Index(suggestion.index));
        edit::answer(lke, layer, code, &was, Given { answer, note: noted(&was.note, &suggestion) }, context)?;
        let mut after = told(lke, layer, code);
        after["campaign"] = json!(suggestion.campaign);
        after["sha256"] = json!(suggestion.sha256);
        Ok(((), Record::new("lke.answer.from_survey", before, after)))
    };
    Ok(change(app, caller, &path.sheet(), need, work).await?.0)
}

/// The note with the provenance below what stands there; an earlier acceptance of the same data says it already.
fn noted(note: &str, suggestion: &Suggestion) -> String {
    match note.trim() {
        "" => suggestion.provenance(),
        kept if kept.contains(&suggestion.sha256) => kept.to_owned(),
        kept => format!("{kept}\n{}", suggestion.provenance()),
    }
}
