//! Formulas: what the edition computes, in the words of a spreadsheet; exact numbers as a spreadsheet writes them.

use bening_core::instrument::expression::{Comparison, Expression, Operator, Relation};
use bening_core::instrument::{Exact, Form, InputRole, Overflow, Question};
use bening_core::lke::book::{IDENTITY_SHEET, input_key};
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::identity;
use super::layout::Layout;

/// Digits after the point in the result of a formula: a little more than a spreadsheet keeps.
const RESULT_DECIMALS: usize = 17;

/// `F12`
pub(super) fn cell(row: u32, column: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, column)
}

/// `$E$5`
pub(super) fn fixed(row: u32, column: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell_absolute(row, column)
}

/// A decimal text close enough to serve as the result of a formula.
pub(super) fn decimal(number: Exact) -> String {
    let (numerator, denominator) = number.parts();
    let (magnitude, denominator) = (numerator.unsigned_abs(), denominator.unsigned_abs());
    let mut text = format!("{}{}", if numerator < 0 { "-" } else { "" }, magnitude / denominator);
    let mut rest = magnitude % denominator;
    for place in 0..RESULT_DECIMALS {
        if rest == 0 {
            break;
        }
        if place == 0 {
            text.push('.');
        }
        rest *= 10;
        text.push_str(&(rest / denominator).to_string());
        rest %= denominator;
    }
    text
}

/// The number a spreadsheet keeps when it is exactly this one.
fn finite(number: Exact) -> Option<f64> {
    let float: f64 = number.plain().parse().ok()?;
    (Exact::parse(&float.to_string()) == Ok(number)).then_some(float)
}

/// Writes an exact number: as a number, or as the fraction it is when no decimal ends.
pub(super) fn write_exact(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    number: Exact,
    format: &Format,
) -> Result<(), XlsxError> {
    match finite(number) {
        Some(float) => sheet.write_number_with_format(row, column, float, format)?,
        None => {
            let formula = Formula::new(format!("={number}")).set_result(decimal(number));
            sheet.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

/// A formula with its result.
pub(super) fn formula(text: &str, result: impl Into<String>) -> Formula {
    Formula::new(format!("={text}")).set_result(result)
}

/// A number within a formula.
fn literal(number: Exact) -> String {
    match finite(number) {
        Some(_) => number.plain(),
        None => format!("({number})"),
    }
}

/// What an answer is worth, 0 to 1; [`NONE`] while there is no answer.
pub(super) fn value(layout: &Layout<'_>, question: &Question, column: u16) -> String {
    let answer = cell(layout.row(&question.code), column);
    let Some(kind) = layout.edition().kind(&question.kind) else { return "\"\"".to_owned() };
    match &kind.form {
        Form::Choice(_) => {
            let (first, last) = layout.kinds.get(kind.code.as_str()).copied().unwrap_or_default();
            let range =
                |column: u16| format!("{IDENTITY_SHEET}!{}:{}", fixed(first, column), fixed(last, column));
            let (answers, scores) = (range(identity::ANSWER_COLUMN), range(identity::SCORE_COLUMN));
            format!("IF({answer}=\"\",\"{NONE}\",INDEX({scores},MATCH({answer},{answers},0)))")
        }
        Form::Index { max, .. } => {
            format!("IF({answer}=\"\",\"{NONE}\",MAX(0,MIN(1,{answer}/{})))", literal(*max))
        }
        Form::Ratio => ratio(layout, question, column),
    }
}

fn ratio(layout: &Layout<'_>, question: &Question, column: u16) -> String {
    let Some(formula) = &question.formula else { return "\"\"".to_owned() };
    let names = Names { layout, question, column };
    let (scored, number) = names.scored();
    format!("IF(COUNT({scored})<{number},\"{NONE}\",MAX(0,MIN(1,{})))", names.expression(formula))
}

/// What the cell beside a ratio says of its inputs.
pub(super) fn state(layout: &Layout<'_>, question: &Question, column: u16) -> String {
    let names = Names { layout, question, column };
    let (scored, number) = names.scored();
    let holds: Vec<String> = question.checks.iter().map(|check| names.comparison(&check.rule)).collect();
    let filled = match holds.as_slice() {
        [] => format!("\"{FILLED}\""),
        holds => format!("IF(AND({}),\"{FILLED}\",\"{DOUBTFUL}\")", holds.join(",")),
    };
    format!("IF(COUNT({scored})=0,\"{OPEN}\",IF(COUNT({scored})<{number},\"{PARTLY}\",{filled}))")
}

/// There is no answer yet. Not an empty text: a workbook cannot keep that as the result of a formula.
pub(super) const NONE: &str = "–";
/// Inputs are not filled.
pub(super) const OPEN: &str = "isi di bawah";
/// Some inputs are missing.
const PARTLY: &str = "belum lengkap";
/// Inputs are there.
pub(super) const FILLED: &str = "terisi";
/// Inputs that should be looked at again.
pub(super) const DOUBTFUL: &str = "periksa";

/// Where the inputs of a question stand.
struct Names<'a> {
    layout: &'a Layout<'a>,
    question: &'a Question,
    column: u16,
}

impl Names<'_> {
    fn cell(&self, name: &str) -> String {
        cell(self.layout.row(&input_key(self.question, name)), self.column)
    }

    /// The cells of the inputs that count, and how many.
    fn scored(&self) -> (String, usize) {
        let scored = self.question.inputs.iter().filter(|input| input.role == InputRole::Scored);
        let cells: Vec<String> = scored.map(|input| self.cell(&input.name)).collect();
        (cells.join(","), cells.len())
    }

    fn expression(&self, expression: &Expression) -> String {
        match expression {
            Expression::Number(number) => literal(*number),
            Expression::Input(name) => self.cell(name),
            Expression::Negative(inner) => format!("(0-{})", self.expression(inner)),
            Expression::Binary(operator, left, right) => {
                format!("({}{}{})", self.expression(left), sign(*operator), self.expression(right))
            }
            Expression::Min(items) => format!("MIN({})", self.list(items)),
            Expression::Max(items) => format!("MAX({})", self.list(items)),
            Expression::If(condition, then, otherwise) => format!(
                "IF({},{},{})",
                self.comparison(condition),
                self.expression(then),
                self.expression(otherwise)
            ),
        }
    }

    fn list(&self, items: &[Expression]) -> String {
        items.iter().map(|item| self.expression(item)).collect::<Vec<_>>().join(",")
    }

    fn comparison(&self, comparison: &Comparison) -> String {
        let (left, right) = (self.expression(&comparison.left), self.expression(&comparison.right));
        format!("{left}{}{right}", relation(comparison.relation))
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Plus => "+",
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Over => "/",
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::NotEqual => "<>",
        Relation::Less => "<",
        Relation::LessOrEqual => "<=",
        Relation::Greater => ">",
        Relation::GreaterOrEqual => ">=",
    }
}

/// The share of a weight that points are, 0 to 1.
pub(super) fn percent_of(points: Exact, weight: Exact) -> Result<Exact, Overflow> {
    Ok(points.over(weight)?.unwrap_or(Exact::ZERO))
}

/// Whether the edition's own checks hold for the inputs of an answer.
pub(super) fn is_doubtful(question: &Question, counts: &dyn Fn(&str) -> Option<Exact>) -> bool {
    question.checks.iter().any(|check| check.rule.holds(counts) == Ok(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_of_a_formula_has_as_many_digits_as_it_needs() {
        let fraction = |p, q| Exact::fraction(p, q).expect("a fraction");
        assert_eq!(decimal(fraction(1, 3)), "0.33333333333333333");
        assert_eq!(decimal(fraction(-5, 2)), "-2.5");
        assert_eq!(decimal(Exact::whole(12)), "12");
    }

    #[test]
    fn a_number_without_an_end_is_written_as_its_fraction() {
        assert_eq!(literal(Exact::fraction(1, 3).expect("a fraction")), "(1/3)");
        assert_eq!(literal(Exact::parse("0.67").expect("a number")), "0.67");
    }
}
