//! One team: its letter, who sits on it, which units it assesses.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::{PersonId, TeamId, UnitId};
use bening_core::lke::Layer;
use bening_core::team::edit::{self, Letter, Refusal};
use bening_core::team::standing::Stage;
use bening_core::team::{Candidate, Seat, Team};
use bening_core::time::Year;
use bening_core::unit::{Unit, UnitCode};
use bening_store::{lke, person, reading, team as store, unit};
use chrono::NaiveDate;
use serde::Deserialize;

use super::page::Tabs;
use super::sight::Sight;
use super::teams::{crumbs, norms};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::page::{Page, Room};
use crate::plan::frame;
use crate::reach::demand;

/// Name and letter of assignment.
#[derive(Debug, Deserialize)]
pub struct Described {
    nama: String,
    #[serde(default)]
    surat: String,
    #[serde(default)]
    tanggal: String,
}

/// A seat for somebody.
#[derive(Debug, Deserialize)]
pub struct Seated {
    #[serde(default)]
    orang: String,
    #[serde(default)]
    kursi: String,
}

/// Somebody a form offers.
pub(super) struct Offered {
    pub id: String,
    pub name: String,
    pub seats: Vec<Seat>,
}

struct MemberLine {
    id: String,
    name: String,
    seat: &'static str,
}

struct UnitLine {
    id: String,
    code: String,
    name: String,
    href: String,
    stage: &'static str,
    can_draw: bool,
    readings: Vec<(String, String, bool)>,
    conflicts: Vec<String>,
}

#[derive(Template)]
#[template(path = "assessment/team.html")]
struct TeamPage {
    page: Page,
    tabs: Tabs,
    id: String,
    name: String,
    letter: String,
    letter_on: String,
    members: Vec<MemberLine>,
    seats: [Seat; 3],
    offered: Vec<Offered>,
    readers: Vec<Offered>,
    units: Vec<UnitLine>,
    free: Vec<Unit>,
    norm: usize,
    is_over: bool,
    share: String,
}

/// Everybody with a role of the internal assessors today, by name.
pub(super) async fn candidates(app: &App) -> Result<Vec<(Candidate, String)>> {
    let held = person::all_assignments(app.store()).await?;
    let declared = store::conflicts(app.store()).await?;
    let people: std::collections::BTreeSet<PersonId> = held.iter().map(|held| held.person).collect();
    let candidates = people.into_iter().map(|id| Candidate::on(app.today(), id, &held, &declared));
    let candidates: Vec<Candidate> = candidates.filter(|each| !each.seats.is_empty()).collect();
    let names = person::names(app.store(), candidates.iter().map(|each| each.person)).await?;
    let named = |each: Candidate| {
        let name = names.get(&each.person).cloned().unwrap_or_default();
        (each, name)
    };
    let mut named: Vec<_> = candidates.into_iter().map(named).collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(named)
}

fn offered((candidate, name): &(Candidate, String)) -> Offered {
    let (id, seats) = (candidate.person.to_string(), candidate.seats.iter().copied().collect());
    Offered { id, name: name.clone(), seats }
}

async fn reach(app: &App, caller: &Caller, id: &str) -> Result<(TeamId, Year)> {
    demand(caller, Want::ManageTeams, &Scope::agency())?;
    let id: TeamId = id.parse().map_err(|_| AppError::NotFound)?;
    let year = store::year_of(app.store(), id).await?.ok_or(AppError::NotFound)?;
    Ok((id, year))
}

/// One team.
///
/// # Errors
/// When the caller may not form teams, or there is none.
pub async fn show(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result {
    let (id, year) = reach(&app, &caller, &id).await?;
    let teams = store::list(app.store(), year).await?;
    let team = teams.iter().find(|team| team.id == id).ok_or(AppError::NotFound)?;
    let everybody = candidates(&app).await?;
    let all = unit::all(app.store()).await?;
    let norms = norms()?;
    let units = unit_lines(&app, team, year, &all, &everybody).await?;
    let page = frame::plain(&app, &caller, team.name.clone(), Room::Assessment).await?;
    let crumbs = crumbs(&caller, &team.name);
    let sight = Sight::of(&app, &caller).await?;
    let (members, others): (Vec<_>, Vec<_>) = everybody.iter().partition(|(each, _)| team.has(each.person));
    let name_of = |person: PersonId| {
        let found = members.iter().find(|(each, _)| each.person == person);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let is_free = |unit: &&Unit| !teams.iter().any(|team| team.units.contains(&unit.id));
    let line = |member: &bening_core::team::Member| MemberLine {
        id: member.person.to_string(),
        name: name_of(member.person),
        seat: member.seat.title(),
    };
    let shown = TeamPage {
        page: Page { crumbs, ..page },
        tabs: Tabs::of(&caller, &sight, "tim", year.get(), Vec::new()),
        id: id.to_string(),
        name: team.name.clone(),
        letter: team.letter.clone(),
        letter_on: team.letter_on.map(|day| day.to_string()).unwrap_or_default(),
        members: team.members.iter().map(line).collect(),
        seats: Seat::ALL,
        offered: everybody.iter().map(offered).collect(),
        readers: others.into_iter().map(offered).collect(),
        free: all.iter().filter(is_free).cloned().collect(),
        is_over: units.len() > norms.load.units_per_team,
        units,
        norm: norms.load.units_per_team,
        share: percent(norms.second_reading.share),
    };
    Ok(Html(shown.render()?).into_response())
}

/// A share as percent, for people.
pub(super) fn percent(share: bening_core::instrument::Exact) -> String {
    share
        .times(bening_core::instrument::Exact::whole(100))
        .map_or(String::new(), |share| share.plain_or_rounded())
}

async fn unit_lines(
    app: &App,
    team: &Team,
    year: Year,
    all: &[Unit],
    everybody: &[(Candidate, String)],
) -> Result<Vec<UnitLine>> {
    let ids: Vec<UnitId> = team.units.iter().copied().collect();
    let sheets = lke::list(app.store(), &ids, year).await?;
    let sheet_ids: Vec<_> = sheets.iter().map(|lke| lke.id).collect();
    let readings = reading::of_sheets(app.store(), &sheet_ids).await?;
    let name = |id: PersonId| {
        let found = everybody.iter().find(|(each, _)| each.person == id);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let line = |unit: &Unit| {
        let lke = sheets.iter().find(|lke| lke.unit == unit.id);
        let of_unit = readings.iter().filter(|each| lke.is_some_and(|lke| lke.id == each.lke));
        let bound = everybody
            .iter()
            .filter(|(each, _)| team.has(each.person) && edit::free_for(each, unit.id).is_err());
        UnitLine {
            id: unit.id.to_string(),
            code: unit.code.to_string(),
            name: unit.name.clone(),
            href: format!("/unit/{}/lke/{year}", unit.code),
            stage: Stage::of(lke).title(),
            can_draw: lke.is_some_and(|lke| lke.is_submitted(Layer::Unit)),
            readings: of_unit
                .map(|each| {
                    let href = format!("/penilaian/pembacaan/{}", each.id);
                    (href, name(each.reader), each.finished_at.is_some())
                })
                .collect(),
            conflicts: bound.map(|(_, name)| name.clone()).collect(),
        }
    };
    let mut units: Vec<&Unit> = all.iter().filter(|unit| team.units.contains(&unit.id)).collect();
    units.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(units.into_iter().map(line).collect())
}

/// Reads the teams of the year, changes them and keeps the difference with its entry in the trail.
async fn change(
    app: &App,
    caller: &Caller,
    (id, year): (TeamId, Year),
    event: &'static str,
    edit: impl FnOnce(&mut Vec<Team>) -> std::result::Result<(), Refusal>,
) -> Result<()> {
    let tx = app.store().begin().await?;
    let before = store::lock(&tx, year).await?;
    let mut after = before.clone();
    edit(&mut after)?;
    store::save(&tx, &before, &after).await?;
    let told = |teams: &[Team]| teams.iter().find(|team| team.id == id).cloned();
    let entry = Entry::new(caller.audit(), event, id.0).before(told(&before)).after(told(&after));
    Ok(tx.commit(entry, app.now()).await?)
}

fn back(id: TeamId) -> axum::response::Response {
    see_other(&format!("/penilaian/tim/{id}"))
}

/// Saves name and letter.
///
/// # Errors
/// When the caller may not, or a field is wrong.
pub async fn describe(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Posted(form): Posted<Described>,
) -> Result {
    let at = reach(&app, &caller, &id).await?;
    let on = match form.tanggal.trim() {
        "" => None,
        text => Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
            AppError::Bad("tanggal harus berbentuk tahun-bulan-hari, misalnya 2020-01-14".to_owned())
        })?),
    };
    let letter = Letter { number: form.surat, on };
    change(&app, &caller, at, "team.saved", |teams| edit::describe(teams, at.0, &form.nama, &letter)).await?;
    Ok(flash::done(back(at.0), caller.lang.t("Data tim disimpan.")))
}

/// Seats somebody.
///
/// # Errors
/// When the caller may not, or a rule refuses.
pub async fn seat(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Posted(form): Posted<Seated>,
) -> Result {
    let at = reach(&app, &caller, &id).await?;
    let everybody = candidates(&app).await?;
    let found = everybody.iter().find(|(each, _)| each.person.to_string() == form.orang);
    let (candidate, name) = found.ok_or_else(|| AppError::Refused("pilih orang dari daftar".to_owned()))?;
    let seat = Seat::parse(&form.kursi);
    let seat = seat.ok_or_else(|| AppError::Refused("pilih kursi dari daftar".to_owned()))?;
    change(&app, &caller, at, "team.seated", |teams| edit::seat(teams, at.0, candidate, seat)).await?;
    Ok(flash::done(back(at.0), caller.lang.tf("%{nama} masuk tim.", &[("nama", name)])))
}

/// Takes somebody off the team.
///
/// # Errors
/// When the caller may not, or they are not on it.
pub async fn unseat(
    State(app): State<App>,
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    _: Posted<Nothing>,
) -> Result {
    let at = reach(&app, &caller, &id).await?;
    let person: PersonId = person.parse().map_err(|_| AppError::NotFound)?;
    change(&app, &caller, at, "team.unseated", |teams| edit::unseat(teams, at.0, person)).await?;
    Ok(flash::done(back(at.0), caller.lang.t("Anggota dikeluarkan dari tim.")))
}

/// Gives units to the team: all that are ticked, or none.
///
/// # Errors
/// When the caller may not, or a rule refuses one of them.
pub async fn give_units(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result {
    let at = reach(&app, &caller, &id).await?;
    let all = unit::all(app.store()).await?;
    let is_ticked =
        |unit: &&Unit| fields.iter().any(|(name, value)| name == "unit" && value == unit.code.as_str());
    let chosen: Vec<&Unit> = all.iter().filter(is_ticked).collect();
    if chosen.is_empty() {
        return Err(AppError::Refused("centang paling sedikit satu unit".to_owned()));
    }
    let members: Vec<Candidate> = candidates(&app).await?.into_iter().map(|(each, _)| each).collect();
    let tell = |unit: &Unit, refusal: &Refusal| AppError::Refused(format!("{}: {refusal}", unit.name));
    // Tried first, so that a refusal can name its unit; the change asks again under the lock.
    let mut tried = store::list(app.store(), at.1).await?;
    for unit in &chosen {
        edit::give_unit(&mut tried, at.0, unit.id, &members).map_err(|refusal| tell(unit, &refusal))?;
    }
    change(&app, &caller, at, "team.units.given", |teams| {
        chosen.iter().try_for_each(|unit| edit::give_unit(teams, at.0, unit.id, &members))
    })
    .await?;
    Ok(flash::done(back(at.0), caller.lang.tn("%{n} unit masuk tim.", chosen.len())))
}

/// Takes a unit from the team.
///
/// # Errors
/// When the caller may not, or the team does not have it.
pub async fn take_unit(
    State(app): State<App>,
    caller: Caller,
    Path((id, code)): Path<(String, String)>,
    _: Posted<Nothing>,
) -> Result {
    let at = reach(&app, &caller, &id).await?;
    let code: UnitCode = code.parse().map_err(|_| AppError::NotFound)?;
    let unit = unit::by_code(app.store(), &code).await?.ok_or(AppError::NotFound)?;
    change(&app, &caller, at, "team.unit.taken", |teams| edit::take_unit(teams, at.0, unit.id)).await?;
    let said = caller.lang.t("Unit dikeluarkan dari tim. Yang sudah dinilai tetap tersimpan.");
    Ok(flash::done(back(at.0), said))
}

/// Dissolves a team without units.
///
/// # Errors
/// When the caller may not, or it still has units.
pub async fn dissolve(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    let at = reach(&app, &caller, &id).await?;
    change(&app, &caller, at, "team.dissolved", |teams| edit::dissolve(teams, at.0)).await?;
    let to = see_other(&format!("/penilaian/tim?tahun={}", at.1));
    Ok(flash::done(to, sentence(&caller.lang.t("tim dibubarkan"))))
}
