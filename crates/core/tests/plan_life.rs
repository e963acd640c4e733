//! A plan's life through its public door: edited, approved, amended, withdrawn, copied, compared, restored.

#![cfg(test)]

use bening_core::id::{ActionId, ComponentId, PersonId, PlanId, UnitId};
use bening_core::plan::diff::{self, Kind};
use bening_core::plan::edit::{self, ActionField, Cell, Context, Direction, Member, Refusal, Report, Row};
use bening_core::plan::export::PlanExport;
use bening_core::plan::progress::{Standing, Tally, standing, tally};
use bening_core::plan::{Area, Plan, PlanState, life};
use bening_core::time::{Month, Year};
use chrono::NaiveDate;
use uuid::Uuid;

/// A counter in place of chance.
fn counter() -> impl FnMut() -> Uuid {
    let mut next = 0;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

struct Desk {
    plan: Plan,
    component: ComponentId,
    action: ActionId,
    roster: Vec<Member>,
    fresh: Box<dyn FnMut() -> Uuid>,
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn bayu() -> PersonId {
    PersonId(Uuid::from_u128(7_000))
}

impl Desk {
    /// A draft with one complete action.
    fn new() -> Self {
        let mut fresh: Box<dyn FnMut() -> Uuid> = Box::new(counter());
        let mut plan = Plan::empty(PlanId(fresh()), UnitId(fresh()), Year::new(2020).unwrap());
        let component = edit::add_component(&mut plan, Area::Supervision, "SPIP", &mut fresh).unwrap();
        let action = edit::add_action(&mut plan, component, "Risk register 2020", &mut fresh).unwrap();
        let roster = vec![Member { id: bayu(), name: "Bayu".to_owned() }];
        let mut desk = Self { plan, component, action, roster, fresh };
        desk.set(ActionField::Time, "Setiap bulan, Jan s.d Mar").unwrap();
        desk.set(ActionField::Pic, "bayu").unwrap();
        desk
    }

    fn set(&mut self, field: ActionField, value: &str) -> Result<(), Refusal> {
        let cell = Cell::Action(self.action, field);
        let was = edit::read(&self.plan, cell).unwrap_or_default();
        self.write(cell, &was, value)
    }

    fn write(&mut self, cell: Cell, was: &str, value: &str) -> Result<(), Refusal> {
        let mut context =
            Context { today: day(6, 15), by: bayu(), roster: &self.roster, fresh: &mut self.fresh };
        edit::write(&mut self.plan, cell, was, value, &mut context)
    }

    fn withdraw(&mut self, reason: &str) -> Result<(), Refusal> {
        let mut fresh = counter();
        let context = Context { today: day(6, 15), by: bayu(), roster: &self.roster, fresh: &mut fresh };
        edit::withdraw(&mut self.plan, self.action, reason, &context)
    }

    fn report(&mut self, month: u32, state: Report) -> Result<(), Refusal> {
        let mut fresh = counter();
        let context = Context { today: day(2, 3), by: bayu(), roster: &self.roster, fresh: &mut fresh };
        edit::report(&mut self.plan, self.action, Month::new(month).unwrap(), state, &context)
    }

    fn approved() -> Self {
        let mut desk = Self::new();
        life::approve(&mut desk.plan).unwrap();
        desk
    }

    fn action(&self) -> &bening_core::plan::Action {
        self.plan.action(self.action).unwrap().action
    }

    fn export(&self) -> PlanExport {
        PlanExport::of(&self.plan, "DBN", "Direktorat")
    }
}

#[test]
fn a_pic_name_finds_its_account_whatever_its_case() {
    let mut desk = Desk::new();
    desk.set(ActionField::Pic, "BAYU, Nover dan Panca").unwrap();
    let pics: Vec<_> = desk.action().pics.iter().map(|pic| (pic.name.as_str(), pic.person)).collect();
    assert_eq!(pics, [("BAYU", Some(bayu())), ("Nover", None), ("Panca", None)]);
}

#[test]
fn two_people_in_one_cell_do_not_overwrite_each_other() {
    let mut desk = Desk::new();
    desk.set(ActionField::Target, "satu").unwrap();
    let cell = Cell::Action(desk.action, ActionField::Target);
    let refusal = desk.write(cell, "", "dua").unwrap_err();
    assert_eq!(refusal, Refusal::Conflict { current: "satu".to_owned() });
    assert_eq!(desk.action().target, "satu");
}

#[test]
fn evidence_keeps_its_identity_when_it_is_reworded_or_moved() {
    let mut desk = Desk::new();
    desk.set(ActionField::Evidence, "SK\nNotula").unwrap();
    let before: Vec<_> = desk.action().evidence.iter().map(|e| e.id).collect();
    desk.set(ActionField::Evidence, "SK Tim\nNotula\nFoto").unwrap();
    let after: Vec<_> = desk.action().evidence.iter().map(|e| e.id).collect();
    assert_eq!(after[..2], before[..]);
    desk.set(ActionField::Evidence, "Notula\nSK Tim").unwrap();
    let moved: Vec<_> = desk.action().evidence.iter().map(|e| e.id).collect();
    assert_eq!(moved, [before[1], before[0]]);
}

#[test]
fn an_approved_plan_changes_only_after_it_is_opened() {
    let mut desk = Desk::approved();
    assert_eq!(desk.set(ActionField::Target, "lain"), Err(Refusal::Approved));
    life::amend(&mut desk.plan).unwrap();
    assert_eq!(desk.set(ActionField::Target, "lain"), Ok(()));
    assert_eq!(life::approve(&mut desk.plan), Ok(2));
    assert_eq!((desk.plan.state, desk.plan.version), (PlanState::Approved, 2));
}

#[test]
fn a_plan_that_nobody_could_carry_out_is_not_approved() {
    let mut desk = Desk::new();
    edit::add_action(&mut desk.plan, desk.component, "Tanpa waktu", &mut desk.fresh).unwrap();
    let refusal = life::approve(&mut desk.plan).unwrap_err();
    assert_eq!(refusal, life::Refusal::Incomplete(vec!["Tanpa waktu".to_owned()]));
    assert_eq!(desk.plan.state, PlanState::Draft);
}

#[test]
fn what_was_approved_is_withdrawn_with_a_reason_and_never_deleted() {
    let mut desk = Desk::approved();
    life::amend(&mut desk.plan).unwrap();
    assert_eq!(edit::remove(&mut desk.plan, Row::Action(desk.action)), Err(Refusal::WithdrawInstead));
    assert_eq!(edit::remove(&mut desk.plan, Row::Component(desk.component)), Err(Refusal::ComponentInUse));
    assert_eq!(desk.withdraw("  ya  "), Err(Refusal::ReasonMissing));
    assert_eq!(desk.withdraw("digabung dengan kegiatan biro"), Ok(()));
    assert_eq!(desk.set(ActionField::Target, "lain"), Err(Refusal::Withdrawn));
    assert_eq!(standing(desk.action(), desk.plan.year, day(12, 31)), Standing::Withdrawn);
    edit::reinstate(&mut desk.plan, desk.action).unwrap();
    assert_eq!(desk.set(ActionField::Target, "lain"), Ok(()));
}

#[test]
fn what_was_never_approved_is_deleted_and_not_withdrawn() {
    let mut desk = Desk::new();
    assert_eq!(desk.withdraw("digabung dengan kegiatan biro"), Err(Refusal::DeleteInstead));
    assert_eq!(edit::remove(&mut desk.plan, Row::Action(desk.action)), Ok(()));
    assert_eq!(edit::remove(&mut desk.plan, Row::Action(desk.action)), Err(Refusal::Gone));
}

#[test]
fn a_removed_row_comes_back_where_it_was_with_all_it_held() {
    let mut desk = Desk::new();
    edit::add_action(&mut desk.plan, desk.component, "Berikutnya", &mut desk.fresh).unwrap();
    desk.set(ActionField::Evidence, "SK\nNotula").unwrap();
    for row in [Row::Action(desk.action), Row::Component(desk.component)] {
        let before = desk.plan.clone();
        let kept = desk.export();
        edit::remove(&mut desk.plan, row).unwrap();
        assert_ne!(desk.plan, before);
        kept.put_back(&mut desk.plan, row, &desk.roster).unwrap();
        assert_eq!(kept.put_back(&mut desk.plan, row, &desk.roster), Err(Refusal::Gone));
        assert_eq!(PlanExport::of(&desk.plan, "DBN", "Direktorat"), kept);
    }
}

#[test]
fn rows_move_within_their_place_and_stop_at_its_ends() {
    let mut desk = Desk::new();
    let second = edit::add_action(&mut desk.plan, desk.component, "Kedua", &mut desk.fresh).unwrap();
    let order = |plan: &Plan| plan.actions().map(|placed| placed.action.id).collect::<Vec<_>>();
    edit::move_action(&mut desk.plan, second, Direction::Up).unwrap();
    assert_eq!(order(&desk.plan), [second, desk.action]);
    edit::move_action(&mut desk.plan, second, Direction::Up).unwrap();
    assert_eq!(order(&desk.plan), [second, desk.action]);
}

#[test]
fn work_is_late_from_the_day_after_its_month_until_it_is_reported() {
    let mut desk = Desk::approved();
    let on = |desk: &Desk, at| standing(desk.action(), desk.plan.year, at);
    assert_eq!(on(&desk, day(1, 31)), Standing::DueNow { by: day(1, 31) });
    assert_eq!(on(&desk, day(2, 1)), Standing::Late { since: day(2, 1) });
    desk.report(1, Report::Done).unwrap();
    assert_eq!(on(&desk, day(2, 1)), Standing::DueNow { by: day(2, 29) });
    assert_eq!(tally(desk.action()), Tally { done: 1, due: 3 });
    desk.report(2, Report::Done).unwrap();
    desk.report(3, Report::Done).unwrap();
    assert_eq!(on(&desk, day(12, 1)), Standing::Done);
    desk.report(2, Report::NotDone).unwrap();
    assert_eq!(on(&desk, day(3, 1)), Standing::Late { since: day(3, 1) });
}

#[test]
fn only_due_months_of_approved_plans_are_reported() {
    assert_eq!(Desk::new().report(1, Report::Done), Err(Refusal::NotApproved));
    assert_eq!(Desk::approved().report(4, Report::Done), Err(Refusal::NotDue));
}

#[test]
fn a_copy_moves_the_year_on_and_leaves_behind_what_is_over() {
    let mut desk = Desk::approved();
    desk.report(1, Report::Done).unwrap();
    let next = Plan::empty(PlanId(Uuid::from_u128(1)), desk.plan.unit, Year::new(2021).unwrap());
    let copy = life::copy(&desk.plan, &next, &mut desk.fresh).unwrap();
    let placed = copy.actions().next().unwrap();
    assert_eq!(placed.action.name, "Risk register 2021");
    assert_ne!(placed.action.id, desk.action);
    assert!(placed.action.done.is_empty() && placed.action.approved_in.is_none());
    assert_eq!((copy.state, copy.version), (PlanState::Draft, 0));
    assert_eq!(life::copy(&desk.plan, &copy, &mut desk.fresh), Err(life::Refusal::NotEmpty));
}

#[test]
fn versions_are_compared_row_by_row() {
    let mut desk = Desk::approved();
    let before = desk.export();
    life::amend(&mut desk.plan).unwrap();
    desk.set(ActionField::Time, "Maret").unwrap();
    let new = edit::add_action(&mut desk.plan, desk.component, "Baru", &mut desk.fresh).unwrap();
    let found = diff::compare(&before, &desk.export());
    let kinds: Vec<_> = found.iter().map(|difference| (&*difference.row, &difference.kind)).collect();
    let changed = Kind::Changed {
        field: "Waktu",
        from: "Setiap bulan, Jan s.d Mar".to_owned(),
        to: "Maret".to_owned(),
    };
    assert_eq!(kinds, [("Risk register 2020", &changed), ("Baru", &Kind::Added)]);
    let middle = desk.export();
    edit::remove(&mut desk.plan, Row::Action(new)).unwrap();
    assert_eq!(diff::compare(&middle, &desk.export())[0].kind, Kind::Removed);
}

#[test]
fn a_cell_refuses_what_it_cannot_hold_and_says_what_it_can() {
    let mut desk = Desk::new();
    assert_eq!(desk.set(ActionField::Name, "  "), Err(Refusal::Empty));
    let long = desk.set(ActionField::Target, &"a".repeat(2_001)).unwrap_err();
    assert!(long.to_string().contains("paling banyak 2000"), "{long}");
    let time = desk.set(ActionField::Time, "Janember").unwrap_err();
    assert!(time.to_string().contains("Triwulan II"), "{time}");
    desk.set(ActionField::Target, "kiri\u{202e}kanan\u{0} dua").unwrap();
    assert_eq!(desk.action().target, "kirikanan dua");
}
