//! A plan as CSV: UTF-8 with a byte order mark (so that Excel takes it as such), commas, CRLF. Priority
//! targets are rows whose area says so. Withdrawn actions are left out.

use bening_core::document::{PrintError, Table};
use bening_core::plan::export::PlanExport;

use super::{HEADINGS, PRIORITY_HEADINGS, Row, plan_rows, priority_row};

/// What stands in the area column of a priority target.
const PRIORITY: &str = "Target Prioritas";

pub(crate) fn plan(plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
    write(plan).map_err(|error| PrintError(error.to_string()))
}

fn write(plan: &PlanExport) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(HEADINGS.iter().chain(&PRIORITY_HEADINGS[3..]))?;
    for row in plan_rows(plan) {
        writer.write_record(row.iter().map(|cell| guarded(cell)).chain([String::new()]))?;
    }
    for priority in plan.priorities.iter().map(priority_row) {
        writer.write_record(priority_record(&priority))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Any table whose cells span no others.
pub(crate) fn table(table: &Table) -> Result<Vec<u8>, PrintError> {
    write_table(table).map_err(|error| PrintError(error.to_string()))
}

fn write_table(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(table.columns.iter().map(|column| &column.heading))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| guarded(&cell.lines.join("\n"))))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn priority_record([action, target, time, follow_up]: &[String; 4]) -> Vec<String> {
    let mut row = Row::default();
    row[0] = PRIORITY.to_owned();
    row[4] = guarded(action);
    row[6] = guarded(time);
    row[8] = guarded(target);
    row.into_iter().chain([guarded(follow_up)]).collect()
}

/// A spreadsheet would run a cell that begins like a formula: a single quote keeps it text. The importer
/// takes exactly that quote off again.
fn guarded(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t']);
    if runs { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn cells_that_look_like_formulas_are_kept_from_running() {
        for cell in ["=1+1", "+62", "-5", "@x", "\t=1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("Jumat's"), "Jumat's");
        assert_eq!(guarded("'90-an"), "'90-an");
    }
}
