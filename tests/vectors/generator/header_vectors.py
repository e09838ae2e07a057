"""`header.json`: which headers of a request carry the token."""

from __future__ import annotations

import re
from typing import Callable, Optional

from .octets import Bytes, octets, stream
from .payloads import PAYLOAD
from .rules import TOKEN_HEADERS, header_outcome, secrets_code, sha256, token_of
from .suite import Suite
from .token_vectors import mixed_case


def header_suite() -> Suite:
    suite = Suite(
        "header.json",
        {
            "header_name": "Only one of the two names of the token header is read.",
            "header_name_case": "The name of the header is compared with regard to case.",
            "other_header": "A header whose name only resembles the right one, or another scheme's header, is read.",
            "missing": "A request without a token header is let through, or its answer does not say why.",
            "token_form": "The prefix or upper-case digits are refused in a header, or two forms of one token are taken for two tokens.",
            "empty_header": "An empty or blank header is falsy, so that it counts as missing and the other header decides.",
            "doubled_header": "The first or the last of several lines of one header is taken, where all of them arrive joined by a comma.",
            "malformed_beside_genuine": "A malformed token is skipped because the other header carries a genuine one.",
            "malformed_beside_wrong": "The code depends on which of two headers is looked at first.",
            "wrong_beside_genuine": "The search ends at the first header that verifies, so that the other one may say anything.",
            "wrong_token": "A token of another payload or secret is let through.",
            "two_secrets": "Each header is verified for itself, so that two headers may be signed with different secrets.",
            "rotation": "Only the first or the last secret is tried, or the index of another one is reported.",
        },
    )
    payload = PAYLOAD
    secrets: list[Bytes] = [b"the new secret", b"the secret in use!", b"an older secret, rotated out"]
    assert secrets_code(secrets) is None
    token, second_token, third_token = (token_of(payload, secret) for secret in secrets)
    wrong = token_of(payload, b"another secret")

    def add(
        id: str,
        flags: str,
        headers: list[tuple[str, str]],
        code: str,
        secret_id: Optional[int] = None,
        secrets: list[Bytes] = secrets,
    ) -> None:
        lines = [list(line) for line in headers]
        assert header_outcome(lines, payload, secrets) == (code, secret_id), f"{id} is not {code}"
        matched = {} if secret_id is None else {"secretId": secret_id}
        suite.add(id, flags, headers=lines, payload=payload, secrets=secrets, code=code, **matched)

    one_secret = secrets[:1]
    for name in TOKEN_HEADERS:
        wire_name = name.lower().replace("-", "_")
        add(f"accepts_{wire_name}", "header_name", [(name, token)], "accepted", 0, one_secret)
        for case_name, cased in [
            ("lower_case", name.lower()),
            ("upper_case", name.upper()),
            ("mixed_case", name.swapcase()),
        ]:
            add(
                f"accepts_{wire_name}_in_{case_name}",
                "header_name_case",
                [(cased, token)],
                "accepted",
                0,
                one_secret,
            )
    add(
        "accepts_among_other_headers",
        "header_name other_header",
        [("Content-Type", "application/json"), ("X-Mia-Signature", token), ("X-Request-Id", wrong)],
        "accepted",
        0,
    )

    add("rejects_no_headers", "missing", [], "token_missing")
    add("rejects_no_token_header", "missing", [("Content-Type", "application/json")], "token_missing")
    for name, value in [
        ("X-Mia-Tokens", token),
        ("X-Mia-Signatures", token),
        ("X-Mia-Signature-256", "sha256=" + token),
        ("X-Mia", token),
        ("Mia-Token", token),
        ("XX-Mia-Token", token),
        ("X-Mia-Token-", token),
        ("X_Mia_Token", token),
        ("XMiaToken", token),
        ("X-Token", token),
        ("X-Signature", token),
        ("X-Hub-Signature-256", "sha256=" + token),
        ("Authorization", token),
        ("Token", token),
        ("Digest", "sha256=" + token),
    ]:
        id = "ignores_" + re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")
        if name.startswith("X_"):
            id += "_with_underscores"
        if name.endswith("-"):
            id += "_with_trailing_dash"
        add(id, "other_header", [(name, value)], "token_missing")
    add(
        "ignores_scheme_in_authorization",
        "other_header",
        [("Authorization", f"Bearer {token}")],
        "token_missing",
    )
    add(
        "ignores_wrong_token_in_other_header",
        "other_header",
        [("X-Mia-Token", token), ("X-Hub-Signature-256", "sha256=" + wrong), ("X-Mia-Tokens", "")],
        "accepted",
        0,
    )
    add(
        "ignores_genuine_token_in_other_header",
        "other_header wrong_token",
        [("X-Mia-Token", wrong), ("X-Hub-Signature-256", "sha256=" + token)],
        "token_mismatch",
    )

    for name, form in [
        ("prefix", "sha256=" + token),
        ("upper_case", token.upper()),
        ("mixed_case", mixed_case(token)),
        ("prefix_and_upper_case", "sha256=" + token.upper()),
    ]:
        add(f"accepts_{name}_in_header", "token_form", [("X-Mia-Signature", form)], "accepted", 0)
        add(
            f"accepts_both_headers_one_with_{name}",
            "token_form",
            [("X-Mia-Token", token), ("X-Mia-Signature", form)],
            "accepted",
            0,
        )
        add(
            f"accepts_both_headers_other_one_with_{name}",
            "token_form",
            [("X-Mia-Token", form), ("X-Mia-Signature", token)],
            "accepted",
            0,
        )
    add(
        "accepts_both_headers",
        "header_name",
        [("X-Mia-Token", token), ("X-Mia-Signature", token)],
        "accepted",
        0,
    )
    add(
        "accepts_both_headers_in_reverse_order_and_lower_case",
        "header_name header_name_case",
        [("x-mia-signature", token), ("x-mia-token", token)],
        "accepted",
        0,
    )

    for this, that in [TOKEN_HEADERS, TOKEN_HEADERS[::-1]]:
        add_headers_about(add, this, that, token, wrong)

    add_rotation(add, payload, secrets, (token, second_token, third_token))
    return suite


AddHeaders = Callable[..., None]


def add_headers_about(add: AddHeaders, this: str, that: str, token: str, wrong: str) -> None:
    """Vectors for one of the two headers, alone and together with the other."""
    on_this = "in_" + this.lower().replace("-", "_")

    def malformed(name: str, flags: str, headers: list[tuple[str, str]]) -> None:
        add(f"rejects_{name}_{on_this}", flags, headers, "token_malformed")

    for name, value in [("empty_value", ""), ("blank_value", "   "), ("tab_value", "\t")]:
        malformed(name, "empty_header", [(this, value)])
        flags = "empty_header malformed_beside_genuine"
        malformed(f"{name}_beside_genuine", flags, [(this, value), (that, token)])
        flags = "empty_header malformed_beside_wrong"
        malformed(f"{name}_beside_wrong", flags, [(this, value), (that, wrong)])
        if value != "\t":
            malformed(f"{name}_in_both_headers_starting", "empty_header", [(this, value), (that, value)])

    for name, values in [
        ("genuine_token_twice", [token, token]),
        ("genuine_token_then_wrong", [token, wrong]),
        ("wrong_token_then_genuine", [wrong, token]),
        ("genuine_token_then_empty", [token, ""]),
        ("empty_then_genuine_token", ["", token]),
        ("genuine_token_three_times", [token, token, token]),
        ("two_empty_lines", ["", ""]),
    ]:
        malformed(name, "doubled_header", [(this, value) for value in values])
    cased = [(this, token), (this.lower(), token)]
    malformed("genuine_token_twice_under_two_cases", "doubled_header header_name_case", cased)
    malformed("genuine_tokens_joined", "doubled_header", [(this, f"{token}, {token}"), (that, token)])
    malformed("genuine_tokens_joined_without_space", "doubled_header", [(this, f"{token},{token}")])
    flags = "doubled_header malformed_beside_genuine"
    malformed("doubled_beside_genuine", flags, [(this, token), (that, token), (this, token)])

    for name, value in [
        ("63_digits", token[:63]),
        ("65_digits", token + "0"),
        ("letter_g", "g" + token[1:]),
        ("upper_case_prefix", "SHA256=" + token),
        ("double_prefix", "sha256=sha256=" + token),
        ("quotes", f'"{token}"'),
        ("only_the_prefix", "sha256="),
        ("text_undefined", "undefined"),
    ]:
        malformed(name, "malformed_beside_genuine", [(this, value)])
        flags = "malformed_beside_genuine"
        malformed(f"{name}_beside_genuine", flags, [(this, value), (that, token)])
        malformed(f"{name}_beside_wrong", "malformed_beside_wrong", [(this, value), (that, wrong)])

    def mismatch(name: str, flags: str, headers: list[tuple[str, str]]) -> None:
        add(f"rejects_{name}_{on_this}", flags, headers, "token_mismatch")

    mismatch("wrong_token", "wrong_token", [(this, wrong)])
    mismatch("wrong_token_beside_genuine", "wrong_beside_genuine", [(this, wrong), (that, token)])
    mismatch("zeros_beside_genuine", "wrong_beside_genuine", [(this, "0" * 64), (that, token)])
    altered = token[:-1] + ("0" if token[-1] != "0" else "1")
    mismatch("last_digit_altered", "wrong_token", [(this, altered)])
    flags = "wrong_beside_genuine token_form"
    mismatch("prefixed_wrong_token_beside_genuine", flags, [(this, "sha256=" + wrong), (that, token)])


def add_rotation(add: AddHeaders, payload: bytes, secrets: list[Bytes], tokens: tuple[str, str, str]) -> None:
    wrong = token_of(payload, b"another secret")
    for secret_id, token in enumerate(tokens):
        which = ("first", "second", "third")[secret_id]
        for name in TOKEN_HEADERS:
            id = f"accepts_{which}_secret_in_{name.lower().replace('-', '_')}"
            add(id, "rotation", [(name, token)], "accepted", secret_id)
        both = [(TOKEN_HEADERS[0], "sha256=" + token), (TOKEN_HEADERS[1], token.upper())]
        add(f"accepts_{which}_secret_in_both_headers", "rotation token_form", both, "accepted", secret_id)
    for first, other in [(0, 1), (1, 0), (1, 2), (2, 0)]:
        id = f"rejects_headers_signed_with_secrets_{first}_and_{other}"
        headers = [(TOKEN_HEADERS[0], tokens[first]), (TOKEN_HEADERS[1], tokens[other])]
        add(id, "two_secrets rotation", headers, "token_mismatch")
    headers = [("X-Mia-Token", tokens[2]), ("X-Mia-Signature", wrong)]
    add("rejects_third_secret_beside_wrong", "rotation wrong_beside_genuine", headers, "token_mismatch")
    headers = [("X-Mia-Token", tokens[2])]
    add("rejects_secret_removed_from_the_set", "rotation", headers, "token_mismatch", secrets=secrets[:2])

    joined = token_of(payload, b"".join(map(octets, secrets)))
    add(
        "rejects_token_of_all_secrets_joined",
        "rotation wrong_token",
        [("X-Mia-Token", joined)],
        "token_mismatch",
    )
    chained = token_of(payload, octets(secrets[0]) + octets(secrets[1]))
    add(
        "rejects_token_of_first_two_secrets_joined",
        "rotation wrong_token",
        [("X-Mia-Token", chained)],
        "token_mismatch",
    )
    alone = [("X-Mia-Token", sha256(payload).hex())]
    add("rejects_token_of_payload_alone", "rotation wrong_token", alone, "token_mismatch")

    # Secrets of different lengths: the last blocks differ in number.
    eight: list[Bytes] = [stream(f"rotated {length}", length) for length in (1, 16, 31, 32, 55, 64, 65, 200)]
    assert secrets_code(eight) is None
    for secret_id, secret in enumerate(eight):
        headers = [("X-Mia-Token", token_of(payload, secret))]
        add(f"accepts_secret_{secret_id}_of_eight", "rotation", headers, "accepted", secret_id, eight)
    prefixes: list[Bytes] = [b"secret", b"secret!"]
    for secret_id, secret in enumerate(prefixes):
        headers = [("X-Mia-Signature", token_of(payload, secret))]
        id = f"accepts_secret_{secret_id}_of_two_where_one_is_a_prefix"
        add(id, "rotation", headers, "accepted", secret_id, prefixes)
