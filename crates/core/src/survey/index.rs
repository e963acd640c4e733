//! The index, exactly: the score of an unsur is the mean of all answers to its questions, the index the
//! mean of those scores, each with the same weight.

use super::figure::Figure;
use super::header::Layout;
use super::model::{Questionnaire, Scale};
use super::responses::Responses;
use crate::instrument::Exact;

/// The index of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// In the order of the questionnaire.
    pub unsur: Vec<UnsurScore>,
    /// The index; `None` while an unsur has no answers.
    pub index: Option<Figure>,
    /// The index in per cent, not rounded.
    pub percent: Option<Figure>,
}

/// The score of one unsur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsurScore {
    /// Answers given.
    pub answers: u64,
    /// Answers not given.
    pub missing: u64,
    /// Their values added up, on the scale of the index.
    pub sum: Figure,
    /// `sum / answers`; `None` without answers.
    pub mean: Option<Figure>,
    /// How often each answer was given, from 1.
    pub distribution: Vec<u64>,
}

impl Index {
    /// The index of these answers.
    #[must_use]
    pub fn of(responses: &Responses<'_>) -> Self {
        let layout = &responses.layout;
        let counts: Vec<&[u64]> = (0..layout.columns.len()).map(|column| responses.counts(column)).collect();
        Self::of_counts(responses.questionnaire, responses.scale, layout, &counts)
    }

    /// The index of answers of which only the counts are known: for each column how often each answer was
    /// given, from 0 (not given).
    #[must_use]
    pub fn of_counts(
        questionnaire: &Questionnaire,
        scale: &Scale,
        layout: &Layout,
        counts: &[impl AsRef<[u64]>],
    ) -> Self {
        let of = |place: usize| {
            let columns = layout.columns.iter().zip(counts).filter(move |(column, _)| column.unsur == place);
            columns.map(|(_, counts)| counts.as_ref())
        };
        let unsur: Vec<UnsurScore> =
            (0..questionnaire.unsur.len()).map(|place| UnsurScore::of(scale, of(place))).collect();
        let means: Option<Vec<Figure>> = unsur.iter().map(|score| score.mean.clone()).collect();
        let index = means.and_then(|means| Figure::mean(&means));
        let factor = Figure::from(questionnaire.index.percent_per_point);
        let percent = index.as_ref().map(|index| index.times(&factor));
        Self { unsur, index, percent }
    }
}

impl UnsurScore {
    fn of<'c>(scale: &Scale, columns: impl Iterator<Item = &'c [u64]>) -> Self {
        let mut counts = vec![0; usize::from(scale.points) + 1];
        for column in columns {
            counts.iter_mut().zip(column).for_each(|(sum, count)| *sum += count);
        }
        let distribution = counts.split_off(1);
        let answers: u64 = distribution.iter().sum();
        let worth = |(count, value): (&u64, &Exact)| Figure::from(*value).times(&Figure::whole(*count));
        let values = distribution.iter().zip(&scale.values).map(worth);
        let sum = values.fold(Figure::zero(), |sum, value| sum.plus(&value));
        let mean = sum.over(&Figure::whole(answers));
        Self { answers, missing: counts.iter().sum(), sum, mean, distribution }
    }
}
