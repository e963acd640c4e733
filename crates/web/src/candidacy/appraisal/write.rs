//! Writing on the desk of the national team: verdicts, objections, who sat together. A form that is refused comes
//! back as it was typed, and nothing of it is kept.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use bening_core::access::Action;
use bening_core::audit::Entry;
use bening_core::candidacy::appraisal::{Appraisal, Item, Refusal, Remark, Said, Sitting};
use bening_core::candidacy::declaration::Declaration;
use bening_store::appraisal;

use super::page::{Typed, render};
use super::{Chair, Opened};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::demand;

/// Fields as they were posted.
type Fields = Vec<(String, String)>;

/// Why what was posted is not kept.
pub(super) struct Problem {
    pub(super) text: String,
    pub(super) status: StatusCode,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self { text: refusal.to_string(), status: StatusCode::UNPROCESSABLE_ENTITY }
    }
}

impl Problem {
    fn overtaken(item: &str) -> Self {
        let text = format!("orang lain sudah menulis tentang {item}; baca dulu, lalu kirim lagi");
        Self { text, status: StatusCode::CONFLICT }
    }
}

fn field<'a>(fields: &'a Fields, name: &str, item: &str) -> &'a str {
    let wanted = format!("{name}-{item}");
    fields.iter().find(|(key, _)| *key == wanted).map_or("", |(_, value)| value.as_str())
}

/// Gives verdicts on items of a form; items that were left as they are stay as they are.
///
/// # Errors
/// When the caller is not of the national team, or a rule speaks against it.
pub async fn judge(
    State(app): State<App>,
    caller: Caller,
    Path((unit, stage)): Path<(String, String)>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit).await?;
    let Chair::Assessor(institution) = opened.chair else { return Err(AppError::Forbidden) };
    let form = opened.reach(&stage)?;
    let moment = (caller.id(), app.now());
    let stage_now = opened.road.stage();
    let said = each(&form, &fields, |item| {
        let (verdict, note) = (field(&fields, "putusan", &item.code), field(&fields, "catatan", &item.code));
        let is_new = !is_untouched(&form, &item.code, verdict, note);
        is_new.then(|| form.judge(stage_now, institution, (&item.code, verdict, note), moment))
    });
    match said {
        Ok(said) => keep(&app, &caller, &opened, said, "candidacy.appraised").await,
        Err(problem) => refuse(&app, &caller, &opened, (&stage, fields), problem).await,
    }
}

/// What is said of the items of a form that were on the page; nothing of one that was left as it is.
fn each(
    form: &Appraisal<'_>,
    fields: &Fields,
    say: impl Fn(&Item) -> Option<std::result::Result<Remark, Refusal>>,
) -> std::result::Result<Vec<Remark>, Problem> {
    let mut said = Vec::new();
    for item in posted(form, fields) {
        let Some(remark) = say(item) else { continue };
        if is_overtaken(form, fields, &item.code) {
            return Err(Problem::overtaken(&item.name));
        }
        said.push(remark?);
    }
    Ok(said)
}

/// The items of a form that were on the page of whoever posts.
fn posted<'a>(form: &Appraisal<'a>, fields: &Fields) -> Vec<&'a Item> {
    let is_there = |item: &&Item| fields.iter().any(|(name, _)| *name == format!("dilihat-{}", item.code));
    form.form.items.iter().filter(is_there).collect()
}

/// Whether nothing was said of an item that does not stand already.
fn is_untouched(form: &Appraisal<'_>, item: &str, verdict: &str, note: &str) -> bool {
    let (verdict, note) = (verdict.trim(), note.replace("\r\n", "\n"));
    match form.verdict(item) {
        Some((stands, of)) => of.code == verdict && stands.note == note.trim(),
        None => verdict.is_empty() && note.trim().is_empty(),
    }
}

/// Whether something was said of an item since the page was opened.
fn is_overtaken(form: &Appraisal<'_>, fields: &Fields, item: &str) -> bool {
    let seen: usize = field(fields, "dilihat", item).parse().unwrap_or_default();
    form.said(item).count() != seen
}

/// The agency objects to verdicts.
///
/// # Errors
/// When the caller does not speak for the agency, or it is not the time.
pub async fn object(
    State(app): State<App>,
    caller: Caller,
    Path((unit, stage)): Path<(String, String)>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit).await?;
    demand(&caller, Action::SelectCandidate, &opened.roads.scope)?;
    let form = opened.reach(&stage)?;
    let moment = (caller.id(), app.now());
    let said = each(&form, &fields, |item| {
        let text = field(&fields, "sanggahan", &item.code);
        let is_written = !text.trim().is_empty();
        is_written.then(|| form.object(opened.road.stage(), (&item.code, text), moment))
    });
    match said {
        Ok(said) => keep(&app, &caller, &opened, said, "candidacy.objected").await,
        Err(problem) => refuse(&app, &caller, &opened, (&stage, fields), problem).await,
    }
}

/// The page as it was, with what was typed and why it is not kept.
async fn refuse(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    (stage, fields): (&str, Fields),
    problem: Problem,
) -> Result {
    let status = problem.status;
    let typed = Typed { stage: stage.to_owned(), fields, problem: Some(problem) };
    Ok((status, render(app, caller, opened, typed).await?).into_response())
}

async fn keep(app: &App, caller: &Caller, opened: &Opened, said: Vec<Remark>, event: &'static str) -> Result {
    let back = see_other(&opened.address());
    if said.is_empty() {
        return Ok(flash::done(back, caller.lang.t("Tidak ada yang berubah.")));
    }
    let tx = app.store().begin().await?;
    for remark in &said {
        appraisal::say(&tx, opened.road.id, remark).await?;
    }
    let entry = Entry::new(caller.audit(), event, opened.road.id.0).of_unit(opened.road.unit);
    tx.commit(entry.after(&said), app.now()).await?;
    let is_objection = said.iter().any(|remark| remark.said == Said::Objection);
    let text = if is_objection { "Sanggahan dicatat." } else { "Putusan dicatat." };
    Ok(flash::done(back, caller.lang.t(text)))
}

/// Writes down who sat together.
///
/// # Errors
/// When the caller is not of the national team, the stage is over, or a field is missing.
pub async fn sit(
    State(app): State<App>,
    caller: Caller,
    Path((unit, stage)): Path<(String, String)>,
    Posted(fields): Posted<Fields>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit).await?;
    demand(&caller, Action::JudgeCandidate, &opened.roads.scope)?;
    let form = opened.reach(&stage)?;
    let (round, before) = (form.round, opened.sitting(form.round).1);
    let checked = match form.form.is_open_in(opened.road.stage()) {
        true => read(&fields).and_then(|sitting| Ok(sitting.check(app.today())?)),
        false => Err(Refusal::Closed(form.form.name.clone()).into()),
    };
    let sitting = match checked {
        Ok(sitting) => sitting,
        Err(problem) => return refuse(&app, &caller, &opened, (&stage, fields), problem).await,
    };
    let tx = app.store().begin().await?;
    let moment = (caller.id(), app.now());
    appraisal::sit(&tx, (opened.road.id, round, before), &sitting, moment).await?;
    let entry = Entry::new(caller.audit(), "candidacy.sat", opened.road.id.0).of_unit(opened.road.unit);
    tx.commit(entry.after(&sitting), app.now()).await?;
    Ok(flash::done(see_other(&opened.address()), caller.lang.t("Berita acara dicatat.")))
}

fn read(fields: &Fields) -> std::result::Result<Sitting, Problem> {
    let text = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    let on = text("tanggal").parse().map_err(|_| Refusal::Sitting)?;
    let present = Declaration::read_witnesses(text("hadir"))
        .map_err(|error| Problem { text: error.to_string(), status: StatusCode::UNPROCESSABLE_ENTITY })?;
    Ok(Sitting { on, place: text("tempat").to_owned(), present, outcome: text("hasil").to_owned() })
}
