//! A server killed in the middle of work: what it acknowledged is there, what it did not is there whole or not at
//! all, and the audit trail is sound.

use std::time::Duration;

use bening_testkit::{Served, Visitor, on_both};
use reqwest::Method;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::bench::{Bench, actions};

/// How often the server is killed on each database.
const ROUNDS: u64 = 10;
/// People who write at the same time, each into a cell of their own.
const WRITERS: usize = 4;

/// A cell and what is known of it.
#[derive(Debug, Clone)]
struct Cell {
    path: String,
    id: String,
    /// The last value that the server acknowledged.
    acknowledged: String,
    /// The value that was sent last; the server may have kept it before it died.
    sent: String,
}

impl Cell {
    fn of(bench: &Bench, index: usize) -> Self {
        let plan = bench.json();
        let action = actions(&plan)[index];
        let text = |name: &str| action[name].as_str().unwrap().to_owned();
        let path = format!("/unit/DBN/rencana/2020/sel/tindakan/{}/target", text("id"));
        Self { path, id: text("id"), acknowledged: text("target"), sent: text("target") }
    }

    fn stored(&self, bench: &Bench) -> String {
        let plan = bench.json();
        let found = actions(&plan).into_iter().find(|action| action["id"] == self.id.as_str());
        found.unwrap()["target"].as_str().unwrap().to_owned()
    }
}

/// Saves one value after another until the server no longer answers.
fn write(ketua: Visitor, mut cell: Cell, name: String, tell: UnboundedSender<()>) -> JoinHandle<Cell> {
    tokio::spawn(async move {
        for number in 1.. {
            cell.sent = format!("{name}, nilai {number}");
            let form = [("value", cell.sent.as_str()), ("was", &cell.acknowledged), ("_csrf", ketua.token())];
            let request = ketua.request(Method::PUT, &cell.path).header("accept", "application/json");
            // A status line is the acknowledgement, whether or not the rest of the answer arrives.
            let Ok(answer) = request.form(&form).send().await else { return cell };
            assert_eq!(answer.status().as_u16(), 200, "{:?}", answer.text().await);
            cell.acknowledged = cell.sent.clone();
            let _nobody_counts_any_more = tell.send(());
        }
        cell
    })
}

async fn write_until_killed(
    bench: &Bench,
    served: Served,
    round: u64,
    cells: Vec<Cell>,
) -> (Vec<Cell>, usize) {
    let ketua = bench.sign_in(&served, "ketua").await;
    let (tell, mut told) = unbounded_channel();
    let writers: Vec<_> = cells
        .into_iter()
        .enumerate()
        .map(|(index, cell)| write(ketua.clone(), cell, format!("putaran {round}.{index}"), tell.clone()))
        .collect();
    drop(tell);
    told.recv().await.expect("at least one value was acknowledged");
    tokio::time::sleep(Duration::from_millis(20 + 17 * round)).await;
    drop(served);
    let mut after = Vec::new();
    for writer in writers {
        after.push(writer.await.unwrap());
    }
    let mut acknowledged = 1;
    while told.recv().await.is_some() {
        acknowledged += 1;
    }
    (after, acknowledged)
}

on_both!(what_was_acknowledged_outlives_a_kill, async |db| {
    let bench = Bench::with_team(db);
    let mut cells: Vec<Cell> = (0..WRITERS).map(|index| Cell::of(&bench, index)).collect();
    let (mut rows, _) = bench.trail();
    for round in 1..=ROUNDS {
        let (after, acknowledged) = write_until_killed(&bench, bench.serve(&[]), round, cells).await;
        cells = after;
        for cell in &mut cells {
            let stored = cell.stored(&bench);
            assert!(
                [&cell.acknowledged, &cell.sent].contains(&&stored),
                "round {round}: {stored:?}, {cell:?}"
            );
            cell.acknowledged = stored;
        }
        let (now, _) = bench.trail();
        let written = usize::try_from(now - rows).unwrap();
        let most = acknowledged + WRITERS + 1;
        assert!(
            (acknowledged + 1..=most).contains(&written),
            "{acknowledged} acknowledged, {written} recorded"
        );
        rows = now;
    }
});
