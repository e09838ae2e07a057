"""The rules for the URL of a target or proxy, stated a second time.

This is a small version of the URL Standard's host parser: `urllib` follows an
older standard, which knows neither `127.1` nor `0x7f000001`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import Any, Iterator, Optional
from urllib.parse import unquote_to_bytes

from .subscription_host_rules import host_code
from .subscription_text import WHITE_SPACE, is_control_character, utf8_length
from .subscription_value_rules import is_punctuated, placeholder_in_url, surroundings

MAX_URL_BYTES = 8192


def url_codes(url: str, proxy: bool) -> Iterator[str]:
    fatal = fatal_url_code(url)
    placeholder = placeholder_in_url(url)
    if fatal:
        yield "placeholder" if placeholder and fatal != "url_too_long" else fatal
        return
    if placeholder:
        yield placeholder
    if is_punctuated(url):
        yield "value_punctuated"
    scheme, rest = url.split(":", 1)
    user_info, at, host_and_port = authority(rest).rpartition("@")
    if user_info.strip(":"):
        yield "proxy_credentials" if proxy else "url_credentials"
    if "#" in url:
        yield "url_fragment"
    if scheme.lower() == "http":
        yield "proxy_plain_http" if proxy else "url_plain_http"
    host = parsed_host(host_and_port)
    assert host is not None
    code = host_code(host)
    if code:
        yield code


def authority(rest: str) -> str:
    """The part between `//` and the path. A backslash counts as a slash."""
    return re.split(r"[/\\?#]", rest[2:], maxsplit=1)[0]


def fatal_url_code(url: str) -> Optional[str]:
    """The finding that excludes all others, if any."""
    if utf8_length(url) > MAX_URL_BYTES:
        return "url_too_long"
    if placeholder_in_url(url) == "placeholder":
        return "placeholder"
    has_space = any(character in WHITE_SPACE or is_control_character(character) for character in url)
    around = surroundings(url)
    if around and not (has_space and around == "invisible_character"):
        return around
    if has_space:
        return "url_white_space"
    if scheme_code(url):
        return scheme_code(url)
    scheme = re.match("([A-Za-z][A-Za-z0-9+.-]*):", url)
    if not scheme:
        return "url_malformed"
    if scheme[1].lower() not in ("http", "https"):
        return "url_scheme"
    rest = url[scheme.end() :]
    if not re.match(r"//[^/\\?#]", rest):
        return "url_host_missing"
    host_and_port = authority(rest).rpartition("@")[2]
    if host_and_port == "" or host_and_port.startswith(":"):
        return "url_host_missing"
    if re.search("[,;*&=!()+'\"]", host_and_port.rstrip(",;")):
        return "url_malformed"
    return "url_malformed" if parsed_host(host_and_port) is None else None


SEPARATORS = "[:/;,.\\\\]*"
HOST_START = r"[A-Za-z0-9\[]|[^\x00-\x7f]"


def scheme_code(url: str) -> Optional[str]:
    """What people do to `https://`."""
    if re.match(rf"https?{SEPARATORS}https?(//|:(?![0-9]))", url, re.I) or re.match("(https?){2}[:/;,.]", url, re.I):
        return "url_scheme_twice"
    if re.match("https?(?![a-z])", url, re.I) and re.match(".*?://[^/]*https?:(/|$)", url, re.I):
        return "url_scheme_twice"
    parts = re.match(rf"([A-Za-z]*)({SEPARATORS})(?={HOST_START})", url)
    if parts:
        word, separator = parts[1].lower(), parts[2]
        is_http = word in ("http", "https")
        is_port = separator == ":" and re.match("[A-Za-z]*:[0-9]", url)
        is_near = re.search("h|tt", word) and min(distance(word, "http"), distance(word, "https")) <= 2
        is_slip = re.match("[:;]", separator) or "//" in separator or (is_http and separator == "/")
        if (is_http or is_near) and is_slip and not is_port and not (is_http and separator.startswith("://")):
            return "url_scheme_misspelled"
    wide = re.match("([A-Za-z]+)[:/]*[\uff1a\ufe55\uff0f]", url)
    if wide and re.search("h|tt", wide[1].lower()) and min(distance(wide[1].lower(), "http"), distance(wide[1].lower(), "https")) <= 2:
        return "url_scheme_misspelled"
    if re.match(":*//[^/]", url):
        return "url_scheme_missing"
    host = re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)(:[0-9]+)?(/|[?#]|$)", url)
    if host and (host[2] or host[3] == "/" or "." in host[1] or host[1] == "localhost"):
        return "url_scheme_missing"
    return None


def distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour: optimal string alignment."""
    rows = [
        [row + column if row * column == 0 else 0 for column in range(len(other) + 1)]
        for row in range(len(one) + 1)
    ]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            best = min(
                rows[row - 1][column] + 1,
                rows[row][column - 1] + 1,
                rows[row - 1][column - 1] + (one[row - 1] != other[column - 1]),
            )
            if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
                best = min(best, rows[row - 2][column - 2] + 1)
            rows[row][column] = best
    return rows[-1][-1]


def parsed_host(host_and_port: str) -> Any:
    """The address or the name as the URL Standard reads it; None if it refuses."""
    parts = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?", host_and_port)
    if not parts or int(parts[2] or 0) > 65535:
        return None
    if parts[1].startswith("["):
        try:
            return None if "%" in parts[1] else ipaddress.IPv6Address(parts[1][1:-1])
        except ValueError:
            return None
    name = mapped(unquote_to_bytes(parts[1]).decode("utf-8", "replace"))
    if name == "" or re.search(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f\ufffd]", name):
        return None
    if re.fullmatch("[0-9]+|0x[0-9a-f]*", labels(name)[-1]):
        return ipv4(name)
    return name


def mapped(name: str) -> str:
    """UTS #46, as far as the vectors need it: compatibility forms, case, and ignored characters."""
    for invisible in "\u00ad\u200b\u2060\ufeff":
        name = name.replace(invisible, "")
    return unicodedata.normalize("NFKC", name).casefold().replace("\u3002", ".")


def labels(name: str) -> list[str]:
    """The labels of a name; a final dot does not count."""
    return (name[:-1] if name.endswith(".") else name).split(".")


def ipv4(name: str) -> Optional[ipaddress.IPv4Address]:
    """One to four numbers, decimal, octal or hexadecimal; the last one fills the rest."""
    try:
        numbers = [ipv4_number(label) for label in labels(name)]
    except ValueError:
        return None
    *first, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        return None
    return ipaddress.IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(first)) + last)


def ipv4_number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if not re.fullmatch("[0-9]+", part):
        raise ValueError(part)
    return int(part, 8 if part.startswith("0") else 10)
