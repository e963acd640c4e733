//! Everything a report is made from, read from the store.

use bening_core::agency::Agency;
use bening_core::document::{Document, PrintError};
use bening_core::eligibility::{Facts, stated};
use bening_core::lke::report::{self, Inputs, Missing, Prose, Wording};
use bening_core::plan::paper::PaperLaw;
use bening_store::fact::{self, About};
use bening_store::letter::{self, Assignment};
use chrono::NaiveDate;

use crate::app::App;
use crate::error::{AppError, Result};
use crate::lke::reach::Opened;

/// What stands around a worksheet on its report.
pub(super) struct Gathered {
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
    pub(super) async fn load(app: &App, opened: &Opened) -> Result<Self> {
        let (store, year) = (app.store(), opened.at.year);
        let unit = About::Unit(opened.at.reached.unit.id);
        let (of_agency, of_unit) =
            (fact::stated(store, About::Agency, year).await?, fact::stated(store, unit, year).await?);
        let is_stated = !of_agency.is_empty() || !of_unit.is_empty();
        let facts = is_stated.then(|| stated::facts(&opened.edition, &of_agency, &of_unit));
        let unfit = |error: &dyn std::fmt::Display| AppError::Print(PrintError(error.to_string()));
        let gathered = Self {
            wording: Wording::default(),
            agency: bening_store::agency::load(store).await?,
            law: PaperLaw::of(&opened.edition).map_err(|error| unfit(&error))?,
            team: letter::assignment(store, opened.at.reached.unit.id, year).await?,
            facts,
            prose: Prose::builtin().map_err(|error| unfit(&error))?,
        };
        let kept = letter::wording(store, opened.lke.id).await?.unwrap_or_default();
        Ok(gathered.with(opened, kept))
    }

    /// The same with this wording.
    pub(super) fn with(self, opened: &Opened, kept: Wording) -> Self {
        let (unit, team) = (&opened.at.reached.unit, &self.team);
        let wording = kept.suggested(unit, opened.at.year, &team.letter, team.letter_on);
        Self { wording, ..self }
    }

    /// What must be there before the report can be issued.
    pub(super) fn missing(&self, opened: &Opened, today: NaiveDate) -> Vec<Missing> {
        self.inputs(opened, None, today).missing()
    }

    /// The report; without a number a draft.
    pub(super) fn document(
        &self,
        opened: &Opened,
        number: Option<&str>,
        today: NaiveDate,
    ) -> Result<Document> {
        let document = report::document(&self.prose, &self.inputs(opened, number, today));
        document.map_err(|error| AppError::Refused(error.to_string()))
    }

    fn inputs<'a>(&'a self, opened: &'a Opened, number: Option<&'a str>, today: NaiveDate) -> Inputs<'a> {
        Inputs {
            agency: &self.agency,
            unit: &opened.at.reached.unit,
            lke: &opened.lke,
            edition: &opened.edition,
            law: &self.law,
            wording: &self.wording,
            team: &self.team.seats,
            facts: self.facts.as_ref(),
            number,
            today,
        }
    }
}
