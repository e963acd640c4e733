//! What a digest says: what is new in somebody's inbox, as far as they may still read of it.

use askama::Template;
use bening_core::access::{self, Action, Actor, Decision};
use bening_core::job::Mail;
use bening_core::person::Standing;
use bening_core::reminder::{MailRules, Reminder, Wish};
use bening_core::unit::Unit;
use bening_store::{person, reminder as store, unit};

use super::address;
use crate::app::App;
use crate::error::Result;
use crate::reach::scope_of;
use crate::words::Lang;

/// A line of it.
struct Line {
    title: String,
    kind: &'static str,
    unit: String,
    due: String,
    is_late: bool,
    link: String,
}

struct Digest {
    name: String,
    lines: Vec<Line>,
    more: usize,
    site: String,
}

#[derive(Template)]
#[template(path = "reminder/digest.txt")]
struct DigestText<'a>(&'a Digest);

#[derive(Template)]
#[template(path = "reminder/digest.html")]
struct DigestPage<'a>(&'a Digest);

/// The mail; none when nothing is new, or the account is closed.
///
/// # Errors
/// When the store fails.
pub async fn letter(app: &App, wish: &Wish, rules: &MailRules) -> Result<Option<Mail>> {
    let Some(account) = person::by_id(app.store(), wish.person).await? else { return Ok(None) };
    if account.person.standing == Standing::Disabled {
        return Ok(None);
    }
    let held = person::assignments_of(app.store(), wish.person).await?;
    let actor = Actor::on(app.today(), wish.person, held);
    let units = unit::all(app.store()).await?;
    let told = store::unread_since(app.store(), wish.person, wish.last_on).await?;
    let site = app.settings().outside.site.clone().unwrap_or_default();
    let mut lines: Vec<Line> =
        told.iter().filter_map(|told| line(app, &actor, &units, (told, &site))).collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let (count, more) = (lines.len(), lines.len().saturating_sub(rules.most));
    lines.truncate(rules.most);
    let digest = Digest { name: account.person.name, lines, more, site };
    Ok(Some(Mail {
        to: wish.address.clone(),
        subject: format!("Bening: {count} hal menunggu Anda"),
        text: DigestText(&digest).render()?,
        html: Some(DigestPage(&digest).render()?),
    }))
}

fn line(app: &App, actor: &Actor, units: &[Unit], (told, site): (&Reminder, &str)) -> Option<Line> {
    let unit = units.iter().find(|unit| unit.id == told.unit)?;
    let scope = scope_of(units, unit.id);
    (access::may(actor, Action::ReadUnit, &scope) == Decision::Yes).then(|| Line {
        title: told.title.clone(),
        kind: told.kind.name(),
        unit: unit.name.clone(),
        due: Lang::Id.date(told.due_on),
        is_late: told.due_on < app.today(),
        link: format!("{site}{}", address(unit, told.kind, told.subject, told.due_on)),
    })
}
