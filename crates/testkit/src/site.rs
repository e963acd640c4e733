//! The site in the test's own process, on a free port, over either database; and people who visit it through HTTP.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bening_store::files::Bucket;
use bening_store::{Options, Store};
use bening_web::app::{Outside, Purpose, Transport};
use bening_web::chance::Clock;
use bening_web::{App, Settings};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use reqwest::{Method, StatusCode, redirect};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::agency::{self, Agency, PASSWORD};
use crate::database::TestDatabase;
use crate::press::PlainPress;

/// The site with its agency, until dropped.
pub struct TestSite {
    /// Address without a slash at the end.
    pub address: String,
    /// The database behind it, for looking at what was kept.
    pub store: Store,
    /// The agency in it.
    pub agency: Agency,
    clock: StillClock,
    database: TestDatabase,
    folder: TempDir,
}

/// Address of the site as an administrator who set up mail wrote it down.
pub const SITE: &str = "https://zi.contoh.go.id";

/// It is nine o'clock in Jakarta on 15 June 2020, and so many seconds later as tests say they waited.
#[derive(Clone, Default)]
struct StillClock(Arc<AtomicI64>);

impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        let nine = NaiveDate::from_ymd_opt(2020, 6, 15).and_then(|day| day.and_hms_opt(2, 0, 0));
        nine.unwrap_or_default().and_utc() + TimeDelta::seconds(self.0.load(Ordering::Relaxed))
    }
}

impl TestSite {
    /// Starts the site with its files in a bucket that may not answer.
    ///
    /// # Panics
    /// When any of it fails.
    pub async fn over_bucket(database: TestDatabase, bucket: Bucket) -> Self {
        let options = Options::url(database.url()).in_bucket(Some(bucket));
        Self::open(database, options).await
    }

    /// Starts the site over an empty database and founds the agency in it.
    ///
    /// # Panics
    /// When any of it fails.
    pub async fn start(database: TestDatabase) -> Self {
        let options = Options::url(database.url());
        Self::open(database, options).await
    }

    /// The same over an SQLite file that may not grow beyond so many pages of 4 KiB, as on a disk that fills up.
    ///
    /// # Panics
    /// When any of it fails, as it does when not even the agency fits.
    pub async fn cramped(database: TestDatabase, pages: u32) -> Self {
        let options = Options { max_pages: Some(pages), ..Options::url(database.url()) };
        Self::open(database, options).await
    }

    async fn open(database: TestDatabase, options: Options) -> Self {
        let folder = TempDir::with_prefix("bening-files-").unwrap_or_else(|e| panic!("a folder: {e}"));
        let bucket = options.bucket.clone().or_else(|| database.bucket().cloned());
        let options = options.files_in(folder.path()).in_bucket(bucket);
        let store = Store::open(options).await.unwrap_or_else(|e| panic!("open the store: {e}"));
        let agency = agency::found(&store).await.unwrap_or_else(|e| panic!("found the agency: {e}"));
        let clock = StillClock::default();
        let address = serve(store.clone(), clock.clone(), Transport::Plain).await;
        Self { address, store, agency, clock, database, folder }
    }

    /// Serves the same database anew, as after a restart of the program, without the limits it had.
    ///
    /// # Panics
    /// When the database cannot be opened again.
    pub async fn restart(&mut self) {
        let options = Options::url(self.database.url()).files_in(self.folder.path());
        let options = options.in_bucket(self.database.bucket().cloned());
        let store = Store::open(options).await;
        self.store = store.unwrap_or_else(|e| panic!("open the store again: {e}"));
        self.address = serve(self.store.clone(), self.clock.clone(), Transport::Plain).await;
    }

    /// Where this site keeps the files of evidence.
    #[must_use]
    pub fn files(&self) -> std::path::PathBuf {
        self.folder.path().join("berkas")
    }

    /// Lets so many seconds go by.
    pub fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Changes rows past the store, as somebody with a database tool would.
    pub async fn tamper(&self, sql: &str) {
        self.database.tamper(sql).await;
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        Visitor::calling_from(&self.address, None)
    }

    /// Somebody who is not signed in, at another address of this machine such as 127.0.0.2.
    #[must_use]
    pub fn visitor_from(&self, from: IpAddr) -> Visitor {
        Visitor::calling_from(&self.address, Some(from))
    }

    /// Somebody who is not signed in, of whom a declared proxy on this machine tells the address.
    pub async fn visitor_behind_proxy(&self) -> Visitor {
        let address = serve(self.store.clone(), self.clock.clone(), Transport::Secure).await;
        Visitor::calling_from(&address, None)
    }

    /// Somebody of the agency at the same site where an administrator set up mail; see [`SITE`].
    ///
    /// # Panics
    /// When signing in fails.
    pub async fn sign_in_with_mail(&self, login: &str) -> Visitor {
        self.sign_in_at(mail(), login).await
    }

    /// Somebody of the agency at the same site where an administrator opened something towards the outside.
    ///
    /// # Panics
    /// When signing in fails.
    pub async fn sign_in_at(&self, outside: Outside, login: &str) -> Visitor {
        let app = app(self.store.clone(), self.clock.clone(), Transport::Plain, outside);
        let address = listen(app).await;
        let mut visitor = Visitor::calling_from(&address, None);
        let answer = visitor.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} signs in: {}", answer.body);
        visitor
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

    /// The application behind such a site, for what jobs do with it.
    #[must_use]
    pub fn app_with_mail(&self) -> App {
        app(self.store.clone(), self.clock.clone(), Transport::Plain, mail())
    }

    /// Address of the agency's plan.
    #[must_use]
    pub fn plan(&self) -> String {
        format!("/unit/{}/rencana/{}", self.agency.unit.code, self.agency.plan.year)
    }
}

/// Mail as an administrator sets it up.
fn mail() -> Outside {
    let mail_from = Some("zi@contoh.go.id".to_owned());
    Outside { mail_from, site: Some(SITE.to_owned()), ..Outside::default() }
}

/// The site on a free port; its address.
async fn serve(store: Store, clock: StillClock, transport: Transport) -> String {
    listen(app(store, clock, transport, Outside::default())).await
}

fn app(store: Store, clock: StillClock, transport: Transport, outside: Outside) -> App {
    let settings = Settings { zone: chrono_tz::Asia::Jakarta, transport, purpose: Purpose::Work, outside };
    App::new(store, Box::new(PlainPress), Box::new(clock), settings)
}

async fn listen(app: App) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap_or_else(|e| panic!("listen: {e}"));
    let address = listener.local_addr().unwrap_or_else(|e| panic!("address: {e}"));
    let site = bening_web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(bening_web::serve::serve(listener, site, std::future::pending()));
    format!("http://{address}")
}

/// Shapes an HTTP client that trusts nobody: everything a test talks to is on this machine and speaks without TLS.
fn plain() -> reqwest::ClientBuilder {
    let _somebody_was_first = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().tls_certs_only([])
}

/// An HTTP client for what is not the site.
pub(crate) fn client() -> reqwest::Client {
    plain().build().unwrap_or_else(|error| panic!("an HTTP client: {error}"))
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

    /// What the field of this name holds; nothing when there is none.
    ///
    /// # Panics
    /// When the name cannot stand in a selector.
    #[must_use]
    pub fn value_of(&self, name: &str) -> String {
        let selector = scraper::Selector::parse(&format!("[name=\"{name}\"]"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let page = scraper::Html::parse_document(&self.body);
        let value = page.select(&selector).find_map(|field| field.value().attr("value"));
        value.unwrap_or_default().to_owned()
    }

    /// What a person reads on the page, white space folded.
    #[must_use]
    pub fn text(&self) -> String {
        self.texts("body").concat()
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
        Self::calling_from(address, None)
    }

    fn calling_from(address: &str, from: Option<IpAddr>) -> Self {
        let http = plain().cookie_store(true).redirect(redirect::Policy::none());
        let http = http.local_address(from).build().unwrap_or_else(|error| panic!("an HTTP client: {error}"));
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

    /// The same person at the address the site has now.
    #[must_use]
    pub fn at(&self, site: &TestSite) -> Self {
        Self { address: site.address.clone(), ..self.clone() }
    }

    /// The same person with a wrong token.
    #[must_use]
    pub fn forged(&self) -> Self {
        self.with_token("bukan token")
    }

    /// The same person whose forms carry this token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { csrf: token.to_owned(), ..self.clone() }
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
        let kind = headers.get("content-type").map(|kind| kind.as_bytes().to_vec()).unwrap_or_default();
        // A stream of events has no end to wait for.
        let body = match kind.starts_with(b"text/event-stream") {
            true => String::new(),
            false => String::from_utf8_lossy(&answer.bytes().await.unwrap_or_default()).into_owned(),
        };
        Answer { status, location, headers, body }
    }
}
