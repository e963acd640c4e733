//! The closed vocabulary of facts that rules may ask: each can be reckoned from records that Bening keeps. What has
//! no register is no fact here until it has one.

use crate::instrument::Exact;

/// A fact that rules may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Whether the plan was approved.
    PlanApproved,
    /// Share of actions with a target.
    WithTarget,
    /// Share of actions with somebody who answers for them.
    WithPic,
    /// Share of actions reported done, at least once, that have evidence.
    WithEvidence,
    /// Share of the work due before today that is reported done.
    CarriedOut,
    /// Share of the months over that were closed in monev.
    MonthsClosed,
    /// Share of the months over with a monev meeting that the head attended.
    LedByHead,
    /// Share of follow-ups that somebody else verified.
    FollowedUp,
    /// Actions about the words of the rule.
    TopicActions,
    /// Share of their due work that is reported done.
    TopicCarriedOut,
    /// Months in which their work was reported done.
    TopicMonths,
    /// Evidence of the kinds the rule names, for the question or for actions about its words.
    Evidence,
    /// Surveys of the family the rule names that were frozen in the year.
    SurveysRun,
    /// Share of them whose results were published.
    SurveysPublished,
    /// Share of the staff that signed the integrity pact.
    PactSigned,
    /// Whether the declaration was published.
    Declared,
    /// Lines of the year in the register that the rule names.
    RegisterRows,
    /// The share or ratio that the figure of that register measures.
    RegisterShare,
    /// Whether whistleblowers find somebody with a key.
    WhistleOpen,
    /// Share of this year's reports of whistleblowers that somebody judged.
    WhistleHandled,
}

/// What a rule has to say so that a fact can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// `words`.
    Words,
    /// `kinds`, and `words` when actions count.
    Kinds,
    /// `family`.
    Family,
    /// `register`.
    Register,
    /// `register` and `figure`.
    Figure,
}

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// So many.
    Count(usize),
    /// So many of so many; the whole is never zero.
    Share {
        /// Of these.
        part: usize,
        /// Of all.
        whole: usize,
    },
}

/// Name in rules, name for people, and what it takes.
pub const FACTS: [(&str, Fact, &str, Need); 20] = [
    ("rencana_disetujui", Fact::PlanApproved, "rencana kerja disetujui", Need::Nothing),
    ("bertarget", Fact::WithTarget, "tindakan yang mempunyai target", Need::Nothing),
    ("ber_pic", Fact::WithPic, "tindakan yang mempunyai PIC", Need::Nothing),
    ("berbukti", Fact::WithEvidence, "tindakan terlaksana yang mempunyai bukti", Need::Nothing),
    ("terlaksana", Fact::CarriedOut, "pekerjaan jatuh tempo yang dilaporkan selesai", Need::Nothing),
    ("monev_ditutup", Fact::MonthsClosed, "bulan yang monev-nya ditutup", Need::Nothing),
    ("monev_dipimpin", Fact::LedByHead, "bulan dengan rapat monev yang dihadiri pimpinan", Need::Nothing),
    ("tindak_lanjut_tuntas", Fact::FollowedUp, "tindak lanjut yang diverifikasi", Need::Nothing),
    ("pokok_tindakan", Fact::TopicActions, "tindakan tentang pokok ini", Need::Words),
    (
        "pokok_terlaksana",
        Fact::TopicCarriedOut,
        "pekerjaan tentang pokok ini yang dilaporkan selesai",
        Need::Words,
    ),
    ("pokok_bulan", Fact::TopicMonths, "bulan dengan kegiatan tentang pokok ini", Need::Words),
    ("bukti", Fact::Evidence, "bukti yang terpasang", Need::Kinds),
    ("survei_selesai", Fact::SurveysRun, "survei yang dibekukan tahun ini", Need::Family),
    ("survei_terbit", Fact::SurveysPublished, "hasil survei yang dipublikasikan", Need::Family),
    ("pakta_ditandatangani", Fact::PactSigned, "pegawai yang menandatangani pakta integritas", Need::Nothing),
    ("pencanangan", Fact::Declared, "pencanangan tercatat", Need::Nothing),
    ("baris_register", Fact::RegisterRows, "baris pada register", Need::Register),
    ("angka_register", Fact::RegisterShare, "bagian yang terpenuhi menurut register", Need::Figure),
    ("wbs_terbuka", Fact::WhistleOpen, "saluran WBS mempunyai penerima yang siap", Need::Nothing),
    ("wbs_ditelaah", Fact::WhistleHandled, "laporan WBS yang ditelaah", Need::Nothing),
];

impl Fact {
    fn row(self) -> &'static (&'static str, Self, &'static str, Need) {
        FACTS.iter().find(|(_, fact, _, _)| *fact == self).unwrap_or(&FACTS[0])
    }

    /// Its name in rules.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// Its Indonesian name for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().2
    }

    /// What a rule has to say for it.
    #[must_use]
    pub fn need(self) -> Need {
        self.row().3
    }

    /// From its name in rules.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        FACTS.iter().find(|(known, ..)| *known == name).map(|(_, fact, ..)| *fact)
    }
}

impl Value {
    /// As a number that rules compare: yes is one, a share a fraction of one.
    #[must_use]
    pub fn exact(self) -> Exact {
        let whole = |count: usize| Exact::whole(u32::try_from(count).unwrap_or(u32::MAX));
        match self {
            Self::Yes => whole(1),
            Self::No => Exact::ZERO,
            Self::Count(count) => whole(count),
            Self::Share { part, whole: all } => {
                let part = i128::try_from(part).unwrap_or(i128::MAX);
                Exact::fraction(part, i128::try_from(all).unwrap_or(i128::MAX)).unwrap_or(Exact::ZERO)
            }
        }
    }
}

/// `ya`, `3`, `5 dari 6`.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Yes => f.write_str("ya"),
            Self::No => f.write_str("tidak"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Share { part, whole } => write!(f, "{part} dari {whole}"),
        }
    }
}
