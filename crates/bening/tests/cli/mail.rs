//! Mail through a real SMTP server: it arrives, waits when the server is away, and is neither lost nor doubled when
//! Bening is killed.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bening_testkit::{Served, Visitor, on_both};

use crate::bench::{Bench, PASSWORD};

const FROM: &str = "Zona Integritas <zi@contoh.go.id>";
const JOBS: &str = "/instansi/pekerjaan";
/// How often the server is killed while mails wait.
const KILLS: usize = 5;
const MAILS: usize = 12;

/// A mail server that prints what it receives.
struct Postbox {
    server: Child,
    port: u16,
    said: Arc<Mutex<Vec<String>>>,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Postbox {
    fn start(port: u16) -> Self {
        let mut command = Command::new("aiosmtpd");
        command.args(["-n", "-c", "aiosmtpd.handlers.Debugging", "stdout", "-l"]);
        command.arg(format!("127.0.0.1:{port}")).env("PYTHONUNBUFFERED", "1");
        let mut server =
            command.stdout(Stdio::piped()).spawn().expect("aiosmtpd; cargo xtask test installs it");
        let output = BufReader::new(server.stdout.take().unwrap());
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = said.clone();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).for_each(|line| lines.lock().unwrap().push(line));
        });
        Self { server, port, said }
    }

    fn text(&self) -> String {
        self.said.lock().unwrap().join("\n")
    }

    /// The different mails that arrived, by their identity.
    fn mails(&self) -> BTreeSet<String> {
        let said = self.said.lock().unwrap();
        said.iter().filter(|line| line.to_lowercase().starts_with("message-id:")).cloned().collect()
    }
}

impl Drop for Postbox {
    fn drop(&mut self) {
        let _gone = self.server.kill().and_then(|()| self.server.wait());
    }
}

fn serve(bench: &Bench, port: u16) -> Served {
    bench.serve(&["--smtp", &format!("smtp://127.0.0.1:{port}"), "--mail-from", FROM])
}

fn with_admin(db: bening_testkit::TestDatabase) -> Bench {
    let bench = Bench::with_unit(db);
    bench.run(&["user", "add", "admin", "--name", "Admin", "--role", "admin-instansi"]).well();
    bench.fed(&["user", "passwd", "admin", "--stdin"], PASSWORD).well();
    bench
}

async fn try_mail(admin: &Visitor, to: &str) {
    let answer = admin.post(&format!("{JOBS}/surel-uji"), &[("surel", to)]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
}

/// Waits until something is true; a test that waits for ever says what it waits for. A lease that has to run out, and
/// a wait after a failure, fit in it several times, on a busy machine too.
async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    for _ in 0..1500 {
        if is().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("waited for ever: {what}");
}

on_both!(a_mail_goes_out_and_the_page_says_so, async |db| {
    let bench = with_admin(db);
    let postbox = Postbox::start(free_port());
    let served = serve(&bench, postbox.port);
    let admin = bench.sign_in(&served, "admin").await;
    try_mail(&admin, "bayu@contoh.go.id").await;
    until("the mail arrives", async || postbox.text().contains("bayu@contoh.go.id")).await;
    assert!(postbox.text().contains("zi@contoh.go.id"), "{}", postbox.text());
    let is_done = async || admin.get(&format!("{JOBS}?keadaan=done")).await.text().contains("Kirim surel");
    until("the page says that it was sent", is_done).await;
    drop(served);
});

on_both!(while_the_mail_server_is_away_mail_waits_and_says_why, async |db| {
    let bench = with_admin(db);
    let port = free_port();
    let served = serve(&bench, port);
    let admin = bench.sign_in(&served, "admin").await;
    try_mail(&admin, "bayu@contoh.go.id").await;
    let says_why =
        async || admin.get(JOBS).await.text().contains("peladen surel menolak atau tidak menjawab");
    until("the page says why", says_why).await;
    assert!(admin.get(&format!("{JOBS}?keadaan=waiting")).await.text().contains("Kirim surel"));
    assert_eq!(served.stop().unwrap().code(), Some(0));
});

on_both!(without_a_mail_server_nothing_is_handed_in, async |db| {
    let bench = with_admin(db);
    let served = bench.serve(&[]);
    let admin = bench.sign_in(&served, "admin").await;
    let answer = admin.post(&format!("{JOBS}/surel-uji"), &[("surel", "bayu@contoh.go.id")]).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(answer.text().contains("belum diatur"), "{}", answer.text());
    drop(served);
});

on_both!(a_kill_in_the_middle_loses_no_mail_and_makes_no_second_one, async |db| {
    let bench = with_admin(db);
    let postbox = Postbox::start(free_port());
    for kill in 0..KILLS {
        let served = serve(&bench, postbox.port);
        let admin = bench.sign_in(&served, "admin").await;
        for mail in 0..MAILS / KILLS + 1 {
            try_mail(&admin, &format!("p{kill}-{mail}@contoh.go.id")).await;
        }
        drop(served);
    }
    let wanted = KILLS * (MAILS / KILLS + 1);
    let served = serve(&bench, postbox.port);
    // What the killed one held is taken over when its lease has run out.
    until("all mails arrive", async || postbox.mails().len() >= wanted).await;
    assert_eq!(postbox.mails().len(), wanted, "{}", postbox.text());
    drop(served);
});
