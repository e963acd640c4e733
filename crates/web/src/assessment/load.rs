//! Load of teams and of each assessor against what is usual.

use std::collections::{BTreeMap, HashMap};

use bening_core::id::PersonId;
use bening_core::lke::Layer;
use bening_core::team::standing::Stage;
use bening_core::team::{Seat, Team};

use super::board::Board;

/// Load of a team or of an assessor.
pub(super) struct Load {
    pub name: String,
    /// For a team who sits on it, for an assessor their seats.
    pub note: String,
    pub href: String,
    pub units: usize,
    /// Units that wait for them now.
    pub waiting: usize,
    /// Percent of the norm, at most 100, for the bar.
    pub percent: String,
    pub is_over: bool,
}

pub(super) fn layer(seat: Seat) -> Layer {
    match seat {
        Seat::Member => Layer::TpiMember,
        Seat::Lead => Layer::TpiLead,
        Seat::Controller => Layer::TpiController,
    }
}

fn percent(units: usize, norm: usize) -> String {
    (units * 100).checked_div(norm).unwrap_or(0).min(100).to_string()
}

fn waiting(board: &Board, team: &Team, layers: &[Layer]) -> usize {
    let is_turn = |unit: &&bening_core::id::UnitId| match Stage::of(board.sheets.get(unit)) {
        Stage::At(layer) => layers.contains(&layer),
        _ => false,
    };
    team.units.iter().filter(is_turn).count()
}

/// Load of each team.
pub(super) fn teams(board: &Board, names: &HashMap<PersonId, String>, norm: usize) -> Vec<Load> {
    let load = |team: &Team| {
        let people = team.members.iter().filter_map(|member| names.get(&member.person).cloned());
        Load {
            name: team.name.clone(),
            note: people.collect::<Vec<_>>().join(", "),
            href: format!("/penilaian/tim/{}", team.id),
            units: team.units.len(),
            waiting: waiting(board, team, &Seat::ALL.map(layer)),
            percent: percent(team.units.len(), norm),
            is_over: team.units.len() > norm,
        }
    };
    board.teams.iter().map(load).collect()
}

/// Load of each assessor over all their teams, heaviest first; `title` names a seat for the reader.
pub(super) fn assessors(
    board: &Board,
    names: &HashMap<PersonId, String>,
    norm: usize,
    title: impl Fn(Seat) -> String,
) -> Vec<Load> {
    let mut found: BTreeMap<PersonId, (usize, usize, Vec<String>)> = BTreeMap::new();
    for team in &board.teams {
        for member in &team.members {
            let load = found.entry(member.person).or_default();
            load.0 += team.units.len();
            load.1 += waiting(board, team, &[layer(member.seat)]);
            load.2.push(format!("{} · {}", title(member.seat), team.name));
        }
    }
    let load = |(person, (units, waiting, seats)): (PersonId, (usize, usize, Vec<String>))| Load {
        name: names.get(&person).cloned().unwrap_or_default(),
        note: seats.join(", "),
        href: String::new(),
        units,
        waiting,
        percent: percent(units, norm),
        is_over: units > norm,
    };
    let mut loads: Vec<Load> = found.into_iter().map(load).collect();
    loads.sort_by(|a, b| b.units.cmp(&a.units).then_with(|| a.name.cmp(&b.name)));
    loads
}
