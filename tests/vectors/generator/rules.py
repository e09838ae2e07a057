"""The rules, stated a second time: the oracle, from the standard library only."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from typing import Optional

from .octets import Bytes, octets

MAX_SECRET_BYTES = 4096
MAX_SECRETS = 8
MAX_SAFE_INTEGER = 2**53 - 1


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def token_of(payload: Bytes, secret: Bytes) -> str:
    """What the Console sends: hex(sha256(payload ++ secret))."""
    return sha256(octets(payload), octets(secret)).hex()


def payload_id_of(payload: Bytes) -> str:
    return sha256(octets(payload)).hex()


TOKEN_GRAMMAR = re.compile("(?:sha256=)?([0-9A-Fa-f]{64})")


def token_result(payload: Bytes, secret: Bytes, token: Optional[str]) -> str:
    if token is None:
        return "missing"
    digits = TOKEN_GRAMMAR.fullmatch(token)
    if digits is None:
        return "malformed"
    return "valid" if digits[1].lower() == token_of(payload, secret) else "mismatch"


def secrets_code(secrets: list[Bytes]) -> Optional[str]:
    """Why a set of secrets is refused, or None."""
    if not secrets:
        return "secret_missing"
    if len(secrets) > MAX_SECRETS:
        return "secret_too_many"
    for secret in map(octets, secrets):
        if not secret:
            return "secret_empty"
        if len(secret) > MAX_SECRET_BYTES:
            return "secret_too_long"
        if secret in (b"undefined", b"null"):
            return "secret_placeholder"
    for longer, other in itertools.permutations(map(octets, secrets), 2):
        if longer.endswith(other):
            return "secret_suffix"
    return None


TOKEN_HEADERS = ("X-Mia-Token", "X-Mia-Signature")


def header_outcome(
    headers: list[list[str]], payload: Bytes, secrets: list[Bytes]
) -> tuple[str, Optional[int]]:
    """The code of a request, and which secret it was signed with."""
    tokens = []
    for token_header in TOKEN_HEADERS:
        lines = [value for name, value in headers if name.lower() == token_header.lower()]
        if lines:
            # What fetch `Headers` makes of the lines of one header.
            tokens.append(", ".join(line.strip(" \t") for line in lines))
    if not tokens:
        return "token_missing", None
    if not all(map(TOKEN_GRAMMAR.fullmatch, tokens)):
        return "token_malformed", None
    for secret_id, secret in enumerate(secrets):
        if all(token_result(payload, secret, token) == "valid" for token in tokens):
            return "accepted", secret_id
    return "token_mismatch", None


def event_in(payload: bytes) -> Optional[tuple[str, int]]:
    """eventName and eventTimestamp, or None where the payload is not an event."""

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    try:
        # JavaScript has only doubles: a number is rounded before it is judged.
        envelope = json.loads(payload.decode("utf-8"), parse_int=float, parse_constant=refuse)
    except ValueError:
        return None
    if not isinstance(envelope, dict) or not isinstance(envelope.get("payload"), dict):
        return None
    name, timestamp = envelope.get("eventName"), envelope.get("eventTimestamp")
    if not isinstance(name, str) or not name:
        return None
    if not isinstance(timestamp, float) or not 0 <= timestamp <= MAX_SAFE_INTEGER:
        return None
    if not timestamp.is_integer():
        return None
    return name, int(timestamp)
