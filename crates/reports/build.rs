//! Brings the fonts of the printed papers: installs what `prints/package-lock.json` names and writes the
//! table of their bytes that `pdf::world` includes. No font is ever committed.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bening_npm::Packages;

/// Names a folder that holds the font files, for packagers who build without npm.
const PREBUILT: &str = "BENING_PRINT_FONTS";

/// Package, folder and file of each font: a serif for prose, a sans for headings and tables.
const FONTS: [(&str, &str, &str); 7] = [
    ("source-serif-4", "400Regular", "SourceSerif4_400Regular.ttf"),
    ("source-serif-4", "400Regular_Italic", "SourceSerif4_400Regular_Italic.ttf"),
    ("source-serif-4", "600SemiBold", "SourceSerif4_600SemiBold.ttf"),
    ("source-sans-3", "400Regular", "SourceSans3_400Regular.ttf"),
    ("source-sans-3", "400Regular_Italic", "SourceSans3_400Regular_Italic.ttf"),
    ("source-sans-3", "600SemiBold", "SourceSans3_600SemiBold.ttf"),
    ("source-sans-3", "700Bold", "SourceSans3_700Bold.ttf"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let paths = match bening_npm::prebuilt(PREBUILT) {
        Some(folder) => FONTS.map(|(_, _, file)| folder.join(file)),
        None => installed(&out)?,
    };
    fs::write(out.join("fonts.rs"), table(&paths)?)?;
    Ok(())
}

fn installed(out: &Path) -> Result<[PathBuf; FONTS.len()], Box<dyn Error>> {
    let source = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../prints");
    let folder = out.join("prints");
    bening_npm::install(&source, &folder, Packages::Product)?;
    let scope = folder.join("node_modules/@expo-google-fonts");
    Ok(FONTS.map(|(package, weight, file)| scope.join(package).join(weight).join(file)))
}

/// Rust text of an array of byte slices.
fn table(paths: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut rows = String::from("[\n");
    for path in paths {
        let path = path.to_str().ok_or("the path of the build folder is not UTF-8")?;
        writeln!(rows, "    include_bytes!({path:?}).as_slice(),")?;
    }
    Ok(rows + "]")
}
