//! The table of hosts that are not for a receiver on the Internet.
//!
//! The blocks are those of IANA's registries of special-purpose addresses, as of
//! [`REGISTRIES_DATE`], and a few that stand elsewhere: multicast, what IANA keeps
//! unassigned, old forms of translation, and the metadata services of clouds. The
//! reasons are in `docs/decisions/0014-hosts-that-are-not-for-receivers.md`.
//! `cargo xtask generate` writes `docs/codes.md` from this table.

use super::IssueCode::{
    self, UrlClusterName, UrlLinkLocal, UrlLocalName, UrlLoopback, UrlMetadata, UrlPrivate, UrlReserved,
    UrlReservedName,
};

/// The date of the last change to both registries when the table was compared with
/// them:
/// <https://www.iana.org/assignments/iana-ipv4-special-registry> and
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>.
///
/// ```
/// assert_eq!(mia_webhooks::subscription::REGISTRIES_DATE.len(), "yyyy-mm-dd".len());
/// ```
pub const REGISTRIES_DATE: &str = "2025-10-09";

/// A block of addresses, or a name, that is not for a receiver on the Internet.
///
/// ```
/// use mia_webhooks::subscription::{ADDRESS_BLOCKS, IssueCode};
///
/// let block = ADDRESS_BLOCKS.iter().find(|block| block.hosts == "10.0.0.0/8").unwrap();
/// assert_eq!(block.finding, IssueCode::UrlPrivate);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialHost {
    /// A block as `address/length`, a name, or `*.` and a name for everything below it.
    pub hosts: &'static str,
    /// What it is for; the name in the registry, if it is there.
    pub purpose: &'static str,
    /// The standard that says so, or who uses it.
    pub source: &'static str,
    /// The rule that such a host breaks.
    pub finding: IssueCode,
}

/// A finding and its hosts, each followed by a space.
pub(super) type Rule = (IssueCode, &'static str);

// Two constants from one table. For the size of the module, the validator has neither
// purpose nor source, one text for each finding, and nothing that lies within a row
// with the same finding.
macro_rules! special_hosts {
    (
        $(#[$about:meta])* $table:ident,
        $(#[$about_rules:meta])* $rules:ident;
        $( $finding:expr => {
            $( $hosts:literal, $purpose:literal, $source:literal; )*
            $( within { $( $part:literal, $part_purpose:literal, $part_source:literal; )* } )?
        } )*
    ) => {
        $(#[$about])*
        pub const $table: &[SpecialHost] = &[$(
            $( SpecialHost { hosts: $hosts, purpose: $purpose, source: $source, finding: $finding }, )*
            $($( SpecialHost {
                hosts: $part, purpose: $part_purpose, source: $part_source, finding: $finding
            }, )*)?
        )*];

        $(#[$about_rules])*
        pub(super) const $rules: &[Rule] = &[$( ($finding, concat!($( $hosts, " " ),*)), )*];
    };
}

special_hosts! {
    /// Every block of addresses that is not for a receiver, the most serious finding
    /// first. Where blocks overlap, the first one counts. Two blocks of the registries
    /// are missing: in `::ffff:0:0/96` and `64:ff9b::/96`, only the IPv4 address inside
    /// counts.
    ADDRESS_BLOCKS,
    /// `ADDRESS_BLOCKS` for the validator.
    ADDRESS_RULES;

    // They hand out credentials or settings to the machine that asks.
    UrlMetadata => {
        "169.254.169.254/32", "Metadata", "AWS, Azure, Google and others";
        "169.254.170.2/32", "Credentials of tasks", "AWS ECS";
        "169.254.170.23/32", "Credentials of pods", "AWS EKS";
        "fd00:ec2::23/128", "Credentials of pods", "AWS EKS";
        "fd00:ec2::254/128", "Metadata", "AWS";
        "168.63.129.16/32", "Platform of the virtual machine", "Azure";
        "fd20:ce::254/128", "Metadata", "Google";
        "100.100.100.200/32", "Metadata", "Alibaba Cloud";
        "192.0.0.192/32", "Metadata", "Oracle Cloud";
        "169.254.42.42/32", "Metadata", "Scaleway";
        "fd00:42::42/128", "Metadata", "Scaleway";
    }
    UrlLoopback => {
        "0.0.0.0/8", "This network", "RFC 791";
        "127.0.0.0/8", "Loopback", "RFC 1122";
        "::1/128", "Loopback Address", "RFC 4291";
        "::/128", "Unspecified Address", "RFC 4291";
        within {
            "0.0.0.0/32", "This host on this network", "RFC 1122";
        }
    }
    UrlLinkLocal => {
        "169.254.0.0/16", "Link Local", "RFC 3927";
        "fe80::/10", "Link-Local Unicast", "RFC 4291";
    }
    UrlPrivate => {
        "10.0.0.0/8", "Private-Use", "RFC 1918";
        "100.64.0.0/10", "Shared Address Space", "RFC 6598";
        "172.16.0.0/12", "Private-Use", "RFC 1918";
        "192.168.0.0/16", "Private-Use", "RFC 1918";
        "64:ff9b:1::/48", "IPv4-IPv6 Translation, local use", "RFC 8215";
        "fc00::/7", "Unique-Local", "RFC 4193";
        "fec0::/10", "Site-Local Unicast (deprecated)", "RFC 3879";
    }
    // Some of these can be reached, but belong to a service of their own, such as
    // AS112. Of IPv6, only 2000::/3 is assigned to hosts.
    UrlReserved => {
        "192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890";
        "192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737";
        "192.31.196.0/24", "AS112-v4", "RFC 7535";
        "192.52.193.0/24", "AMT", "RFC 7450";
        "192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526";
        "192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534";
        "198.18.0.0/15", "Benchmarking", "RFC 2544";
        "198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737";
        "203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737";
        "240.0.0.0/4", "Reserved", "RFC 1112";
        "2001::/23", "IETF Protocol Assignments", "RFC 2928";
        "2001:db8::/32", "Documentation", "RFC 3849";
        "2002::/16", "6to4", "RFC 3056";
        "2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534";
        "3fff::/20", "Documentation", "RFC 9637";
        "224.0.0.0/4", "Multicast", "RFC 5771";
        "::/3", "Reserved by IETF", "RFC 4291";
        "4000::/2", "Reserved by IETF", "RFC 4291";
        "8000::/1", "Reserved by IETF", "RFC 4291";
        within {
            "192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335";
            "192.0.0.8/32", "IPv4 dummy address", "RFC 7600";
            "192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723";
            "192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155";
            "192.0.0.170/31", "NAT64/DNS64 Discovery", "RFC 8880";
            "192.88.99.2/32", "6a44-relay anycast address", "RFC 6751";
            "255.255.255.255/32", "Limited Broadcast", "RFC 919";
            "100::/64", "Discard-Only Address Block", "RFC 6666";
            "100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780";
            "2001::/32", "TEREDO", "RFC 4380";
            "2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723";
            "2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155";
            "2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665";
            "2001:2::/48", "Benchmarking", "RFC 5180";
            "2001:3::/32", "AMT", "RFC 7450";
            "2001:4:112::/48", "AS112-v6", "RFC 7535";
            "2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843";
            "2001:20::/28", "ORCHIDv2", "RFC 7343";
            "2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374";
            "5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602";
            "::/96", "IPv4-compatible Address (deprecated)", "RFC 4291";
            "::ffff:0:0:0/96", "IPv4-translated Address (SIIT)", "RFC 2765";
            "ff00::/8", "Multicast", "RFC 4291";
        }
    }
}

special_hosts! {
    /// Every name that is not for a receiver. Of several rows, the first one counts. Other
    /// names without a dot are names inside a cluster.
    HOST_NAMES,
    /// `HOST_NAMES` for the validator.
    NAME_RULES;

    UrlMetadata => {
        "metadata", "Metadata", "Google";
        "metadata.goog", "Metadata", "Google";
        "metadata.google.internal", "Metadata", "Google";
        "metadata.azure.internal", "Metadata", "Azure";
        "instance-data", "Metadata", "AWS";
        "instance-data.ec2.internal", "Metadata", "AWS";
    }
    UrlLoopback => {
        "localhost", "Loopback", "RFC 6761";
        "*.localhost", "Loopback", "RFC 6761";
        "localhost.localdomain", "Loopback", "/etc/hosts of Linux";
        "localhost6.localdomain6", "Loopback", "/etc/hosts of Linux";
        "localhost4", "Loopback", "/etc/hosts of Linux";
        "localhost6", "Loopback", "/etc/hosts of Linux";
        "ip6-localhost", "Loopback", "/etc/hosts of Linux";
        "ip6-loopback", "Loopback", "/etc/hosts of Linux";
        "*.docker.internal", "The machine that runs Docker", "Docker Desktop";
    }
    UrlClusterName => {
        "*.svc", "A service of a cluster", "Kubernetes";
        "*.cluster.local", "Names of a cluster", "Kubernetes";
    }
    UrlLocalName => {
        "*.local", "Multicast DNS", "RFC 6762";
        "*.home.arpa", "Home networks", "RFC 8375";
        "*.internal", "Private use", "ICANN, 2024";
        "*.localdomain", "Default of home routers and Linux", "/etc/hosts of Linux";
        "*.corp", "Private networks", "RFC 6762, appendix G";
        "*.home", "Private networks", "RFC 6762, appendix G";
        "*.intranet", "Private networks", "RFC 6762, appendix G";
        "*.lan", "Private networks", "RFC 6762, appendix G";
        "*.private", "Private networks", "RFC 6762, appendix G";
    }
    UrlReservedName => {
        "*.alt", "Other systems of names", "RFC 9476";
        "*.example", "Documentation", "RFC 6761";
        "*.invalid", "Names that do not exist", "RFC 6761";
        "*.onion", "Tor", "RFC 7686";
        "*.test", "Tests", "RFC 6761";
    }
}
