//! A score opened to its calculation and the rule it follows: the total, an area, half an area, a sub-component.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::scoring::explain::{self, Explanation};

use super::eyes::{Column, Eyes};
use super::frame::{Head, page};
use super::reach::{CodePath, Opened, reach_lke};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::page::{Crumb, Page};

/// The address of the calculation of the total.
const TOTAL: &str = "total";

struct Step {
    code: String,
    label: String,
    calculation: String,
    citation: String,
}

#[derive(Template)]
#[template(path = "lke/calculation.html")]
struct CalculationPage {
    page: Page,
    head: Head,
    steps: Vec<Step>,
}

/// The calculation behind a score.
///
/// # Errors
/// When nothing has that code.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<CodePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path.sheet()).await?;
    let eyes = Eyes::of(&opened, caller.lang)?;
    let steps = steps(&caller, &opened, eyes.own()?, &path.kode).ok_or(AppError::NotFound)?;
    let title = caller.lang.tf("Perhitungan %{kode}", &[("kode", &path.kode)]);
    let page = page(&app, &caller, &opened.at, title).await?;
    let crumbs = vec![
        Crumb::link(format!("{} {}", caller.lang.t("LKE"), opened.at.year), opened.at.address()),
        Crumb::here(path.kode.clone()),
    ];
    let head = Head::of(&app, &caller, &opened, "");
    let shown = CalculationPage { page: Page { crumbs, ..page }, head, steps };
    Ok(Html(shown.render()?).into_response())
}

fn step(code: &str, label: &str, explanation: Explanation) -> Step {
    let Explanation { calculation, citation } = explanation;
    Step { code: code.to_owned(), label: label.to_owned(), calculation, citation }
}

fn steps(caller: &Caller, opened: &Opened, own: &Column, code: &str) -> Option<Vec<Step>> {
    let edition = &opened.edition;
    if code == TOTAL {
        let total = step("", &caller.lang.t("Total"), explain::total(edition, &own.score));
        let areas = edition.areas.iter().filter_map(|area| {
            let entry = own.score.entry(&area.code)?;
            Some(step(&area.code, &area.name, explain::area(area, &own.score, entry)))
        });
        return Some(std::iter::once(total).chain(areas).collect());
    }
    if let Some((_, sub)) = edition.sub(code) {
        let head = step(code, &sub.name, explain::sub(sub, &own.score, own.score.entry(code)?));
        let question = |question: &bening_core::instrument::Question| {
            let explanation = explain::question(sub, question, &own.score, &own.sheet);
            step(&question.code, &question.label, explanation)
        };
        return Some(std::iter::once(head).chain(sub.questions.iter().map(question)).collect());
    }
    let area = edition.area(code)?;
    let head = step(code, &area.name, explain::area(area, &own.score, own.score.entry(code)?));
    let subs = area.subs.iter().filter_map(|sub| {
        let entry = own.score.entry(&sub.code)?;
        Some(step(&sub.code, &sub.name, explain::sub(sub, &own.score, entry)))
    });
    Some(std::iter::once(head).chain(subs).collect())
}
