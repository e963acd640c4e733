//! Sealed reports of whistleblowers. What a reporter sends is kept without an entry of the trail: the trail would tell
//! the hour. What keepers do is committed like everything else.

use bening_core::id::{KeeperId, PersonId, ReportId, UnitId};
use bening_core::wbs::{Author, Duty, Erased, Keeper, Message, Outcome, Report, State};
use chrono::{Datelike, NaiveDate};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entity::unit::unit;
use crate::entity::wbs::{wbs_attachment, wbs_erased, wbs_keeper, wbs_message, wbs_reader, wbs_report};
use crate::{Result, Store, WriteTx, unreadable};

/// Keepers of a unit.
///
/// # Errors
/// When the database cannot be read.
pub async fn keepers(store: &Store, unit: UnitId) -> Result<Vec<Keeper>> {
    let wanted = wbs_keeper::Entity::find().filter(wbs_keeper::Column::UnitId.eq(unit.0));
    let rows = wanted.order_by_asc(wbs_keeper::Column::Id).all(store.reads()).await?;
    rows.into_iter().map(to_keeper).collect()
}

/// Names a keeper.
///
/// # Errors
/// When the database refuses, or they have this duty already.
pub async fn add_keeper(tx: &WriteTx, keeper: &Keeper) -> Result<()> {
    let row = from_keeper(keeper).into_active_model().reset_all();
    wbs_keeper::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Keeps the key that a keeper made, or that they keep nothing from now on.
///
/// # Errors
/// When the database refuses.
pub async fn change_keeper(tx: &WriteTx, keeper: &Keeper) -> Result<()> {
    from_keeper(keeper).into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

/// Reports that were given to one of these keepers, newest day first.
///
/// # Errors
/// When the database cannot be read.
pub async fn given_to(store: &Store, keepers: &[KeeperId]) -> Result<Vec<Report>> {
    let of = wbs_reader::Column::KeeperId.is_in(keepers.iter().map(|keeper| keeper.0));
    let given = wbs_reader::Entity::find().filter(of).all(store.reads()).await?;
    let wanted = wbs_report::Column::Id.is_in(given.into_iter().map(|row| row.report_id));
    let found = wbs_report::Entity::find().filter(wanted);
    let rows = found.order_by_desc(wbs_report::Column::ArrivedOn).order_by_asc(wbs_report::Column::Id);
    rows.all(store.reads()).await?.into_iter().map(to_report).collect()
}

/// Reports of a unit that go on, each with the keepers it was given to.
///
/// # Errors
/// When the database cannot be read.
pub async fn underway(store: &Store, unit: UnitId) -> Result<Vec<Vec<KeeperId>>> {
    let open = wbs_report::Entity::find()
        .filter(wbs_report::Column::UnitId.eq(unit.0))
        .filter(wbs_report::Column::State.ne(State::Closed.as_str()));
    let mut given = Vec::new();
    for report in open.all(store.reads()).await? {
        given.push(readers(store, ReportId(report.id)).await?);
    }
    Ok(given)
}

/// Keepers that were given a report.
///
/// # Errors
/// When the database cannot be read.
pub async fn readers(store: &Store, report: ReportId) -> Result<Vec<KeeperId>> {
    let of = wbs_reader::Column::ReportId.eq(report.0);
    let rows = wbs_reader::Entity::find().filter(of).all(store.reads()).await?;
    Ok(rows.into_iter().map(|row| KeeperId(row.keeper_id)).collect())
}

/// The report of a receipt, by the slow hash of it.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_receipt(store: &Store, unit: UnitId, hash: &str) -> Result<Option<Report>> {
    let wanted = wbs_report::Entity::find()
        .filter(wbs_report::Column::UnitId.eq(unit.0))
        .filter(wbs_report::Column::ReceiptHash.eq(hash));
    wanted.one(store.reads()).await?.map(to_report).transpose()
}

/// The conversation of a report, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn messages(store: &Store, report: ReportId) -> Result<Vec<Message>> {
    let of = wbs_message::Column::ReportId.eq(report.0);
    let rows =
        wbs_message::Entity::find().filter(of).order_by_asc(wbs_message::Column::Number).all(store.reads());
    rows.await?.into_iter().map(to_message).collect()
}

/// Keeps a new report with its first message and those it is given to; no trail knows the moment.
///
/// # Errors
/// When the database refuses.
pub async fn take(
    store: &Store,
    report: &Report,
    first: (Uuid, &Message),
    to: &[(Uuid, KeeperId)],
    files: &[SealedFile],
) -> Result<()> {
    let tx = store.begin().await?;
    let row = from_report(report).into_active_model().reset_all();
    wbs_report::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    for (id, keeper) in to {
        let row = wbs_reader::Model { id: *id, report_id: report.id.0, keeper_id: keeper.0 };
        let row = row.into_active_model().reset_all();
        wbs_reader::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    }
    say(&tx, report.id, first).await?;
    attach(&tx, report.id, first.1.on_day, files).await?;
    tx.commit_answers().await
}

/// Keeps what the reporter adds; no trail knows the moment.
///
/// # Errors
/// When the database refuses.
pub async fn reply(
    store: &Store,
    report: &Report,
    said: (Uuid, &Message),
    files: &[SealedFile],
) -> Result<()> {
    let tx = store.begin().await?;
    hold(&tx, report.unit).await?;
    say(&tx, report.id, said).await?;
    attach(&tx, report.id, said.1.on_day, files).await?;
    tx.commit_answers().await
}

/// A sealed file that comes along with a message.
pub type SealedFile = (Uuid, Vec<u8>);

async fn attach(tx: &WriteTx, report: ReportId, on_day: NaiveDate, files: &[SealedFile]) -> Result<()> {
    for (id, sealed) in files {
        let row = wbs_attachment::Model { id: *id, report_id: report.0, sealed: sealed.clone(), on_day };
        let row = row.into_active_model().reset_all();
        wbs_attachment::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// The sealed files of a report, by the day they came.
///
/// # Errors
/// When the database cannot be read.
pub async fn attachments(store: &Store, report: ReportId) -> Result<Vec<(Uuid, Vec<u8>)>> {
    let of = wbs_attachment::Entity::find().filter(wbs_attachment::Column::ReportId.eq(report.0));
    let rows = of.order_by_asc(wbs_attachment::Column::OnDay).order_by_asc(wbs_attachment::Column::Id);
    Ok(rows.all(store.reads()).await?.into_iter().map(|row| (row.id, row.sealed)).collect())
}

/// Keeps what a recipient answers.
///
/// # Errors
/// When the database refuses.
pub async fn answer(tx: &WriteTx, report: &Report, said: (Uuid, &Message)) -> Result<()> {
    hold(tx, report.unit).await?;
    say(tx, report.id, said).await
}

/// Two messages at once must not take the same number.
async fn hold(tx: &WriteTx, of: UnitId) -> Result<()> {
    use sea_orm::QuerySelect as _;
    unit::Entity::find_by_id(of.0).lock_exclusive().one(tx.conn()).await?;
    Ok(())
}

async fn say(tx: &WriteTx, report: ReportId, (id, message): (Uuid, &Message)) -> Result<()> {
    let of = wbs_message::Column::ReportId.eq(report.0);
    let count = wbs_message::Entity::find().filter(of).count(tx.conn()).await?;
    let row = wbs_message::Model {
        id,
        report_id: report.0,
        number: i32::try_from(count).unwrap_or(i32::MAX),
        author: message.author.as_str().to_owned(),
        sealed: message.sealed.clone(),
        on_day: message.on_day,
    };
    let row = row.into_active_model().reset_all();
    wbs_message::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Keeps how far a report is.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, report: &Report) -> Result<()> {
    from_report(report).into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

/// Deletes the reports that were closed on a day or before, with all that belongs to them; how many.
///
/// # Errors
/// When the database refuses.
pub async fn erase_closed(tx: &WriteTx, until: NaiveDate) -> Result<usize> {
    let old =
        wbs_report::Entity::find().filter(wbs_report::Column::ClosedOn.lte(until)).all(tx.conn()).await?;
    for report in &old {
        remember(tx, report).await?;
        let (said, given) = (wbs_message::Column::ReportId, wbs_reader::Column::ReportId);
        wbs_message::Entity::delete_many().filter(said.eq(report.id)).exec(tx.conn()).await?;
        wbs_reader::Entity::delete_many().filter(given.eq(report.id)).exec(tx.conn()).await?;
        let sent = wbs_attachment::Column::ReportId.eq(report.id);
        wbs_attachment::Entity::delete_many().filter(sent).exec(tx.conn()).await?;
        wbs_report::Entity::delete_by_id(report.id).exec(tx.conn()).await?;
    }
    Ok(old.len())
}

/// Counts a report that is about to be erased.
async fn remember(tx: &WriteTx, report: &wbs_report::Model) -> Result<()> {
    let (year, outcome) = (report.arrived_on.year(), report.outcome.clone().unwrap_or_default());
    let kept = wbs_erased::Entity::find()
        .filter(wbs_erased::Column::UnitId.eq(report.unit_id))
        .filter(wbs_erased::Column::Year.eq(year))
        .filter(wbs_erased::Column::Outcome.eq(&outcome));
    match kept.one(tx.conn()).await? {
        Some(row) => {
            let row = wbs_erased::Model { reports: row.reports.saturating_add(1), ..row };
            row.into_active_model().reset_all().update(tx.conn()).await?;
        }
        None => {
            // The identity of the first report that is counted here is free from now on.
            let row = wbs_erased::Model { id: report.id, unit_id: report.unit_id, year, outcome, reports: 1 };
            let row = row.into_active_model().reset_all();
            wbs_erased::Entity::insert(row).exec_without_returning(tx.conn()).await?;
        }
    }
    Ok(())
}

/// The reports of a unit, sealed as they are, and how many were erased: for counting, not for reading.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted(store: &Store, unit: UnitId) -> Result<(Vec<Report>, Vec<Erased>)> {
    let living = wbs_report::Entity::find().filter(wbs_report::Column::UnitId.eq(unit.0));
    let living = living.all(store.reads()).await?.into_iter().map(to_report).collect::<Result<_>>()?;
    let gone = wbs_erased::Entity::find().filter(wbs_erased::Column::UnitId.eq(unit.0));
    let gone = gone.all(store.reads()).await?.into_iter().map(|row| Erased {
        year: row.year,
        outcome: Outcome::parse(&row.outcome),
        reports: usize::try_from(row.reports).unwrap_or_default(),
    });
    Ok((living, gone.collect()))
}

fn from_keeper(keeper: &Keeper) -> wbs_keeper::Model {
    wbs_keeper::Model {
        id: keeper.id.0,
        unit_id: keeper.unit.0,
        person_id: keeper.person.0,
        duty: keeper.duty.as_str().to_owned(),
        public_key: keeper.public_key.clone(),
        sealed_key: keeper.sealed_key.clone(),
        ended_on: keeper.ended_on,
    }
}

fn to_keeper(row: wbs_keeper::Model) -> Result<Keeper> {
    Ok(Keeper {
        id: KeeperId(row.id),
        unit: UnitId(row.unit_id),
        person: PersonId(row.person_id),
        duty: Duty::parse(&row.duty).ok_or_else(|| unreadable("wbs_keeper", "duty"))?,
        public_key: row.public_key,
        sealed_key: row.sealed_key,
        ended_on: row.ended_on,
    })
}

fn from_report(report: &Report) -> wbs_report::Model {
    wbs_report::Model {
        id: report.id.0,
        unit_id: report.unit.0,
        receipt_hash: report.receipt_hash.clone(),
        public_key: report.public_key.clone(),
        sealed_key: report.sealed_key.clone(),
        sealed_identity: report.sealed_identity.clone(),
        state: report.state.as_str().to_owned(),
        arrived_on: report.arrived_on,
        closed_on: report.closed_on,
        outcome: report.outcome.map(|outcome| outcome.as_str().to_owned()),
    }
}

fn to_report(row: wbs_report::Model) -> Result<Report> {
    Ok(Report {
        id: ReportId(row.id),
        unit: UnitId(row.unit_id),
        receipt_hash: row.receipt_hash,
        public_key: row.public_key,
        sealed_key: row.sealed_key,
        sealed_identity: row.sealed_identity,
        state: State::parse(&row.state).ok_or_else(|| unreadable("wbs_report", "state"))?,
        arrived_on: row.arrived_on,
        closed_on: row.closed_on,
        outcome: row.outcome.as_deref().and_then(Outcome::parse),
    })
}

fn to_message(row: wbs_message::Model) -> Result<Message> {
    let author = match row.author.as_str() {
        "reporter" => Author::Reporter,
        "desk" => Author::Desk,
        _ => return Err(unreadable("wbs_message", "author")),
    };
    Ok(Message { author, sealed: row.sealed, on_day: row.on_day })
}
