"""The part of `subscription.json` about certificates.

What they say follows from their names and `certificates/make.sh`, and is
written by hand here. Which bytes a text holds is computed.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Optional

from .octets import stream
from .subscription_case import AddCase, Repeat, Text, pem_block, pem_text, record, record_text
from .subscription_rules import MAX_CERTIFICATE_LENGTH

FOLDER = Path(__file__).resolve().parent.parent / "certificates"

EXPIRED = "certificate_expired"
NOT_YET_VALID = "certificate_not_yet_valid"
NOT_AUTHORITY = "certificate_not_authority"
SEVERAL = "certificate_several"
SURROUNDINGS = "certificate_surroundings"


def file(name: str) -> str:
    return (FOLDER / name).read_bytes().decode("ascii")


def der(text: str) -> bytes:
    """The bytes of the first block of a PEM text."""
    body = re.search("-----BEGIN [^-]*-----([^-]*)-----END", text)
    assert body
    return base64.b64decode(body[1])


def encoded(content: Any) -> str:
    return base64.b64encode(content if isinstance(content, bytes) else content.encode()).decode()


def url_safe(text: str) -> str:
    assert re.search("[+/]", text), "both alphabets write this the same way"
    return text.replace("+", "-").replace("/", "_")


def lines_of(text: str, width: int, line_end: str = "\n") -> str:
    return "".join(text[start : start + width] + line_end for start in range(0, len(text), width))


def milliseconds(year: int, month: int = 1, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=timezone.utc).timestamp()) * 1000


EC_CA = file("ec-ca.pem")
EC_DER = der(EC_CA)
LEAF_DER = der(file("leaf.pem"))


class AddCertificate:
    def __init__(self, add: AddCase) -> None:
        self.add = add

    def read(
        self,
        id: str,
        flag: str,
        text: str,
        form: str,
        *codes: str,
        holds: Optional[list[bytes]] = None,
        normalised: bool = False,
        **options: Any,
    ) -> None:
        """A text with a certificate that can be read."""
        expected = (f"/base64CA {code}" for code in codes)
        given = record(base64CA=text)
        self.add(
            id,
            flag,
            given,
            *expected,
            certificates=holds or [EC_DER],
            form=form,
            normalised=normalised,
            **options,
        )

    def refused(self, id: str, code: str, text: str, **options: Any) -> None:
        """A text without a certificate that can be read, or with something worse in it."""
        self.add(id, code, record(base64CA=text), f"/base64CA {code}", **options)


def add_certificates(add_case: AddCase) -> None:
    add = AddCertificate(add_case)
    add_forms(add)
    add_kinds(add)
    add_encodings(add)
    add_malformed(add)
    add_other_things(add)
    add_private_keys(add)
    add_trailing_data(add)
    add_validity(add)
    add_several(add)
    add_surroundings(add)
    add_unused(add)


def add_forms(add: AddCertificate) -> None:
    flag = "certificate_encoding"

    def read(id: str, text: str, form: str) -> None:
        add.read(f"reads_{id}", flag, text, form, normalised=True)

    read("pem", EC_CA, "pem")
    read("pem_with_crlf", EC_CA.replace("\n", "\r\n"), "pem")
    read("pem_without_final_line_break", EC_CA.rstrip("\n"), "pem")
    read("pem_with_76_characters_in_a_line", pem_block(EC_DER, width=76), "pem")
    read("pem_with_one_long_line", pem_block(EC_DER, width=10_000), "pem")
    read("pem_between_blank_lines", f"\n\n{EC_CA}\n \t\n", "pem")
    read("pem_with_trailing_spaces", EC_CA.replace("\n", "  \n"), "pem")
    pem, octets = encoded(EC_CA), encoded(EC_DER)
    read("base64_of_pem", pem, "base64-pem")
    read("base64_of_pem_with_crlf", encoded(EC_CA.replace("\n", "\r\n")), "base64-pem")
    read("base64_of_pem_with_line_breaks", lines_of(pem, 76), "base64-pem")
    read("base64_of_pem_without_final_line_break", encoded(EC_CA.rstrip("\n")), "base64-pem")
    read(
        "base64_of_pem_without_padding",
        encoded(EC_CA + "\n" * (3 - len(EC_CA) % 3 + 1)).rstrip("="),
        "base64-pem",
    )
    read("base64_of_der", octets, "base64-der")
    read("base64_of_der_with_line_breaks", lines_of(octets, 64), "base64-der")
    read("base64_of_der_with_crlf", lines_of(octets, 64, "\r\n"), "base64-der")
    read("base64_of_der_with_spaces_and_tabs", lines_of(octets, 7, " \t"), "base64-der")
    read("base64_of_der_between_spaces", f" {octets}\n", "base64-der")
    read("url_safe_base64_of_der", url_safe(octets), "base64-der")
    unpadded = next(name for name in CERTIFICATES if len(der(file(name))) % 3)
    add.read(
        "reads_base64_of_der_without_padding",
        flag,
        encoded(der(file(unpadded))).rstrip("="),
        "base64-der",
        holds=[der(file(unpadded))],
        normalised=True,
    )
    add.read(
        "reads_url_safe_base64_of_der_without_padding",
        flag,
        url_safe(encoded(der(file(unpadded)))).rstrip("="),
        "base64-der",
        holds=[der(file(unpadded))],
        normalised=True,
    )
    normal = base64.b64encode(pem_text([EC_DER])).decode()
    assert normal == pem, "what is normalised once stays"


# Authorities that are valid for years and have no findings.
CERTIFICATES = [
    "rsa-ca.pem",
    "ed25519-ca.pem",
    "far-ca.pem",
    "v1-ca.pem",
    "utf8-name-ca.pem",
    "multi-rdn-ca.pem",
]


def add_kinds(add: AddCertificate) -> None:
    flag = NOT_AUTHORITY
    for name in CERTIFICATES:
        id = f"accepts_{name[: -len('.pem')].replace('-', '_')}"
        add.read(id, flag, file(name), "pem", holds=[der(file(name))], normalised=True)
    for name in ["leaf", "self-signed-leaf", "v1-leaf", "no-constraints-ca"]:
        text = file(f"{name}.pem")
        id = f"warns_of_{name.replace('-', '_')}"
        add.read(id, flag, text, "pem", flag, holds=[der(text)], normalised=True)
    add.read("warns_of_leaf_in_base64_of_der", flag, encoded(LEAF_DER), "base64-der", flag)


def add_encodings(add: AddCertificate) -> None:
    code = "certificate_encoding"
    octets = encoded(EC_DER)
    add.refused("rejects_empty_certificate", code, "")
    add.refused("rejects_blank_certificate", code, " \n\t")
    add.refused("rejects_base64_with_other_character", code, octets[:100] + "*" + octets[100:])
    add.refused("rejects_base64_with_accent", code, "\xe9" + octets)
    add.refused("rejects_base64_of_impossible_length", code, octets.rstrip("=")[: len(octets) // 4 * 4 - 3])
    add.refused("rejects_base64_that_goes_on_behind_padding", code, "MIIB=" + octets)
    add.refused("rejects_only_padding", code, "====")
    add.refused("rejects_padding_of_three_signs", code, octets.rstrip("=") + "===")
    add.refused("rejects_bits_that_belong_to_no_byte", code, encoded(EC_DER + bytes(-len(EC_DER) % 3 + 1)).replace("A==", "B=="))
    add.refused("rejects_pem_without_end", code, EC_CA.split("-----END")[0])
    add.refused("rejects_pem_with_other_characters", code, EC_CA.replace("\n", "\n*", 2))
    flag = "too_large"
    add.add(
        "rejects_certificate_of_524289_characters",
        flag,
        record(base64CA=""),
        f"/base64CA {flag}",
        repeat=Repeat("/base64CA", "A", MAX_CERTIFICATE_LENGTH + 1),
    )
    add.add(
        "reads_524288_characters",
        flag,
        record(base64CA=""),
        "/base64CA certificate_malformed",
        repeat=Repeat("/base64CA", "A", MAX_CERTIFICATE_LENGTH),
    )


def add_malformed(add: AddCertificate) -> None:
    code = "certificate_malformed"
    half = EC_DER[: len(EC_DER) // 2]
    add.refused("rejects_half_a_certificate", code, encoded(half))
    add.refused("rejects_certificate_without_last_byte", code, encoded(EC_DER[:-1]))
    add.refused("rejects_pem_of_half_a_certificate", code, pem_block(half))
    add.refused("rejects_base64_of_pem_without_end", code, encoded(EC_CA.split("-----END")[0]))
    add.refused("rejects_empty_pem", code, pem_block(b""))
    add.refused("rejects_random_bytes", code, encoded(stream("no certificate", 300)))
    add.refused("rejects_pem_of_random_bytes", code, pem_block(stream("no certificate", 300)))
    add.refused("rejects_other_outer_tag", code, encoded(b"\x31" + EC_DER[1:]))
    add.refused("rejects_empty_sequence", code, encoded(b"\x30\x00"))
    add.refused("rejects_text_in_base64", code, encoded("This is the certificate."))
    add.refused("rejects_words_that_are_base64", code, "a certificate")


def add_other_things(add: AddCertificate) -> None:
    """What people give in place of a certificate, called by its name."""
    escaped = EC_CA.replace("\n", "\\n")
    code = "certificate_escaped"
    for name, text in [
        ("pem", escaped),
        ("pem_with_crlf", EC_CA.replace("\n", "\\r\\n")),
        ("pem_in_quotes", f'"{escaped}"'),
        ("pem_escaped_twice", EC_CA.replace("\n", "\\\\n")),
        ("base64_of_such_pem", encoded(escaped)),
        ("base64", lines_of(encoded(EC_CA), 76, "\\n")),
    ]:
        add.refused(f"rejects_written_line_breaks_in_{name}", code, text)
    code = "certificate_encoded_twice"
    add.refused("rejects_base64_of_base64", code, encoded(encoded(EC_CA)))
    add.refused("rejects_base64_of_base64_with_line_breaks", code, encoded(lines_of(encoded(EC_CA), 76)))
    add.refused("rejects_base64_of_base64_of_der", code, lines_of(encoded(encoded(EC_DER)), 64))
    request, public_key = file("request.csr"), file("public-key.pem")
    code = "certificate_request"
    add.refused("rejects_request", code, request)
    add.refused("rejects_base64_of_request", code, encoded(request))
    add.refused("rejects_request_in_der", code, encoded(der(request)))
    add.refused("rejects_request_labelled_certificate", code, pem_block(der(request)))
    add.refused("rejects_request_of_microsoft", code, pem_block(der(request), "NEW CERTIFICATE REQUEST"))
    add.refused("rejects_request_behind_certificate", code, EC_CA + request)
    code = "certificate_public_key"
    add.refused("rejects_public_key", code, public_key)
    add.refused("rejects_public_key_in_der", code, encoded(der(public_key)))
    add.refused("rejects_public_key_of_rsa", code, pem_block(b"\x30\x06\x02\x01\x7f\x02\x01\x11", "RSA PUBLIC KEY"))
    add.refused("rejects_public_key_of_rsa_in_der", code, encoded(b"\x30\x06\x02\x01\x7f\x02\x01\x11"))
    add.refused("rejects_public_key_of_ssh", code, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample me@host")
    bundle = file("bundle.p7b")
    code = "certificate_pkcs7"
    add.refused("rejects_bundle", code, bundle)
    add.refused("rejects_bundle_in_base64", code, encoded(bundle))
    add.refused("rejects_bundle_in_der", code, encoded(der(bundle)))
    add.refused("rejects_bundle_labelled_certificate", code, pem_block(der(bundle)))
    store = (FOLDER / "store.p12").read_bytes()
    code = "certificate_pkcs12"
    add.refused("rejects_store", code, encoded(store))
    add.refused("rejects_store_with_line_breaks", code, lines_of(encoded(store), 76))
    add.refused("rejects_store_as_pem", code, pem_block(store, "PKCS12"))
    trusted = file("trusted.pem")
    code = "certificate_trusted"
    add.refused("rejects_trusted_certificate", code, trusted)
    add.refused("rejects_base64_of_trusted_certificate", code, encoded(trusted))
    code = "certificate_path"
    for name, text in [
        ("of_folder", "./certs/ca.pem!"),
        ("absolute", "/etc/ssl/certs/ca-certificates.crt"),
        ("without_folder", "company-root.CER"),
        ("of_home", "~/ca.pem"),
        ("as_url", "file:///run/secrets/ca"),
        ("on_the_web", "https://pki.example.org/root"),
        ("of_curl", "@ca"),
        ("of_windows", "C:\\certs\\new.pem"),
    ]:
        add.refused(f"rejects_path_{name}", code, text)
    for code, name, text in [
        ("placeholder", "variable", "${CA}"),
        ("placeholder", "angle_brackets", "<base64 of your CA>"),
        ("placeholder", "words", "your-ca-here"),
        ("placeholder", "windows_variable", "%CA_PEM%"),
        ("value_quoted", "quotes", f'"{encoded(EC_CA)}"'),
        ("value_assignment", "line_of_file", f"TARGET_CA={encoded(EC_CA)}"),
        ("value_assignment", "line_of_yaml", f"caBundle: {encoded(EC_CA)}"),
        ("invisible_character", "byte_order_mark", "\ufeff" + encoded(EC_CA)),
        ("invisible_character", "zero_width_space", encoded(EC_CA)[:50] + "\u200b" + encoded(EC_CA)[50:]),
    ]:
        add.refused(f"rejects_certificate_as_{name}", code, text)
    key = file("key-pkcs8.pem")
    code = "certificate_private_key"
    add.refused("rejects_key_with_written_line_breaks", code, key.replace("\n", "\\n"))
    add.refused("rejects_key_in_base64_of_base64", code, encoded(encoded(key)))
    add.refused("rejects_key_in_base64_of_base64_of_der", code, encoded(encoded(der(key))))


def add_private_keys(add: AddCertificate) -> None:
    code = "certificate_private_key"
    for name in ["pkcs8", "rsa", "ec", "encrypted"]:
        text = file(f"key-{name}.pem")
        add.refused(f"rejects_key_{name}", code, text)
        add.refused(f"rejects_key_{name}_in_base64", code, encoded(text))
        add.refused(f"rejects_key_{name}_in_der", code, encoded(der(text)))
    key = file("key-pkcs8.pem")
    add.refused("rejects_key_behind_certificate", code, EC_CA + key)
    add.refused("rejects_key_before_certificate", code, key + EC_CA)
    add.refused("rejects_key_behind_certificate_in_base64", code, encoded(EC_CA + key))
    add.refused(
        "rejects_key_in_url_safe_base64", code, url_safe(encoded(der(file("key-rsa.pem")))).rstrip("=")
    )
    add.refused("rejects_key_behind_leaf_that_expired", code, file("expired-ca.pem") + file("leaf.pem") + key)
    add.refused("rejects_key_of_openssh", code, pem_block(b"openssh-key-v1\0", "OPENSSH PRIVATE KEY"))
    add.refused("rejects_key_behind_malformed_certificate", code, pem_block(b"nothing") + key)
    headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n"
    old = pem_block(stream("ciphertext", 48), "RSA PRIVATE KEY").replace(
        "KEY-----\n", f"KEY-----\n{headers}", 1
    )
    add.refused(
        "rejects_key_with_headers", code, old, note="Its body is no base64, and it is a key all the same."
    )
    add.refused("rejects_key_with_crlf", code, key.replace("\n", "\r\n"))
    add.add(
        "tells_nothing_else_about_a_key",
        code,
        record(base64CA=EC_CA + key, target="http://example.org/"),
        "/target url_plain_http",
        f"/base64CA {code}",
    )


def add_trailing_data(add: AddCertificate) -> None:
    code = "certificate_trailing_data"
    for name, rest in [
        ("nul", b"\0"),
        ("line_break", b"\n"),
        ("text", b"the end"),
        ("half_a_certificate", LEAF_DER[:100]),
        ("certificate_and_nul", LEAF_DER + b"\0"),
    ]:
        add.refused(f"rejects_{name}_behind_der", code, encoded(EC_DER + rest))
    add.refused("rejects_nul_inside_pem", code, pem_block(EC_DER + b"\0"))
    add.refused("rejects_certificate_inside_pem_of_another", code, pem_block(EC_DER + LEAF_DER))
    add.refused("rejects_nul_inside_second_pem", code, EC_CA + pem_block(LEAF_DER + b"\0"))
    expired = der(file("expired-ca.pem"))
    add.refused("rejects_nul_behind_der_that_expired", code, encoded(expired + b"\0"))


def add_validity(add: AddCertificate) -> None:
    expired, future, far = (file(f"{name}-ca.pem") for name in ("expired", "future", "far"))

    def read(id: str, flag: str, text: str, *codes: str, now: Optional[int] = None) -> None:
        add.read(id, flag, text, "pem", *codes, now=now, holds=[der(text)], normalised=not codes)

    start, end = milliseconds(2020), milliseconds(2021)
    read("rejects_expired", EXPIRED, expired, EXPIRED)
    read("accepts_last_millisecond", EXPIRED, expired, now=end)
    read("rejects_millisecond_behind_the_last", EXPIRED, expired, EXPIRED, now=end + 1)
    read("accepts_last_second_of_9999", EXPIRED, far, now=milliseconds(9999, 12, 31) + 86_399_000)
    read(
        "rejects_what_expires_before_1_january_10000",
        EXPIRED,
        far,
        EXPIRED,
        now=milliseconds(9999, 12, 31) + 86_400_000,
    )
    add.read("rejects_expired_in_base64_of_der", EXPIRED, encoded(der(expired)), "base64-der", EXPIRED)
    read("rejects_not_yet_valid", NOT_YET_VALID, future, NOT_YET_VALID)
    read("accepts_first_millisecond", NOT_YET_VALID, expired, now=start)
    read("rejects_millisecond_before_the_first", NOT_YET_VALID, expired, NOT_YET_VALID, now=start - 1)
    read("rejects_at_the_epoch", NOT_YET_VALID, EC_CA, NOT_YET_VALID, now=0)
    read("accepts_middle_of_2045", NOT_YET_VALID, future, now=milliseconds(2045, 7))


def add_several(add: AddCertificate) -> None:
    chain = file("chain.pem")
    both = [LEAF_DER, EC_DER]
    add.read("warns_of_chain", SEVERAL, chain, "pem", NOT_AUTHORITY, SEVERAL, holds=both, normalised=True)
    add.read(
        "warns_of_chain_in_base64",
        SEVERAL,
        encoded(chain),
        "base64-pem",
        NOT_AUTHORITY,
        SEVERAL,
        holds=both,
        normalised=True,
    )
    add.read(
        "warns_of_chain_in_der",
        SEVERAL,
        encoded(LEAF_DER + EC_DER),
        "base64-der",
        NOT_AUTHORITY,
        SEVERAL,
        holds=both,
        normalised=True,
    )
    add.read(
        "warns_of_chain_with_leaf_last",
        SEVERAL,
        EC_CA + file("leaf.pem"),
        "pem",
        NOT_AUTHORITY,
        SEVERAL,
        holds=both[::-1],
        normalised=True,
    )
    rsa = file("rsa-ca.pem")
    add.read(
        "warns_of_two_authorities",
        SEVERAL,
        EC_CA + rsa,
        "pem",
        SEVERAL,
        holds=[EC_DER, der(rsa)],
        normalised=True,
    )
    add.read("warns_of_one_certificate_twice", SEVERAL, EC_CA + EC_CA, "pem", SEVERAL)
    add.read(
        "warns_of_blocks_without_line_break_between", SEVERAL, EC_CA.rstrip("\n") + EC_CA, "pem", SEVERAL
    )
    expired, future = file("expired-ca.pem"), file("future-ca.pem")
    add.read("rejects_second_that_expired", SEVERAL, EC_CA + expired, "pem", EXPIRED, SEVERAL)
    add.read(
        "tells_each_finding_once",
        SEVERAL,
        expired + file("leaf.pem") + future + expired + file("self-signed-leaf.pem"),
        "pem",
        EXPIRED,
        NOT_YET_VALID,
        NOT_AUTHORITY,
        SEVERAL,
    )
    add.refused(
        "rejects_second_that_is_malformed", "certificate_malformed", EC_CA + pem_block(LEAF_DER[:100])
    )


def add_surroundings(add: AddCertificate) -> None:
    def read(id: str, text: str, form: str, *more: str) -> None:
        add.read(id, SURROUNDINGS, text, form, *more, SURROUNDINGS, normalised=not more)

    printed = "Certificate:\n    Data:\n        Version: 3 (0x2)\n"
    read("warns_of_text_before_certificate", printed + EC_CA, "pem")
    read("warns_of_text_behind_certificate", EC_CA + "# the new one\n", "pem")
    read("warns_of_text_before_certificate_in_base64", encoded(f"subject=CN = EC\n{EC_CA}"), "base64-pem")
    read("warns_of_text_between_certificates", f"{EC_CA}and\n{EC_CA}", "pem", SEVERAL)
    read("warns_of_text_behind_the_last_dash", EC_CA.rstrip("\n") + ".", "pem")


def add_unused(add: AddCertificate) -> None:
    flag = "certificate_unused"
    http = {"target": "http://example.org/"}

    def unused(id: str, text: str, *codes: str, form: Optional[str] = "pem", **fields: str) -> None:
        expected = ["/target url_plain_http", *(f"/base64CA {code}" for code in codes), f"/base64CA {flag}"]
        add.add(id, flag, record(base64CA=text, **{**http, **fields}), *expected, form=form)

    unused("warns_of_certificate_for_http", EC_CA)
    unused("warns_of_certificate_for_http_in_capitals", EC_CA, target="HTTP://example.org/")
    unused("warns_of_chain_for_http", file("chain.pem"), NOT_AUTHORITY, SEVERAL)
    unused("warns_beside_empty_certificate", "", "certificate_encoding", form=None)
    unused("warns_beside_malformed_certificate", encoded(b"\x30\x00"), "certificate_malformed", form=None)
    unused("warns_beside_trailing_data", encoded(EC_DER + b"\0"), "certificate_trailing_data", form=None)
    unused("warns_beside_expired_certificate", file("expired-ca.pem"), EXPIRED)
    add.add(
        "accepts_certificate_beside_http_proxy",
        flag,
        record(base64CA=encoded(EC_CA), proxy={"url": "http://proxy.example.org"}),
        "/proxy/url proxy_plain_http",
        form="base64-pem",
    )
    add.add(
        "tells_nothing_else_of_certificate_of_wrong_type",
        "field_type",
        Text(record_text('"base64CA": {"pem": ""}')),
        "/base64CA field_type",
    )
