//! Hosts that the Console cannot reach, or should not.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::IssueCode;

/// The metadata services of clouds: AWS, Azure, Google and others share the
/// first address, Alibaba has the second and Oracle the third.
const METADATA_V4: [Ipv4Addr; 3] =
    [Ipv4Addr::new(169, 254, 169, 254), Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(192, 0, 0, 192)];
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254);
const METADATA_NAMES: [&str; 2] = ["metadata", "metadata.google.internal"];

/// The rule that a host breaks. The host is written as the URL Standard serialises
/// it.
pub(super) fn unreachable(host: &str) -> Option<IssueCode> {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    match address.parse() {
        Ok(IpAddr::V4(address)) => v4(address),
        Ok(IpAddr::V6(address)) => v6(address),
        Err(_) => named(host.strip_suffix('.').unwrap_or(host)),
    }
}

fn named(host: &str) -> Option<IssueCode> {
    if METADATA_NAMES.contains(&host) {
        Some(IssueCode::UrlMetadata)
    } else if host == "localhost" || host.ends_with(".localhost") {
        Some(IssueCode::UrlLoopback) // RFC 6761, section 6.3
    } else {
        None
    }
}

fn v4(address: Ipv4Addr) -> Option<IssueCode> {
    let [a, b, ..] = address.octets();
    if METADATA_V4.contains(&address) {
        Some(IssueCode::UrlMetadata)
    } else if address.is_loopback() || a == 0 {
        Some(IssueCode::UrlLoopback)
    } else if address.is_link_local() {
        Some(IssueCode::UrlLinkLocal)
    } else if address.is_private() || (a == 100 && (64..128).contains(&b)) {
        Some(IssueCode::UrlPrivate) // RFC 1918; RFC 6598 for 100.64.0.0/10
    } else if address.is_multicast() || a >= 240 || address.is_documentation() || is_for_benchmarks(address) {
        Some(IssueCode::UrlReserved)
    } else {
        None
    }
}

/// 198.18.0.0/15, RFC 2544.
const fn is_for_benchmarks(address: Ipv4Addr) -> bool {
    matches!(address.octets(), [198, 18 | 19, ..])
}

fn v6(address: Ipv6Addr) -> Option<IssueCode> {
    if address == METADATA_V6 {
        Some(IssueCode::UrlMetadata)
    } else if let Some(embedded) = embedded_v4(address) {
        // `::` and `::1` too: they are 0.0.0.0 and 0.0.0.1 in compatible form.
        v4(embedded)
    } else if address.is_unicast_link_local() {
        Some(IssueCode::UrlLinkLocal)
    } else if address.is_unique_local() {
        Some(IssueCode::UrlPrivate)
    } else if address.is_multicast() || matches!(address.segments(), [0x2001, 0x0db8, ..]) {
        Some(IssueCode::UrlReserved)
    } else {
        None
    }
}

/// The IPv4 address inside one that is mapped (`::ffff:a.b.c.d`), compatible
/// (`::a.b.c.d`), translated (`64:ff9b::a.b.c.d`, RFC 6052) or tunnelled
/// (`2002:ab:cd::`, RFC 3056).
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0x0064, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => {
            let [[a, b], [c, d]] = [high, low].map(u16::to_be_bytes);
            Some(Ipv4Addr::new(a, b, c, d))
        }
        _ => None,
    }
}
