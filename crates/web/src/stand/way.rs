//! The cheapest way as a page shows it: what to improve, by how much, with what effort, and what no answer of
//! the unit can reach.

use bening_core::instrument::{Exact, Question};
use bening_core::scoring::Answer;
use bening_core::way::{Efforts, Improvement, Missing, Nature, Surveys, Way, cheapest};

use super::seen::Seen;
use super::what_if::query_of;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::lke::typed::{Fields, worded};
use crate::words::Lang;

/// Word of the query that lets surveys rise.
const SURVEYS: &str = "survei";

/// One improvement.
pub(super) struct Step {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) gain: String,
    pub(super) days: u32,
    /// The effort of the whole question was set by the team.
    pub(super) is_set: bool,
    /// What is special about it; often empty.
    pub(super) note: String,
}

/// A threshold out of reach.
pub(super) struct Beyond {
    pub(super) text: String,
    pub(super) needed: String,
    pub(super) most: String,
}

/// The way.
pub(super) struct WayView {
    pub(super) steps: Vec<Step>,
    pub(super) days: u32,
    pub(super) after: String,
    pub(super) beyond: Vec<Beyond>,
    /// The same with, or again without, better surveys.
    pub(super) other: String,
    pub(super) with_surveys: bool,
    /// The page that shows these improvements as if they were done.
    pub(super) what_if: String,
}

/// The way of what is seen.
pub(super) fn view(seen: &Seen, caller: &Caller, efforts: &Efforts, asked: &Fields) -> Result<WayView> {
    let surveys = if asked.get(SURVEYS) == "ya" { Surveys::MayRise } else { Surveys::Stay };
    let way = cheapest(seen.edition(), &seen.sheet, &seen.predicate, &seen.facts, efforts, surveys);
    let way = way.map_err(|error| AppError::Refused(error.to_string()))?;
    let with_surveys = surveys == Surveys::MayRise;
    let here = seen.here(super::position::PAGE);
    let steps = way.improvements.iter().filter_map(|better| step(seen, caller.lang, efforts, better));
    Ok(WayView {
        steps: steps.collect(),
        days: way.days,
        after: caller.lang.decimal(way.after.total.score.rounded()),
        beyond: way.missing.iter().map(|missing| beyond(caller.lang, missing)).collect(),
        other: if with_surveys { here } else { format!("{here}&{SURVEYS}=ya") },
        with_surveys,
        what_if: what_if(seen, &way),
    })
}

fn what_if(seen: &Seen, way: &Way<'_>) -> String {
    let answers = way.improvements.iter().map(|better| query_of(&better.question, &better.to));
    format!("{}{}", seen.here(super::what_if::PAGE), answers.collect::<String>())
}

fn step(seen: &Seen, lang: Lang, efforts: &Efforts, better: &Improvement) -> Option<Step> {
    let (_, _, question) = seen.edition().question(&better.question)?;
    let (from, to) = change(lang, question, better.from.as_ref(), &better.to);
    let note = match better.nature {
        Nature::Work => String::new(),
        Nature::Assumed => lang.t("isian rasio belum ada; contoh isian penuh").into_owned(),
        Nature::Survey => lang.t("hasil survei, tidak ditentukan unit").into_owned(),
    };
    Some(Step {
        code: better.question.clone(),
        label: question.label.clone(),
        from,
        to,
        gain: lang.decimal(better.gain.rounded()),
        days: better.days,
        is_set: efforts.set_for(&better.question).is_some(),
        note,
    })
}

/// From and to in a few letters; of a ratio only the counts that change.
pub(super) fn change(
    lang: Lang,
    question: &Question,
    from: Option<&Answer>,
    to: &Answer,
) -> (String, String) {
    let Answer::Counts(after) = to else {
        let from = if from.is_none() { lang.t("kosong").into_owned() } else { worded(from) };
        return (from, worded(Some(to)));
    };
    let before = match from {
        Some(Answer::Counts(before)) => Some(before),
        _ => None,
    };
    let old = |name: &str| before.and_then(|before| before.get(name)).copied();
    let moved = question.inputs.iter().filter(|input| old(&input.name) != after.get(&input.name).copied());
    let told =
        |count: Option<Exact>| count.map_or_else(|| "–".to_owned(), |count| lang.decimal(count.plain()));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for input in moved {
        left.push(told(old(&input.name)));
        right.push(format!("{} ({})", told(after.get(&input.name).copied()), input.label.to_lowercase()));
    }
    let left = if before.is_none() { lang.t("kosong").into_owned() } else { left.join(", ") };
    (left, right.join(", "))
}

fn beyond(lang: Lang, missing: &Missing<'_>) -> Beyond {
    Beyond {
        text: missing.target.condition.text.clone(),
        needed: lang.decimal(missing.target.needed.plain_or_rounded()),
        most: lang.decimal(missing.most.rounded()),
    }
}
