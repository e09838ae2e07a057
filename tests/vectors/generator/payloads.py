"""The payloads and the secret that most vectors use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

from .rules import token_of

SECRET = b"it's a secret to everybody"
SECRET_OF_32_BYTES = b"thirty-two bytes of ASCII secret"
assert len(SECRET_OF_32_BYTES) == 32

EXAMPLES_FILE = Path(__file__).resolve().parent.parent / "event-examples.json"
EXAMPLES: list[dict[str, Any]] = json.loads(EXAMPLES_FILE.read_bytes())


def minified(event: Any) -> bytes:
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()


def pretty(event: Any) -> bytes:
    return json.dumps(event, indent=2, ensure_ascii=False).encode()


def example(event_name: str) -> dict[str, Any]:
    return next(event for event in EXAMPLES if event["eventName"] == event_name)


EVENT: dict[str, Any] = {
    "eventName": "tag_created",
    "eventTimestamp": 1767225600000,
    "payload": {"tagName": "v1"},
}
PAYLOAD = minified(EVENT)


def payload_whose_token(fits: Callable[[str], object]) -> bytes:
    """The small event with the first timestamp whose token with SECRET fits."""
    timestamp = 1767225600000
    while True:
        payload = minified({"eventName": "tag_created", "eventTimestamp": timestamp, "payload": {}})
        if fits(token_of(payload, SECRET)):
            return payload
        timestamp += 1
