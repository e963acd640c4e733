//! LibreOffice computes the workbook; its figures have to be ours, to two decimals, on every line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bening_core::eligibility::{Facts, Status, Verdict};
use bening_core::instrument::{Exact, Instrument, Level};
use bening_core::lke::Side;
use bening_core::scoring::{Json, Score, Sheet};
use bening_testkit::paper::office_sheets;

use crate::filled::{WAYS, sheet};
use crate::hand::{columns, edition, empty, filled, raw, typed};

/// Lines of a sheet by the code in their first column, in order.
type Lines = Vec<Vec<String>>;

struct Case {
    name: String,
    place: usize,
    sheets: BTreeMap<Side, Sheet>,
}

#[test]
fn a_spreadsheet_computes_what_we_compute_for_both_layers_of_twenty_worksheets() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: Vec<Case> =
        (0..2).flat_map(|place| (0..WAYS.len()).map(move |way| case(place, way))).collect();
    assert_eq!(cases.len(), 20);
    let files: Vec<PathBuf> = cases.iter().map(|case| write(case, folder.path())).collect();
    office_sheets(&files, folder.path()).expect("LibreOffice computes");
    let compared: usize = cases.iter().map(|case| compare(case, folder.path())).sum();
    assert!(compared > 20 * 2 * 100, "only {compared} figures were compared");
}

fn case(place: usize, way: usize) -> Case {
    let (edition, seed) = (edition(place), (place * 100 + way) as u64);
    let unit = sheet(&edition, WAYS[way], seed);
    let tpi = sheet(&edition, WAYS[(way + 3) % WAYS.len()], seed + 7);
    Case {
        name: format!("lke-{place}-{way}"),
        place,
        sheets: BTreeMap::from([(Side::Unit, unit), (Side::Tpi, tpi)]),
    }
}

fn write(case: &Case, folder: &Path) -> PathBuf {
    let edition = edition(case.place);
    let bytes = empty(&edition);
    let raw = raw(&bytes);
    let cells = case.sheets.iter().flat_map(|(side, sheet)| typed(&edition, &raw, sheet, *side)).collect();
    let path = folder.join(format!("{}.xlsx", case.name));
    std::fs::write(&path, filled(&bytes, &cells)).expect("written");
    path
}

/// Compares every figure of a file; gives how many there were.
fn compare(case: &Case, folder: &Path) -> usize {
    let edition = edition(case.place);
    let summary = lines(folder, &case.name, "Ringkasan");
    let parts: Lines = edition.parts.iter().flat_map(|part| lines(folder, &case.name, &part.name)).collect();
    let mut compared = 0;
    for (side, sheet) in &case.sheets {
        let score = Score::of(&edition, sheet).expect("a score");
        let column = 3 + 2 * usize::from(*side == Side::Tpi);
        for (code, points) in figures(&score) {
            same(case, *side, &summary, &code, column, points);
            compared += 1;
        }
        let column = usize::from(columns(*side).points);
        let subs = score.subs.iter().chain(&score.area_parts).map(|entry| (&entry.code, entry.points.score));
        let questions = score.questions.iter().map(|question| (&question.code, question.points.score));
        for (code, points) in subs.chain(questions) {
            same(case, *side, &parts, code, column, points);
            compared += 1;
        }
        compared += verdicts(case, *side, &edition, &score, &summary);
    }
    compared
}

fn figures(score: &Score) -> Vec<(String, Exact)> {
    let entries = score.areas.iter().chain(&score.area_parts);
    let entries = entries.map(|entry| (entry.code.clone(), entry.points.score));
    let sums = [("total", score.total), ("pengungkit", score.pengungkit), ("hasil", score.hasil)];
    entries.chain(sums.map(|(code, points)| (code.to_owned(), points.score))).collect()
}

fn same(case: &Case, side: Side, lines: &Lines, code: &str, column: usize, expected: Exact) {
    let line =
        lines.iter().find(|line| line[0] == code).unwrap_or_else(|| panic!("{}: no {code}", case.name));
    let computed = Exact::parse(&line[column]).unwrap_or_else(|_| panic!("{} {code}: {line:?}", case.name));
    assert_eq!(computed.rounded(), expected.rounded(), "{} {side:?} {code}", case.name);
}

/// The minimum lines say the same as eligibility does.
fn verdicts(case: &Case, side: Side, edition: &Instrument, score: &Score, summary: &Lines) -> usize {
    let facts = Facts::read(edition, &Json::Null).expect("no facts");
    let column = 4 + 2 * usize::from(side == Side::Tpi);
    let mut compared = 0;
    for predicate in &edition.predicates {
        let verdict = Verdict::of(edition, &predicate.code, &facts, Some(score)).expect("a verdict");
        let below = summary.iter().skip_while(|line| line[0] != predicate.code);
        let below: Lines = below.take_while(|line| !line[0].is_empty()).cloned().collect();
        for outcome in verdict.outcomes.iter().filter(|outcome| outcome.condition.level == Level::Score) {
            let code = &outcome.condition.code;
            let line = below.iter().find(|line| line[0] == *code).unwrap_or_else(|| panic!("no {code}"));
            let is_met = line[column].starts_with('✓');
            assert_eq!(is_met, outcome.status == Status::Met, "{} {side:?} {code}: {line:?}", case.name);
            compared += 1;
        }
    }
    compared
}

fn lines(folder: &Path, name: &str, sheet: &str) -> Lines {
    let file = folder.join(format!("{name}-{sheet}.csv"));
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&file);
    let records = reader.unwrap_or_else(|error| panic!("{}: {error}", file.display())).into_records();
    records.map(|record| record.expect("a line").iter().map(str::to_owned).collect()).collect()
}
