//! What a raw row says by itself, and the words for what is wrong with it. Nothing of the rows around it.

use super::known::Known;
use super::{RawRow, Said, column, is_dash};

impl RawRow {
    pub(super) fn is_only_benefits(&self) -> bool {
        self.number.trim().is_empty()
            && self.component.trim().is_empty()
            && self.sub.trim().is_empty()
            && self.is_only_component()
    }

    /// Whether nothing but the component (and benefits) is filled.
    pub(super) fn is_only_component(&self) -> bool {
        let cells = [&self.action, &self.time, &self.pic, &self.target];
        self.evidence.is_empty() && cells.iter().all(|cell| cell.trim().is_empty() || is_dash(cell))
    }

    /// Whether the row continues the evidence of the action above.
    pub(super) fn is_more_evidence(&self, current: &str) -> bool {
        let number = number(&self.number);
        let cells = [&self.component, &self.action, &self.time, &self.pic, &self.target];
        !self.evidence.is_empty()
            && (number.is_empty() || number == current)
            && cells.iter().all(|cell| cell.trim().is_empty())
    }
}

pub(super) fn cell(text: &str) -> Said<String> {
    match text.trim() {
        "" => Said::Nothing,
        dash if is_dash(dash) => Said::Empty,
        text => Said::This(text.to_owned()),
    }
}

/// "1.", "1)" and Excel's "1.0" are all 1.
pub(super) fn number(cell: &str) -> String {
    let cell = cell.trim().trim_end_matches(['.', ')']);
    cell.strip_suffix(".0").unwrap_or(cell).to_owned()
}

pub(super) fn no_component(number: &str) -> String {
    let found = if number.is_empty() {
        "komponen kosong".to_owned()
    } else {
        format!("nomor {number} tanpa nama komponen")
    };
    format!("{found}; isi nama komponennya, misalnya “Tim Kerja”")
}

pub(super) fn no_action(row: &RawRow) -> String {
    let filled = [
        (!row.evidence.is_empty(), column::EVIDENCE),
        (!row.time.trim().is_empty(), column::TIME),
        (!row.pic.trim().is_empty(), column::PIC),
        (!row.target.trim().is_empty(), column::TARGET),
    ];
    let filled: Vec<&str> =
        filled.iter().filter(|(is_filled, _)| *is_filled).map(|(_, name)| *name).collect();
    format!(
        "rencana aksi kosong padahal {} terisi; tulis apa yang akan dilakukan, misalnya “Menetapkan agen perubahan”",
        filled.join(", ")
    )
}

pub(super) fn unknown_pic(name: &str, known: &Known<'_>) -> String {
    format!(
        "PIC “{}” bukan anggota unit ini; nama yang dikenal: {}. Perbaiki ejaannya, tambahkan orangnya, atau \
         pilih untuk memakainya sebagai nama saja",
        shown(name),
        known.names()
    )
}

/// Short enough to be quoted in a message.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
