//! Signals: what makes an answer look as if nobody had thought it. A signal marks an answer for people to look
//! at; it neither removes it nor changes a figure. The limits stand in `instruments/surveys/tanda.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Serialize;

use super::answer::Answer;
use super::campaign::{CampaignState, Channel};
use super::figure::Figure;
use super::model::{Questionnaire, Scale};
use super::read::{table, whole};
use super::tally::Tally;
use crate::instrument::Problem;
use crate::instrument::source::{Row, Source};
use crate::text;

/// The limits as they lie in `instruments/surveys/`: name and text.
pub const SIGNAL_FILE: (&str, &str) =
    ("tanda.toml", include_str!("../../../../instruments/surveys/tanda.toml"));

static RULES: LazyLock<Option<SignalRules>> =
    LazyLock::new(|| SignalRules::parse(SIGNAL_FILE.0, SIGNAL_FILE.1).ok());

/// The shipped limits. A test proves that they are there.
#[must_use]
pub fn signal_rules() -> Option<&'static SignalRules> {
    RULES.as_ref()
}

/// Why an answer is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Sent sooner than anybody can read the questions.
    Fast,
    /// One answer to everything.
    Straight,
    /// One of very many within minutes.
    Burst,
    /// The same words or the same unusual pattern as others.
    Duplicate,
    /// Its channel says something else than the other channels.
    Channel,
}

/// Shortest reason for leaving an answer out.
const REASON_MIN_CHARS: usize = 10;
/// Longest reason.
const REASON_MAX_CHARS: usize = 1_000;

/// Why a decision cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerdictError {
    /// What was frozen stays as it is.
    #[error("hasil survei ini sudah dibekukan; putusan tentang jawabannya tidak dapat diubah lagi")]
    Frozen,
    /// Nobody leaves an answer out without saying why.
    #[error("tulis alasan mengeluarkan jawaban ini (paling sedikit {REASON_MIN_CHARS} huruf)")]
    ReasonNeeded,
    /// Too many words.
    #[error("alasan terlalu panjang (paling banyak {REASON_MAX_CHARS} huruf); ringkaslah")]
    TooLong,
}

/// Whether somebody may decide this; the reason as it is kept. Keeping an answer needs none.
///
/// # Errors
/// [`VerdictError`].
pub fn verdict(campaign: CampaignState, to: MarkState, reason: &str) -> Result<String, VerdictError> {
    let reason = text::block(reason, REASON_MAX_CHARS).map_err(|_| VerdictError::TooLong)?;
    match to {
        _ if campaign == CampaignState::Frozen => Err(VerdictError::Frozen),
        MarkState::Excluded if reason.chars().count() < REASON_MIN_CHARS => Err(VerdictError::ReasonNeeded),
        _ => Ok(reason),
    }
}

/// What people decided of a marked answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkState {
    /// Nothing yet: it counts.
    Waiting,
    /// It counts.
    Kept,
    /// It does not count, and stays where it is.
    Excluded,
}

impl MarkState {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Kept, Self::Excluded];

    /// For the database and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Excluded => "excluded",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalRules {
    /// Seconds that every answer takes at least.
    pub fast_seconds_per_answer: u64,
    /// How many answers must be alike.
    pub straight_answers: u64,
    /// When many are too many.
    pub burst: BurstLimit,
    /// When two are one.
    pub duplicate: DuplicateLimit,
    /// How many answers a channel needs to be compared.
    pub channel_answers: u64,
    /// How many points of the percentage channels may differ.
    pub channel_points: u64,
}

/// When many answers are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BurstLimit {
    /// Over how many seconds answers are counted.
    pub window_s: u64,
    /// How many are usual in them.
    pub answers: u64,
    /// Or one in so many users of the service, where that is more.
    pub one_in: u64,
}

/// When answers are taken to be written by one hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicateLimit {
    /// Letters of a text that nobody writes twice by chance.
    pub characters: u64,
    /// Different values of a pattern that is not a habit.
    pub distinct: u64,
    /// How often it must come back.
    pub times: u64,
    /// And in one of how many answers.
    pub one_in: u64,
}

impl Signal {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Fast, Self::Straight, Self::Burst, Self::Duplicate, Self::Channel];

    /// For the database and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Straight => "straight",
            Self::Burst => "burst",
            Self::Duplicate => "duplicate",
            Self::Channel => "channel",
        }
    }

    /// From its name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signal| signal.as_str() == text)
    }
}

/// How an answer came, as far as it is known for a moment; only the signals made of it are kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrival {
    /// Seconds between the form and the answer, where a form was served.
    pub spent_s: Option<u64>,
    /// Answers to the same campaign in the window, this one included.
    pub recent: u64,
    /// Users of the service, as far as is known.
    pub population: Option<u64>,
    /// Answers of the same channel that were like it, as far as is remembered.
    pub alike: Alike,
}

/// How many answers were like one, among those of its channel that are remembered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Alike {
    /// All of the channel, this one included.
    pub all: u64,
    /// With the same pattern of values, this one included.
    pub pattern: u64,
    /// With one of its longer texts, this one included.
    pub text: u64,
}

impl SignalRules {
    /// Reads and checks the limits.
    ///
    /// # Errors
    /// Every problem found, in the order of lines.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let rules = source.parse().and_then(|table| {
            let row = Row::new(&source, &table, 1);
            let rules = read(&row);
            row.finish();
            rules
        });
        let problems = source.into_problems();
        rules.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// What can be said of an answer the moment it comes.
    #[must_use]
    pub fn on_arrival(&self, answer: &Answer, arrival: Arrival) -> Vec<Signal> {
        let given = answer.values.iter().filter(|value| **value != 0).count() as u64;
        let least_s = given.saturating_mul(self.fast_seconds_per_answer);
        let usual = arrival.population.map_or(0, |population| population / self.burst.one_in);
        let checks = [
            (Signal::Fast, arrival.spent_s.is_some_and(|spent_s| spent_s < least_s)),
            (Signal::Straight, given >= self.straight_answers && distinct(&answer.values) == 1),
            (Signal::Burst, arrival.recent > self.burst.answers.max(usual)),
            (Signal::Duplicate, self.is_twin(answer, arrival.alike)),
        ];
        checks.into_iter().filter(|(_, holds)| *holds).map(|(signal, _)| signal).collect()
    }

    fn is_twin(&self, answer: &Answer, alike: Alike) -> bool {
        let often = self.often(alike.all);
        let is_pattern = distinct(&answer.values) >= self.duplicate.distinct && alike.pattern >= often;
        alike.text > 1 || is_pattern
    }

    /// How often a pattern must come back among so many answers.
    fn often(&self, answers: u64) -> u64 {
        self.duplicate.times.max(answers / self.duplicate.one_in)
    }

    /// The texts of an answer that nobody writes twice by chance.
    pub fn long_texts<'a>(&'a self, answer: &'a Answer) -> impl Iterator<Item = &'a str> {
        let long = |text: &&str| text.chars().count() as u64 >= self.duplicate.characters;
        answer.extras.values().map(String::as_str).filter(long)
    }

    /// What can be said only when answers lie side by side: which of them, by place, and why.
    #[must_use]
    pub fn side_by_side(
        &self,
        (asked, scale): (&Questionnaire, &Scale),
        answers: &[Answer],
    ) -> Vec<(usize, Signal)> {
        let mut found: BTreeSet<(usize, Signal)> = BTreeSet::new();
        found.extend(self.twins(answers).into_iter().map(|place| (place, Signal::Duplicate)));
        let strange = self.strange_channels((asked, scale), answers);
        let of_strange = answers.iter().enumerate().filter(|(_, answer)| strange.contains(&answer.channel));
        found.extend(of_strange.map(|(place, _)| (place, Signal::Channel)));
        found.into_iter().collect()
    }

    fn twins(&self, answers: &[Answer]) -> BTreeSet<usize> {
        let mut by_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_pattern: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (place, answer) in answers.iter().enumerate() {
            self.long_texts(answer).for_each(|text| by_words.entry(text).or_default().push(place));
            if distinct(&answer.values) >= self.duplicate.distinct {
                by_pattern.entry(&answer.values).or_default().push(place);
            }
        }
        let often = self.often(answers.len() as u64);
        let words = by_words.into_values().filter(|places| places.len() > 1);
        let patterns = by_pattern.into_values().filter(|places| places.len() as u64 >= often);
        words.chain(patterns).flatten().collect()
    }

    /// Channels of the smaller number whose percentage lies too far from that of all others together.
    fn strange_channels(&self, (asked, scale): (&Questionnaire, &Scale), answers: &[Answer]) -> Vec<Channel> {
        let tally_of = |is_of: &dyn Fn(Channel) -> bool| {
            let mut tally = Tally::default();
            answers.iter().filter(|answer| is_of(answer.channel)).for_each(|answer| tally.count(answer));
            tally
        };
        let is_strange = |channel: &Channel| {
            let (own, rest) = (tally_of(&|one| one == *channel), tally_of(&|one| one != *channel));
            let (n, others) = (own.respondents(None), rest.respondents(None));
            let few = n < self.channel_answers || others < self.channel_answers || n > others;
            let percent = |tally: &Tally| tally.index(asked, scale, None).percent;
            let apart = percent(&own).zip(percent(&rest)).map(|(own, rest)| own.minus(&rest));
            !few && apart.is_some_and(|apart| is_beyond(&apart, self.channel_points))
        };
        Channel::ALL.into_iter().filter(is_strange).collect()
    }
}

fn is_beyond(apart: &Figure, points: u64) -> bool {
    let (limit, zero) = (Figure::whole(points), Figure::zero());
    *apart > limit || zero.minus(apart) > limit
}

fn distinct(values: &[u8]) -> u64 {
    values.iter().filter(|value| **value != 0).collect::<BTreeSet<_>>().len() as u64
}

fn read(row: &Row<'_>) -> Option<SignalRules> {
    let part = |name| table(row, name);
    let (fast, straight, burst) = (part("fast")?, part("straight")?, part("burst")?);
    let (duplicate, channel) = (part("duplicate")?, part("channel")?);
    let rules = SignalRules {
        fast_seconds_per_answer: whole(&fast, "seconds_per_answer")?,
        straight_answers: whole(&straight, "answers")?,
        burst: BurstLimit {
            window_s: whole(&burst, "window_s")?,
            answers: whole(&burst, "answers")?,
            one_in: whole(&burst, "one_in")?,
        },
        duplicate: DuplicateLimit {
            characters: whole(&duplicate, "characters")?,
            distinct: whole(&duplicate, "distinct")?,
            times: whole(&duplicate, "times")?,
            one_in: whole(&duplicate, "one_in")?,
        },
        channel_answers: whole(&channel, "answers")?,
        channel_points: whole(&channel, "points")?,
    };
    [&fast, &straight, &burst, &duplicate, &channel].into_iter().for_each(Row::finish);
    Some(rules)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::shipped;

    fn answer(values: &[u8], channel: Channel, words: &str) -> Answer {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
        let extras = if words.is_empty() { None } else { Some(("X2".to_owned(), words.to_owned())) };
        Answer { day, channel, values: values.to_vec(), extras: extras.into_iter().collect() }
    }

    fn rules() -> &'static SignalRules {
        signal_rules().unwrap()
    }

    fn beside(answers: &[Answer]) -> Vec<(usize, Signal)> {
        let asked = shipped().find("spak-90-2021").unwrap();
        rules().side_by_side((asked, asked.scale(Some(4)).unwrap()), answers)
    }

    #[test]
    fn an_answer_sooner_than_anybody_reads_and_one_answer_to_all_are_told() {
        let (same, mixed) =
            (answer(&[4; 8], Channel::Link, ""), answer(&[4, 3, 4, 4, 4, 4, 4, 0], Channel::Link, ""));
        let spent = |spent_s| Arrival { spent_s: Some(spent_s), ..Arrival::default() };
        assert_eq!(rules().on_arrival(&same, spent(7)), [Signal::Fast, Signal::Straight]);
        assert_eq!(rules().on_arrival(&same, spent(8)), [Signal::Straight]);
        assert_eq!(rules().on_arrival(&mixed, spent(6)), [Signal::Fast], "seven were answered");
        assert_eq!(rules().on_arrival(&mixed, Arrival::default()), [], "paper takes no time");
    }

    #[test]
    fn many_at_once_are_a_burst_where_few_people_use_the_service() {
        let one = answer(&[4, 3, 4, 4, 4, 4, 4, 0], Channel::Link, "");
        let recent = |recent, population| Arrival { recent, population, ..Arrival::default() };
        let limit = rules().burst.answers;
        assert_eq!(rules().on_arrival(&one, recent(limit, None)), []);
        assert_eq!(rules().on_arrival(&one, recent(limit + 1, Some(100))), [Signal::Burst]);
        assert_eq!(rules().on_arrival(&one, recent(limit + 1, Some(1_000_000))), []);
    }

    #[test]
    fn the_same_long_words_are_told_and_short_ones_are_not() {
        let with = |words| answer(&[4, 3, 4, 4, 4, 4, 4, 4], Channel::Link, words);
        let long = "Pelayanannya bagus sekali, petugasnya ramah.";
        assert_eq!(
            beside(&[with(long), with("bagus"), with("bagus"), with(long)]),
            [(0, Signal::Duplicate), (3, Signal::Duplicate)]
        );
    }

    #[test]
    fn a_channel_that_praises_while_the_others_complain_is_told() {
        let poor = |place: u8| answer(&[1 + place % 2; 8], Channel::Poster, "");
        let mut answers: Vec<Answer> = (0..60).map(poor).collect();
        answers.extend((0..30).map(|_| answer(&[4; 8], Channel::Link, "")));
        let found = beside(&answers);
        assert_eq!(found.len(), 30);
        assert!(found.iter().all(|(place, signal)| *place >= 60 && *signal == Signal::Channel));
    }
}
