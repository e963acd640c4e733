//! Results on their way to standard output. Messages go to standard error where they arise.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Result;

/// Writes text as it is.
pub(crate) fn text(text: &str) -> Result<ExitCode> {
    bytes(text.as_bytes())
}

/// Writes bytes as they are; a reader that has seen enough (`| head`) is no failure.
pub(crate) fn bytes(bytes: &[u8]) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
