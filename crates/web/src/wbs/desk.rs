//! The desk of keepers: the reports they were given, opened with their passphrase for one request.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::id::{KeeperId, PersonId, UnitId};
use bening_core::wbs::{self as core, Author, Duty, Keeper, Outcome, Recap, Refusal, Report, State as How};
use bening_store::{person, wbs as store};
use serde::Deserialize;
use serde_json::json;

use super::attach::{self, Listed};
use super::{Said, read, seal, seal_for};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::open::discreet;
use crate::page::{Page, Room};
use crate::plan::frame;
use crate::reach::{Reached, allows, reach_unit};

/// `/unit/{unit}/wbs/{laporan}` as words.
#[derive(Debug, Clone, Deserialize)]
pub struct ReportPath {
    pub(super) unit: String,
    pub(super) laporan: String,
}

/// What opens a report.
#[derive(Debug, Deserialize)]
pub struct Opening {
    #[serde(default)]
    frasa: String,
    #[serde(default)]
    alasan: String,
}

/// What is answered.
#[derive(Debug, Deserialize)]
pub struct Answering {
    #[serde(default)]
    teks: String,
}

/// What a report came to, where it comes to an end.
#[derive(Debug, Deserialize)]
pub struct Moving {
    #[serde(default)]
    hasil: String,
}

/// Where a keeper stands, with all keepers of the unit.
pub(super) struct Desk {
    reached: Reached,
    me: PersonId,
    keepers: Vec<Keeper>,
    manages: bool,
    is_powerful: bool,
}

impl Desk {
    /// The desk of a unit: for its keepers and for those who name them; to others it is not there.
    pub(super) async fn reach(app: &App, caller: &Caller, unit: &str) -> Result<Self> {
        Self::of(app, caller, reach_unit(app, caller, unit, Want::ReadUnit).await?).await
    }

    async fn of(app: &App, caller: &Caller, reached: Reached) -> Result<Self> {
        let keepers = store::keepers(app.store(), reached.unit.id).await?;
        let manages = allows(caller, Want::ManageAgency, &Scope::agency());
        let is_powerful = core::may_keep(&caller.actor.assignments).is_err();
        Ok(Self { reached, me: caller.id(), keepers, manages, is_powerful })
    }

    /// The duties of the caller; none while they hold a role with power.
    pub(super) fn mine(&self) -> impl Iterator<Item = &Keeper> {
        let is_mine = |keeper: &&Keeper| keeper.person == self.me && keeper.ended_on.is_none();
        self.keepers.iter().filter(|_| !self.is_powerful).filter(is_mine)
    }

    /// Lets only keepers go on.
    pub(super) fn demand_keeper(&self) -> Result<()> {
        if self.mine().next().is_some() { Ok(()) } else { Err(AppError::Forbidden) }
    }

    pub(super) fn address(&self) -> String {
        format!("/unit/{}/wbs", self.reached.unit.code)
    }

    async fn reports(&self, app: &App) -> Result<Vec<Report>> {
        let ids: Vec<KeeperId> = self.mine().map(|keeper| keeper.id).collect();
        Ok(store::given_to(app.store(), &ids).await?)
    }

    /// A report that was given to the caller in a duty; nothing tells others that it is there.
    pub(super) async fn report(
        &self,
        app: &App,
        id: &str,
        fits: fn(Duty) -> bool,
    ) -> Result<(Report, Keeper)> {
        self.demand_keeper()?;
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let given = store::readers(app.store(), id).await?;
        let mine = self.mine().find(|keeper| fits(keeper.duty) && given.contains(&keeper.id));
        let mine = mine.cloned().ok_or(AppError::NotFound)?;
        let report = self.reports(app).await?.into_iter().find(|report| report.id == id);
        Ok((report.ok_or(AppError::NotFound)?, mine))
    }
}

/// Whether the desk of a unit is there for somebody.
///
/// # Errors
/// When the store fails.
pub async fn may_enter_desk(app: &App, caller: &Caller, reached: &Reached) -> Result<bool> {
    let desk = Desk::of(app, caller, reached.clone()).await?;
    Ok(desk.manages || desk.demand_keeper().is_ok())
}

struct Line {
    id: String,
    arrived: String,
    state: &'static str,
    has_identity: bool,
}

struct Named {
    id: String,
    name: String,
    duty: &'static str,
    is_ready: bool,
    /// The day their duty ended; empty while it goes on.
    ended: String,
}

#[derive(Template)]
#[template(path = "wbs/desk.html")]
struct DeskPage {
    page: Page,
    base: String,
    public: String,
    keepers: Vec<Named>,
    lines: Vec<Line>,
    is_keeper: bool,
    needs_key: bool,
    manages: bool,
    reads: bool,
    guards: bool,
    duties: Vec<(&'static str, &'static str)>,
    recaps: Vec<Recap>,
    outcomes: [&'static str; 4],
}

#[derive(Template)]
#[template(path = "wbs/report.html")]
struct ReportPage {
    page: Page,
    base: String,
    back: String,
    state: &'static str,
    next: Option<&'static str>,
    /// What it can come to, where the next state is the last; value and name.
    outcomes: Vec<(&'static str, &'static str)>,
    /// What it came to.
    outcome: Option<&'static str>,
    is_closed: bool,
    said: Vec<Said>,
    files: Vec<Listed>,
    identity: Option<String>,
}

/// The desk.
///
/// # Errors
/// When the caller neither keeps reports here nor names who does.
pub async fn show(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let desk = Desk::reach(&app, &caller, &unit).await?;
    if !desk.manages {
        desk.demand_keeper()?;
    }
    let people = person::by_ids(app.store(), desk.keepers.iter().map(|keeper| keeper.person)).await?;
    let page = page(&app, &caller, &desk).await?;
    let named = desk.keepers.iter().map(|keeper| Named {
        name: people
            .iter()
            .find(|one| one.id == keeper.person)
            .map_or_else(String::new, |one| one.name.clone()),
        duty: keeper.duty.title(),
        is_ready: keeper.is_ready(),
        id: keeper.id.to_string(),
        ended: keeper.ended_on.map(|on| page.date(on)).unwrap_or_default(),
    });
    let lines = desk.reports(&app).await?.into_iter().map(|report| Line {
        id: report.id.to_string(),
        arrived: page.date(report.arrived_on),
        state: report.state.title(),
        has_identity: !report.sealed_identity.is_empty(),
    });
    let content = DeskPage {
        keepers: named.collect(),
        lines: lines.collect(),
        base: desk.address(),
        public: format!("/lapor/{}", desk.reached.unit.code),
        is_keeper: desk.mine().next().is_some(),
        needs_key: desk.mine().any(|keeper| !keeper.is_ready()),
        manages: desk.manages,
        reads: desk.mine().any(|keeper| keeper.duty.reads()),
        guards: desk.mine().any(|keeper| keeper.duty == Duty::Custodian),
        duties: Duty::ALL.map(|duty| (duty.as_str(), duty.title())).to_vec(),
        recaps: recaps(&app, desk.reached.unit.id).await?,
        outcomes: Outcome::ALL.map(Outcome::title),
        page,
    };
    Ok(discreet(Html(content.render()?).into_response()))
}

/// How many reports came in each year and what they came to.
async fn recaps(app: &App, unit: UnitId) -> Result<Vec<Recap>> {
    let (reports, erased) = store::counted(app.store(), unit).await?;
    Ok(core::recaps(&reports, &erased))
}

async fn page(app: &App, caller: &Caller, desk: &Desk) -> Result<Page> {
    let title = caller.lang.t("Laporan pelanggaran (WBS)").into_owned();
    frame::at(app, caller, &desk.reached, app.this_year(), title, Room::Oversight).await
}

/// Opens what a report says.
///
/// # Errors
/// When the caller was not given it, or the passphrase is wrong.
pub async fn open(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ReportPath>,
    Posted(opening): Posted<Opening>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit).await?;
    let (report, mine) = desk.report(&app, &path.laporan, Duty::reads).await?;
    let key = unlock(&app, &mine, &opening.frasa).await?;
    let page = page(&app, &caller, &desk).await?;
    let said = read(&page, &store::messages(app.store(), report.id).await?, &key);
    let files = attach::list(&app, report.id, &key).await?;
    render(page, &desk, &report, (said, files, None))
}

fn render(
    page: Page,
    desk: &Desk,
    report: &Report,
    (said, files, identity): (Vec<Said>, Vec<Listed>, Option<String>),
) -> Result {
    let content = ReportPage {
        page,
        base: format!("{}/{}", desk.address(), report.id),
        back: desk.address(),
        state: report.state.title(),
        next: report.state.next().map(How::title),
        outcomes: match report.state.next() {
            Some(How::Closed) => Outcome::ALL.map(|each| (each.as_str(), each.title())).to_vec(),
            _ => Vec::new(),
        },
        outcome: report.outcome.map(Outcome::title),
        is_closed: report.state == How::Closed,
        said,
        files,
        identity,
    };
    Ok(discreet(Html(content.render()?).into_response()))
}

pub(super) async fn unlock(app: &App, keeper: &Keeper, phrase: &str) -> Result<age::x25519::Identity> {
    let (sealed, phrase) = (keeper.sealed_key.clone(), phrase.to_owned());
    let key = app.hash(move || seal::unlock(&sealed, &phrase)).await.ok_or(AppError::Interrupted)?;
    key.ok_or_else(|| AppError::Refused("frasa sandi salah; kembali lalu coba lagi".to_owned()))
}

/// Opens who reports; the reason goes into the trail before the name is shown.
///
/// # Errors
/// When the caller is not its custodian, gives no reason, or the passphrase is wrong.
pub async fn identify(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ReportPath>,
    Posted(opening): Posted<Opening>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit).await?;
    let (report, mine) = desk.report(&app, &path.laporan, |duty| duty == Duty::Custodian).await?;
    let reason = core::reason(&opening.alasan)?;
    let key = unlock(&app, &mine, &opening.frasa).await?;
    let identity = seal::open(&report.sealed_identity, &key).ok_or(AppError::NotFound)?;
    let tx = app.store().begin().await?;
    let entry = Entry::new(caller.audit(), "wbs.identity.opened", report.id.0);
    tx.commit(entry.after(json!({ "reason": reason })), app.now()).await?;
    let page = page(&app, &caller, &desk).await?;
    render(page, &desk, &report, (Vec::new(), Vec::new(), Some(identity)))
}

/// Answers; sealed for the readers and the reporter.
///
/// # Errors
/// When the caller was not given the report, or it came to an end.
pub async fn answer(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ReportPath>,
    Posted(answering): Posted<Answering>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit).await?;
    let (report, _) = desk.report(&app, &path.laporan, Duty::reads).await?;
    if report.state == How::Closed {
        return Err(Refusal::Closed.into());
    }
    let message = seal_for(&app, &report, Author::Desk, core::text(&answering.teks)?).await?;
    let tx = app.store().begin().await?;
    store::answer(&tx, &report, (chance::drawn(), &message)).await?;
    tx.commit(Entry::new(caller.audit(), "wbs.report.answered", report.id.0), app.now()).await?;
    Ok(flash::done(see_other(&desk.address()), caller.lang.t("Jawaban disegel dan disimpan.")))
}

/// Moves a report on by one state.
///
/// # Errors
/// When the caller was not given the report, or it came to an end.
pub async fn advance(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<ReportPath>,
    Posted(moving): Posted<Moving>,
) -> Result {
    let desk = Desk::reach(&app, &caller, &path.unit).await?;
    let (report, _) = desk.report(&app, &path.laporan, Duty::reads).await?;
    let moved = core::advance(report.clone(), Outcome::parse(&moving.hasil), app.today())?;
    let tx = app.store().begin().await?;
    let before = json!({ "state": report.state.as_str() });
    let entry = Entry::new(caller.audit(), "wbs.report.moved", report.id.0).before(before);
    store::update(&tx, &moved).await?;
    tx.commit(entry.after(json!({ "state": moved.state.as_str() })), app.now()).await?;
    Ok(flash::done(see_other(&desk.address()), caller.lang.t("Keadaan laporan diubah.")))
}
