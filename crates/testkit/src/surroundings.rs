//! The names of what `cargo xtask test` starts for the tests, and the sentence said when one is missing.
//! Starting and stopping live in `xtask`.

/// Superuser URL of a private PostgreSQL cluster, for example `postgres://bening:…@127.0.0.1:5433/postgres`.
pub const POSTGRES: &str = "BENING_TEST_POSTGRES";
/// Address of an S3-compatible server that takes any key, for example `http://127.0.0.1:5998`.
pub const S3: &str = "BENING_TEST_S3";
/// Address of a virus scanner as `bening serve --scanner` takes it, for example `unix:/run/clamd.sock`. It takes files in
/// which [`VIRUS`] stands for infected.
pub const SCANNER: &str = "BENING_TEST_SCANNER";
/// What the scanner of the tests takes for a virus.
pub const VIRUS: &[u8] = b"bening-uji-pemindai";
/// Address of a running chromedriver, for example `http://127.0.0.1:9515`.
pub const WEBDRIVER: &str = "BENING_TEST_WEBDRIVER";
/// Path of `axe.min.js`, the accessibility checker the browser tests run inside the page.
pub const AXE: &str = "BENING_TEST_AXE";

/// The value of one of the variables above.
///
/// # Panics
/// When it is not set, with a sentence that names the command which sets it: a test that needs a service it has not
/// got must be red, not skipped.
#[must_use]
pub fn required(variable: &str) -> String {
    match std::env::var(variable) {
        Ok(value) if !value.is_empty() => value,
        _ => panic!(
            "{variable} is not set. Run `cargo xtask test`: it starts what this test needs and sets it."
        ),
    }
}
