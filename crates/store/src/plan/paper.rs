//! Texts that only one plan's paper carries: place, date, signatory, foreword, legal basis of the agency.

use bening_core::id::PlanId;
use bening_core::plan::notes::PaperNotes;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use crate::entity::plan::plan_paper;
use crate::{Result, Store, WriteTx};

/// The texts of a plan's paper, if any were given.
///
/// # Errors
/// When the database cannot be read.
pub async fn load_paper(store: &Store, plan: PlanId) -> Result<Option<PaperNotes>> {
    let row = plan_paper::Entity::find_by_id(plan.0).one(store.reads()).await?;
    Ok(row.map(|row| PaperNotes {
        place: row.place,
        signed_on: row.signed_on,
        signatory_title: row.signatory_title,
        signatory_name: row.signatory_name,
        foreword: row.foreword,
        background: row.background,
        legal_basis: row.legal_basis.lines().map(str::to_owned).collect(),
    }))
}

/// Replaces the texts of a plan's paper.
///
/// # Errors
/// When the database refuses.
pub async fn save_paper(tx: &WriteTx, plan: PlanId, texts: &PaperNotes) -> Result<()> {
    use plan_paper::Column as C;
    let row = plan_paper::Model {
        plan_id: plan.0,
        place: texts.place.clone(),
        signed_on: texts.signed_on,
        signatory_title: texts.signatory_title.clone(),
        signatory_name: texts.signatory_name.clone(),
        foreword: texts.foreword.clone(),
        background: texts.background.clone(),
        legal_basis: texts.legal_basis.join("\n"),
    };
    let columns = [
        C::Place,
        C::SignedOn,
        C::SignatoryTitle,
        C::SignatoryName,
        C::Foreword,
        C::Background,
        C::LegalBasis,
    ];
    let replace = OnConflict::column(C::PlanId).update_columns(columns).to_owned();
    let insert = plan_paper::Entity::insert(row.into_active_model().reset_all()).on_conflict(replace);
    insert.exec_without_returning(tx.conn()).await?;
    Ok(())
}
