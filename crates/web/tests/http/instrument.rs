//! Editions of the worksheet over HTTP: what everybody reads, and loading an agency's own.

use bening_core::instrument::SHIPPED_FILES;
use bening_testkit::{Answer, TestDatabase, TestSite, Visitor, on_both};
use reqwest::StatusCode;

const LIST: &str = "/instansi/instrumen";
const LABELS: &str = "instrument = \"permenpanrb-90-2021\"\norigin = \"LKE resmi\"\n[question.\"MP-P1a\"]\nlabel = \"Tim <kerja> & sudah ada\"\n";

/// A copy of the edition in force under an id of its own.
fn own_edition() -> String {
    let (_, text) = SHIPPED_FILES[1];
    text.replacen(
        "id = \"permenpanrb-90-2021\"",
        "id = \"lke-instansi\"\nreplaces = \"permenpanrb-90-2021\"",
        1,
    )
}

async fn send(who: &Visitor, name: &str, text: &str) -> Answer {
    who.upload(LIST, "berkas", name, text.as_bytes().to_vec()).await
}

/// Presses the button of a preview.
async fn confirm(who: &Visitor, kind: &str, name: &str, text: &str) -> Answer {
    who.post(&format!("{LIST}/simpan"), &[("jenis", kind), ("nama", name), ("isi", text)]).await
}

on_both!(everybody_who_is_signed_in_reads_the_editions_with_their_citations, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let employee = site.sign_in("pegawai").await;
    let list = employee.get(LIST).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("/instansi/instrumen/permenpanrb-52-2014"));
    assert!(list.texts("#muat").is_empty(), "only those who manage the agency load");
    let page = employee.get("/instansi/instrumen/permenpanrb-90-2021").await;
    for expected in
        ["MP-P1a", "PW-R2a", "lembar kerja evaluasi, butir PRE2A", "selesai / harus_ditindaklanjuti"]
    {
        assert!(page.text().contains(expected), "{expected}");
    }
    let file = employee.get("/instansi/instrumen/permenpanrb-90-2021/berkas").await;
    assert_eq!(file.body, SHIPPED_FILES[1].1);
    assert_eq!(employee.get("/instansi/instrumen/tidak-ada").await.status, StatusCode::NOT_FOUND);
});

on_both!(a_sound_edition_is_shown_and_then_in_force_at_once, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let text = own_edition().replacen("replaces = \"permenpanrb-90", "replaces = \"permenpanrb-52", 1);
    let text = text.replacen("replaces = \"permenpanrb-52-2021", "replaces = \"permenpanrb-52-2014", 1);
    let text =
        text.replacen("valid_from = 2022-01-01", "valid_from = 2020-01-01\nvalid_until = 2021-12-31", 1);
    let preview = send(&admin, "lke.toml", &text).await;
    assert_eq!(preview.status, StatusCode::OK, "{:?}", preview.texts(".problems li"));
    assert_eq!(
        admin.get(&format!("{LIST}/lke-instansi")).await.status,
        StatusCode::NOT_FOUND,
        "only shown so far"
    );
    let saved = confirm(&admin, "edition", "lke.toml", &text.replace('\n', "\r\n")).await;
    assert_eq!(saved.location.as_deref(), Some("/instansi/instrumen/lke-instansi"));
    let file = admin.get(&format!("{LIST}/lke-instansi/berkas")).await;
    assert_eq!(file.body, text, "kept as it was sent");
    let list = admin.get(LIST).await.text();
    assert!(list.contains("menggantikan permenpanrb-52-2014") && list.contains("lke.toml · v1"), "{list}");
    assert!(admin.get("/jejak").await.text().contains("Edisi lembar kerja dimuat"));
});

on_both!(
    a_file_with_problems_names_all_of_them_with_their_lines_and_keeps_nothing,
    async |db: TestDatabase| {
        let site = TestSite::start(db).await;
        let admin = site.sign_in("admin").await;
        let wrong = own_edition().replacen("citation = \"", "citation = \"\" # ", 1);
        let wrong = wrong.replacen("formula = \"", "formula = \"1 / ", 1);
        for answer in
            [send(&admin, "lke.toml", &wrong).await, confirm(&admin, "edition", "lke.toml", &wrong).await]
        {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let problems = answer.texts(".problems li");
            assert!(
                problems.len() >= 2 && problems.iter().all(|line| line.starts_with("lke.toml:")),
                "{problems:?}"
            );
        }
        assert_eq!(admin.get(&format!("{LIST}/lke-instansi")).await.status, StatusCode::NOT_FOUND);
    }
);

on_both!(
    official_wording_takes_the_place_of_ours_and_a_newer_one_takes_its_place,
    async |db: TestDatabase| {
        let site = TestSite::start(db).await;
        let admin = site.sign_in("admin").await;
        let preview = send(&admin, "label.toml", LABELS).await;
        assert!(preview.text().contains("Tim <kerja> & sudah ada"), "escaped on the page");
        assert_eq!(confirm(&admin, "labels", "label.toml", LABELS).await.status, StatusCode::SEE_OTHER);
        let edition = format!("{LIST}/permenpanrb-90-2021");
        assert!(site.sign_in("pegawai").await.get(&edition).await.text().contains("Tim <kerja> & sudah ada"));
        let second = LABELS.replace("Tim <kerja> & sudah ada", "Kata yang lebih baru");
        assert_eq!(confirm(&admin, "labels", "label-2.toml", &second).await.status, StatusCode::SEE_OTHER);
        let page = admin.get(&edition).await.text();
        assert!(page.contains("Kata yang lebih baru") && !page.contains("Tim <kerja>"));
        assert!(admin.get(LIST).await.text().contains("label-2.toml · v2"));
    }
);

on_both!(the_table_of_words_that_was_downloaded_can_be_filled_in_and_loaded, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let table = admin.get(&format!("{LIST}/permenpanrb-52-2014/label")).await.body;
    let line = table.lines().find(|line| line.starts_with("\"MP-P1a\";\"\";")).unwrap();
    let filled = table.replace(line, "\"MP-P1a\";\"\";\"Kata resmi; dari buku kerja\"");
    let preview = send(&admin, "label.csv", &filled).await;
    assert_eq!(preview.status, StatusCode::OK, "{:?}", preview.texts(".problems li"));
    let changed = preview.texts("#pratinjau tbody tr");
    assert!(changed.len() == 1 && changed[0].contains("Kata resmi; dari buku kerja"), "{changed:?}");
    let broken = table.replace("\"MP-P1a\"", "\"MP-P1q\"");
    let refused = send(&admin, "label.csv", &broken).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.texts(".problems li").iter().all(|line| line.starts_with("label.csv:")));
});

on_both!(a_table_of_a_million_rows_is_refused_and_nothing_is_kept, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let rows = "MP;x\n".repeat(1_000_000);
    let answer = send(&admin, "label.csv", &format!("kode;label\n{rows}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.texts(".problems li").concat().contains("20000 baris"),
        "{:?}",
        answer.texts(".problems li")
    );
});

on_both!(more_finished_than_received_is_refused_where_it_is_typed, async |db: TestDatabase| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let sheet = "/unit/AIR/lke/2023";
    let begun = lead.post(sheet, &[("edisi", "permenpanrb-90-2021")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let save = async |finished: &'static str| {
        let request = lead.request(reqwest::Method::PUT, &format!("{sheet}/jawaban/PW-R2a"));
        let fields = [
            ("isian.harus_ditindaklanjuti", "12"),
            ("isian.sedang_diproses", "0"),
            ("isian.selesai", finished),
            ("catatan", ""),
            ("was", r#"{"answer":null,"note":""}"#),
            ("_csrf", lead.token()),
        ];
        lead.send(request.header("Accept", "application/json").form(&fields)).await
    };
    let refused = save("15").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let message = refused.json()["message"].to_string();
    assert!(message.contains("(15) tidak boleh lebih dari") && message.contains("(12)"), "{message}");
    assert_eq!(save("12").await.status, StatusCode::OK, "nothing was kept of the refused one");
});
