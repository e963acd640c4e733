//! Where a request comes from, for limits that count by address. Nothing here is kept.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, header};

use crate::app::{App, Transport};

/// What a proxy in front says of the caller; each adds the address it sees at the end.
const FORWARDED: &str = "x-forwarded-for";

/// The address of the caller. Behind a declared proxy (`--https`) it is the last one named by the proxy, and only
/// when the request comes from the machine or network of the proxy; everything before it may be made up.
pub fn address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let peer = peer.ip().to_canonical();
    let behind_proxy = app.settings().transport == Transport::Secure && is_near(peer);
    let named = headers.get_all(FORWARDED).iter().next_back().and_then(|value| last(value.to_str().ok()?));
    grouped(named.filter(|_| behind_proxy).unwrap_or(peer))
}

fn last(forwarded: &str) -> Option<IpAddr> {
    let text = forwarded.rsplit(',').next()?.trim();
    text.parse::<IpAddr>().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|at| at.ip()))
}

/// The machine itself, or a network that is not the open one.
fn is_near(peer: IpAddr) -> bool {
    match peer {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// A household has 2^64 addresses of the new kind, so they are counted by network.
fn grouped(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

/// This site as an administrator wrote it down, else as the request was addressed; no slash at the end.
pub fn site(app: &App, headers: &HeaderMap) -> String {
    if let Some(site) = &app.settings().outside.site {
        return site.clone();
    }
    let scheme = if app.settings().transport == Transport::Secure { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_last_address_named_by_the_proxy_counts() {
        assert_eq!(last("10.9.9.9, 203.0.113.7"), "203.0.113.7".parse().ok());
        assert_eq!(last("203.0.113.7:4711"), "203.0.113.7".parse().ok());
        assert_eq!(last("unknown"), None);
    }

    #[test]
    fn addresses_of_one_network_of_the_new_kind_are_one() {
        let of = |text: &str| grouped(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("::ffff:203.0.113.7"), of("203.0.113.7"));
    }

    #[test]
    fn only_a_near_peer_may_be_a_proxy() {
        assert!(is_near("127.0.0.1".parse().unwrap()) && is_near("172.18.0.1".parse().unwrap()));
        assert!(!is_near("203.0.113.7".parse().unwrap()) && !is_near("2001:db8::1".parse().unwrap()));
    }
}
