"""The part of `subscription.json` about the URLs of a target and of a proxy."""

from __future__ import annotations

from typing import Optional

from .subscription_case import AddCase, Repeat, record
from .subscription_host_vectors import add_special_hosts
from .subscription_url_rules import MAX_URL_BYTES


class AddUrl:
    """Adds a target, or the URL of a proxy, and the codes of its findings."""

    def __init__(self, add: AddCase) -> None:
        self.add = add
        self.hosts: set[str] = set()

    def target(self, id: str, flag: str, url: str, *codes: str, note: Optional[str] = None) -> None:
        self.add(id, flag, record(target=url), *(f"/target {code}" for code in codes), note=note)

    def proxy(self, id: str, flag: str, url: str, *codes: str, note: Optional[str] = None) -> None:
        expected = (f"/proxy/url {code}" for code in codes)
        self.add(id, flag, record(proxy={"url": url}), *expected, note=note)

    def host(self, flag: str, hosts: dict[str, str], found: bool = True) -> None:
        """Hosts by name. The flag's rule finds either all of them or none."""
        for name, host in hosts.items():
            codes = [flag] if found else []
            id = f"{'warns_of' if found else 'accepts'}_host_{name}"
            self.target(id, flag, f"https://{host}/webhook", *codes)
            self.hosts.add(host)

    def special_host(self, name: str, host: str, flag: str, code: Optional[str]) -> None:
        """A host of a table. Some stand at the edge of two blocks, or have a case already."""
        if host not in self.hosts:
            id = f"{'warns_of' if code else 'accepts'}_host_{name}"
            self.target(id, flag, f"https://{host}/webhook", *([code] if code else []))
            self.hosts.add(host)


def add_urls(add: AddCase) -> None:
    add_url = AddUrl(add)
    add_limits(add)
    add_fatal(add_url)
    add_parts(add_url)
    add_loopback(add_url)
    add_private(add_url)
    add_link_local_and_metadata(add_url)
    add_reserved(add_url)
    add_special_hosts(add_url.special_host)
    add_proxies(add_url)


def add_limits(add: AddCase) -> None:
    flag = "url_too_long"
    start = "https://example.org/"
    rest = MAX_URL_BYTES - len(start)
    add("accepts_url_of_8192_bytes", flag, record(target=start), repeat=Repeat("/target", "a", rest))
    longer = Repeat("/target", "a", rest + 1)
    add("rejects_url_of_8193_bytes", flag, record(target=start), f"/target {flag}", repeat=longer)
    add(
        "rejects_url_of_8193_bytes_in_fewer_characters",
        flag,
        record(target=start + "a"),
        f"/target {flag}",
        repeat=Repeat("/target", "\xe9", rest // 2),
    )
    add(
        "accepts_url_of_8192_bytes_in_fewer_characters",
        flag,
        record(target=start),
        repeat=Repeat("/target", "\xe9", rest // 2),
    )
    add(
        "rejects_too_long_before_anything_else",
        flag,
        record(target="ftp: "),
        f"/target {flag}",
        repeat=Repeat("/target", "a", MAX_URL_BYTES),
    )


def add_fatal(add: AddUrl) -> None:
    flag = "url_white_space"
    for name, url in [
        ("leading_space", " https://example.org/"),
        ("trailing_space", "https://example.org/ "),
        ("trailing_line_break", "https://example.org/\n"),
        ("inner_space", "https://example.org/a b"),
        ("line_break_in_scheme", "ht\ntps://example.org/"),
        ("tab_in_host", "https://exam\tple.org/"),
        ("no_break_space", "https://example.org/\xa0"),
        ("ideographic_space", "https://example.org/\u3000"),
        ("line_separator", "https://example.org/\u2028"),
        ("nul", "https://example.org/\0"),
        ("delete", "https://example.org/\x7f"),
        ("c1_control", "https://example.org/\x9f"),
        ("nothing_else", " "),
    ]:
        add.target(f"rejects_url_with_{name}", flag, url, flag)
    add.target("rejects_white_space_before_wrong_scheme", flag, "ftp://a b", flag)

    flag = "url_malformed"
    for name, url in [
        ("empty", ""),
        ("path", "/webhook"),
        ("of_a_word", "nowhere"),
        ("with_scheme_that_starts_with_a_digit", "1https://example.org/"),
        ("with_less_than_in_host", "https://exa<mple/"),
        ("with_pipe_in_host", "https://exa|mple/"),
        ("with_caret_in_host", "https://exa^mple/"),
        ("with_percent_in_host", "https://%zz/"),
        ("with_escaped_slash_in_host", "https://example%2Forg/"),
        ("with_escaped_nul_in_host", "https://exam%00ple/"),
        ("with_port_65536", "https://example.org:65536/"),
        ("with_port_99999", "https://example.org:99999/"),
        ("with_port_of_letters", "https://example.org:https/"),
        ("with_negative_port", "https://example.org:-1/"),
        ("with_open_bracket", "https://[::1"),
        ("with_text_behind_bracket", "https://[::1]x/"),
        ("with_zone", "https://[fe80::1%25eth0]/"),
        ("with_two_gaps", "https://[1::2::3]/"),
        ("with_ipv4_in_brackets", "https://[127.0.0.1]/"),
        ("with_bare_ipv6", "https://2001:db8::1/"),
        ("with_five_numbers", "https://1.2.3.4.5/"),
        ("with_number_above_255", "https://256.0.0.1/"),
        ("with_number_above_32_bits", "https://4294967296/"),
        ("with_octal_digit_8", "https://08.0.0.1/"),
        ("with_name_that_ends_in_a_number", "https://example.1/"),
        ("with_empty_number", "https://127..0.1/"),
    ]:
        add.target(f"rejects_url_{name}", flag, url, flag)
    add.target("accepts_port_65535", flag, "https://example.org:65535/")
    add.target("accepts_empty_port", flag, "https://example.org:/")
    add.target("accepts_underscore_in_host", flag, "https://my_service.example.org/webhook")
    add.target("accepts_host_in_other_script", flag, "https://m\xfcnchen.example.org/")
    add.target("accepts_other_script_in_path", flag, "https://example.org/\u8def\u5f84?q=\xe9")
    add.target("accepts_escaped_letter_in_host", flag, "https://ex%61mple.org/")
    add.target("accepts_final_dot", flag, "https://example.org./webhook")
    add.target("accepts_host_that_starts_with_numbers", flag, "https://127.0.0.1.example.org/")

    flag = "url_scheme"
    for name, url in [
        ("ftp", "ftp://example.org/"),
        ("websocket", "wss://example.org/"),
        ("file", "file:///etc/passwd"),
        ("javascript", "javascript:alert(1)"),
        ("mail", "mailto:webhooks@example.org"),
        ("unix_socket", "http+unix://socket/"),
        ("no_host", "ftp:"),
    ]:
        add.target(f"rejects_scheme_{name}", flag, url, flag)
    add.target("accepts_scheme_in_upper_case", flag, "HTTPS://example.org/")

    flag = "url_host_missing"
    for name, url in [
        ("three_slashes", "https:///example.org"),
        ("nothing", "https://"),
        ("no_slash_and_nothing", "https:"),
        ("query", "https://?x"),
        ("fragment", "https://#x"),
        ("backslash_behind_slashes", "https://\\example.org"),
        ("user", "https://user@/"),
        ("user_and_password", "https://user:password@/webhook"),
        ("port", "https://:8080/"),
        ("user_and_port", "https://user@:8080/"),
    ]:
        add.target(f"rejects_url_without_host_but_{name}", flag, url, flag)


def add_parts(add: AddUrl) -> None:
    flag = "url_credentials"
    add.target("warns_of_user_and_password", flag, "https://user:password@example.org/", flag)
    add.target("warns_of_user", flag, "https://user@example.org/", flag)
    add.target("warns_of_password_alone", flag, "https://:password@example.org/", flag)
    add.target("warns_of_escaped_user", flag, "https://%40@example.org/", flag)
    add.target("warns_of_host_in_front_of_at", flag, "https://example.org@127.0.0.1/", flag, "url_loopback")
    add.target("warns_of_two_ats", flag, "https://a@b@example.org/", flag)
    add.target("accepts_at_in_path", flag, "https://example.org/@user:password@x")
    add.target("accepts_at_in_query", flag, "https://example.org?user@example.org")
    add.target("accepts_at_behind_backslash", flag, "https://example.org\\@127.0.0.1/")

    flag = "url_fragment"
    add.target("warns_of_fragment", flag, "https://example.org/#top", flag)
    add.target("warns_of_empty_fragment", flag, "https://example.org/#", flag)
    add.target("warns_of_fragment_behind_host", flag, "https://example.org#a@b", flag)
    add.target("accepts_escaped_number_sign", flag, "https://example.org/%23top")

    flag = "url_plain_http"
    add.target("warns_of_http", flag, "http://example.org/", flag)
    add.target("warns_of_http_in_upper_case", flag, "HTTP://example.org/", flag)
    add.target("warns_of_http_in_the_cluster", flag, "http://service-name/path", flag, "url_cluster_name")
    add.target("warns_of_http_at_port_443", flag, "http://example.org:443/", flag)
    add.target("accepts_https_at_port_80", flag, "https://example.org:80/http://")


def add_loopback(add: AddUrl) -> None:
    flag = "url_loopback"
    add.host(
        flag,
        {
            "localhost": "localhost",
            "localhost_in_upper_case": "LOCALHOST",
            "localhost_with_final_dot": "localhost.",
            "localhost_and_port": "localhost:8080",
            "below_localhost": "api.localhost",
            "below_localhost_with_final_dot": "api.localhost.",
            "localhost_in_full_width": "\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54",
            "localhost_in_circles": "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
            "localhost_with_escape": "local%68ost",
            "127_0_0_1": "127.0.0.1",
            "127_255_255_255": "127.255.255.255",
            "127_0_0_1_with_final_dot": "127.0.0.1.",
            "127_1": "127.1",
            "decimal": "2130706433",
            "hexadecimal": "0x7f000001",
            "hexadecimal_and_short": "0x7F.1",
            "octal": "0177.0.0.1",
            "octal_without_dots": "017700000001",
            "mixed": "0x7f.0.0.01",
            "many_zeros": "00000000177.0.0.1",
            "full_width_digits": "\uff11\uff12\uff17.0.0.1",
            "circled_digits": "\u2460\u2461\u2466.0.0.1",
            "ideographic_full_stops": "127\u30020\u30020\u30021",
            "escaped_digits": "%31%32%37.0.0.1",
            "0_0_0_0": "0.0.0.0",
            "0": "0",
            "0x": "0x",
            "0_255_255_255": "0.255.255.255",
            "ipv6_1": "[::1]",
            "ipv6_1_written_out": "[0:0:0:0:0:0:0:1]",
            "ipv6_0": "[::]",
            "mapped_127_0_0_1": "[::ffff:127.0.0.1]",
            "mapped_in_hexadecimal": "[::FFFF:7f00:1]",
            "compatible_127_0_0_1": "[::127.0.0.1]",
            "compatible_in_hexadecimal": "[::7f00:1]",
            "nat64_127_0_0_1": "[64:ff9b::127.0.0.1]",
            "mapped_0_0_0_0": "[::ffff:0:0]",
        },
    )
    add.host(
        flag,
        {
            "localhost_as_subdomain": "localhost.example.org",
            "that_ends_like_localhost": "api.notlocalhost",
            "126_255_255_255": "126.255.255.255",
            "128_0_0_0": "128.0.0.0",
            "1_0_0_0": "1.0.0.0",
            "127_behind": "1.0.0.127",
            "ipv6_that_ends_with_1": "[2606:4700::1]",
            "mapped_public_address": "[::ffff:8.8.8.8]",
            "nat64_of_another_prefix": "[2606:4700:64:ff9b:0:0:127.0.0.1]",
        },
        found=False,
    )


def add_private(add: AddUrl) -> None:
    flag = "url_private"
    add.host(
        flag,
        {
            "10_0_0_0": "10.0.0.0",
            "10_255_255_255": "10.255.255.255",
            "172_16_0_0": "172.16.0.0",
            "172_31_255_255": "172.31.255.255",
            "192_168_0_0": "192.168.0.0",
            "192_168_255_255": "192.168.255.255",
            "100_64_0_0": "100.64.0.0",
            "100_127_255_255": "100.127.255.255",
            "10_1": "10.1",
            "decimal_10_0_0_1": "167772161",
            "octal_192_168_0_1": "0300.0250.0.1",
            "fc00": "[fc00::]",
            "fdff": "[fdff:ffff::1]",
            "mapped_10_0_0_1": "[::ffff:10.0.0.1]",
            "compatible_192_168_0_1": "[::c0a8:1]",
            "nat64_172_16_0_1": "[64:ff9b::ac10:1]",
        },
    )
    add.host(
        flag,
        {
            "9_255_255_255": "9.255.255.255",
            "11_0_0_0": "11.0.0.0",
            "172_15_255_255": "172.15.255.255",
            "172_32_0_0": "172.32.0.0",
            "192_167_255_255": "192.167.255.255",
            "192_169_0_0": "192.169.0.0",
            "100_63_255_255": "100.63.255.255",
            "100_128_0_0": "100.128.0.0",
            "name_that_starts_with_10": "10.example.org",
        },
        found=False,
    )


def add_link_local_and_metadata(add: AddUrl) -> None:
    flag = "url_link_local"
    add.host(
        flag,
        {
            "169_254_0_0": "169.254.0.0",
            "169_254_169_253": "169.254.169.253",
            "169_254_255_255": "169.254.255.255",
            "fe80": "[fe80::1]",
            "febf": "[febf:ffff::1]",
            "mapped_169_254_0_1": "[::ffff:169.254.0.1]",
        },
    )
    outside = {"169_253_255_255": "169.253.255.255", "169_255_0_0": "169.255.0.0"}
    add.host(flag, outside, found=False)

    flag = "url_metadata"
    add.host(
        flag,
        {
            "169_254_169_254": "169.254.169.254",
            "169_254_169_254_in_decimal": "2852039166",
            "169_254_169_254_in_hexadecimal": "0xA9FEA9FE",
            "169_254_169_254_in_octal": "0251.0376.0251.0376",
            "169_254_43518": "169.254.43518",
            "169_254_169_254_with_final_dot": "169.254.169.254.",
            "169_254_169_254_in_full_width": "\uff11\uff16\uff19.254.169.254",
            "mapped_169_254_169_254": "[::ffff:a9fe:a9fe]",
            "nat64_169_254_169_254": "[64:ff9b::169.254.169.254]",
            "100_100_100_200": "100.100.100.200",
            "fd00_ec2_254": "[fd00:ec2::254]",
            "fd00_ec2_254_written_out": "[FD00:0EC2:0:0:0:0:0:0254]",
            "metadata_google_internal": "metadata.google.internal",
            "metadata_google_internal_in_capitals": "Metadata.Google.Internal",
            "metadata_google_internal_with_final_dot": "metadata.google.internal.",
            "metadata": "metadata",
        },
    )
    add.host(
        flag,
        {
            "metadata_as_subdomain": "metadata.example.org",
            "metadata_as_path": "example.org/metadata",
            "metadata_with_suffix": "metadata-service.example.org",
        },
        found=False,
    )
    add.target(
        "warns_of_metadata_over_http",
        flag,
        "http://169.254.169.254/latest/meta-data/",
        "url_plain_http",
        flag,
        note="One class for a host: this one, and not link-local too.",
    )


def add_reserved(add: AddUrl) -> None:
    flag = "url_reserved"
    add.host(
        flag,
        {
            "224_0_0_0": "224.0.0.0",
            "239_255_255_255": "239.255.255.255",
            "240_0_0_0": "240.0.0.0",
            "255_255_255_255": "255.255.255.255",
            "192_0_2_1": "192.0.2.1",
            "198_18_0_0": "198.18.0.0",
            "198_19_255_255": "198.19.255.255",
            "198_51_100_1": "198.51.100.1",
            "203_0_113_255": "203.0.113.255",
            "ff02_1": "[ff02::1]",
            "2001_db8_1": "[2001:db8::1]",
            "mapped_203_0_113_1": "[::ffff:203.0.113.1]",
        },
    )
    add.host(
        flag,
        {
            "223_255_255_255": "223.255.255.255",
            "192_0_3_0": "192.0.3.0",
            "198_17_255_255": "198.17.255.255",
            "198_20_0_0": "198.20.0.0",
            "198_51_101_0": "198.51.101.0",
            "203_0_112_255": "203.0.112.255",
            "2001_db7": "[2001:db7:ffff::1]",
            "2001_db9": "[2001:db9::1]",
        },
        found=False,
    )


def add_proxies(add: AddUrl) -> None:
    flag = "proxy_plain_http"
    add.proxy("warns_of_http_proxy", flag, "http://proxy.example.org:3128", flag)
    add.proxy("warns_of_http_proxy_in_upper_case", flag, "HTTP://PROXY.EXAMPLE.ORG:3128/", flag)
    add.proxy("accepts_https_proxy_at_port_80", flag, "https://proxy.example.org:80")
    flag = "proxy_credentials"
    add.proxy("warns_of_credentials_of_proxy", flag, "https://user:password@proxy.example.org", flag)
    add.proxy("warns_of_user_of_proxy", flag, "https://user@proxy.example.org", flag)
    for flag, name, url in [
        ("url_scheme_missing", "without_scheme", "proxy.example.org"),
        ("url_malformed", "empty", ""),
        ("url_scheme_missing", "and_port_alone", "proxy.example.org:3128"),
        ("url_scheme", "with_socks", "socks5://proxy.example.org:1080"),
        ("url_white_space", "with_final_line_break", "https://proxy.example.org\n"),
        ("url_host_missing", "without_host", "https://:3128"),
        ("url_fragment", "with_fragment", "https://proxy.example.org#x"),
        ("url_loopback", "on_this_machine", "https://[::1]:3128"),
        ("url_private", "in_private_network", "https://0xa.1:3128"),
        ("url_link_local", "of_link_local_address", "https://169.254.1.1"),
        ("url_metadata", "of_metadata", "https://metadata"),
        ("url_reserved", "of_reserved_address", "https://192.0.2.1"),
        ("url_cluster_name", "in_the_cluster", "https://proxy"),
        ("url_local_name", "in_local_network", "https://proxy.lan"),
        ("url_reserved_name", "with_reserved_name", "https://proxy.test"),
    ]:
        add.proxy(f"finds_proxy_{name}", flag, url, flag)
    add.add(
        "finds_dotted_proxy_in_private_network",
        "url_private",
        record(**{"proxy.url": "http://u@192.168.0.1:3128"}),
        "/proxy.url url_private",
        "/proxy.url proxy_plain_http",
        "/proxy.url proxy_credentials",
    )
    add.add(
        "rejects_proxy_of_8193_bytes",
        "url_too_long",
        record(**{"proxy.url": "https://p/"}),
        "/proxy.url url_too_long",
        repeat=Repeat("/proxy.url", "a", MAX_URL_BYTES + 1 - len("https://p/")),
    )
