//! The least a durable write can cost on this machine: one short row, one commit, one connection, no site around it.

use bening_testkit::{Backend, TestDatabase};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

use crate::statistics::{Durations, measure};

/// Inserts row after row, each in its own commit that is on the disk before the next begins.
pub(crate) async fn durable_inserts(database: &TestDatabase, rounds: u32) -> anyhow::Result<Durations> {
    let connection =
        Database::connect(ConnectOptions::new(database.url()).max_connections(1).to_owned()).await?;
    if database.backend() == Backend::Sqlite {
        set_like_the_store(&connection).await?;
    }
    connection
        .execute_unprepared("CREATE TABLE bare (id INTEGER PRIMARY KEY, content TEXT NOT NULL)")
        .await?;
    measure(rounds, async |round| {
        let insert = format!("INSERT INTO bare VALUES ({round}, 'Laporan hasil sosialisasi, triwulan II')");
        Ok(connection.execute_unprepared(&insert).await.map(drop)?)
    })
    .await
}

/// The store's own settings (`bening_store::connect`): acknowledged means on the disk.
async fn set_like_the_store(connection: &DatabaseConnection) -> anyhow::Result<()> {
    for pragma in ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"] {
        connection.execute_unprepared(pragma).await?;
    }
    Ok(())
}
