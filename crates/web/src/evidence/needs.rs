//! The checklist beside an action or a question: what is expected, what is there, what is missing. A fragment of their
//! pages.

use std::collections::HashMap;

use askama::Template;
use bening_core::evidence::{Kept, Target};
use bening_store::evidence as store;

use super::proof::Proofs;
use super::{address, lapse_chip};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::page::Page;
use crate::reach::Reached;

/// A piece of evidence in a checklist.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What there is to warn of: tone and words.
    pub chips: Vec<(&'static str, &'static str)>,
}

struct Need {
    /// What is expected; empty for a question, which has hints instead.
    title: String,
    pieces: Vec<Piece>,
    /// How it is shown that nothing is there: lines of registers need not have any.
    absent: &'static str,
    /// Where evidence is chosen or brought; empty for those who may not.
    choose: String,
}

/// The checklist of an action or a question.
#[derive(Template)]
#[template(path = "evidence/needs.html")]
pub struct Needs {
    page: Page,
    needs: Vec<Need>,
}

/// Puts a checklist together. `expected` names each target, `may_add` says whether the caller may bring evidence.
///
/// # Errors
/// When the store fails.
pub async fn needs(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    expected: Vec<(String, Target)>,
    adding: Adding,
) -> Result<String> {
    let targets: Vec<Target> = expected.iter().map(|(_, target)| target.clone()).collect();
    let found = store::proving(app.store(), reached.unit.id, &targets).await?;
    let proofs = Proofs::read(app, reached, &found).await?;
    let found: Vec<Kept> = found.into_iter().filter(|kept| proofs.may_open(caller, reached, kept)).collect();
    let base = address(reached);
    let need = |(title, target): (String, Target)| Need {
        title,
        pieces: pieces(app, &base, &found, &target),
        absent: if matches!(target, Target::Line { .. }) { "mute" } else { "warn" },
        choose: match adding {
            Adding::Allowed => choosing(reached, &target),
            Adding::Denied => String::new(),
        },
    };
    let needs = expected.into_iter().map(need).collect();
    Ok(Needs { page: Page::new("", caller.lang), needs }.render()?)
}

/// What is there for each of many targets, by their words, as far as the caller may open it.
///
/// # Errors
/// When the store fails.
pub async fn attached(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    targets: &[Target],
) -> Result<HashMap<String, Vec<Piece>>> {
    let found = store::proving(app.store(), reached.unit.id, targets).await?;
    let proofs = Proofs::read(app, reached, &found).await?;
    let found: Vec<Kept> = found.into_iter().filter(|kept| proofs.may_open(caller, reached, kept)).collect();
    let base = address(reached);
    Ok(targets.iter().map(|target| (target.word(), pieces(app, &base, &found, target))).collect())
}

/// Where evidence for a target is chosen or brought.
#[must_use]
pub fn choosing(reached: &Reached, target: &Target) -> String {
    format!("{}?untuk={}", address(reached), crate::form::encode(&target.word()))
}

/// Whether the caller may bring evidence here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adding {
    /// They may.
    Allowed,
    /// They may only look.
    Denied,
}

impl From<bool> for Adding {
    fn from(may: bool) -> Self {
        if may { Self::Allowed } else { Self::Denied }
    }
}

fn pieces(app: &App, base: &str, found: &[Kept], target: &Target) -> Vec<Piece> {
    let here = found.iter().filter(|kept| kept.uses.iter().any(|used| used.target == *target));
    let piece = |kept: &Kept| {
        let details = &kept.evidence.details;
        let other = details.is_of_another_year(target.year()).then_some(("warn", "bukti tahun lain"));
        let link = kept.versions.is_empty().then_some(("warn", "hanya tautan"));
        let lapse = lapse_chip(details.lapse(app.today(), bening_core::evidence::Rules::shipped()));
        Piece {
            href: format!("{base}/{}", kept.evidence.id),
            title: details.title.clone(),
            chips: [other, link, lapse].into_iter().flatten().collect(),
        }
    };
    here.map(piece).collect()
}
