//! How a command can end badly, and the exit code of each way.

use std::process::ExitCode;

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

/// The exit code of an error.
pub(crate) fn code_of(error: &anyhow::Error) -> ExitCode {
    let is = |code: u8| ExitCode::from(code);
    match () {
        () if error.is::<Refused>() => is(3),
        () if error.is::<NotFound>() => is(4),
        () if error.is::<BrokenTrail>() => is(5),
        () => is(1),
    }
}
