//! What was written reads back as it was, whatever people typed.

use bening_core::instrument::Exact;
use bening_core::lke::Side;
use bening_core::lke::book::{Book, Differences, Expected, Filling, read};
use bening_core::scoring::Answer;
use bening_core::text;
use proptest::prelude::*;

use crate::filled::{Dice, WAYS, sheet};
use crate::hand::{edition, owner, raw, written};

/// Notes that a spreadsheet might want to run, cut or trim.
const NOTES: [&str; 6] = ["=1+1", "+62 812", "-", "@SUM(A1)", "baris satu\nbaris dua", "_x0041_ <b>&amp;"];

fn filling(place: usize, way: usize, seed: u64, typed: &[String]) -> Filling {
    let edition = edition(place);
    let mut filling = Filling { sheet: sheet(&edition, WAYS[way], seed), ..Filling::default() };
    let mut dice = Dice(seed ^ 0x5bd1);
    for (_, _, question) in edition.questions() {
        let note = match dice.below(4) {
            0 => NOTES[dice.below(NOTES.len())].to_owned(),
            1 => typed[dice.below(typed.len())].clone(),
            _ => String::new(),
        };
        let note = text::block(&note, 4_000).expect("short");
        if !note.is_empty() {
            filling.notes.insert(question.code.clone(), note);
        }
        if let Some(Answer::Index(_)) = filling.sheet.get(&question.code) {
            // An index that comes from a survey may be a fraction without an end.
            let third = Exact::fraction(dice.below(12) as i128, 3).expect("fits");
            filling.sheet = filling.sheet.with(&question.code, Some(Answer::Index(third)));
        }
    }
    filling
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn what_is_exported_imports_as_it_was(
        place in 0_usize..2,
        ways in prop::array::uniform3(0_usize..10),
        seed in any::<u64>(),
        typed in prop::collection::vec("\\PC{0,60}", 1..6),
    ) {
        let edition = edition(place);
        let sides = [Side::Unit, Side::Tpi, Side::Tpn].into_iter().zip(ways);
        let sides: Vec<(Side, Filling)> =
            sides.map(|(side, way)| (side, filling(place, way, seed ^ way as u64, &typed))).collect();
        let book = Book { edition: edition.clone(), owner: Some(owner()), sides };
        let expected = Expected { edition: &edition, owner: Some(("DBN", owner().year)) };
        let reading = read(expected, &raw(&written(&book)));
        let reading = reading.expect("accepted");
        for (side, filling) in &book.sides {
            prop_assert_eq!(&reading[side], filling, "{:?}", side);
            prop_assert_eq!(Differences::between(&edition, filling, &reading[side]), Differences::default());
        }
    }
}

#[test]
fn the_same_worksheet_is_the_same_file() {
    let book = |_| Book { owner: Some(owner()), ..Book::template(edition(1)) };
    assert!(written(&book(1)) == written(&book(2)));
}

#[test]
fn what_was_typed_is_never_a_formula() {
    let mut filling = Filling::default();
    let edition = edition(1);
    let codes: Vec<String> = edition.questions().map(|(_, _, question)| question.code.clone()).collect();
    filling.notes = codes.iter().map(|code| (code.clone(), "=1+1".to_owned())).collect();
    let book = Book { edition: edition.clone(), owner: Some(owner()), sides: vec![(Side::Unit, filling)] };
    let bytes = written(&book);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
    let mut formulas = 0;
    for index in 0..archive.len() {
        let text = std::io::read_to_string(archive.by_index(index).expect("an entry")).expect("text");
        assert!(!text.contains("<f>1+1"), "a note became a formula");
        formulas += text.matches("<f>").count();
    }
    assert!(formulas > codes.len() * 2, "only {formulas} formulas");
}
