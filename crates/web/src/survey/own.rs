//! The questions a unit asks beside the official ones: sets with versions. A campaign copies the version it asks, so a
//! change here never changes what was asked. Sets of units above are offered below.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::UnitId;
use bening_core::survey::{ExtraKind, OWN_MAX, OwnError, OwnSet};
use bening_core::unit;
use bening_store::survey as store;
use uuid::Uuid;

use super::{address, page};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::{Reached, reach_unit};

struct SetRow {
    name: String,
    href: Option<String>,
    version: u32,
    unit: String,
    questions: String,
}

#[derive(Template)]
#[template(path = "survey/own_sets.html")]
struct SetsPage {
    page: Page,
    base: String,
    back: String,
    rows: Vec<SetRow>,
}

/// A line of the form.
struct Line {
    number: usize,
    kind: String,
    own: String,
    english: String,
}

#[derive(Template)]
#[template(path = "survey/own.html")]
struct SetPage {
    page: Page,
    save: String,
    back: String,
    set_name: String,
    lines: Vec<Line>,
    problem: String,
}

type Fields = Vec<(String, String)>;

/// How a question is answered, as forms name it and as people read it.
const KINDS: [(&str, ExtraKind); 3] =
    [("ya", ExtraKind::YesNo), ("skala", ExtraKind::Scale), ("tulisan", ExtraKind::Text)];

/// The units whose sets may be asked here: the unit and those above it.
pub(super) fn sources(reached: &Reached) -> Vec<UnitId> {
    let above = unit::ancestors(&reached.units, reached.unit.id);
    above.into_iter().chain([reached.unit.id]).collect()
}

/// The sets.
///
/// # Errors
/// When the caller may not manage surveys here.
pub async fn list(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    let sets = store::own_sets(app.store(), &sources(&reached)).await?;
    let title = caller.lang.t("Pertanyaan sendiri").into_owned();
    let page = page(&app, &caller, &reached, title.clone(), vec![Crumb::here(title)]).await?;
    let back = address(reached.unit.code.as_str());
    let base = format!("{back}/pertanyaan");
    let row = |(of, set): (UnitId, OwnSet)| SetRow {
        href: (of == reached.unit.id).then(|| format!("{base}/{}", set.id)),
        unit: reached
            .units
            .iter()
            .find(|unit| unit.id == of)
            .map(|unit| unit.name.clone())
            .unwrap_or_default(),
        version: set.version,
        questions: set
            .questions
            .iter()
            .map(|own| super::words(&own.text, page.lang))
            .collect::<Vec<_>>()
            .join(" · "),
        name: set.name,
    };
    let rows = sets.into_iter().map(row).collect();
    Ok(Html(SetsPage { page, base, back, rows }.render()?).into_response())
}

/// The empty form.
///
/// # Errors
/// When the caller may not manage surveys here.
pub async fn show_new(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    render(&app, &caller, &reached, None, (String::new(), Vec::new(), String::new())).await
}

/// The form of a set.
///
/// # Errors
/// When the caller may not manage surveys here, or the set is not that of the unit.
pub async fn show(State(app): State<App>, caller: Caller, Path((unit, id)): Path<(String, Uuid)>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    let set = own(&reached, store::own_set(app.store(), id).await?)?;
    let line = |own: &bening_core::survey::OwnQuestion| (own.kind, own.text.id.clone(), own.text.en.clone());
    let lines = set.questions.iter().map(line).collect();
    render(&app, &caller, &reached, Some(id), (set.name, lines, String::new())).await
}

fn own(reached: &Reached, found: Option<(UnitId, OwnSet)>) -> Result<OwnSet> {
    found.filter(|(of, _)| *of == reached.unit.id).map(|(_, set)| set).ok_or(AppError::NotFound)
}

async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    of: Option<Uuid>,
    (name, typed, problem): (String, Vec<(ExtraKind, String, String)>, String),
) -> Result<Response> {
    let status = if problem.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let back = format!("{}/pertanyaan", address(reached.unit.code.as_str()));
    let sets = caller.lang.t("Pertanyaan sendiri").into_owned();
    let title = if of.is_some() { name.clone() } else { caller.lang.t("Kumpulan baru").into_owned() };
    let crumbs = vec![Crumb::link(sets, back.clone()), Crumb::here(title.clone())];
    let page = page(app, caller, reached, title, crumbs).await?;
    let save = of.map_or_else(|| back.clone(), |id| format!("{back}/{id}"));
    let line = |at: usize| {
        let (kind, own, english) =
            typed.get(at).cloned().unwrap_or((ExtraKind::Scale, String::new(), String::new()));
        let kind = KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name);
        Line { number: at + 1, kind: kind.to_owned(), own, english }
    };
    let lines = (0..OWN_MAX).map(line).collect();
    Ok((status, Html(SetPage { page, save, back, set_name: name, lines, problem }.render()?)).into_response())
}

fn read(fields: &Fields) -> (String, Vec<(ExtraKind, String, String)>) {
    let field = |name: &str| {
        fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let line = |number: usize| {
        let kind = field(&format!("jenis{number}"));
        let kind = KINDS.iter().find(|(name, _)| *name == kind).map_or(ExtraKind::Scale, |(_, kind)| *kind);
        (kind, field(&format!("id{number}")), field(&format!("en{number}")))
    };
    (field("nama"), (1..=OWN_MAX).map(line).collect())
}

/// Begins a set with its first version.
///
/// # Errors
/// When the caller may not; what is wrong comes back with the page.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    let (name, lines) = read(&fields);
    match OwnSet::typed((chance::fresh(), 1), &name, &lines) {
        Ok(set) => keep(&app, &caller, &reached, set).await,
        Err(error) => refuse(&app, &caller, &reached, None, (name, lines, error)).await,
    }
}

/// Adds a version to a set.
///
/// # Errors
/// When the caller may not, or the set is not that of the unit; what is wrong comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path((unit, id)): Path<(String, Uuid)>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    let before = own(&reached, store::own_set(app.store(), id).await?)?;
    let (name, lines) = read(&fields);
    match OwnSet::typed((id, before.version + 1), &name, &lines) {
        Ok(set) if set.questions == before.questions && set.name == before.name => {
            Ok(see_other(&format!("{}/pertanyaan", address(reached.unit.code.as_str()))))
        }
        Ok(set) => keep(&app, &caller, &reached, set).await,
        Err(error) => refuse(&app, &caller, &reached, Some(id), (name, lines, error)).await,
    }
}

async fn refuse(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    of: Option<Uuid>,
    (name, lines, error): (String, Vec<(ExtraKind, String, String)>, OwnError),
) -> Result {
    let problem = sentence(&caller.lang.t(&error.to_string()));
    render(app, caller, reached, of, (name, lines, problem)).await
}

async fn keep(app: &App, caller: &Caller, reached: &Reached, set: OwnSet) -> Result {
    let tx = app.store().begin().await?;
    let stands = store::own_set_in(&tx, set.id).await?.map_or(0, |(_, stands)| stands.version);
    if stands + 1 != set.version {
        return Err(AppError::Refused("kumpulan ini baru saja diubah; muat ulang halaman ini".to_owned()));
    }
    store::add_own(&tx, reached.unit.id, &set).await?;
    let entry = Entry::new(caller.audit(), "survey.own.saved", set.id).of_unit(reached.unit.id);
    let version = set.version;
    tx.commit(entry.after(set), app.now()).await?;
    let to = format!("{}/pertanyaan", address(reached.unit.code.as_str()));
    let said =
        caller.lang.tf("Versi %{n} disimpan. Survei yang sudah memakainya tidak berubah.", &[("n", version)]);
    Ok(flash::done(see_other(&to), said))
}
