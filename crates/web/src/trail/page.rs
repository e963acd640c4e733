//! The pages of the trail. A page costs the same however long the trail: rows are found by their number, never
//! counted or skipped. Only checking the chain reads all of it, and only when asked.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Link;
use bening_core::id::PersonId;
use bening_core::unit::Unit;
use bening_store::audit::{self, About, Verdict};
use bening_store::{person, unit};
use serde::Deserialize;
use serde_json::Value;

use super::names::{EVENTS, actor, event};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::form::{Nothing, Posted};
use crate::page::{Crumb, Page, Room, Tone};
use crate::plan::frame;
use crate::plan::history::moment;
use crate::reach::{demand, reach_unit};

/// Rows of a page.
const ROWS: usize = 50;
/// Longest text of one side of a change, in characters; what is longer is cut and says so.
const SIDE_MAX_CHARS: usize = 20_000;

/// What to show of the trail.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    sebelum: Option<i64>,
    #[serde(default)]
    jenis: String,
}

struct Row {
    seq: i64,
    at: String,
    who: String,
    what: &'static str,
    unit: String,
    before: String,
    after: String,
}

struct Told {
    tone: Tone,
    text: String,
    head: String,
}

#[derive(Template)]
#[template(path = "trail/page.html")]
struct TrailPage {
    page: Page,
    base: String,
    whole: bool,
    kinds: &'static [(&'static str, &'static str)],
    kind: String,
    newest: bool,
    rows: Vec<Row>,
    older: Option<i64>,
    verdict: Option<Told>,
}

/// Where the trail is looked at.
struct Spot<'a> {
    about: About,
    base: String,
    units: &'a [Unit],
}

/// The trail of the whole agency.
///
/// # Errors
/// When the caller may not read it.
pub async fn show_all(State(app): State<App>, caller: Caller, Query(wanted): Query<Wanted>) -> Result {
    demand(&caller, Want::ReadTrail, &Scope::agency())?;
    render_all(&app, &caller, wanted, None).await.map(IntoResponse::into_response)
}

async fn render_all(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    verdict: Option<Told>,
) -> Result<Html<String>> {
    let units = unit::all(app.store()).await?;
    let page = frame::plain(app, caller, caller.lang.t("Jejak perubahan"), Room::Audit).await?;
    let crumbs =
        vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::here(caller.lang.t("Jejak perubahan"))];
    let spot = Spot { about: About::All, base: "/jejak".to_owned(), units: &units };
    render(app, caller, Page { crumbs, ..page }, spot, wanted, verdict).await
}

/// The trail of a unit.
///
/// # Errors
/// When the caller may not read it.
pub async fn show_unit(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result {
    let reached = reach_unit(&app, &caller, &code, Want::ReadTrail).await?;
    let page = frame::plain(&app, &caller, caller.lang.t("Jejak perubahan"), Room::Audit).await?;
    let base = format!("/unit/{}", reached.unit.code);
    let crumbs = vec![
        Crumb::link(caller.lang.t("Unit kerja"), "/unit"),
        Crumb::link(reached.unit.name.as_str(), &base),
        Crumb::here(caller.lang.t("Jejak perubahan")),
    ];
    let spot =
        Spot { about: About::Unit(reached.unit.id), base: format!("{base}/jejak"), units: &reached.units };
    let page = Page { crumbs, ..page };
    render(&app, &caller, page, spot, wanted, None).await.map(IntoResponse::into_response)
}

/// Checks the whole chain and says what it found.
///
/// # Errors
/// When the caller may not read the trail or the store fails; a broken chain is an answer.
pub async fn verify(State(app): State<App>, caller: Caller, _: Posted<Nothing>) -> Result {
    demand(&caller, Want::ReadTrail, &Scope::agency())?;
    let told = match audit::verify(app.store()).await? {
        Verdict::Sound { rows, head } => Told {
            tone: Tone::Ok,
            text: caller
                .lang
                .tn("Jejak utuh: %{n} baris diperiksa, tidak ada yang diubah, hilang, atau dipindah.", rows),
            head,
        },
        Verdict::Broken(fault) => {
            let text = caller.lang.tf("Jejak tidak utuh: %{sebab}.", &[("sebab", fault)]);
            Told { tone: Tone::Bad, text, head: String::new() }
        }
    };
    render_all(&app, &caller, Wanted::default(), Some(told)).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    page: Page,
    spot: Spot<'_>,
    wanted: Wanted,
    verdict: Option<Told>,
) -> Result<Html<String>> {
    let kind = EVENTS.iter().find(|(name, _)| *name == wanted.jenis).map(|(name, _)| *name);
    let mut links = audit::newest_of(app.store(), spot.about, kind, wanted.sebelum, ROWS as u64 + 1).await?;
    let more = links.len() > ROWS;
    links.truncate(ROWS);
    let names = person::names(app.store(), links.iter().filter_map(|link| link.person.map(PersonId))).await?;
    let rows: Vec<Row> = links.into_iter().map(|link| row(app, caller, &names, spot.units, link)).collect();
    let content = TrailPage {
        page,
        whole: matches!(spot.about, About::All),
        base: spot.base,
        kinds: EVENTS,
        kind: kind.unwrap_or_default().to_owned(),
        newest: wanted.sebelum.is_none(),
        older: rows.last().filter(|_| more).map(|row| row.seq),
        rows,
        verdict,
    };
    Ok(Html(content.render()?))
}

fn row(app: &App, caller: &Caller, names: &HashMap<PersonId, String>, units: &[Unit], link: Link) -> Row {
    let name = link.person.and_then(|id| names.get(&PersonId(id)).cloned());
    let unit = link.unit.and_then(|id| units.iter().find(|unit| unit.id.0 == id));
    Row {
        seq: link.seq,
        at: moment(app, caller.lang, link.at),
        who: name.unwrap_or_else(|| caller.lang.t(actor(&link.actor)).into_owned()),
        what: event(&link.event),
        unit: unit.map(|unit| unit.code.to_string()).unwrap_or_default(),
        before: pretty(&link.before),
        after: pretty(&link.after),
    }
}

/// JSON over several lines; nothing when there was nothing.
fn pretty(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    let full = match value {
        Value::Null => String::new(),
        other => serde_json::to_string_pretty(&other).unwrap_or_default(),
    };
    let cut: String = full.chars().take(SIDE_MAX_CHARS).collect();
    if cut.len() < full.len() { format!("{cut}…") } else { cut }
}
