//! The search itself: the best plans of questions are put together to those of sub-components, parts,
//! areas, components and the whole, and plans below a threshold fall out where it lies.

use super::effort::{Days, Efforts};
use super::frontier::Frontier;
use super::improvement::{Finder, Improvement, Surveys};
use super::target::{Missing, Place, Target, targets};
use super::units::Units;
use crate::eligibility::{Facts, Verdict, VerdictError};
use crate::instrument::{Area, Component, Exact, Instrument, Overflow, Sub};
use crate::scoring::{Score, ScoreError, Sheet};

/// The cheapest way to the score thresholds of a predicate.
#[derive(Debug, Clone)]
pub struct Way<'a> {
    /// The edition.
    pub edition: &'a Instrument,
    /// Code of the predicate.
    pub predicate: &'a str,
    /// What to improve, in the order of the form.
    pub improvements: Vec<Improvement>,
    /// Days of all improvements together: no other choice needs fewer.
    pub days: Days,
    /// The score now.
    pub before: Score,
    /// The score after all improvements.
    pub after: Score,
    /// The sheet after all improvements.
    pub sheet: Sheet,
    /// Thresholds that no improvement reaches; the way leads to all the others.
    pub missing: Vec<Missing<'a>>,
}

/// Why there is no way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WayError {
    /// The sheet has no score.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// The edition does not know the predicate.
    #[error(transparent)]
    Verdict(#[from] VerdictError),
    /// Too large to be exact.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

impl Way<'_> {
    /// Does the way reach every threshold?
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Finds the improvements with which the sheet reaches every score threshold of a predicate in the fewest
/// days; among those of equal days, one with the most points. Thresholds beyond reach are named, and the
/// way leads to the rest. Facts only matter for what they set aside.
///
/// # Errors
/// [`WayError`] when the sheet belongs to another edition, the predicate is unknown or a number does not
/// fit.
pub fn cheapest<'a>(
    edition: &'a Instrument,
    sheet: &Sheet,
    predicate: &str,
    facts: &Facts,
    efforts: &Efforts,
    surveys: Surveys,
) -> Result<Way<'a>, WayError> {
    let before = Score::of(edition, sheet)?;
    let verdict = Verdict::of(edition, predicate, facts, Some(&before))?;
    let search = Search::prepare(edition, sheet, before, targets(&verdict), efforts, surveys)?;
    search.run(sheet, &verdict.predicate.code)
}

struct Search<'a> {
    edition: &'a Instrument,
    before: Score,
    improvements: Vec<Improvement>,
    reachable: Vec<Target<'a>>,
    missing: Vec<Missing<'a>>,
    units: Units,
}

impl<'a> Search<'a> {
    fn prepare(
        edition: &'a Instrument,
        sheet: &Sheet,
        before: Score,
        targets: Vec<Target<'a>>,
        efforts: &Efforts,
        surveys: Surveys,
    ) -> Result<Self, WayError> {
        let finder = Finder { edition, sheet, surveys };
        let mut improvements = Vec::new();
        for (area, sub, question) in edition.questions() {
            let Some(now) = before.question(&question.code) else { continue };
            let levels = levels(&targets, area, sub)?;
            improvements.extend(finder.find(question, now, efforts.of(question), &levels)?);
        }
        let best = Score::of(edition, &apply(sheet, &best_of_each(&improvements)))?;
        let (reachable, missing) = split(targets, &best);
        let figures = before.questions.iter().map(|question| question.points.score);
        let gains = improvements.iter().map(|improvement| improvement.gain);
        let units = Units::of(figures.chain(gains).chain(reachable.iter().map(|target| target.needed)))?;
        Ok(Self { edition, before, improvements, reachable, missing, units })
    }

    fn run(mut self, sheet: &Sheet, predicate: &str) -> Result<Way<'a>, WayError> {
        let frontier = self.whole()?;
        let plan = frontier.cheapest().ok_or(Overflow)?;
        let days = plan.days;
        let chosen: Vec<Improvement> = plan
            .improvements()
            .into_iter()
            .filter_map(|number| self.improvements.get(number).cloned())
            .collect();
        let sheet = apply(sheet, &chosen.iter().collect::<Vec<_>>());
        let after = Score::of(self.edition, &sheet)?;
        let predicate = self.edition.predicate(predicate).map_or("", |known| known.code.as_str());
        let missing = std::mem::take(&mut self.missing);
        Ok(Way {
            edition: self.edition,
            predicate,
            improvements: chosen,
            days,
            before: self.before,
            after,
            sheet,
            missing,
        })
    }

    fn whole(&self) -> Result<Frontier, Overflow> {
        let mut whole = Frontier::empty();
        for component in [Component::Pengungkit, Component::Hasil] {
            let mut together = Frontier::empty();
            for area in &self.edition.areas {
                let own = area.component(self.edition).unwrap_or(Component::Pengungkit);
                if own == component {
                    together = together.with(&self.area(area)?);
                }
            }
            whole = whole.with(&self.bounded(together, &Place::Component(component))?);
        }
        self.bounded(whole, &Place::Total)
    }

    fn area(&self, area: &Area) -> Result<Frontier, Overflow> {
        let mut together = Frontier::empty();
        for half in &area.halves {
            let mut part = Frontier::empty();
            for sub in area.subs.iter().filter(|sub| sub.part == half.part) {
                part = part.with(&self.sub(sub)?);
            }
            let place = Place::Code(format!("{}-{}", area.code, half.part));
            together = together.with(&self.bounded(part, &place)?);
        }
        self.bounded(together, &Place::Code(area.code.clone()))
    }

    fn sub(&self, sub: &Sub) -> Result<Frontier, Overflow> {
        let mut together = Frontier::empty();
        for question in &sub.questions {
            together = together.with(&self.question(&question.code)?);
        }
        self.bounded(together, &Place::Code(sub.code.clone()))
    }

    fn question(&self, code: &str) -> Result<Frontier, Overflow> {
        let now = self.before.question(code).map_or(Exact::ZERO, |question| question.points.score);
        let now = self.units.count(now)?;
        let own =
            self.improvements.iter().enumerate().filter(|(_, improvement)| improvement.question == code);
        let valued: Vec<(usize, Days, i128)> = own
            .map(|(number, better)| Ok((number, better.days, now + self.units.count(better.gain)?)))
            .collect::<Result<_, Overflow>>()?;
        Ok(Frontier::staying_at(now).or(valued.into_iter()))
    }

    fn bounded(&self, frontier: Frontier, place: &Place) -> Result<Frontier, Overflow> {
        let here = self.reachable.iter().filter(|target| target.place == *place);
        let needed = here.map(|target| target.needed).max();
        Ok(frontier.at_least(needed.map(|needed| self.units.count(needed)).transpose()?))
    }
}

/// Shares of its weight at which a sub-component, or an area that is nothing else, reaches a threshold.
fn levels(targets: &[Target<'_>], area: &Area, sub: &Sub) -> Result<Vec<Exact>, Overflow> {
    let is_whole_area = area.subs.len() == 1;
    let here = targets.iter().filter(|target| match &target.place {
        Place::Code(code) => *code == sub.code || (is_whole_area && *code == area.code),
        _ => false,
    });
    let share = |target: &Target<'_>| Ok(target.needed.over(sub.weight)?.unwrap_or(Exact::ONE));
    here.map(share).collect()
}

/// The improvement of each question that gains the most: together they reach all that can be reached.
fn best_of_each(improvements: &[Improvement]) -> Vec<&Improvement> {
    let mut best: Vec<&Improvement> = Vec::new();
    for improvement in improvements {
        match best.last_mut().filter(|last| last.question == improvement.question) {
            Some(last) if improvement.gain > last.gain => *last = improvement,
            Some(_) => {}
            None => best.push(improvement),
        }
    }
    best
}

fn apply(sheet: &Sheet, improvements: &[&Improvement]) -> Sheet {
    improvements
        .iter()
        .fold(sheet.clone(), |sheet, better| sheet.with(&better.question, Some(better.to.clone())))
}

/// What can be reached and what cannot. All thresholds are minimums and the best of every question reaches
/// each place's most, so they can be judged one by one.
fn split<'a>(targets: Vec<Target<'a>>, best: &Score) -> (Vec<Target<'a>>, Vec<Missing<'a>>) {
    let (mut reachable, mut missing) = (Vec::new(), Vec::new());
    for target in targets {
        let most = target.place.points(best).map_or(Exact::ZERO, |points| points.score);
        if most >= target.needed {
            reachable.push(target);
        } else {
            missing.push(Missing { target, most });
        }
    }
    (reachable, missing)
}
