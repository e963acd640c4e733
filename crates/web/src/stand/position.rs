//! The dashboard of a unit: how far it is from a predicate, area by area, and the cheapest way there.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::eligibility::{Force, Outcome, Status, Verdict};
use bening_core::instrument::{Component, Exact, Level};
use bening_core::scoring::Score;
use bening_core::way::{Place, Target, targets};

use super::line::Line;
use super::seen::{Pick, Seen};
use super::status::{Mark, mark};
use super::way::{WayView, view};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::lke::frame::{Head, page};
use crate::lke::reach::LkePath;
use crate::lke::typed::Fields;
use crate::page::Page;
use crate::words::Lang;

/// Name of the page in its address.
pub(super) const PAGE: &str = "posisi";

/// The total on its dial.
struct Dial {
    figure: String,
    /// Share of the dial that is filled, 0–100.
    fill: String,
    /// Where the threshold stands, in degrees from the top; empty when there is none.
    turn: String,
    needed: String,
    text: String,
}

/// A condition that is not a score and not met.
struct Check {
    mark: Mark,
    text: String,
    href: String,
}

/// What is seen of a layer.
struct Board {
    headline: String,
    dial: Dial,
    areas: Vec<Line>,
    results: Vec<Line>,
    checks: Vec<Check>,
    met: usize,
    gaps: usize,
    way: WayView,
}

impl Board {
    /// Whether any area has a minimum; some editions know none.
    fn area_minimum(&self) -> bool {
        self.areas.iter().any(|line| !line.minimum.is_empty())
    }
}

#[derive(Template)]
#[template(path = "stand/position.html")]
struct PositionPage {
    page: Page,
    head: Head,
    predicate: String,
    predicates: Vec<Pick>,
    layers: Vec<Pick>,
    board: Option<Board>,
}

/// Where the unit stands.
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
    let efforts = bening_store::lke::efforts(app.store(), seen.lke().id).await?;
    let board = match &seen.score {
        Some(score) => {
            let way = view(&seen, &caller, &efforts, &asked)?;
            Some(board(caller.lang, &seen, score, way)?)
        }
        None => None,
    };
    let page = page(&app, &caller, &seen.opened.at, caller.lang.t("Posisi unit")).await?;
    let head = Head::of(&app, &caller, &seen.opened, PAGE);
    let (predicates, layers) = (seen.predicates(PAGE), seen.layers(&caller, PAGE));
    let predicate = seen.predicate.clone();
    Ok(Html(PositionPage { page, head, predicate, predicates, layers, board }.render()?).into_response())
}

fn board(lang: Lang, seen: &Seen, score: &Score, way: WayView) -> Result<Board> {
    let verdict = seen.verdict()?;
    let targets = targets(&verdict);
    let open = verdict.outcomes.iter().filter(|outcome| is_open(outcome));
    let met = verdict.outcomes.iter().filter(|o| o.force == Force::Binding && o.status == Status::Met);
    Ok(Board {
        headline: headline(lang, score, &verdict, &targets),
        dial: dial(lang, score, needed(&targets, &Place::Total)),
        areas: areas(lang, seen, score, &targets),
        results: results(lang, seen, score, &targets),
        checks: open.map(|outcome| check(lang, seen, outcome)).collect(),
        met: met.count(),
        gaps: score.gaps.len(),
        way,
    })
}

/// The least points at a place.
pub(super) fn needed(targets: &[Target<'_>], place: &Place) -> Option<Exact> {
    targets.iter().filter(|target| target.place == *place).map(|target| target.needed).max()
}

/// Binding, about a fact, and not met: scores have their own lines.
fn is_open(outcome: &Outcome<'_>) -> bool {
    outcome.force == Force::Binding
        && outcome.condition.level != Level::Score
        && matches!(outcome.status, Status::NotMet | Status::Unknown)
}

fn check(lang: Lang, seen: &Seen, outcome: &Outcome<'_>) -> Check {
    let href = format!("{}#{}", seen.here("kelayakan"), outcome.condition.code);
    Check { mark: mark(lang, outcome.status), text: outcome.condition.text.clone(), href }
}

fn headline(lang: Lang, score: &Score, verdict: &Verdict<'_>, targets: &[Target<'_>]) -> String {
    let count = |status| {
        let binding = verdict.outcomes.iter().filter(|outcome| outcome.force == Force::Binding);
        binding.filter(|outcome| outcome.status == status).count()
    };
    let mut parts = Vec::new();
    let short = needed(targets, &Place::Total).and_then(|needed| needed.minus(score.total.score).ok());
    if let Some(short) = short.filter(|short| *short > Exact::ZERO) {
        parts.push(lang.tf("kurang %{n} poin", &[("n", lang.decimal(short.rounded()))]));
    }
    let (unmet, unknown) = (count(Status::NotMet), count(Status::Unknown));
    if unmet > 0 {
        parts.push(lang.tn("%{n} syarat belum terpenuhi", unmet));
    }
    if unknown > 0 {
        parts.push(lang.tn("%{n} syarat belum diketahui", unknown));
    }
    if parts.is_empty() { lang.t("Semua syarat terpenuhi").into_owned() } else { parts.join(" · ") }
}

fn dial(lang: Lang, score: &Score, needed: Option<Exact>) -> Dial {
    let figure = lang.decimal(score.total.score.rounded());
    let shown = needed.map(|needed| lang.decimal(needed.plain_or_rounded())).unwrap_or_default();
    let turn = needed.and_then(|needed| {
        let share = needed.over(score.total.weight).ok()??;
        share.times(Exact::whole(180)).ok()?.minus(Exact::whole(90)).ok()
    });
    Dial {
        text: lang.tf("Nilai %{nilai}, ambang %{ambang}", &[("nilai", &figure), ("ambang", &shown)]),
        fill: score.total.percent.rounded(),
        turn: turn.map(Exact::rounded).unwrap_or_default(),
        figure,
        needed: shown,
    }
}

fn areas(lang: Lang, seen: &Seen, score: &Score, targets: &[Target<'_>]) -> Vec<Line> {
    let edition = seen.edition();
    let process = edition.areas.iter().filter(|area| area.component(edition) != Some(Component::Hasil));
    let line = |area: &bening_core::instrument::Area| {
        let points = &score.entry(&area.code)?.points;
        let least = needed(targets, &Place::Code(area.code.clone()));
        Some(Line::of(lang, &area.name, &area.code, points, least))
    };
    process.filter_map(line).collect()
}

/// The components, the areas of the results, and those of their sub-components that have a threshold.
fn results(lang: Lang, seen: &Seen, score: &Score, targets: &[Target<'_>]) -> Vec<Line> {
    let edition = seen.edition();
    let component = |name: &str, which| {
        Line::of(lang, name, "", score.component(which), needed(targets, &Place::Component(which)))
    };
    let mut lines = vec![
        component(&lang.t("Pengungkit"), Component::Pengungkit),
        component(&lang.t("Hasil"), Component::Hasil),
    ];
    for area in edition.areas.iter().filter(|area| area.component(edition) == Some(Component::Hasil)) {
        let subs = area.subs.iter().map(|sub| (sub.code.as_str(), sub.name.as_str()));
        for (code, name) in [(area.code.as_str(), area.name.as_str())].into_iter().chain(subs) {
            let least = needed(targets, &Place::Code(code.to_owned()));
            if let Some(entry) = score.entry(code).filter(|_| least.is_some() || code == area.code) {
                lines.push(Line::of(lang, name, code, &entry.points, least));
            }
        }
    }
    lines
}
