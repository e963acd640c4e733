//! Finding actions, components, evidence and people by words, within the units somebody may read.

use bening_core::id::{ActionId, PersonId, UnitId};
use bening_core::plan::Area;
use bening_core::time::Year;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

use crate::entity::person::{assignment, person};
use crate::entity::plan::{plan, plan_action, plan_component, plan_evidence};
use crate::{Result, Store};

/// An action that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The action.
    pub action: ActionId,
    /// Whose plan.
    pub unit: UnitId,
    /// Of which year.
    pub year: Year,
    /// In which area.
    pub area: Area,
    /// Component.
    pub component: String,
    /// Action.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    unit_id: Uuid,
    year: i16,
    area: String,
    component: String,
    name: String,
}

/// Actions whose name, target, component or evidence holds the words, newest year first, at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn actions(store: &Store, units: &[UnitId], words: &str, limit: u64) -> Result<Vec<Hit>> {
    let pattern = LikeExpr::new(format!("%{}%", escaped(&words.to_lowercase()))).escape('\\');
    let holds = |column: Expr| Expr::expr(Func::lower(column)).like(pattern.clone());
    let in_evidence = sea_orm::sea_query::Query::select()
        .column(plan_evidence::Column::ActionId)
        .from(plan_evidence::Entity)
        .and_where(holds(plan_evidence::Column::Title.into_expr()))
        .to_owned();
    let rows: Vec<Row> = plan_action::Entity::find()
        .select_only()
        .columns([plan_action::Column::Id, plan_action::Column::Name])
        .column_as(plan::Column::UnitId, "unit_id")
        .column_as(plan::Column::Year, "year")
        .column_as(plan_component::Column::Area, "area")
        .column_as(plan_component::Column::Name, "component")
        .join(JoinType::InnerJoin, to_component())
        .join(JoinType::InnerJoin, to_plan())
        .filter(plan::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
        .filter(
            Condition::any()
                .add(holds(plan_action::Column::Name.into_expr()))
                .add(holds(plan_action::Column::Target.into_expr()))
                .add(holds(plan_component::Column::Name.into_expr()))
                .add(plan_action::Column::Id.in_subquery(in_evidence)),
        )
        .order_by_desc(plan::Column::Year)
        .limit(limit)
        .into_model()
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().filter_map(hit).collect())
}

/// Among whom to look for people.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    /// Everybody with an account.
    Everybody,
    /// Those who hold, held or will hold a role at one of these units.
    Units(&'a [UnitId]),
}

/// A person whose name holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonHit {
    /// Who.
    pub person: PersonId,
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Job title.
    pub title: String,
    /// Units at which they have a role.
    pub units: Vec<UnitId>,
}

/// People whose name, title or sign-in name holds the words, by name, at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn people(store: &Store, among: Among<'_>, words: &str, limit: u64) -> Result<Vec<PersonHit>> {
    let pattern = LikeExpr::new(format!("%{}%", escaped(&words.to_lowercase()))).escape('\\');
    let holds = |column: Expr| Expr::expr(Func::lower(column)).like(pattern.clone());
    let columns = [person::Column::Name, person::Column::Title, person::Column::Login];
    let any = columns.into_iter().fold(Condition::any(), |any, column| any.add(holds(column.into_expr())));
    let query = person::Entity::find().filter(any).order_by_asc(person::Column::Name).limit(limit);
    let query = match among {
        Among::Everybody => query,
        Among::Units(units) => query.filter(person::Column::Id.in_subquery(with_role_at(units))),
    };
    let rows = query.all(store.reads()).await?;
    let of_them = assignment::Column::PersonId.is_in(rows.iter().map(|row| row.id));
    let roles = assignment::Entity::find().filter(of_them).all(store.reads()).await?;
    Ok(rows.into_iter().map(|row| person_hit(row, &roles)).collect())
}

fn with_role_at(units: &[UnitId]) -> sea_orm::sea_query::SelectStatement {
    sea_orm::sea_query::Query::select()
        .column(assignment::Column::PersonId)
        .from(assignment::Entity)
        .and_where(assignment::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
        .to_owned()
}

fn person_hit(row: person::Model, roles: &[assignment::Model]) -> PersonHit {
    let own = roles.iter().filter(|role| role.person_id == row.id);
    let units = own.filter_map(|role| role.unit_id.map(UnitId)).collect();
    PersonHit { person: PersonId(row.id), login: row.login, name: row.name, title: row.title, units }
}

fn hit(row: Row) -> Option<Hit> {
    Some(Hit {
        action: ActionId(row.id),
        unit: UnitId(row.unit_id),
        year: Year::new(row.year.into())?,
        area: Area::from_code(&row.area)?,
        component: row.component,
        name: row.name,
    })
}

fn to_component() -> RelationDef {
    plan_action::Entity::belongs_to(plan_component::Entity)
        .from(plan_action::Column::ComponentId)
        .to(plan_component::Column::Id)
        .into()
}

fn to_plan() -> RelationDef {
    plan_action::Entity::belongs_to(plan::Entity)
        .from(plan_action::Column::PlanId)
        .to(plan::Column::Id)
        .into()
}

/// So that "50%" looks for a per-cent sign.
pub(crate) fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
