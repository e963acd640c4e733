//! What the paper says: cells that belong together, and the state of the plan on the day of the paper.

use bening_core::document::{Block, Cell, Document, Table};
use bening_core::plan::paper::Prose;

use crate::sample;

fn table<'a>(paper: &'a Document, caption: &str) -> &'a Table {
    let mut tables = paper.blocks.iter().rev().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.find(|table| table.caption.as_deref().is_some_and(|text| text.contains(caption))).unwrap()
}

fn texts(row: &[Cell]) -> Vec<String> {
    row.iter().map(|cell| cell.lines.join("|")).collect()
}

fn heights(row: &[Cell]) -> Vec<u32> {
    row.iter().map(|cell| cell.rowspan).collect()
}

#[test]
fn components_benefits_and_equal_neighbours_span_their_rows() {
    let paper = sample::paper(&sample::plan());
    let rows = &table(&paper, "Manajemen Perubahan").rows;
    // No, component, action, evidence, time, PIC, target, benefits of the whole area.
    assert_eq!(heights(&rows[0]), [2, 2, 1, 1, 2, 2, 2, 7]);
    assert_eq!(heights(&rows[1]), [1, 1], "all but action and evidence is said above");
    // The second component has one PIC, but two times and two targets.
    assert_eq!(heights(&rows[2]), [2, 2, 1, 1, 1, 2, 1]);
    assert_eq!(texts(&rows[3])[2], "Maret");
}

#[test]
fn a_withdrawn_action_shares_no_cell_with_those_that_hold() {
    let mut plan = sample::plan();
    let withdrawn = sample::plan_under_way().areas[1].components[1].actions[0].withdrawn.clone();
    plan.areas[0].components[0].actions[1].withdrawn = withdrawn;
    let paper = sample::paper(&plan);
    let rows = &table(&paper, "Manajemen Perubahan").rows;
    assert_eq!(heights(&rows[0])[4..7], [1, 1, 1]);
    assert_eq!(
        rows[1][0].struck.as_deref(),
        Some("Ditarik 17 Februari 2020: aplikasi digantikan sistem kementerian")
    );
}

#[test]
fn progress_counts_what_was_reported_until_the_day_of_the_paper() {
    let paper = sample::paper(&sample::plan_under_way());
    let rows = &table(&paper, "Keadaan rencana aksi per 5 Maret 2020").rows;
    assert_eq!(texts(&rows[0]), ["Manajemen Perubahan", "7", "1", "3", "3", "0", "0", "3 dari 12"]);
    assert_eq!(texts(&rows[1]), ["Penataan Tatalaksana", "1", "0", "0", "1", "0", "1", "0 dari 1"]);
    assert_eq!(texts(&rows[6]), ["Jumlah", "16", "1", "9", "6", "0", "1", "3 dari 21"]);
}

#[test]
fn follow_up_names_the_months_that_are_missing() {
    let mut plan = sample::plan_under_way();
    plan.areas[0].components[2].actions[0].done = vec![1];
    let paper = sample::paper(&plan);
    let rows = &table(&paper, "perlu ditindaklanjuti").rows;
    let monitoring =
        rows.iter().map(|row| texts(row)).find(|row| row[0].starts_with("Melaksanakan monitoring"));
    assert_eq!(monitoring.unwrap()[3], "Februari", "March is not over on the fifth");
}

#[test]
fn a_template_with_unknown_parts_is_refused() {
    assert!(Prose::builtin().is_ok());
    assert!(Prose::parse("title = 'a'\nbukan = 1").is_err());
}
