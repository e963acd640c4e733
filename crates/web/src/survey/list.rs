//! The surveys of a unit.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::survey::{Campaign, method};
use bening_store::survey as store;

use super::{StateChip, address, page, state_chip, words};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::reach::reach_unit;

struct Row {
    href: String,
    service: String,
    period: String,
    title: String,
    dates: String,
    answered: String,
    chip: StateChip,
}

#[derive(Template)]
#[template(path = "survey/list.html")]
struct ListPage {
    page: Page,
    base: String,
    rows: Vec<Row>,
    manage: bool,
}

/// The list.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ReadUnit).await?;
    let campaigns = store::list(app.store(), reached.unit.id).await?;
    let ids: Vec<_> = campaigns.iter().map(|campaign| campaign.id).collect();
    let counts = store::respondents(app.store(), &ids).await?;
    let page = page(&app, &caller, &reached, caller.lang.t("Survei").into_owned(), Vec::new()).await?;
    let base = address(reached.unit.code.as_str());
    let rows = campaigns.iter().zip(counts).map(|(one, count)| row(&page, &base, one, count)).collect();
    let manage = reached.allows(&caller, Want::ManageSurvey);
    Ok(Html(ListPage { rows, page, base, manage }.render()?).into_response())
}

fn row(page: &Page, base: &str, campaign: &Campaign, count: u64) -> Row {
    let title = campaign.questionnaire().map(|asked| words(&asked.title, page.lang).to_owned());
    let required = method().and_then(|method| campaign.required(&method.sample));
    Row {
        href: format!("{base}/{}", campaign.id),
        service: campaign.service.clone(),
        period: campaign.period.clone(),
        title: title.unwrap_or_else(|| campaign.questionnaire.clone()),
        dates: format!("{} – {}", page.date(campaign.opens_on), page.date(campaign.closes_on)),
        answered: match required {
            Some(required) => format!("{} / {}", page.number(count), page.number(required)),
            None => page.number(count),
        },
        chip: state_chip(campaign.state),
    }
}
