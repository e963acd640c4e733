//! Loading an agency's own edition or wording: read, shown as what it would change, kept on a second yes. Both
//! steps run the same checks of core; nothing is kept of a file with a problem.

use axum::extract::State;
use bening_core::access::{Action as Want, Scope};
use bening_core::audit::Entry;
use bening_core::instrument::{
    Instrument, OwnFile, OwnKind, Problem, Reworded, admit_edition, admit_labels, in_force, reworded,
    to_labels, wordings,
};
use bening_store::instrument::{self as store, Loaded};
use serde::Deserialize;
use serde_json::json;

use super::list::{Outcome, address, render, validity};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, Upload, UploadedFile, see_other};
use crate::reach::demand;

/// A sound file, before it is kept.
pub(super) struct Preview {
    /// "edition" or "labels".
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) edition: String,
    pub(super) title: String,
    pub(super) validity: String,
    pub(super) questions: usize,
    pub(super) conditions: usize,
    pub(super) changes: Vec<Reworded>,
}

/// A file that was shown and is to be kept.
#[derive(Debug, Default, Deserialize)]
pub struct Kept {
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    nama: String,
    #[serde(default)]
    isi: String,
}

type Checked = std::result::Result<OwnFile, Vec<Problem>>;

/// Shows what a file would change.
///
/// # Errors
/// When the caller may not manage the agency; what is wrong with the file comes back with the page.
pub async fn load(State(app): State<App>, caller: Caller, upload: Upload) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let edition = upload.field("edisi").to_owned();
    let Some(file) = upload.files.into_iter().find(|file| file.field == "berkas") else {
        let missing = caller.lang.t("Pilih berkas lebih dulu.").to_string();
        return render(&app, &caller, Outcome::Problems(vec![missing])).await;
    };
    let own = own_files(&app).await?;
    let day = app.today();
    let checked = app
        .hash(move || {
            let editions = in_force(&own).editions;
            let wanted = editions.by_id(&edition).or_else(|| editions.for_day(day)).cloned();
            let file = check(&own, wanted.as_deref(), &file)?;
            Ok::<_, Vec<Problem>>((own, file))
        })
        .await
        .ok_or(AppError::Interrupted)?;
    let outcome = match checked {
        Ok((own, file)) => Outcome::Sound(Box::new(preview(&caller, own, file)?)),
        Err(problems) => Outcome::Problems(problems.iter().map(ToString::to_string).collect()),
    };
    render(&app, &caller, outcome).await
}

async fn own_files(app: &App) -> Result<Vec<OwnFile>> {
    Ok(store::current(app.store()).await?.into_iter().map(|loaded| loaded.file).collect())
}

/// A table becomes wording for the edition that was chosen; a text says itself what it is.
fn check(own: &[OwnFile], edition: Option<&Instrument>, file: &UploadedFile) -> Checked {
    let problem = |reason: String| vec![Problem { file: file.name.clone(), line: 1, reason }];
    let lower = file.name.to_lowercase();
    if lower.ends_with(".toml") {
        let text = String::from_utf8(file.bytes.to_vec())
            .map_err(|_| problem("berkas TOML harus berupa teks UTF-8".to_owned()))?;
        return admit(own, &file.name, &text);
    }
    let rows = bening_intake::read_table(&file.bytes).map_err(|error| problem(error.to_string()))?;
    let rows = wordings(&file.name, &rows)?;
    let edition = edition.ok_or_else(|| problem("tidak ada edisi yang berlaku hari ini".to_owned()))?;
    admit_labels(own, &file.name, &to_labels(&file.name, &rows, edition, &file.name)?)
}

/// An edition has an id; wording names the edition it is for.
fn admit(own: &[OwnFile], name: &str, text: &str) -> Checked {
    let is_wording = bening_core::instrument::Labels::edition_of(name, text).is_ok();
    if is_wording { admit_labels(own, name, text) } else { admit_edition(own, name, text) }
}

/// What is in force with a file in the place of its earlier version.
fn with(own: Vec<OwnFile>, file: &OwnFile) -> Vec<OwnFile> {
    let others = own.into_iter().filter(|known| known.kind != file.kind || known.edition != file.edition);
    others.chain([file.clone()]).collect()
}

fn preview(caller: &Caller, own: Vec<OwnFile>, file: OwnFile) -> Result<Preview> {
    let before = in_force(&own).editions;
    let after = in_force(&with(own, &file)).editions;
    let edition = after.by_id(&file.edition).ok_or(AppError::NotFound)?;
    let compared = before.by_id(edition.replaces.as_deref().unwrap_or(&file.edition));
    let compared = before.by_id(&file.edition).or(compared);
    Ok(Preview {
        kind: file.kind.code(),
        edition: edition.id.clone(),
        title: edition.title.clone(),
        validity: validity(caller, edition),
        questions: edition.questions().count(),
        conditions: edition.conditions.len(),
        changes: compared.map(|before| reworded(before, edition)).unwrap_or_default(),
        name: file.name,
        text: file.text,
    })
}

/// Keeps a file that was shown.
///
/// # Errors
/// When the caller may not; what is wrong with the file comes back with the page.
pub async fn save(State(app): State<App>, caller: Caller, Posted(kept): Posted<Kept>) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    let own = own_files(&app).await?;
    // A form sends line ends as two signs.
    let text = kept.isi.replace("\r\n", "\n");
    let name: String = kept.nama.chars().filter(|c| !c.is_control()).take(200).collect();
    let checked = match OwnKind::from_code(&kept.jenis) {
        Some(OwnKind::Labels) => admit_labels(&own, &name, &text),
        _ => admit_edition(&own, &name, &text),
    };
    match checked {
        Ok(file) => keep(&app, &caller, file).await,
        Err(problems) => {
            let problems = problems.iter().map(ToString::to_string).collect();
            render(&app, &caller, Outcome::Problems(problems)).await
        }
    }
}

async fn keep(app: &App, caller: &Caller, file: OwnFile) -> Result {
    let (id, at) = (chance::fresh(), app.now());
    let to = address(&file.edition);
    let event = file.kind.event();
    let told = json!({ "edition": file.edition, "file": file.name, "bytes": file.text.len() });
    let new = Loaded { id, file, version: 0, loaded_by: Some(caller.id()), loaded_at: at };
    let tx = app.store().begin().await?;
    store::load(&tx, new).await?;
    tx.commit(Entry::new(caller.audit(), event, id).after(told), at).await?;
    Ok(flash::done(see_other(&to), caller.lang.t("Instrumen dimuat dan langsung berlaku.")))
}
