//! Ways to fill a worksheet, each the same every time.

use std::collections::BTreeMap;

use bening_core::instrument::{Exact, Form, Instrument, Question};
use bening_core::scoring::{Answer, Sheet};

/// How a worksheet is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Not at all.
    Empty,
    /// The best answer everywhere.
    Best,
    /// The worst answer everywhere.
    Worst,
    /// Every count is zero; other answers by chance.
    Zero,
    /// Counts that make ratios above one; other answers by chance.
    AboveOne,
    /// By chance, some questions left open.
    Chance,
}

/// Ten ways, the last five by different chance.
pub(crate) const WAYS: [Way; 10] = [
    Way::Empty,
    Way::Best,
    Way::Worst,
    Way::Zero,
    Way::AboveOne,
    Way::Chance,
    Way::Chance,
    Way::Chance,
    Way::Chance,
    Way::Chance,
];

/// Numbers that look like chance.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

/// A worksheet of this edition, filled this way.
pub(crate) fn sheet(edition: &Instrument, way: Way, seed: u64) -> Sheet {
    let mut dice = Dice(seed);
    edition.questions().fold(Sheet::default(), |sheet, (_, _, question)| {
        let answer = answer(edition, question, way, &mut dice);
        sheet.with(&question.code, answer)
    })
}

fn answer(edition: &Instrument, question: &Question, way: Way, dice: &mut Dice) -> Option<Answer> {
    let is_left_open = way == Way::Empty || (way == Way::Chance && dice.below(6) == 0);
    if is_left_open {
        return None;
    }
    Some(match &edition.kind(&question.kind).expect("a known kind").form {
        Form::Choice(answers) => {
            let place = match way {
                Way::Best => 0,
                Way::Worst => answers.len() - 1,
                _ => dice.below(answers.len()),
            };
            Answer::Choice(answers[place].answer.clone())
        }
        Form::Index { max, .. } => Answer::Index(index(*max, way, dice)),
        Form::Ratio => Answer::Counts(counts(question, way, dice)),
    })
}

fn index(max: Exact, way: Way, dice: &mut Dice) -> Exact {
    let hundredths = match way {
        Way::Best => 100,
        Way::Worst => 0,
        _ => dice.below(101),
    };
    max.times(Exact::fraction(hundredths as i128, 100).expect("fits")).expect("fits")
}

fn counts(question: &Question, way: Way, dice: &mut Dice) -> BTreeMap<String, Exact> {
    let count = |place: usize, better: bool, dice: &mut Dice| match way {
        Way::Zero => 0,
        Way::AboveOne => 3 + 10 * place + dice.below(3),
        Way::Best => 7,
        Way::Worst => {
            if better {
                0
            } else {
                7
            }
        }
        _ => dice.below(40),
    };
    let inputs = question.inputs.iter().enumerate();
    inputs
        .map(|(place, input)| {
            let number = count(place, input.better.is_some(), dice);
            (input.name.clone(), Exact::whole(u32::try_from(number).expect("small")))
        })
        .collect()
}
