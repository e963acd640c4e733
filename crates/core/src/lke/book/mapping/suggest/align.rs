//! Questions and rows, both in order: the pairs that together fit best without crossing.

use super::super::words;
use super::row::Candidate;
use crate::instrument::{Instrument, Question};

/// Pairs of a row's place in the list and a question's code, and what they are worth together.
#[derive(Default)]
pub(super) struct Alignment {
    pub(super) worth: usize,
    pub(super) pairs: Vec<(usize, String)>,
}

/// The best pairs: each question and each row at most once, both in their order.
pub(super) fn align(edition: &Instrument, questions: &[&Question], rows: &[&Candidate]) -> Alignment {
    let asked: Vec<_> = questions.iter().map(|question| words::words(&question.label)).collect();
    let fit = |q: usize, r: usize| rows[r].worth(edition, questions[q], &asked[q]);
    // best[q][r]: what the questions from q on and the rows from r on are worth together.
    let mut best = vec![vec![0; rows.len() + 1]; questions.len() + 1];
    let mut fits = vec![vec![0; rows.len()]; questions.len()];
    for q in (0..questions.len()).rev() {
        for r in (0..rows.len()).rev() {
            let worth = fit(q, r);
            fits[q][r] = worth;
            let taken = if worth > 0 { worth + best[q + 1][r + 1] } else { 0 };
            best[q][r] = taken.max(best[q + 1][r]).max(best[q][r + 1]);
        }
    }
    let (mut pairs, mut q, mut r) = (Vec::new(), 0, 0);
    while q < questions.len() && r < rows.len() {
        if fits[q][r] > 0 && best[q][r] == fits[q][r] + best[q + 1][r + 1] {
            pairs.push((r, questions[q].code.clone()));
            (q, r) = (q + 1, r + 1);
        } else if best[q][r] == best[q + 1][r] {
            q += 1;
        } else {
            r += 1;
        }
    }
    Alignment { worth: best[0][0], pairs }
}
