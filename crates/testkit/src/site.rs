//! The site in the test's own process, on a free port, over either database; and people who visit it through HTTP.

use std::net::SocketAddr;

use bening_core::document::{Document, PrintError, Printer};
use bening_core::plan::export::PlanExport;
use bening_store::{Options, Store};
use bening_web::app::{Purpose, Transport};
use bening_web::chance::Clock;
use bening_web::{App, Settings};
use chrono::{DateTime, NaiveDate, Utc};
use reqwest::{Method, StatusCode, redirect};
use tokio::net::TcpListener;

use crate::agency::{self, Agency, PASSWORD};
use crate::database::TestDatabase;

/// The site with its agency, until dropped.
pub struct TestSite {
    /// Address without a slash at the end.
    pub address: String,
    /// The database behind it, for looking at what was kept.
    pub store: Store,
    /// The agency in it.
    pub agency: Agency,
    _database: TestDatabase,
}

/// It is always nine o'clock in Jakarta on 15 June 2020.
struct StillClock;

impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        NaiveDate::from_ymd_opt(2020, 6, 15)
            .and_then(|day| day.and_hms_opt(2, 0, 0))
            .unwrap_or_default()
            .and_utc()
    }
}

/// Prints JSON: what papers look like is tested where they are made; here only that they can be had.
struct PlainPress;

fn as_json(what: &impl serde::Serialize) -> Result<Vec<u8>, PrintError> {
    serde_json::to_vec(what).map_err(|error| PrintError(error.to_string()))
}

impl Printer for PlainPress {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        as_json(document)
    }

    fn docx(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        as_json(document)
    }

    fn plan_xlsx(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
        as_json(plan)
    }

    fn plan_csv(&self, plan: &PlanExport) -> Result<Vec<u8>, PrintError> {
        as_json(plan)
    }

    fn plan_template(&self) -> Result<Vec<u8>, PrintError> {
        as_json(&"template")
    }
}

impl TestSite {
    /// Starts the site over an empty database and founds the agency in it.
    ///
    /// # Panics
    /// When any of it fails.
    pub async fn start(database: TestDatabase) -> Self {
        let store =
            Store::open(Options::url(database.url())).await.unwrap_or_else(|e| panic!("open the store: {e}"));
        let agency = agency::found(&store).await.unwrap_or_else(|e| panic!("found the agency: {e}"));
        let zone = chrono_tz::Asia::Jakarta;
        let settings = Settings { zone, transport: Transport::Plain, purpose: Purpose::Work };
        let app = App::new(store.clone(), Box::new(PlainPress), Box::new(StillClock), settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap_or_else(|e| panic!("listen: {e}"));
        let address = listener.local_addr().unwrap_or_else(|e| panic!("address: {e}"));
        let site = bening_web::router(app).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(bening_web::routes::serve(listener, site, std::future::pending()));
        Self { address: format!("http://{address}"), store, agency, _database: database }
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.address)
    }

    /// Somebody of the agency, signed in through the form.
    ///
    /// # Panics
    /// When signing in fails.
    pub async fn sign_in(&self, login: &str) -> Visitor {
        let mut visitor = self.visitor();
        let answer = visitor.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} signs in: {}", answer.body);
        visitor
    }

    /// Address of the agency's plan.
    #[must_use]
    pub fn plan(&self) -> String {
        format!("/unit/{}/rencana/{}", self.agency.unit.code, self.agency.plan.year)
    }
}

/// A browser without script: keeps cookies, follows no redirects, sends the token with every form.
#[derive(Debug, Clone)]
pub struct Visitor {
    http: reqwest::Client,
    address: String,
    csrf: String,
}

/// What the site answered.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Where it sends on to, if it does.
    pub location: Option<String>,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Answer {
    /// The token that the page's forms carry.
    #[must_use]
    pub fn csrf(&self) -> Option<String> {
        let marks = ["<meta name=\"csrf-token\" content=\"", "name=\"_csrf\" value=\""];
        let (_, rest) = marks.iter().find_map(|mark| self.body.split_once(mark))?;
        rest.split_once('"').map(|(token, _)| token.to_owned())
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }

    /// The text that a CSS selector finds, white space folded, one entry an element.
    ///
    /// # Panics
    /// When the selector cannot be read.
    #[must_use]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector =
            scraper::Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"));
        let page = scraper::Html::parse_document(&self.body);
        let fold = |element: scraper::ElementRef<'_>| {
            element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
        };
        page.select(&selector).map(fold).collect()
    }
}

impl Visitor {
    /// Somebody who is not signed in, at any site: `address` has no slash at the end.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    #[must_use]
    pub fn new(address: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build();
        let http = http.unwrap_or_else(|error| panic!("an HTTP client: {error}"));
        Self { http, address: address.to_owned(), csrf: String::new() }
    }

    /// Signs in through the form and takes the token of the forms; gives what the site answered.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let answer = self.post("/masuk", &[("nama", login), ("sandi", password)]).await;
        self.csrf = self.get("/akun/sandi").await.csrf().unwrap_or_default();
        answer
    }

    /// The token of this person's forms.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.csrf
    }

    /// The same person with a wrong token.
    #[must_use]
    pub fn forged(&self) -> Self {
        Self { csrf: "bukan token".to_owned(), ..self.clone() }
    }

    /// Reads a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Posts a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.with_form(self.request(Method::POST, path), fields)).await
    }

    /// Saves a cell as the script does.
    pub async fn save(&self, path: &str, was: &str, value: &str) -> Answer {
        let request = self.request(Method::PUT, path).header("accept", "application/json");
        self.send(self.with_form(request, &[("value", value), ("was", was)])).await
    }

    /// Posts a form with a file.
    pub async fn upload(&self, path: &str, field: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form =
            reqwest::multipart::Form::new().text("_csrf", self.csrf.clone()).part(field.to_owned(), part);
        self.send(self.request(Method::POST, path).multipart(form)).await
    }

    /// A request to shape by hand.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.address))
    }

    fn with_form(
        &self,
        request: reqwest::RequestBuilder,
        fields: &[(&str, &str)],
    ) -> reqwest::RequestBuilder {
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        fields.push(("_csrf", &self.csrf));
        request.form(&fields)
    }

    /// Sends a request.
    ///
    /// # Panics
    /// When the site does not answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let answer = request.send().await.unwrap_or_else(|error| panic!("the site does not answer: {error}"));
        let (status, headers) = (answer.status(), answer.headers().clone());
        let location = headers.get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
        let body = String::from_utf8_lossy(&answer.bytes().await.unwrap_or_default()).into_owned();
        Answer { status, location, headers, body }
    }
}
