"""What counts as white space, as a control character, and as the length of a text."""

from __future__ import annotations

import unicodedata

# Unicode's White_Space. Python's isspace() takes U+001C to U+001F for white space too.
WHITE_SPACE = "".join(
    map(
        chr,
        [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]
        + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000],
    )
)


def utf8_length(text: str) -> int:
    return len(text.encode())


def is_blank(text: str) -> bool:
    return text.strip(WHITE_SPACE) == ""


def is_control_character(character: str) -> bool:
    return unicodedata.category(character) == "Cc"
