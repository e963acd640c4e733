//! Counts that cannot be true, such as more finished than received. The edition says which rules are that
//! strict; a score never refuses (it clips and warns), but whoever takes an answer from a person does.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::sheet::{Sheet, SheetProblem};
use crate::instrument::expression::{Comparison, Expression, Operator, Relation};
use crate::instrument::{Exact, Instrument, Question, Severity};

type Counts = BTreeMap<String, Exact>;

/// Why this answer cannot be true, in Indonesian with both sides and their numbers; `None` when it can.
#[must_use]
pub fn absurd(edition: &Instrument, code: &str, answer: &Answer) -> Option<String> {
    let (Answer::Counts(counts), Some((_, _, question))) = (answer, edition.question(code)) else {
        return None;
    };
    let strict = question.checks.iter().filter(|check| check.severity == Severity::Refuse);
    strict
        .map(|check| &check.rule)
        .find(|rule| is_broken(rule, counts))
        .map(|rule| told(question, rule, counts))
}

/// Every answer of a sheet that cannot be true.
#[must_use]
pub fn absurdities(edition: &Instrument, sheet: &Sheet) -> Vec<SheetProblem> {
    let problem = |(code, answer)| Some(SheetProblem::new(code, absurd(edition, code, answer)?));
    sheet.iter().filter_map(problem).collect()
}

/// A rule whose inputs are not all given has nothing to say.
fn is_broken(rule: &Comparison, counts: &Counts) -> bool {
    matches!(rule.holds(&|name| counts.get(name).copied()), Ok(false))
}

fn told(question: &Question, rule: &Comparison, counts: &Counts) -> String {
    let sides = (side(question, &rule.left, counts), side(question, &rule.right, counts));
    match sides {
        (Some(left), Some(right)) => {
            format!(
                "isian tidak mungkin: {left} {} {right}; perbaiki isian yang keliru",
                words(rule.relation)
            )
        }
        _ => {
            let numbers = rule.inputs().into_iter().map(|name| named(question, name, counts));
            let numbers = numbers.collect::<Vec<_>>().join(", ");
            format!("isian tidak mungkin: {numbers} tidak memenuhi {rule}; perbaiki isian yang keliru")
        }
    }
}

/// One input, or the sum of some; nothing else can be said in words.
fn side(question: &Question, side: &Expression, counts: &Counts) -> Option<String> {
    let names = summands(side)?;
    Some(names.into_iter().map(|name| named(question, name, counts)).collect::<Vec<_>>().join(" + "))
}

fn summands(side: &Expression) -> Option<Vec<&str>> {
    match side {
        Expression::Input(name) => Some(vec![name]),
        Expression::Binary(Operator::Plus, left, right) => Some([summands(left)?, summands(right)?].concat()),
        _ => None,
    }
}

fn named(question: &Question, name: &str, counts: &Counts) -> String {
    let label = question.inputs.iter().find(|input| input.name == name).map_or(name, |input| &input.label);
    let count = counts.get(name).map_or_else(|| "?".to_owned(), |count| count.plain());
    format!("\"{label}\" ({count})")
}

fn words(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "harus sama dengan",
        Relation::NotEqual => "tidak boleh sama dengan",
        Relation::Less => "harus kurang dari",
        Relation::LessOrEqual => "tidak boleh lebih dari",
        Relation::Greater => "harus lebih dari",
        Relation::GreaterOrEqual => "tidak boleh kurang dari",
    }
}
