"""`token-surrogates.json`: tokens that only a language with UTF-16 strings can hold."""

from __future__ import annotations

from .suite import Suite
from .token_vectors import AddToken, replaced


def token_surrogates_suite() -> Suite:
    suite = Suite(
        "token-surrogates.json",
        {
            "lone_surrogate": "A token with a lone surrogate, which has no UTF-8, throws or is encoded as U+FFFD where it should be refused.",
            "low_byte": "UTF-16 units are cut to their low 8 bits, so that surrogates become digits.",
            "text_length": "A lone surrogate is not counted, or is counted as three bytes, when the length is checked.",
        },
    )
    add = AddToken(suite)
    token = add.token
    for name, surrogate in [("high", "\ud800"), ("low", "\udc00")]:
        for place_name, place in [("first", 0), ("middle", 32), ("last", 63)]:
            id = f"rejects_{name}_surrogate_as_{place_name}_digit"
            add.malformed(id, "lone_surrogate", replaced(token, place, surrogate))
        add.malformed(f"rejects_{name}_surrogate_in_front", "lone_surrogate", surrogate + token)
        add.malformed(f"rejects_{name}_surrogate_behind", "lone_surrogate", token + surrogate)
        add.malformed(f"rejects_{name}_surrogate_alone", "lone_surrogate", surrogate)
    add.malformed("rejects_surrogates_in_wrong_order", "lone_surrogate", token[:62] + "\udc00\ud800")
    add.malformed(
        "rejects_surrogate_behind_prefix", "lone_surrogate", "sha256=" + replaced(token, 0, "\ud800")
    )
    add.malformed("rejects_surrogate_in_prefix", "lone_surrogate low_byte", "\ud873ha256=" + token)
    add.malformed("rejects_64_bytes_with_surrogate", "lone_surrogate text_length", token[:61] + "\ud800")
    for name, offset in [("high", 0xD800), ("low", 0xDC00)]:
        altered = "".join(chr(offset + ord(digit)) for digit in token)
        add.malformed(f"rejects_digits_shifted_to_{name}_surrogates", "lone_surrogate low_byte", altered)
        id = f"rejects_first_digit_shifted_to_{name}_surrogate"
        add.malformed(id, "lone_surrogate low_byte", replaced(token, 0, altered[0]))
    return suite
