//! What names in a file can mean: people of the unit and sub-components of the LKE.

use super::fold;
use crate::plan::Area;
use crate::plan::edit::Member;

/// What the checker knows beyond the file.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// People of the unit; with none, PIC names are kept as they are.
    pub roster: &'a [Member],
    /// What to do with names that nobody bears.
    pub unknown: UnknownPics,
    /// Sub-components of the instrument; with none, codes are kept as they are.
    pub subs: &'a [Sub],
}

/// What happens to a PIC whom nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownPics {
    /// The row is a problem.
    #[default]
    Refuse,
    /// The name is printed without an account behind it, with a note.
    KeepAsNames,
}

/// A sub-component of the LKE that a component can serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sub {
    /// "MP-P1".
    pub code: String,
    /// Official name.
    pub name: String,
    /// Area it belongs to.
    pub area: Area,
}

impl Known<'_> {
    /// Whether a PIC is acceptable without a word.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.roster.is_empty() || self.roster.iter().any(|member| fold(&member.name) == fold(name))
    }

    /// The names that would have been understood: "Bayu, Nover".
    pub(super) fn names(&self) -> String {
        self.roster.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The code that a cell means: the code itself, with or without the name behind it, or the name.
    pub(super) fn sub(&self, area: Area, cell: &str) -> Option<String> {
        if self.subs.is_empty() {
            return Some(cell.to_owned());
        }
        let code = cell.split_whitespace().next().unwrap_or_default();
        let by_code = self.of(area).find(|sub| sub.code.eq_ignore_ascii_case(code));
        let by_name = || self.of(area).find(|sub| fold(&sub.name) == fold(cell));
        by_code.or_else(by_name).map(|sub| sub.code.clone())
    }

    /// The codes that an area has: "MP-P1 (Tim Kerja), …".
    pub(super) fn subs_of(&self, area: Area) -> String {
        self.of(area).map(|sub| format!("{} ({})", sub.code, sub.name)).collect::<Vec<_>>().join(", ")
    }

    /// The one sub-component whose words are all in the component's name, or the other way round.
    pub(super) fn suggest(&self, area: Area, component: &str) -> Option<String> {
        let name = words(component);
        let mut alike = self.of(area).filter(|sub| is_within(&words(&sub.name), &name));
        let first = alike.next()?;
        alike.next().is_none().then(|| first.code.clone())
    }

    fn of(&self, area: Area) -> impl Iterator<Item = &Sub> {
        self.subs.iter().filter(move |sub| sub.area == area)
    }
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    parts.map(str::to_lowercase).collect()
}

fn is_within(a: &[String], b: &[String]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !few.is_empty() && few.iter().all(|word| many.contains(word))
}
