//! What would be if answers were others: they come with the address and are never written anywhere.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::instrument::{Exact, Form, InputRole, Question};
use bening_core::scoring::{Answer, Json, Score, Sheet};
use bening_core::way::{Place, targets};

use super::line::Line;
use super::position::needed;
use super::seen::{LAYER, PREDICATE, Pick, Seen};
use super::status::{Mark, mark};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::form::encode;
use crate::lke::frame::{Head, page};
use crate::lke::reach::LkePath;
use crate::lke::typed::{Fields, worded};
use crate::page::Page;
use crate::words::Lang;

/// Name of the page in its address.
pub(super) const PAGE: &str = "andai";

/// A choice of a question.
struct Choice {
    answer: String,
    text: String,
    chosen: bool,
}

/// A number of a question.
struct Number {
    field: String,
    label: String,
    now: String,
    value: String,
}

/// A question that can be answered otherwise.
struct Ask {
    code: String,
    label: String,
    now: String,
    options: Vec<Choice>,
    numbers: Vec<Number>,
    is_changed: bool,
}

/// The questions of an area.
struct Section {
    code: String,
    name: String,
    asks: Vec<Ask>,
    changed: usize,
}

/// A score before and after.
struct Compared {
    before: Line,
    after: Line,
    gain: String,
    is_moved: bool,
}

#[derive(Template)]
#[template(path = "stand/what_if.html")]
struct WhatIfPage {
    page: Page,
    head: Head,
    predicate: String,
    predicates: Vec<Pick>,
    hidden: Vec<(&'static str, String)>,
    reset: String,
    compared: Vec<Compared>,
    before: Mark,
    after: Mark,
    problems: Vec<String>,
    sections: Vec<Section>,
    changed: usize,
}

/// The part of a query that says this answer.
pub(super) fn query_of(code: &str, answer: &Answer) -> String {
    match answer {
        Answer::Choice(chosen) => format!("&{}={}", encode(code), encode(chosen)),
        Answer::Index(index) => format!("&{}={}", encode(code), encode(&index.plain())),
        Answer::Counts(counts) => {
            let pair = |(name, count): (&String, &Exact)| {
                format!("&{}={}", encode(&format!("{code}.{name}")), encode(&count.plain()))
            };
            counts.iter().map(pair).collect()
        }
    }
}

/// The worksheet as it would be.
///
/// # Errors
/// When there is no worksheet to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Query(asked): Query<Fields>,
) -> Result {
    let seen = Seen::load(&app, &caller, &path, &asked).await?;
    let (sheet, problems) = imagined(&seen, &asked);
    let score = Score::of(seen.edition(), &sheet).map_err(|error| AppError::Refused(error.to_string()))?;
    let before = seen.score.clone().ok_or(AppError::NotFound)?;
    let (was, would) = (seen.verdict()?.status, seen.verdict_of(Some(&score))?.status);
    let sections = sections(&seen, &sheet, &asked);
    let layer = seen.layer.map(|layer| layer.as_str().to_owned()).unwrap_or_default();
    let view = WhatIfPage {
        page: page(&app, &caller, &seen.opened.at, caller.lang.t("Bagaimana jika")).await?,
        head: Head::of(&app, &caller, &seen.opened, PAGE),
        predicates: seen.predicates(PAGE),
        hidden: vec![(PREDICATE, seen.predicate.clone()), (LAYER, layer)],
        reset: seen.here(PAGE),
        compared: compared(caller.lang, &seen, &before, &score)?,
        before: mark(caller.lang, was),
        after: mark(caller.lang, would),
        problems,
        changed: sections.iter().map(|section| section.changed).sum(),
        sections,
        predicate: seen.predicate,
    };
    Ok(Html(view.render()?).into_response())
}

/// The sheet with the answers of the query put in, and what of them is no answer.
fn imagined(seen: &Seen, asked: &Fields) -> (Sheet, Vec<String>) {
    let (mut sheet, mut problems) = (seen.sheet.clone(), Vec::new());
    for (_, _, question) in seen.edition().questions() {
        let Some(given) = given(seen, question, asked) else { continue };
        match Answer::read(seen.edition(), &question.code, &given) {
            Ok(answer) => sheet = sheet.with(&question.code, answer),
            Err(error) => problems.push(format!("{}: {error}", question.code)),
        }
    }
    (sheet, problems)
}

/// What the query says of a question; the counts it leaves out stay as they are.
fn given(seen: &Seen, question: &Question, asked: &Fields) -> Option<Json> {
    let typed = |field: &str| Some(asked.get(field).trim().to_owned()).filter(|text| !text.is_empty());
    if !is_ratio(seen, question) {
        return typed(&question.code).map(Json::Text);
    }
    let now = counts_now(seen, question);
    let mut said = false;
    let mut counts = Vec::new();
    for input in &question.inputs {
        let new = typed(&format!("{}.{}", question.code, input.name));
        said |= new.is_some();
        if let Some(count) = new.or_else(|| now(&input.name)) {
            counts.push((input.name.clone(), Json::Text(count)));
        }
    }
    said.then_some(Json::Object(counts))
}

fn is_ratio(seen: &Seen, question: &Question) -> bool {
    seen.edition().kind(&question.kind).is_some_and(|kind| kind.form == Form::Ratio)
}

fn counts_now<'a>(seen: &'a Seen, question: &Question) -> impl Fn(&str) -> Option<String> + use<'a> {
    let now = seen.sheet.get(&question.code);
    move |name| match now {
        Some(Answer::Counts(counts)) => counts.get(name).map(|count| count.plain()),
        _ => None,
    }
}

fn sections(seen: &Seen, sheet: &Sheet, asked: &Fields) -> Vec<Section> {
    let areas = seen.edition().areas.iter().map(|area| {
        let questions = area.subs.iter().flat_map(|sub| &sub.questions);
        let asks: Vec<Ask> = questions.map(|question| ask(seen, sheet, asked, question)).collect();
        let changed = asks.iter().filter(|ask| ask.is_changed).count();
        Section { code: area.code.clone(), name: area.name.clone(), asks, changed }
    });
    areas.collect()
}

fn ask(seen: &Seen, sheet: &Sheet, asked: &Fields, question: &Question) -> Ask {
    let typed = asked.get(&question.code);
    let option = |known: &bening_core::instrument::QuestionOption| Choice {
        answer: known.answer.clone(),
        text: known.text.clone(),
        chosen: known.answer.eq_ignore_ascii_case(typed.trim()),
    };
    Ask {
        code: question.code.clone(),
        label: question.label.clone(),
        now: worded(seen.sheet.get(&question.code)),
        options: question.options.iter().map(option).collect(),
        numbers: if question.options.is_empty() { numbers(seen, asked, question) } else { Vec::new() },
        is_changed: seen.sheet.get(&question.code) != sheet.get(&question.code),
    }
}

fn numbers(seen: &Seen, asked: &Fields, question: &Question) -> Vec<Number> {
    if !is_ratio(seen, question) {
        let now = worded(seen.sheet.get(&question.code));
        let value = asked.get(&question.code).to_owned();
        return vec![Number { field: question.code.clone(), label: question.label.clone(), now, value }];
    }
    let now = counts_now(seen, question);
    let scored = question.inputs.iter().filter(|input| input.role == InputRole::Scored);
    let number = |input: &bening_core::instrument::Input| {
        let field = format!("{}.{}", question.code, input.name);
        let value = asked.get(&field).to_owned();
        Number { field, label: input.label.clone(), now: now(&input.name).unwrap_or_default(), value }
    };
    scored.map(number).collect()
}

fn compared(lang: Lang, seen: &Seen, before: &Score, after: &Score) -> Result<Vec<Compared>> {
    let verdict = seen.verdict()?;
    let targets = targets(&verdict);
    let mut places = vec![(lang.t("Nilai total").into_owned(), String::new(), Place::Total)];
    for (component, name) in [
        (bening_core::instrument::Component::Pengungkit, lang.t("Pengungkit")),
        (bening_core::instrument::Component::Hasil, lang.t("Hasil")),
    ] {
        places.push((name.into_owned(), String::new(), Place::Component(component)));
    }
    for area in &seen.edition().areas {
        places.push((area.name.clone(), area.code.clone(), Place::Code(area.code.clone())));
        let tested =
            area.subs.iter().filter(|sub| needed(&targets, &Place::Code(sub.code.clone())).is_some());
        places.extend(tested.map(|sub| (sub.name.clone(), sub.code.clone(), Place::Code(sub.code.clone()))));
    }
    let compare = |(name, code, place): &(String, String, Place)| {
        let (was, is, least) = (place.points(before)?, place.points(after)?, needed(&targets, place));
        let moved = is.score.minus(was.score).ok()?;
        let sign = if moved > Exact::ZERO { "+" } else { "" };
        Some(Compared {
            before: Line::of(lang, name, code, was, least),
            after: Line::of(lang, name, code, is, least),
            gain: format!("{sign}{}", lang.decimal(moved.rounded())),
            is_moved: !moved.is_zero(),
        })
    };
    Ok(places.iter().filter_map(compare).collect())
}
