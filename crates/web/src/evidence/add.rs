//! Bringing evidence: files from a form, uploads that arrived before it, links, new versions. First the file is
//! whole in its place, then the row with its entry in the trail is written; never the other way round.

use axum::extract::{Path, Query, Request, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::evidence::{self, Details, Evidence, Rules, Secrecy, StoredFile, Target, Use, Version};
use bening_core::id::{JobId, ProofId, UseId};
use bening_core::job::{New, Task};
use bening_core::time::Year;
use bening_store::{StoreError, WriteTx, evidence as store, job};
use chrono::{DateTime, NaiveDate};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::given::{Arrived, Given};
use super::proof::demand_target;
use super::{EvidencePath, address, may_change, reach_evidence};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Posted, see_other};
use crate::reach::{Reached, reach_unit};

/// What it is brought for.
#[derive(Debug, Default, Deserialize)]
pub struct For {
    #[serde(default)]
    untuk: String,
}

/// Details as typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    pub(super) judul: String,
    #[serde(default)]
    pub(super) jenis: String,
    #[serde(default)]
    pub(super) tanggal: String,
    #[serde(default)]
    pub(super) nomor: String,
    #[serde(default)]
    pub(super) berlaku: String,
    #[serde(default)]
    pub(super) sifat: String,
    #[serde(default)]
    pub(super) tautan: String,
}

impl Typed {
    fn of(given: &Given) -> Self {
        let field = |name| given.field(name).to_owned();
        Self {
            judul: field("judul"),
            jenis: field("jenis"),
            tanggal: field("tanggal"),
            nomor: field("nomor"),
            berlaku: field("berlaku"),
            sifat: field("sifat"),
            tautan: String::new(),
        }
    }

    /// What it says, or why it cannot be kept.
    pub(super) fn details(&self) -> Result<Details> {
        let refused = |text: &str| AppError::Refused(text.to_owned());
        let (day, year) = (self.tanggal.trim(), self.berlaku.trim());
        let dated = (!day.is_empty()).then(|| NaiveDate::parse_from_str(day, "%Y-%m-%d")).transpose();
        let valid_for = (!year.is_empty()).then(|| year.parse::<Year>()).transpose();
        let details = Details {
            title: self.judul.clone(),
            kind: self.jenis.clone(),
            dated: dated.map_err(|_| refused("tanggal bukti tidak terbaca; pilih dari kalender"))?,
            number: self.nomor.clone(),
            valid_for: valid_for.map_err(|_| refused("tahun berlaku ditulis empat angka, misalnya 2020"))?,
            secrecy: Secrecy::parse(&self.sifat).unwrap_or(Secrecy::Open),
        };
        Ok(details.checked(Rules::shipped())?)
    }

    /// The same, named after a file when no title was typed or several files share the form.
    fn for_file(&self, file: &Arrived, alone: usize) -> Self {
        let stem = evidence::file_name(&file.name, "x");
        let stem = stem.trim_end_matches(".x").to_owned();
        let judul = if alone == 1 && !self.judul.trim().is_empty() { self.judul.clone() } else { stem };
        Self { judul, ..self.clone() }
    }
}

/// What somebody brings evidence to, when they may.
pub(super) struct Goal {
    pub(super) reached: Reached,
    target: Option<Target>,
    back: String,
}

/// The unit of an address and what the evidence is for, if the caller may bring it.
pub(super) async fn goal(app: &App, caller: &Caller, unit: &str, asked: &For) -> Result<Goal> {
    let reached = reach_unit(app, caller, unit, Want::ReadUnit).await?;
    if asked.untuk.is_empty() {
        reached.demand(caller, Want::AddEvidence)?;
        let back = address(&reached);
        return Ok(Goal { reached, target: None, back });
    }
    let target = Target::parse(&asked.untuk).ok_or(AppError::NotFound)?;
    let proof = demand_target(app, caller, &reached, &target).await?;
    Ok(Goal { reached, target: Some(target), back: proof.href })
}

/// Keeps the files of a form, each as a piece of its own.
///
/// # Errors
/// When the caller may not bring evidence here. Of several files, those that are refused are named and the others
/// kept.
pub async fn add(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(asked): Query<For>,
    request: Request,
) -> Result {
    let goal = goal(&app, &caller, &unit, &asked).await?;
    let given = Given::read(&app, &caller, goal.reached.unit.id, request).await?;
    let typed = Typed::of(&given);
    let count = given.files.len();
    if count == 0 {
        return Err(AppError::Refused("pilih berkas lebih dulu".to_owned()));
    }
    let mut refused = Vec::new();
    let mut files = given.files.into_iter();
    while let Some(file) = files.next() {
        let name = file.name.chars().take(80).collect::<String>();
        let typed = typed.for_file(&file, count);
        if let Err(error) = keep(&app, &caller, &goal, &typed, file).await {
            if count == 1 || error.status().is_server_error() {
                for waiting in files {
                    waiting.staged.leave().await;
                }
                return Err(error);
            }
            refused.push(format!("{name}: {}", error.said(caller.lang)));
        }
    }
    let done = caller.lang.tn("%{n} berkas disimpan.", count - refused.len());
    Ok(flash::done(see_other(&goal.back), format!("{done} {}", refused.join(" "))))
}

async fn keep(app: &App, caller: &Caller, goal: &Goal, typed: &Typed, file: Arrived) -> Result<()> {
    let id = ProofId(file.id);
    let ready = match typed.details() {
        Ok(details) => stored(app, &file).await.map(|stored| (details, stored)),
        Err(error) => Err(error),
    };
    let outcome = match ready {
        Ok((details, stored)) => record(app, caller, goal, (id, details, String::new()), Some(stored)).await,
        Err(error) => Err(error),
    };
    // An upload that may be resumed stays where it is when only its place was out of reach.
    match &outcome {
        Err(error) if error.status().is_server_error() => file.staged.leave().await,
        _ => file.staged.discard().await,
    }
    outcome
}

/// Looks at what the file is, then puts it in its place.
async fn stored(app: &App, file: &Arrived) -> Result<StoredFile> {
    if let Some(scanner) = &app.settings().outside.scanner {
        scanner.look_at(file.staged.path()).await?;
    }
    let path = file.staged.path().to_owned();
    let media = app.hash(move || bening_intake::evidence::media_of(&path, Rules::shipped())).await;
    let media = media.ok_or(AppError::Interrupted)??;
    let (sha256, size) = app.store().files()?.keep(&file.staged, app.now()).await?;
    let name = evidence::file_name(&file.name, &media.extension);
    Ok(StoredFile { sha256, size, media: media.media_type.clone(), name })
}

/// Writes the rows and their entry in the trail. The same upload sent twice is there already.
async fn record(
    app: &App,
    caller: &Caller,
    goal: &Goal,
    (id, details, link): (ProofId, Details, String),
    file: Option<StoredFile>,
) -> Result<()> {
    let (unit, by, at) = (goal.reached.unit.id, caller.id(), app.now());
    let after = json!({ "details": details, "link": link, "file": file, "for": goal.target });
    let is_link = !link.is_empty();
    let tx = app.store().begin().await?;
    match store::add(&tx, &Evidence { id, unit, details, link, owner: by, at }).await {
        Err(StoreError::Duplicate) => return Ok(()),
        other => other?,
    }
    if let Some(file) = file {
        store::add_version(&tx, id, &Version { number: 1, file, by, at }).await?;
        do_soon(app, &tx, Task::ReadTexts).await?;
    }
    if is_link && app.settings().outside.links.is_some() {
        do_soon(app, &tx, Task::CheckLinks).await?;
    }
    if let Some(target) = goal.target.clone() {
        store::attach(&tx, &Use { id: UseId(chance::fresh()), evidence: id, target, by, at }).await?;
    }
    let entry = Entry::new(caller.audit(), "evidence.added", id.0).of_unit(unit).after(after);
    Ok(tx.commit(entry, at).await?)
}

/// Has done soon what is done once a day in any case: a new link asked, a new file read. What comes within a minute
/// shares a job, which runs when the minute is over.
async fn do_soon(app: &App, tx: &WriteTx, task: Task) -> Result<()> {
    let minute = app.now().timestamp().div_euclid(60);
    let (id, key) = (JobId(chance::fresh()), format!("{}:{minute}", task.kind()));
    let run_at = DateTime::from_timestamp((minute + 1) * 60, 0).unwrap_or(app.now());
    job::enqueue(tx, &New { id, task, key, run_at }, app.now()).await?;
    Ok(())
}

/// Keeps a link.
///
/// # Errors
/// When the caller may not bring evidence here, or it is no address of the web.
pub async fn link(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Query(asked): Query<For>,
    Posted(typed): Posted<Typed>,
) -> Result {
    let goal = goal(&app, &caller, &unit, &asked).await?;
    let link = evidence::web_address(&typed.tautan)?;
    let id = ProofId(chance::fresh());
    record(&app, &caller, &goal, (id, typed.details()?, link), None).await?;
    let text = "Tautan disimpan. Tautan dapat mati atau berganti isi: unggah juga berkasnya bila ada.";
    Ok(flash::done(see_other(&goal.back), caller.lang.t(text)))
}

/// Keeps a new version; the old ones stay.
///
/// # Errors
/// When the caller may not change it, or the file is refused.
pub async fn version(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<EvidencePath>,
    request: Request,
) -> Result {
    let opened = reach_evidence(&app, &caller, &path).await?;
    if !may_change(&caller, &opened.reached, &opened.kept) {
        return Err(AppError::Forbidden);
    }
    let mut given = Given::read(&app, &caller, opened.reached.unit.id, request).await?;
    if given.files.len() != 1 {
        given.discard().await;
        return Err(AppError::Refused("pilih satu berkas untuk versi baru".to_owned()));
    }
    let Some(file) = given.files.pop() else { return Err(AppError::Interrupted) };
    let outcome = match stored(&app, &file).await {
        Ok(stored) => supersede(&app, &caller, opened.kept.evidence.id, stored).await,
        Err(error) => Err(error),
    };
    file.staged.discard().await;
    outcome?;
    let to = format!("{}/{}", address(&opened.reached), path.id.parse::<Uuid>().unwrap_or_default());
    Ok(flash::done(see_other(&to), caller.lang.t("Versi baru disimpan; versi lama tetap dapat dibuka.")))
}

async fn supersede(app: &App, caller: &Caller, id: ProofId, file: StoredFile) -> Result<()> {
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, id).await?.ok_or(AppError::NotFound)?;
    let newest = kept.versions.last();
    if newest.is_some_and(|newest| newest.file.sha256 == file.sha256) {
        return Err(AppError::Refused(
            "berkas ini sama dengan versi terbaru; tidak ada yang berubah".to_owned(),
        ));
    }
    let before = json!(newest.map(|newest| &newest.file));
    let (after, at) = (json!(file), app.now());
    let number = newest.map_or(1, |newest| newest.number + 1);
    store::add_version(&tx, id, &Version { number, file, by: caller.id(), at }).await?;
    do_soon(app, &tx, Task::ReadTexts).await?;
    let entry = Entry::new(caller.audit(), "evidence.version.added", id.0).of_unit(kept.evidence.unit);
    Ok(tx.commit(entry.before(before).after(after), at).await?)
}
