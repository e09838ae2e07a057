"""The hosts that are not for a receiver, stated a second time.

The lists are written from the RFCs and from IANA's registries, sorted by finding.
What Python's own `ipaddress` knows of the registries is checked against them.
"""

from __future__ import annotations

import ipaddress
from typing import Any, Iterator, Optional, Union

Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]

MOST_SERIOUS_FIRST = ["url_metadata", "url_loopback", "url_link_local", "url_private", "url_reserved"]

NETWORKS = {
    "url_metadata": [
        "169.254.169.254",  # AWS, Azure, Google, DigitalOcean, OpenStack
        "169.254.170.2",  # AWS ECS, for tasks
        "169.254.170.23",  # AWS EKS, for pods
        "169.254.42.42",  # Scaleway
        "168.63.129.16",  # Azure
        "100.100.100.200",  # Alibaba
        "192.0.0.192",  # Oracle
        "fd00:ec2::254",  # AWS
        "fd00:ec2::23",  # AWS EKS
        "fd20:ce::254",  # Google
        "fd00:42::42",  # Scaleway
    ],
    "url_loopback": ["127.0.0.0/8", "0.0.0.0/8", "::1", "::"],
    "url_link_local": ["169.254.0.0/16", "fe80::/10"],
    "url_private": [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "fc00::/7",
        "fec0::/10",  # RFC 3879
        "64:ff9b:1::/48",  # RFC 8215
    ],
    "url_reserved": [
        "192.0.0.0/24",  # RFC 6890
        "192.0.2.0/24",  # RFC 5737
        "192.31.196.0/24",  # RFC 7535
        "192.52.193.0/24",  # RFC 7450
        "192.88.99.0/24",  # RFC 7526
        "192.175.48.0/24",  # RFC 7534
        "198.18.0.0/15",  # RFC 2544
        "198.51.100.0/24",  # RFC 5737
        "203.0.113.0/24",  # RFC 5737
        "224.0.0.0/4",  # RFC 5771
        "240.0.0.0/4",  # RFC 1112
        "2001::/23",  # RFC 2928; Teredo, benchmarking and ORCHID are in it
        "2001:db8::/32",  # RFC 3849
        "2002::/16",  # RFC 3056
        "2620:4f:8000::/48",  # RFC 7534
        "3fff::/20",  # RFC 9637
    ],
}

# RFC 4291, section 2.4, and the registry of the address space: hosts are in 2000::/3.
HOSTS_OF_IPV6 = ipaddress.IPv6Network("2000::/3")
# Software turns these into the IPv4 address, and reaches it.
TRANSPARENT = [ipaddress.IPv6Network(network) for network in ["::ffff:0:0/96", "64:ff9b::/96"]]
# An IPv4 address follows in the last 32 bits: compatible, SIIT, and local NAT64.
ENDS_IN_IPV4 = [
    *TRANSPARENT,
    *(ipaddress.IPv6Network(network) for network in ["::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48"]),
]
# The interface identifiers of ISATAP, before the IPv4 address.
ISATAP = {0x0000_5EFE, 0x0200_5EFE}


def embedded(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses inside; Python itself reads Teredo and 6to4."""
    number = int(address)
    if address.teredo:
        yield from address.teredo
    elif address.sixtofour:
        yield address.sixtofour
    elif any(address in network for network in ENDS_IN_IPV4) or (number >> 32) & 0xFFFFFFFF in ISATAP:
        yield ipaddress.IPv4Address(number & 0xFFFFFFFF)


def own_code(address: Address) -> Optional[str]:
    """The finding of an address, whatever is inside it."""
    for code in MOST_SERIOUS_FIRST:
        if any(address in ipaddress.ip_network(network) for network in NETWORKS[code]):
            return code
    if isinstance(address, ipaddress.IPv4Address) or address in HOSTS_OF_IPV6:
        return None
    return None if any(address in network for network in TRANSPARENT) else "url_reserved"


def address_code(address: Address) -> Optional[str]:
    inside = embedded(address) if isinstance(address, ipaddress.IPv6Address) else []
    codes = {own_code(address), *map(own_code, inside)}
    return next((code for code in MOST_SERIOUS_FIRST if code in codes), None)


NAMES = {
    "url_metadata": (
        "metadata metadata.goog metadata.google.internal metadata.azure.internal"
        " instance-data instance-data.ec2.internal"
    ),
    "url_loopback": (
        "localhost localhost4 localhost6 ip6-localhost ip6-loopback"
        " localhost.localdomain localhost6.localdomain6"
    ),
}
# The first that fits counts.
ENDINGS = {
    "url_loopback": ["localhost", "docker.internal"],
    "url_cluster_name": ["svc", "cluster.local"],
    "url_local_name": "local internal home.arpa localdomain corp home intranet lan private".split(),
    "url_reserved_name": "alt example invalid onion test".split(),
}


def name_code(name: str) -> Optional[str]:
    name = name.rstrip(".")
    for code, names in NAMES.items():
        if name in names.split():
            return code
    for code, endings in ENDINGS.items():
        if name.endswith(tuple(f".{ending}" for ending in endings)):
            return code
    return None if "." in name else "url_cluster_name"


def host_code(host: Any) -> Optional[str]:
    return name_code(host) if isinstance(host, str) else address_code(host)


def check_against_python() -> None:
    """Whatever this version of Python keeps from the Internet must have a finding here."""
    kept: list[Any] = []
    for version in (ipaddress.IPv4Address, ipaddress.IPv6Address):
        constants = version._constants  # type: ignore[union-attr]
        kept += constants._private_networks
        kept += [constants._multicast_network, constants._linklocal_network]
    kept += ipaddress.IPv6Address._constants._reserved_networks  # type: ignore[attr-defined]
    kept += [ipaddress.IPv6Address._constants._sitelocal_network]  # type: ignore[attr-defined]
    kept += [ipaddress.IPv4Address._constants._reserved_network]  # type: ignore[attr-defined]
    assert len(kept) > 30, "Python hides its constants elsewhere now"
    for network in kept:
        for address in (network[0], network[-1], network[network.num_addresses // 2]):
            assert network in TRANSPARENT or address_code(address), f"{address} of {network} has no finding"


check_against_python()
