//! Workbooks of another layout: mapped once from a sample, corrected, used again by a unit; what does not fit says so
//! and leaves nothing.

use std::collections::BTreeMap;

use bening_core::instrument::Instrument;
use bening_core::lke::book::mapping::{Letters, Mapping, suggest};
use bening_core::lke::book::{Expected, read};
use bening_core::lke::{Layer, Side};
use bening_core::scoring::Answer as Given;
use bening_core::time::Year;
use bening_intake::{LkeFile, SheetCells};
use bening_testkit::{Answer, TestSite, Visitor, on_both};
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};

use crate::ground::{assert_done, assert_says, trail_rows};
use crate::lke::{SHEET, begin};
use crate::official::{Filled, NAME, Official, edition, official};

const LIST: &str = "/instansi/pemetaan";
const EDITION: &str = "permenpanrb-52-2014";

fn guessed(edition: &Instrument, bytes: &[u8]) -> (LkeFile, Mapping) {
    let file = LkeFile::open(bytes).unwrap();
    let sheets: Vec<(String, SheetCells<'_>)> =
        file.sheets().map(|sheet| (sheet.name().to_owned(), sheet)).collect();
    let mapping = suggest(edition, &sheets);
    (file.clone(), mapping)
}

/// The best choice of the first question, and numbers of the first ratio.
fn some_answers(edition: &Instrument) -> Filled {
    let mut filled = Filled::new();
    filled.insert("MP-P1a".to_owned(), vec!["Ya".to_owned()]);
    let mut ratios = edition.questions().filter(|(_, _, question)| !question.inputs.is_empty());
    let (_, _, ratio) = ratios.next().unwrap();
    filled.insert(ratio.code.clone(), ratio.inputs.iter().map(|_| "5".to_owned()).collect());
    filled
}

fn letters(text: &str) -> Letters {
    text.parse().unwrap()
}

#[test]
fn an_official_workbook_without_codes_is_guessed_row_by_row() {
    for id in [EDITION, "permenpanrb-90-2021"] {
        let edition = edition(id);
        let Official { bytes, rows } = official(&edition, &BTreeMap::new(), 0);
        let (file, mapping) = guessed(&edition, &bytes);
        let [sheet] = mapping.sheets.as_slice() else { panic!("one sheet: {mapping:?}") };
        assert_eq!((sheet.sheet.as_str(), sheet.first_row, sheet.code), (NAME, 6, None), "{id}");
        assert_eq!(sheet.rows, rows, "{id}");
        let sides: Vec<_> = sheet.sides.iter().map(|(side, at)| (*side, at.answer, at.note)).collect();
        let (unit, tpi) = ((letters("F"), letters("H")), (letters("I"), letters("K")));
        assert_eq!(sides, [(Side::Unit, unit.0, Some(unit.1)), (Side::Tpi, tpi.0, Some(tpi.1))]);
        assert_eq!(mapping.problems(&edition), Vec::<String>::new());
        let found = file.mapped(&edition, &mapping);
        assert_eq!((found.missing.len(), found.problems.len()), (0, 0));
        let kept = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&kept).unwrap(), mapping, "kept and read again");
    }
}

#[test]
fn what_stands_in_the_rows_is_read_with_the_numbers_below_a_ratio() {
    let edition = edition(EDITION);
    let filled = some_answers(&edition);
    let (_, mapping) = guessed(&edition, &official(&edition, &BTreeMap::new(), 0).bytes);
    let file = LkeFile::open(&official(&edition, &filled, 0).bytes).unwrap();
    let found = file.mapped(&edition, &mapping);
    let reading = read(Expected { edition: &edition, owner: None }, &found.book).unwrap();
    let unit = &reading[&Side::Unit];
    assert_eq!(unit.sheet.iter().count(), filled.len());
    assert_eq!(unit.sheet.get("MP-P1a"), Some(&Given::Choice("Ya".to_owned())));
    assert_eq!(unit.note("MP-P1a"), "Lihat bukti");
    let ratio = filled.keys().find(|code| *code != "MP-P1a").unwrap();
    assert!(matches!(unit.sheet.get(ratio), Some(Given::Counts(counts)) if !counts.is_empty()));
}

#[test]
fn what_is_wrong_with_a_mapping_is_said_all_at_once() {
    let edition = edition(EDITION);
    let text = format!(
        r#"{{"instrument": "{EDITION}", "answers": {{"Y": "Entah"}}, "sheets": [
            {{"sheet": "A", "first_row": 8, "sides": {{}}}},
            {{"sheet": "B", "first_row": 8, "rows": {{"3": "MP-P1a", "9": "XX-1", "10": "MP-P1a"}},
              "sides": {{"unit": {{"answer": "F", "note": "F"}}}}}}]}}"#
    );
    let mapping: Mapping = serde_json::from_str(&text).unwrap();
    let problems = mapping.problems(&edition).join("\n");
    for words in [
        "“A”: tidak ada cara menemukan pertanyaan",
        "“A”: belum ada kolom jawaban",
        "“B”: kolom F dipakai untuk dua hal",
        "baris 3 (MP-P1a) di luar baris 8",
        "kode XX-1 tidak ada",
        "MP-P1a ada di",
        "tidak ada jawaban “Entah”",
    ] {
        assert!(problems.contains(words), "“{words}” in: {problems}");
    }
    let other = Mapping { instrument: "lain".to_owned(), ..mapping };
    assert!(other.problems(&edition)[0].contains("untuk edisi \"lain\""));
}

async fn send(visitor: &Visitor, path: &str, bytes: Vec<u8>, fields: &[(&str, &str)]) -> Answer {
    let form = Form::new().text("_csrf", visitor.token().to_owned());
    let form = form.part("berkas", Part::bytes(bytes).file_name("resmi.xlsx"));
    let form =
        fields.iter().fold(form, |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
    visitor.send(visitor.request(reqwest::Method::POST, path).multipart(form)).await
}

/// A mapping made from an empty official workbook; its address.
async fn mapped(admin: &Visitor) -> String {
    let sample = official(&edition(EDITION), &BTreeMap::new(), 0).bytes;
    let made = send(admin, LIST, sample, &[("edisi", EDITION), ("nama", "Susunan resmi")]).await;
    assert_done(&made);
    made.location.unwrap()
}

/// The fields of the editor as a browser would send them, some of them typed over.
async fn fields(admin: &Visitor, address: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let body = admin.get(address).await.body;
    let page = scraper::Html::parse_document(&body);
    let form = scraper::Selector::parse("form").unwrap();
    let is_editor = |form: &scraper::ElementRef<'_>| form.value().attr("action") == Some(address);
    let form = page.select(&form).find(is_editor).expect("the editor");
    let input = scraper::Selector::parse("input[name], textarea[name]").unwrap();
    let field = |element: scraper::ElementRef<'_>| {
        let name = element.value().attr("name").unwrap().to_owned();
        let value = element.value().attr("value").map_or_else(|| element.text().collect(), str::to_owned);
        let over = typed.iter().find(|(typed, _)| *typed == name);
        (name, over.map_or(value, |(_, value)| (*value).to_owned()))
    };
    form.select(&input).map(field).filter(|(name, _)| name != "_csrf").collect()
}

async fn save(admin: &Visitor, address: &str, typed: &[(&str, &str)]) -> Answer {
    let fields = fields(admin, address, typed).await;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    admin.post(address, &fields).await
}

async fn kept(admin: &Visitor, address: &str) -> Mapping {
    serde_json::from_str(&admin.get(&format!("{address}/berkas")).await.body).unwrap()
}

async fn answered(site: &TestSite) -> Vec<String> {
    let year = Year::new(2020).unwrap();
    let lke = bening_store::lke::find(&site.store, site.agency.unit.id, year).await.unwrap().unwrap();
    lke.sheet(Layer::Unit).iter().map(|(code, _)| code.to_owned()).collect()
}

on_both!(a_layout_is_mapped_once_and_a_unit_takes_what_it_accepts, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let empty = admin.get(LIST).await;
    assert_says(&empty, StatusCode::OK, "Belum ada pemetaan");
    assert_eq!(empty.texts("[role=alert]"), Vec::<String>::new());
    let address = mapped(&admin).await;
    let page = admin.get(&address).await;
    assert_says(&page, StatusCode::OK, "84 dari 84");
    assert_says(&page, StatusCode::OK, "Susunan resmi");
    assert!(fields(&admin, &address, &[]).await.contains(&("nama".to_owned(), "Susunan resmi".to_owned())));
    assert_done(&save(&admin, &address, &[("nama", "Susunan 2014"), ("kata", "Y = Ya")]).await);
    assert_says(&admin.get(LIST).await, StatusCode::OK, "Susunan 2014 ✓ siap dipakai");
    assert_eq!(kept(&admin, &address).await.answers["Y"], "Ya");

    let lead = begin(&site).await;
    let import = format!("{SHEET}/impor");
    assert_says(&lead.get(&import).await, StatusCode::OK, "Susunan 2014");
    let mut filled = some_answers(&edition(EDITION));
    filled.insert("MP-P1a".to_owned(), vec!["Y".to_owned()]);
    let file = official(&edition(EDITION), &filled, 0).bytes;
    let id = address.rsplit('/').next().unwrap();
    let shown = send(&lead, &import, file, &[("susunan", id)]).await;
    assert_says(&shown, StatusCode::OK, "84 pertanyaan dikenali lewat pemetaan");
    for code in filled.keys() {
        assert!(shown.text().contains(code.as_str()), "{code}");
    }
    assert!(answered(&site).await.is_empty(), "looking changes nothing");
    let page = scraper::Html::parse_document(&shown.body);
    let contents = scraper::Selector::parse("input[name=isi]").unwrap();
    let contents = page.select(&contents).next().unwrap().value().attr("value").unwrap().to_owned();
    let accepted = [("isi", contents.as_str()), ("kode", "MP-P1a")];
    assert_done(&lead.post(&format!("{import}/simpan"), &accepted).await);
    assert_eq!(answered(&site).await, ["MP-P1a"]);
});

on_both!(a_wrong_row_and_a_workbook_of_another_layout_are_told_and_leave_nothing, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let address = mapped(&admin).await;
    let (before, trail) = (kept(&admin, &address).await, trail_rows(&site).await);
    let wrong = [
        ([("p.MP-P1a.baris", "dua")], "MP-P1a: “dua” bukan nomor baris"),
        ([("p.MP-P1a.baris", "2")], "baris 2 (MP-P1a) di luar baris 6"),
        ([("l0.unit.jawaban", "7")], "kolom harus berupa huruf"),
        ([("nama", " ")], "isi nama pemetaan"),
        ([("was", "dahulu")], "baru saja diubah orang lain"),
    ];
    for (typed, words) in wrong {
        assert_says(&save(&admin, &address, &typed).await, StatusCode::UNPROCESSABLE_ENTITY, words);
    }
    assert_eq!((kept(&admin, &address).await, trail_rows(&site).await), (before, trail));

    let lead = begin(&site).await;
    let (import, id) = (format!("{SHEET}/impor"), address.rsplit('/').next().unwrap());
    let moved = official(&edition(EDITION), &some_answers(&edition(EDITION)), 3).bytes;
    let other = official(&edition("permenpanrb-90-2021"), &BTreeMap::new(), 0).bytes;
    for file in [moved, other] {
        let refused = send(&lead, &import, file, &[("susunan", id)]).await;
        assert_says(&refused, StatusCode::UNPROCESSABLE_ENTITY, "susunan berkas ini lain");
    }
    let fine = official(&edition(EDITION), &some_answers(&edition(EDITION)), 0).bytes;
    let ours = send(&lead, &import, fine, &[("susunan", "")]).await;
    assert_says(&ours, StatusCode::UNPROCESSABLE_ENTITY, "bukan dari Bening");
    assert!(answered(&site).await.is_empty());
});

on_both!(a_name_is_taken_once_and_deleting_asks_first, async |db| {
    let site = TestSite::start(db).await;
    let admin = site.sign_in("admin").await;
    let address = mapped(&admin).await;
    let sample = official(&edition(EDITION), &BTreeMap::new(), 0).bytes;
    let again = send(&admin, LIST, sample, &[("edisi", EDITION), ("nama", "Susunan resmi")]).await;
    assert_says(&again, StatusCode::UNPROCESSABLE_ENTITY, "Sudah ada pemetaan bernama ini");
    let none = send(&admin, LIST, b"bukan buku".to_vec(), &[("edisi", EDITION)]).await;
    assert_says(&none, StatusCode::UNPROCESSABLE_ENTITY, "bukan buku kerja Excel");
    let delete = format!("{address}/penghapusan");
    assert_says(&admin.post(&delete, &[]).await, StatusCode::UNPROCESSABLE_ENTITY, "Centang dulu");
    assert_done(&admin.post(&delete, &[("yakin", "ya")]).await);
    assert_eq!(admin.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_says(&admin.get("/jejak").await, StatusCode::OK, "Pemetaan buku kerja dihapus");
});
