//! Integrity pacts: texts, who has to sign, signatures. Texts and signatures are only ever added.

use bening_core::candidacy::pact::{Pact, Signature, Staff, Way};
use bening_core::id::{PactId, PersonId, SignatureId, StaffId, UnitId};
use bening_core::time::Year;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::pact::{pact, pact_signature, pact_staff};
use crate::entity::unit::unit;
use crate::{Result, Store, WriteTx, kept, unreadable};

/// The texts of a unit for a year, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn texts(store: &Store, unit: UnitId, year: Year) -> Result<Vec<Pact>> {
    read_texts(store.reads(), unit, year).await
}

/// The same, with the unit held until the write ends.
///
/// # Errors
/// When the database refuses.
pub async fn lock_texts(tx: &WriteTx, of: UnitId, year: Year) -> Result<Vec<Pact>> {
    unit::Entity::find_by_id(of.0).lock_exclusive().one(tx.conn()).await?;
    read_texts(tx.conn(), of, year).await
}

async fn read_texts<C: ConnectionTrait>(conn: &C, unit: UnitId, year: Year) -> Result<Vec<Pact>> {
    let rows = pact::Entity::find()
        .filter(pact::Column::UnitId.eq(unit.0))
        .filter(pact::Column::Year.eq(year.get() as i16))
        .order_by_desc(pact::Column::Version)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(text_of).collect())
}

fn text_of(row: pact::Model) -> Pact {
    Pact {
        id: PactId(row.id),
        unit: UnitId(row.unit_id),
        year: row.year.into(),
        version: row.version.unsigned_abs(),
        text: row.text,
    }
}

/// Keeps a new version of a text.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when somebody was quicker.
pub async fn add_text(tx: &WriteTx, new: &Pact, by: PersonId, at: DateTime<Utc>) -> Result<()> {
    let row = pact::Model {
        id: new.id.0,
        unit_id: new.unit.0,
        year: new.year as i16,
        version: i32::try_from(new.version).unwrap_or(i32::MAX),
        text: new.text.clone(),
        person_id: by.0,
        at: kept(at),
    };
    pact::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Who has to sign at a unit, and who had to, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn staff(store: &Store, unit: UnitId) -> Result<Vec<Staff>> {
    read_staff(store.reads(), unit).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn staff_now(tx: &WriteTx, unit: UnitId) -> Result<Vec<Staff>> {
    read_staff(tx.conn(), unit).await
}

async fn read_staff<C: ConnectionTrait>(conn: &C, unit: UnitId) -> Result<Vec<Staff>> {
    let of_unit = pact_staff::Column::UnitId.eq(unit.0);
    let rows = pact_staff::Entity::find().filter(of_unit).order_by_asc(pact_staff::Column::Name);
    Ok(rows.order_by_asc(pact_staff::Column::Id).all(conn).await?.into_iter().map(staff_of).collect())
}

fn staff_of(row: pact_staff::Model) -> Staff {
    Staff {
        id: StaffId(row.id),
        unit: UnitId(row.unit_id),
        name: row.name,
        number: row.number,
        title: row.title,
        person: row.person_id.map(PersonId),
        from: row.since,
        until: row.until,
    }
}

fn row_of(one: &Staff) -> pact_staff::ActiveModel {
    let row = pact_staff::Model {
        id: one.id.0,
        unit_id: one.unit.0,
        name: one.name.clone(),
        number: one.number.clone(),
        title: one.title.clone(),
        person_id: one.person.map(|person| person.0),
        since: one.from,
        until: one.until,
    };
    row.into_active_model().reset_all()
}

/// Adds people to the list.
///
/// # Errors
/// When the database refuses.
pub async fn add_staff(tx: &WriteTx, new: &[Staff]) -> Result<()> {
    for one in new {
        pact_staff::Entity::insert(row_of(one)).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// Keeps a changed line of the list.
///
/// # Errors
/// When the database refuses.
pub async fn save_staff(tx: &WriteTx, one: &Staff) -> Result<()> {
    pact_staff::Entity::update(row_of(one)).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The signatures under texts.
///
/// # Errors
/// When the database cannot be read.
pub async fn signatures(store: &Store, texts: &[Pact]) -> Result<Vec<Signature>> {
    read_signatures(store.reads(), texts).await
}

/// The same, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn signatures_now(tx: &WriteTx, texts: &[Pact]) -> Result<Vec<Signature>> {
    read_signatures(tx.conn(), texts).await
}

async fn read_signatures<C: ConnectionTrait>(conn: &C, texts: &[Pact]) -> Result<Vec<Signature>> {
    let of = pact_signature::Column::PactId.is_in(texts.iter().map(|text| text.id.0));
    let rows = pact_signature::Entity::find().filter(of).all(conn).await?;
    rows.into_iter().map(signature_of).collect()
}

fn signature_of(row: pact_signature::Model) -> Result<Signature> {
    Ok(Signature {
        id: SignatureId(row.id),
        staff: StaffId(row.staff_id),
        pact: PactId(row.pact_id),
        way: Way::parse(&row.way).ok_or_else(|| unreadable("pact_signature", row.way))?,
        on: row.dated,
        at: row.at,
        by: PersonId(row.person_id),
        seal: row.seal,
    })
}

/// A signature with the text it stands under, for verification.
///
/// # Errors
/// When the database cannot be read.
pub async fn signature(store: &Store, id: SignatureId) -> Result<Option<(Signature, Pact)>> {
    let Some(row) = pact_signature::Entity::find_by_id(id.0).one(store.reads()).await? else {
        return Ok(None);
    };
    let text = pact::Entity::find_by_id(row.pact_id).one(store.reads()).await?;
    Ok(Some(signature_of(row)?).zip(text.map(text_of)))
}

/// Keeps a signature.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when they signed this text already.
pub async fn sign(tx: &WriteTx, new: &Signature) -> Result<()> {
    let row = pact_signature::Model {
        id: new.id.0,
        pact_id: new.pact.0,
        staff_id: new.staff.0,
        way: new.way.as_str().to_owned(),
        dated: new.on,
        at: kept(new.at),
        person_id: new.by.0,
        seal: new.seal.clone(),
    };
    let insert = pact_signature::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}
