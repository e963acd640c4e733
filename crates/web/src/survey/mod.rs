//! Surveys: the pages on which a unit puts campaigns together and reads them, and the form of the citizens.
//! What a campaign may do is decided in `bening_core::survey`.

mod beside;
pub mod board;
pub mod data;
pub mod edit;
mod gate;
pub mod import;
pub mod invite;
mod kin;
pub mod kiosk;
mod letter;
pub mod life;
pub mod list;
pub mod own;
pub mod paper;
pub mod piles;
pub mod print;
pub mod public;
pub mod publish;
pub(crate) mod puzzle;
pub mod report;
mod sheet;
mod shown;
pub mod signals;
mod table;
pub mod texts;
mod typed;

pub use gate::Gate;
pub use puzzle::ZERO_BITS;

use bening_core::access::Action as Want;
use bening_core::survey::CampaignState;
use bening_store::survey::{self as store, Kept};
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::{Reached, reach_unit};
use crate::words::Lang;

/// `/unit/{unit}/survei/{id}` as types.
#[derive(Debug, Clone, Deserialize)]
pub struct CampaignPath {
    unit: String,
    id: String,
}

/// A state as a chip: tone and name, a key of the words.
pub(crate) struct StateChip {
    pub(crate) tone: &'static str,
    pub(crate) text: &'static str,
}

pub(crate) fn state_chip(state: CampaignState) -> StateChip {
    let (tone, text) = match state {
        CampaignState::Draft => ("mute", "konsep"),
        CampaignState::Open => ("ok", "dibuka"),
        CampaignState::Closed => ("warn", "ditutup"),
        CampaignState::Frozen => ("info", "dibekukan"),
    };
    StateChip { tone, text }
}

fn address(unit: &str) -> String {
    format!("/unit/{unit}/survei")
}

fn campaign_address(reached: &Reached, kept: &Kept) -> String {
    format!("{}/{}", address(reached.unit.code.as_str()), kept.campaign.id)
}

/// The campaign of an address, if the caller may do this there.
async fn reach_campaign(
    app: &App,
    caller: &Caller,
    path: &CampaignPath,
    want: Want,
) -> Result<(Reached, Kept)> {
    let reached = reach_unit(app, caller, &path.unit, want).await?;
    let id = path.id.parse().map_err(|_| AppError::NotFound)?;
    let kept = store::by_id(app.store(), id).await?;
    let kept = kept.filter(|kept| kept.campaign.unit == reached.unit.id).ok_or(AppError::NotFound)?;
    Ok((reached, kept))
}

/// The frame of a page about surveys of a unit; `below` is where it lies under the list.
async fn page(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    title: String,
    below: Vec<Crumb>,
) -> Result<Page> {
    let list = ("Survei", address(reached.unit.code.as_str()));
    frame::under(app, caller, reached, (Room::Survey, title), list, below).await
}

fn words(words: &bening_core::survey::Words, lang: Lang) -> &str {
    match lang {
        Lang::Id => &words.id,
        Lang::En => &words.en,
    }
}
