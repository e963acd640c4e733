//! Teams of internal assessors, the draw of second readings and agreement, over pure functions.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use bening_core::id::{LkeId, PersonId, ReadingId, TeamId, UnitId};
use bening_core::instrument::{Exact, Instrument, shipped};
use bening_core::lke::{Entry, Filled, Layer, LayerState, Lke};
use bening_core::scoring::Answer;
use bening_core::team::edit::{self, Refusal};
use bening_core::team::kappa::{self, kappa, stratified};
use bening_core::team::reading::{self, Draw, drawn};
use bening_core::team::standing::{Stage, Standing, distances};
use bening_core::team::{Candidate, Norms, Seat, Team};
use bening_core::time::Year;
use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn year() -> Year {
    Year::new(2020).unwrap()
}

fn unit(number: u128) -> UnitId {
    UnitId(id(number))
}

fn team(number: u128) -> TeamId {
    TeamId(id(number))
}

fn assessor(number: u128, seats: &[Seat]) -> Candidate {
    Candidate {
        person: PersonId(id(number)),
        seats: seats.iter().copied().collect(),
        own_units: BTreeSet::new(),
        conflicts: BTreeSet::new(),
    }
}

fn two_teams() -> Vec<Team> {
    let mut teams = Vec::new();
    for number in [1, 2] {
        edit::form(&mut teams, Team::empty(team(number), year(), format!("Tim {number}"))).unwrap();
    }
    teams
}

type Table = [(&'static str, &'static str, usize)];

fn pairs(table: &Table) -> Vec<(&'static str, &'static str)> {
    table.iter().flat_map(|(first, second, times)| std::iter::repeat_n((*first, *second), *times)).collect()
}

#[test]
fn kappa_is_what_is_reckoned_by_hand() {
    let yes_no = |yes, only_first, only_second, no| {
        pairs(&[
            ("Ya", "Ya", yes),
            ("Ya", "Tidak", only_first),
            ("Tidak", "Ya", only_second),
            ("Tidak", "Tidak", no),
        ])
    };
    let by_hand = [
        (yes_no(20, 5, 10, 15), (2, 5)),   // observed 7/10, by chance 1/2
        (yes_no(45, 15, 25, 15), (3, 23)), // observed 3/5, by chance 27/50
        (yes_no(25, 35, 5, 35), (7, 27)),  // observed 3/5, by chance 23/50
        (pairs(&[("A", "B", 1), ("B", "A", 1)]), (-1, 1)),
        (pairs(&[("A", "A", 3), ("B", "B", 4), ("C", "C", 5)]), (1, 1)),
    ];
    for (pairs, (above, below)) in by_hand {
        let found = kappa(&pairs).unwrap();
        assert_eq!(found.value, Exact::fraction(above, below), "{pairs:?}");
        assert_eq!(found.n as usize, pairs.len());
    }
}

#[test]
fn kappa_says_nothing_without_pairs_or_when_both_always_say_the_same_one_thing() {
    let none = kappa::<&str>(&[]).unwrap();
    assert_eq!((none.n, none.value), (0, None));
    let always = kappa(&pairs(&[("Ya", "Ya", 9)])).unwrap();
    assert_eq!((always.n, always.agreed, always.value), (9, 9, None));
}

#[test]
fn kinds_of_answers_that_cannot_be_mixed_up_do_not_make_agreement_look_better() {
    let coin = pairs(&[("Ya", "Ya", 1), ("Ya", "Tidak", 1), ("Tidak", "Ya", 1), ("Tidak", "Tidak", 1)]);
    let letters = pairs(&[("A", "A", 1), ("A", "B", 1), ("B", "A", 1), ("B", "B", 1)]);
    assert_eq!(stratified(&[&coin, &letters]).unwrap().value, Some(Exact::ZERO));
    let pooled: Vec<_> = coin.iter().chain(&letters).copied().collect();
    assert_ne!(kappa(&pooled).unwrap().value, Some(Exact::ZERO));
}

proptest! {
    #[test]
    fn kappa_lies_between_minus_one_and_one(pairs in prop::collection::vec((0_u8..4, 0_u8..4), 0..60)) {
        if let Some(value) = kappa(&pairs).unwrap().value {
            prop_assert!(Exact::whole(1).negated() <= value && value <= Exact::whole(1));
        }
    }

    #[test]
    fn kappa_does_not_ask_who_came_first(pairs in prop::collection::vec((0_u8..4, 0_u8..4), 0..60)) {
        let turned: Vec<_> = pairs.iter().map(|(first, second)| (*second, *first)).collect();
        prop_assert_eq!(kappa(&pairs).unwrap(), kappa(&turned).unwrap());
    }

    #[test]
    fn the_same_seed_draws_the_same_share_rounded_up(
        seed in "[a-f0-9]{8}",
        number in 1_usize..120,
        percent in 1_u32..=100,
    ) {
        let codes: Vec<String> = (0..number).map(|n| format!("P{n}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let share = Exact::fraction(i128::from(percent), 100).unwrap();
        let first = drawn(&seed, share, &codes);
        prop_assert_eq!(first.len(), (number * percent as usize).div_ceil(100));
        let backwards: Vec<&str> = codes.iter().rev().copied().collect();
        prop_assert_eq!(&first, &drawn(&seed, share, &backwards));
        prop_assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len());
    }
}

#[test]
fn every_question_is_drawn_about_as_often_as_the_share_says() {
    let codes: Vec<String> = (0..20).map(|n| format!("P{n}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let mut times = BTreeMap::new();
    for seed in 0..1000 {
        for code in drawn(&format!("benih {seed}"), Exact::fraction(1, 10).unwrap(), &codes) {
            *times.entry(code).or_insert(0) += 1;
        }
    }
    assert_eq!(times.len(), codes.len());
    assert!(times.values().all(|times| (60..140).contains(times)), "{times:?}");
}

#[test]
fn a_seat_fits_the_role() {
    let mut teams = two_teams();
    let member = assessor(11, &[Seat::Member]);
    assert_eq!(edit::seat(&mut teams, team(1), &member, Seat::Member), Ok(()));
    let refused = edit::seat(&mut teams, team(1), &member, Seat::Lead);
    assert_eq!(refused, Err(Refusal::RoleMissing("Ketua tim", "Ketua TPI")));
}

#[test]
fn a_team_has_one_lead_and_one_controller_but_many_members() {
    let mut teams = two_teams();
    for (first, second, seat) in [(11, 12, Seat::Lead), (13, 14, Seat::Controller)] {
        edit::seat(&mut teams, team(1), &assessor(first, &[seat]), seat).unwrap();
        let refused = edit::seat(&mut teams, team(1), &assessor(second, &[seat]), seat);
        assert_eq!(refused, Err(Refusal::SeatTaken(seat.title())));
    }
    for member in [15, 16] {
        edit::seat(&mut teams, team(1), &assessor(member, &[Seat::Member]), Seat::Member).unwrap();
    }
    assert_eq!(teams[0].members.len(), 4);
}

#[test]
fn a_conflict_of_interest_is_refused_from_either_side() {
    let mut teams = two_teams();
    let bound = Candidate { conflicts: [unit(21)].into(), ..assessor(11, &[Seat::Member]) };
    edit::give_unit(&mut teams, team(1), unit(21), &[]).unwrap();
    assert_eq!(edit::seat(&mut teams, team(1), &bound, Seat::Member), Err(Refusal::Conflict));
    edit::seat(&mut teams, team(2), &bound, Seat::Member).unwrap();
    edit::take_unit(&mut teams, team(1), unit(21)).unwrap();
    let given = edit::give_unit(&mut teams, team(2), unit(21), std::slice::from_ref(&bound));
    assert_eq!(given, Err(Refusal::Conflict));
    assert!(teams[1].units.is_empty());
}

#[test]
fn nobody_assesses_the_unit_they_work_at() {
    let mut teams = two_teams();
    edit::give_unit(&mut teams, team(1), unit(21), &[]).unwrap();
    let local = Candidate { own_units: [unit(21)].into(), ..assessor(11, &[Seat::Member]) };
    assert_eq!(edit::seat(&mut teams, team(1), &local, Seat::Member), Err(Refusal::OwnUnit));
}

#[test]
fn a_unit_belongs_to_one_team_a_year() {
    let mut teams = two_teams();
    edit::give_unit(&mut teams, team(1), unit(21), &[]).unwrap();
    let taken = edit::give_unit(&mut teams, team(2), unit(21), &[]);
    assert_eq!(taken, Err(Refusal::UnitTaken("Tim 1".to_owned())));
    assert_eq!(edit::give_unit(&mut teams, team(1), unit(21), &[]), Err(Refusal::UnitHere));
}

#[test]
fn a_team_is_dissolved_only_without_units_and_its_name_is_its_own() {
    let mut teams = two_teams();
    edit::give_unit(&mut teams, team(1), unit(21), &[]).unwrap();
    assert_eq!(edit::dissolve(&mut teams, team(1)), Err(Refusal::HasUnits));
    let letter = edit::Letter::default();
    let taken = edit::describe(&mut teams, team(2), "tim 1", &letter);
    assert_eq!(taken, Err(Refusal::NameTaken("Tim 1".to_owned())));
    assert_eq!(edit::describe(&mut teams, team(2), " ", &letter), Err(Refusal::NameMissing));
    edit::dissolve(&mut teams, team(2)).unwrap();
    assert_eq!(teams.len(), 1);
}

#[test]
fn a_conflict_is_declared_once_and_with_a_reason() {
    let (person, now) = (PersonId(id(11)), DateTime::UNIX_EPOCH);
    assert_eq!(edit::declare(&[], person, unit(21), "saudara", now), Err(Refusal::ReasonNeeded));
    let conflict = edit::declare(&[], person, unit(21), "adik saya bekerja di sana", now).unwrap();
    let again = edit::declare(std::slice::from_ref(&conflict), person, unit(21), "adik saya di sana", now);
    assert_eq!(again, Err(Refusal::DeclaredAlready));
}

#[test]
fn the_norms_that_come_with_bening_are_sound_and_unsound_ones_are_refused() {
    assert!(Norms::shipped().unwrap().load.units_per_team > 0);
    for broken in ["share = \"0\"", "share = \"1.5\"", "share = \"-1\""] {
        let text = include_str!("../../../instruments/assessment.toml").replace("share = \"0.1\"", broken);
        assert!(Norms::parse(&text).is_err(), "{broken}");
    }
}

fn edition() -> &'static Instrument {
    shipped().iter().next().unwrap()
}

fn chosen(answer: &str) -> Entry {
    let (by, at) = (PersonId(id(42)), DateTime::UNIX_EPOCH);
    Entry { answer: Some(Answer::Choice(answer.to_owned())), note: String::new(), by, at }
}

/// A submitted sheet in which every question with choices has its first answer.
fn sheet() -> Lke {
    let mut lke = Lke::empty(LkeId(id(31)), unit(21), year(), edition().id.clone());
    let filled = lke.layers.get_mut(&Layer::Unit).unwrap();
    for (_, _, question) in edition().questions() {
        if let Some(option) = question.options.first() {
            filled.entries.insert(question.code.clone(), chosen(&option.answer));
        }
    }
    filled.state = LayerState::Submitted { by: PersonId(id(41)), at: DateTime::UNIX_EPOCH };
    lke
}

fn begin(lke: &Lke, teams: &[Team], reader: &Candidate) -> Result<reading::Reading, reading::Refusal> {
    let share = Exact::fraction(1, 10).unwrap();
    let draw = Draw { seed: "benih".to_owned(), share, at: DateTime::UNIX_EPOCH };
    reading::begin(ReadingId(id(51)), lke, teams, reader, &[], draw)
}

#[test]
fn a_second_reading_goes_to_a_free_assessor_who_is_not_on_the_team() {
    let (lke, mut teams) = (sheet(), two_teams());
    let reader = assessor(11, &[Seat::Member]);
    assert!(begin(&lke, &teams, &reader).is_ok());
    assert_eq!(begin(&lke, &teams, &assessor(12, &[])), Err(reading::Refusal::NotAnAssessor));
    let bound = Candidate { conflicts: [unit(21)].into(), ..reader.clone() };
    assert_eq!(begin(&lke, &teams, &bound), Err(reading::Refusal::NotFree(Refusal::Conflict)));
    edit::give_unit(&mut teams, team(1), unit(21), &[]).unwrap();
    edit::seat(&mut teams, team(1), &reader, Seat::Member).unwrap();
    assert_eq!(begin(&lke, &teams, &reader), Err(reading::Refusal::OnTheTeam));
    let open = Lke { layers: [(Layer::Unit, Filled::default())].into(), ..lke };
    assert_eq!(begin(&open, &two_teams(), &reader), Err(reading::Refusal::NotSubmitted));
}

#[test]
fn who_has_assessed_a_sheet_does_not_read_it_a_second_time() {
    let (mut lke, reader) = (sheet(), assessor(42, &[Seat::Member]));
    assert!(begin(&lke, &[], &reader).is_ok());
    let entries = lke.layers[&Layer::Unit].entries.clone();
    lke.layers.insert(Layer::TpiMember, Filled { entries, ..Filled::default() });
    assert_eq!(begin(&lke, &[], &reader), Err(reading::Refusal::OnTheTeam));
}

#[test]
fn a_reading_ends_when_every_drawn_question_is_answered_and_then_never_changes() {
    let lke = sheet();
    let mut second = begin(&lke, &[], &assessor(11, &[Seat::Member])).unwrap();
    let codes: Vec<String> = second.questions.keys().cloned().collect();
    let now = DateTime::UNIX_EPOCH;
    assert_eq!(reading::finish(&mut second, now), Err(reading::Refusal::Missing(codes.clone())));
    for code in &codes {
        let answer = lke.answer(Layer::Unit, code).cloned();
        reading::answer(&mut second, code, answer, "", now).unwrap();
    }
    let foreign = reading::answer(&mut second, "bukan", None, "", now);
    assert_eq!(foreign, Err(reading::Refusal::NotDrawn("bukan".to_owned())));
    reading::finish(&mut second, now).unwrap();
    assert_eq!(reading::answer(&mut second, &codes[0], None, "", now), Err(reading::Refusal::Finished));
}

#[test]
fn only_finished_readings_are_compared_with_the_first_assessor() {
    let mut lke = sheet();
    let mut second = begin(&lke, &[], &assessor(11, &[Seat::Member])).unwrap();
    let mut first = Filled::default();
    for (place, code) in second.questions.keys().enumerate() {
        let (_, _, question) = edition().question(code).unwrap();
        let option = if place == 0 { question.options.last() } else { question.options.first() };
        first.entries.insert(code.clone(), chosen(&option.unwrap().answer));
    }
    lke.layers.insert(Layer::TpiMember, first);
    let codes: Vec<String> = second.questions.keys().cloned().collect();
    for code in &codes {
        let answer = lke.answer(Layer::Unit, code).cloned();
        reading::answer(&mut second, code, answer, "", DateTime::UNIX_EPOCH).unwrap();
    }
    assert!(reading::compared(edition(), &lke, &second).is_empty());
    reading::finish(&mut second, DateTime::UNIX_EPOCH).unwrap();
    let compared = reading::compared(edition(), &lke, &second);
    let agree = compared.iter().filter(|each| each.pair.0 == each.pair.1).count();
    assert_eq!((compared.len(), agree), (codes.len(), codes.len() - 1));
}

#[test]
fn a_ratio_agrees_when_it_is_worth_the_same() {
    let (_, _, ratio) = edition().questions().find(|(_, _, question)| question.formula.is_some()).unwrap();
    let counts = |number: u32| {
        let inputs = ratio.inputs.iter().map(|input| (input.name.clone(), Exact::whole(number)));
        Answer::Counts(inputs.collect())
    };
    let category = |number| kappa::category(edition(), &ratio.code, &counts(number));
    assert!(category(4).is_some());
    assert_eq!(category(4), category(8));
    assert_eq!(kappa::category(edition(), &ratio.code, &Answer::Choice("A".to_owned())), None);
}

#[test]
fn standing_tells_stage_progress_score_and_what_is_missing_to_each_predicate() {
    let standing = Standing::of(edition(), &sheet()).unwrap();
    assert_eq!(standing.stage, Stage::At(Layer::TpiMember));
    let unit = standing.layer(Layer::Unit).unwrap();
    let distances = distances(edition(), unit.score).unwrap();
    assert_eq!(distances.len(), edition().predicates.len());
    for each in distances {
        assert_eq!(each.missing.plus(unit.score).unwrap(), each.threshold);
    }
    assert_eq!(Stage::of(None), Stage::NotBegun);
    assert!(standing.layer(Layer::TpiMember).is_none());
}
