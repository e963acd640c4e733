//! Which counts to hide. Counts that add up to each other are a flow in a circle: what enters a node leaves it. A
//! hidden count can be worked out exactly when no other flow shows the same numbers; so we look for other flows, and
//! hide what they would change. Whole numbers only, nothing of registers.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// What hiding a nought costs: one that is hidden protects little where readers know that nothing can be there.
const ZERO_COSTS: u64 = 8;

/// What it costs to change only what is hidden already.
const FREE: u64 = 0;

/// A count: it leaves a node and enters another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Where it leaves.
    pub from: usize,
    /// Where it enters.
    pub to: usize,
    /// How many.
    pub value: u32,
}

/// Counts that add up: at every node as much enters as leaves, and along the counts every node is reached from every
/// other, as in tables with their totals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub flows: Vec<Flow>,
}

/// Another flow with the same numbers wherever something is shown.
struct Other<'a> {
    counts: &'a Counts,
    values: Vec<u32>,
}

/// Which way a count is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    More,
    Less,
}

impl Counts {
    /// Which counts are hidden: those from 1 up to but not including `small`, those in `also`, and what could give
    /// them back. Afterwards each of these could be any of at least `small` numbers in a row, and no other hidden
    /// count can be worked out either.
    #[must_use]
    pub fn hide(&self, small: u32, also: &BTreeSet<usize>) -> Vec<bool> {
        let is_small = |flow: &Flow| flow.value > 0 && flow.value < small;
        let mut hidden: Vec<bool> =
            self.flows.iter().enumerate().map(|(at, flow)| is_small(flow) || also.contains(&at)).collect();
        let wanted: Vec<usize> = (0..hidden.len()).filter(|at| hidden[*at]).collect();
        for at in wanted {
            let spread = small.saturating_sub(1).max(1);
            let less = self.widen(at, Change::Less, (spread, FREE), &mut hidden);
            self.widen(at, Change::More, (spread - less, u64::MAX), &mut hidden);
        }
        hidden
    }

    /// Finds flows in which a count differs, up to so much, hiding what has to be hidden for it where one way costs
    /// no more than `most`; gives by how much it can differ.
    fn widen(&self, at: usize, change: Change, (wanted, most): (u32, u64), hidden: &mut [bool]) -> u32 {
        let mut other = Other { counts: self, values: self.flows.iter().map(|flow| flow.value).collect() };
        for found in 0..wanted {
            if change == Change::Less && other.values[at] == 0 {
                return found;
            }
            let Some(way) = other.way(at, change, hidden, most) else { return found };
            other.take(at, change);
            for (step, change) in way {
                other.take(step, change);
                hidden[step] = true;
            }
        }
        wanted
    }

    fn nodes(&self) -> usize {
        self.flows.iter().map(|flow| flow.from.max(flow.to) + 1).max().unwrap_or(0)
    }
}

impl Other<'_> {
    fn take(&mut self, at: usize, change: Change) {
        match change {
            Change::More => self.values[at] += 1,
            Change::Less => self.values[at] -= 1,
        }
    }

    /// The cheapest way to make up for a change of a count by one: what has to change with it. What is hidden
    /// already costs nothing; showing less of a large number costs more.
    fn way(&self, at: usize, change: Change, hidden: &[bool], most: u64) -> Option<Vec<(usize, Change)>> {
        let flow = self.counts.flows[at];
        let (start, end) = match change {
            Change::More => (flow.to, flow.from),
            Change::Less => (flow.from, flow.to),
        };
        let mut reached = vec![None; self.counts.nodes()];
        let mut ahead = BinaryHeap::from([Reverse((0_u64, start, None))]);
        while let Some(Reverse((cost, node, by))) = ahead.pop() {
            if reached[node].is_some() || cost > most {
                continue;
            }
            reached[node] = Some(by);
            let steps = self.steps(node).filter(|(step, _, _)| *step != at);
            ahead.extend(steps.map(|(step, change, to)| {
                Reverse((cost + self.cost(step, hidden), to, Some((step, change))))
            }));
        }
        self.back(&reached, start, end)
    }

    /// Steps from a node: along a count that becomes more, or against one that becomes less.
    fn steps(&self, node: usize) -> impl Iterator<Item = (usize, Change, usize)> {
        let flows = self.counts.flows.iter().zip(&self.values).enumerate();
        flows.filter_map(move |(step, (flow, value))| match (flow.from == node, flow.to == node) {
            (true, _) => Some((step, Change::More, flow.to)),
            (false, true) if *value > 0 => Some((step, Change::Less, flow.from)),
            _ => None,
        })
    }

    fn cost(&self, step: usize, hidden: &[bool]) -> u64 {
        let dear = |value: u32| u64::from(value).max(ZERO_COSTS);
        if hidden[step] { 0 } else { dear(self.counts.flows[step].value) }
    }

    /// The way that led to the end, backwards.
    fn back(
        &self,
        reached: &[Option<Option<(usize, Change)>>],
        start: usize,
        end: usize,
    ) -> Option<Vec<(usize, Change)>> {
        let (mut node, mut way) = (end, Vec::new());
        while node != start {
            let (step, change) = reached[node]??;
            way.push((step, change));
            let flow = self.counts.flows[step];
            node = if change == Change::More { flow.from } else { flow.to };
        }
        Some(way)
    }
}
