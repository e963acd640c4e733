//! The form on a device of the unit, at the counter: it keeps nothing of the last person and goes back to an empty
//! form by itself, with script and without.

use axum::extract::{Path, Request, State};

use super::public::{Way, begin, thank};
use crate::app::App;
use crate::error::Result;

/// The form.
///
/// # Errors
/// When there is no such survey.
pub async fn show(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result {
    begin(&app, &token, Way::kiosk(), request).await
}

/// The thanks, for a moment.
///
/// # Errors
/// When there is no such survey.
pub async fn thanks(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result {
    thank(&app, &token, request, Some(format!("/s/{token}/kios"))).await
}
