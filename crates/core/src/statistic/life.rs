//! When counts are let out and taken back.

use chrono::NaiveDate;

use super::release::{Release, Released, StatisticRefusal};
use crate::id::{PersonId, StatisticId, UnitId};
use crate::register::{Period, Register, Row, Statistic};
use crate::time::Year;

/// Of which register and year of a unit.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Whose.
    pub unit: UnitId,
    /// The register.
    pub register: &'a Register,
    /// What it lets out.
    pub how: &'a Statistic,
    /// Year of the lines; of a standing register the year it is let out.
    pub year: Year,
}

/// Who lets something out, and when.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// Identity of what is new.
    pub id: StatisticId,
    /// Who.
    pub by: PersonId,
    /// On which day.
    pub today: NaiveDate,
}

impl Subject<'_> {
    fn is_of(&self, one: &Released) -> bool {
        let is_year = self.register.period == Period::Standing || one.year == self.year;
        one.unit == self.unit && one.register == self.register.id && is_year
    }

    /// What would be let out today, next to what was let out before.
    #[must_use]
    pub fn release(&self, rows: &[Row], today: NaiveDate, earlier: &[Released]) -> Release {
        let before: Vec<Release> =
            earlier.iter().filter(|one| self.is_of(one)).map(|one| one.release.clone()).collect();
        Release::of(self.register, self.how, rows, today, &before)
    }

    /// Lets the counts of lines out.
    ///
    /// # Errors
    /// When there are no lines, or the same is public already.
    pub fn publish(
        &self,
        rows: &[Row],
        told: Told,
        earlier: &[Released],
    ) -> Result<Released, StatisticRefusal> {
        if rows.is_empty() {
            return Err(StatisticRefusal::Empty);
        }
        let release = self.release(rows, told.today, earlier);
        if public(earlier, &self.register.id, self.year).is_some_and(|one| one.release == release) {
            return Err(StatisticRefusal::Same);
        }
        Ok(Released {
            id: told.id,
            unit: self.unit,
            register: self.register.id.clone(),
            year: self.year,
            release,
            by: told.by,
            on: told.today,
            withdrawn_on: None,
        })
    }
}

impl Released {
    /// Takes it back. What was seen cannot be unseen; it is kept for what is let out later.
    #[must_use]
    pub fn withdraw(mut self, today: NaiveDate) -> Self {
        self.withdrawn_on = Some(today);
        self
    }
}

/// What everybody sees of a register and year: the last that was let out, unless it was taken back. `all` are a
/// unit's, the last first.
#[must_use]
pub fn public<'a>(all: &'a [Released], register: &str, year: Year) -> Option<&'a Released> {
    let last = all.iter().find(|one| one.register == register && one.year == year);
    last.filter(|one| one.withdrawn_on.is_none())
}
