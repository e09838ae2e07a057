//! Hosts that the Console cannot reach, or should not.

use core::net::{IpAddr, Ipv4Addr};

use super::{
    IssueCode,
    slices::has,
    special_hosts::{ADDRESS_RULES, NAME_RULES, Rule},
};

/// The rule that a host breaks. The host is written as the URL Standard serialises
/// it.
pub(super) fn unreachable(host: &str) -> Option<IssueCode> {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = address.parse() {
        let judged = addresses_of(address);
        return first(ADDRESS_RULES, |block| judged.iter().any(|address| contains(block, address)));
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    first(NAME_RULES, |name| name.strip_prefix('*').map_or(name == host, |below| host.ends_with(below)))
        // Only a search list, such as the one of a pod, makes it a whole name.
        .or_else(|| (!has(host, ".")).then_some(IssueCode::UrlClusterName))
}

/// The finding of the first rule with such a host.
fn first(rules: &[Rule], is_meant: impl Fn(&str) -> bool) -> Option<IssueCode> {
    rules.iter().find(|(_, hosts)| hosts.split(' ').any(&is_meant)).map(|(finding, _)| *finding)
}

/// Whether an address lies in a block, such as `10.0.0.0/8`.
fn contains(block: &str, address: &IpAddr) -> bool {
    let Some((start, length)) = block.split_once('/') else { return false };
    let equal_bits = match (start.parse(), address) {
        (Ok(IpAddr::V4(start)), IpAddr::V4(address)) => (start.to_bits() ^ address.to_bits()).leading_zeros(),
        (Ok(IpAddr::V6(start)), IpAddr::V6(address)) => (start.to_bits() ^ address.to_bits()).leading_zeros(),
        _ => return false,
    };
    length.parse().is_ok_and(|length: u32| equal_bits >= length)
}

/// An address and the IPv4 addresses inside it, or only these if it reaches just
/// what they reach.
fn addresses_of(address: IpAddr) -> [IpAddr; 3] {
    let IpAddr::V6(outer) = address else { return [address; 3] };
    let v4 = |high: u16, low: u16| IpAddr::V4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match outer.segments() {
        // Mapped, RFC 4291, section 2.5.5.2, and NAT64, RFC 6052, section 2.1.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => [v4(high, low); 3],
        // Teredo, RFC 4380, section 4: the server, and the client with each bit inverted.
        [0x2001, 0, high, low, .., client_high, client_low] => {
            [address, v4(high, low), v4(!client_high, !client_low)]
        }
        // 6to4, RFC 3056, section 2.
        [0x2002, high, low, ..]
        // Compatible, RFC 4291, section 2.5.5.1, and SIIT, RFC 2765, section 2.1.
        | [0, 0, 0, 0, 0 | 0xffff, 0, high, low]
        // NAT64 of a network, RFC 8215, with a prefix of 96 bits.
        | [0x64, 0xff9b, 1, _, _, _, high, low]
        // ISATAP, RFC 5214, section 6.1.
        | [_, _, _, _, 0 | 0x0200, 0x5efe, high, low] => {
            let inside = v4(high, low);
            [address, inside, inside]
        }
        _ => [address; 3],
    }
}
