//! Points as whole multiples of one common fraction, so that adding and comparing many of them is exact
//! and quick.

use crate::instrument::{Exact, Overflow};

/// The common fraction: one unit is `1 / denominator` points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Units {
    denominator: i128,
}

impl Units {
    /// The largest unit in which every one of these figures is whole.
    pub(super) fn of(figures: impl IntoIterator<Item = Exact>) -> Result<Self, Overflow> {
        let denominator = figures.into_iter().try_fold(1, |common, figure| lcm(common, figure.parts().1));
        denominator.map(|denominator| Self { denominator })
    }

    /// A figure in units.
    pub(super) fn count(self, figure: Exact) -> Result<i128, Overflow> {
        let (numerator, denominator) = figure.parts();
        numerator.checked_mul(self.denominator / denominator).ok_or(Overflow)
    }
}

/// Finest unit; sums of all points of a sheet in it still fit.
const FINEST: i128 = 1 << 100;

fn lcm(left: i128, right: i128) -> Result<i128, Overflow> {
    let multiple = (left / gcd(left, right)).checked_mul(right);
    multiple.filter(|multiple| *multiple <= FINEST).ok_or(Overflow)
}

fn gcd(left: i128, right: i128) -> i128 {
    if right == 0 { left } else { gcd(right, left % right) }
}
