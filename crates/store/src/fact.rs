//! Facts stated about the agency and its units for a year.

use bening_core::eligibility::{Stated, Statement};
use bening_core::id::{PersonId, UnitId};
use bening_core::time::Year;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::fact::{agency_fact, unit_fact};
use crate::{Result, Store, WriteTx};

/// Whom facts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The agency.
    Agency,
    /// A unit.
    Unit(UnitId),
}

/// What is stated for a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn stated(store: &Store, about: About, year: Year) -> Result<Stated> {
    load(store.reads(), about, year).await
}

/// What is stated for a year, as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn stated_now(tx: &WriteTx, about: About, year: Year) -> Result<Stated> {
    load(tx.conn(), about, year).await
}

async fn load<C: ConnectionTrait>(conn: &C, about: About, year: Year) -> Result<Stated> {
    let year = year.get() as i16;
    match about {
        About::Agency => {
            let rows =
                agency_fact::Entity::find().filter(agency_fact::Column::Year.eq(year)).all(conn).await?;
            Ok(rows
                .into_iter()
                .map(|row| statement(row.name, row.value, row.source, row.person_id, row.at))
                .collect())
        }
        About::Unit(unit) => {
            let rows = unit_fact::Entity::find()
                .filter(unit_fact::Column::UnitId.eq(unit.0))
                .filter(unit_fact::Column::Year.eq(year))
                .all(conn)
                .await?;
            Ok(rows
                .into_iter()
                .map(|row| statement(row.name, row.value, row.source, row.person_id, row.at))
                .collect())
        }
    }
}

fn statement(
    name: String,
    value: String,
    source: String,
    by: uuid::Uuid,
    at: chrono::DateTime<chrono::Utc>,
) -> (String, Statement) {
    (name, Statement { value, source, by: PersonId(by), at })
}

/// States a fact; one that stood there is replaced.
///
/// # Errors
/// When the database refuses.
pub async fn state(tx: &WriteTx, about: About, year: Year, name: &str, statement: &Statement) -> Result<()> {
    let (year, name) = (year.get() as i16, name.to_owned());
    let Statement { value, source, by, at } = statement.clone();
    match about {
        About::Agency => {
            use agency_fact::Column as C;
            let row = agency_fact::Model { year, name, value, source, person_id: by.0, at };
            let replace = OnConflict::columns([C::Year, C::Name])
                .update_columns([C::Value, C::Source, C::PersonId, C::At])
                .to_owned();
            let insert = agency_fact::Entity::insert(row.into_active_model().reset_all());
            insert.on_conflict(replace).exec_without_returning(tx.conn()).await?;
        }
        About::Unit(unit) => {
            use unit_fact::Column as C;
            let row = unit_fact::Model { unit_id: unit.0, year, name, value, source, person_id: by.0, at };
            let replace = OnConflict::columns([C::UnitId, C::Year, C::Name])
                .update_columns([C::Value, C::Source, C::PersonId, C::At])
                .to_owned();
            let insert = unit_fact::Entity::insert(row.into_active_model().reset_all());
            insert.on_conflict(replace).exec_without_returning(tx.conn()).await?;
        }
    }
    Ok(())
}

/// Takes a statement back: the fact is unknown again.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(tx: &WriteTx, about: About, year: Year, name: &str) -> Result<()> {
    let (year, name) = (year.get() as i16, name.to_owned());
    match about {
        About::Agency => {
            agency_fact::Entity::delete_by_id((year, name)).exec(tx.conn()).await?;
        }
        About::Unit(unit) => {
            unit_fact::Entity::delete_by_id((unit.0, year, name)).exec(tx.conn()).await?;
        }
    }
    Ok(())
}
