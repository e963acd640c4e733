//! What the national team looks at on a road (*penilaian nasional*): forms per stage
//! ([`Form`]), verdicts with a note for each item, objections, and who sat together.
//!
//! Remarks are only ever added: the newest verdict on an item counts, the older ones stay. Whether a road may go on
//! with what was found is decided by [`super::decide`].

mod form;
pub mod paper;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::declaration::Witness;
use super::rules::Demand;
use super::{Candidacy, Stage};
use crate::id::PersonId;

pub use form::{
    Catalogue, CatalogueError, Form, Institution, Item, SHIPPED_FILE, Standing, Verdict, shipped,
};

/// Fewest characters of a note or an objection.
pub const NOTE_MIN_CHARS: usize = 10;

/// Most characters of a note or an objection.
pub const NOTE_MAX_CHARS: usize = 4000;

/// What somebody said of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Position of the stage among the steps of the road, from 0; a stage that is come to again is a new round.
    pub round: usize,
    /// Code of the item.
    pub item: String,
    /// 1 for the first on this item in this round.
    pub number: u32,
    /// What was said.
    pub said: Said,
    /// Why; never empty.
    pub note: String,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a remark is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// A verdict, by its code.
    Verdict(String),
    /// The agency objects to the verdict before it.
    Objection,
}

/// Who sat together in a stage, when, where and with what outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// The day.
    pub on: NaiveDate,
    /// Where.
    pub place: String,
    /// Who was there.
    pub present: Vec<Witness>,
    /// What came of it.
    pub outcome: String,
}

/// Why a remark cannot be made; the words say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The road is elsewhere.
    #[error("tahap {0} tidak sedang berjalan, jadi putusannya tidak dapat dicatat atau diubah")]
    Closed(String),
    /// The agency cannot object now.
    #[error(
        "sanggahan ditulis setelah langkah sanggahan dicatat dan hanya terhadap putusan yang tidak memenuhi"
    )]
    NotContestable,
    /// No such item.
    #[error("pokok \"{0}\" tidak ada pada formulir tahap ini")]
    Item(String),
    /// No such verdict.
    #[error("pilih putusan untuk {0}")]
    Verdict(String),
    /// The item of another institution.
    #[error("{item} adalah bagian {of}")]
    Theirs {
        /// The item.
        item: String,
        /// Whose part it is.
        of: String,
    },
    /// No note.
    #[error("{0}: catatan wajib diisi, 10 sampai 4.000 huruf, misalnya apa yang dilihat dan di berkas mana")]
    Note(String),
    /// The record of a sitting lacks something.
    #[error("hari, tempat, yang hadir, dan hasil wajib diisi; harinya tidak boleh melewati hari ini")]
    Sitting,
}

/// A form on a road in its last round, with what was said.
#[derive(Debug, Clone, Copy)]
pub struct Appraisal<'a> {
    /// The form.
    pub form: &'a Form,
    /// Round, see [`Remark::round`].
    pub round: usize,
    catalogue: &'a Catalogue,
    remarks: &'a [Remark],
}

impl<'a> Appraisal<'a> {
    /// A form on a road; `None` when the road never came there.
    pub fn of(
        catalogue: &'a Catalogue,
        form: &'a Form,
        road: &Candidacy,
        remarks: &'a [Remark],
    ) -> Option<Self> {
        Some(Self { form, round: form.round(road)?, catalogue, remarks })
    }

    /// What was said of an item, oldest first.
    pub fn said<'s>(&'s self, item: &'s str) -> impl DoubleEndedIterator<Item = &'a Remark> + use<'s, 'a> {
        let round = self.round;
        self.remarks.iter().filter(move |remark| remark.round == round && remark.item == item)
    }

    /// The verdict that counts.
    pub fn verdict(&self, item: &str) -> Option<(&'a Remark, &'a Verdict)> {
        self.said(item).rev().find_map(|remark| match &remark.said {
            Said::Verdict(code) => Some((remark, self.catalogue.verdict(code)?)),
            Said::Objection => None,
        })
    }

    /// The objection to the verdict that counts.
    pub fn objection(&self, item: &str) -> Option<&'a Remark> {
        self.said(item).next_back().filter(|last| last.said == Said::Objection)
    }

    /// How many items have a verdict.
    pub fn judged(&self) -> usize {
        self.form.items.iter().filter(|item| self.verdict(&item.code).is_some()).count()
    }

    /// The items that are not in order.
    pub fn failing(&self) -> impl Iterator<Item = &'a Item> + use<'_, 'a> {
        let fails = |verdict: Option<(&Remark, &Verdict)>| {
            verdict.is_some_and(|(_, verdict)| verdict.standing == Standing::Fails)
        };
        self.form.items.iter().filter(move |item| fails(self.verdict(&item.code)))
    }

    /// When the last item got its first verdict, once all have one.
    pub fn completed_at(&self) -> Option<DateTime<Utc>> {
        let last = |item: &'a Item| self.verdict(&item.code).map(|(remark, _)| remark.at);
        let all: Option<Vec<_>> = self.form.items.iter().map(last).collect();
        all?.into_iter().max()
    }

    /// What stands in the way of the road, for [`super::decide`].
    pub fn outcome(&self, sitting: Option<&Sitting>, day: impl Fn(DateTime<Utc>) -> NaiveDate) -> Outcome {
        Outcome {
            judged: self.judged(),
            items: self.form.items.len(),
            failing: self.failing().map(|item| item.name.clone()).collect(),
            lacks_sitting: self.form.sitting == Demand::Required && sitting.is_none(),
            completed_on: self.completed_at().map(day),
        }
    }

    /// A verdict on an item.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn judge(
        &self,
        stage: Stage,
        institution: Institution,
        (item, verdict, note): (&str, &str, &str),
        (by, at): (PersonId, DateTime<Utc>),
    ) -> Result<Remark, Refusal> {
        let item = self.form.item(item)?;
        if !self.form.is_open_in(stage) {
            return Err(Refusal::Closed(self.form.name.clone()));
        }
        if !item.is_for(institution) {
            return Err(Refusal::Theirs { item: item.name.clone(), of: item.whose() });
        }
        let verdict =
            self.catalogue.verdict(verdict).ok_or_else(|| Refusal::Verdict(item.name.clone()))?.code.clone();
        self.remark(item, Said::Verdict(verdict), note, (by, at))
    }

    /// The agency objects to a verdict.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn object(
        &self,
        stage: Stage,
        (item, note): (&str, &str),
        (by, at): (PersonId, DateTime<Utc>),
    ) -> Result<Remark, Refusal> {
        let item = self.form.item(item)?;
        let fails = self.failing().any(|each| each.code == item.code);
        if self.form.contested_in != Some(stage) || !fails {
            return Err(Refusal::NotContestable);
        }
        self.remark(item, Said::Objection, note, (by, at))
    }

    fn remark(
        &self,
        item: &Item,
        said: Said,
        note: &str,
        (by, at): (PersonId, DateTime<Utc>),
    ) -> Result<Remark, Refusal> {
        let note = note.replace("\r\n", "\n").trim().to_owned();
        if !(NOTE_MIN_CHARS..=NOTE_MAX_CHARS).contains(&note.chars().count()) {
            return Err(Refusal::Note(item.name.clone()));
        }
        let number = self.said(&item.code).map(|remark| remark.number).max().unwrap_or(0).saturating_add(1);
        Ok(Remark { round: self.round, item: item.code.clone(), number, said, note, by, at })
    }
}

/// What came of a form so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Items with a verdict.
    pub judged: usize,
    /// Items.
    pub items: usize,
    /// Names of those that are not in order.
    pub failing: Vec<String>,
    /// Whether it still has to be written down who sat together.
    pub lacks_sitting: bool,
    /// The day on which the newest verdict was given, once every item has one.
    pub completed_on: Option<NaiveDate>,
}

impl Sitting {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Sitting`].
    pub fn check(self, today: NaiveDate) -> Result<Self, Refusal> {
        let texts = [&self.place, &self.outcome];
        let is_whole = texts.iter().all(|text| !text.trim().is_empty()) && !self.present.is_empty();
        if is_whole && self.on <= today { Ok(self) } else { Err(Refusal::Sitting) }
    }
}
