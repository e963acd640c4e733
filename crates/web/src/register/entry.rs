//! One line of a register: what stands in it, what happened to it, what the caller may do next.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::evidence::Target;
use bening_core::id::PersonId;
use bening_core::register::{CITIZEN, Choice, Draft, Moment, Need, Refusal, Row, Step};
use bening_store::person;

use super::fields::{Field, Shown, computed, fields, value};
use super::{Desk, RowPath, people_of};
use crate::app::App;
use crate::caller::Caller;
use crate::complaint::Said;
use crate::complaint::desk::conversation;
use crate::error::{Result, sentence};
use crate::evidence::needs::{Adding, needs};
use crate::page::{Crumb, Page};
use crate::plan::status::Chip;

struct Past {
    what: String,
    who: String,
    on: String,
    note: String,
}

/// A deadline with the days left until it.
struct Clock {
    title: String,
    on: String,
    left: String,
    citation: String,
    is_late: bool,
}

struct Next {
    code: String,
    title: String,
    citation: String,
    fields: Vec<Field>,
    note: String,
    note_error: String,
    needs_note: bool,
    /// Why this person cannot take it, though their role could.
    hindrance: String,
}

#[derive(Template)]
#[template(path = "register/entry.html")]
struct EntryPage {
    page: Page,
    here: String,
    version: u32,
    /// Its evidence, and where more is chosen.
    needs: String,
    status: Chip,
    values: Vec<Shown>,
    hidden: usize,
    due: Option<Clock>,
    past: Vec<Past>,
    next: Vec<Next>,
    can_change: bool,
    /// The conversation with whoever wrote the line without an account.
    talk: Option<Vec<Said>>,
    say: Option<String>,
    problem: String,
}

/// A step that was refused: which, with what was typed, and why.
pub(super) struct Attempt {
    pub(super) step: String,
    pub(super) draft: Draft,
    pub(super) note: String,
    pub(super) refusal: Refusal,
}

/// The line.
///
/// # Errors
/// When it is not there for the caller.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<RowPath>) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit, &path.register).await?;
    let row = desk.row(&app, &path.id).await?;
    Ok(Html(page(&app, &caller, &desk, &row, None).await?.render()?).into_response())
}

/// The line again, with the step that was refused.
pub(super) async fn again(app: &App, caller: &Caller, desk: &Desk, row: &Row, attempt: Attempt) -> Result {
    let body = Html(page(app, caller, desk, row, Some(attempt)).await?.render()?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    desk: &Desk,
    row: &Row,
    attempt: Option<Attempt>,
) -> Result<EntryPage> {
    let people = row.moments.iter().map(|moment| moment.by);
    let names = person::names(app.store(), people).await?;
    let title = desk.name(row);
    let page = desk.page(app, caller, row.year, title.clone(), vec![Crumb::here(title)]).await?;
    let register = desk.register;
    let opens = desk.sees_private(row);
    let is_shown = |column: &&bening_core::register::Column| opens || !column.private;
    let columns = register.columns.iter().filter(is_shown);
    let kept = columns.map(|column| Shown {
        label: column.title.clone(),
        text: value(&page, column, row),
        chip: None,
    });
    let reckoned = register.computed.iter().map(|one| computed(register, one, row));
    let due = register.due(row).map(|due| {
        let left = due.days_left(app.today());
        Clock {
            title: due.deadline.title.clone(),
            on: page.date_long(due.on),
            left: left_words(&page, left),
            citation: due.deadline.citation.clone(),
            is_late: left < 0,
        }
    });
    let talk = if opens { conversation(app, &page, row).await? } else { None };
    let people = people_of(app, row.unit).await?;
    let is_open = register.state(&row.state).is_some_and(|state| state.open);
    let target = Target::Line { year: row.year, register: row.register.clone(), row: row.id };
    let adding = Adding::from(desk.may_prove(row));
    let needs = needs(app, caller, &desk.reached, vec![(String::new(), target)], adding).await?;
    Ok(EntryPage {
        needs,
        here: format!("{}/{}", desk.address(), row.id),
        version: row.version,
        status: desk.chip(app, row),
        values: kept.chain(reckoned).filter(|shown| !shown.text.is_empty()).collect(),
        hidden: if opens { 0 } else { register.columns.iter().filter(|column| column.private).count() },
        due,
        past: row.moments.iter().map(|moment| past(&page, desk, &names, moment)).collect(),
        next: next(&page, desk, row, &people, attempt.as_ref()),
        say: (!register.is_ended(row) && desk.may_answer(row))
            .then(|| format!("/unit/{}/pengaduan/{}/pesan", desk.reached.unit.code, row.id)),
        talk,
        can_change: is_open && desk.may_change(row),
        problem: attempt.map(|attempt| sentence(&attempt.refusal.to_string())).unwrap_or_default(),
        page,
    })
}

/// Days left in words: "sisa 3 hari", "2 hari lewat".
pub(super) fn left_words(page: &Page, left: i64) -> String {
    let days = usize::try_from(left.unsigned_abs()).unwrap_or(usize::MAX);
    match left {
        0 => page.t("hari ini").into_owned(),
        1.. => page.tn("sisa %{n} hari", days),
        _ => page.tn("%{n} hari lewat", days),
    }
}

/// Who did something; a citizen has no name here.
pub(super) fn who(page: &Page, names: &HashMap<PersonId, String>, id: PersonId) -> String {
    if id == CITIZEN { page.t("Pelapor").into_owned() } else { names.get(&id).cloned().unwrap_or_default() }
}

fn past(page: &Page, desk: &Desk, names: &HashMap<PersonId, String>, moment: &Moment) -> Past {
    let step = moment.step.as_deref().and_then(|code| desk.register.step(code));
    let what = match step {
        Some(step) => step.title.clone(),
        None => page.t("Ditulis atau diubah").into_owned(),
    };
    let who = who(page, names, moment.by);
    Past { what, who, on: page.date_long(moment.on), note: moment.note.clone() }
}

fn next(page: &Page, desk: &Desk, row: &Row, people: &[String], attempt: Option<&Attempt>) -> Vec<Next> {
    let steps = desk.register.steps_from(&row.state).filter(|step| desk.may_take(step, row));
    let form = |step: &Step| step_form(page, desk, row, step, attempt.filter(|it| it.step == step.code));
    let mut next: Vec<Next> = steps.map(form).collect();
    let fields = next.iter_mut().flat_map(|step| &mut step.fields);
    for field in fields.filter(|field| field.kind == "select" && field.choices.is_empty()) {
        let choice = |name: &String| Choice { code: name.clone(), title: name.clone() };
        field.choices = people.iter().map(choice).collect();
    }
    next
}

fn step_form(page: &Page, desk: &Desk, row: &Row, step: &Step, attempt: Option<&Attempt>) -> Next {
    let columns = step.needs.iter().filter_map(|code| desk.register.column(code));
    let draft = attempt.map_or_else(|| row.values.clone(), |attempt| attempt.draft.clone());
    let refusal = attempt.map(|attempt| &attempt.refusal);
    let is_note = refusal.filter(|refusal| matches!(refusal, Refusal::NoNote | Refusal::TooLong(_)));
    let hindered = row.is_barred(step, desk.me);
    Next {
        code: step.code.clone(),
        title: step.title.clone(),
        citation: step.citation.clone(),
        fields: fields(page, columns, &draft, refusal)
            .into_iter()
            .map(|field| Field { required: true, ..field })
            .collect(),
        note: attempt.map(|attempt| attempt.note.clone()).unwrap_or_default(),
        note_error: is_note.map(|refusal| sentence(&refusal.to_string())).unwrap_or_default(),
        needs_note: step.note == Need::Required,
        hindrance: if hindered { sentence(&Refusal::SameHand.to_string()) } else { String::new() },
    }
}
