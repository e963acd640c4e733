//! The papers of a meeting: invitation (*undangan*), attendance list (*daftar hadir*) and minutes (*notula*). Their
//! words stand in `prints/rapat.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Attendance, Meeting, lines};
use crate::document::{Align, Block, Cell, Column, Document, Marker, Signature, Table};
use crate::fill::Values;
use crate::plan::paper::long_date;

/// Rows on an attendance list for those who sign by hand.
const EMPTY_ROWS: usize = 10;

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The invitation.
    Invitation,
    /// The attendance list.
    Attendance,
    /// The minutes.
    Minutes,
}

impl Paper {
    /// From its name in addresses.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "undangan" => Some(Self::Invitation),
            "daftar-hadir" => Some(Self::Attendance),
            "notula" => Some(Self::Minutes),
            _ => None,
        }
    }
}

/// The words cannot be read; says where.
#[derive(Debug, thiserror::Error)]
#[error("naskah rapat tidak dapat dibaca: {0}")]
pub struct ProseError(#[from] toml::de::Error);

/// Words of the papers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    place_and_date: String,
    labels: Labels,
    invitation: Invitation,
    attendance: Listed,
    minutes: Recorded,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    day: String,
    hours: String,
    place: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Invitation {
    title: String,
    opening: String,
    agenda: String,
    invited: String,
    closing: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    title: String,
    columns: [String; 4],
    signed: String,
    code: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    title: String,
    agenda: String,
    said: String,
    decisions: String,
    no_decisions: String,
    present: String,
}

impl Prose {
    /// The file that comes with Bening.
    ///
    /// # Errors
    /// Never for the one that was shipped; a test reads it.
    pub fn builtin() -> Result<Self, ProseError> {
        Ok(toml::from_str(include_str!("../../../../prints/rapat.toml"))?)
    }
}

/// What a paper is put together from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// Names of those of the unit who are invited.
    pub invited: &'a [String],
    /// Who was there.
    pub present: &'a [Attendance],
    /// Name of the unit, of the agency, and of its city.
    pub home: (&'a str, &'a str, &'a str),
    /// Title and name of who signs.
    pub signs: (&'a str, &'a str),
    /// Address of the attendance, for the code on the list.
    pub address: &'a str,
    /// The day of the paper.
    pub dated: NaiveDate,
}

/// A paper of a meeting.
#[must_use]
pub fn document(prose: &Prose, paper: Paper, inputs: &Inputs<'_>) -> Document {
    let values = values(inputs);
    let (title, mut blocks) = match paper {
        Paper::Invitation => (&prose.invitation.title, invitation(prose, inputs, &values)),
        Paper::Attendance => (&prose.attendance.title, attendance(prose, inputs)),
        Paper::Minutes => (&prose.minutes.title, minutes(prose, inputs, &values)),
    };
    let title = values.fill(title);
    blocks.insert(0, Block::Heading { level: 1, text: title.clone() });
    if paper != Paper::Attendance {
        blocks.push(Block::Signature(Signature {
            place_and_date: values.fill(&prose.place_and_date),
            title: inputs.signs.0.to_owned(),
            name: inputs.signs.1.to_owned(),
        }));
    }
    let author = inputs.home.1.to_owned();
    Document { title, author, language: "id".to_owned(), dated: inputs.dated, cover: None, blocks }
}

fn values(inputs: &Inputs<'_>) -> Values {
    let (unit, agency, city) = inputs.home;
    Values::default()
        .with("rapat", &*inputs.meeting.title)
        .with("unit", unit)
        .with("instansi", agency)
        .with("kota", city)
        .with("tanggal", long_date(inputs.dated))
        .with("hadir", inputs.present.len().to_string())
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 2, text: text.to_owned() }
}

fn items(text: &str) -> Block {
    Block::List { marker: Marker::Number, items: lines(text).map(str::to_owned).collect() }
}

fn details(prose: &Prose, meeting: &Meeting) -> Block {
    let labels = &prose.labels;
    let mut rows = vec![(labels.day.clone(), long_date(meeting.on))];
    if !meeting.hours.is_empty() {
        rows.push((labels.hours.clone(), meeting.hours.clone()));
    }
    rows.push((labels.place.clone(), meeting.place.clone()));
    Block::Details { rows }
}

fn invitation(prose: &Prose, inputs: &Inputs<'_>, values: &Values) -> Vec<Block> {
    let words = &prose.invitation;
    let guests = lines(&inputs.meeting.guests).map(str::to_owned);
    let invited = inputs.invited.iter().cloned().chain(guests).collect();
    vec![
        paragraph(values.fill(&words.opening)),
        details(prose, inputs.meeting),
        heading(&words.agenda),
        items(&inputs.meeting.agenda),
        heading(&words.invited),
        Block::List { marker: Marker::Number, items: invited },
        paragraph(values.fill(&words.closing)),
    ]
}

fn attendance(prose: &Prose, inputs: &Inputs<'_>) -> Vec<Block> {
    let words = &prose.attendance;
    let signed = |one: &Attendance| [one.name.clone(), one.title.clone(), words.signed.clone()];
    let is_there = |name: &String| inputs.present.iter().any(|one| one.name == *name);
    let awaited = inputs.invited.iter().filter(|name| !is_there(name));
    let awaited = awaited.map(|name| [name.clone(), String::new(), String::new()]);
    let empty = std::iter::repeat_n([const { String::new() }; 3], EMPTY_ROWS);
    let rows = inputs.present.iter().map(signed).chain(awaited).chain(empty);
    let row = |(number, cells): (usize, [String; 3])| {
        std::iter::once(number.to_string()).chain(cells).map(Cell::text).collect()
    };
    let shares = [(1, Align::End), (6, Align::Start), (5, Align::Start), (4, Align::Start)];
    let column = |(heading, (share, align)): (&String, (u32, Align))| Column {
        heading: heading.clone(),
        share,
        align,
    };
    let table = Table {
        caption: None,
        columns: words.columns.iter().zip(shares).map(column).collect(),
        rows: (1..).zip(rows).map(row).collect(),
    };
    let code = Block::Code { address: inputs.address.to_owned(), alt: words.code.clone() };
    vec![details(prose, inputs.meeting), Block::Table(table), code]
}

fn minutes(prose: &Prose, inputs: &Inputs<'_>, values: &Values) -> Vec<Block> {
    let (words, meeting) = (&prose.minutes, inputs.meeting);
    let mut blocks =
        vec![details(prose, meeting), heading(&words.agenda), items(&meeting.agenda), heading(&words.said)];
    let said = meeting.minutes.as_ref().map_or("", |minutes| &minutes.text);
    blocks.extend(lines(said).map(paragraph));
    blocks.push(heading(&words.decisions));
    let decided = meeting.minutes.as_ref().map_or("", |minutes| &minutes.decisions);
    blocks.push(match lines(decided).next() {
        Some(_) => items(decided),
        None => paragraph(&*words.no_decisions),
    });
    blocks.push(heading(&values.fill(&words.present)));
    let name = |one: &Attendance| match one.title.as_str() {
        "" => one.name.clone(),
        title => format!("{}, {title}", one.name),
    };
    blocks.push(Block::List { marker: Marker::Number, items: inputs.present.iter().map(name).collect() });
    blocks
}
