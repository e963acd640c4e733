//! Telling everybody what is due on a day. Safe to be done twice, by two nodes at once, or after a day that was missed:
//! of a key a person is told once.

use std::collections::HashSet;

use bening_core::access::{Actor, Scope};
use bening_core::audit::{self, Entry as Trail};
use bening_core::id::{Fresh, PersonId};
use bening_core::person::{Assignment, Standing};
use bening_core::reminder::{Due, Moment, Rules};
use bening_core::unit::{self as tree, Unit};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::due_at;
use crate::entity::reminder::reminder::{Column, Entity, Model};
use crate::{Result, Store, person, unit};

/// Something due, when it is told, and where.
struct Told {
    due: Due,
    moment: Moment,
    scope: Scope,
}

/// Tells everybody what concerns them on a day; how many reminders are new.
///
/// # Errors
/// When the database refuses; whoever was told before that stays told.
pub async fn tell(
    store: &Store,
    rules: &Rules,
    today: NaiveDate,
    now: DateTime<Utc>,
    fresh: &mut (dyn Fresh + Send),
) -> Result<u64> {
    let told = of_today(store, rules, today).await?;
    let held = person::all_assignments(store).await?;
    let mut count = 0_u64;
    for reader in person::all(store).await? {
        if reader.standing == Standing::Disabled {
            continue;
        }
        let own: Vec<Assignment> = held.iter().filter(|held| held.person == reader.id).cloned().collect();
        let actor = Actor::on(today, reader.id, own);
        let mine = told.iter().filter(|told| told.due.concerns(&actor, &told.scope));
        let rows: Vec<Model> = mine.map(|told| row(told, reader.id, today, fresh)).collect();
        count = count.saturating_add(keep(store, reader.id, rows, now).await?);
    }
    Ok(count)
}

async fn of_today(store: &Store, rules: &Rules, today: NaiveDate) -> Result<Vec<Told>> {
    let units = unit::all(store).await?;
    let mut told = Vec::new();
    for unit in &units {
        let due = due_at(store, unit.id, today).await?;
        let scope = |unit: &Unit| Scope::unit(unit.id, tree::ancestors(&units, unit.id));
        let when = |due: Due| Some(Told { moment: rules.moment(&due, today)?, scope: scope(unit), due });
        told.extend(due.into_iter().filter_map(when));
    }
    Ok(told)
}

fn row(told: &Told, person: PersonId, today: NaiveDate, fresh: &mut (dyn Fresh + Send)) -> Model {
    Model {
        id: fresh.uuid(),
        person_id: person.0,
        key: told.due.key(told.moment),
        kind: told.due.kind.as_str().to_owned(),
        unit_id: told.due.unit.0,
        subject: told.due.subject,
        title: told.due.title.clone(),
        due_on: told.due.due_on,
        told_on: today,
        read_at: None,
    }
}

async fn known(store: &Store, person: PersonId) -> Result<HashSet<String>> {
    let keys = super::of(person).select_only().column(Column::Key).into_tuple::<String>();
    Ok(keys.all(store.reads()).await?.into_iter().collect())
}

/// Keeps what a person was not told before; nothing is written, and nothing noted, when there is none of that.
async fn keep(store: &Store, person: PersonId, rows: Vec<Model>, now: DateTime<Utc>) -> Result<u64> {
    let known = known(store, person).await?;
    let rows: Vec<Model> = rows.into_iter().filter(|row| !known.contains(&row.key)).collect();
    if rows.is_empty() {
        return Ok(0);
    }
    let tx = store.begin().await?;
    let once = OnConflict::columns([Column::PersonId, Column::Key]).do_nothing().to_owned();
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    let count = Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx.conn()).await?;
    if count > 0 {
        let entry = Trail::new(audit::Actor::System, "reminder.told", person.0);
        tx.commit(entry.after(serde_json::json!({ "count": count })), now).await?;
    }
    Ok(count)
}
