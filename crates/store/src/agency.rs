//! The agency's row.

use bening_core::agency::{Agency, Logo, LogoKind};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::entity::agency::agency;
use crate::{Result, Store, WriteTx};

const ONLY: i16 = 1;

/// The agency; empty before it was named.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(store: &Store) -> Result<Agency> {
    load_from(store.reads()).await
}

async fn load_from<C: ConnectionTrait>(conn: &C) -> Result<Agency> {
    let row = agency::Entity::find_by_id(ONLY).one(conn).await?;
    Ok(row.map(from_row).unwrap_or_default())
}

/// Replaces what is known of the agency.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &WriteTx, agency: &Agency) -> Result<()> {
    use agency::Column as C;
    let row = to_row(agency).into_active_model().reset_all();
    let columns = [C::Name, C::ShortName, C::City, C::LogoKind, C::Logo];
    let replace = OnConflict::column(C::Id).update_columns(columns).to_owned();
    agency::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.conn()).await?;
    Ok(())
}

fn to_row(agency: &Agency) -> agency::Model {
    let kind = agency.logo.as_ref().map(|logo| match logo.kind {
        LogoKind::Png => "png".to_owned(),
        LogoKind::Jpeg => "jpeg".to_owned(),
    });
    agency::Model {
        id: ONLY,
        name: agency.name.clone(),
        short_name: agency.short_name.clone(),
        city: agency.city.clone(),
        logo_kind: kind,
        logo: agency.logo.as_ref().map(|logo| logo.bytes.clone()),
    }
}

fn from_row(row: agency::Model) -> Agency {
    let logo = row.logo.and_then(|bytes| LogoKind::of(&bytes).map(|kind| Logo { kind, bytes }));
    Agency { name: row.name, short_name: row.short_name, city: row.city, logo }
}
