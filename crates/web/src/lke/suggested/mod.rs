//! Suggested answers of a worksheet: from frozen surveys and from what the unit's records say. They are only shown; an
//! answer is written when somebody who may answer accepts one, as an answer like any other that says where it comes
//! from. What is set aside stays to be seen with its reason.

pub mod decide;
mod gather;
mod offer;
pub mod overview;

pub use offer::{Missing, Offer, missing, offers};

use bening_core::lke::{Layer, edit};
use bening_core::scoring::Answer;
use bening_core::suggestion::{Basis, Decision, Offers, Standing, Suggestion, standing};
use bening_core::{instrument::Instrument, lke::Lke};
use bening_store::lke as store;

use super::eyes::Eyes;
use super::reach::{Opened, UnitYear};
use super::typed::worded;
use crate::app::App;
use crate::error::Result;

/// What a worksheet is offered, and what was decided about it.
#[derive(Debug, Clone, Default)]
pub struct Suggested {
    /// Suggestions, and rules without records.
    pub offers: Offers,
    /// The last word on each that somebody decided about.
    pub decisions: Vec<Decision>,
}

impl Suggested {
    /// What was decided about a suggestion.
    pub fn decision(&self, suggestion: &Suggestion) -> Option<&Decision> {
        let is_its = |one: &&Decision| one.question == suggestion.question && one.key == suggestion.key;
        self.decisions.iter().find(is_its)
    }
}

/// What is suggested for a sheet.
///
/// # Errors
/// When the store cannot be read.
pub async fn load(app: &App, at: &UnitYear, sheet: &Lke, edition: &Instrument) -> Result<Suggested> {
    let offers = gather::offers(app, at, sheet, edition).await?;
    Ok(Suggested { offers, decisions: store::decisions(app.store(), sheet.id).await? })
}

/// Where a suggestion stands for a layer. Decisions are the unit's; other layers are only compared.
fn stands(opened: &Opened, own: Layer, suggestion: &Suggestion) -> Standing {
    let given = edit::given(&opened.lke, own, &suggestion.question).answer;
    let decision = opened.suggested.decision(suggestion).filter(|_| own == Layer::Unit);
    standing(suggestion, given.as_ref(), decision)
}

/// A suggested answer in a few letters; an index rounded.
fn short(eyes: &Eyes<'_>, answer: &Answer) -> String {
    match answer {
        Answer::Index(index) => eyes.points(*index),
        other => worded(Some(other)),
    }
}

/// What a row of the worksheet says of the first suggestion that waits for a word; nothing when there is none.
pub fn flag(eyes: &Eyes<'_>, own: Layer, code: &str) -> Option<(&'static str, String)> {
    let opened = eyes.opened;
    if !opened.desk.may_answer(&opened.lke, &opened.edition, code) {
        return None;
    }
    let waits = |one: &&Suggestion| matches!(stands(opened, own, one), Standing::Open | Standing::Changed);
    let first = opened.suggested.offers.for_question(code).next().filter(waits)?;
    let answer = short(eyes, &first.answer);
    Some(match &first.basis {
        Basis::Survey(survey) => {
            ("usulan survei", format!("{} {answer} · {}", survey.index_name, survey.period))
        }
        Basis::Records { told, .. } => ("usulan catatan", format!("{answer} · {told}")),
    })
}
