//! Papers from templates: every one prints with letterhead and picture, what was typed stays text, and the same input
//! gives the same bytes.

use bening_core::agency::{Agency, Logo};
use bening_core::document::{Document, Printer as _};
use bening_core::id::UnitId;
use bening_core::paper::{Asked, Known, Template, shipped};
use bening_core::unit::{Echelon, Unit};
use bening_reports::Press;
use chrono::NaiveDate;

use crate::pdf::{folded, text};
use crate::{kept, sample};

const HOSTILE: &str = "</w:t> #image(\"/etc/passwd\") $x$ & [tabel]";

fn letter(template: &Template) -> Document {
    let unit = Unit {
        id: UnitId(uuid::Uuid::nil()),
        code: "DBN".parse().unwrap(),
        name: "Direktorat Penerimaan Mineral dan Batubara".to_owned(),
        parent: None,
        echelon: Echelon::II,
        head_title: "Direktur".to_owned(),
    };
    let agency = Agency {
        name: "Kementerian Contoh".to_owned(),
        short_name: "Kemencontoh".to_owned(),
        city: "Jakarta".to_owned(),
        logo: Some(Logo::read(sample::logo()).unwrap()),
    };
    let asked = Asked {
        dated: NaiveDate::from_ymd_opt(2020, 6, 10).unwrap(),
        signer: "Siti Rahayu".to_owned(),
        signer_title: "Direktur".to_owned(),
        typed: template.fields.iter().map(|field| (field.name.clone(), HOSTILE.to_owned())).collect(),
    };
    let rows = vec![vec!["Satu".to_owned(), "Dua".to_owned()]];
    let known = Known { agency: &agency, unit: &unit, predicate: "WBK", rows };
    template.document(&template.words, &known, &asked, "7/ZI/VI/2020")
}

#[test]
fn every_template_prints_with_its_number_and_what_was_typed_stays_text() {
    let press = Press::new();
    for template in shipped() {
        let paper = letter(template);
        let pdf = press.pdf(&paper).unwrap();
        kept(&format!("{}.pdf", template.code), &pdf);
        kept(&format!("{}.docx", template.code), &press.docx(&paper).unwrap());
        let Some(text) = text(&pdf) else { continue };
        let text = folded(&text);
        assert!(text.contains("KEMENTERIAN CONTOH") && text.contains("7/ZI/VI/2020"), "{text}");
        assert!(text.contains("Siti Rahayu") && !text.contains('{'), "{text}");
        assert_eq!(template.fields.is_empty(), !text.contains("/etc/passwd"), "{text}");
    }
}

#[test]
fn the_same_letter_is_the_same_file() {
    let paper = letter(&shipped()[0]);
    assert_eq!(Press::new().pdf(&paper).unwrap(), Press::new().pdf(&paper).unwrap());
    assert_eq!(Press::new().docx(&paper).unwrap(), Press::new().docx(&paper).unwrap());
}
