//! Whistleblowers: a whole conversation, who is kept out, and what somebody with the database in hand finds.

use std::io::Cursor;

use bening_core::audit::{Actor, Entry};
use bening_core::id::AssignmentId;
use bening_core::person::{Assignment, Place, Role};
use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};

const PHRASE: &str = "perahu kertas melawan arus deras";
const REPORT: &str = "Uang pelicin diminta di loket lima";
const NAME: &str = "Siti Pelapor 0812777";
const ANSWER: &str = "Kami periksa kuitansinya besok";
const REPLY: &str = "Kuitansi ada di laci kiri";

fn desk(site: &TestSite) -> String {
    format!("/unit/{}/wbs", site.agency.unit.code)
}

fn form(site: &TestSite) -> String {
    format!("/lapor/{}", site.agency.unit.code)
}

async fn keeper(site: &TestSite, login: &str, duty: &str) -> Visitor {
    let admin = site.sign_in("admin").await;
    let named = admin.post(&format!("{}/penerima", desk(site)), &[("akun", login), ("tugas", duty)]).await;
    assert_eq!(named.status.as_u16(), 303, "{}", named.body);
    let keeper = site.sign_in(login).await;
    let phrases = [("frasa", PHRASE), ("ulang", PHRASE)];
    let made = keeper.post(&format!("{}/kunci", desk(site)), &phrases).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.body);
    keeper
}

/// Reports, and gives the receipt.
async fn report(site: &TestSite, more: &[(&str, &str)]) -> String {
    let fields: Vec<_> = [("isi", REPORT)].iter().chain(more).copied().collect();
    let answer = site.visitor().post(&form(site), &fields).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    assert_eq!(answer.headers["referrer-policy"], "no-referrer");
    answer.texts("#kode").remove(0)
}

async fn talk(site: &TestSite, receipt: &str, reply: &str) -> Answer {
    let fields = [("kode", receipt), ("balasan", reply)];
    site.visitor().post(&format!("{}/percakapan", form(site)), &fields).await
}

/// Ends a report that was looked into: it was so.
async fn close(reader: &Visitor, at: &str) {
    let ended = reader.post(&format!("{at}/keadaan"), &[("hasil", "proven")]).await;
    assert_eq!(ended.status.as_u16(), 303, "{}", ended.body);
}

/// Identity of the only report, as somebody with the database finds it.
async fn only(site: &TestSite) -> String {
    let keepers = bening_store::wbs::keepers(&site.store, site.agency.unit.id).await.unwrap();
    let ids: Vec<_> = keepers.iter().map(|keeper| keeper.id).collect();
    bening_store::wbs::given_to(&site.store, &ids).await.unwrap()[0].id.to_string()
}

async fn open(site: &TestSite, by: &Visitor, phrase: &str) -> Answer {
    by.post(&format!("{}/{}/bacaan", desk(site), only(site).await), &[("frasa", phrase)]).await
}

/// Whether a dump holds a text, plainly or as the numbers in which bytes are dumped.
fn holds(dump: &str, text: &str) -> bool {
    let numbers: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    dump.contains(text) || dump.contains(&numbers.join(",")) || dump.contains(&hex::encode(text))
}

on_both!(a_report_is_read_answered_and_replied_to_by_code, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let reader = keeper(&site, "pegawai", "recipient").await;
    let receipt = report(&site, &[("siapa", "Kepala loket")]).await;
    assert_eq!(receipt.chars().filter(char::is_ascii_digit).count(), 24);
    let read = open(&site, &reader, PHRASE).await;
    assert!(read.body.contains(REPORT) && read.body.contains("Kepala loket"), "{}", read.body);
    let at = format!("{}/{}", desk(&site), only(&site).await);
    assert_eq!(reader.post(&format!("{at}/jawaban"), &[("teks", ANSWER)]).await.status.as_u16(), 303);
    let seen = talk(&site, &receipt, REPLY).await;
    assert!(seen.body.contains(REPORT) && seen.body.contains(ANSWER) && seen.body.contains(REPLY));
    assert!(open(&site, &reader, PHRASE).await.body.contains(REPLY));
    for _ in 0..2 {
        assert_eq!(reader.post(&format!("{at}/keadaan"), &[]).await.status.as_u16(), 303);
    }
    let unsaid = reader.post(&format!("{at}/keadaan"), &[]).await;
    assert!(unsaid.status.as_u16() == 422 && unsaid.text().contains("Pilih hasil"), "{}", unsaid.body);
    close(&reader, &at).await;
    let recap = ["2020", "1", "1", "1", "1", "0", "0", "0"];
    assert_eq!(reader.get(&desk(&site)).await.texts("#rekap tbody tr > *"), recap);
    assert!(talk(&site, &receipt, "Satu hal lagi").await.body.contains("sudah selesai"));
    assert_eq!(reader.post(&format!("{at}/jawaban"), &[("teks", ANSWER)]).await.status.as_u16(), 422);
});

on_both!(somebody_with_the_whole_database_finds_nothing_that_was_written, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let reader = keeper(&site, "pegawai", "recipient").await;
    keeper(&site, "anggota", "custodian").await;
    let receipt = report(&site, &[("identitas", NAME)]).await;
    let at = format!("{}/{}", desk(&site), only(&site).await);
    reader.post(&format!("{at}/jawaban"), &[("teks", ANSWER)]).await;
    talk(&site, &receipt, REPLY).await;
    let dump = site.dump().await;
    assert!(holds(&dump, "age-encryption.org") && holds(&dump, "wbs.report.answered"), "can find");
    let bare = receipt.replace(' ', "");
    for secret in [REPORT, NAME, ANSWER, REPLY, PHRASE, &receipt, &bare, "AGE-SECRET-KEY"] {
        assert!(!holds(&dump, secret), "{secret}");
    }
});

on_both!(whom_a_report_concerns_never_sees_it, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let concerned = keeper(&site, "pegawai", "recipient").await;
    let free = keeper(&site, "anggota", "recipient").await;
    let keepers = bening_store::wbs::keepers(&site.store, site.agency.unit.id).await.unwrap();
    let id =
        |login| keepers.iter().find(|one| one.person == site.agency.person(login)).unwrap().id.to_string();
    let (first, second) = (id("pegawai"), id("anggota"));
    report(&site, &[("terkait", &first)]).await;
    assert_eq!(open(&site, &concerned, PHRASE).await.status.as_u16(), 404);
    assert!(!concerned.get(&desk(&site)).await.body.contains("/bacaan"));
    assert!(open(&site, &free, PHRASE).await.body.contains(REPORT));
    let both = [("isi", REPORT), ("terkait", first.as_str()), ("terkait", second.as_str())];
    let refused = site.visitor().post(&form(&site), &both).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.body.contains("saluran lain") && refused.body.contains(REPORT), "{}", refused.body);
});

on_both!(those_with_power_can_neither_read_nor_be_made_readers, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    keeper(&site, "pegawai", "recipient").await;
    report(&site, &[]).await;
    let admin = site.sign_in("admin").await;
    for login in ["admin", "kepala", "direktur"] {
        let named =
            admin.post(&format!("{}/penerima", desk(&site)), &[("akun", login), ("tugas", "escrow")]).await;
        assert_eq!(named.status.as_u16(), 422, "{login}: {}", named.body);
        let powerful = site.sign_in(login).await;
        let at = format!("{}/{}", desk(&site), only(&site).await);
        for act in ["bacaan", "identitas", "jawaban", "keadaan"] {
            let fields = [("frasa", PHRASE), ("alasan", "karena saya pimpinan"), ("teks", "x")];
            let answer = powerful.post(&format!("{at}/{act}"), &fields).await;
            assert_eq!(answer.status.as_u16(), 403, "{login} {act}");
        }
        assert!(!powerful.get(&desk(&site)).await.body.contains("/bacaan"), "{login}");
    }
});

on_both!(the_custodian_opens_an_identity_with_a_reason_that_is_recorded, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let reader = keeper(&site, "pegawai", "recipient").await;
    let custodian = keeper(&site, "anggota", "custodian").await;
    report(&site, &[("identitas", NAME)]).await;
    assert!(!open(&site, &reader, PHRASE).await.body.contains(NAME), "readers do not see who it is");
    assert_eq!(open(&site, &custodian, PHRASE).await.status.as_u16(), 404, "the custodian reads no reports");
    let at = format!("{}/{}/identitas", desk(&site), only(&site).await);
    let with = |reason| [("frasa", PHRASE), ("alasan", reason)];
    assert_eq!(custodian.post(&at, &with("")).await.status.as_u16(), 422);
    assert_eq!(reader.post(&at, &with("ingin tahu siapa")).await.status.as_u16(), 404);
    let opened = custodian.post(&at, &with("perlindungan saksi diminta")).await;
    assert!(opened.body.contains(NAME) && !opened.body.contains(REPORT), "{}", opened.body);
    assert!(site.dump().await.contains("perlindungan saksi diminta"));
});

on_both!(a_wrong_passphrase_or_receipt_opens_nothing, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let reader = keeper(&site, "pegawai", "recipient").await;
    let receipt = report(&site, &[]).await;
    let wrong = open(&site, &reader, "perahu kertas melawan arus tenang").await;
    assert!(wrong.status.as_u16() == 422 && !wrong.body.contains(REPORT));
    let last = if receipt.ends_with('0') { "1" } else { "0" };
    let near = format!("{}{last}", &receipt[..receipt.len() - 1]);
    for typed in ["", "123", near.as_str(), "' OR 1=1 --"] {
        let answer = talk(&site, typed, "").await;
        assert!(answer.status.as_u16() == 422 && !answer.body.contains(REPORT), "{typed}");
    }
    assert!(talk(&site, &receipt.replace(' ', "-"), "").await.body.contains(REPORT), "nobody is locked out");
});

on_both!(a_closed_report_is_gone_after_its_time, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let reader = keeper(&site, "pegawai", "recipient").await;
    let receipt = report(&site, &[]).await;
    let at = format!("{}/{}", desk(&site), only(&site).await);
    for _ in 0..2 {
        reader.post(&format!("{at}/keadaan"), &[]).await;
    }
    close(&reader, &at).await;
    let closed_on = chrono::NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
    assert!(site.dump().await.contains("\"sealed\":["), "there is one to delete");
    for (day, gone, status) in [(closed_on.pred_opt().unwrap(), 0, 200), (closed_on, 1, 422)] {
        let tx = site.store.begin().await.unwrap();
        assert_eq!(bening_store::wbs::erase_closed(&tx, day).await.unwrap(), gone);
        let entry = Entry::new(Actor::System, "test", uuid::Uuid::nil());
        tx.commit(entry, chrono::DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(talk(&site, &receipt, "").await.status.as_u16(), status);
    }
    assert!(!site.dump().await.contains("\"sealed\":["), "no sealed message is left");
    let recap = ["2020", "1", "1", "1", "1", "0", "0", "0"];
    assert_eq!(reader.get(&desk(&site)).await.texts("#rekap tbody tr > *"), recap, "it still counts");
});

/// A photograph that knows where it was taken.
fn photograph() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::DynamicImage::new_rgb8(40, 20);
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0GPSLatitude -6.175";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&bytes[..2], b"\xff\xe1", &length, exif, &bytes[2..]].concat()
}

async fn report_with(site: &TestSite, file: Vec<u8>, name: &str, clean: &str) -> Answer {
    let part = reqwest::multipart::Part::bytes(file).file_name(name.to_owned());
    let form_of = reqwest::multipart::Form::new().text("isi", REPORT).text("bersih", clean.to_owned());
    let visitor = site.visitor();
    let request = visitor.request(reqwest::Method::POST, &form(site));
    visitor.send(request.multipart(form_of.part("lampiran", part))).await
}

async fn file_of(site: &TestSite, reader: &Visitor) -> Answer {
    let page = open(site, reader, PHRASE).await;
    let id = page.body.split("name=\"lampiran\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let at = format!("{}/{}/lampiran", desk(site), only(site).await);
    reader.post(&at, &[("frasa", PHRASE), ("lampiran", id)]).await
}

on_both!(
    a_photograph_comes_without_the_place_where_it_was_taken_and_only_readers_open_it,
    async |database: TestDatabase| {
        let site = TestSite::start(database).await;
        let reader = keeper(&site, "pegawai", "recipient").await;
        let sent = report_with(&site, photograph(), "IMG_Siti.jpg", "ya").await;
        assert_eq!(sent.status.as_u16(), 200, "{}", sent.body);
        let file = file_of(&site, &reader).await;
        assert_eq!(file.headers["content-type"], "image/jpeg");
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert!(!file.body.contains("GPSLatitude") && file.body.contains("JFIF"), "drawn anew");
        let dump = site.dump().await;
        assert!(!holds(&dump, "IMG_Siti") && !holds(&dump, "GPSLatitude"), "sealed, its name too");
        let at = format!("{}/{}/lampiran", desk(&site), only(&site).await);
        let wrong =
            reader.post(&at, &[("frasa", "perahu kertas melawan arus tenang"), ("lampiran", "x")]).await;
        assert_eq!(wrong.status.as_u16(), 422);
        for login in ["admin", "direktur", "anggota"] {
            let other = site.sign_in(login).await;
            let answer = other.post(&at, &[("frasa", PHRASE), ("lampiran", "x")]).await;
            assert_eq!(answer.status.as_u16(), 403, "{login}");
        }
    }
);

on_both!(what_cannot_be_sent_along_is_refused_with_what_was_written, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let reader = keeper(&site, "pegawai", "recipient").await;
    let pdf = || b"%PDF-1.7 isi".to_vec();
    let cases = [
        (b"<svg onload=alert(1)>".to_vec(), "gambar.png", "", "JPEG, PNG, atau PDF"),
        (b"\xff\xd8\xffpotongan".to_vec(), "rusak.jpg", "ya", "tidak dapat dibaca"),
        (pdf(), "surat.pdf", "ya", "hilangkan centang"),
        (vec![b'%'; 6 * 1024 * 1024], "besar.pdf", "", "paling besar 5 MB"),
    ];
    for (bytes, name, clean, why) in cases {
        let refused = report_with(&site, bytes, name, clean).await;
        assert_eq!(refused.status.as_u16(), 422, "{name}");
        assert!(refused.body.contains(why) && refused.body.contains(REPORT), "{name}: {}", refused.text());
    }
    assert!(!reader.get(&desk(&site)).await.body.contains("/bacaan"), "nothing was kept");
    assert_eq!(report_with(&site, pdf(), "surat.pdf", "").await.status.as_u16(), 200);
    assert!(file_of(&site, &reader).await.body.starts_with("%PDF-"), "as it was sent");
});

on_both!(who_comes_to_power_gets_nothing_new, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    keeper(&site, "pegawai", "recipient").await;
    report(&site, &[]).await;
    let made = Assignment {
        id: AssignmentId(bening_web::chance::fresh()),
        person: site.agency.person("pegawai"),
        role: Role::AgencyHead,
        place: Place::Agency,
        areas: [].into(),
        from: chrono::NaiveDate::from_ymd_opt(2020, 6, 1).unwrap(),
        until: None,
    };
    let tx = site.store.begin().await.unwrap();
    bening_store::person::assign(&tx, &made).await.unwrap();
    let entry = Entry::new(Actor::Console, "role.given", made.id.0);
    tx.commit(entry, chrono::DateTime::UNIX_EPOCH).await.unwrap();
    let refused = site.visitor().post(&form(&site), &[("isi", REPORT)]).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
    assert!(refused.text().contains("Saluran ini belum dibuka"), "{}", refused.text());
});

on_both!(a_duty_is_ended_when_somebody_else_reads_on, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let first = keeper(&site, "pegawai", "recipient").await;
    report(&site, &[]).await;
    let second = keeper(&site, "anggota", "recipient").await;
    let keepers = bening_store::wbs::keepers(&site.store, site.agency.unit.id).await.unwrap();
    let of = |login| keepers.iter().find(|one| one.person == site.agency.person(login)).unwrap().id;
    let end = |id| format!("{}/penerima/{id}/pengakhiran", desk(&site));
    let admin = site.sign_in("admin").await;
    let only = admin.post(&end(of("pegawai")), &[]).await;
    assert!(only.status.as_u16() == 422 && only.text().contains("hanya dapat dibaca"), "{}", only.text());
    assert_eq!(admin.post(&end(of("anggota")), &[]).await.status.as_u16(), 303);
    assert_eq!(second.get(&desk(&site)).await.status.as_u16(), 403, "the desk is closed to them");
    let last = admin.post(&end(of("pegawai")), &[]).await;
    assert!(last.status.as_u16() == 422 && last.text().contains("penerima lain"), "{}", last.text());
    assert!(!site.visitor().get(&form(&site)).await.text().contains("Anggota"), "and named no more");
    assert_eq!(first.get(&desk(&site)).await.status.as_u16(), 200);
});
