//! Work of the background as the administrator sees it: what waits, runs, failed; a mail to try; live while it changes.

pub mod live;

use askama::Template;
use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::JobId;
use bening_core::job::{Job, Mail, New, Refusal, State, Task, kind_name};
use bening_store::{WriteTx, job as store};
use serde::Deserialize;

use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Errors, Nothing, Posted, see_other};
use crate::page::{Crumb, Page, Room, Tone};
use crate::plan::frame;
use crate::plan::status::Chip;
use crate::reach::demand;

const BASE: &str = "/instansi/pekerjaan";
/// Jobs on the page.
const SHOWN: u64 = 100;
/// Longest mail address.
const ADDRESS_MAX_CHARS: usize = 254;

struct Line {
    id: JobId,
    what: String,
    status: Chip,
    when: String,
    attempts: u32,
    progress: String,
    percent: String,
    error: String,
    can_retry: bool,
    can_cancel: bool,
}

#[derive(Template)]
#[template(path = "job/list.html")]
struct JobsPage {
    page: Page,
    counts: Vec<(&'static str, u64)>,
    lines: Vec<Line>,
    asked: String,
    mail_from: Option<String>,
    to: String,
    errors: Errors,
}

impl JobsPage {
    fn states(&self) -> [State; 5] {
        State::ALL
    }
}

/// Which jobs are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    keadaan: String,
}

/// The page.
///
/// # Errors
/// When the caller does not manage the agency.
pub async fn show(Shared(app): Shared<App>, caller: Caller, Query(ask): Query<Ask>) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let page = render(&app, &caller, &ask, String::new(), Errors::default()).await?;
    Ok(page.into_response())
}

async fn render(app: &App, caller: &Caller, ask: &Ask, to: String, errors: Errors) -> Result<Html<String>> {
    let title = caller.lang.t("Pekerjaan latar").into_owned();
    let page = frame::plain(app, caller, title.clone(), Room::Settings).await?;
    let crumbs = vec![
        Crumb::link(caller.lang.t("Beranda"), "/"),
        Crumb::link(caller.lang.t("Instansi"), "/instansi"),
        Crumb::here(title),
    ];
    let page = Page { crumbs, ..page };
    let jobs = store::list(app.store(), State::parse(&ask.keadaan), SHOWN).await?;
    let lines = jobs.into_iter().map(|job| line(app, &page, job)).collect();
    let counts = store::counts(app.store()).await?;
    let counts = State::ALL.map(|state| {
        let count = counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
        (state.name(), count)
    });
    let (asked, mail_from) = (ask.keadaan.clone(), app.settings().outside.mail_from.clone());
    let jobs = JobsPage { page, counts: counts.to_vec(), lines, asked, mail_from, to, errors };
    Ok(Html(jobs.render()?))
}

fn line(app: &App, page: &Page, job: Job) -> Line {
    let tone = match job.state {
        State::Waiting | State::Running => Tone::Info,
        State::Done => Tone::Ok,
        State::Failed => Tone::Bad,
        State::Cancelled => Tone::Mute,
    };
    let (day, time) = app.local(job.ended_at.unwrap_or(job.run_at));
    let percent = (u64::from(job.done) * 100).checked_div(u64::from(job.total));
    Line {
        id: job.id,
        what: page.t(kind_name(&job.kind)).into_owned(),
        status: Chip { tone, sign: tone.sign(), text: page.t(job.state.name()).into_owned() },
        when: format!("{} {}", page.date(day), page.clock(time)),
        attempts: job.attempts,
        progress: if job.total > 0 { format!("{}/{}", job.done, job.total) } else { String::new() },
        percent: percent.filter(|_| job.state == State::Running).map(|p| p.to_string()).unwrap_or_default(),
        error: job.error.clone(),
        can_retry: job.can_retry(),
        can_cancel: job.can_cancel(),
    }
}

/// Lets a failed job be tried again.
///
/// # Errors
/// When it is not there or did not fail.
pub async fn retry(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let tx = app.store().begin().await?;
    let outcome = store::retry(&tx, known(&id)?, app.now()).await?;
    keep(&app, &caller, tx, outcome, "job.retried").await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Pekerjaan akan dicoba lagi.")))
}

/// Says that a waiting job need not be done.
///
/// # Errors
/// When it is not there or does not wait.
pub async fn cancel(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let tx = app.store().begin().await?;
    let outcome = store::cancel(&tx, known(&id)?, app.now()).await?;
    keep(&app, &caller, tx, outcome, "job.cancelled").await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Pekerjaan dibatalkan.")))
}

fn known(id: &str) -> Result<JobId> {
    id.parse().map_err(|_| AppError::NotFound)
}

async fn keep(
    app: &App,
    caller: &Caller,
    tx: WriteTx,
    outcome: Option<std::result::Result<Job, Refusal>>,
    event: &'static str,
) -> Result<()> {
    let job = outcome.ok_or(AppError::NotFound)?.map_err(|refusal| AppError::Refused(refusal.to_string()))?;
    let entry = Entry::new(caller.audit(), event, job.id.0);
    Ok(tx.commit(entry.before(&job.kind), app.now()).await?)
}

/// Whom to send a mail to try.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Trial {
    surel: String,
}

/// Sends a mail to try whether mail goes out.
///
/// # Errors
/// When the caller does not manage the agency.
pub async fn try_mail(Shared(app): Shared<App>, caller: Caller, Posted(trial): Posted<Trial>) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let to = trial.surel.trim().to_owned();
    if let Err(problem) = reachable(&app, &to) {
        let errors = Errors::one("surel", sentence(problem));
        let page = render(&app, &caller, &Ask::default(), to, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let id = JobId(chance::fresh());
    let mail = Mail {
        to,
        subject: caller.lang.t("Surel uji dari Bening").into_owned(),
        text: caller
            .lang
            .t("Surel ini membuktikan bahwa Bening dapat mengirim surel dari instansi Anda.")
            .into_owned(),
        html: None,
    };
    let new = New { id, task: Task::Mail(mail), key: format!("mail:{id}"), run_at: app.now() };
    let tx = app.store().begin().await?;
    store::enqueue(&tx, &new, app.now()).await?;
    tx.commit(Entry::new(caller.audit(), "mail.tried", id.0), app.now()).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Surel uji masuk antrean; lihat keadaannya di bawah.")))
}

/// Only what looks like an address goes to the server, and only when there is one.
fn reachable(app: &App, to: &str) -> std::result::Result<(), &'static str> {
    let has_parts = to.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let is_plain = to.chars().all(|c| c.is_ascii_graphic()) && to.len() <= ADDRESS_MAX_CHARS;
    match () {
        () if app.settings().outside.mail_from.is_none() => {
            Err("peladen surel belum diatur; jalankan bening serve dengan --smtp dan --mail-from")
        }
        () if !has_parts || !is_plain => Err("tulis alamat surel, misalnya nama@instansi.go.id"),
        () => Ok(()),
    }
}
