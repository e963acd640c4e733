//! One place where everything that can go wrong becomes an answer a person can use.

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use bening_core::document::PrintError;
use bening_core::lke;
use bening_core::plan::{edit, life};
use bening_core::survey;
use bening_store::StoreError;
use bening_store::files::FilesError;
use serde_json::json;

use crate::page::Page;
use crate::words::Lang;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not signed in; after signing in, back to this address.
    #[error("sign in first")]
    SignIn(String),
    /// Nothing there, or nothing that this person may know of.
    #[error("not found")]
    NotFound,
    /// They may know of it, but not do this.
    #[error("forbidden")]
    Forbidden,
    /// Not from one of our own pages.
    #[error("foreign request")]
    Foreign,
    /// The request cannot be understood; the words say what was expected.
    #[error("{0}")]
    Bad(String),
    /// Refused by a rule; the words say which and what to do.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed it meanwhile.
    #[error("{message}")]
    Conflict {
        /// What to say.
        message: String,
        /// What stands there now.
        current: String,
    },
    /// Too much at once; try again after so many seconds.
    #[error("{message}")]
    TooMany {
        /// What to say.
        message: String,
        /// Seconds.
        wait_s: i64,
    },
    /// Something that is asked on the way does not answer; the words say what and what to do.
    #[error("{0}")]
    Unavailable(String),
    /// The file is too large.
    #[error("too large")]
    TooLarge,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The printer.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// A page could not be written.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// Work off the async threads was lost.
    #[error("interrupted")]
    Interrupted,
}

/// What handlers return.
pub type Result<T = Response> = std::result::Result<T, AppError>;

impl From<edit::Refusal> for AppError {
    fn from(refusal: edit::Refusal) -> Self {
        match refusal {
            edit::Refusal::Conflict { ref current } => {
                Self::Conflict { current: current.clone(), message: refusal.to_string() }
            }
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<bening_core::team::edit::Refusal> for AppError {
    fn from(refusal: bening_core::team::edit::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::team::reading::Refusal> for AppError {
    fn from(refusal: bening_core::team::reading::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::evidence::Refusal> for AppError {
    fn from(refusal: bening_core::evidence::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_intake::evidence::Refusal> for AppError {
    fn from(refusal: bening_intake::evidence::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<FilesError> for AppError {
    fn from(error: FilesError) -> Self {
        let message = error.to_string();
        match error {
            FilesError::Offset(stands) => Self::Conflict { message, current: stands.to_string() },
            FilesError::TooLarge(_) | FilesError::Gone | FilesError::Cut => Self::Refused(message),
            other => Self::Store(StoreError::Files(other)),
        }
    }
}

impl From<life::Refusal> for AppError {
    fn from(refusal: life::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<survey::PublishRefusal> for AppError {
    fn from(refusal: survey::PublishRefusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<survey::Refusal> for AppError {
    fn from(refusal: survey::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<survey::PaperError> for AppError {
    fn from(refusal: survey::PaperError) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::monev::Refusal> for AppError {
    fn from(refusal: bening_core::monev::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<survey::VerdictError> for AppError {
    fn from(refusal: survey::VerdictError) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::meeting::Refusal> for AppError {
    fn from(refusal: bening_core::meeting::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::suggestion::Refusal> for AppError {
    fn from(refusal: bening_core::suggestion::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::statistic::StatisticRefusal> for AppError {
    fn from(refusal: bening_core::statistic::StatisticRefusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::register::Refusal> for AppError {
    fn from(refusal: bening_core::register::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<bening_core::followup::Refusal> for AppError {
    fn from(refusal: bening_core::followup::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl From<lke::edit::Refusal> for AppError {
    fn from(refusal: lke::edit::Refusal) -> Self {
        let message = refusal.to_string();
        match refusal {
            lke::edit::Refusal::Conflict(given) => {
                Self::Conflict { current: crate::lke::typed::current(&given), message }
            }
            _ => Self::Refused(message),
        }
    }
}

/// The page shown instead.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    text: String,
}

impl AppError {
    /// Status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Foreign => StatusCode::FORBIDDEN,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict { .. } | Self::Store(StoreError::Duplicate) => StatusCode::CONFLICT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable(_) | Self::Store(StoreError::Files(FilesError::Unreachable(_))) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Store(StoreError::Full | StoreError::Files(FilesError::Full)) => {
                StatusCode::INSUFFICIENT_STORAGE
            }
            Self::Store(_) | Self::Print(_) | Self::Template(_) | Self::Interrupted => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn heading(&self) -> &'static str {
        match self {
            Self::SignIn(_) => "Masuk dulu",
            Self::NotFound => "Halaman tidak ditemukan",
            Self::Forbidden => "Anda tidak berwenang",
            Self::Foreign => "Permintaan ditolak",
            Self::Bad(_) => "Permintaan tidak dipahami",
            Self::Refused(_) => "Belum dapat dilakukan",
            Self::Conflict { .. } => "Sudah diubah orang lain",
            Self::TooMany { .. } => "Terlalu banyak percobaan",
            Self::TooLarge => "Berkas terlalu besar",
            Self::Store(StoreError::Full | StoreError::Files(FilesError::Full)) => "Penyimpanan penuh",
            _ => "Ada gangguan",
        }
    }

    /// What to say, in a language; core's refusals are translated before they become sentences.
    pub fn said(&self, lang: Lang) -> String {
        match self {
            Self::Bad(text) | Self::Refused(text) | Self::Unavailable(text) => sentence(&lang.t(text)),
            Self::Conflict { message, .. } | Self::TooMany { message, .. } => sentence(&lang.t(message)),
            other => lang.t(&other.text()).into_owned(),
        }
    }

    /// What to say, in Indonesian; also a key for the other languages where it is fixed.
    pub fn text(&self) -> String {
        match self {
            Self::SignIn(_) => "Sesi Anda berakhir atau belum dimulai. Masuk untuk melanjutkan.".to_owned(),
            Self::NotFound => {
                "Alamat ini tidak ada, atau Anda tidak mempunyai akses ke unitnya. Periksa alamatnya atau kembali ke beranda."
                    .to_owned()
            }
            Self::Forbidden => {
                "Peran Anda di unit ini tidak memuat tindakan tersebut. Minta ketua tim atau admin instansi bila memang tugas Anda."
                    .to_owned()
            }
            Self::Foreign => {
                "Permintaan ini tidak datang dari halaman Bening yang terbuka. Muat ulang halaman lalu coba lagi.".to_owned()
            }
            Self::TooLarge => "Berkas paling besar 10 MB. Bagi berkas atau hapus gambar di dalamnya.".to_owned(),
            Self::Bad(text) | Self::Refused(text) | Self::Unavailable(text) => sentence(text),
            Self::Conflict { message, .. } | Self::TooMany { message, .. } => sentence(message),
            Self::Store(StoreError::Duplicate) => "Data yang sama sudah ada. Muat ulang halaman untuk melihatnya.".to_owned(),
            Self::Store(StoreError::Full) => {
                "Penyimpanan server penuh. Perubahan terakhir tidak disimpan dan tidak ada yang rusak. Hubungi pengelola."
                    .to_owned()
            }
            Self::Store(StoreError::Files(FilesError::Unreachable(_))) => {
                "Tempat berkas sedang tidak dapat dijangkau. Tidak ada yang tersimpan setengah; coba lagi sebentar lagi."
                    .to_owned()
            }
            Self::Store(StoreError::Files(error)) => sentence(&error.to_string()),
            _ => "Server tidak dapat menyelesaikan permintaan ini. Tidak ada yang tersimpan setengah; coba lagi sebentar lagi."
                .to_owned(),
        }
    }
}

/// A refusal as a sentence: core writes them small and without a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    let end = if text.ends_with(['.', '!', '?', '”']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if self.status().is_server_error() {
            tracing::error!(error = %self, "request failed");
        }
        let status = self.status();
        let mut response = status.into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

/// Turns an error left by a handler into what this request can use: JSON for the script, a page for people.
pub fn show(error: &AppError, path: &str, headers: &HeaderMap, lang: Lang) -> Response {
    let wants_json =
        headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    match error {
        _ if wants_json => as_json(error, lang),
        AppError::SignIn(_) => {
            Redirect::to(&format!("/masuk?ke={}", crate::form::encode(path))).into_response()
        }
        _ => as_page(error, lang),
    }
}

fn as_json(error: &AppError, lang: Lang) -> Response {
    let body = match error {
        AppError::Conflict { current, message } => json!({ "current": current, "message": message }),
        other => json!({ "message": other.said(lang) }),
    };
    (error.status(), axum::Json(body)).into_response()
}

fn as_page(error: &AppError, lang: Lang) -> Response {
    let heading = lang.t(error.heading()).into_owned();
    let text = error.said(lang);
    let page = ErrorPage { page: Page::new(heading, lang), text };
    let body = page.render().unwrap_or_else(|_| error.text());
    let mut response = (error.status(), Html(body)).into_response();
    if let AppError::TooMany { wait_s, .. } = error {
        response.headers_mut().insert(header::RETRY_AFTER, (*wait_s).into());
    }
    response
}
