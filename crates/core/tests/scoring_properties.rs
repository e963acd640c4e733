//! What holds for every sheet of every shipped edition: bounds, monotony, independence of order, and that
//! what is written out reads back as the same.

#![allow(clippy::expect_used)]

use std::collections::BTreeMap;

use bening_core::instrument::{Direction, Exact, Form, Instrument, Question, shipped};
use bening_core::scoring::{Answer, Json, Points, Score, Sheet, UnitFile};
use proptest::prelude::*;
use proptest::sample::Index;

/// Choices of chance for one sheet: for each question whether it is answered, and three numbers.
type Chances = Vec<(Index, [u32; 4])>;

fn any_chances() -> impl Strategy<Value = Chances> {
    prop::collection::vec((any::<Index>(), prop::array::uniform4(0_u32..60)), 120)
}

fn edition(index: usize) -> &'static Instrument {
    shipped().iter().nth(index % 2).expect("two editions")
}

fn answer(
    edition: &Instrument,
    question: &Question,
    (choice, numbers): &(Index, [u32; 4]),
) -> Option<Answer> {
    match &edition.kind(&question.kind).expect("known").form {
        Form::Choice(answers) => {
            let chosen = choice.index(answers.len() + 1);
            answers.get(chosen).map(|answer| Answer::Choice(answer.answer.clone()))
        }
        Form::Ratio => {
            let counts = question.inputs.iter().zip(numbers).map(|(i, n)| (i.name.clone(), Exact::whole(*n)));
            Some(Answer::Counts(counts.collect::<BTreeMap<_, _>>()))
        }
        Form::Index { max, .. } => {
            let share = Exact::fraction(i128::from(numbers[0]), 60).expect("fits");
            Some(Answer::Index(max.times(share).expect("fits")))
        }
    }
}

fn sheet(edition: &Instrument, chances: &Chances) -> Sheet {
    edition.questions().zip(chances).fold(Sheet::default(), |sheet, ((_, _, question), chance)| {
        sheet.with(&question.code, answer(edition, question, chance))
    })
}

/// The same answer, one step better, if there is one.
fn improved(edition: &Instrument, question: &Question, answer: Option<&Answer>, step: u32) -> Option<Answer> {
    match (&edition.kind(&question.kind).expect("known").form, answer) {
        (Form::Choice(answers), Some(Answer::Choice(chosen))) => {
            let place = answers.iter().position(|known| known.answer == *chosen)?.checked_sub(1)?;
            Some(Answer::Choice(answers[place].answer.clone()))
        }
        (Form::Choice(answers), _) => answers.last().map(|worst| Answer::Choice(worst.answer.clone())),
        (Form::Index { max, .. }, Some(Answer::Index(index))) => {
            let more = index.plus(Exact::fraction(i128::from(step), 100).expect("fits")).expect("fits");
            Some(Answer::Index(more.min(*max)))
        }
        (Form::Ratio, Some(Answer::Counts(counts))) => {
            Some(Answer::Counts(better_counts(question, counts, step)))
        }
        _ => None,
    }
}

fn better_counts(
    question: &Question,
    counts: &BTreeMap<String, Exact>,
    step: u32,
) -> BTreeMap<String, Exact> {
    let mut better = counts.clone();
    for input in &question.inputs {
        let Some(count) = better.get_mut(&input.name) else { continue };
        *count = match input.better {
            Some(Direction::More) => count.plus(Exact::whole(step)).expect("fits"),
            Some(Direction::Less) => count.minus(Exact::whole(step)).expect("fits").max(Exact::ZERO),
            None => *count,
        };
    }
    better
}

fn all_points(score: &Score) -> Vec<Points> {
    let entries =
        [&score.areas, &score.area_parts, &score.subs].into_iter().flatten().map(|entry| entry.points);
    let questions = score.questions.iter().map(|question| question.points);
    entries.chain(questions).chain([score.total, score.pengungkit, score.hasil]).collect()
}

#[test]
fn every_ratio_says_which_direction_improves_it() {
    for edition in shipped().iter() {
        for (_, _, question) in edition.questions().filter(|(_, _, question)| question.formula.is_some()) {
            assert!(question.inputs.iter().any(|input| input.better.is_some()), "{}", question.code);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_score_lies_between_zero_and_its_weight(which in 0_usize..2, chances in any_chances()) {
        let edition = edition(which);
        let score = Score::of(edition, &sheet(edition, &chances)).expect("a score");
        for points in all_points(&score) {
            prop_assert!(points.score >= Exact::ZERO && points.score <= points.weight);
        }
        prop_assert_eq!(score.total.weight, edition.total_weight);
    }

    #[test]
    fn a_better_answer_never_lowers_any_score(
        which in 0_usize..2, chances in any_chances(), place in any::<Index>(), step in 1_u32..30,
    ) {
        let edition = edition(which);
        let sheet = sheet(edition, &chances);
        let (_, _, question) = edition.questions().nth(place.index(edition.questions().count())).expect("one");
        let Some(better) = improved(edition, question, sheet.get(&question.code), step) else { return Ok(()) };
        let before = Score::of(edition, &sheet).expect("a score");
        let after = Score::of(edition, &sheet.with(&question.code, Some(better))).expect("a score");
        for (before, after) in all_points(&before).iter().zip(all_points(&after)) {
            prop_assert!(after.score >= before.score, "{}", question.code);
        }
    }

    #[test]
    fn the_order_of_answering_does_not_matter(which in 0_usize..2, chances in any_chances(), turn in any::<Index>()) {
        let edition = edition(which);
        let sheet = sheet(edition, &chances);
        let mut answers: Vec<(String, Answer)> =
            sheet.iter().map(|(code, answer)| (code.to_owned(), answer.clone())).collect();
        let by = turn.index(answers.len().max(1));
        answers.rotate_left(by);
        answers.reverse();
        let again = answers.into_iter().fold(Sheet::default(), |sheet, (code, answer)| sheet.with(&code, Some(answer)));
        prop_assert_eq!(Score::of(edition, &again), Score::of(edition, &sheet));
    }

    #[test]
    fn a_sheet_written_out_reads_back_as_itself(which in 0_usize..2, chances in any_chances()) {
        let edition = edition(which);
        let sheet = sheet(edition, &chances);
        let text = serde_json::json!({"instrument": edition.id, "answers": sheet.to_json()}).to_string();
        let read = UnitFile::from_json(edition, &text).map(|file| file.sheet);
        prop_assert_eq!(read, Ok(Some(sheet)));
    }

    #[test]
    fn unanswered_questions_are_exactly_the_gaps(which in 0_usize..2, chances in any_chances()) {
        let edition = edition(which);
        let sheet = sheet(edition, &chances);
        let gaps = Score::of(edition, &sheet).expect("a score").gaps;
        let blank: Vec<String> = edition.questions().map(|(_, _, q)| q.code.clone()).filter(|c| sheet.get(c).is_none()).collect();
        prop_assert_eq!(gaps, blank);
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "[\\[\\]{}\",:0-9a-zA-Z.\\\\ -]{0,80}|\\PC{0,60}") {
        let edition = edition(1);
        let _ = (Json::parse(&text), UnitFile::from_json(edition, &text), Sheet::from_csv(edition, &text));
        let _ = (Sheet::from_csv(edition, &format!("code;input;answer\n{text}")), Instrument::parse("x", &text));
    }
}
