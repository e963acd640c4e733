//! What every handler has at hand: the store, the printer, the clock, the settings of this installation.

use std::sync::Arc;

use bening_core::document::Printer;
use bening_core::time::Year;
use bening_store::Store;
use bening_store::survey::Inbox;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use tokio::sync::{Semaphore, watch};

use crate::chance::Clock;
use crate::editions::Cache;
use crate::evidence::Scanner;
use crate::survey::Gate;

/// How many documents are printed at once: each takes about 200 MB while it lasts.
const PRINTING_AT_ONCE: usize = 2;
/// How many passwords are hashed at once: each takes 19 MiB and a core for tens of milliseconds.
const HASHING_AT_ONCE: usize = 2;

/// Settings of an installation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Zone in which days begin and end.
    pub zone: Tz,
    /// Whether people reach the site over HTTPS, so that cookies can be kept to it.
    pub transport: Transport,
    /// Whether this is the demonstration.
    pub purpose: Purpose,
    /// What an administrator opened towards the outside.
    pub outside: Outside,
}

/// What leaves this machine; nothing unless an administrator set it up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outside {
    /// In whose name mail is sent; none is sent without it.
    pub mail_from: Option<String>,
    /// Address of the site as people know it, for links in mails: `https://zi.contoh.go.id`, no slash at the end.
    pub site: Option<String>,
    /// What looks for viruses in files before they are kept.
    pub scanner: Option<Scanner>,
    /// Whose addresses are asked whether links of evidence still open; none without it.
    pub links: Option<Links>,
}

/// Whose addresses links of evidence may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Those of the internet.
    Internet,
    /// Also those of the agency's own network, but never this machine's.
    Intranet,
}

/// How people reach the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Plain HTTP, on one machine or behind a proxy that speaks HTTPS but was not declared.
    Plain,
    /// HTTPS, by a proxy in front.
    Secure,
}

/// What an installation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Real work.
    Work,
    /// Showing; the sign-in page names these sign-in names, which share a password.
    Demo {
        /// Who may be tried.
        accounts: Vec<DemoAccount>,
        /// The password of all of them.
        password: String,
    },
}

/// A sign-in that the demonstration offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Sign-in name.
    pub login: String,
    /// Role in Indonesian, as [`bening_core::person::Role::title`] gives it.
    pub role: &'static str,
    /// Code of the unit; empty for the whole agency.
    pub unit: String,
}

/// The state of the application; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    printer: Box<dyn Printer>,
    clock: Box<dyn Clock>,
    settings: Settings,
    printing: Semaphore,
    hashing: Semaphore,
    editions: Cache,
    inbox: Inbox,
    gate: Gate,
    stop: watch::Sender<bool>,
}

impl App {
    /// Puts an application together.
    pub fn new(store: Store, printer: Box<dyn Printer>, clock: Box<dyn Clock>, settings: Settings) -> Self {
        let (printing, hashing) = (Semaphore::new(PRINTING_AT_ONCE), Semaphore::new(HASHING_AT_ONCE));
        let editions = Cache::default();
        let (inbox, gate) = (Inbox::new(store.clone()), Gate::default());
        let stop = watch::Sender::new(false);
        let inner = Inner { store, printer, clock, settings, printing, hashing, editions, inbox, gate, stop };
        Self(Arc::new(inner))
    }

    /// Tells everything that would go on for long to come to an end.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// Turns true when the program is about to stop.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stop.subscribe()
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn editions_cache(&self) -> &Cache {
        &self.0.editions
    }

    /// Where answers to surveys are handed in.
    pub fn inbox(&self) -> &Inbox {
        &self.0.inbox
    }

    /// What slows down whoever answers surveys again and again.
    pub fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// This moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Today where the agency is.
    pub fn today(&self) -> NaiveDate {
        self.local(self.now()).0
    }

    /// This year where the agency is.
    pub fn this_year(&self) -> Year {
        Year::of(self.today())
    }

    /// A moment as day and time where the agency is.
    pub fn local(&self, at: DateTime<Utc>) -> (NaiveDate, NaiveTime) {
        let local = at.with_timezone(&self.0.settings.zone).naive_local();
        (local.date(), local.time())
    }

    /// The moment of a local day and time; the earlier one where a clock was set back, none where it was set forward.
    pub fn moment(&self, day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
        let local = day.and_time(time).and_local_timezone(self.0.settings.zone).earliest()?;
        Some(local.with_timezone(&Utc))
    }

    /// Prints off the async threads, few papers at a time.
    ///
    /// # Errors
    /// What the printer says, or that it panicked.
    pub async fn print<T: Send + 'static>(
        &self,
        job: impl FnOnce(&dyn Printer) -> Result<T, bening_core::document::PrintError> + Send + 'static,
    ) -> Result<T, bening_core::document::PrintError> {
        let inner = Arc::clone(&self.0);
        off_thread(&self.0.printing, move || job(inner.printer.as_ref()))
            .await
            .unwrap_or_else(|| Err(bening_core::document::PrintError("printing stopped".to_owned())))
    }

    /// Hashes passwords off the async threads, few at a time. `None` when the work could not be done.
    pub async fn hash<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        off_thread(&self.0.hashing, job).await
    }
}

async fn off_thread<T: Send + 'static>(
    gate: &Semaphore,
    job: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let _turn = gate.acquire().await.ok()?;
    tokio::task::spawn_blocking(job).await.ok()
}
