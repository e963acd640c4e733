//! Invitations by mail: pasted addresses become a file for a mail merge, each with a code that answers once. The
//! addresses are in that file only; of the codes hashes are kept, in an order that tells nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::document::Format;
use bening_core::survey::{CampaignState, Entry, merge_csv, recipients};
use bening_store::survey::{self as store, Kept};
use serde::Deserialize;
use serde_json::json;

use super::{CampaignPath, campaign_address, page, print, reach_campaign, sheet};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::form::{Errors, Posted};
use crate::page::{Crumb, Page};
use crate::plan::export::file;
use crate::reach::Reached;

#[derive(Template)]
#[template(path = "survey/invite.html")]
struct InvitePage {
    page: Page,
    base: String,
    back: String,
    typed: String,
    errors: Errors,
    takes: bool,
}

/// Whom to invite.
#[derive(Debug, Default, Deserialize)]
pub struct Invited {
    #[serde(default)]
    alamat: String,
}

/// The page.
///
/// # Errors
/// When the caller may not manage the survey.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<CampaignPath>) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let nothing = (String::new(), Errors::default());
    Ok(render(&app, &caller, (&reached, &kept), nothing).await?.into_response())
}

async fn render(
    app: &App,
    caller: &Caller,
    (reached, kept): (&Reached, &Kept),
    (typed, errors): (String, Errors),
) -> Result<Html<String>> {
    let back = campaign_address(reached, kept);
    let title = caller.lang.t("Undangan lewat surel").into_owned();
    let crumbs =
        vec![Crumb::link(kept.campaign.service.as_str(), back.as_str()), Crumb::here(title.as_str())];
    let page = page(app, caller, reached, title, crumbs).await?;
    let base = format!("{back}/undangan");
    let takes = takes_codes(kept);
    Ok(Html(InvitePage { page, base, back, typed, errors, takes }.render()?))
}

fn takes_codes(kept: &Kept) -> bool {
    let takes = matches!(kept.campaign.state, CampaignState::Draft | CampaignState::Open);
    kept.campaign.entry == Entry::Codes && takes
}

/// Makes the file of the mail merge.
///
/// # Errors
/// When the campaign takes no codes; what is wrong with the addresses comes back with the page.
pub async fn merge(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(path): Path<CampaignPath>,
    Posted(typed): Posted<Invited>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    if !takes_codes(&seen) {
        return Err(AppError::Refused("survei ini tidak memakai kode, atau sudah ditutup".to_owned()));
    }
    let addresses = match recipients(&typed.alamat) {
        Ok(addresses) => addresses,
        Err(why) => {
            let typed = (typed.alamat, Errors::one("alamat", why));
            let page = render(&app, &caller, (&reached, &seen), typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let invited: Vec<(String, String)> =
        addresses.into_iter().map(|address| (address, chance::paper_code())).collect();
    let mut hashes: Vec<String> =
        invited.iter().map(|(_, code)| sheet::code_hash(seen.campaign.id, code)).collect();
    hashes.sort_unstable();
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, seen.campaign.id).await?.ok_or(AppError::NotFound)?;
    if !takes_codes(&kept) {
        return Err(AppError::Refused("survei ini tidak memakai kode, atau sudah ditutup".to_owned()));
    }
    store::issue_codes(&tx, kept, &hashes).await?;
    let entry = Record::new(caller.audit(), "survey.invited", seen.campaign.id.0);
    tx.commit(entry.of_unit(reached.unit.id).after(json!({ "codes": hashes.len() })), app.now()).await?;
    let csv = merge_csv(&print::public_address(&app, &headers, &seen.campaign), &invited);
    Ok(file(csv.into_bytes(), Format::Csv, "undangan-survei.csv"))
}
