//! Results on their way to standard output. Messages go to standard error where they arise.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

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

/// Writes bytes to a file, or to standard output when none is named.
pub(crate) fn to_file(output: Option<&Path>, contents: &[u8]) -> Result<ExitCode> {
    let Some(path) = output else { return bytes(contents) };
    std::fs::write(path, contents).with_context(|| format!("{} tidak dapat ditulis", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
