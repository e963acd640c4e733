//! The worksheets and second readings that wait for an assessor, for the home page. Looks at last year and later only:
//! what the page costs does not grow with the years.

use std::collections::BTreeSet;

use bening_core::id::UnitId;
use bening_core::instrument::Editions;
use bening_core::lke::{Layer, Side};
use bening_core::person::Role;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::lke::{Among, Turn, turns};

use super::load::layer;
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;

/// How many worksheets the page names; the rest is a number.
const ROWS_MAX: u64 = 8;

/// What waits for an assessor.
pub struct Waiting {
    /// Worksheets, newest year first.
    pub sheets: Vec<Sheet>,
    /// All worksheets that wait, named or not.
    pub all: u64,
    /// Second readings not finished.
    pub readings: Vec<Second>,
    /// Where all of them are.
    pub href: String,
}

/// A worksheet that waits.
pub struct Sheet {
    /// Its address.
    pub href: String,
    /// Its unit.
    pub unit: String,
    /// Its year.
    pub year: String,
    /// In which layer.
    pub layer: &'static str,
    /// Since when, in words; empty when it is not known.
    pub since: String,
    /// Questions answered in the layer.
    pub filled: u64,
    /// All questions.
    pub questions: usize,
    /// Share of them, 0–100.
    pub percent: String,
}

/// A second reading that waits.
pub struct Second {
    /// Its address.
    pub href: String,
    /// Unit and year.
    pub title: String,
}

/// What waits for the caller; `None` for who assesses nothing.
///
/// # Errors
/// When the store fails.
pub async fn card(app: &App, caller: &Caller, units: &[Unit]) -> Result<Option<Waiting>> {
    let roles: BTreeSet<Role> = caller.actor.assignments.iter().map(|held| held.role).collect();
    let is_internal = bening_core::team::Seat::ALL.iter().any(|seat| roles.contains(&seat.role()));
    if !is_internal && !roles.contains(&Role::Tpn) {
        return Ok(None);
    }
    let since = app.this_year().previous().unwrap_or(app.this_year());
    let editions = app.editions().await?;
    let (mut sheets, mut all) = (Vec::new(), 0);
    for (layer, among) in places(app, caller, &roles, since).await? {
        let among = among.as_ref().map_or(Among::Since(since), |(units, year)| Among::Units(units, *year));
        let (found, count) = turns(app.store(), layer, among, ROWS_MAX).await?;
        all += count;
        sheets.extend(found.iter().filter_map(|turn| sheet(app, caller, &editions, units, layer, turn)));
    }
    sheets.sort_by(|a, b| b.year.cmp(&a.year).then_with(|| a.unit.cmp(&b.unit)));
    let href =
        sheets.first().map_or("/penilaian".to_owned(), |first| format!("/penilaian?tahun={}", first.year));
    sheets.truncate(ROWS_MAX as usize);
    let readings = readings(app, caller, units, since).await?;
    Ok(Some(Waiting { sheets, all, readings, href }))
}

type Place = (Layer, Option<(Vec<UnitId>, Year)>);

/// The layers the caller works in, each with the units of a team, or with all units.
async fn places(app: &App, caller: &Caller, roles: &BTreeSet<Role>, since: Year) -> Result<Vec<Place>> {
    let seats = bening_store::team::seats(app.store(), caller.id(), since).await?;
    let held = seats.into_iter().filter(|(_, seat, _)| roles.contains(&seat.role()));
    let mut places: Vec<Place> = held.map(|(year, seat, units)| (layer(seat), Some((units, year)))).collect();
    if roles.contains(&Role::Tpn) {
        places.extend(Side::Tpn.layers().iter().map(|layer| (*layer, None)));
    }
    Ok(places)
}

fn sheet(
    app: &App,
    caller: &Caller,
    editions: &Editions,
    units: &[Unit],
    layer: Layer,
    turn: &Turn,
) -> Option<Sheet> {
    let unit = units.iter().find(|unit| unit.id == turn.unit)?;
    let questions = editions.by_id(&turn.edition)?.questions().count();
    let since = turn
        .since
        .map(|at| caller.lang.tf("diajukan %{hari}", &[("hari", caller.lang.date(app.local(at).0))]));
    Some(Sheet {
        href: format!("/unit/{}/lke/{}", unit.code, turn.year),
        unit: unit.name.clone(),
        year: turn.year.to_string(),
        layer: layer.title(),
        since: since.unwrap_or_default(),
        filled: turn.filled,
        percent: (turn.filled * 100).checked_div(questions as u64).unwrap_or(0).min(100).to_string(),
        questions,
    })
}

async fn readings(app: &App, caller: &Caller, units: &[Unit], since: Year) -> Result<Vec<Second>> {
    let open = bening_store::reading::open_of(app.store(), caller.id(), since).await?;
    let second = |(id, unit, year)| {
        let unit = units.iter().find(|each| each.id == unit)?;
        Some(Second { href: format!("/penilaian/pembacaan/{id}"), title: format!("{} {year}", unit.name) })
    };
    Ok(open.into_iter().filter_map(second).collect())
}
