//! Taking a step of the road: decided and kept while all roads of the agency are held.

use axum::extract::{Path, State};
use bening_core::audit::Entry;
use bening_core::candidacy::decide::{self, Asked, Refusal};
use bening_core::candidacy::{Candidacy, Paper, Stage};
use bening_core::id::UnitId;
use bening_core::paper::template;
use bening_store::{candidacy, paper};
use serde::Deserialize;

use super::facts::{gather, taken_by_others};
use super::guided;
use super::reach::{Roads, rules_of};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};

/// The fields of a step.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    pub(super) tanggal: String,
    #[serde(default)]
    alasan: String,
    #[serde(default)]
    nomor: String,
    #[serde(default)]
    judul: String,
    #[serde(default)]
    tanggal_naskah: String,
    #[serde(default)]
    dilihat: String,
    /// A paper that was issued here, instead of number, date and title.
    #[serde(default)]
    naskah: String,
    /// The predicate whose road the step belongs to; without it the newest road.
    #[serde(default)]
    predikat: String,
}

impl Fields {
    /// As the rules want it.
    pub(super) fn read(&self) -> Result<Asked> {
        let on = day(&self.tanggal, "tanggal kejadian")?;
        let is_blank = [&self.nomor, &self.judul].iter().all(|text| text.trim().is_empty());
        let paper = || -> Result<Paper> {
            let dated = if self.tanggal_naskah.is_empty() {
                on
            } else {
                day(&self.tanggal_naskah, "tanggal naskah")?
            };
            Ok(Paper { number: self.nomor.trim().to_owned(), dated, title: self.judul.trim().to_owned() })
        };
        let paper = if is_blank { None } else { Some(paper()?) };
        Ok(Asked { on, reason: self.alasan.clone(), paper, seen: self.dilihat.parse().unwrap_or_default() })
    }
}

/// The paper a step rests on: the one typed, or else the one that was chosen of those issued here.
async fn rests_on(app: &App, unit: UnitId, form: &Fields) -> Result<Option<Paper>> {
    let typed = form.read()?.paper;
    if typed.is_some() || form.naskah.is_empty() {
        return Ok(typed);
    }
    let issued = paper::of_unit(app.store(), unit).await?;
    let chosen = issued.into_iter().find(|line| line.id.to_string() == form.naskah);
    let line =
        chosen.ok_or_else(|| AppError::Bad("naskah yang dipilih tidak ada lagi; muat ulang".to_owned()))?;
    Ok(Some(Paper { title: title(&line.template), number: line.number, dated: line.dated }))
}

/// What a paper of a template is called.
pub(super) fn title(code: &str) -> String {
    template(code).map_or_else(|| code.to_owned(), |template| template.name.clone())
}

/// A day as a date field sends it.
pub(super) fn day(text: &str, what: &str) -> Result<chrono::NaiveDate> {
    text.trim().parse().map_err(|_| AppError::Bad(format!("{what} wajib diisi, misalnya 2020-01-14")))
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Overtaken => Self::Conflict { message: refusal.to_string(), current: String::new() },
            other => Self::Refused(other.to_string()),
        }
    }
}

/// Takes a step of a road of a unit: the newest, or the one that led to a predicate it still holds.
///
/// # Errors
/// When it is not the caller's step, or a rule speaks against it.
pub async fn take(
    State(app): State<App>,
    caller: Caller,
    Path((unit, code)): Path<(String, String)>,
    Posted(form): Posted<Fields>,
) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    let road = roads.to(&form.predikat).ok_or(AppError::NotFound)?;
    let step = rules_of(road)?.step(&code).ok_or(AppError::NotFound)?;
    roads.demand(&caller, step.by)?;
    let asked = Asked { paper: rests_on(&app, road.unit, &form).await?, ..form.read()? };
    let facts = gather(&app, road, asked.on).await?;
    let tx = app.store().begin().await?;
    let all = candidacy::lock(&tx).await?;
    let now = all.iter().find(|each| each.id == road.id).ok_or(AppError::NotFound)?;
    let taken_by_others = taken_by_others(&all, road.unit, &code, asked.on);
    let facts = decide::Facts { taken_by_others, ..facts };
    let moment = (caller.id(), app.now(), app.today());
    if step.from.contains(&now.stage()) && matches!(step.to, Stage::Proposed | Stage::Determined) {
        let own: Vec<Candidacy> = all.iter().filter(|each| each.unit == road.unit).cloned().collect();
        decide::stands(rules_of(now)?, &own, &now.predicate, asked.on)?;
    }
    let taken = decide::take(rules_of(now)?, now, &code, asked, &facts, moment)?;
    candidacy::add(&tx, now.id, now.taken.len(), &taken).await?;
    let written = guided::follow(&app, &tx, now, &code, taken.on).await?;
    let entry = Entry::new(caller.audit(), "candidacy.step.taken", now.id.0).of_unit(now.unit);
    let after = serde_json::json!({ "step": taken, "plan": written });
    tx.commit(entry.before(before(now)).after(after), app.now()).await?;
    let said = [Some(caller.lang.t("Langkah dicatat.").into_owned()), guided::told(&caller, written)];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(flash::done(see_other(&roads.address()), said))
}

fn before(road: &Candidacy) -> serde_json::Value {
    serde_json::json!({ "stage": road.stage(), "predicate": road.predicate })
}
