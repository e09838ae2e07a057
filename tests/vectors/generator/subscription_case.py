"""Adds cases to `subscription.json`, each with its expectation written by hand."""

from __future__ import annotations

import base64
import json
from typing import Any, NamedTuple, Optional, Union

from .octets import stream
from .subscription_rules import (
    CODES,
    ERRORS_AND_WARNINGS,
    MAX_TEXT_BYTES,
    Finding,
    Record,
    findings,
    json_value,
)
from .subscription_text import utf8_length
from .suite import Suite

SECRET = stream("the secret of a subscription", 16).hex()
assert len(SECRET) == 32, "the shortest secret without a finding"


# What is said of a field before its content is looked at.
FIELD_CODES = {"too_large", "field_type", "field_duplicate"}


class Text(NamedTuple):
    """A subscription as JSON text; everything else is a value."""

    json: str


class Repeat(NamedTuple):
    """Too long to write out: `text`, repeated `times` times, after the string at `path`."""

    path: str
    text: str
    times: int


def record(**fields: Any) -> dict[str, Any]:
    """A subscription without findings, except in these fields."""
    usual = {"eventName": "project_created", "target": "https://example.org/webhook", "secret": SECRET}
    return {**usual, **fields}


def record_text(*members: str, secret: bool = True) -> str:
    """The same as JSON text, with these members, as JSON text, after the usual ones in this order."""
    usual = {name: value for name, value in record().items() if secret or name != "secret"}
    return "{" + ", ".join([json.dumps(usual)[1:-1], *members]) + "}"


def with_secret(text: str) -> Text:
    return Text(record_text(f'"secret": {text}', secret=False))


class AddCase:
    def __init__(self, suite: Suite) -> None:
        self.suite = suite

    def __call__(
        self,
        id: str,
        flag: str,
        given: Union[Text, Any],
        *expected: str,
        note: Optional[str] = None,
        now: Optional[int] = None,
        repeat: Optional[Repeat] = None,
        certificates: Optional[list[bytes]] = None,
        form: Optional[str] = None,
        normalised: bool = False,
    ) -> None:
        """`expected`: one text for each finding: path, code and suggestion, separated by spaces."""
        by_hand = [finding(text) for text in expected]
        certificate_codes = [code for path, code, _ in by_hand if path == "/base64CA" and code not in FIELD_CODES]
        judged = judge(given, repeat, certificate_codes)
        assert judged == by_hand, f"{id}:\n{judged} is what the rules say, and not\n{by_hand}"
        fields: dict[str, Any] = {} if note is None else {"note": note}
        fields.update({} if now is None else {"now": now})
        fields.update({"json": given.json} if isinstance(given, Text) else {"value": given})
        fields.update({} if repeat is None else {"repeat": repeat._asdict()})
        answer = verdict(by_hand)
        if answer["valid"]:
            answer["coverage"] = coverage(given)
        if form:
            answer["form"] = form
        if normalised:
            assert answer["valid"] and not repeat, f"{id} has no record to write"
            answer["normalised"] = normal_record(given, certificates)
        self.suite.add(id, flag, **fields, expected=answer)


def finding(text: str) -> Finding:
    """Reads `/target url_scheme`, `/Target field_misspelled target`, or a code alone for all of it."""
    words = text.split(" ")
    place = next(place for place, word in enumerate(words) if word in CODES)
    return Finding(" ".join(words[:place]), words[place], " ".join(words[place + 1 :]) or None)


def verdict(found: list[Finding]) -> dict[str, Any]:
    suggestions = {path: suggestion for path, _, suggestion in found if suggestion}
    return {
        "valid": all(ERRORS_AND_WARNINGS[code] == "warning" for _, code, _ in found),
        "strictValid": not found,
        "issues": [[path, code] for path, code, _ in found],
        **({"suggestions": suggestions} if suggestions else {}),
    }


def as_text(given: Any) -> str:
    return given.json if isinstance(given, Text) else json.dumps(given)


def judge(given: Any, repeat: Optional[Repeat], certificate_codes: list[str]) -> list[Finding]:
    text = as_text(given)
    if repeat and isinstance(given, Text):
        assert repeat.path == "", "JSON text has no places yet"
        text += repeat.text * repeat.times
    elif repeat:
        field = repeat.path[1:]
        text = json.dumps({**given, field: given[field] + repeat.text * repeat.times})
    if isinstance(given, Text) and utf8_length(text) > MAX_TEXT_BYTES:
        return [Finding("", "too_large")]
    try:
        value = json_value(text)
    except ValueError:
        return [Finding("", "json_malformed")]
    if not isinstance(value, Record):
        return [Finding("", "not_an_object")]
    return list(findings(value, certificate_codes))


def coverage(given: Any) -> str:
    fields = json.loads(as_text(given))
    if "projectId" in fields:
        return "project"
    return "company" if "tenantId" in fields else "instance"


def normal_record(given: Any, certificates: Optional[list[bytes]]) -> dict[str, Any]:
    """Each field as it was given, except the certificates and the proxy, which is nested."""
    fields = json.loads(as_text(given))
    proxy = {"url": fields["proxy.url"]} if "proxy.url" in fields else fields.get("proxy")
    fields = {name: value for name, value in fields.items() if name != "proxy.url"}
    if proxy:
        fields["proxy"] = proxy
    if "base64CA" in fields:
        assert certificates
        fields["base64CA"] = base64.b64encode(pem_text(certificates)).decode()
    return fields


def pem_text(certificates: list[bytes]) -> bytes:
    """The certificates in PEM, as OpenSSL writes it: 64 characters in a line."""
    return "".join(map(pem_block, certificates)).encode()


def pem_block(octets: bytes, label: str = "CERTIFICATE", width: int = 64, line_end: str = "\n") -> str:
    text = base64.b64encode(octets).decode()
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return "".join(
        f"{line}{line_end}" for line in [f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"]
    )
