//! The *Laporan Hasil Evaluasi* (LHE), TPI's report on a unit's worksheet, as a document: what is printed, not how
//! it looks. The sentences stand in `prints/lhe.toml`, figures come from the edition and the layers; here they are
//! put together. How its number is drawn is `letter`.

mod figures;
mod findings;
mod prose;
mod verdicts;
mod wording;

pub use prose::{Prose, ProseError};
pub use wording::{Missing, Recommendation, Wording, WordingError};

use super::{Layer, Lke};
use crate::agency::Agency;
use crate::document::{Align, Block, Cell, Cover, Document, Marker, Signature, Table};
use crate::eligibility::Facts;
use crate::fill::Values;
use crate::instrument::{Exact, Instrument, Overflow};
use crate::plan::paper::{PaperLaw, columns, list, long_date};
use crate::scoring::{Score, ScoreError};
use crate::unit::Unit;

use self::prose::{Part, Slot, Words};

/// The layer that speaks for the internal assessors.
const TPI: Layer = Layer::TpiController;

/// Everything the report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Whose agency.
    pub agency: &'a Agency,
    /// Which unit.
    pub unit: &'a Unit,
    /// The worksheet with its layers.
    pub lke: &'a Lke,
    /// The edition it is filled under.
    pub edition: &'a Instrument,
    /// What the law of papers says of the edition.
    pub law: &'a PaperLaw,
    /// What the assessors say for themselves.
    pub wording: &'a Wording,
    /// Who assessed.
    pub team: &'a [Assessor],
    /// The facts stated of agency and unit; without them there is no third annex.
    pub facts: Option<&'a Facts>,
    /// Its number; a draft has none.
    pub number: Option<&'a str>,
    /// The day a draft without a date bears.
    pub today: chrono::NaiveDate,
}

/// Somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessor {
    /// Name.
    pub name: String,
    /// Code of the seat, as teams keep it.
    pub seat: String,
}

/// Why a report cannot be put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// A layer has no score.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// A figure does not fit.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

/// The report in the words of `prose`.
///
/// # Errors
/// [`ReportError`] when the worksheet belongs to another edition or a figure is too large to be exact.
pub fn document(prose: &Prose, inputs: &Inputs<'_>) -> Result<Document, ReportError> {
    let unit = Score::of(inputs.edition, &inputs.lke.sheet(Layer::Unit))?;
    let tpi = Score::of(inputs.edition, &inputs.lke.sheet(TPI))?;
    let difference = tpi.total.score.minus(unit.total.score)?;
    let values = values(prose, inputs, (&unit, &tpi), difference);
    let report = Report { words: &prose.words, inputs, values, unit, tpi, difference };
    let mut blocks = Vec::new();
    for part in &prose.part {
        blocks.extend(report.part(part)?);
    }
    let title = if inputs.number.is_some() { &prose.title } else { &prose.draft_title };
    Ok(Document {
        title: report.fill(title),
        author: inputs.agency.name.clone(),
        language: "id".to_owned(),
        dated: inputs.wording.dated.unwrap_or(inputs.today),
        cover: Some(report.cover(prose)),
        blocks,
    })
}

fn values(prose: &Prose, inputs: &Inputs<'_>, scores: (&Score, &Score), difference: Exact) -> Values {
    let or_blank = |text: &str| if text.is_empty() { prose.words.blank.clone() } else { text.to_owned() };
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| prose.words.blank.clone(), long_date);
    let wording = inputs.wording;
    Values::default()
        .with("unit", inputs.unit.name.as_str())
        .with("instansi", or_blank(&inputs.agency.name))
        .with("tahun", inputs.lke.year.to_string())
        .with("peraturan", inputs.edition.regulation.as_str())
        .with("tanggal", day(wording.dated))
        .with("nomor", inputs.number.unwrap_or(&prose.words.draft_number))
        .with("tujuan", or_blank(&wording.addressee))
        .with("periode", or_blank(&wording.period))
        .with("surat_tugas", or_blank(&wording.assignment))
        .with("tanggal_tugas", day(wording.assigned_on))
        .with("nilai_unit", figure(scores.0.total.score))
        .with("nilai_tpi", figure(scores.1.total.score))
        .with("bobot", weight(scores.1.total.weight))
        .with("selisih", signed(difference))
}

/// A score for people: two decimals and a comma.
fn figure(exact: Exact) -> String {
    exact.rounded().replace('.', ",")
}

/// A weight or threshold for people: as many decimals as the law writes.
fn weight(exact: Exact) -> String {
    exact.plain_or_rounded().replace('.', ",")
}

/// A difference for people, always with its sign.
fn signed(exact: Exact) -> String {
    let text = figure(exact);
    match text.strip_prefix('-') {
        Some(rest) => format!("\u{2212}{rest}"),
        None if text.chars().all(|c| matches!(c, '0' | ',')) => text,
        None => format!("+{text}"),
    }
}

/// A report on the way.
struct Report<'a> {
    words: &'a Words,
    inputs: &'a Inputs<'a>,
    values: Values,
    unit: Score,
    tpi: Score,
    difference: Exact,
}

impl Report<'_> {
    fn fill(&self, text: &str) -> String {
        self.values.fill(text)
    }

    fn paragraph(&self, text: &str) -> Block {
        Block::Paragraph { text: self.fill(text) }
    }

    fn cover(&self, prose: &Prose) -> Cover {
        let number = self.fill(&self.words.number);
        Cover {
            logo: self.inputs.agency.logo.clone(),
            title: prose.cover.iter().map(|line| self.fill(line)).collect(),
            mark: self.inputs.number.is_none().then(|| self.words.draft.clone()),
            foot: [number, self.inputs.agency.name.clone()].into_iter().filter(|l| !l.is_empty()).collect(),
        }
    }

    fn part(&self, part: &Part) -> Result<Vec<Block>, ReportError> {
        Ok(vec![match part {
            Part::Slot { slot } => return self.slot(*slot),
            Part::Heading { level, text } => Block::Heading { level: *level, text: self.fill(text) },
            Part::Paragraph { text } => self.paragraph(text),
            Part::List { marker, items } => list(*marker, items.iter().map(|item| self.fill(item)).collect()),
            Part::PageNumbers { style } => Block::PageNumbers { style: *style },
            Part::Orientation { landscape } => Block::Orientation { landscape: *landscape },
        }])
    }

    fn slot(&self, slot: Slot) -> Result<Vec<Block>, ReportError> {
        Ok(match slot {
            Slot::Details => vec![self.details()],
            Slot::Addressee => vec![self.paragraph(&self.words.addressee)],
            Slot::LegalBasis => vec![list(Marker::Number, self.legal_basis())],
            Slot::Team => vec![self.team()],
            Slot::Comparison => self.comparison(),
            Slot::Results => vec![Block::Table(self.results()?)],
            Slot::Thresholds => self.thresholds(),
            Slot::Recommendation => self.recommendation(),
            Slot::Signature => vec![Block::Signature(self.signature())],
            Slot::Scores => vec![Block::Table(self.scores()?)],
            Slot::Findings => self.findings(),
            Slot::Conditions => self.conditions(),
        })
    }

    fn details(&self) -> Block {
        let attachments = match self.inputs.facts {
            Some(_) => &self.words.attachments_three,
            None => &self.words.attachments_two,
        };
        let said = ["{nomor}", "{tanggal}", attachments, &self.words.subject].map(|text| self.fill(text));
        Block::Details { rows: self.words.details.iter().cloned().zip(said).collect() }
    }

    fn legal_basis(&self) -> Vec<String> {
        let named: Vec<String> = self.inputs.law.regulations.iter().map(|named| named.full.clone()).collect();
        let named = if named.is_empty() { vec![self.inputs.edition.regulation.clone()] } else { named };
        named.into_iter().chain(self.inputs.wording.legal_basis.iter().cloned()).collect()
    }

    fn team(&self) -> Block {
        let seats = &self.words.seats;
        let place = |assessor: &Assessor| seats.iter().position(|(code, _)| *code == assessor.seat);
        let mut team: Vec<(usize, &Assessor)> =
            self.inputs.team.iter().map(|one| (place(one).unwrap_or(seats.len()), one)).collect();
        team.sort_by_key(|(place, assessor)| (*place, &assessor.name));
        let seat = |(index, (place, assessor)): (usize, &(usize, &Assessor))| {
            let title = seats.get(*place).map_or(&assessor.seat, |(_, title)| title);
            [(index + 1).to_string(), assessor.name.clone(), title.clone()].map(Cell::text).into()
        };
        let rows: Vec<Vec<Cell>> = team.iter().enumerate().map(seat).collect();
        if rows.is_empty() {
            return self.paragraph(&self.words.no_team);
        }
        let sides = [(8, Align::Center), (52, Align::Start), (40, Align::Start)];
        let caption = Some(self.words.team_caption.clone());
        Block::Table(Table { caption, columns: columns(&self.words.team_columns, sides), rows })
    }

    /// The recommendation, then what the unit should do.
    fn recommendation(&self) -> Vec<Block> {
        let recommendation = match &self.inputs.wording.recommendation {
            None => self.words.undecided.clone(),
            Some(Recommendation::NotYet) => self.fill(&self.words.not_yet),
            Some(Recommendation::Propose(code)) => {
                self.values.with("predikat", self.predicate_name(code)).fill(&self.words.propose)
            }
        };
        let mut blocks = vec![Block::Paragraph { text: recommendation }];
        if !self.inputs.wording.advice.is_empty() {
            blocks.push(self.paragraph(&self.words.advice_intro));
            blocks.push(list(Marker::Number, self.inputs.wording.advice.clone()));
        }
        blocks
    }

    fn predicate_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.inputs.edition.predicate(code).map_or(code, |predicate| predicate.name.as_str())
    }

    fn signature(&self) -> Signature {
        let wording = self.inputs.wording;
        let date = self.fill("{tanggal}");
        let place_and_date = match (wording.place.as_str(), self.inputs.agency.city.as_str()) {
            ("", "") => date,
            ("", city) | (city, _) => format!("{city}, {date}"),
        };
        Signature { place_and_date, title: wording.signatory_title.clone(), name: wording.signatory.clone() }
    }
}
