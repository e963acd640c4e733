//! What the demonstration's team decided about a suggested answer: one was set aside, because two of the surveys were
//! not made with Bening.

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry as Record};
use bening_core::id::PersonId;
use bening_core::scoring::Answer;
use bening_core::suggestion::{Decided, Decision, shipped};
use bening_core::time::Year;
use bening_core::unit::Unit;
use bening_store::{Store, lke};
use serde_json::json;

use super::{YEAR, day, morning};

/// Code of the rule, the answer it proposes in the demonstration, and why that is not used.
const SET_ASIDE: (&str, &str, &str) =
    ("survei-kepuasan", "C", "Dua survei lain tahun ini dikerjakan di luar Bening; laporannya ada di bukti.");

/// Sets the suggestion aside.
pub(super) async fn add(db: &Store, home: &Unit, lead: PersonId) -> Result<()> {
    let year = Year::new(YEAR).context("tahun demo")?;
    let sheet = lke::find(db, home.id, year).await?.context("lembar kerja demo")?;
    let (code, answer, reason) = SET_ASIDE;
    let rules = shipped(&sheet.edition).context("aturan usulan")?;
    let rule = rules.rules.iter().find(|rule| rule.code == code).context("aturan demo")?;
    let at = morning(day(6, 5));
    let decision = Decision {
        question: rule.question.clone(),
        key: format!("aturan.{code}"),
        answer: Answer::Choice(answer.to_owned()),
        decided: Decided::SetAside,
        reason: reason.to_owned(),
        by: lead,
        at,
    };
    let tx = db.begin().await?;
    lke::decide(&tx, sheet.id, &decision).await?;
    let record = Record::new(Actor::Person(lead), "lke.suggestion.set_aside", sheet.id.0).of_unit(home.id);
    let after = json!({ "question": decision.question, "suggestion": decision.key, "reason": reason });
    Ok(tx.commit(record.after(after), at).await?)
}
