"""The part of `subscription.json` about special hosts: each block at its edges, each name."""

from __future__ import annotations

import ipaddress
from typing import Any, Callable, Optional

# What a host is called in an id, the host, the rule that the case tests, and what is found.
AddHost = Callable[[str, str, str, Optional[str]], None]

LOOPBACK, PRIVATE, LINK_LOCAL = "url_loopback", "url_private", "url_link_local"
METADATA, RESERVED = "url_metadata", "url_reserved"
PUBLIC = None

# Each block, then what is found just before it, at its first and its last address, and just after it.
# Blocks that hold an IPv4 address begin with 0.0.0.0 and end with 255.255.255.255.
EDGES: list[tuple[str, Optional[str], Optional[str], Optional[str], Optional[str]]] = [
    ("0.0.0.0/8", None, LOOPBACK, LOOPBACK, PUBLIC),
    ("10.0.0.0/8", PUBLIC, PRIVATE, PRIVATE, PUBLIC),
    ("100.64.0.0/10", PUBLIC, PRIVATE, PRIVATE, PUBLIC),
    ("100.100.100.200/32", PRIVATE, METADATA, METADATA, PRIVATE),
    ("127.0.0.0/8", PUBLIC, LOOPBACK, LOOPBACK, PUBLIC),
    ("168.63.129.16/32", PUBLIC, METADATA, METADATA, PUBLIC),
    ("169.254.0.0/16", PUBLIC, LINK_LOCAL, LINK_LOCAL, PUBLIC),
    ("169.254.42.42/32", LINK_LOCAL, METADATA, METADATA, LINK_LOCAL),
    ("169.254.169.254/32", LINK_LOCAL, METADATA, METADATA, LINK_LOCAL),
    ("169.254.170.2/32", LINK_LOCAL, METADATA, METADATA, LINK_LOCAL),
    ("169.254.170.23/32", LINK_LOCAL, METADATA, METADATA, LINK_LOCAL),
    ("172.16.0.0/12", PUBLIC, PRIVATE, PRIVATE, PUBLIC),
    ("192.0.0.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("192.0.0.0/29", PUBLIC, RESERVED, RESERVED, RESERVED),
    ("192.0.0.8/32", RESERVED, RESERVED, RESERVED, RESERVED),
    ("192.0.0.9/32", RESERVED, RESERVED, RESERVED, RESERVED),
    ("192.0.0.10/32", RESERVED, RESERVED, RESERVED, RESERVED),
    ("192.0.0.170/31", RESERVED, RESERVED, RESERVED, RESERVED),
    ("192.0.0.192/32", RESERVED, METADATA, METADATA, RESERVED),
    ("192.0.2.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("192.31.196.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("192.52.193.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("192.88.99.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("192.88.99.2/32", RESERVED, RESERVED, RESERVED, RESERVED),
    ("192.168.0.0/16", PUBLIC, PRIVATE, PRIVATE, PUBLIC),
    ("192.175.48.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("198.18.0.0/15", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("198.51.100.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("203.0.113.0/24", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("224.0.0.0/4", PUBLIC, RESERVED, RESERVED, RESERVED),
    ("240.0.0.0/4", RESERVED, RESERVED, RESERVED, None),
    ("255.255.255.255/32", RESERVED, RESERVED, RESERVED, None),
    ("::/128", None, LOOPBACK, LOOPBACK, LOOPBACK),
    ("::1/128", LOOPBACK, LOOPBACK, LOOPBACK, LOOPBACK),
    ("::/96", None, LOOPBACK, RESERVED, RESERVED),
    ("::ffff:0:0/96", RESERVED, LOOPBACK, RESERVED, RESERVED),
    ("::ffff:0:0:0/96", RESERVED, LOOPBACK, RESERVED, RESERVED),
    ("64:ff9b::/96", RESERVED, LOOPBACK, RESERVED, RESERVED),
    ("64:ff9b:1::/48", RESERVED, LOOPBACK, PRIVATE, RESERVED),
    ("100::/64", RESERVED, RESERVED, RESERVED, RESERVED),
    ("100:0:0:1::/64", RESERVED, RESERVED, RESERVED, RESERVED),
    ("::/3", None, LOOPBACK, RESERVED, PUBLIC),
    ("2000::/3", RESERVED, PUBLIC, PUBLIC, RESERVED),
    ("4000::/2", PUBLIC, RESERVED, RESERVED, RESERVED),
    ("8000::/1", RESERVED, RESERVED, RESERVED, None),
    ("2001::/23", PUBLIC, LOOPBACK, RESERVED, PUBLIC),
    ("2001::/32", PUBLIC, LOOPBACK, LOOPBACK, RESERVED),
    ("2001:1::1/128", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:1::2/128", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:1::3/128", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:2::/48", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:3::/32", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:4:112::/48", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:10::/28", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:20::/28", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:30::/28", RESERVED, RESERVED, RESERVED, RESERVED),
    ("2001:db8::/32", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("2002::/16", PUBLIC, LOOPBACK, RESERVED, PUBLIC),
    ("2620:4f:8000::/48", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("3fff::/20", PUBLIC, RESERVED, RESERVED, PUBLIC),
    ("5f00::/16", RESERVED, RESERVED, RESERVED, RESERVED),
    ("fc00::/7", RESERVED, PRIVATE, PRIVATE, RESERVED),
    ("fd00:42::42/128", PRIVATE, METADATA, METADATA, PRIVATE),
    ("fd00:ec2::23/128", PRIVATE, METADATA, METADATA, PRIVATE),
    ("fd00:ec2::254/128", PRIVATE, METADATA, METADATA, PRIVATE),
    ("fd20:ce::254/128", PRIVATE, METADATA, METADATA, PRIVATE),
    ("fe80::/10", RESERVED, LINK_LOCAL, LINK_LOCAL, PRIVATE),
    ("fec0::/10", LINK_LOCAL, PRIVATE, PRIVATE, RESERVED),
    ("ff00::/8", PRIVATE, RESERVED, RESERVED, None),
]


def add_edges(add: AddHost) -> None:
    for block, *found in EDGES:
        network: Any = ipaddress.ip_network(block)
        first, last = int(network[0]), int(network[-1])
        flag = next((code for code in found[1:3] if code), RESERVED)
        slug = block.replace(".", "_").replace("::", "_").replace(":", "_").replace("/", "_").strip("_")
        for place, number, code in zip(
            ["before", "at_start_of", "at_end_of", "behind"], [first - 1, first, last, last + 1], found
        ):
            if 0 <= number < 2**network.max_prefixlen and (place != "at_end_of" or last > first):
                address = type(network[0])(number)
                host = f"[{address}]" if address.version == 6 else str(address)
                add(f"{place}_{'ipv6_' if address.version == 6 else ''}{slug}", host, code or flag, code)


# IPv6 addresses by the form in which they hold an IPv4 address; Teredo has a client and a server.
FORMS = {
    "mapped": "::ffff:{}",
    "compatible": "::{}",
    "siit": "::ffff:0:{}",
    "nat64": "64:ff9b::{}",
    "local_nat64": "64:ff9b:1::{}",
    "local_nat64_with_subnet": "64:ff9b:1:abcd:1:2:{}",
    "isatap": "2606:4700::5efe:{}",
    # Written out: WebKit refuses four groups, "::" and an IPv4 address after them.
    "isatap_with_global_bit": "2606:4700:0:0:200:5efe:{}",
    "6to4": None,
    "teredo_client": None,
    "teredo_server": None,
}
PUBLIC_IPV4 = "8.8.8.8"


def holding(form: str, inside: str) -> str:
    bits = int(ipaddress.IPv4Address(inside))
    public = int(ipaddress.IPv4Address(PUBLIC_IPV4))
    if form == "6to4":
        return str(ipaddress.IPv6Address((0x2002 << 112) | (bits << 80) | 1))
    if form.startswith("teredo"):
        server, client = (bits, public) if form == "teredo_server" else (public, bits)
        return str(ipaddress.IPv6Address((0x20010000 << 96) | (server << 64) | (client ^ 0xFFFFFFFF)))
    # Not every IPv6Address is written with dots, so this stays text.
    return FORMS[form].format(inside)  # type: ignore[union-attr]


# What each form is when the IPv4 address inside is public.
OUTSIDE: dict[str, Optional[str]] = {
    "mapped": PUBLIC,
    "nat64": PUBLIC,
    "isatap": PUBLIC,
    "isatap_with_global_bit": PUBLIC,
    "local_nat64": PRIVATE,
    "local_nat64_with_subnet": PRIVATE,
    "compatible": RESERVED,
    "siit": RESERVED,
    "6to4": RESERVED,
    "teredo_client": RESERVED,
    "teredo_server": RESERVED,
}


def add_embedded(add: AddHost) -> None:
    for form, outside in OUTSIDE.items():
        for inside, code in [
            (PUBLIC_IPV4, outside),
            ("169.254.169.254", METADATA),
            ("127.0.0.1", LOOPBACK),
            ("169.254.0.1", LINK_LOCAL),
            ("10.0.0.1", PRIVATE),
            ("203.0.113.1", outside or RESERVED),
        ]:
            name = f"{inside.replace('.', '_')}_in_{form}"
            add(name, f"[{holding(form, inside)}]", code or RESERVED, code)
    for name, address, code in [
        ("link_local_isatap_of_public_address", "fe80::5efe:8.8.8.8", LINK_LOCAL),
        ("link_local_isatap_of_private_address", "fe80::5efe:10.0.0.1", LINK_LOCAL),
        ("link_local_isatap_of_metadata", "fe80::200:5efe:169.254.169.254", METADATA),
    ]:
        add(name, f"[{address}]", code, code)
    # Almost such a form, with 127.0.0.1 where the IPv4 address would be.
    for name, address, code in [
        ("isatap_of_another_maker", "2606:4700::5eff:7f00:1", PUBLIC),
        ("isatap_with_group_bit", "2606:4700::100:5efe:7f00:1", PUBLIC),
        ("ipv4_behind_nat64_of_another_prefix", "64:ff9b:2::7f00:1", RESERVED),
        ("ipv4_behind_nat64_with_bits_between", "64:ff9b::1:7f00:1", RESERVED),
        ("ipv4_behind_mapped_with_bits_between", "::1:ffff:7f00:1", RESERVED),
        ("ipv4_behind_6to4", "2003:7f00:1::", PUBLIC),
        ("ipv4_of_teredo_not_inverted", "2001:0:808:808::7f00:1", RESERVED),
    ]:
        add(name, f"[{address}]", code or LOOPBACK, code)


NAMES: list[tuple[str, list[str]]] = [
    (
        LOOPBACK,
        (
            "localhost.localdomain localhost6.localdomain6 localhost4 localhost6 ip6-localhost ip6-loopback"
            " host.docker.internal gateway.docker.internal kubernetes.docker.internal"
        ).split(),
    ),
    (
        METADATA,
        "metadata.goog metadata.azure.internal instance-data instance-data.ec2.internal Instance-Data.".split(),
    ),
    (
        "url_cluster_name",
        (
            "webhooks my-service.my-namespace.svc my-service.my-namespace.svc. webhooks.svc"
            " my-service.my-namespace.svc.cluster.local cluster-local.cluster.local Webhooks. my_service"
            " test local metadata-service notlocalhost https"
        ).split(),
    ),
    (
        "url_local_name",
        (
            "printer.local printer.local. PRINTER.LOCAL cluster.local nas.home.arpa vm.c.project.internal"
            " docker.internal ec2.internal localhost.local nas.localdomain git.corp nas.home wiki.intranet"
            " nas.lan db.private x.metadata.google.internal"
        ).split(),
    ),
    (
        "url_reserved_name",
        "a.alt receiver.example www.receiver.example. a.invalid a.onion receiver.test Receiver.TEST".split(),
    ),
]
# Almost a name of the same rule, and public.
PUBLIC_NAMES: list[tuple[str, list[str]]] = [
    (LOOPBACK, ["localhost.localdomain.example.org", "docker.internal.example.org", "api.notlocalhost"]),
    (METADATA, ["instance-data.example.org", "metadata.google", "metadata.google.internal.example.org"]),
    ("url_cluster_name", ["svc.example.org", "my-service.my-namespace.svc.example.org", "a.xsvc", "a.b"]),
    ("url_local_name", ["local.example.org", "a.xlocal", "a.arpa", "home.arpa.example.org"]),
    ("url_reserved_name", ["example.com", "test.example.org", "a.latest"]),
]


def add_names(add: AddHost) -> None:
    for flag, hosts in NAMES:
        for host in hosts:
            add(slug_of(host), host, flag, flag)
    for flag, hosts in PUBLIC_NAMES:
        for host in hosts:
            add(slug_of(host), host, flag, None)


def slug_of(host: str) -> str:
    case = "" if host == host.lower() else "_in_capitals"
    final = "_with_final_dot" if host.endswith(".") else ""
    return f"name_{host.strip('.').lower().replace('.', '_').replace('-', '_')}{case}{final}"


def add_special_hosts(add: AddHost) -> None:
    add_edges(add)
    add_embedded(add)
    add_names(add)
