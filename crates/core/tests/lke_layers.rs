//! The layers of a worksheet: who may write when, what counts, what is frozen, and that nobody's answer is lost.

#![cfg(test)]

use bening_core::id::{LkeId, PersonId, UnitId};
use bening_core::instrument::{Instrument, shipped};
use bening_core::lke::edit::{self, Context, Given, Refusal};
use bening_core::lke::submission::Contents;
use bening_core::lke::{Layer, Lke, Side};
use bening_core::scoring::{Answer, Json};
use bening_core::time::Year;
use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const EDITION: &str = "permenpanrb-90-2021";
const REASON: &str = "buktinya bertanggal tahun lalu";

struct Desk {
    lke: Lke,
    next: u128,
}

fn edition() -> &'static Instrument {
    shipped().by_id(EDITION).unwrap()
}

fn person(layer: Layer) -> PersonId {
    PersonId(Uuid::from_u128(Layer::ALL.iter().position(|known| *known == layer).unwrap() as u128 + 100))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 6, day).unwrap()
}

fn choice(answer: &str) -> Option<Answer> {
    Some(Answer::Choice(answer.to_owned()))
}

impl Desk {
    fn new() -> Self {
        let (id, unit) = (LkeId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
        Self { lke: Lke::empty(id, unit, Year::new(2022).unwrap(), EDITION.to_owned()), next: 1_000 }
    }

    /// Runs an edit as the person of a layer, on a copy, as every caller does.
    fn edit<T>(
        &mut self,
        layer: Layer,
        work: impl FnOnce(&mut Lke, &mut Context<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut copy = self.lke.clone();
        let next = &mut self.next;
        let mut fresh = || {
            *next += 1;
            Uuid::from_u128(*next)
        };
        let now: DateTime<Utc> = day(10).and_hms_opt(3, 0, 0).unwrap().and_utc();
        let by = person(layer);
        let mut context = Context { now, today: day(10), by, edition: edition(), fresh: &mut fresh };
        let value = work(&mut copy, &mut context)?;
        self.lke = copy;
        Ok(value)
    }

    fn say(&mut self, layer: Layer, code: &str, answer: Option<Answer>, note: &str) -> Result<(), Refusal> {
        let was = edit::given(&self.lke, layer, code);
        self.edit(layer, |lke, context| {
            edit::answer(lke, layer, code, &was, Given { answer, note: note.to_owned() }, context)
        })
    }

    fn submit(&mut self, layer: Layer) -> Result<u32, Refusal> {
        self.edit(layer, |lke, context| edit::submit(lke, layer, context).map(|kept| kept.round))
    }
}

#[test]
fn a_later_layer_waits_for_the_one_before_it() {
    let mut desk = Desk::new();
    let refused = desk.say(Layer::TpiMember, "MP-P1a", choice("Ya"), "").unwrap_err();
    assert_eq!(refused, Refusal::NotYet("Anggota TPI", "Unit"));
    desk.submit(Layer::Unit).unwrap();
    desk.say(Layer::TpiMember, "MP-P1a", choice("Ya"), REASON).unwrap();
    let refused = desk.say(Layer::TpiLead, "MP-P1a", choice("Ya"), "").unwrap_err();
    assert_eq!(refused, Refusal::NotYet("Ketua tim TPI", "Anggota TPI"));
}

#[test]
fn an_assessor_who_differs_says_why_and_the_answer_of_the_unit_stands() {
    let mut desk = Desk::new();
    desk.say(Layer::Unit, "MP-P1b", choice("A"), "").unwrap();
    desk.submit(Layer::Unit).unwrap();
    let refused = desk.say(Layer::TpiMember, "MP-P1b", choice("B"), "kurang").unwrap_err();
    assert_eq!(refused, Refusal::ReasonNeeded("Unit"));
    desk.say(Layer::TpiMember, "MP-P1b", choice("B"), REASON).unwrap();
    assert_eq!(desk.lke.answer(Layer::Unit, "MP-P1b"), choice("A").as_ref());
    assert_eq!(desk.lke.answer(Layer::TpiController, "MP-P1b"), choice("B").as_ref());
    assert_eq!(desk.lke.answer(Layer::TpnDesk, "MP-P1b"), None, "the national team starts with its own eyes");
}

#[test]
fn a_submitted_layer_is_frozen_but_for_what_was_sent_back() {
    let mut desk = Desk::new();
    desk.say(Layer::Unit, "MP-P1b", choice("A"), "").unwrap();
    desk.submit(Layer::Unit).unwrap();
    assert_eq!(desk.say(Layer::Unit, "MP-P1b", choice("B"), "").unwrap_err(), Refusal::Frozen("Unit"));
    desk.edit(Layer::TpiMember, |lke, context| {
        edit::send_back(lke, Layer::TpiMember, "MP-P1b", day(20), "lampirkan berita acara", context)
    })
    .unwrap();
    desk.say(Layer::Unit, "MP-P1b", choice("B"), "").unwrap();
    assert_eq!(desk.say(Layer::Unit, "MP-P1a", choice("Ya"), "").unwrap_err(), Refusal::Frozen("Unit"));
    let kept = desk.edit(Layer::Unit, |lke, context| edit::give_back(lke, "MP-P1b", context)).unwrap();
    assert_eq!((kept.round, kept.contents.sheet().get("MP-P1b")), (2, choice("B").as_ref()));
    assert_eq!(desk.say(Layer::Unit, "MP-P1b", choice("C"), "").unwrap_err(), Refusal::Frozen("Unit"));
}

#[test]
fn a_question_is_sent_back_once_with_a_day_in_the_future_and_a_reason() {
    let mut desk = Desk::new();
    desk.submit(Layer::Unit).unwrap();
    let mut send = |due_on, reason: &str| {
        desk.edit(Layer::TpiMember, |lke, context| {
            edit::send_back(lke, Layer::TpiMember, "MP-P1b", due_on, reason, context)
        })
    };
    assert_eq!(send(day(10), REASON).unwrap_err(), Refusal::DueInPast);
    assert_eq!(send(day(20), "  ").unwrap_err(), Refusal::Empty);
    send(day(20), REASON).unwrap();
    assert_eq!(send(day(21), REASON).unwrap_err(), Refusal::ReturnedAlready);
    assert_eq!(desk.lke.thread("MP-P1b").count(), 1, "the reason stands in the thread");
}

#[test]
fn assessors_submit_only_when_every_answered_question_was_assessed_and_nothing_waits_for_the_unit() {
    let mut desk = Desk::new();
    desk.say(Layer::Unit, "MP-P1a", choice("Ya"), "").unwrap();
    desk.submit(Layer::Unit).unwrap();
    assert_eq!(desk.submit(Layer::TpiMember).unwrap_err(), Refusal::NotAssessed(vec!["MP-P1a".to_owned()]));
    desk.say(Layer::TpiMember, "MP-P1a", choice("Ya"), "").unwrap();
    desk.edit(Layer::TpiMember, |lke, context| {
        edit::send_back(lke, Layer::TpiMember, "MP-P1b", day(20), REASON, context)
    })
    .unwrap();
    let refused = desk.submit(Layer::TpiMember).unwrap_err();
    assert_eq!(refused, Refusal::WaitingForUnit(vec!["MP-P1b".to_owned()]));
}

#[test]
fn two_people_in_one_answer_do_not_overwrite_each_other() {
    let mut desk = Desk::new();
    desk.say(Layer::Unit, "MP-P1b", choice("A"), "").unwrap();
    let stale = Given::default();
    let refused = desk.edit(Layer::Unit, |lke, context| {
        let new = Given { answer: choice("C"), note: String::new() };
        edit::answer(lke, Layer::Unit, "MP-P1b", &stale, new, context)
    });
    let standing = Given { answer: choice("A"), note: String::new() };
    assert_eq!(refused.unwrap_err(), Refusal::Conflict(Box::new(standing)));
}

#[test]
fn a_submission_is_taken_back_until_somebody_has_worked_on_the_next_layer() {
    let mut desk = Desk::new();
    desk.say(Layer::Unit, "MP-P1a", choice("Ya"), "").unwrap();
    desk.submit(Layer::Unit).unwrap();
    desk.edit(Layer::Unit, |lke, _| edit::reopen(lke, Layer::Unit, "lupa mengisi bagian hasil")).unwrap();
    assert!(!desk.lke.is_submitted(Layer::Unit));
    desk.submit(Layer::Unit).unwrap();
    desk.say(Layer::TpiMember, "MP-P1a", choice("Ya"), "").unwrap();
    let refused =
        desk.edit(Layer::Unit, |lke, _| edit::reopen(lke, Layer::Unit, "lupa mengisi bagian hasil"));
    assert_eq!(refused.unwrap_err(), Refusal::LaterBegun("Anggota TPI"));
}

#[test]
fn the_unit_sees_what_the_assessors_say_only_when_they_are_done() {
    let mut desk = Desk::new();
    desk.submit(Layer::Unit).unwrap();
    assert!(!desk.lke.is_visible(Layer::TpiMember, Side::Unit));
    assert!(desk.lke.is_visible(Layer::TpiMember, Side::Tpi));
    for layer in [Layer::TpiMember, Layer::TpiLead, Layer::TpiController] {
        desk.submit(layer).unwrap();
    }
    assert!(desk.lke.is_visible(Layer::TpiMember, Side::Unit));
}

#[test]
fn evidence_is_named_with_title_and_place_and_frozen_with_the_layer() {
    let mut desk = Desk::new();
    let mut add = |title: &str, place: &str| {
        desk.edit(Layer::Unit, |lke, context| edit::add_evidence(lke, "MP-P1a", title, place, context))
    };
    assert_eq!(add("SK Tim", " ").unwrap_err(), Refusal::EvidenceIncomplete);
    let id = add("SK Tim", "Lemari arsip 2").unwrap();
    desk.submit(Layer::Unit).unwrap();
    let refused = desk.edit(Layer::Unit, |lke, _| edit::remove_evidence(lke, id));
    assert_eq!(refused.unwrap_err(), Refusal::Frozen("Unit"));
}

fn any_words() -> impl Strategy<Value = Vec<(usize, usize, u8)>> {
    let questions = edition().questions().count();
    prop::collection::vec((0..Layer::ALL.len(), 0..questions, 0..4_u8), 0..80)
}

proptest! {
    /// Whatever the later layers say and submit, what an earlier layer submitted stays word for word.
    #[test]
    fn no_layer_ever_changes_what_another_submitted(words in any_words()) {
        let mut desk = Desk::new();
        let questions: Vec<_> = edition().questions().map(|(_, _, question)| question).collect();
        let mut kept: Vec<(Layer, Contents)> = Vec::new();
        for (layer, place, answer) in words {
            let (layer, question) = (Layer::ALL[layer], questions[place]);
            let given = question.options.get(usize::from(answer)).map(|option| option.answer.clone());
            let read = given.map(|given| Answer::read(edition(), &question.code, &Json::Text(given)).unwrap());
            let _ = desk.say(layer, &question.code, read.flatten(), REASON);
            if answer == 0 && desk.submit(layer).is_ok() {
                kept.push((layer, Contents::of(&desk.lke, layer)));
            }
            for (layer, contents) in &kept {
                prop_assert_eq!(&Contents::of(&desk.lke, *layer), contents);
            }
        }
    }
}
