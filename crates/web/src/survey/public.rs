//! The form of the citizens: no sign-in, no script, one page. Whatever goes wrong, what was answered comes
//! back with the page. Who asks is looked at only to choose the language and to slow down floods.

use std::net::SocketAddr;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use bening_core::survey::{
    Answer, Arrival, Channel, Entry, ExtraKind, Missing, Question, Questionnaire, Refusal, Scale, Signal,
    WORDS_MAX_CHARS, signal_rules,
};
use bening_store::survey::{self as store, Kept, Outcome, Submission};
use bening_store::unit;
use serde::Deserialize;

use super::{puzzle, sheet, words};
use crate::account::{remember_lang, visitor_lang};
use crate::app::App;
use crate::caller::Caller;
use crate::client;
use crate::error::{AppError, Result, sentence};
use crate::form::{parse, see_other};
use crate::page::{Page, Theme};
use crate::words::Lang;

struct Asked {
    code: String,
    text: String,
    lowest: String,
    highest: String,
    kind: &'static str,
    given: String,
}

#[derive(Template)]
#[template(path = "survey/form.html")]
struct FormPage {
    page: Page,
    unit: String,
    action: String,
    sheet: String,
    way: String,
    code: String,
    wants_code: bool,
    may_skip: bool,
    questions: Vec<Asked>,
    points: Vec<u8>,
    words_max: usize,
    error: String,
    zero_bits: u32,
    kiosk: Option<String>,
}

#[derive(Template)]
#[template(path = "survey/said.html")]
struct SaidPage {
    page: Page,
    unit: String,
    text: String,
}

#[derive(Template)]
#[template(path = "survey/thanks.html")]
struct ThanksPage {
    page: Page,
    unit: String,
    text: String,
    done: Vec<String>,
    link: String,
    back: Option<String>,
}

/// How the form was found.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    #[serde(default)]
    lewat: String,
    /// A code that came by mail.
    #[serde(default)]
    kode: String,
}

impl Way {
    pub(super) fn kiosk() -> Self {
        Self { lewat: Channel::Kiosk.as_str().to_owned(), kode: String::new() }
    }
}

/// What was typed so far, by name of the field.
#[derive(Default)]
struct Typed(Vec<(String, String)>);

impl Typed {
    fn field(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    fn given(&self, name: &str) -> String {
        self.field(name).unwrap_or_default()
    }
}

/// The form, or why there is none.
///
/// # Errors
/// When there is no such survey.
pub async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(way): Query<Way>,
    request: Request,
) -> Result {
    begin(&app, &token, way, request).await
}

/// The form as somebody found it.
pub(super) async fn begin(app: &App, token: &str, way: Way, request: Request) -> Result {
    let (mut parts, _) = request.into_parts();
    let kept = reach(app, token).await?;
    let page = page(app, &mut parts, &kept).await;
    if let Err(refusal) = kept.campaign.takes_answers(app.today()) {
        return said(app, page, &kept, refusal).await;
    }
    let typed = Typed(vec![("lewat".to_owned(), way.lewat), ("kode".to_owned(), way.kode)]);
    Ok(form(app, page, &kept, &typed, String::new()).await?.into_response())
}

async fn reach(app: &App, token: &str) -> Result<Kept> {
    store::by_token(app.store(), token).await?.ok_or(AppError::NotFound)
}

/// The frame of somebody who need not be signed in.
async fn page(app: &App, parts: &mut Parts, kept: &Kept) -> Page {
    let caller = Caller::of(parts, app).await.ok();
    let lang = caller.as_ref().map_or_else(|| visitor_lang(&parts.headers), |caller| caller.lang);
    Page {
        path: format!("/s/{}", kept.campaign.token),
        csrf: caller.as_ref().map(|caller| caller.csrf.clone()).unwrap_or_default(),
        theme: caller.map_or_else(Theme::default, |caller| caller.theme),
        ..Page::new(kept.campaign.service.as_str(), lang)
    }
}

async fn said(app: &App, page: Page, kept: &Kept, refusal: Refusal) -> Result {
    let text = match refusal {
        Refusal::NotYet => page.t("Survei ini belum dibuka. Coba lagi nanti."),
        _ => page.t("Survei ini sudah ditutup. Terima kasih atas perhatian Anda."),
    };
    let text = text.into_owned();
    let unit = unit_name(app, kept).await?;
    Ok(Html(SaidPage { page, unit, text }.render()?).into_response())
}

async fn unit_name(app: &App, kept: &Kept) -> Result<String> {
    let units = unit::all(app.store()).await?;
    let unit = units.into_iter().find(|unit| unit.id == kept.campaign.unit);
    Ok(unit.map(|unit| unit.name).unwrap_or_default())
}

/// Takes a form in. Only after the answer is durable is anybody thanked.
///
/// # Errors
/// When there is no such survey or the store fails; everything else comes back with the form.
pub async fn submit(
    State(app): State<App>,
    Path(token): Path<String>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Result {
    let (mut parts, body) = request.into_parts();
    let kept = reach(&app, &token).await?;
    let from = client::address(&app, peer, &parts.headers);
    let page = page(&app, &mut parts, &kept).await;
    let bytes = Bytes::from_request(Request::from_parts(parts, body), &app).await;
    let typed = Typed(parse(&bytes.map_err(|_| AppError::TooLarge)?)?);
    if let Some(lang) = Lang::from_code(&typed.given("bahasa")) {
        return in_other_words(&app, Page { lang, ..page }, &kept, &typed).await;
    }
    let effort = puzzle::effort(&typed.given("lembar"), &typed.given("bukti"));
    if let Err(wait_s) = app.gate().pass(from, effort, app.now()) {
        let error = page.tf(
            "Terlalu banyak jawaban dari tempat ini. Tunggu %{n} detik, lalu kirim lagi.",
            &[("n", wait_s)],
        );
        let form = form(&app, page, &kept, &typed, error).await?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, form).into_response());
    }
    match hand_in(&app, &kept, &typed).await? {
        Ok(()) => Ok(see_other(&format!("{}/terima-kasih", place(&kept, &typed)))),
        Err(text) => {
            let error = sentence(&page.t(&text));
            let form = form(&app, page, &kept, &typed, error).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form).into_response())
        }
    }
}

/// The form in another language, with all that was answered so far; nothing is taken in.
async fn in_other_words(app: &App, page: Page, kept: &Kept, typed: &Typed) -> Result {
    let lang = page.lang;
    let mut response = form(app, page, kept, typed, String::new()).await?.into_response();
    remember_lang(&mut response, lang);
    Ok(response)
}

/// What became of it; the words say what the person can do.
async fn hand_in(app: &App, kept: &Kept, typed: &Typed) -> Result<std::result::Result<(), String>> {
    let refused = |text: &str| Ok(Err(text.to_owned()));
    let campaign = &kept.campaign;
    let (asked, scale) = questionnaire(kept)?;
    if let Err(refusal) = campaign.takes_answers(app.today()) {
        return refused(&refusal.to_string());
    }
    let Some(form) = sheet::form(kept, &typed.given("lembar"), app.now()) else {
        return refused(
            "halaman ini sudah terlalu lama terbuka; jawaban Anda masih ada, tekan kirim sekali lagi",
        );
    };
    let code = (campaign.entry == Entry::Codes).then(|| typed.given("kode"));
    let answer = Answer::read(&asked, scale, (app.today(), way(kept, typed)), |code| typed.field(code));
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return refused(&error.to_string()),
    };
    let code = code.map(|code| sheet::code_hash(campaign.id, &code));
    let signals = noticed(app, kept, &form, &answer);
    let submission = Submission { campaign: campaign.id, form: form.id, answer, code, signals };
    match app.inbox().submit(submission).await? {
        Outcome::Kept | Outcome::AlreadyKept => Ok(Ok(())),
        Outcome::Refused(refusal) => refused(&refusal.to_string()),
        Outcome::CodeUnknown => refused(
            "kode ini salah ketik atau sudah dipakai; bila sudah dipakai, jawabannya sudah kami terima",
        ),
    }
}

/// What makes a person look at this answer later. How long it took is forgotten with the request.
fn noticed(app: &App, kept: &Kept, form: &sheet::Form, answer: &Answer) -> Vec<Signal> {
    let Some(rules) = signal_rules() else { return Vec::new() };
    let recent = app.gate().beat(kept.campaign.id, rules.burst.window_s, app.now());
    let texts: Vec<&str> = rules.long_texts(answer).collect();
    let alike = app.gate().alike((kept.campaign.id, answer.channel), &answer.word(), &texts);
    let population = kept.campaign.population;
    rules.on_arrival(answer, Arrival { spent_s: Some(form.spent_s), recent, population, alike })
}

fn questionnaire(kept: &Kept) -> Result<(Questionnaire, &'static Scale)> {
    kept.campaign.asked().zip(kept.campaign.scale()).ok_or(AppError::NotFound)
}

/// Where somebody is: at the form, or at a device at the counter.
fn place(kept: &Kept, typed: &Typed) -> String {
    let kiosk = if is_kiosk(typed) { "/kios" } else { "" };
    format!("/s/{}{kiosk}", kept.campaign.token)
}

fn is_kiosk(typed: &Typed) -> bool {
    typed.given("lewat") == Channel::Kiosk.as_str()
}

fn way(kept: &Kept, typed: &Typed) -> Channel {
    match (kept.campaign.entry, typed.given("lewat").as_str()) {
        (Entry::Codes, "mail") => Channel::Mail,
        (Entry::Codes, _) => Channel::Code,
        (Entry::Open, "kiosk") => Channel::Kiosk,
        (Entry::Open, "poster") => Channel::Poster,
        (Entry::Open, _) => Channel::Link,
    }
}

async fn form(app: &App, page: Page, kept: &Kept, typed: &Typed, error: String) -> Result<Html<String>> {
    let (asked, scale) = questionnaire(kept)?;
    let content = FormPage {
        unit: unit_name(app, kept).await?,
        action: format!("/s/{}", kept.campaign.token),
        // The same sheet while it holds, so that a form sent twice stays one answer.
        sheet: match sheet::form(kept, &typed.given("lembar"), app.now()) {
            Some(_) => typed.given("lembar"),
            None => sheet::fresh(kept, app.now()),
        },
        way: if is_kiosk(typed) { typed.given("lewat") } else { way(kept, typed).as_str().to_owned() },
        code: typed.given("kode"),
        wants_code: kept.campaign.entry == Entry::Codes,
        may_skip: asked.missing == Missing::PerAnswer,
        questions: questions(&asked, &page, typed),
        points: (1..=scale.points).collect(),
        words_max: WORDS_MAX_CHARS,
        zero_bits: puzzle::ZERO_BITS,
        kiosk: is_kiosk(typed).then(|| place(kept, typed)),
        page,
        error,
    };
    Ok(Html(content.render()?))
}

fn questions(asked: &Questionnaire, page: &Page, typed: &Typed) -> Vec<Asked> {
    let official = asked.questions().map(|(_, question)| of_index(question, page, typed));
    let beside = asked.extras.iter().map(|extra| Asked {
        code: extra.code.clone(),
        text: words(&extra.text, page.lang).to_owned(),
        lowest: String::new(),
        highest: String::new(),
        kind: match extra.kind {
            ExtraKind::YesNo => "yes_no",
            ExtraKind::Text => "text",
            ExtraKind::Scale => "scale",
        },
        given: typed.given(&extra.code),
    });
    official.chain(beside).collect()
}

fn of_index(question: &Question, page: &Page, typed: &Typed) -> Asked {
    Asked {
        code: question.code.clone(),
        text: words(&question.text, page.lang).to_owned(),
        lowest: words(&question.lowest, page.lang).to_owned(),
        highest: words(&question.highest, page.lang).to_owned(),
        kind: "scale",
        given: typed.given(&question.code),
    }
}

/// The thanks.
///
/// # Errors
/// When there is no such survey.
pub async fn thanks(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result<Response> {
    thank(&app, &token, request, None).await
}

/// The thanks; at a device of the unit it leads back to the form by itself.
pub(super) async fn thank(app: &App, token: &str, request: Request, back: Option<String>) -> Result {
    let (mut parts, _) = request.into_parts();
    let kept = reach(app, token).await?;
    let page = page(app, &mut parts, &kept).await;
    let text = page
        .t("Terima kasih. Jawaban Anda sudah kami simpan, tanpa nama. Halaman ini boleh ditutup.")
        .into_owned();
    let page = Page { path: format!("/s/{token}/terima-kasih"), ..page };
    let unit = unit_name(app, &kept).await?;
    let (done, link) = super::publish::done(app, &kept.campaign).await?;
    Ok(Html(ThanksPage { page, unit, text, done, link, back }.render()?).into_response())
}
