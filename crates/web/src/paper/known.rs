//! What a paper says without being asked: agency, predicate aimed at, who signs, and the rows of its table.

use bening_core::agency::Agency;
use bening_core::id::UnitId;
use bening_core::instrument::Exact;
use bening_core::lke::Layer;
use bening_core::paper::{Rows, Signer, Template};
use bening_core::person::{Place, Role};
use bening_core::scoring::Score;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{agency, candidacy, lke, person};
use chrono::NaiveDate;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;

/// Everything that is looked up for a paper.
pub(super) struct Found {
    pub(super) agency: Agency,
    pub(super) predicate: String,
    pub(super) rows: Vec<Vec<String>>,
}

pub(super) async fn find(app: &App, template: &Template, unit: &Unit, dated: NaiveDate) -> Result<Found> {
    let roads = candidacy::of_unit(app.store(), unit.id).await?;
    let predicate = roads.last().map(|road| road.predicate.clone()).unwrap_or_default();
    let rows = match template.table.as_ref().map(|table| table.of) {
        Some(Rows::Team) => team(app, unit.id, dated).await?,
        Some(Rows::Score) => vec![score(app, unit, &predicate, Year::of(dated)).await?],
        Some(Rows::Lines) | None => Vec::new(),
    };
    Ok(Found { agency: agency::load(app.store()).await?, predicate, rows })
}

/// Who holds a role in the team on that day, leaders first.
async fn team(app: &App, unit: UnitId, day: NaiveDate) -> Result<Vec<Vec<String>>> {
    let mut held = person::assignments_at(app.store(), Place::Unit(unit)).await?;
    held.retain(|held| {
        held.holds_on(day) && matches!(held.role, Role::UnitHead | Role::TeamLead | Role::AreaMember)
    });
    held.sort_by_key(|held| Role::ALL.iter().position(|role| *role == held.role));
    let people = person::by_ids(app.store(), held.iter().map(|held| held.person)).await?;
    let row = |held: &bening_core::person::Assignment| {
        let who = people.iter().find(|person| person.id == held.person)?;
        Some(vec![who.name.clone(), who.title.clone(), held.role.title().to_owned()])
    };
    Ok(held.iter().filter_map(row).collect())
}

/// The unit with the scores of its worksheet, by itself and by the internal team.
pub(crate) async fn score(app: &App, unit: &Unit, predicate: &str, year: Year) -> Result<Vec<String>> {
    let editions = app.editions().await?;
    let sheet = lke::find(app.store(), unit.id, year).await?;
    let of = |layer: Layer| {
        let sheet = sheet.as_ref().filter(|sheet| sheet.is_submitted(layer))?;
        Score::of(editions.by_id(&sheet.edition)?, &sheet.sheet(layer)).ok()
    };
    let written =
        |layer| of(layer).map_or_else(|| "belum ada".to_owned(), |score| decimal(score.total.score));
    let (own, team) = (written(Layer::Unit), written(Layer::TpiController));
    Ok(vec![unit.name.clone(), predicate.to_owned(), own, team])
}

fn decimal(score: Exact) -> String {
    score.rounded().replace('.', ",")
}

/// Name and title of who usually signs.
pub(super) async fn signer(
    app: &App,
    caller: &Caller,
    template: &Template,
    unit: &Unit,
) -> Result<(String, String)> {
    let (place, role, title) = match template.signer {
        Signer::Caller => return Ok((caller.person.name.clone(), caller.person.title.clone())),
        Signer::Unit => (Place::Unit(unit.id), Role::UnitHead, unit.head_title.clone()),
        Signer::Agency => (Place::Agency, Role::AgencyHead, String::new()),
    };
    let held = person::assignments_at(app.store(), place).await?;
    let held = held.iter().find(|held| held.role == role && held.holds_on(app.today()));
    let who = person::by_ids(app.store(), held.map(|held| held.person)).await?.pop();
    let (name, own) = who.map(|who| (who.name, who.title)).unwrap_or_default();
    Ok((name, if title.is_empty() { own } else { title }))
}
