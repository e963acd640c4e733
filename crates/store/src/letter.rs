//! Official letters: what assessors wrote on a report, and letters as they were issued.
//!
//! **Invariant**: a number is drawn under the lock of its series and kept in the same write as its letter, so that
//! none is given twice and none is lost. A letter is written once and never changed.

use bening_core::document::Document;
use bening_core::id::{LetterId, LkeId, PersonId, UnitId};
use bening_core::letter::{Kind, Last, Pattern};
use bening_core::lke::report::{Assessor, Wording};
use bening_core::time::Year;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::letter::{letter, lke_report};
use crate::entity::team::{team, team_member, team_unit};
use crate::number_series::{self, Held, Name};
use crate::{Result, Store, WriteTx, kept, person, unreadable};

/// A letter that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Identity.
    pub id: LetterId,
    /// What it is.
    pub kind: Kind,
    /// Its place in the series of its year.
    pub counter: u32,
    /// Its number as written.
    pub number: String,
    /// Its date.
    pub dated: NaiveDate,
    /// The worksheet it is about.
    pub lke: LkeId,
    /// The round of the assessment it reports.
    pub round: u32,
    /// What was printed; prints as the same bytes ever after.
    pub document: Document,
    /// Who issued it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// The team that assesses a unit, and its letter of assignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assignment {
    /// Number of the letter of assignment; may be empty.
    pub letter: String,
    /// Its date.
    pub letter_on: Option<NaiveDate>,
    /// Who, and on which seat.
    pub seats: Vec<Assessor>,
}

/// What assessors wrote on the report of a worksheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn wording(store: &Store, lke: LkeId) -> Result<Option<Wording>> {
    read_wording(store.reads(), lke).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn wording_now(tx: &WriteTx, lke: LkeId) -> Result<Option<Wording>> {
    read_wording(tx.conn(), lke).await
}

async fn read_wording<C: ConnectionTrait>(conn: &C, lke: LkeId) -> Result<Option<Wording>> {
    let row = lke_report::Entity::find_by_id(lke.0).one(conn).await?;
    let read = |row: lke_report::Model| serde_json::from_value(row.wording);
    row.map(read).transpose().map_err(|error| unreadable("lke_report", error.to_string()))
}

/// Keeps what assessors wrote on the report of a worksheet.
///
/// # Errors
/// When the database refuses.
pub async fn save_wording(tx: &WriteTx, lke: LkeId, wording: &Wording) -> Result<()> {
    let wording = serde_json::to_value(wording).map_err(|e| unreadable("lke_report", e.to_string()))?;
    let row = lke_report::Model { lke_id: lke.0, wording }.into_active_model().reset_all();
    let replace =
        OnConflict::column(lke_report::Column::LkeId).update_column(lke_report::Column::Wording).to_owned();
    lke_report::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.conn()).await?;
    Ok(())
}

fn name(kind: Kind) -> Name<'static> {
    Name { key: kind.as_str().to_owned(), shipped: kind.pattern() }
}

/// The pattern of a series.
///
/// # Errors
/// When the database cannot be read.
pub async fn pattern(store: &Store, kind: Kind) -> Result<Pattern> {
    number_series::pattern(store, &name(kind)).await
}

/// Chooses the pattern of a series; letters that were issued keep their numbers.
///
/// # Errors
/// When the database refuses.
pub async fn save_pattern(tx: &WriteTx, kind: Kind, pattern: &Pattern) -> Result<()> {
    number_series::save(tx, &name(kind), pattern).await
}

/// A series, held until the write ends, so that two letters never draw the same number.
///
/// # Errors
/// When the database refuses.
pub async fn lock_series(tx: &WriteTx, kind: Kind, year: i32) -> Result<Held> {
    let pattern = number_series::hold(tx, &name(kind)).await?;
    let last = last(tx.conn(), kind).await?;
    Ok(Held { pattern, last, next: next(tx.conn(), kind, year).await? })
}

async fn last<C: ConnectionTrait>(conn: &C, kind: Kind) -> Result<Option<Last>> {
    let newest = letter::Entity::find()
        .select_only()
        .columns([letter::Column::Number, letter::Column::Dated])
        .filter(letter::Column::Kind.eq(kind.as_str()))
        .order_by_desc(letter::Column::Dated)
        .order_by_desc(letter::Column::Counter);
    let newest = newest.into_tuple::<(String, NaiveDate)>().one(conn).await?;
    Ok(newest.map(|(number, dated)| Last { number, dated }))
}

/// The counter of the next letter of a year.
async fn next<C: ConnectionTrait>(conn: &C, kind: Kind, year: i32) -> Result<u32> {
    let highest = letter::Entity::find()
        .select_only()
        .column(letter::Column::Counter)
        .filter(letter::Column::Kind.eq(kind.as_str()))
        .filter(letter::Column::Year.eq(year as i16))
        .order_by_desc(letter::Column::Counter);
    let highest = highest.into_tuple::<i32>().one(conn).await?;
    Ok(number_series::after(highest))
}

/// The number that a letter of that date would get now, for people to look at; it is not drawn.
///
/// # Errors
/// When the database cannot be read.
pub async fn coming(store: &Store, kind: Kind, unit_code: &str, dated: NaiveDate) -> Result<String> {
    let next = next(store.reads(), kind, dated.year()).await?;
    Ok(pattern(store, kind).await?.number(next, unit_code, dated))
}

/// Keeps a letter as it was issued.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when its number, or a letter about that round, is there already.
pub async fn issue(tx: &WriteTx, new: &Letter) -> Result<()> {
    let document = serde_json::to_value(&new.document);
    let row = letter::Model {
        id: new.id.0,
        kind: new.kind.as_str().to_owned(),
        year: new.dated.year() as i16,
        counter: i32::try_from(new.counter).unwrap_or(i32::MAX),
        number: new.number.clone(),
        dated: new.dated,
        lke_id: new.lke.0,
        round: i32::try_from(new.round).unwrap_or(i32::MAX),
        document: document.map_err(|error| unreadable("letter", error.to_string()))?,
        person_id: new.by.0,
        at: kept(new.at),
    };
    letter::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The letters about a worksheet, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn about(store: &Store, kind: Kind, lke: LkeId) -> Result<Vec<Letter>> {
    let rows = letter::Entity::find()
        .filter(letter::Column::Kind.eq(kind.as_str()))
        .filter(letter::Column::LkeId.eq(lke.0))
        .order_by_desc(letter::Column::Round)
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| from_row(row, kind)).collect()
}

fn from_row(row: letter::Model, kind: Kind) -> Result<Letter> {
    let document = serde_json::from_value(row.document);
    Ok(Letter {
        id: LetterId(row.id),
        kind,
        counter: row.counter.unsigned_abs(),
        number: row.number,
        dated: row.dated,
        lke: LkeId(row.lke_id),
        round: row.round.unsigned_abs(),
        document: document.map_err(|error| unreadable("letter", error.to_string()))?,
        by: PersonId(row.person_id),
        at: row.at,
    })
}

/// The first team by name that assesses a unit in a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn assignment(store: &Store, unit: UnitId, year: Year) -> Result<Assignment> {
    let given =
        team_unit::Entity::find().filter(team_unit::Column::UnitId.eq(unit.0)).all(store.reads()).await?;
    let found = team::Entity::find()
        .filter(team::Column::Year.eq(year.get() as i16))
        .filter(team::Column::Id.is_in(given.iter().map(|row| row.team_id)))
        .order_by_asc(team::Column::Name)
        .one(store.reads())
        .await?;
    let Some(found) = found else {
        return Ok(Assignment::default());
    };
    let seats = team_member::Entity::find()
        .filter(team_member::Column::TeamId.eq(found.id))
        .order_by_asc(team_member::Column::PersonId)
        .all(store.reads())
        .await?;
    let people = person::by_ids(store, seats.iter().map(|row| PersonId(row.person_id))).await?;
    let named = |row: team_member::Model| {
        let name = people.iter().find(|person| person.id.0 == row.person_id)?.name.clone();
        Some(Assessor { name, seat: row.seat })
    };
    let seats = seats.into_iter().filter_map(named).collect();
    Ok(Assignment { letter: found.letter, letter_on: found.letter_on, seats })
}
