//! Which column a heading means. People write "Target Waktu pelaksanaan" or "Penanggung Jawab"; one wrong
//! letter ("Rencan Aksi") is understood as well.

use bening_core::plan::rows::column;

/// A column of the plan's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Area,
    Number,
    Component,
    Sub,
    Action,
    Evidence,
    Time,
    Pic,
    Target,
    Benefit,
    FollowUp,
}

use Column::*;

const HEADINGS: [(Column, &[&str]); 11] = [
    (Area, &["area", "area perubahan", "pokja", "kelompok kerja"]),
    (Number, &["no", "nomor", "no urut", "number"]),
    (Component, &["komponen", "uraian komponen", "nama komponen", "komponen pengungkit", "component"]),
    (
        Sub,
        &[
            "subkomponen lke",
            "sub komponen lke",
            "subkomponen",
            "sub komponen",
            "kode lke",
            "lke",
            "lke subcomponent",
        ],
    ),
    (
        Action,
        &[
            "rencana aksi",
            "aksi",
            "tindakan",
            "kegiatan",
            "rencana kegiatan",
            "uraian kegiatan",
            "rencana kerja",
            "rencana tindakan",
            "action",
        ],
    ),
    (
        Evidence,
        &[
            "bukti fisik",
            "bukti",
            "bukti dukung",
            "bukti pendukung",
            "data dukung",
            "dokumen pendukung",
            "eviden",
            "evidence",
        ],
    ),
    (
        Time,
        &[
            "waktu",
            "target waktu",
            "target waktu pelaksanaan",
            "waktu pelaksanaan",
            "jadwal",
            "jadwal pelaksanaan",
            "bulan",
            "time",
        ],
    ),
    (Pic, &["pic", "penanggung jawab", "penanggungjawab", "pelaksana", "nama pic", "person in charge"]),
    (Target, &["target", "target capaian", "target kinerja", "sasaran"]),
    (Benefit, &["manfaat", "hasil yang diharapkan", "dampak", "benefit", "benefits"]),
    (FollowUp, &["tindak lanjut", "tindaklanjut", "follow up"]),
];

/// Longer cells are no headings; most cells of a file are passed over by this.
const HEADING_MAX_BYTES: usize = 48;

/// How well a heading was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// One of the known wordings.
    Exact(Column),
    /// One letter off a known wording.
    Near(Column),
}

impl Match {
    /// The column meant.
    pub(crate) fn column(self) -> Column {
        match self {
            Self::Exact(column) | Self::Near(column) => column,
        }
    }
}

impl Column {
    /// The heading in templates and messages.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Area => column::AREA,
            Number => column::NUMBER,
            Component => column::COMPONENT,
            Sub => column::SUB,
            Action => column::ACTION,
            Evidence => column::EVIDENCE,
            Time => column::TIME,
            Pic => column::PIC,
            Target => column::TARGET,
            Benefit => column::BENEFIT,
            FollowUp => column::FOLLOW_UP,
        }
    }

    /// The column a heading means.
    pub(crate) fn recognise(heading: &str) -> Option<Match> {
        if heading.trim().len() > HEADING_MAX_BYTES {
            return None;
        }
        let words = plain(heading);
        let is_exact = |names: &[&str]| names.contains(&words.as_str());
        let is_near =
            |names: &[&str]| names.iter().any(|name| name.len() >= 6 && one_letter_off(name, &words));
        let exact =
            HEADINGS.iter().find(|(_, names)| is_exact(names)).map(|(column, _)| Match::Exact(*column));
        exact.or_else(|| {
            HEADINGS.iter().find(|(_, names)| is_near(names)).map(|(column, _)| Match::Near(*column))
        })
    }
}

/// Lower-case words without signs: "PIC / Penanggung-Jawab" has its signs as spaces.
fn plain(heading: &str) -> String {
    let heading = heading.to_lowercase();
    let words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether one letter too many, too few or wrong divides two words. Lengths are compared first, because every
/// cell of a long file comes through here.
fn one_letter_off(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 3 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len() - back <= 1 && b.len() - back <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood_as_people_write_them() {
        for (heading, expected) in [
            ("No.", Some(Match::Exact(Number))),
            ("RENCANA AKSI", Some(Match::Exact(Action))),
            ("Rencan Aksi", Some(Match::Near(Action))),
            ("Target Waktu\nPelaksanaan", Some(Match::Exact(Time))),
            ("Penanggung-Jawab", Some(Match::Exact(Pic))),
            ("Sub Komponen LKE", Some(Match::Exact(Sub))),
            ("Bobot", None),
            ("", None),
        ] {
            assert_eq!(Column::recognise(heading), expected, "{heading}");
        }
    }
}
