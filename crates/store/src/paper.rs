//! Words of templates, version by version, and papers that were issued.
//!
//! **Invariant**: a number is drawn under the lock of its series and kept in the same write as its paper, so that none
//! is given twice and none is lost. A paper and a version of words are written once and never changed.

use bening_core::id::{PaperId, PersonId, UnitId};
use bening_core::letter::{Last, Pattern};
use bening_core::paper::{Paper, Series, Words};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::paper::{paper, paper_words};
use crate::number_series::{self, Held, Name};
use crate::{Result, Store, WriteTx, kept, unreadable};

/// A version of the words of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1 for the first after the shipped one.
    pub number: u32,
    /// The words.
    pub words: Words,
    /// Who wrote them.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A paper in a list, without what was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Identity.
    pub id: PaperId,
    /// Code of the template.
    pub template: String,
    /// Number.
    pub number: String,
    /// Date.
    pub dated: NaiveDate,
    /// Who issued it.
    pub by: PersonId,
}

/// The versions of a template, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn versions(store: &Store, template: &str) -> Result<Vec<Version>> {
    read_versions(store.reads(), template).await
}

/// The same as the write sees it.
///
/// # Errors
/// When the database cannot be read.
pub async fn versions_now(tx: &WriteTx, template: &str) -> Result<Vec<Version>> {
    read_versions(tx.conn(), template).await
}

async fn read_versions<C: ConnectionTrait>(conn: &C, template: &str) -> Result<Vec<Version>> {
    let rows = paper_words::Entity::find()
        .filter(paper_words::Column::Template.eq(template))
        .order_by_desc(paper_words::Column::Version)
        .all(conn)
        .await?;
    let read = |row: paper_words::Model| {
        let words = serde_json::from_value(row.words);
        Ok(Version {
            number: row.version.unsigned_abs(),
            words: words.map_err(|error| unreadable("paper_words", error.to_string()))?,
            by: PersonId(row.person_id),
            at: row.at,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Adds a version.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when somebody was quicker.
pub async fn add_version(tx: &WriteTx, template: &str, new: &Version) -> Result<()> {
    let words = serde_json::to_value(&new.words);
    let row = paper_words::Model {
        template: template.to_owned(),
        version: i32::try_from(new.number).unwrap_or(i32::MAX),
        words: words.map_err(|error| unreadable("paper_words", error.to_string()))?,
        person_id: new.by.0,
        at: kept(new.at),
    };
    let insert = paper_words::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The name of a series among all series of letters.
fn name(series: &Series) -> Name<'_> {
    Name { key: format!("naskah.{}", series.code), shipped: &series.pattern }
}

/// The pattern of a series.
///
/// # Errors
/// When the database cannot be read.
pub async fn pattern(store: &Store, series: &Series) -> Result<Pattern> {
    number_series::pattern(store, &name(series)).await
}

/// Chooses the pattern of a series; papers that were issued keep their numbers.
///
/// # Errors
/// When the database refuses.
pub async fn save_pattern(tx: &WriteTx, series: &Series, pattern: &Pattern) -> Result<()> {
    number_series::save(tx, &name(series), pattern).await
}

/// A series, held until the write ends, so that two papers never draw the same number.
///
/// # Errors
/// When the database refuses.
pub async fn lock_series(tx: &WriteTx, series: &Series, year: i32) -> Result<Held> {
    let pattern = number_series::hold(tx, &name(series)).await?;
    let of_series = || paper::Entity::find().select_only().filter(paper::Column::Series.eq(&series.code));
    let last = of_series()
        .columns([paper::Column::Number, paper::Column::Dated])
        .order_by_desc(paper::Column::Dated)
        .order_by_desc(paper::Column::Counter)
        .into_tuple::<(String, NaiveDate)>()
        .one(tx.conn())
        .await?;
    let highest = of_series()
        .column(paper::Column::Counter)
        .filter(paper::Column::Year.eq(year as i16))
        .order_by_desc(paper::Column::Counter)
        .into_tuple::<i32>()
        .one(tx.conn())
        .await?;
    let last = last.map(|(number, dated)| Last { number, dated });
    Ok(Held { pattern, last, next: number_series::after(highest) })
}

/// Keeps a paper as it was issued.
///
/// # Errors
/// [`crate::StoreError::Duplicate`] when its number is there already.
pub async fn issue(tx: &WriteTx, new: &Paper) -> Result<()> {
    let document = serde_json::to_value(&new.document);
    let row = paper::Model {
        id: new.id.0,
        unit_id: new.unit.0,
        template: new.template.clone(),
        version: i32::try_from(new.version).unwrap_or(i32::MAX),
        series: new.series.clone(),
        year: new.dated.year() as i16,
        counter: i32::try_from(new.counter).unwrap_or(i32::MAX),
        number: new.number.clone(),
        dated: new.dated,
        document: document.map_err(|error| unreadable("paper", error.to_string()))?,
        person_id: new.by.0,
        at: kept(new.at),
    };
    paper::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The papers about a unit, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_unit(store: &Store, unit: UnitId) -> Result<Vec<Line>> {
    use paper::Column as C;
    let rows = paper::Entity::find()
        .select_only()
        .columns([C::Id, C::Template, C::Number, C::Dated, C::PersonId])
        .filter(C::UnitId.eq(unit.0))
        .order_by_desc(C::Dated)
        .order_by_desc(C::Id)
        .into_tuple::<(uuid::Uuid, String, String, NaiveDate, uuid::Uuid)>()
        .all(store.reads())
        .await?;
    let line = |(id, template, number, dated, by)| Line {
        id: PaperId(id),
        template,
        number,
        dated,
        by: PersonId(by),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// A paper.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: PaperId) -> Result<Option<Paper>> {
    let row = paper::Entity::find_by_id(id.0).one(store.reads()).await?;
    let read = |row: paper::Model| {
        let document = serde_json::from_value(row.document);
        Ok(Paper {
            id: PaperId(row.id),
            unit: UnitId(row.unit_id),
            template: row.template,
            version: row.version.unsigned_abs(),
            series: row.series,
            counter: row.counter.unsigned_abs(),
            number: row.number,
            dated: row.dated,
            document: document.map_err(|error| unreadable("paper", error.to_string()))?,
            by: PersonId(row.person_id),
            at: row.at,
        })
    };
    row.map(read).transpose()
}
