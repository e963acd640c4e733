//! Running counts of a campaign: how often each answer was given to each question, by channel. The index of
//! a campaign under way is made of these, so that it costs the same for ten answers and for a million.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::campaign::Channel;
use super::header::Layout;
use super::index::Index;
use super::model::{Questionnaire, Scale};

/// Counts by channel, place of the question and answer (0 was not answered).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(Channel, usize, u8), u64>);

impl Tally {
    /// Counts one respondent.
    pub fn count(&mut self, answer: &Answer) {
        for (place, value) in answer.values.iter().enumerate() {
            self.add((answer.channel, place, *value), 1);
        }
    }

    /// Adds to a count.
    pub fn add(&mut self, key: (Channel, usize, u8), n: u64) {
        *self.0.entry(key).or_default() += n;
    }

    /// These counts without those of some of the respondents.
    #[must_use]
    pub fn without(&self, some: &Self) -> Self {
        let less = |(key, n): (&(Channel, usize, u8), &u64)| {
            (*key, n.saturating_sub(some.0.get(key).copied().unwrap_or_default()))
        };
        Self(self.0.iter().map(less).filter(|(_, n)| *n > 0).collect())
    }

    /// Every count.
    pub fn iter(&self) -> impl Iterator<Item = ((Channel, usize, u8), u64)> {
        self.0.iter().map(|(key, n)| (*key, *n))
    }

    /// How many answered, by one channel or by all.
    #[must_use]
    pub fn respondents(&self, by: Option<Channel>) -> u64 {
        let first = self.iter().filter(|((channel, place, _), _)| *place == 0 && is_by(by, *channel));
        first.map(|(_, n)| n).sum()
    }

    /// The index of these counts, by one channel or by all.
    #[must_use]
    pub fn index(&self, questionnaire: &Questionnaire, scale: &Scale, by: Option<Channel>) -> Index {
        let layout = Layout::by_question(questionnaire);
        let mut counts = vec![vec![0; usize::from(scale.points) + 1]; layout.columns.len()];
        for ((_, place, value), n) in self.iter().filter(|((channel, ..), _)| is_by(by, *channel)) {
            if let Some(count) = counts.get_mut(place).and_then(|column| column.get_mut(usize::from(value))) {
                *count += n;
            }
        }
        Index::of_counts(questionnaire, scale, &layout, &counts)
    }
}

fn is_by(wanted: Option<Channel>, channel: Channel) -> bool {
    wanted.is_none_or(|wanted| wanted == channel)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::{Responses, shipped};

    #[test]
    fn the_index_of_running_counts_is_that_of_the_answers() {
        let questionnaire = shipped().find("spak").unwrap();
        let scale = questionnaire.scale(Some(6)).unwrap();
        let layout = Layout::by_question(questionnaire);
        let mut responses = Responses::new(questionnaire, scale, layout.clone());
        let mut tally = Tally::default();
        for respondent in 1..=50_u8 {
            let one = |place: usize| (respondent + u8::try_from(place).unwrap() * 3) % 7;
            let values: Vec<u8> = (0..layout.columns.len()).map(one).collect();
            responses.push(&values).unwrap();
            let channel = Channel::ALL[usize::from(respondent) % Channel::ALL.len()];
            let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
            tally.count(&Answer { day, channel, values, extras: BTreeMap::new() });
        }
        assert_eq!(tally.index(questionnaire, scale, None), Index::of(&responses));
        assert_eq!(tally.respondents(None), 50);
        assert_eq!(tally.respondents(Some(Channel::Link)), 7);
    }
}
