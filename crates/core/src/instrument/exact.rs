//! Exact numbers: rationals with checked arithmetic, decimal reading and display rounding.
//! No floating point comes near a score; what does not fit is [`Overflow`], never a panic.

use std::fmt;
use std::str::FromStr;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

/// Largest numerator or denominator kept. Rounding multiplies by 200, which must still fit an `i128`.
const LIMIT: i128 = 1 << 118;

/// Longest run of digits read from a text; real counts and weights stay far below it.
const MAX_DIGITS: usize = 24;

/// The result does not fit: the inputs are far larger or finer than any worksheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("angka terlalu besar atau terlalu rinci untuk dihitung secara tepat; periksa isian rasio dan indeks")]
pub struct Overflow;

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not digits with at most one decimal separator.
    #[error("bukan angka; tulis misalnya 12 atau 3,60")]
    NotANumber,
    /// More digits than any worksheet needs.
    #[error("angka terlalu panjang")]
    TooLong,
}

/// An exact rational number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(Ratio<i128>);

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// The whole of one.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// A whole number.
    #[must_use]
    pub fn whole(value: u32) -> Self {
        Self(Ratio::from_integer(i128::from(value)))
    }

    /// The fraction `numerator / denominator`; `None` when the denominator is zero or it does not fit.
    #[must_use]
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Self> {
        let fits = |n: i128| n.unsigned_abs() <= LIMIT.unsigned_abs();
        (denominator != 0 && fits(numerator) && fits(denominator))
            .then(|| Self(Ratio::new(numerator, denominator)))
    }

    /// Reads `12`, `3.60` or `3,60` (sign allowed). One separator at most: `1.234,5` is refused.
    ///
    /// # Errors
    /// [`NumberError`] when the text is no such number.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
        if !all_digits(whole) || !all_digits(decimals) {
            return Err(NumberError::NotANumber);
        }
        let magnitude = from_digits(whole, decimals.trim_end_matches('0'))?;
        Ok(if negative { Self(-magnitude.0) } else { magnitude })
    }

    /// Sum.
    ///
    /// # Errors
    /// [`Overflow`] when the result does not fit.
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        fitting(self.0.checked_add(&other.0))
    }

    /// Difference.
    ///
    /// # Errors
    /// [`Overflow`] when the result does not fit.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        fitting(self.0.checked_sub(&other.0))
    }

    /// Product.
    ///
    /// # Errors
    /// [`Overflow`] when the result does not fit.
    pub fn times(self, other: Self) -> Result<Self, Overflow> {
        fitting(self.0.checked_mul(&other.0))
    }

    /// Quotient; `Ok(None)` for a division by zero.
    ///
    /// # Errors
    /// [`Overflow`] when the result does not fit.
    pub fn over(self, other: Self) -> Result<Option<Self>, Overflow> {
        if other.is_zero() {
            return Ok(None);
        }
        fitting(self.0.checked_div(&other.0)).map(Some)
    }

    /// Sum of many.
    ///
    /// # Errors
    /// [`Overflow`] when the result does not fit.
    pub fn sum(numbers: impl IntoIterator<Item = Self>) -> Result<Self, Overflow> {
        numbers.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The opposite number.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Cut to 0…1, as every question score is.
    #[must_use]
    pub fn clipped(self) -> Self {
        self.clamp(Self::ZERO, Self::ONE)
    }

    /// Is it nothing?
    #[must_use]
    pub fn is_zero(self) -> bool {
        *self.0.numer() == 0
    }

    /// Is it below zero?
    #[must_use]
    pub fn is_negative(self) -> bool {
        *self.0.numer() < 0
    }

    /// Is it a whole number?
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The nearest whole number, half away from zero.
    #[must_use]
    pub fn nearest(self) -> i128 {
        self.0.round().to_integer()
    }

    /// Numerator and denominator in lowest terms; the denominator is above zero.
    #[must_use]
    pub fn parts(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }

    /// For display only: two decimals, half away from zero, decimal point (`-0.67`).
    #[must_use]
    pub fn rounded(self) -> String {
        let (numerator, denominator) = (self.0.numer().unsigned_abs(), self.0.denom().unsigned_abs());
        let (whole, rest) = (numerator / denominator, numerator % denominator);
        let hundredths = whole * 100 + (rest * 200 + denominator) / (denominator * 2);
        let sign = if self.is_negative() && hundredths > 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// The plain decimal text when it ends within twelve decimals (`0.125`), else the fraction (`1/3`).
    #[must_use]
    pub fn plain(self) -> String {
        self.within(12)
    }

    /// As a number that was read would be written again: every number that [`Exact::parse`] reads ends within the
    /// digits it allows.
    #[must_use]
    pub fn literal(self) -> String {
        self.within(MAX_DIGITS)
    }

    fn within(self, most: usize) -> String {
        let denominator = *self.0.denom();
        let mut scale: i128 = 1;
        for decimals in 0..=most {
            if scale % denominator == 0 {
                return self.with_decimals(scale, decimals);
            }
            scale *= 10;
        }
        self.to_string()
    }

    /// Always a decimal text: exact when it ends within twelve decimals, else rounded for display.
    #[must_use]
    pub fn plain_or_rounded(self) -> String {
        let plain = self.plain();
        if plain.contains('/') { self.rounded() } else { plain }
    }

    /// For display only: whole numbers without decimals, all others with two.
    #[must_use]
    pub fn rounded_or_whole(self) -> String {
        if self.is_whole() { self.plain() } else { self.rounded() }
    }

    fn with_decimals(self, scale: i128, decimals: usize) -> String {
        let Ok(scaled) = fitting(self.0.checked_mul(&Ratio::from_integer(scale))) else {
            return self.to_string();
        };
        let units = scaled.0.to_integer();
        let sign = if units < 0 { "-" } else { "" };
        let (whole, rest) = (units.abs() / scale, units.abs() % scale);
        if decimals == 0 {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}.{rest:0decimals$}")
    }
}

/// Always `p/q`, also for whole numbers (`3/1`), so that a reader can split it blindly.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}

/// A decimal as [`Exact::parse`] reads it, or a fraction as [`Exact`] displays itself: for stored figures.
impl FromStr for Exact {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let Some((numerator, denominator)) = text.split_once('/') else { return Self::parse(text) };
        let whole = |text: &str| text.trim().parse::<i128>().map_err(|_| NumberError::NotANumber);
        Self::fraction(whole(numerator)?, whole(denominator)?).ok_or(NumberError::NotANumber)
    }
}

impl serde::Serialize for Exact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Exact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn from_digits(whole: &str, decimals: &str) -> Result<Exact, NumberError> {
    let digits = format!("{}{decimals}", whole.trim_start_matches('0'));
    if digits.len() > MAX_DIGITS {
        return Err(NumberError::TooLong);
    }
    let numerator: i128 =
        if digits.is_empty() { 0 } else { digits.parse().map_err(|_| NumberError::TooLong)? };
    let scale = u32::try_from(decimals.len()).ok().and_then(|n| 10_i128.checked_pow(n));
    scale.and_then(|scale| Exact::fraction(numerator, scale)).ok_or(NumberError::TooLong)
}

fn fitting(result: Option<Ratio<i128>>) -> Result<Exact, Overflow> {
    let fits = |n: i128| n.unsigned_abs() <= LIMIT.unsigned_abs();
    result.filter(|ratio| fits(*ratio.numer()) && fits(*ratio.denom())).map(Exact).ok_or(Overflow)
}
