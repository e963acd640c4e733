//! Evidence with its versions and uses. The bytes are in [`crate::files`].

mod find;
mod link;
mod text;

pub use find::{State, Wanted, find, years};
pub use link::{checks, keep_checks, to_ask};
pub use text::{FileText, Unread, around, forget_failed, keep_text, text_counts, texts, to_read};

use bening_core::evidence::{Details, Evidence, Kept, Secrecy, StoredFile, Target, Use, Version};
use bening_core::id::{PersonId, ProofId, UnitId, UseId};
use bening_core::time::Year;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::evidence::{evidence, evidence_use, evidence_version};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// How many identities a query names at most.
const BATCH: usize = 500;

/// Adds a piece of evidence.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &WriteTx, piece: &Evidence) -> Result<()> {
    let row = to_row(piece, &[]).into_active_model().reset_all();
    evidence::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Changes what is said of it.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, piece: &Evidence) -> Result<()> {
    let names = evidence_version::Entity::find()
        .select_only()
        .column(evidence_version::Column::Name)
        .filter(evidence_version::Column::EvidenceId.eq(piece.id.0))
        .order_by_asc(evidence_version::Column::Number);
    let names: Vec<String> = names.into_tuple().all(tx.conn()).await?;
    to_row(piece, &names).into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

/// Adds a version; a number that is taken is [`crate::StoreError::Duplicate`].
///
/// # Errors
/// When the database refuses.
pub async fn add_version(tx: &WriteTx, id: ProofId, version: &Version) -> Result<()> {
    let row = evidence_version::Model {
        evidence_id: id.0,
        number: i32::try_from(version.number).map_err(|_| unreadable("evidence_version", "number"))?,
        sha256: version.file.sha256.clone(),
        size: i64::try_from(version.file.size).map_err(|_| unreadable("evidence_version", "size"))?,
        media: version.file.media.clone(),
        name: version.file.name.clone(),
        person_id: version.by.0,
        at: kept(version.at),
    };
    let row = row.into_active_model().reset_all();
    evidence_version::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    found_by_name(tx, id, &version.file.name).await
}

/// Lets the evidence be found by the name of a further file.
async fn found_by_name(tx: &WriteTx, id: ProofId, name: &str) -> Result<()> {
    let Some(row) = evidence::Entity::find_by_id(id.0).one(tx.conn()).await? else { return Ok(()) };
    let words = format!("{} {}", row.words, name.to_lowercase());
    evidence::Entity::update_many()
        .col_expr(evidence::Column::Words, Expr::value(words))
        .filter(evidence::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Says that evidence proves something.
///
/// # Errors
/// When it was said before, or the database refuses.
pub async fn attach(tx: &WriteTx, used: &Use) -> Result<()> {
    let row = evidence_use::Model {
        id: used.id.0,
        evidence_id: used.evidence.0,
        target: used.target.word(),
        person_id: used.by.0,
        at: kept(used.at),
    };
    let row = row.into_active_model().reset_all();
    evidence_use::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Takes a use back.
///
/// # Errors
/// When the database refuses.
pub async fn detach(tx: &WriteTx, id: UseId) -> Result<()> {
    evidence_use::Entity::delete_by_id(id.0).exec(tx.conn()).await?;
    Ok(())
}

/// All evidence of a unit, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_unit(store: &Store, unit: UnitId) -> Result<Vec<Kept>> {
    let rows = evidence::Entity::find().filter(evidence::Column::UnitId.eq(unit.0));
    let rows = rows.order_by_desc(evidence::Column::At).order_by_desc(evidence::Column::Id);
    with_files_and_uses(store.reads(), rows.all(store.reads()).await?).await
}

/// A piece of evidence.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: ProofId) -> Result<Option<Kept>> {
    let row = evidence::Entity::find_by_id(id.0).one(store.reads()).await?;
    Ok(with_files_and_uses(store.reads(), row.into_iter().collect()).await?.pop())
}

/// The same, held until the write under way is over.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, id: ProofId) -> Result<Option<Kept>> {
    let row = evidence::Entity::find_by_id(id.0).lock_exclusive().one(tx.conn()).await?;
    Ok(with_files_and_uses(tx.conn(), row.into_iter().collect()).await?.pop())
}

/// What proves these targets in a unit.
///
/// # Errors
/// When the database cannot be read.
pub async fn proving(store: &Store, unit: UnitId, targets: &[Target]) -> Result<Vec<Kept>> {
    let words: Vec<String> = targets.iter().map(Target::word).collect();
    let mut ids = Vec::new();
    for batch in words.chunks(BATCH) {
        let found = evidence_use::Entity::find().filter(evidence_use::Column::Target.is_in(batch.to_vec()));
        ids.extend(found.all(store.reads()).await?.into_iter().map(|row| row.evidence_id));
    }
    let mut rows = Vec::new();
    for batch in ids.chunks(BATCH) {
        let found = evidence::Entity::find().filter(evidence::Column::Id.is_in(batch.to_vec()));
        let found = found.filter(evidence::Column::UnitId.eq(unit.0));
        rows.extend(found.order_by_asc(evidence::Column::At).all(store.reads()).await?);
    }
    with_files_and_uses(store.reads(), rows).await
}

/// Hash of every file that a version names, once each.
///
/// # Errors
/// When the database cannot be read.
pub async fn hashes(store: &Store) -> Result<Vec<String>> {
    hashes_as(store.reads()).await
}

pub(crate) async fn hashes_as<C: ConnectionTrait>(conn: &C) -> Result<Vec<String>> {
    let rows = evidence_version::Entity::find().select_only().column(evidence_version::Column::Sha256);
    let rows = rows.distinct().order_by_asc(evidence_version::Column::Sha256).into_tuple::<String>();
    Ok(rows.all(conn).await?)
}

async fn with_files_and_uses<C: ConnectionTrait>(conn: &C, rows: Vec<evidence::Model>) -> Result<Vec<Kept>> {
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut versions, mut uses) = (Vec::new(), Vec::new());
    for batch in ids.chunks(BATCH) {
        let found = evidence_version::Entity::find()
            .filter(evidence_version::Column::EvidenceId.is_in(batch.to_vec()))
            .order_by_asc(evidence_version::Column::Number);
        versions.extend(found.all(conn).await?);
        let found = evidence_use::Entity::find()
            .filter(evidence_use::Column::EvidenceId.is_in(batch.to_vec()))
            .order_by_asc(evidence_use::Column::At);
        uses.extend(found.all(conn).await?);
    }
    let mut files = std::collections::HashMap::<_, Vec<Version>>::new();
    for row in versions {
        files.entry(row.evidence_id).or_default().push(version(row)?);
    }
    let mut proves = std::collections::HashMap::<_, Vec<Use>>::new();
    for row in uses {
        proves.entry(row.evidence_id).or_default().push(use_of(row)?);
    }
    let whole = |row: evidence::Model| {
        let (versions, uses) = (files.remove(&row.id), proves.remove(&row.id));
        let evidence = from_row(row)?;
        Ok(Kept { evidence, versions: versions.unwrap_or_default(), uses: uses.unwrap_or_default() })
    };
    rows.into_iter().map(whole).collect()
}

fn version(row: evidence_version::Model) -> Result<Version> {
    let wrong = |what: &str| unreadable("evidence_version", what);
    let file = StoredFile {
        sha256: row.sha256,
        size: u64::try_from(row.size).map_err(|_| wrong("size"))?,
        media: row.media,
        name: row.name,
    };
    let number = u32::try_from(row.number).map_err(|_| wrong("number"))?;
    Ok(Version { number, file, by: PersonId(row.person_id), at: row.at })
}

fn use_of(row: evidence_use::Model) -> Result<Use> {
    let target = Target::parse(&row.target).ok_or_else(|| unreadable("evidence_use", row.target))?;
    let (id, evidence) = (UseId(row.id), ProofId(row.evidence_id));
    Ok(Use { id, evidence, target, by: PersonId(row.person_id), at: row.at })
}

/// What evidence is found by, in small letters.
fn words(details: &Details, names: &[String]) -> String {
    format!("{} {} {}", details.title, details.number, names.join(" ")).to_lowercase()
}

fn to_row(piece: &Evidence, names: &[String]) -> evidence::Model {
    let words = words(&piece.details, names);
    let year = piece.details.year().and_then(|year| i16::try_from(year).ok());
    let Details { title, kind, dated, number, valid_for, secrecy } = piece.details.clone();
    evidence::Model {
        id: piece.id.0,
        unit_id: piece.unit.0,
        title,
        kind,
        dated,
        number,
        valid_for: valid_for.and_then(|year| i16::try_from(year.get()).ok()),
        secrecy: secrecy.as_str().to_owned(),
        link: piece.link.clone(),
        owner_id: piece.owner.0,
        at: kept(piece.at),
        year,
        words,
    }
}

fn from_row(row: evidence::Model) -> Result<Evidence> {
    let secrecy = Secrecy::parse(&row.secrecy).ok_or_else(|| unreadable("evidence", "secrecy"))?;
    Ok(Evidence {
        id: ProofId(row.id),
        unit: UnitId(row.unit_id),
        details: Details {
            title: row.title,
            kind: row.kind,
            dated: row.dated,
            number: row.number,
            valid_for: row.valid_for.and_then(|year| Year::new(i64::from(year))),
            secrecy,
        },
        link: row.link,
        owner: PersonId(row.owner_id),
        at: row.at,
    })
}
