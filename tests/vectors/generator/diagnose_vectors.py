"""`diagnose.json`: how a token that does not match was made."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, Callable, Optional
from urllib.parse import quote

from .diagnose_kinds import add_kinds
from .diagnose_writers import shown
from .suite import Suite

EXAMPLES = json.loads((Path(__file__).resolve().parents[1] / "event-examples.json").read_bytes())
SECRET = "it's a secret to everybody"
OTHER = "the secret before"

# What serialisers disagree about: characters, slashes, and how numbers are written.
STRANGE = (
    '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{"z":"caff\u00e8 \U0001f680","a":"<b> & \'x\' = 1",'
    '"path":"a/b","line":"\u2028","size":1.50,"large":12345678901234567890,"small":-0,"exponent":1E5,"empty":{},"none":[]}}'
)


def minified(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def flag_of(deviation: str) -> str:
    return f"Why a token does not match is not told, or told wrongly: {deviation}."


DEVIATIONS = """payload_minified payload_indented_by_2 payload_indented_by_4 payload_indented_by_tabs payload_spaced
payload_sorted_keys payload_ascii_only payload_unescaped payload_html_escaped payload_gson_escaped
payload_slashes_escaped payload_doubly_encoded payload_inner_only payload_object_object payload_empty
payload_final_newline_added payload_final_newline_removed payload_crlf payload_lf payload_trimmed payload_bom_added
payload_bom_removed payload_latin1 payload_mojibake payload_unquoted payload_quoted secret_other secret_trimmed
secret_final_newline secret_unquoted secret_quoted secret_base64_decoded secret_base64_encoded secret_hex_decoded
secret_hex_encoded secret_url_decoded secret_url_encoded secret_lower_case secret_upper_case secret_placeholder
secret_first secret_both_ends payload_only hmac hmac_swapped separator hashed_twice payload_hashed_first
md5 sha1 sha512 token_base64 token_prefixed token_truncated token_spaced token_quoted payload_digit_keys_first
payload_keys_reordered payload_duplicates_dropped payload_numbers_rewritten payload_empty_objects_as_lists payload_dotnet_escaped
payload_escapes_rewritten payload_indented_otherwise payload_inspected payload_bytes_shown payload_value_name
payload_empty_object payload_piece payload_utf16 payload_characters_lost payload_normal_form payload_base64 payload_hex
payload_percent_encoded payload_space_removed payload_lower_case payload_end_added payload_from_base64 payload_from_hex
payload_from_envelope payload_from_escapes payload_from_form payload_from_request payload_from_text payload_from_code
payload_from_bytes payload_from_entities payload_from_mojibake payload_from_latin1 payload_from_utf16
secret_without_invisible secret_with_invisible secret_from_line secret_with_line secret_spaced secret_unescaped
secret_escaped secret_normal_form secret_charset secret_padding secret_expanded secret_piece token_zeros_lost
token_in_line token_separated token_escaped token_invisible token_numbers token_hex_twice payload_nulls_dropped
payload_wrapped payload_from_document payload_from_lines secret_from_document token_repeated""".split()


def diagnose_suite() -> Suite:
    flags = {deviation: flag_of(deviation) for deviation in DEVIATIONS}
    flags["right"] = "A right token is told to be wrong."
    flags["nothing"] = "A cause is made up for a token that has none."
    flags["numbers"] = "Numbers are written otherwise when JSON is spaced otherwise."
    suite = Suite("diagnose.json", flags)

    def add(
        id: str,
        expected: Optional[str],
        held: bytes | str,
        token: bytes | str,
        secret: str = SECRET,
        others: list[str] = [],
        flag: str = "",
    ) -> None:
        payload = held.encode() if isinstance(held, str) else held
        text = token.hex() if isinstance(token, bytes) else token
        deviations = None if expected is None else expected.split()
        suite.add(
            id, flag or expected or "right", payload=payload, secret=secret, others=others, token=text, deviations=deviations
        )

    def signed(id: str, expected: Optional[str], held: bytes | str, was: bytes | str, flag: str = "") -> None:
        """The payload was different when it was signed."""
        bytes_ = was.encode() if isinstance(was, str) else was
        add(id, expected, held, sha256(bytes_, SECRET.encode()), flag=flag)

    for number, event in enumerate(EXAMPLES):
        text = minified(event)
        name = event["eventName"]
        add(f"accepts_{name}_{number}", "", text, sha256(text.encode(), SECRET.encode()), flag="right")
        signed(f"finds_minified_{name}_{number}", "payload_minified", json.dumps(event, indent=2, ensure_ascii=False), text)
        signed(f"finds_spaced_{name}_{number}", "payload_spaced", text, json.dumps(event, ensure_ascii=False))

    event = EXAMPLES[0]
    text = minified(event)
    pretty = json.dumps(event, indent=2, ensure_ascii=False)
    signed("finds_indented_by_2", "payload_indented_by_2", text, pretty)
    signed("finds_indented_by_4", "payload_indented_by_4", text, json.dumps(event, indent=4))
    signed("finds_indented_by_tabs", "payload_indented_by_tabs", text, json.dumps(event, indent="\t"))
    signed("finds_sorted_keys", "payload_sorted_keys", text, json.dumps(event, separators=(",", ":"), sort_keys=True))
    signed("finds_final_newline_added", "payload_final_newline_added", text, text + "\n")
    signed("finds_final_crlf_added", "payload_final_newline_added", text, text + "\r\n")
    signed("finds_final_newline_removed", "payload_final_newline_removed", text + "\n", text)
    signed("finds_final_crlf_removed", "payload_final_newline_removed", text + "\r\n", text)
    signed("finds_crlf", "payload_crlf", pretty, pretty.replace("\n", "\r\n"))
    signed("finds_lf", "payload_lf", pretty.replace("\n", "\r\n"), pretty)
    signed("finds_trimmed", "payload_trimmed", f" {text}  ", text)
    signed("finds_bom_added", "payload_bom_added", text, "\ufeff" + text)
    signed("finds_bom_removed", "payload_bom_removed", "\ufeff" + text, text)
    signed("finds_inner_only", "payload_inner_only", text, minified(event["payload"]))
    signed("finds_object_object", "payload_object_object", text, "[object Object]")
    signed("finds_empty", "payload_empty", text, "")
    signed("finds_doubly_encoded", "payload_doubly_encoded", text, json.dumps(text, ensure_ascii=False))
    signed("finds_unquoted", "payload_unquoted", f"'{text}'", text)
    signed("finds_quoted", "payload_quoted", text, f'"{text}"')
    signed("finds_indented_with_newline", "payload_indented_by_2 payload_final_newline_added", text, pretty + "\n")
    signed("finds_minified_under_bom", "payload_bom_removed payload_minified", "\ufeff" + pretty, text)

    strange = json.loads(STRANGE)
    ascii_only = (
        STRANGE.replace("\u00e8", "\\u00e8").replace("\U0001f680", "\\ud83d\\ude80").replace("\u2028", "\\u2028")
    )
    html = STRANGE.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028")
    gson = html.replace("=", "\\u003d").replace("'", "\\u0027")
    spaced = (
        STRANGE.replace('","', '", "').replace('":', '": ').replace(',"', ', "').replace(",  ", ", ").replace('",  "', '", "')
    )
    assert json.loads(spaced) == json.loads(ascii_only) == json.loads(html) == json.loads(gson) == strange
    signed("finds_ascii_only", "payload_ascii_only", STRANGE, ascii_only)
    signed("finds_unescaped", "payload_unescaped", ascii_only, STRANGE)
    signed("finds_html_escaped", "payload_html_escaped", STRANGE, html)
    signed("finds_gson_escaped", "payload_gson_escaped", STRANGE, gson)
    signed("finds_slashes_escaped", "payload_slashes_escaped", STRANGE, STRANGE.replace("/", "\\/"))
    signed("finds_slashes_unescaped", "payload_unescaped", STRANGE.replace("/", "\\/"), STRANGE)
    quotes = r'{"quote":"say \"a,b\"","path":"c:\\"}'
    signed("finds_spaced_around_escaped_quotes", "payload_spaced", quotes, json.dumps(json.loads(quotes)))
    # What JSON requires stays escaped, and so does half a pair of surrogates.
    for name, held, was in [
        ("up_to_what_json_requires", r'["\u00e9","\u0020","\u0022","\u005c","\u001f","\u007f","\n","\\u00e9"]',
         '["\u00e9"," ","\\"","\\\\","\\u001f","\u007f","\\n","\\\\u00e9"]'),
        ("pairs", r'["\ud800\udc00","\uD83D\uDE80","\udbff\udfff"]', '["\U00010000","\U0001f680","\U0010ffff"]'),
        ("beside_halves", r'["\u00e9","\ud83d","\ude80","\ud83dxude80","\ud83d\nde80","\ud83d\u0041","\ud800\ue000"]',
         '["\u00e9","\\ud83d","\\ude80","\\ud83dxude80","\\ud83d\\nde80","\\ud83dA","\\ud800\ue000"]'),
    ]:
        signed(f"finds_unescaped_{name}", "payload_unescaped", held, was)
    controls = "a\"\\/\b\f\n\r\t\u0001\u001f\u007f\u00e9"
    signed(
        "finds_doubly_encoded_control_characters",
        "payload_doubly_encoded",
        controls,
        json.dumps(controls, ensure_ascii=False),
    )
    signed("finds_php", "payload_slashes_escaped payload_ascii_only", STRANGE, ascii_only.replace("/", "\\/"))
    signed("finds_spaced_with_numbers_as_they_were", "payload_spaced", STRANGE, spaced, flag="payload_spaced numbers")
    signed("finds_minified_with_numbers_as_they_were", "payload_minified", spaced, STRANGE, flag="payload_minified numbers")
    latin1 = '{"eventName":"e","eventTimestamp":1,"payload":{"n":"caff\u00e8"}}'
    python = latin1.replace("\u00e8", "\\u00e8").replace(":", ": ").replace(",", ", ")
    assert json.dumps(json.loads(latin1)) == python
    signed("finds_python", "payload_spaced payload_ascii_only", latin1, python)
    indented = json.dumps(json.loads(latin1), indent=2)
    signed("finds_python_indented", "payload_indented_by_2 payload_ascii_only", latin1, indented)
    by_key = json.dumps(json.loads(STRANGE.replace("1.50", "1.5").replace("1E5", "1").replace("-0", "0")), sort_keys=True)
    signed(
        "finds_python_sorted",
        "payload_spaced payload_sorted_keys payload_ascii_only",
        STRANGE.replace("1.50", "1.5").replace("1E5", "1").replace("-0", "0"),
        by_key,
    )
    signed("finds_latin1", "payload_latin1", latin1, latin1.encode("latin-1"))
    signed("finds_mojibake", "payload_mojibake", latin1, latin1.encode().decode("latin-1"))
    signed("finds_trimmed_bytes_that_are_no_text", "payload_final_newline_removed", b"\xff\n", b"\xff")

    body = text.encode()

    def with_secret(id: str, expected: str, here: str, there: str | bytes, others: list[str] = []) -> None:
        """The secret was different where the token was made."""
        bytes_ = there.encode() if isinstance(there, str) else there
        add(id, expected, text, sha256(body, bytes_), secret=here, others=others)

    with_secret("finds_other_secret", "secret_other", SECRET, OTHER, others=["no", OTHER])
    with_secret("finds_secret_trimmed", "secret_trimmed", SECRET + "\n", SECRET)
    with_secret("finds_secret_trimmed_both", "secret_trimmed", f" {SECRET} ", SECRET)
    with_secret("finds_secret_newline", "secret_final_newline", SECRET, SECRET + "\n")
    with_secret("finds_secret_crlf", "secret_final_newline", SECRET, SECRET + "\r\n")
    with_secret("finds_secret_unquoted", "secret_unquoted", f'"{SECRET}"', SECRET)
    with_secret("finds_secret_quoted", "secret_quoted", SECRET, f"'{SECRET}'")
    raw = bytes(range(200, 232))
    with_secret("finds_secret_base64_decoded", "secret_base64_decoded", base64.b64encode(raw).decode(), raw)
    with_secret("finds_secret_base64url_decoded", "secret_base64_decoded", base64.urlsafe_b64encode(raw).decode(), raw)
    with_secret("finds_secret_base64_encoded", "secret_base64_encoded", SECRET, base64.b64encode(SECRET.encode()))
    with_secret("finds_secret_hex_decoded", "secret_hex_decoded", raw.hex(), raw)
    with_secret("finds_secret_hex_encoded", "secret_hex_encoded", SECRET, SECRET.encode().hex())
    with_secret("finds_secret_url_decoded", "secret_url_decoded", "a%20b%2Fc", "a b/c")
    with_secret("finds_secret_url_encoded", "secret_url_encoded", "a b/c", quote("a b/c", safe=""))
    with_secret("finds_secret_lower_case", "secret_lower_case", "Secret", "secret")
    with_secret("finds_secret_upper_case", "secret_upper_case", "Secret", "SECRET")
    with_secret("finds_secret_undefined", "secret_placeholder", SECRET, "undefined")

    key = SECRET.encode()

    def made(id: str, expected: str, digest: bytes | str) -> None:
        add(id, expected, text, digest)

    made("finds_secret_first", "secret_first", sha256(key, body))
    made("finds_secret_both_ends", "secret_both_ends", sha256(key, body, key))
    made("finds_payload_only", "payload_only", sha256(body))
    add("finds_payload_only_with_an_empty_secret", "payload_only", text, sha256(body), secret="")
    add("finds_hmac_with_an_empty_secret", "hmac", text, hmac.digest(b"", body, "sha256"), secret="")
    made("finds_hmac", "hmac", hmac.digest(key, body, "sha256"))
    made("finds_hmac_swapped", "hmac_swapped", hmac.digest(body, key, "sha256"))
    for name, separator in {"dot": b".", "colon": b":", "nul": b"\0"}.items():
        made(f"finds_separator_{name}", "separator", sha256(body, separator, key))
    made("finds_secret_first_with_separator", "secret_first separator", sha256(key, b".", body))
    made("finds_hashed_twice", "hashed_twice", sha256(sha256(body, key)))
    made("finds_hashed_twice_as_digits", "hashed_twice", sha256(sha256(body, key).hex().encode()))
    made("finds_payload_hashed_first", "payload_hashed_first", sha256(sha256(body), key))
    made("finds_payload_hashed_first_as_digits", "payload_hashed_first", sha256(sha256(body).hex().encode(), key))
    for name in ["md5", "sha1", "sha512"]:
        made(f"finds_{name}", name, hashlib.new(name, body + key).digest())
        made(f"finds_{name}_hmac", f"{name} hmac", hmac.digest(key, body, name))

    right = sha256(body, key)
    digits = right.hex()
    made("finds_token_base64", "token_base64", base64.b64encode(right).decode())
    made("finds_token_base64url", "token_base64", base64.urlsafe_b64encode(right).decode().rstrip("="))
    made("finds_token_base64_of_digits", "token_base64", base64.b64encode(digits.encode()).decode())
    made("finds_token_prefixed", "token_prefixed", f"SHA256={digits}")
    made("finds_token_bearer", "token_prefixed", f"Bearer {digits}")
    made("finds_token_behind_two_prefixes", "token_prefixed", f"Bearer sha256={digits}")
    made("finds_token_behind_its_header", "token_prefixed", f"X-Mia-Token: {digits}")
    made("finds_token_truncated", "token_truncated", digits[:40])
    made("finds_token_without_its_last_digit", "token_truncated", digits[:63])
    made("finds_token_spaced", "token_spaced", f" {digits}\n")
    made("finds_token_quoted", "token_quoted", f'"{digits}"')
    made("finds_hmac_in_base64", "hmac token_base64", base64.b64encode(hmac.digest(key, body, "sha256")).decode())
    add("accepts_prefix_and_upper_case", "", text, f"sha256={digits.upper()}", flag="right")
    add(
        "finds_three_at_once",
        "payload_minified secret_final_newline hmac",
        pretty,
        hmac.digest(key + b"\n", body, "sha256"),
    )

    def kind(id: str, expected: str, held: str | bytes, secret: str, token: str, others: list[str] = []) -> None:
        add(f"finds_{id}", expected, held, token, secret=secret, others=others)

    add_kinds(kind)
    for id, expected, held, was in shown():
        signed(f"finds_{id}", expected, held, was)

    made("finds_token_in_mixed_quotes", "token_in_line", f'"{digits}\'')

    for number in range(3):
        random = sha256(b"no payload of ours", bytes([number]))
        add(f"finds_nothing_{number}", None, EXAMPLES[number % len(EXAMPLES)] and text, random, flag="nothing")
    for name, token in {"empty": "", "words": "not a token", "short": digits[:14], "odd": digits + "0"}.items():
        add(f"finds_nothing_in_{name}", None, text, token, flag="nothing")
    add("finds_nothing_in_a_secret_without_its_ends", None, "{}", sha256(b"{}", b"ecre"), secret="secret", flag="nothing")
    signed("finds_nothing_in_a_payload_in_mixed_quotes", None, "\"text'", "text", flag="nothing")
    return suite
