//! The piles of paper forms of a campaign, and beginning one. Typing a pile in is in `paper`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::survey::{CampaignState, PaperError, Pass, takes_paper};
use bening_core::text;
use bening_store::survey::{self as store, Batch, Kept};
use serde::Deserialize;
use serde_json::json;

use super::{CampaignPath, campaign_address, page, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::Result;
use crate::form::{Errors, Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::Reached;

struct BatchRow {
    href: String,
    name: String,
    day: String,
    typed: String,
    taken: bool,
}

#[derive(Template)]
#[template(path = "survey/piles.html")]
struct PilesPage {
    page: Page,
    base: String,
    back: String,
    rows: Vec<BatchRow>,
    fields: PileFields,
    errors: Errors,
    open: bool,
}

/// A new pile.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PileFields {
    #[serde(default)]
    nama: String,
    #[serde(default)]
    tanggal: String,
}

/// The piles of a campaign.
///
/// # Errors
/// When the caller may not manage the survey.
pub async fn list(State(app): State<App>, caller: Caller, Path(path): Path<CampaignPath>) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let fields = PileFields { tanggal: app.today().to_string(), ..PileFields::default() };
    Ok(piles(&app, &caller, &reached, &kept, (fields, Errors::default())).await?.into_response())
}

async fn piles(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    kept: &Kept,
    (fields, errors): (PileFields, Errors),
) -> Result<Html<String>> {
    let back = campaign_address(reached, kept);
    let title = caller.lang.t("Formulir kertas").into_owned();
    let crumbs =
        vec![Crumb::link(kept.campaign.service.as_str(), back.as_str()), Crumb::here(title.as_str())];
    let page = page(app, caller, reached, title, crumbs).await?;
    let base = format!("{back}/kertas");
    let mut rows = Vec::new();
    for batch in store::batches(app.store(), kept.campaign.id).await? {
        let pile = store::pile(app.store(), &batch).await?;
        let counts = Pass::ALL.map(|pass| page.number(pile.numbers(pass).len()));
        rows.push(BatchRow {
            href: format!("{base}/{}", batch.id),
            day: page.date(batch.day),
            typed: counts.join(" / "),
            name: batch.name,
            taken: batch.taken,
        });
    }
    let open = kept.campaign.state == CampaignState::Open;
    Ok(Html(PilesPage { page, base, back, rows, fields, errors, open }.render()?))
}

/// Begins a pile.
///
/// # Errors
/// When the campaign takes no paper; what is wrong with the fields comes back with the page.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Posted(fields): Posted<PileFields>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let mut errors = Errors::default();
    let name = errors.take("nama", text::line(&fields.nama)).unwrap_or_default();
    if name.is_empty() && errors.is_empty() {
        errors.add("nama", PaperError::NameNeeded);
    }
    let day = fields.tanggal.trim().parse().map_err(|_| PaperError::Day);
    let day = day.and_then(|day| takes_paper(&seen.campaign, day, app.today()).map(|()| day));
    if day == Err(PaperError::NotOpen) {
        return Err(PaperError::NotOpen.into());
    }
    let day = errors.take("tanggal", day);
    let Some(day) = day.filter(|_| errors.is_empty()) else {
        let page = piles(&app, &caller, &reached, &seen, (fields, errors)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let batch = Batch { id: chance::fresh(), campaign: seen.campaign.id, name, day, taken: false };
    let tx = app.store().begin().await?;
    store::create_batch(&tx, &batch).await?;
    let entry = Entry::new(caller.audit(), "survey.paper.begun", seen.campaign.id.0);
    let said = json!({ "pile": batch.id, "name": batch.name, "day": batch.day });
    tx.commit(entry.of_unit(reached.unit.id).after(said), app.now()).await?;
    Ok(see_other(&format!("{}/kertas/{}", campaign_address(&reached, &seen), batch.id)))
}
