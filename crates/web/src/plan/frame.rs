//! The frame around pages: rooms the caller may enter, the unit and year at hand and where else to go.

use bening_core::access::{self, Action, Decision, Scope};
use bening_core::person::Place as Held;
use bening_core::plan::PlanState;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::plan::{self, Found};
use bening_store::reminder;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Choice, Crumb, NavItem, Page, Person, Place, Room};
use crate::reach::{self, Reached, readable_units};

/// How many units the menu of the top bar offers; the others are found in the list of units.
const UNITS_MAX: usize = 30;

/// A unit and a year to work on.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The unit.
    pub unit: Unit,
    /// The year.
    pub year: Year,
}

impl Spot {
    /// Address of the plan here.
    pub fn plan(&self) -> String {
        plan_address(&self.unit, self.year)
    }

    /// Address of the monitoring here.
    pub fn monev(&self) -> String {
        format!("/unit/{}/monev/{}", self.unit.code, self.year)
    }

    /// Address of the worksheet here.
    pub fn lke(&self) -> String {
        format!("/unit/{}/lke/{}", self.unit.code, self.year)
    }
}

/// Address of a unit's plan for a year.
pub fn plan_address(unit: &Unit, year: Year) -> String {
    format!("/unit/{}/rencana/{year}", unit.code)
}

/// A page that belongs to no unit; the navigation leads to where the caller usually works.
///
/// # Errors
/// When the store fails.
pub async fn plain(app: &App, caller: &Caller, title: impl Into<String>, room: Room) -> Result<Page> {
    let units = readable_units(app, caller).await?;
    let unread = reminder::unread(app.store(), caller.id()).await?;
    let Some((spot, found)) = usual_spot(app, caller, &units).await? else {
        return Ok(Page { unread, ..put_together(caller, title.into(), room, &units, &[], None) });
    };
    Ok(Page { unread, ..put_together(caller, title.into(), room, &units, &found, Some(spot)) })
}

/// A page about a unit and year.
///
/// # Errors
/// When the store fails.
pub async fn at(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    year: Year,
    title: impl Into<String>,
    room: Room,
) -> Result<Page> {
    let units = readable_units(app, caller).await?;
    let found = plan::list(app.store(), &[reached.unit.id]).await?;
    let spot = Spot { unit: reached.unit.clone(), year };
    let unread = reminder::unread(app.store(), caller.id()).await?;
    Ok(Page { unread, ..put_together(caller, title.into(), room, &units, &found, Some(spot)) })
}

/// A page of a list of a unit, or one that lies under it: `list` is its name and address, `below` the way from there.
///
/// # Errors
/// When the store fails.
pub async fn under(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    (room, title): (Room, String),
    (list, address): (&'static str, String),
    below: Vec<Crumb>,
) -> Result<Page> {
    let page = at(app, caller, reached, app.this_year(), title, room).await?;
    let unit = &reached.unit;
    let mut crumbs = vec![Crumb::link(unit.name.as_str(), format!("/unit/{}", unit.code))];
    if !below.is_empty() {
        crumbs.push(Crumb::link(caller.lang.t(list), address));
    }
    crumbs.extend(below);
    Ok(Page { crumbs, ..page })
}

/// Where the caller usually works: the first unit they hold a role at, the year whose plan holds.
///
/// # Errors
/// When the store fails.
pub async fn usual(app: &App, caller: &Caller) -> Result<Option<Spot>> {
    let units = readable_units(app, caller).await?;
    Ok(usual_spot(app, caller, &units).await?.map(|(spot, _)| spot))
}

/// The spot, with the plans of its unit; only that unit's plans are read, however many there are.
async fn usual_spot(app: &App, caller: &Caller, units: &[Unit]) -> Result<Option<(Spot, Vec<Found>)>> {
    let held = caller.actor.assignments.iter().find_map(|held| match held.place {
        Held::Unit(id) => units.iter().find(|unit| unit.id == id),
        Held::Agency => None,
    });
    let unit = match held {
        Some(unit) => unit,
        None => {
            let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
            let liveliest = plan::liveliest(app.store(), &ids).await?;
            match units.iter().find(|unit| Some(unit.id) == liveliest).or(units.first()) {
                Some(unit) => unit,
                None => return Ok(None),
            }
        }
    };
    let found = plan::list(app.store(), &[unit.id]).await?;
    let year = usual_year(app.this_year(), found.iter());
    Ok(Some((Spot { unit: unit.clone(), year }, found)))
}

/// This year's plan if there is one, otherwise the newest that was approved, otherwise this year.
fn usual_year<'a>(this_year: Year, plans: impl Iterator<Item = &'a Found> + Clone) -> Year {
    let current = plans.clone().find(|plan| plan.year == this_year);
    let approved = plans.filter(|plan| plan.state != PlanState::Draft).max_by_key(|plan| plan.year);
    current.or(approved).map_or(this_year, |plan| plan.year)
}

fn put_together(
    caller: &Caller,
    title: String,
    room: Room,
    units: &[Unit],
    found: &[Found],
    spot: Option<Spot>,
) -> Page {
    Page {
        theme: caller.theme,
        csrf: caller.csrf.clone(),
        path: caller.path.clone(),
        room: Some(room),
        nav: rooms(caller, units, found, spot.as_ref()),
        place: spot.as_ref().map(|spot| switcher(units, found, spot)),
        person: Some(person(caller)),
        flash: caller.flash.clone(),
        ..Page::new(title, caller.lang)
    }
}

fn person(caller: &Caller) -> Person {
    let roles = caller.actor.assignments.iter().map(|held| caller.lang.t(held.role.title()));
    let role = roles.collect::<Vec<_>>().join(", ");
    Person { id: caller.id().to_string(), name: caller.person.name.clone(), role }
}

fn rooms(caller: &Caller, units: &[Unit], found: &[Found], spot: Option<&Spot>) -> Vec<NavItem> {
    let mut rooms = vec![NavItem::new(Room::Home, "/")];
    if let Some(spot) = spot {
        rooms.push(NavItem::new(Room::Plan, spot.plan()));
        rooms.push(NavItem::new(Room::Monitoring, spot.monev()));
        rooms.push(NavItem::new(Room::Worksheet, spot.lke()));
        rooms.push(NavItem::new(Room::Evidence, format!("/unit/{}/bukti", spot.unit.code)));
        rooms.push(NavItem::new(Room::Survey, format!("/unit/{}/survei", spot.unit.code)));
        rooms.push(NavItem::new(Room::Oversight, format!("/unit/{}/pengawasan", spot.unit.code)));
        if found.iter().any(|plan| plan.unit == spot.unit.id && plan.year == spot.year) {
            rooms.push(NavItem::new(Room::Documents, format!("{}/dokumen", spot.plan())));
        }
    }
    if !units.is_empty() {
        let here = spot.filter(|_| !agency_wide(caller, Action::ReadUnit));
        let road =
            here.map_or_else(|| "/predikat".to_owned(), |spot| format!("/unit/{}/predikat", spot.unit.code));
        rooms.push(NavItem::new(Room::Predicate, road));
    }
    if crate::assessment::may_enter(caller, units) {
        rooms.push(NavItem::new(Room::Assessment, "/penilaian"));
    }
    if !units.is_empty() || agency_wide(caller, Action::ManageAgency) {
        rooms.push(NavItem::new(Room::Units, "/unit"));
    }
    if let Some(trail) = trail(caller, units, spot) {
        rooms.push(NavItem::new(Room::Audit, trail));
    }
    if agency_wide(caller, Action::ManageAgency) {
        rooms.push(NavItem::new(Room::Settings, "/instansi"));
    }
    rooms
}

fn agency_wide(caller: &Caller, action: Action) -> bool {
    access::may(&caller.actor, action, &Scope::agency()) == Decision::Yes
}

/// The whole trail for those who may read it, otherwise that of the unit at hand.
fn trail(caller: &Caller, units: &[Unit], spot: Option<&Spot>) -> Option<String> {
    if agency_wide(caller, Action::ReadTrail) {
        return Some("/jejak".to_owned());
    }
    let unit = &spot?.unit;
    let scope = reach::scope_of(units, unit.id);
    let may = access::may(&caller.actor, Action::ReadTrail, &scope) == Decision::Yes;
    may.then(|| format!("/unit/{}/jejak", unit.code))
}

fn switcher(units: &[Unit], found: &[Found], spot: &Spot) -> Place {
    let years = found.iter().map(|plan| Choice {
        label: plan.year.to_string(),
        href: plan_address(&spot.unit, plan.year),
        here: plan.year == spot.year,
    });
    let others = units.iter().take(UNITS_MAX).map(|unit| Choice {
        label: unit.name.clone(),
        href: plan_address(unit, spot.year),
        here: unit.id == spot.unit.id,
    });
    let units = if units.len() > 1 { others.collect() } else { Vec::new() };
    Place { unit: spot.unit.name.clone(), year: spot.year.get(), units, years: years.collect() }
}
