//! What the metric of a condition means: a stated fact, or a figure computed from the worksheet.

use super::model::{Component, Instrument};
use super::rule::Fact;

/// What a condition measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Metric<'a> {
    /// A fact stated by a person.
    Fact(&'a Fact),
    /// A score of the worksheet.
    Score(ScoreOf<'a>),
    /// The lowest area percentage, the parts of an area together.
    LowestArea,
    /// The lowest percentage among the parts of the areas.
    LowestHalf,
}

/// Which score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ScoreOf<'a> {
    /// Pengungkit and hasil together.
    Total,
    /// One component.
    Component(Component),
    /// An area, one part of it, or a sub-component, by its code.
    Code(&'a str),
}

impl<'a> Metric<'a> {
    /// The meaning of a metric name in this edition, if it has one.
    #[must_use]
    pub fn of(edition: &'a Instrument, name: &'a str) -> Option<Self> {
        if let Some(fact) = edition.fact(name) {
            return Some(Self::Fact(fact));
        }
        match name {
            "persen_area_terendah" => Some(Self::LowestArea),
            "persen_area_bagian_terendah" => Some(Self::LowestHalf),
            _ => ScoreOf::of(edition, name.strip_prefix("nilai_")?).map(Self::Score),
        }
    }
}

impl<'a> ScoreOf<'a> {
    fn of(edition: &Instrument, code: &'a str) -> Option<Self> {
        match code {
            "total" => Some(Self::Total),
            "pengungkit" => Some(Self::Component(Component::Pengungkit)),
            "hasil" => Some(Self::Component(Component::Hasil)),
            _ => {
                let known = edition.area(code).is_some() || edition.sub(code).is_some();
                known.then_some(Self::Code(code))
            }
        }
    }
}
