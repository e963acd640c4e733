//! Plans in Markdown or plain text: tables whose cells are divided by tabs or pipes, under headings that name
//! the areas.

use bening_core::plan::rows::PlanFile;

use crate::error::FileError;
use crate::table::{Headings, Reader};

/// Reads all tables of the text.
pub(crate) fn read(text: &str) -> Result<PlanFile, FileError> {
    let mut reader = Reader::new(Headings::Anywhere);
    for (row, line) in (1..).zip(text.lines()) {
        match cells(line) {
            Some(cells) if is_rule(&cells) => (),
            Some(cells) => reader.line(row, &cells)?,
            None if line.trim().is_empty() => (),
            None => reader.prose(&bare(line)),
        }
    }
    reader.finish()
}

/// Whether a text has signs of Markdown: headings, pipe tables, bold lines, HTML lists.
pub(crate) fn is_likely(text: &str) -> bool {
    let opens = ["# ", "## ", "### ", "**", "|"];
    text.contains("<ul")
        || text.lines().any(|line| opens.iter().any(|sign| line.trim_start().starts_with(sign)))
}

/// The cells of a table line.
fn cells(line: &str) -> Option<Vec<String>> {
    let pipes = line.trim();
    match () {
        () if pipes.starts_with('|') && pipes.len() > 1 => Some(between_pipes(pipes)),
        () if line.contains('\t') => Some(line.split('\t').map(bare).collect()),
        () => None,
    }
}

fn between_pipes(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let kept = inner.replace("\\|", "\u{1}");
    kept.split('|').map(|cell| bare(&cell.replace('\u{1}', "|"))).collect()
}

/// The line of dashes under the headings.
fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// Text without the signs of headings and bold type.
fn bare(text: &str) -> String {
    text.trim().trim_start_matches(['#', '>']).replace("**", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipe_tables_under_headings_are_read() {
        let text = "## V. Penguatan Pengawasan\n\n| No | Komponen | Rencana Aksi | PIC |\n|---|:---|--|--|\n\
                    | 1 | **SPIP** | Menyusun a\\|b | Bayu |\n\nTeks lain\n";
        let file = read(text).unwrap();
        let row = &file.rows[0];
        assert_eq!(row.area, "V. Penguatan Pengawasan");
        assert_eq!((row.component.as_str(), row.action.as_str(), row.row), ("SPIP", "Menyusun a|b", 5));
    }

    #[test]
    fn text_without_a_table_is_refused() {
        assert_eq!(read("Penguatan Pengawasan\n\nhanya teks").unwrap_err(), FileError::NoTable);
    }
}
