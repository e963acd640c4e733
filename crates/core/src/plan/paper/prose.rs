//! The words of the paper, read from `prints/rencana.toml`: order of the parts, sentences, headings of
//! columns. No sentence of the paper is written in Rust.

use serde::Deserialize;

use super::law::Citation;
use crate::document::{Marker, PageNumbers};
use crate::time::Year;

/// The template of the paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    pub(super) title: String,
    pub(super) cover: Vec<String>,
    pub(super) words: Words,
    legal_basis: Vec<LegalBasis>,
    pub(super) part: Vec<Part>,
}

/// The template cannot be read; says where.
#[derive(Debug, thiserror::Error)]
#[error("naskah dokumen tidak dapat dibaca: {0}")]
pub struct ProseError(#[from] toml::de::Error);

impl Prose {
    /// The template that comes with Bening.
    pub fn builtin() -> Result<Self, ProseError> {
        Self::parse(include_str!("../../../../../prints/rencana.toml"))
    }

    /// Reads a template.
    pub fn parse(text: &str) -> Result<Self, ProseError> {
        Ok(toml::from_str(text)?)
    }

    /// The general legal basis that holds in a year.
    pub(super) fn legal_basis(&self, year: Year) -> impl Iterator<Item = Citation> {
        let holds = move |basis: &&LegalBasis| {
            basis.from.is_none_or(|from| from <= year.get())
                && basis.until.is_none_or(|until| year.get() <= until)
        };
        self.legal_basis.iter().filter(holds).map(LegalBasis::citation)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalBasis {
    text: String,
    short: String,
    from: Option<i32>,
    until: Option<i32>,
}

impl LegalBasis {
    fn citation(&self) -> Citation {
        Citation { full: self.text.clone(), short: self.short.clone() }
    }
}

/// A part of the paper in the order of the template.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Part {
    Heading { level: u8, text: String },
    Paragraph { text: String },
    List { marker: Marker, items: Vec<String> },
    Contents { title: String },
    PageNumbers { style: PageNumbers },
    Orientation { landscape: bool },
    Slot { slot: Slot },
}

/// A place that is filled from data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Slot {
    Foreword,
    Background,
    Signature,
    LegalBasis,
    Weights,
    Conditions,
    Scheme,
    Plan,
    Priorities,
    Progress,
    FollowUp,
    Surveys,
}

/// Short texts that stand between data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) draft: String,
    pub(super) amending: String,
    pub(super) withdrawn: String,
    pub(super) plan_caption: String,
    pub(super) plan_columns: [String; 8],
    pub(super) no_component: String,
    pub(super) no_action: String,
    pub(super) no_benefit: String,
    pub(super) priority_columns: [String; 4],
    pub(super) no_priority: String,
    pub(super) weight_caption: String,
    pub(super) weight_columns: [String; 3],
    pub(super) weight_total: String,
    pub(super) condition_intro: String,
    pub(super) condition_agency: String,
    pub(super) condition_unit: String,
    pub(super) scheme_alt: String,
    pub(super) scheme_basis: String,
    pub(super) scheme_group: String,
    pub(super) scheme_goal: String,
    pub(super) scheme_goals: Vec<String>,
    pub(super) progress_caption: String,
    pub(super) progress_columns: [String; 8],
    pub(super) progress_total: String,
    pub(super) progress_of: String,
    pub(super) reported_caption: String,
    pub(super) reported_columns: [String; 4],
    pub(super) no_report: String,
    pub(super) late_intro: String,
    pub(super) late_caption: String,
    pub(super) late_columns: [String; 4],
    pub(super) no_late: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_basis_depends_on_the_year_of_the_plan() {
        let prose = Prose::builtin().unwrap();
        let in_year = |year| {
            let shorts: Vec<_> = prose.legal_basis(Year::new(year).unwrap()).map(|c| c.short).collect();
            shorts.join("|")
        };
        assert!(in_year(2016).contains("Perpres No. 55 Tahun 2012"));
        assert!(!in_year(2020).contains("Perpres No. 55 Tahun 2012"));
        assert!(in_year(2020).contains("Perpres No. 54 Tahun 2018"));
    }
}
