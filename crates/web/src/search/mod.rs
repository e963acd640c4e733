//! Finding actions, units and people by words, within what the caller may read. A whole page, and the fragment
//! that the search dialog shows.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::id::UnitId;
use bening_core::unit::Unit;
use bening_store::search::{self, Among, Hit, PersonHit};
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page, Room};
use crate::plan::frame::{self, plan_address};
use crate::reach::{self, readable_units};

/// Shortest question, in characters.
const QUERY_MIN_CHARS: usize = 2;
/// Longest part of a question that is looked for, in characters.
const QUERY_MAX_CHARS: usize = 100;
/// Most answers.
const HITS_MAX: usize = 20;
/// Most units, and most people, among them.
const SIDE_HITS_MAX: usize = 5;

/// The question.
#[derive(Debug, Default, Deserialize)]
pub struct Question {
    #[serde(default)]
    q: String,
}

struct Found {
    href: String,
    title: String,
    place: String,
}

#[derive(Template)]
#[template(path = "search/results.html")]
struct Results {
    page: Page,
    query: String,
    short: bool,
    hits: Vec<Found>,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    page: Page,
    query: String,
    short: bool,
    hits: Vec<Found>,
}

/// Answers a question; to the script (`HX-Request`) with the list alone.
///
/// # Errors
/// When the store fails.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Result {
    let query: String =
        question.q.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(QUERY_MAX_CHARS).collect();
    let short = query.chars().count() < QUERY_MIN_CHARS;
    let hits = if short { Vec::new() } else { find(&app, &caller, &query).await? };
    if headers.contains_key("hx-request") {
        let page = Page::new(String::new(), caller.lang);
        return Ok(Html(Results { page, query, short, hits }.render()?).into_response());
    }
    let page = frame::plain(&app, &caller, caller.lang.t("Cari"), Room::Home).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::here(caller.lang.t("Cari"))];
    let page = Page { crumbs, room: None, ..page };
    Ok(Html(SearchPage { page, query, short, hits }.render()?).into_response())
}

/// Units and people first, as they are few; then actions.
async fn find(app: &App, caller: &Caller, query: &str) -> Result<Vec<Found>> {
    let units = readable_units(app, caller).await?;
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    let mut hits: Vec<Found> =
        matching(&units, query).take(SIDE_HITS_MAX).map(|unit| of_unit(caller, unit)).collect();
    let everybody = reach::allows(caller, Want::ManageAgency, &Scope::agency());
    let among = if everybody { Among::Everybody } else { Among::Units(&ids) };
    let people = search::people(app.store(), among, query, SIDE_HITS_MAX as u64).await?;
    hits.extend(people.iter().filter_map(|person| of_person(person, &units, everybody)));
    let room = HITS_MAX.saturating_sub(hits.len());
    let actions = search::actions(app.store(), &ids, query, room as u64).await?;
    hits.extend(actions.into_iter().filter_map(|hit| of_action(caller, hit, &units)));
    Ok(hits)
}

fn matching<'a>(units: &'a [Unit], query: &str) -> impl Iterator<Item = &'a Unit> {
    let query = query.to_lowercase();
    units.iter().filter(move |unit| {
        unit.name.to_lowercase().contains(&query) || unit.code.as_str().to_lowercase().contains(&query)
    })
}

fn of_unit(caller: &Caller, unit: &Unit) -> Found {
    let place = format!("{} · {}", caller.lang.t("Unit kerja"), unit.code);
    Found { href: format!("/unit/{}", unit.code), title: unit.name.clone(), place }
}

/// Admins are led to the account, others to the unit where the person works.
fn of_person(person: &PersonHit, units: &[Unit], everybody: bool) -> Option<Found> {
    let at = units.iter().find(|unit| person.units.contains(&unit.id));
    let href = match at {
        _ if everybody => format!("/orang/{}", person.login),
        Some(unit) => format!("/unit/{}#orang", unit.code),
        None => return None,
    };
    let place = [Some(person.title.as_str()), at.map(|unit| unit.name.as_str())];
    let place: Vec<_> = place.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    Some(Found { href, title: person.name.clone(), place: place.join(" · ") })
}

fn of_action(caller: &Caller, hit: Hit, units: &[Unit]) -> Option<Found> {
    let unit = units.iter().find(|unit| unit.id == hit.unit)?;
    let place =
        format!("{} {} · {} · {}", unit.code, hit.year, caller.lang.t(hit.area.name()), hit.component);
    Some(Found {
        href: format!("{}/tindakan/{}", plan_address(unit, hit.year), hit.action),
        title: hit.name,
        place,
    })
}
