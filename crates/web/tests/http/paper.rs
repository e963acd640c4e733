//! Papers from templates: a number drawn once, words that an admin changes without touching what was issued, and what
//! is refused.

use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{assert_done, assert_says, trail_rows};

const PAPERS: &str = "/unit/AIR/naskah";
const INVITATION: &str = "/unit/AIR/naskah/baru/undangan";
const WORDS: &str = "/instansi/naskah/undangan";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(crate) fn invitation<'a>(on: &'a str, waktu: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("tanggal", on),
        ("isi.hal", "rapat rencana kerja"),
        ("isi.kepada", "seluruh anggota tim"),
        ("isi.waktu", waktu),
        ("isi.tempat", "Ruang Danau"),
        ("isi.agenda", "Pembukaan\nPembahasan"),
        ("penanda", "Siti Rahayu"),
        ("jabatan", "Direktur Air Bersih"),
    ]
}

fn changed(text: &str) -> [(&str, &str); 3] {
    [("judul", "Undangan baru {hal}"), ("isi", text), ("penutup", "{kota}, {tanggal}")]
}

async fn numbers(who: &Visitor) -> Vec<String> {
    who.get(PAPERS).await.texts("#naskah td[data-label=Nomor]")
}

/// Addresses of the files of the papers, the newest first.
async fn files(who: &Visitor) -> Vec<String> {
    let page = who.get(PAPERS).await.body;
    let all = page.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let is_file =
        |path: &&str| path.starts_with(PAPERS) && (path.ends_with("/pdf") || path.ends_with("/docx"));
    all.map(|(path, _)| path).filter(is_file).map(str::to_owned).collect()
}

/// The paper that was issued first, as it prints now.
async fn oldest(who: &Visitor) -> String {
    let files = files(who).await;
    who.get(files.iter().rfind(|path| path.ends_with("/pdf")).unwrap()).await.body
}

/// Whether a file came that says this; the press of tests prints JSON.
fn prints(answer: &Answer, text: &str) -> bool {
    let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok());
    answer.status == StatusCode::OK && kind == Some("application/pdf") && answer.body.contains(text)
}

on_both!(a_paper_gets_the_next_number_and_two_at_once_never_the_same, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    assert_says(&lead.get(INVITATION).await, StatusCode::OK, "Agenda");
    let fields = invitation("2020-06-10", "Senin, 22 Juni 2020");
    let (one, two) = tokio::join!(lead.post(INVITATION, &fields), lead.post(INVITATION, &fields));
    assert_done(&one);
    assert_done(&two);
    let mut found = numbers(&lead).await;
    found.sort_unstable();
    assert_eq!(found, ["1/ZI/VI/2020", "2/ZI/VI/2020"]);
    let admin = site.sign_in("admin").await;
    assert_done(
        &admin.post("/instansi/naskah/seri/surat", &[("pola", "U-{nomor:03}/{bulan}/{tahun}")]).await,
    );
    assert_says(
        &admin.post("/instansi/naskah/seri/surat", &[("pola", "U-{tahun}")]).await,
        REFUSED,
        "{nomor}",
    );
    assert_done(&lead.post(INVITATION, &fields).await);
    assert!(numbers(&lead).await.contains(&"U-003/06/2020".to_owned()));
    let files = files(&lead).await;
    assert_eq!(files.len(), 6);
    for file in files {
        assert_eq!(lead.get(&file).await.status, StatusCode::OK, "{file}");
    }
});

on_both!(a_paper_that_lacks_something_is_refused_with_what_and_leaves_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let trail = trail_rows(&site).await;
    let refused = lead.post(INVITATION, &invitation("2020-06-10", " ")).await;
    assert_says(&refused, REFUSED, "Hari, tanggal, dan pukul");
    assert_eq!(refused.value_of("isi.tempat"), "Ruang Danau", "what was typed stays");
    let ahead = lead.post(INVITATION, &invitation("2020-06-16", "besok")).await;
    assert_says(&ahead, REFUSED, "belum tiba");
    let mut preview = invitation("2020-06-10", "Senin");
    preview.push(("langkah", "contoh"));
    assert!(prints(&lead.post(INVITATION, &preview).await, "……"), "a preview has no number");
    assert_eq!(trail_rows(&site).await, trail);
    assert_done(&lead.post(INVITATION, &invitation("2020-06-10", "Senin")).await);
    let back = lead.post(INVITATION, &invitation("2020-06-09", "Senin")).await;
    assert_says(&back, REFUSED, "mendahului surat terakhir");
    let head = site.sign_in("kepala").await;
    let sptjm = [("tanggal", "2020-06-10"), ("penanda", "Kepala"), ("jabatan", "Menteri")];
    let no_road = head.post("/unit/AIR/naskah/baru/sptjm", &sptjm).await;
    assert_says(&no_road, REFUSED, "belum menempuh");
    assert_eq!(lead.get("/unit/AIR/naskah/baru/sptjm").await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.sign_in("asing").await.get(PAPERS).await.status, StatusCode::NOT_FOUND);
});

on_both!(an_admin_changes_the_words_and_papers_that_were_issued_keep_theirs, async |db| {
    let site = TestSite::start(db).await;
    let (lead, admin) = (site.sign_in("ketua").await, site.sign_in("admin").await);
    assert_done(&lead.post(INVITATION, &invitation("2020-06-10", "Senin")).await);
    let before = oldest(&lead).await;
    let unknown = admin.post(WORDS, &changed("Kepada {siapa}")).await;
    assert_says(&unknown, REFUSED, "{siapa}");
    assert_says(&unknown, REFUSED, "{waktu}");
    let mut preview = changed("Kepada {kepada}").to_vec();
    preview.push(("langkah", "contoh"));
    assert!(prints(&admin.post(WORDS, &preview).await, "Undangan baru"));
    assert_says(&admin.get(WORDS).await, StatusCode::OK, "bawaan");
    assert_done(&admin.post(WORDS, &changed("Kepada {kepada}")).await);
    assert_says(&admin.post(WORDS, &changed("Kepada {kepada}")).await, REFUSED, "tidak berubah");
    assert_done(&lead.post(INVITATION, &invitation("2020-06-11", "Selasa")).await);
    assert_eq!(oldest(&lead).await, before, "what was issued stays");
    assert_done(&admin.post("/instansi/naskah/undangan/bawaan", &[]).await);
    let page = admin.get(WORDS).await;
    assert_says(&page, StatusCode::OK, "Undangan baru");
    assert_eq!(page.texts("#versi summary b"), ["versi 2", "versi 1"]);
    for (version, says) in [("0", "Dengan hormat"), ("1", "Undangan baru"), ("2", "Dengan hormat")] {
        let file = admin.get(&format!("{WORDS}/versi/{version}/pdf")).await;
        assert!(prints(&file, says), "version {version}");
    }
    assert_eq!(admin.get(&format!("{WORDS}/versi/3/pdf")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(lead.get(WORDS).await.status, StatusCode::FORBIDDEN);
});

on_both!(a_decree_carries_the_team_and_the_head_of_the_unit_without_typing_them, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let form = lead.get("/unit/AIR/naskah/baru/sk-tim-kerja").await;
    let signer = (form.value_of("penanda"), form.value_of("jabatan"));
    assert!(!signer.0.is_empty() && !signer.1.is_empty());
    let fields = [
        ("tanggal", "2020-06-10"),
        ("isi.prosedur", "seleksi terbuka"),
        ("isi.dasar", "peraturan"),
        ("isi.akhir", "31 Desember 2020"),
        ("penanda", &signer.0),
        ("jabatan", &signer.1),
        ("langkah", "contoh"),
    ];
    let file = lead.post("/unit/AIR/naskah/baru/sk-tim-kerja", &fields).await;
    assert!(prints(&file, "Ketua Tim Kerja ZI") && prints(&file, &signer.0));
});
