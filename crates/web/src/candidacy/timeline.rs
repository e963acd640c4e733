//! The road of a unit as a line of stages: done, here, to come.

use bening_core::candidacy::rules::Rules;
use bening_core::candidacy::{Candidacy, Stage};

use crate::page::Page;

/// A stage on the page.
pub(super) struct Stop {
    pub(super) title: String,
    pub(super) state: &'static str,
    pub(super) day: String,
    pub(super) paper: String,
    pub(super) who: String,
    pub(super) until: String,
}

/// The stages of a road that goes well, with what happened at each; a stage beside the road comes in as the last.
pub(super) fn stops(page: &Page, rules: &Rules, road: &Candidacy, year: i32) -> Vec<Stop> {
    let here = road.stage();
    let place = |stage: Stage| Stage::ROAD.iter().position(|each| *each == stage);
    let furthest = road.taken.iter().filter_map(|taken| place(taken.to)).max();
    let at = place(here).or(furthest);
    let mut stops: Vec<Stop> = Vec::new();
    for (number, stage) in Stage::ROAD.into_iter().enumerate() {
        let state = match at {
            Some(at) if number < at || (number == at && here != stage) => "done",
            Some(at) if number == at => "here",
            _ => "todo",
        };
        stops.push(stop(page, rules, road, (stage, state), year));
        if place(here).is_none() && at == Some(number) {
            stops.push(stop(page, rules, road, (here, "here"), year));
        }
    }
    stops
}

fn stop(
    page: &Page,
    rules: &Rules,
    road: &Candidacy,
    (stage, state): (Stage, &'static str),
    year: i32,
) -> Stop {
    let taken = road.reached(stage).filter(|_| state != "todo");
    let step = rules.steps.iter().find(|step| step.to == stage && step.is_for(&road.predicate));
    let deadline = step.and_then(|step| rules.deadline(&step.code, year)).filter(|_| state == "todo");
    let paper = taken.and_then(|taken| taken.paper.as_ref());
    Stop {
        title: page.t(stage.title()).into_owned(),
        state,
        day: taken.map(|taken| page.date(taken.on)).unwrap_or_default(),
        paper: paper.map(|paper| paper.number.clone()).unwrap_or_default(),
        who: step.map(|step| page.t(step.by.title()).into_owned()).unwrap_or_default(),
        until: deadline.map(|(last, _)| page.date(last)).unwrap_or_default(),
    }
}
