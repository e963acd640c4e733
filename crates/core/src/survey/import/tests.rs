//! Columns, words and cells of foreign answers.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::id::{CampaignId, UnitId};
use crate::survey::{CampaignState, Entry, shipped};

fn campaign() -> Campaign {
    let day = |day| NaiveDate::from_ymd_opt(2020, 6, day).unwrap();
    Campaign {
        id: CampaignId(uuid::Uuid::nil()),
        unit: UnitId(uuid::Uuid::nil()),
        questionnaire: "skm-14-2017".to_owned(),
        points: 4,
        service: "Izin air".to_owned(),
        period: "2020".to_owned(),
        population: None,
        aim: crate::survey::Aim::default(),
        own: None,
        opens_on: day(1),
        closes_on: day(30),
        entry: Entry::Open,
        state: CampaignState::Draft,
        token: String::new(),
    }
}

fn google_forms() -> Vec<Vec<String>> {
    let asked = shipped().find("skm-14-2017").unwrap();
    let mut heads = vec!["Timestamp".to_owned()];
    heads.extend(asked.questions().map(|(_, question)| question.text.id.clone()));
    heads.push("Alamat email".to_owned());
    let row = |day: &str, answers: [&str; 9]| {
        let cells = [day].into_iter().chain(answers).chain(["a@b.example"]);
        cells.map(str::to_owned).collect::<Vec<_>>()
    };
    vec![
        heads,
        row("15/06/2020 10:23:45", ["4"; 9]),
        row(
            "6/06/2020 7:00:00",
            ["Sangat sesuai", "Mudah", "3", "4 - Gratis", "3", "3", "3", "3.0", "2. Kurang"],
        ),
        row("", ["", "", "", "", "", "", "", "", ""]),
    ]
}

#[test]
fn an_export_of_another_form_is_read_by_its_headings_and_words() {
    let (campaign, mut rows) = (campaign(), google_forms());
    rows.pop();
    let (asked, scale) = (campaign.questionnaire().unwrap(), campaign.scale().unwrap());
    let plan = ImportPlan::guess(asked, scale, &rows);
    assert_eq!(plan.columns[0], Target::Day);
    assert_eq!(plan.columns[9], Target::Code("U9".to_owned()));
    assert_eq!(plan.columns[10], Target::Skip);
    assert_eq!(plan.labels(asked, &rows), ["mudah", "sangat sesuai"]);
    let read = plan.read(&campaign, &rows);
    assert_eq!(read.problems, []);
    assert_eq!(read.answers[1].word(), "433433332");
    assert_eq!(read.answers[1].day.to_string(), "2020-06-06");
}

#[test]
fn every_cell_that_does_not_fit_is_named() {
    let (campaign, mut rows) = (campaign(), google_forms());
    rows[1][3] = "lumayan".to_owned();
    rows[2][0] = "31/07/2020".to_owned();
    rows[2][3] = "9".to_owned();
    rows[2][5] = "nol".to_owned();
    let plan =
        ImportPlan::guess(campaign.questionnaire().unwrap(), campaign.scale().unwrap(), &google_forms());
    let read = plan.read(&campaign, &rows);
    assert_eq!((read.answers.len(), read.problems_count), (0, 5), "{:?}", read.problems);
    let said: Vec<(usize, &str)> =
        read.problems.iter().map(|problem| (problem.row, problem.reason.as_str())).collect();
    assert!(said[0].0 == 2 && said[0].1.contains("lumayan"), "{said:?}");
    assert!(said[1].0 == 3 && said[1].1.contains("di luar masa survei"), "{said:?}");
    assert!(said[2].1.contains("9") && said[3].1.contains("nol"), "every wrong cell of a row: {said:?}");
    assert!(said[4].0 == 4 && said[4].1.contains("bukan tanggal"), "an address without answers");
    let lone = ImportPlan { columns: vec![Target::Code("U1".to_owned())], ..ImportPlan::default() };
    assert_eq!(lone.read(&campaign, &rows).problems_count, 8, "eight questions have no column");
}

#[test]
fn days_are_read_as_the_whole_column_writes_them() {
    let american = |cell| day_of(cell, DayOrder::MonthFirst).map(|day| day.to_string());
    let ours = |cell| day_of(cell, DayOrder::DayFirst).map(|day| day.to_string());
    let june = Some("2020-06-05".to_owned());
    assert_eq!(
        [american("6/5/2020 10:00"), ours("05/06/2020"), ours("2020-06-05T10:00")],
        [june.clone(), june.clone(), june.clone()]
    );
    assert_eq!([ours("43987.42"), ours("5.6.20")], [june.clone(), june]);
    assert_eq!([ours("kemarin"), ours("32/06/2020"), ours("")], [None, None, None]);
}
