//! All suggestions of a worksheet on one page, by where they stand, with the rules that still wait for records.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::lke::edit;
use bening_core::suggestion::{Decision, Standing, Suggestion};
use bening_store::person;
use serde::Deserialize;

use super::super::frame::{Head, page};
use super::super::reach::{LkePath, Opened, reach_lke};
use super::super::typed::worded;
use super::offer::{chip, offer};
use super::{Missing, Offer, missing};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::plan::history::moment;
use crate::plan::status::Chip;

/// Which suggestions are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    keadaan: String,
}

struct Line {
    code: String,
    label: String,
    given: String,
    offer: Offer,
}

struct Choice {
    word: &'static str,
    chip: Chip,
    count: usize,
    here: bool,
}

#[derive(Template)]
#[template(path = "lke/suggestions.html")]
struct OverviewPage {
    page: Page,
    head: Head,
    choices: Vec<Choice>,
    chosen: bool,
    lines: Vec<Line>,
    missing: Vec<Missing>,
}

/// The page.
///
/// # Errors
/// When there is no such worksheet.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Query(ask): Query<Ask>,
) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    let title = format!("{} {}", caller.lang.t("Usulan jawaban"), opened.at.year);
    let page = page(&app, &caller, &opened.at, title).await?;
    let deciders = opened.suggested.decisions.iter().map(|decision| decision.by);
    let names = person::names(app.store(), deciders).await?;
    let who = |decision: &Decision| {
        let name = names.get(&decision.by).cloned().unwrap_or_default();
        format!("{name} · {}", moment(&app, caller.lang, decision.at))
    };
    let all: Vec<Line> =
        in_order(&opened).into_iter().map(|suggestion| line(&opened, &page, suggestion, &who)).collect();
    let choices: Vec<Choice> =
        Standing::ALL.into_iter().map(|standing| choice(&page, &all, &ask, standing)).collect();
    let chosen = choices.iter().any(|choice| choice.here);
    let lines =
        all.into_iter().filter(|line| !chosen || line.offer.standing.as_str() == ask.keadaan).collect();
    let head = Head::of(&app, &caller, &opened, "usulan");
    let missing = missing(&opened, None);
    Ok(Html(OverviewPage { page, head, choices, chosen, lines, missing }.render()?).into_response())
}

/// The suggestions in the order of the form.
fn in_order(opened: &Opened) -> Vec<&Suggestion> {
    let codes = opened.edition.questions().map(|(_, _, question)| question.code.as_str());
    codes
        .flat_map(|code| opened.suggested.offers.all.iter().filter(move |one| one.question == code))
        .collect()
}

fn line(opened: &Opened, page: &Page, suggestion: &Suggestion, who: &dyn Fn(&Decision) -> String) -> Line {
    let own = opened.desk.seen();
    let given = edit::given(&opened.lke, own, &suggestion.question).answer;
    let question = opened.edition.question(&suggestion.question);
    Line {
        code: suggestion.question.clone(),
        label: question.map(|(_, _, question)| question.label.clone()).unwrap_or_default(),
        given: worded(given.as_ref()),
        offer: offer(opened, page, own, suggestion, who),
    }
}

fn choice(page: &Page, all: &[Line], ask: &Ask, standing: Standing) -> Choice {
    Choice {
        word: standing.as_str(),
        chip: chip(page, standing),
        count: all.iter().filter(|line| line.offer.standing == standing).count(),
        here: ask.keadaan == standing.as_str(),
    }
}
