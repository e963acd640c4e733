//! The page of a unit's road: where it is, what can be done next and what hinders it, declaration, pacts, history.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::candidacy::decide::{self, Facts};
use bening_core::candidacy::declaration::Declaration;
use bening_core::candidacy::rules::{self, Demand, Rules, Step};
use bening_core::candidacy::{Candidacy, Stage, Transition};
use bening_core::time::Year;
use bening_store::{candidacy, paper, person};
use chrono::Datelike;

use super::appraisal;
use super::facts::{gather, pacts};
use super::guided;
use super::reach::{Roads, action, rules_of};
use super::step::title;
use super::timeline::{Stop, stops};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{Result, sentence};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;
use crate::reach::allows;

/// A step that may come next.
struct Next {
    code: String,
    predicate: String,
    seen: usize,
    name: String,
    who: String,
    citation: String,
    needs_paper: bool,
    needs_reason: bool,
    until: String,
    hindrances: Vec<String>,
    is_theirs: bool,
}

/// A line of the history.
struct Past {
    step: String,
    day: String,
    who: String,
    recorded: String,
    paper: String,
    reason: String,
}

/// A road on the page.
struct Shown {
    predicate: String,
    rules: String,
    stage: String,
    tone: &'static str,
    stops: Vec<Stop>,
    next: Vec<Next>,
    past: Vec<Past>,
}

/// What can be begun.
struct Begin {
    predicates: Vec<(String, String)>,
    refused: String,
}

#[derive(Template)]
#[template(path = "candidacy/unit.html")]
struct UnitPage {
    page: Page,
    base: String,
    road: Option<Shown>,
    older: Vec<Past>,
    begin: Option<Begin>,
    declaration: Option<Declaration>,
    declared_on: String,
    edits: bool,
    today: String,
    pact_address: String,
    papers_address: String,
    proposal: Option<String>,
    /// Papers about the unit that were issued here: identity, and what they are.
    issued: Vec<(String, String)>,
    desk: Option<&'static str>,
    is_appraised: bool,
    was_guided: bool,
    signed: u32,
    staff: u32,
    percent: u32,
}

/// The road of a unit.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let roads = Roads::load(&app, &caller, &unit).await?;
    let title = caller.lang.t("Jalan menuju predikat").into_owned();
    let page = page(&app, &caller, &roads, title).await?;
    let declaration = match roads.newest() {
        Some(road) => candidacy::declaration(app.store(), road.id).await?,
        None => None,
    };
    let (signed, staff) = pacts(&app, roads.reached.unit.id, app.today()).await?;
    let view = UnitPage {
        base: roads.address(),
        road: match roads.newest() {
            Some(road) => Some(shown(&app, &caller, &page, &roads, road).await?),
            None => None,
        },
        older: older(&app, &page, &roads).await?,
        begin: begin(&app, &caller, &roads).await?,
        declared_on: declaration
            .as_ref()
            .and_then(|each| each.on)
            .map(|on| page.date_long(on))
            .unwrap_or_default(),
        declaration,
        edits: allows(&caller, Want::AdvanceCandidacy, &roads.scope),
        today: app.today().to_string(),
        pact_address: format!("/unit/{}/pakta/{}", roads.reached.unit.code, app.this_year()),
        papers_address: format!("/unit/{}/naskah", roads.reached.unit.code),
        proposal: crate::proposal::address(&app, &caller),
        issued: issued(&app, &page, &roads).await?,
        desk: appraisal::desk::institution(&caller).map(|_| "/predikat/nasional"),
        is_appraised: roads.newest().is_some_and(|road| road.reached(Stage::AdminSelection).is_some()),
        was_guided: guided::is_told(&app, roads.newest()).await?,
        signed,
        staff,
        percent: (signed * 100).checked_div(staff).unwrap_or(0),
        page,
    };
    Ok(Html(view.render()?).into_response())
}

/// The papers that a step can rest on without being typed again.
async fn issued(app: &App, page: &Page, roads: &Roads) -> Result<Vec<(String, String)>> {
    let papers = paper::of_unit(app.store(), roads.reached.unit.id).await?;
    let line = |paper: paper::Line| {
        let said = format!("{} · {}, {}", title(&paper.template), paper.number, page.date(paper.dated));
        (paper.id.to_string(), said)
    };
    Ok(papers.into_iter().map(line).collect())
}

/// The frame of a page below the road of a unit.
pub(super) async fn page(app: &App, caller: &Caller, roads: &Roads, title: String) -> Result<Page> {
    let page =
        frame::at(app, caller, &roads.reached, app.this_year(), title.clone(), Room::Predicate).await?;
    let unit = &roads.reached.unit;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Predikat"), "/predikat"),
        Crumb::link(unit.name.clone(), format!("/unit/{}", unit.code)),
        Crumb::here(title),
    ];
    Ok(Page { crumbs, ..page })
}

async fn shown(app: &App, caller: &Caller, page: &Page, roads: &Roads, road: &Candidacy) -> Result<Shown> {
    let rules = rules_of(road)?;
    let facts = gather(app, road, app.today()).await?;
    let mut coming = Vec::new();
    for each in std::iter::once(road).chain(roads.held_before()) {
        let rules = rules_of(each)?;
        for step in rules.next(each.stage(), &each.predicate) {
            let is_theirs = allows(caller, action(step.by), &roads.scope);
            coming.push(next(app, page, (rules, step, each), &facts, is_theirs));
        }
    }
    for step in coming.iter_mut().filter(|step| step.predicate != road.predicate) {
        step.name = format!("{} ({})", step.name, step.predicate);
    }
    Ok(Shown {
        predicate: road.predicate.clone(),
        rules: rules.name.clone(),
        stage: page.t(road.stage().title()).into_owned(),
        tone: tone(road),
        stops: stops(page, rules, road, app.today().year()),
        next: coming,
        past: past(app, page, road).await?,
    })
}

/// Tone of the stage in which a road is.
pub(super) fn tone(road: &Candidacy) -> &'static str {
    use bening_core::candidacy::Stage as S;
    match road.stage() {
        S::Determined | S::Monitored => "ok",
        S::Revoked => "bad",
        S::Returned | S::Guided | S::Objection => "warn",
        S::Expired | S::Start => "mute",
        _ => "info",
    }
}

fn next(
    app: &App,
    page: &Page,
    (rules, step, road): (&Rules, &Step, &Candidacy),
    facts: &Facts,
    is_theirs: bool,
) -> Next {
    let today = app.today();
    let completed = facts.appraisal.as_ref().and_then(|found| found.completed_on);
    let window = completed.and_then(|completed| rules.window(&step.code, completed));
    let window = window.map(|(last, window)| (last, &*window.citation));
    let deadline = window.or(rules.deadline(&step.code, today.year()));
    let mut hindrances: Vec<String> =
        decide::hindrances(step, facts).iter().map(ToString::to_string).collect();
    if let Some((last, citation)) = deadline.filter(|(last, _)| today > *last) {
        hindrances.push(format!("batas waktu {} sudah lewat ({citation})", page.date(last)));
    }
    Next {
        code: step.code.clone(),
        predicate: road.predicate.clone(),
        seen: road.taken.len(),
        name: page.t(&step.name).into_owned(),
        who: page.t(step.by.title()).into_owned(),
        citation: step.citation.clone(),
        needs_paper: step.paper == Demand::Required,
        needs_reason: step.reason == Demand::Required,
        until: deadline.map(|(last, _)| page.date(last)).unwrap_or_default(),
        hindrances: hindrances.iter().map(|text| sentence(&page.t(text))).collect(),
        is_theirs,
    }
}

async fn past(app: &App, page: &Page, road: &Candidacy) -> Result<Vec<Past>> {
    let names = person::names(app.store(), road.taken.iter().map(|taken| taken.by)).await?;
    let rules = rules_of(road)?;
    let line = |taken: &Transition| Past {
        step: page.t(rules.step(&taken.step).map_or(taken.to.title(), |step| &step.name)).into_owned(),
        day: page.date(taken.on),
        who: names.get(&taken.by).cloned().unwrap_or_default(),
        recorded: page.date(app.local(taken.at).0),
        paper: taken.paper.as_ref().map(|paper| paper_words(page, paper)).unwrap_or_default(),
        reason: taken.reason.clone(),
    };
    Ok(road.taken.iter().rev().map(line).collect())
}

fn paper_words(page: &Page, paper: &bening_core::candidacy::Paper) -> String {
    format!("{}, {}: {}", paper.number, page.date(paper.dated), paper.title)
}

/// The steps of earlier roads.
async fn older(app: &App, page: &Page, roads: &Roads) -> Result<Vec<Past>> {
    let mut lines = Vec::new();
    for road in roads.roads.iter().rev().skip(1) {
        for line in past(app, page, road).await? {
            lines.push(Past { step: format!("{} · {}", road.predicate, line.step), ..line });
        }
    }
    Ok(lines)
}

/// What the caller could begin, or why they cannot now; nothing while a road is under way.
async fn begin(app: &App, caller: &Caller, roads: &Roads) -> Result<Option<Begin>> {
    let is_over = roads.newest().is_none_or(|road| road.stage().is_over());
    let rules = rules::for_day(app.today())
        .filter(|_| is_over && allows(caller, Want::AdvanceCandidacy, &roads.scope));
    let Some(rules) = rules else { return Ok(None) };
    let editions = app.editions().await?;
    let known = editions.for_day(app.today()).map(|edition| edition.predicates.clone()).unwrap_or_default();
    let tried = known.iter().map(|each| (each, decide::begin(rules, &roads.roads, &each.code, app.today())));
    let (open, refused): (Vec<_>, Vec<_>) = tried.partition(|(_, outcome)| outcome.is_ok());
    let refused = refused.into_iter().find_map(|(_, outcome)| outcome.err()).filter(|_| open.is_empty());
    Ok(Some(Begin {
        predicates: open.iter().map(|(each, _)| (each.code.clone(), each.name.clone())).collect(),
        refused: refused.map(|refusal| sentence(&caller.lang.t(&refusal.to_string()))).unwrap_or_default(),
    }))
}

/// The year whose pact a page is about.
pub(super) fn year_of(text: &str) -> Result<Year> {
    crate::reach::year(text)
}
