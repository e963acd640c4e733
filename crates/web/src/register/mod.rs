//! Registers of a unit: a list of them, their lines, forms, steps, recaps and files. What a register is and what may
//! happen to a line is decided in `bening_core::register`.

pub mod change;
pub mod entry;
pub mod export;
pub(crate) mod fields;
pub mod form;
pub mod import;
pub mod index;
pub mod list;
pub mod recap;

use bening_core::access::{Action as Want, Scope};
use bening_core::id::{PersonId, UnitId};
use bening_core::register::{self as core, Entry, Hand, Kind, Period, Register, Row, Sight, Step};
use bening_core::time::Year;
use bening_store::register as store;
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room, Tone};
use crate::plan::frame;
use crate::plan::status::Chip;
use crate::reach::{self, Reached, allows, reach_unit};

/// `/unit/{unit}/pengawasan/{register}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct RegisterPath {
    pub(crate) unit: String,
    pub(crate) register: String,
}

/// `/unit/{unit}/pengawasan/{register}/{id}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct RowPath {
    unit: String,
    register: String,
    id: String,
}

/// Which year is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct AskYear {
    #[serde(default)]
    tahun: String,
}

impl AskYear {
    pub(crate) fn year(&self, app: &App) -> Result<Year> {
        if self.tahun.is_empty() { Ok(app.this_year()) } else { reach::year(&self.tahun) }
    }
}

/// Where somebody stands before a register: what they may do there.
#[derive(Debug, Clone)]
pub struct Desk {
    pub(crate) register: &'static Register,
    pub(crate) reached: Reached,
    me: PersonId,
    /// How columns of people name the caller.
    label: String,
    reads: bool,
    keeps: bool,
    judges: bool,
    enters: bool,
}

impl Desk {
    /// The desk of a register of an address, if the unit may be seen.
    pub(crate) async fn reach(app: &App, caller: &Caller, unit: &str, register: &str) -> Result<Self> {
        let reached = reach_unit(app, caller, unit, Want::ReadUnit).await?;
        let register = core::by_id(register).ok_or(AppError::NotFound)?;
        Ok(Self::at(caller, reached, register))
    }

    fn at(caller: &Caller, reached: Reached, register: &'static Register) -> Self {
        let scope: Scope = reached.scope().area(Some(register.area));
        let may = |want| allows(caller, want, &scope);
        let (reads, keeps) = (may(Want::ReadRegister), may(Want::KeepRegister));
        let (judges, enters) = (may(Want::JudgeRegister), may(Want::EnterRegister));
        let (me, label) = (caller.id(), core::listed(&caller.person));
        Self { register, reached, me, label, reads, keeps, judges, enters }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.register.sight == Sight::Unit || self.reads
    }

    fn sees(&self, row: &Row) -> bool {
        self.is_open() || row.author == self.me || self.is_given(row)
    }

    /// Whether a line was given to the caller: they stand in a column of people.
    fn is_given(&self, row: &Row) -> bool {
        let mut people = self.register.columns.iter().filter(|column| matches!(column.kind, Kind::Person));
        people.any(|column| row.value(&column.code) == self.label)
    }

    /// Whether the caller answers for a line: keeps the register, or was given it.
    pub(crate) fn may_answer(&self, row: &Row) -> bool {
        self.keeps || self.is_given(row)
    }

    /// Whether a caller may open a line of a unit.
    pub(crate) fn sees_line(caller: &Caller, reached: &Reached, row: &Row) -> bool {
        let desk = |register| Self::at(caller, reached.clone(), register);
        core::by_id(&row.register).map(desk).is_some_and(|desk| desk.owns(row) && desk.sees(row))
    }

    /// Whether the caller hangs evidence on a line: those who answer for it, and whoever wrote it while it is open.
    pub(crate) fn may_prove(&self, row: &Row) -> bool {
        let is_open = self.register.state(&row.state).is_some_and(|state| state.open);
        self.may_answer(row) || (is_open && self.may_change(row))
    }

    /// Whether private columns of a line are shown.
    fn sees_private(&self, row: &Row) -> bool {
        self.reads || row.author == self.me || self.is_given(row)
    }

    fn may_enter(&self) -> bool {
        self.keeps || (self.register.entry == Entry::Staff && self.enters)
    }

    fn may_change(&self, row: &Row) -> bool {
        self.keeps || (self.may_enter() && row.author == self.me)
    }

    fn may_take(&self, step: &Step, row: &Row) -> bool {
        match step.by {
            Hand::Author => row.author == self.me && self.may_enter(),
            Hand::Keeper => self.keeps,
            Hand::Judge => self.judges,
            Hand::Assigned => self.may_answer(row),
        }
    }

    pub(crate) fn demand(&self, allowed: bool) -> Result<()> {
        if allowed { Ok(()) } else { Err(AppError::Forbidden) }
    }

    pub(crate) fn address(&self) -> String {
        format!("/unit/{}/pengawasan/{}", self.reached.unit.code, self.register.id)
    }

    /// The line of an address, if it belongs here and the caller may know of it.
    pub(crate) async fn row(&self, app: &App, id: &str) -> Result<Row> {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let row = store::by_id(app.store(), id).await?;
        row.filter(|row| self.owns(row) && self.sees(row)).ok_or(AppError::NotFound)
    }

    fn owns(&self, row: &Row) -> bool {
        row.unit == self.reached.unit.id && row.register == self.register.id
    }

    /// All lines of a year that the caller may see; of a standing register all lines.
    async fn rows(&self, app: &App, year: Year) -> Result<Vec<Row>> {
        let mut rows = self.all_rows(app, year).await?;
        rows.retain(|row| self.sees(row));
        Ok(rows)
    }

    /// All lines of a year, for figures that name nobody.
    pub(crate) async fn all_rows(&self, app: &App, year: Year) -> Result<Vec<Row>> {
        let year = (self.register.period == Period::Year).then_some(year);
        Ok(store::list(app.store(), self.reached.unit.id, &self.register.id, year).await?)
    }

    /// The frame of a page; `below` is where it lies under the list.
    pub(crate) async fn page(
        &self,
        app: &App,
        caller: &Caller,
        year: Year,
        title: String,
        below: Vec<Crumb>,
    ) -> Result<Page> {
        let page = frame::at(app, caller, &self.reached, year, title, Room::Oversight).await?;
        let unit = &self.reached.unit;
        let mut crumbs = vec![
            Crumb::link(unit.code.to_string(), format!("/unit/{}", unit.code)),
            Crumb::link(caller.lang.t("Pengawasan"), format!("/unit/{}/pengawasan?tahun={year}", unit.code)),
        ];
        let here = caller.lang.t(&self.register.title).into_owned();
        crumbs.push(match below.is_empty() {
            true => Crumb::here(here),
            false => Crumb::link(here, format!("{}?tahun={year}", self.address())),
        });
        crumbs.extend(below);
        Ok(Page { crumbs, ..page })
    }

    /// Where a line stands, as a chip; what is late says so.
    fn chip(&self, app: &App, row: &Row) -> Chip {
        let Some(state) = self.register.state(&row.state) else {
            return Chip { tone: Tone::Mute, sign: "", text: row.state.clone() };
        };
        if self.register.is_late(row, app.today()) {
            return Chip { tone: Tone::Bad, sign: "!", text: state.title.clone() };
        }
        let tone = tone(state.tone);
        Chip { tone, sign: tone.sign(), text: state.title.clone() }
    }

    /// What names a line.
    fn name(&self, row: &Row) -> String {
        let name = row.value(&self.register.name);
        if name.is_empty() { format!("no. {}", row.number) } else { name.to_owned() }
    }
}

/// Where a line of a unit is shown.
pub(crate) fn line_address(unit: &bening_core::unit::Unit, row: &Row) -> String {
    format!("/unit/{}/pengawasan/{}/{}", unit.code, row.register, row.id)
}

/// Everybody of a unit as columns of people name them.
async fn people_of(app: &App, unit: UnitId) -> Result<Vec<String>> {
    let members = bening_store::person::members(app.store(), unit, app.today()).await?;
    Ok(members.iter().map(core::listed).collect())
}

/// A tone of a file as one of pages.
fn tone(tone: core::Tone) -> Tone {
    match tone {
        core::Tone::Ok => Tone::Ok,
        core::Tone::Warn => Tone::Warn,
        core::Tone::Bad => Tone::Bad,
        core::Tone::Info => Tone::Info,
        core::Tone::Mute => Tone::Mute,
    }
}
