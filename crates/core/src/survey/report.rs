//! All that a table of answers says: index, grade, interval, reliability, sample, and what to be wary of.

use std::collections::BTreeSet;

use super::aim;
use super::alpha::alpha;
use super::campaign::Channel;
use super::figure::Figure;
use super::index::Index;
use super::interval::{Interval, Request};
use super::method::Method;
use super::model::{Band, Bands, Questionnaire, Scale};
use super::responses::Responses;
use super::sample::SampleError;
use crate::instrument::Exact;

/// What a person chooses; what is absent is taken from the data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// How many people could have been asked.
    pub population: Option<u64>,
    /// The margin of error the sample is meant for.
    pub margin: Option<Exact>,
    /// The seed of the interval.
    pub seed: Option<u64>,
    /// The confidence of the interval and the sample, between 0 and 1.
    pub confidence: Option<Exact>,
    /// The grades, by id.
    pub bands: Option<String>,
    /// The ways by which answers were meant to come.
    pub channels: BTreeSet<Channel>,
}

/// What a required sample was reckoned for, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleUsed {
    /// Margin of error.
    pub margin: Exact,
    /// Confidence; the usual one where no squared error is known for the one chosen.
    pub confidence: Exact,
    /// The sample for the usual margin and confidence.
    pub usual: Option<u64>,
    /// The rule.
    pub formula: String,
    /// Where the rule comes from.
    pub citation: String,
}

/// Why the choices cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// Fewer people than answered.
    #[error(
        "populasi {population} lebih kecil daripada jumlah responden {respondents}; periksa --population"
    )]
    PopulationTooSmall {
        /// As given.
        population: u64,
        /// As counted.
        respondents: u64,
    },
    /// Not between 0 and 1.
    #[error("taraf kepercayaan harus di antara 0 dan 1, misalnya 0.95")]
    Confidence,
    /// The questionnaire has no such grades.
    #[error("kelas mutu \"{0}\" tidak ada pada kuesioner ini")]
    NoSuchBands(String),
    /// The sample cannot be reckoned.
    #[error(transparent)]
    Sample(#[from] SampleError),
}

/// Something to be wary of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// For programs.
    pub code: &'static str,
    /// For people, in Indonesian.
    pub message: String,
}

/// All that a table of answers says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<'q> {
    /// What was asked.
    pub questionnaire: &'q Questionnaire,
    /// On which scale.
    pub scale: &'q Scale,
    /// Respondents who count.
    pub respondents: u64,
    /// Rows without any answer.
    pub empty: u64,
    /// Rows left out as incomplete.
    pub incomplete: u64,
    /// Index and unsur.
    pub result: Index,
    /// The per cent, rounded to two decimals as the grades want it.
    pub percent: Option<Figure>,
    /// The grades that were used, and the one that was reached.
    pub grade: Option<(&'q Bands, &'q Band)>,
    /// The interval, from two respondents on.
    pub interval: Option<Interval>,
    /// Cronbach's alpha.
    pub alpha: Option<Figure>,
    /// Answers not given, as a share of all.
    pub missing_share: Option<Figure>,
    /// Respondents with one answer to everything, as a share of all.
    pub straight_lining_share: Option<Figure>,
    /// The population that was stated.
    pub population: Option<u64>,
    /// The respondents it requires.
    pub required: Option<u64>,
    /// What the sample is reckoned for.
    pub sample: SampleUsed,
    /// What to be wary of.
    pub warnings: Vec<Warning>,
}

impl<'q> Report<'q> {
    /// Reckons everything.
    ///
    /// # Errors
    /// [`OptionsError`] when a choice cannot be followed.
    pub fn of(responses: &Responses<'q>, method: &Method, options: &Options) -> Result<Self, OptionsError> {
        let questionnaire = responses.questionnaire;
        let bands = bands(questionnaire, options)?;
        let request = request(responses, method, options)?;
        let result = Index::of(responses);
        let percent = result.percent.as_ref().map(|percent| percent.rounded_to(2));
        let respondents = responses.respondents();
        let asked = respondents * u64::try_from(responses.layout.columns.len()).unwrap_or(0);
        let interval = result.index.as_ref();
        let mut report = Self {
            questionnaire,
            scale: responses.scale,
            respondents,
            empty: responses.empty,
            incomplete: responses.incomplete,
            grade: percent.as_ref().and_then(|percent| Some((bands?, bands?.grade(percent)?))),
            interval: interval.and_then(|index| Interval::of(responses, index, &method.interval, request)),
            alpha: alpha(responses),
            missing_share: Figure::whole(responses.missing()).over(&Figure::whole(asked)),
            straight_lining_share: Figure::whole(responses.straight_lining())
                .over(&Figure::whole(respondents)),
            population: options.population,
            required: required(method, options)?,
            sample: sample(method, options),
            result,
            percent,
            warnings: Vec::new(),
        };
        report.warnings = report.wariness(method);
        report.warnings.extend(aim::wariness(&options.channels, responses.by_channel()));
        Ok(report)
    }

    fn wariness(&self, method: &Method) -> Vec<Warning> {
        let shares = [
            (&self.missing_share, method.warning.missing_share, "missing_answers", "jawaban kosong"),
            (
                &self.straight_lining_share,
                method.warning.straight_lining_share,
                "straight_lining",
                "responden memberi jawaban sama untuk semua pertanyaan",
            ),
        ];
        let shares = shares.into_iter().filter_map(|(share, limit, code, what)| {
            let share = share.as_ref().filter(|share| **share > Figure::from(limit))?;
            let percent = share.times(&Figure::whole(100)).rounded(2);
            Some(Warning { code, message: format!("{percent}% {what}; tafsirkan hasil dengan hati-hati") })
        });
        self.about_size(method).into_iter().chain(self.about_gaps()).chain(shares).collect()
    }

    fn about_size(&self, method: &Method) -> Vec<Warning> {
        let n = self.respondents;
        let mut warnings = Vec::new();
        let mut warn = |code, message| warnings.push(Warning { code, message });
        match n {
            0 => warn("no_respondents", "belum ada jawaban; indeks tidak dapat dihitung".to_owned()),
            1 => warn(
                "one_respondent",
                "hanya satu responden: ini sebuah angka, bukan hasil survei".to_owned(),
            ),
            _ => {}
        }
        match (self.population.zip(self.required), method.sample.required_of_many()) {
            (Some((population, required)), _) if n < required => warn(
                "small_sample",
                format!(
                    "{n} responden; populasi {population} memerlukan sedikitnya {required} (Krejcie–Morgan)"
                ),
            ),
            (None, Some((largest, required))) => warn(
                "population_unknown",
                format!(
                    "populasi tidak disebut, jadi kecukupan sampel ({n} responden) tidak diperiksa; \
                     populasi {largest} memerlukan {required}"
                ),
            ),
            _ => {}
        }
        warnings
    }

    fn about_gaps(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let scores = self.questionnaire.unsur.iter().zip(&self.result.unsur);
        for (unsur, _) in scores.filter(|(_, score)| self.respondents > 0 && score.answers == 0) {
            let message =
                format!("unsur {} tidak punya jawaban, jadi indeks tidak dapat dihitung", unsur.code);
            warnings.push(Warning { code: "unsur_unanswered", message });
        }
        if self.empty > 0 {
            let message = format!("{} baris tanpa jawaban tidak dihitung sebagai responden", self.empty);
            warnings.push(Warning { code: "empty_rows", message });
        }
        if self.incomplete > 0 {
            let message = format!("{} baris yang tidak lengkap tidak dihitung", self.incomplete);
            warnings.push(Warning { code: "incomplete_rows", message });
        }
        warnings
    }
}

fn bands<'q>(questionnaire: &'q Questionnaire, options: &Options) -> Result<Option<&'q Bands>, OptionsError> {
    let found = questionnaire.bands(options.bands.as_deref());
    match (&options.bands, found) {
        (Some(wanted), None) => Err(OptionsError::NoSuchBands(wanted.clone())),
        _ => Ok(found),
    }
}

fn request(responses: &Responses<'_>, method: &Method, options: &Options) -> Result<Request, OptionsError> {
    let confidence = options.confidence.unwrap_or(method.interval.confidence);
    if confidence <= Exact::ZERO || confidence >= Exact::ONE {
        return Err(OptionsError::Confidence);
    }
    let respondents = responses.respondents();
    match options.population {
        Some(population) if population < respondents => {
            Err(OptionsError::PopulationTooSmall { population, respondents })
        }
        population => {
            let seed = options.seed.unwrap_or(method.interval.seed);
            Ok(Request { confidence, seed, population })
        }
    }
}

/// The requirement is asked at the confidence of the interval where one was chosen for which it is known.
fn sample(method: &Method, options: &Options) -> SampleUsed {
    let rule = &method.sample;
    let usual = options.population.and_then(|population| rule.required(population, None, None).ok());
    SampleUsed {
        margin: options.margin.unwrap_or(rule.margin),
        confidence: rule.known_confidence(options.confidence),
        usual,
        formula: rule.formula_text.clone(),
        citation: rule.citation.clone(),
    }
}

fn required(method: &Method, options: &Options) -> Result<Option<u64>, OptionsError> {
    let Some(population) = options.population else { return Ok(None) };
    let confidence = method.sample.known_confidence(options.confidence);
    Ok(Some(method.sample.required(population, options.margin, Some(confidence))?))
}
