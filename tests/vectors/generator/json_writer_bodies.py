r"""The bodies that the JSON writers of other languages write again.

Every event of the catalogue, as the Console sends it, and bodies in which writers
differ. They are text; a raw string shows escapes as the body has them.
"""

from __future__ import annotations

from .payloads import EXAMPLES, minified

DEEP = '{"a":[' * 5 + "1" + "]}" * 5

HARD: dict[str, str] = {
    "words_beyond_ascii": '{"name":"perch\u00e8 no","price":"10 \u20ac","smile":"\U0001f600","\u00e8":1}',
    "html": """{"html":"<b>&'=+`</b>","url":"https://a.example/b?c=1&d=2","quote":"say \\"hi\\""}""",
    "script": '{"s":"</script><!-- x -->]]>","slashes":"a//b/"}',
    "short_escapes": r'{"s":"\b\t\n\f\r","path":"C:\\dir\\new","quote":"\""}',
    "long_escapes": r'{"s":"\u0001\u000b\u001b\u001f","last":"\u007f"}',
    "nul": r'{"s":"a\u0000b"}',
    "controls_beyond_ascii": '{"s":"\x7f\x80\x85\x9f\xa0\xad"}',
    "line_separators": '{"s":"\u2028\u2029"}',
    "invisible_characters": '{"s":"\u061c\u200b\u200e\u202e\u2060\ufeff\ufff9\ufffd\uffff\ue000\U000e0001"}',
    "integers": '{"n":[0,1,-1,10,1767225600000,9007199254740991,9007199254740992,9007199254740993,'
    "9223372036854775807,-9223372036854775808]}",
    "minus_zero": '{"n":[-0,-0.0]}',
    "integers_beyond_63_bits": '{"n":9223372036854775808}',
    "integers_beyond_64_bits": '{"n":12345678901234567890123}',
    "integer_in_milliseconds": '{"n":1767225600000}',
    "fractions": '{"n":[0.0,1.0,1.5,-2.50,0.1,1.10,100.0,3.141592653589793,0.30000000000000004,'
    "123456789.125,1767225600000.5,0.001,0.0001,0.00001]}",
    "fraction_with_many_digits": '{"n":[100000000000000000000.5,0.1000000000000000055511151231257827]}',
    "exponents": '{"n":[1e5,1E5,1e+5,1.7e12,1.7E+12,1e-5,1e-6,1e-7,1E-7]}',
    "large_exponents": '{"n":[1e15,1e16,1e17,1e20,1e21,1e22,1e23,1e100,1.7976931348623157e308,5e-324,1.5e300]}',
    "number_too_large": '{"n":1e400}',
    "digit_keys": '{"10":"a","2":"b","a":"c","01":"d","-1":"e","1.5":"f","0":"g","":"h"}',
    "list_keys": '{"0":"a","1":"b"}',
    "duplicate_keys": '{"a":1,"b":2,"a":3,"o":{"x":1},"o":{"y":2}}',
    "empties": '{"o":{},"a":[],"s":"","oo":{"o":{}},"aa":[[]],"ao":[{}],"oa":{"a":[]}}',
    "empty_object": "{}",
    "empty_list": "[]",
    "nulls": '{"a":null,"b":[null,1],"c":true,"d":false}',
    "lists": '{"l":[1,"a",[2,3],{"a":1,"b":[4]},true],"m":[[],[[5]]]}',
    "list_outside": '[{"a":1},{"a":2}]',
    "deep_nesting": DEEP,
    "mixed_case_keys": '{"b":1,"A":2,"a":3,"B":4,"_id":5,"aa":6,"Aa":7,"a b":8,"a-b":9,"a_b":10,"aB":11,"a1":12}',
    "keys_beyond_ascii": '{"\U0001f600":1,"\uff61":2,"\u00e9":3,"z":4,"e":5,"\u20ac":6}',
    "escapes_in_source": r'{"a":"\u00e8","b":"\/","c":"\u003c\u0026","d":"\ud83d\ude00","e":"\u00E8","f":"\u0061",'
    r'"g":"\u0022\u005c","h":"\u000a","\u006b":"\u2028"}',
    "lone_surrogate": r'{"s":"\ud83d","t":"\ude00x"}',
    "spaces_in_source": '{ "a" : 1 ,\r\n\t"b":[ 1,2 , 3 ],\n  "c": { } , "d": [ ]\n}\n',
    "dates": '{"a":"2026-01-01T00:00:00Z","b":"2026-01-01T00:00:00.000Z",'
    '"c":"2026-01-01T01:00:00.120+01:00","d":"2026-01-01"}',
    # What still writes something has no need of JSON: it takes the bytes, or their text.
    "not_json": "}{ no JSON",
    "spaces_in_texts": '{"a, b":"c: d","e":"[ {  } ]","f":"true","g":"null","h":"1","i":"it\'s"}',
}

# The bodies for writers that take the bytes: the others tell no more about those.
AS_BYTES = (
    "event_company_user_removed words_beyond_ascii html short_escapes long_escapes nul controls_beyond_ascii"
    " line_separators invisible_characters escapes_in_source spaces_in_source not_json"
).split()
# The bodies for texts that are no JSON, which are long.
AS_TEXT = (
    "event_project_created event_user_added words_beyond_ascii html short_escapes long_escapes integers"
    " integer_in_milliseconds fractions large_exponents digit_keys duplicate_keys empties nulls lists"
    " mixed_case_keys spaces_in_texts"
).split()
# The bodies, beside the events, for writers that indent: they escape as the others of their language do.
AS_LINES = (
    "words_beyond_ascii html digit_keys duplicate_keys empties empty_object empty_list nulls lists list_outside"
    " deep_nesting fractions spaces_in_source"
).split()


def bodies() -> dict[str, bytes]:
    """The bodies by their names: `event_` and the event's name, or the name of what is hard."""
    events = {f"event_{event['eventName']}": minified(event) for event in EXAMPLES}
    return {**events, **{name: text.encode() for name, text in HARD.items()}}
