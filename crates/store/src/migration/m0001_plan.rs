//! The first tables: agency, units, people, sessions, plans, and the audit trail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_null, date, date_null, integer, integer_null, json_binary, small_integer, string,
    string_null, text, text_null, timestamp_with_time_zone as instant, uuid, uuid_null,
};

use super::columns::{Linked, index, key, table, unique};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [organisation(), people(), sessions(), plans(), plan_rows(), plan_papers(), trail()];
        for table in tables.into_iter().flatten() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn organisation() -> Vec<TableCreateStatement> {
    vec![
        table(
            "agency",
            [
                key(small_integer("id")),
                string("name"),
                string("short_name"),
                string("city"),
                string_null("logo_kind"),
                binary_null("logo"),
            ],
        ),
        table(
            "unit",
            [
                key(uuid("id")),
                unique(string("code")),
                string("name"),
                uuid_null("parent_id"),
                string("echelon"),
                string("head_title"),
            ],
        )
        .link("parent_id", "unit"),
    ]
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        table(
            "person",
            [
                key(uuid("id")),
                unique(string("login")),
                text("name"),
                text("title"),
                string("standing"),
                string("password_hash"),
                string("language"),
                string("theme"),
            ],
        ),
        table(
            "assignment",
            [
                key(uuid("id")),
                uuid("person_id"),
                string("role"),
                uuid_null("unit_id"),
                date("valid_from"),
                date_null("valid_until"),
            ],
        )
        .link("person_id", "person")
        .link("unit_id", "unit"),
        table("assignment_area", [uuid("assignment_id"), string("area")])
            .link("assignment_id", "assignment")
            .keyed_by(&["assignment_id", "area"]),
    ]
}

fn sessions() -> Vec<TableCreateStatement> {
    vec![
        table(
            "session",
            [
                key(string("id")),
                uuid("person_id"),
                string("csrf"),
                instant("created_at"),
                instant("expires_at"),
            ],
        )
        .link("person_id", "person"),
        table("sign_in_failure", [key(string("login")), integer("failures"), instant("last_at")]),
    ]
}

fn plans() -> Vec<TableCreateStatement> {
    vec![
        table(
            "plan",
            [key(uuid("id")), uuid("unit_id"), small_integer("year"), string("state"), integer("version")],
        )
        .link("unit_id", "unit"),
        table(
            "plan_benefit",
            [key(uuid("id")), uuid("plan_id"), string("area"), integer("position"), text("text")],
        )
        .link("plan_id", "plan"),
        table(
            "plan_component",
            [
                key(uuid("id")),
                uuid("plan_id"),
                string("area"),
                integer("position"),
                text("name"),
                string_null("sub"),
            ],
        )
        .link("plan_id", "plan"),
        table(
            "plan_action",
            [
                key(uuid("id")),
                uuid("plan_id"),
                uuid("component_id"),
                integer("position"),
                text("name"),
                text_null("time_text"),
                integer_null("months"),
                string_null("rhythm"),
                text("target"),
                integer_null("approved_in"),
                date_null("withdrawn_on"),
                uuid_null("withdrawn_by"),
                text_null("withdrawn_reason"),
            ],
        )
        .link("plan_id", "plan")
        .link("component_id", "plan_component"),
    ]
}

fn plan_rows() -> Vec<TableCreateStatement> {
    vec![
        table(
            "plan_evidence",
            [key(uuid("id")), uuid("plan_id"), uuid("action_id"), integer("position"), text("title")],
        )
        .link("action_id", "plan_action"),
        table(
            "plan_pic",
            [uuid("action_id"), integer("position"), uuid("plan_id"), text("name"), uuid_null("person_id")],
        )
        .link("action_id", "plan_action")
        .keyed_by(&["action_id", "position"]),
        table(
            "plan_done",
            [
                uuid("action_id"),
                small_integer("month"),
                uuid("plan_id"),
                date("reported_on"),
                uuid("person_id"),
            ],
        )
        .link("action_id", "plan_action")
        .keyed_by(&["action_id", "month"]),
        table(
            "plan_priority",
            [
                key(uuid("id")),
                uuid("plan_id"),
                integer("position"),
                text("action"),
                text("target"),
                text_null("time_text"),
                integer_null("months"),
                string_null("rhythm"),
                text("follow_up"),
            ],
        )
        .link("plan_id", "plan"),
    ]
}

fn plan_papers() -> Vec<TableCreateStatement> {
    vec![
        table(
            "plan_version",
            [
                uuid("plan_id"),
                integer("number"),
                instant("approved_at"),
                uuid("approved_by"),
                text("note"),
                json_binary("snapshot"),
            ],
        )
        .link("plan_id", "plan")
        .keyed_by(&["plan_id", "number"]),
        table(
            "plan_paper",
            [
                key(uuid("plan_id")),
                string("place"),
                date_null("signed_on"),
                string("signatory_title"),
                string("signatory_name"),
                text("foreword"),
                text("background"),
                text("legal_basis"),
            ],
        )
        .link("plan_id", "plan"),
    ]
}

fn trail() -> Vec<TableCreateStatement> {
    vec![
        table(
            "audit",
            [
                key(big_integer("seq")),
                instant("at"),
                uuid_null("person"),
                string("actor"),
                string("event"),
                uuid("subject"),
                uuid_null("unit"),
                text("before"),
                text("after"),
                string("previous"),
                string("hash"),
            ],
        ),
        table("audit_head", [key(small_integer("id")), big_integer("seq"), string("hash")]),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("plan_by_unit", "plan", &["unit_id", "year"]).unique().take(),
        index("assignment_by_person", "assignment", &["person_id"]),
        index("assignment_by_unit", "assignment", &["unit_id"]),
        index("session_by_person", "session", &["person_id"]),
        index("plan_benefit_by_plan", "plan_benefit", &["plan_id"]),
        index("plan_component_by_plan", "plan_component", &["plan_id"]),
        index("plan_action_by_plan", "plan_action", &["plan_id"]),
        index("plan_evidence_by_plan", "plan_evidence", &["plan_id"]),
        index("plan_pic_by_plan", "plan_pic", &["plan_id"]),
        index("plan_done_by_plan", "plan_done", &["plan_id"]),
        index("plan_priority_by_plan", "plan_priority", &["plan_id"]),
        index("audit_by_subject", "audit", &["subject", "seq"]),
        index("audit_by_unit", "audit", &["unit", "seq"]),
        index("audit_by_event", "audit", &["event", "seq"]),
        index("audit_by_unit_event", "audit", &["unit", "event", "seq"]),
    ]
}
