//! Templates as they stand in `prints/letters/*.toml`, series of numbers, and the words of a template with their check.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::COMMON;
use crate::candidacy::rules::Desk;

/// The files as they lie in `prints/letters/`: name and text.
pub const SHIPPED_FILES: [(&str, &str); 9] = [
    ("sk-tim-kerja.toml", include_str!("../../../../prints/letters/sk-tim-kerja.toml")),
    ("sk-agen-perubahan.toml", include_str!("../../../../prints/letters/sk-agen-perubahan.toml")),
    ("undangan.toml", include_str!("../../../../prints/letters/undangan.toml")),
    ("berita-acara.toml", include_str!("../../../../prints/letters/berita-acara.toml")),
    ("surat-usulan.toml", include_str!("../../../../prints/letters/surat-usulan.toml")),
    ("sptjm.toml", include_str!("../../../../prints/letters/sptjm.toml")),
    ("penetapan.toml", include_str!("../../../../prints/letters/penetapan.toml")),
    ("pencabutan.toml", include_str!("../../../../prints/letters/pencabutan.toml")),
    ("dibina-kembali.toml", include_str!("../../../../prints/letters/dibina-kembali.toml")),
];

/// Longest words of a template, in characters.
const WORDS_MAX_CHARS: usize = 20_000;

static SHIPPED: LazyLock<Vec<Template>> =
    LazyLock::new(|| SHIPPED_FILES.iter().filter_map(|(_, text)| Template::parse(text).ok()).collect());

static SERIES: LazyLock<Vec<Series>> = LazyLock::new(|| {
    let all = toml::from_str::<AllSeries>(include_str!("../../../../prints/letters/seri.toml"));
    all.map(|all| all.series).unwrap_or_default()
});

/// The templates that come with Bening. A test proves that each of the files passes the checker.
pub fn shipped() -> &'static [Template] {
    &SHIPPED
}

/// A template by its code.
pub fn template(code: &str) -> Option<&'static Template> {
    shipped().iter().find(|template| template.code == code)
}

/// The series of numbers that come with Bening.
pub fn series() -> &'static [Series] {
    &SERIES
}

/// A series by its code.
pub fn series_by_code(code: &str) -> Option<&'static Series> {
    series().iter().find(|series| series.code == code)
}

#[derive(Deserialize)]
struct AllSeries {
    series: Vec<Series>,
}

/// A series of numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The pattern that holds until the agency chooses its own.
    pub pattern: String,
}

/// A template.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Code, also in addresses.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Code of the series that numbers it.
    pub series: String,
    /// Who issues it.
    pub by: Desk,
    /// Who signs it unless somebody else is named.
    pub signer: Signer,
    /// The words that were shipped.
    pub words: Words,
    /// Its table.
    #[serde(default)]
    pub table: Option<TableOf>,
    /// What has to be typed for it.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The head of the unit.
    Unit,
    /// The head of the agency.
    Agency,
    /// Whoever issues it.
    Caller,
}

/// The table of a template.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableOf {
    /// Where its rows come from.
    pub of: Rows,
    /// The field they are typed in.
    #[serde(default)]
    pub field: String,
    /// Caption.
    pub caption: String,
    /// Headings after the number.
    pub columns: Vec<String>,
}

/// Where rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Who holds a role in the unit's team: name, title, role.
    Team,
    /// The unit, its predicate and its scores.
    Score,
    /// Lines of a field, their pieces parted by semicolons.
    Lines,
}

/// Something that is typed for a paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name of the placeholder.
    pub name: String,
    /// Label for people.
    pub label: String,
    /// What to type.
    pub hint: String,
    /// How much.
    #[serde(default)]
    pub kind: FieldKind,
}

/// How much is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    #[default]
    Line,
    /// Many lines.
    Lines,
}

/// The words of a template, which an agency may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Title, one line a line.
    pub title: String,
    /// The text.
    pub text: String,
    /// What stands above the signature.
    pub closing: String,
}

/// Why words cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// A part is empty.
    #[error("judul, isi, dan baris tempat dan tanggal wajib diisi")]
    Empty,
    /// Too much.
    #[error("kata-kata templat paling banyak {WORDS_MAX_CHARS} huruf")]
    Long,
    /// A placeholder nobody knows.
    #[error("\"{{{name}}}\" tidak dikenal; yang dapat dipakai: {known}")]
    Unknown {
        /// Its name.
        name: String,
        /// Those that can be used.
        known: String,
    },
    /// A brace without its other half.
    #[error("kurung kurawal tidak berpasangan di dekat \"{0}\"")]
    Braces(String),
    /// Nothing would change.
    #[error("kata-kata tidak berubah; versi baru tidak dibuat")]
    Unchanged,
}

/// Why a file of a template cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It cannot be read.
    #[error("templat naskah tidak dapat dibaca: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// Its words cannot be used.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// Its series is not there.
    #[error("seri nomor \"{0}\" tidak ada")]
    NoSeries(String),
}

impl Template {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// The first thing wrong with it.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let template: Self = toml::from_str(text)?;
        template.check(&template.words)?;
        series_by_code(&template.series).ok_or_else(|| TemplateError::NoSeries(template.series.clone()))?;
        Ok(template)
    }

    /// Names of the placeholders it knows.
    pub fn placeholders(&self) -> Vec<&str> {
        let own = self.fields.iter().map(|field| field.name.as_str());
        COMMON.iter().map(|(name, _)| *name).chain(own).collect()
    }

    /// Whether words can be used.
    ///
    /// # Errors
    /// [`WordsError`], with the placeholders that are known.
    pub fn check(&self, words: &Words) -> Result<(), WordsError> {
        let parts = [&words.title, &words.text, &words.closing];
        if parts.iter().any(|part| part.trim().is_empty()) {
            return Err(WordsError::Empty);
        }
        if parts.iter().map(|part| part.chars().count()).sum::<usize>() > WORDS_MAX_CHARS {
            return Err(WordsError::Long);
        }
        let known = self.placeholders();
        for name in parts.iter().map(|part| names(part)).collect::<Result<Vec<_>, _>>()?.concat() {
            if !known.contains(&name) {
                let known = known.iter().map(|known| format!("{{{known}}}")).collect::<Vec<_>>().join(", ");
                return Err(WordsError::Unknown { name: name.to_owned(), known });
            }
        }
        Ok(())
    }
}

impl Words {
    /// Whether a placeholder stands in them.
    pub fn names(&self, placeholder: &str) -> bool {
        let sign = format!("{{{placeholder}}}");
        [&self.title, &self.text, &self.closing].iter().any(|part| part.contains(&sign))
    }
}

/// The placeholders of a text.
fn names(text: &str) -> Result<Vec<&str>, WordsError> {
    let near = |text: &str| WordsError::Braces(text.chars().take(20).collect());
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let tail = rest.get(at..).unwrap_or_default();
        let (name, after) =
            tail.strip_prefix('{').and_then(|t| t.split_once('}')).ok_or_else(|| near(tail))?;
        if name.contains(['{', '\n']) {
            return Err(near(tail));
        }
        found.push(name);
        rest = after;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Pattern;

    #[test]
    fn every_shipped_template_and_series_can_be_used() {
        for (name, text) in SHIPPED_FILES {
            assert!(Template::parse(text).is_ok(), "{name}: {:?}", Template::parse(text).err());
        }
        assert!(!series().is_empty());
        for series in series() {
            assert!(Pattern::parse(&series.pattern).is_ok(), "{}", series.code);
        }
    }

    #[test]
    fn an_unknown_placeholder_is_refused_with_those_that_are_known() {
        let template = template("undangan").unwrap();
        let with = |text: &str| template.check(&Words { text: text.to_owned(), ..template.words.clone() });
        let said = with("Kepada {siapa}").unwrap_err().to_string();
        assert!(said.contains("{siapa}") && said.contains("{unit}") && said.contains("{waktu}"), "{said}");
        assert!(matches!(with("Kepada {unit"), Err(WordsError::Braces(_))));
        assert!(matches!(with("Kepada unit}"), Err(WordsError::Braces(_))));
        assert_eq!(with(" "), Err(WordsError::Empty));
        assert_eq!(with("Kepada {unit}"), Ok(()));
    }
}
