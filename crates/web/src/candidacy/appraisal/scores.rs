//! What unit, internal and national assessors found, side by side: one column a layer that was handed in and that the
//! caller may see, one row an area.

use bening_core::instrument::Instrument;
use bening_core::lke::{Layer, Lke, Side};
use bening_core::scoring::{Points, Score};
use bening_core::time::Year;
use bening_store::lke;

use super::{Chair, Opened};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;

/// The columns, and what each found of every row.
pub(super) struct Compared {
    pub(super) year: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// A layer.
pub(super) struct Column {
    pub(super) name: String,
    /// Where its calculation is.
    pub(super) address: String,
}

/// What was found of an area, of a component, or of all.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) weight: String,
    pub(super) scores: Vec<String>,
    pub(super) is_total: bool,
}

/// The layers side by side; `None` when there is nothing to compare.
pub(super) async fn compared(app: &App, caller: &Caller, opened: &Opened) -> Result<Option<Compared>> {
    let Some(side) = side(opened.chair) else { return Ok(None) };
    let Some(sheet) = sheet(app, opened).await? else { return Ok(None) };
    let editions = app.editions().await?;
    let Some(edition) = editions.by_id(&sheet.edition) else { return Ok(None) };
    let scored = layers(&sheet, side, edition);
    let Some((_, first)) = scored.first() else { return Ok(None) };
    let unit = &opened.roads.reached.unit;
    let column = |layer: Layer| Column {
        name: caller.lang.t(layer.title()).into_owned(),
        address: format!("/unit/{}/lke/{}/posisi?lapisan={}", unit.code, sheet.year, layer.as_str()),
    };
    let columns = scored.iter().map(|(layer, _)| column(*layer)).collect();
    let rows = rows(caller, edition, first, &scored);
    Ok(Some(Compared { year: sheet.year.to_string(), columns, rows }))
}

/// The side whose eyes a chair has.
fn side(chair: Chair) -> Option<Side> {
    match chair {
        Chair::Assessor(bening_core::candidacy::appraisal::Institution::Ministry) => Some(Side::Tpn),
        Chair::Agency => Some(Side::Tpi),
        Chair::Assessor(_) | Chair::Reader => None,
    }
}

/// The worksheet that was assessed: of the year of the last step, or of the year before.
async fn sheet(app: &App, opened: &Opened) -> Result<Option<Lke>> {
    let on = opened.road.taken.last().map_or(app.today(), |taken| taken.on);
    let year = Year::of(on);
    for year in [Some(year), year.previous()].into_iter().flatten() {
        if let Some(found) = lke::find(app.store(), opened.road.unit, year).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn layers(sheet: &Lke, side: Side, edition: &Instrument) -> Vec<(Layer, Score)> {
    let shown = [Layer::Unit, Layer::TpiController, Layer::TpnDesk, Layer::TpnField, Layer::TpnPanel];
    let handed_in = |layer: &Layer| sheet.is_submitted(*layer) && sheet.is_visible(*layer, side);
    let scored = |layer: Layer| Some((layer, Score::of(edition, &sheet.sheet(layer)).ok()?));
    shown.into_iter().filter(handed_in).filter_map(scored).collect()
}

fn rows(caller: &Caller, edition: &Instrument, first: &Score, scored: &[(Layer, Score)]) -> Vec<Row> {
    let row = |name: &str, is_total: bool, of: &dyn Fn(&Score) -> Option<Points>| Row {
        name: name.to_owned(),
        weight: of(first)
            .map(|points| caller.lang.decimal(points.weight.plain_or_rounded()))
            .unwrap_or_default(),
        scores: scored
            .iter()
            .map(|(_, score)| of(score).map(|points| caller.lang.decimal(points.score.rounded())))
            .map(Option::unwrap_or_default)
            .collect(),
        is_total,
    };
    let area = |area: &bening_core::instrument::Area| {
        row(&area.name, false, &|score: &Score| score.entry(&area.code).map(|entry| entry.points))
    };
    let mut rows: Vec<Row> = edition.areas.iter().map(area).collect();
    rows.push(row(&caller.lang.t("Pengungkit"), true, &|score| Some(score.pengungkit)));
    rows.push(row(&caller.lang.t("Hasil"), true, &|score| Some(score.hasil)));
    rows.push(row(&caller.lang.t("Jumlah"), true, &|score| Some(score.total)));
    rows
}
