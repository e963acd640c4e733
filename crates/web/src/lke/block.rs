//! Areas and sub-components as headings with their points, and the box of totals beside the table.

use bening_core::instrument::{Area, Exact, Predicate, Sub};
use bening_core::scoring::explain;

use super::eyes::{Column, Eyes};
use super::row::{Row, row};
use crate::error::{AppError, Result};

/// An area with its sub-components.
#[derive(Debug)]
pub struct AreaBlock {
    /// Its points.
    pub sum: Sum,
    /// Sub-components with rows to show.
    pub subs: Vec<SubBlock>,
}

/// A sub-component with its rows.
#[derive(Debug)]
pub struct SubBlock {
    /// Code.
    pub code: String,
    /// Official heading.
    pub name: String,
    /// Name of its part.
    pub part: String,
    /// Points.
    pub score: String,
    /// Weight.
    pub weight: String,
    /// The calculation behind the points.
    pub calculation: String,
    /// The rule it follows.
    pub citation: String,
    /// Questions that wait for an assessor's word.
    pub waiting: usize,
    /// The rows to show.
    pub rows: Vec<Row>,
}

/// The points of an area with its minimum.
#[derive(Debug)]
pub struct Sum {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Points.
    pub score: String,
    /// Weight.
    pub weight: String,
    /// Percentage with a point, for the bar.
    pub percent: String,
    /// Percentage for people.
    pub percent_text: String,
    /// Least percentage with a point; empty without one.
    pub minimum: String,
    /// Least percentage for people.
    pub minimum_text: String,
    /// `bad` below the minimum.
    pub tone: &'static str,
    /// Questions without an answer.
    pub gaps: usize,
}

/// The box of totals.
#[derive(Debug)]
pub struct Totals {
    /// Total of the own layer.
    pub total: String,
    /// Name of the own layer.
    pub layer: &'static str,
    /// Totals of the other sides.
    pub others: Vec<(&'static str, String)>,
    /// Distance to each predicate.
    pub goals: Vec<Goal>,
    /// Areas.
    pub areas: Vec<Sum>,
    /// Answered questions.
    pub answered: usize,
    /// All questions.
    pub questions: usize,
}

/// The least total of a predicate.
#[derive(Debug)]
pub struct Goal {
    /// Code of the predicate.
    pub predicate: String,
    /// Least total.
    pub least: String,
    /// What is missing; empty when it is reached.
    pub missing: String,
}

/// All areas with all their rows.
///
/// # Errors
/// When a score is missing, which no opened sheet has.
pub fn areas(eyes: &Eyes<'_>) -> Result<Vec<AreaBlock>> {
    let own = eyes.own()?;
    let block = |area: &Area| {
        let subs = area.subs.iter().map(|each| sub(eyes, own, each)).collect::<Result<_>>()?;
        Ok(AreaBlock { sum: sum(eyes, own, area)?, subs })
    };
    eyes.edition().areas.iter().map(block).collect()
}

/// One sub-component.
///
/// # Errors
/// When its score is missing.
pub fn sub(eyes: &Eyes<'_>, own: &Column, sub: &Sub) -> Result<SubBlock> {
    let entry = own.score.entry(&sub.code).ok_or(AppError::NotFound)?;
    let explanation = explain::sub(sub, &own.score, entry);
    let rows: Vec<Row> = sub.questions.iter().map(|question| row(eyes, own, question)).collect();
    Ok(SubBlock {
        code: sub.code.clone(),
        name: sub.name.clone(),
        part: eyes.edition().part(&sub.part).map(|part| part.name.clone()).unwrap_or_default(),
        score: eyes.points(entry.points.score),
        weight: eyes.plain(entry.points.weight),
        calculation: explanation.calculation,
        citation: explanation.citation,
        waiting: rows.iter().filter(|row| row.standing.waits).count(),
        rows,
    })
}

/// The points of an area.
///
/// # Errors
/// When its score is missing.
pub fn sum(eyes: &Eyes<'_>, own: &Column, area: &Area) -> Result<Sum> {
    let points = own.score.entry(&area.code).ok_or(AppError::NotFound)?.points;
    let minimum = eyes.minimum(area, &points);
    let questions = area.subs.iter().flat_map(|sub| &sub.questions);
    Ok(Sum {
        code: area.code.clone(),
        name: area.name.clone(),
        score: eyes.points(points.score),
        weight: eyes.plain(points.weight),
        percent: points.percent.rounded(),
        percent_text: eyes.lang.decimal(points.percent.nearest()),
        minimum: minimum.map(Exact::rounded).unwrap_or_default(),
        minimum_text: minimum.map(|minimum| eyes.plain(minimum)).unwrap_or_default(),
        tone: if minimum.is_some_and(|minimum| points.percent < minimum) { "bad" } else { "" },
        gaps: questions.filter(|question| own.sheet.get(&question.code).is_none()).count(),
    })
}

/// The box of totals.
///
/// # Errors
/// When a score is missing.
pub fn totals(eyes: &Eyes<'_>) -> Result<Totals> {
    let own = eyes.own()?;
    let total = own.score.total.score;
    let others = eyes.columns.iter().filter(|column| column.side != own.side);
    let questions = own.score.questions.len();
    Ok(Totals {
        total: eyes.points(total),
        layer: own.layer.title(),
        others: others.map(|column| (column.side.title(), eyes.points(column.score.total.score))).collect(),
        goals: goals(eyes, total),
        areas: eyes.edition().areas.iter().map(|area| sum(eyes, own, area)).collect::<Result<_>>()?,
        answered: questions - own.score.gaps.len(),
        questions,
    })
}

/// The distance of a total to each predicate.
pub fn goals(eyes: &Eyes<'_>, total: Exact) -> Vec<Goal> {
    eyes.totals().into_iter().map(|goal| distance(eyes, total, goal)).collect()
}

fn distance(eyes: &Eyes<'_>, total: Exact, (predicate, least): (&Predicate, Exact)) -> Goal {
    let missing = least.minus(total).ok().filter(|_| total < least);
    Goal {
        predicate: predicate.code.clone(),
        least: eyes.plain(least),
        missing: missing.map(|missing| eyes.points(missing)).unwrap_or_default(),
    }
}
