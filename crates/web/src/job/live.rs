//! Tells a page of jobs that something changed, as server-sent events. Without script the page is simply loaded again.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use bening_core::access::{Action as Want, Scope};
use bening_store::job as store;
use futures::stream::{self, Stream};

use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::reach::demand;

/// How often is looked whether something changed.
const LOOK: Duration = Duration::from_secs(1);
/// How long a stream lives; browsers come back by themselves.
const LOOKS_MAX: u32 = 300;
/// Jobs that are compared.
const COMPARED: u64 = 100;

/// The stream.
///
/// # Errors
/// When the caller does not manage the agency.
pub async fn stream(Shared(app): Shared<App>, caller: Caller) -> Result {
    demand(&caller, Want::ManageAgency, &Scope::agency())?;
    Ok(Sse::new(changes(app)).keep_alive(KeepAlive::default()).into_response())
}

struct Watch {
    app: App,
    seen: Option<String>,
    looks: u32,
}

/// One event whenever the jobs stand otherwise than before; ends when the program stops.
fn changes(app: App) -> impl Stream<Item = std::result::Result<Event, Infallible>> {
    stream::unfold(Watch { app, seen: None, looks: 0 }, |mut watch| async move {
        let mut stop = watch.app.stopping();
        loop {
            if watch.looks >= LOOKS_MAX || *stop.borrow() {
                return None;
            }
            watch.looks += 1;
            let now = stand(&watch.app).await;
            let is_new = now.is_some() && watch.seen.is_some() && now != watch.seen;
            watch.seen = now.or(watch.seen);
            if is_new {
                return Some((Ok(Event::default().event("berubah").data("1")), watch));
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.changed() => return None,
            }
        }
    })
}

/// Where the newest jobs stand, as one text to compare; nothing when the database does not answer.
async fn stand(app: &App) -> Option<String> {
    let jobs = store::list(app.store(), None, COMPARED).await.ok()?;
    let said = jobs.iter().map(|job| format!("{}{}{}{}", job.id, job.state.as_str(), job.attempts, job.done));
    Some(said.collect())
}
