//! `bening serve`: the site.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bening_reports::Press;
use bening_web::app::{DemoAccount, Links, Outside, Purpose, Transport};
use bening_web::chance::{Clock, MachineClock};
use bening_web::evidence::Scanner;
use bening_web::{App, Settings};
use clap::builder::BoolishValueParser;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::place::Place;
use super::print;
use crate::demo;
use crate::work::{self, Mailer};

/// What `bening serve` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Isi basis data yang kosong dengan rencana 2020 dan satu akun untuk tiap peran. Hari peragaan selalu
    /// 15 Juni 2020; akunnya dicetak dan tampil di halaman masuk: jangan dipakai untuk kerja sungguhan
    #[arg(long)]
    demo: bool,
    /// Alamat dan porta situs; porta 0 memilih yang bebas
    #[arg(long, value_name = "ALAMAT", default_value = "127.0.0.1:8080", env = "BENING_LISTEN")]
    listen: SocketAddr,
    /// Orang membuka situs lewat HTTPS (ada proksi di depannya): kuki dibatasi ke HTTPS
    #[arg(long, env = "BENING_HTTPS", value_parser = BoolishValueParser::new())]
    https: bool,
    /// Tulis catatan jalannya program sebagai baris JSON
    #[arg(long, env = "BENING_LOG_JSON", value_parser = BoolishValueParser::new())]
    log_json: bool,
    /// Peladen surel instansi, misalnya smtps://nama:sandi@surel.contoh.go.id:465 atau
    /// smtp://surel.contoh.go.id:587?tls=required; tanpa ini Bening tidak mengirim surel
    #[arg(long, value_name = "URL", env = "BENING_SMTP", hide_env_values = true, requires = "mail_from")]
    smtp: Option<String>,
    /// Pengirim surel, misalnya "Zona Integritas <zi@contoh.go.id>"
    #[arg(long, value_name = "ALAMAT", env = "BENING_MAIL_FROM", requires = "smtp")]
    mail_from: Option<String>,
    /// Alamat situs seperti yang dikenal orang, untuk tautan dalam surel, misalnya `https://zi.contoh.go.id`
    #[arg(long, value_name = "URL", env = "BENING_SITE")]
    site: Option<String>,
    /// Pemindai virus ClamAV (clamd) yang memeriksa setiap bukti sebelum disimpan, misalnya
    /// unix:/run/clamav/clamd.ctl atau tcp:127.0.0.1:3310; tanpa ini berkas tidak dipindai
    #[arg(long, value_name = "ALAMAT", env = "BENING_SCANNER")]
    scanner: Option<Scanner>,
    /// Periksa berkala apakah tautan bukti masih hidup: alamat di internet saja, atau juga di jaringan instansi;
    /// tanpa ini Bening tidak membuka tautan siapa pun
    #[arg(long, value_name = "JANGKAUAN", env = "BENING_CHECK_LINKS", value_enum)]
    check_links: Option<Reach>,
}

/// How far links are asked.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Reach {
    Internet,
    Intranet,
}

impl From<Reach> for Links {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Internet => Self::Internet,
            Reach::Intranet => Self::Intranet,
        }
    }
}

impl ServeArgs {
    fn mailer(&self) -> Result<Option<Mailer>> {
        let pair = self.smtp.as_deref().zip(self.mail_from.as_deref());
        pair.map(|(server, from)| Mailer::new(server, from)).transpose()
    }

    fn outside(&self) -> Outside {
        let site = self.site.as_deref().map(|site| site.trim_end_matches('/').to_owned());
        Outside {
            mail_from: self.mail_from.clone(),
            site,
            scanner: self.scanner.clone(),
            links: self.check_links.map(Links::from),
        }
    }
}

/// Runs the command.
pub(crate) async fn run(place: &Place, args: ServeArgs) -> Result<ExitCode> {
    log(args.log_json);
    let mailer = args.mailer()?;
    let store = place.open().await?;
    let (purpose, clock): (Purpose, Box<dyn Clock>) = if args.demo {
        demo::prepare(&store).await?;
        (demo::purpose(), Box::new(demo::DemoClock::new(place.zone)))
    } else {
        (Purpose::Work, Box::new(MachineClock))
    };
    let transport = if args.https { Transport::Secure } else { Transport::Plain };
    let settings = Settings { zone: place.zone, transport, purpose, outside: args.outside() };
    let listener = TcpListener::bind(args.listen).await.with_context(|| busy(args.listen))?;
    print::text(&greeting(&settings.purpose, listener.local_addr()?))?;
    let app = App::new(store.clone(), Box::new(Press::new()), clock, settings);
    let workers = tokio::spawn(work::run(app.clone(), mailer, app.stopping()));
    let site = bening_web::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stop = async move {
        stopped().await;
        app.stop();
    };
    bening_web::serve::serve(listener, site, stop).await?;
    workers.await?;
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn busy(address: SocketAddr) -> String {
    format!(
        "alamat {address} tidak dapat dipakai; pilih lain dengan --listen, misalnya --listen 127.0.0.1:8081"
    )
}

fn greeting(purpose: &Purpose, address: SocketAddr) -> String {
    let mut lines = format!("Bening: http://{address}\n");
    if let Purpose::Demo { accounts, password } = purpose {
        lines.push_str(&format!("Demo, kata sandi semua akun: {password}\n"));
        lines.extend(
            accounts
                .iter()
                .map(|DemoAccount { login, role, unit }| format!("  {login:<12} {role:<22} {unit}\n")),
        );
    }
    lines
}

async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            return drop(interrupt.await);
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

fn log(json: bool) {
    let filter = EnvFilter::try_from_env("BENING_LOG").unwrap_or_else(|_| EnvFilter::new("warn,bening=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { log.json().init() } else { log.init() }
}
