"""Python: json, orjson, ujson, simplejson, rapidjson, and the text of a value."""

import io
import json
import platform
import pprint
import sys
from typing import Any, Callable

import orjson
import rapidjson
import simplejson
import ujson

COMPACT = (",", ":")

Writer = Callable[[bytes], "str | bytes"]


def dumps(**options: Any) -> Writer:
    return lambda body: json.dumps(json.loads(body), **options)


def dump_line(body: bytes) -> str:
    """What `print(json.dumps(value))` writes."""
    out = io.StringIO()
    print(json.dumps(json.loads(body)), file=out)
    return out.getvalue()


WRITERS: dict[str, tuple[str, Writer]] = {
    "python.json": ("Python: json.dumps(value)", dumps()),
    "python.json.print": ("Python: print(json.dumps(value))", dump_line),
    "python.json.compact": ('Python: json.dumps(value, separators=(",", ":"))', dumps(separators=COMPACT)),
    "python.json.unicode": ("Python: json.dumps(value, ensure_ascii=False)", dumps(ensure_ascii=False)),
    "python.json.compact.unicode": (
        'Python: json.dumps(value, separators=(",", ":"), ensure_ascii=False), as httpx, aiohttp clients and Starlette send it',
        dumps(separators=COMPACT, ensure_ascii=False),
    ),
    "python.json.sorted": ("Python: json.dumps(value, sort_keys=True)", dumps(sort_keys=True)),
    "python.json.sorted.compact": (
        'Python: json.dumps(value, sort_keys=True, separators=(",", ":"))',
        dumps(sort_keys=True, separators=COMPACT),
    ),
    "python.json.sorted.compact.unicode": (
        'Python: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)',
        dumps(sort_keys=True, separators=COMPACT, ensure_ascii=False),
    ),
    "python.json.sorted.compact.line": (
        'Python: json.dumps(value, sort_keys=True, separators=(",", ":")) and a newline, as Flask\'s jsonify answers',
        lambda body: dumps(sort_keys=True, separators=COMPACT)(body) + "\n",
    ),
    "python.json.indent2": ("Python: json.dumps(value, indent=2)", dumps(indent=2)),
    "python.json.indent4": ("Python: json.dumps(value, indent=4), and python -m json.tool without its newline", dumps(indent=4)),
    "python.json.indent0": ("Python: json.dumps(value, indent=0)", dumps(indent=0)),
    "python.json.tab": (r'Python: json.dumps(value, indent="\t")', dumps(indent="\t")),
    "python.json.indent2.unicode": (
        "Python: json.dumps(value, indent=2, ensure_ascii=False)",
        dumps(indent=2, ensure_ascii=False),
    ),
    "python.json.indent4.unicode": (
        "Python: json.dumps(value, indent=4, ensure_ascii=False)",
        dumps(indent=4, ensure_ascii=False),
    ),
    "python.json.indent2.sorted": (
        "Python: json.dumps(value, indent=2, sort_keys=True)",
        dumps(indent=2, sort_keys=True),
    ),
    "python.json.indent4.sorted": (
        "Python: json.dumps(value, indent=4, sort_keys=True)",
        dumps(indent=4, sort_keys=True),
    ),
    "python.json.indent2.compact": (
        'Python: json.dumps(value, indent=2, separators=(",", ":"))',
        dumps(indent=2, separators=COMPACT),
    ),
    "python.json.twice": ("Python: json.dumps(json.dumps(value)), written twice", lambda body: json.dumps(json.dumps(json.loads(body)))),
    "python.json.text.twice": ("Python: json.dumps(body), where body is the text of the body", lambda body: json.dumps(body.decode())),
    "python.orjson": ("Python: orjson.dumps(value)", lambda body: orjson.dumps(orjson.loads(body))),
    "python.orjson.indent2": (
        "Python: orjson.dumps(value, option=orjson.OPT_INDENT_2)",
        lambda body: orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2),
    ),
    "python.orjson.sorted": (
        "Python: orjson.dumps(value, option=orjson.OPT_SORT_KEYS)",
        lambda body: orjson.dumps(orjson.loads(body), option=orjson.OPT_SORT_KEYS),
    ),
    "python.orjson.line": (
        "Python: orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)",
        lambda body: orjson.dumps(orjson.loads(body), option=orjson.OPT_APPEND_NEWLINE),
    ),
    "python.ujson": ("Python: ujson.dumps(value)", lambda body: ujson.dumps(ujson.loads(body))),
    "python.ujson.unicode": (
        "Python: ujson.dumps(value, ensure_ascii=False)",
        lambda body: ujson.dumps(ujson.loads(body), ensure_ascii=False),
    ),
    "python.ujson.no_slashes": (
        "Python: ujson.dumps(value, escape_forward_slashes=False)",
        lambda body: ujson.dumps(ujson.loads(body), escape_forward_slashes=False),
    ),
    "python.ujson.html": (
        "Python: ujson.dumps(value, encode_html_chars=True)",
        lambda body: ujson.dumps(ujson.loads(body), encode_html_chars=True),
    ),
    "python.ujson.indent2": (
        "Python: ujson.dumps(value, indent=2)",
        lambda body: ujson.dumps(ujson.loads(body), indent=2),
    ),
    "python.ujson.sorted": (
        "Python: ujson.dumps(value, sort_keys=True)",
        lambda body: ujson.dumps(ujson.loads(body), sort_keys=True),
    ),
    "python.simplejson": ("Python: simplejson.dumps(value)", lambda body: simplejson.dumps(simplejson.loads(body))),
    "python.simplejson.unicode": (
        "Python: simplejson.dumps(value, ensure_ascii=False)",
        lambda body: simplejson.dumps(simplejson.loads(body), ensure_ascii=False),
    ),
    "python.simplejson.html": (
        "Python: simplejson.dumps(value, cls=simplejson.JSONEncoderForHTML)",
        lambda body: simplejson.dumps(simplejson.loads(body), cls=simplejson.JSONEncoderForHTML),
    ),
    "python.simplejson.decimal": (
        "Python: simplejson.dumps(simplejson.loads(body, use_decimal=True))",
        lambda body: simplejson.dumps(simplejson.loads(body, use_decimal=True)),
    ),
    "python.rapidjson": ("Python: rapidjson.dumps(value)", lambda body: rapidjson.dumps(rapidjson.loads(body))),
    "python.rapidjson.unicode": (
        "Python: rapidjson.dumps(value, ensure_ascii=False)",
        lambda body: rapidjson.dumps(rapidjson.loads(body), ensure_ascii=False),
    ),
    "python.rapidjson.indent4": (
        "Python: rapidjson.dumps(value, indent=4)",
        lambda body: rapidjson.dumps(rapidjson.loads(body), indent=4),
    ),
    "python.rapidjson.sorted": (
        "Python: rapidjson.dumps(value, sort_keys=True)",
        lambda body: rapidjson.dumps(rapidjson.loads(body), sort_keys=True),
    ),
    "python.text.value": ("Python: str(value), the text of a dict", lambda body: str(json.loads(body))),
    "python.text.pprint": ("Python: pprint.pformat(value)", lambda body: pprint.pformat(json.loads(body))),
    "python.text.bytes": ("Python: str(body) or repr(body), the text of bytes", lambda body: str(body)),
    "python.text.bytearray": ("Python: str(bytearray(body))", lambda body: str(bytearray(body))),
    "python.text.list": ("Python: str(list(body)), the text of a list of bytes", lambda body: str(list(body))),
    "python.text.repr": ("Python: repr(text), the text in quotes", lambda body: repr(body.decode())),
    "python.text.ascii": ("Python: ascii(text), the text in quotes, in ASCII", lambda body: ascii(body.decode())),
}


def main() -> None:
    print(f"version\tpython\t{platform.python_version()}")
    for module in (orjson, ujson, simplejson, rapidjson):
        print(f"version\tpython {module.__name__}\t{module.__version__}")
    for name, (sentence, _) in WRITERS.items():
        print(f"profile\t{name}\t{sentence}")
    for number, line in enumerate(sys.stdin):
        body = bytes.fromhex(line.strip())
        for name, (_, write) in WRITERS.items():
            try:
                text = write(body)
                written = text if isinstance(text, bytes) else text.encode()
                print(f"wrote\t{number}\t{name}\t{written.hex()}")
            except Exception as error:
                print(f"failed\t{number}\t{name}\t{type(error).__name__}")


main()
