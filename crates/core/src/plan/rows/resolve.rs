//! One row after the other: which area and component it belongs to, what its empty cells take over from the
//! rows above, and what is wrong with it.

use super::check::{Checked, CheckedAction, CheckedArea, CheckedComponent, CheckedPriority, SubCell};
use super::known::{Known, UnknownPics};
use super::wording::{cell, no_action, no_component, number, shown, unknown_pic};
use super::{At, Problem, RawPriority, RawRow, Said, column, fold};
use crate::plan::{Area, Pic, Schedule, edit};
use crate::text::{self, CELL_MAX_CHARS};

/// Where the work on a file stands: what was found so far and what the next row may take over.
pub(super) struct Desk<'a> {
    known: &'a Known<'a>,
    areas: Vec<CheckedArea>,
    priorities: Vec<CheckedPriority>,
    place: Place,
    inherited: usize,
    unknown: Vec<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<String>,
}

/// What the row above leaves to the next one.
#[derive(Default)]
struct Place {
    sheet: Option<String>,
    area: Option<Area>,
    /// An area that could not be understood was already complained about.
    area_lost: bool,
    component: Option<usize>,
    number: String,
    time: Said<Schedule>,
    target: Said<String>,
    pics: Said<Vec<Pic>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        let areas =
            Area::ALL.map(|area| CheckedArea { area, benefits: Vec::new(), components: Vec::new() }).into();
        Self {
            known,
            areas,
            priorities: Vec::new(),
            place: Place::default(),
            inherited: 0,
            unknown: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn problem(&mut self, at: At, message: impl Into<String>) {
        self.problems.push(Problem { at, message: message.into() });
    }

    pub(super) fn finish(mut self) -> Result<Checked, Vec<Problem>> {
        if !self.problems.is_empty() {
            self.problems.sort_by(|a, b| (&a.at.sheet, a.at.row).cmp(&(&b.at.sheet, b.at.row)));
            return Err(self.problems);
        }
        if self.inherited > 0 {
            let count = self.inherited;
            self.notes
                .push(format!("{count} sel kosong diisi dari baris di atasnya, seperti pada sel gabungan"));
        }
        if !self.unknown.is_empty() {
            let names = self.unknown.join(", ");
            self.notes.push(format!("PIC tanpa akun, dipakai sebagai nama saja: {names}"));
        }
        Ok(Checked { areas: self.areas, priorities: self.priorities, notes: self.notes })
    }

    /// One row of an area table.
    pub(super) fn row(&mut self, row: &RawRow) {
        self.enter(row);
        self.benefits(row);
        if row.is_only_benefits() {
            return;
        }
        if row.is_more_evidence(&self.place.number) && self.more_evidence(row) {
            return;
        }
        let component = self.component(row);
        let action = self.action(row);
        if let (Some(area), Some(component), Some(action)) = (self.place.area, component, action) {
            self.put(area, component, action);
        }
    }

    /// Moves to the row's sheet and area.
    fn enter(&mut self, row: &RawRow) {
        if row.sheet != self.place.sheet {
            self.place = Place { sheet: row.sheet.clone(), ..Place::default() };
        }
        match (row.area.trim(), Area::recognise(&row.area)) {
            ("", _) if self.place.area.is_none() && !self.place.area_lost => {
                self.lose_area(row, "area belum disebut".to_owned())
            }
            ("", _) => (),
            (_, Some(area)) if self.place.area == Some(area) => (),
            (_, Some(area)) => {
                self.place = Place { sheet: row.sheet.clone(), area: Some(area), ..Place::default() }
            }
            (text, None) => self.lose_area(row, format!("area “{}” tidak dikenali", shown(text))),
        }
    }

    fn lose_area(&mut self, row: &RawRow, found: String) {
        let names = Area::ALL.map(Area::name).join(", ");
        self.problem(row.at(Some(column::AREA)), format!("{found}; tulis salah satu dari: {names}"));
        self.place = Place { sheet: row.sheet.clone(), area_lost: true, ..Place::default() };
    }

    fn benefits(&mut self, row: &RawRow) {
        for benefit in &row.benefits {
            if let Said::This(text) = self.text(row.at(Some(column::BENEFIT)), benefit)
                && let Some(area) = self.place.area
            {
                self.areas[area.index()].benefits.push((row.at(Some(column::BENEFIT)), text));
            }
        }
    }

    /// Evidence spread over several rows beside one tall action cell.
    fn more_evidence(&mut self, row: &RawRow) -> bool {
        let evidence = self.evidence(row);
        let last = self.place.area.zip(self.place.component).and_then(|(area, component)| {
            self.areas[area.index()].components.get_mut(component)?.actions.last_mut()
        });
        last.map(|action| action.evidence.extend(evidence)).is_some()
    }

    /// Index of the row's component within its area; a new one is opened where a new name or number stands.
    fn component(&mut self, row: &RawRow) -> Option<usize> {
        let number = number(&row.number);
        let name = self.text(row.at(Some(column::COMPONENT)), &row.component);
        let continues = number.is_empty() || number == self.place.number;
        let area = self.place.area?;
        let index = match (name, self.place.component) {
            (Said::Nothing, Some(current)) if continues => current,
            (Said::This(name), _) => match self.alike(area, &name, &number) {
                Some(index) => index,
                None => self.open(row, area, name, number)?,
            },
            _ => {
                self.problem(row.at(Some(column::COMPONENT)), no_component(&number));
                return None;
            }
        };
        self.stand_in(area, index);
        Some(index)
    }

    fn stand_in(&mut self, area: Area, index: usize) {
        if self.place.component != Some(index) {
            self.place.time = Said::Nothing;
            self.place.target = Said::Nothing;
        }
        self.place.component = Some(index);
        self.place.number.clone_from(&self.areas[area.index()].components[index].number);
    }

    fn alike(&self, area: Area, name: &str, number: &str) -> Option<usize> {
        let same = |component: &CheckedComponent| {
            fold(&component.name) == fold(name)
                && (number.is_empty() || component.number.is_empty() || component.number == number)
        };
        let components = &self.areas[area.index()].components;
        let current = self.place.component.filter(|index| same(&components[*index]));
        current.or_else(|| components.iter().position(same))
    }

    fn open(&mut self, row: &RawRow, area: Area, name: String, number: String) -> Option<usize> {
        let sub = self.sub(row, area, &name);
        let components = &self.areas[area.index()].components;
        let twin = components.iter().find(|other| !number.is_empty() && other.number == number);
        if let Some(twin) = twin {
            let message = format!(
                "nomor {number} sudah dipakai komponen “{}” pada {}; beri nomor lain kepada “{}” atau samakan \
                 nama komponennya",
                shown(&twin.name),
                twin.at,
                shown(&name)
            );
            self.problem(row.at(Some(column::NUMBER)), message);
        }
        let components = &mut self.areas[area.index()].components;
        components.push(CheckedComponent { at: row.at(None), number, name, sub, actions: Vec::new() });
        Some(components.len() - 1)
    }

    fn sub(&mut self, row: &RawRow, area: Area, component: &str) -> SubCell {
        let at = row.at(Some(column::SUB));
        match self.text(at.clone(), &row.sub) {
            Said::Empty => SubCell::Empty,
            Said::Nothing => self.known.suggest(area, component).map_or(SubCell::Nothing, SubCell::Suggested),
            Said::This(cell) => match self.known.sub(area, &cell) {
                Some(code) => SubCell::Named(code),
                None => {
                    let codes = self.known.subs_of(area);
                    let message = format!("subkomponen “{}” tidak ada pada area {area}", shown(&cell));
                    self.problem(at, format!("{message}; pilih salah satu dari: {codes}"));
                    SubCell::Nothing
                }
            },
        }
    }

    /// The row's action; `None` where there is none or it cannot be used.
    fn action(&mut self, row: &RawRow) -> Option<CheckedAction> {
        let name = self.text(row.at(Some(column::ACTION)), &row.action);
        if matches!(name, Said::Nothing | Said::Empty) && row.is_only_component() {
            self.notes.push(format!("{}: komponen belum memuat rencana aksi", row.at(None)));
            return None;
        }
        let (schedule, pics) = (self.time(row), self.pics(row));
        let target = self.text(row.at(Some(column::TARGET)), &row.target);
        self.place.target = self.take_over(target, self.place.target.clone());
        let evidence = self.evidence(row);
        let Said::This(name) = name else {
            self.problem(row.at(Some(column::ACTION)), no_action(row));
            return None;
        };
        Some(CheckedAction {
            at: row.at(None),
            name,
            evidence,
            schedule,
            pics,
            target: self.place.target.clone(),
        })
    }

    fn put(&mut self, area: Area, component: usize, action: CheckedAction) {
        let actions = &mut self.areas[area.index()].components[component].actions;
        if let Some(twin) = actions.iter().find(|other| fold(&other.name) == fold(&action.name)) {
            let note = format!(
                "{} menyebut tindakan yang sama dengan {} (“{}”); keduanya diambil",
                action.at,
                twin.at,
                shown(&action.name)
            );
            self.notes.push(note);
        }
        actions.push(action);
    }

    fn time(&mut self, row: &RawRow) -> Said<Schedule> {
        let said = self.schedule(row.at(Some(column::TIME)), &row.time);
        self.place.time = self.take_over(said, self.place.time.clone());
        self.place.time.clone()
    }

    fn schedule(&mut self, at: At, cell: &str) -> Said<Schedule> {
        match self.text(at.clone(), cell) {
            Said::Nothing => Said::Nothing,
            Said::Empty => Said::Empty,
            Said::This(text) => match Schedule::parse(&text) {
                Ok(schedule) => Said::This(schedule),
                Err(error) => {
                    self.problem(at, error.to_string());
                    Said::Empty
                }
            },
        }
    }

    fn pics(&mut self, row: &RawRow) -> Said<Vec<Pic>> {
        let at = row.at(Some(column::PIC));
        let said = match cell(&row.pic) {
            Said::Nothing => Said::Nothing,
            Said::Empty => Said::Empty,
            Said::This(text) => match edit::pics(&text, self.known.roster) {
                Ok(pics) => {
                    self.meet(at, &pics);
                    Said::This(pics)
                }
                Err(refusal) => {
                    self.problem(at, refusal.to_string());
                    Said::Empty
                }
            },
        };
        self.place.pics = self.take_over(said, self.place.pics.clone());
        self.place.pics.clone()
    }

    /// Complains about PICs nobody knows, or remembers them for a note.
    fn meet(&mut self, at: At, pics: &[Pic]) {
        for pic in pics.iter().filter(|pic| !self.known.knows(&pic.name)) {
            match self.known.unknown {
                UnknownPics::Refuse => self.problem(at.clone(), unknown_pic(&pic.name, self.known)),
                UnknownPics::KeepAsNames if self.unknown.contains(&pic.name) => (),
                UnknownPics::KeepAsNames => self.unknown.push(pic.name.clone()),
            }
        }
    }

    fn evidence(&mut self, row: &RawRow) -> Vec<String> {
        let at = row.at(Some(column::EVIDENCE));
        let found: usize = row.evidence.iter().map(|item| item.chars().count() + 1).sum();
        if found > CELL_MAX_CHARS + 1 {
            self.problem(at, text::TooLong { found, max: CELL_MAX_CHARS }.to_string());
            return Vec::new();
        }
        let items: Vec<Said<String>> = row.evidence.iter().map(|item| self.text(at.clone(), item)).collect();
        items.iter().filter_map(Said::value).cloned().collect()
    }

    /// One priority target.
    pub(super) fn priority(&mut self, row: &RawPriority) {
        let action = self.text(row.at(Some(column::ACTION)), &row.action);
        let target = self.text(row.at(Some(column::TARGET)), &row.target);
        let schedule = self.schedule(row.at(Some(column::TIME)), &row.time);
        let follow_up = self.text(row.at(Some(column::FOLLOW_UP)), &row.follow_up);
        match action {
            Said::This(action) => self.priorities.push(CheckedPriority {
                at: row.at(None),
                action,
                target,
                schedule,
                follow_up,
            }),
            Said::Nothing | Said::Empty => self.problem(
                row.at(Some(column::ACTION)),
                "target prioritas tanpa rencana aksi; isi apa yang akan dilakukan, misalnya “Integrasi aplikasi \
                 layanan”",
            ),
        }
    }

    fn text(&mut self, at: At, raw: &str) -> Said<String> {
        match text::line(raw) {
            Ok(clean) => cell(&clean),
            Err(error) => {
                self.problem(at, format!("{error}; ringkas isinya atau bagi menjadi beberapa baris"));
                Said::This(String::new())
            }
        }
    }

    fn take_over<T>(&mut self, said: Said<T>, above: Said<T>) -> Said<T> {
        if !matches!(said, Said::Nothing) {
            return said;
        }
        self.inherited += usize::from(matches!(above, Said::This(_)));
        above
    }
}
