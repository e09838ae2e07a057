"""Cases of `diagnose.json` from what the real writers of JSON wrote."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Iterator, Optional

WRITTEN = json.loads((Path(__file__).resolve().parents[1] / "json-writers.json").read_bytes())

# Which body, written by which writer, shows which deviations.
SHOWN = [
    ("digit_keys", "js.stringify", "payload_digit_keys_first"),
    ("digit_keys", "js.stringify.2", "payload_indented_by_2 payload_digit_keys_first"),
    ("digit_keys", "go.map", "payload_sorted_keys"),
    ("digit_keys", "java.json_simple", "payload_keys_reordered"),
    ("duplicate_keys", "js.stringify", "payload_duplicates_dropped"),
    ("fractions", "js.stringify", "payload_numbers_rewritten"),
    ("exponents", "js.stringify", "payload_numbers_rewritten"),
    ("exponents", "python.json.compact", "payload_numbers_rewritten"),
    ("exponents", "php.array", "payload_numbers_rewritten"),
    ("exponents", "ruby.generate", "payload_numbers_rewritten"),
    ("exponents", "java.jackson.node", "payload_numbers_rewritten"),
    ("exponents", "rust.value", "payload_numbers_rewritten"),
    ("integers", "js.stringify", "payload_numbers_rewritten"),
    ("integer_in_milliseconds", "java.gson.map", "payload_numbers_rewritten"),
    ("empties", "php.array", "payload_empty_objects_as_lists"),
    ("empties", "php.array.pretty", "payload_indented_by_4 payload_empty_objects_as_lists"),
    ("html", "dotnet.map", "payload_dotnet_escaped"),
    ("words_beyond_ascii", "dotnet.map", "payload_ascii_only payload_escapes_rewritten"),
    ("words_beyond_ascii", "go.map.encoder", "payload_final_newline_added"),
    ("html", "go.map.indent2", "payload_indented_by_2 payload_sorted_keys payload_html_escaped"),
    ("html", "php.array", "payload_slashes_escaped"),
    ("lists", "java.jackson.node.pretty", "payload_indented_otherwise"),
    ("empties", "java.jackson.node.pretty", "payload_indented_otherwise"),
    ("html", "perl.pp.pretty", "payload_indented_otherwise payload_sorted_keys payload_final_newline_added"),
]


def shown() -> Iterator[tuple[str, str, str, str]]:
    """An id, the deviations, the body and what was written."""
    places = {profile["name"]: place for place, profile in enumerate(WRITTEN["profiles"])}
    bodies = {body["id"]: body for body in WRITTEN["bodies"]}
    for name, profile, deviations in SHOWN:
        outputs = [output for output in bodies[name]["outputs"] if places[profile] in output["by"]]
        assert len(outputs) == 1, (name, profile)
        yield f"{name}_by_{profile.replace('.', '_')}", deviations, bodies[name]["body"], outputs[0]["text"]


# The secret here and there, and what that shows.
KEY = "Kx7-pQ2m_Zr9.vLw"
MISTAKES = [
    (KEY, KEY.encode(), ""),
    (KEY + "\n", KEY.encode(), "secret_trimmed"),
    (KEY, f"{KEY}\n".encode(), "secret_final_newline"),
    (f"'{KEY}'", KEY.encode(), "secret_unquoted"),
    (KEY, f'"{KEY}"'.encode(), "secret_quoted"),
    (base64.b64encode(KEY.encode()).decode(), KEY.encode(), "secret_base64_decoded"),
]


# Two writers that are not looked for: json-lib indents each list in its own way, and
# serialize-javascript escapes slashes as \u002F.
NOT_SOUGHT = {"java.json_lib.indent2", "js.html.serialize", "js.html.serialize.json"}


class Writers:
    """Each event, as each writer wrote it, with each of a few mistakes in the secret."""

    file = "diagnose-writers.json"

    def __init__(self) -> None:
        self.flags: dict[str, str] = {}
        self.vectors: list[list[object]] = []
        for body in WRITTEN["bodies"]:
            if not body["id"].startswith("event_"):
                continue
            for place, output in enumerate(body["outputs"]):
                if all(WRITTEN["profiles"][by]["name"] in NOT_SOUGHT for by in output["by"]):
                    continue
                deviations = differences(body["body"], output.get("text", ""))
                if deviations is None:
                    continue
                for mistake, (_, there, shown) in enumerate(MISTAKES):
                    token = hashlib.sha256(output["text"].encode() + there).hexdigest()
                    expected = " ".join([*deviations, *shown.split()])
                    self.vectors.append([body["id"], place, mistake, expected, token])

    def text(self) -> str:
        secrets = ",\n".join(json.dumps(here) for here, _, _ in MISTAKES)
        cases = ",\n".join(json.dumps(case) for case in self.vectors)
        return f'{{\n"secrets": [\n{secrets}\n],\n"cases": [\n{cases}\n]\n}}\n'


def differences(body: str, written: str) -> Optional[list[str]]:
    """How a text differs from a body in the Console's form; `None` if it is not the same JSON."""
    try:
        value = json.loads(written)
    except ValueError:
        return None
    if value != json.loads(body):
        return None
    found = []
    text = written.rstrip("\n")
    if text != minified_as_it_is(text):
        found.append(spacing(text))
    keys = [list(pairs) for pairs in key_orders(text)]
    if keys != [list(pairs) for pairs in key_orders(body)]:
        is_sorted = all(names == sorted(names) for names in keys)
        found.append("payload_sorted_keys" if is_sorted else "payload_keys_reordered")
    if sorted(NUMBER.findall(STRING.sub('""', text))) != sorted(NUMBER.findall(STRING.sub('""', body))):
        found.append("payload_numbers_rewritten")
    if len(STRING.findall(text)) == len(STRING.findall(body)) and sorted(STRING.findall(text)) != sorted(STRING.findall(body)):
        found.append("payload_slashes_escaped" if "\\/" in text else "payload_escapes_rewritten")
    if written.endswith("\n"):
        found.append("payload_final_newline_added")
    return found


STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
NUMBER = re.compile(r"-?\d[\d.eE+-]*")


def minified_as_it_is(text: str) -> str:
    """Without space between tokens, which stay as they are written."""
    return "".join(part if part.startswith('"') else "".join(part.split()) for part in re.split(f"({STRING.pattern})", text))


def spacing(text: str) -> str:
    if "\n" not in text:
        return "payload_spaced"
    usual = {"\n  ": "payload_indented_by_2", "\n    ": "payload_indented_by_4", "\n\t": "payload_indented_by_tabs"}
    start = text[1 : text.index('"')]
    colon = re.search(r'"(\s*:\s*)', text)
    is_usual = colon is not None and colon.group(1) == ": " and "[ " not in STRING.sub('""', text)
    if start == "\r\n  " and is_usual:
        return "payload_indented_by_2 payload_crlf"
    return usual.get(start, "payload_indented_otherwise") if is_usual else "payload_indented_otherwise"


def key_orders(text: str) -> Iterator[list[str]]:
    """The keys of every object, in their order."""
    found: list[list[str]] = []
    json.loads(text, object_pairs_hook=lambda pairs: found.append([name for name, _ in pairs]))
    # The order in which objects end depends on the order of keys: compare them by content.
    yield from sorted(found, key=sorted)


def diagnose_writers() -> Writers:
    return Writers()
