"""`diagnose-matrix.json`: every way to make a wrong token, for every event."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Iterator
from urllib.parse import quote

from .diagnose_vectors import DEVIATIONS, EXAMPLES, minified, sha256

# Those that can happen to each event in the same way.
COMMON = DEVIATIONS[: DEVIATIONS.index("token_quoted") + 1]
SECRET = "Caff\u00e8 /1"
RAW = bytes(range(200, 232))


class Matrix:
    """Lists the payloads separately, because most cases share one."""

    file = "diagnose-matrix.json"

    def __init__(self) -> None:
        self.flags: dict[str, str] = {}
        self.payloads: list[str] = []
        self.vectors: list[list[object]] = []

    def add(self, event: str, deviation: str, held: str, secret: str, others: list[str], token: str) -> None:
        payload = held.encode().hex()
        if payload not in self.payloads:
            self.payloads.append(payload)
        self.vectors.append([event, deviation, self.payloads.index(payload), secret, others, token])

    def text(self) -> str:
        payloads = ",\n".join(json.dumps(payload) for payload in self.payloads)
        cases = ",\n".join(json.dumps(case) for case in self.vectors)
        return f'{{\n"payloads": [\n{payloads}\n],\n"cases": [\n{cases}\n]\n}}\n'


def diagnose_matrix() -> Matrix:
    matrix = Matrix()
    for example in {event["eventName"]: event for event in EXAMPLES}.values():
        name = example["eventName"]
        # An event with what serialisers disagree about. An event may have unknown fields.
        note = "caff\u00e8 <b> & 'x' = a/b"
        event = {**example, "payload": {**example["payload"], "note": note, "also": 1}}
        found = set()
        for deviation, held, secret, others, token in cases(event):
            matrix.add(name, deviation, held, secret, others, token)
            found.add(deviation)
        assert found == set(COMMON), found ^ set(COMMON)
    return matrix


Case = tuple[str, str, str, list[str], str]


def cases(event: dict[str, object]) -> Iterator[Case]:
    text = minified(event)
    key = SECRET.encode()
    pretty = json.dumps(event, indent=2, ensure_ascii=False)
    ascii_only = json.dumps(event, separators=(",", ":"))
    html = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    for deviation, held, signed in [
        ("payload_minified", pretty, text),
        ("payload_indented_by_2", text, pretty),
        ("payload_indented_by_4", text, json.dumps(event, indent=4, ensure_ascii=False)),
        ("payload_indented_by_tabs", text, json.dumps(event, indent="\t", ensure_ascii=False)),
        ("payload_spaced", text, json.dumps(event, ensure_ascii=False)),
        ("payload_sorted_keys", text, json.dumps(event, separators=(",", ":"), sort_keys=True, ensure_ascii=False)),
        ("payload_ascii_only", text, ascii_only),
        ("payload_unescaped", ascii_only, text),
        ("payload_html_escaped", text, html),
        ("payload_gson_escaped", text, html.replace("=", "\\u003d").replace("'", "\\u0027")),
        ("payload_slashes_escaped", text, text.replace("/", "\\/")),
        ("payload_doubly_encoded", text, json.dumps(text, ensure_ascii=False)),
        ("payload_inner_only", text, minified(event["payload"])),
        ("payload_object_object", text, "[object Object]"),
        ("payload_empty", text, ""),
        ("payload_final_newline_added", text, text + "\n"),
        ("payload_final_newline_removed", text + "\n", text),
        ("payload_crlf", pretty, pretty.replace("\n", "\r\n")),
        ("payload_lf", pretty.replace("\n", "\r\n"), pretty),
        ("payload_trimmed", f"  {text} ", text),
        ("payload_bom_added", text, "\ufeff" + text),
        ("payload_bom_removed", "\ufeff" + text, text),
        ("payload_latin1", text, text.encode("latin-1")),
        ("payload_mojibake", text, text.encode().decode("latin-1")),
        ("payload_unquoted", f"'{text}'", text),
        ("payload_quoted", text, f'"{text}"'),
    ]:
        bytes_ = signed.encode() if isinstance(signed, str) else signed
        yield deviation, held, SECRET, [], sha256(bytes_, key).hex()

    body = text.encode()
    for deviation, here, there in [
        ("secret_trimmed", SECRET + "\n", SECRET),
        ("secret_final_newline", SECRET, SECRET + "\n"),
        ("secret_unquoted", f'"{SECRET}"', SECRET),
        ("secret_quoted", SECRET, f'"{SECRET}"'),
        ("secret_base64_decoded", base64.b64encode(RAW).decode(), RAW),
        ("secret_base64_encoded", SECRET, base64.b64encode(key)),
        ("secret_hex_decoded", RAW.hex(), RAW),
        ("secret_hex_encoded", SECRET, key.hex()),
        ("secret_url_decoded", quote(SECRET, safe=""), SECRET),
        ("secret_url_encoded", SECRET, quote(SECRET, safe="")),
        ("secret_lower_case", "Secret", "secret"),
        ("secret_upper_case", "Secret", "SECRET"),
        ("secret_placeholder", SECRET, "undefined"),
    ]:
        bytes_ = there.encode() if isinstance(there, str) else there
        yield deviation, text, here, [], sha256(body, bytes_).hex()
    yield "secret_other", text, SECRET, ["no", "the secret before"], sha256(body, b"the secret before").hex()

    right = sha256(body, key)
    digits = right.hex()
    for deviation, token in [
        ("secret_first", sha256(key, body).hex()),
        ("secret_both_ends", sha256(key, body, key).hex()),
        ("payload_only", sha256(body).hex()),
        ("hmac", hmac.digest(key, body, "sha256").hex()),
        ("hmac_swapped", hmac.digest(body, key, "sha256").hex()),
        ("separator", sha256(body, b".", key).hex()),
        ("hashed_twice", sha256(right).hex()),
        ("payload_hashed_first", sha256(sha256(body).hex().encode(), key).hex()),
        ("md5", hashlib.md5(body + key).hexdigest()),
        ("sha1", hashlib.sha1(body + key).hexdigest()),
        ("sha512", hashlib.sha512(body + key).hexdigest()),
        ("token_base64", base64.b64encode(right).decode()),
        ("token_prefixed", f"sha256:{digits}"),
        ("token_truncated", digits[:32]),
        ("token_spaced", f"{digits} "),
        ("token_quoted", f"'{digits}'"),
    ]:
        yield deviation, text, SECRET, [], token
