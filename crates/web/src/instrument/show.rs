//! One edition as a page: areas, weights, questions, formulas, conditions, each with its citation, and the
//! points that the law leaves open.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::instrument::{
    Certainty, Condition, Editions, Form, Half, Instrument, Question, Severity, Threshold, shipped,
};

use super::BASE;
use super::list::validity;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;

#[derive(Template)]
#[template(path = "instrument/show.html")]
struct ShowPage {
    page: Page,
    /// Keeps the edition at hand for the template.
    editions: Arc<Editions>,
    id: String,
    validity: String,
    is_own: bool,
    open: Vec<OpenPoint>,
}

/// A doubt or chosen reading.
struct OpenPoint {
    place: String,
    text: String,
}

impl ShowPage {
    fn edition(&self) -> Option<&Instrument> {
        self.editions.by_id(&self.id).map(AsRef::as_ref)
    }

    fn weights(&self, halves: &[Half]) -> String {
        halves
            .iter()
            .map(|half| format!("{} {}", half.part, self.number(half.weight)))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn number(&self, number: impl std::borrow::Borrow<bening_core::instrument::Exact>) -> String {
        self.page.number(number.borrow().plain_or_rounded())
    }

    fn answers(&self, edition: &Instrument, question: &Question) -> Vec<(String, String)> {
        let Some(Form::Choice(answers)) = edition.kind(&question.kind).map(|kind| &kind.form) else {
            return Vec::new();
        };
        let text = |answer: &str| question.options.iter().find(|option| option.answer == answer);
        let named = answers.iter().map(|answer| {
            let words = text(&answer.answer).map_or(String::new(), |option| option.text.clone());
            (format!("{} = {}", answer.answer, self.number(answer.score)), words)
        });
        named.collect()
    }

    fn threshold(&self, condition: &Condition) -> String {
        match &condition.threshold {
            Threshold::AtLeast(number) => format!("≥ {}", self.number(number)),
            Threshold::AtLeastGrade(grade) => format!("≥ {grade}"),
            Threshold::Is(value) => format!("= {value}"),
            Threshold::In(values) => values.join(" / "),
        }
    }

    fn certainty(&self, condition: &Condition) -> &'static str {
        match condition.certainty {
            Certainty::Found => "satu sumber",
            Certainty::FoundTwice => "dua sumber",
            Certainty::Uncertain => "belum pasti",
        }
    }

    fn refuses(&self, severity: &Severity) -> bool {
        *severity == Severity::Refuse
    }
}

/// The page of an edition, for everybody who is signed in.
///
/// # Errors
/// When there is no such edition.
pub async fn show(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result {
    let editions = app.editions().await?;
    let edition = editions.by_id(&id).ok_or(AppError::NotFound)?;
    let page = frame::plain(&app, &caller, &edition.title, Room::Settings).await?;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Beranda"), "/"),
        Crumb::link(caller.lang.t("Instrumen LKE"), BASE),
        Crumb::here(&edition.id),
    ];
    let page = Page { crumbs, ..page };
    let (validity, open) = (validity(&caller, edition), open_points(edition));
    let is_own = shipped().by_id(&id).is_none();
    Ok(Html(ShowPage { page, editions: Arc::clone(&editions), id, validity, is_own, open }.render()?)
        .into_response())
}

fn open_points(edition: &Instrument) -> Vec<OpenPoint> {
    let point = |place: &str, notes: &Option<String>| {
        notes.clone().map(|text| OpenPoint { place: place.to_owned(), text })
    };
    let top = [point(&edition.id, &edition.notes)];
    let kinds = edition.kinds.iter().map(|kind| point(&kind.code, &kind.notes));
    let subs = edition.subs().map(|(_, sub)| point(&sub.code, &sub.notes));
    let questions = edition.questions().map(|(_, _, question)| point(&question.code, &question.notes));
    let conditions = edition
        .conditions
        .iter()
        .map(|condition| point(&format!("{} {}", condition.predicate, condition.code), &condition.notes));
    top.into_iter().chain(kinds).chain(subs).chain(questions).chain(conditions).flatten().collect()
}
