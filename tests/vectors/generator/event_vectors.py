"""`event.json`: which payloads are events."""

from __future__ import annotations

import json
import re
from typing import Union

from .payloads import EVENT, EXAMPLES, minified, pretty
from .rules import MAX_SAFE_INTEGER, event_in
from .suite import Suite


class AddEvent:
    """Adds payloads that are events, and payloads that are not."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite

    def valid(
        self, id: str, flags: str, payload: Union[str, bytes], name: str = "e", timestamp: int = 1
    ) -> None:
        payload = payload.encode() if isinstance(payload, str) else payload
        assert event_in(payload) == (name, timestamp), f"{id} is {event_in(payload)}"
        self.suite.add(id, flags, payload=payload, valid=True, eventName=name, eventTimestamp=timestamp)

    def invalid(self, id: str, flags: str, payload: Union[str, bytes]) -> None:
        payload = payload.encode() if isinstance(payload, str) else payload
        assert event_in(payload) is None, f"{id} is {event_in(payload)}"
        self.suite.add(id, flags, payload=payload, valid=False)


def envelope(name: str = '"e"', timestamp: str = "1", payload: str = "{}") -> str:
    """An event as JSON text, from the JSON text of its three fields."""
    return f'{{"eventName":{name},"eventTimestamp":{timestamp},"payload":{payload}}}'


def event_suite() -> Suite:
    suite = Suite(
        "event.json",
        {
            "catalogue": "An event that the Console sends is refused.",
            "unknown_event": "An event name that is not in the catalogue is refused: the catalogue is open.",
            "unknown_key": "A key that is not known is refused: payloads have grown with every Console.",
            "key_order": "The fields are expected in one order.",
            "json_white_space": "White space that JSON allows between tokens is refused.",
            "other_white_space": "White space that JSON does not know is skipped.",
            "missing_field": "A missing field is read as undefined and let through.",
            "field_name": "The name of a field is compared without regard to case or form, or before its escapes are read.",
            "wrong_type": "A field of another type is converted or let through.",
            "array_is_object": "An array is taken for an object: typeof says the same of both.",
            "null_is_object": "null is taken for an object, or its field is read and throws.",
            "empty_name": "An empty event name is let through; or a blank one, which is not empty, is refused.",
            "top_level": "JSON that is no object is let through, or throws when a field is read.",
            "number_form": "A number is judged by how it is written: 1e3 and 1000.0 are the integer 1000.",
            "number_rounding": "A number is judged by its digits, or converted without care, where JavaScript takes the nearest double and then asks whether it is an integer.",
            "number_range": "A timestamp that a JavaScript number does not hold exactly, that is negative or not an integer, is let through.",
            "number_wraps": "A timestamp is kept in 32 or 64 bits and wraps round, or is refused above 32 bits.",
            "number_grammar": "A number that JSON does not allow is let through.",
            "zero_timestamp": "The timestamp 0 is falsy and counts as missing.",
            "date_range": "A timestamp that Date cannot hold throws.",
            "not_json": "A payload that is not JSON throws something else, or is let through.",
            "lenient_json": "A lenient parser (JSON5, YAML, eval) lets through what JSON does not allow.",
            "trailing_data": "What follows the JSON value is ignored.",
            "cut_payload": "A payload that breaks off is completed or let through.",
            "byte_order_mark": "A byte-order mark in front is dropped, as TextDecoder does unless told otherwise.",
            "text_decoding": "Bytes that are not UTF-8 become U+FFFD and are let through.",
            "other_encoding": "The encoding is guessed, so that UTF-16 or UTF-32 is let through.",
            "nul_terminated": "A NUL ends the payload, as in a C string.",
            "control_character": "A raw control character inside a string is let through.",
            "escape": "An escape is read wrongly, or one that JSON does not know is let through.",
            "duplicate_key": "Of two equal keys the first one counts, or only one of them is checked; everywhere else the last one counts.",
            "prototype_key": "A key such as __proto__ sets the prototype, so that fields are inherited and not present.",
            "prototype_name": "The event name is looked up in a plain object, where constructor and toString are found.",
            "deep_nesting": "A deeply nested payload is refused or overflows the stack.",
            "large_number_in_payload": "A number in the payload that has no exact double is refused, although nothing reads it.",
            "text_length": "Text with astral characters is cut or changed.",
        },
    )
    add = AddEvent(suite)
    add_catalogue(add)
    add_envelopes(add)
    add_timestamps(add)
    add_texts_that_are_not_json(add)
    add_encodings(add)
    add_keys(add)
    return suite


def add_catalogue(add: AddEvent) -> None:
    for event in EXAMPLES:
        name, timestamp = event["eventName"], event["eventTimestamp"]
        add.valid(f"accepts_{name}", "catalogue", minified(event), name, timestamp)
    name, timestamp = EVENT["eventName"], EVENT["eventTimestamp"]
    add.valid("accepts_pretty_event", "json_white_space", pretty(EVENT), name, timestamp)
    documented = envelope('"project_created"', "123456", '{"tenantId":"acme","projectId":"0000000000000001"}')
    add.valid("accepts_placeholders_of_the_documentation", "catalogue", documented, "project_created", 123456)


def add_envelopes(add: AddEvent) -> None:
    add.valid("accepts_empty_payload_object", "unknown_event", envelope())
    for name in ["something_new", "TAG_CREATED", "tag_created ", "tag/created", "*"]:
        id = re.sub(
            "[^a-z]+",
            "_",
            name.lower().replace(" ", "_with_space").replace("*", "star").replace("/", "_with_slash_"),
        )
        id = "accepts_unknown_event_" + ("in_upper_case" if name.isupper() else id)
        add.valid(id, "unknown_event", envelope(json.dumps(name)), name)
    add.valid("accepts_blank_name", "empty_name", envelope('" "'), " ")
    add.invalid("rejects_empty_name", "empty_name", envelope('""'))
    long_name = "n" * 1000
    add.valid("accepts_name_of_1000_characters", "unknown_event", envelope(f'"{long_name}"'), long_name)
    emoji = "\U0001f680"
    add.valid("accepts_emoji_in_name", "text_length", envelope(f'"{emoji}"'), emoji)
    add.valid("accepts_emoji_in_payload", "text_length", envelope(payload=f'{{"v":"{emoji}"}}'))
    add.valid(
        "accepts_unknown_keys",
        "unknown_key",
        envelope()[:-1] + ',"id":"1","version":2,"extra":{"a":[null,true,{}]}}',
    )
    add.valid(
        "accepts_unknown_keys_in_payload",
        "unknown_key",
        envelope(payload='{"new":{"eventName":1,"payload":null}}'),
    )
    add.valid("accepts_fields_backwards", "key_order", '{"payload":{},"eventTimestamp":1,"eventName":"e"}')
    add.valid(
        "accepts_payload_before_name",
        "key_order",
        '{"payload":{"eventName":"inner"},"eventName":"e","eventTimestamp":1}',
    )
    spaced = ' \t\r\n{ "eventName"\t:\r"e" ,\n"eventTimestamp" : 1 , "payload" : { } }\n\r\t '
    add.valid("accepts_white_space_everywhere", "json_white_space", spaced)
    add.valid("accepts_trailing_newline", "json_white_space", envelope() + "\n")
    add.valid("accepts_leading_newline", "json_white_space", "\n" + envelope())
    for name, space in [
        ("form_feed", "\f"),
        ("vertical_tab", "\v"),
        ("no_break_space", "\u00a0"),
        ("line_separator", "\u2028"),
        ("zero_width_space", "\u200b"),
    ]:
        add.invalid(f"rejects_{name}_behind", "other_white_space trailing_data", envelope() + space)
        add.invalid(f"rejects_{name}_in_front", "other_white_space", space + envelope())
        add.invalid(
            f"rejects_{name}_between_tokens", "other_white_space", envelope().replace(",", "," + space, 1)
        )

    fields = {"eventName": '"e"', "eventTimestamp": "1", "payload": "{}"}

    def without(*missing: str) -> str:
        return (
            "{" + ",".join(f'"{name}":{value}' for name, value in fields.items() if name not in missing) + "}"
        )

    def called(name: str) -> str:
        return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()

    for name in fields:
        add.invalid(f"rejects_missing_{called(name)}", "missing_field", without(name))
        only = without(*(other for other in fields if other != name))
        add.invalid(f"rejects_only_{called(name)}", "missing_field", only)
        for case_name, cased in [
            ("upper_case", name.upper()),
            ("lower_case", name.lower()),
            ("capitals", name[0].upper() + name[1:]),
            ("trailing_space", name + " "),
            ("trailing_nul_escape", name + "\\u0000"),
        ]:
            if cased != name:
                id = f"rejects_{called(name)}_with_{case_name}_in_its_key"
                add.invalid(
                    id, "field_name missing_field", without()[:-1].replace(f'"{name}"', f'"{cased}"') + "}"
                )
    add.invalid(
        "rejects_snake_case",
        "field_name missing_field",
        '{"event_name":"e","event_timestamp":1,"payload":{}}',
    )
    add.valid(
        "accepts_escapes_in_key",
        "field_name escape",
        envelope().replace("eventName", "\\u0065vent\\u004eame"),
    )
    add.invalid("rejects_empty_object", "missing_field", "{}")
    add.invalid("rejects_event_inside_another_key", "missing_field", f'{{"event":{envelope()}}}')
    add.invalid("rejects_fields_inside_payload", "missing_field", f'{{"payload":{envelope()}}}')

    values = {
        "null": "null",
        "true": "true",
        "false": "false",
        "number": "1",
        "zero": "0",
        "text": '"1"',
        "array": "[]",
        "array_of_one": "[1]",
        "array_of_text": '["e"]',
        "array_of_object": "[{}]",
        "object": "{}",
        "empty_text": '""',
        "object_in_text": '"{}"',
        "object_with_value": '{"value":1}',
    }
    right = {
        "eventName": {"text", "object_in_text"},
        "eventTimestamp": {"number", "zero"},
        "payload": {"object", "object_with_value"},
    }
    arguments = {"eventName": "name", "eventTimestamp": "timestamp", "payload": "payload"}
    for name, argument in arguments.items():
        for value_name, value in values.items():
            if value_name in right[name] or (name, value_name) == ("eventName", "empty_text"):
                continue
            flags = "wrong_type"
            if name == "payload" and value.startswith("["):
                flags += " array_is_object"
            if value == "null":
                flags += " null_is_object"
            id = f"rejects_{value_name}_for_{called(name)}"
            add.invalid(id, flags, envelope(**{argument: value}))
    add.invalid("rejects_milliseconds_in_text", "wrong_type", envelope(timestamp='"123"'))
    add.invalid("rejects_date_in_text", "wrong_type", envelope(timestamp='"2026-01-01T00:00:00.000Z"'))
    add.invalid("rejects_payload_in_text", "wrong_type", envelope(payload=json.dumps('{"tenantId":"acme"}')))

    for name, value in [
        ("array", "[]"),
        ("text", '"e"'),
        ("empty_text", '""'),
        ("null", "null"),
        ("true", "true"),
        ("number", "1"),
    ]:
        add.invalid(f"rejects_top_level_{name}", "top_level", value)
    add.invalid("rejects_event_in_array", "top_level array_is_object", f"[{envelope()}]")
    add.invalid("rejects_event_in_text", "top_level", json.dumps(envelope()))


def add_timestamps(add: AddEvent) -> None:
    add.valid("accepts_timestamp_0", "zero_timestamp", envelope(timestamp="0"), timestamp=0)
    add.valid("accepts_timestamp_123456", "number_range", envelope(timestamp="123456"), timestamp=123456)
    for name, text, timestamp in [
        ("minus_zero", "-0", 0),
        ("minus_zero_with_fraction", "-0.0", 0),
        ("zero_with_exponent", "0e5", 0),
        ("exponent", "1e3", 1000),
        ("upper_case_exponent", "1E3", 1000),
        ("exponent_with_plus", "1e+3", 1000),
        ("exponent_with_leading_zero", "1e03", 1000),
        ("fraction_of_zero", "1000.0", 1000),
        ("fraction_that_the_exponent_lifts", "1.5e1", 15),
        ("negative_exponent_that_leaves_an_integer", "1234560e-1", 123456),
        ("milliseconds_with_exponent", "1.7672256e12", 1767225600000),
    ]:
        add.valid(f"accepts_{name}", "number_form", envelope(timestamp=text), timestamp=timestamp)
    for name, timestamp in [("2_31", 2**31), ("2_32", 2**32), ("2_32_and_1", 2**32 + 1)]:
        add.valid(f"accepts_{name}", "number_wraps", envelope(timestamp=str(timestamp)), timestamp=timestamp)
    largest = MAX_SAFE_INTEGER
    add.valid(
        "accepts_largest_safe_integer",
        "number_range date_range",
        envelope(timestamp=str(largest)),
        timestamp=largest,
    )
    for name, text, timestamp in [
        ("largest_safe_integer_with_fraction", f"{largest}.0", largest),
        ("largest_safe_integer_after_rounding_up", f"{largest - 1}.6", largest),
        ("largest_safe_integer_after_rounding_down", f"{largest}.4", largest),
        ("largest_safe_integer_with_long_fraction", f"{largest}.{'0' * 30}", largest),
        ("fraction_lost_to_rounding", "1767225600000.00000001", 1767225600000),
        ("almost_1", "0.99999999999999999999", 1),
        ("number_that_rounds_to_0", "1e-400", 0),
    ]:
        add.valid(
            f"accepts_{name}", "number_rounding number_form", envelope(timestamp=text), timestamp=timestamp
        )
    add.valid(
        "accepts_largest_safe_integer_with_exponent",
        "number_range number_form",
        envelope(timestamp="9.007199254740991e15"),
        timestamp=largest,
    )
    beyond_date = 8_640_000_000_000_001
    add.valid(
        "accepts_timestamp_beyond_date",
        "date_range",
        envelope(timestamp=str(beyond_date)),
        timestamp=beyond_date,
    )

    for name, text in [
        ("2_53", str(2**53)),
        ("2_53_and_1", str(2**53 + 1)),
        ("2_53_with_exponent", "9.007199254740992e15"),
        ("2_53_with_fraction", f"{2**53}.0"),
        ("minus_1", "-1"),
        ("minus_1_with_exponent", "-1e0"),
        ("smallest_safe_integer", str(-largest)),
        ("one_and_a_half", "1.5"),
        ("milliseconds_with_fraction", "1767225600000.5"),
        ("one_tenth", "1e-1"),
        ("smallest_double", "5e-324"),
        ("1e16", "1e16"),
        ("1e308", "1e308"),
        ("1e400", "1e400"),
        ("minus_1e400", "-1e400"),
    ]:
        add.invalid(f"rejects_{name}", "number_range", envelope(timestamp=text))
    for name, number in [
        ("2_63", 2**63),
        ("2_64", 2**64),
        ("2_64_and_1000", 2**64 + 1000),
        ("minus_2_64_and_1000", 1000 - 2**64),
        ("2_128_and_1000", 2**128 + 1000),
    ]:
        add.invalid(f"rejects_{name}", "number_range number_wraps", envelope(timestamp=str(number)))
    just_above = envelope(timestamp=f"{largest}.6")
    add.invalid("rejects_largest_safe_integer_that_rounds_up", "number_rounding number_range", just_above)
    add.invalid(
        "rejects_fraction_that_rounding_keeps", "number_rounding", envelope(timestamp="1767225600000.001")
    )
    add.invalid("rejects_400_digits", "number_range number_wraps", envelope(timestamp="1" * 400))
    for name, text in [
        ("nan", "NaN"),
        ("infinity", "Infinity"),
        ("minus_infinity", "-Infinity"),
        ("undefined", "undefined"),
        ("leading_zero", "01"),
        ("plus_sign", "+1"),
        ("fraction_without_digits", "1."),
        ("fraction_without_integer", ".5"),
        ("hexadecimal", "0x10"),
        ("octal", "0o17"),
        ("underscore", "1_000"),
        ("bigint", "1n"),
        ("two_minus_signs", "--1"),
        ("minus_sign_alone", "-"),
        ("exponent_without_digits", "1e"),
        ("thousands_separators", "1,000"),
        ("no_value", ""),
        ("full_width_digit", "\uff11"),
        ("arabic_indic_digit", "\u0661"),
        ("space_in_number", "1 000"),
    ]:
        add.invalid(f"rejects_{name}_as_number", "number_grammar", envelope(timestamp=text))


def add_texts_that_are_not_json(add: AddEvent) -> None:
    event = envelope()
    add.invalid("rejects_empty_payload", "not_json", "")
    add.invalid("rejects_blank_payload", "not_json", " \n")
    add.invalid("rejects_text", "not_json", "hello")
    add.invalid("rejects_html", "not_json", "<!doctype html><title>502</title>")
    add.invalid("rejects_form", "not_json", "payload=%7B%22eventName%22%3A%22e%22%7D")
    add.invalid("rejects_form_with_json", "not_json", "payload=" + event)
    add.invalid("rejects_undefined", "not_json", "undefined")
    add.invalid("rejects_object_in_text", "not_json", "[object Object]")
    add.invalid("rejects_yaml", "lenient_json", "eventName: e\neventTimestamp: 1\npayload: {}\n")
    for name, text in [
        ("trailing_comma", event[:-1] + ",}"),
        ("trailing_comma_in_array", envelope(payload='{"a":[1,]}')),
        ("leading_comma", "{," + event[1:]),
        ("two_commas", event.replace(",", ",,", 1)),
        ("missing_comma", event.replace(",", " ", 1)),
        ("equals_sign_for_colon", event.replace(":", "=", 1)),
        ("single_quotes", event.replace('"', "'")),
        ("curly_quotes", event.replace('"e"', "\u201ce\u201d")),
        ("keys_without_quotes", '{eventName:"e",eventTimestamp:1,payload:{}}'),
        ("comment_in_block", event.replace(",", ",/* comment */", 1)),
        ("comment_in_line", "// comment\n" + event),
        ("comment_behind", event + " // comment"),
        ("comment_with_hash", "# comment\n" + event),
        ("python_constants", envelope(payload='{"a":True,"b":None}')),
        ("parentheses", f"({event})"),
        ("prefix_against_hijacking", ")]}'\n" + event),
        ("json_p", f"callback({event})"),
        ("semicolon", event + ";"),
    ]:
        add.invalid(f"rejects_{name}", "lenient_json", text)

    for name, trailer in [
        ("brace", "}"),
        ("text", "x"),
        ("second_event", event),
        ("second_event_in_a_line", "\n" + event),
        ("comma", ","),
        ("null", "null"),
        ("record_separator", "\x1e"),
    ]:
        add.invalid(f"rejects_{name}_behind", "trailing_data", event + trailer)
    add.invalid("rejects_nul_behind", "nul_terminated trailing_data", event + "\0")
    add.invalid("rejects_nul_in_front", "nul_terminated", "\0" + event)
    add.invalid("rejects_nul_and_text_behind", "nul_terminated trailing_data", event + "\0junk")

    for count in [1, 2, 3, len(event) // 2]:
        add.invalid(f"rejects_payload_without_its_last_{count}_bytes", "cut_payload", event[:-count])
    add.invalid("rejects_first_byte_alone", "cut_payload", event[:1])
    add.invalid("rejects_payload_without_its_first_byte", "cut_payload", event[1:])
    add.invalid("rejects_payload_cut_inside_an_escape", "cut_payload escape", '{"eventName":"\\u00')
    add.invalid(
        "rejects_payload_cut_inside_a_character", "cut_payload text_decoding", b'{"eventName":"\xe2\x82'
    )
    add.invalid("rejects_mismatched_brackets", "not_json", envelope(payload='{"a":[}]'))

    for name, character in [("newline", "\n"), ("tab", "\t"), ("nul", "\0"), ("unit_separator", "\x1f")]:
        add.invalid(
            f"rejects_raw_{name}_in_text", "control_character", envelope(payload=f'{{"v":"a{character}b"}}')
        )
        add.invalid(f"rejects_raw_{name}_in_name", "control_character", envelope(f'"e{character}"'))
    add.valid("accepts_raw_delete_in_text", "control_character", envelope(payload='{"v":"\x7f"}'))
    add.valid(
        "accepts_raw_line_separators_in_text", "control_character", envelope(payload='{"v":"\u2028\u2029"}')
    )
    for name, escape in [
        ("x", r"\x41"),
        ("single_quote", r"\'"),
        ("v", r"\v"),
        ("zero", r"\0"),
        ("short_u", r"\u12"),
        ("u_with_braces", r"\u{41}"),
        ("u_with_g", r"\u00g1"),
        ("upper_u", r"\U0001f680"),
        ("newline", "\\\n"),
    ]:
        add.invalid(f"rejects_escape_{name}", "escape", envelope(payload=f'{{"v":"{escape}"}}'))
    every_escape = r"\"\\\/\b\f\n\r\t\u0000\u00e9\u00E9\ud83d\ude80"
    add.valid("accepts_every_escape", "escape", envelope(payload=f'{{"v":"{every_escape}"}}'))
    add.valid(
        "accepts_escapes_in_name", "escape", envelope(r'"\u0065\u00e8\ud83d\ude80\n"'), "e\u00e8\U0001f680\n"
    )


def add_encodings(add: AddEvent) -> None:
    event = envelope()
    mark = b"\xef\xbb\xbf"
    add.invalid("rejects_byte_order_mark", "byte_order_mark", mark + event.encode())
    add.invalid("rejects_byte_order_mark_after_white_space", "byte_order_mark", b" " + mark + event.encode())
    add.invalid("rejects_byte_order_mark_behind", "byte_order_mark trailing_data", event.encode() + mark)
    add.invalid("rejects_byte_order_mark_alone", "byte_order_mark not_json", mark)
    add.valid("accepts_byte_order_mark_in_text", "byte_order_mark", envelope(payload='{"v":"\ufeff"}'))
    for name, encoding in [
        ("utf_16_le", "utf-16-le"),
        ("utf_16_be", "utf-16-be"),
        ("utf_32_le", "utf-32-le"),
        ("utf_32_be", "utf-32-be"),
    ]:
        add.invalid(f"rejects_{name}", "other_encoding", event.encode(encoding))
        marked = ("\ufeff" + event).encode(encoding)
        add.invalid(f"rejects_{name}_with_byte_order_mark", "other_encoding byte_order_mark", marked)
    add.invalid(
        "rejects_latin_1",
        "other_encoding text_decoding",
        envelope(payload='{"v":"perch\u00e9"}').encode("latin-1"),
    )
    for name, not_utf_8 in [
        ("byte_ff", b"\xff"),
        ("lone_continuation_byte", b"\x80"),
        ("overlong_slash", b"\xc0\xaf"),
        ("overlong_nul", b"\xc0\x80"),
        ("cut_sequence", b"\xe2\x82"),
        ("surrogate_in_utf_8", b"\xed\xa0\x80"),
        ("surrogate_pair_in_utf_8", b"\xed\xa0\xbd\xed\xba\x80"),
        ("code_point_beyond_unicode", b"\xf4\x90\x80\x80"),
    ]:
        in_payload = b'{"eventName":"e","eventTimestamp":1,"payload":{"v":"' + not_utf_8 + b'"}}'
        add.invalid(f"rejects_{name}_in_payload", "text_decoding", in_payload)
        in_name = b'{"eventName":"' + not_utf_8 + b'","eventTimestamp":1,"payload":{}}'
        add.invalid(f"rejects_{name}_in_name", "text_decoding", in_name)
    in_key = b'{"eventName":"e","eventTimestamp":1,"payload":{},"\xff":1}'
    add.invalid("rejects_byte_ff_in_unknown_key", "text_decoding unknown_key", in_key)
    add.invalid("rejects_byte_ff_behind", "text_decoding trailing_data", event.encode() + b"\xff")
    add.valid("accepts_replacement_character", "text_decoding", envelope(payload='{"v":"\ufffd"}'))
    add.valid("accepts_noncharacters", "text_decoding", envelope(payload='{"v":"\uffff\ufdd0\U0010ffff"}'))


def add_keys(add: AddEvent) -> None:
    head, rest = '{"eventName":"first",', '"eventTimestamp":1,"payload":{}}'
    flag = "duplicate_key"
    add.valid("accepts_last_of_two_names", flag, head + '"eventName":"e",' + rest)
    add.valid("accepts_last_of_two_names_apart", flag, head + rest[:-1] + ',"eventName":"e"}')
    add.valid("accepts_last_of_two_timestamps", flag, envelope(timestamp='2,"eventTimestamp":1'))
    add.valid("accepts_last_of_two_payloads", flag, envelope(payload='{"a":1},"payload":{"b":2}'))
    add.valid("accepts_last_name_after_invalid_one", flag, envelope('null,"eventName":"e"'))
    add.valid("accepts_last_timestamp_after_invalid_one", flag, envelope(timestamp='"x","eventTimestamp":1'))
    add.valid("accepts_last_payload_after_invalid_one", flag, envelope(payload='[],"payload":{}'))
    add.invalid("rejects_last_name_that_is_invalid", flag, envelope('"e","eventName":null'))
    add.invalid("rejects_last_timestamp_that_is_invalid", flag, envelope(timestamp='1,"eventTimestamp":-1'))
    add.invalid("rejects_last_payload_that_is_invalid", flag, envelope(payload='{},"payload":[]'))
    add.valid(
        "accepts_last_of_two_names_with_escapes", f"{flag} escape", head + '"\\u0065ventName":"e",' + rest
    )
    add.valid("accepts_duplicate_keys_in_payload", flag, envelope(payload='{"a":1,"a":{"b":2,"b":3}}'))

    flag = "prototype_key"
    add.valid("accepts_proto_in_payload", flag, envelope(payload='{"__proto__":{"admin":true}}'))
    add.valid(
        "accepts_constructor_in_payload",
        flag,
        envelope(payload='{"constructor":{"prototype":{"admin":true}}}'),
    )
    add.valid("accepts_proto_beside_payload", flag, envelope()[:-1] + ',"__proto__":{"eventName":"x"}}')
    add.valid("accepts_null_proto", flag, envelope()[:-1] + ',"__proto__":null}')
    add.valid(
        "accepts_inherited_names_in_payload",
        flag,
        envelope(payload='{"toString":1,"hasOwnProperty":null,"valueOf":{},"toJSON":1,"then":1}'),
    )
    add.invalid("rejects_fields_inside_proto", f"{flag} missing_field", f'{{"__proto__":{envelope()}}}')
    add.invalid(
        "rejects_payload_inside_proto",
        f"{flag} missing_field",
        '{"eventName":"e","eventTimestamp":1,"__proto__":{"payload":{}}}',
    )
    add.invalid(
        "rejects_name_inside_proto",
        f"{flag} missing_field",
        '{"__proto__":{"eventName":"e"},"eventTimestamp":1,"payload":{}}',
    )
    for name in ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "then"]:
        id = "accepts_event_called_" + re.sub("(?=[A-Z])", "_", name.strip("_")).lower()
        add.valid(id, "prototype_name unknown_event", envelope(f'"{name}"'), name)

    objects = '{"a":' * 98 + "1" + "}" * 98
    add.valid("accepts_objects_nested_100_deep", "deep_nesting", envelope(payload=f'{{"a":{objects}}}'))
    arrays = "[" * 98 + "]" * 98
    add.valid("accepts_arrays_nested_100_deep", "deep_nesting", envelope(payload=f'{{"a":{arrays}}}'))
    unknown = "[" * 99 + "]" * 99
    add.valid(
        "accepts_unknown_key_nested_100_deep",
        "deep_nesting unknown_key",
        f'{envelope()[:-1]},"new":{unknown}}}',
    )
    add.valid(
        "accepts_10000_brackets_side_by_side",
        "deep_nesting",
        envelope(payload=f'{{"a":[{",".join(["[]"] * 10_000)}]}}'),
    )
    flag = "large_number_in_payload"
    add.valid(
        "accepts_large_integer_in_payload", flag, envelope(payload='{"v":123456789012345678901234567890}')
    )
    add.valid(
        "accepts_long_fraction_in_payload",
        flag,
        envelope(payload='{"v":3.14159265358979323846264338327950288}'),
    )
    add.valid(
        "accepts_numbers_beyond_64_bits_in_payload",
        flag,
        envelope(payload=f'{{"v":[{2**64},{-(2**63) - 1},-0,1e308]}}'),
    )
