//! The sound files that fuzzing begins with, the words of their formats, and how a workbook is spoilt inside its
//! archive, where a flipped bit would otherwise only break a checksum.

use std::io::{Cursor, Read, Write};

use bening_core::instrument::SHIPPED_FILES;
use bening_core::survey;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::mutate::{Chance, spoilt};

/// Sound files and the words of their format.
pub(crate) struct Seeds {
    pub(crate) files: Vec<Vec<u8>>,
    pub(crate) words: &'static [&'static str],
}

const FORMULAS: [&str; 4] = [
    "if(temuan == 0, 1, min(1, ditindaklanjuti / temuan))",
    "max(0, (lalu - kini) / max(1, lalu))",
    "if(a + b > 0, if(c != 2, -(a * 3.5), 1), 1/2)",
    "selesai <= harus_ditindaklanjuti",
];
const MINIMAL: &str = include_str!("../../../core/tests/instrument/minimal.toml");
const PROBLEMS: &str = include_str!("../../../core/tests/instrument/problems.toml");
const LABELS: &str = "instrument = \"permenpanrb-52-2014\"\norigin = \"x\"\n[area]\nMP = \"a\"\n[question.\"MP-P1a\"]\nlabel = \"b\"\noption.Ya = \"c\"\nevidence = [\"d\"]\n";
const ANSWERS: &str = r#"{"instrument": "permenpanrb-90-2021", "answers": {"MP-P1a": "Ya", "MP-P1b": "B",
"PW-R2a": {"harus_ditindaklanjuti": 12, "sedang_diproses": 1, "selesai": 9}, "BA-H1a": {"indeks": "3,60"}}, "facts": {"opini_bpk": {"2023": "WTP"}}}"#;
const ANSWERS_CSV: &str = "code;input;answer\nMP-P1a;;Ya\nPW-R2a;harus_ditindaklanjuti;12\nPW-R2a;sedang_diproses;1\nPW-R2a;selesai;9\nBA-H1a;;3,60\n";

/// What a target begins with.
pub(crate) fn of(target: &str) -> Seeds {
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match target {
        "expression" => Seeds {
            files: texts(&FORMULAS),
            words: &["(", ")", "if(", "min(", "max(", " == ", " <= ", "/", "-", "a"],
        },
        "instrument" => Seeds {
            files: texts(&[MINIMAL, PROBLEMS, LABELS, SHIPPED_FILES[0].1]),
            words: &[
                "[[area]]",
                "[",
                "]",
                "formula = \"",
                "weight = ",
                "= { ",
                "'''",
                "\"\"\"",
                "\ninf = nan",
                "citation = \"\"",
            ],
        },
        "answers" => Seeds {
            files: texts(&[ANSWERS, ANSWERS_CSV]),
            words: &["{", "[", "null", "true", "\"answers\":", "\\u0000", "\\ud800", "MP-P1a", ";"],
        },
        "survey" => Seeds { files: survey_tables(), words: &[";", ",", "\n", "\"", "U1", "\t", "\u{feff}"] },
        "text" => Seeds {
            files: vec![
                bening_intake::DEMO_PLAN.as_bytes().to_vec(),
                plan_csv().into_bytes(),
                ANSWERS_CSV.as_bytes().to_vec(),
            ],
            words: &["|", "|---|", "<ul>", "<li>", "Rencana Aksi", "\n\n## ", ";", "\"", "Januari-", "\u{0}"],
        },
        _ => Seeds {
            files: vec![
                book(),
                include_bytes!("../../fixtures/rencana.ods").to_vec(),
                include_bytes!("../../fixtures/rencana.xls").to_vec(),
            ],
            words: &[
                "<c r=\"XFD1048576\">",
                "table:number-rows-repeated=\"1048576\"",
                "</row>",
                "t=\"s\"",
                "<v>",
                "&#0;",
                "<!DOCTYPE a>",
            ],
        },
    }
}

fn plan_csv() -> String {
    let rows = "1;MP;Tim Kerja;Membentuk tim;SK Tim;Januari-Maret;Ketua;100%\n".repeat(3);
    format!("No;Area;Komponen;Rencana Aksi;Bukti Fisik;Waktu;PIC;Target\n{rows}")
}

fn survey_tables() -> Vec<Vec<u8>> {
    let table = |questionnaire: &survey::Questionnaire| {
        let codes: Vec<&str> =
            questionnaire.questions().map(|(_, question)| question.code.as_str()).collect();
        let row = vec!["3"; codes.len()].join(";");
        format!("{}\n{}", codes.join(";"), format!("{row}\n").repeat(5)).into_bytes()
    };
    survey::shipped().iter().map(|questionnaire| table(questionnaire)).collect()
}

fn book() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0_u32..).zip(plan_csv().lines()) {
        for (column, cell) in (0_u16..).zip(line.split(';')) {
            if sheet.write_string(row, column, cell).is_err() {
                return Vec::new();
            }
        }
    }
    workbook.save_to_buffer().unwrap_or_default()
}

/// One input: a spoilt file, for an archive mostly one whose insides are spoilt.
pub(crate) fn input(seeds: &Seeds, chance: &mut Chance) -> Vec<u8> {
    let whole = chance.pick(&seeds.files).clone();
    if whole.starts_with(b"PK") && chance.below(4) > 0 {
        return inside(&whole, seeds.words, chance).unwrap_or(whole);
    }
    spoilt(&seeds.files, seeds.words, chance)
}

/// The archive with one of its entries spoilt; checksums fit again.
fn inside(archive: &[u8], words: &[&str], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).ok()?;
    let chosen = chance.below(archive.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let (name, mut bytes) = (entry.name().ok()?.into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).ok()?;
        let bytes = if index == chosen { spoilt(&[bytes], words, chance) } else { bytes };
        writer.start_file(name, stored).ok()?;
        writer.write_all(&bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
