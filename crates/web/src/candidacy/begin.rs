//! Beginning a road with the public declaration, and describing the declaration.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::candidacy::decide::{self, Asked, Facts};
use bening_core::candidacy::declaration::Declaration;
use bening_core::candidacy::rules::{self, Rules};
use bening_core::candidacy::{Candidacy, Paper, Stage};
use bening_core::id::CandidacyId;
use bening_store::candidacy;
use serde::Deserialize;
use serde_json::json;

use super::reach::Roads;
use super::step::day;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::demand;

/// The fields of a declaration.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    predikat: String,
    #[serde(default)]
    acara: String,
    #[serde(default)]
    tempat: String,
    #[serde(default)]
    tanggal: String,
    #[serde(default)]
    oleh: String,
    #[serde(default)]
    saksi: String,
    #[serde(default)]
    nomor: String,
}

impl Fields {
    fn read(&self, app: &App) -> Result<Declaration> {
        let refused = |error: bening_core::candidacy::declaration::DeclarationError| {
            AppError::Refused(error.to_string())
        };
        let declaration = Declaration {
            event: self.acara.trim().to_owned(),
            place: self.tempat.trim().to_owned(),
            on: Some(day(&self.tanggal, "tanggal pencanangan")?),
            declared_by: self.oleh.trim().to_owned(),
            witnesses: Declaration::read_witnesses(&self.saksi).map_err(refused)?,
        };
        declaration.check(app.today()).map_err(refused)?;
        Ok(declaration)
    }
}

/// Begins a road to a predicate with its declaration.
///
/// # Errors
/// When the caller may not, another road is under way, the unit is banned or a field is missing.
pub async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(form): Posted<Fields>,
) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    demand(&caller, Want::AdvanceCandidacy, &roads.scope)?;
    let declaration = form.read(&app)?;
    let on = declaration.on.unwrap_or_else(|| app.today());
    let rules = rules::for_day(on).ok_or_else(|| {
        AppError::Refused("tidak ada aturan pencalonan yang berlaku pada tanggal pencanangan".to_owned())
    })?;
    let editions = app.editions().await?;
    let known = editions.for_day(on).is_some_and(|edition| edition.predicate(&form.predikat).is_some());
    if !known {
        return Err(AppError::Bad("pilih predikat yang dituju".to_owned()));
    }
    let tx = app.store().begin().await?;
    let all = candidacy::lock(&tx).await?;
    let own: Vec<Candidacy> = all.into_iter().filter(|road| road.unit == roads.reached.unit.id).collect();
    decide::begin(rules, &own, &form.predikat, on)?;
    let mut road = Candidacy {
        id: CandidacyId(chance::fresh()),
        unit: roads.reached.unit.id,
        rules: rules.id.clone(),
        predicate: form.predikat.clone(),
        taken: Vec::new(),
    };
    let asked = asked(&form, &declaration, on);
    let moment = (caller.id(), app.now(), app.today());
    let taken = decide::take(rules, &road, first(rules)?, asked, &Facts::default(), moment)?;
    candidacy::begin(&tx, &road).await?;
    candidacy::save_declaration(&tx, road.id, &declaration).await?;
    candidacy::add(&tx, road.id, 0, &taken).await?;
    road.taken.push(taken);
    let entry = Entry::new(caller.audit(), "candidacy.begun", road.id.0).of_unit(road.unit);
    tx.commit(entry.after(json!({ "road": road, "declaration": declaration })), app.now()).await?;
    Ok(flash::done(
        see_other(&roads.address()),
        caller.lang.t("Pencanangan dicatat. Cetak piagamnya di bawah."),
    ))
}

fn first(rules: &Rules) -> Result<&str> {
    let step = rules.steps.iter().find(|step| step.from.contains(&Stage::Start));
    step.map(|step| step.code.as_str()).ok_or(AppError::NotFound)
}

/// The charter is the paper on which the declaration rests.
fn asked(form: &Fields, declaration: &Declaration, on: chrono::NaiveDate) -> Asked {
    let paper = Paper { number: form.nomor.trim().to_owned(), dated: on, title: declaration.event.clone() };
    Asked { on, reason: String::new(), paper: Some(paper), seen: 0 }
}

/// Changes what is known of the declaration of the newest road; the step itself stays as it was taken.
///
/// # Errors
/// When the caller may not, or a field is missing.
pub async fn describe(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(form): Posted<Fields>,
) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    demand(&caller, Want::AdvanceCandidacy, &roads.scope)?;
    let road = roads.newest().ok_or(AppError::NotFound)?;
    let declaration = form.read(&app)?;
    let before = candidacy::declaration(app.store(), road.id).await?;
    let tx = app.store().begin().await?;
    candidacy::save_declaration(&tx, road.id, &declaration).await?;
    let entry = Entry::new(caller.audit(), "candidacy.declaration.saved", road.id.0).of_unit(road.unit);
    tx.commit(entry.before(before).after(&declaration), app.now()).await?;
    Ok(flash::done(see_other(&roads.address()), caller.lang.t("Data pencanangan disimpan.")))
}
