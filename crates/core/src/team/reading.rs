//! The blind second reading: a random share of the answered questions of a submitted sheet, answered anew by an
//! assessor who does not see what the first one said. Chance is a seed that is kept, so that anybody can draw again.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{Candidate, Team, edit, kappa};
use crate::id::{LkeId, PersonId, ReadingId};
use crate::instrument::{Exact, Instrument};
use crate::lke::{Layer, Lke};
use crate::scoring::Answer;
use crate::text::{self, TooLong};

/// Longest note.
const NOTE_MAX_CHARS: usize = 4_000;

/// A second reading of one worksheet by one assessor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Identity.
    pub id: ReadingId,
    /// Of which worksheet.
    pub lke: LkeId,
    /// By whom.
    pub reader: PersonId,
    /// What the draw came from.
    pub seed: String,
    /// Share of the answered questions that was drawn.
    pub share: Exact,
    /// When it was drawn.
    pub drawn_at: DateTime<Utc>,
    /// When the reader ended it; from then on nothing changes and agreement is reckoned.
    pub finished_at: Option<DateTime<Utc>>,
    /// The drawn questions and what the reader says of them.
    pub questions: BTreeMap<String, Second>,
}

/// What the second reader says of a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Second {
    /// Their answer.
    pub answer: Option<Answer>,
    /// Their note.
    pub note: String,
    /// When it was last written.
    pub at: Option<DateTime<Utc>>,
}

/// Where chance comes from and how much of the sheet it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The seed.
    pub seed: String,
    /// The share, above 0 and at most 1.
    pub share: Exact,
    /// The moment.
    pub at: DateTime<Utc>,
}

/// Why a second reading was refused; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The unit has not submitted.
    #[error("unit belum mengajukan lembar kerjanya; pembacaan kedua diundi setelah itu")]
    NotSubmitted,
    /// Nothing to draw from.
    #[error("lembar kerja ini tidak mempunyai jawaban yang dapat diundi")]
    NothingAnswered,
    /// Not an internal assessor.
    #[error("pembaca kedua harus orang dengan peran TPI")]
    NotAnAssessor,
    /// They assess the unit, so they know what was said.
    #[error("orang ini anggota tim yang menilai unit; pilih penilai dari tim lain")]
    OnTheTeam,
    /// They have it already.
    #[error("orang ini sudah mendapat pembacaan kedua untuk unit ini")]
    DrawnAlready,
    /// They may not assess the unit.
    #[error(transparent)]
    NotFree(#[from] edit::Refusal),
    /// The reading is over.
    #[error("pembacaan ini sudah diselesaikan dan tidak dapat diubah lagi")]
    Finished,
    /// Not one of the drawn questions.
    #[error("pertanyaan {0} tidak termasuk yang diundi")]
    NotDrawn(String),
    /// Some questions have no answer.
    #[error("{} pertanyaan belum dijawab: {}", .0.len(), .0.join(", "))]
    Missing(Vec<String>),
    /// A note is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// The questions that a seed draws: the share of them, rounded up, whose fingerprints with the seed come first.
pub fn drawn(seed: &str, share: Exact, codes: &[&str]) -> Vec<String> {
    let print = |code: &str| Sha256::digest(format!("{seed}\n{code}"));
    let mut ranked: Vec<_> = codes.iter().map(|code| (print(code), *code)).collect();
    ranked.sort_unstable();
    let (above, below) = share.parts();
    let wanted = codes.len() as i128 * above;
    let number = usize::try_from((wanted + below - 1) / below).unwrap_or(codes.len());
    let mut codes: Vec<String> = ranked.into_iter().take(number).map(|(_, code)| code.to_owned()).collect();
    codes.sort();
    codes
}

/// Draws a second reading.
///
/// # Errors
/// [`Refusal`] when the sheet is not submitted, or this person cannot read it blindly.
pub fn begin(
    id: ReadingId,
    lke: &Lke,
    teams: &[Team],
    reader: &Candidate,
    earlier: &[Reading],
    draw: Draw,
) -> Result<Reading, Refusal> {
    let is_on_team = |team: &Team| team.units.contains(&lke.unit) && team.has(reader.person);
    let has_assessed = Layer::ALL.into_iter().filter(|layer| *layer != Layer::Unit).any(|layer| {
        lke.layers.get(&layer).is_some_and(|filled| filled.entries.values().any(|e| e.by == reader.person))
    });
    let is_repeated = earlier.iter().any(|each| each.lke == lke.id && each.reader == reader.person);
    match () {
        () if !lke.is_submitted(Layer::Unit) => return Err(Refusal::NotSubmitted),
        () if reader.seats.is_empty() => return Err(Refusal::NotAnAssessor),
        () if has_assessed || teams.iter().any(is_on_team) => return Err(Refusal::OnTheTeam),
        () if is_repeated => return Err(Refusal::DrawnAlready),
        () => edit::free_for(reader, lke.unit)?,
    }
    let sheet = lke.sheet(Layer::Unit);
    let codes: Vec<&str> = sheet.iter().map(|(code, _)| code).collect();
    let Draw { seed, share, at } = draw;
    let questions: BTreeMap<_, _> =
        drawn(&seed, share, &codes).into_iter().map(|code| (code, Second::default())).collect();
    if questions.is_empty() {
        return Err(Refusal::NothingAnswered);
    }
    Ok(Reading {
        id,
        lke: lke.id,
        reader: reader.person,
        seed,
        share,
        drawn_at: at,
        finished_at: None,
        questions,
    })
}

/// Writes what the reader says of a question.
///
/// # Errors
/// [`Refusal`] when the reading is over or the question was not drawn.
pub fn answer(
    reading: &mut Reading,
    code: &str,
    answer: Option<Answer>,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if reading.finished_at.is_some() {
        return Err(Refusal::Finished);
    }
    let note = text::block(note, NOTE_MAX_CHARS)?;
    let second = reading.questions.get_mut(code).ok_or_else(|| Refusal::NotDrawn(code.to_owned()))?;
    if second.answer != answer || second.note != note {
        *second = Second { answer, note, at: Some(now) };
    }
    Ok(())
}

/// Ends a reading; all drawn questions must be answered.
///
/// # Errors
/// [`Refusal`] with the questions that are not.
pub fn finish(reading: &mut Reading, now: DateTime<Utc>) -> Result<(), Refusal> {
    if reading.finished_at.is_some() {
        return Err(Refusal::Finished);
    }
    let missing: Vec<String> = reading
        .questions
        .iter()
        .filter(|(_, second)| second.answer.is_none())
        .map(|(code, _)| code.clone())
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::Missing(missing));
    }
    reading.finished_at = Some(now);
    Ok(())
}

/// What the first assessor (*anggota TPI*) and the second reader say of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Code of the question.
    pub code: String,
    /// Code of its kind of answer.
    pub kind: String,
    /// The two categories, first and second.
    pub pair: kappa::Pair<String>,
}

/// The questions of a finished reading that both have answered.
pub fn compared(edition: &Instrument, lke: &Lke, reading: &Reading) -> Vec<Compared> {
    let is_over = reading.finished_at.is_some() && reading.lke == lke.id;
    let compare = |(code, second): (&String, &Second)| {
        let first = kappa::category(edition, code, lke.answer(Layer::TpiMember, code)?)?;
        let second = kappa::category(edition, code, second.answer.as_ref()?)?;
        let kind = edition.question(code)?.2.kind.clone();
        Some(Compared { code: code.clone(), kind, pair: (first, second) })
    };
    reading.questions.iter().filter(|_| is_over).filter_map(compare).collect()
}
