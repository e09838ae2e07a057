"""The rules for a subscription, stated a second time: all but what a certificate says."""

from __future__ import annotations

import json
import re
from typing import Any, Callable, Iterator, NamedTuple, Optional

from .subscription_text import WHITE_SPACE, is_blank, is_control_character, utf8_length
from .subscription_url_rules import distance, url_codes
from .subscription_value_rules import (
    ABOUT_SURROUNDINGS,
    ESCAPE,
    INVISIBLE,
    QUOTED,
    inner,
    is_negated,
    is_punctuated,
    is_secret_line,
    placeholder_in_name,
    placeholder_in_secret,
    surroundings,
    words,
)

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
    "placeholder": "error",
    "placeholder_likely": "warning",
    "invisible_character": "error",
    "value_assignment": "error",
    "value_quoted": "error",
    "value_escaped": "error",
    "value_punctuated": "warning",
    "secret_invisible": "warning",
    "secret_assignment": "warning",
    "secret_escaped": "warning",
    "url_scheme_twice": "error",
    "url_scheme_misspelled": "error",
    "url_scheme_missing": "error",
    "certificate_escaped": "error",
    "certificate_encoded_twice": "error",
    "certificate_request": "error",
    "certificate_pkcs7": "error",
    "certificate_pkcs12": "error",
    "certificate_trusted": "error",
    "certificate_public_key": "error",
    "certificate_path": "error",
    "field_synonym": "error",
    "field_filter": "error",
    "event_name_wildcard": "warning",
    "record_wrapped": "error",
    "id_wildcard": "warning",
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
SCOPE = {"tenantId", "projectId", "eventName"}
REQUIRED_FIELDS = {"eventName", "target", "secret"}


def findings(record: Record, certificate_codes: list[str]) -> Iterator[Finding]:
    """The findings in order; what the certificate says is given."""
    around = wrapper(record)
    if around is not None:
        yield Finding("/" + pointer(around), "record_wrapped")
        return
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
    for name, value in record:
        if name not in KNOWN_FIELDS:
            yield unknown_field("/" + pointer(name), name, value, KNOWN_FIELDS, record.names())


def wrapper(record: Record) -> Optional[str]:
    """The field in which a whole record is, if none of its fields is outside."""

    def has_record(value: Any, is_inside: bool = False) -> bool:
        if isinstance(value, Record):
            return len([name for name in value.names() if name in KNOWN_FIELDS[:-1]]) > 1
        if is_list(value) and not is_inside:
            return any(has_record(element, is_inside=True) for element in value)
        if isinstance(value, str) and not is_inside:
            try:
                return isinstance(inside := json_value(value), Record) and has_record(inside)
            except ValueError:
                return False
        return False

    if set(record.names()) & set(KNOWN_FIELDS[:-1]):
        return None
    return next((name for name, value in record if has_record(value)), None)


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
            for name, value in proxy:
                if name != "url":
                    yield unknown_field("/proxy/" + pointer(name), name, value, ["url"], None)
        else:
            yield Finding("/proxy", "field_type")
    yield from field_findings("/proxy.url", record, "proxy.url", judge, required=False, duplicate=times > 0)


# Which words of a name say which field is meant; the first row counts.
SYNONYMS = {
    "proxy.url": "proxy",
    "secret": "secrets? token password signature hmac passphrase segreto",
    "base64CA": "ca cacert cacrt certs? certificates? certificato crt pem bundle authority",
    "tenantId": "tenants? compan(y|ies) orgs? organi[sz]ations? azienda",
    "projectId": "projects? proj progett[oi]",
    "target": "url uri endpoint destination address href callback receiver",
    "eventName": "events? topics? triggers? event[oi]",
}
ALSO_TARGET = "webhook hook link listener"
TURNED = (
    "block blocked deny denied disabled excluded? excludes former ignored inactive old omit paused previous suspended"
)
NO_FILTER = "ca cert certificate check key proxy secrets? ssl tls token validation verification verify"
FILTERS = (
    "accounts? applications? branch clients? cluster components? customers? environments? env filters? groups?"
    " includes? namespaces? only pipeline repository resources? scopes? services? stage teams? where workspaces?"
)


OF_ID = (
    "ids? names? slug keys? code uid uuid ref identifier list mia console platform owner my webhook current events?"
)


def is_turned(name: str) -> bool:
    return is_negated(name) or re.search("[!~\xac\u2260]$", name) is not None


def meaning(name: str) -> Optional[str]:
    """The field that a name means; "" for a filter that there is not, None for anything else."""
    line = f" {' '.join(words(name))} "

    def has(alternatives: str) -> bool:
        return re.search(f" ({alternatives.replace(' ', '|')})(id)? ", line) is not None

    def id_or_filter(field: str, row: str) -> str:
        """The tag of a project is no id of one."""
        alternatives = f"({row})(id)?|{OF_ID}".replace(" ", "|")
        return field if all(re.fullmatch(alternatives, word) for word in words(name)) else ""

    if is_turned(name) or has(TURNED) or re.search(" (exclud|ignor|except|without)", line):
        is_bare = re.fullmatch(" (former|no|not|old|previous) ", line)
        return None if is_bare or has(NO_FILTER) else ""
    if line.endswith(" key ") and line.count(" ") > 2:
        return "secret"
    for field, alternatives in [*SYNONYMS.items(), ("target", ALSO_TARGET)]:
        if has(alternatives):
            return id_or_filter(field, alternatives) if field.endswith("Id") else field
    unparted = f".*({OF_ID})".replace(" ", "|")
    if re.search(" (tenant|compan|organi)", line):
        return id_or_filter("tenantId", unparted)
    if " project" in line:
        return id_or_filter("projectId", unparted)
    return "" if has(FILTERS) else None


OFF = "disabled?|paused?|inactive|suspend(ed)?|stopped|muted|deactivated|off"
ON = "enabled?|active|activated|status|state|on"


def is_off(name: str, value: Any) -> Optional[bool]:
    """Whether a switch says that nothing is to be delivered; None for what is no switch."""
    switch = " ".join(word for word in words(name) if word not in ("is", "webhook", "subscription"))
    said = value.lower() if isinstance(value, str) else "false" if value is False else ""
    is_false = said in ("false", "no", "0", "off")
    if re.fullmatch(OFF, switch):
        return not is_false
    return is_false or re.fullmatch(OFF, said) is not None if re.fullmatch(ON, switch) else None


def unknown_field(path: str, name: str, value: Any, known: list[str], beside: Optional[list[str]]) -> Finding:
    def plain(text: str) -> str:
        return re.sub("[-_. ]", "", text.lower())

    is_opposite = beside is not None and is_turned(name)
    for field in known:
        if plain(field) == plain(name) and not (is_opposite and field in SCOPE):
            return Finding(path, "field_misspelled", field)
    edits, field = nearest(name, known)
    if edits <= 2 and edits < len(name) / 2 and not (is_opposite and field in SCOPE):
        return Finding(path, "field_misspelled", field)
    meant = meaning(name)
    if beside is None or (meant is None and not is_off(name, value)) or len(name) > 64:
        return Finding(path, "field_unknown")
    off = is_off(name, value)
    if off or (meant == "" and off is None):
        return Finding(path, "field_filter")
    if off is False:
        return Finding(path, "field_unknown")
    if meant in beside or (meant == "proxy.url" and "proxy" in beside):
        return Finding(path, "field_unknown")
    return Finding(path, "field_synonym", meant)


def pointer(name: str) -> str:
    """A key as a step of a JSON pointer, RFC 6901."""
    return name.replace("~", "~0").replace("/", "~1")


# --- ids --------------------------------------------------------------------


LABEL = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"


def id_findings(path: str, id: str) -> Iterator[Finding]:
    code = id_code(id)
    if code:
        meant = inner(id)
        is_about = code in ABOUT_SURROUNDINGS or (code == "id_shape" and id.strip(WHITE_SPACE) != id)
        is_suggested = is_about and re.fullmatch(LABEL, meant)
        yield Finding(path, code, meant if is_suggested else None)


def id_code(id: str) -> Optional[str]:
    placeholder = placeholder_in_name(id)
    if is_blank(id):
        return "id_blank"
    if any(map(is_control_character, id)):
        return "id_control_character"
    if placeholder == "placeholder":
        return placeholder
    if surroundings(id) or placeholder:
        return surroundings(id) or placeholder
    if is_punctuated(id):
        return "value_punctuated"
    if "*" in id or re.fullmatch("(?i:all|any)", id):
        return "id_wildcard"
    if " " in id.strip(WHITE_SPACE):
        return "id_is_name"
    return None if re.fullmatch(LABEL, id) else "id_shape"


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
    placeholder, around = placeholder_in_name(name), surroundings(name)
    is_joined = len(parts_of(name)) > 1 and any(part in NAMES for part in parts_of(name))
    if not around and is_punctuated(name) and not is_joined:
        around = "value_punctuated"
    if is_blank(name):
        yield Finding(path, "event_name_blank")
    elif name in ALIASES:
        yield Finding(path, "event_name_alias", ALIASES[name])
    elif name in LEGACY:
        yield Finding(path, "event_name_legacy", LEGACY[name])
    elif name in NAMES:
        return
    elif placeholder == "placeholder":
        yield Finding(path, placeholder)
    elif re.match(rf"[{WHITE_SPACE}]*\[", name) and '"' in name:
        yield Finding(path, "event_name_joined")
    elif around:
        is_suggested = around in ABOUT_SURROUNDINGS and inner(name) in NAMES and not is_negated(name)
        yield Finding(path, around, inner(name) if is_suggested else None)
    elif not placeholder and is_negated(name):
        yield Finding(path, "event_name_unknown")
    elif not placeholder and is_wildcard(name, plain):
        yield Finding(path, "event_name_wildcard")
    elif plain in SPELLINGS and len(name) <= 64:
        yield Finding(path, "event_name_misspelled", SPELLINGS[plain])
    elif is_joined:
        yield Finding(path, "event_name_joined")
    elif placeholder:
        yield Finding(path, placeholder)
    else:
        yield Finding(path, "event_name_unknown", similar_name(name))


def parts_of(name: str) -> list[str]:
    return [part for part in re.split(f"[,;{WHITE_SPACE}]+", name) if part]


# Verbs of one meaning. Others are the same verb only if they are one edit apart.
VERBS = ["creat|add|insert|new", "delet|remov|destroy|drop", "edit|updat|modif|chang|sav|stor"]


def noun_and_verb(name: str) -> tuple[str, str]:
    """What something happened to, and what: the last verb that is known, or the last word."""
    plain = re.sub(f"[-_.{WHITE_SPACE}]", "", name).lower()
    separate = words(name)
    if len(separate) < 2:
        stem = re.match(f"(.+)({'|'.join(VERBS)})", plain, re.S)
        at = stem.start(2) if stem else len(plain)
        return plain[:at], plain[at:]
    verbs = [at for at, word in enumerate(separate) if verb_groups(word)]
    at = verbs[-1] if verbs else len(separate) - 1
    said = verb_groups(separate[at])
    noun = [word for word in separate[:at] or separate[1:] if not said & verb_groups(word)]
    return "".join(noun), separate[at]


def is_qualified(name: str) -> bool:
    """Whether words after the verb say something else than the verb: that it failed."""
    separate = words(name)
    verbs = [at for at, word in enumerate(separate) if verb_groups(word)]
    harmless = "event|events|hook|webhook|notification|to|from|in|of|company|project|v?[0-9]*"
    return bool(verbs) and verbs[-1] > 0 and not all(re.fullmatch(harmless, word) for word in separate[verbs[-1] + 1 :])


def verb_groups(word: str) -> set[int]:
    return {group for group, stems in enumerate(VERBS) if re.fullmatch(f"({stems}).{{0,4}}", word)}


def plain_name(name: str) -> str:
    return re.sub(f"[-_.{WHITE_SPACE}]", "", name).lower()


def is_wildcard(name: str, plain: str) -> bool:
    is_word = re.fullmatch("(all|any|every)(events?)?|everything", plain)
    return is_word is not None or re.search(r"[*?^$|+()\[\]\\%{]", name) is not None


def similar_name(name: str) -> Optional[str]:
    """The nearest event of which the same is said."""
    if len(name) > 64:
        return None
    noun, verb = noun_and_verb(name)
    near = []
    for known in NAMES:
        known_noun, known_verb = noun_and_verb(known)
        edits = distance(plain_name(name), plain_name(known))
        noun_edits = distance(noun, known_noun)
        is_same_noun = noun_edits <= min(2, max(len(noun), len(known_noun)) / 3) and not re.match("no|un", noun)
        if edits <= 1 or (not is_qualified(name) and is_same_noun and is_same_verb(verb, known_verb)):
            near.append((edits, known))
    near.sort()
    assert len(near) < 2 or near[0][0] < near[1][0], f"{name} is as near to {near[0][1]} as to {near[1][1]}"
    return near[0][1] if near else None


def is_same_verb(one: str, known: str) -> bool:
    groups = verb_groups(one), verb_groups(known)
    return groups[0] == groups[1] if groups[0] and groups[1] else distance(one, known) <= 1


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


# No other signs than those of base64, of words, and of what is around a value.
PLAIN = re.compile(f"[A-Za-z0-9+/=_.\"'`:\\\\{WHITE_SPACE}-]*")
ONE_QUOTE = re.compile(f"[\"'`]([A-Za-z0-9+/=_.:\\\\{WHITE_SPACE}-]+)|([A-Za-z0-9+/=_.:\\\\{WHITE_SPACE}-]+)[\"'`]")


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
    if QUOTED.fullmatch(trimmed) or ONE_QUOTE.fullmatch(trimmed):
        yield "secret_quoted"
    if len(octets) < 32:
        yield "secret_very_short" if len(octets) < 16 else "secret_short"
    if len(set(octets)) < 8 or repeats_itself(octets):
        yield "secret_monotonous"
    letters = re.sub("[^a-z]", "", secret.lower())
    if (letters or re.sub("[^0-9]", "", secret)) in COMMON_SECRETS:
        yield "secret_common"
    if placeholder_in_secret(secret) and not is_secret_line(secret):
        yield "placeholder_likely"
    if is_punctuated(secret) and PLAIN.fullmatch(secret.rstrip(",;")):
        yield "value_punctuated"
    if INVISIBLE.search(trimmed):
        yield "secret_invisible"
    if is_secret_line(secret):
        yield "secret_assignment"
    if ESCAPE.search(secret) and (PLAIN.fullmatch(secret) or secret.endswith(("\\n", "\\r"))) or re.search("%0[ad]\\Z", secret, re.I):
        yield "secret_escaped"


def repeats_itself(octets: bytes) -> bool:
    return any(
        octets == octets[:unit] * (len(octets) // unit) for unit in range(1, min(8, len(octets) // 2) + 1)
    )
