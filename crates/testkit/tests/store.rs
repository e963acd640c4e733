//! Promises of the store that no page can show: what is not committed is gone, and a copy forgets no table.

#![cfg(test)]

use std::collections::BTreeSet;
use std::io::Cursor;

use bening_core::id::UnitId;
use bening_core::unit::{Echelon, Unit};
use bening_store::audit::Verdict;
use bening_store::{Options, Store, audit, backup, unit};
use bening_testkit::{Backend, TestDatabase, on_both};
use sea_orm::{ConnectionTrait, Database, Statement};
use uuid::Uuid;

fn some_unit() -> Unit {
    Unit {
        id: UnitId(Uuid::from_u128(1)),
        code: "AIR".parse().unwrap(),
        name: "Direktorat Air Bersih".to_owned(),
        parent: None,
        echelon: Echelon::II,
        head_title: "Direktur".to_owned(),
    }
}

on_both!(a_write_without_an_entry_in_the_trail_leaves_nothing, async |db: TestDatabase| {
    let store = Store::open(Options::url(db.url())).await.unwrap();
    let tx = store.begin().await.unwrap();
    unit::add(&tx, &some_unit()).await.unwrap();
    drop(tx);
    assert_eq!(unit::all(&store).await.unwrap(), []);
    assert!(matches!(audit::verify(&store).await.unwrap(), Verdict::Sound { rows: 0, .. }));
});

on_both!(a_copy_holds_every_table_that_the_migrations_made, async |db: TestDatabase| {
    let store = Store::open(Options::url(db.url())).await.unwrap();
    let manifest = backup::backup(&store, Cursor::new(Vec::new())).await.unwrap();
    let copied: BTreeSet<String> = manifest.tables.into_iter().map(|(name, _)| name).collect();
    assert_eq!(copied, tables(&db).await);
});

/// Names of all tables but the migrations' own and those in which SQLite keeps an index over words.
async fn tables(db: &TestDatabase) -> BTreeSet<String> {
    let query = match db.backend() {
        Backend::Sqlite => {
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like 'evidence_index%'"
        }
        Backend::Postgres => "select tablename::text from pg_tables where schemaname = 'public'",
    };
    let connection = Database::connect(db.url()).await.unwrap();
    let query = Statement::from_string(connection.get_database_backend(), query);
    let rows = connection.query_all_raw(query).await.unwrap();
    let names = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
    names.filter(|name| name != "seaql_migrations").collect()
}
