//! Asking the addresses that evidence only links to. Nobody is asked unless an administrator allowed it, and never this
//! machine or, unless that was allowed too, its own network: people type these addresses.

use std::error::Error;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use bening_core::audit::{Actor, Entry};
use bening_core::evidence::{LinkCheck, LinkRules, LinkState, Rules, Silence};
use bening_core::id::ProofId;
use bening_store::evidence as register;
use bening_store::job::{self as store, Claim};
use bening_web::app::Links;
use chrono::{Days, NaiveDate};
use futures::StreamExt;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};
use serde_json::json;

use super::{Bench, Ended, Progress, subject};

/// Which addresses may be asked.
type Admits = fn(IpAddr) -> bool;

/// Asks the links that were not asked for long, and keeps what became of them, all or none.
pub(super) async fn check(bench: &Bench, claim: &Claim, progress: &Progress) -> Result<Ended> {
    let Some(links) = bench.app.settings().outside.links else { return Ok(Ended::NotYet) };
    let (db, today, rules) = (bench.app.store(), bench.app.today(), Rules::shipped().links);
    let since = today.checked_sub_days(Days::new(rules.every_days)).unwrap_or(NaiveDate::MIN);
    let due = register::to_ask(db, since.succ_opt().unwrap_or(since), rules.most).await?;
    if due.is_empty() {
        return Ok(Ended::NotYet);
    }
    let before = register::checks(db, due.iter().map(|(id, _)| *id)).await?;
    let asker = Asker::new(rules, admits(links))?;
    let all = u32::try_from(due.len()).unwrap_or(u32::MAX);
    let asked = due.into_iter().map(|(id, link)| asker.ask(id, link, today));
    let mut asked = futures::stream::iter(asked).buffer_unordered(rules.at_once.max(1));
    let mut found = Vec::new();
    while let Some(check) = asked.next().await {
        let known = before.get(&check.evidence);
        found.push(check.after(known));
        progress.tell(u32::try_from(found.len()).unwrap_or(u32::MAX), all);
    }
    let tx = db.begin().await?;
    register::keep_checks(&tx, &found).await?;
    if store::end_with(&tx, claim, bench.app.now()).await?.is_ok() {
        let dead = found.iter().filter(|check| check.state == LinkState::Dead).count();
        let entry = Entry::new(Actor::System, "links.checked", subject(claim));
        tx.commit(entry.after(json!({ "count": found.len(), "dead": dead })), bench.app.now()).await?;
    }
    Ok(Ended::WithItsWork)
}

/// Who asks.
struct Asker {
    client: Client,
    admits: Admits,
}

impl Asker {
    async fn ask(&self, evidence: ProofId, link: String, today: NaiveDate) -> LinkCheck {
        let (state, said) = match link.parse::<Url>() {
            Ok(url) if literal(&url).is_some_and(|address| !(self.admits)(address)) => {
                (LinkState::Unclear, Silence::Inside.to_string())
            }
            Ok(url) => self.answer(url).await,
            Err(_) => (LinkState::Unclear, Silence::NoAddress.to_string()),
        };
        LinkCheck { evidence, state, said, checked_on: today, since: today }
    }

    /// Only the head of the answer is read.
    async fn answer(&self, url: Url) -> (LinkState, String) {
        let asked = url.host_str().unwrap_or_default().to_owned();
        match self.client.get(url).send().await {
            Ok(answer) => {
                let (status, last) = (answer.status().as_u16(), answer.url().host_str().unwrap_or_default());
                match LinkState::of_answer(status, &asked, last) {
                    LinkState::Elsewhere => (LinkState::Elsewhere, format!("dijawab oleh {last}")),
                    state => (state, format!("HTTP {status}")),
                }
            }
            Err(error) => (LinkState::Unclear, why(&error).to_string()),
        }
    }

    fn new(rules: LinkRules, admits: Admits) -> Result<Self> {
        let _somebody_was_first = rustls::crypto::ring::default_provider().install_default();
        let lead_on = move |attempt: Attempt<'_>| match () {
            () if attempt.previous().len() > rules.hops_most => attempt.error(Silence::TooFar),
            () if literal(attempt.url()).is_some_and(|address| !admits(address)) => {
                attempt.error(Silence::Inside)
            }
            () => attempt.follow(),
        };
        let client = Client::builder()
            .user_agent("Bening")
            .referer(false)
            .no_proxy()
            .timeout(Duration::from_secs(rules.patience_s))
            .redirect(Policy::custom(lead_on))
            .dns_resolver(Arc::new(Guarded(admits)))
            .build()
            .context("pemeriksa tautan tidak dapat disiapkan")?;
        Ok(Self { client, admits })
    }
}

/// Why there was no answer, without what only programmers understand.
fn why(error: &reqwest::Error) -> Silence {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(each) = cause {
        if let Some(known) = each.downcast_ref::<Silence>() {
            return *known;
        }
        cause = each.source();
    }
    match () {
        () if error.is_timeout() => Silence::Late,
        () if error.is_connect() => Silence::Unreachable,
        () => Silence::Garbled,
    }
}

/// Looks names up and gives only addresses that may be asked: the connection goes to what was looked at.
struct Guarded(Admits);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (admits, host) = (self.0, name.as_str().to_owned());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            let (fit, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| admits(found.ip()));
            match fit.is_empty() && !other.is_empty() {
                true => Err(Silence::Inside.into()),
                false => Ok(Box::new(fit.into_iter()) as Addrs),
            }
        })
    }
}

/// The address that stands in an address of the web itself; such are not looked up.
fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

fn admits(links: Links) -> Admits {
    match links {
        Links::Internet => is_outside,
        Links::Intranet => is_another_machine,
    }
}

/// Whether it is neither this machine nor one that only the machines beside it can see.
fn is_another_machine(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            !(v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.octets()[0] == 0)
        }
        IpAddr::V6(v6) => {
            !(v6.is_loopback() || v6.is_unspecified() || v6.is_multicast() || v6.is_unicast_link_local())
        }
    }
}

/// Whether it belongs to the internet: the ranges that RFC 6890 sets aside do not.
fn is_outside(address: IpAddr) -> bool {
    let is_public = match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, third, _] = v4.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            let is_set_aside = first >= 240 || (first, second, third) == (192, 0, 0);
            let is_bench = first == 198 && (18..20).contains(&second);
            !(v4.is_private() || v4.is_documentation() || is_shared || is_set_aside || is_bench)
        }
        IpAddr::V6(v6) => is_global_unicast(v6),
    };
    is_public && is_another_machine(address)
}

/// 2000::/3 without the ranges that lead to addresses of IPv4 (Teredo, 6to4) or are for books.
fn is_global_unicast(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_tunnel =
        first == 0x2002 || (first == 0x2001 && second < 0x0200) || (first == 0x2001 && second == 0x0db8);
    (0x2000..0x4000).contains(&first) && !is_tunnel
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const RULES: LinkRules = LinkRules { every_days: 7, most: 10, at_once: 2, patience_s: 2, hops_most: 2 };

    /// A server that answers everything alike, however often it is asked.
    async fn server(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 1024];
                let _read = stream.read(&mut asked).await;
                let _sent = stream.write_all(answer.as_bytes()).await;
            }
        });
        format!("http://{address}/")
    }

    async fn asked(link: String, admits: Admits) -> (LinkState, String) {
        let asker = Asker::new(RULES, admits).unwrap();
        let check = asker.ask(ProofId(uuid::Uuid::nil()), link, NaiveDate::MIN).await;
        (check.state, check.said)
    }

    #[tokio::test]
    async fn an_answer_is_what_became_of_the_link() {
        let ok = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        let gone = server("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
        let round = server("HTTP/1.1 302 Found\r\nlocation: /lagi\r\ncontent-length: 0\r\n\r\n").await;
        let nobody = "http://127.0.0.1:9/".to_owned();
        assert_eq!(asked(ok, |_| true).await.0, LinkState::Alive);
        assert_eq!(asked(gone, |_| true).await, (LinkState::Dead, "HTTP 404".to_owned()));
        assert_eq!(asked(round, |_| true).await, (LinkState::Unclear, Silence::TooFar.to_string()));
        assert_eq!(asked(nobody, |_| true).await, (LinkState::Unclear, Silence::Unreachable.to_string()));
    }

    #[tokio::test]
    async fn nobody_inside_is_asked_by_address_by_name_or_by_an_answer() {
        let ok = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        let by_name = ok.replace("127.0.0.1", "localhost");
        let inside = (LinkState::Unclear, Silence::Inside.to_string());
        assert_eq!(asked(ok, is_outside).await, inside);
        assert_eq!(asked(by_name, is_outside).await, inside);
        let leads_in =
            server("HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n")
                .await;
        let only_here: Admits = |address| address.is_loopback();
        assert_eq!(asked(leads_in, only_here).await, inside);
    }

    #[test]
    fn ranges_that_are_set_aside_are_not_the_internet() {
        let of = |text: &str| text.parse::<IpAddr>().unwrap();
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.9.9",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "2002:a00:1::1",
            "64:ff9b::a00:1",
        ] {
            assert!(!is_outside(of(inside)), "{inside}");
        }
        for outside in ["103.28.12.1", "8.8.8.8", "2606:4700::1111"] {
            assert!(is_outside(of(outside)), "{outside}");
        }
        assert!(is_another_machine(of("10.1.2.3")) && !is_another_machine(of("169.254.169.254")));
    }
}
