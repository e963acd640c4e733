//! A form of the national team as a paper: verdicts with notes, who sat together, room to sign.

use axum::extract::{Path, State};
use bening_core::agency::Agency;
use bening_core::candidacy::appraisal::{Appraisal, Item, Sitting};
use bening_core::document::{Align, Block, Cell, Column, Document, Table};
use bening_store::agency;
use serde::Deserialize;

use super::{Chair, Opened};
use crate::app::App;
use crate::caller::Caller;
use crate::candidacy::charter::print;
use crate::error::{AppError, Result};

/// The words of the paper, from `prints/penilaian.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    unit: String,
    predicate: String,
    day: String,
    place: String,
    outcome: String,
    verdicts: String,
    columns: [String; 5],
    present: String,
    present_columns: [String; 4],
    open: String,
}

/// The form of a stage as PDF or DOCX.
///
/// # Errors
/// When the form is not to be seen, or it is in no such format.
pub async fn download(
    State(app): State<App>,
    caller: Caller,
    Path((unit, stage, format)): Path<(String, String, String)>,
) -> Result {
    let opened = Opened::load(&app, &caller, &unit).await?;
    let found = opened.reach(&stage)?;
    let words: Words = toml::from_str(include_str!("../../../../../prints/penilaian.toml"))
        .map_err(|error| AppError::Refused(error.to_string()))?;
    let agency = agency::load(app.store()).await?;
    let document = document(&app, &words, &agency, &opened, &found)?;
    let code = opened.roads.reached.unit.code.as_str().to_lowercase();
    print(&app, document, &format, &format!("{}-{code}", stage.replace('_', "-"))).await
}

fn document(
    app: &App,
    words: &Words,
    agency: &Agency,
    opened: &Opened,
    found: &Appraisal<'_>,
) -> Result<Document> {
    let unit = &opened.roads.reached.unit;
    let title = words.title.replace("{tahap}", &found.form.name);
    let sitting = opened.sitting(found.round).0;
    let mut details = vec![
        (words.unit.clone(), format!("{} ({})", unit.name, unit.code)),
        (words.predicate.clone(), opened.road.predicate.clone()),
    ];
    if let Some(sat) = sitting {
        details.push((words.day.clone(), bening_core::candidacy::declaration::long(sat.on)));
        details.push((words.place.clone(), sat.place.clone()));
    }
    let mut blocks = vec![
        Block::Letterhead { logo: agency.logo.clone(), lines: vec![agency.name.clone()] },
        Block::Title { lines: vec![title.clone()] },
        Block::Details { rows: details },
        verdicts(words, opened.chair, found),
    ];
    if let Some(sat) = sitting {
        blocks.push(Block::Heading { level: 2, text: words.outcome.clone() });
        blocks.extend(sat.outcome.lines().map(|text| Block::Paragraph { text: text.to_owned() }));
        blocks.push(present(words, sat));
    }
    let dated = sitting.map_or(app.today(), |sat| sat.on);
    let author = agency.name.clone();
    Ok(Document { title, author, language: "id".to_owned(), dated, cover: None, blocks })
}

fn verdicts(words: &Words, chair: Chair, found: &Appraisal<'_>) -> Block {
    let seen = found.form.items.iter().filter(|item| chair.sees(item)).enumerate();
    let row = |(index, item): (usize, &Item)| {
        let (name, note) = found
            .verdict(&item.code)
            .map_or((words.open.clone(), String::new()), |(remark, of)| (of.name.clone(), remark.note.clone()));
        [(index + 1).to_string(), item.name.clone(), item.whose(), name, note].map(Cell::text).to_vec()
    };
    let columns = words.columns.iter().zip([2, 9, 6, 6, 14]);
    table(Some(words.verdicts.clone()), columns, seen.map(row).collect())
}

fn present(words: &Words, sat: &Sitting) -> Block {
    let columns = words.present_columns.iter().zip([2, 10, 10, 10]);
    let row = |(index, who): (usize, &bening_core::candidacy::declaration::Witness)| {
        let cells = [(index + 1).to_string(), who.name.clone(), who.institution.clone(), String::new()];
        cells.map(Cell::text).to_vec()
    };
    table(Some(words.present.clone()), columns, sat.present.iter().enumerate().map(row).collect())
}

fn table<'a>(
    caption: Option<String>,
    columns: impl Iterator<Item = (&'a String, u8)>,
    rows: Vec<Vec<Cell>>,
) -> Block {
    let column =
        |(heading, share): (&String, u8)| Column { heading: heading.clone(), share, align: Align::Start };
    Block::Table(Table { caption, columns: columns.map(column).collect(), rows })
}
