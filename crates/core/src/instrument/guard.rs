//! Is every division in a formula guarded? A sound static analysis: a divisor is accepted only when it
//! is shown never to be zero for any inputs that are zero or more. It may refuse a safe formula, it
//! never accepts an unsafe one.

use super::exact::Exact;
use super::expression::{Comparison, Expression, Operator, Relation};

/// The first divisor that is not shown to be different from zero.
#[must_use]
pub fn unguarded_divisor(expression: &Expression) -> Option<&Expression> {
    find(expression, &Vec::new())
}

/// As [`unguarded_divisor`], for a comparison.
#[must_use]
pub fn unguarded_in_comparison(comparison: &Comparison) -> Option<&Expression> {
    find_in(comparison, &Vec::new())
}

/// Expressions known to differ from zero at this place.
type Known<'a> = Vec<&'a Expression>;

fn find<'a>(expression: &'a Expression, known: &Known<'a>) -> Option<&'a Expression> {
    match expression {
        Expression::Number(_) | Expression::Input(_) => None,
        Expression::Negative(inner) => find(inner, known),
        Expression::Min(items) | Expression::Max(items) => items.iter().find_map(|item| find(item, known)),
        Expression::Binary(operator, left, right) => find(left, known)
            .or_else(|| find(right, known))
            .or_else(|| (*operator == Operator::Over && !never_zero(right, known)).then_some(&**right)),
        Expression::If(condition, then, otherwise) => find_in(condition, known)
            .or_else(|| find(then, &with(known, condition, condition.relation)))
            .or_else(|| find(otherwise, &with(known, condition, condition.relation.negated()))),
    }
}

fn find_in<'a>(comparison: &'a Comparison, known: &Known<'a>) -> Option<&'a Expression> {
    find(&comparison.left, known).or_else(|| find(&comparison.right, known))
}

/// What is known where `comparison` holds with this relation.
fn with<'a>(known: &Known<'a>, comparison: &'a Comparison, relation: Relation) -> Known<'a> {
    let (left, right) = (&comparison.left, &comparison.right);
    let mut more = known.clone();
    if constant(right).is_some_and(|bound| excludes_zero(relation, bound)) {
        more.push(left);
    }
    if constant(left).is_some_and(|bound| excludes_zero(relation.mirrored(), bound)) {
        more.push(right);
    }
    more
}

/// Does `x relation bound` rule out `x = 0`?
fn excludes_zero(relation: Relation, bound: Exact) -> bool {
    match relation {
        Relation::Equal => !bound.is_zero(),
        Relation::NotEqual => bound.is_zero(),
        Relation::Greater => bound >= Exact::ZERO,
        Relation::GreaterOrEqual => bound > Exact::ZERO,
        Relation::Less => bound <= Exact::ZERO,
        Relation::LessOrEqual => bound < Exact::ZERO,
    }
}

fn never_zero(expression: &Expression, known: &Known<'_>) -> bool {
    let shown = known.contains(&expression)
        || constant(expression).is_some_and(|value| !value.is_zero())
        || lowest(expression).is_some_and(|value| value > Exact::ZERO);
    shown
        || match expression {
            Expression::Negative(inner) => never_zero(inner, known),
            Expression::Binary(Operator::Times, left, right) => {
                never_zero(left, known) && never_zero(right, known)
            }
            _ => false,
        }
}

/// The value of an expression without inputs.
fn constant(expression: &Expression) -> Option<Exact> {
    expression.inputs().is_empty().then(|| expression.value(&|_| None).ok()).flatten()
}

/// A number that the expression never goes below, when inputs are zero or more.
fn lowest(expression: &Expression) -> Option<Exact> {
    match expression {
        Expression::Number(number) => Some(*number),
        Expression::Input(_) => Some(Exact::ZERO),
        Expression::Max(items) => items.iter().filter_map(lowest).max(),
        Expression::Min(items) => {
            let bounds: Option<Vec<Exact>> = items.iter().map(lowest).collect();
            bounds?.into_iter().min()
        }
        Expression::If(_, then, otherwise) => Some(lowest(then)?.min(lowest(otherwise)?)),
        Expression::Binary(operator, left, right) => lowest_of(*operator, lowest(left)?, lowest(right)?),
        Expression::Negative(_) => None,
    }
}

fn lowest_of(operator: Operator, left: Exact, right: Exact) -> Option<Exact> {
    match operator {
        Operator::Plus => left.plus(right).ok(),
        Operator::Times if !left.is_negative() && !right.is_negative() => left.times(right).ok(),
        Operator::Over if !left.is_negative() && right > Exact::ZERO => Some(Exact::ZERO),
        _ => None,
    }
}
