//! The questionnaires and the method that come with Bening, embedded in the binary.

use std::sync::{Arc, LazyLock};

use super::method::Method;
use super::model::Questionnaire;

/// The questionnaires as they lie in `instruments/surveys/`: name and text.
pub const SHIPPED_FILES: [(&str, &str); 5] = [
    ("skm-14-2017.toml", include_str!("../../../../instruments/surveys/skm-14-2017.toml")),
    ("spak-90-2021.toml", include_str!("../../../../instruments/surveys/spak-90-2021.toml")),
    ("spkp-90-2021.toml", include_str!("../../../../instruments/surveys/spkp-90-2021.toml")),
    ("korupsi-52-2014.toml", include_str!("../../../../instruments/surveys/korupsi-52-2014.toml")),
    ("pelayanan-52-2014.toml", include_str!("../../../../instruments/surveys/pelayanan-52-2014.toml")),
];

/// The method as it lies in `instruments/surveys/`: name and text.
pub const METHOD_FILE: (&str, &str) =
    ("metode.toml", include_str!("../../../../instruments/surveys/metode.toml"));

static SHIPPED: LazyLock<Surveys> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| Questionnaire::parse(name, text).ok().map(Arc::new);
    Surveys { questionnaires: SHIPPED_FILES.iter().filter_map(read).collect() }
});

static METHOD: LazyLock<Option<Method>> = LazyLock::new(|| Method::parse(METHOD_FILE.0, METHOD_FILE.1).ok());

/// The shipped questionnaires. A test proves that each of the files passes the checker.
#[must_use]
pub fn shipped() -> &'static Surveys {
    &SHIPPED
}

/// The shipped method. A test proves that it is there.
#[must_use]
pub fn method() -> Option<&'static Method> {
    METHOD.as_ref()
}

/// Questionnaires that can be used together.
#[derive(Debug, Clone, Default)]
pub struct Surveys {
    questionnaires: Vec<Arc<Questionnaire>>,
}

impl Surveys {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Questionnaire>> {
        self.questionnaires.iter()
    }

    /// The questionnaire with this id, or else the newest version of the family of this name; capital
    /// letters make no difference.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Arc<Questionnaire>> {
        let by_id = self.iter().find(|known| known.id.eq_ignore_ascii_case(name));
        let family = self.iter().filter(|known| known.family.eq_ignore_ascii_case(name));
        by_id.or_else(|| family.max_by_key(|known| (known.valid_from, known.version)))
    }
}
