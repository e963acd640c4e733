//! The integrity pact (*pakta integritas*): text per year and version, who has to sign, signatures, and the paper.
//!
//! A signature binds the SHA-256 of the text, the person and the moment; a text written anew is a new version, and
//! signatures under the old one stay with the old one.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::{Align, Block, Cell, Column, Document, Signature as Signs, Table};
use crate::fill::Values;
use crate::id::{PactId, PersonId, SignatureId, StaffId, UnitId};

/// Longest text, in characters.
pub const TEXT_MAX_CHARS: usize = 10_000;

/// A text that people sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pact {
    /// Identity.
    pub id: PactId,
    /// Whose.
    pub unit: UnitId,
    /// For which year.
    pub year: i32,
    /// 1 for the first.
    pub version: u32,
    /// The text.
    pub text: String,
}

/// Somebody who has to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Staff {
    /// Identity.
    pub id: StaffId,
    /// Of which unit.
    pub unit: UnitId,
    /// Name.
    pub name: String,
    /// Employee number (*NIP*); may be empty.
    pub number: String,
    /// Title.
    pub title: String,
    /// Their account, if they have one.
    pub person: Option<PersonId>,
    /// First day at the unit.
    pub from: NaiveDate,
    /// Last day, once they left.
    pub until: Option<NaiveDate>,
}

/// How somebody signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// In their own account, with their password.
    Account,
    /// On paper; the team lead noted it.
    Paper,
}

impl Way {
    /// Name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Paper => "paper",
        }
    }

    /// From its name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Account, Self::Paper].into_iter().find(|way| way.as_str() == text)
    }
}

/// A signature under a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Identity; also the address of its public verification.
    pub id: SignatureId,
    /// Whose.
    pub staff: StaffId,
    /// Under which text.
    pub pact: PactId,
    /// How.
    pub way: Way,
    /// Day of the signature.
    pub on: NaiveDate,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub by: PersonId,
    /// Binds text, person and moment.
    pub seal: String,
}

/// Why a pact cannot be written or signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Empty or too long.
    #[error("teks pakta wajib diisi, paling banyak 10.000 huruf")]
    Length,
    /// The same text again.
    #[error("teks tidak berubah; versi baru tidak dibuat")]
    Unchanged,
    /// The text changed since it was read.
    #[error("teks pakta sudah diganti sejak Anda membacanya; baca versi terbaru lalu tanda tangani lagi")]
    Changed,
    /// Not on the list.
    #[error("nama Anda belum ada pada daftar pegawai unit ini; minta ketua tim menambahkannya")]
    NotListed,
    /// Signed already.
    #[error("pakta versi ini sudah ditandatangani")]
    Signed,
    /// The password is wrong.
    #[error("kata sandi tidak cocok; pakta belum ditandatangani")]
    Password,
    /// A paper signed in the future, or before somebody came.
    #[error("tanggal tanda tangan harus sejak pegawai mulai bertugas dan tidak melewati hari ini")]
    Day,
    /// Nothing to sign.
    #[error("teks pakta tahun ini belum ditulis")]
    NoText,
    /// Everybody given is on the list already, or nobody was given.
    #[error("tidak ada nama baru; pilih berkas, tempel daftar, atau centang akun unit")]
    Nobody,
    /// A line of the list.
    #[error("baris {0} tidak memuat nama; bentuknya: nama; NIP; jabatan; nama masuk")]
    Line(usize),
    /// An account nobody has.
    #[error("baris {0}: tidak ada akun dengan nama masuk \"{1}\"")]
    Account(usize, String),
}

impl Pact {
    /// SHA-256 of the text, as hexadecimal digits.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.text.as_bytes()))
    }
}

/// What stands in a text of a version.
///
/// # Errors
/// [`Refusal::Length`] or [`Refusal::Unchanged`].
pub fn check_text(text: &str, before: Option<&Pact>) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    match before {
        _ if text.is_empty() || text.chars().count() > TEXT_MAX_CHARS => Err(Refusal::Length),
        Some(before) if before.text == text => Err(Refusal::Unchanged),
        _ => Ok(text),
    }
}

impl Staff {
    /// Whether they are at the unit on a day.
    pub fn is_there(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The seal of a signature: SHA-256 over hash of the text, person on the list, moment and way.
pub fn seal(pact: &Pact, staff: StaffId, way: Way, at: DateTime<Utc>) -> String {
    let bound = format!("{}\n{staff}\n{}\n{}", pact.hash(), at.timestamp_micros(), way.as_str());
    hex::encode(Sha256::digest(bound.as_bytes()))
}

impl Signature {
    /// Whether the seal still fits the text it was set under.
    pub fn is_whole(&self, pact: &Pact) -> bool {
        self.pact == pact.id && self.seal == seal(pact, self.staff, self.way, self.at)
    }
}

/// How many of those there on a day signed the newest text, of how many.
pub fn signed(
    staff: &[Staff],
    signatures: &[Signature],
    newest: Option<&Pact>,
    day: NaiveDate,
) -> (u32, u32) {
    let there: Vec<_> = staff.iter().filter(|one| one.is_there(day)).collect();
    let has_signed = |one: &&&Staff| {
        newest.is_some_and(|pact| signatures.iter().any(|each| each.staff == one.id && each.is_whole(pact)))
    };
    let signed = there.iter().filter(has_signed).count();
    (u32::try_from(signed).unwrap_or(u32::MAX), u32::try_from(there.len()).unwrap_or(u32::MAX))
}

/// Words of a paper of this noun, read from `prints/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    title: String,
    paragraphs: Vec<String>,
    table: Option<ProseTable>,
    place_and_date: String,
    code: Option<String>,
    /// A text to begin with, where the paper has one.
    #[serde(default)]
    pub suggestion: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProseTable {
    caption: String,
    columns: Vec<String>,
}

/// The words cannot be read; says where.
#[derive(Debug, thiserror::Error)]
#[error("naskah tidak dapat dibaca: {0}")]
pub struct ProseError(#[from] toml::de::Error);

impl Prose {
    /// The charter of a declaration.
    ///
    /// # Errors
    /// Never for the one that was shipped; a test reads it.
    pub fn charter() -> Result<Self, ProseError> {
        Ok(toml::from_str(include_str!("../../../../prints/piagam.toml"))?)
    }

    /// The pact of one person.
    ///
    /// # Errors
    /// Never for the one that was shipped; a test reads it.
    pub fn pact() -> Result<Self, ProseError> {
        Ok(toml::from_str(include_str!("../../../../prints/pakta.toml"))?)
    }

    /// The paper: words with values, rows of its table, place with name and title of who signs, address to verify.
    pub(crate) fn document(
        &self,
        values: &Values,
        dated: NaiveDate,
        rows: Vec<Vec<String>>,
        (place, name, title): (&str, &str, &str),
        address: Option<String>,
    ) -> Document {
        let fill = |text: &str| values.fill(text);
        let mut blocks = vec![Block::Heading { level: 1, text: fill(&self.title) }];
        blocks.extend(
            self.paragraphs
                .iter()
                .flat_map(|text| {
                    let filled = fill(text);
                    filled
                        .lines()
                        .map(str::to_owned)
                        .filter(|line| !line.trim().is_empty())
                        .collect::<Vec<_>>()
                })
                .map(|text| Block::Paragraph { text }),
        );
        let place_and_date = values.with("tempat", place).fill(&self.place_and_date);
        blocks.push(Block::Signature(Signs {
            place_and_date,
            title: title.to_owned(),
            name: name.to_owned(),
        }));
        if let Some(table) = self.table.as_ref().filter(|_| !rows.is_empty()) {
            blocks.push(table.block(rows));
        }
        if let Some((address, alt)) = address.zip(self.code.as_deref()) {
            blocks.push(Block::Code { address, alt: fill(alt) });
        }
        let author = values.fill("{instansi}");
        Document { title: fill(&self.title), author, language: "id".to_owned(), dated, cover: None, blocks }
    }
}

impl ProseTable {
    fn block(&self, rows: Vec<Vec<String>>) -> Block {
        let column = |heading: &String| Column { heading: heading.clone(), share: 1, align: Align::Start };
        Block::Table(Table {
            caption: Some(self.caption.clone()),
            columns: self.columns.iter().map(column).collect(),
            rows: rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect(),
        })
    }
}

/// The pact of somebody as a paper; with the address of its verification once it was signed.
pub fn document(
    prose: &Prose,
    pact: &Pact,
    staff: &Staff,
    (unit, agency, city): (&str, &str, &str),
    (on, address): (NaiveDate, Option<String>),
) -> Document {
    let values = Values::default()
        .with("unit", unit)
        .with("instansi", agency)
        .with("nama", &*staff.name)
        .with("nip", if staff.number.is_empty() { "–" } else { &*staff.number })
        .with("jabatan", &*staff.title)
        .with("tahun", pact.year.to_string())
        .with("versi", pact.version.to_string())
        .with("tanggal", super::declaration::long(on))
        .with("teks", &*pact.text);
    prose.document(&values, on, Vec::new(), (city, &staff.name, &staff.title), address)
}
