//! The law as the paper prints it, taken from an instrument: weights, conditions, least contents of surveys.

use serde::Deserialize;

use super::law::{Citation, ConditionSet, PaperLaw, SurveyContent, WeightGroup};
use super::prose::ProseError;
use crate::instrument::Instrument;
use crate::instrument::{Certainty, Condition, Level, Part, Threshold};

/// `instruments/papers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Papers {
    regulation: Vec<Regulation>,
    survey: Vec<Survey>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regulation {
    instrument: String,
    full: String,
    short: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survey {
    instrument: String,
    title: String,
    topics: Vec<String>,
    #[serde(rename = "citation")]
    _citation: String,
}

impl PaperLaw {
    /// What an instrument says, for the paper.
    ///
    /// # Errors
    /// When the data for papers cannot be read.
    pub fn of(instrument: &Instrument) -> Result<Self, ProseError> {
        let papers: Papers = toml::from_str(include_str!("../../../../../instruments/papers.toml"))?;
        let regulations = papers.regulation.into_iter().filter(|named| named.instrument == instrument.id);
        let surveys = papers.survey.into_iter().filter(|survey| survey.instrument == instrument.id);
        Ok(Self {
            regulations: regulations.map(|named| Citation { full: named.full, short: named.short }).collect(),
            title: instrument.regulation.clone(),
            weights: groups(instrument),
            total: percent(&instrument.total_weight.plain()),
            conditions: instrument.predicates.iter().map(|p| conditions(instrument, &p.code)).collect(),
            surveys: surveys.map(|s| SurveyContent { title: s.title, topics: s.topics }).collect(),
        })
    }
}

fn percent(number: &str) -> String {
    format!("{}%", number.replace('.', ","))
}

fn groups(instrument: &Instrument) -> Vec<WeightGroup> {
    let group = |(index, part): (usize, &Part)| WeightGroup {
        mark: char::from(b'A' + index as u8).to_string(),
        name: part.name.clone(),
        weight: percent(&part.weight.plain()),
        components: components(instrument, &part.code),
    };
    instrument.parts.iter().enumerate().map(group).collect()
}

fn components(instrument: &Instrument, part: &str) -> Vec<(String, String)> {
    let share = |area: &crate::instrument::Area| {
        let half = area.halves.iter().find(|half| half.part == part)?;
        Some((area.name.clone(), percent(&half.weight.plain())))
    };
    instrument.areas.iter().filter_map(share).collect()
}

fn conditions(instrument: &Instrument, predicate: &str) -> ConditionSet {
    let of_level = |agency: bool| {
        let sure = instrument.conditions_of(predicate).filter(|c| c.certainty != Certainty::Uncertain);
        sure.filter(move |c| (c.level == Level::Agency) == agency).map(sentence).collect()
    };
    let name = instrument.predicate(predicate).map_or(predicate, |p| p.name.as_str());
    ConditionSet { predicate: name.to_owned(), agency: of_level(true), unit: of_level(false) }
}

/// Scores are told with their threshold; other conditions name it in their own words.
fn sentence(condition: &Condition) -> String {
    match &condition.threshold {
        Threshold::AtLeast(least) if condition.level == Level::Score => {
            format!("{} paling sedikit {}", condition.text, least.plain().replace('.', ","))
        }
        _ => condition.text.clone(),
    }
}
