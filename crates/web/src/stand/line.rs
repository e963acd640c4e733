//! One score as a line of a page: a bar with its minimum, the figures, where it stands.

use bening_core::eligibility::Status;
use bening_core::instrument::Exact;
use bening_core::scoring::Points;

use super::status::{Mark, mark};
use crate::words::Lang;

/// Points of a hundred by which a minimum is called narrowly reached.
const NARROW_PERCENT: u32 = 3;

/// A score against its minimum.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) code: String,
    /// Of the weight, with a decimal point.
    pub(super) percent: String,
    /// The minimum of the weight, with a decimal point; empty when there is none.
    pub(super) minimum: String,
    /// Tone of the bar.
    pub(super) tone: &'static str,
    pub(super) score: String,
    pub(super) weight: String,
    /// The least points; empty when there is none.
    pub(super) needed: String,
    pub(super) mark: Option<Mark>,
    /// The percentage for people.
    pub(super) share: String,
}

impl Line {
    pub(super) fn of(lang: Lang, name: &str, code: &str, points: &Points, needed: Option<Exact>) -> Self {
        let status = needed.map(|needed| if points.score >= needed { Status::Met } else { Status::NotMet });
        let minimum = needed.and_then(|needed| Points::new(needed, points.weight).ok());
        Self {
            name: name.to_owned(),
            code: code.to_owned(),
            percent: points.percent.rounded(),
            tone: tone(points, minimum.as_ref()),
            minimum: minimum.map(|minimum| minimum.percent.rounded()).unwrap_or_default(),
            score: lang.decimal(points.score.rounded()),
            weight: lang.decimal(points.weight.plain_or_rounded()),
            needed: needed.map(|needed| lang.decimal(needed.plain_or_rounded())).unwrap_or_default(),
            mark: status.map(|status| mark(lang, status)),
            share: lang.decimal(points.percent.nearest()),
        }
    }
}

fn tone(points: &Points, minimum: Option<&Points>) -> &'static str {
    let Some(minimum) = minimum else { return "" };
    let above = points.percent.minus(minimum.percent);
    match above {
        Ok(above) if above.is_negative() => "bad",
        Ok(above) if above < Exact::whole(NARROW_PERCENT) => "warn",
        _ => "",
    }
}
