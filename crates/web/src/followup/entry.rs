//! One entry of the register: what happened to it, and what the caller may do next.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::followup::{FollowUp, State, Step};
use bening_core::id::PersonId;
use bening_store::person;

use super::{EntryPath, address, chip, page, reach_entry};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::{Crumb, Page};
use crate::plan::status::Chip;
use crate::reach::{allows, reach_unit};

struct Moment {
    what: &'static str,
    who: String,
    on: String,
    note: String,
}

#[derive(Template)]
#[template(path = "followup/entry.html")]
struct EntryPage {
    page: Page,
    here: String,
    entry: FollowUp,
    status: Chip,
    person: String,
    due: String,
    age: String,
    moments: Vec<Moment>,
    can_finish: bool,
    can_verify: bool,
    can_reopen: bool,
    own: bool,
}

/// The entry.
///
/// # Errors
/// When it is not there.
pub async fn show(Shared(app): Shared<App>, caller: Caller, Path(path): Path<EntryPath>) -> Result {
    let reached = reach_unit(&app, &caller, &path.unit, Want::ReadUnit).await?;
    let entry = reach_entry(&app, &reached, &path.id).await?;
    let people = entry.steps.iter().map(|step| step.by).chain([entry.person]);
    let names = person::names(app.store(), people).await?;
    let title = caller.lang.tf("Tindak lanjut no. %{n}", &[("n", entry.number)]);
    let below = vec![Crumb::here(title.clone())];
    let page = page(&app, &caller, &reached, entry.year, title, below).await?;
    let scope = reached.scope().pics(vec![entry.person]);
    let may = |want| allows(&caller, want, &scope);
    let moments = entry.steps.iter().map(|step| moment(&page, &names, step)).collect();
    let did = entry.steps.iter().rfind(|step| step.to == State::Done).map(|step| step.by);
    let own = entry.person == caller.id() || did == Some(caller.id());
    let shown = EntryPage {
        here: format!("{}/{}", address(&reached), entry.id),
        status: chip(&caller, &entry, app.today()),
        person: names.get(&entry.person).cloned().unwrap_or_default(),
        due: page.date_long(entry.due_on),
        age: entry.age_days(app.today()).map(|days| page.tn("%{n} hari", days)).unwrap_or_default(),
        moments,
        can_finish: entry.state.waits() && may(Want::CarryOutFollowUp),
        can_verify: entry.state == State::Done && !own && may(Want::VerifyFollowUp),
        can_reopen: !entry.state.waits() && may(Want::VerifyFollowUp),
        own: own && entry.state == State::Done && may(Want::VerifyFollowUp),
        page,
        entry,
    };
    Ok(Html(shown.render()?).into_response())
}

fn moment(page: &Page, names: &HashMap<PersonId, String>, step: &Step) -> Moment {
    let what = match step.to {
        State::Open => "Dicatat",
        State::Done => "Dilaporkan selesai",
        State::Verified => "Diverifikasi",
        State::Reopened => "Dibuka kembali",
    };
    let who = names.get(&step.by).cloned().unwrap_or_default();
    Moment { what, who, on: page.date_long(step.on), note: step.note.clone() }
}
