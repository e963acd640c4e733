//! Keeping what a form of facts states: what changed since it was shown, all or nothing.

use std::collections::BTreeMap;

use bening_core::audit::Entry;
use bening_core::eligibility::{AFFIRMATION, Stated, StatedAffirmation, Statement, stated};
use bening_core::instrument::Subject;
use bening_core::text;
use bening_store::fact::{self, About};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Desk, Errors, SET_ASIDE, SOURCE, VALUE, WAS, fingerprint};
use crate::app::App;
use crate::caller::Caller;
use crate::error::Result;
use crate::lke::typed::Fields;
use crate::words::Lang;
/// Keeps what was changed in a form, all or nothing; gives what is wrong with it, by fact.
pub(super) async fn keep(app: &App, caller: &Caller, desk: &Desk<'_>, typed: &Fields) -> Result<Errors> {
    let tx = app.store().begin().await?;
    let known = fact::stated_now(&tx, desk.about, desk.year).await?;
    let (mut changes, mut errors) = (BTreeMap::new(), Errors::new());
    for name in names(desk) {
        match change(caller.lang, desk, &name, known.get(&name), typed) {
            Ok(Some(new)) => drop(changes.insert(name, new)),
            Ok(None) => {}
            Err(error) => drop(errors.insert(name, caller.lang.t(&error).into_owned())),
        }
    }
    if !errors.is_empty() || changes.is_empty() {
        return Ok(errors);
    }
    for (name, (value, source)) in &changes {
        if value.is_empty() {
            fact::withdraw(&tx, desk.about, desk.year, name).await?;
        } else {
            let (value, source, by, at) = (value.clone(), source.clone(), caller.id(), app.now());
            fact::state(&tx, desk.about, desk.year, name, &Statement { value, source, by, at }).await?;
        }
    }
    tx.commit(entry(caller, desk, &known, &changes), app.now()).await?;
    Ok(errors)
}

fn names(desk: &Desk<'_>) -> Vec<String> {
    let facts = desk.edition.facts.iter().filter(|fact| fact.subject == desk.subject);
    let affirms = desk.subject == Subject::Unit && !desk.edition.affirmations.is_empty();
    facts.map(|fact| fact.name.clone()).chain(affirms.then(|| AFFIRMATION.to_owned())).collect()
}

/// The new value and document of a fact; `None` when the form left it as it was.
fn change(
    lang: Lang,
    desk: &Desk<'_>,
    name: &str,
    known: Option<&Statement>,
    typed: &Fields,
) -> std::result::Result<Option<(String, String)>, String> {
    let field = |prefix: &str| format!("{prefix}{name}");
    if !typed.has(&field(VALUE)) {
        return Ok(None);
    }
    let line = |name: String| text::line(typed.get(&name)).map_err(|error| error.to_string());
    let (mut value, source) = (line(field(VALUE))?, line(field(SOURCE))?);
    if name == AFFIRMATION && !value.is_empty() {
        let set_aside = typed.all(SET_ASIDE).map(str::to_owned).collect();
        value = StatedAffirmation { group: value, set_aside }.to_text();
    }
    let was = typed.get(&field(WAS));
    let new = if value.is_empty() && source.is_empty() {
        String::new()
    } else {
        json!([value, source]).to_string()
    };
    if new == was {
        return Ok(None);
    }
    if fingerprint(known) != was {
        let now = known.map_or_else(|| "–".to_owned(), |statement| statement.value.clone());
        return Err(lang.tf(
            "baru saja diubah orang lain menjadi %{nilai}; muat ulang lalu ubah lagi",
            &[("nilai", now)],
        ));
    }
    match (value.is_empty(), source.is_empty()) {
        (true, false) => return Err("isi nilainya, atau kosongkan dokumennya juga".to_owned()),
        (false, true) => {
            return Err("sebutkan dokumen sumbernya, misalnya nomor dan tanggal surat".to_owned());
        }
        _ => {}
    }
    stated::check(desk.edition, desk.subject, name, &value).map_err(|error| error.to_string())?;
    Ok(Some((value, source)))
}

fn entry(
    caller: &Caller,
    desk: &Desk<'_>,
    known: &Stated,
    changes: &BTreeMap<String, (String, String)>,
) -> Entry {
    let told = |value: &str, source: &str| json!({ "value": value, "source": source });
    let was: Value = changes
        .keys()
        .map(|name| {
            (name.clone(), known.get(name).map_or(Value::Null, |known| told(&known.value, &known.source)))
        })
        .collect();
    let is: Value =
        changes.iter().map(|(name, (value, source))| (name.clone(), told(value, source))).collect();
    let is = json!({ "year": desk.year, "facts": is });
    let entry = match desk.about {
        About::Agency => Entry::new(caller.audit(), "fact.agency.stated", Uuid::nil()),
        About::Unit(unit) => Entry::new(caller.audit(), "fact.unit.stated", unit.0).of_unit(unit),
    };
    entry.before(was).after(is)
}
