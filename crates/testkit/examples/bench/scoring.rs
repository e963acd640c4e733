//! How long scoring takes, in memory and without a site: one full sheet, and all sheets of a large agency anew.
//! Beside each stands what the same machine needs to read one such sheet from its JSON.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Context;
use bening_core::instrument::{Exact, Form, Instrument, Question, shipped};
use bening_core::scoring::{Answer, Score, Sheet, UnitFile};

/// Units of a large agency, and the layers of each.
const UNITS: usize = 5_000;
const LAYERS: usize = 3;
/// How often one sheet is scored or read.
const ROUNDS: u32 = 1_000;

/// Measures and tells, a line for each edition.
pub(crate) fn report() -> anyhow::Result<String> {
    shipped().iter().map(|edition| line(edition)).collect()
}

fn line(edition: &Instrument) -> anyhow::Result<String> {
    let sheets: Vec<Sheet> = (0..UNITS * LAYERS).map(|number| sheet(edition, number)).collect();
    let first = sheets.first().context("no sheet")?;
    let json = serde_json::json!({ "answers": first.to_json() }).to_string();
    let read = each(|| drop(black_box(UnitFile::from_json(edition, &json))));
    let once = each(|| drop(black_box(Score::of(edition, first))));
    let began = Instant::now();
    for sheet in &sheets {
        black_box(Score::of(edition, sheet)?);
    }
    let all = began.elapsed();
    Ok(format!(
        "  {:<22} one full sheet {:>7.1} µs ({:.2} × reading it); {UNITS} units × {LAYERS} layers {:>6.2} s\n",
        edition.id,
        once.as_secs_f64() * 1e6,
        once.as_secs_f64() / read.as_secs_f64(),
        all.as_secs_f64(),
    ))
}

/// The mean time of something done many times.
fn each(mut work: impl FnMut()) -> Duration {
    let began = Instant::now();
    (0..ROUNDS).for_each(|_| work());
    began.elapsed() / ROUNDS
}

/// A full sheet, another for each number.
fn sheet(edition: &Instrument, number: usize) -> Sheet {
    edition.questions().enumerate().fold(Sheet::default(), |sheet, (place, (_, _, question))| {
        sheet.with(&question.code, answer(edition, question, number + place))
    })
}

fn answer(edition: &Instrument, question: &Question, number: usize) -> Option<Answer> {
    Some(match &edition.kind(&question.kind)?.form {
        Form::Choice(answers) => Answer::Choice(answers.get(number % answers.len())?.answer.clone()),
        Form::Index { max, .. } => Answer::Index(*max),
        Form::Ratio => {
            let count = |place: usize| Exact::whole(u32::try_from((number + place) % 97).unwrap_or_default());
            let counts = question.inputs.iter().enumerate();
            Answer::Counts(counts.map(|(place, input)| (input.name.clone(), count(place))).collect())
        }
    })
}
