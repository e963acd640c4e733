//! The databases that tests stand on are empty, apart from each other, and gone afterwards.

#![cfg(test)]

use bening_testkit::{Backend, TestDatabase, database::run_on, on_both};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

on_both!(a_fresh_database_takes_a_table_and_gives_it_back, async |db| {
    let connection = open(&db).await;
    connection.execute_unprepared("CREATE TABLE area (name TEXT)").await.unwrap();
    connection.execute_unprepared("INSERT INTO area VALUES ('Penataan Tata Laksana')").await.unwrap();
    assert!(connection.execute_unprepared("SELECT name FROM area").await.is_ok());
});

on_both!(two_databases_do_not_see_each_other, async |db| {
    let neighbour = TestDatabase::on(db.backend()).await;
    open(&db).await.execute_unprepared("CREATE TABLE area (name TEXT)").await.unwrap();
    assert!(open(&neighbour).await.execute_unprepared("SELECT name FROM area").await.is_err());
});

#[test]
fn a_dropped_postgres_database_is_gone_even_with_a_connection_open() {
    run_on(Backend::Postgres, async |db| {
        let (url, _still_open) = (db.url().to_owned(), open(&db).await);
        drop(db);
        assert!(Database::connect(&url).await.is_err());
    });
}

async fn open(db: &TestDatabase) -> DatabaseConnection {
    Database::connect(db.url()).await.unwrap()
}
