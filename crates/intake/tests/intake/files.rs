//! Workbooks, CSV files and pasted cells as people make them, read through the public door.

use crate::made::{HEADINGS, book, ods, zipped};
use bening_core::plan::Area;
use bening_core::plan::rows::{self, Known, PlanFile, UnknownPics, items};
use bening_intake::{FileError, read, read_paste};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

const KNOWN: Known<'static> = Known { roster: &[], unknown: UnknownPics::Refuse, subs: &[] };

/// All that matters of a file, one row a line.
fn shown(file: &PlanFile) -> String {
    let rows = file.rows.iter().map(|row| {
        let (evidence, benefits) = (row.evidence.join(" + "), row.benefits.join(" + "));
        let cells = [
            &row.area,
            &row.number,
            &row.component,
            &row.sub,
            &row.action,
            &evidence,
            &row.time,
            &row.pic,
            &row.target,
            &benefits,
        ];
        format!("{}: {}", row.at(None), cells.map(String::as_str).join(" | "))
    });
    let priorities = file.priorities.iter().map(|row| {
        format!(
            "{}: PRIORITAS {} | {} | {} | {}",
            row.at(None),
            row.action,
            row.target,
            row.time,
            row.follow_up
        )
    });
    let notes = file.notes.iter().map(|note| format!("catatan: {note}"));
    let problems = file.problems.iter().map(|problem| format!("masalah: {problem}"));
    rows.chain(priorities).chain(notes).chain(problems).collect::<Vec<_>>().join("\n")
}

fn read_ok(bytes: &[u8], name: &str) -> PlanFile {
    read(bytes, Some(name)).unwrap_or_else(|error| panic!("{error}"))
}

/// The plan of the demonstration as lines of the template.
fn demo_lines() -> Vec<Vec<String>> {
    let file = read_ok(bening_intake::DEMO_PLAN.as_bytes(), "demo.md");
    let mut lines = vec![HEADINGS.map(str::to_owned).to_vec()];
    lines.extend(file.rows.iter().map(|row| {
        let (evidence, benefits) = (items::join(&row.evidence), items::join(&row.benefits));
        [
            &row.area,
            &row.number,
            &row.component,
            &row.sub,
            &row.action,
            &evidence,
            &row.time,
            &row.pic,
            &row.target,
            &benefits,
            "",
        ]
        .map(|cell: &str| cell.to_owned())
        .to_vec()
    }));
    lines.extend(file.priorities.iter().map(|row| {
        let blank = String::new();
        let cells = [
            "Target Prioritas".to_owned(),
            blank.clone(),
            blank.clone(),
            blank.clone(),
            row.action.clone(),
            blank.clone(),
            row.time.clone(),
        ];
        cells.into_iter().chain([blank.clone(), row.target.clone(), blank, row.follow_up.clone()]).collect()
    }));
    lines
}

/// CSV of the lines with every cell quoted.
fn csv_of(lines: &[Vec<String>], delimiter: char) -> String {
    let line = |cells: &Vec<String>| {
        cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>()
    };
    lines.iter().map(|cells| line(cells).join(&delimiter.to_string()) + "\r\n").collect()
}

/// What a checked file says, without places.
fn texts(file: &PlanFile) -> Vec<String> {
    let checked = rows::check(file, &KNOWN).unwrap_or_else(|problems| panic!("{problems:?}"));
    let actions = checked.areas.iter().flat_map(|area| &area.components).flat_map(|component| {
        component.actions.iter().map(|a| {
            let time = a.schedule.value().map(|schedule| schedule.text().to_owned());
            let pics: Vec<&str> =
                a.pics.value().iter().flat_map(|pics| pics.iter()).map(|pic| pic.name.as_str()).collect();
            format!(
                "{} | {} | {:?} | {time:?} | {pics:?} | {:?}",
                component.name,
                a.name,
                a.evidence,
                a.target.value()
            )
        })
    });
    let benefits = checked.areas.iter().flat_map(|area| area.benefits.iter().map(|(_, text)| text.clone()));
    let priorities = checked
        .priorities
        .iter()
        .map(|p| format!("{} | {:?} | {:?} | {:?}", p.action, p.target, p.schedule, p.follow_up));
    actions.chain(benefits).chain(priorities).collect()
}

#[test]
fn the_same_plan_is_read_the_same_from_every_format() {
    let expected = texts(&read_ok(bening_intake::DEMO_PLAN.as_bytes(), "demo.md"));
    assert_eq!(expected.len(), 17 + 19 + 1);
    let lines = demo_lines();
    let csv = csv_of(&lines, ';');
    for (bytes, name) in [
        (book(&lines), "rencana.xlsx"),
        (ods(&lines), "rencana.ods"),
        (csv.clone().into_bytes(), "rencana.csv"),
        (csv_of(&lines, ',').into_bytes(), "rencana.csv"),
        (csv_of(&lines, '\t').into_bytes(), "rencana.tsv"),
        ([b"\xef\xbb\xbf".as_slice(), csv.as_bytes()].concat(), "rencana.csv"),
        (csv.encode_utf16().flat_map(u16::to_le_bytes).collect(), "rencana.csv"),
        (
            [0xfe, 0xff].into_iter().chain(csv.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
            "rencana.csv",
        ),
    ] {
        assert_eq!(texts(&read_ok(&bytes, name)), expected, "{name}");
    }
}

#[test]
fn a_workbook_made_by_hand_is_read_with_notes_on_all_that_was_assumed() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Petunjuk").unwrap().write(0, 0, "Isi lembar Rencana").unwrap();
    let plan = workbook.add_worksheet();
    plan.set_name("Penguatan Pengawasan").unwrap();
    plan.write(0, 0, "RENCANA KERJA 2026").unwrap();
    for (column, heading) in [
        "No.",
        "Kegiatan",
        "Komponen",
        "Penanggung Jawab",
        "Waktu Pelaksanaan",
        "Bukti Dukung",
        "Anggaran",
        "Target",
    ]
    .iter()
    .enumerate()
    {
        plan.write(2, column as u16, *heading).unwrap();
    }
    let date = Format::new().set_num_format("mmm-yy");
    plan.write(3, 0, 1).unwrap().write(3, 1, "Menilai risiko").unwrap().write(3, 2, "SPIP").unwrap();
    plan.write(3, 3, "Bayu")
        .unwrap()
        .write(3, 5, "Register risiko\nFoto")
        .unwrap()
        .write(3, 6, 25_000_000)
        .unwrap();
    plan.write_with_format(3, 4, ExcelDateTime::from_ymd(2026, 3, 1).unwrap(), &date).unwrap();
    plan.write_formula(3, 7, Formula::new("=\"28 \"&\"SOP\"").set_result("28 SOP")).unwrap();
    plan.write(4, 1, "Melaporkan").unwrap();
    plan.write_formula(4, 7, Formula::new("=A1+#REF!").set_result("#REF!")).unwrap();
    plan.write(6, 0, "Mengetahui, Kepala Unit").unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("Lama").unwrap().write(0, 0, "Rencana Aksi").unwrap();
    hidden.set_hidden(true);
    workbook.add_worksheet().set_name("Catatan").unwrap().write(0, 0, "apa saja").unwrap();
    let priorities = workbook.add_worksheet();
    priorities.set_name("Target Prioritas").unwrap();
    for (column, (heading, cell)) in
        [("Rencana Aksi", "Integrasi"), ("Target", "Terpadu"), ("Waktu", "Juni")].iter().enumerate()
    {
        priorities.write(0, column as u16, *heading).unwrap().write(1, column as u16, *cell).unwrap();
    }
    insta::assert_snapshot!(shown(&read_ok(&workbook.save_to_buffer().unwrap(), "rencana.csv")));
}

#[test]
fn merged_cells_are_understood_as_people_merge_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let format = Format::new();
    for (column, heading) in HEADINGS.iter().enumerate() {
        sheet.write(1, column as u16, *heading).unwrap();
    }
    sheet.merge_range(2, 0, 5, 0, "Manajemen Perubahan", &format).unwrap();
    sheet.merge_range(2, 1, 4, 1, "1", &format).unwrap();
    sheet.merge_range(2, 2, 4, 2, "Tim Kerja", &format).unwrap();
    sheet.merge_range(2, 4, 3, 4, "Memilih anggota", &format).unwrap();
    sheet.write(2, 5, "SK").unwrap().write(3, 5, "Foto").unwrap();
    sheet.merge_range(2, 6, 4, 6, "Januari", &format).unwrap();
    sheet.merge_range(2, 7, 5, 7, "Bayu", &format).unwrap();
    sheet.write(4, 4, "Menetapkan tim").unwrap().write(4, 5, "SK").unwrap();
    sheet
        .write(5, 1, 2)
        .unwrap()
        .write(5, 2, "Rencana")
        .unwrap()
        .write(5, 4, "Menyusun")
        .unwrap()
        .write(5, 6, "Maret")
        .unwrap();
    let file = read_ok(&workbook.save_to_buffer().unwrap(), "gabung.xlsx");
    insta::assert_snapshot!(texts(&file).join("\n"));
}

#[test]
fn windows_files_with_semicolons_are_read_and_it_is_said() {
    let text = "Area;No;Komponen;Rencana Aksi;Waktu;PIC\r\nMP;1;Tim;Menilai \u{201c}caf\u{e9}\u{201d};Januari;Bayu\r\n;;;'=1+1;;\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let file = read_ok(&bytes, "rencana.xlsx");
    insta::assert_snapshot!(shown(&file));
}

#[test]
fn withdrawn_actions_of_an_export_are_not_brought_back() {
    let mut workbook = Workbook::new();
    for (name, action) in [("Rencana Kerja", "Memilih"), ("Ditarik", "Melatih")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (column, (heading, cell)) in
            [("Area", "MP"), ("Komponen", "Tim"), ("Rencana Aksi", action)].into_iter().enumerate()
        {
            sheet.write(0, column as u16, heading).unwrap().write(1, column as u16, cell).unwrap();
        }
    }
    let file = read_ok(&workbook.save_to_buffer().unwrap(), "a.xlsx");
    assert_eq!(file.rows.len(), 1);
    assert_eq!(file.notes, ["lembar “Ditarik” berisi tindakan yang sudah ditarik, dilewati"]);
}

#[test]
fn of_two_headings_for_one_column_the_one_of_the_template_counts() {
    let text = "Kegiatan,Komponen,Rencana Aksi,Waktu\nlama,Tim,Memilih,Mei\n";
    let file = read_ok(text.as_bytes(), "a.csv");
    assert_eq!(file.rows[0].action, "Memilih");
    assert!(file.notes.contains(&"baris 1: kolom “Kegiatan” diabaikan".to_owned()), "{:?}", file.notes);
}

#[test]
fn rows_of_a_csv_are_numbered_as_a_spreadsheet_numbers_them() {
    let text = "Komponen,Rencana Aksi,Bukti Fisik\n\nTim,Satu,\"SK\nFoto\nLaporan\"\nTim,Dua,SK\n";
    let rows: Vec<u32> = read_ok(text.as_bytes(), "a.csv").rows.iter().map(|row| row.row).collect();
    assert_eq!(rows, [3, 4]);
}

#[test]
fn cells_pasted_from_a_spreadsheet_are_read_with_and_without_headings() {
    let bare = "Tim Kerja\tMemilih\t\"SK\nFoto \"\"apel\"\"\"\tJanuari\tBayu\tTerpilih\r\n\tMenetapkan\tSK\t\t\t\r\n";
    let headed = format!("Komponen\tRencana Aksi\tBukti Fisik\tWaktu\tPIC\tTarget\r\n{bare}");
    let numbered = "1\tTim Kerja\tMemilih\t\"SK\nFoto \"\"apel\"\"\"\tJanuari\tBayu\tTerpilih\tManfaat\n\t\tMenetapkan\tSK\t\t\t\t\n";
    let (bare, headed) =
        (read_paste(bare, Area::Procedures).unwrap(), read_paste(&headed, Area::Procedures).unwrap());
    assert_eq!(texts(&bare), texts(&headed));
    let printed = read_paste(numbered, Area::Procedures).unwrap();
    assert_eq!(texts(&printed)[..2], texts(&bare)[..]);
    assert_eq!(bare.rows[0].evidence, ["SK", "Foto \"apel\""]);
    assert_eq!(bare.rows[0].area, Area::Procedures.name());
}

#[test]
fn a_stray_quotation_mark_does_not_swallow_the_rest_of_a_paste() {
    let file = read_paste("Tim\t\"Satu\tSK\nTim\tDua\tSK\n", Area::Procedures).unwrap();
    assert_eq!(file.rows.len(), 2);
}

#[test]
fn an_empty_paste_is_refused() {
    assert_eq!(read_paste("\n \t \n", Area::Procedures).unwrap_err(), FileError::Empty);
}

#[test]
fn workbooks_saved_by_an_office_suite_are_read() {
    let expected = texts(&read_ok(bening_intake::DEMO_PLAN.as_bytes(), "demo.md"));
    let saved: [(&[u8], &str); 2] = [
        (include_bytes!("../../fixtures/rencana.xls"), "rencana.xls"),
        (include_bytes!("../../fixtures/rencana.ods"), "rencana.ods"),
    ];
    for (bytes, name) in saved {
        assert_eq!(texts(&read_ok(bytes, name)), expected, "{name}");
    }
}

#[test]
fn what_is_no_plan_is_refused_with_what_it_is_and_what_to_do() {
    let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    encrypted.extend("EncryptedPackage\0".encode_utf16().flat_map(u16::to_le_bytes));
    let broken = &book(&demo_lines())[..2_000];
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("kosong", Vec::new()),
        ("spasi", b" \n\n".to_vec()),
        ("pdf", b"%PDF-1.7\n".to_vec()),
        ("docx", zipped(&[("word/document.xml", "<w/>")])),
        ("odt", zipped(&[("mimetype", "application/vnd.oasis.opendocument.text")])),
        ("zip", zipped(&[("a.txt", "a")])),
        ("xlsb", zipped(&[("xl/workbook.bin", "a")])),
        ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("html", b"<!DOCTYPE html><html><table></table></html>".to_vec()),
        ("xlsx terenkripsi", encrypted),
        ("xlsx terpotong", broken.to_vec()),
        ("xlsx tanpa isi", zipped(&[("xl/workbook.xml", "<workbook/>")])),
        (
            "ods terpotong",
            zipped(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", "<a><table:table table:name=\"x\">"),
            ]),
        ),
        ("biner", vec![1, 2, 3, 4, 5, 0, 7, 8, 1, 2, 3]),
        ("teks tanpa tabel", b"Rapat ditunda".to_vec()),
        ("terlalu besar", vec![b'a'; bening_intake::FILE_MAX_BYTES + 1]),
    ];
    let said: Vec<String> =
        cases.iter().map(|(what, bytes)| format!("{what}: {}", read(bytes, None).unwrap_err())).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn macros_are_ignored_and_it_is_said() {
    let parts = crate::made::inflated(&book(&demo_lines()));
    let mut parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    parts.push(("xl/vbaProject.bin", "makro"));
    let file = read_ok(&zipped(&parts), "rencana.xlsm");
    assert_eq!(file.notes[0], "makro dalam berkas diabaikan");
}
