//! A line of a register and what may happen to it: written, changed, taken a step further. Nothing is ever deleted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Need, Register, Step};
use super::value::ValueProblem;
use crate::id::{PersonId, RowId, UnitId};
use crate::text::{self, TooLong};
use crate::time::Year;

/// Fewest letters of words that have to be said.
const WORDS_MIN: usize = 5;

/// A line of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Identity.
    pub id: RowId,
    /// Whose.
    pub unit: UnitId,
    /// Identity of the register.
    pub register: String,
    /// Year it was written for.
    pub year: Year,
    /// Its number in the register of the unit and year, from 1.
    pub number: u32,
    /// What stands in its columns, by code; empty ones are not kept.
    pub values: BTreeMap<String, String>,
    /// Code of its state.
    pub state: String,
    /// Who wrote it.
    pub author: PersonId,
    /// What happened to it, in order.
    pub moments: Vec<Moment>,
    /// How often it was written, from 1: whoever changes it names what they saw.
    pub version: u32,
}

/// Something that happened to a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Code of the step; none when it was written or changed.
    pub step: Option<String>,
    /// State afterwards.
    pub to: String,
    /// What was said.
    pub note: String,
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub on: NaiveDate,
}

/// What was typed, by code of the column.
pub type Draft = BTreeMap<String, String>;

/// Who does something, when, and what they say.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub today: NaiveDate,
    /// What they say.
    pub note: &'a str,
}

/// Why a line stays as it is; the words are for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Columns do not fit; by code of the column.
    #[error("ada isian yang belum sesuai")]
    Fields(Vec<(String, ValueProblem)>),
    /// It was changed meanwhile.
    #[error("baris ini baru saja diubah orang lain; muat ulang halaman untuk melihat isinya yang terbaru")]
    Changed,
    /// It cannot be changed any more.
    #[error("baris dengan keadaan \"{0}\" tidak diubah lagi; isinya sudah menjadi catatan")]
    Closed(String),
    /// The step does not lead on from here.
    #[error("langkah \"{step}\" tidak berlaku untuk baris dengan keadaan \"{state}\"{}", cited(citation))]
    NotFromHere {
        /// Name of the step.
        step: String,
        /// Name of the state.
        state: String,
        /// Source of the step.
        citation: String,
    },
    /// Nothing was said.
    #[error("tulis keterangannya paling sedikit {WORDS_MIN} huruf")]
    NoNote,
    /// By the hand that took the step before.
    #[error("langkah ini diambil oleh orang lain, bukan oleh yang mengambil langkah sebelumnya")]
    SameHand,
    /// Too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

fn cited(citation: &str) -> String {
    if citation.is_empty() { String::new() } else { format!(" ({citation})") }
}

impl Row {
    /// What stands in a column; empty when nothing does.
    #[must_use]
    pub fn value(&self, code: &str) -> &str {
        self.values.get(code).map_or("", String::as_str)
    }

    /// Puts a new line in order.
    ///
    /// # Errors
    /// Every column that does not fit.
    pub fn write(mut self, register: &Register, draft: &Draft, told: Told<'_>) -> Result<Self, Refusal> {
        self.values = form(register, draft)?;
        self.state.clone_from(&register.start);
        (self.moments, self.version) = (Vec::new(), 0);
        Ok(self.after(None, register.start.clone(), String::new(), told))
    }

    /// Changes what the form asks for; what steps filled in stays.
    ///
    /// # Errors
    /// When somebody else changed it, it is closed, or a column does not fit.
    pub fn rewrite(
        mut self,
        register: &Register,
        seen: u32,
        draft: &Draft,
        told: Told<'_>,
    ) -> Result<Self, Refusal> {
        self.is_as_seen(seen)?;
        let state = register.state(&self.state).filter(|state| !state.open);
        if let Some(closed) = state {
            return Err(Refusal::Closed(closed.title.clone()));
        }
        let asked = form(register, draft)?;
        self.values.retain(|code, _| register.column(code).is_none_or(|column| column.later));
        self.values.extend(asked);
        let (state, note) = (self.state.clone(), text::line(told.note)?);
        Ok(self.after(None, state, note, told))
    }

    /// Takes a step, with the columns it fills in.
    ///
    /// # Errors
    /// When it does not lead on from here, is not this person's, or something is missing.
    pub fn step(
        mut self,
        register: &Register,
        step: &Step,
        seen: u32,
        draft: &Draft,
        told: Told<'_>,
    ) -> Result<Self, Refusal> {
        self.is_as_seen(seen)?;
        self.leads_on(register, step)?;
        if self.is_barred(step, told.by) {
            return Err(Refusal::SameHand);
        }
        let note = text::line(told.note)?;
        if step.note == Need::Required && note.chars().count() < WORDS_MIN {
            return Err(Refusal::NoNote);
        }
        self.values.extend(needed(register, step, draft)?);
        Ok(self.after(Some(step.code.clone()), step.to.clone(), note, told))
    }

    /// Whether a step is not for this person, because theirs was the hand before.
    #[must_use]
    pub fn is_barred(&self, step: &Step, by: PersonId) -> bool {
        let last = self.moments.iter().rfind(|moment| moment.step.is_some()).or(self.moments.first());
        step.other_hand && last.is_some_and(|last| last.by == by)
    }

    fn is_as_seen(&self, seen: u32) -> Result<(), Refusal> {
        if self.version == seen { Ok(()) } else { Err(Refusal::Changed) }
    }

    fn leads_on(&self, register: &Register, step: &Step) -> Result<(), Refusal> {
        if step.from.contains(&self.state) {
            return Ok(());
        }
        let state = register.state(&self.state).map_or(&self.state, |state| &state.title);
        let (step, citation) = (step.title.clone(), step.citation.clone());
        Err(Refusal::NotFromHere { step, state: state.clone(), citation })
    }

    fn after(mut self, step: Option<String>, to: String, note: String, told: Told<'_>) -> Self {
        self.state.clone_from(&to);
        self.moments.push(Moment { step, to, note, by: told.by, on: told.today });
        self.version = self.version.saturating_add(1);
        self
    }

    /// The day it was first written.
    #[must_use]
    pub fn written_on(&self) -> Option<NaiveDate> {
        self.moments.first().map(|moment| moment.on)
    }

    /// A day that stands in a column.
    #[must_use]
    pub fn day(&self, code: &str) -> Option<NaiveDate> {
        self.value(code).parse().ok()
    }

    /// The day by which it belongs to a month.
    #[must_use]
    pub fn day_of(&self, register: &Register) -> Option<NaiveDate> {
        register.day.as_deref().and_then(|code| self.day(code)).or(self.written_on())
    }
}

/// What the form asks for, or every column that does not fit.
fn form(register: &Register, draft: &Draft) -> Result<BTreeMap<String, String>, Refusal> {
    read(register.asked().map(|column| (column, column.required)), draft)
}

/// What a step asks for; all of it must be there.
fn needed(register: &Register, step: &Step, draft: &Draft) -> Result<BTreeMap<String, String>, Refusal> {
    let columns = step.needs.iter().filter_map(|code| register.column(code));
    read(columns.map(|column| (column, true)), draft)
}

fn read<'a>(
    columns: impl Iterator<Item = (&'a super::model::Column, bool)>,
    draft: &Draft,
) -> Result<BTreeMap<String, String>, Refusal> {
    let (mut values, mut problems) = (BTreeMap::new(), Vec::new());
    for (column, required) in columns {
        match column.read(draft.get(&column.code).map_or("", String::as_str)) {
            Ok(value) if !value.is_empty() => drop(values.insert(column.code.clone(), value)),
            Ok(_) if required => problems.push((column.code.clone(), ValueProblem::Missing)),
            Ok(_) => {}
            Err(problem) => problems.push((column.code.clone(), problem)),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(Refusal::Fields(problems)) }
}
