//! A page with every part of the look on it, to be opened in a browser while working on the styles:
//! `cargo run --workspace --example gallery`, then <http://127.0.0.1:8099/>. Cells there answer by what
//! is typed: "konflik", "salah" and "putus" show the three ways in which saving can fail.
//! Not shipped.

use std::net::Ipv4Addr;

use askama::Template;
use axum::extract::{Form, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bening_web::assets;
use bening_web::page::{Choice, Crumb, Flash, NavItem, Page, Person, Place, Room, Theme, Tone};
use bening_web::words::Lang;
use serde::Deserialize;
use serde_json::json;

const PORT: u16 = 8099;

#[derive(Template)]
#[template(path = "gallery/parts.html")]
struct Parts {
    page: Page,
    half_year: [bool; 12],
    march: [bool; 12],
}

#[derive(Template)]
#[template(path = "gallery/sign_in.html")]
struct SignIn {
    page: Page,
    error: &'static str,
}

#[derive(Template)]
#[template(path = "gallery/citizen.html")]
struct Citizen {
    page: Page,
}

#[derive(Deserialize)]
struct Look {
    lang: Option<String>,
    theme: Option<String>,
}

#[derive(Deserialize)]
struct Saved {
    value: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let site = Router::new()
        .route("/", get(parts))
        .route("/masuk", get(sign_in))
        .route("/warga", get(citizen))
        .route("/cari", get(found))
        .route("/sel/{name}", axum::routing::put(save))
        .merge(assets::routes())
        .layer(middleware::from_fn(with_policy));
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await?;
    println!("http://127.0.0.1:{PORT}/");
    axum::serve(listener, site).await?;
    Ok(())
}

async fn with_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = HeaderValue::from_static(assets::CONTENT_SECURITY_POLICY);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    response
}

async fn parts(Query(look): Query<Look>) -> Response {
    show(&Parts {
        page: framed(&look),
        half_year: std::array::from_fn(|month| month < 6),
        march: std::array::from_fn(|month| month == 2),
    })
}

async fn sign_in(Query(look): Query<Look>) -> Response {
    let mut page = plain(&look, "Masuk");
    page.flash = Some(Flash { tone: Tone::Info, text: "Anda sudah keluar.".into(), undo: None });
    show(&SignIn { page, error: "Nama atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya." })
}

async fn citizen(Query(look): Query<Look>) -> Response {
    show(&Citizen { page: plain(&look, "Survei layanan") })
}

async fn found() -> Html<&'static str> {
    Html(
        "<ul class=\"results\"><li><a href=\"/\"><b>Pembentukan <mark>tim</mark> kerja</b>\
         <span>Rencana Kerja 2025 · Manajemen Perubahan</span></a></li><li><a href=\"/\"><b>SK <mark>Tim</mark> \
         Kerja ZI 2025</b><span>Bukti · 3 lembar</span></a></li></ul>",
    )
}

async fn save(Path(name): Path<String>, Form(saved): Form<Saved>) -> Response {
    let value = saved.value.trim();
    match value {
        "konflik" => (StatusCode::CONFLICT, Json(json!({"current": "isi orang lain"}))).into_response(),
        "salah" => {
            let message = json!({"message": "Waktu tidak dimengerti. Tulis misalnya Jan s.d. Jun."});
            (StatusCode::UNPROCESSABLE_ENTITY, Json(message)).into_response()
        }
        "putus" => StatusCode::BAD_GATEWAY.into_response(),
        _ => Json(json!({"value": value, "saved": "09.41", "parts": status_after(&name)})).into_response(),
    }
}

fn status_after(name: &str) -> serde_json::Value {
    match name {
        "aksi-2" => json!({"status-2": "<span id=\"status-2\" class=\"chip info\">diubah</span>"}),
        _ => json!({}),
    }
}

fn show(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem.to_string()).into_response(),
    }
}

fn plain(look: &Look, title: &str) -> Page {
    let lang = look.lang.as_deref().and_then(Lang::from_code).unwrap_or_default();
    let mut page = Page::new(title, lang);
    page.theme = look.theme.as_deref().and_then(Theme::from_code).unwrap_or_default();
    page
}

fn framed(look: &Look) -> Page {
    let mut page = plain(look, "Rencana Kerja 2025");
    page.csrf = "gallery".into();
    page.path = "/".into();
    page.room = Some(Room::Plan);
    page.nav = rooms();
    page.crumbs = vec![Crumb::link("Rencana Kerja", "/"), Crumb::here("2025")];
    page.person =
        Some(Person { id: "1".into(), name: "Bayu Yudha".into(), role: "Ketua Tim Kerja ZI".into() });
    page.place = Some(Place {
        unit: "Direktorat Penerimaan Minerba".into(),
        year: 2025,
        units: vec![choice("Direktorat Penerimaan Minerba", 0), choice("Sekretariat Ditjen", 1)],
        years: vec![choice("2025", 0), choice("2024", 1), choice("2020", 2)],
    });
    page.flash = Some(Flash { tone: Tone::Ok, text: "Tindakan ditarik.".into(), undo: Some("/".into()) });
    page
}

fn rooms() -> Vec<NavItem> {
    vec![
        NavItem::new(Room::Home, "/"),
        NavItem::new(Room::Plan, "/").counted(3, Tone::Mute),
        NavItem::new(Room::Monitoring, "/").counted(2, Tone::Bad),
        NavItem::new(Room::Worksheet, "/").counted(17, Tone::Mute),
        NavItem::new(Room::Evidence, "/"),
        NavItem::new(Room::Survey, "/").counted(1, Tone::Mute),
        NavItem::new(Room::Oversight, "/"),
        NavItem::new(Room::Predicate, "/"),
        NavItem::new(Room::Documents, "/"),
        NavItem::new(Room::Units, "/"),
        NavItem::new(Room::Settings, "/"),
    ]
}

fn choice(label: &str, place: usize) -> Choice {
    Choice { label: label.into(), href: "/".into(), here: place == 0 }
}
