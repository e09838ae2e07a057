"""`signature.json`: the token of a payload and a secret."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Callable

from .octets import Bytes, repeated, stream
from .payloads import (
    EVENT,
    EXAMPLES,
    PAYLOAD,
    SECRET,
    SECRET_OF_32_BYTES,
    example,
    minified,
    payload_whose_token,
    pretty,
)
from .rules import payload_id_of, token_of
from .suite import Suite

INPUT_AREA_BYTES = 64 * 1024


def signature_suite() -> Suite:
    suite = Suite(
        "signature.json",
        {
            "formula": "The secret comes first, a separator or newline stands between payload and secret, or HMAC or another hash is used.",
            "payload_block_boundary": "A payload that ends at or beside a 64-byte block of SHA-256 is padded or buffered wrongly.",
            "total_block_boundary": "The padding is wrong when payload and secret together end where the 8-byte length no longer fits in the last block.",
            "payload_length": "A payload beside a usual buffer size (256 bytes to 4 KiB) is cut, or read past its end.",
            "input_area": "A payload longer than a 64 KiB input area, or exactly as long, loses, repeats or cuts a chunk.",
            "input_area_stale": "The second chunk is not copied, so that the bytes of the first one, still in the input area, are hashed again.",
            "input_area_total": "The payload fits into a 64 KiB input area, but the secret behind it does not.",
            "large_payload": "A payload of 1 MiB is refused, or overflows the call stack on its way (String.fromCharCode with all bytes as arguments).",
            "empty_payload": "An empty payload is taken for a missing one.",
            "text_decoding": "The payload is decoded to text before it is hashed, so that bytes which are not UTF-8 become U+FFFD.",
            "double_encoding": "Bytes from 0x80 on are taken for Latin-1 characters and encoded as UTF-8 once more.",
            "byte_order_mark": "A byte-order mark is dropped, as text() of fetch does.",
            "nul_terminated": "A NUL byte ends the payload or the secret, as in a C string.",
            "line_ending": "Line endings are normalised.",
            "payload_trimmed": "White space at the ends of the payload is trimmed.",
            "unicode_normalised": "The text is normalised (NFC or NFD), so that two payloads share a token.",
            "text_length": "The length is counted in characters or UTF-16 units and not in bytes, or astral characters are encoded as two surrogates.",
            "json_reserialised": "The JSON is parsed and written again, and not the raw body but this copy is hashed.",
            "prototype_key": "A payload with the key __proto__ is changed or refused before it is hashed.",
            "hex_leading_zero": "Leading zeros of the digest, or of one of its bytes, are lost in the hexadecimal digits.",
            "secret_block_boundary": "A secret whose length is at or beside a block of SHA-256, or above 64 bytes, is hashed first or padded as an HMAC key.",
            "secret_long": "A secret of up to 4096 bytes is cut to a smaller buffer.",
            "secret_encoding": "The secret is decoded as text, Latin-1, hex or base64 and not taken as bytes.",
            "secret_trimmed": "White space at the ends of the secret, most often the final newline of a file, is trimmed silently.",
            "secret_aliased": "Payload and secret share a buffer, or equal ones are hashed only once.",
            "seam": "Documents the scheme: no separator stands between payload and secret, so bytes can move across the seam without changing the token.",
        },
    )

    def add(id: str, flags: str, payload: Bytes, secret: Bytes = SECRET) -> None:
        suite.add(
            id,
            flags,
            payload=payload,
            secret=secret,
            token=token_of(payload, secret),
            payloadId=payload_id_of(payload),
        )

    add("event", "formula", PAYLOAD)
    for event in EXAMPLES:
        add(f"event_{event['eventName']}", "formula", minified(event))
    add("event_with_secret_of_32_bytes", "formula", PAYLOAD, SECRET_OF_32_BYTES)
    add("secret_is_start_of_payload", "formula", b"secret and more", b"secret")
    add("secret_is_end_of_payload", "formula secret_aliased", b"more and secret", b"secret")

    add_payload_lengths(add)
    add_total_lengths(add)
    add_payload_contents(add)
    add_secrets(add)

    add("seam_payload_ab_secret_c", "seam formula", b"ab", b"c")
    add("seam_payload_a_secret_bc", "seam formula", b"a", b"bc")
    add("seam_payload_empty_secret_abc", "seam formula", b"", b"abc")
    add("seam_event_whose_last_byte_is_in_the_secret", "seam", PAYLOAD[:-1], PAYLOAD[-1:] + SECRET)
    tokens = {vector["id"]: vector["token"] for vector in suite.vectors}
    # The same bytes, cut at three places.
    assert (
        tokens["seam_payload_ab_secret_c"]
        == tokens["seam_payload_a_secret_bc"]
        == tokens["seam_payload_empty_secret_abc"]
        == hashlib.sha256(b"abc").hexdigest()
    )
    assert tokens["seam_event_whose_last_byte_is_in_the_secret"] == tokens["event"]
    return suite


AddSignature = Callable[..., None]


def add_payload_lengths(add: AddSignature) -> None:
    secret = SECRET_OF_32_BYTES
    add("payload_of_0_bytes", "empty_payload payload_block_boundary", b"", secret)
    block_boundaries = [
        *(1, 2, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 127, 128, 129),
        *(183, 184, 191, 192, 193),
    ]
    for length in block_boundaries:
        payload = stream(f"payload {length}", length)
        add(f"payload_of_{length}_bytes", "payload_block_boundary", payload, secret)
    for length in [255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097]:
        payload = stream(f"payload {length}", length)
        flags = "payload_length payload_block_boundary"
        add(f"payload_of_{length}_bytes", flags, payload, secret)

    # A period that divides 64 KiB cannot tell the second chunk from the first;
    # 65536 and 131072 have no other, 65537 and 131071 are primes.
    for length, period in [(65535, 255), (65536, 256), (65537, 1), (131071, 1), (131072, 256)]:
        add(f"payload_of_{length}_bytes", "input_area", repeated(length, period), secret)
    for length, period in [(65538, 331), (131073, 3), (131075, 107), (196611, 3)]:
        flags = "input_area input_area_stale"
        add(f"payload_of_{length}_bytes", flags, repeated(length, period), secret)
    for total, period in [(-1, 31), (0, 89), (1, 397)]:
        length = INPUT_AREA_BYTES - len(secret) + total
        id = f"payload_and_secret_of_{INPUT_AREA_BYTES + total}_bytes"
        add(id, "input_area_total", repeated(length, period), secret)
    add("payload_of_1_mib", "large_payload input_area", repeated(1 << 20, 256), secret)
    add(
        "payload_of_1_mib_and_1_byte",
        "large_payload input_area input_area_stale",
        repeated((1 << 20) + 1, 17),
        secret,
    )


def add_total_lengths(add: AddSignature) -> None:
    for total in [55, 56, 63, 64, 65, 119, 120, 128]:
        for payload_length in [0, 1, total // 2, total - 1]:
            secret_length = total - payload_length
            bytes_ = stream(f"total {total}", total)
            add(
                f"payload_of_{payload_length}_and_secret_of_{secret_length}_bytes",
                "total_block_boundary",
                bytes_[:payload_length],
                bytes_[payload_length:],
            )


def add_payload_contents(add: AddSignature) -> None:
    for name, not_utf_8 in [
        ("byte_ff", b"\xff"),
        ("byte_fe", b"\xfe"),
        ("bytes_ff_fe", b"\xff\xfe"),
        ("lone_continuation_byte", b"\x80"),
        ("overlong_slash", b"\xc0\xaf"),
        ("overlong_nul", b"\xc0\x80"),
        ("cut_sequence", b"\xe2\x82"),
        ("surrogate_in_utf_8", b"\xed\xa0\x80"),
        ("code_point_beyond_unicode", b"\xf4\x90\x80\x80"),
    ]:
        add(f"payload_with_{name}", "text_decoding double_encoding", b'{"v":"' + not_utf_8 + b'"}')
    add(
        "payload_with_replacement_character",
        "text_decoding double_encoding",
        '{"v":"\ufffd"}'.encode(),
    )
    every_byte = bytes(range(256))
    flags = "text_decoding double_encoding nul_terminated"
    add("payload_of_all_256_byte_values", flags, every_byte)
    add("payload_of_all_256_byte_values_backwards", flags, every_byte[::-1])
    add("payload_in_latin_1", "text_decoding double_encoding", '{"v":"perché"}'.encode("latin-1"))
    add("payload_in_utf_8_of_the_same_text", "double_encoding", '{"v":"perché"}'.encode())

    add("payload_after_utf_8_byte_order_mark", "byte_order_mark", b"\xef\xbb\xbf" + PAYLOAD)
    add("payload_of_only_a_byte_order_mark", "byte_order_mark", b"\xef\xbb\xbf")
    add("payload_after_two_byte_order_marks", "byte_order_mark", b"\xef\xbb\xbf" * 2 + PAYLOAD)
    add("payload_with_byte_order_mark_inside", "byte_order_mark", '{"v":"\ufeff"}'.encode())
    text = PAYLOAD.decode()
    flags = "byte_order_mark text_decoding"
    add("payload_in_utf_16_le", flags, b"\xff\xfe" + text.encode("utf-16-le"))
    add("payload_in_utf_16_be", flags, b"\xfe\xff" + text.encode("utf-16-be"))

    add("payload_with_nul_inside", "nul_terminated", b'{"v":"a\x00b"}')
    add("payload_with_trailing_nul", "nul_terminated", PAYLOAD + b"\x00")
    add("payload_of_one_nul", "nul_terminated", b"\x00")
    add("payload_with_leading_nul", "nul_terminated", b"\x00" + PAYLOAD)

    add("payload_with_lf", "line_ending", b'{\n"v": 1\n}')
    add("payload_with_crlf", "line_ending", b'{\r\n"v": 1\r\n}')
    add("payload_with_lone_cr", "line_ending", b'{\r"v": 1\r}')
    add("payload_with_line_separator", "line_ending json_reserialised", '{"v":"\u2028\u2029"}'.encode())
    for name, space in [
        ("newline", b"\n"),
        ("crlf", b"\r\n"),
        ("spaces", b"   "),
        ("tab", b"\t"),
        ("no_break_space", "\u00a0".encode()),
    ]:
        add(f"payload_with_trailing_{name}", "payload_trimmed", PAYLOAD + space)
        add(f"payload_with_leading_{name}", "payload_trimmed", space + PAYLOAD)
    add("payload_of_only_white_space", "payload_trimmed", b" \t\r\n")

    add("payload_with_emoji", "text_length", '{"v":"\U0001f680\U0001f468\u200d\U0001f680"}'.encode())
    add("payload_ending_in_emoji", "text_length", "deployed \U0001f680".encode())
    add("payload_of_3_byte_characters", "text_length", "\u65e5\u672c\u8a9e\u20ac".encode())
    composed = '{"v":"\u00e9\u1e69\uac01"}'
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed == unicodedata.normalize("NFC", composed) != decomposed
    add("payload_in_nfc", "unicode_normalised", composed.encode())
    add("payload_in_nfd", "unicode_normalised", decomposed.encode())
    add("payload_with_compatibility_characters", "unicode_normalised", "\ufb01 \u212b \u2460".encode())

    assert PAYLOAD != pretty(EVENT)
    add("event_pretty", "json_reserialised", pretty(EVENT))
    add("event_pretty_with_tabs", "json_reserialised", json.dumps(EVENT, indent="\t").encode())
    real_event = example("tag_created")
    add("event_tag_created_pretty", "json_reserialised", pretty(real_event))
    add("event_with_spaces_after_separators", "json_reserialised", json.dumps(EVENT).encode())
    add(
        "event_with_keys_sorted",
        "json_reserialised",
        json.dumps(example("tag_created"), sort_keys=True).encode(),
    )
    for name, payload in [
        ("numbers_written_otherwise", rb'{"a":1.0,"b":1e3,"c":-0,"d":0.10,"e":12345678901234567890}'),
        ("escapes_that_are_not_needed", rb'{"a":"\u00e9\/\u0041\ud83d\ude80"}'),
        ("character_that_may_be_escaped", '{"a":"\u00e9/\u007f<>&"}'.encode()),
        ("duplicate_keys", rb'{"a":1,"a":2}'),
        ("keys_that_are_numbers", rb'{"2":"b","1":"a"}'),
        ("no_json", rb"{'a': 1,}"),
    ]:
        add(f"payload_with_{name}", "json_reserialised", payload)
    flags = "prototype_key json_reserialised"
    add("payload_with_proto_key", flags, rb'{"__proto__":{"admin":true},"constructor":{"prototype":{}}}')

    for name, fits in [
        ("first_byte_00", lambda token: token.startswith("00")),
        ("last_byte_00", lambda token: token.endswith("00")),
        ("first_and_last_byte_below_16", lambda token: token[0] == token[62] == "0"),
        ("second_byte_00_and_first_below_16", lambda token: re.match("0[1-9a-f]00", token)),
    ]:
        add(f"token_with_{name}", "hex_leading_zero", payload_whose_token(fits))


def add_secrets(add: AddSignature) -> None:
    for length in [1, 31, 32, 33, 55, 56, 63, 64, 65, 128]:
        secret = stream(f"secret {length}", length)
        add(f"secret_of_{length}_bytes", "secret_block_boundary", PAYLOAD, secret)
    for length in [255, 256, 257, 1024, 4095, 4096]:
        secret = stream(f"secret {length}", length)
        add(f"secret_of_{length}_bytes", "secret_long", PAYLOAD, secret)
    add(
        "secret_of_4096_bytes_with_empty_payload",
        "secret_long empty_payload",
        b"",
        stream("secret 4096", 4096),
    )

    add("secret_that_is_not_utf_8", "secret_encoding", PAYLOAD, b"\xff\xfe\x80secret\xc0\xaf")
    add("secret_of_all_256_byte_values", "secret_encoding nul_terminated", PAYLOAD, bytes(range(256)))
    add("secret_with_emoji", "secret_encoding", PAYLOAD, "segreto \U0001f511".encode())
    add("secret_in_utf_8", "secret_encoding", PAYLOAD, "perché".encode())
    add("secret_in_latin_1", "secret_encoding", PAYLOAD, "perché".encode("latin-1"))
    add("secret_after_byte_order_mark", "secret_encoding byte_order_mark", PAYLOAD, b"\xef\xbb\xbf" + SECRET)
    add("secret_that_looks_like_hex", "secret_encoding", PAYLOAD, b"00112233445566778899aabbccddeeff")
    add("secret_that_looks_like_base64", "secret_encoding", PAYLOAD, b"c2VjcmV0")
    add("secret_that_looks_like_whsec", "secret_encoding", PAYLOAD, b"whsec_c2VjcmV0")

    for name, secret in [
        ("final_newline", SECRET + b"\n"),
        ("final_crlf", SECRET + b"\r\n"),
        ("final_space", SECRET + b" "),
        ("leading_space", b" " + SECRET),
        ("leading_newline", b"\n" + SECRET),
    ]:
        add(f"secret_with_{name}", "secret_trimmed", PAYLOAD, secret)
    add("secret_of_one_newline", "secret_trimmed", PAYLOAD, b"\n")

    add("secret_with_nul_inside", "nul_terminated", PAYLOAD, b"sec\x00ret")
    add("secret_with_trailing_nul", "nul_terminated", PAYLOAD, SECRET + b"\x00")
    add("secret_of_one_nul", "nul_terminated", PAYLOAD, b"\x00")
    add("secret_equal_to_payload", "secret_aliased", SECRET, SECRET)
    add("secret_and_payload_of_one_equal_block", "secret_aliased", b"s" * 64, b"s" * 64)
