//! Signing the pact: in the own account with the password once more, or noted from paper by those who keep the list.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::candidacy::pact::{Refusal, Signature, Staff, Way, seal};
use bening_core::id::SignatureId;
use bening_store::{pact as store, session};
use chrono::{NaiveDate, SubsecRound};
use serde::Deserialize;
use serde_json::json;

use super::pact::Opened;
use super::step::day;
use crate::account::{confirm, confirmation_key};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::demand;

/// What somebody signs with.
#[derive(Debug, Deserialize)]
pub struct Own {
    #[serde(default)]
    sandi: String,
    /// SHA-256 of the text that was read.
    #[serde(default)]
    teks: String,
}

/// A signature on paper.
#[derive(Debug, Deserialize)]
pub struct OnPaper {
    #[serde(default)]
    tanggal: String,
    #[serde(default)]
    teks: String,
}

/// Signs for oneself.
///
/// # Errors
/// When the caller is not on the list, the password is wrong, or the text changed since it was read.
pub async fn own(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun)): Path<(String, String)>,
    Posted(form): Posted<Own>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    demand(&caller, Want::SignPact, &opened.roads.scope)?;
    let is_own = |one: &&Staff| one.person == Some(caller.id()) && one.is_there(app.today());
    let one = opened.staff.iter().find(is_own).ok_or(Refusal::NotListed)?;
    if !confirm(&app, &caller, form.sandi).await? {
        return Err(Refusal::Password.into());
    }
    keep(&app, &caller, &opened, one, (Way::Account, app.today(), &form.teks)).await?;
    Ok(flash::done(
        see_other(&opened.address()),
        caller.lang.t("Terima kasih. Pakta Anda sudah ditandatangani."),
    ))
}

/// Notes a signature on paper.
///
/// # Errors
/// When the caller does not keep the list, or the day cannot be.
pub async fn on_paper(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun, id)): Path<(String, String, String)>,
    Posted(form): Posted<OnPaper>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    demand(&caller, Want::ManagePacts, &opened.roads.scope)?;
    let one = opened.staff.iter().find(|one| one.id.to_string() == id).ok_or(AppError::NotFound)?;
    let on = day(&form.tanggal, "tanggal tanda tangan")?;
    if on > app.today() || !one.is_there(on) {
        return Err(Refusal::Day.into());
    }
    keep(&app, &caller, &opened, one, (Way::Paper, on, &form.teks)).await?;
    Ok(flash::done(see_other(&opened.address()), caller.lang.t("Tanda tangan di atas kertas dicatat.")))
}

/// Keeps a signature under the newest text, with the texts held so that none slips in between.
async fn keep(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    one: &Staff,
    (way, on, read): (Way, NaiveDate, &str),
) -> Result<()> {
    let tx = app.store().begin().await?;
    let texts = store::lock_texts(&tx, one.unit, opened.year).await?;
    let newest = texts.first().ok_or(Refusal::NoText)?;
    if newest.hash() != read {
        return Err(Refusal::Changed.into());
    }
    let signed = store::signatures_now(&tx, &texts).await?;
    if signed.iter().any(|each| each.staff == one.id && each.pact == newest.id) {
        return Err(Refusal::Signed.into());
    }
    let at = app.now().trunc_subsecs(6);
    let seal = seal(newest, one.id, way, at);
    let (id, by) = (SignatureId(chance::fresh()), caller.id());
    let signature = Signature { id, staff: one.id, pact: newest.id, way, on, at, by, seal };
    store::sign(&tx, &signature).await?;
    session::forgive(&tx, &confirmation_key(caller)).await?;
    let entry = Entry::new(caller.audit(), "pact.signed", signature.id.0).of_unit(one.unit);
    let after = json!({ "signature": signature, "sha256": newest.hash(), "version": newest.version });
    Ok(tx.commit(entry.after(after), app.now()).await?)
}
