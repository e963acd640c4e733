//! Registers: lines, steps, private columns, recaps and files, as people meet them.

use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

fn register(site: &TestSite, id: &str) -> String {
    format!("/unit/{}/pengawasan/{id}", site.agency.unit.code)
}

const GIFT: [(&str, &str); 9] = [
    ("tahun", "2020"),
    ("k-barang", "Parsel buah"),
    ("k-jenis", "makanan"),
    ("k-nilai", "Rp450.000"),
    ("k-diterima", "2020-06-10"),
    ("k-sikap", "diterima"),
    ("k-peristiwa", "Idulfitri"),
    ("k-pemberi", "PT Contoh Bara"),
    ("k-hubungan", "wajib bayar"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().copied().filter(|(field, _)| *field != name);
    kept.chain([(name, value)]).collect()
}

async fn report(site: &TestSite, by: &Visitor) -> String {
    let answer = by.post(&register(site, "gratifikasi"), &GIFT).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    answer.location.unwrap()
}

async fn import(site: &TestSite, by: &Visitor, id: &str, csv: &str) -> Answer {
    let part = Part::bytes(csv.as_bytes().to_vec()).file_name("daftar.csv");
    let form = Form::new().text("_csrf", by.token().to_owned()).text("tahun", "2020").part("berkas", part);
    by.send(by.request(Method::POST, &format!("{}/impor", register(site, id))).multipart(form)).await
}

on_both!(an_employee_reports_a_gift_and_the_lead_decides_on_it, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (employee, lead) = (site.sign_in("pegawai").await, site.sign_in("ketua").await);
    let row = report(&site, &employee).await;
    let page = employee.get(&row).await;
    assert!(page.body.contains("Rp450.000") && page.body.contains("PT Contoh Bara"), "{}", page.body);
    let step = format!("{row}/langkah/kelola");
    let early = lead.post(&step, &[("versi", "1"), ("catatan", "")]).await;
    assert_eq!(early.status.as_u16(), 422);
    assert!(early.body.contains("Tulis keterangannya"), "{}", early.body);
    let done = lead.post(&step, &[("versi", "1"), ("catatan", "Disalurkan ke panti asuhan")]).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.body);
    assert!(employee.get(&row).await.body.contains("dikelola instansi"));
});

on_both!(
    a_line_of_keepers_is_hidden_from_colleagues_and_its_figures_are_not,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let row = report(&site, &site.sign_in("ketua").await).await;
        let employee = site.sign_in("pegawai").await;
        assert_eq!(employee.get(&row).await.status.as_u16(), 404);
        let list = employee.get(&register(&site, "gratifikasi")).await;
        assert!(!list.body.contains("Parsel buah") && list.body.contains("Rp450.000"), "{}", list.body);
        let file = employee.get(&format!("{}/ekspor/csv", register(&site, "gratifikasi"))).await;
        assert!(!file.body.contains("Parsel") && !file.body.contains("PT Contoh"), "{}", file.body);
        assert_eq!(
            employee.get(&format!("{}/rekap", register(&site, "gratifikasi"))).await.status.as_u16(),
            403
        );
    }
);

on_both!(the_trail_names_no_private_column, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let row = report(&site, &lead).await;
    let changed = with(&with(&GIFT, "k-pemberi", "CV Rahasia Sekali"), "versi", "1");
    assert_eq!(lead.post(&format!("{row}/ubah"), &changed).await.status.as_u16(), 303);
    assert!(lead.get(&row).await.body.contains("CV Rahasia Sekali"));
    let trail = lead.get(&format!("/unit/{}/jejak", site.agency.unit.code)).await;
    assert!(trail.body.contains("Baris register diubah"), "{}", trail.body);
    assert!(!trail.body.contains("CV Rahasia") && !trail.body.contains("PT Contoh"), "{}", trail.body);
});

on_both!(
    of_two_who_change_a_line_at_once_the_second_is_told_and_keeps_the_words,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let lead = site.sign_in("ketua").await;
        let row = report(&site, &lead).await;
        let first = with(&with(&GIFT, "k-nilai", "500000"), "versi", "1");
        assert_eq!(lead.post(&format!("{row}/ubah"), &first).await.status.as_u16(), 303);
        let second = with(&with(&GIFT, "k-nilai", "999000"), "versi", "1");
        let told = lead.post(&format!("{row}/ubah"), &second).await;
        assert_eq!(told.status.as_u16(), 409);
        assert!(
            told.body.contains("baru saja diubah orang lain") && told.body.contains("999000"),
            "{}",
            told.body
        );
        assert!(lead.get(&row).await.body.contains("Rp500.000"));
    }
);

on_both!(what_does_not_fit_comes_back_with_every_field_named, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let wrong = with(&with(&GIFT, "k-nilai", "banyak"), "k-pemberi", "");
    let answer = lead.post(&register(&site, "gratifikasi"), &wrong).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(answer.body.contains("Bukan angka") && answer.body.contains("Wajib diisi"), "{}", answer.body);
    assert!(answer.body.contains("Parsel buah"), "{}", answer.body);
    let list = lead.get(&register(&site, "gratifikasi")).await;
    assert!(list.body.contains("Tidak ada baris"), "{}", list.body);
});

on_both!(a_file_is_taken_over_whole_or_not_at_all, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let head = "Nomor SOP;Nama SOP;Golongan;Tanggal ditetapkan;Reviu berikutnya paling lambat\n";
    let good = "SOP-01;Pelayanan izin;Kegiatan utama;2019-02-01;2021-02-01\n";
    let bad = "SOP-02;Arsip;Entah;kemarin;2021-02-01\n";
    let refused = import(&site, &lead, "sop", &format!("{head}{good}{bad}")).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(
        refused.body.contains("Baris 3, kolom") && refused.body.contains("bukan tanggal"),
        "{}",
        refused.body
    );
    let read = import(&site, &lead, "sop", &format!("{head}{good}")).await;
    assert_eq!(read.status.as_u16(), 200, "{}", read.body);
    assert!(lead.get(&register(&site, "sop")).await.body.contains("Tidak ada baris"));
    let rows = read.value_of("baris");
    let saved = lead
        .post(&format!("{}/impor/simpan", register(&site, "sop")), &[("baris", &rows), ("tahun", "2020")])
        .await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.body);
    assert!(lead.get(&register(&site, "sop")).await.body.contains("Pelayanan izin"));
});

on_both!(rows_that_a_browser_made_up_are_checked_again, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let save = format!("{}/impor/simpan", register(&site, "sop"));
    let answer = lead.post(&save, &[("baris", r#"[{"nomor":"SOP-9"}]"#), ("tahun", "2020")]).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(lead.get(&register(&site, "sop")).await.body.contains("Tidak ada baris"));
});

on_both!(the_size_of_a_risk_stands_in_list_and_recap, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let risk = [
        ("tahun", "2020"),
        ("k-kegiatan", "Rekonsiliasi"),
        ("k-risiko", "Salah buku"),
        ("k-sebab", "Diketik ulang"),
        ("k-dampak_teks", "Keliru"),
        ("k-pemilik", "Kepala seksi"),
        ("k-kemungkinan", "4"),
        ("k-dampak", "4"),
        ("k-respons", "kurangi"),
    ];
    assert_eq!(lead.post(&register(&site, "risiko"), &risk).await.status.as_u16(), 303);
    assert!(lead.get(&register(&site, "risiko")).await.body.contains("19 · tinggi"));
    let recap = lead.get(&format!("{}/rekap", register(&site, "risiko"))).await;
    assert!(recap.body.contains("Peta risiko"), "{}", recap.body);
});

on_both!(a_stranger_and_a_visitor_see_nothing, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let row = report(&site, &site.sign_in("ketua").await).await;
    let stranger = site.sign_in("asing").await;
    for path in [row, register(&site, "gratifikasi"), register(&site, "risiko")] {
        assert_eq!(stranger.get(&path).await.status.as_u16(), 404, "{path}");
    }
    assert_eq!(stranger.get(&register(&site, "tidak-ada")).await.status.as_u16(), 404);
});

on_both!(what_looks_like_markup_stays_text, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let nasty = with(&GIFT, "k-barang", "<script>alert(1)</script>");
    assert_eq!(lead.post(&register(&site, "gratifikasi"), &nasty).await.status.as_u16(), 303);
    let list = lead.get(&register(&site, "gratifikasi")).await;
    assert!(!list.body.contains("<script>alert") && list.text().contains("<script>alert"), "{}", list.body);
});
