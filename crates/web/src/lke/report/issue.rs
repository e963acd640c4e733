//! Issuing a report: its number is drawn and what is printed is kept, in one write.

use axum::extract::{Path, State};
use bening_core::access::Action as Want;
use bening_core::audit::Entry;
use bening_core::id::{LetterId, PersonId};
use bening_core::letter::may_draw;
use bening_core::lke::report::Missing;
use bening_store::letter::{self, Letter};
use bening_store::{WriteTx, lke};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::{Value, json};

use super::KIND;
use super::gather::{Gathered, Subject};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Nothing, Posted, see_other};
use crate::lke::reach::{LkePath, Opened, open, reach_year};

/// Issues the report of a worksheet.
///
/// # Errors
/// When the caller may not, something is missing, or the date lies before the last letter.
pub async fn issue(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<LkePath>,
    _: Posted<Nothing>,
) -> Result {
    let at = reach_year(&app, &caller, &path, Want::IssueLhe).await?;
    let found = lke::find(app.store(), at.reached.unit.id, at.year).await?.ok_or(AppError::NotFound)?;
    let opened = open(&app, &caller, at, found).await?;
    refuse_second(&app, &opened).await?;
    let gathered = Gathered::load(app.store(), opened.subject()).await?;

    let tx = app.store().begin().await?;
    let held = lke::lock(&tx, opened.at.reached.unit.id, opened.at.year).await?.ok_or(AppError::NotFound)?;
    let opened = open(&app, &caller, opened.at, held).await?;
    let kept = letter::wording_now(&tx, opened.lke.id).await?.unwrap_or_default();
    let gathered = gathered.with(opened.subject(), kept);
    let new =
        draw(&tx, &gathered, opened.subject(), Issuer { by: caller.id(), at: app.now(), today: app.today() })
            .await?;
    letter::issue(&tx, &new).await?;
    let after = json!({ "number": new.number, "dated": new.dated, "round": new.round });
    let entry = Entry::new(caller.audit(), "lhe.issued", new.id.0).of_unit(opened.at.reached.unit.id);
    tx.commit(entry.before(Value::Null).after(after), app.now()).await?;

    let text = caller.lang.t("Laporan diterbitkan dengan nomor %{nomor}.").replace("%{nomor}", &new.number);
    Ok(flash::done(see_other(&format!("{}/lhe", opened.at.address())), text))
}

async fn refuse_second(app: &App, opened: &Opened) -> Result<()> {
    let issued = letter::about(app.store(), KIND, opened.lke.id).await?;
    match issued.iter().find(|letter| letter.round >= opened.subject().round()) {
        None => Ok(()),
        Some(letter) => Err(AppError::Refused(format!(
            "laporan atas penilaian ini sudah terbit dengan nomor {}; buka kembali penilaian bila harus diubah",
            letter.number
        ))),
    }
}

/// Who issues a letter, and when.
#[derive(Debug, Clone, Copy)]
pub struct Issuer {
    /// Who.
    pub by: PersonId,
    /// This moment.
    pub at: DateTime<Utc>,
    /// Today where the agency is.
    pub today: NaiveDate,
}

/// The letter with the next number of its series; the write under way keeps it with [`letter::issue`].
///
/// # Errors
/// When something is missing, or the date lies before the last letter.
pub async fn draw(tx: &WriteTx, gathered: &Gathered, subject: Subject<'_>, issuer: Issuer) -> Result<Letter> {
    let dated = complete(subject, gathered, issuer.today)?;
    let series = letter::lock_series(tx, KIND, dated.year()).await?;
    may_draw(series.last.as_ref(), dated, issuer.today).map_err(|no| AppError::Refused(no.to_string()))?;
    let number = series.pattern.number(series.next, subject.unit.code.as_str(), dated);
    Ok(Letter {
        id: LetterId(chance::fresh()),
        kind: KIND,
        counter: series.next,
        document: gathered.document(subject, Some(&number), issuer.today)?,
        number,
        dated,
        lke: subject.lke.id,
        round: subject.round(),
        by: issuer.by,
        at: issuer.at,
    })
}

/// The date of a report that lacks nothing.
fn complete(subject: Subject<'_>, gathered: &Gathered, today: NaiveDate) -> Result<NaiveDate> {
    let missing = gathered.missing(subject, today);
    let texts: Vec<String> = missing.iter().map(Missing::to_string).collect();
    match gathered.wording.dated {
        Some(dated) if texts.is_empty() => Ok(dated),
        _ => Err(AppError::Refused(format!("laporan belum dapat diterbitkan: {}", texts.join("; ")))),
    }
}
