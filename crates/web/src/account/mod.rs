//! Signing in and out, the own account: password, language, colours.

mod own;
pub(crate) mod password;
mod sign_in;

pub use own::{choose_language, choose_theme, remember_lang, show as show_account};
pub use password::{Hashed, change as change_password, hash, show as show_password, strength};
pub use sign_in::{confirm, confirmation_key, show as show_sign_in, sign_in, sign_out};

use axum::http::HeaderMap;

use crate::caller::cookie;
use crate::words::Lang;

const LANG_COOKIE: &str = "bening_lang";

/// The language of somebody who is not signed in.
pub fn visitor_lang(headers: &HeaderMap) -> Lang {
    cookie(headers, LANG_COOKIE).and_then(Lang::from_code).unwrap_or_default()
}
