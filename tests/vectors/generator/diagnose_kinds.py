"""The mistakes that people make, in several spellings each: cases of `diagnose.json`."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import html
import io
import json
import shlex
import unicodedata
from typing import Callable
from urllib.parse import quote, urlencode

# id, deviations, the payload here, the secret here, the token, other secrets
Add = Callable[..., None]

EVENT = {
    "eventName": "tag_created",
    "eventTimestamp": 1767225600000,
    "payload": {"projectId": "65f1c0ffee", "tagName": "v1.4.0", "message": "per\u00f2 \u2013 \"ok\" <b> & 5\u20ac", "by": {"name": "Zo\u00eb"}},
}
PLAIN = {"eventName": "user_added", "eventTimestamp": 1767225601234, "payload": {"tenantId": "acme", "email": "a+b@example.org", "groups": ["x", "y"]}}
SECRET = "Kx7#pQ2m$Zr9!vLw"
OTHER = "7Qm-another-secret-4f"


def minified(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def sha256(*parts: bytes | str) -> str:
    joined = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(joined).hexdigest()


BODY = minified(EVENT)
ASCII = minified(PLAIN)


def add_kinds(add: Add) -> None:
    for function in [charsets, texts_of_values, encodings, changes, bodies_inside, tokens, secrets_here, secrets_there, together]:
        function(add)


def charsets(add: Add) -> None:
    """The text in another charset when it was signed, and the same from the other side."""

    def signed(id: str, deviation: str, was: bytes, here: bytes | str = BODY) -> None:
        add(f"charset_{id}", deviation, here, SECRET, sha256(was, SECRET))

    latin = '{"eventName":"tag_created","payload":{"city":"Forl\u00ec","note":"\u00e7a va, \u00fcber"}}'
    utf8 = latin.encode()
    signed("latin1", "payload_latin1", latin.encode("latin-1"), latin)
    signed("windows_1252", "payload_latin1", BODY.encode("cp1252"))
    signed("code_page_850", "payload_latin1", latin.encode("cp850"), latin)
    signed("mojibake_latin1", "payload_mojibake", utf8.decode("latin-1").encode(), latin)
    signed("mojibake_windows_1252", "payload_mojibake", BODY.encode().decode("cp1252").encode())
    signed("mojibake_code_page_850", "payload_mojibake", utf8.decode("cp850").encode(), latin)
    for name, codec in [("utf16_le", "utf-16-le"), ("utf16_be", "utf-16-be"), ("utf16_with_mark", "utf-16")]:
        signed(name, "payload_utf16", ASCII.encode(codec), ASCII)
    signed("ascii_question_marks", "payload_characters_lost", BODY.encode("ascii", "replace"))
    signed("ascii_ignored", "payload_characters_lost", BODY.encode("ascii", "ignore"))
    signed("ascii_replaced_by_bytes", "payload_characters_lost", BODY.encode().decode("ascii", "replace").encode())
    decomposed = unicodedata.normalize("NFD", BODY)
    signed("nfd", "payload_normal_form", decomposed.encode())
    signed("nfc", "payload_normal_form", BODY.encode(), decomposed)
    signed("nfc_of_korean", "payload_normal_form", "\uac00\ub098".encode(), unicodedata.normalize("NFD", "\uac00\ub098"))

    # The payload here was changed; the token belongs to the bytes that arrived.
    signed("here_mojibake_latin1", "payload_from_mojibake", utf8, utf8.decode("latin-1"))
    signed("here_mojibake_windows_1252", "payload_from_mojibake", BODY.encode(), BODY.encode().decode("cp1252"))
    signed("here_latin1", "payload_from_latin1", utf8, latin.encode("latin-1"))
    signed("here_windows_1252", "payload_from_latin1", BODY.encode(), BODY.encode("cp1252"))
    signed("here_code_page_850", "payload_from_latin1", utf8, latin.encode("cp850"))
    for name, codec in [("le", "utf-16-le"), ("be", "utf-16-be"), ("with_mark", "utf-16")]:
        signed(f"here_utf16_{name}", "payload_from_utf16", BODY.encode(), BODY.encode(codec))


def texts_of_values(add: Add) -> None:
    def signed(id: str, deviation: str, was: bytes | str, here: str = ASCII) -> None:
        add(f"text_{id}", deviation, here, SECRET, sha256(was, SECRET))

    body = ASCII.encode()
    signed("python_bytes", "payload_bytes_shown", repr(body))
    signed("python_bytes_beyond_ascii", "payload_bytes_shown", repr(BODY.encode()), BODY)
    signed("python_bytearray", "payload_bytes_shown", repr(bytearray(body)))
    signed("python_dict", "payload_inspected", str(PLAIN))
    signed("python_dict_beyond_ascii", "payload_inspected", str(EVENT), BODY)
    words = {"eventName": "e", "payload": {"a": None, "b": True, "c": [False, 1.5], "d": "it's"}}
    signed("python_dict_with_words", "payload_inspected", repr(words), minified(words))
    signed("python_list_of_bytes", "payload_bytes_shown", str(list(body)))
    signed("uint8array", "payload_bytes_shown", ",".join(map(str, body)))
    signed("buffer_as_json", "payload_bytes_shown", minified({"type": "Buffer", "data": list(body)}))
    signed("uint8array_as_json", "payload_bytes_shown", minified({str(place): byte for place, byte in enumerate(body)}))
    signed("java_bytes", "payload_bytes_shown", "[" + ", ".join(str(byte - 256 if byte > 127 else byte) for byte in BODY.encode()) + "]", BODY)
    shown = " ".join(f"{byte:02x}" for byte in body[:50])
    signed("node_buffer", "payload_bytes_shown", f"<Buffer {shown} ... {len(body) - 50} more bytes>")
    signed("bit_converter", "payload_bytes_shown", "-".join(f"{byte:02X}" for byte in body))
    for name in ["[object Promise]", "undefined", "null", "None", "Array", "[object ReadableStream]", "[object ArrayBuffer]", "System.Byte[]"]:
        signed("".join(letter if letter.isalpha() else "_" for letter in name.strip("[]").lower()), "payload_value_name", name)
    signed("empty_object", "payload_empty_object", "{}")


def encodings(add: Add) -> None:
    def signed(id: str, deviation: str, was: bytes | str, here: str = ASCII) -> None:
        add(f"encoded_{id}", deviation, here, SECRET, sha256(was, SECRET))

    body = ASCII.encode()
    signed("base64", "payload_base64", base64.b64encode(body))
    signed("base64_beyond_ascii", "payload_base64", base64.b64encode(BODY.encode()), BODY)
    signed("base64_in_quotes", "payload_base64", json.dumps(base64.b64encode(body).decode()))
    signed("hex", "payload_hex", body.hex())
    signed("hex_in_upper_case", "payload_hex", body.hex().upper())
    signed("form", "payload_percent_encoded", urlencode({"payload": ASCII}))
    signed("percent", "payload_percent_encoded", quote(ASCII, safe=""))
    signed("form_key", "payload_percent_encoded", urlencode({ASCII: ""}))
    for name, text in {"line": base64.b64encode(body) + b"\n", "lines": base64.encodebytes(body), "unpadded": base64.b64encode(b"{}!!").rstrip(b"=")}.items():
        signed(f"base64_{name}", "payload_base64", text, "{}!!" if name == "unpadded" else ASCII)
    signed("form_of_another_name", "payload_percent_encoded", urlencode({"data": ASCII}))
    apostrophe = minified({"eventName": "e", "payload": {"note": "l'ora (1)!"}})
    signed("component", "payload_percent_encoded", quote(apostrophe, safe="-_.!~*'()"), apostrophe)
    for name, text in {"body": '{"body":%s}', "data": '{"data":%s}', "list": "[%s]"}.items():
        signed(f"wrapped_in_{name}", "payload_wrapped", text % ASCII)
    nulls = minified({"eventName": "e", "a": None, "payload": {"b": 1, "c": None}})
    signed("without_nulls", "payload_nulls_dropped", '{"eventName":"e","payload":{"b":1}}', nulls)
    signed("twice", "payload_doubly_encoded", json.dumps(ASCII))
    signed("twice_beyond_ascii", "payload_doubly_encoded", json.dumps(BODY), BODY)
    signed("escaped", "payload_doubly_encoded", json.dumps(ASCII)[1:-1])


def changes(add: Add) -> None:
    def signed(id: str, deviation: str, was: bytes | str, here: str = ASCII) -> None:
        add(f"changed_{id}", deviation, here, SECRET, sha256(was, SECRET))

    signed("without_space", "payload_space_removed", "".join(BODY.split()), BODY)
    signed("without_space_from_indented", "payload_space_removed", "".join(BODY.split()), json.dumps(EVENT, indent=2, ensure_ascii=False))
    signed("lower_case", "payload_lower_case", ASCII.lower())
    # Directly before the secret they would be separators.
    for name, end in {"space_after": " ", "zero_byte": "\0"}.items():
        add(f"changed_{name}", "payload_end_added hmac", ASCII, SECRET, hmac.digest(SECRET.encode(), (ASCII + end).encode(), "sha256").hex())
    signed("line_before", "payload_end_added", "\n" + ASCII)
    signed("two_newlines", "payload_final_newline_added", ASCII + "\n\n")
    long = minified({"eventName": "e", "payload": {"text": "0123456789" * 500}})
    for name, was in [("first_4_kib", long[:4096]), ("first_1_kib", long[:1024]), ("last_4_kib", long[4096:])]:
        signed(name, "payload_piece", was, long)


def bodies_inside(add: Add) -> None:
    """The payload here holds the body, or is another notation of it."""

    def inside(id: str, deviations: str, here: str | bytes, body: str = BODY, secret: str = SECRET) -> None:
        add(f"inside_{id}", deviations, here, secret, sha256(body, secret))

    b64 = base64.b64encode(BODY.encode()).decode()
    inside("base64", "payload_from_base64", b64)
    inside("base64url", "payload_from_base64", base64.urlsafe_b64encode(BODY.encode()).decode().rstrip("="))
    inside("base64_in_lines", "payload_from_base64", base64.encodebytes(BODY.encode()))
    inside("hex", "payload_from_hex", BODY.encode().hex())
    inside("json_string", "payload_from_escapes", json.dumps(BODY))
    inside("json_string_unicode", "payload_from_escapes", json.dumps(BODY, ensure_ascii=False))
    inside("log_escapes", "payload_from_escapes", json.dumps(BODY)[1:-1])
    inside("log_escapes_twice", "payload_from_escapes", json.dumps(json.dumps(BODY)[1:-1])[1:-1])
    inside("python_bytes", "payload_from_escapes", repr(BODY.encode()))
    inside("javascript_code", "payload_from_escapes", "'" + ASCII.replace('"', '\\"') + "'", ASCII)
    rows = io.StringIO()
    csv.writer(rows, quoting=csv.QUOTE_ALL).writerow([ASCII])
    inside("csv", "payload_from_escapes", rows.getvalue().strip(), ASCII)
    inside("html", "payload_from_entities", html.escape(BODY))
    inside("html_without_apostrophes", "payload_from_entities", html.escape(ASCII, quote=True).replace("&#x27;", "'"), ASCII)
    inside("python_dict", "payload_from_code", str(PLAIN), ASCII)
    inside("python_dict_pretty", "payload_from_code", str(PLAIN).replace(", ", ",\n "), ASCII)
    inside("javascript_object", "payload_from_code", "{ eventName: 'e', payload: { a: null, b: [1, 2,], }, }", '{"eventName":"e","payload":{"a":null,"b":[1,2]}}')
    inside("ruby_hash", "payload_from_code", '{"eventName"=>"e", "payload"=>{"a"=>nil, "b"=>true}}', '{"eventName":"e","payload":{"a":null,"b":true}}')
    inside("buffer", "payload_from_bytes", minified({"type": "Buffer", "data": list(BODY.encode())}))
    inside("list_of_bytes", "payload_from_bytes", str(list(BODY.encode())))
    inside("signed_bytes", "payload_from_bytes", str([byte - 256 if byte > 127 else byte for byte in BODY.encode()]))
    inside("digits_in_pairs", "payload_from_bytes", " ".join(f"{byte:02x}" for byte in BODY.encode()))
    inside("form", "payload_from_form", urlencode({"payload": BODY}))
    inside("form_among_others", "payload_from_form", urlencode({"id": "7", "data": BODY, "x": ""}))
    inside("percent", "payload_from_form", quote(BODY))

    head = "POST /hook HTTP/1.1\r\nHost: example.org\r\nContent-Type: application/json\r\nX-Mia-Token: 00\r\n\r\n"
    inside("request", "payload_from_request", head + BODY)
    inside("request_with_lf", "payload_from_request", head.replace("\r\n", "\n") + BODY)
    inside("headers_and_body", "payload_from_request", "content-type: application/json\nx-forwarded-for: 10.0.0.1\n\n" + BODY)
    inside("log_line", "payload_from_text", "2026-01-01T00:00:00Z INFO body=" + ASCII, ASCII)
    inside("curl", "payload_from_text", f"curl -X POST https://example.org -d {shlex.quote(ASCII)}", ASCII)
    inside("fence", "payload_from_text", f"```json\n{ASCII}\n```", ASCII)

    gateway = {"resource": "/hook", "httpMethod": "POST", "headers": {"X-Mia-Token": "0"}, "requestContext": {"stage": "x"}}
    sqs = {"Records": [{"messageId": "1", "body": BODY, "attributes": {}}]}
    sns = {"Type": "Notification", "MessageId": "2", "Message": BODY, "Timestamp": "2026"}
    envelope = "payload_from_envelope"
    inside("gateway", envelope, json.dumps({**gateway, "body": BODY, "isBase64Encoded": False}))
    inside("gateway_base64", f"{envelope} payload_from_base64", json.dumps({**gateway, "body": b64, "isBase64Encoded": True}, indent=2))
    inside("sqs", envelope, json.dumps(sqs))
    inside("sns", envelope, json.dumps(sns, indent=4))
    inside("sns_in_sqs", envelope, json.dumps({"Records": [{"body": json.dumps(sns)}]}))
    inside("pub_sub", f"{envelope} payload_from_base64", minified({"message": {"data": b64, "messageId": "3"}, "subscription": "s"}))
    inside("event_bridge", envelope, json.dumps({"version": "0", "detail-type": "x", "detail": PLAIN}, separators=(",", ":")), ASCII)
    inside("any_name", envelope, json.dumps({"a": [1, {"whatever": {"raw": BODY}}]}))
    inside("parsed_body", envelope, minified({"headers": {}, "body": PLAIN}), ASCII)
    inside("parsed_body_indented", f"{envelope} payload_minified", json.dumps({"headers": {}, "body": PLAIN}, indent=2), ASCII)
    inside("list", envelope, f"[{ASCII}]", ASCII)
    inside("data_url", "payload_from_base64", "data:application/json;base64," + b64)
    inside("python_bytes_of_base64", "payload_unquoted payload_from_base64", f"b'{b64}'")
    inside("postgres_bytea", "payload_from_hex", "\\x" + BODY.encode().hex())
    inside("hex_after_0x", "payload_from_hex", "0x" + BODY.encode().hex())
    digits = BODY.encode().hex()
    inside("xxd", "payload_from_hex", "\n".join(digits[place : place + 60] for place in range(0, len(digits), 60)))
    italian = minified({"eventName": "e", "payload": {"note": "l'ora dell'evento"}})
    inside("shell_quotes", "payload_from_escapes payload_unquoted", "'" + italian.replace("'", "'\\''") + "'", italian)
    inside("sql_quotes", "payload_from_escapes payload_unquoted", "'" + italian.replace("'", "''") + "'", italian)
    inside("wrapped_at_80", "payload_from_lines", "\n".join(italian[place : place + 40] for place in range(0, len(italian), 40)), italian)
    inside("typographic_quotes", "payload_from_document", ASCII.replace('{"', '{\u201c').replace('"', '\u201d'), ASCII)
    spaced = minified({"eventName": "e", "payload": {"note": "two words here"}})
    inside("no_break_spaces", "payload_from_document", spaced.replace(" ", "\u00a0"), spaced)
    inside("zero_width_spaces", "payload_from_document", spaced.replace("two", "t\u200bwo"), spaced)
    inside("utf16_of_ascii", "payload_from_utf16", ASCII.encode("utf-16-le"), ASCII)
    inside("base64_of_utf16", "payload_from_base64 payload_from_utf16", base64.b64encode(ASCII.encode("utf-16-le")).decode(), ASCII)
    inside("mojibake_of_a_console", "payload_from_mojibake", BODY.replace("\u2013", "x").replace("\u20ac", "y").encode().decode("cp850"), BODY.replace("\u2013", "x").replace("\u20ac", "y"))
    # From the other side as well: a secret with a newline, another construction, another secret.
    newline = SECRET + "\n"
    add("inside_base64_and_secret_newline", "payload_from_base64 secret_final_newline", b64, SECRET, sha256(BODY, newline))
    add("inside_envelope_and_hmac", f"{envelope} hmac", json.dumps(sqs), SECRET, hmac.digest(SECRET.encode(), BODY.encode(), "sha256").hex())
    add("inside_escapes_and_another_secret", "payload_from_escapes secret_other", json.dumps(BODY), SECRET, sha256(BODY, OTHER), ["no", OTHER])
    add("inside_base64_written_again", "payload_from_base64 payload_spaced payload_ascii_only", b64, SECRET, sha256(json.dumps(EVENT), SECRET))


def tokens(add: Add) -> None:
    def token(id: str, deviations: str, text: str, body: str = ASCII) -> None:
        add(f"token_{id}", deviations, body, SECRET, text)

    right = sha256(ASCII, SECRET)
    raw = bytes.fromhex(right)

    def with_start(start: str) -> str:
        """A payload whose digest begins so."""
        return next(body for body in (minified({"eventName": "e", "n": n}) for n in range(100000)) if sha256(body, SECRET).startswith(start))

    for zeros in ["0", "00", "000"]:
        body = with_start(zeros)
        digits = sha256(body, SECRET)
        token(f"lost_{zeros}", "token_zeros_lost", format(int(digits, 16), "x"), body)
    token("zeros_lost_in_each_byte", "token_zeros_lost", "".join(format(byte, "x") for byte in raw))
    token("zeros_lost_in_upper_case", "token_zeros_lost", "".join(format(byte, "X") for byte in raw))
    token("bytes_of_java", "token_zeros_lost", "".join(("ffffff" if byte > 127 else "") + format(byte, "x") for byte in raw))
    for name, line in {
        "openssl": f"SHA2-256(stdin)= {right}",
        "openssl_before_3": f"(stdin)= {right}",
        "openssl_file": f"HMAC-SHA256(payload.json)= {right}",
        "openssl_reversed": f"{right} *stdin",
        "coreutils": f"{right}  -",
        "coreutils_file": f"{right}  payload.json",
        "bsd": f"SHA256 (payload.json) = {right}",
        "powershell": f"SHA256          {right.upper()}       C:\\payload.json",
        "json": json.dumps({"token": right}),
        "json_member": f'"X-Mia-Token": "{right}",',
        "curl_option": f"-H 'X-Mia-Token: {right}'",
        "code": f'const token = "{right}";',
        "stripe": f"t=1767225600,v1={right}",
        "keyed": f'keyId="a",signature="{right}"',
    }.items():
        token(f"line_{name}", "token_in_line", line)
    token("line_base64", "token_in_line token_base64", f"signature: {base64.b64encode(raw).decode()};")
    pairs = [right[place : place + 2] for place in range(0, 64, 2)]
    token("colons", "token_separated", ":".join(pairs))
    token("hyphens_in_upper_case", "token_separated", "-".join(pairs).upper())
    token("spaces", "token_separated", " ".join(pairs))
    token("groups_of_eight", "token_separated", " ".join(right[place : place + 8] for place in range(0, 64, 8)))
    token("prefix_bearer", "token_prefixed", f"Bearer {right}")
    token("prefix_sha_256", "token_prefixed", f"SHA-256={right}")
    token("prefix_0x", "token_prefixed", f"0x{right.upper()}")
    token("prefix_in_quotes", "token_quoted token_prefixed", f'"sha256:{right}"')
    token("backquotes", "token_quoted", f"`{right}`")
    token("typographic_quotes", "token_quoted", f"\u201c{right}\u201d")
    token("angle_brackets", "token_quoted", f"<{right}>")
    token("byte_order_mark", "token_invisible", f"\ufeff{right}")
    token("zero_width_space", "token_invisible", f"{right[:20]}\u200b{right[20:]}")
    token("no_break_space", "token_invisible", f"{right}\u00a0")
    token("base64_percent", "token_escaped token_base64", quote(base64.b64encode(raw).decode(), safe=""))
    token("twice", "token_repeated", right + right)
    token("twice_with_a_comma", "token_separated token_repeated", f"{right}, {right}")
    token("bytea", "token_prefixed", "\\x" + right)
    token("base64_of_a_line", "token_base64", base64.b64encode(f"{right}\n".encode()).decode())
    token("list", "token_numbers", str(list(raw)))
    token("signed_list", "token_numbers", str([byte - 256 if byte > 127 else byte for byte in raw]))
    token("buffer", "token_numbers", minified({"type": "Buffer", "data": list(raw)}))
    token("digits_of_digits", "token_hex_twice", right.encode().hex())
    token("without_its_first_digits", "token_truncated", right[5:])
    token("elided", "token_truncated", f"{right[:10]}\u2026{right[-8:]}")
    token("elided_by_dots", "token_truncated", f"{right[:32]}...")


def secrets_here(add: Add) -> None:
    """The secret here has something around it, or is written otherwise."""

    def here(id: str, deviations: str, secret: str, there: str | bytes = SECRET, body: str = ASCII) -> None:
        add(f"secret_here_{id}", deviations, body, secret, sha256(body, there))

    key = "q8Jd-Lw2_sX5pTn0"
    for name, line in {
        "env": f"MIA_WEBHOOK_SECRET={key}",
        "env_lower": f"webhook_secret={key}",
        "yaml": f"secret: {key}",
        "yaml_key": f"miaWebhookSecret: {key}",
        "dockerfile": f"ENV SECRET {key}",
        "bearer": f"Bearer {key}",
        "semicolon": f"{key};",
        "comma": f"{key},",
        "comment": f"{key} # the webhook's secret",
        "json": json.dumps({"MIA_WEBHOOK_SECRET": key}),
        "json_nested": json.dumps({"data": {"secret": key, "n": 1}}, indent=2),
        "set": f"set SECRET={key}",
        "docker": f"-e SECRET={key}",
        "header": f"X-Mia-Secret: {key}",
    }.items():
        here(f"line_{name}", "secret_from_line", line, key)
    here("line_export", "secret_from_line", f"export SECRET={key}", key)
    here("line_in_quotes", "secret_from_line secret_unquoted", f'MIA_SECRET="{key}"', key)
    here("line_export_in_quotes", "secret_from_line secret_unquoted", f"export MIA_SECRET='{key}'", key)
    for name, line in {
        "javascript": f'const secret = "{key}";',
        "java": f'private static final String SECRET = "{key}";',
        "php": f"$secret = '{key}';",
    }.items():
        here(f"code_{name}", "secret_from_line secret_unquoted", line, key)
    for name, line in {
        "bold": f"**{key}**",
        "parentheses": f"({key})",
        "double_braces": "{{" + key + "}}",
        "list": f"- {key}",
        "colon_after": f"{key}:",
        "full_stop": f"{key}.",
        "prompt_of_zsh": f"{key}%",
        "table": f"| {key} |",
    }.items():
        here(f"framed_{name}", "secret_from_line", line, key)
    here("file_of_several_lines", "secret_from_line", f"# the Console's\nPORT=3000\nMIA_SECRET={key}\nLOG=debug\n", key)
    here("broken_over_lines", "secret_without_invisible", f"{key[:8]}\n{key[8:]}", key)
    here("apostrophe_of_a_telephone", "secret_from_document", "it\u2019s a secret", "it's a secret")
    here("dash_of_a_document", "secret_from_document", key.replace("-", "\u2013"), key)
    here("quotes_and_line_break", "secret_trimmed secret_unquoted", f'"{SECRET}"\n')
    here("line_break_in_quotes", "secret_unquoted secret_trimmed", f'"{SECRET}\n"')
    here("backquotes", "secret_unquoted", f"`{SECRET}`")
    here("typographic_quotes", "secret_unquoted", f"\u201c{SECRET}\u201d")
    here("angle_brackets", "secret_unquoted", f"<{SECRET}>")
    here("single_quotes", "secret_unquoted", f"'{SECRET}'")
    here("byte_order_mark", "secret_without_invisible", f"\ufeff{SECRET}")
    here("zero_width_space", "secret_without_invisible", f"{SECRET}\u200b")
    here("soft_hyphen", "secret_without_invisible", f"{SECRET[:4]}\u00ad{SECRET[4:]}")
    here("direction_mark", "secret_without_invisible", f"\u200e{SECRET}")
    here("carriage_return", "secret_trimmed", f"{SECRET}\r")
    here("no_break_space", "secret_trimmed", f"{SECRET}\u00a0")
    here("escape_n", "secret_unescaped", "ab12cd34\\n", "ab12cd34\n")
    here("escape_n_trimmed", "secret_unescaped secret_trimmed", "ab12cd34\\n", "ab12cd34")
    here("escaped_quote", "secret_unescaped", 'say \\"hi\\" now', 'say "hi" now')
    here("escaped_dollar", "secret_unescaped", "p\\$ssw\\$rd", "p$ssw$rd")
    here("unicode_escape", "secret_unescaped", "caff\\u00e8-7", "caff\u00e8-7")
    here("entities", "secret_unescaped", "a&amp;b&lt;c", "a&b<c")
    strange = "caff\u00e8-\u00fcber-1"
    here("nfd", "secret_normal_form", unicodedata.normalize("NFD", strange), strange)
    here("nfc", "secret_normal_form", strange, unicodedata.normalize("NFD", strange))
    here("nfd_of_an_angstrom", "secret_normal_form", "A\u030angstr\u00f6m"[0:2] + "x", "\u00c5x")
    here("mojibake", "secret_charset", strange.encode().decode("latin-1"), strange)
    padded = base64.b64encode(b"sixteen bytes ok").decode()
    here("padding_lost", "secret_padding", padded.rstrip("="), padded)
    here("padding_added", "secret_padding", padded, padded.rstrip("="))
    here("padding_half_lost", "secret_padding", padded[:-1], padded)
    here("base64", "secret_base64_decoded", base64.b64encode(SECRET.encode()).decode())
    here("base64_of_a_line", "secret_base64_decoded secret_trimmed", base64.b64encode((SECRET + "\n").encode()).decode())
    here("base64_twice", "secret_base64_decoded", base64.b64encode(base64.b64encode(SECRET.encode())).decode())
    raw = bytes(range(180, 204))
    here("whsec", "secret_from_line secret_base64_decoded", "whsec_" + base64.b64encode(raw).decode(), raw)
    here("base64_prefix", "secret_from_line secret_base64_decoded", "base64:" + base64.b64encode(raw).decode(), raw)


def secrets_there(add: Add) -> None:
    """The sender's secret was another one."""

    def there(id: str, deviations: str, was: str | bytes, secret: str = SECRET, body: str = ASCII) -> None:
        add(f"secret_there_{id}", deviations, body, secret, sha256(body, was))

    there("backquotes", "secret_quoted", f"`{SECRET}`")
    there("single_quotes", "secret_quoted", f"'{SECRET}'")
    there("quotes_and_newline", "secret_quoted", f'"{SECRET}"\n')
    there("space_after", "secret_spaced", f"{SECRET} ")
    there("space_before", "separator", f" {SECRET}")
    there("tab_after", "secret_spaced", f"{SECRET}\t")
    there("escape_n", "secret_escaped", f"{SECRET}\\n")
    there("escaped_quotes", "secret_escaped", 'a\\"b\\"c', 'a"b"c')
    there("escape_r_n", "secret_escaped", f"{SECRET}\\r\\n")
    there("byte_order_mark", "secret_with_invisible", f"\ufeff{SECRET}")
    there("zero_width_space", "secret_with_invisible", f"{SECRET}\u200b")
    there("zero_byte", "secret_with_invisible", f"{SECRET}\0")
    there("name", "secret_with_line", f"MIA_WEBHOOK_SECRET={SECRET}")
    there("bearer", "secret_with_line", f"Bearer {SECRET}")
    there("semicolon", "secret_with_line", f"{SECRET};")
    there("base64_of_a_line", "secret_final_newline secret_base64_encoded", base64.b64encode((SECRET + "\n").encode()))
    there("base64_in_a_line", "secret_base64_encoded secret_final_newline", base64.b64encode(SECRET.encode()) + b"\n")
    there("parentheses", "secret_quoted", f"({SECRET})")
    there("entity", "secret_escaped", "a&amp;b7", "a&b7")
    there("dollar_escaped", "secret_escaped", "p\\$ss-7", "p$ss-7")
    there("caret_of_cmd", "secret_expanded", "p&ss-7", "p^&ss-7")
    there("capital_letter", "secret_upper_case", "Kitten-7-blue", "kitten-7-blue")
    there("apostrophe_of_a_telephone", "secret_from_document", "it\u2019s mine", "it's mine")
    there("carriage_return", "secret_final_newline", f"{SECRET}\r")
    there("dollar_expanded", "secret_expanded", "pa-9!x", "pa$word-9!x")
    there("dollar_digit_expanded", "secret_expanded", "pa2", "pa$12")
    there("cut_at_a_hash", "secret_expanded", "abcdef", "abcdef#123456")
    there("dollars_halved", "secret_expanded", "ab$cd", "ab$$cd")
    there("cut_at_32", "secret_piece", ("0123456789abcdefghij" * 3)[:32], "0123456789abcdefghij" * 3)
    there("without_its_last_character", "secret_piece", SECRET[:-1])
    there("without_its_first_character", "secret_piece", SECRET[1:])
    there("latin1", "secret_charset", "caff\u00e8 n\u00ba 1".encode("latin-1"), "caff\u00e8 n\u00ba 1")
    there("question_mark", "secret_charset", "caff? n? 1", "caff\u00e8 n\u00ba 1")
    there("utf16", "secret_charset", SECRET.encode("utf-16-le"))
    for word in ["undefined", "null", "None", "nil", "[object Object]"]:
        there(f"placeholder_{word.strip('[]').replace(' ', '_').lower()}", "secret_placeholder", word)


def together(add: Add) -> None:
    """Several at once, and other secrets in their forms."""

    spaced = json.dumps(PLAIN)
    add("two_python_and_newline", "payload_spaced secret_final_newline", ASCII, SECRET, sha256(spaced, SECRET, "\n"))
    add("two_dict_and_hmac", "payload_inspected hmac", ASCII, SECRET, hmac.digest(SECRET.encode(), str(PLAIN).encode(), "sha256").hex())
    add("two_other_secret_in_quotes", "secret_other secret_unquoted", ASCII, SECRET, sha256(ASCII, OTHER), ["x", f'"{OTHER}"'])
    add("two_other_secret_with_newline", "secret_other secret_final_newline", ASCII, SECRET, sha256(ASCII, OTHER, "\n"), [OTHER])
    add("two_base64_body_and_secret_line", "payload_base64 secret_from_line", ASCII, f"SECRET={OTHER}", sha256(base64.b64encode(ASCII.encode()), OTHER))
    right = hmac.digest(SECRET.encode(), ASCII.encode(), "sha256")
    add("two_hmac_with_colons", "hmac token_separated", ASCII, SECRET, ":".join(f"{byte:02X}" for byte in right))
    add("two_hmac_in_a_line", "hmac token_in_line", ASCII, SECRET, f"HMAC-SHA2-256(stdin)= {right.hex()}")
