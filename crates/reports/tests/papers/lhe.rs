//! The evaluation report: every figure is in its text, the same input gives the same bytes, text stays text.

use std::io::Write as _;
use std::process::Command;

use bening_core::agency::Agency;
use bening_core::document::{Block, Document, Printer as _};
use bening_core::eligibility::{Facts, Stated, stated};
use bening_core::id::{LinkId, LkeId, PersonId, RemarkId, UnitId};
use bening_core::instrument::{Instrument, shipped};
use bening_core::lke::report::{self, Assessor, Inputs, Prose, Recommendation, Wording};
use bening_core::lke::{Entry, Filled, Layer, LayerState, Link, Lke, Remark, Side};
use bening_core::plan::paper::PaperLaw;
use bening_core::scoring::{Score, UnitFile};
use bening_core::time::Year;
use bening_core::unit::{Echelon, Unit};
use bening_reports::Press;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::kept;
use crate::pdf::{folded, text};

const BEST: &str = include_str!("../../../../instruments/examples/90-2021-lembar-1.json");
const LOWER: &str = include_str!("../../../../instruments/examples/90-2021-lembar-2.json");
const HOSTILE: &str = "</w:t> #image(\"/etc/passwd\") $x$ & \u{202e}abc";

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, month, day).unwrap()
}

fn now() -> DateTime<Utc> {
    day(6, 10).and_hms_opt(3, 0, 0).unwrap().and_utc()
}

fn edition() -> &'static Instrument {
    shipped().by_id("permenpanrb-90-2021").unwrap()
}

fn filled(example: &str, note: &str) -> Filled {
    let value: serde_json::Value = serde_json::from_str(example).unwrap();
    let value = value.get("answers").map_or(value["input"].clone(), |_| value.clone());
    let sheet = UnitFile::from_json(edition(), &value.to_string()).unwrap().sheet.unwrap();
    let by = PersonId(Uuid::from_u128(9));
    let entry = |answer: &bening_core::scoring::Answer| Entry {
        answer: Some(answer.clone()),
        note: note.to_owned(),
        by,
        at: now(),
    };
    let entries = sheet.iter().map(|(code, answer)| (code.to_owned(), entry(answer))).collect();
    Filled { state: LayerState::Submitted { by, at: now() }, round: 1, entries }
}

fn lke() -> Lke {
    let (id, unit) = (LkeId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
    let mut lke = Lke::empty(id, unit, Year::new(2022).unwrap(), edition().id.clone());
    lke.layers.insert(Layer::Unit, filled(BEST, "Sudah kami lakukan."));
    lke.layers.insert(Layer::TpiMember, filled(LOWER, ""));
    lke.layers.insert(Layer::TpiLead, Filled::default());
    let state = LayerState::Submitted { by: PersonId(Uuid::from_u128(9)), at: now() };
    lke.layers.insert(Layer::TpiController, Filled { state, round: 1, ..Filled::default() });
    let code = edition().questions().next().unwrap().2.code.clone();
    let by = PersonId(Uuid::from_u128(9));
    let (title, place) = ("SK Tim Kerja 2022".to_owned(), "https://arsip.example/sk".to_owned());
    lke.evidence.push(Link {
        id: LinkId(Uuid::from_u128(3)),
        code: code.clone(),
        title,
        place,
        by,
        at: now(),
    });
    let remark = format!("Lampirkan notula rapat. {HOSTILE}");
    lke.remarks.push(Remark {
        id: RemarkId(Uuid::from_u128(4)),
        code,
        side: Side::Tpi,
        text: remark,
        by,
        at: now(),
    });
    lke
}

fn wording() -> Wording {
    Wording {
        dated: Some(day(6, 15)),
        place: "Jakarta".to_owned(),
        addressee: "Direktur Penerimaan Mineral dan Batubara".to_owned(),
        assignment: "ST-12/ITJEN/2022".to_owned(),
        assigned_on: Some(day(5, 2)),
        period: "Januari s.d. Desember 2022".to_owned(),
        legal_basis: vec!["Keputusan Menteri tentang Tim Penilai Internal".to_owned()],
        recommendation: Some(Recommendation::NotYet),
        advice: vec!["Menyusun rencana aksi bulanan.".to_owned(), HOSTILE.to_owned()],
        signatory_title: "Inspektur Jenderal".to_owned(),
        signatory: "Sari Utami".to_owned(),
    }
}

fn facts() -> Facts {
    stated::facts(edition(), &Stated::default(), &Stated::default())
}

fn paper(lke: &Lke, number: Option<&str>, facts: Option<&Facts>) -> Document {
    let agency = Agency { name: "Kementerian Contoh".to_owned(), ..Agency::default() };
    let unit = Unit {
        id: lke.unit,
        code: "DBN".parse().unwrap(),
        name: "Direktorat Penerimaan Mineral dan Batubara".to_owned(),
        parent: None,
        echelon: Echelon::II,
        head_title: "Direktur".to_owned(),
    };
    let seat = |name: &str, seat: &str| Assessor { name: name.to_owned(), seat: seat.to_owned() };
    let team = [seat("Ani", "anggota"), seat("Budi", "ketua"), seat("Citra Lestari", "pengendali-teknis")];
    let (law, wording) = (PaperLaw::of(edition()).unwrap(), wording());
    let inputs = Inputs {
        agency: &agency,
        unit: &unit,
        lke,
        edition: edition(),
        law: &law,
        wording: &wording,
        team: &team,
        facts,
        number,
        today: day(6, 15),
    };
    assert!(inputs.missing().is_empty(), "{:?}", inputs.missing());
    report::document(&Prose::builtin().unwrap(), &inputs).unwrap()
}

const NUMBER: &str = "001/LHE.ZI/DBN/VI/2022";

fn figures(score: &Score) -> Vec<String> {
    let comma = |points: bening_core::scoring::Points| points.score.rounded().replace('.', ",");
    let entries = [&score.areas, &score.area_parts, &score.subs].into_iter().flatten();
    let totals = [score.total, score.pengungkit, score.hasil];
    totals.into_iter().chain(entries.map(|entry| entry.points)).map(comma).collect()
}

#[test]
fn every_figure_of_both_layers_is_in_the_text_of_the_pdf() {
    let lke = lke();
    let bytes = Press::new().pdf(&paper(&lke, Some(NUMBER), Some(&facts()))).unwrap();
    kept("lhe.pdf", &bytes);
    let Some(text) = text(&bytes) else { return };
    for layer in [Layer::Unit, Layer::TpiController] {
        let score = Score::of(edition(), &lke.sheet(layer)).unwrap();
        for figure in figures(&score) {
            assert!(text.contains(&figure), "{layer:?}: {figure}");
        }
    }
    for said in
        [NUMBER, "ST-12/ITJEN/2022", "Citra Lestari", "Sari Utami", "15 Juni 2022", "Lampirkan notula"]
    {
        assert!(text.contains(said), "{said}");
    }
}

#[test]
fn what_assessors_type_stays_text_in_both_files() {
    let paper = paper(&lke(), Some(NUMBER), None);
    let pdf = Press::new().pdf(&paper).unwrap();
    if let Some(text) = text(&pdf) {
        assert!(text.contains(&folded("#image(\"/etc/passwd\") $x$ &")), "{text}");
    }
    let docx = Press::new().docx(&paper).unwrap();
    let body = crate::docx::part(&docx, "word/document.xml");
    assert!(body.contains("&lt;/w:t&gt; #image(&quot;/etc/passwd&quot;) $x$ &amp;"));
}

#[test]
fn the_same_report_is_the_same_file_also_after_it_was_kept() {
    let paper = paper(&lke(), Some(NUMBER), Some(&facts()));
    let kept_paper: Document = serde_json::from_value(serde_json::to_value(&paper).unwrap()).unwrap();
    assert_eq!(paper, kept_paper);
    let (press, other) = (Press::new(), Press::new());
    assert!(press.pdf(&paper).unwrap() == other.pdf(&kept_paper).unwrap());
    assert!(press.docx(&paper).unwrap() == other.docx(&kept_paper).unwrap());
}

#[test]
fn a_draft_says_so_on_its_cover_in_its_head_and_for_its_number() {
    let paper = paper(&lke(), None, None);
    kept("lhe-konsep.pdf", &Press::new().pdf(&paper).unwrap());
    let cover = paper.cover.as_ref().unwrap();
    assert_eq!(cover.mark.as_deref(), Some("Konsep, belum diterbitkan"));
    assert!(cover.foot.contains(&"NOMOR: (konsep)".to_owned()));
    assert!(paper.title.starts_with("KONSEP"));
    let details = paper.blocks.iter().find_map(|block| match block {
        Block::Details { rows } => Some(rows),
        _ => None,
    });
    assert_eq!(details.unwrap()[0].1, "(konsep)");
}

#[test]
fn the_third_annex_is_there_only_when_facts_are() {
    let heads = |paper: &Document| {
        paper.blocks.iter().filter(|b| matches!(b, Block::Heading { level: 1, .. })).count()
    };
    assert_eq!(heads(&paper(&lke(), Some(NUMBER), None)), 2);
    assert_eq!(heads(&paper(&lke(), Some(NUMBER), Some(&facts()))), 3);
}

#[test]
fn the_word_file_opens_in_libreoffice_and_keeps_its_number() {
    let bytes = Press::new().docx(&paper(&lke(), Some(NUMBER), Some(&facts()))).unwrap();
    kept("lhe.docx", &bytes);
    let folder = std::env::temp_dir().join(format!("bening-lhe-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("lhe.docx");
    std::fs::File::create(&file).unwrap().write_all(&bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let done = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .arg(&file)
        .output();
    let pdf = done.ok().and_then(|_| std::fs::read(folder.join("lhe.pdf")).ok());
    std::fs::remove_dir_all(&folder).unwrap();
    let text = text(&pdf.expect("LibreOffice (soffice) must be installed")).unwrap();
    assert!(text.contains(NUMBER) && text.contains("Sari Utami"));
}
