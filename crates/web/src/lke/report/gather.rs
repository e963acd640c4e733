//! Everything a report is made from, read from the store.

use bening_core::agency::Agency;
use bening_core::document::{Document, PrintError};
use bening_core::eligibility::{Facts, stated};
use bening_core::instrument::Instrument;
use bening_core::lke::report::{self, Inputs, Missing, Prose, Wording};
use bening_core::lke::{Layer, Lke};
use bening_core::plan::paper::PaperLaw;
use bening_core::unit::Unit;
use bening_store::Store;
use bening_store::fact::{self, About};
use bening_store::letter::{self, Assignment};
use chrono::NaiveDate;

use crate::error::{AppError, Result};
use crate::lke::reach::Opened;

/// What a report is about: the worksheet of a unit under its edition.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Its worksheet.
    pub lke: &'a Lke,
    /// The edition the worksheet is filled under.
    pub edition: &'a Instrument,
}

impl Subject<'_> {
    /// Which round of the assessment stands.
    pub(super) fn round(self) -> u32 {
        self.lke.layers.get(&Layer::TpiController).map_or(0, |filled| filled.round)
    }
}

impl Opened {
    /// What its report is about.
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject { unit: &self.at.reached.unit, lke: &self.lke, edition: &self.edition }
    }
}

/// What stands around a worksheet on its report.
pub struct Gathered {
    /// What assessors wrote, with suggestions where nothing stands.
    pub(super) wording: Wording,
    agency: Agency,
    law: PaperLaw,
    team: Assignment,
    /// Only when somebody stated any.
    facts: Option<Facts>,
    prose: Prose,
}

impl Gathered {
    /// Reads it.
    ///
    /// # Errors
    /// When the database cannot be read, or the texts that come with Bening are unfit.
    pub async fn load(store: &Store, subject: Subject<'_>) -> Result<Self> {
        let year = subject.lke.year;
        let unit = About::Unit(subject.unit.id);
        let (of_agency, of_unit) =
            (fact::stated(store, About::Agency, year).await?, fact::stated(store, unit, year).await?);
        let is_stated = !of_agency.is_empty() || !of_unit.is_empty();
        let facts = is_stated.then(|| stated::facts(subject.edition, &of_agency, &of_unit));
        let unfit = |error: &dyn std::fmt::Display| AppError::Print(PrintError(error.to_string()));
        let gathered = Self {
            wording: Wording::default(),
            agency: bening_store::agency::load(store).await?,
            law: PaperLaw::of(subject.edition).map_err(|error| unfit(&error))?,
            team: letter::assignment(store, subject.unit.id, year).await?,
            facts,
            prose: Prose::builtin().map_err(|error| unfit(&error))?,
        };
        let kept = letter::wording(store, subject.lke.id).await?.unwrap_or_default();
        Ok(gathered.with(subject, kept))
    }

    /// The same with this wording.
    #[must_use]
    pub fn with(self, subject: Subject<'_>, kept: Wording) -> Self {
        let team = &self.team;
        let wording = kept.suggested(subject.unit, subject.lke.year, &team.letter, team.letter_on);
        Self { wording, ..self }
    }

    /// What must be there before the report can be issued.
    pub(super) fn missing(&self, subject: Subject<'_>, today: NaiveDate) -> Vec<Missing> {
        self.inputs(subject, None, today).missing()
    }

    /// What speaks against the recommendation.
    pub(super) fn doubts(&self, subject: Subject<'_>, today: NaiveDate) -> Vec<String> {
        self.inputs(subject, None, today).doubts()
    }

    /// The report; without a number a draft.
    pub(super) fn document(
        &self,
        subject: Subject<'_>,
        number: Option<&str>,
        today: NaiveDate,
    ) -> Result<Document> {
        let document = report::document(&self.prose, &self.inputs(subject, number, today));
        document.map_err(|error| AppError::Refused(error.to_string()))
    }

    fn inputs<'a>(&'a self, subject: Subject<'a>, number: Option<&'a str>, today: NaiveDate) -> Inputs<'a> {
        Inputs {
            agency: &self.agency,
            unit: subject.unit,
            lke: subject.lke,
            edition: subject.edition,
            law: &self.law,
            wording: &self.wording,
            team: &self.team.seats,
            facts: self.facts.as_ref(),
            number,
            today,
        }
    }
}
