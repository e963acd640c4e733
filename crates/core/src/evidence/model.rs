//! The noun: evidence with versions and uses, how it is checked, and when it lapses.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use super::Rules;
use crate::id::{ActionId, EvidenceId, PersonId, ProofId, RowId, UnitId, UseId};
use crate::text;
use crate::time::{Month, Year};

/// Longest title, number and name of a file, in characters.
const TITLE_MAX_CHARS: usize = 200;
const NUMBER_MAX_CHARS: usize = 100;
const NAME_MAX_CHARS: usize = 150;
const LINK_MAX_CHARS: usize = 2_000;

/// A piece of evidence with all that hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is.
    pub evidence: Evidence,
    /// Its files, oldest first; empty for a link.
    pub versions: Vec<Version>,
    /// What it proves.
    pub uses: Vec<Use>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Identity.
    pub id: ProofId,
    /// Whose it is.
    pub unit: UnitId,
    /// What people say of it.
    pub details: Details,
    /// Address, when it is no file of ours; else empty.
    pub link: String,
    /// Who answers for it.
    pub owner: PersonId,
    /// When it came.
    pub at: DateTime<Utc>,
}

/// What people say of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Details {
    /// Title.
    pub title: String,
    /// Code of its kind.
    pub kind: String,
    /// Date on it.
    pub dated: Option<NaiveDate>,
    /// Number on it; may be empty.
    pub number: String,
    /// The year it proves something for.
    pub valid_for: Option<Year>,
    /// Who may open it.
    pub secrecy: Secrecy,
}

/// Who may open a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Secrecy {
    /// Everybody who may read what it proves.
    Open,
    /// Those who work on what it proves or judge it.
    Restricted,
}

impl Secrecy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Open, Self::Restricted];

    /// Name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Restricted => "restricted",
        }
    }

    /// From the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|secrecy| secrecy.as_str() == text)
    }

    /// Its Indonesian name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Terbuka di unit",
            Self::Restricted => "Terbatas",
        }
    }
}

/// A file of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1.
    pub number: u32,
    /// The file.
    pub file: StoredFile,
    /// Who brought it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredFile {
    /// SHA-256 of its bytes in hex: where they lie.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Media type, told by the content.
    pub media: String,
    /// Name to save it under.
    pub name: String,
}

/// That a piece of evidence proves something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Identity.
    pub id: UseId,
    /// Which evidence.
    pub evidence: ProofId,
    /// What it proves.
    pub target: Target,
    /// Who said so.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What can be proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Target {
    /// A piece of evidence that an action of the plan promises.
    Action {
        /// Year of the plan.
        year: Year,
        /// The action.
        action: ActionId,
        /// What it promises.
        promised: EvidenceId,
    },
    /// The answer to a question of the worksheet.
    Question {
        /// Year of the worksheet.
        year: Year,
        /// Code of the question.
        code: String,
    },
    /// What was told of an action in the report of a month.
    Report {
        /// Year of the plan.
        year: Year,
        /// The month.
        month: Month,
        /// The action.
        action: ActionId,
    },
    /// A line of a register.
    Line {
        /// Year of the line.
        year: Year,
        /// Identity of the register.
        register: String,
        /// The line.
        row: RowId,
    },
}

impl Target {
    /// The year it is about.
    pub fn year(&self) -> Year {
        match self {
            Self::Action { year, .. }
            | Self::Question { year, .. }
            | Self::Report { year, .. }
            | Self::Line { year, .. } => *year,
        }
    }

    /// From the word that [`Self::word`] gives.
    pub fn parse(word: &str) -> Option<Self> {
        let mut parts = word.splitn(4, '.');
        let (kind, year) = (parts.next()?, parts.next()?.parse().ok()?);
        match kind {
            "aksi" => {
                let (action, promised) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                Some(Self::Action { year, action, promised })
            }
            "soal" => Some(Self::Question { year, code: parts.collect::<Vec<_>>().join(".") }),
            "monev" => {
                let (month, action) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                Some(Self::Report { year, month: Month::new(month)?, action })
            }
            "baris" => {
                let (register, row) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
                Some(Self::Line { year, register, row })
            }
            _ => None,
        }
    }

    /// As it stands in addresses and forms.
    pub fn word(&self) -> String {
        match self {
            Self::Action { year, action, promised } => format!("aksi.{year}.{action}.{promised}"),
            Self::Question { year, code } => format!("soal.{year}.{code}"),
            Self::Report { year, month, action } => format!("monev.{year}.{}.{action}", month.number()),
            Self::Line { year, register, row } => format!("baris.{year}.{register}.{row}"),
        }
    }
}

/// How long evidence still proves something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// For now.
    Holds,
    /// Its year ends soon.
    Soon,
    /// Its year is over.
    Over,
}

/// Why details cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No title.
    #[error("beri judul bukti, misalnya: SK Tim Kerja 2020")]
    NoTitle,
    /// A text is too long.
    #[error("{what} terlalu panjang: {found} huruf, paling banyak {max}")]
    TooLong {
        /// Which.
        what: &'static str,
        /// Characters found.
        found: usize,
        /// Characters allowed.
        max: usize,
    },
    /// No such kind.
    #[error("pilih jenis bukti dari daftar")]
    NoKind,
    /// No web address.
    #[error("tautan harus diawali https:// atau http:// dan tidak memuat spasi")]
    NoAddress,
}

impl Details {
    /// Tidied, or why they cannot be kept.
    ///
    /// # Errors
    /// When the title is missing, a text too long or the kind unknown.
    pub fn checked(self, rules: &Rules) -> Result<Self, Refusal> {
        let title = one_line("judul", &self.title, TITLE_MAX_CHARS)?;
        let number = one_line("nomor", &self.number, NUMBER_MAX_CHARS)?;
        match () {
            () if title.is_empty() => Err(Refusal::NoTitle),
            () if rules.kind(&self.kind).is_none() => Err(Refusal::NoKind),
            () => Ok(Self { title, number, ..self }),
        }
    }

    /// The year it speaks for: as stated, else that of its date.
    pub fn year(&self) -> Option<i32> {
        self.valid_for.map(Year::get).or_else(|| self.dated.map(|day| day.year()))
    }

    /// Whether it is known to be from another year than what it is to prove.
    pub fn is_of_another_year(&self, year: Year) -> bool {
        self.year().is_some_and(|own| own != year.get())
    }

    /// How long it still proves something.
    pub fn lapse(&self, today: NaiveDate, rules: &Rules) -> Lapse {
        let end = self.valid_for.and_then(|year| NaiveDate::from_ymd_opt(year.get(), 12, 31));
        match end {
            Some(end) if end < today => Lapse::Over,
            Some(end) if end - TimeDelta::days(rules.lapse_notice_days) <= today => Lapse::Soon,
            _ => Lapse::Holds,
        }
    }
}

fn one_line(what: &'static str, typed: &str, max: usize) -> Result<String, Refusal> {
    let too_long = |found| Refusal::TooLong { what, found, max };
    let line = text::line(typed).map_err(|error| too_long(error.found))?;
    let found = line.chars().count();
    if found > max { Err(too_long(found)) } else { Ok(line) }
}

/// A name to save a file under: the last part of what was sent, without what could leave a folder, hide or turn
/// text round, cut to a bearable length, with the ending that belongs to its content.
pub fn file_name(sent: &str, extension: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let cut: String = last.chars().take(text::CELL_MAX_CHARS).collect();
    let line = text::line(&cut).unwrap_or_default();
    let safe = |c: &char| !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*' | ';');
    let stem = line.rsplit_once('.').map_or(line.as_str(), |(stem, _)| stem);
    let stem: String = stem.chars().filter(safe).take(NAME_MAX_CHARS).collect();
    let stem = stem.trim_matches(['.', ' ']);
    if stem.is_empty() { format!("berkas.{extension}") } else { format!("{stem}.{extension}") }
}

/// An address of the web as typed, or why it is none.
///
/// # Errors
/// When it is no address of the web.
pub fn web_address(typed: &str) -> Result<String, Refusal> {
    let address = one_line("tautan", typed, LINK_MAX_CHARS)?;
    let known = address.starts_with("https://") || address.starts_with("http://");
    if known && !address.contains(' ') { Ok(address) } else { Err(Refusal::NoAddress) }
}

#[cfg(test)]
mod tests {
    use super::{Details, Lapse, Rules, Secrecy, Target, file_name, web_address};
    use chrono::NaiveDate;

    fn details(valid_for: i64) -> Details {
        let valid_for = crate::time::Year::new(valid_for);
        let (title, kind, number) = ("SK".to_owned(), "sk".to_owned(), String::new());
        Details { title, kind, dated: None, number, valid_for, secrecy: Secrecy::Open }
    }

    #[test]
    fn names_leave_no_folder_and_hide_nothing() {
        assert_eq!(file_name("../../etc/passwd", "pdf"), "passwd.pdf");
        assert_eq!(file_name("C:\\Users\\x\\SK Tim.PDF", "pdf"), "SK Tim.pdf");
        assert_eq!(file_name("..", "png"), "berkas.png");
        assert_eq!(file_name("gambar\u{202e}gpj.exe", "jpg"), "gambargpj.jpg");
        assert!(file_name(&"a".repeat(4_000), "pdf").chars().count() < 200);
        assert_eq!(file_name("a\"\r\nX: y.pdf", "pdf"), "a X y.pdf");
    }

    #[test]
    fn evidence_lapses_with_its_year_and_says_so_before() {
        let day = |year, month| NaiveDate::from_ymd_opt(year, month, 15).unwrap();
        let rules = Rules::shipped();
        assert_eq!(details(2020).lapse(day(2020, 6), rules), Lapse::Holds);
        assert_eq!(details(2020).lapse(day(2020, 11), rules), Lapse::Soon);
        assert_eq!(details(2020).lapse(day(2021, 1), rules), Lapse::Over);
        assert!(details(2019).is_of_another_year("2020".parse().unwrap()));
        for (today, year) in [(day(2020, 6), 2019), (day(2020, 11), 2020)] {
            assert_eq!(rules.lapsing_by(today), year);
        }
    }

    #[test]
    fn what_it_proves_reads_back_as_it_was_written() {
        let word = "soal.2020.MP-P1a";
        assert_eq!(Target::parse(word).unwrap().word(), word);
        assert!(Target::parse("aksi.2020.bukan.id").is_none());
        let word = "monev.2020.6.01729c3e-5c00-7000-8000-000000000001";
        assert_eq!(Target::parse(word).unwrap().word(), word);
        assert!(Target::parse(&word.replace(".6.", ".13.")).is_none());
        let word = "baris.2020.benturan-kepentingan.01729c3e-5c00-7000-8000-000000000001";
        assert_eq!(Target::parse(word).unwrap().word(), word);
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(web_address("javascript:alert(1)").is_err());
        assert!(web_address("https://contoh.go.id/sk.pdf").is_ok());
    }

    #[test]
    fn details_without_title_or_kind_are_refused() {
        let rules = Rules::shipped();
        assert!(Details { title: "  ".to_owned(), ..details(2020) }.checked(rules).is_err());
        assert!(Details { kind: "lagu".to_owned(), ..details(2020) }.checked(rules).is_err());
    }
}
