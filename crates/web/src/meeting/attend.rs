//! Signing the attendance list on a phone: the page that the code leads to. Who is signed in signs with one press,
//! guests type who they are. It takes signatures on the day of the meeting and on no other.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::meeting::{Meeting, Refusal, Signing};
use bening_core::person::Person;
use bening_store::{meeting as store, unit};
use serde::Deserialize;
use serde_json::json;

use super::change::{attendance, enter};
use crate::account::visitor_lang;
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::form::{parse, see_other};
use crate::page::{Page, Theme};

#[derive(Template)]
#[template(path = "meeting/attend.html")]
struct AttendPage {
    page: Page,
    unit: String,
    meeting: Meeting,
    day: String,
    is_open: bool,
    me: Option<Person>,
    error: String,
    typed: Typed,
}

/// What a guest types; somebody who is signed in types nothing.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Typed {
    nama: String,
    jabatan: String,
    saya: String,
    #[serde(rename = "_csrf")]
    csrf: String,
}

/// The page.
///
/// # Errors
/// When there is no such meeting.
pub async fn show(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result {
    let (mut parts, _) = request.into_parts();
    let caller = Caller::of(&mut parts, &app).await.ok();
    let meeting = reach(&app, &token).await?;
    let html = render(&app, &parts, caller, meeting, Typed::default(), String::new()).await?;
    Ok(html.into_response())
}

async fn reach(app: &App, token: &str) -> Result<Meeting> {
    store::by_token(app.store(), token).await?.ok_or(AppError::NotFound)
}

async fn render(
    app: &App,
    parts: &Parts,
    caller: Option<Caller>,
    meeting: Meeting,
    typed: Typed,
    error: String,
) -> Result<Html<String>> {
    let lang = caller.as_ref().map_or_else(|| visitor_lang(&parts.headers), |caller| caller.lang);
    let page = Page {
        path: format!("/hadir/{}", meeting.token),
        csrf: caller.as_ref().map(|caller| caller.csrf.clone()).unwrap_or_default(),
        theme: caller.as_ref().map_or_else(Theme::default, |caller| caller.theme),
        ..Page::new(meeting.title.as_str(), lang)
    };
    let units = unit::all(app.store()).await?;
    let unit = units.into_iter().find(|unit| unit.id == meeting.unit).map(|unit| unit.name);
    let shown = AttendPage {
        unit: unit.unwrap_or_default(),
        day: page.date_long(meeting.on),
        is_open: meeting.on == app.today(),
        me: caller.map(|caller| caller.person),
        page,
        meeting,
        error,
        typed,
    };
    Ok(Html(shown.render()?))
}

/// Signs.
///
/// # Errors
/// When there is no such meeting; what core refuses comes back with the page.
pub async fn sign(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result {
    let (mut parts, body) = request.into_parts();
    let caller = Caller::of(&mut parts, &app).await.ok();
    let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), &app).await;
    let typed: Typed = parse(&bytes.map_err(|_| AppError::TooLarge)?)?;
    let meeting = reach(&app, &token).await?;
    // A form of another place knows no token; then nobody signs in anybody's name.
    let own = caller.as_ref().filter(|caller| !typed.saya.is_empty() && typed.csrf == caller.csrf);
    match keep(&app, &meeting, own, &typed).await {
        Ok(()) => Ok(see_other(&format!("/hadir/{token}/terima-kasih"))),
        Err(AppError::Refused(error)) => {
            let page = render(&app, &parts, caller, meeting, typed, error).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn keep(app: &App, meeting: &Meeting, own: Option<&Caller>, typed: &Typed) -> Result<()> {
    if meeting.on != app.today() {
        return Err(Refusal::OtherDay.into());
    }
    let (person, name, title) = match own {
        Some(caller) => (Some(caller.id()), caller.person.name.clone(), caller.person.title.clone()),
        None => (None, typed.nama.clone(), typed.jabatan.clone()),
    };
    let new = attendance(app, meeting, person, name, title).await?;
    let tx = app.store().begin().await?;
    let signed = enter(app, &tx, meeting, new, Signing::Code).await?;
    let actor = own.map_or(Actor::Visitor, Caller::audit);
    let record = Record::new(actor, "meeting.present", meeting.id.0).of_unit(meeting.unit);
    Ok(tx.commit(record.after(json!({ "name": signed.name, "way": "code" })), app.now()).await?)
}

#[derive(Template)]
#[template(path = "meeting/thanks.html")]
struct ThanksPage {
    page: Page,
    unit: String,
}

/// What stands there after somebody signed.
///
/// # Errors
/// When there is no such meeting.
pub async fn thanks(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result {
    let (mut parts, _) = request.into_parts();
    let lang = match Caller::of(&mut parts, &app).await {
        Ok(caller) => caller.lang,
        Err(_) => visitor_lang(&parts.headers),
    };
    let meeting = reach(&app, &token).await?;
    let page = Page {
        path: format!("/hadir/{token}/terima-kasih"),
        ..Page::new(lang.t("Terima kasih").into_owned(), lang)
    };
    Ok(Html(ThanksPage { page, unit: meeting.title }.render()?).into_response())
}
