//! The recap of a register as a paper: its figures, its tables, and where it comes from.

use chrono::NaiveDate;

use super::figure::{Measured, Recapped};
use super::measure::{Figure, Measure, Recap};
use super::model::Register;
use super::row::Row;
use crate::document::{Align, Block, Cell, Column, Document, Signature, Table};
use crate::instrument::Exact;

/// Characters of small bold type that stand side by side on an upright page.
const UPRIGHT_MAX_CHARS: u32 = 82;
/// Characters of room around the words of a column.
const AROUND_CHARS: u32 = 2;
/// Characters of the column of names, at least.
const NAME_MIN_CHARS: u32 = 14;

/// What the paper says besides the register.
#[derive(Debug, Clone)]
pub struct Around {
    /// Name of the unit.
    pub unit: String,
    /// Name of the agency.
    pub agency: String,
    /// Which lines: "Tahun 2020", or all up to a day.
    pub period: String,
    /// Title of who signs.
    pub signatory: String,
    /// Place, day and month as it stands over a signature.
    pub place_and_date: String,
    /// Date of the paper.
    pub dated: NaiveDate,
}

impl Register {
    /// The recap of lines as a paper.
    #[must_use]
    pub fn recap_paper(&self, rows: &[Row], around: &Around) -> Document {
        let title = format!("Rekap {}", self.title);
        let mut blocks = vec![
            Block::Heading { level: 1, text: title.to_uppercase() },
            Block::Details {
                rows: vec![
                    ("Unit".to_owned(), around.unit.clone()),
                    ("Instansi".to_owned(), around.agency.clone()),
                    ("Periode".to_owned(), around.period.clone()),
                    ("Dasar".to_owned(), self.citation.clone()),
                ],
            },
            Block::Table(self.figures_table(rows, around.dated)),
        ];
        for (number, recap) in (1..).zip(&self.recaps) {
            let heading = Block::Heading { level: 2, text: format!("{number}. {}", recap.title) };
            blocks.extend(turned(heading, self.recap_table(recap, rows)));
        }
        blocks.extend(self.doubt.iter().map(|doubt| Block::Paragraph { text: format!("Catatan: {doubt}") }));
        blocks.push(Block::Signature(Signature {
            place_and_date: around.place_and_date.clone(),
            title: around.signatory.clone(),
            name: String::new(),
        }));
        let (author, language) = (around.unit.clone(), "id".to_owned());
        Document { title, author, language, dated: around.dated, cover: None, blocks }
    }

    fn figures_table(&self, rows: &[Row], today: NaiveDate) -> Table {
        let line = |figure: &Figure| {
            let (said, parts) = self.said(figure, &self.measure(figure, rows, today));
            [figure.title.clone(), said, parts].map(Cell::text).to_vec()
        };
        let columns = vec![
            column("Angka", 5, Align::Start),
            column("Nilai", 3, Align::End),
            column("Dari", 2, Align::End),
        ];
        Table { caption: None, columns, rows: self.figures.iter().map(line).collect() }
    }

    /// A figure in words, and what it is made of: `66,67%` and `2 dari 3`, `Rp1.250.000` and nothing.
    #[must_use]
    pub fn said(&self, figure: &Figure, measured: &Measured) -> (String, String) {
        let Some(value) = measured.value else { return ("–".to_owned(), "belum ada".to_owned()) };
        match (&figure.measure, measured.parts) {
            (Measure::Share(_) | Measure::Ratio { .. }, Some((part, whole))) => {
                (percent(value), format!("{} dari {}", plain(part), plain(whole)))
            }
            (Measure::Sum(code), _) if self.is_money(code) => (format!("Rp{}", plain(value)), String::new()),
            _ => (plain(value), String::new()),
        }
    }

    fn is_money(&self, code: &str) -> bool {
        self.column(code).is_some_and(|column| matches!(column.kind, super::model::Kind::Money))
    }

    fn recap_table(&self, recap: &Recap, rows: &[Row]) -> Table {
        let Recapped { columns: across, rows: down, total } = self.recap(recap, rows);
        let named = down.iter().map(|(name, ..)| longest_word(name)).max().unwrap_or_default();
        let mut columns = vec![column("", named.max(NAME_MIN_CHARS), Align::Start)];
        let headings = across.iter().map(String::as_str).chain(["Jumlah"]);
        columns.extend(headings.map(|heading| column(heading, longest_word(heading), Align::End)));
        let line = |(name, cells, sum): (String, Vec<Exact>, Exact)| {
            let numbers = cells.into_iter().chain([sum]).map(|number| Cell::text(plain(number)));
            std::iter::once(Cell::text(name)).chain(numbers).collect::<Vec<_>>()
        };
        let last = line(("Jumlah".to_owned(), total.0, total.1)).into_iter().map(Cell::strong).collect();
        let rows = down.into_iter().map(line).chain([last]).collect();
        Table { caption: None, columns, rows }
    }
}

/// A table under its heading, on pages that lie on their side when no column could hold its longest word otherwise.
fn turned(heading: Block, table: Table) -> Vec<Block> {
    let width: u32 = table.columns.iter().map(|column| column.share).sum();
    let both = vec![heading, Block::Table(table)];
    if width <= UPRIGHT_MAX_CHARS {
        return both;
    }
    let turn = |landscape| vec![Block::Orientation { landscape }];
    [turn(true), both, turn(false)].concat()
}

/// Characters of the longest word, with the room around it: the share of a column that does not cut it.
fn longest_word(text: &str) -> u32 {
    let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
    u32::try_from(longest).unwrap_or(u32::MAX).saturating_add(AROUND_CHARS)
}

fn column(heading: &str, share: u32, align: Align) -> Column {
    Column { heading: heading.to_owned(), share, align }
}

/// A share of one as percent with two decimals, the Indonesian way.
#[must_use]
pub fn percent(share: Exact) -> String {
    let hundredfold = share.times(Exact::whole(100)).map_or_else(|_| String::new(), Exact::rounded_or_whole);
    format!("{}%", hundredfold.replace('.', ","))
}

/// A number the Indonesian way: points between thousands, a comma before decimals.
#[must_use]
pub fn plain(number: Exact) -> String {
    let text = number.rounded_or_whole();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let grouped: Vec<&str> = (0..whole.len().div_ceil(3))
        .map(|group| {
            let end = whole.len() - group * 3;
            &whole[end.saturating_sub(3)..end]
        })
        .collect();
    let grouped = grouped.into_iter().rev().collect::<Vec<_>>().join(".");
    if decimals.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{decimals}") }
}
