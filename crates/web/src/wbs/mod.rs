//! The zone of whistleblowers: the form and the conversation of those who report, the desk of those who read. What is
//! kept is sealed before it reaches the store; nothing here writes contents to the trail or to a log.

pub mod attach;
pub mod desk;
pub mod keepers;
pub mod public;
pub mod seal;
pub mod talk;

pub use desk::may_enter_desk;

use age::x25519::Identity;
use bening_core::id::UnitId;
use bening_core::wbs::{self as core, Author, Keeper, Message, Refusal, Report};
use bening_store::{person, wbs as store};

use crate::app::App;
use crate::error::{AppError, Result};

/// A message as somebody with a key reads it.
struct Said {
    from_reporter: bool,
    on_day: String,
    text: String,
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<seal::SealError> for AppError {
    fn from(error: seal::SealError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// Opens a conversation; what was not sealed for the key is left out.
fn read(page: &crate::page::Page, messages: &[Message], key: &Identity) -> Vec<Said> {
    let open = |message: &Message| {
        Some(Said {
            from_reporter: message.author == Author::Reporter,
            on_day: page.date_long(message.on_day),
            text: seal::open(&message.sealed, key)?,
        })
    };
    messages.iter().filter_map(open).collect()
}

/// The keepers of a unit, without those who came to hold power since they were named.
async fn keepers(app: &App, unit: UnitId) -> Result<Vec<Keeper>> {
    let mut free = Vec::new();
    for keeper in store::keepers(app.store(), unit).await? {
        let mut held = person::assignments_of(app.store(), keeper.person).await?;
        held.retain(|role| role.holds_on(app.today()));
        if core::may_keep(&held).is_ok() {
            free.push(keeper);
        }
    }
    Ok(free)
}

/// Those who were given a report to read.
async fn readers(app: &App, report: &Report) -> Result<Vec<Keeper>> {
    let given = store::readers(app.store(), report.id).await?;
    let mut keepers = keepers(app, report.unit).await?;
    keepers.retain(|keeper| given.contains(&keeper.id) && keeper.duty.reads());
    Ok(keepers)
}

/// Seals a message for those who were given the report and for whoever has the receipt.
async fn seal_for(app: &App, report: &Report, author: Author, text: &str) -> Result<Message> {
    let keepers = readers(app, report).await?;
    let keys = keepers.iter().map(|keeper| keeper.public_key.as_str());
    let sealed = seal::seal(text, keys.chain([report.public_key.as_str()]))?;
    Ok(Message { author, sealed, on_day: app.today() })
}
