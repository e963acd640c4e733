//! The evaluation report (*LHE*) of a worksheet: what it says, what is missing, what assessors write on it. Putting
//! it together for print is in `gather`, issuing in `issue`, the files in `file`.

pub mod file;
pub mod gather;
pub mod issue;
mod typed;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::document::{Align, Block, Document, Marker};
use bening_core::letter::Kind;
use bening_store::letter::{self, Letter};

use self::gather::Gathered;
use self::typed::Fields;
use super::frame::{Head, page};
use super::reach::{LkePath, Opened, open, reach_lke, reach_year};
use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Posted, encode, see_other};
use crate::page::{Choice, Page};
use crate::reach::allows;

/// What these letters are.
const KIND: Kind = Kind::EvaluationReport;

#[derive(Template)]
#[template(path = "lke/report.html")]
struct ReportPage {
    page: Page,
    head: Head,
    letter: Option<Letter>,
    draft: Option<Draft>,
    preview: Option<Document>,
    /// Advice that the unit can take into its register of follow-up, with where that begins.
    advice: Vec<(String, String)>,
}

/// What assessors see of a report that is not issued.
struct Draft {
    fields: Fields,
    errors: Errors,
    missing: Vec<String>,
    /// Conditions of the recommended predicate that are not met.
    doubts: Vec<String>,
    predicates: Vec<Choice>,
    may_issue: Issuing,
    coming: String,
}

/// Whether the person who looks may issue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Issuing {
    Theirs,
    Others,
}

/// The page of the report.
///
/// # Errors
/// When the worksheet is not to be seen.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<LkePath>) -> Result {
    let opened = reach_lke(&app, &caller, &path).await?;
    render(&app, &caller, opened, None).await.map(IntoResponse::into_response)
}

async fn render(
    app: &App,
    caller: &Caller,
    opened: Opened,
    typed: Option<(Fields, Errors)>,
) -> Result<Html<String>> {
    let standing = Standing::of(app, caller, &opened).await?;
    let (draft, preview) = match &standing {
        Standing::Issued(letter) => (None, Some(letter.document.clone())),
        Standing::None => (None, None),
        Standing::Draft => {
            let gathered = Gathered::load(app.store(), opened.subject()).await?;
            let preview = gathered.document(opened.subject(), None, app.today())?;
            (Some(draft(app, caller, &opened, &gathered, typed).await?), Some(preview))
        }
    };
    let letter = if let Standing::Issued(letter) = standing { Some(*letter) } else { None };
    let advice = match &letter {
        Some(letter) => advice(app, caller, &opened, letter).await?,
        None => Vec::new(),
    };
    let page = page(app, caller, &opened.at, caller.lang.t("Laporan Hasil Evaluasi")).await?;
    let head = Head::of(app, caller, &opened, "lhe");
    Ok(Html(ReportPage { page, head, letter, draft, preview, advice }.render()?))
}

/// What the letter advises, for those who may enter it into the register.
async fn advice(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    letter: &Letter,
) -> Result<Vec<(String, String)>> {
    if !opened.at.reached.allows(caller, Want::OpenFollowUp) {
        return Ok(Vec::new());
    }
    let wording = letter::wording(app.store(), opened.lke.id).await?.unwrap_or_default();
    let (unit, year) = (&opened.at.reached.unit.code, opened.at.year);
    let link = |text: String| {
        let (what, origin) = (encode(&text), encode(&letter.number));
        let href =
            format!("/unit/{unit}/tindak-lanjut/baru?tahun={year}&sumber=lhe&temuan={what}&asal={origin}");
        (text, href)
    };
    Ok(wording.advice.into_iter().map(link).collect())
}

async fn draft(
    app: &App,
    caller: &Caller,
    opened: &Opened,
    gathered: &Gathered,
    typed: Option<(Fields, Errors)>,
) -> Result<Draft> {
    let (fields, errors) = typed.unwrap_or_else(|| (Fields::of(&gathered.wording), Errors::default()));
    let missing = gathered.missing(opened.subject(), app.today());
    let chosen = fields.rekomendasi.clone();
    let choice = |predicate: &bening_core::instrument::Predicate| Choice {
        label: predicate.name.clone(),
        href: predicate.code.clone(),
        here: predicate.code == chosen,
    };
    let dated = gathered.wording.dated.unwrap_or_else(|| app.today());
    let may_issue = allows(caller, Want::IssueLhe, &opened.at.scope);
    Ok(Draft {
        predicates: opened.edition.predicates.iter().map(choice).collect(),
        fields,
        errors,
        doubts: gathered.doubts(opened.subject(), app.today()),
        missing: missing.iter().map(|missing| caller.lang.t(&missing.to_string()).into_owned()).collect(),
        may_issue: if may_issue { Issuing::Theirs } else { Issuing::Others },
        coming: letter::coming(app.store(), KIND, opened.at.reached.unit.code.as_str(), dated).await?,
    })
}

/// What of the report somebody may see.
enum Standing {
    /// The letter that was issued, for everybody who reads the unit.
    Issued(Box<Letter>),
    /// A draft, for the assessors.
    Draft,
    /// Nothing yet.
    None,
}

impl Standing {
    /// The letter counts until the assessment was submitted anew; then assessors see the next draft. A blind second
    /// reader sees neither.
    async fn of(app: &App, caller: &Caller, opened: &Opened) -> Result<Self> {
        if opened.is_blind {
            return Ok(Self::None);
        }
        let newest = letter::about(app.store(), KIND, opened.lke.id).await?.into_iter().next();
        let writes = allows(caller, Want::WriteLhe, &opened.at.scope);
        Ok(match newest {
            Some(letter) if !writes || letter.round >= opened.subject().round() => {
                Self::Issued(Box::new(letter))
            }
            None if !writes => Self::None,
            _ => Self::Draft,
        })
    }
}

/// Saves what assessors write on the report.
///
/// # Errors
/// When the caller is no assessor of the unit; what is wrong with the fields comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let at = reach_year(&app, &caller, &path, Want::WriteLhe).await?;
    let lke = bening_store::lke::find(app.store(), at.reached.unit.id, at.year).await?;
    let opened = open(&app, &caller, at, lke.ok_or(AppError::NotFound)?).await?;
    let wording = match typed.read(&opened.edition) {
        Ok(wording) => wording,
        Err(errors) => {
            let page = render(&app, &caller, opened, Some((typed, errors))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let tx = app.store().begin().await?;
    let before = letter::wording_now(&tx, opened.lke.id).await?;
    letter::save_wording(&tx, opened.lke.id, &wording).await?;
    let entry = Entry::new(caller.audit(), "lhe.saved", opened.lke.id.0).of_unit(opened.at.reached.unit.id);
    tx.commit(entry.before(before).after(&wording), app.now()).await?;
    let to = format!("{}/lhe", opened.at.address());
    Ok(flash::done(see_other(&to), caller.lang.t("Teks laporan disimpan.")))
}
