//! Bad input: what cannot be an answer is refused with what to write instead, all at once; numbers are
//! read exactly as written.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Exact, Instrument, shipped};
use bening_core::scoring::{Answer, MAX_LINES, Score, Sheet, SheetProblem, UnitFile};

fn edition() -> &'static Instrument {
    shipped().by_id("permenpanrb-90-2021").expect("shipped")
}

fn problems(answers: &str) -> String {
    let text = format!("{{\"answers\": {{{answers}}}}}");
    let problems = UnitFile::from_json(edition(), &text).expect_err(answers);
    problems.iter().map(SheetProblem::to_string).collect::<Vec<_>>().join(" | ")
}

fn sheet(answers: &str) -> Sheet {
    let file = UnitFile::from_json(edition(), &format!("{{\"answers\": {{{answers}}}}}")).expect(answers);
    file.sheet.expect("answers")
}

#[test]
fn wrong_answers_are_refused_with_what_to_write_instead() {
    for (answers, part) in [
        (r#""MP-P9z": "Ya""#, "MP-P9z: kode ini tidak ada pada edisi permenpanrb-90-2021"),
        (r#""MP-P1a": "A""#, "MP-P1a: \"A\" bukan jawaban yang tersedia; pilihannya: Ya, Tidak"),
        (r#""MP-P1b": "D""#, "pilihannya: A, B, C"),
        (r#""MP-P1a": 1"#, "\"1\" bukan jawaban"),
        (r#""MP-P1a": true"#, "jenis jawaban salah"),
        (r#""MP-P1a": ["Ya"]"#, "jenis jawaban salah"),
        (r#""MP-P1a": {"indeks": 3}"#, "jenis jawaban salah"),
        (r#""PW-R2a": "A""#, "dijawab dengan isian: harus_ditindaklanjuti, sedang_diproses, selesai"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 3}"#, "isian \"selesai\" belum ada"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 3, "selesai": ""}"#, "isian \"selesai\" belum ada"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 3, "selesai": -1}"#, "tidak boleh negatif (-1)"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 3, "selesai": 1.5}"#, "harus berupa bilangan bulat"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 3, "selesai": "dua"}"#, "\"dua\" bukan"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": "1.000", "selesai": 1}"#, "tulis tanpa pemisah ribuan"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 1e400, "selesai": 1}"#, "\"1e400\" bukan"),
        (r#""PW-R2a": {"harus_ditindaklanjuti": 99999999999, "selesai": 1}"#, "terlalu besar"),
        (r#""PW-R2a": {"diterima": 3, "selesai": 1}"#, "isian \"diterima\" tidak dikenal"),
        (r#""BA-H1a": {"indeks": "4,01"}"#, "indeks 4,01 di luar skala 0 sampai 4"),
        (r#""BA-H1a": -0.1"#, "di luar skala"),
        (r#""BA-H1a": "baik""#, "indeks harus berupa angka 0 sampai 4"),
        (r#""BA-H1a": {"nilai": 3}"#, "indeks harus berupa angka"),
        (r#""BA-H1a": "3/0""#, "indeks harus berupa angka"),
        (r#""MP-P1a": "Ya", "MP-P1a": "Tidak""#, "\"MP-P1a\" ada dua kali"),
    ] {
        assert!(problems(answers).contains(part), "{answers}: {}", problems(answers));
    }
}

#[test]
fn all_problems_of_a_file_are_reported_at_once() {
    let found = problems(r#""MP-P1a": "X", "BA-H1a": 9, "MP-P1b": "A""#);
    assert_eq!(found.matches(" | ").count(), 1, "{found}");
}

#[test]
fn what_is_not_a_sheet_is_refused() {
    for (text, part) in [
        ("", "bukan JSON yang benar"),
        ("[1, 2]", "harus berupa objek"),
        ("{\"answers\": [", "bukan JSON yang benar pada baris 1"),
        ("{\"answers\": \"Ya\"}", "answers: harus berupa objek"),
        ("{\"instrument\": \"permenpanrb-52-2014\", \"answers\": {}}", "untuk edisi \"permenpanrb-52-2014\""),
    ] {
        let problems = UnitFile::from_json(edition(), text).expect_err(text);
        assert!(problems[0].to_string().contains(part), "{}", problems[0]);
    }
    let deep = format!("{{\"answers\": {}", "[".repeat(100_000));
    assert!(UnitFile::from_json(edition(), &deep).is_err());
    assert!(UnitFile::from_json(edition(), &" ".repeat(5_000_000)).is_err());
}

#[test]
fn numbers_are_read_as_written_and_never_as_floating_point() {
    let index = |text: &str| match sheet(&format!("\"BA-H1a\": {text}")).get("BA-H1a") {
        Some(Answer::Index(index)) => *index,
        other => panic!("{other:?}"),
    };
    assert_eq!(index("3.60"), Exact::fraction(18, 5).expect("fits"));
    assert_eq!(index("\"3,60\""), index("3.6"));
    assert_eq!(index("{\"indeks\": 3.6}"), index("3.6"));
    assert!(index("3.59999999999999999999") < index("3.6"));
    assert_eq!(index("\"11/3\""), Exact::fraction(11, 3).expect("fits"));
}

#[test]
fn blank_answers_are_gaps_and_letters_may_be_small() {
    let sheet = sheet(r#""MP-P1a": "ya", "MP-P1b": " b ", "MP-P2a": null, "MP-P2b": """#);
    assert_eq!(sheet.get("MP-P1a"), Some(&Answer::Choice("Ya".to_owned())));
    assert_eq!(sheet.get("MP-P1b"), Some(&Answer::Choice("B".to_owned())));
    assert_eq!(sheet.iter().count(), 2);
}

#[test]
fn more_finished_than_received_is_cut_to_one_with_a_warning() {
    let sheet = sheet(r#""PW-R2a": {"harus_ditindaklanjuti": 3, "sedang_diproses": 0, "selesai": 5}"#);
    let score = Score::of(edition(), &sheet).expect("a score");
    assert_eq!(score.question("PW-R2a").expect("known").value, Some(Exact::ONE));
    assert_eq!(score.warnings.len(), 1);
    assert!(score.warnings[0].message.contains("selesai lebih banyak daripada yang harus ditindaklanjuti"));
}

#[test]
fn a_csv_gives_the_same_sheet_as_json() {
    let csv = "\u{feff}kode;isian;jawaban\nMP-P1a;;Ya\n\nPW-R2a;harus_ditindaklanjuti;12\nPW-R2a;selesai;\"9\"\nBA-H1a;;3,60\n";
    let json =
        sheet(r#""MP-P1a": "Ya", "PW-R2a": {"harus_ditindaklanjuti": 12, "selesai": 9}, "BA-H1a": 3.6"#);
    assert_eq!(Sheet::from_csv(edition(), csv), Ok(json.clone()));
    assert_eq!(Sheet::from_csv(edition(), &csv.replace("3,60", "3.60").replace(';', ",")), Ok(json));
}

#[test]
fn a_bad_csv_is_refused_with_its_lines() {
    for (csv, part) in [
        ("MP-P1a;Ya\n", "baris 1: harus memuat nama kolom"),
        ("code;answer\nMP-P1a;Ya\nMP-P1a;Tidak\n", "baris 3: jawaban untuk MP-P1a ada dua kali"),
        ("code;answer\n;Ya\n", "baris 2: kode pertanyaan kosong"),
        ("code;answer\nMP-P1a;\"Ya\n", "baris 2: tanda kutip tidak ditutup"),
        ("code;answer\nMP-P1a;Mungkin\n", "MP-P1a: \"Mungkin\" bukan jawaban"),
    ] {
        assert!(Sheet::from_csv(edition(), csv).expect_err(csv)[0].to_string().contains(part), "{csv}");
    }
    let endless = format!("code;answer\n{}", "MP-P1a;Ya\n".repeat(MAX_LINES));
    assert!(
        Sheet::from_csv(edition(), &endless).expect_err("long")[0].reason.contains("terlalu banyak baris")
    );
}
