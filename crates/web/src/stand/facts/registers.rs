//! What registers of the unit say about facts: shown beside the field with the recap it comes from. Nobody states a
//! fact but people.

use bening_core::id::UnitId;
use bening_core::register::{Figure, Period, Register, Sight, shipped};
use bening_core::time::Year;
use bening_store::{register as store, unit};

use super::Row;
use crate::app::App;
use crate::error::Result;

/// What a register says about a fact.
pub(super) struct Read {
    /// The value, and what it is made of.
    pub(super) said: String,
    /// Its recap.
    pub(super) href: String,
    /// Name of the register.
    pub(super) title: String,
}

/// Puts what registers say beside the facts. Registers of keepers are not asked: more people read facts.
pub(super) async fn read(app: &App, unit: UnitId, year: Year, rows: &mut [Row]) -> Result<()> {
    let is_asked = |register: &&Register| register.sight == Sight::Unit;
    let units = unit::all(app.store()).await?;
    let code = units.iter().find(|known| known.id == unit).map(|unit| unit.code.as_str()).unwrap_or_default();
    for register in shipped().iter().filter(is_asked) {
        let stated = register.figures.iter().filter(|figure| figure.fact.is_some());
        for figure in stated {
            let said = said(app, unit, year, (register, figure)).await?;
            let row = rows.iter_mut().find(|row| figure.fact.as_ref() == Some(&row.name));
            if let Some((row, said)) = row.zip(said) {
                let href = format!("/unit/{code}/pengawasan/{}/rekap?tahun={year}", register.id);
                row.read.push(Read { said, href, title: register.title.clone() });
            }
        }
    }
    Ok(())
}

/// The figure in words; nothing while there is nothing to measure.
async fn said(
    app: &App,
    unit: UnitId,
    year: Year,
    (register, figure): (&Register, &Figure),
) -> Result<Option<String>> {
    let of = (register.period == Period::Year).then_some(year);
    let rows = store::list(app.store(), unit, &register.id, of).await?;
    let measured = register.measure(figure, &rows, app.today());
    let (said, parts) = register.said(figure, &measured);
    Ok(measured.value.map(|_| if parts.is_empty() { said } else { format!("{said} ({parts})") }))
}
