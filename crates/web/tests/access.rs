//! Every route as every role, as a visitor and as a stranger from another unit, against a table that is checked in.
//! A route without a row in the table fails.
//! Long because one thing of every kind that an address names is made here.

#![cfg(test)]

use std::collections::BTreeMap;

use bening_core::plan::export::PlanExport;
use bening_testkit::agency::EVERYBODY;
use bening_testkit::{TestDatabase, TestSite, Visitor, on_both};
use bening_web::routes;
use reqwest::Method;
use reqwest::multipart::{Form, Part};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access-routes.txt");

/// An edition that comes with Bening.
const EDITION: &str = bening_core::instrument::SHIPPED_FILES[0].0;

/// Fields that are well formed for every form, so that the answer is about access and rules, not about typing.
const FIELDS: [(&str, &str); 43] = [
    ("surel", "bukan alamat"),
    ("kunci", "bukan usulan"),
    ("usul", "A"),
    ("value", "Lain"),
    ("was", "yang tidak pernah ada di sini"),
    ("teks", "Baris uji"),
    ("area", "MP"),
    ("alasan", "pendek"),
    ("arah", "naik"),
    ("bulan", "2"),
    ("keadaan", "selesai"),
    ("dari", "2019"),
    ("catatan", ""),
    ("baris", "bukan json"),
    ("tempat", "Jakarta"),
    ("tanggal", "bukan tanggal"),
    ("jabatan", ""),
    ("nama", ""),
    ("pengantar", ""),
    ("latar", ""),
    ("dasar", ""),
    ("aksi", ""),
    ("bukti", ""),
    ("waktu", ""),
    ("pic", ""),
    ("target", ""),
    ("lang", "id"),
    ("theme", "auto"),
    ("back", "/akun"),
    ("lama", "salah"),
    ("baru", "pendek"),
    ("ulang", "pendek"),
    ("peran", "bukan peran"),
    ("predikat", "WBK"),
    ("kode", "?"),
    ("eselon", "X"),
    ("edisi", "bukan edisi"),
    ("batas", "bukan tanggal"),
    ("judul", ""),
    ("jenis", "lain"),
    ("tautan", "bukan alamat"),
    ("untuk", "bukan tujuan"),
    ("ukuran", "999999999999"),
];

on_both!(every_route_answers_every_role_as_reviewed, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let removed = prepare(&site).await;
    let now = table(&site, &removed).await;
    if std::env::var_os("BENING_UPDATE").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(now, reviewed, "set BENING_UPDATE=1 to write {FILE} anew, then review the difference");
});

/// A component was added and removed, so that there is one to restore; the plan is approved, so that edits are
/// refused by a rule and nothing changes between one role and the next.
async fn prepare(site: &TestSite) -> String {
    let lead = site.sign_in("ketua").await;
    let added =
        lead.post(&format!("{}/baris/komponen", site.plan()), &[("area", "PW"), ("teks", "Sementara")]).await;
    let id = added.location.and_then(|to| to.split_once("#r-").map(|(_, id)| id.to_owned())).unwrap();
    let removal = format!("{}/baris/komponen/{id}/penghapusan", site.plan());
    assert_eq!(lead.post(&removal, &[]).await.status.as_u16(), 303);
    submit_worksheet(site, &lead).await;
    declare(&lead, site).await;
    let head = site.sign_in("direktur").await;
    let answer = head.post(&format!("{}/persetujuan", site.plan()), &[("catatan", "")]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    id
}

/// A road that has begun, whose next step is refused for its date, and a pact whose text does not change.
async fn declare(lead: &Visitor, site: &TestSite) {
    let fields = [
        ("predikat", "WBK"),
        ("acara", "Apel"),
        ("tempat", "Jakarta"),
        ("tanggal", "2020-01-14"),
        ("oleh", "Direktur"),
        ("nomor", "1/PGM"),
    ];
    let begun = lead.post(&format!("/unit/{}/predikat", site.agency.unit.code), &fields).await;
    assert_eq!(begun.status.as_u16(), 303, "{}", begun.body);
    let pact = format!("/unit/{}/pakta/2020", site.agency.unit.code);
    assert_eq!(lead.post(&pact, &[("teks", "Baris uji")]).await.status.as_u16(), 303);
}

/// A worksheet with two answers that the unit submitted; agreeing with one of them is not enough to pass it on.
async fn submit_worksheet(site: &TestSite, lead: &Visitor) {
    let sheet = format!("/unit/{}/lke/2020", site.agency.unit.code);
    let began = lead.post(&sheet, &[("edisi", "permenpanrb-52-2014")]).await;
    assert_eq!(began.status.as_u16(), 303, "{}", began.body);
    for code in ["MP-P1a", "MP-P2a"] {
        let fields = [("jawaban", "Ya"), ("was", r#"{"answer":null,"note":""}"#)];
        let saved = lead.post(&format!("{sheet}/pertanyaan/{code}"), &fields).await;
        assert_eq!(saved.status.as_u16(), 303, "{}", saved.body);
    }
    assert_eq!(lead.post(&format!("{sheet}/pengajuan"), &[]).await.status.as_u16(), 303);
}

/// A team with the unit of the stranger, so that it cannot be dissolved; its identity.
async fn team(admin: &Visitor) -> String {
    let formed = admin.post("/penilaian/tim", &[("tahun", "2020"), ("nama", "Tim Uji")]).await;
    let team = formed.location.unwrap();
    let given = admin.post(&format!("{team}/unit"), &[("unit", "API")]).await;
    assert_eq!(given.status.as_u16(), 303, "{}", given.body);
    team.trim_start_matches("/penilaian/tim/").to_owned()
}

/// A mapping that was guessed from a sample; its identity.
async fn mapping(admin: &Visitor) -> String {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([["Kode", "Jawaban"], ["MP-P1a", ""], ["MP-P2a", ""], ["MP-P2b", ""]]) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    let part = reqwest::multipart::Part::bytes(book.save_to_buffer().unwrap()).file_name("contoh.xlsx");
    let form = reqwest::multipart::Form::new().text("_csrf", admin.token().to_owned());
    let form = form.text("edisi", "permenpanrb-52-2014").part("berkas", part);
    let request = admin.request(Method::POST, "/instansi/pemetaan").multipart(form);
    let made = admin.send(request).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.body);
    made.location.unwrap().trim_start_matches("/instansi/pemetaan/").to_owned()
}

/// An open survey: its identity and the token of its public address.
async fn open_survey(site: &TestSite, lead: &Visitor) -> (String, String) {
    let list = format!("/unit/{}/survei", site.agency.unit.code);
    let fields = [
        ("kuesioner", "spak-90-2021:4"),
        ("layanan", "Izin air"),
        ("periode", "Triwulan II 2020"),
        ("populasi", ""),
        ("buka", "2020-06-01"),
        ("tutup", "2020-06-30"),
        ("cara", "open"),
    ];
    let made = lead.post(&list, &fields).await.location.unwrap();
    assert_eq!(lead.post(&format!("{made}/pembukaan"), &[]).await.status.as_u16(), 303);
    let id: String = made.rsplit('/').next().unwrap().to_owned();
    let kept = bening_store::survey::by_id(&site.store, id.parse().unwrap()).await.unwrap().unwrap();
    (id, kept.campaign.token)
}

/// A set of own questions: its identity.
async fn own_questions(site: &TestSite, lead: &Visitor) -> String {
    let base = format!("/unit/{}/survei/pertanyaan", site.agency.unit.code);
    let fields = [("nama", "Ruang"), ("id1", "Nyaman?"), ("en1", "Comfortable?"), ("jenis1", "ya")];
    assert_eq!(lead.post(&base, &fields).await.status.as_u16(), 303);
    let sets = bening_store::survey::own_sets(&site.store, &[site.agency.unit.id]).await.unwrap();
    sets[0].1.id.to_string()
}

/// A pile of paper forms of the survey: its identity.
async fn pile(site: &TestSite, lead: &Visitor, survey: &str) -> String {
    let piles = format!("/unit/{}/survei/{survey}/kertas", site.agency.unit.code);
    let made = lead.post(&piles, &[("nama", "Loket 1"), ("tanggal", "2020-06-15")]).await;
    made.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

/// A file that only those who work on an action or judge it may open: its identity and that of its use.
async fn restricted_evidence(site: &TestSite, lead: &Visitor) -> (String, String) {
    let plan = lead.get(&format!("{}/ekspor/json", site.plan())).await;
    let plan: PlanExport = serde_json::from_str(&plan.body).unwrap();
    let target = plan.actions().find_map(|(_, _, action)| Some((action.id, action.evidence.first()?.id)));
    let (action, promised) = target.unwrap();
    let register = format!("/unit/{}/bukti", site.agency.unit.code);
    let form = Form::new()
        .text("_csrf", lead.token().to_owned())
        .text("jenis", "sk")
        .text("sifat", "restricted")
        .part("berkas", Part::bytes(b"%PDF-1.4 rahasia".to_vec()).file_name("rahasia.pdf"));
    let path = format!("{register}?untuk=aksi.2020.{action}.{promised}");
    let answer = lead.send(lead.request(Method::POST, &path).multipart(form)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    let kept = bening_store::evidence::of_unit(&site.store, site.agency.unit.id).await.unwrap().remove(0);
    (kept.evidence.id.to_string(), kept.uses[0].id.to_string())
}

async fn begun_upload(site: &TestSite, lead: &Visitor) -> String {
    let path = format!("/unit/{}/unggahan", site.agency.unit.code);
    let answer = lead.post(&path, &[("nama", "a.pdf"), ("ukuran", "5")]).await;
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// An entry of the register that was not done yet: its identity.
async fn follow_up(site: &TestSite, lead: &Visitor) -> String {
    let person = site.agency.person("anggota").to_string();
    let fields = [
        ("tahun", "2020"),
        ("sumber", "lain"),
        ("temuan", "Loket gelap"),
        ("tindakan", "Pasang lampu"),
        ("orang", person.as_str()),
        ("batas", "2020-06-30"),
    ];
    let made = lead.post(&format!("/unit/{}/tindak-lanjut", site.agency.unit.code), &fields).await;
    made.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

/// A meeting of tomorrow, on which nobody signs or writes minutes today: its identity and the word of its list.
async fn meeting(site: &TestSite, lead: &Visitor) -> (String, String) {
    let person = site.agency.person("anggota").to_string();
    let fields = [
        ("jenis", "lain"),
        ("judul", "Rapat besok"),
        ("tanggal", "2020-06-16"),
        ("tempat", "Ruang rapat"),
        ("agenda", "Rencana"),
        ("undang", person.as_str()),
    ];
    let made = lead.post(&format!("/unit/{}/rapat", site.agency.unit.code), &fields).await;
    let id = made.location.unwrap().rsplit('/').next().unwrap().to_owned();
    let kept = bening_store::meeting::by_id(&site.store, id.parse().unwrap()).await.unwrap().unwrap();
    (id, kept.token)
}

/// A line of the register of gratification, which is read by its keepers only: its identity.
async fn register_row(site: &TestSite, lead: &Visitor) -> String {
    let fields = [
        ("tahun", "2020"),
        ("k-barang", "Parsel"),
        ("k-jenis", "makanan"),
        ("k-nilai", "100000"),
        ("k-diterima", "2020-06-10"),
        ("k-sikap", "diterima"),
        ("k-peristiwa", "Idulfitri"),
        ("k-pemberi", "PT Contoh"),
        ("k-hubungan", "wajib bayar"),
    ];
    let list = format!("/unit/{}/pengawasan/gratifikasi", site.agency.unit.code);
    let made = lead.post(&list, &fields).await;
    made.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

/// A complaint of the public: its identity.
async fn complaint(site: &TestSite) -> String {
    let fields = [("k-jenis", "pengaduan"), ("k-perihal", "Antrean"), ("k-isi", "Terlalu lama")];
    site.visitor().post(&format!("/adu/{}", site.agency.unit.code), &fields).await;
    let rows =
        bening_store::register::list(&site.store, site.agency.unit.id, "pengaduan", None).await.unwrap();
    rows[0].id.to_string()
}

async fn table(site: &TestSite, removed: &str) -> String {
    let people = everybody(site).await;
    let survey = open_survey(site, &people["ketua"]).await;
    let team = team(&people["admin"]).await;
    let follow_up = follow_up(site, &people["ketua"]).await;
    let meeting = meeting(site, &people["ketua"]).await;
    let mapping = mapping(&people["admin"]).await;
    let own_questions = own_questions(site, &people["ketua"]).await;
    let register = register_row(site, &people["ketua"]).await;
    let complaint = complaint(site).await;
    let pile = pile(site, &people["ketua"], &survey.0).await;
    let evidence = restricted_evidence(site, &people["ketua"]).await;
    let upload = begun_upload(site, &people["ketua"]).await;
    let removed = removed.to_owned();
    let ids = ids(site, &people["ketua"]).await;
    let ids = Ids { own_questions, register, meeting, complaint, ..ids };
    let ids = Ids { removed, survey, pile, team, mapping, evidence, upload, follow_up, ..ids };
    let mut text = String::from("# Status of every route for every role; written by the test access.\n# ");
    text += &format!("{:<6} {:<62} visitor {}\n", "method", "path", EVERYBODY.join(" "));
    for route in routes::table() {
        let path = filled(route.path, site, &ids);
        // This address has posted as often as one may; the gate against floods begins a new window.
        if route.path == "/adu/{unit}" {
            site.wait(600);
        }
        let mut statuses = vec![ask(&site.visitor(), &route.method, &path).await];
        for login in EVERYBODY {
            // Signing out would end the session that the other routes need.
            let caller = if route.path == "/keluar" { &site.sign_in(login).await } else { &people[login] };
            statuses.push(ask(caller, &route.method, &path).await);
        }
        text += &format!("{:<8} {:<62} {}\n", route.method.as_str(), route.path, statuses.join(" "));
    }
    text
}

async fn everybody(site: &TestSite) -> BTreeMap<&'static str, Visitor> {
    let mut people = BTreeMap::new();
    for login in EVERYBODY {
        people.insert(login, site.sign_in(login).await);
    }
    people
}

/// Identities of a row of each kind.
struct Ids {
    removed: String,
    team: String,
    mapping: String,
    action: String,
    at_unit: String,
    at_agency: String,
    survey: (String, String),
    own_questions: String,
    pile: String,
    /// A restricted piece of evidence that the team lead brought, and what it proves.
    evidence: (String, String),
    upload: String,
    follow_up: String,
    meeting: (String, String),
    /// A line of the register of gratification that the team lead wrote.
    register: String,
    /// A complaint of the public.
    complaint: String,
}

async fn ids(site: &TestSite, reader: &Visitor) -> Ids {
    let plan = reader.get(&format!("{}/ekspor/json", site.plan())).await;
    let plan: PlanExport = serde_json::from_str(&plan.body).unwrap();
    let action = plan.actions().next().map(|(_, _, action)| action.id.to_string()).unwrap();
    let held = bening_store::person::all_assignments(&site.store).await.unwrap();
    let of = |login: &str| {
        let person = site.agency.person(login);
        held.iter().find(|held| held.person == person).map(|held| held.id.to_string()).unwrap()
    };
    let (at_unit, at_agency) = (of("cadangan"), of("cadangan-tpi"));
    Ids {
        removed: String::new(),
        team: String::new(),
        mapping: String::new(),
        action,
        at_unit,
        at_agency,
        survey: Default::default(),
        own_questions: String::new(),
        pile: String::new(),
        evidence: Default::default(),
        upload: String::new(),
        follow_up: String::new(),
        meeting: Default::default(),
        register: String::new(),
        complaint: String::new(),
    }
}

fn filled(path: &str, site: &TestSite, ids: &Ids) -> String {
    let id = match path {
        path if path.starts_with("/penilaian/tim/") => ids.team.as_str(),
        path if path.starts_with("/instansi/peran/") => ids.at_agency.as_str(),
        path if path.starts_with("/instansi/pemetaan/") => &ids.mapping,
        path if path.starts_with("/instansi/instrumen/") => EDITION.trim_end_matches(".toml"),
        path if path.contains("/peran/") => &ids.at_unit,
        path if path.contains("/survei/") => &ids.survey.0,
        path if path.contains("/unggahan/") => &ids.upload,
        path if path.starts_with("/unit/{unit}/bukti/") => &ids.evidence.0,
        path if path.contains("/pengawasan/") => &ids.register,
        path if path.contains("/tindak-lanjut/") => &ids.follow_up,
        path if path.contains("/rapat/") => &ids.meeting.0,
        path if path.contains("/baris/") && path.ends_with("/pemulihan") => &ids.removed,
        _ => &ids.action,
    };
    let report = match path {
        path if path.contains("/pengaduan/") => ids.complaint.as_str(),
        _ => "00000000-0000-4000-8000-000000000000",
    };
    let is_component = path.ends_with("/pemulihan") || path.ends_with("/baris/{jenis}");
    let kind = if is_component { "komponen" } else { "tindakan" };
    path.replace("{unit}", site.agency.unit.code.as_str())
        .replace("{tahun}", "2020")
        .replace("{register}", "gratifikasi")
        .replace("{langkah}", "kelola")
        .replace("{bulan}", "6")
        .replace("{id}", id)
        .replace("{token}", if path.starts_with("/hadir/") { &ids.meeting.1 } else { &ids.survey.1 })
        .replace("{rahasia}", "alamat-yang-tidak-pernah-diberikan")
        .replace("{laporan}", report)
        .replace("{jenis}", kind)
        .replace("{naskah}", "undangan")
        .replace("{seri}", "surat")
        .replace("{kolom}", "aksi")
        .replace("{format}", "json")
        .replace("{tumpukan}", &ids.pile)
        .replace("{kumpulan}", &ids.own_questions)
        .replace("{login}", "cadangan")
        .replace(
            "{kode}",
            if path.contains("/pertanyaan/") || path.contains("/jawaban/") { "MP-P1a" } else { "MP-P1" },
        )
        .replace("/langkah/MP-P1", "/langkah/penetapan-calon")
        .replace("{lapisan}", "unit")
        .replace("{versi}", "1")
        .replace("{pakai}", &ids.evidence.1)
        .replace("{putaran}", "1")
        .replace("{orang}", &site.agency.person("tpi").to_string())
}

async fn ask(caller: &Visitor, method: &Method, path: &str) -> String {
    let is_evidence = path.ends_with("/versi") || (path.ends_with("/bukti") && !path.contains("/lke/"));
    let is_upload = is_evidence
        || path.ends_with("/impor")
        || path.ends_with("/pegawai")
        || ["/instansi", "/instansi/instrumen", "/instansi/pemetaan"].contains(&path);
    let answer = match *method {
        Method::GET => caller.get(path).await,
        Method::PATCH => caller.send(caller.request(Method::PATCH, path)).await,
        Method::PUT => caller.save(path, "yang tidak pernah ada di sini", "Lain").await,
        _ if is_upload => caller.upload(path, "tanpa", "kosong.txt", Vec::new()).await,
        _ => caller.post(path, &FIELDS).await,
    };
    let to_sign_in = answer.location.as_deref().is_some_and(|to| to.starts_with("/masuk?"));
    if to_sign_in { "sign-in".to_owned() } else { answer.status.as_str().to_owned() }
}
