//! The best plans of one place of the worksheet: for every number of days the most points, and nothing
//! that another plan beats in both. All thresholds are minimums, so a beaten plan is never needed above.

use std::rc::Rc;

use super::effort::Days;

/// One of the best plans of a place.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Its effort.
    pub(super) days: Days,
    /// Points of the place, in units.
    pub(super) points: i128,
    picks: Picks,
}

/// The improvements a plan is made of, as a tree that plans share.
#[derive(Debug, Clone)]
enum Picks {
    Nothing,
    One(usize),
    Both(Rc<Picks>, Rc<Picks>),
}

/// The best plans of a place, cheapest first; each gives more points than the one before.
#[derive(Debug, Clone)]
pub(super) struct Frontier(Vec<Plan>);

impl Frontier {
    /// A place that holds nothing.
    pub(super) fn empty() -> Self {
        Self::staying_at(0)
    }

    /// A question that stays as it is.
    pub(super) fn staying_at(points: i128) -> Self {
        Self(vec![Plan { days: 0, points, picks: Picks::Nothing }])
    }

    /// The same question with these improvements: number, days and points of each.
    pub(super) fn or(mut self, improvements: impl Iterator<Item = (usize, Days, i128)>) -> Self {
        self.0.extend(improvements.map(|(number, days, points)| Plan {
            days,
            points,
            picks: Picks::One(number),
        }));
        self.0.sort_by(|a, b| a.days.cmp(&b.days).then(b.points.cmp(&a.points)));
        self.unbeaten()
    }

    /// Two places together.
    pub(super) fn with(&self, other: &Self) -> Self {
        let last = |plans: &[Plan]| plans.last().map_or(0, |plan| plan.days as usize);
        let mut best: Vec<Option<(i128, usize, usize)>> = vec![None; last(&self.0) + last(&other.0) + 1];
        for (here, left) in self.0.iter().enumerate() {
            for (there, right) in other.0.iter().enumerate() {
                let points = left.points + right.points;
                let place = &mut best[(left.days + right.days) as usize];
                if place.is_none_or(|(most, ..)| points > most) {
                    *place = Some((points, here, there));
                }
            }
        }
        let plans = best.into_iter().flatten();
        Self(plans.map(|(points, here, there)| self.0[here].and(&other.0[there], points)).collect())
            .unbeaten()
    }

    /// Only the plans that reach a threshold.
    pub(super) fn at_least(mut self, needed: Option<i128>) -> Self {
        if let Some(needed) = needed {
            self.0.retain(|plan| plan.points >= needed);
        }
        self
    }

    /// The plan with the least days, with the most points for them; `None` when none reaches all.
    pub(super) fn cheapest(&self) -> Option<&Plan> {
        self.0.first()
    }

    fn unbeaten(mut self) -> Self {
        let mut most = None;
        self.0.retain(|plan| {
            let is_better = most.is_none_or(|most| plan.points > most);
            most = most.max(Some(plan.points));
            is_better
        });
        self
    }
}

impl Plan {
    fn and(&self, other: &Self, points: i128) -> Self {
        let picks = match (&self.picks, &other.picks) {
            (Picks::Nothing, picks) | (picks, Picks::Nothing) => picks.clone(),
            (left, right) => Picks::Both(Rc::new(left.clone()), Rc::new(right.clone())),
        };
        Self { days: self.days + other.days, points, picks }
    }

    /// Numbers of the improvements it is made of.
    pub(super) fn improvements(&self) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![&self.picks];
        while let Some(picks) = open.pop() {
            match picks {
                Picks::Nothing => {}
                Picks::One(number) => found.push(*number),
                Picks::Both(left, right) => open.extend([left.as_ref(), right.as_ref()]),
            }
        }
        found.sort_unstable();
        found
    }
}
