//! Words in which migrations describe tables and indexes.

use sea_orm_migration::prelude::*;

pub(super) fn table(
    name: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column);
    }
    table
}

pub(super) fn key(mut column: ColumnDef) -> ColumnDef {
    column.primary_key().take()
}

pub(super) fn unique(mut column: ColumnDef) -> ColumnDef {
    column.unique_key().take()
}

pub(super) trait Linked {
    fn link(self, column: &'static str, table: &'static str) -> Self;
    fn keyed_by(self, columns: &[&'static str]) -> Self;
}

impl Linked for TableCreateStatement {
    fn link(mut self, column: &'static str, to: &'static str) -> Self {
        let from = self.get_table_name().cloned();
        let mut foreign = ForeignKey::create();
        if let Some(from) = from {
            foreign.from(from, column);
        }
        self.foreign_key(foreign.to(to, "id")).take()
    }

    fn keyed_by(mut self, columns: &[&'static str]) -> Self {
        let mut key = Index::create();
        for column in columns {
            key.col(*column);
        }
        self.primary_key(&mut key).take()
    }
}

/// An index over columns; `.unique()` makes it one.
pub(super) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index.take()
}
