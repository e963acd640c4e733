//! Putting a campaign together, and changing it while it is a draft.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use bening_core::access::Action as Want;
use bening_core::audit::Entry as Record;
use bening_core::id::CampaignId;
use bening_core::survey::{Aim, Campaign, CampaignState, Channel, Entry, OwnSet, method};
use bening_store::survey::{self as store, Kept};

use super::typed::{Choice, Fields, choices, percent, tick};
use super::{CampaignPath, address, campaign_address, own, page, reach_campaign, shown};
use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};
use crate::flash;
use crate::form::{Errors, Posted, see_other};
use crate::page::{Crumb, Page};
use crate::reach::{Reached, reach_unit};

/// Letters of a public address.
const TOKEN_LETTERS: usize = 12;

#[derive(Template)]
#[template(path = "survey/edit.html")]
struct EditPage {
    page: Page,
    save: String,
    back: String,
    fields: Fields,
    choices: Vec<Choice>,
    confidences: Vec<(String, String)>,
    channels: Vec<(String, &'static str, bool)>,
    sets: Vec<(String, String)>,
    errors: Errors,
}

/// The empty form.
///
/// # Errors
/// When the caller may not manage surveys here.
pub async fn show_new(State(app): State<App>, caller: Caller, Path(unit): Path<String>) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    let fields = Fields { cara: Entry::Open.as_str().to_owned(), ..Fields::default() };
    Ok(render(&app, &caller, &reached, None, (fields, Errors::default())).await?.into_response())
}

/// Begins a draft.
///
/// # Errors
/// When the caller may not; what is wrong with the fields comes back with the page.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(unit): Path<String>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let reached = reach_unit(&app, &caller, &unit, Want::ManageSurvey).await?;
    let campaign = match typed.apply(&blank(&app, &reached), &sets(&app, &reached).await?) {
        Ok(campaign) => campaign,
        Err(errors) => return refuse(&app, &caller, &reached, None, (typed, errors)).await,
    };
    let tx = app.store().begin().await?;
    store::create(&tx, &campaign, &chance::secret()).await?;
    let entry = Record::new(caller.audit(), "survey.created", campaign.id.0).of_unit(reached.unit.id);
    tx.commit(entry.after(&campaign), app.now()).await?;
    let to = format!("{}/{}", address(reached.unit.code.as_str()), campaign.id);
    Ok(flash::done(see_other(&to), caller.lang.t("Survei disimpan sebagai konsep. Periksa, lalu buka.")))
}

fn blank(app: &App, reached: &Reached) -> Campaign {
    Campaign {
        id: CampaignId(chance::fresh()),
        unit: reached.unit.id,
        questionnaire: String::new(),
        points: 0,
        service: String::new(),
        period: String::new(),
        population: None,
        aim: Aim::default(),
        own: None,
        opens_on: app.today(),
        closes_on: app.today(),
        entry: Entry::Open,
        state: CampaignState::Draft,
        token: chance::letters(TOKEN_LETTERS),
    }
}

/// The form of a draft.
///
/// # Errors
/// When it is none any more.
pub async fn show(State(app): State<App>, caller: Caller, Path(path): Path<CampaignPath>) -> Result {
    let (reached, kept) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    kept.campaign.changeable()?;
    let fields = Fields::of(&kept.campaign);
    Ok(render(&app, &caller, &reached, Some(&kept), (fields, Errors::default())).await?.into_response())
}

/// Saves a draft.
///
/// # Errors
/// When it is none any more; what is wrong with the fields comes back with the page.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Path(path): Path<CampaignPath>,
    Posted(typed): Posted<Fields>,
) -> Result {
    let (reached, before) = reach_campaign(&app, &caller, &path, Want::ManageSurvey).await?;
    let known = sets(&app, &reached).await?;
    let tx = app.store().begin().await?;
    let kept = store::lock(&tx, before.campaign.id).await?.ok_or(AppError::NotFound)?;
    kept.campaign.changeable()?;
    let campaign = match typed.apply(&kept.campaign, &known) {
        Ok(campaign) => campaign,
        Err(errors) => return refuse(&app, &caller, &reached, Some(&before), (typed, errors)).await,
    };
    let after = Kept { campaign, ..kept };
    store::update(&tx, &after).await?;
    let entry = Record::new(caller.audit(), "survey.saved", after.campaign.id.0).of_unit(reached.unit.id);
    tx.commit(entry.before(&before.campaign).after(&after.campaign), app.now()).await?;
    Ok(flash::done(see_other(&campaign_address(&reached, &after)), caller.lang.t("Survei disimpan.")))
}

async fn refuse(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    of: Option<&Kept>,
    typed: (Fields, Errors),
) -> Result<Response> {
    let page = render(app, caller, reached, of, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    app: &App,
    caller: &Caller,
    reached: &Reached,
    of: Option<&Kept>,
    (fields, errors): (Fields, Errors),
) -> Result<Html<String>> {
    let title = if of.is_some() { caller.lang.t("Ubah survei") } else { caller.lang.t("Survei baru") };
    let list = address(reached.unit.code.as_str());
    let (save, back) = match of {
        Some(kept) => (format!("{}/ubah", campaign_address(reached, kept)), campaign_address(reached, kept)),
        None => (list.clone(), list),
    };
    let page = page(app, caller, reached, title.to_string(), vec![Crumb::here(title.clone())]).await?;
    let choices = choices(app.today(), caller.lang);
    let confidences = confidences(&page);
    let channels = Channel::ALL.map(|one| {
        let field = tick(one);
        (field.clone(), shown::channel(one), fields.ticks.contains_key(&field))
    });
    let option = |set: &OwnSet| {
        let values = [("nama", set.name.clone()), ("n", set.version.to_string())];
        (set.id.to_string(), page.tf("%{nama}, versi %{n}", &values))
    };
    let sets = sets(app, reached).await?.iter().map(option).collect();
    let channels = channels.into();
    Ok(Html(EditPage { page, save, back, fields, choices, confidences, channels, sets, errors }.render()?))
}

/// The sets of own questions that may be asked here.
async fn sets(app: &App, reached: &Reached) -> Result<Vec<OwnSet>> {
    let sets = store::own_sets(app.store(), &own::sources(reached)).await?;
    Ok(sets.into_iter().map(|(_, set)| set).collect())
}

/// The confidences for which a sample can be reckoned: as forms send them and as people read them.
fn confidences(page: &Page) -> Vec<(String, String)> {
    let known = method().map(|method| method.sample.chi.as_slice()).unwrap_or_default();
    known
        .iter()
        .map(|chi| (chi.confidence.plain(), format!("{}%", page.number(percent(chi.confidence)))))
        .collect()
}
