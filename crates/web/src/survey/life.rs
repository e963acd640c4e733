//! Steps in a campaign's life: opened, closed, frozen.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::survey::{Campaign, Refusal, freeze as fix, method};
use bening_store::survey::{self as store, Kept};
use serde_json::json;

use super::signals::Marks;
use super::{CampaignPath, campaign_address, reach_campaign};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};

/// Opens a draft.
///
/// # Errors
/// When it is none, or its last day has passed.
pub async fn open(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    _: Posted<Nothing>,
) -> Result {
    let today = app.today();
    let to = step(&app, &caller, &path, "survey.opened", |campaign| campaign.open(today)).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Survei dibuka. Bagikan alamatnya atau cetak posternya.")))
}

/// Closes an open one.
///
/// # Errors
/// When it is not open.
pub async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    _: Posted<Nothing>,
) -> Result {
    let to = step(&app, &caller, &path, "survey.closed", Campaign::close).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Survei ditutup. Jawaban tidak diterima lagi.")))
}

async fn step(
    app: &App,
    caller: &Caller,
    path: &CampaignPath,
    event: &'static str,
    decide: impl FnOnce(Campaign) -> std::result::Result<Campaign, Refusal>,
) -> Result<String> {
    let (reached, seen) = reach_campaign(app, caller, path, Want::ManageSurvey).await?;
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    let before = kept.campaign.state;
    let after = Kept { campaign: decide(kept.campaign.clone())?, ..kept };
    store::update(&tx, &after).await?;
    let entry = Entry::new(caller.audit(), event, after.campaign.id.0).of_unit(reached.unit.id);
    tx.commit(entry.before(before).after(after.campaign.state), app.now()).await?;
    Ok(campaign_address(&reached, &after))
}

/// Freezes a closed one: from then on its data set carries a hash. A closed campaign takes no answers, so the
/// figures are reckoned before the write begins and nobody waits for them.
///
/// # Errors
/// When it is not closed, or nobody answered.
pub async fn freeze(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    _: Posted<Nothing>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let marks = Marks::read(&app, seen.campaign.id).await?;
    let answers = store::counted_answers(app.store(), seen.campaign.id).await?;
    let count = u64::try_from(answers.len()).unwrap_or(u64::MAX);
    let campaign = seen.campaign.clone().freeze(count)?;
    let reckoned = campaign.clone();
    let frozen = tokio::task::spawn_blocking(move || fix(&reckoned, &answers, method()?)).await;
    let mut frozen = frozen.ok().flatten().ok_or(AppError::Interrupted)?;
    if let Some(asked) = campaign.questionnaire().zip(campaign.scale()) {
        frozen.result["marks"] = marks.said(asked);
    }
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, campaign.id).await?.ok_or(AppError::NotFound)?;
    // Whoever decides about an answer holds the campaign too, so nothing changes from here on.
    if Marks::read(&app, campaign.id).await? != marks {
        return Err(AppError::Refused(
            "putusan tentang jawaban bertanda baru saja berubah; bekukan sekali lagi".to_owned(),
        ));
    }
    let after = Kept { campaign: kept.campaign.clone().freeze(count)?, ..kept };
    let entry = Entry::new(caller.audit(), "survey.frozen", campaign.id.0).of_unit(reached.unit.id);
    let said = json!({ "sha256": frozen.sha256, "respondents": count });
    let to = campaign_address(&reached, &after);
    store::keep_frozen(&tx, after, frozen).await?;
    tx.commit(entry.after(said), app.now()).await?;
    Ok(flash::done(
        see_other(&to),
        caller.lang.t("Hasil dibekukan. Berkas datanya dapat diunduh dan dihitung ulang."),
    ))
}
