//! The desk of the national team (*penilaian nasional*): the roads that lie there, the forms of a road with verdicts
//! and objections, who sat together, the scores side by side, and each form as a paper.
//!
//! **Invariant**: people of the agency read a form only when it is finished with: once the road left its stage, or,
//! where they may object, once every item has a verdict. KPK and ombudsman see their own items.

pub mod desk;
pub mod page;
pub mod paper;
mod scores;
pub mod write;

use bening_core::access::Action;
use bening_core::candidacy::appraisal::{
    Appraisal, Catalogue, Form, Institution, Item, Remark, Sitting, shipped,
};
use bening_core::candidacy::{Candidacy, Stage};
use bening_core::id::CandidacyId;
use bening_store::appraisal;

use super::reach::Roads;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::reach::allows;

/// From which chair somebody looks at the forms of a road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chair {
    /// An institution of the national team.
    Assessor(Institution),
    /// Those who speak for the agency.
    Agency,
    /// Everybody else who may read the unit.
    Reader,
}

impl Chair {
    fn of(caller: &Caller, roads: &Roads) -> Self {
        let may = |action| allows(caller, action, &roads.scope);
        match () {
            () if may(Action::JudgeCandidate) => Self::Assessor(Institution::Ministry),
            () if may(Action::AppraiseForKpk) => Self::Assessor(Institution::Kpk),
            () if may(Action::AppraiseForOmbudsman) => Self::Assessor(Institution::Ombudsman),
            () if may(Action::SelectCandidate) => Self::Agency,
            () => Self::Reader,
        }
    }

    /// Whether an item is shown from here.
    fn sees(self, item: &Item) -> bool {
        match self {
            Self::Assessor(institution) => item.is_for(institution),
            Self::Agency | Self::Reader => true,
        }
    }
}

/// The forms that come with Bening.
fn catalogue() -> Result<&'static Catalogue> {
    shipped().ok_or_else(|| AppError::Refused("formulir penilaian nasional tidak terpasang".to_owned()))
}

/// A road with what was found on it.
struct Opened {
    roads: Roads,
    road: Candidacy,
    remarks: Vec<Remark>,
    sittings: Vec<(usize, Sitting)>,
    chair: Chair,
}

impl Opened {
    /// The newest road of a unit.
    async fn load(app: &App, caller: &Caller, unit: &str) -> Result<Self> {
        let roads = Roads::load(app, caller, unit).await?;
        let road = roads.newest().cloned().ok_or(AppError::NotFound)?;
        let chair = Chair::of(caller, &roads);
        let (remarks, sittings) = found(app, road.id).await?;
        Ok(Self { roads, road, remarks, sittings, chair })
    }

    /// The form of a stage in its last round.
    fn appraisal(&self, form: &'static Form) -> Result<Option<Appraisal<'_>>> {
        Ok(Appraisal::of(catalogue()?, form, &self.road, &self.remarks))
    }

    /// The form of an address, if it may be seen.
    fn reach(&self, stage: &str) -> Result<Appraisal<'_>> {
        let stage = Stage::parse(stage).ok_or(AppError::NotFound)?;
        let form = catalogue()?.forms.iter().find(|form| form.stage == stage).ok_or(AppError::NotFound)?;
        let opened = self.appraisal(form)?.ok_or(AppError::NotFound)?;
        if self.shows(&opened) { Ok(opened) } else { Err(AppError::Forbidden) }
    }

    /// Whether a form is shown from the caller's chair.
    fn shows(&self, opened: &Appraisal<'_>) -> bool {
        let is_open = opened.form.is_open_in(self.road.stage());
        let is_told = opened.form.contested_in.is_some() && opened.completed_at().is_some();
        matches!(self.chair, Chair::Assessor(_)) || !is_open || is_told
    }

    /// Who sat together in a form's round, and how often that was written down.
    fn sitting(&self, round: usize) -> (Option<&Sitting>, usize) {
        let mut of = self.sittings.iter().filter(|(at, _)| *at == round).map(|(_, sitting)| sitting);
        let kept = of.clone().count();
        (of.next_back(), kept)
    }

    /// Address of the page.
    fn address(&self) -> String {
        format!("{}/penilaian", self.roads.address())
    }
}

/// What was said on a road, and who sat together.
async fn found(app: &App, road: CandidacyId) -> Result<(Vec<Remark>, Vec<(usize, Sitting)>)> {
    let remarks = appraisal::remarks(app.store(), &[road]).await?;
    let sittings = appraisal::sittings(app.store(), road).await?;
    Ok((remarks.into_iter().map(|(_, remark)| remark).collect(), sittings))
}

/// What stands in the way of a road from the stage it is in; `None` where that stage has no form.
pub(super) async fn outcome(
    app: &App,
    road: &Candidacy,
) -> Result<Option<bening_core::candidacy::appraisal::Outcome>> {
    let catalogue = catalogue()?;
    let Some(form) = catalogue.form(road.stage()) else { return Ok(None) };
    let (remarks, sittings) = found(app, road.id).await?;
    let Some(opened) = Appraisal::of(catalogue, form, road, &remarks) else { return Ok(None) };
    let sitting = sittings.iter().rfind(|(round, _)| *round == opened.round).map(|(_, sitting)| sitting);
    Ok(Some(opened.outcome(sitting, |at| app.local(at).0)))
}
