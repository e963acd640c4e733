//! Exact fractions of any size. With missing answers every unsur has a denominator of its own, and the
//! product of nine of them does not fit a machine word; the worksheet's [`Exact`] would overflow there.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use crate::instrument::Exact;

/// An exact fraction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure(BigRational);

impl Figure {
    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        (denominator != 0).then(|| Self(BigRational::new(numerator.into(), denominator.into())))
    }

    /// A count.
    #[must_use]
    pub fn whole(count: u64) -> Self {
        Self(BigRational::from_integer(count.into()))
    }

    /// Sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    /// Difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// Quotient; `None` for a division by zero.
    #[must_use]
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// The mean; `None` of nothing.
    #[must_use]
    pub fn mean(figures: &[Self]) -> Option<Self> {
        let sum = figures.iter().fold(Self::zero(), |sum, figure| sum.plus(figure));
        sum.over(&Self::ratio(i128::try_from(figures.len()).ok()?, 1)?)
    }

    /// Rounded to so many decimals, half away from zero.
    #[must_use]
    pub fn rounded_to(&self, decimals: u32) -> Self {
        let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
        Self((&self.0 * &scale).round() / scale)
    }

    /// The text rounded to so many decimals, half away from zero (`3.60`).
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> String {
        let scale = BigInt::from(10).pow(decimals);
        let units = (&self.0 * BigRational::from_integer(scale.clone())).round().to_integer();
        let sign = if units.is_negative() { "-" } else { "" };
        let (whole, rest) = (units.abs() / &scale, units.abs() % &scale);
        if decimals == 0 {
            return format!("{sign}{whole}");
        }
        let rest = rest.to_string();
        let width = usize::try_from(decimals).unwrap_or(0);
        format!("{sign}{whole}.{rest:0>width$}")
    }

    /// Six decimals, of which zeros at the end are dropped down to two: `3.60`, `3.466667`.
    #[must_use]
    pub fn plain(&self) -> String {
        let text = self.rounded(6);
        let (kept, tail) = text.split_at(text.len() - 4);
        format!("{kept}{}", tail.trim_end_matches('0'))
    }

    /// As the worksheet's number; `None` when it does not fit one.
    #[must_use]
    pub fn to_exact(&self) -> Option<Exact> {
        let part = |number: &BigInt| i128::try_from(number).ok();
        Exact::fraction(part(self.0.numer())?, part(self.0.denom())?)
    }

    /// The square root, cut off after nine decimals; nothing for what is below zero. Whole-number
    /// arithmetic, so that every machine gives the same digits.
    #[must_use]
    pub fn root(&self) -> Self {
        let scale = BigInt::from(10).pow(9);
        let square = (&self.0 * BigRational::from_integer(&scale * &scale)).floor().to_integer();
        let root = if square.is_negative() { BigInt::zero() } else { square.sqrt() };
        Self(BigRational::new(root, scale))
    }
}

impl From<Exact> for Figure {
    fn from(exact: Exact) -> Self {
        let (numerator, denominator) = exact.parts();
        Self(BigRational::new(numerator.into(), denominator.into()))
    }
}

/// A fraction as it displays itself.
impl FromStr for Figure {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (numerator, denominator) = text.split_once('/').ok_or(())?;
        let whole = |text: &str| text.parse::<BigInt>().map_err(|_| ());
        let (numerator, denominator) = (whole(numerator)?, whole(denominator)?);
        if denominator.is_zero() { Err(()) } else { Ok(Self(BigRational::new(numerator, denominator))) }
    }
}

/// Always `p/q`, also for whole numbers, as [`Exact`] does.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}
