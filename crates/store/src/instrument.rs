//! An agency's own editions and wording, as files. Rows are never deleted and a new version is a new row, so
//! that their number tells whether anything changed.

use bening_core::id::PersonId;
use bening_core::instrument::{OwnFile, OwnKind};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use crate::entity::instrument::instrument::{Column, Entity, Model};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// A file that somebody loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// Identity of this version.
    pub id: Uuid,
    /// The file.
    pub file: OwnFile,
    /// How many versions of it there were before, and one.
    pub version: i32,
    /// Who loaded it; nobody when it came from the command line.
    pub loaded_by: Option<PersonId>,
    /// When.
    pub loaded_at: DateTime<Utc>,
}

/// How often anything was loaded: another number means that something changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn revision(store: &Store) -> Result<u64> {
    Ok(Entity::find().count(store.reads()).await?)
}

/// The newest version of every file, in the order in which they were loaded.
///
/// # Errors
/// When the database cannot be read.
pub async fn current(store: &Store) -> Result<Vec<Loaded>> {
    let newest = Entity::find().filter(Column::ReplacedAt.is_null());
    let rows = newest.order_by_asc(Column::LoadedAt).order_by_asc(Column::Id).all(store.reads()).await?;
    rows.into_iter().map(from_row).collect()
}

/// Keeps a file; the version before it is replaced. The version is set here and returned.
///
/// # Errors
/// When the database refuses, as a duplicate when somebody else just loaded the same.
pub async fn load(tx: &WriteTx, new: Loaded) -> Result<i32> {
    let (kind, edition) = (new.file.kind.code(), new.file.edition.as_str());
    let same = Condition::all().add(Column::Kind.eq(kind)).add(Column::Edition.eq(edition));
    let before = Entity::find().filter(same.clone()).count(tx.conn()).await?;
    let version = i32::try_from(before).unwrap_or(i32::MAX).saturating_add(1);
    let replaced = Expr::value(Some(kept(new.loaded_at)));
    Entity::update_many()
        .col_expr(Column::ReplacedAt, replaced)
        .filter(same)
        .filter(Column::ReplacedAt.is_null())
        .exec(tx.conn())
        .await?;
    let row = to_row(Loaded { version, ..new }).into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(version)
}

fn to_row(loaded: Loaded) -> Model {
    Model {
        id: loaded.id,
        kind: loaded.file.kind.code().to_owned(),
        edition: loaded.file.edition,
        version: loaded.version,
        file_name: loaded.file.name,
        content: loaded.file.text,
        loaded_by: loaded.loaded_by.map(|person| person.0),
        loaded_at: kept(loaded.loaded_at),
        replaced_at: None,
    }
}

fn from_row(row: Model) -> Result<Loaded> {
    let kind = OwnKind::from_code(&row.kind).ok_or_else(|| unreadable("instrument", &*row.kind))?;
    let file = OwnFile { kind, edition: row.edition, name: row.file_name, text: row.content };
    let loaded_by = row.loaded_by.map(PersonId);
    Ok(Loaded { id: row.id, file, version: row.version, loaded_by, loaded_at: row.loaded_at })
}
