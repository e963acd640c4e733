//! The worksheet on the home page of a unit: where it stands, and which questions came back with which deadline.

use bening_store::lke;
use chrono::NaiveDate;

use super::block::{Goal, goals};
use super::eyes::Eyes;
use super::frame::state;
use super::reach::{LkePath, open, reach_year};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Tone;
use crate::plan::status::Chip;
use crate::reach::Reached;

/// What the home page says of the newest worksheet.
pub struct Card {
    /// Address of the worksheet.
    pub href: String,
    /// Its year.
    pub year: String,
    /// Where the layer of the caller stands.
    pub state: Chip,
    /// Total of that layer.
    pub total: String,
    /// Distance to each predicate.
    pub goals: Vec<Goal>,
    /// Answered questions.
    pub answered: usize,
    /// All questions.
    pub questions: usize,
    /// Questions that wait for the unit.
    pub returned: Vec<Returned>,
}

/// A question that waits for the unit.
pub struct Returned {
    /// Address of its page.
    pub href: String,
    /// Its code and what is asked.
    pub label: String,
    /// Why it came back.
    pub reason: String,
    /// The last day.
    pub due: Chip,
}

/// The card of a unit, if it has a worksheet.
///
/// # Errors
/// When the store fails.
pub async fn card(app: &App, caller: &Caller, reached: &Reached) -> Result<Option<Card>> {
    let years = lke::years(app.store(), reached.unit.id).await?;
    let Some(year) = years.into_iter().rfind(|year| *year <= app.this_year()) else {
        return Ok(None);
    };
    let path = LkePath { unit: reached.unit.code.to_string(), tahun: year.to_string() };
    let at = reach_year(app, caller, &path, bening_core::access::Action::ReadUnit).await?;
    let Some(sheet) = lke::find(app.store(), reached.unit.id, year).await? else {
        return Ok(None);
    };
    let opened = open(app, caller, at, sheet).await?;
    let eyes = Eyes::of(&opened, caller.lang)?;
    let score = &eyes.own()?.score;
    let base = opened.at.address();
    let waiting = opened.lke.returns.iter().filter(|sent| sent.answered.is_none());
    let returned = waiting.map(|sent| Returned {
        href: format!("{base}/pertanyaan/{}", sent.code),
        label: opened.edition.question(&sent.code).map_or_else(
            || sent.code.clone(),
            |(_, _, question)| format!("{} {}", sent.code, question.label),
        ),
        reason: sent.reason.clone(),
        due: due(caller, sent.due_on, app.today()),
    });
    Ok(Some(Card {
        year: year.to_string(),
        state: state(app, caller, &opened, opened.desk.seen()),
        total: eyes.points(score.total.score),
        goals: goals(&eyes, score.total.score),
        answered: score.questions.len() - score.gaps.len(),
        questions: score.questions.len(),
        returned: returned.collect(),
        href: base,
    }))
}

fn due(caller: &Caller, due_on: NaiveDate, today: NaiveDate) -> Chip {
    let tone = if due_on < today { Tone::Bad } else { Tone::Warn };
    let text = caller.lang.tf("batas %{hari}", &[("hari", caller.lang.date(due_on))]);
    Chip { tone, sign: tone.sign(), text }
}
