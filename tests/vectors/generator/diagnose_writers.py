"""Cases of `diagnose.json` from what the real writers of JSON wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Iterator

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
