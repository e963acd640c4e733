//! The confidence interval of an index: percentiles of the index over resamples of the respondents, drawn
//! nearer to the index by the finite-population correction where the population is known.

use std::collections::BTreeMap;

use super::figure::Figure;
use super::method::IntervalMethod;
use super::resample::{Chance, Patterns};
use super::responses::Responses;
use crate::instrument::Exact;

/// A confidence interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Confidence, between 0 and 1.
    pub confidence: Exact,
    /// Lower end, on the scale of the index.
    pub lower: Figure,
    /// Upper end.
    pub upper: Figure,
    /// Resamples drawn.
    pub replicates: u64,
    /// The seed they were drawn with.
    pub seed: u64,
    /// The finite-population correction that was applied.
    pub correction: Option<Figure>,
}

/// What the interval is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub(super) confidence: Exact,
    pub(super) seed: u64,
    pub(super) population: Option<u64>,
}

/// The values of the scale as whole numbers over a common denominator.
pub(super) fn whole_values(values: &[Exact]) -> Option<(Vec<i64>, i64)> {
    let denominator = values.iter().fold(1_i128, |common, value| lcm(common, value.parts().1));
    let whole = |value: &Exact| {
        let (numerator, own) = value.parts();
        i64::try_from(numerator * (denominator / own)).ok()
    };
    Some((values.iter().map(whole).collect::<Option<_>>()?, i64::try_from(denominator).ok()?))
}

fn lcm(a: i128, b: i128) -> i128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

impl Interval {
    /// The interval around `index`; `None` for fewer than two respondents.
    pub(super) fn of(
        responses: &Responses<'_>,
        index: &Figure,
        method: &IntervalMethod,
        request: Request,
    ) -> Option<Self> {
        let (values, denominator) = whole_values(&responses.scale.values)?;
        let patterns = patterns(responses, &values)?;
        let replicates = replicates(method, patterns.len());
        let mut chance = Chance::new(request.seed);
        let resamples = (0..replicates).map(|_| patterns.draw(&mut chance));
        let mut indices: Vec<Figure> = resamples.filter_map(|sums| index_of(&sums, denominator)).collect();
        indices.sort_unstable();
        let correction = request.population.map(|population| correction(population, responses.respondents()));
        let end = |drawn: &Figure| drawn_near(index, drawn, correction.as_ref());
        let tail = tail(indices.len(), request.confidence)?;
        Some(Self {
            confidence: request.confidence,
            lower: end(indices.get(tail - 1)?),
            upper: end(indices.get(indices.len() - tail)?),
            replicates,
            seed: request.seed,
            correction,
        })
    }
}

/// Fewer resamples where there are very many patterns, so that a large table is done in time.
fn replicates(method: &IntervalMethod, patterns: usize) -> u64 {
    let affordable = method.work_limit / u64::try_from(patterns.max(1)).unwrap_or(u64::MAX);
    affordable.max(method.least_replicates).min(method.replicates)
}

/// The place from either end: `⌈replicates × (1 − confidence) / 2⌉`, at least the first.
fn tail(replicates: usize, confidence: Exact) -> Option<usize> {
    let (numerator, denominator) = Exact::ONE.minus(confidence).ok()?.parts();
    let both = i128::try_from(replicates).ok()? * numerator;
    let ceiling = (both + denominator * 2 - 1) / (denominator * 2);
    usize::try_from(ceiling.max(1)).ok().filter(|tail| *tail <= replicates)
}

/// `√((N − n) / (N − 1))`: nothing is uncertain when everybody was asked.
fn correction(population: u64, respondents: u64) -> Figure {
    let others = i128::from(population) - i128::from(respondents);
    Figure::ratio(others, i128::from(population) - 1).map_or_else(Figure::zero, |share| share.root())
}

fn drawn_near(index: &Figure, drawn: &Figure, correction: Option<&Figure>) -> Figure {
    match correction {
        None => drawn.clone(),
        Some(factor) => index.plus(&drawn.minus(index).times(factor)),
    }
}

fn index_of(sums: &[(i64, i64)], denominator: i64) -> Option<Figure> {
    let mean = |(sum, weight): &(i64, i64)| {
        Figure::ratio(i128::from(*sum), i128::from(*weight) * i128::from(denominator))
    };
    Figure::mean(&sums.iter().map(mean).collect::<Option<Vec<_>>>()?)
}

fn patterns(responses: &Responses<'_>, values: &[i64]) -> Option<Patterns> {
    if responses.respondents() < 2 {
        return None;
    }
    let value = |answer: u8| usize::from(answer).checked_sub(1).map_or(0, |place| values[place]);
    Some(if responses.missing() == 0 {
        complete_patterns(responses, value)?
    } else {
        patterns_by_unsur(responses, value)
    })
}

/// With every question answered the index is linear in the respondents: one figure tells each of them.
fn complete_patterns(responses: &Responses<'_>, value: impl Fn(u8) -> i64) -> Option<Patterns> {
    let unsur = responses.questionnaire.unsur.len();
    let questions: Vec<i128> = (0..unsur)
        .map(|place| i128::try_from(responses.columns_of(place).count()))
        .collect::<Result<_, _>>()
        .ok()?;
    let common = questions.iter().fold(1, |common, count| lcm(common, *count));
    let weight_of = |place: usize| i64::try_from(common / questions[place].max(1));
    let columns = responses.layout.columns.iter().map(|column| weight_of(column.unsur));
    let weights: Vec<i64> = columns.collect::<Result<_, _>>().ok()?;
    let whole = i64::try_from(common * i128::try_from(unsur).ok()?).ok()?;
    let mut scores: BTreeMap<i64, u64> = BTreeMap::new();
    for row in responses.rows() {
        let score = row.iter().zip(&weights).map(|(answer, weight)| value(*answer) * weight).sum();
        *scores.entry(score).or_default() += 1;
    }
    Some(Patterns::new(1, scores.into_iter().map(|(score, times)| (vec![(score, whole)], times))))
}

/// With answers missing every unsur has a weight of its own.
fn patterns_by_unsur(responses: &Responses<'_>, value: impl Fn(u8) -> i64) -> Patterns {
    let width = responses.questionnaire.unsur.len();
    let mut rows: BTreeMap<&[u8], u64> = BTreeMap::new();
    responses.rows().for_each(|row| *rows.entry(row).or_default() += 1);
    let cells = |row: &[u8]| {
        let mut cells = vec![(0, 0); width];
        for (answer, column) in row.iter().zip(&responses.layout.columns) {
            let cell = &mut cells[column.unsur];
            *cell = (cell.0 + value(*answer), cell.1 + i64::from(*answer != 0));
        }
        cells
    };
    Patterns::new(width, rows.iter().map(|(row, times)| (cells(row), *times)))
}
