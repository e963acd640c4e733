//! What most tests stand on: a plan in some state, its export, the length of the audit trail, words on a page.

use bening_store::audit::{self, About};
use bening_testkit::{Answer, TestSite, Visitor};
use reqwest::StatusCode;
use serde_json::Value;

/// Rows of the audit trail.
pub(crate) async fn trail_rows(site: &TestSite) -> i64 {
    audit::newest(&site.store, About::All, None, 1).await.unwrap().first().map_or(0, |link| link.seq)
}

/// The agency's plan as its JSON export.
pub(crate) async fn plan_json(visitor: &Visitor, site: &TestSite) -> Value {
    let answer = visitor.get(&format!("{}/ekspor/json", site.plan())).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// Address of a cell of the agency's plan.
pub(crate) fn cell(site: &TestSite, kind: &str, id: impl std::fmt::Display, column: &str) -> String {
    format!("{}/sel/{kind}/{id}/{column}", site.plan())
}

/// Posts a form to an address under the agency's plan.
pub(crate) async fn post(visitor: &Visitor, site: &TestSite, path: &str, fields: &[(&str, &str)]) -> Answer {
    visitor.post(&format!("{}{path}", site.plan()), fields).await
}

/// That an answer has a status and says something to the person.
#[track_caller]
pub(crate) fn assert_says(answer: &Answer, status: StatusCode, words: &str) {
    let said = answer.text();
    assert_eq!(answer.status, status, "{said}");
    assert!(said.contains(words), "expected “{words}” in: {said}");
}

/// That a form was taken and the person sent on.
#[track_caller]
pub(crate) fn assert_done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// Has the agency's plan approved by the head of the unit.
pub(crate) async fn approve(site: &TestSite) -> Visitor {
    let head = site.sign_in("direktur").await;
    assert_done(&post(&head, site, "/persetujuan", &[("catatan", "")]).await);
    head
}

/// The team lead at an approved plan that was opened for changes.
pub(crate) async fn amending(site: &TestSite) -> Visitor {
    approve(site).await;
    let lead = site.sign_in("ketua").await;
    assert_done(&post(&lead, site, "/perubahan", &[]).await);
    lead
}

/// The actions of the plan's first component, as the export has them.
pub(crate) fn actions(plan: &Value) -> &Vec<Value> {
    plan["areas"][0]["components"][0]["actions"].as_array().unwrap()
}
