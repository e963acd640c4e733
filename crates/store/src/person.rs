//! People, their password hashes and their roles.

use std::collections::BTreeSet;

use bening_core::id::{AssignmentId, PersonId, UnitId};
use bening_core::person::{Assignment, Login, Person, Place, Role, Standing};
use bening_core::plan::Area;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Set,
};

use crate::entity::person::{assignment, assignment_area, person};
use crate::{Result, Store, WriteTx, unreadable};

/// How a person likes the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taste {
    /// "id" or "en".
    pub language: String,
    /// "auto", "light" or "dark".
    pub theme: String,
}

impl Default for Taste {
    fn default() -> Self {
        Self { language: "id".to_owned(), theme: "auto".to_owned() }
    }
}

/// A person with what only signing in needs.
#[derive(Debug, Clone)]
pub struct Account {
    /// The person.
    pub person: Person,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// How they like the site.
    pub taste: Taste,
}

/// Everybody, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(store: &Store) -> Result<Vec<Person>> {
    let rows = person::Entity::find().order_by_asc(person::Column::Login).all(store.reads()).await?;
    rows.into_iter().map(|row| from_row(row).map(|account| account.person)).collect()
}

/// The account with a sign-in name.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_login(store: &Store, login: &Login) -> Result<Option<Account>> {
    let row =
        person::Entity::find().filter(person::Column::Login.eq(login.as_str())).one(store.reads()).await?;
    row.map(from_row).transpose()
}

/// The account with an identity.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: PersonId) -> Result<Option<Account>> {
    person::Entity::find_by_id(id.0).one(store.reads()).await?.map(from_row).transpose()
}

/// Adds a person.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when the sign-in name is taken.
pub async fn add(tx: &WriteTx, account: &Account) -> Result<()> {
    person::Entity::insert(to_row(account).into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Changes a person's name, title or standing.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, who: &Person) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(who.id.0),
        name: Set(who.name.clone()),
        title: Set(who.title.clone()),
        standing: Set(who.standing.as_str().to_owned()),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    Ok(())
}

/// Sets a password hash and with it the standing of the account.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(tx: &WriteTx, id: PersonId, hash: String, standing: Standing) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(id.0),
        password_hash: Set(hash),
        standing: Set(standing.as_str().to_owned()),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    Ok(())
}

/// Sets how a person likes the site.
///
/// # Errors
/// When the database refuses.
pub async fn set_taste(tx: &WriteTx, id: PersonId, taste: &Taste) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(id.0),
        language: Set(taste.language.clone()),
        theme: Set(taste.theme.clone()),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    Ok(())
}

/// Roles of one person, past and future ones included.
///
/// # Errors
/// When the database cannot be read.
pub async fn assignments_of(store: &Store, person: PersonId) -> Result<Vec<Assignment>> {
    assignments(store.reads(), Condition::all().add(assignment::Column::PersonId.eq(person.0))).await
}

/// The role with an identity.
///
/// # Errors
/// When the database cannot be read.
pub async fn assignment(store: &Store, id: AssignmentId) -> Result<Option<Assignment>> {
    let which = Condition::all().add(assignment::Column::Id.eq(id.0));
    Ok(assignments(store.reads(), which).await?.pop())
}

/// People by identity; unknown ones are left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_ids(store: &Store, ids: impl IntoIterator<Item = PersonId>) -> Result<Vec<Person>> {
    let ids: BTreeSet<_> = ids.into_iter().map(|id| id.0).collect();
    let found = person::Entity::find().filter(person::Column::Id.is_in(ids));
    let rows = found.order_by_asc(person::Column::Name).all(store.reads()).await?;
    rows.into_iter().map(|row| from_row(row).map(|account| account.person)).collect()
}

/// Roles held at a unit, past and future ones included.
///
/// # Errors
/// When the database cannot be read.
pub async fn assignments_at(store: &Store, place: Place) -> Result<Vec<Assignment>> {
    let column = assignment::Column::UnitId;
    let here = match place {
        Place::Agency => column.is_null(),
        Place::Unit(unit) => column.eq(unit.0),
    };
    assignments(store.reads(), Condition::all().add(here)).await
}

/// All roles.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_assignments(store: &Store) -> Result<Vec<Assignment>> {
    assignments(store.reads(), Condition::all()).await
}

async fn assignments<C: ConnectionTrait>(conn: &C, which: Condition) -> Result<Vec<Assignment>> {
    let rows = assignment::Entity::find()
        .filter(which)
        .order_by_asc(assignment::Column::ValidFrom)
        .order_by_asc(assignment::Column::Id)
        .all(conn)
        .await?;
    let ids = rows.iter().map(|row| row.id);
    let areas = assignment_area::Entity::find()
        .filter(assignment_area::Column::AssignmentId.is_in(ids))
        .all(conn)
        .await?;
    rows.into_iter().map(|row| assignment_from(row, &areas)).collect()
}

/// Gives a role.
///
/// # Errors
/// When the database refuses.
pub async fn assign(tx: &WriteTx, given: &Assignment) -> Result<()> {
    let unit_id = match given.place {
        Place::Agency => None,
        Place::Unit(unit) => Some(unit.0),
    };
    let row = assignment::Model {
        id: given.id.0,
        person_id: given.person.0,
        role: given.role.as_str().to_owned(),
        unit_id,
        valid_from: given.from,
        valid_until: given.until,
    };
    assignment::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    add_areas(tx, given).await
}

/// Ends a role on a day; it stays in the records.
///
/// # Errors
/// When the database refuses.
pub async fn end_assignment(tx: &WriteTx, id: AssignmentId, last_day: chrono::NaiveDate) -> Result<()> {
    let row =
        assignment::ActiveModel { id: Set(id.0), valid_until: Set(Some(last_day)), ..Default::default() };
    row.update(tx.conn()).await?;
    Ok(())
}

/// Changes the period and the areas of a role; who holds it, as what and where stays.
///
/// # Errors
/// When the database refuses.
pub async fn change_assignment(tx: &WriteTx, changed: &Assignment) -> Result<()> {
    let row = assignment::ActiveModel {
        id: Set(changed.id.0),
        valid_from: Set(changed.from),
        valid_until: Set(changed.until),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    let of_it = assignment_area::Column::AssignmentId.eq(changed.id.0);
    assignment_area::Entity::delete_many().filter(of_it).exec(tx.conn()).await?;
    add_areas(tx, changed).await
}

async fn add_areas(tx: &WriteTx, given: &Assignment) -> Result<()> {
    for area in &given.areas {
        let row = assignment_area::Model { assignment_id: given.id.0, area: area.code().to_owned() };
        assignment_area::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

fn to_row(account: &Account) -> person::Model {
    person::Model {
        id: account.person.id.0,
        login: account.person.login.to_string(),
        name: account.person.name.clone(),
        title: account.person.title.clone(),
        standing: account.person.standing.as_str().to_owned(),
        password_hash: account.password_hash.clone(),
        language: account.taste.language.clone(),
        theme: account.taste.theme.clone(),
    }
}

fn from_row(row: person::Model) -> Result<Account> {
    let login = row.login.parse().map_err(|_| unreadable("person", format!("login {:?}", row.login)))?;
    let standing = Standing::parse(&row.standing)
        .ok_or_else(|| unreadable("person", format!("standing {:?}", row.standing)))?;
    Ok(Account {
        person: Person { id: PersonId(row.id), login, name: row.name, title: row.title, standing },
        password_hash: row.password_hash,
        taste: Taste { language: row.language, theme: row.theme },
    })
}

fn assignment_from(row: assignment::Model, areas: &[assignment_area::Model]) -> Result<Assignment> {
    let role =
        Role::parse(&row.role).ok_or_else(|| unreadable("assignment", format!("role {:?}", row.role)))?;
    let own = areas.iter().filter(|area| area.assignment_id == row.id);
    let areas: Option<BTreeSet<Area>> = own.map(|area| Area::from_code(&area.area)).collect();
    Ok(Assignment {
        id: AssignmentId(row.id),
        person: PersonId(row.person_id),
        role,
        place: row.unit_id.map_or(Place::Agency, |unit| Place::Unit(UnitId(unit))),
        areas: areas.ok_or_else(|| unreadable("assignment_area", "area"))?,
        from: row.valid_from,
        until: row.valid_until,
    })
}

/// People who hold a role at a unit on a day, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn members(store: &Store, unit: UnitId, day: chrono::NaiveDate) -> Result<Vec<Person>> {
    let held = assignments_at(store, Place::Unit(unit)).await?;
    let ids: BTreeSet<_> = held.iter().filter(|held| held.holds_on(day)).map(|held| held.person.0).collect();
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .order_by_asc(person::Column::Name)
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| from_row(row).map(|account| account.person)).collect()
}

/// Names of people by identity; unknown ones are left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(
    store: &Store,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<std::collections::HashMap<PersonId, String>> {
    let ids: BTreeSet<_> = ids.into_iter().map(|id| id.0).collect();
    let rows = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(store.reads()).await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.id), row.name)).collect())
}
