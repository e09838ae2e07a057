"""The part of `subscription.json` about JSON, and about which fields there are."""

from __future__ import annotations

import json
import re
from typing import Any

from .subscription_case import AddCase, Repeat, Text, record, record_text, with_secret
from .subscription_rules import MAX_TEXT_BYTES


def add_fields(add: AddCase) -> None:
    add_texts(add)
    add_values(add)
    add_field_names(add)
    add_proxy_fields(add)


def add_texts(add: AddCase) -> None:
    def refused(id: str, text: str, **options: Any) -> None:
        add(f"rejects_{id}", "json_malformed", Text(text), "json_malformed", **options)

    usual = record_text()
    refused("empty_text", "")
    refused("blank_text", " \n")
    refused("cut_text", usual[:-1])
    refused("text_cut_inside_a_text", usual[:-2])
    refused("trailing_comma", usual[:-1] + ",}")
    refused("trailing_comma_in_list", record_text('"x": [1,]'))
    refused("trailing_brace", usual + "}")
    refused("second_value", usual + usual)
    refused(
        "byte_order_mark",
        "\ufeff" + usual,
        note="TextDecoder drops it; a text that holds it was not decoded.",
    )
    refused("no_break_space_in_front", "\xa0" + usual)
    refused("single_quotes", usual.replace('"', "'"))
    refused("keys_without_quotes", usual.replace('"secret"', "secret"))
    refused("comment", usual + " // the webhook")
    refused("nan", record_text('"x": NaN'))
    refused("leading_zero", record_text('"x": 01'))
    refused("capital_true", record_text('"x": True'))
    refused("raw_line_break_in_text", with_secret('"0123456789abcdef\n0123456789abcdef"').json)
    refused("unknown_escape", with_secret('"\\x41"').json)
    refused("lone_high_surrogate", with_secret('"\\ud800 0123456789 abcdefghijklmnopq"').json)
    refused("lone_low_surrogate", with_secret('"\\udc00 0123456789 abcdefghijklmnopq"').json)
    refused("surrogates_in_wrong_order", with_secret('"\\udc00\\ud800 0123456789 abcdefghijk"').json)
    refused("lone_surrogate_in_key", record_text('"\\ud800": 1'))
    refused("lone_surrogate_in_unknown_field", record_text('"comment": "\\ud800"'))
    refused("yaml", "eventName: project_created\n")
    for depth in (100, 200, 400):
        add(
            f"accepts_unknown_field_{depth}_deep",
            "json_malformed",
            Text(record_text('"comment": ' + "[" * depth + "]" * depth)),
            "/comment field_unknown",
        )
    add(
        "accepts_unknown_field_of_objects_200_deep",
        "json_malformed",
        Text(record_text('"comment": ' + '{"a":' * 200 + "1" + "}" * 200)),
        "/comment field_unknown",
    )

    def padded(length: int, text: str = usual) -> Repeat:
        return Repeat("", " ", length - len(text))

    flag = "too_large"
    add("accepts_1_mib_of_text", flag, Text(usual), repeat=padded(MAX_TEXT_BYTES))
    add("rejects_1_mib_and_a_byte_of_text", flag, Text(usual), "too_large", repeat=padded(MAX_TEXT_BYTES + 1))
    add(
        "rejects_too_large_before_malformed",
        flag,
        Text('{"secret": "'),
        "too_large",
        repeat=Repeat("", "\xe9", MAX_TEXT_BYTES // 2),
        note="Bytes are counted and not characters, before anything is parsed.",
    )

    flag = "not_an_object"
    for name, text in [
        ("empty_list", "[]"),
        ("lists_200_deep", "[" * 200 + "]" * 200),
        ("subscription_in_list", f"[{usual}]"),
        ("text", '"project_created"'),
        ("subscription_in_text", json.dumps(usual)),
        ("null", "null"),
        ("true", "true"),
        ("number", "1"),
    ]:
        add(f"rejects_{name}", flag, Text(text), "not_an_object")
    for name, value in [("null", None), ("number", 1), ("false", False), ("list", [record()])]:
        add(f"rejects_value_{name}", flag, value, "not_an_object")


def add_values(add: AddCase) -> None:
    flag = "field_missing"
    all_missing = [f"/{field} field_missing" for field in ("eventName", "target", "secret")]
    add("rejects_empty_object", flag, {}, *all_missing)
    for field in ("eventName", "target", "secret"):
        rest = {name: value for name, value in record().items() if name != field}
        add(f"rejects_missing_{field.lower()}", flag, rest, f"/{field} field_missing")
    add(
        "rejects_fields_inside_another_one",
        flag,
        {"subscription": record()},
        "/subscription record_wrapped",
    )
    add(
        "rejects_fields_inside_proto",
        flag,
        Text(f'{{"__proto__": {record_text()}}}'),
        "/__proto__ record_wrapped",
        note="A parser that sets the prototype finds inherited fields.",
    )

    flag = "field_type"
    for field in ("tenantId", "projectId", "eventName", "target", "base64CA", "secret", "proxy"):
        add(f"rejects_null_for_{field.lower()}", flag, record(**{field: None}), f"/{field} field_type")
    for field, name, value in [
        ("tenantId", "number", 1),
        ("projectId", "list", ["65f1c0ffee0123456789abcd"]),
        ("projectId", "object", {"$oid": "65f1c0ffee0123456789abcd"}),
        ("eventName", "object", {"0": "project_created"}),
        ("eventName", "true", True),
        ("target", "object", {"url": "https://example.org/webhook"}),
        ("target", "list", ["https://example.org/webhook"]),
        ("base64CA", "list", []),
        ("secret", "number", 12345678901234567),
        ("secret", "object", {"name": "WEBHOOK_SECRET"}),
        ("secret", "false", False),
        ("proxy", "text", "https://proxy.example.org"),
        ("proxy", "list", [{"url": "https://proxy.example.org"}]),
        ("proxy", "false", False),
        ("proxy.url", "object", {"url": "https://proxy.example.org"}),
    ]:
        id = f"rejects_{name}_for_{field.lower().replace('.', '_')}"
        add(id, flag, record(**{field: value}), f"/{field} field_type")
    add("rejects_number_for_url_of_proxy", flag, record(proxy={"url": 3128}), "/proxy/url field_type")
    add(
        "rejects_names_that_are_no_texts",
        flag,
        record(eventName=["tag_created", 1, None, ["tag_deleted"]]),
        *(f"/eventName/{index} field_type" for index in (1, 2, 3)),
    )

    flag = "field_duplicate"
    usual = '"https://example.org/webhook"'
    add("rejects_target_twice", flag, Text(record_text(f'"target": {usual}')), "/target field_duplicate")
    add(
        "rejects_wrong_target_before_right_one",
        flag,
        Text(f'{{"target": "nowhere", {record_text()[1:]}'),
        "/target field_duplicate",
        note="The last one is judged.",
    )
    add(
        "rejects_right_target_before_wrong_one",
        flag,
        Text(record_text('"target": "ftp://example.org/"')),
        "/target field_duplicate",
        "/target url_scheme",
    )
    add(
        "rejects_duplicate_of_other_type",
        flag,
        Text(record_text('"eventName": null')),
        "/eventName field_duplicate",
        "/eventName field_type",
    )
    add(
        "rejects_duplicate_written_with_escape",
        flag,
        Text(record_text('"\\u0074arget": "https://other.example.org/"')),
        "/target field_duplicate",
    )
    add(
        "rejects_two_proxies",
        flag,
        Text(record_text('"proxy": {}', '"proxy": {"url": "https://proxy.example.org"}')),
        "/proxy field_duplicate",
    )
    proxy = '"https://proxy.example.org"'
    add(
        "rejects_two_urls_in_proxy",
        flag,
        Text(record_text(f'"proxy": {{"url": {proxy}, "url": {proxy}}}')),
        "/proxy/url field_duplicate",
    )
    add(
        "rejects_two_dotted_proxies",
        flag,
        Text(record_text(f'"proxy.url": {proxy}', f'"proxy.url": {proxy}')),
        "/proxy.url field_duplicate",
    )
    add(
        "accepts_equal_keys_at_different_depths",
        flag,
        Text(record_text('"comment": {"secret": 1, "target": {"target": 2, "secret": 3}}')),
        "/comment field_unknown",
    )


def add_field_names(add: AddCase) -> None:
    flag = "field_misspelled"
    for key, field in [
        ("tenant_id", "tenantId"),
        ("TENANTID", "tenantId"),
        ("tenant Id", "tenantId"),
        ("tenant", "tenantId"),
        ("project-id", "projectId"),
        ("porjectId", "projectId"),
        ("project", "projectId"),
        ("base64ca", "base64CA"),
        ("base64", "base64CA"),
        ("base46CA", "base64CA"),
        ("proxyUrl", "proxy.url"),
        ("proxy_url", "proxy.url"),
        ("proxy.uri", "proxy.url"),
        ("Proxy", "proxy"),
    ]:
        id = "rejects_field_" + re.sub("[^a-z0-9]", "_with_separator_", key.replace("_", "").lower())
        id += "_in_upper_case" if key.isupper() else "_in_snake_case" if "_" in key else ""
        add(id, flag, record(**{key: "acme"}), f"/{key} field_misspelled {field}")
    without_name = {name: value for name, value in record().items() if name != "eventName"}
    for key, note in [
        ("eventNames", None),
        ("event_name", None),
        ("evnetName", "Neighbours that are swapped are one edit."),
    ]:
        add(
            f"rejects_field_{key.lower()}_for_eventname",
            flag,
            {**without_name, key: "project_created"},
            "/eventName field_missing",
            f"/{key} field_misspelled eventName",
            note=note,
        )
    add(
        "rejects_target_in_capitals",
        flag,
        {"eventName": "tag_created", "TARGET": "nowhere", "secret": record()["secret"]},
        "/target field_missing",
        "/TARGET field_misspelled target",
        note="The value of a misspelled field is not judged.",
    )
    add("rejects_misspelled_beside_right_one", flag, record(secrets=""), "/secrets field_misspelled secret")
    add("rejects_two_edits", flag, record(tragetx=1), "/tragetx field_misspelled target")
    add("accepts_three_edits", flag, record(tragetxx=1), "/tragetxx field_unknown")

    flag = "field_unknown"
    for key in [
        "id",
        "name",
        "events",
        "url",
        "proxies",
        "constructor",
        "toString",
        "hasOwnProperty",
        "then",
    ]:
        add(f"accepts_field_{key.lower()}", flag, record(**{key: "x"}), f"/{key} field_unknown")
    add("accepts_empty_key", flag, record(**{"": 1}), "/ field_unknown")
    add(
        "accepts_key_with_slash_and_tilde",
        flag,
        record(**{"a/b~c~1": 1}),
        "/a~1b~0c~01 field_unknown",
        note="A path is a JSON pointer: ~ is ~0, / is ~1.",
    )
    add("accepts_key_in_other_script", flag, record(**{"\u79d8\u5bc6": 1}), "/\u79d8\u5bc6 field_unknown")
    add(
        "accepts_unknown_object",
        flag,
        record(metadata={"a": [{"secret": None}, {}]}),
        "/metadata field_unknown",
    )
    add("accepts_unknown_null", flag, record(description=None), "/description field_unknown")
    add(
        "accepts_unknown_number_beyond_64_bits",
        flag,
        Text(record_text('"revision": 123456789012345678901234567890')),
        "/revision field_unknown",
    )


def add_proxy_fields(add: AddCase) -> None:
    url = "https://proxy.example.org"
    add("rejects_proxy_without_url", "field_missing", record(proxy={}), "/proxy/url field_missing")
    add(
        "rejects_proxy_with_uri",
        "field_misspelled",
        record(proxy={"uri": url}),
        "/proxy/url field_missing",
        "/proxy/uri field_misspelled url",
    )
    add(
        "rejects_capital_url_beside_url",
        "field_misspelled",
        record(proxy={"url": url, "URL": url}),
        "/proxy/URL field_misspelled url",
    )
    add(
        "accepts_href_beside_url",
        "field_unknown",
        record(proxy={"url": url, "href": url}),
        "/proxy/href field_unknown",
    )
    add(
        "accepts_short_key_beside_url",
        "field_unknown",
        record(proxy={"url": url, "ur": url}),
        "/proxy/ur field_unknown",
        note="One edit of two letters is no slip of the pen.",
    )
    add(
        "accepts_fields_of_the_record_inside_proxy",
        "field_unknown",
        record(proxy={"url": url, "secret": ""}),
        "/proxy/secret field_unknown",
    )
    both = {"proxy": {"url": url}, "proxy.url": url}
    add("rejects_proxy_in_both_forms", "field_duplicate", record(**both), "/proxy.url field_duplicate")
    add(
        "rejects_both_forms_with_findings",
        "field_duplicate",
        record(**{"proxy": {"url": "http://a.example.org"}, "proxy.url": "http://10.0.0.1"}),
        "/proxy/url proxy_plain_http",
        "/proxy.url field_duplicate",
        "/proxy.url url_private",
        "/proxy.url proxy_plain_http",
        note="Both are judged, each at its own path.",
    )
