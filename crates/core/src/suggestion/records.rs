//! The records of a unit, and the facts that are reckoned from them with the rows they rest on. A fact that its
//! records do not tell is `None`, never zero.

use chrono::NaiveDate;

use super::fact::{Fact, Value};
use super::rule::Rule;
use super::whistles::Whistles;
use crate::evidence::{Kept, Secrecy, Target};
use crate::followup::{FollowUp, State};
use crate::id::{ActionId, CampaignId, FollowUpId, MeetingId, ProofId, RowId};
use crate::instrument::Exact;
use crate::lke::Lke;
use crate::monev::Period;
use crate::plan::progress::tally_until;
use crate::plan::{Placed, Plan};
use crate::register::{self, Measure, Register};
use crate::survey::Campaign;
use crate::time::{Month, Year};

/// What a unit's records hold for a year.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a> {
    /// The year.
    pub year: Year,
    /// Today.
    pub today: NaiveDate,
    /// The plan of the year.
    pub plan: Option<&'a Plan>,
    /// Months closed in monev.
    pub closed: &'a [Month],
    /// The monev meetings of the year.
    pub meetings: &'a [Met],
    /// The register of follow-up of the year.
    pub register: &'a [FollowUp],
    /// Evidence for the year's plan and worksheet.
    pub evidence: &'a [Kept],
    /// The worksheet, for the places it points to.
    pub sheet: &'a Lke,
    /// Surveys that were frozen.
    pub surveys: &'a [Surveyed],
    /// How many of how many signed the pact of the year; nothing while it has no text or nobody has to.
    pub pact: Option<(u32, u32)>,
    /// Registers that rules ask about, with their lines of the year.
    pub registers: &'a [Registered],
    /// The zone of whistleblowers, in numbers.
    pub whistles: Option<Whistles>,
    /// When the unit was declared; nothing while it has no road to a predicate.
    pub declared: Option<Option<NaiveDate>>,
}

/// A monev meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Which.
    pub id: MeetingId,
    /// What it was called.
    pub title: String,
    /// On which day.
    pub on: NaiveDate,
    /// Whether the head of the unit was there.
    pub with_head: bool,
}

/// A register of the unit.
#[derive(Debug, Clone)]
pub struct Registered {
    /// Which.
    pub register: &'static Register,
    /// Its lines of the year.
    pub rows: Vec<register::Row>,
}

/// A frozen survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// The campaign.
    pub campaign: Campaign,
    /// Whether citizens can read what came of it.
    pub is_published: bool,
}

/// A fact that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Which.
    pub fact: Fact,
    /// What it is.
    pub value: Value,
    /// The rows that say so; of a share those that count and those that do not.
    pub rows: Vec<Row>,
}

/// A row of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// Whether it speaks for the fact.
    pub speaks_for: bool,
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The plan.
    Plan,
    /// An action of the plan.
    Action(ActionId),
    /// A month of monev.
    Month(Month),
    /// A meeting.
    Meeting(MeetingId),
    /// An entry of the register of follow-up.
    FollowUp(FollowUpId),
    /// A survey.
    Survey(CampaignId),
    /// A piece of evidence.
    Evidence(ProofId),
    /// The list of evidence at the question.
    Question,
    /// The integrity pact.
    Pact,
    /// The road to a predicate.
    Candidacy,
    /// A line of a register, by the identity of the register.
    Register(&'static str, RowId),
}

impl Ground {
    /// The fact with its value: "bulan yang monev-nya ditutup: 5 dari 5".
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}: {}", self.fact.label(), self.value)
    }
}

fn row(name: impl Into<String>, place: Place, speaks_for: bool) -> Row {
    Row { name: name.into(), place, speaks_for }
}

fn share(rows: &[Row]) -> Option<Value> {
    let part = rows.iter().filter(|row| row.speaks_for).count();
    (!rows.is_empty()).then_some(Value::Share { part, whole: rows.len() })
}

fn whether(is: Option<bool>) -> Option<Value> {
    is.map(|is| if is { Value::Yes } else { Value::No })
}

impl<'a> Records<'a> {
    /// A year of which nothing is kept but its worksheet.
    #[must_use]
    pub fn bare(year: Year, today: NaiveDate, sheet: &'a Lke) -> Self {
        Self {
            year,
            today,
            plan: None,
            closed: &[],
            meetings: &[],
            register: &[],
            evidence: &[],
            sheet,
            surveys: &[],
            pact: None,
            registers: &[],
            whistles: None,
            declared: None,
        }
    }
}

impl Records<'_> {
    /// A fact as a rule asks it; nothing when the records do not tell it.
    #[must_use]
    pub fn ground(&self, fact: Fact, rule: &Rule) -> Option<Ground> {
        let rows = self.rows(fact, rule);
        let value = match fact {
            Fact::PlanApproved => whether(self.plan.map(|plan| plan.version > 0)),
            Fact::Declared => whether(self.declared.map(|on| on.is_some())),
            Fact::CarriedOut => self.carried_out(None),
            Fact::TopicCarriedOut => self.carried_out(Some(&rule.words)),
            Fact::TopicActions => self.approved().map(|_| Value::Count(rows.len())),
            Fact::TopicMonths => self.topic_months(&rule.words),
            Fact::Evidence => (!rows.is_empty()).then_some(Value::Count(rows.len())),
            Fact::SurveysRun => Some(Value::Count(rows.len())),
            Fact::RegisterRows => (!rows.is_empty()).then_some(Value::Count(rows.len())),
            Fact::RegisterShare => self.register_share(rule),
            Fact::WhistleOpen => whether(self.whistles.map(|zone| zone.is_open)),
            Fact::WhistleHandled => self.whistles.and_then(Whistles::handled),
            Fact::PactSigned => {
                self.pact.map(|(part, whole)| Value::Share { part: part as usize, whole: whole as usize })
            }
            _ => share(&rows),
        };
        value.map(|value| Ground { fact, value, rows })
    }

    fn rows(&self, fact: Fact, rule: &Rule) -> Vec<Row> {
        match fact {
            Fact::PlanApproved => self.plan.iter().map(|_| row("Rencana Kerja", Place::Plan, true)).collect(),
            Fact::WithTarget => self.each(None, |placed| Some(!placed.action.target.is_empty())),
            Fact::WithPic => self.each(None, |placed| Some(!placed.action.pics.is_empty())),
            Fact::WithEvidence => self.each(None, |placed| self.is_proven(placed)),
            Fact::CarriedOut => self.each(None, |placed| self.is_done(placed)),
            Fact::TopicCarriedOut => self.each(Some(&rule.words), |placed| self.is_done(placed)),
            Fact::TopicActions | Fact::TopicMonths => self.each(Some(&rule.words), |_| Some(true)),
            Fact::MonthsClosed => self.months(),
            Fact::LedByHead => self.meetings(),
            Fact::FollowedUp => self.follow_ups(),
            Fact::Evidence => self.proofs(rule),
            Fact::SurveysRun => self.surveyed(rule, |_| true),
            Fact::SurveysPublished => self.surveyed(rule, |survey| survey.is_published),
            Fact::PactSigned => vec![row("Pakta integritas", Place::Pact, true)],
            Fact::Declared => vec![row("Pencanangan", Place::Candidacy, true)],
            Fact::WhistleOpen | Fact::WhistleHandled => Vec::new(),
            Fact::RegisterRows => self.register_rows(rule, None),
            Fact::RegisterShare => self.register_rows(rule, rule.figure.as_deref()),
        }
    }

    fn approved(&self) -> Option<&Plan> {
        self.plan.filter(|plan| plan.version > 0)
    }

    /// The actions that hold, about these words when some are given.
    fn actions<'a>(&'a self, words: Option<&'a [String]>) -> impl Iterator<Item = Placed<'a>> {
        let live =
            |placed: &Placed<'_>| placed.action.withdrawn.is_none() && placed.action.approved_in.is_some();
        let about = move |placed: &Placed<'_>| words.is_none_or(|words| is_about(placed, words));
        self.approved().into_iter().flat_map(Plan::actions).filter(live).filter(about)
    }

    fn each(&self, words: Option<&[String]>, is: impl Fn(Placed<'_>) -> Option<bool>) -> Vec<Row> {
        let actions = self.actions(words);
        actions
            .filter_map(|placed| Some(row(&placed.action.name, Place::Action(placed.action.id), is(placed)?)))
            .collect()
    }

    /// Whether all its work due before today is done; nothing when none is due.
    fn is_done(&self, placed: Placed<'_>) -> Option<bool> {
        let tally = tally_until(placed.action, self.year, self.today);
        (tally.due > 0).then_some(tally.done == tally.due)
    }

    fn carried_out(&self, words: Option<&[String]>) -> Option<Value> {
        let tallies = self.actions(words).map(|placed| tally_until(placed.action, self.year, self.today));
        let (part, whole) = tallies.fold((0, 0), |(done, due), each| (done + each.done, due + each.due));
        (whole > 0).then_some(Value::Share { part, whole })
    }

    fn topic_months(&self, words: &[String]) -> Option<Value> {
        self.approved()?;
        let done = self.actions(Some(words)).flat_map(|placed| placed.action.done.iter());
        let mut months: Vec<Month> = done.map(|done| done.month).collect();
        months.sort_unstable();
        months.dedup();
        Some(Value::Count(months.len()))
    }

    /// Whether evidence is there of work reported done; nothing while none is.
    fn is_proven(&self, placed: Placed<'_>) -> Option<bool> {
        let is_its =
            |target: &Target| matches!(target, Target::Action { action, .. } if *action == placed.action.id);
        let proven = || self.evidence.iter().any(|kept| kept.uses.iter().any(|used| is_its(&used.target)));
        (!placed.action.done.is_empty()).then(proven)
    }

    /// The periods of monev that are over and in which something of the plan ran.
    fn periods_over(&self) -> impl Iterator<Item = Period> {
        let begins = |placed: Placed<'_>| Some(placed.action.schedule.as_ref()?.months().first());
        let first = self.actions(None).filter_map(begins).min();
        let (year, today) = (self.year, self.today);
        let is_over = move |period: &Period| {
            first.is_some_and(|first| period.last() >= first) && period.last().last_day(year) < today
        };
        let pace = self.plan.map(|plan| plan.pace).unwrap_or_default();
        pace.periods().filter(is_over)
    }

    /// The months over, each with a meeting of its own that the head attended, or not; nothing without any meeting.
    fn meetings(&self) -> Vec<Row> {
        if self.meetings.is_empty() {
            return Vec::new();
        }
        let of = |period: Period| {
            let here = self.meetings.iter().filter(|met| period.has(Month::of(met.on)));
            let met = here.max_by_key(|met| met.with_head);
            let name = || format!("{} {}", period.title(), self.year);
            let none = || row(name(), Place::Month(period.last()), false);
            met.map_or_else(none, |met| row(&met.title, Place::Meeting(met.id), met.with_head))
        };
        self.periods_over().map(of).collect()
    }

    fn months(&self) -> Vec<Row> {
        let of = |period: Period| {
            let name = format!("{} {}", period.title(), self.year);
            row(name, Place::Month(period.last()), self.closed.contains(&period.last()))
        };
        self.periods_over().map(of).collect()
    }

    fn follow_ups(&self) -> Vec<Row> {
        let of =
            |entry: &FollowUp| row(&entry.what, Place::FollowUp(entry.id), entry.state == State::Verified);
        self.register.iter().map(of).collect()
    }

    fn registered(&self, rule: &Rule) -> Option<&Registered> {
        self.registers.iter().find(|known| Some(&known.register.id) == rule.register.as_ref())
    }

    /// The lines that a figure is about, or all; those that count as its part speak for it.
    fn register_rows(&self, rule: &Rule, figure: Option<&str>) -> Vec<Row> {
        let Some(Registered { register, rows }) = self.registered(rule) else { return Vec::new() };
        let figure = figure.and_then(|code| register.figures.iter().find(|known| known.code == code));
        let is_meant =
            |line: &&register::Row| figure.is_none_or(|of| register.fits(line, &of.of, self.today));
        let speaks = |line: &register::Row| match figure.map(|figure| &figure.measure) {
            Some(Measure::Share(part)) => register.fits(line, part, self.today),
            _ => true,
        };
        let of = |line: &register::Row| {
            let name = format!("{} no. {}", register.title, line.number);
            row(name, Place::Register(&register.id, line.id), speaks(line))
        };
        rows.iter().filter(is_meant).map(of).collect()
    }

    fn register_share(&self, rule: &Rule) -> Option<Value> {
        let Registered { register, rows } = self.registered(rule)?;
        let figure = register.figures.iter().find(|known| Some(&known.code) == rule.figure.as_ref())?;
        let (part, whole) = register.measure(figure, rows, self.today).parts?;
        let count = |number: Exact| usize::try_from(number.nearest()).ok().filter(|_| number.is_whole());
        let (part, whole) = (count(part)?, count(whole)?);
        (whole > 0).then_some(Value::Share { part, whole })
    }

    fn proofs(&self, rule: &Rule) -> Vec<Row> {
        let about = |target: &Target| match target {
            Target::Question { code, .. } => *code == rule.question,
            Target::Action { action, .. } | Target::Report { action, .. } => {
                let words = Some(rule.words.as_slice()).filter(|words| !words.is_empty());
                words.is_some_and(|words| self.actions(Some(words)).any(|placed| placed.action.id == *action))
            }
            Target::Line { .. } => false,
        };
        let counts = |kept: &&Kept| {
            rule.kinds.contains(&kept.evidence.details.kind)
                && kept.uses.iter().any(|used| used.target.year() == self.year && about(&used.target))
        };
        let kept = self.evidence.iter().filter(counts);
        let files = kept.map(|kept| row(named(kept), Place::Evidence(kept.evidence.id), true));
        let links =
            self.sheet.evidence_for(&rule.question).map(|link| row(&link.title, Place::Question, true));
        files.chain(links).collect()
    }

    fn surveyed(&self, rule: &Rule, is: impl Fn(&Surveyed) -> bool) -> Vec<Row> {
        let of_family = |survey: &&Surveyed| {
            let family = survey.campaign.questionnaire().map(|asked| &asked.family);
            family == rule.family.as_ref() && Year::of(survey.campaign.closes_on) == self.year
        };
        let name = |survey: &Surveyed| {
            let campaign = &survey.campaign;
            let text = format!("{} · {}", campaign.service, campaign.period);
            row(text, Place::Survey(campaign.id), is(survey))
        };
        self.surveys.iter().filter(of_family).map(name).collect()
    }
}

/// Its title; what not everybody may open has none here.
fn named(kept: &Kept) -> &str {
    match kept.evidence.details.secrecy {
        Secrecy::Open => &kept.evidence.details.title,
        Secrecy::Restricted => "bukti terbatas",
    }
}

/// Whether the action or its component says one of these words.
pub(super) fn is_about(placed: &Placed<'_>, words: &[String]) -> bool {
    let text = format!("{} {}", placed.component.name, placed.action.name).to_lowercase();
    words.iter().any(|word| text.contains(word.as_str()))
}
