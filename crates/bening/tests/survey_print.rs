//! The report of a survey on real paper: PDF read with poppler, DOCX and XLSX opened as archives. What stands on it is
//! tested over HTTP; here that every press takes it.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::io::{Cursor, Read};

use bening_core::agency::Agency;
use bening_core::document::{Document, Printer};
use bening_core::id::{CampaignId, UnitId};
use bening_core::instrument::Exact;
use bening_core::survey::{
    Aim, Answer, Campaign, CampaignState, Channel, Entry, ExtraKind, OwnSet, Printing, SurveyReport, freeze,
    method, printed,
};
use bening_core::unit::{Echelon, Unit};
use bening_reports::Press;
use bening_testkit::paper::{Reading, pdf_text};
use chrono::NaiveDate;
use uuid::Uuid;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 6, day).unwrap()
}

fn campaign() -> Campaign {
    let line = (ExtraKind::YesNo, "Apakah ruang tunggu nyaman?".to_owned(), "Was the room good?".to_owned());
    Campaign {
        id: CampaignId(Uuid::from_u128(1)),
        unit: UnitId(Uuid::from_u128(2)),
        questionnaire: "spak-90-2021".to_owned(),
        points: 6,
        service: "Izin pengambilan air".to_owned(),
        period: "Triwulan II 2020".to_owned(),
        population: Some(500),
        aim: Aim { margin: Exact::parse("0.03").ok(), confidence: None, channels: [Channel::Paper].into() },
        own: OwnSet::typed((Uuid::from_u128(3), 2), "Ruang layanan", &[line]).ok(),
        opens_on: day(1),
        closes_on: day(30),
        entry: Entry::Open,
        state: CampaignState::Frozen,
        token: "a".to_owned(),
    }
}

fn answers(campaign: &Campaign) -> Vec<Answer> {
    let questions = campaign.questionnaire().unwrap().questions().count();
    let one = |number: usize| Answer {
        day: day(15),
        channel: Channel::Link,
        values: (0..questions).map(|place| u8::try_from(3 + (number + place) % 4).unwrap()).collect(),
        extras: [("T1".to_owned(), if number.is_multiple_of(3) { "tidak" } else { "ya" }.to_owned())].into(),
    };
    (0..40).map(one).collect()
}

fn report() -> Document {
    let campaign = campaign();
    let frozen = freeze(&campaign, &answers(&campaign), method().unwrap()).unwrap();
    let unit = Unit {
        id: campaign.unit,
        code: "AIR".parse().unwrap(),
        name: "Direktorat Air".to_owned(),
        parent: None,
        echelon: Echelon::II,
        head_title: "Direktur Air".to_owned(),
    };
    let agency = Agency {
        name: "Kementerian Contoh".to_owned(),
        short_name: "Kementerian".to_owned(),
        city: "Jakarta".to_owned(),
        logo: None,
    };
    let report = SurveyReport {
        findings: "Loket #1 *lambat*; =1+1".to_owned(),
        follow_up: "Loket kedua dibuka.".to_owned(),
        published: None,
    };
    let (command, dated) = (campaign.recipe(&frozen), day(30));
    let inputs = Printing {
        agency: &agency,
        unit: &unit,
        campaign: &campaign,
        frozen: &frozen,
        report: &report,
        change: None,
        command: &command,
        dated,
    };
    printed(inputs).expect("a report")
}

/// What stands on every kind of paper.
const WANTED: [&str; 7] = [
    "Loket #1 *lambat*; =1+1",
    "Loket kedua dibuka.",
    "Ruang layanan",
    "ya: 26",
    "galat 0,03",
    "Krejcie & Morgan (1970)",
    "saluran yang direncanakan: paper",
];

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn archive(bytes: Vec<u8>) -> zip::ZipArchive<Cursor<Vec<u8>>> {
    zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive")
}

fn part(archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn the_report_is_printed_as_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("laporan.pdf");
    std::fs::write(&path, Press::new().pdf(&report()).expect("a PDF")).unwrap();
    let text = plain(&pdf_text(&path, Reading::Running).unwrap());
    for wanted in WANTED.into_iter().chain(["1 + (s - 1) * 3 / 5"]) {
        let found = text.contains(wanted) || text.replace(' ', "").contains(&wanted.replace(' ', ""));
        assert!(found, "{wanted}: {text}");
    }
}

#[test]
fn the_report_is_printed_as_docx() {
    let mut archive = archive(Press::new().docx(&report()).expect("a DOCX"));
    let text = part(&mut archive, "word/document.xml").replace("&amp;", "&");
    for wanted in WANTED {
        assert!(text.contains(wanted), "{wanted}");
    }
}

#[test]
fn the_report_is_printed_as_a_workbook_with_a_native_chart() {
    let mut archive = archive(Press::new().tables_xlsx(&report()).expect("a workbook"));
    let text = part(&mut archive, "xl/sharedStrings.xml").replace("&amp;", "&");
    for wanted in WANTED {
        assert!(text.contains(wanted), "{wanted}");
    }
    let chart = part(&mut archive, "xl/charts/chart1.xml");
    assert!(chart.contains("<c:barChart>") && chart.contains("Grafik 1"), "{chart}");
    let unsur = campaign().questionnaire().unwrap().unsur.len();
    assert!(chart.contains(&format!("$B${}", unsur + 1)), "every unsur is a bar: {chart}");
}
