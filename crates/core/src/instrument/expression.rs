//! The small safe language of ratio formulas: arithmetic, `min`, `max`, `if`, comparison. No loops, no
//! state, no floats; size and depth are limited by the parser. Evaluation and plain text live here.

use std::collections::BTreeSet;
use std::fmt;

use super::exact::{Exact, Overflow};

/// A formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number written in the formula.
    Number(Exact),
    /// A named input.
    Input(String),
    /// The opposite.
    Negative(Box<Expression>),
    /// Two operands.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// The smallest of some.
    Min(Vec<Expression>),
    /// The largest of some.
    Max(Vec<Expression>),
    /// One of two, after a comparison; only the chosen one is computed.
    If(Box<Comparison>, Box<Expression>, Box<Expression>),
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

/// A comparison of two expressions.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Left side.
    pub left: Expression,
    /// How they compare.
    pub relation: Relation,
    /// Right side.
    pub right: Expression,
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// An input was not given.
    #[error("isian \"{0}\" belum ada")]
    Missing(String),
    /// A division by zero; a checked edition never has one.
    #[error("pembagian dengan nol pada rumus")]
    DivisionByZero,
    /// Too large.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

type Value = Result<Exact, EvaluationError>;

impl Expression {
    /// The value for these inputs.
    ///
    /// # Errors
    /// [`EvaluationError`] when an input is missing, a divisor is zero, or a number does not fit.
    pub fn value(&self, inputs: &dyn Fn(&str) -> Option<Exact>) -> Value {
        match self {
            Self::Number(number) => Ok(*number),
            Self::Input(name) => inputs(name).ok_or_else(|| EvaluationError::Missing(name.clone())),
            Self::Negative(inner) => Ok(inner.value(inputs)?.negated()),
            Self::Binary(operator, left, right) => operator.apply(left.value(inputs)?, right.value(inputs)?),
            Self::Min(items) => extreme(items, inputs, Exact::min),
            Self::Max(items) => extreme(items, inputs, Exact::max),
            Self::If(condition, then, otherwise) => {
                if condition.holds(inputs)? {
                    then.value(inputs)
                } else {
                    otherwise.value(inputs)
                }
            }
        }
    }

    /// Names of all inputs used.
    #[must_use]
    pub fn inputs(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.walk(&mut |expression| {
            if let Self::Input(name) = expression {
                names.insert(name.as_str());
            }
        });
        names
    }

    /// Visits this expression and everything in it.
    pub(super) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit(self);
        match self {
            Self::Number(_) | Self::Input(_) => {}
            Self::Negative(inner) => inner.walk(visit),
            Self::Binary(_, left, right) => [left, right].into_iter().for_each(|side| side.walk(visit)),
            Self::Min(items) | Self::Max(items) => items.iter().for_each(|item| item.walk(visit)),
            Self::If(condition, then, otherwise) => {
                condition.walk(visit);
                then.walk(visit);
                otherwise.walk(visit);
            }
        }
    }
}

impl Operator {
    fn apply(self, left: Exact, right: Exact) -> Value {
        match self {
            Self::Plus => Ok(left.plus(right)?),
            Self::Minus => Ok(left.minus(right)?),
            Self::Times => Ok(left.times(right)?),
            Self::Over => left.over(right)?.ok_or(EvaluationError::DivisionByZero),
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }
}

impl Comparison {
    /// Does it hold for these inputs?
    ///
    /// # Errors
    /// As [`Expression::value`].
    pub fn holds(&self, inputs: &dyn Fn(&str) -> Option<Exact>) -> Result<bool, EvaluationError> {
        Ok(self.relation.holds(self.left.value(inputs)?, self.right.value(inputs)?))
    }

    /// Names of all inputs used.
    #[must_use]
    pub fn inputs(&self) -> BTreeSet<&str> {
        let mut names = self.left.inputs();
        names.extend(self.right.inputs());
        names
    }

    pub(super) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        self.left.walk(visit);
        self.right.walk(visit);
    }
}

impl Relation {
    fn holds(self, left: Exact, right: Exact) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }

    /// The relation that holds exactly when this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::GreaterOrEqual => Self::Less,
            Self::Greater => Self::LessOrEqual,
            Self::LessOrEqual => Self::Greater,
        }
    }

    /// The same relation seen from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::Greater => Self::Less,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// The formula as it could be written in an edition; every pair of operands in brackets but the outer.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&number.literal()),
            Self::Input(name) => f.write_str(name),
            Self::Negative(inner) => write!(f, "-{}", Operand(inner)),
            Self::Binary(operator, left, right) => {
                write!(f, "{} {} {}", Operand(left), operator.symbol(), Operand(right))
            }
            Self::Min(items) => write!(f, "min({})", List(items)),
            Self::Max(items) => write!(f, "max({})", List(items)),
            Self::If(condition, then, otherwise) => {
                write!(f, "if({condition}, {then}, {otherwise})")
            }
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, self.relation.symbol(), self.right)
    }
}

struct Operand<'a>(&'a Expression);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expression::Binary(..) | Expression::Negative(_) => write!(f, "({})", self.0),
            simple => write!(f, "{simple}"),
        }
    }
}

struct List<'a>(&'a [Expression]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, item) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{item}")?;
        }
        Ok(())
    }
}

fn extreme(
    items: &[Expression],
    inputs: &dyn Fn(&str) -> Option<Exact>,
    choose: fn(Exact, Exact) -> Exact,
) -> Value {
    let mut values = items.iter().map(|item| item.value(inputs));
    let first = values.next().unwrap_or(Ok(Exact::ZERO))?;
    values.try_fold(first, |best, value| Ok(choose(best, value?)))
}
