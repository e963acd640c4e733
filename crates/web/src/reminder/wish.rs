//! What somebody wishes about digests by mail: where to, how often, at which hour.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::audit::Entry;
use bening_core::reminder::{Frequency, MailRules, Rules, Wish, WishRefusal};
use bening_store::reminder as store;
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Nothing, Posted, see_other};
use crate::page::{Crumb, Page, Room};
use crate::plan::frame;

const BASE: &str = "/akun/pengingat";

/// The fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    alamat: String,
    irama: String,
    jam: String,
}

#[derive(Template)]
#[template(path = "reminder/wish.html")]
struct WishPage {
    page: Page,
    fields: Fields,
    hours: Vec<String>,
    errors: Errors,
    is_on: bool,
    can_mail: bool,
}

fn rules() -> Result<MailRules> {
    Rules::shipped().map(|rules| rules.mail).map_err(|error| AppError::Bad(error.to_string()))
}

/// The page.
///
/// # Errors
/// When the store fails.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    let wish = store::wish_of(app.store(), caller.id()).await?;
    let fields = wish.map_or_else(Fields::default, |wish| Fields {
        alamat: wish.address,
        irama: wish.frequency.as_str().to_owned(),
        jam: wish.hour.to_string(),
    });
    Ok(render(&app, &caller, fields, Errors::default()).await?.into_response())
}

async fn render(app: &App, caller: &Caller, fields: Fields, errors: Errors) -> Result<Html<String>> {
    let is_on = store::wish_of(app.store(), caller.id()).await?.is_some();
    let title = caller.lang.t("Ringkasan surel").into_owned();
    let page = frame::plain(app, caller, title.clone(), Room::Home).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Kotak masuk"), "/kotak"), Crumb::here(title)];
    let hours = rules()?.hours.iter().map(u32::to_string).collect();
    let can_mail = app.settings().outside.mail_from.is_some();
    let page = Page { crumbs, ..page };
    Ok(Html(WishPage { page, fields, hours, errors, is_on, can_mail }.render()?))
}

/// Keeps what is wished.
///
/// # Errors
/// When the store fails; a wish that cannot be met comes back with the page.
pub async fn save(State(app): State<App>, caller: Caller, Posted(fields): Posted<Fields>) -> Result {
    let wish = match Wish::read(caller.id(), (&fields.alamat, &fields.irama, &fields.jam), &rules()?) {
        Ok(wish) => wish,
        Err(refusal) => {
            let errors = Errors::one(field(refusal), refusal);
            let page = render(&app, &caller, fields, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let before = store::wish_of(app.store(), caller.id()).await?;
    let wish = Wish { last_on: before.and_then(|before| before.last_on), ..wish };
    let tx = app.store().begin().await?;
    store::keep_wish(&tx, &wish).await?;
    let after = json!({ "frequency": wish.frequency.as_str(), "hour": wish.hour });
    tx.commit(Entry::new(caller.audit(), "digest.wished", caller.id().0).after(after), app.now()).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Ringkasan surel diatur; yang pertama datang besok.")))
}

fn field(refusal: WishRefusal) -> &'static str {
    match refusal {
        WishRefusal::Address => "alamat",
        WishRefusal::Frequency => "irama",
        WishRefusal::Hour => "jam",
    }
}

/// Ends the digests.
///
/// # Errors
/// When the store fails.
pub async fn stop(State(app): State<App>, caller: Caller, _: Posted<Nothing>) -> Result {
    let tx = app.store().begin().await?;
    store::drop_wish(&tx, caller.id()).await?;
    tx.commit(Entry::new(caller.audit(), "digest.dropped", caller.id().0), app.now()).await?;
    Ok(flash::done(see_other(BASE), caller.lang.t("Ringkasan surel dihentikan.")))
}

impl WishPage {
    fn frequencies(&self) -> [(&'static str, &'static str); 2] {
        [
            (Frequency::Daily.as_str(), "setiap hari kerja, bila ada yang baru"),
            (Frequency::Weekly.as_str(), "sekali seminggu, hari Senin"),
        ]
    }
}
