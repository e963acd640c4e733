//! Exact numbers: three thirds are one, rounding is half away from zero, nothing panics.

#![allow(clippy::expect_used)]

use bening_core::instrument::{Exact, NumberError};
use proptest::prelude::*;

fn fraction(numerator: i128, denominator: i128) -> Exact {
    Exact::fraction(numerator, denominator).expect("fits")
}

#[test]
fn three_times_one_third_is_one() {
    let third = fraction(1, 3);
    assert_eq!(Exact::sum([third, third, third]), Ok(Exact::ONE));
    assert_ne!(Exact::sum([fraction(33, 100); 3]), Ok(Exact::ONE));
}

#[test]
fn display_rounds_half_away_from_zero_to_two_decimals() {
    for (numerator, denominator, shown) in [
        (1, 200, "0.01"),
        (-1, 200, "-0.01"),
        (-1, 201, "0.00"),
        (2, 3, "0.67"),
        (1005, 1000, "1.01"),
        (-1005, 1000, "-1.01"),
        (15_745_625, 1_000_000, "15.75"),
        (74_995, 1000, "75.00"),
        (74_994, 1000, "74.99"),
        (100, 1, "100.00"),
    ] {
        assert_eq!(fraction(numerator, denominator).rounded(), shown);
    }
}

#[test]
fn decimals_are_read_with_comma_or_point_and_nothing_else() {
    assert_eq!(Exact::parse(" 3,60 "), Exact::parse("3.6"));
    assert_eq!(Exact::parse("-0.5"), Ok(fraction(-1, 2)));
    assert_eq!(Exact::parse("3.59999999999999999999").map(|n| n < fraction(36, 10)), Ok(true));
    for text in ["", ".", "1.", ".5", "1.234,5", "1 000", "1e3", "NaN", "inf", "+1", "--1", "１", "0x1"] {
        assert_eq!(Exact::parse(text), Err(NumberError::NotANumber), "{text}");
    }
    assert_eq!(Exact::parse(&"9".repeat(60)), Err(NumberError::TooLong));
}

#[test]
fn plain_is_the_shortest_exact_text() {
    assert_eq!(fraction(1, 8).plain(), "0.125");
    assert_eq!(fraction(-7, 2).plain(), "-3.5");
    assert_eq!(fraction(12, 1).plain(), "12");
    assert_eq!(fraction(1, 3).plain(), "1/3");
    assert_eq!(fraction(12, 1).to_string(), "12/1");
}

#[test]
fn a_stored_fraction_reads_back_and_a_broken_one_does_not() {
    assert_eq!("22/6".parse(), Ok(fraction(11, 3)));
    for text in ["1/0", "/3", "1/", "1/2/3", "0.5/2", "1e3/2"] {
        assert_eq!(text.parse::<Exact>(), Err(NumberError::NotANumber), "{text}");
    }
}

proptest! {
    #[test]
    fn rounding_is_the_nearest_hundredth(numerator in -1_000_000_i128..1_000_000, denominator in 1_i128..5_000) {
        let shown = Exact::parse(&fraction(numerator, denominator).rounded()).expect("decimal");
        let distance = shown.minus(fraction(numerator, denominator)).expect("fits");
        prop_assert!(distance <= fraction(1, 200) && distance >= fraction(-1, 200));
    }

    #[test]
    fn what_is_printed_plainly_reads_back(numerator in any::<i64>(), power in 0_u32..6) {
        let number = fraction(i128::from(numerator), 10_i128.pow(power));
        prop_assert_eq!(Exact::parse(&number.plain()), Ok(number));
        prop_assert_eq!(number.to_string().parse(), Ok(number));
    }

    #[test]
    fn arithmetic_at_the_limits_overflows_and_never_panics(
        a in any::<i128>(), b in any::<i128>(), c in any::<i128>(), d in any::<i128>(), shift in 0_u32..127,
    ) {
        let (x, y) = (Exact::fraction(a >> shift, b >> shift), Exact::fraction(c >> 9, d >> 9));
        if let (Some(x), Some(y)) = (x, y) {
            let _ = (x.plus(y), x.minus(y), x.times(y), x.over(y), x < y);
            let _ = (x.rounded(), x.plain(), x.to_string(), x.clipped(), x.negated());
        }
    }
}
