//! How many respondents a population requires.

use super::method::SampleMethod;
use crate::instrument::Exact;

/// The most people a population may have; more than there are.
const MAX_POPULATION: u64 = 10_000_000_000;

/// Why no sample size can be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// Nobody, or more people than there are.
    #[error("populasi harus 1 sampai {MAX_POPULATION}")]
    Population,
    /// Not between 0 and 1, or too fine to reckon with.
    #[error("galat (margin) harus di antara 0 dan 1, misalnya 0.05")]
    Margin,
    /// No squared standard error is known for it.
    #[error("besar sampel hanya dikenal untuk taraf kepercayaan {0}")]
    Confidence(String),
}

impl SampleMethod {
    /// The sample that this population requires, for the usual margin and confidence unless given.
    ///
    /// # Errors
    /// [`SampleError`] when a parameter is out of reach.
    pub fn required(
        &self,
        population: u64,
        margin: Option<Exact>,
        confidence: Option<Exact>,
    ) -> Result<u64, SampleError> {
        if population == 0 || population > MAX_POPULATION {
            return Err(SampleError::Population);
        }
        let (margin, confidence) = (margin.unwrap_or(self.margin), confidence.unwrap_or(self.confidence));
        let chi = self.chi(confidence)?;
        let is_usual = margin == self.margin && confidence == self.confidence;
        let published = self.table.iter().find(|(known, _)| is_usual && *known == population);
        published.map_or_else(|| self.by_formula(population, margin, chi), |(_, sample)| Ok(*sample))
    }

    /// This confidence where a squared standard error is known for it, else the usual one.
    #[must_use]
    pub fn known_confidence(&self, wanted: Option<Exact>) -> Exact {
        let is_known = |confidence: &Exact| self.chi.iter().any(|chi| chi.confidence == *confidence);
        wanted.filter(is_known).unwrap_or(self.confidence)
    }

    /// The sample for a population whose size is not known: that of the largest one in the table.
    #[must_use]
    pub fn required_of_many(&self) -> Option<(u64, u64)> {
        self.table.iter().max().copied()
    }

    /// The squared standard error at the usual confidence.
    #[must_use]
    pub fn usual_chi(&self) -> Option<Exact> {
        self.chi(self.confidence).ok()
    }

    fn chi(&self, confidence: Exact) -> Result<Exact, SampleError> {
        let found = self.chi.iter().find(|chi| chi.confidence == confidence);
        found.map(|chi| chi.value).ok_or_else(|| {
            let known: Vec<String> = self.chi.iter().map(|chi| chi.confidence.plain()).collect();
            SampleError::Confidence(known.join(", "))
        })
    }

    fn by_formula(&self, population: u64, margin: Exact, chi: Exact) -> Result<u64, SampleError> {
        if margin <= Exact::ZERO || margin >= Exact::ONE {
            return Err(SampleError::Margin);
        }
        let whole = Exact::fraction(population.into(), 1).ok_or(SampleError::Population)?;
        let input = |name: &str| match name {
            "chi" => Some(chi),
            "population" => Some(whole),
            "share" => Some(self.share),
            "margin" => Some(margin),
            _ => None,
        };
        let sample = self.formula.value(&input).map_err(|_| SampleError::Margin)?.nearest();
        Ok(u64::try_from(sample).unwrap_or(population).clamp(1, population))
    }
}
