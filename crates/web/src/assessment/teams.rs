//! The teams of a year: list and a new one.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::{PersonId, TeamId};
use bening_core::team::{Norms, Team, edit};
use bening_store::{person, team as store};
use serde::Deserialize;

use super::page::Tabs;
use super::sight::{self, Sight};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::demand;

/// Which year.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    tahun: Option<String>,
}

/// A new team.
#[derive(Debug, Deserialize)]
pub struct New {
    #[serde(default)]
    tahun: String,
    nama: String,
}

struct Line {
    href: String,
    name: String,
    letter: String,
    members: Vec<(&'static str, String)>,
    units: usize,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "assessment/teams.html")]
struct TeamsPage {
    page: Page,
    tabs: Tabs,
    lines: Vec<Line>,
    norm: usize,
    norm_note: String,
    suggestion: String,
}

/// The teams of a year.
///
/// # Errors
/// When the caller may not form teams.
pub async fn show(State(app): State<App>, caller: Caller, Query(which): Query<Which>) -> Result {
    demand(&caller, Want::ManageTeams, &Scope::agency())?;
    let year = sight::year_asked(&app, which.tahun.as_deref())?;
    let teams = store::list(app.store(), year).await?;
    let seated = teams.iter().flat_map(|team| &team.members).map(|member| member.person);
    let names = person::names(app.store(), seated).await?;
    let norms = norms()?;
    let norm = norms.load.units_per_team;
    let page = frame::plain(&app, &caller, caller.lang.t("Tim penilai"), Room::Assessment).await?;
    let crumbs = crumbs(&caller, caller.lang.t("Tim penilai").as_ref());
    let sight = Sight::of(&app, &caller).await?;
    let years = sight::years(&app, year, "/penilaian/tim").await?;
    let shown = TeamsPage {
        tabs: Tabs::of(&caller, &sight, "tim", year.get(), years),
        lines: teams.iter().map(|team| line(&page, team, &names, norm)).collect(),
        suggestion: format!("Tim {}", teams.len() + 1),
        norm_note: norms.load.citation,
        page: Page { crumbs, ..page },
        norm,
    };
    Ok(Html(shown.render()?).into_response())
}

/// What is usual for internal assessors.
pub(super) fn norms() -> Result<Norms> {
    Norms::shipped().map_err(|error| AppError::Refused(error.to_string()))
}

/// The way from the overview to a page.
pub(super) fn crumbs(caller: &Caller, here: &str) -> Vec<Crumb> {
    vec![Crumb::link(caller.lang.t("Penilaian"), "/penilaian"), Crumb::here(here)]
}

/// The letter of assignment in words.
pub(super) fn letter(page: &Page, team: &Team) -> String {
    let on = team.letter_on.map(|day| page.date_long(day)).unwrap_or_default();
    [team.letter.as_str(), &on].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn line(page: &Page, team: &Team, names: &HashMap<PersonId, String>, norm: usize) -> Line {
    let name = |person: &PersonId| names.get(person).cloned().unwrap_or_default();
    Line {
        href: format!("/penilaian/tim/{}", team.id),
        name: team.name.clone(),
        letter: letter(page, team),
        members: team.members.iter().map(|each| (each.seat.title(), name(&each.person))).collect(),
        units: team.units.len(),
        is_over: team.units.len() > norm,
    }
}

/// Forms a team.
///
/// # Errors
/// When the caller may not, or the name is missing or taken.
pub async fn form(State(app): State<App>, caller: Caller, Posted(new): Posted<New>) -> Result {
    demand(&caller, Want::ManageTeams, &Scope::agency())?;
    let year = sight::year_asked(&app, Some(new.tahun.as_str()))?;
    let team = Team::empty(TeamId(chance::fresh()), year, new.nama);
    let id = team.id;
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, year).await?;
    let mut after = before.clone();
    edit::form(&mut after, team)?;
    store::save(&tx, &before, &after).await?;
    let entry = Entry::new(caller.audit(), "team.formed", id.0).after(after.last());
    tx.commit(entry, app.now()).await?;
    let to = see_other(&format!("/penilaian/tim/{id}"));
    Ok(flash::done(to, caller.lang.t("Tim dibentuk. Isi surat tugas, anggota, dan unitnya.")))
}
