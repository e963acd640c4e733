//! Drawing a blind second reading for a unit. Chance is a seed made at the edge and kept.

use axum::extract::State;
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::ReadingId;
use bening_core::team::reading::{self, Draw};
use bening_store::{lke, reading as store, team, unit};
use serde::Deserialize;
use serde_json::json;

use super::sight::year_asked;
use super::team::candidates;
use super::teams::norms;
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::demand;

/// Who reads which unit.
#[derive(Debug, Deserialize)]
pub struct Drawn {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    tahun: String,
    #[serde(default)]
    orang: String,
}

/// Draws a second reading.
///
/// # Errors
/// When the caller may not form teams, or a rule refuses.
pub async fn draw(State(app): State<App>, caller: Caller, Posted(form): Posted<Drawn>) -> Result {
    demand(&caller, Want::ManageTeams, &Scope::agency())?;
    let year = year_asked(&app, Some(form.tahun.as_str()))?;
    let refused = |text: &str| AppError::Refused(text.to_owned());
    let code = form.unit.parse().map_err(|_| refused("pilih unit dari daftar"))?;
    let unit = unit::by_code(app.store(), &code).await?.ok_or_else(|| refused("pilih unit dari daftar"))?;
    let sheet = lke::find(app.store(), unit.id, year).await?;
    let sheet = sheet.ok_or_else(|| AppError::from(reading::Refusal::NotSubmitted))?;
    let everybody = candidates(&app).await?;
    let reader = everybody.iter().find(|(each, _)| each.person.to_string() == form.orang);
    let (reader, name) = reader.ok_or_else(|| AppError::from(reading::Refusal::NotAnAssessor))?;
    let teams = team::list(app.store(), year).await?;
    let earlier = store::of_sheets(app.store(), &[sheet.id]).await?;
    let draw = Draw { seed: chance::secret(), share: norms()?.second_reading.share, at: app.now() };
    let new = reading::begin(ReadingId(chance::fresh()), &sheet, &teams, reader, &earlier, draw)?;
    let tx = app.store().begin().await?;
    store::create(&tx, &new).await?;
    let codes: Vec<&String> = new.questions.keys().collect();
    let told = json!({ "reader": new.reader, "seed": new.seed, "share": new.share, "questions": codes });
    let entry = Entry::new(caller.audit(), "reading.drawn", new.id.0).of_unit(unit.id).after(told);
    tx.commit(entry, app.now()).await?;
    let back = teams.iter().find(|team| team.units.contains(&unit.id));
    let to = back.map_or_else(|| "/penilaian".to_owned(), |team| format!("/penilaian/tim/{}", team.id));
    let said = caller.lang.tf(
        "%{n} pertanyaan diundi untuk %{nama}.",
        &[("n", new.questions.len().to_string()), ("nama", name.clone())],
    );
    Ok(flash::done(see_other(&to), said))
}
