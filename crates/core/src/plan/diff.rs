//! What changed between two versions of a plan, row by row, for people to read.

use serde::Serialize;

use super::export::{ActionExport, PlanExport, PriorityExport, TimeExport};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where: the area or "Target prioritas".
    pub place: String,
    /// The row: the action's or component's name.
    pub row: String,
    /// What happened.
    pub kind: Kind,
}

/// What happened to a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It was withdrawn, for this reason.
    Withdrawn(String),
    /// A field reads differently.
    Changed {
        /// Which field, by its heading.
        field: &'static str,
        /// Before.
        from: String,
        /// After.
        to: String,
    },
}

/// A row reduced to what is compared.
struct Flat {
    id: uuid::Uuid,
    place: String,
    name: String,
    withdrawn: Option<String>,
    fields: Vec<(&'static str, String)>,
}

/// All differences from an older to a newer version, in printing order of the newer; removed rows last.
pub fn compare(old: &PlanExport, new: &PlanExport) -> Vec<Difference> {
    let (old, new) = (flatten(old), flatten(new));
    let mut found: Vec<Difference> = Vec::new();
    for row in &new {
        match old.iter().find(|before| before.id == row.id) {
            None => found.push(row.difference(Kind::Added)),
            Some(before) => found.extend(changes(before, row)),
        }
    }
    let gone = old.iter().filter(|before| !new.iter().any(|row| row.id == before.id));
    found.extend(gone.map(|row| row.difference(Kind::Removed)));
    found
}

impl Flat {
    fn difference(&self, kind: Kind) -> Difference {
        Difference { place: self.place.clone(), row: self.name.clone(), kind }
    }
}

fn changes(old: &Flat, new: &Flat) -> Vec<Difference> {
    let withdrawn = new.withdrawn.clone().filter(|_| old.withdrawn.is_none());
    let mut found: Vec<Difference> =
        withdrawn.map(|reason| new.difference(Kind::Withdrawn(reason))).into_iter().collect();
    for ((field, from), (_, to)) in old.fields.iter().zip(&new.fields).filter(|(from, to)| from != to) {
        found.push(new.difference(Kind::Changed { field, from: from.clone(), to: to.clone() }));
    }
    found
}

fn flatten(plan: &PlanExport) -> Vec<Flat> {
    let mut rows = Vec::new();
    for area in &plan.areas {
        let row = |id, name: &str, fields| Flat {
            id,
            place: area.name.clone(),
            name: name.to_owned(),
            withdrawn: None,
            fields,
        };
        rows.extend(area.benefits.iter().map(|b| row(b.id.0, &b.text, vec![("Manfaat", b.text.clone())])));
        for component in &area.components {
            let sub = component.sub.clone().unwrap_or_default();
            let fields = vec![("Komponen", component.name.clone()), ("Subkomponen LKE", sub)];
            rows.push(row(component.id.0, &component.name, fields));
            rows.extend(component.actions.iter().map(|a| action(&area.name, &component.name, a)));
        }
    }
    rows.extend(plan.priorities.iter().map(priority));
    rows
}

fn action(area: &str, component: &str, action: &ActionExport) -> Flat {
    let evidence = action.evidence.iter().map(|e| e.title.as_str()).collect::<Vec<_>>().join("; ");
    Flat {
        id: action.id.0,
        place: area.to_owned(),
        name: action.name.clone(),
        withdrawn: action.withdrawn.as_ref().map(|w| w.reason.clone()),
        fields: vec![
            ("Komponen", component.to_owned()),
            ("Rencana aksi", action.name.clone()),
            ("Bukti fisik", evidence),
            ("Waktu", time(action.time.as_ref())),
            ("PIC", action.pics.join(", ")),
            ("Target", action.target.clone()),
        ],
    }
}

fn priority(priority: &PriorityExport) -> Flat {
    Flat {
        id: priority.id.0,
        place: "Target prioritas".to_owned(),
        name: priority.action.clone(),
        withdrawn: None,
        fields: vec![
            ("Rencana aksi", priority.action.clone()),
            ("Target", priority.target.clone()),
            ("Waktu", time(priority.time.as_ref())),
            ("Tindak lanjut", priority.follow_up.clone()),
        ],
    }
}

fn time(time: Option<&TimeExport>) -> String {
    time.map(|t| t.text.clone()).unwrap_or_default()
}
