//! The browser that page tests use is real, exactly as wide as asked, and reports what a page does wrong.

#![cfg(test)]

use std::io::{Read, Write};
use std::net::TcpListener;

use bening_testkit::browser::Key;
use bening_testkit::{Browser, ColorScheme};

const GOOD_PAGE: &str = "<!doctype html><html lang=id><head><title>Rencana</title>
    <meta name=viewport content='width=device-width, initial-scale=1'></head>
    <body><main><h1>Rencana Kerja</h1><label>Cari <input id=cari></label><p id=tinggi>.</p></main></body></html>";
const BAD_PAGE: &str =
    "<!doctype html><html><body><img src=/tidak-ada.png><script>throw new Error('rusak')</script>";

#[tokio::test]
async fn a_phone_is_390_pixels_wide() {
    let browser = Browser::new(390, 844).await.unwrap();
    browser.goto(&serve(GOOD_PAGE)).await.unwrap();
    assert_eq!(browser.evaluate("return innerWidth").await.unwrap(), 390);
    assert_eq!(browser.overflow_px().await.unwrap(), 0);
}

#[tokio::test]
async fn a_picture_holds_the_whole_page() {
    let browser = Browser::new(1280, 800).await.unwrap();
    browser.goto(&serve(GOOD_PAGE)).await.unwrap();
    browser.evaluate("document.getElementById('tinggi').style.height = '2000px'").await.unwrap();
    let file = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
    browser.screenshot(file.path()).await.unwrap();
    let (width, height) = png_size(&std::fs::read(file.path()).unwrap());
    assert_eq!(width, 1280);
    assert!(height > 2000, "the picture is only {height} pixels high");
}

#[tokio::test]
async fn keys_reach_the_focused_field() {
    let browser = Browser::new(1280, 800).await.unwrap();
    browser.goto(&serve(GOOD_PAGE)).await.unwrap();
    browser.press(Key::Tab).await.unwrap();
    browser.type_text("bukti").await.unwrap();
    browser.press_chord(&[Key::Shift, Key::Home]).await.unwrap();
    browser.type_text("aksi").await.unwrap();
    assert_eq!(browser.evaluate("return document.getElementById('cari').value").await.unwrap(), "aksi");
}

#[tokio::test]
async fn a_page_is_told_which_colours_are_preferred() {
    let browser = Browser::new(1280, 800).await.unwrap();
    browser.goto(&serve(GOOD_PAGE)).await.unwrap();
    browser.prefer(ColorScheme::Dark).await.unwrap();
    assert_eq!(
        browser.evaluate("return matchMedia('(prefers-color-scheme: dark)').matches").await.unwrap(),
        true
    );
}

#[tokio::test]
async fn axe_and_the_console_are_silent_about_a_good_page() {
    let browser = Browser::new(1280, 800).await.unwrap();
    browser.goto(&serve(GOOD_PAGE)).await.unwrap();
    assert_eq!(browser.axe().await.unwrap(), []);
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn axe_and_the_console_name_what_is_wrong_with_a_bad_page() {
    let browser = Browser::new(1280, 800).await.unwrap();
    browser.goto(&serve(BAD_PAGE)).await.unwrap();
    let rules: Vec<_> = browser.axe().await.unwrap().into_iter().map(|violation| violation.id).collect();
    assert!(rules.contains(&"image-alt".to_owned()), "{rules:?}");
    assert!(rules.contains(&"html-has-lang".to_owned()), "{rules:?}");
    let errors = browser.console_errors().await.unwrap().join("\n");
    assert!(errors.contains("rusak") && errors.contains("tidak-ada.png"), "{errors}");
}

/// The page at `/`, nothing anywhere else; the thread ends with the test process.
fn serve(page: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let (status, body) = match &request[..length] {
                start if start.starts_with(b"GET / ") => ("200 OK", page),
                start if start.starts_with(b"GET /favicon.ico") => ("204 No Content", ""),
                _ => ("404 Not Found", ""),
            };
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n", body.len());
            let _gone = write!(stream, "{head}Connection: close\r\n\r\n{body}");
        }
    });
    address
}

/// Width and height stand at bytes 16 to 24 of every PNG.
fn png_size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
