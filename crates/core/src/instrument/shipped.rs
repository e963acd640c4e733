//! The editions that come with Bening, embedded in the binary, and the choice of the one for a day.
//! Other editions (an agency's own) are loaded by the caller and handed to [`Editions::with`].

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::model::Instrument;
use super::problem::Problem;

/// The files as they lie in `instruments/`: name and text.
pub const SHIPPED_FILES: [(&str, &str); 2] = [
    ("permenpanrb-52-2014.toml", include_str!("../../../../instruments/permenpanrb-52-2014.toml")),
    ("permenpanrb-90-2021.toml", include_str!("../../../../instruments/permenpanrb-90-2021.toml")),
];

static SHIPPED: LazyLock<Editions> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| Instrument::parse(name, text).ok().map(Arc::new);
    Editions { editions: SHIPPED_FILES.iter().filter_map(read).collect() }
});

/// The shipped editions. A test proves that each of the files passes the checker.
#[must_use]
pub fn shipped() -> &'static Editions {
    &SHIPPED
}

/// Editions that can be used together: ids are unique and no two are valid on one day, except one that
/// says it replaces the other.
#[derive(Debug, Clone, Default)]
pub struct Editions {
    editions: Vec<Arc<Instrument>>,
}

impl Editions {
    /// All editions.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Instrument>> {
        self.editions.iter()
    }

    /// The edition with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Instrument>> {
        self.editions.iter().find(|edition| edition.id == id)
    }

    /// The edition for an assessment on that day; one that replaces another goes first.
    #[must_use]
    pub fn for_day(&self, day: NaiveDate) -> Option<&Arc<Instrument>> {
        let mut covering = self.editions.iter().filter(|edition| edition.covers(day));
        let first = covering.next()?;
        Some(covering.find(|edition| edition.replaces.as_ref() == Some(&first.id)).unwrap_or(first))
    }

    /// These editions and one more.
    ///
    /// # Errors
    /// The problems when its id is taken or its validity overlaps.
    pub fn with(mut self, file: &str, edition: Instrument) -> Result<Self, Vec<Problem>> {
        let problems: Vec<Problem> =
            self.editions.iter().filter_map(|known| conflict(file, &edition, known)).collect();
        if problems.is_empty() {
            self.editions.push(Arc::new(edition));
            Ok(self)
        } else {
            Err(problems)
        }
    }
}

impl Editions {
    /// Puts an edition in the place of the one with its id.
    pub(super) fn put(&mut self, edition: Instrument) {
        if let Some(place) = self.editions.iter_mut().find(|known| known.id == edition.id) {
            *place = Arc::new(edition);
        }
    }
}

fn conflict(file: &str, new: &Instrument, known: &Instrument) -> Option<Problem> {
    let problem = |reason| Some(Problem { file: file.to_owned(), line: new.line, reason });
    if new.id == known.id {
        return problem(format!("id \"{}\" sudah dipakai edisi lain", new.id));
    }
    let apart = |earlier: &Instrument, later: &Instrument| {
        earlier.valid_until.is_some_and(|until| until < later.valid_from)
    };
    if apart(new, known) || apart(known, new) || new.replaces.as_ref() == Some(&known.id) {
        return None;
    }
    problem(format!(
        "masa berlaku bertumpang tindih dengan edisi \"{}\"; ubah valid_from/valid_until atau isi replaces",
        known.id
    ))
}
