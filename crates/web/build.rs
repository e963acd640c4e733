//! Brings the styles, the script and the font from `frontend/` into the binary: installs what the lock
//! file names, lets esbuild bundle it, and writes the table of files that `assets.rs` includes.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bening_npm::Packages;

/// Names a folder that `node build.mjs dist` made elsewhere, for packagers who build without npm.
const PREBUILT: &str = "BENING_FRONTEND_DIST";

fn main() -> Result<(), Box<dyn Error>> {
    // The translations are compiled in by a macro that cargo cannot see through.
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let dist = match bening_npm::prebuilt(PREBUILT) {
        Some(folder) => folder,
        None => bundle(&out)?,
    };
    fs::write(out.join("assets.rs"), table(&dist)?)?;
    Ok(())
}

fn bundle(out: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let source = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../frontend");
    let folder = out.join("frontend");
    bening_npm::install(&source, &folder, Packages::Product)?;
    bening_npm::node(&folder, "build.mjs", &["dist"])?;
    Ok(folder.join("dist"))
}

/// Rust text of a slice of `Asset`, one for each line of the manifest.
fn table(dist: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = fs::read_to_string(dist.join("manifest.tsv"))
        .map_err(|cause| format!("{}: {cause}", dist.join("manifest.tsv").display()))?;
    let mut rows = String::from("&[\n");
    for line in manifest.lines() {
        rows.push_str(&row(dist, line)?);
    }
    rows.push(']');
    Ok(rows)
}

fn row(dist: &Path, line: &str) -> Result<String, Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [name, file, kind, squeezed] = fields[..] else {
        return Err(format!("manifest.tsv: four columns expected, found {line:?}").into());
    };
    let path = dist.join(file);
    let path = path.to_str().ok_or("the path of the build folder is not UTF-8")?;
    let mut row = String::new();
    write!(row, "Asset {{ name: {name:?}, file: {file:?}, kind: {kind:?}, ")?;
    write!(row, "plain: include_bytes!({path:?}), ")?;
    for (field, ending) in [("brotli", "br"), ("gzip", "gz")] {
        match squeezed {
            "squeezed" => write!(row, "{field}: Some(include_bytes!({:?})), ", format!("{path}.{ending}"))?,
            _ => write!(row, "{field}: None, ")?,
        }
    }
    row.push_str("},\n");
    Ok(row)
}
