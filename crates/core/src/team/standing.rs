//! How far the assessment of a worksheet is: its stage, what is answered and scored in each layer, what is open.

use chrono::{DateTime, Utc};

use crate::instrument::{Exact, Instrument, Metric, Overflow, ScoreOf, Threshold};
use crate::lke::{Layer, Lke};
use crate::scoring::{Score, ScoreError};

/// How far a worksheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whose turn it is.
    pub stage: Stage,
    /// Questions of the edition.
    pub questions: usize,
    /// Layers that were begun, in order.
    pub layers: Vec<Progress>,
    /// Questions that wait for the unit.
    pub open_returns: usize,
    /// When somebody last did something.
    pub last_at: Option<DateTime<Utc>>,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nobody has begun.
    NotBegun,
    /// A layer is being worked on.
    At(Layer),
    /// All layers are submitted.
    Done,
}

/// How far a layer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Which.
    pub layer: Layer,
    /// Questions with an answer that counts in it.
    pub answered: usize,
    /// When it was submitted, if it is.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Its total.
    pub score: Exact,
}

/// How far a total is from the threshold of a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distance {
    /// Name of the predicate's code (`WBK`).
    pub predicate: String,
    /// Total it asks for.
    pub threshold: Exact,
    /// Threshold less score: what is missing; zero or below when reached.
    pub missing: Exact,
}

impl Stage {
    /// All, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::NotBegun].into_iter().chain(Layer::ALL.into_iter().map(Self::At)).chain([Self::Done])
    }

    /// The stage of a worksheet, if there is one.
    pub fn of(lke: Option<&Lke>) -> Self {
        let Some(lke) = lke else {
            return Self::NotBegun;
        };
        Layer::ALL.into_iter().find(|layer| !lke.is_submitted(*layer)).map_or(Self::Done, Self::At)
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotBegun => "Belum dimulai",
            Self::At(Layer::Unit) => "Diisi unit",
            Self::At(layer) => layer.title(),
            Self::Done => "Selesai dinilai",
        }
    }

    /// Name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotBegun => "belum",
            Self::At(layer) => layer.as_str(),
            Self::Done => "selesai",
        }
    }
}

impl Standing {
    /// How far a worksheet is under its edition.
    ///
    /// # Errors
    /// [`ScoreError`] when an answer belongs to another edition.
    pub fn of(edition: &Instrument, lke: &Lke) -> Result<Self, ScoreError> {
        let layers = lke.layers.keys().map(|layer| progress(edition, lke, *layer));
        Ok(Self {
            stage: Stage::of(Some(lke)),
            questions: edition.questions().count(),
            layers: layers.collect::<Result<_, _>>()?,
            open_returns: lke.returns.iter().filter(|sent| sent.answered.is_none()).count(),
            last_at: last_at(lke),
        })
    }

    /// How far a layer is, if it was begun.
    pub fn layer(&self, layer: Layer) -> Option<&Progress> {
        self.layers.iter().find(|progress| progress.layer == layer)
    }
}

fn progress(edition: &Instrument, lke: &Lke, layer: Layer) -> Result<Progress, ScoreError> {
    let sheet = lke.sheet(layer);
    let score = Score::of(edition, &sheet)?.total.score;
    let submitted_at = lke.submitted(layer).map(|(_, at)| at);
    Ok(Progress { layer, answered: sheet.iter().count(), submitted_at, score })
}

fn last_at(lke: &Lke) -> Option<DateTime<Utc>> {
    let entries = lke.layers.values().flat_map(|filled| filled.entries.values()).map(|entry| entry.at);
    let submitted = Layer::ALL.into_iter().filter_map(|layer| lke.submitted(layer)).map(|(_, at)| at);
    let remarks = lke.remarks.iter().map(|remark| remark.at);
    let returns = lke.returns.iter().flat_map(|sent| [Some(sent.at), sent.answered.map(|(_, at)| at)]);
    entries.chain(submitted).chain(remarks).chain(returns.flatten()).max()
}

/// How far a total is from the threshold of each predicate, lowest first.
///
/// # Errors
/// [`Overflow`] when a number does not fit.
pub fn distances(edition: &Instrument, total: Exact) -> Result<Vec<Distance>, Overflow> {
    let mut distances = Vec::new();
    for predicate in &edition.predicates {
        let firm = edition.conditions_of(&predicate.code).filter(|each| each.reading_of.is_none());
        for condition in firm {
            let is_total = Metric::of(edition, &condition.metric) == Some(Metric::Score(ScoreOf::Total));
            if let (true, Threshold::AtLeast(threshold)) = (is_total, &condition.threshold) {
                let missing = threshold.minus(total)?;
                distances.push(Distance {
                    predicate: predicate.code.clone(),
                    threshold: *threshold,
                    missing,
                });
            }
        }
    }
    Ok(distances)
}
