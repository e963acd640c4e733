//! Inputs that once were hard, or that fuzzing found: every door answers them, again and again. To add one, put
//! the file that `cargo xtask fuzz` wrote into `fixtures/crashers/`, named after its target.

#![cfg(test)]

use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../examples/fuzz/targets.rs"]
mod targets;

use targets::TARGETS;

#[test]
fn every_kept_input_is_answered_in_time() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/crashers");
    let mut run = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let target = TARGETS.iter().find(|target| name.starts_with(target.name));
        let target = target.unwrap_or_else(|| panic!("{name} is named after no target"));
        let began = Instant::now();
        (target.run)(&std::fs::read(&path).unwrap());
        assert!(began.elapsed() < Duration::from_secs(10), "{name} took {:?}", began.elapsed());
        run += 1;
    }
    assert!(run > 0, "no input is kept");
}

#[test]
fn answers_of_a_million_rows_are_refused_at_once() {
    let edition = bening_core::instrument::shipped().iter().next().unwrap();
    for text in
        ["code;input;answer\n".to_owned() + &"MP-P1a;;Ya\n".repeat(1_000_000), "code;answer\n".repeat(6_000)]
    {
        let began = Instant::now();
        let problems = bening_core::scoring::Sheet::from_csv(edition, &text).unwrap_err();
        assert!(problems[0].to_string().contains("terlalu banyak baris"), "{}", problems[0]);
        assert!(began.elapsed() < Duration::from_secs(1), "took {:?}", began.elapsed());
    }
}
