//! Every condition of a predicate with value, threshold, source and citation.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::eligibility::{AreaLine, Force, Outcome, Reading, Stated, Status};
use bening_core::instrument::{Affirmable, Level};

use super::line::Line;
use super::seen::{Pick, Seen};
use super::status::{Mark, mark, threshold, value};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::lke::frame::{Head, page};
use crate::lke::reach::LkePath;
use crate::lke::typed::Fields;
use crate::page::Page;
use crate::reach::allows;
use crate::words::Lang;

const PAGE: &str = "kelayakan";

/// One condition.
struct Row {
    code: String,
    text: String,
    value: String,
    threshold: String,
    document: String,
    /// What the person who stated it noted.
    source: String,
    citation: String,
    notes: String,
    reason: String,
    reading: String,
    /// Why it does not bind; empty when it does.
    force: String,
    affirmable: bool,
    mark: Mark,
    areas: Vec<Line>,
}

/// The conditions of a level.
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// How many binding conditions are in which state.
struct Tally {
    met: usize,
    unmet: usize,
    unknown: usize,
}

impl Tally {
    fn of(outcomes: &[Outcome<'_>]) -> Self {
        let binding = || outcomes.iter().filter(|outcome| outcome.force == Force::Binding);
        let count = |status| binding().filter(|outcome| outcome.status == status).count();
        Self { met: count(Status::Met), unmet: count(Status::NotMet), unknown: count(Status::Unknown) }
    }

    fn all(&self) -> usize {
        self.met + self.unmet + self.unknown
    }

    fn unmet_tone(&self) -> &'static str {
        if self.unmet > 0 { "bad" } else { "" }
    }

    fn unknown_tone(&self) -> &'static str {
        if self.unknown > 0 { "warn" } else { "" }
    }
}

#[derive(Template)]
#[template(path = "stand/eligibility.html")]
struct EligibilityPage {
    page: Page,
    head: Head,
    predicates: Vec<Pick>,
    layers: Vec<Pick>,
    verdict: Mark,
    tally: Tally,
    groups: Vec<Group>,
    affirmation: String,
    is_blank: bool,
    states_unit: bool,
    agency_facts: Option<String>,
}

/// The conditions.
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
    let verdict = seen.verdict()?;
    let group = |level, title: std::borrow::Cow<'_, str>| {
        let rows = verdict.outcomes.iter().filter(|outcome| outcome.condition.level == level);
        Group { title: title.into_owned(), rows: rows.map(|o| row(caller.lang, &seen, o)).collect() }
    };
    let groups = [
        group(Level::Score, caller.lang.t("Nilai lembar kerja")),
        group(Level::Unit, caller.lang.t("Syarat unit")),
        group(Level::Agency, caller.lang.t("Syarat instansi")),
    ];
    let agency = allows(&caller, Want::StateAgencyFacts, &Scope::agency());
    let view = EligibilityPage {
        page: page(&app, &caller, &seen.opened.at, caller.lang.t("Kelayakan")).await?,
        head: Head::of(&app, &caller, &seen.opened, PAGE),
        predicates: seen.predicates(PAGE),
        layers: seen.layers(&caller, PAGE),
        tally: Tally::of(&verdict.outcomes),
        verdict: mark(caller.lang, verdict.status),
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        affirmation: affirmation(&seen),
        is_blank: seen.score.is_none(),
        states_unit: allows(&caller, Want::StateUnitFacts, &seen.opened.at.scope),
        agency_facts: agency.then(|| format!("/instansi/fakta/{}", seen.opened.at.year)),
    };
    Ok(Html(view.render()?).into_response())
}

fn affirmation(seen: &Seen) -> String {
    let group = seen.facts.affirmation.as_ref().and_then(|stated| stated.group_of(seen.edition()));
    group.map(|group| group.name.clone()).unwrap_or_default()
}

fn row(lang: Lang, seen: &Seen, outcome: &Outcome<'_>) -> Row {
    let condition = outcome.condition;
    let reading = match outcome.reading {
        Reading::Only => "".into(),
        Reading::Default => lang.t("bacaan bawaan"),
        Reading::Other => lang.t("bacaan lain"),
    };
    let force = match outcome.force {
        Force::Binding => "".into(),
        Force::Warning => lang.t("hanya peringatan"),
        Force::SetAside => lang.t("dikesampingkan karena afirmasi"),
    };
    Row {
        code: condition.code.clone(),
        text: condition.text.clone(),
        value: outcome.value.as_ref().map(|known| value(lang, known)).unwrap_or_default(),
        threshold: threshold(lang, &condition.threshold),
        document: outcome.source_document.to_owned(),
        source: source(seen, &condition.metric),
        citation: condition.citation.clone(),
        notes: condition.notes.clone().unwrap_or_default(),
        reason: outcome.reason.map(|reason| lang.t(reason).into_owned()).unwrap_or_default(),
        reading: reading.into_owned(),
        force: force.into_owned(),
        affirmable: condition.affirmation == Affirmable::Yes,
        mark: mark(
            lang,
            if outcome.force == Force::SetAside { Status::NotApplicable } else { outcome.status },
        ),
        areas: outcome.areas.iter().map(|line| area(lang, seen, line)).collect(),
    }
}

fn source(seen: &Seen, fact: &str) -> String {
    let of = |stated: &Stated| stated.get(fact).map(|statement| statement.source.clone());
    of(&seen.unit_stated).or_else(|| of(&seen.agency_stated)).unwrap_or_default()
}

fn area(lang: Lang, seen: &Seen, line: &AreaLine) -> Line {
    let (area, part) = line.code.split_once('-').unwrap_or((&line.code, ""));
    let name = seen.edition().area(area).map_or("", |area| area.name.as_str());
    let part = seen.edition().part(part).map(|part| format!(", {}", part.name)).unwrap_or_default();
    Line::of(lang, &format!("{name}{part}"), &line.code, &line.points, Some(line.minimum))
}
