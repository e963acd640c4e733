//! The sheet of a part: areas, sub-components, questions and their inputs, with the columns of every side.

use bening_core::instrument::{Exact, Form, Input, Kind, Question, Sub};
use bening_core::lke::book::{FIRST_SIDE_COLUMN, KEY_COLUMN, SIDE_COLUMNS, answer_heading, note_heading};
use bening_core::scoring::Answer;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Format, ProtectionOptions, Worksheet};

use super::formula::{self, cell, decimal, fixed, formula, percent_of, write_exact};
use super::layout::{HEAD_ROWS, Layout, PartSheet, Row};
use super::look::Look;
use super::{Done, Failure, Scored};
use crate::sheet::xlsx;

const TEXT_COLUMN: u16 = 1;
const OPTIONS_COLUMN: u16 = 2;
const EVIDENCE_COLUMN: u16 = 3;
pub(super) const WEIGHT_COLUMN: u16 = 4;
/// Headings and widths of the columns before those of the sides.
const COLUMNS: [(&str, f64); 5] =
    [("Kode", 12.0), ("Pertanyaan", 46.0), ("Pilihan jawaban", 46.0), ("Contoh bukti", 30.0), ("Bobot", 7.0)];
/// Widths of the columns of a side.
const SIDE_WIDTHS: [f64; 4] = [13.0, 8.0, 8.0, 34.0];
const GUIDANCE: &str = "Isi hanya sel berlatar kuning. Nilai, poin, dan jumlah dihitung sendiri. Jangan mengubah kode atau \
     menggeser kolom.";
/// How much more of the small print fits into a line.
const SMALL_PRINT: f64 = 1.2;
/// A3.
const PAPER: u8 = 8;
/// Largest count a cell takes.
const COUNT_MAX: i32 = 1_000_000_000;

pub(super) fn write(
    sheet: &mut Worksheet,
    part: &PartSheet<'_>,
    layout: &Layout<'_>,
    look: &Look,
    sides: &[Scored<'_>],
) -> Done {
    sheet.set_name(&part.name)?;
    head(sheet, part, layout, look, sides)?;
    for (row, content) in (HEAD_ROWS..).zip(&part.rows) {
        let mut line = Line { sheet, layout, look, row };
        match content {
            Row::Half(area, half) => {
                line.heading(&look.area, &content.code(), &area.name, half.weight)?;
                line.half_sums(part, &content.code(), sides)?;
            }
            Row::Sub(sub) => {
                line.heading(&look.sub, &sub.code, &sub.name, sub.weight)?;
                line.sub_sums(sub, sides)?;
            }
            Row::Question(sub, question) => line.question(sub, question, sides)?,
            Row::Input(question, input) => line.input(question, input, sides)?,
        }
    }
    set_up(sheet, part, layout)
}

fn head(
    sheet: &mut Worksheet,
    part: &PartSheet<'_>,
    layout: &Layout<'_>,
    look: &Look,
    sides: &[Scored<'_>],
) -> Done {
    sheet.write_string_with_format(
        0,
        0,
        format!("{}: {}", part.name, layout.edition().title),
        &look.title,
    )?;
    sheet.write_string_with_format(1, 0, owner(layout), &look.line)?;
    sheet.write_string_with_format(2, 0, GUIDANCE, &look.line)?;
    let row = HEAD_ROWS - 1;
    for (column, (heading, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(row, column, heading, &look.head)?;
    }
    for side in sides {
        let headings =
            [answer_heading(side.side), "Nilai (0–1)".to_owned(), "Poin".to_owned(), note_heading(side.side)];
        for (column, (heading, width)) in (side.columns.answer..).zip(headings.into_iter().zip(SIDE_WIDTHS)) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(row, column, heading, &look.head)?;
        }
    }
    sheet.set_row_height(row, 30)?;
    Ok(())
}

/// Whose worksheet it is, for the line below a title.
pub(super) fn owner(layout: &Layout<'_>) -> String {
    let owner = layout.book.owner.as_ref();
    owner.map_or_else(
        || "Templat kosong".to_owned(),
        |owner| format!("{} ({}), tahun {}", owner.name, owner.code, owner.year),
    )
}

fn set_up(sheet: &mut Worksheet, part: &PartSheet<'_>, layout: &Layout<'_>) -> Done {
    let title = format!("{} · {}", part.name, owner(layout));
    xlsx::print_setup(sheet, &title)?;
    sheet.set_paper_size(PAPER).set_repeat_rows(0, HEAD_ROWS - 1)?;
    sheet.set_freeze_panes(HEAD_ROWS, OPTIONS_COLUMN)?.set_zoom(90);
    sheet.protect_with_options(&protection());
    Ok(())
}

/// What may be done to the locked cells: columns and rows may be made wider.
pub(super) fn protection() -> ProtectionOptions {
    ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() }
}

/// A row being written.
struct Line<'a, 'b> {
    sheet: &'a mut Worksheet,
    layout: &'a Layout<'b>,
    look: &'a Look,
    row: u32,
}

impl Line<'_, '_> {
    fn text(&mut self, column: u16, text: &str, format: &Format) -> Done {
        self.sheet.write_string_with_format(self.row, column, text, format)?;
        Ok(())
    }

    fn computed(&mut self, column: u16, text: &str, result: String, format: &Format) -> Done {
        self.sheet.write_formula_with_format(self.row, column, formula(text, result), format)?;
        Ok(())
    }

    /// A row that sums up others: its texts, and blanks where nothing stands.
    fn heading(&mut self, look: &super::look::Row, code: &str, name: &str, weight: Exact) -> Done {
        self.text(KEY_COLUMN, code, &look.text)?;
        self.text(TEXT_COLUMN, name, &look.text)?;
        let sides = u16::try_from(self.layout.book.sides.len()).unwrap_or_default();
        for column in OPTIONS_COLUMN..FIRST_SIDE_COLUMN + sides * SIDE_COLUMNS {
            self.sheet.write_blank(self.row, column, &look.text)?;
        }
        write_exact(self.sheet, (self.row, WEIGHT_COLUMN), weight, &look.number)?;
        self.height(&[(name, TEXT_COLUMN)])
    }

    fn half_sums(&mut self, part: &PartSheet<'_>, code: &str, sides: &[Scored<'_>]) -> Done {
        let look = &self.look.area;
        let own = part.rows.iter().skip((self.row - HEAD_ROWS) as usize + 1);
        let own = own.take_while(|row| !matches!(row, Row::Half(..)));
        let subs: Vec<&Sub> =
            own.filter_map(|row| if let Row::Sub(sub) = row { Some(*sub) } else { None }).collect();
        for side in sides {
            let cells = subs.iter().map(|sub| cell(self.layout.row(&sub.code), side.columns.points));
            let sum = format!("SUM({})", cells.collect::<Vec<_>>().join(","));
            self.sums(side, code, &sum, look)?;
        }
        Ok(())
    }

    fn sub_sums(&mut self, sub: &Sub, sides: &[Scored<'_>]) -> Done {
        let look = &self.look.sub;
        let last = sub.questions.last().map_or(self.row, |question| {
            let inputs =
                question.inputs.last().map(|input| bening_core::lke::book::input_key(question, &input.name));
            self.layout.row(&question.code).max(inputs.map_or(0, |key| self.layout.row(&key)))
        });
        for side in sides {
            let column = side.columns.points;
            let sum = format!("SUM({}:{})", cell(self.row + 1, column), cell(last, column));
            self.sums(side, &sub.code, &sum, look)?;
        }
        Ok(())
    }

    /// Points of a row that sums up others, and their share of its weight.
    fn sums(&mut self, side: &Scored<'_>, code: &str, sum: &str, look: &super::look::Row) -> Done {
        let Some(points) = side.score.entry(code).map(|entry| entry.points) else { return Ok(()) };
        self.computed(side.columns.points, sum, decimal(points.score), &look.points)?;
        let (own, weight) = (cell(self.row, side.columns.points), fixed(self.row, WEIGHT_COLUMN));
        let share =
            percent_of(points.score, points.weight).map_err(bening_core::scoring::ScoreError::from)?;
        self.computed(
            side.columns.value,
            &format!("IF({weight}=0,0,{own}/{weight})"),
            decimal(share),
            &look.percent,
        )
    }

    fn question(&mut self, sub: &Sub, question: &Question, sides: &[Scored<'_>]) -> Done {
        let kind = self.layout.edition().kind(&question.kind);
        let (options, evidence) = (options(question, kind), bullets(&question.evidence));
        self.text(KEY_COLUMN, &question.code, &self.look.body)?;
        self.text(TEXT_COLUMN, &question.label, &self.look.body)?;
        self.text(OPTIONS_COLUMN, &options, &self.look.quiet)?;
        self.text(EVIDENCE_COLUMN, &evidence, &self.look.quiet)?;
        self.sheet.write_blank(self.row, WEIGHT_COLUMN, &self.look.number)?;
        let mut texts = vec![
            (question.label.as_str(), TEXT_COLUMN),
            (options.as_str(), OPTIONS_COLUMN),
            (evidence.as_str(), EVIDENCE_COLUMN),
        ];
        for side in sides {
            self.answer(question, kind, side)?;
            self.worth(sub, question, side)?;
            let note = side.filling.note(&question.code);
            self.note(side.columns.note, note)?;
            texts.push((note, side.columns.note));
        }
        self.height(&texts)
    }

    fn note(&mut self, column: u16, note: &str) -> Done {
        if note.is_empty() {
            self.sheet.write_blank(self.row, column, &self.look.open_text)?;
            return Ok(());
        }
        self.text(column, note, &self.look.open_text)
    }

    fn answer(&mut self, question: &Question, kind: Option<&Kind>, side: &Scored<'_>) -> Done {
        let (column, look) = (side.columns.answer, self.look);
        let answer = side.filling.sheet.get(&question.code);
        match (kind.map(|kind| &kind.form), answer) {
            (Some(Form::Ratio) | None, answer) => {
                let state = formula::state(self.layout, question, column);
                return self.computed(column, &state, state_of(question, answer).to_owned(), &look.body);
            }
            (Some(Form::Choice(_)), Some(Answer::Choice(chosen))) => {
                self.text(column, chosen, &look.open_text)?
            }
            (Some(Form::Index { .. }), Some(Answer::Index(index))) => {
                write_exact(self.sheet, (self.row, column), *index, &look.open_number)?;
            }
            (Some(Form::Choice(_)), _) => {
                self.sheet.write_blank(self.row, column, &look.open_text)?;
            }
            (Some(Form::Index { .. }), _) => {
                self.sheet.write_blank(self.row, column, &look.open_number)?;
            }
        }
        if let Some(rule) = kind.map(|kind| guard(&kind.form)).transpose()?.flatten() {
            self.sheet.add_data_validation(self.row, column, self.row, column, &rule)?;
        }
        Ok(())
    }

    /// What the answer is worth, and its points.
    fn worth(&mut self, sub: &Sub, question: &Question, side: &Scored<'_>) -> Done {
        let Some(score) = side.score.question(&question.code) else { return Ok(()) };
        let (columns, look) = (side.columns, self.look);
        let value = formula::value(self.layout, question, columns.answer);
        self.computed(
            columns.value,
            &value,
            score.value.map_or_else(|| formula::NONE.to_owned(), decimal),
            &look.points,
        )?;
        let weight = fixed(self.layout.row(&sub.code), WEIGHT_COLUMN);
        let points = format!("N({})*{weight}/{}", cell(self.row, columns.value), sub.questions.len());
        self.computed(columns.points, &points, decimal(score.points.score), &look.points)
    }

    fn input(&mut self, question: &Question, input: &Input, sides: &[Scored<'_>]) -> Done {
        let (key, look) = (bening_core::lke::book::input_key(question, &input.name), self.look);
        self.text(KEY_COLUMN, &key, &look.quiet)?;
        self.text(TEXT_COLUMN, &format!("    {}", input.label), &look.body)?;
        for column in OPTIONS_COLUMN..FIRST_SIDE_COLUMN {
            self.sheet.write_blank(self.row, column, &look.quiet)?;
        }
        for side in sides {
            self.count(question, input, side)?;
            for column in [side.columns.value, side.columns.points, side.columns.note] {
                self.sheet.write_blank(self.row, column, &look.quiet)?;
            }
        }
        self.height(&[(&key, KEY_COLUMN), (&input.label, TEXT_COLUMN)])
    }

    fn count(&mut self, question: &Question, input: &Input, side: &Scored<'_>) -> Done {
        let column = side.columns.answer;
        let given = match side.filling.sheet.get(&question.code) {
            Some(Answer::Counts(counts)) => counts.get(&input.name).copied(),
            _ => None,
        };
        match given {
            Some(number) => write_exact(self.sheet, (self.row, column), number, &self.look.open_number)?,
            None => {
                self.sheet.write_blank(self.row, column, &self.look.open_number)?;
            }
        }
        let rule = DataValidation::new()
            .allow_whole_number(DataValidationRule::Between(0, COUNT_MAX))
            .set_error_title("Bukan jumlah")?
            .set_error_message("Isi bilangan bulat, 0 atau lebih. Isi 0 bila memang tidak ada.")?;
        self.sheet.add_data_validation(self.row, column, self.row, column, &rule)?;
        Ok(())
    }

    /// A height that shows all these texts in their columns.
    fn height(&mut self, texts: &[(&str, u16)]) -> Done {
        let is_small = |column: u16| [OPTIONS_COLUMN, EVIDENCE_COLUMN].contains(&column);
        let width = |column: u16| match COLUMNS.get(usize::from(column)) {
            Some((_, width)) => *width,
            None => SIDE_WIDTHS[SIDE_WIDTHS.len() - 1],
        };
        let fits = |column: u16| if is_small(column) { width(column) * SMALL_PRINT } else { width(column) };
        let cells = texts.iter().map(|(text, column)| (*text, fits(*column)));
        self.sheet.set_row_height(self.row, xlsx::height(cells))?;
        Ok(())
    }
}

/// What a cell of an answer takes.
fn guard(form: &Form) -> Result<Option<DataValidation>, Failure> {
    let rule = match form {
        Form::Choice(answers) => {
            let answers: Vec<&str> = answers.iter().map(|answer| answer.answer.as_str()).collect();
            let message = format!("Pilih salah satu: {}.", answers.join(", "));
            DataValidation::new().allow_list_strings(&answers)?.set_error_message(message)?
        }
        Form::Index { max, .. } => {
            let top: f64 = decimal(*max).parse().unwrap_or_default();
            let message = format!("Isi angka 0 sampai {}.", max.plain());
            DataValidation::new()
                .allow_decimal_number(DataValidationRule::Between(0.0, top))
                .set_error_message(message)?
        }
        Form::Ratio => return Ok(None),
    };
    Ok(Some(rule.set_error_title("Jawaban tidak dikenal")?))
}

fn state_of(question: &Question, answer: Option<&Answer>) -> &'static str {
    match answer {
        Some(Answer::Counts(counts)) if formula::is_doubtful(question, &|name| counts.get(name).copied()) => {
            formula::DOUBTFUL
        }
        Some(_) => formula::FILLED,
        None => formula::OPEN,
    }
}

/// When each answer applies, or how the numbers count.
fn options(question: &Question, kind: Option<&Kind>) -> String {
    let mut lines: Vec<String> =
        question.options.iter().map(|option| format!("{}: {}", option.answer, option.text)).collect();
    if let Some(Form::Index { max, .. }) = kind.map(|kind| &kind.form) {
        lines.push(format!("Indeks 0 sampai {}; nilainya indeks / {}.", max.plain(), max.plain()));
    }
    if let Some(formula) = &question.formula {
        lines.push(format!("Rasio: {formula}"));
    }
    lines.extend(question.notes.iter().map(|note| format!("Catatan edisi: {note}")));
    lines.join("\n")
}

fn bullets(items: &[String]) -> String {
    items.iter().map(|item| format!("• {item}")).collect::<Vec<_>>().join("\n")
}
