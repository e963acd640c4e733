//! Cronbach's alpha: do the questions measure one thing? Exact, over the respondents who answered all.

use super::figure::Figure;
use super::interval::whole_values;
use super::responses::Responses;

/// Sum and sum of squares.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    sum: i128,
    squares: i128,
}

impl Moments {
    fn add(&mut self, value: i64) {
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// The variance times the square of the count.
    fn variance(self, count: i128) -> i128 {
        count * self.squares - self.sum * self.sum
    }
}

/// Alpha; `None` for fewer than two questions or complete respondents, or when all of them score the same.
pub(super) fn alpha(responses: &Responses<'_>) -> Option<Figure> {
    let (values, _) = whole_values(&responses.scale.values)?;
    let questions = responses.layout.columns.len();
    let (mut items, mut total) = (vec![Moments::default(); questions], Moments::default());
    let mut count = 0;
    for row in responses.rows().filter(|row| !row.contains(&0)) {
        let scores = row.iter().map(|answer| values[usize::from(*answer) - 1]);
        items.iter_mut().zip(scores.clone()).for_each(|(item, score)| item.add(score));
        total.add(scores.sum());
        count += 1;
    }
    let parts: i128 = items.iter().map(|item| item.variance(count)).sum();
    let questions = i128::try_from(questions).ok()?;
    let spread = Figure::ratio(parts, total.variance(count))?;
    let factor = Figure::ratio(questions, questions - 1)?;
    Some(factor.times(&Figure::whole(1).minus(&spread)))
}
