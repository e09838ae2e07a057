"""The rules for a subscription, stated a second time: all but what a certificate says."""

from __future__ import annotations

import json
import re
from typing import Any, Callable, Iterator, NamedTuple, Optional

from .subscription_text import WHITE_SPACE, is_blank, is_control_character, utf8_length
from .subscription_url_rules import url_codes

# In the order in which the findings of one field are reported.
ERRORS_AND_WARNINGS = {
    "json_malformed": "error",
    "too_large": "error",
    "not_an_object": "error",
    "field_missing": "error",
    "field_type": "error",
    "field_duplicate": "error",
    "field_misspelled": "error",
    "field_unknown": "warning",
    "id_blank": "error",
    "id_control_character": "error",
    "id_is_name": "warning",
    "id_shape": "warning",
    "event_name_blank": "error",
    "event_name_misspelled": "warning",
    "event_name_joined": "warning",
    "event_name_alias": "warning",
    "event_name_legacy": "warning",
    "event_name_unknown": "warning",
    "event_name_duplicate": "warning",
    "url_malformed": "error",
    "url_too_long": "error",
    "url_white_space": "error",
    "url_scheme": "error",
    "url_host_missing": "error",
    "url_credentials": "warning",
    "url_fragment": "warning",
    "url_plain_http": "warning",
    "url_loopback": "warning",
    "url_private": "warning",
    "url_link_local": "warning",
    "url_metadata": "warning",
    "url_reserved": "warning",
    "url_cluster_name": "warning",
    "url_local_name": "warning",
    "url_reserved_name": "warning",
    "proxy_plain_http": "warning",
    "proxy_credentials": "warning",
    "certificate_encoding": "error",
    "certificate_malformed": "error",
    "certificate_private_key": "error",
    "certificate_trailing_data": "error",
    "certificate_expired": "error",
    "certificate_not_yet_valid": "error",
    "certificate_not_authority": "warning",
    "certificate_several": "warning",
    "certificate_surroundings": "warning",
    "certificate_unused": "warning",
    "secret_empty": "error",
    "secret_blank": "error",
    "secret_placeholder": "error",
    "secret_too_long": "error",
    "secret_final_newline": "warning",
    "secret_outer_space": "warning",
    "secret_quoted": "warning",
    "secret_very_short": "warning",
    "secret_short": "warning",
    "secret_monotonous": "warning",
    "secret_common": "warning",
}
CODES = list(ERRORS_AND_WARNINGS)

MAX_TEXT_BYTES = 1 << 20
MAX_NAMES = 100
MAX_CERTIFICATE_LENGTH = 524_288
MAX_SECRET_BYTES = 4096


class Finding(NamedTuple):
    path: str
    code: str
    suggestion: Optional[str] = None


class Record(list):  # type: ignore[type-arg]
    """An object of JSON as its keys and values, equal keys included."""

    def names(self) -> list[str]:
        return [name for name, _ in self]

    def last(self, name: str) -> Any:
        return dict(self)[name]


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


def nearest(text: str, candidates: list[str]) -> tuple[int, str]:
    """The nearest candidate. No vector may have two: neither would be right."""
    (least, best), *others = sorted((distance(text, candidate), candidate) for candidate in candidates)
    assert (
        not others or others[0][0] > least or least > len(text) / 3
    ), f"{text} is as near to {best} as to {others[0][1]}"
    return least, best


# --- JSON -------------------------------------------------------------------


def json_value(text: str) -> Any:
    """The value of a JSON text, with every object as a Record; ValueError if it is not JSON."""
    value = json.loads(text, object_pairs_hook=Record, parse_constant=refuse)
    # Python lets lone surrogates through, which UTF-8 cannot hold.
    json.dumps(value, ensure_ascii=False).encode()
    return value


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


# --- fields -----------------------------------------------------------------

KNOWN_FIELDS = ["tenantId", "projectId", "eventName", "target", "base64CA", "secret", "proxy", "proxy.url"]
REQUIRED_FIELDS = {"eventName", "target", "secret"}


def findings(record: Record, certificate_codes: list[str]) -> Iterator[Finding]:
    """The findings in order; what the certificate says is given."""
    judges: dict[str, Callable[[str, Any], Iterator[Finding]]] = {
        "tenantId": id_findings,
        "projectId": id_findings,
        "eventName": names_findings,
        "target": lambda path, text: url_findings(path, text, proxy=False),
        "base64CA": lambda path, text: base64_ca_findings(path, text, certificate_codes),
        "secret": lambda path, text: (Finding(path, code) for code in secret_codes(text)),
    }
    for field, judge in judges.items():
        yield from field_findings("/" + field, record, field, judge, field in REQUIRED_FIELDS)
    yield from proxy_findings(record)
    for name in record.names():
        if name not in KNOWN_FIELDS:
            yield unknown_field("/" + pointer(name), name, KNOWN_FIELDS)


def field_findings(
    path: str,
    record: Record,
    field: str,
    judge: Callable[[str, Any], Iterator[Finding]],
    required: bool,
    duplicate: bool = False,
) -> Iterator[Finding]:
    times = record.names().count(field)
    if times == 0:
        if required:
            yield Finding(path, "field_missing")
        return
    if times > 1 or duplicate:
        yield Finding(path, "field_duplicate")
    value = record.last(field)
    if isinstance(value, str) or (field == "eventName" and is_list(value)):
        yield from judge(path, value)
    else:
        yield Finding(path, "field_type")


def is_list(value: Any) -> bool:
    return isinstance(value, list) and not isinstance(value, Record)


def proxy_findings(record: Record) -> Iterator[Finding]:
    def judge(path: str, text: str) -> Iterator[Finding]:
        return url_findings(path, text, proxy=True)

    times = record.names().count("proxy")
    if times > 0:
        if times > 1:
            yield Finding("/proxy", "field_duplicate")
        proxy = record.last("proxy")
        if isinstance(proxy, Record):
            yield from field_findings("/proxy/url", proxy, "url", judge, required=True)
            for name in proxy.names():
                if name != "url":
                    yield unknown_field("/proxy/" + pointer(name), name, ["url"])
        else:
            yield Finding("/proxy", "field_type")
    yield from field_findings("/proxy.url", record, "proxy.url", judge, required=False, duplicate=times > 0)


def unknown_field(path: str, name: str, known: list[str]) -> Finding:
    def plain(text: str) -> str:
        return re.sub("[-_. ]", "", text.lower())

    for field in known:
        if plain(field) == plain(name):
            return Finding(path, "field_misspelled", field)
    edits, field = nearest(name, known)
    if edits <= 2 and edits < len(name) / 2:
        return Finding(path, "field_misspelled", field)
    return Finding(path, "field_unknown")


def pointer(name: str) -> str:
    """A key as a step of a JSON pointer, RFC 6901."""
    return name.replace("~", "~0").replace("/", "~1")


# --- ids --------------------------------------------------------------------


def id_findings(path: str, id: str) -> Iterator[Finding]:
    if is_blank(id):
        yield Finding(path, "id_blank")
    elif any(map(is_control_character, id)):
        yield Finding(path, "id_control_character")
    elif " " in id.strip(WHITE_SPACE):
        yield Finding(path, "id_is_name")
    elif not re.fullmatch("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?", id):
        yield Finding(path, "id_shape")


# --- names of events --------------------------------------------------------

TITLES = {
    "Project Created": "project_created",
    "Service Created": "service_created",
    "Configuration Saved": "configuration_saved",
    "Tag or Version Created": "tag_created",
    "Version Deleted": "tag_deleted",
    "User added": "user_added",
    "User edited": "user_edited",
    "User removed": "user_removed",
    "User added to Company": "user_added",
    "User Company role edited": "user_edited",
    "User removed from Company": "user_removed",
    "User added to Project": "user_added",
    "User removed from Project": "user_removed",
}
ALIASES = {f"company_user_{verb}": f"user_{verb}" for verb in ["added", "edited", "removed"]}
LEGACY = {f"project_user_{verb}": f"user_{verb}" for verb in ["added", "removed"]}
NAMES = [*dict.fromkeys(TITLES.values()), *ALIASES, *LEGACY]
SPELLINGS = {
    re.sub("[_ ]", "", text.lower()): name
    for text, name in [*TITLES.items(), *((name, name) for name in NAMES)]
}


def names_findings(path: str, names: Any) -> Iterator[Finding]:
    if isinstance(names, str):
        yield from name_findings(path, names)
    elif not names:
        yield Finding(path, "event_name_blank")
    elif len(names) > MAX_NAMES:
        yield Finding(path, "too_large")
    else:
        for index, name in enumerate(names):
            if isinstance(name, str):
                yield from name_findings(f"{path}/{index}", name)
                if name in names[:index]:
                    yield Finding(f"{path}/{index}", "event_name_duplicate")
            else:
                yield Finding(f"{path}/{index}", "field_type")


def name_findings(path: str, name: str) -> Iterator[Finding]:
    plain = re.sub("[-_.]", "", "".join(name.lower().split()))
    parts = [part for part in re.split(f"[,;{WHITE_SPACE}]+", name) if part]
    if is_blank(name):
        yield Finding(path, "event_name_blank")
    elif name in ALIASES:
        yield Finding(path, "event_name_alias", ALIASES[name])
    elif name in LEGACY:
        yield Finding(path, "event_name_legacy", LEGACY[name])
    elif name in NAMES:
        return
    elif plain in SPELLINGS:
        yield Finding(path, "event_name_misspelled", SPELLINGS[plain])
    elif len(parts) > 1 and any(part in NAMES for part in parts):
        yield Finding(path, "event_name_joined")
    else:
        yield Finding(path, "event_name_unknown", similar_name(name))


def similar_name(name: str) -> Optional[str]:
    if len(name) > 64:
        return None
    edits, known = nearest(name, NAMES)
    return known if edits * 3 <= max(len(name), len(known)) else None


# --- URL, certificate and secret --------------------------------------------


def url_findings(path: str, url: str, proxy: bool) -> Iterator[Finding]:
    codes = sorted(url_codes(url, proxy), key=CODES.index)
    return (Finding(path, code) for code in codes)


def base64_ca_findings(path: str, text: str, codes: list[str]) -> Iterator[Finding]:
    if len(text) > MAX_CERTIFICATE_LENGTH:
        assert not codes
        codes = ["too_large"]
    assert codes == sorted(codes, key=CODES.index), f"{codes} are not in order"
    return (Finding(path, code) for code in codes)


PLACEHOLDERS = {"undefined", "null", "NaN", "[object Object]"}
TEMPLATES = [r"\$\{.*\}", r"\{\{.*\}\}", r"\$\(.*\)", "%.+%", "<.*>"]
COMMON_SECRETS = set(
    "secret secrets mysecret thesecret password passw pass changeme change changeit test testing token webhook"
    " webhooks webhooksecret mia miaplatform console admin root default example qwerty letmein"
    " itsasecrettoeverybody supersecret topsecret 123456 12345678 123456789 1234567890 0123456789".split()
)


def secret_codes(secret: str) -> Iterator[str]:
    trimmed = secret.strip(WHITE_SPACE)
    if secret == "":
        yield "secret_empty"
    elif trimmed == "":
        yield "secret_blank"
    elif secret in PLACEHOLDERS or any(re.fullmatch(template, trimmed) for template in TEMPLATES):
        yield "secret_placeholder"
    elif utf8_length(secret) > MAX_SECRET_BYTES:
        yield "secret_too_long"
    else:
        yield from weaknesses(secret, trimmed)


def weaknesses(secret: str, trimmed: str) -> Iterator[str]:
    octets = secret.encode()
    if secret.endswith(("\n", "\r")):
        yield "secret_final_newline"
    if secret.rstrip("\r\n") != trimmed:
        yield "secret_outer_space"
    if len(trimmed) >= 2 and trimmed[0] == trimmed[-1] and trimmed[0] in "\"'`":
        yield "secret_quoted"
    if len(octets) < 32:
        yield "secret_very_short" if len(octets) < 16 else "secret_short"
    if len(set(octets)) < 8 or repeats_itself(octets):
        yield "secret_monotonous"
    letters = re.sub("[^a-z]", "", secret.lower())
    if (letters or re.sub("[^0-9]", "", secret)) in COMMON_SECRETS:
        yield "secret_common"


def repeats_itself(octets: bytes) -> bool:
    return any(
        octets == octets[:unit] * (len(octets) // unit) for unit in range(1, min(8, len(octets) // 2) + 1)
    )
