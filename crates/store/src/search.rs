//! Finding actions, components and evidence by words, within the units somebody may read.

use bening_core::id::{ActionId, UnitId};
use bening_core::plan::Area;
use bening_core::time::Year;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

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
fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
