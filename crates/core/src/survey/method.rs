//! How a survey is reckoned, as data: sample size, confidence interval, and when a result is warned about.
//! The figures stand in `instruments/surveys/metode.toml`, each with its citation.

use super::read::{each, table, whole};
use crate::instrument::expression::Expression;
use crate::instrument::source::{Cell, Row, Source};
use crate::instrument::{Exact, Problem, parse_expression};

/// The inputs of the sample formula.
const SAMPLE_INPUTS: [&str; 4] = ["chi", "population", "share", "margin"];

/// How a survey is reckoned.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// The sample that a population requires.
    pub sample: SampleMethod,
    /// The confidence interval.
    pub interval: IntervalMethod,
    /// When to warn.
    pub warning: WarningLimits,
}

/// The sample that a population requires (Krejcie & Morgan).
#[derive(Debug, Clone, PartialEq)]
pub struct SampleMethod {
    /// Where it comes from.
    pub citation: String,
    /// The formula over `chi`, `population`, `share` and `margin`.
    pub formula: Expression,
    /// The same as people read it.
    pub formula_text: String,
    /// Assumed share in the population; a half asks for most.
    pub share: Exact,
    /// The usual margin of error.
    pub margin: Exact,
    /// The usual confidence.
    pub confidence: Exact,
    /// The squared standard error for each confidence.
    pub chi: Vec<Chi>,
    /// The published table, population and sample, for the usual margin and confidence.
    pub table: Vec<(u64, u64)>,
}

/// A confidence and its squared standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chi {
    /// Confidence, between 0 and 1.
    pub confidence: Exact,
    /// Chi-square with one degree of freedom.
    pub value: Exact,
}

/// The confidence interval: a percentile bootstrap over respondents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalMethod {
    /// Where it comes from.
    pub citation: String,
    /// The usual confidence.
    pub confidence: Exact,
    /// The usual seed.
    pub seed: u64,
    /// Resamples drawn.
    pub replicates: u64,
    /// Resamples drawn at least, however large the table.
    pub least_replicates: u64,
    /// Most resamples × patterns of answers.
    pub work_limit: u64,
}

/// Shares, between 0 and 1, above which a result is warned about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarningLimits {
    /// Answers not given.
    pub missing_share: Exact,
    /// Respondents who gave one answer to everything.
    pub straight_lining_share: Exact,
}

impl Method {
    /// Reads and checks a method.
    ///
    /// # Errors
    /// Every problem found, in the order of lines.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Source::new(file, text);
        let method = source.parse().and_then(|table| {
            let row = Row::new(&source, &table, 1);
            let method = read(&row);
            row.finish();
            method
        });
        let problems = source.into_problems();
        method.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

fn read(row: &Row<'_>) -> Option<Method> {
    Some(Method {
        sample: finished(&table(row, "sample")?, sample)?,
        interval: finished(&table(row, "interval")?, interval)?,
        warning: finished(&table(row, "warning")?, warning)?,
    })
}

fn finished<T>(row: &Row<'_>, read: fn(&Row<'_>) -> Option<T>) -> Option<T> {
    let item = read(row);
    row.finish();
    item
}

fn sample(row: &Row<'_>) -> Option<SampleMethod> {
    let method = SampleMethod {
        citation: row.citation(),
        formula: formula(row)?,
        formula_text: row.text("formula"),
        share: part(row, "share"),
        margin: part(row, "margin"),
        confidence: part(row, "confidence"),
        chi: each(row, "chi", chi),
        table: row.cells("table").iter().filter_map(|cell| table_row(row, cell)).collect(),
    };
    if !method.chi.iter().any(|chi| chi.confidence == method.confidence) {
        row.refuse(row.line, "[[sample.chi]] untuk \"confidence\" baku belum ada");
    }
    Some(method)
}

fn formula(row: &Row<'_>) -> Option<Expression> {
    let parsed = parse_expression(&row.text("formula"));
    let formula = parsed.map_err(|error| row.refuse(row.line, &format!("\"formula\": {error}"))).ok()?;
    for name in formula.inputs().iter().filter(|name| !SAMPLE_INPUTS.contains(name)) {
        row.refuse(
            row.line,
            &format!("isian \"{name}\" tidak dikenal; pilihannya: {}", SAMPLE_INPUTS.join(", ")),
        );
    }
    Some(formula)
}

/// A number between 0 and 1, neither of them.
fn part(row: &Row<'_>, key: &'static str) -> Exact {
    let number = row.number(key);
    if number.is_zero() || number >= Exact::ONE {
        row.refuse(row.line, &format!("\"{key}\" harus di antara 0 dan 1"));
    }
    number
}

fn chi(row: &Row<'_>) -> Chi {
    Chi { confidence: part(row, "confidence"), value: row.number("value") }
}

fn table_row(row: &Row<'_>, cell: &Cell<'_>) -> Option<(u64, u64)> {
    let population = cell.key.parse().ok();
    let sample = row.number_in(cell).filter(|number| number.is_whole());
    let found = population.zip(sample.and_then(|sample| u64::try_from(sample.nearest()).ok()));
    if found.is_none() {
        row.refuse(cell.line, "baris tabel harus berupa populasi = sampel, keduanya bilangan bulat");
    }
    found
}

fn interval(row: &Row<'_>) -> Option<IntervalMethod> {
    Some(IntervalMethod {
        citation: row.citation(),
        confidence: part(row, "confidence"),
        seed: whole(row, "seed")?,
        replicates: whole(row, "replicates")?,
        least_replicates: whole(row, "least_replicates")?,
        work_limit: whole(row, "work_limit")?,
    })
}

fn warning(row: &Row<'_>) -> Option<WarningLimits> {
    Some(WarningLimits {
        missing_share: part(row, "missing_share"),
        straight_lining_share: part(row, "straight_lining_share"),
    })
}
