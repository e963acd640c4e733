//! The integrity pact of a unit for a year: its text with versions, who signed, one's own signature, the printed pact.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::candidacy::pact::{self, Pact, Prose, Refusal, Signature, Staff, Way};
use bening_core::id::{PactId, StaffId};
use bening_core::time::Year;
use bening_store::{agency, pact as store};
use serde::Deserialize;
use serde_json::json;

use super::charter::{print, words};
use super::reach::Roads;
use super::unit::{page as frame, year_of};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::client;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::Page;
use crate::reach::{allows, demand};

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Changed => Self::Conflict { message: refusal.to_string(), current: String::new() },
            other => Self::Refused(other.to_string()),
        }
    }
}

/// The pact of a unit for a year, whole.
pub(super) struct Opened {
    pub(super) roads: Roads,
    pub(super) year: Year,
    /// Texts, the newest first.
    pub(super) texts: Vec<Pact>,
    pub(super) staff: Vec<Staff>,
    pub(super) signatures: Vec<Signature>,
}

impl Opened {
    /// Opens it for somebody who reads the unit.
    pub(super) async fn load(app: &App, caller: &Caller, unit: &str, year: &str) -> Result<Self> {
        let roads = Roads::load(app, caller, unit).await?;
        let year = year_of(year)?;
        let id = roads.reached.unit.id;
        let texts = store::texts(app.store(), id, year).await?;
        let signatures = store::signatures(app.store(), &texts).await?;
        let staff = store::staff(app.store(), id).await?;
        Ok(Self { roads, year, texts, staff, signatures })
    }

    /// The signature of somebody under the newest text.
    pub(super) fn signature(&self, one: &Staff) -> Option<&Signature> {
        let newest = self.texts.first()?;
        self.signatures.iter().find(|each| each.staff == one.id && each.is_whole(newest))
    }

    /// Address of the page.
    pub(super) fn address(&self) -> String {
        format!("/unit/{}/pakta/{}", self.roads.reached.unit.code, self.year)
    }
}

/// Somebody on the page.
struct Line {
    id: StaffId,
    name: String,
    number: String,
    title: String,
    signed: String,
    way: String,
    proof: String,
    left: String,
    old: String,
}

/// What the caller's own line needs.
struct Own {
    staff: StaffId,
    signed: String,
}

#[derive(Template)]
#[template(path = "candidacy/pact.html")]
struct PactPage {
    page: Page,
    base: String,
    back: String,
    year: String,
    text: String,
    version: u32,
    hash: String,
    suggestion: String,
    lines: Vec<Line>,
    signed: u32,
    staff: u32,
    percent: u32,
    own: Option<Own>,
    manages: bool,
    may_sign: bool,
    today: String,
}

/// The page.
///
/// # Errors
/// When the unit is not to be seen.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun)): Path<(String, String)>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    let title = caller.lang.t("Pakta integritas").into_owned();
    let page = frame(&app, &caller, &opened.roads, title).await?;
    let newest = opened.texts.first();
    let today = app.today();
    let (signed, staff) = pact::signed(&opened.staff, &opened.signatures, newest, today);
    let manages = allows(&caller, Want::ManagePacts, &opened.roads.scope);
    let is_own = |one: &&Staff| one.person == Some(caller.id()) && one.is_there(today);
    let own = opened.staff.iter().find(is_own).map(|one| Own {
        staff: one.id,
        signed: opened.signature(one).map(|each| page.date_long(each.on)).unwrap_or_default(),
    });
    let shown = |one: &&Staff| manages || one.is_there(today);
    let view = PactPage {
        base: opened.address(),
        back: opened.roads.address(),
        year: opened.year.to_string(),
        text: newest.map(|text| text.text.clone()).unwrap_or_default(),
        version: newest.map_or(0, |text| text.version),
        hash: newest.map(Pact::hash).unwrap_or_default(),
        suggestion: words(Prose::pact())?.suggestion,
        lines: opened.staff.iter().filter(shown).map(|one| line(&page, &opened, one)).collect(),
        signed,
        staff,
        percent: (signed * 100).checked_div(staff).unwrap_or(0),
        own,
        manages,
        may_sign: allows(&caller, Want::SignPact, &opened.roads.scope),
        today: today.to_string(),
        page,
    };
    Ok(Html(view.render()?).into_response())
}

fn line(page: &Page, opened: &Opened, one: &Staff) -> Line {
    let signature = opened.signature(one);
    let version =
        |each: &Signature| opened.texts.iter().find(|text| text.id == each.pact).map(|text| text.version);
    let earlier = opened.signatures.iter().filter(|each| each.staff == one.id).filter_map(version).max();
    let old = earlier.filter(|_| signature.is_none());
    Line {
        id: one.id,
        name: one.name.clone(),
        number: one.number.clone(),
        title: one.title.clone(),
        signed: signature.map(|each| page.date(each.on)).unwrap_or_default(),
        way: match signature.map(|each| each.way) {
            Some(Way::Account) => page.t("akun sendiri").into_owned(),
            Some(Way::Paper) => page.t("di atas kertas").into_owned(),
            None => String::new(),
        },
        proof: signature.map(|each| format!("/publik/pakta/{}", each.id)).unwrap_or_default(),
        left: one.until.map(|day| page.date(day)).unwrap_or_default(),
        old: old.map(|version| page.tf("hanya versi %{n}", &[("n", version)])).unwrap_or_default(),
    }
}

/// A text as it is written.
#[derive(Debug, Deserialize)]
pub struct Written {
    #[serde(default)]
    teks: String,
}

/// Writes a new version of the text.
///
/// # Errors
/// When the caller may not, or the text is empty or the same.
pub async fn write(
    State(app): State<App>,
    caller: Caller,
    Path((unit, tahun)): Path<(String, String)>,
    Posted(form): Posted<Written>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    demand(&caller, Want::ManagePacts, &opened.roads.scope)?;
    let tx = app.store().begin().await?;
    let of = opened.roads.reached.unit.id;
    let texts = store::lock_texts(&tx, of, opened.year).await?;
    let text = pact::check_text(&form.teks, texts.first())?;
    let version = texts.first().map_or(1, |newest| newest.version + 1);
    let new = Pact { id: PactId(chance::fresh()), unit: of, year: opened.year.get(), version, text };
    store::add_text(&tx, &new, caller.id(), app.now()).await?;
    let entry = Entry::new(caller.audit(), "pact.written", new.id.0).of_unit(of);
    let after = json!({ "year": new.year, "version": new.version, "sha256": new.hash() });
    tx.commit(entry.after(after), app.now()).await?;
    Ok(flash::done(see_other(&opened.address()), caller.lang.t("Teks pakta disimpan sebagai versi baru.")))
}

/// The pact of somebody as PDF or DOCX; once signed, with the address of its verification.
///
/// # Errors
/// When the line is not the caller's and they do not keep the list.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path((unit, tahun, id, format)): Path<(String, String, String, String)>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit, &tahun).await?;
    let one = opened.staff.iter().find(|one| one.id.to_string() == id).ok_or(AppError::NotFound)?;
    if one.person != Some(caller.id()) {
        demand(&caller, Want::ManagePacts, &opened.roads.scope)?;
    }
    let newest = opened.texts.first().ok_or(AppError::NotFound)?;
    let signature = opened.signature(one);
    let agency = agency::load(app.store()).await?;
    let place = (opened.roads.reached.unit.name.as_str(), agency.name.as_str(), agency.city.as_str());
    let address = signature.map(|each| format!("{}/publik/pakta/{}", client::site(&app, &headers), each.id));
    let on = signature.map_or_else(|| app.today(), |each| each.on);
    let paper = pact::document(&words(Prose::pact())?, newest, one, place, (on, address));
    print(&app, paper, &format, &format!("pakta-{}-{}", opened.year, one.id)).await
}
