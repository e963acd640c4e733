//! The words of a template: changing them with a preview, older versions, and back to those that were shipped.

use askama::Template as _;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::paper::{Asked, COMMON, FieldKind, Known, NO_NUMBER, Template, Words, WordsError};
use bening_store::{agency, paper as store, person, unit};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::series::{BASE, page};
use super::{in_force, reach_template};
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::charter::print;
use crate::error::{AppError, Result, sentence};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::demand;

/// The step that only shows what it would look like.
const PREVIEW: &str = "contoh";

struct Old {
    number: u32,
    words: Words,
    who: String,
    day: String,
}

#[derive(askama::Template)]
#[template(path = "paper/words.html")]
struct WordsPage {
    page: Page,
    base: String,
    words: Words,
    version: u32,
    is_shipped: bool,
    placeholders: Vec<(String, String)>,
    has_table: bool,
    versions: Vec<Old>,
    error: String,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    judul: String,
    isi: String,
    penutup: String,
    langkah: String,
}

impl Fields {
    fn words(self) -> Words {
        let lines = |text: String| text.replace("\r\n", "\n").trim().to_owned();
        Words { title: lines(self.judul), text: lines(self.isi), closing: lines(self.penutup) }
    }
}

/// The page.
///
/// # Errors
/// When the caller may not manage the agency.
pub async fn show(State(app): State<App>, caller: Caller, Path(code): Path<String>) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let template = reach_template(&code)?;
    Ok(render(&app, &caller, template, None, String::new()).await?.into_response())
}

async fn render(
    app: &App,
    caller: &Caller,
    template: &'static Template,
    typed: Option<Words>,
    error: String,
) -> Result<Html<String>> {
    let versions = store::versions(app.store(), &template.code).await?;
    let names = person::names(app.store(), versions.iter().map(|version| version.by)).await?;
    let (version, words) = in_force(template, &versions);
    let page = page(app, caller, template.name.clone(), vec![Crumb::here(template.name.as_str())]).await?;
    let old = |old: store::Version| Old {
        number: old.number,
        who: names.get(&old.by).cloned().unwrap_or_default(),
        day: page.date(app.local(old.at).0),
        words: old.words,
    };
    let common = COMMON.iter().map(|(name, what)| (format!("{{{name}}}"), (*what).to_owned()));
    let own = template.fields.iter().map(|field| (format!("{{{}}}", field.name), field.label.clone()));
    let shown = WordsPage {
        base: format!("{BASE}/{}", template.code),
        is_shipped: words == template.words,
        words: typed.unwrap_or(words),
        version,
        placeholders: common.chain(own).collect(),
        has_table: template.table.is_some(),
        versions: versions.into_iter().map(old).collect(),
        error,
        page,
    };
    Ok(Html(shown.render()?))
}

/// Keeps new words as a version, or only shows what they would look like.
///
/// # Errors
/// When the caller may not; what is wrong with the words comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Posted(typed): Posted<Fields>,
) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let template = reach_template(&code)?;
    let is_preview = typed.langkah == PREVIEW;
    let words = typed.words();
    if let Err(error) = template.check(&words) {
        let error = sentence(&caller.lang.t(&error.to_string()));
        let page = render(&app, &caller, template, Some(words), error).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if is_preview {
        return sample(&app, template, &words, "pdf").await;
    }
    keep(&app, &caller, template, words, "paper.words.saved").await?;
    let to = format!("{BASE}/{code}");
    Ok(flash::done(see_other(&to), caller.lang.t("Kata-kata naskah disimpan sebagai versi baru.")))
}

/// Goes back to the words that were shipped, as a version of their own.
///
/// # Errors
/// When the caller may not, or they hold already.
pub async fn reset(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    _: Posted<crate::form::Nothing>,
) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let template = reach_template(&code)?;
    keep(&app, &caller, template, template.words.clone(), "paper.words.reset").await?;
    let to = format!("{BASE}/{code}");
    Ok(flash::done(see_other(&to), caller.lang.t("Kata-kata bawaan berlaku lagi.")))
}

async fn keep(
    app: &App,
    caller: &Caller,
    template: &Template,
    words: Words,
    event: &'static str,
) -> Result<()> {
    let tx = app.store().begin().await?;
    let versions = store::versions_now(&tx, &template.code).await?;
    let (version, before) = in_force(template, &versions);
    if words == before {
        return Err(WordsError::Unchanged.into());
    }
    let new = store::Version { number: version + 1, words, by: caller.id(), at: app.now() };
    store::add_version(&tx, &template.code, &new).await?;
    let after = json!({ "template": template.code, "version": new.number, "words": new.words });
    let entry = Entry::new(caller.audit(), event, Uuid::nil());
    let before = json!({ "template": template.code, "version": version, "words": before });
    Ok(tx.commit(entry.before(before).after(after), app.now()).await?)
}

/// A version as a paper with examples for values; version 0 are the words that were shipped.
///
/// # Errors
/// When the caller may not, or there is no such version.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((code, version, format)): Path<(String, u32, String)>,
) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let template = reach_template(&code)?;
    let versions = store::versions(app.store(), &code).await?;
    let words = match version {
        0 => template.words.clone(),
        number => {
            let found = versions.into_iter().find(|version| version.number == number);
            found.ok_or(AppError::NotFound)?.words
        }
    };
    sample(&app, template, &words, &format).await
}

/// A paper in which every typed placeholder shows its label, about the first unit.
async fn sample(app: &App, template: &Template, words: &Words, format: &str) -> Result {
    let agency = agency::load(app.store()).await?;
    let unit = unit::all(app.store()).await?.into_iter().next();
    let unit = unit.ok_or_else(|| {
        AppError::Refused("contoh memerlukan satu unit; tambahkan unit lebih dahulu".to_owned())
    })?;
    let example = |field: &bening_core::paper::Field| {
        let lines = [field.label.as_str(), field.label.as_str()];
        let text = if field.kind == FieldKind::Line { field.label.clone() } else { lines.join("\n") };
        (field.name.clone(), text)
    };
    let asked = Asked {
        dated: app.today(),
        signer: "Nama Penanda Tangan".to_owned(),
        signer_title: unit.head_title.clone(),
        typed: template.fields.iter().map(example).collect(),
    };
    let columns = template.table.as_ref().map(|table| table.columns.clone()).unwrap_or_default();
    let known = Known { agency: &agency, unit: &unit, predicate: "WBK", rows: vec![columns] };
    let document = template.document(words, &known, &asked, NO_NUMBER);
    print(app, document, format, &format!("contoh-{}", template.code)).await
}
