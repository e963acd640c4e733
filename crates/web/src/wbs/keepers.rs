//! Who keeps reports of a unit: named by those who manage the agency, each with a key of their own making.

use axum::extract::{Path, State};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::KeeperId;
use bening_core::password::Strength;
use bening_core::person::Login;
use bening_core::wbs::{self as core, Duty, Keeper, PASSPHRASE_MIN_CHARS, Refusal};
use bening_store::{person, wbs as store};
use serde::Deserialize;
use serde_json::json;

use super::desk::Desk;
use super::seal;
use crate::account::strength;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::reach::{demand, reach_unit};

/// Somebody to be named.
#[derive(Debug, Deserialize)]
pub struct Naming {
    #[serde(default)]
    akun: String,
    #[serde(default)]
    tugas: String,
}

/// A passphrase, twice.
#[derive(Debug, Deserialize)]
pub struct Phrases {
    #[serde(default)]
    frasa: String,
    #[serde(default)]
    ulang: String,
}

/// Names a keeper.
///
/// # Errors
/// When the caller does not manage the agency, or the person must not keep reports.
pub async fn name(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(naming): Posted<Naming>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let duty = Duty::parse(&naming.tugas).ok_or_else(|| refused("pilih tugasnya dari daftar"))?;
    let login: Login = naming.akun.parse().map_err(|_| refused("akun ini tidak ada; periksa namanya"))?;
    let account = person::by_login(app.store(), &login).await?;
    let person = account.ok_or_else(|| refused("akun ini tidak ada; periksa namanya"))?.person;
    core::may_keep(&person::assignments_of(app.store(), person.id).await?)?;
    let keeper = Keeper {
        id: KeeperId(chance::fresh()),
        unit: reached.unit.id,
        person: person.id,
        duty,
        public_key: String::new(),
        sealed_key: Vec::new(),
        ended_on: None,
    };
    let tx = app.store().begin().await?;
    store::add_keeper(&tx, &keeper).await?;
    let entry = Entry::new(caller.audit(), "wbs.keeper.named", keeper.id.0).of_unit(keeper.unit);
    tx.commit(entry.after(json!({ "person": person.name, "duty": duty.as_str() })), app.now()).await?;
    Ok(flash::done(
        see_other(&format!("/unit/{}/wbs", reached.unit.code)),
        caller.lang.t("Penerima ditetapkan."),
    ))
}

/// Ends the duty of a keeper.
///
/// # Errors
/// When the caller does not manage the agency, or nobody else would receive or read what goes on.
pub async fn end(
    State(app): State<App>,
    caller: Caller,
    Path((unit, id)): Path<(String, String)>,
    _: Posted<Nothing>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let id: KeeperId = id.parse().map_err(|_| AppError::NotFound)?;
    let keepers = store::keepers(app.store(), reached.unit.id).await?;
    if !keepers.iter().any(|keeper| keeper.id == id) {
        return Err(AppError::NotFound);
    }
    let underway = store::underway(app.store(), reached.unit.id).await?;
    let ended = core::end(&keepers, id, &underway, app.today())?;
    let tx = app.store().begin().await?;
    store::change_keeper(&tx, &ended).await?;
    let entry = Entry::new(caller.audit(), "wbs.keeper.ended", id.0).of_unit(ended.unit);
    tx.commit(entry.after(json!({ "duty": ended.duty.as_str() })), app.now()).await?;
    Ok(flash::done(
        see_other(&format!("/unit/{}/wbs", reached.unit.code)),
        caller.lang.t("Tugas diakhiri. Laporan baru tidak lagi disegel untuknya."),
    ))
}

fn refused(text: &str) -> AppError {
    AppError::Refused(text.to_owned())
}

/// Makes the key of a keeper, one for each duty without one, under their own passphrase.
///
/// # Errors
/// When the caller keeps nothing here, or the passphrase will not do.
pub async fn make_key(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(phrases): Posted<Phrases>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &unit).await?;
    desk.demand_keeper()?;
    let without: Vec<Keeper> = desk.mine().filter(|keeper| !keeper.is_ready()).cloned().collect();
    if without.is_empty() {
        return Err(Refusal::KeyExists.into());
    }
    check(&phrases, &caller)?;
    for keeper in without {
        let phrase = phrases.frasa.clone();
        let pair = app.hash(move || seal::pair(&phrase)).await.ok_or(AppError::Interrupted)??;
        let keeper = Keeper { public_key: pair.public_key, sealed_key: pair.sealed_key, ..keeper };
        let tx = app.store().begin().await?;
        store::change_keeper(&tx, &keeper).await?;
        let entry = Entry::new(caller.audit(), "wbs.key.made", keeper.id.0).of_unit(keeper.unit);
        tx.commit(entry.after(json!({ "public_key": keeper.public_key })), app.now()).await?;
    }
    Ok(flash::done(
        see_other(&desk.address()),
        caller.lang.t("Kunci dibuat. Frasa sandi tidak dapat dipulihkan."),
    ))
}

fn check(phrases: &Phrases, caller: &Caller) -> std::result::Result<(), Refusal> {
    let known = [caller.person.name.as_str(), caller.person.login.as_str()];
    match () {
        () if phrases.frasa.chars().count() < PASSPHRASE_MIN_CHARS => Err(Refusal::WeakPassphrase),
        () if strength(&phrases.frasa, &known) == Strength::Guessable => Err(Refusal::WeakPassphrase),
        () if phrases.frasa != phrases.ulang => Err(Refusal::Mismatch),
        () => Ok(()),
    }
}
