//! Photographs among evidence, for reports that show them.

use std::ops::RangeInclusive;

use bening_core::document::Photo;
use bening_core::evidence::{Kept, Secrecy, StoredFile, Target};
use bening_store::evidence as store;
use chrono::NaiveDate;
use futures::TryStreamExt as _;

use super::proof::Proofs;
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::reach::Reached;

/// Kinds that can be printed.
const PRINTABLE: [&str; 2] = ["image/jpeg", "image/png"];
/// A photograph larger than this is left out, in bytes.
const SIZE_MAX: u64 = 20 * 1024 * 1024;

/// The first photographs that prove one of these, each with its title: of a monthly report, or dated within these days.
/// Only what is open in the unit and the caller may open.
///
/// # Errors
/// When the store fails.
pub(crate) async fn pictures(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    (targets, days): (&[Target], &RangeInclusive<NaiveDate>),
    most: usize,
) -> Result<Vec<Photo>> {
    let mut found = store::proving(app.store(), reached.unit.id, targets).await?;
    found.sort_by_key(|kept| kept.evidence.at);
    let proofs = Proofs::read(app, reached, &found).await?;
    let is_of_these = |kept: &&Kept| {
        let details = &kept.evidence.details;
        let is_told = kept.uses.iter().any(|used| is_report(&used.target) && targets.contains(&used.target));
        details.secrecy == Secrecy::Open && (is_told || details.dated.is_some_and(|on| days.contains(&on)))
    };
    let open = found.iter().filter(is_of_these);
    let open = open.filter(|kept| proofs.may_open(caller, reached, kept));
    let mut photos = Vec::new();
    for (kept, file) in open.filter_map(|kept| Some((kept, printable(kept)?))).take(most) {
        let pieces: Vec<_> = app.store().files()?.read(&file.sha256).await?.try_collect().await?;
        photos.push(Photo { caption: kept.evidence.details.title.clone(), bytes: pieces.concat() });
    }
    Ok(photos)
}

fn is_report(target: &Target) -> bool {
    matches!(target, Target::Report { .. })
}

fn printable(kept: &Kept) -> Option<&StoredFile> {
    let file = &kept.versions.last()?.file;
    (PRINTABLE.contains(&file.media.as_str()) && file.size <= SIZE_MAX).then_some(file)
}
