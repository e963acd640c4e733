//! Checked rows merged into a plan: the same area, component and action is brought up to date, everything
//! else is added, nothing is ever removed. Merging what a plan already says changes nothing.

use super::changes::{Change, Changes, Field, Kind, RowChange};
use super::check::{Checked, CheckedAction, CheckedArea, CheckedComponent, CheckedPriority, SubCell};
use super::{At, Said, fold, is_dash, pair};
use crate::id::{ActionId, BenefitId, ComponentId, EvidenceId, Fresh, PriorityId};
use crate::plan::edit::{self, Context, ROWS_MAX, Refusal};
use crate::plan::{Action, Area, AreaPlan, Benefit, Component, Evidence, Pic, Plan, Priority, Schedule};

/// The plan with the rows merged in, and what became of each row. The plan itself stays as it is, so the
/// same call makes the preview.
pub fn merge(plan: &Plan, checked: &Checked, context: &mut Context<'_>) -> Result<(Plan, Changes), Refusal> {
    edit::open(plan)?;
    let mut merged = plan.clone();
    let mut scribe = Scribe { fresh: context.fresh, changes: Changes::default(), area: None };
    for rows in &checked.areas {
        if let Some(area) = merged.areas.iter_mut().find(|area| area.area == rows.area) {
            scribe.area(area, rows);
        }
    }
    scribe.priorities(&mut merged.priorities, &checked.priorities);
    let is_full = merged.actions().count() > ROWS_MAX || merged.priorities.len() > ROWS_MAX;
    if is_full { Err(Refusal::Full) } else { Ok((merged, scribe.changes)) }
}

/// Writes rows into a plan and keeps note of what it did.
struct Scribe<'a> {
    fresh: &'a mut dyn Fresh,
    changes: Changes,
    area: Option<Area>,
}

impl Scribe<'_> {
    fn note(&mut self, at: &At, kind: Kind, name: &str, change: Change) {
        let row = RowChange { at: at.clone(), area: self.area, kind, name: name.to_owned(), change };
        self.changes.rows.push(row);
    }

    fn area(&mut self, plan: &mut AreaPlan, rows: &CheckedArea) {
        self.area = Some(rows.area);
        self.benefits(&mut plan.benefits, &rows.benefits);
        let existing = keys(&plan.components, |component| &component.name);
        let wanted = rows.components.iter().map(|component| fold(&component.name));
        for (component, found) in rows.components.iter().zip(pair(&existing, wanted)) {
            match found {
                Some(index) => self.old_component(&mut plan.components[index], component),
                None => plan.components.push(self.new_component(component)),
            }
        }
        self.area = None;
    }

    fn benefits(&mut self, plan: &mut Vec<Benefit>, rows: &[(At, String)]) {
        let existing = keys(plan, |benefit| &benefit.text);
        let found = pair(&existing, rows.iter().map(|(_, text)| fold(text)));
        for ((at, text), found) in rows.iter().zip(found) {
            let change = if found.is_some() { Change::Unchanged } else { Change::New };
            self.note(at, Kind::Benefit, text, change);
            if found.is_none() {
                plan.push(Benefit { id: BenefitId::fresh(self.fresh), text: text.clone() });
            }
        }
    }

    fn new_component(&mut self, rows: &CheckedComponent) -> Component {
        self.note(&rows.at, Kind::Component, &rows.name, Change::New);
        let sub = match &rows.sub {
            SubCell::Named(code) | SubCell::Suggested(code) => Some(code.clone()),
            SubCell::Nothing | SubCell::Empty => None,
        };
        let (id, name) = (ComponentId::fresh(self.fresh), rows.name.clone());
        let actions = rows.actions.iter().map(|action| self.new_action(action)).collect();
        Component { id, name, sub, actions }
    }

    fn old_component(&mut self, plan: &mut Component, rows: &CheckedComponent) {
        let fields = if relink(&mut plan.sub, &rows.sub) { vec![Field::Sub] } else { Vec::new() };
        self.note(&rows.at, Kind::Component, &plan.name, Change::of(fields));
        let order = live_first(&plan.actions);
        let existing: Vec<String> = order.iter().map(|index| fold(&plan.actions[*index].name)).collect();
        let wanted = rows.actions.iter().map(|action| fold(&action.name));
        for (action, found) in rows.actions.iter().zip(pair(&existing, wanted)) {
            match found {
                Some(place) => self.old_action(&mut plan.actions[order[place]], action),
                None => plan.actions.push(self.new_action(action)),
            }
        }
    }

    fn new_action(&mut self, row: &CheckedAction) -> Action {
        self.note(&row.at, Kind::Action, &row.name, Change::New);
        let mut action = Action::new(ActionId::fresh(self.fresh), row.name.clone());
        self.update(&mut action, row);
        action
    }

    fn old_action(&mut self, plan: &mut Action, row: &CheckedAction) {
        let change = match plan.withdrawn {
            Some(_) => Change::Withdrawn,
            None => Change::of(self.update(plan, row)),
        };
        self.note(&row.at, Kind::Action, &plan.name, change);
    }

    /// Brings an action up to date and says which cells changed.
    fn update(&mut self, plan: &mut Action, row: &CheckedAction) -> Vec<Field> {
        let changed = [
            (Field::Evidence, self.add_evidence(&mut plan.evidence, &row.evidence)),
            (Field::Time, reschedule(&mut plan.schedule, &row.schedule)),
            (Field::Pic, appoint(&mut plan.pics, &row.pics)),
            (Field::Target, reword(&mut plan.target, &row.target)),
        ];
        only_changed(&changed)
    }

    /// Adds what the plan does not promise yet; evidence it has stays, because files may hang on it.
    fn add_evidence(&mut self, plan: &mut Vec<Evidence>, titles: &[String]) -> bool {
        let existing = keys(plan, |evidence| &evidence.title);
        let found = pair(&existing, titles.iter().map(|title| fold(title)));
        let before = plan.len();
        for (title, _) in titles.iter().zip(found).filter(|(_, found)| found.is_none()) {
            plan.push(Evidence { id: EvidenceId::fresh(self.fresh), title: title.clone() });
        }
        plan.len() > before
    }

    fn priorities(&mut self, plan: &mut Vec<Priority>, rows: &[CheckedPriority]) {
        let existing = keys(plan, |priority| &priority.action);
        let found = pair(&existing, rows.iter().map(|row| fold(&row.action)));
        for (row, found) in rows.iter().zip(found) {
            let change = match found {
                Some(index) => Change::of(update_priority(&mut plan[index], row)),
                None => {
                    plan.push(self.new_priority(row));
                    Change::New
                }
            };
            self.note(&row.at, Kind::Priority, &row.action, change);
        }
    }

    fn new_priority(&mut self, row: &CheckedPriority) -> Priority {
        let (id, empty) = (PriorityId::fresh(self.fresh), String::new());
        let action = row.action.clone();
        let mut priority = Priority { id, action, target: empty.clone(), schedule: None, follow_up: empty };
        update_priority(&mut priority, row);
        priority
    }
}

fn update_priority(plan: &mut Priority, row: &CheckedPriority) -> Vec<Field> {
    let changed = [
        (Field::Target, reword(&mut plan.target, &row.target)),
        (Field::Time, reschedule(&mut plan.schedule, &row.schedule)),
        (Field::FollowUp, reword(&mut plan.follow_up, &row.follow_up)),
    ];
    only_changed(&changed)
}

fn only_changed(fields: &[(Field, bool)]) -> Vec<Field> {
    fields.iter().filter(|(_, is_changed)| *is_changed).map(|(field, _)| *field).collect()
}

fn keys<T>(rows: &[T], name: impl Fn(&T) -> &String) -> Vec<String> {
    rows.iter().map(|row| fold(name(row))).collect()
}

/// A withdrawn action is matched only when no living one of the same name is left.
fn live_first(actions: &[Action]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..actions.len()).collect();
    order.sort_by_key(|index| actions[*index].withdrawn.is_some());
    order
}

fn relink(plan: &mut Option<String>, said: &SubCell) -> bool {
    let wanted = match said {
        SubCell::Nothing | SubCell::Suggested(_) => return false,
        SubCell::Empty => None,
        SubCell::Named(code) => Some(code.clone()),
    };
    let is_changed = *plan != wanted;
    *plan = wanted;
    is_changed
}

fn reschedule(plan: &mut Option<Schedule>, said: &Said<Schedule>) -> bool {
    let wanted = match said {
        Said::Nothing => return false,
        Said::Empty => None,
        Said::This(schedule) => Some(schedule.clone()),
    };
    let is_same = plan.as_ref().map(Schedule::text) == wanted.as_ref().map(Schedule::text);
    if !is_same {
        *plan = wanted;
    }
    !is_same
}

/// The names decide; an account that a name was tied to by hand stays tied.
fn appoint(plan: &mut Vec<Pic>, said: &Said<Vec<Pic>>) -> bool {
    let wanted = match said {
        Said::Nothing => return false,
        Said::Empty => Vec::new(),
        Said::This(pics) => pics.clone(),
    };
    let is_same = keys(plan, |pic| &pic.name) == keys(&wanted, |pic| &pic.name);
    if !is_same {
        *plan = wanted;
    }
    !is_same
}

fn reword(plan: &mut String, said: &Said<String>) -> bool {
    let wanted = match said {
        Said::Nothing => return false,
        Said::Empty => String::new(),
        Said::This(text) => text.clone(),
    };
    let is_same = *plan == wanted || (wanted.is_empty() && is_dash(plan));
    if !is_same {
        *plan = wanted;
    }
    !is_same
}
