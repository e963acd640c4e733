//! From the words of an address to a worksheet: the unit, the year, who was appointed to assess there, the sheet
//! with its edition, and the desk of the caller. Every handler of a worksheet starts here.

use std::sync::Arc;

use bening_core::access::{Action, Scope};
use bening_core::instrument::{Editions, Instrument};
use bening_core::lke::Lke;
use bening_core::time::Year;
use bening_store::{lke, reading, team};
use serde::Deserialize;

use super::desk::Desk;
use super::suggested::{self, Suggested};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::reach::{self, Reached, demand, reach_unit};

/// `/unit/{unit}/lke/{tahun}` as types.
#[derive(Debug, Clone, Deserialize)]
pub struct LkePath {
    /// Code of the unit.
    pub unit: String,
    /// Year.
    pub tahun: String,
}

/// `/unit/{unit}/lke/{tahun}/…/{kode}` as types.
#[derive(Debug, Clone, Deserialize)]
pub struct CodePath {
    /// Code of the unit.
    pub unit: String,
    /// Year.
    pub tahun: String,
    /// Code of a question, sub-component or area.
    pub kode: String,
}

impl CodePath {
    /// The sheet it lies in.
    pub fn sheet(&self) -> LkePath {
        LkePath { unit: self.unit.clone(), tahun: self.tahun.clone() }
    }
}

/// A unit in a year, with those who assess it.
#[derive(Debug, Clone)]
pub struct UnitYear {
    /// The unit.
    pub reached: Reached,
    /// The year.
    pub year: Year,
    /// The scope of its worksheet: the unit and its appointed assessors.
    pub scope: Scope,
}

/// A worksheet, opened by somebody.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Where it lies.
    pub at: UnitYear,
    /// The sheet.
    pub lke: Lke,
    /// The edition it is filled under.
    pub edition: Arc<Instrument>,
    /// What the caller works on here.
    pub desk: Desk,
    /// Whether the caller gives it a blind second reading now; then it holds nothing that assessors said.
    pub is_blind: bool,
    /// What surveys and records suggest; empty for those who write.
    pub suggested: Suggested,
}

impl UnitYear {
    /// Address of the worksheet.
    pub fn address(&self) -> String {
        address(&self.reached, self.year)
    }
}

/// Address of a unit's worksheet for a year.
pub fn address(reached: &Reached, year: Year) -> String {
    format!("/unit/{}/lke/{year}", reached.unit.code)
}

/// The unit and year of an address, if the caller may do this there.
///
/// # Errors
/// As [`reach_unit`]; [`AppError::NotFound`] when the year is none.
pub async fn reach_year(app: &App, caller: &Caller, path: &LkePath, action: Action) -> Result<UnitYear> {
    let reached = reach_unit(app, caller, &path.unit, Action::ReadUnit).await?;
    let year = reach::year(&path.tahun)?;
    let assessors = team::assessors(app.store(), reached.unit.id, year).await?;
    let scope = reached.scope().assessors(assessors);
    demand(caller, action, &scope)?;
    Ok(UnitYear { reached, year, scope })
}

/// The worksheet of an address.
///
/// # Errors
/// As [`reach_year`]; [`AppError::NotFound`] when the unit has none for the year.
pub async fn reach_lke(app: &App, caller: &Caller, path: &LkePath) -> Result<Opened> {
    let at = reach_year(app, caller, path, Action::ReadUnit).await?;
    let lke = lke::find(app.store(), at.reached.unit.id, at.year).await?.ok_or(AppError::NotFound)?;
    open(app, caller, at, lke).await
}

/// A worksheet that was read, as the caller sees it.
///
/// # Errors
/// When its edition was taken out of the installation.
pub async fn open(app: &App, caller: &Caller, at: UnitYear, lke: Lke) -> Result<Opened> {
    let is_blind = reading::is_blind(app.store(), lke.id, caller.id()).await?;
    let lke = if is_blind { lke.unassessed() } else { lke };
    let opened = open_under(&*app.editions().await?, caller, at, lke)?;
    let suggested = suggested::load(app, &opened.at, &opened.lke, &opened.edition).await?;
    Ok(Opened { is_blind, suggested, ..opened })
}

/// A worksheet under the editions at hand, whole; for those who write in it.
///
/// # Errors
/// When its edition is not among them.
pub fn open_under(editions: &Editions, caller: &Caller, at: UnitYear, lke: Lke) -> Result<Opened> {
    let edition = editions.by_id(&lke.edition).cloned().ok_or_else(|| no_edition(&lke.edition))?;
    let desk = Desk::of(caller, &at.scope, &lke, &edition);
    Ok(Opened { at, lke, edition, desk, is_blind: false, suggested: Suggested::default() })
}

fn no_edition(id: &str) -> AppError {
    AppError::Refused(format!(
        "edisi lembar kerja \"{id}\" tidak terpasang lagi; minta pengelola memasang kembali berkas edisinya"
    ))
}
