"""The part of `subscription.json` about secrets."""

from __future__ import annotations

from typing import Any

from .octets import stream
from .subscription_case import AddCase, Repeat, record
from .subscription_rules import MAX_SECRET_BYTES

# 40 letters and digits, none of them twice: a start of 8 or more has no other findings.
PLAIN = "qZ7xW3kV9mB5tY1rPd4Jc6Lf8Gh2NsTu0aEiOwRy"


def add_secrets(add: AddCase) -> None:
    def judged(id: str, flag: str, secret: str, *codes: str, **options: Any) -> None:
        add(id, flag, record(secret=secret), *(f"/secret {code}" for code in codes), **options)

    flag = "secret_empty"
    judged("rejects_empty_secret", flag, "", flag)
    judged(
        "accepts_digit_zero",
        flag,
        "0",
        "secret_very_short",
        "secret_monotonous",
        note="It is falsy only as a number.",
    )

    flag = "secret_blank"
    for name, secret in [
        ("space", " "),
        ("line_break", "\n"),
        ("no_break_space", "\xa0"),
        ("ideographic_spaces", "\u3000" * 16),
    ]:
        judged(f"rejects_secret_of_{name}", flag, secret, flag)
    blank = Repeat("/secret", " ", MAX_SECRET_BYTES)
    judged("rejects_4097_spaces", flag, " ", flag, repeat=blank)
    judged(
        "accepts_secret_of_zero_width_spaces", flag, "\u200b" * 11, "secret_monotonous", "secret_invisible"
    )
    judged("accepts_secret_of_nul", flag, "\0", "secret_very_short", "secret_monotonous")

    flag = "secret_placeholder"
    for name, secret in [
        ("undefined", "undefined"),
        ("null", "null"),
        ("nan", "NaN"),
        ("object", "[object Object]"),
        ("shell_variable", "${WEBHOOK_SECRET}"),
        ("shell_variable_with_default", "${WEBHOOK_SECRET:-none}"),
        ("template", "{{ .Values.secret }}"),
        ("command", "$(cat /run/secrets/webhook)"),
        ("windows_variable", "%WEBHOOK_SECRET%"),
        ("angle_brackets", "<your-secret>"),
        ("shell_variable_and_line_break", "${WEBHOOK_SECRET}\n"),
        ("template_between_spaces", "  {{secret}}  "),
    ]:
        judged(f"rejects_secret_placeholder_{name}", flag, secret, flag)
    long = f"-{PLAIN}"
    judged("accepts_variable_inside", flag, "${A}" + long)
    judged("accepts_variable_behind", flag, PLAIN + "${A}")
    judged("accepts_open_brace", flag, "${" + PLAIN)
    judged("accepts_angle_bracket_in_front", flag, "<" + PLAIN)
    judged("accepts_percent_behind", flag, PLAIN + "%")
    judged("accepts_undefined_inside", flag, "undefined" + long)
    capital = ["secret_very_short", "secret_monotonous"]
    judged("accepts_undefined_with_capital", flag, "Undefined", *capital)
    judged("accepts_null_in_upper_case", flag, "NULL", *capital)
    judged(
        "accepts_null_behind_space",
        flag,
        " null",
        "secret_outer_space",
        *capital,
        note="Only the exact text came from a missing value.",
    )
    judged("accepts_none", flag, "None", *capital)

    flag = "secret_too_long"
    start = PLAIN[:16]
    times = MAX_SECRET_BYTES - len(start)
    judged("accepts_secret_of_4096_bytes", flag, start, repeat=Repeat("/secret", "k", times))
    judged("rejects_secret_of_4097_bytes", flag, start, flag, repeat=Repeat("/secret", "k", times + 1))
    judged(
        "accepts_secret_of_4096_bytes_in_fewer_characters",
        flag,
        start,
        repeat=Repeat("/secret", "\xe9", times // 2),
    )
    judged(
        "rejects_secret_of_4098_bytes_in_fewer_characters",
        flag,
        start,
        flag,
        repeat=Repeat("/secret", "\xe9", times // 2 + 1),
    )
    judged("rejects_too_long_secret_and_nothing_else", flag, "", flag, repeat=Repeat("/secret", "ab", 2049))
    judged(
        "warns_of_repetition_of_4096_bytes",
        "secret_monotonous",
        "",
        "secret_monotonous",
        repeat=Repeat("/secret", "ab", 2048),
    )
    judged("accepts_secret_that_ends_as_it_starts", "secret_monotonous", "abcdefghab", "secret_very_short")

    flag = "secret_final_newline"
    for name, end in [("line_feed", "\n"), ("carriage_return", "\r"), ("both", "\r\n"), ("two", "\n\n")]:
        judged(f"warns_of_final_{name}", flag, PLAIN + end, flag)
    judged("accepts_inner_line_break", flag, PLAIN[:20] + "\n" + PLAIN[20:])
    judged(
        "warns_of_final_line_break_that_reaches_32_bytes",
        flag,
        PLAIN[:31] + "\n",
        flag,
        note="It counts: nothing is trimmed.",
    )

    flag = "secret_outer_space"
    for name, secret in [
        ("leading_space", " " + PLAIN),
        ("trailing_space", PLAIN + " "),
        ("leading_line_break", "\n" + PLAIN),
        ("trailing_tab", PLAIN + "\t"),
        ("trailing_no_break_space", PLAIN + "\xa0"),
        ("trailing_line_separator", PLAIN + "\u2028"),
        ("line_break_and_space", PLAIN + "\n "),
    ]:
        judged(f"warns_of_secret_with_{name}", flag, secret, flag)
    judged("warns_of_space_before_final_line_break", flag, PLAIN + " \n", "secret_final_newline", flag)
    judged(
        "accepts_byte_order_mark",
        flag,
        "\ufeff" + PLAIN,
        "secret_invisible",
        note="It is no white space to Unicode, though to JavaScript's trim.",
    )

    flag = "secret_quoted"
    for name, quote in [("double", '"'), ("single", "'"), ("backtick", "`")]:
        judged(f"warns_of_{name}_quotes", flag, f"{quote}{PLAIN}{quote}", flag)
    judged("warns_of_quotes_before_line_break", flag, f'"{PLAIN}"\n', "secret_final_newline", flag)
    judged("warns_of_quotes_between_spaces", flag, f" '{PLAIN}' ", "secret_outer_space", flag)
    judged("warns_of_two_quotes_alone", flag, '""', flag, "secret_very_short", "secret_monotonous")
    judged("accepts_one_quote_alone", flag, '"', "secret_very_short", "secret_monotonous")
    judged("accepts_different_quotes", flag, f"\"{PLAIN}'")
    judged("warns_of_leading_quote", flag, f'"{PLAIN}', flag)
    judged("warns_of_trailing_quote", flag, f"{PLAIN}'", flag)
    judged("accepts_leading_quote_among_other_signs", flag, f'"{PLAIN}%&')
    judged("warns_of_bytes_of_python", flag, f"b'{PLAIN}'", flag)
    judged("warns_of_verbatim_text_of_c_sharp", flag, f'@"{PLAIN}%"', flag)
    judged("accepts_letter_before_quotes", flag, f"b{PLAIN}''")
    judged("warns_of_typographic_quotes", flag, f"\u201c{PLAIN}\u201d", flag)
    judged("warns_of_low_quotes", flag, f"\u201e{PLAIN}\u201c", flag)
    judged("warns_of_angle_quotes", flag, f"\xab{PLAIN}\xbb", flag)

    flag = "secret_very_short"
    judged("warns_of_secret_of_8_bytes", flag, PLAIN[:8], flag)
    judged("warns_of_secret_of_15_bytes", flag, PLAIN[:15], flag)
    judged("warns_of_secret_of_16_bytes", flag, PLAIN[:16], "secret_short")
    accented = "\xe9\xe8\xe0\xf9\xf2\xec\xe7\xf1"
    judged("counts_bytes_and_not_characters_below_16", flag, accented, "secret_short")
    judged("counts_15_bytes_in_8_characters", flag, accented[:7] + "a", flag)

    flag = "secret_short"
    judged("warns_of_secret_of_31_bytes", flag, PLAIN[:31], flag)
    judged("accepts_secret_of_32_bytes", flag, PLAIN[:32])
    judged("counts_bytes_and_not_characters_below_32", flag, accented + PLAIN[:16])
    judged("counts_31_bytes_in_23_characters", flag, accented + PLAIN[:15], flag)
    judged("counts_one_emoji_as_4_bytes", flag, "\U0001f511" + PLAIN[:28])
    judged("accepts_32_random_bytes_in_hexadecimal", flag, stream("32 bytes", 32).hex())

    flag = "secret_monotonous"
    seven = "abcdefg" * 5 + "gfedcba"
    judged("warns_of_7_different_bytes", flag, seven, flag)
    judged("accepts_8_different_bytes", flag, seven + "h")
    judged("warns_of_32_equal_bytes", flag, "a" * 32, flag)
    judged("warns_of_32_spaces_around_a_letter", flag, " " * 16 + "a" + " " * 16, "secret_outer_space", flag)
    judged("warns_of_8_bytes_repeated", flag, PLAIN[:8] * 4, flag)
    judged("warns_of_8_bytes_twice", flag, PLAIN[:8] * 2, "secret_short", flag)
    judged("accepts_9_bytes_repeated", flag, PLAIN[:9] * 4)
    judged("accepts_16_bytes_twice", flag, PLAIN[:16] * 2)
    judged("accepts_repetition_with_another_end", flag, PLAIN[:8] * 4 + "!#")
    judged("counts_bytes_of_four_characters", flag, "\u4e00\u6c49\u5b57\u8bd5" + "\u4e00" * 8)

    flag = "secret_common"
    short = ["secret_very_short", "secret_monotonous"]
    judged("warns_of_secret", flag, "secret", *short, flag)
    judged("warns_of_password_in_capitals", flag, "PassWord", *short, flag)
    judged("warns_of_example_of_documentation", flag, "It's a Secret to Everybody", "secret_short", flag)
    judged("warns_of_word_and_many_digits", flag, "secret-0123456789-9876543210-0246813579", flag)
    judged("warns_of_word_between_digits", flag, "2026-webhook-0123", "secret_short", flag)
    judged("warns_of_123456", flag, "123456", *short, flag)
    judged("warns_of_digits_with_dashes", flag, "12-34-56-78", "secret_very_short", flag)
    judged("warns_of_0123456789", flag, "0123456789", "secret_very_short", flag)
    judged("accepts_other_digits", flag, "9753186420", "secret_very_short")
    judged("accepts_common_word_with_more_letters", flag, "my-secret-" + PLAIN)
    judged("accepts_word_spelled_with_digits", flag, "p4ssw0rd-2026!", "secret_very_short")
    judged(
        "accepts_symbols_alone",
        flag,
        "!#$%&()*+,-./:;=?@[]^_{|}~!#$%&()",
        note="Neither letters nor digits are left.",
    )
