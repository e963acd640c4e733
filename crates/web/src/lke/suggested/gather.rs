//! The records that rules of suggestions ask, read for a unit and year.

use bening_core::candidacy::declaration::Declaration;
use bening_core::id::UnitId;
use bening_core::instrument::Instrument;
use bening_core::lke::Lke;
use bening_core::meeting::{Capacity, Kind};
use bening_core::plan::Plan;
use bening_core::register::by_id;
use bening_core::suggestion::{Met, Offers, Records, Registered, Rules, Surveyed, Whistles, shipped};
use bening_core::survey::suggestions;
use bening_core::time::{Month, Year};
use bening_core::wbs::{Duty, recaps};
use bening_store::{candidacy, evidence, followup, meeting, monev, plan, register, survey, wbs};
use chrono::NaiveDate;

use super::super::reach::UnitYear;
use crate::app::App;
use crate::candidacy::facts::pacts;
use crate::error::Result;

/// What surveys and records of a unit suggest for a sheet.
pub(super) async fn offers(app: &App, at: &UnitYear, sheet: &Lke, edition: &Instrument) -> Result<Offers> {
    let (store, unit, year) = (app.store(), at.reached.unit.id, at.year);
    let frozen = survey::frozen(store, unit).await?;
    let pairs = frozen.iter().filter_map(|kept| Some((&kept.campaign, kept.frozen.as_ref()?)));
    let indices = suggestions(edition, pairs);
    let Some(rules) = shipped(&edition.id) else {
        return Ok(Offers::of(indices, None, &Records::bare(year, app.today(), sheet)));
    };
    let published = survey::published(store, unit).await?;
    let is_published = |id| published.iter().any(|(kept, _)| kept.campaign.id == id);
    let surveyed: Vec<Surveyed> = frozen
        .iter()
        .map(|kept| Surveyed {
            campaign: kept.campaign.clone(),
            is_published: is_published(kept.campaign.id),
        })
        .collect();
    let plan = plan::find(store, unit, year).await?;
    let closed = closed(app, plan.as_ref()).await?;
    let meetings = meetings(app, unit, year).await?;
    let register = followup::list(store, unit, year).await?;
    let evidence = evidence::proving(store, unit, &Rules::targets(rules, plan.as_ref(), year)).await?;
    let records = Records {
        plan: plan.as_ref(),
        closed: &closed,
        meetings: &meetings,
        register: &register,
        evidence: &evidence,
        surveys: &surveyed,
        pact: signed(app, unit, year).await?,
        registers: &registers(app, rules, unit, year).await?,
        whistles: whistles(app, unit, year).await?,
        declared: declared(app, unit).await?,
        ..Records::bare(year, app.today(), sheet)
    };
    Ok(Offers::of(indices, Some(rules), &records))
}

/// The zone of whistleblowers in numbers; nothing while nobody was named to receive reports.
async fn whistles(app: &App, unit: UnitId, year: Year) -> Result<Option<Whistles>> {
    let keepers = wbs::keepers(app.store(), unit).await?;
    if keepers.is_empty() {
        return Ok(None);
    }
    let (reports, erased) = wbs::counted(app.store(), unit).await?;
    let recap = recaps(&reports, &erased).into_iter().find(|recap| recap.year == year.get());
    let recap = recap.unwrap_or_default();
    let is_open = keepers.iter().any(|keeper| keeper.duty == Duty::Recipient && keeper.is_ready());
    Ok(Some(Whistles { is_open, received: recap.received, handled: recap.handled }))
}

async fn closed(app: &App, plan: Option<&Plan>) -> Result<Vec<Month>> {
    let Some(plan) = plan else { return Ok(Vec::new()) };
    let months = monev::months(app.store(), plan.id).await?;
    Ok(months.into_iter().map(|closed| closed.month).collect())
}

/// The registers that rules ask about, each once.
async fn registers(app: &App, rules: &Rules, unit: UnitId, year: Year) -> Result<Vec<Registered>> {
    let mut asked: Vec<&str> = rules.rules.iter().filter_map(|rule| rule.register.as_deref()).collect();
    asked.sort_unstable();
    asked.dedup();
    let mut found = Vec::new();
    for register in asked.into_iter().filter_map(by_id) {
        let rows = register::list(app.store(), unit, &register.id, Some(year)).await?;
        found.push(Registered { register, rows });
    }
    Ok(found)
}

/// The monev meetings of the year.
async fn meetings(app: &App, unit: UnitId, year: Year) -> Result<Vec<Met>> {
    let held = meeting::list(app.store(), unit, year).await?;
    let ids: Vec<_> = held.iter().map(|one| one.id).collect();
    let present = meeting::present(app.store(), &ids).await?;
    let with_head = |id| present.iter().any(|one| one.meeting == id && one.capacity == Capacity::Head);
    let monev = held.into_iter().filter(|one| one.kind == Kind::Monev && one.on <= app.today());
    Ok(monev
        .map(|one| Met { with_head: with_head(one.id), id: one.id, title: one.title, on: one.on })
        .collect())
}

/// How many signed the pact of the year, of how many: on its last day, or today while it runs.
async fn signed(app: &App, unit: UnitId, year: Year) -> Result<Option<(u32, u32)>> {
    let last = Month::all().next_back().map(|month| month.last_day(year));
    let day = last.map_or(app.today(), |last| last.min(app.today()));
    let (part, whole) = pacts(app, unit, day).await?;
    Ok((whole > 0).then_some((part, whole)))
}

/// When the unit was declared; nothing while it has no road.
async fn declared(app: &App, unit: UnitId) -> Result<Option<Option<NaiveDate>>> {
    let Some(road) = candidacy::of_unit(app.store(), unit).await?.pop() else { return Ok(None) };
    let declaration: Option<Declaration> = candidacy::declaration(app.store(), road.id).await?;
    Ok(Some(declaration.and_then(|declaration| declaration.on)))
}
