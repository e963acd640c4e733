//! Mappings of workbooks that others laid out: made once from a sample, looked at, used again by every unit. What a
//! mapping means is `bening_core::lke::book::mapping`.

mod draft;
mod edit;
mod list;

use bening_core::access::{Action as Want, Scope};
use bening_intake::{LkeFile, LkeFileError};
use bening_store::lke_mapping::{self as store, Kept};
use uuid::Uuid;

use crate::app::App;
use crate::caller::Caller;
use crate::error::{AppError, Result};
use crate::reach::demand;

pub use edit::{delete, download, save, show};
pub use list::{create, show_list};

/// Where the mappings are.
const BASE: &str = "/instansi/pemetaan";
/// Longest name, in characters.
const NAME_MAX_CHARS: usize = 120;

/// Whoever loads editions sets up mappings.
fn allow(caller: &Caller) -> Result<()> {
    demand(caller, Want::ManageAgency, &Scope::agency())
}

/// A mapping by the identity in an address.
async fn reach(app: &App, id: &str) -> Result<Kept> {
    let id = Uuid::parse_str(id).map_err(|_| AppError::NotFound)?;
    store::by_id(app.store(), id).await?.ok_or(AppError::NotFound)
}

/// Opens a workbook off the async threads.
async fn open(
    app: &App,
    bytes: impl AsRef<[u8]> + Send + 'static,
) -> Result<std::result::Result<LkeFile, LkeFileError>> {
    app.hash(move || LkeFile::open(bytes.as_ref())).await.ok_or(AppError::Interrupted)
}

/// A name as it is kept, or what is wrong with it.
fn name(typed: &str) -> std::result::Result<String, String> {
    let name = bening_core::text::line(typed).map_err(|error| error.to_string())?;
    match name.chars().count() {
        0 => Err("isi nama pemetaan, misalnya susunan resmi dan tahunnya".to_owned()),
        1..=NAME_MAX_CHARS => Ok(name),
        _ => Err(format!("nama paling panjang {NAME_MAX_CHARS} huruf")),
    }
}
