//! Campaigns, their codes on paper, and what was frozen of them.

use bening_core::id::{CampaignId, UnitId};
use bening_core::survey::{Campaign, CampaignState, Entry, Frozen};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::survey::{survey_campaign, survey_code, survey_count};
use crate::{Result, Store, WriteTx, unreadable};

/// Codes of one insert.
const BATCH: usize = 500;

/// A campaign as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The campaign.
    pub campaign: Campaign,
    /// Secret with which its forms are sealed.
    pub seal: String,
    /// Codes that were printed.
    pub codes_issued: u32,
    /// What was fixed when it was frozen.
    pub frozen: Option<Frozen>,
}

/// Adds a campaign with the secret of its forms.
///
/// # Errors
/// When the database refuses.
pub async fn create(tx: &WriteTx, campaign: &Campaign, seal: &str) -> Result<()> {
    let kept = Kept { campaign: campaign.clone(), seal: seal.to_owned(), codes_issued: 0, frozen: None };
    survey_campaign::Entity::insert(to_row(&kept)?.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Changes a campaign.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &WriteTx, kept: &Kept) -> Result<()> {
    to_row(kept)?.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

/// Freezes a campaign with what was fixed of it.
///
/// # Errors
/// When the database refuses.
pub async fn keep_frozen(tx: &WriteTx, kept: Kept, frozen: Frozen) -> Result<()> {
    update(tx, &Kept { frozen: Some(frozen), ..kept }).await
}

/// The campaigns of a unit, the newest period first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, unit: UnitId) -> Result<Vec<Campaign>> {
    let rows = survey_campaign::Entity::find()
        .filter(survey_campaign::Column::UnitId.eq(unit.0))
        .order_by_desc(survey_campaign::Column::OpensOn)
        .order_by_asc(survey_campaign::Column::Id)
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| from_row(row).map(|kept| kept.campaign)).collect()
}

/// The frozen campaigns of a unit with what was fixed of them, the last closed first.
///
/// # Errors
/// When the database cannot be read.
pub async fn frozen(store: &Store, unit: UnitId) -> Result<Vec<Kept>> {
    let rows = survey_campaign::Entity::find()
        .filter(survey_campaign::Column::UnitId.eq(unit.0))
        .filter(survey_campaign::Column::State.eq(CampaignState::Frozen.as_str()))
        .order_by_desc(survey_campaign::Column::ClosesOn)
        .order_by_asc(survey_campaign::Column::Id)
        .all(store.reads())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// The campaign of an identity.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_id(store: &Store, id: CampaignId) -> Result<Option<Kept>> {
    let row = survey_campaign::Entity::find_by_id(id.0).one(store.reads()).await?;
    row.map(from_row).transpose()
}

/// The campaign of a public address.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_token(store: &Store, token: &str) -> Result<Option<Kept>> {
    let row = survey_campaign::Entity::find().filter(survey_campaign::Column::Token.eq(token));
    row.one(store.reads()).await?.map(from_row).transpose()
}

/// The same, held until the write under way is over.
///
/// # Errors
/// When the database cannot be read.
pub async fn lock(tx: &WriteTx, id: CampaignId) -> Result<Option<Kept>> {
    let row = survey_campaign::Entity::find_by_id(id.0).lock_exclusive().one(tx.conn()).await?;
    row.map(from_row).transpose()
}

/// Adds codes, of which only hashes are kept.
///
/// # Errors
/// When the database refuses.
pub async fn issue_codes(tx: &WriteTx, kept: Kept, hashes: &[String]) -> Result<()> {
    for batch in hashes.chunks(BATCH) {
        let rows = batch.iter().map(|hash| {
            let row = survey_code::Model { campaign_id: kept.campaign.id.0, hash: hash.clone() };
            row.into_active_model().reset_all()
        });
        survey_code::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    let codes_issued = kept.codes_issued.saturating_add(u32::try_from(hashes.len()).unwrap_or(u32::MAX));
    update(tx, &Kept { codes_issued, ..kept }).await
}

/// How many codes were not used yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn codes_left(store: &Store, id: CampaignId) -> Result<u64> {
    let unused = survey_code::Entity::find().filter(survey_code::Column::CampaignId.eq(id.0));
    Ok(unused.count(store.reads()).await?)
}

/// How many answered each of these campaigns.
///
/// # Errors
/// When the database cannot be read.
pub async fn respondents(store: &Store, ids: &[CampaignId]) -> Result<Vec<u64>> {
    let rows = survey_count::Entity::find()
        .filter(survey_count::Column::CampaignId.is_in(ids.iter().map(|id| id.0)))
        .filter(survey_count::Column::Place.eq(0))
        .all(store.reads())
        .await?;
    let of =
        |id: &CampaignId| rows.iter().filter(|row| row.campaign_id == id.0).map(|row| row.n).sum::<i64>();
    Ok(ids.iter().map(|id| u64::try_from(of(id)).unwrap_or(0)).collect())
}

fn to_row(kept: &Kept) -> Result<survey_campaign::Model> {
    let campaign = &kept.campaign;
    let population = campaign.population.map(i64::try_from).transpose();
    Ok(survey_campaign::Model {
        id: campaign.id.0,
        unit_id: campaign.unit.0,
        questionnaire: campaign.questionnaire.clone(),
        points: i16::from(campaign.points),
        service: campaign.service.clone(),
        period: campaign.period.clone(),
        population: population.map_err(|_| unreadable("survey_campaign", "population"))?,
        opens_on: campaign.opens_on,
        closes_on: campaign.closes_on,
        entry: campaign.entry.as_str().to_owned(),
        state: campaign.state.as_str().to_owned(),
        token: campaign.token.clone(),
        seal: kept.seal.clone(),
        codes_issued: i32::try_from(kept.codes_issued).unwrap_or(i32::MAX),
        own: campaign.own.as_ref().and_then(|own| serde_json::to_string(own).ok()),
        aim: serde_json::to_string(&campaign.aim).ok(),
        frozen_sha256: kept.frozen.as_ref().map(|frozen| frozen.sha256.clone()),
        frozen_result: kept.frozen.as_ref().map(|frozen| frozen.result.to_string()),
    })
}

pub(super) fn from_row(row: survey_campaign::Model) -> Result<Kept> {
    let wrong = |what: &str| unreadable("survey_campaign", what);
    let frozen = match (row.frozen_sha256, row.frozen_result) {
        (Some(sha256), Some(result)) => {
            let result = serde_json::from_str(&result).map_err(|_| wrong("frozen_result"))?;
            Some(Frozen { sha256, result })
        }
        _ => None,
    };
    let own = row.own.as_deref().map(serde_json::from_str).transpose().map_err(|_| wrong("own"))?;
    let aim = row.aim.as_deref().map(serde_json::from_str).transpose().map_err(|_| wrong("aim"))?;
    let campaign = Campaign {
        id: CampaignId(row.id),
        unit: UnitId(row.unit_id),
        questionnaire: row.questionnaire,
        points: u8::try_from(row.points).map_err(|_| wrong("points"))?,
        service: row.service,
        period: row.period,
        population: row.population.and_then(|population| u64::try_from(population).ok()),
        aim: aim.unwrap_or_default(),
        own,
        opens_on: row.opens_on,
        closes_on: row.closes_on,
        entry: Entry::parse(&row.entry).ok_or_else(|| wrong("entry"))?,
        state: CampaignState::parse(&row.state).ok_or_else(|| wrong("state"))?,
        token: row.token,
    };
    let codes_issued = u32::try_from(row.codes_issued).unwrap_or(0);
    Ok(Kept { campaign, seal: row.seal, codes_issued, frozen })
}
