//! A plan written to a file as exports write it, and read again, is the same plan.

use crate::made::{HEADINGS, book};
use bening_core::plan::Area;
use bening_core::plan::rows::{
    self, Checked, Known, PlanFile, RawPriority, RawRow, UnknownPics, column, items,
};
use proptest::prelude::*;

fn checked(file: &PlanFile) -> Checked {
    let known = Known { roster: &[], unknown: UnknownPics::Refuse, subs: &[] };
    rows::check(file, &known).unwrap()
}

/// What the rows say, without places and notes.
fn said(file: &PlanFile) -> Vec<String> {
    let checked = checked(file);
    let actions = checked.areas.iter().flat_map(|area| {
        let components = area.components.iter().flat_map(move |component| {
            let head = format!("{} {} {}", area.area, component.number, component.name);
            let action = move |a: &rows::CheckedAction| {
                format!("{head} {} {:?} {:?} {:?} {:?}", a.name, a.evidence, a.schedule, a.pics, a.target)
            };
            component.actions.iter().map(action)
        });
        let benefits = area.benefits.iter().map(move |(_, text)| format!("{} {text}", area.area));
        components.chain(benefits)
    });
    let priorities = checked
        .priorities
        .iter()
        .map(|p| format!("{} {:?} {:?} {:?}", p.action, p.target, p.schedule, p.follow_up));
    actions.chain(priorities).collect()
}

/// The rows as lines of the template.
fn lines(file: &PlanFile) -> Vec<Vec<String>> {
    let owned = |cells: [&str; 11]| cells.map(str::to_owned).to_vec();
    let actions = file.rows.iter().map(|r| {
        let (evidence, benefits) = (items::join(&r.evidence), items::join(&r.benefits));
        let front = [&r.area, &r.number, &r.component, &r.sub, &r.action, &evidence];
        let cells = front.into_iter().chain([&r.time, &r.pic, &r.target, &benefits]);
        cells.cloned().chain([String::new()]).collect()
    });
    let priorities = file.priorities.iter().map(|p| {
        owned([column::PRIORITY, "", "", "", &p.action, "", &p.time, "", &p.target, "", &p.follow_up])
    });
    std::iter::once(owned(HEADINGS)).chain(actions).chain(priorities).collect()
}

/// CSV with cells guarded against being run as formulas.
fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for cells in lines {
        let guarded = cells.iter().map(|cell| {
            let runs = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
            if runs { format!("'{cell}") } else { cell.clone() }
        });
        writer.write_record(guarded).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A text as people type it, with the signs that mean something to spreadsheets, CSV and lists.
fn words() -> impl Strategy<Value = String> {
    let plain = "[A-Za-z=+@'\"(][A-Za-z0-9 ,;'\"/.é“-]{0,14}[A-Za-z0-9)]";
    plain.prop_map(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn raw_rows() -> impl Strategy<Value = RawRow> {
    let texts = (0..6_usize, words(), words(), prop::collection::vec(words(), 0..3));
    let time = prop::sample::select(vec!["-", "Januari", "Setiap bulan, Jan s.d Juni"]);
    (texts, time, words(), prop::collection::vec(words(), 0..2)).prop_map(
        |((area, component, action, evidence), time, target, benefits)| RawRow {
            area: Area::ALL[area].name().to_owned(),
            component,
            sub: "-".to_owned(),
            action,
            evidence,
            time: time.to_owned(),
            pic: "Bayu".to_owned(),
            target,
            benefits,
            ..RawRow::default()
        },
    )
}

fn files() -> impl Strategy<Value = PlanFile> {
    let priority = (words(), words()).prop_map(|(action, follow_up)| RawPriority {
        action,
        follow_up,
        time: "Juni".to_owned(),
        ..RawPriority::default()
    });
    (prop::collection::vec(raw_rows(), 1..8), prop::collection::vec(priority, 0..3))
        .prop_map(|(rows, priorities)| PlanFile { rows, priorities, ..PlanFile::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_in_a_workbook_or_csv_is_read_as_it_was_written(file in files()) {
        let lines = lines(&file);
        let from_book = bening_intake::read(&book(&lines), Some("rencana.xlsx")).unwrap();
        prop_assert_eq!(said(&from_book), said(&file));
        let from_csv = bening_intake::read(&csv(&lines), Some("rencana.csv")).unwrap();
        prop_assert_eq!(said(&from_csv), said(&file));
    }
}
