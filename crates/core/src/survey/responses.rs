//! The answers of a survey, one byte each: counts for the index, rows for what needs whole respondents.

use std::collections::BTreeMap;

use super::campaign::Channel;
use super::header::Layout;
use super::model::{Missing, Questionnaire, Scale};

/// Most respondents in one table.
pub const MAX_ROWS: u64 = 5_000_000;

/// Why a respondent cannot be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The table is full.
    #[error("terlalu banyak responden; batasnya {MAX_ROWS}")]
    TooMany,
    /// Not as many answers as the layout has columns, or an answer off the scale.
    #[error("jawaban tidak sesuai dengan kolom atau skala kuesioner")]
    Shape,
    /// This questionnaire wants every question answered.
    #[error("ada jawaban kosong; kuesioner ini harus dijawab lengkap")]
    Incomplete,
}

/// The answers of all respondents who count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responses<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) scale: &'q Scale,
    pub(super) layout: Layout,
    /// Rows of answers, one after the other; 0 is an answer that was not given.
    answers: Vec<u8>,
    /// By column and answer, 0 included.
    counts: Vec<Vec<u64>>,
    by_channel: BTreeMap<Channel, u64>,
    /// Rows without any answer, which are no respondents.
    pub empty: u64,
    /// Rows left out because the questionnaire counts only completed ones.
    pub incomplete: u64,
}

impl<'q> Responses<'q> {
    /// No answers yet.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, scale: &'q Scale, layout: Layout) -> Self {
        let counts = vec![vec![0; usize::from(scale.points) + 1]; layout.columns.len()];
        Self {
            questionnaire,
            scale,
            layout,
            answers: Vec::new(),
            counts,
            by_channel: BTreeMap::new(),
            empty: 0,
            incomplete: 0,
        }
    }

    /// Takes in one respondent: an answer for each column, 0 for one that was not given.
    ///
    /// # Errors
    /// [`RowError`]; then nothing was taken in.
    pub fn push(&mut self, row: &[u8]) -> Result<(), RowError> {
        if row.len() != self.layout.columns.len() || row.iter().any(|answer| *answer > self.scale.points) {
            return Err(RowError::Shape);
        }
        if row.iter().all(|answer| *answer == 0) {
            self.empty += 1;
            return Ok(());
        }
        match (row.contains(&0), self.questionnaire.missing) {
            (true, Missing::Refused) => return Err(RowError::Incomplete),
            (true, Missing::CompleteOnly) => self.incomplete += 1,
            (false, _) | (true, Missing::PerAnswer) => self.keep(row)?,
        }
        Ok(())
    }

    /// Notes by which way a respondent came.
    pub fn came(&mut self, by: Channel) {
        *self.by_channel.entry(by).or_default() += 1;
    }

    /// How many respondents came by which way, as far as it is known.
    #[must_use]
    pub fn by_channel(&self) -> &BTreeMap<Channel, u64> {
        &self.by_channel
    }

    fn keep(&mut self, row: &[u8]) -> Result<(), RowError> {
        if self.respondents() >= MAX_ROWS {
            return Err(RowError::TooMany);
        }
        for (counts, answer) in self.counts.iter_mut().zip(row) {
            counts[usize::from(*answer)] += 1;
        }
        self.answers.extend_from_slice(row);
        Ok(())
    }

    /// How many respondents count.
    #[must_use]
    pub fn respondents(&self) -> u64 {
        self.counts.first().map_or(0, |counts| counts.iter().sum())
    }

    /// How often each answer was given in a column, from 0 (not given).
    #[must_use]
    pub fn counts(&self, column: usize) -> &[u64] {
        self.counts.get(column).map_or(&[], Vec::as_slice)
    }

    /// The columns of an unsur.
    pub fn columns_of(&self, unsur: usize) -> impl Iterator<Item = usize> {
        let columns = self.layout.columns.iter().enumerate();
        columns.filter(move |(_, column)| column.unsur == unsur).map(|(place, _)| place)
    }

    /// The respondents.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.answers.chunks_exact(self.layout.columns.len().max(1))
    }

    /// Answers that were not given.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.counts.iter().filter_map(|counts| counts.first()).sum()
    }

    /// Respondents who gave the same answer to every one of several questions.
    #[must_use]
    pub fn straight_lining(&self) -> u64 {
        let is_straight = |row: &&[u8]| row.len() > 2 && row[0] != 0 && row.iter().all(|a| *a == row[0]);
        u64::try_from(self.rows().filter(is_straight).count()).unwrap_or(u64::MAX)
    }
}
