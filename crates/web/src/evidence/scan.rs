//! The virus scanner: a clamd that an administrator named looks at every file before it is kept. What it does not
//! look at is not kept.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use clamav_client::tokio::{Socket, Tcp, scan_file};

use crate::error::{AppError, Result};

/// How long a scan may last; the largest file takes a fraction of it.
const PATIENCE: Duration = Duration::from_secs(120);
/// How much goes to the scanner at a time, in bytes.
const BLOCK_BYTES: usize = 64 * 1024;
const SILENT: &str = "pemindai virus tidak menjawab atau menolak berkas ini, jadi berkas belum disimpan; coba lagi, dan \
                      bila terulang minta administrator memeriksa clamd dan StreamMaxLength-nya";

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// A socket of this machine.
    Unix(PathBuf),
    /// Host and port.
    Tcp(String),
}

/// The address of a scanner is none.
#[derive(Debug, thiserror::Error)]
#[error("tulis unix:/run/clamav/clamd.ctl atau tcp:127.0.0.1:3310")]
pub struct NoScanner;

impl FromStr for Scanner {
    type Err = NoScanner;

    fn from_str(text: &str) -> std::result::Result<Self, NoScanner> {
        match text.split_once(':') {
            Some(("unix", path)) if path.starts_with('/') => Ok(Self::Unix(path.into())),
            Some(("tcp", host)) if host.contains(':') => Ok(Self::Tcp(host.to_owned())),
            _ => Err(NoScanner),
        }
    }
}

impl Scanner {
    /// Has a file looked at.
    ///
    /// # Errors
    /// When something was found, or the scanner gave no answer.
    pub(super) async fn look_at(&self, path: &Path) -> Result<()> {
        let asked = async {
            match self {
                Self::Unix(socket_path) => scan_file(path, Socket { socket_path }, Some(BLOCK_BYTES)).await,
                Self::Tcp(host_address) => scan_file(path, Tcp { host_address }, Some(BLOCK_BYTES)).await,
            }
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => judge(&String::from_utf8_lossy(&answer)),
            Ok(Err(error)) => Err(silent(&error.to_string())),
            Err(_elapsed) => Err(silent("no answer in time")),
        }
    }
}

/// What the scanner says is `stream: OK`, `stream: NAME FOUND`, or why it looked at nothing.
fn judge(answer: &str) -> Result<()> {
    let said = answer.trim_end_matches(['\0', '\n']);
    let said = said.strip_prefix("stream: ").unwrap_or(said);
    match said.strip_suffix(" FOUND") {
        _ if said == "OK" => Ok(()),
        Some(name) => Err(AppError::Refused(format!(
            "pemindai virus menemukan {name} di berkas ini; berkas tidak disimpan. Bersihkan komputer asalnya lebih dulu"
        ))),
        None => Err(silent(said)),
    }
}

fn silent(why: &str) -> AppError {
    tracing::warn!(why, "the virus scanner looked at nothing");
    AppError::Unavailable(SILENT.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_socket_or_a_host() {
        let parsed = |text: &str| text.parse::<Scanner>().ok();
        assert_eq!(parsed("unix:/run/clamd.ctl"), Some(Scanner::Unix("/run/clamd.ctl".into())));
        assert_eq!(parsed("tcp:127.0.0.1:3310"), Some(Scanner::Tcp("127.0.0.1:3310".into())));
        for none in ["", "clamd", "unix:clamd.ctl", "tcp:localhost", "http://localhost:3310"] {
            assert_eq!(parsed(none), None, "{none}");
        }
    }

    #[test]
    fn only_ok_is_taken_for_clean() {
        assert!(judge("stream: OK\0").is_ok());
        assert!(
            matches!(judge("stream: Win.Test FOUND\0"), Err(AppError::Refused(said)) if said.contains("Win.Test"))
        );
        for other in ["", "INSTREAM size limit exceeded. ERROR\0", "stream: OK FOUND\0"] {
            assert!(judge(other).is_err(), "{other}");
        }
    }
}
