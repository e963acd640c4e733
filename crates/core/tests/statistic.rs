//! Counts that are let out: whatever the table, nobody works out a hidden number. The check here knows nothing of how
//! it is hidden: it walks through every table that shows the same numbers.
#![cfg(test)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use bening_core::id::{PersonId, RowId, UnitId};
use bening_core::register::{Row, Statistic, by_id};
use bening_core::statistic::{Counts, Flow, Release};
use bening_core::time::Year;
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

/// What each hidden number can be, told from the shown ones: every way to fill a table of `cells[line][column]` whose
/// lines and columns add up, with hidden numbers up to a limit.
fn possible(table: &Published, limit: u32) -> Vec<BTreeSet<u32>> {
    let mut found = vec![BTreeSet::new(); table.values.len()];
    let mut cells = vec![0; table.lines * table.columns];
    fill(table, limit, 0, &mut cells, &mut found);
    found
}

struct Published {
    lines: usize,
    columns: usize,
    /// Cells, totals of lines, totals of columns, the total.
    values: Vec<u32>,
    hidden: Vec<bool>,
}

impl Published {
    fn of(lines: usize, columns: usize, cells: &[u32], small: u32) -> Self {
        let values = totalled(lines, columns, cells);
        let node = |cell: usize| (2 + cell / columns, 2 + lines + cell % columns);
        let inner = (0..lines * columns).map(node);
        let before = (0..lines).map(|line| (0, 2 + line));
        let after = (0..columns).map(|column| (2 + lines + column, 1));
        let ends = inner.chain(before).chain(after).chain([(1, 0)]);
        let flows = ends.zip(&values).map(|((from, to), value)| Flow { from, to, value: *value }).collect();
        let hidden = Counts { flows }.hide(small, &BTreeSet::new());
        Self { lines, columns, values, hidden }
    }

    fn fits(&self, at: usize, value: u32) -> bool {
        self.hidden[at] || self.values[at] == value
    }
}

fn totalled(lines: usize, columns: usize, cells: &[u32]) -> Vec<u32> {
    let line = |line: usize| cells[line * columns..(line + 1) * columns].iter().sum();
    let column = |column: usize| (0..lines).map(|line| cells[line * columns + column]).sum();
    let sums = (0..lines).map(line).chain((0..columns).map(column)).chain([cells.iter().sum()]);
    cells.iter().copied().chain(sums).collect()
}

fn fill(table: &Published, limit: u32, at: usize, cells: &mut Vec<u32>, found: &mut [BTreeSet<u32>]) {
    if at == cells.len() {
        let all = totalled(table.lines, table.columns, cells);
        if all.iter().enumerate().all(|(at, value)| table.fits(at, *value)) {
            found.iter_mut().zip(all).for_each(|(seen, value)| seen.extend([value]));
        }
        return;
    }
    let choices = if table.hidden[at] { 0..=limit } else { table.values[at]..=table.values[at] };
    for value in choices {
        cells[at] = value;
        // A line that is full must add up before the next is tried.
        let line = at / table.columns;
        let is_full = (at + 1).is_multiple_of(table.columns);
        let sum: u32 = cells[line * table.columns..=at].iter().sum();
        if !is_full || table.fits(table.lines * table.columns + line, sum) {
            fill(table, limit, at + 1, cells, found);
        }
    }
    cells[at] = 0;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_hidden_number_can_be_worked_out_and_a_small_one_not_even_nearly(cells in prop::collection::vec(0..9_u32, 6)) {
        let (small, table) = (3, Published::of(2, 3, &cells, 3));
        for (at, could) in possible(&table, 12).iter().enumerate() {
            let value = table.values[at];
            if (1..small).contains(&value) {
                prop_assert!(table.hidden[at], "{value} is shown in {cells:?}");
                prop_assert!(could.len() as u32 >= small, "{could:?} at {at} of {cells:?}");
            }
            prop_assert!(!table.hidden[at] || could.len() > 1, "only {could:?} fits at {at} of {cells:?}");
        }
    }

    #[test]
    fn what_is_hidden_of_a_release_is_hidden_in_every_form_of_it(kinds in prop::collection::vec((1..7_u32, 0..3_usize, 0..4_usize), 0..60)) {
        let rows: Vec<Row> = kinds.iter().map(|(month, kind, state)| complaint(*month, *kind, *state)).collect();
        let release = complaints(&rows, &[]);
        for line in release.lines() {
            let exact = rows.iter().filter(|row| line.of.iter().all(|(by, is)| says(row, by, is))).count();
            prop_assert_eq!(line.count.unwrap_or(exact as u32), exact as u32);
            prop_assert!(line.count.is_none_or(|count| count == 0 || count >= 5));
        }
        let hidden = "null";
        let text = serde_json::to_string(&release).unwrap();
        prop_assert_eq!(text.contains(hidden), release.hides());
    }
}

const KINDS: [(&str, &str); 3] =
    [("pengaduan", "Pengaduan"), ("permintaan", "Permintaan Informasi"), ("aspirasi", "Aspirasi")];
const STATES: [&str; 4] = ["masuk", "ditelaah", "dikerjakan", "selesai"];
const MONTHS: [&str; 6] = ["Januari", "Februari", "Maret", "April", "Mei", "Juni"];

fn complaint(month: u32, kind: usize, state: usize) -> Row {
    let values = [
        ("jenis", KINDS[kind].0.to_owned()),
        ("diterima", format!("2020-0{month}-10")),
        ("kanal", "meja".to_owned()),
    ];
    Row {
        id: RowId(Uuid::from_u128(1)),
        unit: UnitId(Uuid::from_u128(2)),
        register: "pengaduan".to_owned(),
        year: Year::new(2020).unwrap(),
        number: 1,
        values: values.map(|(code, value)| (code.to_owned(), value)).into_iter().collect::<BTreeMap<_, _>>(),
        state: STATES[state].to_owned(),
        author: PersonId(Uuid::from_u128(3)),
        moments: Vec::new(),
        version: 1,
    }
}

fn says(row: &Row, by: &str, is: &str) -> bool {
    match by {
        "Bulan" => MONTHS[row.day("diterima").unwrap().to_string()[5..7].parse::<usize>().unwrap() - 1] == is,
        "Jenis" => KINDS.iter().any(|(code, title)| *code == row.value("jenis") && *title == is),
        "Keadaan" => row.state == is,
        _ => is == "Meja layanan",
    }
}

fn complaints(rows: &[Row], before: &[Release]) -> Release {
    let register = by_id("pengaduan").unwrap();
    let how: &Statistic = register.statistic.as_ref().unwrap();
    Release::of(register, how, rows, NaiveDate::from_ymd_opt(2020, 6, 15).unwrap(), before)
}

fn many(count: usize, month: u32, kind: usize) -> Vec<Row> {
    (0..count).map(|_| complaint(month, kind, 3)).collect()
}

fn of(release: &Release, what: &[(&str, &str)]) -> Option<u32> {
    release.lines().iter().find(|line| line.of == what).expect("a count").count
}

#[test]
fn totals_of_lines_and_columns_do_not_give_a_hidden_cell_back() {
    let cells = [20, 3, 30, 12, 40, 9];
    let table = Published::of(2, 3, &cells, 5);
    assert!(table.hidden[1]);
    assert!(
        table.hidden.iter().take(6).filter(|hidden| **hidden).count() >= 4,
        "a cell alone in its line gives itself away"
    );
    assert!(!table.hidden[11], "the total of all need not be hidden for it");
}

#[test]
fn a_table_without_small_numbers_is_shown_whole() {
    let table = Published::of(2, 2, &[5, 6, 7, 0], 5);
    assert_eq!(table.hidden, [false; 9]);
}

#[test]
fn two_lines_that_are_the_only_ones_are_not_told_even_by_their_total() {
    let release = complaints(&many(2, 3, 0), &[]);
    assert_eq!(of(&release, &[]), None);
    assert_eq!(of(&release, &[("Jenis", "Pengaduan")]), None);
}

#[test]
fn a_number_that_moved_by_two_since_the_last_release_is_hidden_in_the_next() {
    let first = complaints(&many(20, 3, 0), &[]);
    assert_eq!(of(&first, &[("Bulan", "Maret")]), Some(20));
    let next = complaints(&many(22, 3, 0), std::slice::from_ref(&first));
    assert_eq!(of(&next, &[("Bulan", "Maret")]), None);
    assert_eq!(of(&complaints(&many(30, 3, 0), &[first]), &[("Bulan", "Maret")]), Some(30));
}

#[test]
fn months_that_have_not_come_are_no_place_to_hide_behind() {
    let release = complaints(&many(9, 3, 0), &[]);
    let months: Vec<&str> =
        release.dimensions[0].headings.iter().map(|heading| heading.title.as_str()).collect();
    assert_eq!(months, MONTHS);
}
