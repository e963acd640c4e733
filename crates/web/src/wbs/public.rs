//! The form of those who report: no account, no script, no trace of where it came from. The receipt is shown once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use bening_core::id::{KeeperId, ReportId};
use bening_core::receipt;
use bening_core::unit::Unit;
use bening_core::wbs::{self as core, Author, Keeper, Message, Plain, Refusal, Report, Routed, State as How};
use bening_store::{person, wbs as store};

use super::{attach, keepers, seal};
use crate::account::visitor_lang;
use crate::app::App;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::open::{Fields, Sent, discreet, field, unit_of};
use crate::page::Page;

/// Somebody who may be ticked as concerned.
struct Choice {
    id: String,
    name: String,
    duty: &'static str,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "wbs/form.html")]
struct FormPage {
    page: Page,
    unit: Unit,
    is_open: bool,
    keepers: Vec<Choice>,
    what: String,
    who: String,
    error: String,
}

#[derive(Template)]
#[template(path = "wbs/receipt.html")]
struct ReceiptPage {
    page: Page,
    unit: Unit,
    receipt: String,
}

/// The frame of a page without anybody signed in: who looks is not even looked up.
pub(super) fn frame(headers: &HeaderMap, unit: &Unit) -> Page {
    let lang = visitor_lang(headers);
    Page { path: format!("/lapor/{}", unit.code), ..Page::new(lang.t("Lapor dengan aman"), lang) }
}

/// The form.
///
/// # Errors
/// When there is no such unit.
pub async fn show(State(app): State<App>, Path(code): Path<String>, headers: HeaderMap) -> Result {
    let unit = unit_of(&app, &code).await?;
    let page = form(&app, frame(&headers, &unit), unit, &Fields::new(), String::new()).await?;
    Ok(discreet(page.into_response()))
}

async fn form(app: &App, page: Page, unit: Unit, fields: &Fields, error: String) -> Result<Html<String>> {
    let keepers = keepers(app, unit.id).await?;
    let is_open = core::route(&keepers, &[]).is_ok();
    let people = person::by_ids(app.store(), keepers.iter().map(|keeper| keeper.person)).await?;
    let keepers = keepers.iter().filter(|keeper| keeper.is_ready()).map(|keeper| Choice {
        id: keeper.id.to_string(),
        name: people
            .iter()
            .find(|one| one.id == keeper.person)
            .map_or_else(String::new, |one| one.name.clone()),
        duty: keeper.duty.title(),
        ticked: concerned(fields).contains(&keeper.id),
    });
    let (what, who) = (field(fields, "isi").to_owned(), field(fields, "siapa").to_owned());
    Ok(Html(FormPage { keepers: keepers.collect(), page, unit, is_open, what, who, error }.render()?))
}

fn concerned(fields: &Fields) -> Vec<KeeperId> {
    let ticked = fields.iter().filter(|(key, _)| key == "terkait");
    ticked.filter_map(|(_, value)| value.parse().ok()).collect()
}

/// Takes a report in and shows its receipt, once.
///
/// # Errors
/// When there is no such unit or the store fails; refusals come back with what was written.
pub async fn submit(State(app): State<App>, sent: Sent) -> Result {
    let Sent { unit, fields, files, headers } = sent;
    let page = frame(&headers, &unit);
    let keepers = keepers(&app, unit.id).await?;
    let wanted = written(&fields)
        .and_then(|text| Ok((text, routed(&keepers, &fields)?, attach::plain(&files, &fields)?)));
    let (text, routed, files) = match wanted {
        Ok(wanted) => wanted,
        Err(refusal) => {
            let error = sentence(&page.t(&refusal.to_string()));
            let page = form(&app, page, unit, &fields, error).await?;
            return Ok(discreet((StatusCode::UNPROCESSABLE_ENTITY, page).into_response()));
        }
    };
    let digits = chance::digits(receipt::DIGITS);
    let identity = field(&fields, "identitas").trim();
    keep(&app, &unit, &digits, (&text, &files), (&routed, identity)).await?;
    let receipt = receipt::spaced(&digits);
    Ok(discreet(Html(ReceiptPage { page, unit, receipt }.render()?).into_response()))
}

/// What happened and who was involved, as one text.
fn written(fields: &Fields) -> std::result::Result<String, Refusal> {
    let (what, who) = (core::text(field(fields, "isi"))?, field(fields, "siapa").trim());
    let whole = if who.is_empty() { what.to_owned() } else { format!("{what}\n\n— {who}") };
    core::text(&whole).map(str::to_owned)
}

fn routed<'a>(keepers: &'a [Keeper], fields: &Fields) -> std::result::Result<Routed<'a>, Refusal> {
    let routed = core::route(keepers, &concerned(fields))?;
    let is_named = !field(fields, "identitas").trim().is_empty();
    if is_named && routed.custodians.is_empty() { Err(Refusal::NoCustodian) } else { Ok(routed) }
}

async fn keep(
    app: &App,
    unit: &Unit,
    digits: &str,
    (text, files): (&str, &[Plain]),
    to: (&Routed<'_>, &str),
) -> Result<()> {
    let (routed, identity) = to;
    let typed = digits.to_owned();
    let made = app.hash(move || {
        let receipt = seal::receipt(&typed)?;
        seal::pair_of(&receipt).map(|pair| (receipt.hash, pair))
    });
    let (receipt_hash, pair) = made.await.ok_or(AppError::Interrupted)??;
    let keys = |keepers: &[&Keeper]| keepers.iter().map(|one| one.public_key.clone()).collect::<Vec<_>>();
    let (readers, custodians) = (keys(&routed.readers), keys(&routed.custodians));
    let own = [pair.public_key.as_str()];
    let sealed = seal::seal(text, readers.iter().map(String::as_str).chain(own))?;
    let sealed_identity = match identity {
        "" => Vec::new(),
        name => seal::seal(name, custodians.iter().map(String::as_str))?,
    };
    let report = Report {
        id: ReportId(chance::drawn()),
        unit: unit.id,
        receipt_hash,
        public_key: pair.public_key,
        sealed_key: pair.sealed_key,
        sealed_identity,
        state: How::Received,
        arrived_on: app.today(),
        closed_on: None,
        outcome: None,
    };
    let first = Message { author: Author::Reporter, sealed, on_day: app.today() };
    let given = routed.readers.iter().chain(&routed.custodians).map(|one| (chance::drawn(), one.id));
    let files = attach::sealed(files, readers.iter().map(String::as_str))?;
    let given: Vec<_> = given.collect();
    Ok(store::take(app.store(), &report, (chance::drawn(), &first), &given, &files).await?)
}
