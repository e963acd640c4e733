//! The six areas of change. Their weights are law and live in the instruments, not here.

use serde::{Deserialize, Serialize};

/// One of the six areas of change (*area perubahan*) of PermenPAN-RB 52/2014 and 90/2021.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Area {
    /// Manajemen Perubahan.
    #[serde(rename = "MP")]
    ChangeManagement,
    /// Penataan Tatalaksana.
    #[serde(rename = "TL")]
    Procedures,
    /// Penataan Sistem Manajemen SDM.
    #[serde(rename = "SDM")]
    HumanResources,
    /// Penguatan Akuntabilitas.
    #[serde(rename = "AK")]
    Accountability,
    /// Penguatan Pengawasan.
    #[serde(rename = "PW")]
    Supervision,
    /// Peningkatan Kualitas Pelayanan Publik.
    #[serde(rename = "PP")]
    PublicService,
}

impl Area {
    /// In the order of the law.
    pub const ALL: [Self; 6] = [
        Self::ChangeManagement,
        Self::Procedures,
        Self::HumanResources,
        Self::Accountability,
        Self::Supervision,
        Self::PublicService,
    ];

    /// Code in the worksheets ("MP").
    pub fn code(self) -> &'static str {
        match self {
            Self::ChangeManagement => "MP",
            Self::Procedures => "TL",
            Self::HumanResources => "SDM",
            Self::Accountability => "AK",
            Self::Supervision => "PW",
            Self::PublicService => "PP",
        }
    }

    /// From the code in the worksheets.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Official name, as a plan's headings print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChangeManagement => "Manajemen Perubahan",
            Self::Procedures => "Penataan Tatalaksana",
            Self::HumanResources => "Penataan Sistem Manajemen SDM",
            Self::Accountability => "Penguatan Akuntabilitas",
            Self::Supervision => "Penguatan Pengawasan",
            Self::PublicService => "Peningkatan Kualitas Pelayanan Publik",
        }
    }

    /// Roman number of the area, as plans and worksheets count them.
    pub fn roman(self) -> &'static str {
        ["I", "II", "III", "IV", "V", "VI"][self.index()]
    }

    /// Position in the order of the law, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The area a heading or cell names: its code, or the words that tell it from the others, so that
    /// "PENGUATAN AKUNTABILITAS KINERJA" and "Manajemen SDM" are understood as well.
    pub fn recognise(text: &str) -> Option<Self> {
        let words = text.to_lowercase();
        let says = |needle: &str| words.contains(needle);
        Self::from_code(text).or(match () {
            () if says("perubahan") && says("manajemen") => Some(Self::ChangeManagement),
            () if says("tatalaksana") || says("tata laksana") => Some(Self::Procedures),
            () if says("sdm") || says("sumber daya manusia") => Some(Self::HumanResources),
            () if says("akuntabilitas") => Some(Self::Accountability),
            () if says("pengawasan") => Some(Self::Supervision),
            () if says("pelayanan publik") => Some(Self::PublicService),
            () => None,
        })
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
