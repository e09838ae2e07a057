"""`token.json`: which strings are a token, and of which payload and secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unicodedata
from typing import Optional, Union

from .octets import stream
from .payloads import EVENT, PAYLOAD, SECRET, example, minified, payload_whose_token, pretty
from .rules import sha256, token_of, token_result
from .suite import Suite


class AddToken:
    """Adds vectors around one payload and secret, with the expected result."""

    def __init__(self, suite: Suite, payload: bytes = PAYLOAD, secret: bytes = SECRET) -> None:
        self.suite = suite
        self.payload = payload
        self.secret = secret
        self.token = token_of(payload, secret)

    def _add(self, id: str, flags: str, token: Optional[str], result: str) -> None:
        assert token is None or len(token) <= 10_000, f"{id}: the token is too long"
        assert token_result(self.payload, self.secret, token) == result, f"{id} is not {result}"
        self.suite.add(id, flags, payload=self.payload, secret=self.secret, token=token, result=result)

    def valid(self, id: str, flags: str, token: str) -> None:
        self._add(id, flags, token, "valid")

    def malformed(self, id: str, flags: str, token: str) -> None:
        self._add(id, flags, token, "malformed")

    def mismatch(self, id: str, flags: str, token: Union[str, bytes]) -> None:
        self._add(id, flags, token.hex() if isinstance(token, bytes) else token, "mismatch")

    def missing(self, id: str, flags: str) -> None:
        self._add(id, flags, None, "missing")

    def about(self, payload: bytes, secret: bytes = SECRET) -> AddToken:
        """The same suite, for another payload and secret."""
        return AddToken(self.suite, payload, secret)


def token_suite() -> Suite:
    suite = Suite(
        "token.json",
        {
            "genuine": "A genuine token is refused.",
            "missing": "A missing token throws, or is compared as the text null or undefined.",
            "empty": "An empty token is taken for a missing one, or an empty comparison succeeds.",
            "hex_case": "Hexadecimal digits are compared as text, so that upper case is refused.",
            "prefix": "The sha256= prefix, which public receivers accept, is refused or not removed.",
            "prefix_case": "The prefix is compared without regard to case.",
            "prefix_repeated": "The prefix is removed more than once, or at the end too.",
            "prefix_altered": "Anything before a separator is taken for the prefix.",
            "digit_count": "The number of digits is not checked.",
            "half_byte": "An odd last digit is dropped, or a missing one filled in, by the hex decoder.",
            "cut_token": "Only as many bytes are compared as the token has, so that a short one passes.",
            "padded_token": "Only the first 64 digits are looked at, so that anything may follow.",
            "oversized": "A long token is copied into a fixed buffer, or costs as much time as its length.",
            "white_space": "White space around, inside or after the digits is trimmed or skipped.",
            "unicode_white_space": "trim() of the language also removes white space that is not ASCII, and U+FEFF.",
            "regex_anchor": "A regular expression is not anchored, its $ matches before a final newline, or its ^ and $ match at every line.",
            "regex_range": "A character range such as [A-z] or [A-f] lets punctuation through.",
            "nul_terminated": "A NUL ends the token, as in a C string.",
            "junk_digit": "A character that is no hexadecimal digit is skipped, or ends the decoding without an error.",
            "junk_reads_as_digit": "A lenient number parser reads junk as the genuine byte (parseInt('0g', 16) is 0, parseInt('+a', 16) is 10).",
            "number_parser": "All digits are read as one number, so that a sign, 0x, an underscore or missing leading zeros are accepted.",
            "digit_arithmetic": "A digit's value is computed without checking that it is one: ':' - '0' is 10, ('q' & 15) + 9 is 10, 0x11 | 0x20 is '1'.",
            "several_tokens": "One of several tokens in the value is picked out and verified.",
            "wrapped": "Quotes, brackets or a scheme around the token are removed.",
            "other_encoding": "Base64 of the digest is accepted too.",
            "unicode_digit": "A digit of another script is taken for a hexadecimal digit, for example after compatibility normalisation.",
            "low_byte": "Characters are cut to their low 8, 7 or 16 bits, so that other characters become digits.",
            "text_length": "The length is counted in bytes where characters are meant, or the other way round.",
            "unicode_case": "Changing the case of the text turns a character that is not ASCII into a letter that is accepted.",
            "combining_mark": "A combining mark is ignored by a comparison of user-perceived characters.",
            "homoglyph": "A letter of another script that looks like a hexadecimal digit is accepted.",
            "bit_flip": "Only a part of the digest is compared, or the comparison stops too early.",
            "differences_cancel": "Differences are added or XORed up where they should be ORed, so that two of them cancel each other.",
            "byte_order": "The digest is read backwards, or its words in the other byte order.",
            "constant": "A constant, such as the content of a cleared buffer, verifies.",
            "payload_alone": "The token covers the payload alone: everybody can make it. It is also the token of an empty secret.",
            "secret_alone": "The token covers the secret alone (the payload was lost or already read), so it verifies every payload.",
            "operand_order": "The secret is hashed before the payload.",
            "separator": "Something stands between payload and secret.",
            "hmac": "HMAC is used where plain concatenation is meant.",
            "hash_function": "Another hash, or a second one on top, is used.",
            "placeholder_secret": "A missing variable became text, and that text is the secret.",
            "secret_trimmed": "The secret is trimmed, or the final newline of its file is not part of it on the other side.",
            "secret_encoding": "The secret is decoded from hex or base64, or its text is encoded otherwise than in UTF-8.",
            "payload_changed": "The payload is trimmed, or its line endings are changed, before it is hashed.",
            "json_reserialised": "The parsed JSON is written again and hashed, so that any payload with the same meaning verifies.",
            "text_decoding": "Bytes that are not UTF-8 become U+FFFD before hashing, so that different payloads share a token.",
            "byte_order_mark": "A byte-order mark is dropped before hashing.",
            "payload_cut": "Only a part of the payload is hashed: up to a NUL, up to a length counted in characters, or up to the last full block.",
            "unicode_normalised": "The payload is normalised before hashing, so that different payloads share a token.",
        },
    )
    add = AddToken(suite)
    add_genuine_tokens(add)
    add_tokens_with_altered_prefix(add)
    add_tokens_of_other_lengths(add)
    add_tokens_with_white_space(add)
    add_tokens_with_junk(add)
    add_tokens_in_other_forms(add)
    add_tokens_with_unicode(add)
    add_altered_digests(add)
    add_digests_of_other_formulas(add)
    add_digests_of_other_secrets(add)
    add_digests_of_other_payloads(add)
    return suite


def mixed_case(token: str) -> str:
    return "".join(digit.upper() if place % 2 else digit.lower() for place, digit in enumerate(token))


def replaced(token: str, place: int, text: str) -> str:
    """The token with `text` in place of as many characters."""
    return token[:place] + text + token[place + len(text) :]


def about_token_with_every_digit(add: AddToken) -> AddToken:
    """A token that holds all 16 digits, and "ff", for replacing them."""
    payload = payload_whose_token(lambda token: set(token) == set("0123456789abcdef") and "ff" in token)
    return add.about(payload)


def add_genuine_tokens(add: AddToken) -> None:
    add.valid("accepts_lower_case", "genuine", add.token)
    add.valid("accepts_upper_case", "hex_case", add.token.upper())
    add.valid("accepts_mixed_case", "hex_case", mixed_case(add.token))
    add.valid("accepts_prefix", "prefix", "sha256=" + add.token)
    add.valid("accepts_prefix_before_upper_case", "prefix hex_case", "sha256=" + add.token.upper())
    add.valid("accepts_prefix_before_mixed_case", "prefix hex_case", "sha256=" + mixed_case(add.token))
    every_digit = about_token_with_every_digit(add)
    every_digit.valid("accepts_every_digit", "genuine", every_digit.token)
    every_digit.valid("accepts_every_digit_in_upper_case", "hex_case", every_digit.token.upper())
    leading_zeros = add.about(payload_whose_token(lambda token: token.startswith("00")))
    leading_zeros.valid("accepts_leading_zeros", "genuine number_parser", leading_zeros.token)
    add.about(b"").valid("accepts_token_of_empty_payload", "genuine payload_cut", token_of(b"", SECRET))
    binary = add.about(b"\xff\xfe\x00\x80")
    binary.valid("accepts_token_of_payload_that_is_not_utf_8", "genuine text_decoding", binary.token)
    newline = add.about(PAYLOAD, SECRET + b"\n")
    newline.valid("accepts_secret_with_final_newline", "genuine secret_trimmed", newline.token)

    add.missing("missing", "missing")
    add.malformed("rejects_empty", "empty missing", "")
    add.malformed("rejects_the_text_null", "missing", "null")
    add.malformed("rejects_the_text_undefined", "missing", "undefined")
    add.malformed("rejects_the_text_nan", "missing", "NaN")


def add_tokens_with_altered_prefix(add: AddToken) -> None:
    token = add.token
    for name, prefix in [("all_upper", "SHA256="), ("capitalised", "Sha256="), ("last_letter", "shA256=")]:
        add.malformed(f"rejects_{name}_prefix", "prefix_case", prefix + token)
    add.malformed("rejects_prefix_twice", "prefix_repeated", "sha256=sha256=" + token)
    add.malformed("rejects_prefix_three_times", "prefix_repeated", "sha256=" * 3 + token)
    add.malformed("rejects_prefix_at_both_ends", "prefix_repeated", "sha256=" + token + "sha256=")
    add.malformed("rejects_prefix_behind_token", "prefix_repeated", token + "sha256=")
    add.malformed("rejects_prefix_inside_token", "prefix_repeated", token[:32] + "sha256=" + token[32:])
    for name, prefix in [
        ("with_space_behind", "sha256= "),
        ("with_space_before_equals_sign", "sha256 ="),
        ("with_space_in_front", " sha256="),
        ("with_colon", "sha256:"),
        ("with_dash", "sha256-"),
        ("with_dash_in_the_name", "sha-256="),
        ("with_two_equals_signs", "sha256=="),
        ("with_empty_name", "="),
        ("without_equals_sign", "sha256"),
        ("cut_at_its_start", "ha256="),
        ("of_sha1", "sha1="),
        ("of_sha512", "sha512="),
        ("of_version", "v1="),
        ("of_time_and_version", "t=1767225600,v1="),
        ("in_percent_encoding", "sha256%3D"),
    ]:
        add.malformed(f"rejects_prefix_{name}", "prefix_altered", prefix + token)
    # 71 characters, as long as a prefixed token.
    add.malformed("rejects_junk_as_long_as_the_prefix", "prefix_altered", "0000000" + token)
    add.malformed("rejects_only_the_prefix", "prefix empty", "sha256=")
    add.malformed("rejects_cut_prefix_alone", "prefix_altered", "sha256")
    add.malformed("rejects_prefix_with_63_digits", "prefix half_byte", "sha256=" + token[:63])
    add.malformed("rejects_prefix_with_65_digits", "prefix half_byte", "sha256=" + token + "0")
    # 64 characters, as long as a token without prefix.
    add.malformed("rejects_prefix_counted_as_digits", "prefix cut_token", "sha256=" + token[:57])


def add_tokens_of_other_lengths(add: AddToken) -> None:
    token = add.token
    for count in [1, 63]:
        flags = "digit_count half_byte cut_token"
        add.malformed(f"rejects_first_{count}_digits", flags, token[:count])
    for count in [2, 8, 16, 32, 40, 56, 62]:
        add.malformed(f"rejects_first_{count}_digits", "digit_count cut_token", token[:count])
    add.malformed("rejects_last_62_digits", "digit_count cut_token", token[2:])
    add.malformed("rejects_last_63_digits", "digit_count half_byte", token[1:])
    add.malformed("rejects_65_digits_with_0_behind", "digit_count half_byte padded_token", token + "0")
    add.malformed("rejects_65_digits_with_0_in_front", "digit_count half_byte", "0" + token)
    add.malformed("rejects_66_digits_with_00_behind", "digit_count padded_token", token + "00")
    add.malformed("rejects_66_digits_with_00_in_front", "digit_count number_parser", "00" + token)
    add.malformed("rejects_71_digits", "digit_count half_byte padded_token", token + token[:7])
    add.malformed("rejects_72_digits", "digit_count padded_token", token + token[:8])
    add.malformed("rejects_token_twice", "digit_count padded_token", token * 2)
    add.malformed("rejects_96_digits", "digit_count", hashlib.sha384(PAYLOAD + SECRET).hexdigest())
    add.malformed("rejects_40_digits_of_sha1", "digit_count", hashlib.sha1(PAYLOAD + SECRET).hexdigest())
    # With 256 more digits, a length of 8 bits wraps round.
    add.malformed("rejects_320_digits", "digit_count padded_token oversized", token * 5)
    add.malformed("rejects_10000_digits", "oversized padded_token", (token * 157)[:10_000])
    add.malformed("rejects_10000_spaces", "oversized white_space", " " * 10_000)
    add.malformed("rejects_prefix_1000_times", "oversized prefix_repeated", "sha256=" * 1000 + token)


def add_tokens_with_white_space(add: AddToken) -> None:
    token = add.token
    for name, space in [
        ("space", " "),
        ("tab", "\t"),
        ("crlf", "\r\n"),
        ("cr", "\r"),
        ("form_feed", "\f"),
        ("vertical_tab", "\v"),
    ]:
        add.malformed(f"rejects_leading_{name}", "white_space", space + token)
        add.malformed(f"rejects_trailing_{name}", "white_space", token + space)
    add.malformed("rejects_leading_newline", "white_space regex_anchor", "\n" + token)
    add.malformed("rejects_trailing_newline", "white_space regex_anchor", token + "\n")
    add.malformed("rejects_trailing_newline_behind_prefix", "white_space regex_anchor", f"sha256={token}\n")
    add.malformed("rejects_line_before_token", "regex_anchor", "junk\n" + token)
    add.malformed("rejects_line_after_token", "regex_anchor", token + "\njunk")
    add.malformed("rejects_junk_before_token", "regex_anchor", "x" + token)
    add.malformed("rejects_junk_after_token", "regex_anchor padded_token", token + "x")
    add.malformed("rejects_only_a_space", "white_space empty", " ")
    add.malformed("rejects_64_spaces", "white_space junk_digit", " " * 64)
    add.malformed("rejects_space_in_the_middle", "white_space", token[:32] + " " + token[32:])
    add.malformed("rejects_newline_in_the_middle", "white_space", token[:32] + "\n" + token[32:])
    spaced = " ".join(token[place : place + 2] for place in range(0, 64, 2))
    add.malformed("rejects_space_after_every_byte", "white_space", spaced)
    for name, space in [
        ("no_break_space", "\u00a0"),
        ("byte_order_mark", "\ufeff"),
        ("zero_width_space", "\u200b"),
        ("line_separator", "\u2028"),
        ("ideographic_space", "\u3000"),
        ("next_line", "\u0085"),
    ]:
        add.malformed(f"rejects_leading_{name}", "unicode_white_space", space + token)
        add.malformed(f"rejects_trailing_{name}", "unicode_white_space", token + space)
    add.malformed("rejects_leading_nul", "nul_terminated", "\0" + token)
    add.malformed("rejects_trailing_nul", "nul_terminated padded_token", token + "\0")
    add.malformed("rejects_nul_in_the_middle", "nul_terminated junk_digit", replaced(token, 32, "\0"))
    add.malformed("rejects_nul_before_junk", "nul_terminated", token + "\0junk")
    add.malformed("rejects_64_nuls", "nul_terminated constant", "\0" * 64)


def add_tokens_with_junk(add: AddToken) -> None:
    token = add.token
    for place_name, place in [("first", 0), ("middle", 32), ("last", 63)]:
        for letter_name, letter in [("g", "g"), ("z", "z"), ("upper_g", "G")]:
            id = f"rejects_{letter_name}_as_{place_name}_digit"
            add.malformed(id, "junk_digit", replaced(token, place, letter))
        for sign_name, sign in [("dash", "-"), ("plus", "+"), ("underscore", "_")]:
            id = f"rejects_{sign_name}_as_{place_name}_digit"
            add.malformed(id, "junk_digit", replaced(token, place, sign))
    for name, range_error in [
        ("underscore", "_"),
        ("caret", "^"),
        ("bracket", "["),
        ("backslash", "\\"),
        ("grave_accent", "`"),
        ("upper_z", "Z"),
    ]:
        add.malformed(f"rejects_64_times_{name}", "regex_range junk_digit", range_error * 64)
    for name, junk in [
        ("dash", "-"),
        ("colon", ":"),
        ("underscore", "_"),
        ("z", "z"),
        ("percent_sign", "%"),
        ("soft_hyphen", "\u00ad"),
    ]:
        add.malformed(f"rejects_{name}_between_digits", "junk_digit", token[:32] + junk + token[32:])
    by_colons = ":".join(token[place : place + 2] for place in range(0, 64, 2))
    add.malformed("rejects_colon_after_every_byte", "junk_digit", by_colons)
    add.malformed("rejects_64_letters_z", "junk_digit constant", "z" * 64)

    add_tokens_with_junk_that_reads_as_digits(add)
    add_tokens_for_number_parsers(add)

    every_digit = about_token_with_every_digit(add)
    for name, digit, stand_in in [
        ("colon_for_a", "a", ":"),
        ("question_mark_for_f", "f", "?"),
        ("q_for_a", "a", "q"),
        ("upper_q_for_a", "a", "Q"),
        ("exclamation_mark_for_1", "1", "!"),
        ("control_character_for_1", "1", "\x11"),
        ("control_character_for_a", "a", "\x01"),
        ("slash_for_f", "f", "/"),
        ("grave_accent_for_9", "9", "`"),
        ("at_sign_for_9", "9", "@"),
    ]:
        altered = every_digit.token.replace(digit, stand_in)
        every_digit.malformed(f"rejects_{name}", "digit_arithmetic", altered)


def add_tokens_with_junk_that_reads_as_digits(add: AddToken) -> None:
    # Each payload is chosen so that the byte which the junk replaces is the
    # one that a lenient parser makes of the junk.
    for place_name, place in [("first", 0), ("middle", 32), ("last", 62)]:
        zero = add.about(payload_whose_token(lambda token: token.startswith("00", place)))
        for name, junk in [
            ("zz", "zz"),
            ("0g", "0g"),
            ("g0", "g0"),
            ("minus_0", "-0"),
            ("0x", "0x"),
            ("spaces", "  "),
        ]:
            id = f"rejects_{name}_for_{place_name}_byte_00"
            flags = "junk_reads_as_digit"
            if (place, junk) == (0, "0x"):
                flags += " number_parser"
            zero.malformed(id, flags, replaced(zero.token, place, junk))
        small = add.about(
            payload_whose_token(lambda token: token[place] == "0" and token[place + 1] in "abcdef")
        )
        digit = small.token[place + 1]
        for name, junk in [
            ("plus_sign", "+" + digit),
            ("leading_space", " " + digit),
            ("trailing_space", digit + " "),
            ("trailing_g", digit + "g"),
            ("trailing_dot", digit + "."),
        ]:
            id = f"rejects_{name}_in_small_{place_name}_byte"
            small.malformed(id, "junk_reads_as_digit", replaced(small.token, place, junk))


def add_tokens_for_number_parsers(add: AddToken) -> None:
    flag = "number_parser"
    add.malformed("rejects_0x_before_token", flag, "0x" + add.token)
    add.malformed("rejects_upper_0x_before_token", flag, "0X" + add.token)
    add.malformed("rejects_plus_before_token", flag, "+" + add.token)
    add.malformed("rejects_backslash_x_before_token", flag, "\\x" + add.token)
    add.malformed("rejects_h_behind_token", flag, add.token + "h")
    add.malformed("rejects_0x_behind_prefix", flag, "sha256=0x" + add.token)
    small = add.about(payload_whose_token(lambda token: token.startswith("00")))
    digits = small.token
    small.malformed("rejects_plus_for_leading_zero", flag, "+" + digits[1:])
    small.malformed("rejects_space_for_leading_zero", f"{flag} white_space", " " + digits[1:])
    small.malformed("rejects_underscore_for_leading_zero", flag, f"{digits[1:33]}_{digits[33:]}")
    small.malformed("rejects_missing_leading_zeros", f"{flag} cut_token", digits.lstrip("0"))
    add.malformed("rejects_decimal_number", flag, str(int(add.token, 16)))


def add_tokens_in_other_forms(add: AddToken) -> None:
    token = add.token
    digest = bytes.fromhex(token)
    wrong = sha256(b"wrong").hex()
    for name, joined in [
        ("comma_and_space", f"{token}, {token}"),
        ("comma", f"{token},{token}"),
        ("comma_genuine_first", f"{token}, {wrong}"),
        ("comma_genuine_last", f"{wrong}, {token}"),
        ("space", f"{token} {token}"),
        ("semicolon", f"{token};{token}"),
        ("newline", f"{token}\n{token}"),
        ("comma_and_both_prefixes", f"sha256={token},sha256={token}"),
    ]:
        add.malformed(f"rejects_tokens_joined_by_{name}", "several_tokens", joined)
    add.malformed("rejects_trailing_comma", "several_tokens", token + ",")
    add.malformed("rejects_leading_comma", "several_tokens", "," + token)
    for name, wrapped in [
        ("double_quotes", f'"{token}"'),
        ("single_quotes", f"'{token}'"),
        ("quotes_behind_prefix", f'sha256="{token}"'),
        ("angle_brackets", f"<{token}>"),
        ("colons_of_a_structured_field", f":{base64.b64encode(digest).decode()}:"),
        ("brackets", f"[{token}]"),
        ("bearer_scheme", f"Bearer {token}"),
        ("json", json.dumps({"token": token})),
    ]:
        add.malformed(f"rejects_{name}", "wrapped", wrapped)
    base64_text = base64.b64encode(digest).decode()
    base64url_text = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert (len(base64_text), len(base64url_text)) == (44, 43)
    add.malformed("rejects_base64", "other_encoding", base64_text)
    add.malformed("rejects_base64url", "other_encoding", base64url_text)
    add.malformed("rejects_base64_behind_prefix", "other_encoding prefix", "sha256=" + base64_text)
    add.malformed(
        "rejects_base64_behind_dashed_prefix", "other_encoding prefix_altered", "sha256-" + base64_text
    )
    add.malformed("rejects_base32", "other_encoding", base64.b32encode(digest).decode())
    add.malformed("rejects_raw_bytes", "other_encoding", digest.decode("latin-1"))
    add.malformed("rejects_hex_of_hex", "other_encoding", token.encode().hex())
    add.malformed("rejects_percent_encoding", "other_encoding", "%" + f"{ord(token[0]):x}" + token[1:])


def add_tokens_with_unicode(add: AddToken) -> None:
    add = about_token_with_every_digit(add)
    token = add.token

    def shifted(offset: int) -> str:
        return "".join(chr(offset + ord(digit)) for digit in token)

    def in_script(zero: int) -> str:
        return "".join(chr(zero + int(digit)) if digit.isdigit() else digit for digit in token)

    # Full-width forms are U+FF01 to U+FF5E, in the order of ASCII.
    full_width = shifted(0xFF00 - 0x20)
    assert unicodedata.normalize("NFKC", full_width) == token
    add.malformed("rejects_full_width_digits", "unicode_digit", full_width)
    add.malformed("rejects_one_full_width_digit", "unicode_digit", replaced(token, 0, full_width[0]))
    add.malformed("rejects_full_width_prefix", "unicode_digit prefix_altered", "\uff53ha256=" + token)
    add.malformed("rejects_arabic_indic_digits", "unicode_digit", in_script(0x0660))
    add.malformed("rejects_devanagari_digits", "unicode_digit", in_script(0x0966))
    add.malformed("rejects_mathematical_digits", "unicode_digit", in_script(0x1D7CE))
    add.malformed("rejects_superscript_digit", "unicode_digit", token.replace("2", "\u00b2"))
    add.malformed("rejects_circled_digit", "unicode_digit", token.replace("1", "\u2460"))

    for name, offset in [
        ("u_0130", 0x0100),
        ("u_2030", 0x2000),
        ("u_ff30", 0xFF00),
        ("u_10030", 0x10000),
        ("u_10ff30", 0x10FF00),
    ]:
        altered = shifted(offset)
        assert bytes(ord(character) & 0xFF for character in altered) == token.encode()
        add.malformed(f"rejects_digits_shifted_to_{name}", "low_byte", altered)
        for place_name, place in [("first", 0), ("middle", 32), ("last", 63)]:
            id = f"rejects_{place_name}_digit_shifted_to_{name}"
            add.malformed(id, "low_byte", replaced(token, place, altered[place]))
    add.malformed("rejects_digits_with_bit_7_set", "low_byte", shifted(0x80))
    add.malformed("rejects_prefix_shifted_to_u_0173", "low_byte prefix_altered", "\u0173ha256=" + token)
    add.malformed("rejects_equals_sign_shifted_to_u_013d", "low_byte prefix_altered", "sha256\u013d" + token)

    add.malformed("rejects_64_bytes_in_63_characters", "text_length junk_digit", token[:62] + "\u00e9")
    add.malformed("rejects_64_characters_in_65_bytes", "text_length junk_digit", token[:63] + "\u00e9")
    add.malformed("rejects_64_bytes_in_32_characters", "text_length", "\u00e9" * 32)
    add.malformed("rejects_64_utf_16_units_in_32_characters", "text_length", "\U0001f680" * 32)
    add.malformed("rejects_64_characters_in_256_bytes", "text_length", "\U0001f680" * 64)

    ligature = token.replace("ff", "\ufb00")
    assert ligature.upper() == token.upper()
    add.malformed("rejects_ligature_whose_upper_case_is_ff", "unicode_case", ligature)
    add.malformed("rejects_long_s_in_prefix", "unicode_case prefix_altered", "\u017fha256=" + token)
    add.malformed("rejects_combining_mark_after_last_digit", "combining_mark", token + "\u0301")
    add.malformed(
        "rejects_combining_mark_after_first_digit", "combining_mark", token[0] + "\u0301" + token[1:]
    )
    add.malformed("rejects_variation_selector_after_last_digit", "combining_mark", token + "\ufe0f")
    add.malformed("rejects_cyrillic_a", "homoglyph", token.replace("a", "\u0430"))
    add.malformed(
        "rejects_cyrillic_c_and_e", "homoglyph", token.replace("c", "\u0441").replace("e", "\u0435")
    )
    add.malformed("rejects_letter_o_for_0", "homoglyph", token.replace("0", "o"))
    add.malformed("rejects_letter_l_for_1", "homoglyph", token.replace("1", "l"))


def xored(digest: bytes, *changes: tuple[int, int]) -> bytes:
    """The digest with (place, bits) flipped."""
    altered = bytearray(digest)
    for place, bits in changes:
        altered[place] ^= bits
    return bytes(altered)


def add_altered_digests(add: AddToken) -> None:
    digest = bytes.fromhex(add.token)
    for place in [0, 15, 31]:
        for bit in range(8):
            id = f"rejects_bit_{bit}_of_byte_{place}_flipped"
            add.mismatch(id, "bit_flip", xored(digest, (place, 1 << bit)))
    for place in range(1, 31):
        if place != 15:
            id = f"rejects_bit_7_of_byte_{place}_flipped"
            add.mismatch(id, "bit_flip", xored(digest, (place, 0x80)))
    flipped = xored(digest, (31, 1)).hex()
    add.mismatch("rejects_flipped_bit_behind_prefix", "bit_flip prefix", "sha256=" + flipped)
    add.mismatch("rejects_flipped_bit_in_upper_case", "bit_flip hex_case", flipped.upper())
    complement = xored(digest, *((place, 0xFF) for place in range(32)))
    add.mismatch("rejects_every_bit_flipped", "bit_flip", complement)
    add.mismatch("rejects_only_first_byte_right", "bit_flip", digest[:1] + complement[1:])
    add.mismatch("rejects_only_first_half_right", "bit_flip", digest[:16] + complement[16:])
    add.mismatch("rejects_only_last_half_right", "bit_flip", complement[:16] + digest[16:])

    flag = "differences_cancel"
    add.mismatch("rejects_same_bit_flipped_in_two_bytes", flag, xored(digest, (3, 0x10), (20, 0x10)))
    add.mismatch("rejects_same_bit_flipped_in_two_words", flag, xored(digest, (0, 0x01), (4, 0x01)))
    add.mismatch(
        "rejects_same_bit_flipped_in_every_byte", flag, xored(digest, *((place, 1) for place in range(32)))
    )
    swapped = digest[1:2] + digest[:1] + digest[2:]
    add.mismatch("rejects_two_bytes_swapped", f"{flag} byte_order", swapped)
    add.mismatch("rejects_halves_swapped", f"{flag} byte_order", digest[16:] + digest[:16])
    assert digest[5] < 0xFF and digest[6] > 0
    balanced = bytearray(digest)
    balanced[5] += 1
    balanced[6] -= 1
    add.mismatch("rejects_one_byte_higher_and_one_lower", flag, bytes(balanced))

    add.mismatch("rejects_bytes_backwards", "byte_order", digest[::-1])
    add.mismatch("rejects_digits_backwards", "byte_order", add.token[::-1])
    words = b"".join(digest[place : place + 4][::-1] for place in range(0, 32, 4))
    add.mismatch("rejects_words_in_little_endian", "byte_order", words)
    nibbles = "".join(add.token[place : place + 2][::-1] for place in range(0, 64, 2))
    add.mismatch("rejects_digits_of_every_byte_swapped", "byte_order", nibbles)

    add.mismatch("rejects_all_zeros", "constant", bytes(32))
    add.mismatch("rejects_all_f", "constant", b"\xff" * 32)
    add.mismatch("rejects_all_f_in_upper_case", "constant hex_case", "F" * 64)
    add.mismatch("rejects_all_zeros_behind_prefix", "constant prefix", "sha256=" + "0" * 64)
    add.mismatch("rejects_sha256_of_nothing", "constant", sha256())
    initial_state = "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19"
    add.mismatch("rejects_initial_state_of_sha256", "constant", initial_state)


def add_digests_of_other_formulas(add: AddToken) -> None:
    payload, secret = add.payload, add.secret
    both = payload + secret
    add.mismatch("rejects_token_of_payload_alone", "payload_alone", sha256(payload))
    add.mismatch("rejects_token_of_secret_alone", "secret_alone", sha256(secret))
    add.mismatch("rejects_secret_before_payload", "operand_order", sha256(secret, payload))
    add.mismatch("rejects_secret_on_both_sides", "operand_order", sha256(secret, payload, secret))
    for name, separator in [("dot", b"."), ("colon", b":"), ("nul", b"\0"), ("comma", b",")]:
        add.mismatch(
            f"rejects_{name}_between_payload_and_secret", "separator", sha256(payload, separator, secret)
        )
    add.mismatch("rejects_hmac", "hmac", hmac.new(secret, payload, hashlib.sha256).digest())
    add.mismatch(
        "rejects_hmac_with_payload_as_key", "hmac", hmac.new(payload, secret, hashlib.sha256).digest()
    )
    add.mismatch("rejects_hmac_of_both", "hmac", hmac.new(secret, both, hashlib.sha256).digest())
    add.mismatch("rejects_double_sha256", "hash_function", sha256(sha256(both)))
    add.mismatch("rejects_sha256_of_the_digits", "hash_function", sha256(add.token.encode()))
    add.mismatch("rejects_sha3_256", "hash_function", hashlib.sha3_256(both).digest())
    add.mismatch("rejects_blake2s", "hash_function", hashlib.blake2s(both).digest())
    add.mismatch("rejects_first_half_of_sha512", "hash_function", hashlib.sha512(both).digest()[:32])
    add.mismatch("rejects_digest_of_payload_hashed_again", "hash_function", sha256(sha256(payload), secret))
    add.mismatch(
        "rejects_digits_of_payload_hashed_again",
        "hash_function",
        sha256(sha256(payload).hex().encode(), secret),
    )
    add.mismatch("rejects_secret_appended_as_digest", "hash_function", sha256(payload, sha256(secret)))
    add.mismatch("rejects_payload_in_base64", "text_decoding", sha256(base64.b64encode(payload), secret))
    empty_payload = add.about(b"")
    empty_payload.mismatch("rejects_token_of_a_payload_for_the_empty_one", "payload_cut", add.token)
    empty_payload.mismatch("rejects_payload_alone_for_the_empty_one", "payload_alone constant", sha256())


def add_digests_of_other_secrets(add: AddToken) -> None:
    payload, secret = add.payload, add.secret
    for name, placeholder in [
        ("undefined", b"undefined"),
        ("null", b"null"),
        ("none", b"None"),
        ("object", b"[object Object]"),
        ("nil", b"<nil>"),
    ]:
        add.mismatch(f"rejects_token_of_secret_{name}", "placeholder_secret", token_of(payload, placeholder))
    for name, flags, other in [
        ("final_newline", "secret_trimmed", secret + b"\n"),
        ("final_crlf", "secret_trimmed", secret + b"\r\n"),
        ("final_space", "secret_trimmed", secret + b" "),
        # The space is also between payload and secret.
        ("leading_space", "secret_trimmed separator", b" " + secret),
    ]:
        add.mismatch(f"rejects_token_of_secret_with_{name}", flags, token_of(payload, other))
        add.about(payload, other).mismatch(f"rejects_token_of_secret_without_{name}", flags, add.token)
    add.mismatch(
        "rejects_token_of_secret_with_trailing_nul", "secret_trimmed", token_of(payload, secret + b"\0")
    )
    for name, other in [
        ("without_last_byte", secret[:-1]),
        ("without_first_byte", secret[1:]),
        ("in_upper_case", secret.upper()),
        ("in_utf_16", secret.decode().encode("utf-16-le")),
        ("in_hex", secret.hex().encode()),
        ("in_base64", base64.b64encode(secret)),
        ("in_quotes", b'"' + secret + b'"'),
    ]:
        add.mismatch(f"rejects_token_of_secret_{name}", "secret_encoding", token_of(payload, other))
    for name, encoded, decoded in [
        ("hex", b"00112233445566778899aabbccddeeff", bytes.fromhex("00112233445566778899aabbccddeeff")),
        ("base64", b"c2VjcmV0", b"secret"),
        ("whsec", b"whsec_c2VjcmV0", b"secret"),
        ("utf_8", "perché".encode(), "perché".encode("latin-1")),
        ("latin_1", "perché".encode("latin-1"), "perché".encode()),
        ("bytes_that_are_not_utf_8", b"\xffsecret", "\ufffdsecret".encode()),
    ]:
        id = f"rejects_token_of_secret_decoded_from_{name}"
        add.about(payload, encoded).mismatch(id, "secret_encoding", token_of(payload, decoded))


def add_digests_of_other_payloads(add: AddToken) -> None:
    def other(name: str, flags: str, payload: bytes, signed: bytes) -> None:
        """`payload` arrives with the token of `signed`, into which a bug would turn it."""
        id = f"rejects_token_of_payload_{name}"
        add.about(payload).mismatch(id, flags, token_of(signed, SECRET))

    def either_way(one: str, another: str, flags: str, payload: bytes, signed: bytes) -> None:
        other(one, flags, payload, signed)
        other(another, flags, signed, payload)

    either_way(
        "with_trailing_newline",
        "without_trailing_newline",
        "payload_changed separator",
        PAYLOAD,
        PAYLOAD + b"\n",
    )
    either_way("with_leading_space", "without_leading_space", "payload_changed", PAYLOAD, b" " + PAYLOAD)
    either_way(
        "with_lf_for_crlf", "with_crlf_for_lf", "payload_changed", b'{\r\n"v": 1\r\n}', b'{\n"v": 1\n}'
    )
    either_way("pretty", "minified", "json_reserialised", PAYLOAD, pretty(EVENT))
    escaped = rb'{"v":"\u00e9"}'
    either_way("unescaped", "escaped", "json_reserialised", escaped, '{"v":"\u00e9"}'.encode())
    either_way("with_integer", "with_fraction", "json_reserialised", b'{"v":1.0}', b'{"v":1}')
    other("with_last_of_duplicate_keys", "json_reserialised", b'{"v":1,"v":2}', b'{"v":2}')
    other("with_keys_sorted", "json_reserialised", b'{"b":1,"a":2}', b'{"a":2,"b":1}')
    other("as_object_in_text", "json_reserialised", b'{"v":1}', b"[object Object]")

    for name, not_utf_8 in [
        ("byte_ff", b"\xff"),
        ("lone_continuation_byte", b"\x80"),
        ("overlong_slash", b"\xc0\xaf"),
        ("surrogate_in_utf_8", b"\xed\xa0\x80"),
        ("cut_sequence", b"\xe2\x82"),
    ]:
        payload = b'{"v":"' + not_utf_8 + b'"}'
        decoded = payload.decode("utf-8", errors="replace").encode()
        other(f"with_replacement_character_for_{name}", "text_decoding", payload, decoded)
        ignored = payload.decode("utf-8", errors="ignore").encode()
        other(f"without_{name}", "text_decoding", payload, ignored)
    other("with_byte_fe_for_byte_ff", "text_decoding", b'{"v":"\xff"}', b'{"v":"\xfe"}')
    latin_1 = "perché".encode().decode("latin-1").encode()
    either_way("encoded_twice", "encoded_once", "text_decoding", "perché".encode(), latin_1)
    other("in_utf_16", "text_decoding", PAYLOAD, PAYLOAD.decode().encode("utf-16-le"))
    mark = b"\xef\xbb\xbf"
    either_way("without_byte_order_mark", "with_byte_order_mark", "byte_order_mark", mark + PAYLOAD, PAYLOAD)
    utf_16 = b"\xff\xfe" + PAYLOAD.decode().encode("utf-16-le")
    other("decoded_from_utf_16", "byte_order_mark text_decoding", utf_16, PAYLOAD)

    other("cut_at_nul", "payload_cut", PAYLOAD + b"\0junk", PAYLOAD)
    emoji = '{"v":"\U0001f680\U0001f680"}'
    other("cut_at_number_of_characters", "payload_cut", emoji.encode(), emoji.encode()[: len(emoji)])
    utf_16_units = len(emoji.encode("utf-16-le")) // 2
    other("cut_at_number_of_utf_16_units", "payload_cut", emoji.encode(), emoji.encode()[:utf_16_units])
    blocks = stream("payload 200", 200)
    other("cut_at_last_full_block", "payload_cut", blocks, blocks[:192])
    other("without_last_byte", "payload_cut", PAYLOAD, PAYLOAD[:-1])
    other("without_first_byte", "payload_cut", PAYLOAD, PAYLOAD[1:])
    other("filled_to_last_block", "payload_cut", blocks, blocks + bytes(56))
    other("that_is_another_event", "payload_alone secret_alone", PAYLOAD, minified(example("tag_deleted")))
    other("cut_to_nothing", "secret_alone payload_cut", b"{}", b"")
    composed = '{"v":"\u00e9"}'
    decomposed = unicodedata.normalize("NFD", composed)
    either_way("in_nfd", "in_nfc", "unicode_normalised", composed.encode(), decomposed.encode())
