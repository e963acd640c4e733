//! Complaints of the public: from the form without account to answer and objection, the clock, files of other
//! channels, who is kept out, and receipts that are guessed.

use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

const FORM: [(&str, &str); 4] = [
    ("k-jenis", "pengaduan"),
    ("k-perihal", "Antrean loket terlalu lama"),
    ("k-isi", "Menunggu dua jam di loket tiga"),
    ("k-kontak", "0812-7777-0001"),
];

fn public(site: &TestSite) -> String {
    format!("/adu/{}", site.agency.unit.code)
}

fn desk(site: &TestSite) -> String {
    format!("/unit/{}/pengawasan/pengaduan", site.agency.unit.code)
}

/// Complains, and gives the receipt.
async fn complain(site: &TestSite) -> String {
    let answer = site.visitor().post(&public(site), &FORM).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    answer.texts("#kode").remove(0)
}

async fn talk(site: &TestSite, receipt: &str, reply: &str) -> Answer {
    let fields = [("kode", receipt), ("balasan", reply)];
    site.visitor().post(&format!("{}/percakapan", public(site)), &fields).await
}

async fn object(site: &TestSite, receipt: &str, words: &str) -> Answer {
    let fields = [("kode", receipt), ("keberatan", words)];
    site.visitor().post(&format!("{}/keberatan", public(site)), &fields).await
}

/// Identity of the only complaint.
async fn only(site: &TestSite) -> String {
    let rows =
        bening_store::register::list(&site.store, site.agency.unit.id, "pengaduan", None).await.unwrap();
    assert_eq!(rows.len(), 1);
    rows[0].id.to_string()
}

async fn step(site: &TestSite, by: &Visitor, code: &str, version: &str, more: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = [("versi", version)].iter().chain(more).copied().collect();
    by.post(&format!("{}/{}/langkah/{code}", desk(site), only(site).await), &fields).await
}

async fn said(site: &TestSite, by: &Visitor, text: &str) -> Answer {
    let at = format!("/unit/{}/pengaduan/{}/pesan", site.agency.unit.code, only(site).await);
    by.post(&at, &[("pesan", text)]).await
}

/// How a step names somebody: as the page offers them.
async fn officer(site: &TestSite, lead: &Visitor, login: &str) -> String {
    let page = lead.get(&format!("{}/{}", desk(site), only(site).await)).await;
    let ends = format!("({login})");
    page.texts("option").into_iter().find(|text| text.ends_with(&ends)).unwrap()
}

/// Up to the answer of the officer.
async fn answered(site: &TestSite, lead: &Visitor, employee: &Visitor) {
    let triage = [("k-kadar", "biasa"), ("k-lengkap", "2020-06-15")];
    assert_eq!(step(site, lead, "telaah", "1", &triage).await.status.as_u16(), 303);
    let who = officer(site, lead, "pegawai").await;
    assert_eq!(step(site, lead, "penugasan", "2", &[("k-petugas", &who)]).await.status.as_u16(), 303);
    let words = [("k-jawaban", "Loket ditambah mulai Juli"), ("k-dijawab", "2020-06-15")];
    let done = step(site, employee, "jawaban", "3", &words).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.body);
}

async fn import(site: &TestSite, by: &Visitor, csv: &str) -> Answer {
    let part = Part::bytes(csv.as_bytes().to_vec()).file_name("lapor.csv");
    let form = Form::new().text("_csrf", by.token().to_owned()).text("tahun", "2020").part("berkas", part);
    by.send(by.request(Method::POST, &format!("{}/impor", desk(site))).multipart(form)).await
}

on_both!(a_complaint_is_answered_objected_to_and_closed_by_code, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, employee) = (site.sign_in("ketua").await, site.sign_in("pegawai").await);
    let receipt = complain(&site).await;
    assert_eq!(receipt.chars().filter(char::is_ascii_digit).count(), 24);
    let at = format!("{}/{}", desk(&site), only(&site).await);
    assert_eq!(employee.get(&at).await.status.as_u16(), 404, "not given to them yet");
    answered(&site, &lead, &employee).await;
    assert_eq!(said(&site, &employee, "Terima kasih sudah sabar").await.status.as_u16(), 303);
    let seen = talk(&site, &receipt, "Kapan tepatnya?").await;
    assert!(seen.texts("[role=alert]").is_empty(), "{}", seen.body);
    for text in ["Loket ditambah mulai Juli", "Terima kasih sudah sabar", "Kapan tepatnya?"] {
        assert!(seen.body.contains(text), "{text}: {}", seen.body);
    }
    assert!(employee.get(&at).await.body.contains("Kapan tepatnya?"));
    let silent = object(&site, &receipt, " ").await;
    assert!(silent.status.as_u16() == 422 && silent.body.contains("wajib diisi"), "{}", silent.body);
    let objected = object(&site, &receipt, "Juli terlalu lama").await;
    assert!(objected.status.is_success() && objected.body.contains("pelapor keberatan"), "{}", objected.body);
    let page = lead.get(&at).await;
    assert!(page.body.contains("Juli terlalu lama") && page.body.contains("Tanggapan atas keberatan"));
    let who = officer(&site, &lead, "pegawai").await;
    step(&site, &lead, "penugasan", "5", &[("k-petugas", &who)]).await;
    let words = [("k-jawaban", "Loket ditambah minggu ini"), ("k-dijawab", "2020-06-15")];
    step(&site, &employee, "jawaban", "6", &words).await;
    let closed = step(&site, &lead, "penutupan", "7", &[("catatan", "Pelapor puas")]).await;
    assert_eq!(closed.status.as_u16(), 303, "{}", closed.body);
    let late = talk(&site, &receipt, "Satu lagi").await;
    assert!(late.status.as_u16() == 422 && late.body.contains("sudah selesai"), "{}", late.body);
    let list = lead.get(&desk(&site)).await;
    assert!(list.body.contains("1 dari 1"), "{}", list.body);
});

on_both!(the_share_that_is_finished_suggests_an_answer_in_the_worksheet, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, employee) = (site.sign_in("ketua").await, site.sign_in("pegawai").await);
    let sheet = format!("/unit/{}/lke/2020", site.agency.unit.code);
    lead.post(&sheet, &[("edisi", "permenpanrb-52-2014")]).await;
    let question = format!("{sheet}/pertanyaan/PW-P3b");
    assert!(!lead.get(&question).await.texts("#usulan").concat().contains("Jawaban"));
    complain(&site).await;
    assert!(lead.get(&question).await.texts("#usulan").concat().contains("Jawaban Tidak"));
    answered(&site, &lead, &employee).await;
    step(&site, &lead, "penutupan", "4", &[("catatan", "Pelapor puas")]).await;
    let offer = lead.get(&question).await.texts("#usulan").concat();
    assert!(offer.contains("Jawaban Ya") && offer.contains("1 dari 1"), "{offer}");
});

on_both!(nothing_of_the_receipt_is_kept_and_the_trail_names_no_contents, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let receipt = complain(&site).await.replace(' ', "");
    let hash = bening_web::complaint::receipt_hash(&receipt).unwrap();
    assert!(bening_store::complaint::by_receipt(&site.store, &hash).await.unwrap().is_some());
    assert!(bening_store::complaint::by_receipt(&site.store, &receipt).await.unwrap().is_none());
    let lead = site.sign_in("ketua").await;
    let trail = lead.get(&format!("/unit/{}/jejak", site.agency.unit.code)).await;
    assert!(trail.body.contains("Pengaduan diterima"), "{}", trail.body);
    assert!(!trail.body.contains("loket tiga") && !trail.body.contains("0812-7777"), "{}", trail.body);
});

on_both!(guessed_receipts_tell_nothing_and_are_slowed_down, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let receipt = complain(&site).await;
    for wrong in ["", "123", "123456789012345678901234", "' or 1=1 --"] {
        let answer = talk(&site, wrong, "").await;
        assert_eq!(answer.status.as_u16(), 422, "{wrong}");
        assert!(answer.body.contains("tidak cocok") && !answer.body.contains("Antrean"), "{}", answer.body);
    }
    let elsewhere = [("kode", receipt.as_str())];
    assert_eq!(site.visitor().post("/adu/API/percakapan", &elsewhere).await.status.as_u16(), 422);
    let mut last = talk(&site, "123456789012345678901234", "").await;
    for _ in 0..60 {
        if last.status.as_u16() == 429 {
            break;
        }
        last = talk(&site, "123456789012345678901234", "").await;
    }
    assert_eq!(last.status.as_u16(), 429, "{}", last.body);
});

on_both!(an_incomplete_form_comes_back_with_what_was_written, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let fields = [("k-perihal", "<b>Loket</b>"), ("k-kanal", "lapor"), ("k-jenis", "pengaduan")];
    let answer = site.visitor().post(&public(&site), &fields).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(answer.body.contains("Wajib diisi") && !answer.body.contains("<b>Loket"), "{}", answer.body);
    let rows =
        bening_store::register::list(&site.store, site.agency.unit.id, "pengaduan", None).await.unwrap();
    assert!(rows.is_empty());
});

on_both!(the_clock_tells_days_left_and_days_late, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    complain(&site).await;
    let list = lead.get(&desk(&site)).await;
    assert!(list.body.contains("sisa 14 hari"), "{}", list.body);
    let by_phone = [
        ("tahun", "2020"),
        ("k-perihal", "Telepon lama"),
        ("k-jenis", "pengaduan"),
        ("k-isi", "Tidak diangkat"),
        ("k-kanal", "telepon"),
        ("k-diterima", "2020-05-30"),
    ];
    let made = lead.post(&desk(&site), &by_phone).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.body);
    let page = lead.get(&made.location.unwrap()).await;
    assert!(page.body.contains("2 hari lewat"), "{}", page.body);
    let late = lead.get(&format!("{}?keadaan=terlambat", desk(&site))).await;
    assert!(late.body.contains("Telepon lama") && !late.body.contains("Antrean loket"), "{}", late.body);
});

on_both!(a_file_of_another_channel_is_taken_over_whole_or_not_at_all, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let lead = site.sign_in("ketua").await;
    let head = "Tracking ID,Tanggal Laporan,Klasifikasi Laporan,Judul Laporan,Isi Laporan,Instansi\n";
    let good = "5310021,2020-03-07 10:11:12,Pengaduan,Jalan rusak,Truk lewat tiap malam,Dinas\n";
    let bad = "5310022,kemarin,Keluhan,Lampu mati,Gelap,Dinas\n";
    let refused = import(&site, &lead, &format!("{head}{good}{bad}")).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(
        refused.body.contains("Baris 3") && refused.body.contains("Tanggal diterima"),
        "{}",
        refused.body
    );
    let columns = import(&site, &lead, "Nama,Umur\nBudi,3\n").await;
    assert!(columns.status.as_u16() == 422 && columns.body.contains("kolom"), "{}", columns.body);
    let missing = import(&site, &lead, "Judul Laporan,Isi Laporan\nA,B\n").await;
    assert!(missing.body.contains("Tanggal diterima"), "{}", missing.body);
    let kept =
        bening_store::register::list(&site.store, site.agency.unit.id, "pengaduan", None).await.unwrap();
    assert!(kept.is_empty());
    let preview = import(&site, &lead, &format!("{head}{good}")).await;
    assert!(preview.body.contains("Jalan rusak") && preview.body.contains("Instansi"), "{}", preview.body);
    let lines = preview.value_of("baris");
    let saved =
        lead.post(&format!("{}/impor/simpan", desk(&site)), &[("baris", &lines), ("tahun", "2020")]).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.body);
    let list = lead.get(&desk(&site)).await;
    assert!(list.body.contains("Jalan rusak") && list.body.contains("SP4N-LAPOR!"), "{}", list.body);
});

on_both!(only_those_who_keep_complaints_or_were_given_one_touch_it, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    complain(&site).await;
    let at = format!("{}/{}", desk(&site), only(&site).await);
    for login in ["pegawai", "tpi"] {
        let other = site.sign_in(login).await;
        assert_eq!(other.get(&at).await.status.as_u16(), 404, "{login}");
        assert_eq!(said(&site, &other, "Halo dari luar").await.status.as_u16(), 404, "{login}");
        let telaah = [("k-kadar", "biasa"), ("k-lengkap", "2020-06-15")];
        assert_eq!(step(&site, &other, "telaah", "1", &telaah).await.status.as_u16(), 404, "{login}");
    }
    let lead = site.sign_in("ketua").await;
    let telaah = [("k-kadar", "biasa"), ("k-lengkap", "2020-06-15")];
    step(&site, &lead, "telaah", "1", &telaah).await;
    let stranger = step(&site, &lead, "penugasan", "2", &[("k-petugas", "Orang Luar (luar)")]).await;
    assert_eq!(stranger.status.as_u16(), 422, "{}", stranger.body);
    let recap = lead.get(&format!("{}/rekap?tahun=2020", desk(&site))).await;
    assert!(recap.body.contains("Pengaduan per bulan dan jenis"), "{}", recap.body);
});

on_both!(what_the_form_does_not_ask_cannot_be_sent_along, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let more = [("k-kanal", "lapor"), ("k-diterima", "2019-01-01"), ("k-jawaban", "Sudah dijawab")];
    let fields: Vec<_> = FORM.iter().chain(&more).copied().collect();
    assert_eq!(site.visitor().post(&public(&site), &fields).await.status.as_u16(), 200);
    let rows =
        bening_store::register::list(&site.store, site.agency.unit.id, "pengaduan", None).await.unwrap();
    let kept = |code: &str| rows[0].value(code).to_owned();
    assert_eq!((kept("kanal"), kept("diterima")), ("formulir".to_owned(), "2020-06-15".to_owned()));
    assert_eq!(kept("jawaban"), "");
});
