//! Words of files of evidence: which files are to be read, what became of reading, and where a word stands.

use std::collections::HashMap;

use bening_core::evidence::{TextRules, TextState};
use sea_orm::sea_query::{Expr, OnConflict, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};

use crate::entity::evidence::evidence_version;
use crate::entity::evidence_text::{Column, Entity, Model};
use crate::{Result, Store, unreadable};

/// Signs shown before and after a word that was found.
const AROUND: usize = 80;

/// A file that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its hash.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Media type.
    pub media: String,
}

/// What became of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// How it ended.
    pub state: TextState,
    /// Why it failed; else empty.
    pub said: String,
}

/// Files of these types that nobody has read, each once.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_read(store: &Store, media: &[&str], rules: TextRules) -> Result<Vec<Unread>> {
    use evidence_version::Column as V;
    let known = Query::select().column(Column::Sha256).from(Entity).to_owned();
    let rows = evidence_version::Entity::find()
        .select_only()
        .columns([V::Sha256, V::Size, V::Media])
        .distinct()
        .filter(V::Media.is_in(media.iter().copied()))
        .filter(V::Sha256.not_in_subquery(known))
        .order_by_asc(V::Sha256)
        .limit(rules.files_most)
        .into_tuple::<(String, i64, String)>()
        .all(store.reads())
        .await?;
    let unread = |(sha256, size, media): (String, i64, String)| {
        let size = u64::try_from(size).map_err(|_| unreadable("evidence_version", "size"))?;
        Ok(Unread { sha256, size, media })
    };
    rows.into_iter().map(unread).collect()
}

/// Keeps what became of reading a file; somebody else may have been quicker.
///
/// # Errors
/// When the database refuses.
pub async fn keep_text(store: &Store, sha256: &str, text: &FileText, words: &str) -> Result<()> {
    let row = Model {
        id: number(sha256)?,
        sha256: sha256.to_owned(),
        state: text.state.as_str().to_owned(),
        said: text.said.clone(),
        words: words.to_owned(),
    };
    let tx = store.begin().await?;
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all()).on_conflict(once);
    insert.exec_without_returning(tx.conn()).await?;
    // Words follow from files that are in the trail already.
    tx.commit_bookkeeping().await
}

/// Forgets the files that could not be read, so that they are read again; how many.
///
/// # Errors
/// When the database refuses.
pub async fn forget_failed(store: &Store) -> Result<u64> {
    let tx = store.begin().await?;
    let failed = Column::State.eq(TextState::Failed.as_str());
    let gone = Entity::delete_many().filter(failed).exec(tx.conn()).await?;
    tx.commit_bookkeeping().await?;
    Ok(gone.rows_affected)
}

/// How many files ended in each state.
///
/// # Errors
/// When the database cannot be read.
pub async fn text_counts(store: &Store) -> Result<Vec<(TextState, u64)>> {
    let rows = Entity::find().select_only().column(Column::State).column_as(Column::Id.count(), "count");
    let rows: Vec<(String, i64)> = rows.group_by(Column::State).into_tuple().all(store.reads()).await?;
    let count = |(state, count): (String, i64)| Ok((state_of(&state)?, count.unsigned_abs()));
    rows.into_iter().map(count).collect()
}

/// What became of reading some files, as far as they were read.
///
/// # Errors
/// When the database cannot be read.
pub async fn texts(store: &Store, hashes: &[String]) -> Result<HashMap<String, FileText>> {
    let mut found = HashMap::new();
    for batch in hashes.chunks(super::BATCH) {
        let rows = Entity::find()
            .select_only()
            .columns([Column::Sha256, Column::State, Column::Said])
            .filter(Column::Sha256.is_in(batch.iter().cloned()))
            .into_tuple::<(String, String, String)>();
        for (sha256, state, said) in rows.all(store.reads()).await? {
            found.insert(sha256, FileText { state: state_of(&state)?, said });
        }
    }
    Ok(found)
}

/// A word in some files, with what stands around it; files in which it is no part of any word are left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn around(store: &Store, hashes: &[String], word: &str) -> Result<HashMap<String, String>> {
    #[derive(FromQueryResult)]
    struct Found {
        sha256: String,
        around: String,
    }
    let backend = store.reads().get_database_backend();
    let (lower, least) = match backend {
        DbBackend::Postgres => ("strpos(lower(words), $1)", "greatest"),
        _ => ("instr(lower(words), $1)", "max"),
    };
    let mut found = HashMap::new();
    for batch in hashes.chunks(super::BATCH) {
        let places: Vec<String> = (2..batch.len() + 2).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT sha256, substr(words, {least}(1, {lower} - {AROUND}), {}) AS around FROM evidence_text \
             WHERE {lower} > 0 AND sha256 IN ({})",
            2 * AROUND + word.chars().count(),
            places.join(", ")
        );
        let values = std::iter::once(word.to_owned()).chain(batch.iter().cloned()).map(Into::into);
        let asked = Statement::from_sql_and_values(backend, sql, values);
        let rows = Found::find_by_statement(asked).all(store.reads()).await?;
        found.extend(rows.into_iter().map(|row| (row.sha256, row.around)));
    }
    Ok(found)
}

/// Evidence whose newest file holds a word that begins like this, as a condition on `evidence`; nothing when there is
/// no letter or digit to look for.
pub(super) fn holds(backend: DbBackend, word: &str) -> Option<SimpleExpr> {
    if !word.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (matches, asked) = match backend {
        DbBackend::Postgres => (
            "t.index @@ to_tsquery('simple', $1)",
            format!("'{}':*", word.replace('\\', " ").replace('\'', "''")),
        ),
        _ => (
            "t.id IN (SELECT rowid FROM evidence_index WHERE evidence_index MATCH ?)",
            format!("\"{}\" *", word.replace('"', "\"\"")),
        ),
    };
    let sql = format!(
        "evidence.id IN (SELECT v.evidence_id FROM evidence_version v JOIN evidence_text t ON t.sha256 = v.sha256 \
         WHERE {matches} AND v.number = (SELECT max(m.number) FROM evidence_version m \
         WHERE m.evidence_id = v.evidence_id))"
    );
    Some(Expr::cust_with_values(sql, [asked]))
}

fn state_of(name: &str) -> Result<TextState> {
    TextState::parse(name).ok_or_else(|| unreadable("evidence_text", name))
}

/// The first sixty bits of a hash.
fn number(sha256: &str) -> Result<i64> {
    let head = sha256.get(..15).unwrap_or_default();
    i64::from_str_radix(head, 16).map_err(|_| unreadable("evidence_text", "sha256"))
}
