"""`secrets.json`: which sets of secrets may verify together."""

from __future__ import annotations

from typing import Callable, Optional

from .octets import Bytes, Repeat
from .payloads import SECRET
from .rules import MAX_SECRET_BYTES, secrets_code
from .suite import Suite


def secrets_suite() -> Suite:
    suite = Suite(
        "secrets.json",
        {
            "usable": "A usable secret is refused.",
            "missing": "Without a secret everything verifies, or nothing does and no one is told.",
            "empty": "An empty secret is used, so that everybody can sign; or it is skipped, so that no one is told.",
            "placeholder": "A missing variable that became text is used as the secret.",
            "placeholder_lookalike": "Secrets that only resemble a placeholder are refused (case, white space, substring).",
            "suffix": "Of two secrets, one ends with the other, so that two payloads can share a token.",
            "equal": "The same secret twice is not seen as one ending with the other.",
            "suffix_order": "Only the later of two secrets, or only neighbours, are compared.",
            "suffix_lookalike": "A secret that starts with another, or contains it, is refused; or text is compared without regard to case or form.",
            "too_long": "A secret longer than 4096 bytes is cut or used.",
            "length_in_characters": "The length of a secret is counted in characters or UTF-16 units and not in bytes.",
            "length_wraps": "A length or number is kept in too few bits, so that a multiple of 256 or 65536 is lost.",
            "too_many": "More than 8 secrets are used, or the ones behind the 8th are dropped silently.",
            "trimmed": "Secrets are trimmed before they are checked or compared.",
            "nul_terminated": "A NUL ends a secret, as in a C string.",
            "precedence": "Two reasons apply, and another one than the first is reported.",
            "precedence_of_number": "Each secret is looked at before all of them are counted, so that another reason than secret_too_many is reported.",
        },
    )

    def add(id: str, flags: str, secrets: list[Bytes], code: Optional[str]) -> None:
        assert secrets_code(secrets) == code, f"{id} is not {code} but {secrets_code(secrets)}"
        suite.add(id, flags, secrets=secrets, code=code)

    add_single_secrets(add)
    add_suffixes(add)
    add_numbers_of_secrets(add)
    add_precedence(add)
    return suite


AddSecrets = Callable[[str, str, "list[Bytes]", Optional[str]], None]

LONGEST_SECRET: Bytes = Repeat(b"k", MAX_SECRET_BYTES)
TOO_LONG_SECRET: Bytes = Repeat(b"k", MAX_SECRET_BYTES + 1)


def add_single_secrets(add: AddSecrets) -> None:
    add("accepts_one_secret", "usable", [SECRET], None)
    add("accepts_one_byte", "usable", [b"s"], None)
    add("accepts_bytes_that_are_not_utf_8", "usable", [b"\xff\xfe\x80"], None)
    add("accepts_emoji", "usable", ["\U0001f511".encode()], None)
    add("accepts_final_newline", "usable trimmed", [SECRET + b"\n"], None)
    add("accepts_one_space", "usable trimmed", [b" "], None)
    add("accepts_one_newline", "usable trimmed", [b"\n"], None)
    add("accepts_one_nul", "usable nul_terminated", [b"\0"], None)
    add("accepts_digit_zero", "usable", [b"0"], None)
    add("accepts_text_false", "usable", [b"false"], None)

    add("rejects_no_secret", "missing", [], "secret_missing")
    add("rejects_empty_secret", "empty", [b""], "secret_empty")
    add("rejects_empty_secret_in_front", "empty", [b"", SECRET], "secret_empty")
    add("rejects_empty_secret_behind", "empty", [SECRET, b""], "secret_empty")
    add("rejects_empty_secret_in_the_middle", "empty", [b"one", b"", b"another"], "secret_empty")
    add("rejects_two_empty_secrets", "empty", [b"", b""], "secret_empty")

    for text in [b"undefined", b"null"]:
        name = text.decode()
        add(f"rejects_{name}", "placeholder", [text], "secret_placeholder")
        add(f"rejects_{name}_in_front", "placeholder", [text, SECRET], "secret_placeholder")
        add(f"rejects_{name}_behind", "placeholder", [SECRET, text], "secret_placeholder")
        flag = "placeholder_lookalike"
        add(f"accepts_{name}_with_digit", flag, [text + b"1"], None)
        add(f"accepts_{name}_capitalised", flag, [text.capitalize()], None)
        add(f"accepts_{name}_in_upper_case", flag, [text.upper()], None)
        add(f"accepts_{name}_after_space", f"{flag} trimmed", [b" " + text], None)
        add(f"accepts_{name}_before_space", f"{flag} trimmed", [text + b" "], None)
        add(f"accepts_{name}_before_newline", f"{flag} trimmed", [text + b"\n"], None)
        add(f"accepts_{name}_before_nul", f"{flag} nul_terminated", [text + b"\0"], None)
        add(f"accepts_{name}_in_quotes", flag, [b'"' + text + b'"'], None)
        add(f"accepts_{name}_twice_in_one", flag, [text * 2], None)
        add(f"accepts_{name}_without_last_letter", flag, [text[:-1]], None)
        add(f"accepts_{name}_in_utf_16", flag, [text.decode().encode("utf-16-le")], None)
    add("accepts_nil", "placeholder_lookalike", [b"nil"], None)
    add("accepts_none", "placeholder_lookalike", [b"None"], None)

    add("accepts_4095_bytes", "too_long", [Repeat(b"k", MAX_SECRET_BYTES - 1)], None)
    add("accepts_4096_bytes", "too_long", [LONGEST_SECRET], None)
    add("rejects_4097_bytes", "too_long", [TOO_LONG_SECRET], "secret_too_long")
    add("rejects_4097_bytes_behind", "too_long", [b"short", TOO_LONG_SECRET], "secret_too_long")
    add("rejects_1_mib", "too_long", [Repeat(b"k", 1 << 20)], "secret_too_long")
    accented, key = "\u00e9".encode(), "\U0001f511".encode()
    flags = "too_long length_in_characters"
    add("accepts_4096_bytes_in_2048_characters", flags, [Repeat(accented, 2048)], None)
    add("rejects_4098_bytes_in_2049_characters", flags, [Repeat(accented, 2049)], "secret_too_long")
    add("accepts_4096_bytes_in_1024_characters", flags, [Repeat(key, 1024)], None)
    add("rejects_4100_bytes_in_1025_characters", flags, [Repeat(key, 1025)], "secret_too_long")
    flags = "too_long length_wraps"
    add("rejects_65536_bytes", flags, [Repeat(b"k", 1 << 16)], "secret_too_long")
    add("rejects_65537_bytes", flags, [Repeat(b"k", (1 << 16) + 1)], "secret_too_long")


def add_suffixes(add: AddSecrets) -> None:
    code = "secret_suffix"
    add("rejects_suffix", "suffix", [b"my secret", b"secret"], code)
    add("rejects_suffix_in_front", "suffix suffix_order", [b"secret", b"my secret"], code)
    add("rejects_suffix_of_one_byte", "suffix", [b"secret", b"t"], code)
    add("rejects_all_but_the_first_byte", "suffix", [b"secret", b"ecret"], code)
    add("rejects_equal_secrets", "suffix equal", [b"secret", b"secret"], code)
    add("rejects_equal_secrets_apart", "equal suffix_order", [b"secret", b"other", b"secret"], code)
    add("rejects_three_equal_secrets", "equal", [b"secret"] * 3, code)
    add("rejects_equal_secrets_of_4096_bytes", "equal", [LONGEST_SECRET, LONGEST_SECRET], code)
    add("rejects_suffix_of_third_secret", "suffix_order", [b"secret", b"other", b"my secret"], code)
    add("rejects_suffix_in_third_secret", "suffix_order", [b"my secret", b"other", b"secret"], code)
    add("rejects_suffix_among_last_two", "suffix_order", [b"one", b"my secret", b"secret"], code)
    add("rejects_suffix_in_front_among_last_two", "suffix_order", [b"one", b"secret", b"my secret"], code)
    eight = [b"%d secret" % number for number in range(1, 8)]
    add("rejects_first_as_suffix_of_eighth", "suffix_order", [b"secret", *eight[:6], b"my secret"], code)
    add("rejects_eighth_as_suffix_of_all", "suffix_order", [*eight, b"secret"], code)
    add("rejects_suffix_that_is_not_utf_8", "suffix", [b"\xff\xfe", b"\xfe"], code)
    add("rejects_suffix_inside_a_character", "suffix", ["\u00e9".encode(), b"\xa9"], code)
    add("rejects_suffix_after_nul", "suffix nul_terminated", [b"a\0secret", b"secret"], code)
    add("rejects_suffix_of_longest_secret", "suffix", [LONGEST_SECRET, b"k"], code)
    add("rejects_newline_as_suffix", "suffix trimmed", [b"secret\n", b"\n"], code)
    add("rejects_placeholder_lookalike_as_suffix", "suffix", [b"my undefined1", b"undefined1"], code)

    flag = "suffix_lookalike"
    add("accepts_prefix", flag, [b"secret", b"secret!"], None)
    add("accepts_prefix_in_front", flag, [b"secret!", b"secret"], None)
    add("accepts_infix", flag, [b"my secret!", b"secret"], None)
    add("accepts_common_suffix", flag, [b"my secret", b"our secret"], None)
    add("accepts_same_length", flag, [b"secret 1", b"secret 2"], None)
    add("accepts_suffix_in_other_case", flag, [b"my SECRET", b"secret"], None)
    add("accepts_reversed_secret", flag, [b"secret", b"terces"], None)
    add("accepts_with_and_without_final_newline", f"{flag} trimmed", [b"secret", b"secret\n"], None)
    add("accepts_with_and_without_trailing_nul", f"{flag} nul_terminated", [b"secret", b"secret\0"], None)
    add("accepts_difference_before_nul", f"{flag} nul_terminated", [b"one\0more", b"one\0less"], None)
    add("accepts_nfc_and_nfd", flag, ["perch\u00e9".encode(), "perche\u0301".encode()], None)
    add("accepts_different_bytes_that_are_not_utf_8", flag, [b"\xff", b"\xfe"], None)
    add("accepts_latin_1_and_utf_8", flag, ["perch\u00e9".encode("latin-1"), "perch\u00e9".encode()], None)


def secrets_numbered(count: int) -> list[Bytes]:
    """Usable secrets; none of them ends with another."""
    return [f"{number:03} secret {number:03}".encode() for number in range(count)]


def add_numbers_of_secrets(add: AddSecrets) -> None:
    add("accepts_two_secrets", "usable", secrets_numbered(2), None)
    add("accepts_seven_secrets", "too_many", secrets_numbered(7), None)
    add("accepts_eight_secrets", "too_many", secrets_numbered(8), None)
    longest: list[Bytes] = [Repeat(b"k%d" % number, MAX_SECRET_BYTES // 2) for number in range(8)]
    add("accepts_eight_secrets_of_4096_bytes", "too_many too_long", longest, None)
    add("rejects_nine_secrets", "too_many", secrets_numbered(9), "secret_too_many")
    for count in [256, 257, 264]:
        flags = "too_many length_wraps"
        add(f"rejects_{count}_secrets", flags, secrets_numbered(count), "secret_too_many")


def add_precedence(add: AddSecrets) -> None:
    flag, number = "precedence", "precedence_of_number"
    eight = secrets_numbered(8)
    for name, other in [
        ("empty", b""),
        ("placeholder", b"undefined"),
        ("too_long", TOO_LONG_SECRET),
        ("equal", eight[0]),
    ]:
        add(f"too_many_before_{name}", number, [other, *eight], "secret_too_many")
        add(f"too_many_before_{name}_behind", number, [*eight, other], "secret_too_many")
    add("too_many_before_nine_empty", number, [b""] * 9, "secret_too_many")
    bad = [
        ("empty", b""),
        ("too_long", TOO_LONG_SECRET),
        ("placeholder", b"null"),
    ]
    for first_name, first in bad:
        for other_name, other in bad:
            if first_name != other_name:
                code = f"secret_{first_name}"
                add(f"{first_name}_before_later_{other_name}", flag, [first, other], code)
    # The empty secret is a suffix of every other one.
    add("empty_before_suffix", flag, [b"my secret", b"secret", b""], "secret_empty")
    add("placeholder_before_suffix", flag, [b"an undefined", b"undefined"], "secret_placeholder")
    add("placeholder_before_equal", flag, [b"null", b"null"], "secret_placeholder")
    add(
        "later_placeholder_before_earlier_suffix", flag, [b"secret", b"secret", b"null"], "secret_placeholder"
    )
    add("too_long_before_equal", flag, [TOO_LONG_SECRET, TOO_LONG_SECRET], "secret_too_long")
    add("too_long_before_suffix", flag, [TOO_LONG_SECRET, b"k"], "secret_too_long")
