//! What a unit has of the proposal, and what would fail at administrative selection with the rule behind it.

use bening_core::candidacy::Candidacy;
use bening_core::candidacy::decide::{self, Hindrance};
use bening_core::candidacy::package::{Holds, Package};
use bening_core::candidacy::rules::{Need, Rules, Step};
use bening_core::letter::Kind;
use bening_core::lke::Lke;
use bening_core::survey::SurveyReport;
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::letter::Letter;
use bening_store::survey::Kept;
use bening_store::{candidacy, letter, lke, paper, survey};
use chrono::{Datelike, NaiveDate};

use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::facts::{Tested, conditions, gather, taken_by_others};
use crate::candidacy::reach::rules_of;
use crate::error::Result;
use crate::paper::known;
use crate::reach::readable_units;

/// Something that would fail.
pub(super) struct Finding {
    pub(super) text: String,
    pub(super) citation: String,
    /// Where it is put right.
    pub(super) address: String,
}

/// A unit on its road with what it has.
pub(super) struct Checked {
    pub(super) unit: Unit,
    pub(super) road: Candidacy,
    pub(super) own: String,
    pub(super) team: String,
    pub(super) is_proposed: bool,
    pub(super) findings: Vec<Finding>,
    pub(super) contents: Contents,
}

/// What a unit can put into the package.
pub(super) struct Contents {
    pub(super) papers: Vec<paper::Line>,
    pub(super) tested: Option<Vec<Tested>>,
    pub(super) report: Option<Letter>,
    pub(super) surveys: Vec<(Kept, SurveyReport)>,
}

impl Contents {
    async fn load(app: &App, unit: &Unit, sheet: Option<&Lke>, predicate: &str, year: Year) -> Result<Self> {
        let mut papers = paper::of_unit(app.store(), unit.id).await?;
        papers.retain(|paper| Year::of(paper.dated) == year);
        let mut surveys = Vec::new();
        for kept in survey::frozen(app.store(), unit.id).await? {
            if Year::of(kept.campaign.closes_on) == year {
                let report = survey::report(app.store(), kept.campaign.id).await?;
                surveys.push((kept, report));
            }
        }
        surveys.retain(|(_, report)| report.published.is_some());
        let (tested, report) = match sheet {
            Some(sheet) => (
                conditions(app, sheet, predicate, year).await?,
                letter::about(app.store(), Kind::EvaluationReport, sheet.id).await?.into_iter().next(),
            ),
            None => (None, None),
        };
        Ok(Self { papers, tested, report, surveys })
    }

    /// The newest paper of a template.
    pub(super) fn paper(&self, template: &str) -> Option<&paper::Line> {
        self.papers.iter().find(|paper| paper.template == template)
    }

    fn has(&self, holds: &Holds) -> bool {
        match holds {
            Holds::Paper { template } => self.paper(template).is_some(),
            Holds::Units | Holds::Conditions => self.tested.is_some(),
            Holds::Report => self.report.is_some(),
            Holds::Survey => !self.surveys.is_empty(),
        }
    }
}

/// The units the caller may read that are on a road, by their code.
pub(super) async fn all(app: &App, caller: &Caller, package: &Package, year: Year) -> Result<Vec<Checked>> {
    let roads = candidacy::all(app.store()).await?;
    let mut checked = Vec::new();
    for unit in readable_units(app, caller).await? {
        let newest = roads.iter().rev().find(|road| road.unit == unit.id);
        if let Some(road) = newest.filter(|road| !road.stage().is_over()) {
            checked.push(check(app, unit, (road, &roads), package, year).await?);
        }
    }
    Ok(checked)
}

async fn check(
    app: &App,
    unit: Unit,
    (road, roads): (&Candidacy, &[Candidacy]),
    package: &Package,
    year: Year,
) -> Result<Checked> {
    let (rules, on) = (rules_of(road)?, day(app, year));
    let sheet = lke::find(app.store(), unit.id, year).await?;
    let contents = Contents::load(app, &unit, sheet.as_ref(), &road.predicate, year).await?;
    let is_proposed = road.taken.iter().any(|taken| taken.step == package.step && Year::of(taken.on) == year);
    let base = format!("/unit/{}", unit.code);
    let mut findings = Vec::new();
    if let Some(step) = rules.step(&package.step) {
        if !is_proposed {
            findings.extend(barred(rules, step, (road, roads), on, &base));
        }
        findings.extend(needs(app, step, package, (road, &contents), on, &base).await?);
    }
    findings.extend(gaps(package, &contents, &base));
    let scores = known::score(app, &unit, &road.predicate, year).await?;
    let [_, _, own, team] = <[String; 4]>::try_from(scores).unwrap_or_default();
    Ok(Checked { unit, road: road.clone(), own, team, is_proposed, findings, contents })
}

/// The day for which a year is looked at: today, or the last day of a year that is over.
fn day(app: &App, year: Year) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year.get(), 12, 31);
    last.filter(|last| last.year() < app.today().year()).unwrap_or_else(|| app.today())
}

/// Ban, predicate that comes first, place on the road, deadline and quota.
fn barred(
    rules: &Rules,
    step: &Step,
    (road, roads): (&Candidacy, &[Candidacy]),
    on: NaiveDate,
    base: &str,
) -> Vec<Finding> {
    let own: Vec<Candidacy> = roads.iter().filter(|each| each.unit == road.unit).cloned().collect();
    let taken_by_others = taken_by_others(roads, road.unit, &step.code, on);
    let facts = decide::Facts { taken_by_others, ..decide::Facts::default() };
    let order = decide::Refusal::OutOfOrder {
        step: step.name.clone(),
        stage: road.stage().title(),
        citation: step.citation.clone(),
    };
    let refusals = [
        decide::stands(rules, &own, &road.predicate, on).err(),
        (!step.from.contains(&road.stage())).then_some(order),
        decide::check_limits(rules, step, on, &facts).err(),
    ];
    // The words of a refusal end with its source.
    let finding = |refusal: decide::Refusal| Finding {
        text: refusal.to_string(),
        citation: String::new(),
        address: format!("{base}/predikat"),
    };
    refusals.into_iter().flatten().map(finding).collect()
}

/// What the step and the package need: each open condition for itself.
async fn needs(
    app: &App,
    step: &Step,
    package: &Package,
    (road, contents): (&Candidacy, &Contents),
    on: NaiveDate,
    base: &str,
) -> Result<Vec<Finding>> {
    let facts = gather(app, road, on).await?;
    let of_package = package.needs.iter().map(|need| (need, &package.citation));
    let all = of_package.chain(step.needs.iter().map(|need| (need, &step.citation)));
    let mut findings = Vec::new();
    for (need, citation) in all {
        match decide::hindrance(need, &facts) {
            Some(Hindrance::Conditions(_)) => findings.extend(open(contents, base, on.year())),
            Some(hindrance) => findings.push(Finding {
                text: hindrance.to_string(),
                citation: citation.clone(),
                address: address(need, base, on.year()),
            }),
            None => {}
        }
    }
    Ok(findings)
}

fn open(contents: &Contents, base: &str, year: i32) -> Vec<Finding> {
    let finding = |one: &Tested| Finding {
        text: format!("syarat predikat belum terpenuhi: {}", one.text),
        citation: one.citation.clone(),
        address: format!("{base}/lke/{year}/kelayakan"),
    };
    contents.tested.iter().flatten().filter(|one| one.is_open()).map(finding).collect()
}

fn address(need: &Need, base: &str, year: i32) -> String {
    match need {
        Need::Plan => format!("{base}/rencana/{year}"),
        Need::Lke | Need::Tpi => format!("{base}/lke/{year}"),
        Need::Lhe => format!("{base}/lke/{year}/lhe"),
        Need::Eligible => format!("{base}/lke/{year}/kelayakan"),
        Need::Pacts { .. } => format!("{base}/pakta/{year}"),
        Need::Appraised | Need::Cleared => format!("{base}/predikat/penilaian"),
    }
}

/// Parts of the package that are not there; what is said as a need is not said again.
fn gaps(package: &Package, contents: &Contents, base: &str) -> Vec<Finding> {
    let is_said = |holds: &Holds| match holds {
        Holds::Report => package.needs.contains(&Need::Lhe),
        Holds::Units | Holds::Conditions => package.needs.contains(&Need::Tpi),
        Holds::Paper { .. } | Holds::Survey => false,
    };
    let room = |holds: &Holds| if *holds == Holds::Survey { "survei" } else { "naskah" };
    let missing = package.gaps(|holds| contents.has(holds) || is_said(holds));
    let finding = |part: &bening_core::candidacy::package::Part| Finding {
        text: part.missing.clone(),
        citation: part.citation.clone(),
        address: format!("{base}/{}", room(&part.holds)),
    };
    missing.map(finding).collect()
}
