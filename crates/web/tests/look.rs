//! The look as far as a machine can judge it: what can be read, what a strict policy allows, what a
//! page weighs, how assets are served, what the frame says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use bening_web::assets;
use bening_web::page::{Crumb, Flash, NavItem, Page, Person, Place, Room, Tone};
use bening_web::words::Lang;
use tower::ServiceExt;

/// WCAG 2.2 AA for text.
const CONTRAST_MIN: f64 = 4.5;
/// WCAG 2.2 AA for what is not text: edges of fields.
const EDGE_CONTRAST_MIN: f64 = 3.0;
const KIB: usize = 1024;

#[derive(Template)]
#[template(ext = "html", source = "{% extends \"layout.html\" %}{% block content %}<p>isi</p>{% endblock %}")]
struct Plain {
    page: Page,
}

#[test]
fn every_text_can_be_read_on_its_ground_in_light_and_dark() {
    for (theme, colours) in themes() {
        for (text, ground) in pairs() {
            let ratio = contrast(colours[text], colours[ground]);
            assert!(ratio >= CONTRAST_MIN, "{theme}: {text} on {ground} is {ratio:.2}");
        }
        for ground in ["bg", "card"] {
            let ratio = contrast(colours["line-strong"], colours[ground]);
            assert!(ratio >= EDGE_CONTRAST_MIN, "{theme}: edges on {ground} are {ratio:.2}");
        }
    }
}

#[test]
fn the_dark_colours_are_the_same_whether_the_device_or_the_reader_chose_them() {
    let tokens = fs::read_to_string(frontend("css/tokens.css")).unwrap();
    let blocks: Vec<BTreeMap<&str, [f64; 3]>> = colour_blocks(&tokens);
    assert_eq!(blocks.len(), 3, "light, dark by device, dark by choice");
    assert_eq!(blocks[1], blocks[2]);
}

#[test]
fn no_template_needs_more_than_the_policy_allows() {
    for (path, text) in templates() {
        for forbidden in
            [" style=", "<style", " onclick=", " onchange=", "javascript:", "hx-on", "http://", "https://"]
        {
            assert!(!text.contains(forbidden), "{} has {forbidden:?}", path.display());
        }
        let scripts = text.matches("<script").count();
        assert_eq!(scripts, text.matches("<script src=").count(), "{}: inline script", path.display());
    }
}

#[test]
fn every_asset_and_icon_that_a_template_names_exists() {
    let icons = fs::read_to_string(frontend("img/icons.svg")).unwrap();
    for (path, text) in templates() {
        for part in text.split("asset(\"").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(assets::is_asset(name), "{}: {name}", path.display());
        }
        for part in text.split("\") }}#").skip(1).filter(|part| !part.starts_with("{{")) {
            let icon = part.split('"').next().unwrap();
            assert!(icons.contains(&format!("id=\"{icon}\"")), "{}: {icon}", path.display());
        }
    }
}

#[tokio::test]
async fn an_asset_comes_in_the_smallest_form_the_browser_understands() {
    let url = assets::asset("app.css");
    for (accepted, encoding) in
        [("gzip, deflate, br, zstd", Some("br")), ("gzip;q=1.0, br;q=0", Some("gzip")), ("identity", None)]
    {
        let response = get(&url, ("accept-encoding", accepted)).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "content-encoding"), encoding, "{accepted}");
        assert_eq!(header(&response, "content-type"), Some("text/css; charset=utf-8"));
        assert_eq!(header(&response, "vary"), Some("accept-encoding"));
        assert!(header(&response, "cache-control").unwrap().contains("immutable"));
    }
}

#[tokio::test]
async fn an_asset_that_the_browser_has_is_not_sent_again() {
    let url = assets::asset("app.js");
    let first = get(&url, ("accept-encoding", "br")).await;
    let etag = header(&first, "etag").unwrap().to_owned();
    let second = get(&url, ("if-none-match", &etag)).await;
    assert_eq!(second.status(), 200, "the tag is of another form of the file");
    let plain = header(&second, "etag").unwrap().to_owned();
    let third = get(&url, ("if-none-match", &plain)).await;
    assert_eq!(third.status(), 304);
    assert!(to_bytes(third.into_body(), KIB).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_name_that_is_no_asset_is_not_found() {
    assert_eq!(get("/aset/app.css", ("accept", "*/*")).await.status(), 404);
    assert_eq!(get("/aset/..%2Fsecrets", ("accept", "*/*")).await.status(), 404);
}

#[tokio::test]
async fn the_frame_weighs_little() {
    let css = weight("app.css").await;
    let script = weight("app.js").await;
    let htmx = weight("htmx.js").await;
    let font = weight("inter-latin-wght-normal.woff2").await;
    assert!(css <= 12 * KIB, "styles: {css}");
    assert!(script <= 5 * KIB, "our script: {script}");
    let frame = css + script + htmx + font + weight("icons.svg").await;
    assert!(frame <= 90 * KIB, "everything around a staff page: {frame}");
}

#[test]
fn the_frame_says_where_we_are_and_what_waits() {
    let html = Plain { page: framed(Lang::Id) }.render().unwrap();
    assert!(html.contains("<html lang=\"id\" data-theme=\"auto\">"));
    assert!(html.contains("<title>Rencana Kerja 2020 · Bening</title>"));
    assert!(html.contains("aria-current=\"page\">Rencana Kerja<span class=\"cnt bad\">2"));
    assert!(html.contains("<meta name=\"csrf-token\" content=\"rahasia\">"));
    assert!(html.contains("action=\"/tindakan/7/pemulihan\""), "the way back from what was just done");
    assert!(html.contains(">AL</span>"), "initials of the person");
}

#[test]
fn the_frame_speaks_english_when_asked() {
    let html = Plain { page: framed(Lang::En) }.render().unwrap();
    assert!(html.contains("lang=\"en\""));
    assert!(html.contains("Work Plan"));
    assert!(!html.contains("Lewati ke isi"));
}

#[test]
fn what_people_type_is_text_and_never_markup() {
    let mut page = framed(Lang::Id);
    page.title = "<script>alert(1)</script>".into();
    let html = Plain { page }.render().unwrap();
    assert!(!html.contains("<script>alert"));
}

#[test]
fn a_phone_has_five_rooms_at_the_bottom_and_a_group_without_rooms_has_no_heading() {
    let mut page = Page::new("", Lang::Id);
    let rooms = [Room::Home, Room::Plan, Room::Monitoring, Room::Worksheet, Room::Evidence, Room::Units];
    page.nav = rooms.map(|room| NavItem::new(room, "/")).to_vec();
    assert_eq!(page.bar().len(), 5);
    let headings: Vec<&str> = page.groups().iter().map(|(group, _)| group.label()).collect();
    assert_eq!(headings, ["", "Instansi"]);
}

fn framed(lang: Lang) -> Page {
    let mut page = Page::new("Rencana Kerja 2020", lang);
    page.csrf = "rahasia".into();
    page.room = Some(Room::Plan);
    page.nav =
        vec![NavItem::new(Room::Home, "/"), NavItem::new(Room::Plan, "/rencana").counted(2, Tone::Bad)];
    page.crumbs = vec![Crumb::link("Rencana Kerja", "/rencana"), Crumb::here("2020")];
    page.person = Some(Person { id: "7".into(), name: "ani maya lestari".into(), role: "Ketua Tim".into() });
    page.place = Some(Place { unit: "Unit".into(), year: 2020, units: Vec::new(), years: Vec::new() });
    page.flash = Some(Flash {
        tone: Tone::Ok,
        text: "Tindakan ditarik.".into(),
        undo: Some("/tindakan/7/pemulihan".into()),
    });
    page
}

async fn get(url: &str, with: (&str, &str)) -> Response<Body> {
    let request = Request::get(url).header(with.0, with.1).body(Body::empty()).unwrap();
    let site: Router = assets::routes();
    site.oneshot(request).await.unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

async fn weight(name: &str) -> usize {
    let response = get(&assets::asset(name), ("accept-encoding", "br")).await;
    assert_eq!(response.status(), 200, "{name}");
    to_bytes(response.into_body(), 200 * KIB).await.unwrap().len()
}

fn home() -> PathBuf {
    PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo runs the tests"))
}

fn frontend(file: &str) -> PathBuf {
    home().join("../../frontend").join(file)
}

fn templates() -> Vec<(PathBuf, String)> {
    fn gather(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => gather(&path, found),
                path => found.push((path.clone(), fs::read_to_string(&path).unwrap())),
            }
        }
    }
    let mut found = Vec::new();
    gather(&home().join("templates"), &mut found);
    found
}

fn pairs() -> Vec<(&'static str, &'static str)> {
    let mut pairs = Vec::new();
    for ground in ["bg", "card", "head", "soft", "accent-soft"] {
        pairs.push(("ink", ground));
    }
    for ground in ["bg", "card", "head", "soft"] {
        pairs.push(("mute", ground));
    }
    for ground in ["bg", "card", "accent-soft", "soft"] {
        pairs.push(("accent", ground));
    }
    for tone in ["ok", "warn", "bad", "info"] {
        pairs.push((tone, "card"));
        pairs.push((tone, "bg"));
    }
    pairs.extend([("ok", "ok-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("info", "info-soft")]);
    pairs.extend([("on-fill", "fill"), ("on-fill", "fill-hover")]);
    pairs
}

fn themes() -> Vec<(&'static str, BTreeMap<&'static str, [f64; 3]>)> {
    let tokens: &'static str = fs::read_to_string(frontend("css/tokens.css")).unwrap().leak();
    let blocks = colour_blocks(tokens);
    ["light", "dark"].into_iter().zip(blocks).collect()
}

/// The colours of every rule that sets them, by name without `--`, as red, green, blue from 0 to 1.
fn colour_blocks(tokens: &str) -> Vec<BTreeMap<&str, [f64; 3]>> {
    let blocks = tokens.split(" color-scheme:").skip(1);
    blocks.map(|block| block.lines().filter_map(colour).collect()).collect()
}

fn colour(line: &str) -> Option<(&str, [f64; 3])> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
    let hex = value.strip_suffix(';')?;
    let wide: String = match hex.len() {
        3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => hex.to_owned(),
    };
    let part = |at: usize| f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
    Some((name, [part(0), part(2), part(4)]))
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    let linear = |part: f64| match part {
        part if part <= 0.04045 => part / 12.92,
        part => ((part + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
