//! A plan as rows for spreadsheets: the same columns in XLSX, in CSV and in the template for import, so
//! that what was exported can be changed and imported again.

pub(crate) mod csv;
pub(crate) mod listing;
pub(crate) mod tables;
pub(crate) mod xlsx;

use bening_core::plan::export::{
    ActionExport, AreaExport, ComponentExport, PlanExport, PriorityExport, TimeExport,
};
use bening_core::plan::rows::items;

/// Headings of the first sheet, in order.
pub(crate) const HEADINGS: [&str; 10] = [
    "Area",
    "No",
    "Komponen",
    "Subkomponen LKE",
    "Rencana Aksi",
    "Bukti Fisik",
    "Waktu",
    "PIC",
    "Target",
    "Manfaat",
];
/// Headings of the sheet of priority targets.
pub(crate) const PRIORITY_HEADINGS: [&str; 4] = ["Rencana Aksi", "Target", "Waktu", "Tindak Lanjut"];

/// One action in the order of [`HEADINGS`].
pub(crate) type Row = [String; 10];

/// Every action that was not withdrawn. A component or a benefit without any keeps a row of its own, so
/// that nothing is lost on the way through a spreadsheet.
pub(crate) fn plan_rows(plan: &PlanExport) -> Vec<Row> {
    plan.areas.iter().flat_map(area_rows).collect()
}

fn area_rows(area: &AreaExport) -> Vec<Row> {
    let mut rows: Vec<Row> = area.components.iter().flat_map(component_rows).collect();
    if rows.is_empty() && !area.benefits.is_empty() {
        rows.push(Row::default());
    }
    for row in &mut rows {
        row[0].clone_from(&area.name);
    }
    if let Some(first) = rows.first_mut() {
        first[9] = joined(area.benefits.iter().map(|benefit| benefit.text.as_str()));
    }
    rows
}

fn component_rows(component: &ComponentExport) -> Vec<Row> {
    let standing = component.actions.iter().filter(|action| action.withdrawn.is_none());
    let mut rows: Vec<Row> = standing.map(action_row).collect();
    if rows.is_empty() {
        rows.push(Row::default());
    }
    for row in &mut rows {
        row[1] = component.number.to_string();
        row[2].clone_from(&component.name);
        row[3] = or_dash(component.sub.as_deref().unwrap_or_default());
    }
    rows
}

fn action_row(action: &ActionExport) -> Row {
    let mut row = Row::default();
    row[4].clone_from(&action.name);
    row[5] = joined(action.evidence.iter().map(|piece| piece.title.as_str()));
    row[6] = or_dash(&time(action.time.as_ref()));
    row[7] = or_dash(&action.pics.join(", "));
    row[8] = or_dash(&action.target);
    row
}

/// A priority target in the order of [`PRIORITY_HEADINGS`].
pub(crate) fn priority_row(priority: &PriorityExport) -> [String; 4] {
    [
        priority.action.clone(),
        priority.target.clone(),
        time(priority.time.as_ref()),
        priority.follow_up.clone(),
    ]
}

fn time(time: Option<&TimeExport>) -> String {
    time.map(|time| time.text.clone()).unwrap_or_default()
}

fn joined<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items::join(&items.map(str::to_owned).collect::<Vec<_>>())
}

/// An empty cell means "as above" to the importer, a dash means "none".
fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}
