//! What a layer was when it was submitted, kept as a whole so that it can be shown as it was that day.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Layer, Link, Lke};
use crate::id::PersonId;
use crate::scoring::{Answer, Sheet};

/// A layer as it was submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The layer.
    pub layer: Layer,
    /// 1 for the first time.
    pub round: u32,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// What counted then.
    pub contents: Contents,
}

/// Everything a layer said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// By question code.
    pub questions: BTreeMap<String, Stated>,
}

/// What was said of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The answer that counted.
    pub answer: Option<Answer>,
    /// The note of the layer.
    pub note: String,
    /// Evidence then named: what and where.
    pub evidence: Vec<(String, String)>,
}

impl Contents {
    /// A layer of a sheet as it stands.
    pub fn of(lke: &Lke, layer: Layer) -> Self {
        let mut contents = Self::default();
        for (code, answer) in lke.sheet(layer).iter() {
            contents.stated(code).answer = Some(answer.clone());
        }
        for (code, entry) in lke.layers.get(&layer).into_iter().flat_map(|filled| &filled.entries) {
            contents.stated(code).note.clone_from(&entry.note);
        }
        for Link { code, title, place, .. } in &lke.evidence {
            contents.stated(code).evidence.push((title.clone(), place.clone()));
        }
        contents
    }

    /// The answers, for scoring.
    pub fn sheet(&self) -> Sheet {
        self.questions
            .iter()
            .fold(Sheet::default(), |sheet, (code, stated)| sheet.with(code, stated.answer.clone()))
    }

    fn stated(&mut self, code: &str) -> &mut Stated {
        self.questions.entry(code.to_owned()).or_default()
    }
}
