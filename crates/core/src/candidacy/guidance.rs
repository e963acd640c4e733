//! What a unit that is guided once more has to do better (*dibina kembali*): the points lost question by question, and
//! the actions they become in next year's plan. Which step writes them is said by [`super::rules::Guidance`].

use crate::id::{ComponentId, EvidenceId, Fresh};
use crate::instrument::{self, Exact, Instrument, Overflow, Question, Sub};
use crate::plan::edit::{self, Refusal};
use crate::plan::{Area, Evidence, Plan};
use crate::scoring::{Points, Score};

/// A question that did not reach its weight.
#[derive(Debug, Clone)]
pub struct Loss<'a> {
    /// Its area or result.
    pub area: &'a instrument::Area,
    /// Its sub-component.
    pub sub: &'a Sub,
    /// The question.
    pub question: &'a Question,
    /// What it reached.
    pub points: Points,
    /// What is missing to its weight.
    pub lost: Exact,
}

/// The points lost in a score, most first; equal losses in the order of the form.
///
/// # Errors
/// [`Overflow`] when a difference does not fit.
pub fn losses<'a>(edition: &'a Instrument, score: &Score) -> Result<Vec<Loss<'a>>, Overflow> {
    let mut found = Vec::new();
    for (area, sub, question) in edition.questions() {
        let Some(result) = score.question(&question.code) else { continue };
        let lost = result.points.weight.minus(result.points.score)?;
        if !lost.is_zero() {
            found.push(Loss { area, sub, question, points: result.points, lost });
        }
    }
    found.sort_by_key(|loss| std::cmp::Reverse(loss.lost));
    Ok(found)
}

impl Loss<'_> {
    /// The area of the plan in which it is made good; results have none.
    pub fn plan_area(&self) -> Option<Area> {
        Area::from_code(&self.area.code)
    }

    /// The action it becomes.
    pub fn action(&self) -> String {
        format!("Perbaiki {}: {}", self.question.code, self.question.label)
    }

    /// What that action is to reach.
    pub fn target(&self) -> String {
        let (from, to) = (self.points.score.rounded(), self.points.weight.plain_or_rounded());
        format!("{} naik dari {} ke {}", self.question.code, from.replace('.', ","), to.replace('.', ","))
    }
}

/// Adds an action for every loss to a plan that is being written, each once; answers how many were added.
///
/// # Errors
/// [`Refusal`] when the plan is approved or full; then it is as far as it got and must not be kept.
pub fn write(plan: &mut Plan, losses: &[Loss<'_>], fresh: &mut dyn Fresh) -> Result<usize, Refusal> {
    edit::open(plan)?;
    let mut added = 0;
    for loss in losses {
        let Some(area) = loss.plan_area() else { continue };
        let component = component(plan, area, loss.sub, fresh)?;
        let name = loss.action();
        if plan.actions().any(|placed| placed.action.name == name) {
            continue;
        }
        let id = edit::add_action(plan, component, &name, fresh)?;
        let action = edit::action_mut(plan, id)?;
        action.target = loss.target();
        let promised = loss.question.evidence.iter();
        action.evidence =
            promised.map(|title| Evidence { id: EvidenceId::fresh(fresh), title: title.clone() }).collect();
        added += 1;
    }
    Ok(added)
}

/// The component of a sub-component, added when the area has none.
fn component(plan: &mut Plan, area: Area, sub: &Sub, fresh: &mut dyn Fresh) -> Result<ComponentId, Refusal> {
    let own = plan.areas.iter().filter(|each| each.area == area).flat_map(|each| &each.components);
    if let Some(found) = own.into_iter().find(|each| each.sub.as_deref() == Some(&*sub.code)) {
        return Ok(found.id);
    }
    let id = edit::add_component(plan, area, &sub.name, fresh)?;
    edit::component_mut(plan, id)?.sub = Some(sub.code.clone());
    Ok(id)
}
