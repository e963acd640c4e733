//! The views of a worksheet: which rows are shown, and how many there are of each.

use serde::Deserialize;

use super::block::AreaBlock;
use super::row::Row;

/// What is asked for in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Query {
    /// The view.
    #[serde(default)]
    pub tampil: String,
    /// Code of an area; empty for all.
    #[serde(default)]
    pub area: String,
    /// Words that the question or its code has.
    #[serde(default)]
    pub cari: String,
}

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Every question.
    All,
    /// Without an answer in the own layer.
    Empty,
    /// Where sides do not agree.
    Different,
    /// Where points are lost, most first.
    Lost,
    /// Answered without evidence.
    Bare,
    /// Sent back and not answered.
    Returned,
}

impl View {
    /// All, in order.
    pub const ALL: [Self; 6] =
        [Self::All, Self::Empty, Self::Different, Self::Bare, Self::Lost, Self::Returned];

    /// Its word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "semua",
            Self::Empty => "kosong",
            Self::Different => "beda",
            Self::Lost => "hilang",
            Self::Bare => "tanpa-bukti",
            Self::Returned => "dikembalikan",
        }
    }

    /// Its Indonesian name.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "Semua",
            Self::Empty => "Belum diisi",
            Self::Different => "Beda",
            Self::Lost => "Kehilangan poin",
            Self::Bare => "Tanpa bukti",
            Self::Returned => "Dikembalikan",
        }
    }

    /// From the address; anything unknown shows all.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.word() == word).unwrap_or(Self::All)
    }

    fn shows(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Empty => row.standing.is_empty,
            Self::Different => row.standing.differs,
            Self::Lost => !row.lost.is_zero(),
            Self::Bare => row.standing.is_bare,
            Self::Returned => row.returned.is_some(),
        }
    }
}

/// A view with the number of its rows.
#[derive(Debug)]
pub struct Chip {
    /// Its word in the address.
    pub word: &'static str,
    /// Its name.
    pub label: &'static str,
    /// How many rows it has.
    pub count: usize,
    /// Whether it is the one shown.
    pub here: bool,
}

/// The views with their counts.
pub fn chips(areas: &[AreaBlock], here: View) -> Vec<Chip> {
    let rows = || areas.iter().flat_map(|area| &area.subs).flat_map(|sub| &sub.rows);
    let chip = |view: View| Chip {
        word: view.word(),
        label: view.label(),
        count: rows().filter(|row| view.shows(row)).count(),
        here: view == here,
    };
    View::ALL.into_iter().map(chip).collect()
}

/// Keeps the rows that are asked for, and what holds them.
pub fn keep(areas: &mut Vec<AreaBlock>, query: &Query) {
    let view = View::parse(&query.tampil);
    let words = query.cari.trim().to_lowercase();
    let says = |row: &Row| {
        words.is_empty()
            || row.label.to_lowercase().contains(&words)
            || row.code.to_lowercase().contains(&words)
    };
    if !query.area.is_empty() {
        areas.retain(|area| area.sum.code == query.area);
    }
    for area in areas.iter_mut() {
        for sub in &mut area.subs {
            sub.rows.retain(|row| view.shows(row) && says(row));
        }
        area.subs.retain(|sub| !sub.rows.is_empty());
    }
    areas.retain(|area| !area.subs.is_empty());
}

/// All rows in one list, those that lose most first.
pub fn by_loss(areas: Vec<AreaBlock>) -> Vec<Row> {
    let subs = areas.into_iter().flat_map(|area| area.subs);
    let mut rows: Vec<Row> = subs.flat_map(|sub| sub.rows).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.lost));
    rows
}
