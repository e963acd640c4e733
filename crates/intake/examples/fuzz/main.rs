//! Fuzzing on stable Rust: sound files are spoilt by chance and handed to every door through which bytes come in.
//! It has no feedback from coverage; what it lacks there it makes up with the words of the formats and by
//! spoiling workbooks inside their archives. Run it with `cargo xtask fuzz`.
//!
//! `fuzz SECONDS SEED FOLDER [TARGET]`: finds are written into the folder; `now.txt` there names the input under
//! way, for the case that the program itself dies. `fuzz 0 SEED FOLDER TARGET` runs that one input again.

mod mutate;
mod seeds;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mutate::Chance;
use seeds::Seeds;
use targets::{TARGETS, Target};

/// Longest that one input may take.
const INPUT_MAX: Duration = Duration::from_secs(2);
/// An input that seems to take too long is tried again: the machine may have been busy with other things.
const TRIES: usize = 3;
/// Most memory that one input may make the program hold, in KiB.
const MEMORY_MAX_KIB: u64 = 1_000_000;
/// Finds after which a target is left.
const FINDS_MAX: usize = 5;

struct Run {
    time: Duration,
    seed: u64,
    folder: PathBuf,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().and_then(|text| text.parse().ok());
    let (Some(seconds), Some(seed)) = (number(), number()) else {
        eprintln!("usage: fuzz SECONDS SEED FOLDER [TARGET]");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(arguments.next().unwrap_or_default());
    let only = arguments.next();
    let chosen: Vec<&Target> =
        TARGETS.iter().filter(|target| only.as_deref().is_none_or(|name| name == target.name)).collect();
    let share = u32::try_from(chosen.len()).unwrap_or(1).max(1);
    let run = Run { time: Duration::from_secs(seconds) / share, seed, folder };
    std::panic::set_hook(Box::new(|_| {}));
    let finds: usize = chosen.iter().map(|target| fuzz(target, &run)).sum();
    if finds == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a target for its share of the time and says how it went; at least one input.
fn fuzz(target: &Target, run: &Run) -> usize {
    let seeds = seeds::of(target.name);
    let (began, mut seed, mut finds) = (Instant::now(), run.seed, 0);
    loop {
        finds += usize::from(!is_well(target, &seeds, seed, &run.folder));
        seed = seed.wrapping_add(1);
        if began.elapsed() >= run.time || finds >= FINDS_MAX {
            break;
        }
    }
    let inputs = seed.wrapping_sub(run.seed);
    println!("  {:<10} seeds {}..{seed}: {inputs} inputs, {finds} finds", target.name, run.seed);
    finds
}

fn is_well(target: &Target, seeds: &Seeds, seed: u64, folder: &Path) -> bool {
    let input = seeds::input(seeds, &mut Chance::new(seed));
    let note = format!("{} {seed}", target.name);
    if let Err(error) = std::fs::write(folder.join("now.txt"), note) {
        println!("  the folder cannot be written: {error}");
        return false;
    }
    let Some(why) = wrong(target, &input) else { return true };
    let file = folder.join(format!("{}-{seed}.bin", target.name));
    let kept = std::fs::write(&file, smallest(target, input));
    println!("  FIND {} seed {seed}: {why}\n       {} {kept:?}", target.name, file.display());
    false
}

/// What is wrong with how a target answers this input.
fn wrong(target: &Target, input: &[u8]) -> Option<String> {
    let mut fastest = Duration::MAX;
    for _ in 0..TRIES {
        forget_peak();
        let began = Instant::now();
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (target.run)(input))) {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            return Some(text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("panic").to_owned());
        }
        fastest = fastest.min(began.elapsed());
        if fastest <= INPUT_MAX {
            break;
        }
    }
    match peak_kib() {
        _ if fastest > INPUT_MAX => Some(format!("took {fastest:?}")),
        Some(kib) if kib > MEMORY_MAX_KIB => Some(format!("held {kib} KiB")),
        _ => None,
    }
}

/// The input without pieces that do not matter, as far as that is found quickly.
fn smallest(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let (began, mut piece) = (Instant::now(), input.len() / 2);
    while piece > 0 && began.elapsed() < Duration::from_secs(5) {
        let mut at = 0;
        while at + piece <= input.len() && began.elapsed() < Duration::from_secs(5) {
            let without = [&input[..at], &input[at + piece..]].concat();
            if wrong(target, &without).is_some() { input = without } else { at += piece }
        }
        piece /= 2;
    }
    input
}

/// Starts counting the most memory held anew, where the system can.
fn forget_peak() {
    let _unsupported = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory held since then, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
