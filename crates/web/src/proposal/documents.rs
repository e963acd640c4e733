//! The two papers that are written for the package alone: the list of units, and the conditions of a unit with value
//! and source.

use bening_core::agency::Agency;
use bening_core::document::{Align, Block, Cell, Column, Document, Table};
use bening_core::eligibility::Status;
use bening_core::time::Year;
use chrono::NaiveDate;

use super::check::Checked;
use crate::candidacy::facts::Tested;

/// The list of the units with scores and eligibility.
pub(super) fn units(agency: &Agency, year: Year, dated: NaiveDate, chosen: &[Checked]) -> Document {
    let row = |(index, one): (usize, &Checked)| {
        let met = one.contents.tested.iter().flatten().filter(|tested| !tested.is_open()).count();
        let all = one.contents.tested.iter().flatten().count();
        row([
            (index + 1).to_string(),
            format!("{} ({})", one.unit.name, one.unit.code),
            one.road.predicate.clone(),
            one.own.clone(),
            one.team.clone(),
            format!("{met} dari {all} syarat terpenuhi"),
        ])
    };
    let columns = [
        ("No", 2),
        ("Unit kerja", 14),
        ("Predikat", 6),
        ("Nilai mandiri", 6),
        ("Nilai TPI", 6),
        ("Kelayakan", 10),
    ];
    let rows = chosen.iter().enumerate().map(row).collect();
    let lines = vec!["Daftar unit kerja yang diusulkan".to_owned(), format!("Tahun {year}")];
    document(agency, dated, lines, table(&columns, rows))
}

/// The conditions of a unit, with the facts about examinations and wealth reports among them.
pub(super) fn conditions(agency: &Agency, dated: NaiveDate, one: &Checked) -> Document {
    let row = |(index, tested): (usize, &Tested)| {
        row([
            (index + 1).to_string(),
            tested.text.clone(),
            if tested.value.is_empty() { "–".to_owned() } else { tested.value.clone() },
            word(tested.status).to_owned(),
            tested.source.clone(),
            tested.citation.clone(),
        ])
    };
    let columns = [("No", 2), ("Syarat", 14), ("Nilai", 5), ("Keadaan", 6), ("Sumber", 8), ("Dasar", 11)];
    let rows = one.contents.tested.iter().flatten().enumerate().map(row).collect();
    let lines = vec![
        format!("Pemenuhan syarat predikat {}", one.road.predicate),
        format!("{} ({})", one.unit.name, one.unit.code),
    ];
    document(agency, dated, lines, table(&columns, rows))
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Met => "terpenuhi",
        Status::NotMet => "belum terpenuhi",
        Status::Unknown => "belum diketahui",
        Status::NotApplicable => "tidak berlaku",
    }
}

fn row<const N: usize>(cells: [String; N]) -> Vec<Cell> {
    cells.into_iter().map(Cell::text).collect()
}

fn table(columns: &[(&str, u32)], rows: Vec<Vec<Cell>>) -> Table {
    let column = |(heading, share): &(&str, u32)| Column {
        heading: (*heading).to_owned(),
        share: *share,
        align: Align::Start,
    };
    Table { caption: None, columns: columns.iter().map(column).collect(), rows }
}

fn document(agency: &Agency, dated: NaiveDate, lines: Vec<String>, table: Table) -> Document {
    let head = [&agency.name, &agency.city].into_iter().filter(|line| !line.is_empty()).cloned().collect();
    Document {
        title: lines.join(" "),
        author: agency.name.clone(),
        language: "id".to_owned(),
        dated,
        cover: None,
        blocks: vec![
            Block::Letterhead { logo: agency.logo.clone(), lines: head },
            Block::Title { lines },
            Block::Table(table),
        ],
    }
}
