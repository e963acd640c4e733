//! The agency: name, city, logo, and who holds a role for all of it.

pub mod numbers;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::agency::{Agency, Logo};
use bening_core::audit::Entry;
use bening_core::person::Place;
use bening_core::text;
use bening_store::agency as store;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Upload, see_other};
use crate::page::{Crumb, Page, Room};
use crate::people::{Held, held_at};
use crate::plan::frame;
use crate::reach::demand;

const BASE: &str = "/instansi";

#[derive(Template)]
#[template(path = "agency/show.html")]
struct AgencyPage {
    page: Page,
    fields: Fields,
    has_logo: bool,
    errors: Errors,
    held: Held,
}

struct Fields {
    name: String,
    short_name: String,
    city: String,
}

/// The page of the agency.
///
/// # Errors
/// When the caller may not manage it.
pub async fn show(State(app): State<App>, caller: Caller) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let agency = store::load(app.store()).await?;
    let fields = Fields { name: agency.name, short_name: agency.short_name, city: agency.city };
    render(&app, &caller, fields, agency.logo.as_ref(), Errors::default())
        .await
        .map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    fields: Fields,
    logo: Option<&Logo>,
    errors: Errors,
) -> Result<Html<String>> {
    let page = frame::plain(app, caller, caller.lang.t("Instansi"), Room::Settings).await?;
    let crumbs = vec![Crumb::link(caller.lang.t("Beranda"), "/"), Crumb::here(caller.lang.t("Instansi"))];
    let held = held_at(app, caller, Place::Agency, &Scope::agency(), BASE).await?;
    let page = Page { crumbs, ..page };
    Ok(Html(AgencyPage { page, fields, has_logo: logo.is_some(), errors, held }.render()?))
}

/// Saves what is known of the agency; the logo stays when none is sent.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn save(State(app): State<App>, caller: Caller, upload: Upload) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let before = store::load(app.store()).await?;
    match changed(&before, &upload) {
        Ok(after) => {
            let tx = app.store().begin().await?;
            store::save(&tx, &after).await?;
            let entry = Entry::new(caller.audit(), "agency.saved", Uuid::nil());
            tx.commit(entry.before(told(&before)).after(told(&after)), app.now()).await?;
            Ok(flash::done(see_other(BASE), caller.lang.t("Data instansi disimpan.")))
        }
        Err(errors) => {
            let field = |name| upload.field(name).to_owned();
            let fields = Fields { name: field("nama"), short_name: field("singkat"), city: field("kota") };
            let page = render(&app, &caller, fields, before.logo.as_ref(), errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn changed(before: &Agency, upload: &Upload) -> std::result::Result<Agency, Errors> {
    let mut errors = Errors::default();
    let mut line = |field| errors.take(field, text::line(upload.field(field))).unwrap_or_default();
    let (name, short_name, city) = (line("nama"), line("singkat"), line("kota"));
    if name.is_empty() {
        errors.add("nama", "nama instansi belum diisi");
    }
    let kept = if upload.field("tanpa_logo").is_empty() { before.logo.clone() } else { None };
    let logo = match upload.file("logo") {
        Some(file) => errors.take("logo", Logo::read(file.bytes.to_vec())),
        None => kept,
    };
    if errors.is_empty() { Ok(Agency { name, short_name, city, logo }) } else { Err(errors) }
}

/// The agency as the trail keeps it: of the logo only kind and size.
fn told(agency: &Agency) -> Value {
    let logo = agency.logo.as_ref().map(|logo| json!({ "kind": logo.kind, "bytes": logo.bytes.len() }));
    json!({ "name": agency.name, "short_name": agency.short_name, "city": agency.city, "logo": logo })
}

/// The logo, for everybody who is signed in.
///
/// # Errors
/// When there is none.
pub async fn logo(State(app): State<App>, _: Caller) -> Result {
    let logo = store::load(app.store()).await?.logo.ok_or(AppError::NotFound)?;
    let kind = HeaderValue::from_static(logo.kind.media_type());
    Ok(([(header::CONTENT_TYPE, kind)], logo.bytes).into_response())
}
