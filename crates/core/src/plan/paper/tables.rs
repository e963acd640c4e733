//! The tables of III.2 and III.3: one for each area, with cells that span what belongs together, and the
//! priority targets.

use super::{Paper, columns, long_date};
use crate::document::{Align, Block, Cell, Table};
use crate::plan::export::{ActionExport, AreaExport, ComponentExport, PriorityExport, TimeExport};

impl Paper<'_> {
    pub(super) fn plan_tables(&self) -> Vec<Block> {
        self.inputs.plan.areas.iter().map(|area| Block::Table(self.area(area))).collect()
    }

    fn area(&self, area: &AreaExport) -> Table {
        use Align::{Center, Start};
        let sides = [
            (4, Center),
            (13, Start),
            (17, Start),
            (17, Start),
            (10, Start),
            (8, Start),
            (16, Start),
            (19, Start),
        ];
        Table {
            caption: Some(self.values.with("area", area.name.as_str()).fill(&self.words().plan_caption)),
            columns: columns(&self.words().plan_columns, sides),
            rows: self.area_rows(area),
        }
    }

    /// The benefits belong to the area, so their cell spans all its rows.
    fn area_rows(&self, area: &AreaExport) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> =
            area.components.iter().flat_map(|component| self.component_rows(component)).collect();
        if rows.is_empty() {
            rows.push(vec![Cell::text(self.words().no_component.as_str()).spanning_columns(7)]);
        }
        let height = rows.len() as u32;
        if let Some(first) = rows.first_mut() {
            first.push(self.benefits(area).spanning_rows(height));
        }
        rows
    }

    fn benefits(&self, area: &AreaExport) -> Cell {
        if area.benefits.is_empty() {
            return Cell::text(self.words().no_benefit.as_str());
        }
        Cell::list(area.benefits.iter().map(|benefit| benefit.text.clone()).collect())
    }

    fn component_rows(&self, component: &ComponentExport) -> Vec<Vec<Cell>> {
        if component.actions.is_empty() {
            let none = Cell::text(self.words().no_action.as_str()).spanning_columns(5);
            return vec![heads(component, 1).into_iter().chain([none]).collect()];
        }
        let mut rows = self.action_rows(&component.actions);
        if let Some(first) = rows.first_mut() {
            first.splice(0..0, heads(component, component.actions.len() as u32));
        }
        rows
    }

    /// Time, PIC and target stand once where neighbours within a component say the same.
    fn action_rows(&self, actions: &[ActionExport]) -> Vec<Vec<Cell>> {
        let columns: [fn(&ActionExport) -> String; 3] =
            [|a| time(a.time.as_ref()), |a| a.pics.join(", "), |a| a.target.clone()];
        let spans =
            columns.map(|column| runs(actions, |action| (action.withdrawn.is_some(), column(action))));
        let row = |(index, action): (usize, &ActionExport)| {
            let shared = columns.iter().zip(&spans).filter(|(_, spans)| spans[index] > 0);
            let shared = shared.map(|(column, spans)| Cell::text(column(action)).spanning_rows(spans[index]));
            [self.action_name(action), evidence(action)].into_iter().chain(shared).collect()
        };
        actions.iter().enumerate().map(row).collect()
    }

    fn action_name(&self, action: &ActionExport) -> Cell {
        let name = Cell::text(action.name.as_str());
        let Some(withdrawn) = &action.withdrawn else { return name };
        let values =
            self.values.with("pada", long_date(withdrawn.on)).with("alasan", withdrawn.reason.as_str());
        name.struck(values.fill(&self.words().withdrawn))
    }

    pub(super) fn priorities(&self) -> Block {
        let priorities = &self.inputs.plan.priorities;
        if priorities.is_empty() {
            return self.paragraph(&self.words().no_priority);
        }
        let sides = [(30, Align::Start), (28, Align::Start), (14, Align::Start), (28, Align::Start)];
        Block::Table(Table {
            caption: None,
            columns: columns(&self.words().priority_columns, sides),
            rows: priorities.iter().map(priority).collect(),
        })
    }
}

fn heads(component: &ComponentExport, height: u32) -> [Cell; 2] {
    let cells = [component.number.to_string(), component.name.clone()];
    cells.map(|text| Cell::text(text).spanning_rows(height))
}

fn evidence(action: &ActionExport) -> Cell {
    match action.evidence.len() {
        0 => Cell::text(""),
        _ => Cell::list(action.evidence.iter().map(|piece| piece.title.clone()).collect()),
    }
}

fn priority(priority: &PriorityExport) -> Vec<Cell> {
    let cells = [
        priority.action.clone(),
        priority.target.clone(),
        time(priority.time.as_ref()),
        priority.follow_up.clone(),
    ];
    cells.map(Cell::text).into()
}

pub(super) fn time(time: Option<&TimeExport>) -> String {
    time.map(|time| time.text.clone()).unwrap_or_default()
}

/// For each item how many rows its cell spans: the length of the run of equal keys it begins, 0 within one.
fn runs<T, K: PartialEq>(items: &[T], key: impl Fn(&T) -> K) -> Vec<u32> {
    let mut spans = vec![0; items.len()];
    let mut start = 0;
    for index in 0..items.len() {
        if key(&items[index]) != key(&items[start]) {
            start = index;
        }
        spans[start] += 1;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_neighbours_that_say_the_same_share_a_cell() {
        assert_eq!(runs(&["a", "a", "b", "a"], |text| *text), [2, 0, 1, 1]);
        assert_eq!(runs(&[] as &[&str], |text| *text), Vec::<u32>::new());
    }
}
