//! Cohen's kappa, exact: how far two assessors agree beyond what chance would give.
//!
//! Categories are what an answer says: for a choice the chosen answer, for a ratio or an index what it is worth
//! (two readers who come to the same worth agree, whatever was only recorded). Not here: who read what.

use std::collections::BTreeMap;

use crate::instrument::{Exact, Form, Instrument, Overflow};
use crate::scoring::{Answer, answer_value};

/// Agreement over a number of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kappa {
    /// Pairs.
    pub n: u32,
    /// Pairs in which both said the same.
    pub agreed: u32,
    /// (observed − expected) / (1 − expected), between −1 and 1; `None` when there are no pairs or when chance alone
    /// would make both agree always.
    pub value: Option<Exact>,
}

/// What two assessors said, as categories.
pub type Pair<T> = (T, T);

/// Kappa over pairs of one kind of answer.
///
/// # Errors
/// [`Overflow`] when a number does not fit.
pub fn kappa<T: Ord>(pairs: &[Pair<T>]) -> Result<Kappa, Overflow> {
    stratified(&[pairs])
}

/// Kappa over several kinds of answers: what chance gives is reckoned within each kind and weighed by its pairs, so
/// that kinds whose answers cannot be mixed up do not make agreement look better than it is.
///
/// # Errors
/// [`Overflow`] when a number does not fit.
pub fn stratified<T: Ord>(strata: &[&[Pair<T>]]) -> Result<Kappa, Overflow> {
    let pairs = || strata.iter().copied().flatten();
    let n = count(pairs().count())?;
    let agreed = count(pairs().filter(|(first, second)| first == second).count())?;
    let expected = Exact::sum(strata.iter().map(|pairs| by_chance(pairs)).collect::<Result<Vec<_>, _>>()?)?;
    let beyond = Exact::whole(agreed).minus(expected)?;
    let value = beyond.over(Exact::whole(n).minus(expected)?)?;
    Ok(Kappa { n, agreed, value })
}

fn count(number: usize) -> Result<u32, Overflow> {
    u32::try_from(number).map_err(|_| Overflow)
}

/// How many of the pairs would agree if both had drawn their answers from their own urn.
fn by_chance<T: Ord>(pairs: &[Pair<T>]) -> Result<Exact, Overflow> {
    let mut marginals: BTreeMap<&T, (u32, u32)> = BTreeMap::new();
    for (first, second) in pairs {
        marginals.entry(first).or_default().0 += 1;
        marginals.entry(second).or_default().1 += 1;
    }
    let product = |(first, second): &(u32, u32)| Exact::whole(*first).times(Exact::whole(*second));
    let sum = Exact::sum(marginals.values().map(product).collect::<Result<Vec<_>, _>>()?)?;
    Ok(sum.over(Exact::whole(count(pairs.len())?))?.unwrap_or(Exact::ZERO))
}

/// The category of an answer; `None` when it does not belong to the question.
pub fn category(edition: &Instrument, code: &str, answer: &Answer) -> Option<String> {
    let (_, _, question) = edition.question(code)?;
    match (&edition.kind(&question.kind)?.form, answer) {
        (Form::Choice(_), Answer::Choice(chosen)) => Some(chosen.clone()),
        (Form::Choice(_), _) => None,
        _ => answer_value(edition, question, answer).ok().map(|worth| worth.to_string()),
    }
}
