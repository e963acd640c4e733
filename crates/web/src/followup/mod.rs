//! The register of follow-up: what was found, what is done about it, and that somebody else saw it done. What may
//! happen to an entry is decided in `bening_core::followup`.

pub mod change;
pub mod entry;
pub mod export;
pub mod list;

use bening_core::followup::{FollowUp, State};
use bening_core::time::Year;
use bening_store::followup as store;
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::monev;
use crate::page::{Crumb, Page, Tone};
use crate::plan::status::Chip;
use crate::reach::{self, Reached};

/// `/unit/{unit}/tindak-lanjut/{id}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct EntryPath {
    unit: String,
    id: String,
}

/// Which part of the register is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Ask {
    #[serde(default)]
    pub(crate) tahun: String,
    #[serde(default)]
    pub(crate) keadaan: String,
    #[serde(default)]
    pub(crate) sumber: String,
}

impl Ask {
    /// The year asked for, this year when none is.
    fn year(&self, app: &App) -> Result<Year> {
        if self.tahun.is_empty() { Ok(app.this_year()) } else { reach::year(&self.tahun) }
    }

    /// Whether an entry belongs to what is asked for. `terlambat` is asked for like a state.
    fn wants(&self, entry: &FollowUp, today: chrono::NaiveDate) -> bool {
        let by_state = match self.keadaan.as_str() {
            "" => true,
            "terlambat" => entry.is_overdue(today),
            state => entry.state.as_str() == state,
        };
        by_state && (self.sumber.is_empty() || entry.source.as_str() == self.sumber)
    }
}

fn address(reached: &Reached) -> String {
    format!("/unit/{}/tindak-lanjut", reached.unit.code)
}

/// The entry of an address, if it belongs to the unit.
async fn reach_entry(app: &App, reached: &Reached, id: &str) -> Result<FollowUp> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let entry = store::by_id(app.store(), id).await?;
    entry.filter(|entry| entry.unit == reached.unit.id).ok_or(AppError::NotFound)
}

/// Where an entry stands on a day, as a chip.
fn chip(caller: &Caller, entry: &FollowUp, today: chrono::NaiveDate) -> Chip {
    let (tone, sign) = match entry.state {
        _ if entry.is_overdue(today) => (Tone::Bad, "!"),
        State::Open => (Tone::Info, "•"),
        State::Done => (Tone::Warn, "?"),
        State::Verified => (Tone::Ok, "✓"),
        State::Reopened => (Tone::Warn, "↺"),
    };
    Chip { tone, sign, text: caller.lang.t(entry.state.name()).into_owned() }
}

/// The frame of a page about the register; `below` is where it lies under the list.
async fn page(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    year: Year,
    title: String,
    below: Vec<Crumb>,
) -> Result<Page> {
    let here = caller.lang.t("Tindak lanjut");
    let mut path = vec![match below.is_empty() {
        true => Crumb::here(here),
        false => Crumb::link(here, format!("{}?tahun={year}", address(reached))),
    }];
    path.extend(below);
    monev::page(app, caller, reached, year, title, path).await
}
