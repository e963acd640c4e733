//! Running other programs so that none of them outlives this one: every child gets a process group of its own, and a
//! Ctrl-C or a SIGTERM ends the group before the guards on the stack stop the services.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context;

/// Set by a Ctrl-C.
static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Set once the Ctrl-C was noticed: from then on another one ends the program at once. Not before, because `timeout`
/// and CI runners send two in a row.
static NOTICED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// How often a running child is looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// A program in its own process group; the whole group ends with this value.
pub(crate) struct Group {
    child: Child,
}

/// Turns Ctrl-C and SIGTERM into an error at the next glance, so that guards are dropped.
pub(crate) fn watch_for_interrupts() -> anyhow::Result<()> {
    let (interrupted, noticed) = (INTERRUPTED.get_or_init(Arc::default), NOTICED.get_or_init(Arc::default));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        signal_hook::flag::register_conditional_shutdown(signal, 130, noticed.clone())?;
        signal_hook::flag::register(signal, interrupted.clone())?;
    }
    Ok(())
}

/// Fails once the person has asked to stop.
pub(crate) fn ensure_not_interrupted() -> anyhow::Result<()> {
    let interrupted = INTERRUPTED.get().is_some_and(|flag| flag.load(Ordering::Relaxed));
    if let (true, Some(noticed)) = (interrupted, NOTICED.get()) {
        noticed.store(true, Ordering::Relaxed);
        anyhow::bail!("interrupted; everything that was started has been stopped");
    }
    Ok(())
}

/// Waits a little between two looks at something that is starting.
pub(crate) fn pause() -> anyhow::Result<()> {
    std::thread::sleep(GLANCE);
    ensure_not_interrupted()
}

/// Runs a program to its end, its output streaming through.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<ExitStatus> {
    Group::start(command)?.finish()
}

/// Like [`run`], for when only success will do.
pub(crate) fn must_run(command: &mut Command) -> anyhow::Result<()> {
    let status = run(command)?;
    anyhow::ensure!(status.success(), "{} failed: {status}", command.get_program().to_string_lossy());
    Ok(())
}

/// Standard output of a program that has to succeed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("starting {name}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{name} failed: {}", complaint.trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

impl Group {
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).process_group(0);
        Ok(Self { child: command.spawn().with_context(|| format!("starting {name}"))? })
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Fails when the program has ended, with what it was supposed to be doing.
    pub(crate) fn ensure_alive(&mut self, duty: &str) -> anyhow::Result<()> {
        match self.child.try_wait()? {
            Some(status) => anyhow::bail!("{duty} ended at once: {status}"),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> anyhow::Result<ExitStatus> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            pause()?;
        }
    }

    /// Asks the group to end with the named signal and waits for its first process.
    pub(crate) fn stop(&mut self, signal: &str) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal(signal);
            self.wait_or_kill();
        }
    }

    fn wait_or_kill(&mut self) {
        for _glance in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(GLANCE);
        }
        self.signal("KILL");
        let _reaped = self.child.kill().and_then(|()| self.child.wait());
    }

    /// The shell's own `kill` knows process groups and is there on the barest machine.
    fn signal(&self, signal: &str) {
        let kill = format!("kill -s {signal} -- -{}", self.child.id());
        let _gone_already = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop("TERM");
    }
}
