//! How a command can end badly, and the exit code of each way; checks of input that several commands share.

use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

/// Exit code of refused input.
pub(crate) const REFUSED: u8 = 3;

/// The input was refused: a file or a rule. Exit code 3.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refused(pub(crate) String);

/// What was asked for is not there. Exit code 4.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NotFound(pub(crate) String);

/// The audit trail does not hold. Exit code 5.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct BrokenTrail(pub(crate) String);

/// Why a file that a person named could not be read; one that is not there has its own exit code.
pub(crate) fn unread(file: &Path, error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => {
            NotFound(format!("berkas {} tidak ada, jadi tidak dapat dibuka", file.display())).into()
        }
        _ => anyhow::Error::new(error).context(format!("berkas {} tidak terbaca", file.display())),
    }
}

/// A text that must be there, on one line; `what` names it for the person who left it out.
pub(crate) fn told(what: &str, text: &str) -> anyhow::Result<String> {
    let line = bening_core::text::line(text).map_err(|error| Refused(format!("{what}: {error}")))?;
    if line.is_empty() { Err(Refused(format!("{what} tidak boleh kosong")).into()) } else { Ok(line) }
}

/// The exit code of an error.
pub(crate) fn code_of(error: &anyhow::Error) -> ExitCode {
    let is = |code: u8| ExitCode::from(code);
    match () {
        () if error.is::<Refused>() => is(REFUSED),
        () if error.is::<NotFound>() => is(4),
        () if error.is::<BrokenTrail>() => is(5),
        () => is(1),
    }
}
