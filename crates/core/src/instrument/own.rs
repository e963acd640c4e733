//! An agency's own files over the shipped editions: what is in force together, and whether one more file may
//! join. A file that once passed can stop fitting when Bening is updated; then it is left out and said so,
//! because the site has to go on.

use std::sync::Arc;

use super::labels::Labels;
use super::model::Instrument;
use super::problem::Problem;
use super::shipped::{Editions, shipped};

/// What a file of an agency holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnKind {
    /// A whole edition.
    Edition,
    /// Wording for an edition.
    Labels,
}

/// A file of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// What it holds.
    pub kind: OwnKind,
    /// The edition it is, or is for.
    pub edition: String,
    /// Name of the file, to say where a problem is.
    pub name: String,
    /// Its text (TOML).
    pub text: String,
}

/// The editions in force, and why files of the agency are not among them.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// What can be used.
    pub editions: Arc<Editions>,
    /// Why the rest cannot.
    pub problems: Vec<Problem>,
}

impl OwnKind {
    /// How it is kept.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Edition => "edition",
            Self::Labels => "labels",
        }
    }

    /// What the trail calls its loading.
    #[must_use]
    pub fn event(self) -> &'static str {
        match self {
            Self::Edition => "instrument.edition.loaded",
            Self::Labels => "instrument.labels.loaded",
        }
    }

    /// From how it is kept.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Edition, Self::Labels].into_iter().find(|kind| kind.code() == code)
    }
}

/// The shipped editions with these files of an agency, editions before the wording for them.
#[must_use]
pub fn in_force(own: &[OwnFile]) -> InForce {
    let mut all = Gathering { editions: shipped().clone(), problems: Vec::new() };
    let of = |kind| own.iter().filter(move |file| file.kind == kind);
    of(OwnKind::Edition).for_each(|file| all.add_edition(file));
    of(OwnKind::Labels).for_each(|file| all.add_labels(file));
    InForce { editions: Arc::new(all.editions), problems: all.problems }
}

/// What [`in_force`] has so far.
struct Gathering {
    editions: Editions,
    problems: Vec<Problem>,
}

impl Gathering {
    fn add_edition(&mut self, file: &OwnFile) {
        let read = Instrument::parse(&file.name, &file.text);
        match read.and_then(|edition| self.editions.clone().with(&file.name, edition)) {
            Ok(editions) => self.editions = editions,
            Err(problems) => self.problems.extend(problems),
        }
    }

    fn add_labels(&mut self, file: &OwnFile) {
        let Some(edition) = self.editions.by_id(&file.edition).cloned() else {
            return self.problems.push(unknown_edition(&file.name, &file.edition, &self.editions));
        };
        match Labels::parse(&file.name, &file.text, &edition) {
            Ok(labels) => self.editions.put(Arc::unwrap_or_clone(edition).with_labels(&labels)),
            Err(problems) => self.problems.extend(problems),
        }
    }
}

/// Reads an edition that an agency wants to use beside these files; one of its own with the same id makes way.
///
/// # Errors
/// Every problem of the file, and whatever it would break.
pub fn admit_edition(own: &[OwnFile], name: &str, text: &str) -> Result<OwnFile, Vec<Problem>> {
    let edition = Instrument::parse(name, text)?;
    let refuse = |reason| vec![Problem { file: name.to_owned(), line: edition.line, reason }];
    if shipped().by_id(&edition.id).is_some() {
        return Err(refuse(format!(
            "id \"{}\" milik edisi bawaan; pakai id lain dan isi replaces = \"{}\"",
            edition.id, edition.id
        )));
    }
    let dropped = dropped_codes(&in_force(own).editions, &edition);
    if !dropped.is_empty() {
        return Err(refuse(format!(
            "pertanyaan yang sudah dipakai tidak ada lagi: {}; muat sebagai edisi baru dengan id lain",
            dropped.join(", ")
        )));
    }
    let file =
        OwnFile { kind: OwnKind::Edition, edition: edition.id, name: name.to_owned(), text: text.to_owned() };
    joined(own, file)
}

/// Reads wording that an agency wants to use beside these files; its earlier wording for the edition makes way.
///
/// # Errors
/// Every problem of the file.
pub fn admit_labels(own: &[OwnFile], name: &str, text: &str) -> Result<OwnFile, Vec<Problem>> {
    let editions = in_force(own).editions;
    let id = Labels::edition_of(name, text)?;
    let Some(edition) = editions.by_id(&id) else {
        return Err(vec![unknown_edition(name, &id, &editions)]);
    };
    Labels::parse(name, text, edition)?;
    joined(own, OwnFile { kind: OwnKind::Labels, edition: id, name: name.to_owned(), text: text.to_owned() })
}

/// The file, unless it would put something out of force that is in force now.
fn joined(own: &[OwnFile], file: OwnFile) -> Result<OwnFile, Vec<Problem>> {
    let before = in_force(own).problems;
    let others = own.iter().filter(|known| known.kind != file.kind || known.edition != file.edition);
    let after = in_force(&others.chain([&file]).cloned().collect::<Vec<_>>()).problems;
    let new: Vec<Problem> = after.into_iter().filter(|problem| !before.contains(problem)).collect();
    if new.is_empty() { Ok(file) } else { Err(new) }
}

/// Codes of questions that the edition of this id has now and the new text does not.
fn dropped_codes(editions: &Editions, new: &Instrument) -> Vec<String> {
    let Some(known) = editions.by_id(&new.id) else {
        return Vec::new();
    };
    let codes = known.questions().map(|(_, _, question)| question.code.clone());
    codes.filter(|code| new.question(code).is_none()).collect()
}

fn unknown_edition(file: &str, id: &str, editions: &Editions) -> Problem {
    let known: Vec<&str> = editions.iter().map(|edition| edition.id.as_str()).collect();
    let reason = format!("edisi \"{id}\" tidak ada; pilihannya: {}", known.join(", "));
    Problem { file: file.to_owned(), line: 1, reason }
}
