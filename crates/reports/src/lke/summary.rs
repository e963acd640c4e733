//! The first sheet: total, components, areas, and the minimum lines of every predicate, computed from the other sheets.

use bening_core::instrument::{
    Area, Component, Condition, Exact, Half, Instrument, Metric, Predicate, ScoreOf, Threshold,
};
use bening_core::scoring::{Points, Score, ScoreError};
use rust_xlsxwriter::{Format, Worksheet};

use super::formula::{cell, decimal, formula, percent_of, write_exact};
use super::layout::{HEAD_ROWS, Layout, Row, SUMMARY, half_code};
use super::look::Look;
use super::part::{owner, protection};
use super::{Done, Scored};
use crate::sheet::xlsx;

const WEIGHT_COLUMN: u16 = 2;
const FIRST_SIDE_COLUMN: u16 = 3;
const COLUMNS: [(&str, f64); 3] = [("Kode", 22.0), ("Komponen", 62.0), ("Bobot", 10.0)];
const SIDE_WIDTH: f64 = 13.0;
/// Decimals at which sums are cut, so that the dust of binary fractions neither misses a minimum nor moves a digit.
const DUST: u32 = 10;
/// The same for a percentage.
const PERCENT_DUST: u32 = 8;
const MET: &str = "✓ tercapai";
const NOT_MET: &str = "✗ belum";
const TOTAL: &str = "total";

pub(super) fn write(sheet: &mut Worksheet, layout: &Layout<'_>, look: &Look, sides: &[Scored<'_>]) -> Done {
    sheet.set_name(SUMMARY)?;
    let edition = layout.edition();
    sheet.write_string_with_format(0, 0, format!("{SUMMARY}: {}", edition.title), &look.title)?;
    sheet.write_string_with_format(1, 0, owner(layout), &look.line)?;
    sheet.write_string_with_format(2, 0, &edition.regulation, &look.line)?;
    let (row, lines) = (HEAD_ROWS - 1, lines(edition));
    let mut table = Table { sheet, layout, look, sides, row, lines: &lines };
    table.head(["Kode", "Komponen", "Bobot"], ["Nilai", "%"])?;
    for line in &lines {
        table.line(line)?;
    }
    table.gaps()?;
    for predicate in &edition.predicates {
        table.predicate(predicate)?;
    }
    xlsx::print_setup(sheet, &format!("{SUMMARY} · {}", owner(layout)))?;
    sheet.set_repeat_rows(0, HEAD_ROWS - 1)?.set_freeze_panes(HEAD_ROWS, WEIGHT_COLUMN)?;
    sheet.protect_with_options(&protection());
    Ok(())
}

/// A line of the first table.
struct Line {
    code: String,
    name: String,
    from: From,
}

/// Where the points of a line come from.
enum From {
    /// Added up from other lines, by code.
    Lines(Vec<String>),
    /// A row on the sheet of a part.
    Part,
}

/// Total, components, areas and their parts, in that order.
fn lines(edition: &Instrument) -> Vec<Line> {
    let components = [(Component::Pengungkit, "Pengungkit"), (Component::Hasil, "Hasil")];
    let codes = components.map(|(_, name)| name.to_lowercase());
    let mut lines =
        vec![Line { code: TOTAL.into(), name: "Nilai total".into(), from: From::Lines(codes.into()) }];
    for (component, name) in components {
        let areas: Vec<&Area> =
            edition.areas.iter().filter(|area| area.component(edition) == Some(component)).collect();
        let from = From::Lines(areas.iter().map(|area| area.code.clone()).collect());
        lines.push(Line { code: name.to_lowercase(), name: name.to_owned(), from });
        lines.extend(areas.into_iter().flat_map(|area| area_lines(edition, area)));
    }
    lines
}

fn area_lines(edition: &Instrument, area: &Area) -> Vec<Line> {
    let half = |half: &Half| {
        let part = edition.part(&half.part);
        let name = format!("    {}", part.map_or("", |part| part.name.as_str()));
        Line { code: half_code(area, half), name, from: From::Part }
    };
    let halves: Vec<Line> = area.halves.iter().map(half).collect();
    let from = From::Lines(halves.iter().map(|half| half.code.clone()).collect());
    [Line { code: area.code.clone(), name: area.name.clone(), from }].into_iter().chain(halves).collect()
}

/// Column of the points of the side at this place; its share or verdict stands beside it.
fn points_column(place: u16) -> u16 {
    FIRST_SIDE_COLUMN + place * 2
}

struct Table<'a, 'b> {
    sheet: &'a mut Worksheet,
    layout: &'a Layout<'b>,
    look: &'a Look,
    sides: &'a [Scored<'a>],
    row: u32,
    lines: &'a [Line],
}

impl Table<'_, '_> {
    fn text(&mut self, column: u16, text: &str, format: &Format) -> Done {
        self.sheet.write_string_with_format(self.row, column, text, format)?;
        Ok(())
    }

    fn computed(&mut self, column: u16, text: &str, result: String, format: &Format) -> Done {
        self.sheet.write_formula_with_format(self.row, column, formula(text, result), format)?;
        Ok(())
    }

    fn head(&mut self, own: [&str; 3], of_side: [&str; 2]) -> Done {
        let look = self.look;
        for (column, (heading, (_, width))) in (0..).zip(own.into_iter().zip(COLUMNS)) {
            self.sheet.set_column_width(column, width)?;
            self.text(column, heading, &look.head)?;
        }
        for (place, side) in (0..).zip(self.sides) {
            for (column, heading) in (points_column(place)..).zip(of_side) {
                self.sheet.set_column_width(column, SIDE_WIDTH)?;
                self.text(column, &format!("{heading} {}", side.side.title()), &look.head)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, line: &Line) -> Done {
        let (look, sides) = (self.look, self.sides);
        let is_sum_of_areas =
            !self.layout.edition().areas.iter().any(|area| line.code.starts_with(&area.code));
        let [body, number, points, percent] = if is_sum_of_areas {
            [&look.area.text, &look.area.number, &look.area.points, &look.area.percent]
        } else {
            [&look.body, &look.number, &look.points, &look.percent]
        };
        self.text(0, &line.code, body)?;
        self.text(1, &line.name, body)?;
        for (place, side) in (0..).zip(sides) {
            let (column, scored) = (points_column(place), points_of(&side.score, &line.code));
            let share = percent_of(scored.score, scored.weight).map_err(ScoreError::from)?;
            write_exact(self.sheet, (self.row, WEIGHT_COLUMN), scored.weight, number)?;
            self.computed(column, &self.sum(line, place), decimal(scored.score), points)?;
            let weight = cell(self.row, WEIGHT_COLUMN);
            let text = format!("IF({weight}=0,0,ROUND({}/{weight},{DUST}))", cell(self.row, column));
            self.computed(column + 1, &text, decimal(share), percent)?;
        }
        self.row += 1;
        Ok(())
    }

    fn sum(&self, line: &Line, place: u16) -> String {
        let cells = match &line.from {
            From::Lines(codes) => {
                let cells = codes.iter().filter_map(|code| self.cell_of(code, points_column(place)));
                cells.collect::<Vec<_>>().join(",")
            }
            From::Part => self.far(&line.code, place),
        };
        format!("ROUND(SUM({cells}),{DUST})")
    }

    /// A cell of a line of this sheet.
    fn cell_of(&self, code: &str, column: u16) -> Option<String> {
        let place = (HEAD_ROWS..).zip(self.lines).find(|(_, line)| line.code == code)?.0;
        Some(cell(place, column))
    }

    /// The points of a code on the sheet of its part.
    fn far(&self, code: &str, place: u16) -> String {
        let side = self.sides.get(usize::from(place));
        let far = side.and_then(|side| self.layout.far_cell(code, side.columns.points));
        far.unwrap_or_else(|| "0".to_owned())
    }

    fn gaps(&mut self) -> Done {
        let (look, sides) = (self.look, self.sides);
        self.text(0, "", &look.body)?;
        self.text(1, "Pertanyaan belum dijawab", &look.body)?;
        self.sheet.write_number_with_format(
            self.row,
            WEIGHT_COLUMN,
            self.layout.edition().questions().count() as f64,
            &look.number,
        )?;
        for (place, side) in (0..).zip(sides) {
            let gaps = side.score.gaps.len();
            let answered: Vec<String> =
                self.layout.parts.iter().map(|part| answered(part, side.columns.value)).collect();
            let text = format!("{}-({})", cell(self.row, WEIGHT_COLUMN), answered.join("+"));
            self.computed(points_column(place), &text, gaps.to_string(), &look.number)?;
            self.sheet.write_blank(self.row, points_column(place) + 1, &look.number)?;
        }
        self.row += 2;
        Ok(())
    }

    /// The minimum lines of a predicate.
    fn predicate(&mut self, predicate: &Predicate) -> Done {
        let edition = self.layout.edition();
        let title = format!("Ambang {} ({})", predicate.code, predicate.name);
        self.head([&predicate.code, &title, "Paling sedikit"], ["Nilai", "Status"])?;
        for condition in edition.conditions_of(&predicate.code) {
            let metric = Metric::of(edition, &condition.metric);
            if let (Some(metric), Threshold::AtLeast(least)) = (metric, &condition.threshold) {
                self.condition(condition, metric, *least)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    fn condition(&mut self, condition: &Condition, metric: Metric<'_>, least: Exact) -> Done {
        let (look, sides) = (self.look, self.sides);
        if matches!(metric, Metric::Fact(_)) {
            return Ok(());
        }
        let text = format!("{}\n{}", condition.text, condition.citation);
        self.text(0, &condition.code, &look.body)?;
        self.text(1, &text, &look.body)?;
        write_exact(self.sheet, (self.row, WEIGHT_COLUMN), least, &look.number)?;
        for (place, side) in (0..).zip(sides) {
            let (column, value) = (points_column(place), self.measured(metric, side)?);
            self.computed(column, &self.measure(metric, place), decimal(value), &look.points)?;
            let verdict = if value >= least { MET } else { NOT_MET };
            let (own, least) = (cell(self.row, column), cell(self.row, WEIGHT_COLUMN));
            let text = format!("IF({own}>={least},\"{MET}\",\"{NOT_MET}\")");
            self.computed(column + 1, &text, verdict.to_owned(), &look.body)?;
        }
        self.sheet.set_row_height(self.row, xlsx::height([(text.as_str(), COLUMNS[1].1)].into_iter()))?;
        self.row += 1;
        Ok(())
    }

    /// What a condition measures, as a formula.
    fn measure(&self, metric: Metric<'_>, place: u16) -> String {
        let column = points_column(place);
        let own = |code: &str| self.cell_of(code, column);
        match metric {
            Metric::Fact(_) => "\"\"".to_owned(),
            Metric::Score(ScoreOf::Total) => own(TOTAL).unwrap_or_default(),
            Metric::Score(ScoreOf::Component(component)) => {
                own(component_code(component)).unwrap_or_default()
            }
            Metric::Score(ScoreOf::Code(code)) => {
                own(code).unwrap_or_else(|| format!("ROUND({},{DUST})", self.far(code, place)))
            }
            Metric::LowestArea | Metric::LowestHalf => {
                let codes = tested(self.layout.edition(), metric);
                let shares = codes.iter().filter_map(|code| self.cell_of(code, column + 1));
                format!("ROUND(100*MIN({}),{PERCENT_DUST})", shares.collect::<Vec<_>>().join(","))
            }
        }
    }

    /// What a condition measures, computed here.
    fn measured(&self, metric: Metric<'_>, side: &Scored<'_>) -> Result<Exact, super::Failure> {
        let code = match metric {
            Metric::Fact(_) => return Ok(Exact::ZERO),
            Metric::Score(ScoreOf::Total) => TOTAL,
            Metric::Score(ScoreOf::Component(component)) => component_code(component),
            Metric::Score(ScoreOf::Code(code)) => code,
            Metric::LowestArea | Metric::LowestHalf => {
                let codes = tested(self.layout.edition(), metric);
                let shares = codes.iter().map(|code| points_of(&side.score, code).percent);
                return Ok(shares.min().unwrap_or(Exact::ZERO));
            }
        };
        Ok(points_of(&side.score, code).score)
    }
}

/// The areas of pengungkit, whole or by part, whose share is held against a minimum.
fn tested(edition: &Instrument, metric: Metric<'_>) -> Vec<String> {
    let areas = edition.areas.iter().filter(|area| area.component(edition) == Some(Component::Pengungkit));
    let codes = |area: &Area| match metric {
        Metric::LowestHalf => area.halves.iter().map(|half| half_code(area, half)).collect(),
        _ => vec![area.code.clone()],
    };
    areas.flat_map(codes).collect()
}

fn component_code(component: Component) -> &'static str {
    match component {
        Component::Pengungkit => "pengungkit",
        Component::Hasil => "hasil",
    }
}

/// The points of a line or sub-component.
fn points_of(score: &Score, code: &str) -> Points {
    let nothing = Points { score: Exact::ZERO, weight: Exact::ZERO, percent: Exact::ZERO };
    match code {
        TOTAL => score.total,
        "pengungkit" => score.pengungkit,
        "hasil" => score.hasil,
        code => score.entry(code).map_or(nothing, |entry| entry.points),
    }
}

/// How many questions of a part have a value: its rows that sum up others have one too.
fn answered(part: &super::layout::PartSheet<'_>, column: u16) -> String {
    let sums = part.rows.iter().filter(|row| matches!(row, Row::Half(..) | Row::Sub(_))).count();
    let last = HEAD_ROWS + u32::try_from(part.rows.len().saturating_sub(1)).unwrap_or_default();
    let name = part.name.replace('\'', "''");
    format!("COUNT('{name}'!{}:{})-{sums}", cell(HEAD_ROWS, column), cell(last, column))
}
