//! The difference between the rows of a table before and after, and writing just that.

use std::collections::HashMap;
use std::hash::Hash;

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};

use crate::{Result, WriteTx};

/// Rows of one insert; PostgreSQL takes 65,535 values a statement, SQLite 32,766.
const BATCH: usize = 500;

/// What happened to the rows of one table.
pub(crate) struct Change<M> {
    gone: Vec<M>,
    new: Vec<M>,
    changed: Vec<M>,
}

impl<M, E> Change<M>
where
    E: EntityTrait<Model = M>,
    M: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel> + PartialEq,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    pub(crate) fn between<K: Eq + Hash>(old: Vec<M>, new: Vec<M>, key: impl Fn(&M) -> K) -> Self {
        let mut old: HashMap<K, M> = old.into_iter().map(|row| (key(&row), row)).collect();
        let mut change = Self { gone: Vec::new(), new: Vec::new(), changed: Vec::new() };
        for row in new {
            match old.remove(&key(&row)) {
                None => change.new.push(row),
                Some(before) if before != row => change.changed.push(row),
                Some(_) => {}
            }
        }
        change.gone = old.into_values().collect();
        change
    }

    pub(crate) async fn delete(mut self, tx: &WriteTx) -> Result<Self> {
        for row in std::mem::take(&mut self.gone) {
            row.delete(tx.conn()).await?;
        }
        Ok(self)
    }

    pub(crate) async fn insert(mut self, tx: &WriteTx) -> Result<Self> {
        let mut rows =
            std::mem::take(&mut self.new).into_iter().map(|row| row.into_active_model().reset_all());
        loop {
            let batch: Vec<_> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(self);
            }
            E::insert_many(batch).exec_without_returning(tx.conn()).await?;
        }
    }

    pub(crate) async fn update(self, tx: &WriteTx) -> Result<()> {
        for row in self.changed {
            E::update(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
        }
        Ok(())
    }
}
