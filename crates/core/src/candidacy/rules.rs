//! The rules of the road to a predicate as they stand in `candidacy/*.toml`: steps, who, what must be true before,
//! deadlines, quotas and ban. Reading and checking only; [`super::decide`] applies them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use super::Stage;

/// The files as they lie in `candidacy/`: name and text.
pub const SHIPPED_FILES: [(&str, &str); 2] = [
    ("permenpanrb-52-2014.toml", include_str!("../../../../candidacy/permenpanrb-52-2014.toml")),
    ("permenpanrb-90-2021.toml", include_str!("../../../../candidacy/permenpanrb-90-2021.toml")),
];

static SHIPPED: LazyLock<Vec<Rules>> =
    LazyLock::new(|| SHIPPED_FILES.iter().filter_map(|(_, text)| Rules::parse(text).ok()).collect());

/// The rule sets that come with Bening. A test proves that each of the files passes the checker.
pub fn shipped() -> &'static [Rules] {
    &SHIPPED
}

/// The shipped rules with this identity.
pub fn by_id(id: &str) -> Option<&'static Rules> {
    shipped().iter().find(|rules| rules.id == id)
}

/// The shipped rules under which a road begins on that day.
pub fn for_day(day: NaiveDate) -> Option<&'static Rules> {
    shipped().iter().find(|rules| rules.covers(day))
}

/// One rule set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Identity.
    pub id: String,
    /// Name of the regulation.
    pub name: String,
    /// First day on which a road may begin under them.
    #[serde(deserialize_with = "day")]
    pub valid_from: NaiveDate,
    /// Last such day.
    #[serde(default, deserialize_with = "maybe_day")]
    pub valid_until: Option<NaiveDate>,
    /// What follows a revocation.
    pub ban: Ban,
    /// Predicates that presuppose another.
    #[serde(default, rename = "prerequisite")]
    pub prerequisites: Vec<Prerequisite>,
    /// Last days of steps.
    #[serde(default, rename = "deadline")]
    pub deadlines: Vec<Deadline>,
    /// How long after the last verdict a step can be taken.
    #[serde(default, rename = "window")]
    pub windows: Vec<Window>,
    /// The step that sends a unit back to build, with what it writes into the next plan.
    pub guidance: Option<Guidance>,
    /// How many units may take a step in a year.
    #[serde(default, rename = "quota")]
    pub quotas: Vec<Quota>,
    /// The steps.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// How long nothing can be begun after a revocation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ban {
    /// Years.
    pub years: u32,
    /// Source.
    pub citation: String,
}

/// A predicate that presupposes another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prerequisite {
    /// The one aimed at.
    pub predicate: String,
    /// The one that must be held.
    pub holds: String,
    /// Source.
    pub citation: String,
}

/// The last day of a year on which a step may be taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Code of the step.
    pub step: String,
    /// Only for this year; otherwise for every year without a line of its own.
    pub year: Option<i32>,
    /// Month, 1–12.
    pub month: u32,
    /// Day of the month.
    pub day: u32,
    /// Source.
    pub citation: String,
}

/// How long after the last verdict of the national team a step can be taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Code of the step.
    pub step: String,
    /// Days.
    pub days: u32,
    /// Whether the number is Bening's own, because the law was not found to name one.
    #[serde(default)]
    pub unsure: bool,
    /// Source.
    pub citation: String,
}

/// The step that sends a unit back to build.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// Code of the step.
    pub step: String,
    /// Source.
    pub citation: String,
}

/// How many units of an agency may take a step in a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Code of the step.
    pub step: String,
    /// Only for this year; otherwise for every year without a line of its own.
    pub year: Option<i32>,
    /// Units, at most.
    pub units: u32,
    /// Source.
    pub citation: String,
}

/// A step of the road.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Code, also in addresses.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Where it can be taken.
    pub from: Vec<Stage>,
    /// Where it leads.
    pub to: Stage,
    /// Whose it is.
    pub by: Desk,
    /// Whether it rests on a paper.
    pub paper: Demand,
    /// Whether a reason must be given.
    pub reason: Demand,
    /// Predicates it is for; all when empty.
    #[serde(default)]
    pub only: Vec<String>,
    /// What must be true before.
    pub needs: Vec<Need>,
    /// Source.
    pub citation: String,
}

/// Whose step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Desk {
    /// Head or team lead of the unit.
    Unit,
    /// Administrator or head of the agency.
    Agency,
    /// Head of the agency.
    Head,
    /// Leader or controller of the internal team appointed there.
    Assessor,
    /// National team.
    National,
}

impl Desk {
    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unit => "Pimpinan unit atau ketua tim",
            Self::Agency => "Admin atau pimpinan instansi",
            Self::Head => "Pimpinan instansi",
            Self::Assessor => "Ketua tim atau pengendali teknis TPI",
            Self::National => "Tim Penilai Nasional",
        }
    }
}

/// Whether something has to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// It has to.
    Required,
    /// It may.
    Optional,
}

/// Something that must be true before a step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Need {
    /// The plan of the year was approved.
    Plan,
    /// The unit submitted its layer of the worksheet.
    Lke,
    /// The internal team submitted its last layer.
    Tpi,
    /// The evaluation report was issued.
    Lhe,
    /// Every binding condition of the predicate is met.
    Eligible,
    /// The national team gave a verdict on every item of the stage.
    Appraised,
    /// It did, and every item is in order.
    Cleared,
    /// So many per cent of the staff signed the integrity pact of the year.
    Pacts {
        /// Per cent, at least.
        percent: u32,
    },
}

/// Why a file of rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// It cannot be read.
    #[error("aturan pencalonan tidak dapat dibaca: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// Two steps bear one code.
    #[error("langkah \"{0}\" tertulis dua kali")]
    Twice(String),
    /// A deadline or quota for a step that is not there.
    #[error("langkah \"{0}\" pada tenggat atau kuota tidak ada")]
    UnknownStep(String),
    /// A deadline on a day that no year has.
    #[error("tenggat langkah \"{0}\" bukan tanggal")]
    NoDay(String),
    /// A stage that no step leaves and that is no end.
    #[error("tahap \"{0}\" tidak dapat ditinggalkan dan bukan akhir")]
    DeadEnd(&'static str),
    /// Something without its source.
    #[error("rujukan \"{0}\" kosong")]
    NoCitation(String),
}

impl Rules {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// The first thing wrong with it.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let rules: Self = toml::from_str(text)?;
        rules.check_steps()?;
        rules.check_times()?;
        Ok(rules)
    }

    /// Whether a road may begin under them on that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }

    /// A step by its code.
    pub fn step(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// The steps that leave a stage on the road to a predicate.
    pub fn next<'a>(&'a self, stage: Stage, predicate: &'a str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.from.contains(&stage) && step.is_for(predicate))
    }

    /// The last day of a step in a year, with its source.
    pub fn deadline(&self, step: &str, year: i32) -> Option<(NaiveDate, &str)> {
        let of_step = || self.deadlines.iter().filter(|each| each.step == step);
        let found =
            of_step().find(|each| each.year == Some(year)).or(of_step().find(|each| each.year.is_none()))?;
        let last = NaiveDate::from_ymd_opt(year, found.month, found.day)?;
        Some((last, &found.citation))
    }

    /// The last day of a step that has to follow soon on the last verdict.
    pub fn window(&self, step: &str, completed_on: NaiveDate) -> Option<(NaiveDate, &Window)> {
        let window = self.windows.iter().find(|each| each.step == step)?;
        Some((completed_on.checked_add_days(Days::new(window.days.into()))?, window))
    }

    /// Whether a step sends the unit back to build.
    pub fn guides(&self, step: &str) -> bool {
        self.guidance.as_ref().is_some_and(|guidance| guidance.step == step)
    }

    /// How many units may take a step in a year.
    pub fn quota(&self, step: &str, year: i32) -> Option<&Quota> {
        let of_step = || self.quotas.iter().filter(|each| each.step == step);
        of_step().find(|each| each.year == Some(year)).or(of_step().find(|each| each.year.is_none()))
    }

    fn check_steps(&self) -> Result<(), RulesError> {
        let mut seen = BTreeSet::new();
        for step in &self.steps {
            if !seen.insert(&step.code) {
                return Err(RulesError::Twice(step.code.clone()));
            }
            if step.citation.trim().is_empty() {
                return Err(RulesError::NoCitation(step.code.clone()));
            }
            if !step.to.is_over() && !self.steps.iter().any(|next| next.from.contains(&step.to)) {
                return Err(RulesError::DeadEnd(step.to.as_str()));
            }
        }
        Ok(())
    }

    fn check_times(&self) -> Result<(), RulesError> {
        let named =
            self.deadlines.iter().map(|each| &each.step).chain(self.quotas.iter().map(|each| &each.step));
        let named = named.chain(self.windows.iter().map(|each| &each.step));
        let named = named.chain(self.guidance.iter().map(|each| &each.step));
        for step in named {
            self.step(step).ok_or_else(|| RulesError::UnknownStep(step.clone()))?;
        }
        let is_day = |each: &Deadline| {
            NaiveDate::from_ymd_opt(each.year.unwrap_or(self.valid_from.year()), each.month, each.day)
                .is_some()
        };
        match self.deadlines.iter().find(|each| !is_day(each)) {
            Some(wrong) => Err(RulesError::NoDay(wrong.step.clone())),
            None => Ok(()),
        }
    }
}

impl Step {
    /// Whether it is on the road to a predicate.
    pub fn is_for(&self, predicate: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == predicate)
    }
}

fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    maybe_day(from)?.ok_or_else(|| serde::de::Error::custom("tanggal kosong"))
}

fn maybe_day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let date = toml::value::Datetime::deserialize(from)?;
    date.to_string().parse().map(Some).map_err(serde::de::Error::custom)
}
