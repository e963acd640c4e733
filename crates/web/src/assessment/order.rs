//! Filtering and ordering the table of units by what stands in the address.

use std::cmp::Ordering;

use bening_core::team::standing::Stage;
use serde::Deserialize;

use super::board::Row;
use crate::form::encode;

/// What the address asks for.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Ask {
    pub(super) tahun: Option<String>,
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) tahap: String,
    #[serde(default)]
    pub(super) tim: String,
    #[serde(default)]
    pub(super) urut: String,
    #[serde(default)]
    pub(super) arah: String,
}

/// A heading one can order by.
pub(super) struct Heading {
    pub label: &'static str,
    pub href: String,
    /// `ascending`, `descending`, or nothing when it does not order.
    pub sort: &'static str,
}

/// Columns: name in the address and heading.
const COLUMNS: [(&str, &str); 7] = [
    ("unit", "Unit kerja"),
    ("tim", "Tim"),
    ("tahap", "Tahap"),
    ("nilai", "Nilai"),
    ("kurang", "Jarak ke predikat"),
    ("kembali", "Dikembalikan"),
    ("aktif", "Kegiatan terakhir"),
];

impl Ask {
    /// Whether anything is filtered.
    pub(super) fn is_filtered(&self) -> bool {
        ![&self.q, &self.tahap, &self.tim].into_iter().all(String::is_empty)
    }

    /// The filters as a query, without the order.
    pub(super) fn query(&self, year: impl std::fmt::Display) -> String {
        let (q, stage, team) = (encode(&self.q), encode(&self.tahap), encode(&self.tim));
        format!("tahun={year}&q={q}&tahap={stage}&tim={team}")
    }

    /// Keeps the rows asked for, in the order asked for.
    pub(super) fn apply(&self, rows: &mut Vec<Row>) {
        rows.retain(|row| self.wants(row));
        rows.sort_by(|a, b| {
            let order = compare(&self.urut, a, b);
            if self.arah == "turun" { order.reverse() } else { order }
        });
    }

    fn wants(&self, row: &Row) -> bool {
        let q = self.q.trim().to_lowercase();
        let is_named =
            row.unit.name.to_lowercase().contains(&q) || row.unit.code.as_str().to_lowercase().contains(&q);
        let is_at = self.tahap.is_empty() || row.stage.as_str() == self.tahap;
        let is_of = match (self.tim.as_str(), &row.team) {
            ("", _) | ("tanpa", None) => true,
            (wanted, Some((id, _))) => id.to_string() == wanted,
            (_, None) => false,
        };
        is_named && is_at && is_of
    }

    /// The headings, each with the address that orders by it.
    pub(super) fn headings(&self, year: impl std::fmt::Display) -> Vec<Heading> {
        let query = self.query(year);
        let here = if self.urut.is_empty() { "unit" } else { self.urut.as_str() };
        let heading = |(name, label): &(&'static str, &'static str)| {
            let is_here = *name == here;
            let is_down = self.arah == "turun";
            let next = if is_here && !is_down { "turun" } else { "naik" };
            let sort = match (is_here, is_down) {
                (false, _) => "",
                (true, true) => "descending",
                (true, false) => "ascending",
            };
            Heading { label, href: format!("/penilaian?{query}&urut={name}&arah={next}"), sort }
        };
        COLUMNS.iter().map(heading).collect()
    }
}

fn compare(column: &str, a: &Row, b: &Row) -> Ordering {
    let score = |row: &Row| row.latest().map(|(_, score)| score);
    let missing = |row: &Row| row.distances.first().map(|first| first.missing);
    let team = |row: &Row| row.team.as_ref().map(|(_, name)| name.clone());
    match column {
        "tim" => team(a).cmp(&team(b)),
        "tahap" => a.stage.cmp(&b.stage),
        "nilai" => score(a).cmp(&score(b)),
        "kurang" => missing(a).cmp(&missing(b)),
        "kembali" => a.open_returns.cmp(&b.open_returns),
        "aktif" => a.last_at.cmp(&b.last_at),
        _ => Ordering::Equal,
    }
    .then_with(|| a.unit.name.cmp(&b.unit.name))
}

/// The stages one can filter by, name in the address and title.
pub(super) fn stages() -> Vec<(&'static str, &'static str)> {
    Stage::all().map(|stage| (stage.as_str(), stage.title())).collect()
}
