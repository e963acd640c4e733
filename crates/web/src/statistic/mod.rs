//! Counts of registers for everybody: the unit's page where they are let out, and what everybody reads. What is
//! hidden is decided in `bening_core::statistic`; nothing here sees more than a release.

pub mod desk;
pub mod public;

use bening_core::statistic::{Dimension, Release};

use crate::page::Page;

/// A table as it is shown; an empty cell is hidden.
pub(crate) struct Shown {
    title: String,
    heads: Vec<String>,
    lines: Vec<(String, Vec<String>, String)>,
    totals: Vec<String>,
    total: String,
}

/// The tables of a release, the longer dimension down.
pub(crate) fn tables(page: &Page, release: &Release) -> Vec<Shown> {
    let pairs = release.dimensions.iter().zip(release.dimensions.iter().skip(1));
    pairs
        .zip(&release.tables)
        .map(|((down, across), cells)| table(page, release, (down, across), cells))
        .collect()
}

fn table(
    page: &Page,
    release: &Release,
    (one, other): (&Dimension, &Dimension),
    cells: &[Vec<Option<u32>>],
) -> Shown {
    let is_wide = other.headings.len() > one.headings.len();
    let (down, across) = if is_wide { (other, one) } else { (one, other) };
    let cell = |line: usize, head: usize| {
        let (line, head) = if is_wide { (head, line) } else { (line, head) };
        cells.get(line).and_then(|cells| cells.get(head)).copied().flatten()
    };
    let said = |count: Option<u32>| count.map(|count| page.number(count)).unwrap_or_default();
    let lines = down.headings.iter().enumerate().map(|(at, line)| {
        let cells = (0..across.headings.len()).map(|head| said(cell(at, head))).collect();
        (line.title.clone(), cells, said(line.count))
    });
    Shown {
        title: page.tf(
            "Per %{satu} dan %{lain}",
            &[("satu", down.title.to_lowercase()), ("lain", across.title.to_lowercase())],
        ),
        lines: lines.collect(),
        heads: across.headings.iter().map(|head| head.title.clone()).collect(),
        totals: across.headings.iter().map(|head| said(head.count)).collect(),
        total: said(release.total),
    }
}
