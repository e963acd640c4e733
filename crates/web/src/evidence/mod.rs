//! Evidence: the register of a unit, bringing files, what they prove, and opening them. Who may open what is decided
//! in `bening_core::access`; the bytes are in `bening_store::files`.

pub mod add;
pub mod change;
pub mod file;
mod given;
pub mod list;
pub mod needs;
pub mod pack;
pub(crate) mod pictures;
mod proof;
mod scan;
pub mod show;
mod text;
pub mod upload;
pub mod uses;

use bening_core::access::Action as Want;
use bening_core::evidence::{Kept, Lapse, LinkCheck, LinkState, Secrecy};
use bening_core::id::ProofId;
use bening_store::evidence as store;
use serde::Deserialize;

use self::proof::Proofs;
pub use self::scan::{NoScanner, Scanner};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::{Reached, reach_unit};

/// `/unit/{unit}/bukti/{id}` as types.
#[derive(Debug, Clone, Deserialize)]
pub struct EvidencePath {
    unit: String,
    id: String,
}

/// A piece of evidence, opened by somebody, with what it proves.
struct Opened {
    reached: Reached,
    kept: Kept,
    proofs: Proofs,
}

fn address(reached: &Reached) -> String {
    format!("/unit/{}/bukti", reached.unit.code)
}

/// The evidence of an address, if the caller may open it.
async fn reach_evidence(app: &App, caller: &Caller, path: &EvidencePath) -> Result<Opened> {
    let reached = reach_unit(app, caller, &path.unit, Want::ReadUnit).await?;
    let id: ProofId = path.id.parse().map_err(|_| AppError::NotFound)?;
    let kept = store::by_id(app.store(), id).await?;
    let kept = kept.filter(|kept| kept.evidence.unit == reached.unit.id).ok_or(AppError::NotFound)?;
    let proofs = Proofs::read(app, &reached, std::slice::from_ref(&kept)).await?;
    if proofs.may_open(caller, &reached, &kept) {
        Ok(Opened { reached, kept, proofs })
    } else {
        Err(AppError::NotFound)
    }
}

/// Whether the caller may change what is said of it and bring new versions.
fn may_change(caller: &Caller, reached: &Reached, kept: &Kept) -> bool {
    crate::reach::allows(caller, Want::ChangeEvidence, &reached.scope().pics(vec![kept.evidence.owner]))
}

/// The frame of a page about evidence of a unit; `below` is where it lies under the register.
async fn page(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    title: String,
    below: Vec<Crumb>,
) -> Result<Page> {
    let list = ("Bukti", address(reached));
    frame::under(app, caller, reached, (Room::Evidence, title), list, below).await
}

/// A state as a chip: tone and name, a key of the words; nothing when there is nothing to say.
fn lapse_chip(lapse: Lapse) -> Option<(&'static str, &'static str)> {
    match lapse {
        Lapse::Holds => None,
        Lapse::Soon => Some(("warn", "segera berakhir")),
        Lapse::Over => Some(("bad", "masa berlaku habis")),
    }
}

/// What became of a link as a chip; nothing while it opens or was not asked.
fn link_chip(check: Option<&LinkCheck>) -> Option<(&'static str, &'static str)> {
    let state = check?.state;
    match state {
        LinkState::Alive => None,
        LinkState::Dead => Some(("bad", state.name())),
        LinkState::Locked | LinkState::Elsewhere => Some(("warn", state.name())),
        LinkState::Unclear => Some(("mute", state.name())),
    }
}

fn is_restricted(kept: &Kept) -> bool {
    kept.evidence.details.secrecy == Secrecy::Restricted
}

/// Bytes as people say them: "3,2 MB".
fn size(page: &Page, bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        page.number(format!("{}.{}", tenths / 10, tenths % 10))
    };
    match bytes {
        ..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} kB", bytes.div_ceil(1_024)),
        _ => format!("{} MB", tenths(1_048_576)),
    }
}
