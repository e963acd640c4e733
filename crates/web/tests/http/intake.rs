//! Rows from files and the clipboard: shown first, saved on a second yes, all or nothing. How files are read is
//! tested where that is done; here is what a person and the plan see of it.

use std::io::{Cursor, Write};

use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;
use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::ground::{actions, approve, assert_done, assert_says, plan_json, post, trail_rows};

const NEXT: &str = "/unit/AIR/rencana/2021";
const HEADINGS: &str = "Area;No;Komponen;Rencana Aksi;Bukti Fisik;Waktu;PIC;Target\n";

/// The team lead with an empty plan for 2021.
async fn lead_with_empty_plan(site: &TestSite) -> Visitor {
    let lead = site.sign_in("ketua").await;
    assert_done(&lead.post(NEXT, &[]).await);
    lead
}

async fn upload(visitor: &Visitor, name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    visitor.upload(&format!("{NEXT}/impor"), "berkas", name, bytes.into()).await
}

/// The rows that the preview carries to the second step.
fn carried(preview: &Answer) -> String {
    let page = scraper::Html::parse_document(&preview.body);
    let field = scraper::Selector::parse("input[name=baris]").unwrap();
    page.select(&field).next().unwrap().attr("value").unwrap().to_owned()
}

async fn save(visitor: &Visitor, rows: &str, names_only: &str) -> Answer {
    visitor.post(&format!("{NEXT}/impor/simpan"), &[("baris", rows), ("nama_saja", names_only)]).await
}

async fn next_json(visitor: &Visitor) -> Value {
    visitor.get(&format!("{NEXT}/ekspor/json")).await.json()
}

/// Uploads with the box ticked that takes unknown PICs as names.
async fn upload_as_names(visitor: &Visitor, text: &str) -> Answer {
    let part = reqwest::multipart::Part::bytes(text.as_bytes().to_vec()).file_name("rencana.md");
    let form = reqwest::multipart::Form::new().text("_csrf", visitor.token().to_owned());
    let form = form.text("nama_saja", "ya").part("berkas", part);
    visitor.send(visitor.request(reqwest::Method::POST, &format!("{NEXT}/impor")).multipart(form)).await
}

on_both!(the_real_plan_is_previewed_then_saved_whole, async |db| {
    let site = TestSite::start(db).await;
    let lead = lead_with_empty_plan(&site).await;
    let before = trail_rows(&site).await;
    let preview = upload_as_names(&lead, bening_intake::DEMO_PLAN).await;
    assert_says(&preview, StatusCode::OK, "50 baru, 0 berubah");
    assert_says(&preview, StatusCode::OK, "PIC tanpa akun, dipakai sebagai nama saja: Bayu");
    assert_eq!(trail_rows(&site).await, before, "a preview saves nothing");
    assert_eq!(next_json(&lead).await["priorities"].as_array().unwrap().len(), 0);
    assert_done(&save(&lead, &carried(&preview), "ya").await);
    assert_eq!(trail_rows(&site).await, before + 1);
    assert_eq!(counts(&next_json(&lead).await), (13, 17, 19, 21, 1));
    let again = upload_as_names(&lead, bening_intake::DEMO_PLAN).await;
    assert_says(&again, StatusCode::OK, "Rencana sudah memuat semua baris ini");
    assert_done(&save(&lead, &carried(&preview), "ya").await);
    assert_eq!(trail_rows(&site).await, before + 1, "saving the same again is no change");
});

/// Components, actions, benefits, evidence, priority targets.
fn counts(plan: &Value) -> (usize, usize, usize, usize, usize) {
    let areas = plan["areas"].as_array().unwrap();
    let of = |values: &[&Value], field: &str| values.iter().map(|v| v[field].as_array().unwrap().len()).sum();
    let areas: Vec<&Value> = areas.iter().collect();
    let components: Vec<&Value> = areas.iter().flat_map(|a| a["components"].as_array().unwrap()).collect();
    let actions: Vec<&Value> = components.iter().flat_map(|c| c["actions"].as_array().unwrap()).collect();
    let (benefits, evidence) = (of(&areas, "benefits"), of(&actions, "evidence"));
    (components.len(), actions.len(), benefits, evidence, plan["priorities"].as_array().unwrap().len())
}

on_both!(all_problems_of_a_file_are_listed_and_nothing_is_stored, async |db| {
    let site = TestSite::start(db).await;
    let lead = lead_with_empty_plan(&site).await;
    let before = (trail_rows(&site).await, next_json(&lead).await);
    let csv = format!(
        "{HEADINGS}Manajemen Perubahan;1;Tim;Membentuk tim;SK;Januari;Anggota;Ada\n\
         Manajemen Perubahan;1;Panitia;Rapat;Notula;Januari;Anggota;Ada\n\
         Tata Boga;1;SOP;Evaluasi;Laporan;Januari;Anggota;Ada\n\
         Manajemen Perubahan;2;Agen;Menetapkan;SK;Janember;Entah Siapa;Ada\n"
    );
    let answer = upload(&lead, "rencana.csv", csv).await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "4 hal perlu diperbaiki");
    let problems = answer.texts("ul.bullets li");
    for (place, what) in [
        ("baris 3", "nomor 1 sudah dipakai komponen “Tim”"),
        ("baris 4", "area “Tata Boga” tidak dikenali"),
        ("baris 5", "waktu “Janember” tidak dikenali"),
        ("baris 5", "Entah Siapa"),
    ] {
        let told = problems.iter().any(|text| text.contains(place) && text.contains(what));
        assert!(told, "{place}: {what} in {problems:#?}");
    }
    assert!(!answer.body.contains("name=\"baris\""), "there is nothing to save");
    assert_eq!((trail_rows(&site).await, next_json(&lead).await), before);
});

on_both!(pasted_rows_are_previewed_and_saved_into_their_area, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let rows = "Tim Kerja\tMembentuk tim\tSK Tim\tFebruari\tAnggota\tAda\nSOP\tEvaluasi\tLaporan\tJuni\tKetua\tSelesai";
    let preview = post(&lead, &site, "/tempel", &[("area", "MP"), ("teks", rows)]).await;
    assert_says(&preview, StatusCode::OK, "2 baru, 1 berubah");
    let saved = post(&lead, &site, "/impor/simpan", &[("baris", &carried(&preview))]).await;
    assert_done(&saved);
    assert_says(&lead.get(&site.plan()).await, StatusCode::OK, "Diimpor: 2 baris baru, 1 diperbarui");
    let plan = plan_json(&lead, &site).await;
    assert_eq!(
        actions(&plan)[0]["id"],
        site.agency.action().to_string(),
        "the same action, brought up to date"
    );
    assert_eq!(actions(&plan)[0]["time"]["text"], "Februari");
    assert_eq!(plan["areas"][0]["components"][1]["actions"][0]["name"], "Evaluasi");
    let nowhere = post(&lead, &site, "/tempel", &[("area", "XX"), ("teks", rows)]).await;
    assert_says(&nowhere, StatusCode::BAD_REQUEST, "Pilih area tujuan");
    let nothing = post(&lead, &site, "/tempel", &[("area", "MP"), ("teks", "  ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
});

on_both!(a_preview_from_before_the_approval_is_not_saved_after_it, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let rows = "SOP\tEvaluasi\tLaporan\tJuni\tKetua\tSelesai";
    let preview = post(&lead, &site, "/tempel", &[("area", "MP"), ("teks", rows)]).await;
    approve(&site).await;
    let before = trail_rows(&site).await;
    let answer = post(&lead, &site, "/impor/simpan", &[("baris", &carried(&preview))]).await;
    assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, "Rencana sudah disetujui; buka perubahan");
    assert_eq!(trail_rows(&site).await, before);
});

on_both!(an_unknown_pic_is_refused_unless_taken_as_a_name, async |db| {
    let site = TestSite::start(db).await;
    let lead = lead_with_empty_plan(&site).await;
    let refused = upload(&lead, "rencana.md", bening_intake::DEMO_PLAN).await;
    assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "Bayu");
    let preview = upload_as_names(&lead, bening_intake::DEMO_PLAN).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
    let without_tick = save(&lead, &carried(&preview), "").await;
    assert_says(&without_tick, StatusCode::UNPROCESSABLE_ENTITY, "Bayu");
    assert_eq!(counts(&next_json(&lead).await).1, 0);
});

on_both!(rows_tampered_with_between_the_steps_are_checked_again, async |db| {
    let site = TestSite::start(db).await;
    let lead = lead_with_empty_plan(&site).await;
    let csv = format!("{HEADINGS}Manajemen Perubahan;1;Tim;Membentuk tim;SK;Januari;Anggota;Ada\n");
    let rows = carried(&upload(&lead, "rencana.csv", csv).await);
    let before = trail_rows(&site).await;
    for (from, to, told) in [
        ("Januari", "Janember", "waktu “Janember” tidak dikenali"),
        ("Anggota", "Entah Siapa", "Entah Siapa"),
        ("Manajemen Perubahan", "Tata Boga", "area “Tata Boga” tidak dikenali"),
        ("Membentuk tim", "a".repeat(2_001).leak(), "terlalu panjang"),
    ] {
        let answer = save(&lead, &rows.replace(from, to), "").await;
        assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, told);
    }
    for broken in ["", "[]", "{\"rows\": 7}", "bukan json"] {
        assert_says(&save(&lead, broken, "").await, StatusCode::BAD_REQUEST, "ulangi dari unggahan");
    }
    assert_eq!((trail_rows(&site).await, counts(&next_json(&lead).await)), (before, (0, 0, 0, 0, 0)));
    assert_done(&save(&lead, &rows, "").await);
});

on_both!(files_that_cannot_be_read_are_told_why, async |db| {
    let site = TestSite::start(db).await;
    let lead = lead_with_empty_plan(&site).await;
    let before = trail_rows(&site).await;
    let book = workbook();
    for (name, bytes, told) in [
        ("kosong.csv", b" \n".to_vec(), "berkas kosong"),
        ("terpotong.xlsx", book[..book.len() / 2].to_vec(), "berkas rusak atau terpotong"),
        ("bom.xlsx", bomb(), "mengembang menjadi jauh lebih besar"),
        ("foto.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "bukan tabel rencana"),
        ("catatan.txt", b"hanya catatan".to_vec(), "tidak ditemukan tabel rencana"),
    ] {
        let answer = upload(&lead, name, bytes).await;
        assert_says(&answer, StatusCode::UNPROCESSABLE_ENTITY, told);
    }
    let nothing = lead.post(&format!("{NEXT}/impor"), &[]).await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST, "{}", nothing.text());
    let unchosen = upload(&lead, "", b"".to_vec()).await;
    assert_says(&unchosen, StatusCode::UNPROCESSABLE_ENTITY, "pilih berkas lebih dulu");
    assert_eq!(trail_rows(&site).await, before);
    let fine = upload(&lead, "rencana.xlsx", book).await;
    assert_says(&fine, StatusCode::OK, "2 baru, 0 berubah");
});

/// A workbook with one action.
fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let row = "Manajemen Perubahan;1;Tim;Membentuk tim;SK;Januari;Anggota;Ada";
    for (index, line) in [HEADINGS.trim(), row].into_iter().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            sheet.write_string(index as u32, column as u16, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A few kilobytes that unpack to megabytes.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, size) in [("xl/workbook.xml", 10), ("xl/worksheets/sheet1.xml", 4 * 1024 * 1024)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&vec![b'0'; size]).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 64 * 1024);
    bytes
}

on_both!(a_file_of_eleven_megabytes_is_turned_away_with_a_page, async |db| {
    let site = TestSite::start(db).await;
    let lead = lead_with_empty_plan(&site).await;
    let answer = upload(&lead, "besar.csv", vec![b'a'; 11 * 1024 * 1024]).await;
    assert_says(&answer, StatusCode::PAYLOAD_TOO_LARGE, "Berkas paling besar 10 MB");
    assert_eq!(lead.get(NEXT).await.status, StatusCode::OK, "the connection goes on");
    let small = upload(&lead, "rencana.xlsx", workbook()).await;
    assert_eq!(small.status, StatusCode::OK);
});

on_both!(what_was_exported_as_json_has_the_documented_head, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let answer = lead.get(&format!("{}/ekspor/json", site.plan())).await;
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"rencana-zi-air-2020.json\"");
    let plan = answer.json();
    assert_eq!(
        (&plan["schema"], &plan["unit"]["code"], &plan["year"]),
        (&"bening.plan/1".into(), &"AIR".into(), &2020.into())
    );
    assert_eq!(
        lead.get(&format!("{}/ekspor/json", site.plan())).await.body,
        answer.body,
        "in a stable order"
    );
});
