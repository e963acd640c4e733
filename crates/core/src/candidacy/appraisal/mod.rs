//! What the national team looks at on a road (*penilaian nasional*): forms per stage read from
//! `candidacy/evaluasi.toml`, verdicts with a note for each item, objections, and who sat together.
//!
//! Remarks are only ever added: the newest verdict on an item counts, the older ones stay. Whether a road may go on
//! with what was found is decided by [`super::decide`].

pub mod paper;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::declaration::Witness;
use super::rules::Demand;
use super::{Candidacy, Stage};
use crate::id::PersonId;

/// The file as it lies in `candidacy/`.
pub const SHIPPED_FILE: &str = include_str!("../../../../../candidacy/evaluasi.toml");

/// Fewest characters of a note or an objection.
pub const NOTE_MIN_CHARS: usize = 10;

/// Most characters of a note or an objection.
pub const NOTE_MAX_CHARS: usize = 4000;

static SHIPPED: LazyLock<Option<Catalogue>> = LazyLock::new(|| Catalogue::parse(SHIPPED_FILE).ok());

/// The forms that come with Bening; a test proves that the file can be read.
pub fn shipped() -> Option<&'static Catalogue> {
    SHIPPED.as_ref()
}

/// All forms and the verdicts that can be given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Verdicts, best first.
    #[serde(rename = "verdict")]
    pub verdicts: Vec<Verdict>,
    /// One form a stage.
    #[serde(rename = "form")]
    pub forms: Vec<Form>,
}

/// A verdict.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Code, also in forms.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What it means for the road.
    pub standing: Standing,
}

/// What a verdict means for the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The item is in order.
    Clears,
    /// It is not.
    Fails,
}

/// What is looked at in a stage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The stage.
    pub stage: Stage,
    /// The stage in which the agency objects to its verdicts, if it may.
    pub contested_in: Option<Stage>,
    /// Name for people.
    pub name: String,
    /// How it is filled in.
    pub hint: String,
    /// Whether it has to be written down who sat together, when and where.
    pub sitting: Demand,
    /// Source.
    pub citation: String,
    /// What is looked at, in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// Something that is looked at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Code, unique in its form.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What is to be found out.
    pub ask: String,
    /// Whose part it is.
    pub by: Vec<Institution>,
}

/// The institutions of the national team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Institution {
    /// Ministry (*KemenPANRB*): keeps the secretariat and may note every item.
    Ministry,
    /// *Komisi Pemberantasan Korupsi*.
    Kpk,
    /// *Ombudsman Republik Indonesia*.
    Ombudsman,
}

impl Institution {
    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ministry => "KemenPANRB",
            Self::Kpk => "KPK",
            Self::Ombudsman => "Ombudsman",
        }
    }
}

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

impl Catalogue {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let read: Self = toml::from_str(text)?;
        let mut codes = BTreeSet::new();
        let items = read.forms.iter().flat_map(|form| form.items.iter().map(move |item| (form.stage, item)));
        for (stage, item) in items {
            if !codes.insert((stage, &item.code)) || item.by.is_empty() {
                return Err(CatalogueError::Item(item.code.clone()));
            }
        }
        Ok(read)
    }

    /// The form of a stage, or the one whose verdicts are contested there.
    pub fn form(&self, stage: Stage) -> Option<&Form> {
        self.forms.iter().find(|form| form.is_open_in(stage))
    }

    /// A verdict by its code.
    pub fn verdict(&self, code: &str) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.code == code)
    }
}

/// Why a file of forms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// It cannot be read.
    #[error("formulir penilaian nasional tidak dapat dibaca: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// An item twice in its form, or nobody's part.
    #[error("pokok \"{0}\" tertulis dua kali atau bukan bagian siapa pun")]
    Item(String),
}

impl Form {
    /// Whether its verdicts are given while a road is there.
    pub fn is_open_in(&self, stage: Stage) -> bool {
        self.stage == stage || self.contested_in == Some(stage)
    }

    /// Which step of a road last led to it.
    pub fn round(&self, road: &Candidacy) -> Option<usize> {
        road.taken.iter().rposition(|taken| taken.to == self.stage)
    }

    fn item(&self, code: &str) -> Result<&Item, Refusal> {
        self.items.iter().find(|item| item.code == code).ok_or_else(|| Refusal::Item(code.to_owned()))
    }
}

impl Item {
    /// Whether an institution may give a verdict on it; the ministry keeps the record of all.
    pub fn is_for(&self, institution: Institution) -> bool {
        institution == Institution::Ministry || self.by.contains(&institution)
    }

    /// Whose part it is, as words.
    pub fn whose(&self) -> String {
        self.by.iter().map(|each| each.title()).collect::<Vec<_>>().join(", ")
    }
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
