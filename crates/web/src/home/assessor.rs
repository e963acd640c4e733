//! What waits for an internal assessor: the worksheets of the units given to their teams, those whose turn it is
//! first. Only recent years are asked for, so the page does not grow with history.

use bening_core::access::Scope;
use bening_core::instrument::Editions;
use bening_core::lke::Lke;
use bening_core::team::standing::Stage;
use bening_core::team::{Conflict, Team};
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{lke, team, unit};

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::lke::desk::Desk;
use crate::page::Tone;
use crate::plan::status::Chip;
use crate::reach::scope_of;

/// How many worksheets the home page lists.
const MAX: usize = 20;

/// A worksheet that an assessor was given.
pub(super) struct Given {
    pub href: String,
    pub unit: String,
    pub year: String,
    pub layer: &'static str,
    pub answered: usize,
    pub questions: usize,
    pub chip: Chip,
    turn: Turn,
}

/// Whose turn a worksheet is, from where the assessor sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Theirs,
    Before,
    Past,
}

/// The worksheets given to the caller's teams this year, last year or later.
///
/// # Errors
/// When the store fails.
pub(super) async fn given(app: &App, caller: &Caller) -> Result<Vec<Given>> {
    let this_year = app.this_year();
    let since = Year::new(i64::from(this_year.get()) - 1).unwrap_or(this_year);
    let teams = team::of_person(app.store(), caller.id(), since).await?;
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let (units, editions) = (unit::all(app.store()).await?, app.editions().await?);
    let conflicts = team::conflicts(app.store()).await?;
    let mut given = Vec::new();
    for team in &teams {
        let Some(year) = Year::new(team.year.into()) else { continue };
        let ids: Vec<_> = team.units.iter().copied().collect();
        for sheet in lke::list(app.store(), &ids, year).await? {
            let scope = scope(&units, team, &conflicts, &sheet);
            given.extend(one(caller, &editions, &units, &scope, &sheet));
        }
    }
    given.sort_by(|a, b| (a.turn, &a.year, &a.unit).cmp(&(b.turn, &b.year, &b.unit)));
    given.truncate(MAX);
    Ok(given)
}

fn scope(units: &[Unit], team: &Team, conflicts: &[Conflict], sheet: &Lke) -> Scope {
    let is_free = |member: &&bening_core::team::Member| {
        !conflicts.iter().any(|each| each.person == member.person && each.unit == sheet.unit)
    };
    let assessors = team.members.iter().filter(is_free).map(|member| member.person).collect();
    scope_of(units, sheet.unit).assessors(assessors)
}

fn one(caller: &Caller, editions: &Editions, units: &[Unit], scope: &Scope, sheet: &Lke) -> Option<Given> {
    let edition = editions.by_id(&sheet.edition)?;
    let unit = units.iter().find(|unit| unit.id == sheet.unit)?;
    let layer = Desk::of(caller, scope, sheet, edition).layer.filter(|layer| layer.before().is_some())?;
    let turn = match (sheet.is_submitted(layer), sheet.is_reachable(layer)) {
        (true, _) => Turn::Past,
        (false, true) => Turn::Theirs,
        (false, false) => Turn::Before,
    };
    let answers = sheet.layers.get(&layer).into_iter().flat_map(|filled| filled.entries.values());
    Some(Given {
        href: format!("/unit/{}/lke/{}", unit.code, sheet.year),
        unit: unit.name.clone(),
        year: sheet.year.to_string(),
        layer: layer.title(),
        answered: answers.filter(|entry| entry.answer.is_some()).count(),
        questions: edition.questions().count(),
        chip: chip(caller, turn, sheet),
        turn,
    })
}

fn chip(caller: &Caller, turn: Turn, sheet: &Lke) -> Chip {
    let (tone, text) = match turn {
        Turn::Theirs => (Tone::Info, caller.lang.t("giliran Anda").into_owned()),
        Turn::Before => (Tone::Mute, caller.lang.t(Stage::of(Some(sheet)).title()).into_owned()),
        Turn::Past => (Tone::Ok, caller.lang.t("diajukan").into_owned()),
    };
    Chip { tone, sign: tone.sign(), text }
}
