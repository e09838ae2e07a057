"""`subscription.json`: what a validator of subscriptions must find."""

from __future__ import annotations

import json
from typing import Any

from .subscription_case import AddCase, Text, record, record_text, with_secret
from .subscription_certificate_vectors import add_certificates
from .subscription_copied_vectors import add_copied
from .subscription_field_vectors import add_fields
from .subscription_flags import FLAGS
from .subscription_name_vectors import add_names
from .subscription_rules import CODES, NAMES
from .subscription_secret_vectors import add_secrets
from .subscription_url_vectors import add_urls
from .suite import Suite

COMPANY = "7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"
PROJECT = "65f1c0ffee0123456789abcd"


def subscription_suite() -> Suite:
    assert set(CODES) < set(FLAGS), "each rule is a flag"
    suite = Suite("subscription.json", FLAGS, one_flag_each=True)
    add = AddCase(suite)
    add_valid(add)
    add_fields(add)
    add_ids(add)
    add_names(add)
    add_urls(add)
    add_certificates(add)
    add_secrets(add)
    add_copied(add)
    add_order(add)
    return suite


def add_valid(add: AddCase) -> None:
    def valid(id: str, **fields: Any) -> None:
        add(id, "valid", record(**fields), normalised=True)

    valid("accepts_instance")
    valid("accepts_company", tenantId=COMPANY)
    valid("accepts_project", projectId=PROJECT)
    valid("accepts_company_and_project", tenantId=COMPANY, projectId=PROJECT)
    valid("accepts_placeholder_of_the_documentation", projectId="0000000000000001")
    valid("accepts_company_by_slug", tenantId="acme")
    valid("accepts_project_by_slug", tenantId="acme", projectId="demo-project_2.0")
    valid("accepts_list_of_one_name", eventName=["tag_created"])
    valid("accepts_list_of_current_names", eventName=[name for name in NAMES if name.count("_") == 1])
    for name in NAMES:
        if name.count("_") == 1:
            add(f"accepts_{name}", "valid", record(eventName=name))
    valid("accepts_target_with_path", target="https://service-name.example.org/path")
    valid("accepts_target_with_port_and_query", target="https://example.org:8443/a/b?c=d&e=%20")
    valid("accepts_proxy", proxy={"url": "https://proxy.example.org:3128"})
    valid("accepts_dotted_proxy", **{"proxy.url": "https://proxy.example.org:3128"})
    valid("accepts_secret_with_inner_spaces", secret="correct horse battery staple and a saddle")
    add(
        "accepts_fields_backwards",
        "valid",
        Text(json.dumps(dict(reversed(record(tenantId=COMPANY, projectId=PROJECT).items())))),
        normalised=True,
    )
    add("accepts_pretty_text", "valid", Text(json.dumps(record(), indent=2) + "\r\n"), normalised=True)
    add(
        "accepts_escapes_in_keys_and_texts",
        "valid",
        Text(record_text('"\\u0074enantId": "\\u0061cme\\u002d1"')),
        normalised=True,
    )
    add(
        "accepts_pair_of_surrogate_escapes",
        "valid",
        with_secret('"\\ud83d\\udd11 0123456789 abcdefghijklmnop"'),
    )
    add("accepts_slash_escape", "valid", Text(record_text().replace("/", "\\/")), normalised=True)
    add("accepts_white_space_around_text", "valid", Text(f" \t\r\n{record_text()} \t\r\n"))


def add_ids(add: AddCase) -> None:
    def judged(id: str, flag: str, text: str, *codes: str, field: str = "tenantId") -> None:
        add(id, flag, record(**{field: text}), *(f"/{field} {code}" for code in codes))

    flag = "id_blank"
    for name, text in [
        ("empty", ""),
        ("space", " "),
        ("line_break", "\n"),
        ("no_break_space", "\xa0"),
        ("next_line", "\x85"),
    ]:
        judged(f"rejects_{name}_for_tenant", flag, text, flag)
    judged("rejects_empty_for_project", flag, "", flag, field="projectId")
    judged("rejects_ideographic_space_for_project", flag, "\u3000 \t", flag, field="projectId")

    flag = "id_control_character"
    for name, text in [
        ("nul", "acme\0"),
        ("final_line_break", "acme\n"),
        ("tab", "ac\tme"),
        ("escape", "\x1bacme"),
        ("delete", "acme\x7f"),
        ("next_line", "acme\x85"),
        ("line_break_and_space", "Acme Corp\r\n"),
        ("nothing_else", "\x01"),
    ]:
        judged(f"rejects_id_with_control_character_{name}", flag, text, flag)
    judged("rejects_line_break_in_project", flag, f"{PROJECT}\n", flag, field="projectId")

    flag = "id_is_name"
    judged("warns_of_name_of_company", flag, "Acme Corporation", flag)
    judged("warns_of_name_of_project", flag, "My Project", flag, field="projectId")
    judged("warns_of_name_with_outer_spaces", flag, " Acme Corporation ", flag)
    judged("warns_of_name_with_accents", flag, "Caff\xe8 Milano", flag)

    flag = "id_shape"
    judged("accepts_id_of_63_characters", flag, "a" * 63)
    judged("warns_of_id_of_64_characters", flag, "a" * 64, flag)
    judged("accepts_id_of_one_digit", flag, "0", field="projectId")
    judged("accepts_id_of_one_letter", flag, "Z")
    judged("accepts_id_of_two_letters", flag, "ab")
    judged("accepts_all_inner_characters", flag, "a.-_.-_Z", field="projectId")
    for name, text in [
        ("leading_dash", "-acme"),
        ("trailing_dot", "acme."),
        ("trailing_underscore", "acme_"),
        ("only_a_dash", "-"),
        ("slash", "acme/demo"),
        ("accent", "caff\xe8"),
        ("full_width_digit", "acme\uff11"),
        ("arabic_digit", "acme\u0661"),
        ("emoji", "\U0001f680"),
    ]:
        judged(f"warns_of_id_with_{name}", flag, text, flag)
    judged("warns_of_id_with_leading_space", flag, " acme", f"{flag} acme")
    judged("warns_of_id_with_trailing_spaces", flag, "acme  ", f"{flag} acme")
    judged("warns_of_object_id_in_constructor", flag, f'ObjectId("{PROJECT}")', flag, field="projectId")


def add_order(add: AddCase) -> None:
    flag = "order"
    add(
        "tells_fields_in_their_order",
        flag,
        Text(
            '{"proxy": {"url": "http://proxy.example.org"}, "zeta": 1, "secret": "", "base64CA": "", '
            '"target": "", "eventName": "", "alpha": 1, "projectId": "", "tenantId": ""}'
        ),
        "/tenantId id_blank",
        "/projectId id_blank",
        "/eventName event_name_blank",
        "/target url_malformed",
        "/base64CA certificate_encoding",
        "/secret secret_empty",
        "/proxy/url proxy_plain_http",
        "/zeta field_unknown",
        "/alpha field_unknown",
        note="Fields in their order, then unknown ones in that of the text.",
    )
    add(
        "tells_wrong_types_in_the_order_of_fields",
        flag,
        Text('{"secret": 1, "proxy": 1, "eventName": 1, "tenantId": 1}'),
        "/tenantId field_type",
        "/eventName field_type",
        "/target field_missing",
        "/secret field_type",
        "/proxy field_type",
    )
    add(
        "tells_unknown_and_misspelled_fields_as_they_come",
        flag,
        Text(record_text('"zeta": 1', '"tenant": 1', '"alpha": 1', '"Secret": 1')),
        "/zeta field_unknown",
        "/tenant field_misspelled tenantId",
        "/alpha field_unknown",
        "/Secret field_misspelled secret",
    )
    add(
        "tells_findings_of_target_in_order",
        flag,
        record(target="http://user:password@10.0.0.1/#top"),
        "/target url_credentials",
        "/target url_fragment",
        "/target url_plain_http",
        "/target url_private",
    )
    add(
        "tells_findings_of_proxy_in_order",
        flag,
        record(proxy={"url": "http://user:password@10.0.0.1/#top"}),
        "/proxy/url url_fragment",
        "/proxy/url url_private",
        "/proxy/url proxy_plain_http",
        "/proxy/url proxy_credentials",
    )
    add(
        "tells_findings_of_secret_in_order",
        flag,
        record(secret=" 'secret'\n"),
        "/secret secret_final_newline",
        "/secret secret_outer_space",
        "/secret secret_quoted",
        "/secret secret_very_short",
        "/secret secret_common",
    )
    add(
        "tells_names_by_index",
        flag,
        record(eventName=["something", "company_user_added", "something", "", "project_user_added"]),
        "/eventName/0 event_name_unknown",
        "/eventName/1 event_name_alias user_added",
        "/eventName/2 event_name_unknown",
        "/eventName/2 event_name_duplicate",
        "/eventName/3 event_name_blank",
        "/eventName/4 event_name_legacy user_added",
    )
    add(
        "tells_duplicate_before_what_is_wrong_with_the_last",
        flag,
        Text(record_text('"tenantId": ""', '"tenantId": "Acme Corporation"', '"secret": "s3cret"')),
        "/tenantId field_duplicate",
        "/tenantId id_is_name",
        "/secret field_duplicate",
        "/secret secret_very_short",
        "/secret secret_monotonous",
    )
    add(
        "warnings_alone_leave_it_valid",
        flag,
        record(tenantId="Acme Corporation", target="http://127.0.0.1/", comment=1),
        "/tenantId id_is_name",
        "/target url_plain_http",
        "/target url_loopback",
        "/comment field_unknown",
    )
    add(
        "one_error_among_warnings_is_enough",
        flag,
        record(tenantId="Acme Corporation", target="http://127.0.0.1/", secret="${SECRET}"),
        "/tenantId id_is_name",
        "/target url_plain_http",
        "/target url_loopback",
        "/secret secret_placeholder",
    )
