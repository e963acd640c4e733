//! Invitations by mail, each with a code that answers once. Pasted addresses become a file for a mail merge, or letters
//! that Bening sends itself (`letter.rs`). Addresses are in that file, or in the letters until they are sent, and
//! nowhere else; of the codes hashes are kept, in an order that tells nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::document::Format;
use bening_core::job::Mail;
use bening_core::survey::{CampaignState, Entry, merge_csv, recipients};
use bening_store::survey::{self as store, Kept};
use serde::Deserialize;
use serde_json::json;

use super::letter::{self, Sent};
use super::{CampaignPath, campaign_address, page, print, reach_campaign, sheet};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Posted, see_other};
use crate::page::{Crumb, Page};
use crate::plan::export::file;
use crate::reach::Reached;

const NO_SERVER: &str = "peladen surel belum diatur; unduh berkasnya, atau minta admin instansi menjalankan \
                         bening serve dengan --smtp dan --mail-from";

#[derive(Template)]
#[template(path = "survey/invite.html")]
struct InvitePage {
    page: Page,
    base: String,
    back: String,
    typed: String,
    errors: Errors,
    takes: bool,
    sends: bool,
    sent: Sent,
}

/// Whom to invite.
#[derive(Debug, Default, Deserialize)]
pub struct Invited {
    #[serde(default)]
    alamat: String,
    #[serde(default)]
    cara: Way,
}

/// How the invitations reach people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Way {
    /// As a file that somebody merges with their own mail program.
    #[default]
    Berkas,
    /// As letters that Bening sends.
    Surel,
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
    let sends = app.settings().outside.mail_from.is_some();
    let sent = letter::sent(app, kept.campaign.id).await?;
    Ok(Html(InvitePage { page, base, back, typed, errors, takes, sends, sent }.render()?))
}

fn takes_codes(kept: &Kept) -> bool {
    let takes = matches!(kept.campaign.state, CampaignState::Draft | CampaignState::Open);
    kept.campaign.entry == Entry::Codes && takes
}

/// Makes the file of the mail merge, or hands the letters in.
///
/// # Errors
/// When the campaign takes no codes or there is no mail server; what is wrong with the addresses comes back with the
/// page.
pub async fn merge(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(path): Path<CampaignPath>,
    Posted(typed): Posted<Invited>,
) -> Result {
    let (reached, seen) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    demand_codes(&seen)?;
    if typed.cara == Way::Surel && app.settings().outside.mail_from.is_none() {
        return Err(AppError::Refused(NO_SERVER.to_owned()));
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
    let form = print::public_address(&app, &headers, &seen.campaign);
    let letters = match typed.cara {
        Way::Berkas => Vec::new(),
        Way::Surel => letter::all(&reached.unit.name, &seen.campaign, &form, &invited)?,
    };
    issue(&app, &caller, (&reached, &seen), &invited, &letters).await?;
    if typed.cara == Way::Berkas {
        return Ok(file(merge_csv(&form, &invited).into_bytes(), Format::Csv, "undangan-survei.csv"));
    }
    let said = caller.lang.tf("%{n} undangan masuk antrean surel.", &[("n", &letters.len().to_string())]);
    Ok(flash::done(see_other(&format!("{}/undangan", campaign_address(&reached, &seen))), said))
}

fn demand_codes(kept: &Kept) -> Result<()> {
    if takes_codes(kept) {
        return Ok(());
    }
    Err(AppError::Refused("survei ini tidak memakai kode, atau sudah ditutup".to_owned()))
}

/// Keeps what of the codes is kept, together with the letters that wait.
async fn issue(
    app: &App,
    caller: &Caller,
    (reached, seen): (&Reached, &Kept),
    invited: &[(String, String)],
    letters: &[Mail],
) -> Result<()> {
    let id = seen.campaign.id;
    let mut hashes: Vec<String> = invited.iter().map(|(_, code)| sheet::code_hash(id, code)).collect();
    hashes.sort_unstable();
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
    demand_codes(&kept)?;
    store::issue_codes(&tx, kept, &hashes).await?;
    letter::hand_in(app, &tx, id, letters).await?;
    let after = json!({ "codes": hashes.len(), "letters": letters.len() });
    let entry = Record::new(caller.audit(), "survey.invited", id.0).of_unit(reached.unit.id).after(after);
    Ok(tx.commit(entry, app.now()).await?)
}
