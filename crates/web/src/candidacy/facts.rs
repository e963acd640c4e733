//! What is true of a unit in a year, gathered for the rules: plan, worksheet, report, conditions, pacts, quota.

use bening_core::candidacy::Candidacy;
use bening_core::candidacy::decide::Facts;
use bening_core::candidacy::pact::signed;
use bening_core::eligibility::{FactValue, Force, Outcome, Reading, Status, Verdict, stated};
use bening_core::id::UnitId;
use bening_core::letter::Kind;
use bening_core::lke::{Layer, Lke};
use bening_core::plan::PlanState;
use bening_core::scoring::Score;
use bening_core::time::Year;
use bening_store::fact::{self, About};
use bening_store::{letter, lke, pact, plan};
use chrono::{Datelike, NaiveDate};

use super::appraisal;
use crate::app::App;
use crate::error::Result;

/// Gathers what the rules ask for, for a step on that day.
pub(crate) async fn gather(app: &App, road: &Candidacy, on: NaiveDate) -> Result<Facts> {
    let (unit, year) = (road.unit, Year::of(on));
    let plan = plan::find(app.store(), unit, year).await?;
    let sheet = lke::find(app.store(), unit, year).await?;
    let mut facts = Facts {
        plan_approved: plan.is_some_and(|plan| plan.state != PlanState::Draft),
        pacts: pacts(app, unit, on).await?,
        appraisal: appraisal::outcome(app, road).await?,
        ..Facts::default()
    };
    if let Some(sheet) = sheet {
        facts.lke_submitted = sheet.is_submitted(Layer::Unit);
        facts.tpi_submitted = sheet.is_submitted(Layer::TpiController);
        facts.lhe_issued = !letter::about(app.store(), Kind::EvaluationReport, sheet.id).await?.is_empty();
        let tested = conditions(app, &sheet, &road.predicate, year).await?;
        facts.conditions_open =
            tested.map(|all| all.into_iter().filter(Tested::is_open).map(|one| one.text).collect());
    }
    Ok(facts)
}

/// How many signed this year's pact, of how many.
pub(crate) async fn pacts(app: &App, unit: UnitId, on: NaiveDate) -> Result<(u32, u32)> {
    let texts = pact::texts(app.store(), unit, Year::of(on)).await?;
    let signatures = pact::signatures(app.store(), &texts).await?;
    Ok(signed(&pact::staff(app.store(), unit).await?, &signatures, texts.first(), on))
}

/// A binding condition, as it was tested.
pub(crate) struct Tested {
    pub(crate) text: String,
    pub(crate) citation: String,
    pub(crate) status: Status,
    /// What was found, as it is written.
    pub(crate) value: String,
    /// The document it comes from.
    pub(crate) source: String,
}

impl Tested {
    /// Whether it is not met or not known.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.status, Status::NotMet | Status::Unknown)
    }

    fn of(outcome: &Outcome<'_>) -> Self {
        let value = match &outcome.value {
            Some(FactValue::Number(number)) => number.rounded_or_whole().replace('.', ","),
            Some(FactValue::Word(word)) => word.clone(),
            None => String::new(),
        };
        Self {
            text: outcome.condition.text.clone(),
            citation: outcome.condition.citation.clone(),
            status: outcome.status,
            value,
            source: outcome.source_document.to_owned(),
        }
    }
}

/// The binding conditions by the score of the internal team; `None` while there is no such score.
pub(crate) async fn conditions(
    app: &App,
    sheet: &Lke,
    predicate: &str,
    year: Year,
) -> Result<Option<Vec<Tested>>> {
    let editions = app.editions().await?;
    let Some(edition) = editions.by_id(&sheet.edition).filter(|_| sheet.is_submitted(Layer::TpiController))
    else {
        return Ok(None);
    };
    let Ok(score) = Score::of(edition, &sheet.sheet(Layer::TpiController)) else { return Ok(None) };
    let of_unit = fact::stated(app.store(), About::Unit(sheet.unit), year).await?;
    let of_agency = fact::stated(app.store(), About::Agency, year).await?;
    let facts = stated::facts(edition, &of_agency, &of_unit);
    let Ok(verdict) = Verdict::of(edition, predicate, &facts, Some(&score)) else { return Ok(None) };
    let binds = |outcome: &&Outcome<'_>| outcome.force == Force::Binding && outcome.reading != Reading::Other;
    Ok(Some(verdict.outcomes.iter().filter(binds).map(Tested::of).collect()))
}

/// How many other units took a step in the year of that day.
pub(crate) fn taken_by_others(all: &[Candidacy], unit: UnitId, step: &str, on: NaiveDate) -> u32 {
    let took = |road: &&Candidacy| {
        road.unit != unit && road.taken.iter().any(|each| each.step == step && each.on.year() == on.year())
    };
    u32::try_from(all.iter().filter(took).count()).unwrap_or(u32::MAX)
}
