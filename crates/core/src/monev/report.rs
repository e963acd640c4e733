//! The *Laporan Monev* of a month, a quarter or half a year as a paper. Its words and the numbers of the rules stand in `prints/monev.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::figures::{Figure, Share, THOUSAND, percent};
use super::{Closing, Correction, Period, Row, Rules, Status, Table};
use crate::agency::Agency;
use crate::document::{
    self, Align, Bar, Block, Cell, Column, Cover, Curve, Document, PageNumbers, Photo, Signature, Stroke,
};
use crate::fill::Values;
use crate::followup::{FollowUp, Progress, State};
use crate::plan::Area;
use crate::time::{Month, Year};
use crate::unit::Unit;

/// Rules and words of monev.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// The rules.
    pub rules: Rules,
    report: Words,
}

/// The file cannot be read; says where.
#[derive(Debug, thiserror::Error)]
#[error("aturan dan naskah monev tidak dapat dibaca: {0}")]
pub struct ProseError(#[from] toml::de::Error);

impl Prose {
    /// The file that comes with Bening.
    ///
    /// # Errors
    /// Never for the one that was shipped; a test reads it.
    pub fn builtin() -> Result<Self, ProseError> {
        Ok(toml::from_str(include_str!("../../../../prints/monev.toml"))?)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    cover: Vec<String>,
    draft: String,
    intro_heading: String,
    intro: String,
    conclusion_heading: String,
    no_conclusion: String,
    curve_alt: String,
    curve_names: [String; 2],
    area_heading: String,
    bars_alt: String,
    area_caption: String,
    area_columns: [String; 5],
    total: String,
    rows_heading: String,
    rows_caption: String,
    rows_columns: [String; 6],
    no_rows: String,
    obstacle_heading: String,
    obstacle_caption: String,
    obstacle_columns: [String; 4],
    obstacle_none: String,
    followup_heading: String,
    followup_intro: String,
    followup_caption: String,
    followup_columns: [String; 5],
    followup_none: String,
    photo_heading: String,
    corrected: String,
    signature_title: String,
}

/// What a report is put together from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The agency.
    pub agency: &'a Agency,
    /// The unit.
    pub unit: &'a Unit,
    /// The year.
    pub year: Year,
    /// What it reports on.
    pub period: Period,
    /// The months of the period that have begun, in order.
    pub months: &'a [Monitored],
    /// Planned and realised by the end of each month of the year; realised only as far as the period goes.
    pub shares: &'a [(Month, Share)],
    /// Planned and realised of the areas by the end of the period.
    pub figures: &'a [Figure],
    /// The register of the year.
    pub register: &'a [FollowUp],
    /// Photographs among the evidence of the period.
    pub photos: &'a [Photo],
    /// Name of who closed the last month.
    pub leader: &'a str,
    /// Today.
    pub today: chrono::NaiveDate,
}

/// A month of a report.
#[derive(Debug, Clone)]
pub struct Monitored {
    /// The month with what was corrected.
    pub table: Table,
    /// The month as it was closed; nothing while it is open.
    pub closing: Option<Closing>,
    /// What was corrected since.
    pub corrections: Vec<Correction>,
}

impl Inputs<'_> {
    /// How the period ended, or where it stands: of every action the newest row, in the order of the areas.
    fn rows(&self) -> Vec<&Row> {
        let (mut seen, mut rows) = (BTreeSet::new(), Vec::new());
        for month in self.months.iter().rev() {
            rows.extend(month.table.rows.iter().filter(|row| seen.insert(row.action)));
        }
        rows.sort_by_key(|row| Area::ALL.into_iter().position(|area| area == row.area));
        rows
    }

    /// What was corrected in the period.
    fn corrections(&self) -> impl Iterator<Item = &Correction> {
        self.months.iter().flat_map(|month| &month.corrections)
    }

    /// The closing of the last month, once every month of the period is closed.
    fn closing(&self) -> Option<&Closing> {
        let all = self.months.iter().map(|month| month.closing.as_ref()).collect::<Option<Vec<_>>>()?;
        all.last().copied().filter(|closing| closing.month == self.period.last())
    }
}

/// The report of a period.
pub fn document(prose: &Prose, inputs: &Inputs<'_>) -> Document {
    let words = &prose.report;
    let values = values(inputs);
    let mut blocks = vec![Block::PageNumbers { style: PageNumbers::Arabic }];
    blocks.push(heading(1, values.fill(&words.title)));
    blocks.push(heading(2, words.intro_heading.clone()));
    blocks.push(Block::Paragraph { text: values.fill(&words.intro) });
    blocks.push(curves(words, &values, inputs));
    blocks.push(heading(2, words.conclusion_heading.clone()));
    blocks.extend(conclusion(words, inputs));
    blocks.push(heading(2, words.area_heading.clone()));
    blocks.push(bars(words, &values, inputs.figures));
    blocks.push(Block::Table(areas(words, inputs.figures)));
    blocks.push(Block::Orientation { landscape: true });
    blocks.push(heading(2, values.fill(&words.rows_heading)));
    blocks.extend(tables(words, &values, inputs));
    blocks.push(Block::Orientation { landscape: false });
    blocks.push(heading(2, words.obstacle_heading.clone()));
    blocks.push(obstacles(words, inputs));
    blocks.push(heading(2, words.followup_heading.clone()));
    blocks.push(Block::Paragraph { text: values.fill(&words.followup_intro) });
    blocks.push(follow_ups(words, inputs));
    if !inputs.photos.is_empty() {
        blocks.push(heading(2, words.photo_heading.clone()));
        blocks.push(Block::Photos { items: inputs.photos.to_vec() });
    }
    blocks.push(Block::Signature(signature(words, inputs)));
    Document {
        title: values.fill(&words.title),
        author: inputs.agency.name.clone(),
        language: "id".to_owned(),
        dated: dated(inputs),
        cover: Some(cover(words, &values, inputs)),
        blocks,
    }
}

/// Planned and realised over the year.
fn curves(words: &Words, values: &Values, inputs: &Inputs<'_>) -> Block {
    let permille = |thousandths: i64| u32::try_from(thousandths.clamp(0, THOUSAND)).unwrap_or(0);
    let planned = inputs.shares.iter().map(|(_, share)| permille(share.planned)).collect();
    let past = inputs.shares.iter().filter(|(month, _)| *month <= inputs.period.last());
    let [plan, real] = &words.curve_names;
    Block::Curves {
        alt: values.fill(&words.curve_alt),
        points: inputs.shares.iter().map(|(month, _)| month.short().to_owned()).collect(),
        curves: vec![
            Curve { name: plan.clone(), stroke: Stroke::Dashed, permille: planned },
            Curve {
                name: real.clone(),
                stroke: Stroke::Solid,
                permille: past.map(|(_, share)| permille(share.real)).collect(),
            },
        ],
    }
}

/// Realised of each area.
fn bars(words: &Words, values: &Values, figures: &[Figure]) -> Block {
    let bar = |figure: &Figure| {
        let share = Share::of([figure])?;
        let permille = u32::try_from(share.real.clamp(0, THOUSAND)).unwrap_or(0);
        Some(Bar { label: figure.area.name().to_owned(), value: percent(share.real), permille })
    };
    Block::Bars { alt: values.fill(&words.bars_alt), rows: figures.iter().filter_map(bar).collect() }
}

/// What stood in the way in the period, month by month.
fn obstacles(words: &Words, inputs: &Inputs<'_>) -> Block {
    use Align::Start;
    let line = |month: Month, row: &Row| {
        let cells = [month.name(), &row.name, &row.obstacle, row.status.name()];
        cells.map(Cell::text).to_vec()
    };
    let of_month = |month: &Monitored| {
        let number = month.table.month;
        let rows = month.table.rows.iter().filter(|row| !row.obstacle.is_empty());
        rows.map(|row| line(number, row)).collect::<Vec<_>>()
    };
    let rows: Vec<_> = inputs.months.iter().flat_map(of_month).collect();
    if rows.is_empty() {
        return Block::Paragraph { text: words.obstacle_none.clone() };
    }
    Block::Table(document::Table {
        caption: Some(words.obstacle_caption.clone()),
        columns: columns(&words.obstacle_columns, [(2, Start), (6, Start), (6, Start), (2, Start)]),
        rows,
    })
}

fn dated(inputs: &Inputs<'_>) -> chrono::NaiveDate {
    inputs.closing().map_or(inputs.today, |closing| closing.on)
}

fn heading(level: u8, text: String) -> Block {
    Block::Heading { level, text }
}

fn cover(words: &Words, values: &Values, inputs: &Inputs<'_>) -> Cover {
    Cover {
        logo: inputs.agency.logo.clone(),
        title: words.cover.iter().map(|line| values.fill(line)).collect(),
        mark: inputs.closing().is_none().then(|| words.draft.clone()),
        foot: vec![inputs.unit.name.clone(), inputs.agency.name.clone()],
    }
}

fn values(inputs: &Inputs<'_>) -> Values {
    let share = Share::of(inputs.figures).unwrap_or(Share { planned: 0, real: 0 });
    let rows = inputs.rows();
    let count = |status| rows.iter().filter(|row| row.status == status).count().to_string();
    let register = Progress::of(inputs.register, inputs.today);
    let monitored = rows.iter().filter(|row| row.status != Status::Withdrawn).count();
    Values::default()
        .with("unit", inputs.unit.name.as_str())
        .with("instansi", inputs.agency.name.as_str())
        .with("periode", inputs.period.name())
        .with("akhir", inputs.period.last().name())
        .with("tahun", inputs.year.to_string())
        .with("rencana", percent(share.planned))
        .with("realisasi", percent(share.real))
        .with("selisih", percent(share.real - share.planned).trim_end_matches(" %"))
        .with("jumlah", monitored.to_string())
        .with("selesai", count(Status::Done))
        .with("terlambat", count(Status::Late))
        .with("berisiko", count(Status::AtRisk))
        .with("tl", register.all.to_string())
        .with("tl_selesai", register.verified.to_string())
        .with("tl_persen", register.followed_up().map_or_else(|| "–".to_owned(), percent))
}

/// What the leader concluded; of several months each with its name.
fn conclusion(words: &Words, inputs: &Inputs<'_>) -> Vec<Block> {
    let closings = inputs.months.iter().filter_map(|month| month.closing.as_ref());
    let said: Vec<&Closing> = closings.filter(|closing| !closing.conclusion.is_empty()).collect();
    let paragraph = |text: &str| Block::Paragraph { text: text.to_owned() };
    match said.as_slice() {
        [] => words.no_conclusion.lines().map(paragraph).collect(),
        [only] if inputs.period.is_month() => only.conclusion.lines().map(paragraph).collect(),
        several => {
            let rows = several.iter().map(|c| (c.month.name().to_owned(), c.conclusion.replace('\n', " ")));
            vec![Block::Details { rows: rows.collect() }]
        }
    }
}

/// Columns with their headings, shares of the width, and figures to the right where `align` says so.
fn columns<const N: usize>(headings: &[String; N], shape: [(u32, Align); N]) -> Vec<Column> {
    let column = |(heading, (share, align)): (&String, (u32, Align))| Column {
        heading: heading.clone(),
        share,
        align,
    };
    headings.iter().zip(shape).map(column).collect()
}

fn areas(words: &Words, figures: &[Figure]) -> document::Table {
    use Align::{End, Start};
    let line = |name: &str, of: &[Figure]| {
        let actions: i64 = of.iter().map(|figure| figure.actions).sum();
        let share = Share::of(of)?;
        let cells = [
            name.to_owned(),
            actions.to_string(),
            percent(share.planned),
            percent(share.real),
            percent(share.real - share.planned),
        ];
        Some(cells.map(Cell::text).to_vec())
    };
    let each = figures.iter().filter_map(|figure| line(figure.area.name(), std::slice::from_ref(figure)));
    let total = line(&words.total, figures).map(|cells| cells.into_iter().map(Cell::strong).collect());
    document::Table {
        caption: Some(words.area_caption.clone()),
        columns: columns(&words.area_columns, [(8, Start), (2, End), (2, End), (2, End), (2, End)]),
        rows: each.chain(total).collect(),
    }
}

fn tables(words: &Words, values: &Values, inputs: &Inputs<'_>) -> Vec<Block> {
    use Align::{End, Start};
    let shape = [(8, Start), (3, Start), (3, Start), (1, End), (8, Start), (5, Start)];
    let all = inputs.rows();
    let corrections: Vec<&Correction> = inputs.corrections().collect();
    let of_area = |area: Area| {
        let rows: Vec<_> = all.iter().filter(|row| row.area == area).collect();
        (!rows.is_empty()).then(|| {
            Block::Table(document::Table {
                caption: Some(values.with("area", area.name()).fill(&words.rows_caption)),
                columns: columns(&words.rows_columns, shape),
                rows: rows.into_iter().map(|row| cells(words, row, &corrections)).collect(),
            })
        })
    };
    let tables: Vec<_> = Area::ALL.into_iter().filter_map(of_area).collect();
    if tables.is_empty() { vec![Block::Paragraph { text: words.no_rows.clone() }] } else { tables }
}

fn cells(words: &Words, row: &Row, corrections: &[&Correction]) -> Vec<Cell> {
    let mut note = vec![row.note.clone()];
    let own = corrections.iter().filter(|correction| correction.action == row.action);
    note.extend(own.map(|c| Values::default().with("alasan", c.reason.as_str()).fill(&words.corrected)));
    note.retain(|line| !line.is_empty());
    vec![
        Cell::text(&row.name),
        Cell::text(&row.pics),
        Cell::text(row.status.name()),
        Cell::text(row.percent.to_string()),
        Cell { lines: note, ..Cell::text("") },
        Cell::text(&row.obstacle),
    ]
}

fn follow_ups(words: &Words, inputs: &Inputs<'_>) -> Block {
    use Align::{End, Start};
    let waiting = inputs.register.iter().filter(|entry| entry.state != State::Verified);
    let line = |entry: &FollowUp| {
        let due = crate::plan::paper::long_date(entry.due_on);
        let cells = [entry.number.to_string(), entry.what.clone(), entry.action.clone(), due];
        cells.into_iter().chain([entry.state.name().to_owned()]).map(Cell::text).collect::<Vec<_>>()
    };
    let rows: Vec<_> = waiting.map(line).collect();
    if rows.is_empty() {
        return Block::Paragraph { text: words.followup_none.clone() };
    }
    Block::Table(document::Table {
        caption: Some(words.followup_caption.clone()),
        columns: columns(&words.followup_columns, [(1, End), (6, Start), (6, Start), (3, Start), (3, Start)]),
        rows,
    })
}

fn signature(words: &Words, inputs: &Inputs<'_>) -> Signature {
    let day = crate::plan::paper::long_date(dated(inputs));
    let place = &inputs.agency.city;
    Signature {
        place_and_date: if place.is_empty() { day } else { format!("{place}, {day}") },
        title: words.signature_title.clone(),
        name: inputs.leader.to_owned(),
    }
}
