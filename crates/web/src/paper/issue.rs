//! Making a paper: the form, a preview without a number, and issuing it with the next number of its series.

use std::collections::BTreeMap;

use askama::Template as _;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::PaperId;
use bening_core::letter::may_draw;
use bening_core::paper::{Asked, Field, FieldKind, Known, NO_NUMBER, Paper, Template, Words, series_by_code};
use bening_store::paper as store;
use chrono::Datelike;
use serde_json::json;

use super::known::{Found, find, signer};
use super::unit::{address, page, scope};
use super::{in_force, reach_template};
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::charter::print;
use crate::candidacy::reach::action;
use crate::chance;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::{Reached, demand, reach_unit};

/// The step that only shows what it would look like.
const PREVIEW: &str = "contoh";
/// What the names of typed fields begin with.
const OWN: &str = "isi.";

struct Ask {
    field: &'static Field,
    name: String,
    value: String,
}

impl Ask {
    fn is_line(&self) -> bool {
        self.field.kind == FieldKind::Line
    }
}

#[derive(askama::Template)]
#[template(path = "paper/new.html")]
struct NewPage {
    page: Page,
    base: String,
    list: String,
    fields: Vec<Ask>,
    signer: String,
    signer_title: String,
    day: String,
    today: String,
    error: String,
}

/// The form.
///
/// # Errors
/// When it is not the caller's paper to make.
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((unit, code)): Path<(String, String)>,
) -> Result {
    let (reached, template) = reach(&app, &caller, &unit, &code).await?;
    let (signer, signer_title) = signer(&app, &caller, template, &reached.unit).await?;
    let asked = Asked { dated: app.today(), signer, signer_title, typed: BTreeMap::new() };
    let html = render(&app, &caller, &reached, template, &asked, String::new()).await?;
    Ok(html.into_response())
}

async fn reach(app: &App, caller: &Caller, unit: &str, code: &str) -> Result<(Reached, &'static Template)> {
    let reached = reach_unit(app, caller, unit, Want::ReadUnit).await?;
    let template = reach_template(code)?;
    demand(caller, action(template.by), &scope(app, &reached).await?)?;
    Ok((reached, template))
}

async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    template: &'static Template,
    asked: &Asked,
    error: String,
) -> Result<Html<String>> {
    let page =
        page(app, caller, reached, template.name.clone(), vec![Crumb::here(template.name.as_str())]).await?;
    let ask = |field: &'static Field| Ask {
        name: format!("{OWN}{}", field.name),
        value: asked.typed.get(&field.name).cloned().unwrap_or_default(),
        field,
    };
    let shown = NewPage {
        base: format!("{}/baru/{}", address(reached), template.code),
        list: address(reached),
        fields: template.fields.iter().map(ask).collect(),
        signer: asked.signer.clone(),
        signer_title: asked.signer_title.clone(),
        day: asked.dated.to_string(),
        today: app.today().to_string(),
        error,
        page,
    };
    Ok(Html(shown.render()?))
}

/// Issues the paper, or shows it without a number.
///
/// # Errors
/// When it is not the caller's; what is missing comes back with the form.
pub async fn issue(
    State(app): State<App>,
    caller: Caller,
    Path((unit, code)): Path<(String, String)>,
    Posted(typed): Posted<Vec<(String, String)>>,
) -> Result {
    let (reached, template) = reach(&app, &caller, &unit, &code).await?;
    let asked = read(&app, &typed);
    let made = make(&app, &caller, &reached, template, &asked, of(&typed, "langkah") == PREVIEW).await;
    match made {
        Ok(Made::Preview(document)) => {
            print(&app, *document, "pdf", &format!("contoh-{}", template.code)).await
        }
        Ok(Made::Issued(number)) => {
            let said =
                caller.lang.tf("Naskah %{nomor} diterbitkan.", [("nomor", number.as_str())].as_slice());
            Ok(flash::done(see_other(&address(&reached)), said))
        }
        Err(AppError::Refused(error)) => {
            let error = sentence(&caller.lang.t(&error));
            let page = render(&app, &caller, &reached, template, &asked, error).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other),
    }
}

fn of<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// A day that cannot be read becomes one that no paper may bear.
fn read(app: &App, typed: &[(String, String)]) -> Asked {
    let dated = of(typed, "tanggal").trim().parse();
    let own =
        typed.iter().filter_map(|(name, value)| Some((name.strip_prefix(OWN)?.to_owned(), value.clone())));
    Asked {
        dated: dated.unwrap_or_else(|_| app.today().succ_opt().unwrap_or_default()),
        signer: of(typed, "penanda").to_owned(),
        signer_title: of(typed, "jabatan").to_owned(),
        typed: own.collect(),
    }
}

enum Made {
    Preview(Box<bening_core::document::Document>),
    Issued(String),
}

async fn make(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    template: &Template,
    asked: &Asked,
    is_preview: bool,
) -> Result<Made> {
    let (version, words) = in_force(template, &store::versions(app.store(), &template.code).await?);
    let found = find(app, template, &reached.unit, asked.dated).await?;
    asked.check(template, &words, &found.predicate)?;
    if is_preview {
        let document = document(template, &words, &found, reached, asked, NO_NUMBER);
        return Ok(Made::Preview(Box::new(document)));
    }
    let series = series_by_code(&template.series).ok_or(AppError::NotFound)?;
    let tx = app.store().begin().await?;
    let held = store::lock_series(&tx, series, asked.dated.year()).await?;
    may_draw(held.last.as_ref(), asked.dated, app.today())
        .map_err(|refusal| AppError::Refused(refusal.to_string()))?;
    let number = held.pattern.number(held.next, reached.unit.code.as_str(), asked.dated);
    let paper = Paper {
        id: PaperId(chance::fresh()),
        unit: reached.unit.id,
        template: template.code.clone(),
        version,
        series: series.code.clone(),
        counter: held.next,
        document: document(template, &words, &found, reached, asked, &number),
        number,
        dated: asked.dated,
        by: caller.id(),
        at: app.now(),
    };
    store::issue(&tx, &paper).await?;
    let told = json!({ "template": paper.template, "number": paper.number, "version": paper.version });
    let entry = Entry::new(caller.audit(), "paper.issued", paper.id.0).of_unit(paper.unit);
    tx.commit(entry.after(told), app.now()).await?;
    Ok(Made::Issued(paper.number))
}

fn document(
    template: &Template,
    words: &Words,
    found: &Found,
    reached: &Reached,
    asked: &Asked,
    number: &str,
) -> bening_core::document::Document {
    let known = Known {
        agency: &found.agency,
        unit: &reached.unit,
        predicate: &found.predicate,
        rows: found.rows.clone(),
    };
    template.document(words, &known, asked, number)
}
