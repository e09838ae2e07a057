"""The rules for what was copied along with a value, and for values that nobody filled in.

Stated a second time, as regular expressions; the validator reads without any.
"""

from __future__ import annotations

import re
from typing import Optional

from .subscription_text import WHITE_SPACE

# --- what is around or in a value ----------------------------------------------

# Default_Ignorable_Code_Point of Unicode as far as people meet it, and white space that
# is not ASCII's.
INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
QUOTED = re.compile(
    "[bruf@$]?(\".*\"|'.*')|`.*`|\u201c.*\u201d|\u201d.*\u201d|\u201e.*\u201c|\u2018.*\u2019|\u2019.*\u2019|\xab.*\xbb", re.S
)
BRACKETED_URL = re.compile(r"<http.*>|\(http.*\)|\[.*\]\(http.*\)", re.S)
ESCAPE = re.compile(r"\\(n|r|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})")
COMMANDS = "(?:(?:export |set |env |e |H |const |let |var |\\$env:|Environment=|from-literal=)[\"' ]*)*"
SPACED_COMMANDS = "(?P<spaced>(?:setx |ENV |ARG )[\"' ]*)*"
LINE = re.compile(
    r"(?P<option>--(?!-))?[{\"'\- `]*" + COMMANDS + SPACED_COMMANDS + r"(?P<name>[A-Za-z_][\w.-]*)"
    r"(?:[\"']\s*:|[\"']?\s*(?:=(?![=>])|=(?=> )|[:?](?== ))|\s*:(?= |http)|(?(option) |(?!))|(?(spaced) |(?!)))(?=.*[A-Za-z0-9])",
    re.A | re.S,
)
BASE64_AT_MOST = 200


def surroundings(text: str) -> Optional[str]:
    trimmed = text.strip(WHITE_SPACE)

    def may_name(name: str) -> bool:
        return len(text.encode()) < BASE64_AT_MOST or "_" in name or re.search("ca|cert", name, re.I) is not None

    if re.match("(GET|POST|PUT|curl|wget) ", trimmed) or line_name(trimmed, may_name):
        return "value_assignment"
    if QUOTED.fullmatch(trimmed) or BRACKETED_URL.fullmatch(trimmed):
        return "value_quoted"
    is_escaped_url = trimmed.startswith("http") and "://" not in trimmed and "%3a%2f%2f" in trimmed.lower()
    if ESCAPE.search(trimmed) or "\\/" in trimmed or is_escaped_url:
        return "value_escaped"
    return "invisible_character" if INVISIBLE.search(text) else None


def line_name(text: str, may_name: object) -> bool:
    line = LINE.match(text)
    if line is None or line["name"].lower() in ("http", "https", "todo", "fixme", "tbd", "tba"):
        return False
    return may_name(line["name"])  # type: ignore[operator, no-any-return]


def is_secret_line(secret: str) -> bool:
    text = secret.strip(WHITE_SPACE)

    def may_name(name: str) -> bool:
        is_constant = "_" in name and name == name.upper()
        return is_constant or re.search("secret|token|key|password|webhook|signature|sha256", name, re.I) is not None

    return re.match("(bearer|basic) ", text, re.I) is not None or text.endswith("  -") or line_name(text, may_name)


NEGATION = re.compile(
    r"(?:^|[^A-Za-z0-9_-])(?:[!~\xac\u2260](?=.*[A-Za-z0-9*])|-(?=[A-Za-z0-9]))|!=|<>", re.S
)
NEGATING_WORDS = "no|not|non|never|except|excluding|without|unless|but|ignore|skip|ne|neq|nin|isnt"


def is_negated(name: str) -> bool:
    """Whether a name says what is not meant."""
    has_word = any(re.fullmatch(NEGATING_WORDS, word) for word in words(name))
    return has_word or NEGATION.search(name) is not None


def is_punctuated(text: str) -> bool:
    return text.rstrip(WHITE_SPACE).endswith((";", ","))


def inner(text: str) -> str:
    """The value without what is around it."""
    visible = INVISIBLE.sub("", text).strip(WHITE_SPACE)
    visible = re.sub("^[^A-Za-z0-9=: ]+|[^A-Za-z0-9=: ]+$", "", visible).strip(WHITE_SPACE)
    return re.sub("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "", re.split("[=: ]", visible)[-1])


ABOUT_SURROUNDINGS = {"value_assignment", "value_quoted", "invisible_character", "value_punctuated"}

# --- placeholders ----------------------------------------------------------------

MISSING = "undefined|null|NaN|None"
BRACES = r"\$\{[^}]+\}|\{\{.+?\}\}|\$\([^)]+\)|#\{[^}]+\}|\{%.+?%\}"
ANGLES = "<[^>]+>"
WINDOWS = re.compile(r"[^%]*%([A-Za-z_]\w*)%", re.A | re.S)
OWN = (
    "app|company|domain|endpoint|host|hostname|id|key|name|org|project|receiver|secret|server|site|tenant|token|url|webhook"
)
CODE_STARTS = r"env\.|secrets\.|vars\.|var\.|\.values\.|values\.|!ref|!sub|vault:|op://|arn:aws:secretsm"
CODE_STARTS += r"|ref\+|!secret|@microsoft\.keyvault|/run/secrets/|file:|enc[\[(]|!vault|\$ansible_vault|sm://|ssm:|secretref:|projects/.*/secrets/"
CODE_PARTS = (
    r"(process|meta|bun|deno)\.env|env\[|env\.get|env\.fetch\(|env\(|env::var|env:|environ[.\[]|environmentvariable\("
)


def is_windows_variable(text: str) -> bool:
    found = WINDOWS.match(text)
    if found is None:
        return False
    is_escape = re.compile("[0-9A-Fa-f]{2}")
    first = text[text.index("%") + 1 :]
    return not (is_escape.match(first) and is_escape.match(text[found.end() :]))


def words(text: str) -> list[str]:
    ascii_text = re.sub("[^\x00-\x7f]", " ", text)
    return re.findall("[a-z0-9]+", re.sub("(?<=[a-z])(?=[A-Z])", " ", ascii_text).lower())


def is_wording(text: str) -> bool:
    line = f" {' '.join(words(text))} "
    signs = re.sub("[-_ ]", "", text)
    return bool(
        re.search(f" (your({OWN})?|changeme|replaceme|changethis|redacted) ", line)
        or re.search(f" placeholder (.* )?({OWN}|value) $| placeholder $", line)
        or re.match(f" (enter|insert|paste|put|provide) (the|value|password|{OWN}) ", line)
        or re.search(" (change (me|this|it)|replace (me|this|it|with|by)|fill (me|in|this)) ", line)
        or re.search(" [a-z0-9]+ here $", line)
        or re.fullmatch(" (todo|fixme|tbd|tba) ", line)
        or (re.match(" (todo|fixme|tbd|tba) ", line) and ": " in text)
        or text.lower() == "n/a"
        or (len(text) > 2 and re.fullmatch("[xX]+|[*]+|[?]+|[.]+|#+|\u2022+|\u25cf+", signs))
        or "\u2026" in text
        or text.endswith("...")
        or (
            re.fullmatch(r"\[(?=.*[A-Za-z])[\w .-]+\]|\{(?=.*[A-Za-z])[\w .-]+\}|\((?=.*[A-Za-z])[\w .-]+\)", text, re.A)
            and (len(text) < 18 or not re.search("[0-9]", text))
        )
        or re.fullmatch(r"(__|@@|@|!|##)[A-Z_][A-Z0-9_]*\1", text)
    )


def is_code(text: str) -> bool:
    return bool(re.match(CODE_STARTS, text.lower()) or re.search(CODE_PARTS, text.lower()))


def placeholder_in_name(text: str) -> Optional[str]:
    text = text.strip(WHITE_SPACE)
    if len(text.encode()) > 1024:
        return None
    pairs = [pair for pair in re.findall(f"{BRACES}|{ANGLES}", text, re.S) if "://" not in pair]
    if re.fullmatch(MISSING, text) or text.startswith("[object ") or pairs or is_windows_variable(text):
        return "placeholder"
    if re.fullmatch(r"\$[A-Za-z_]\w*", text, re.A):
        return "placeholder"
    is_own = not re.fullmatch("[a-z-]*-[a-z-]*", text) and re.search("(tenantid|companyid|projectid|eventname)$", "".join(words(text)))
    is_missing = text != "nan" and re.fullmatch(f"(?i:{MISSING})|nil|\\(null\\)|string", text)
    is_doubtful = is_own or is_missing or is_wording(text) or is_code(text) or re.search(r"\{(?=[^}]*[A-Za-z])[\w .-]+\}", text, re.A)
    return "placeholder_likely" if is_doubtful else None


def is_own_domain(host: str) -> bool:
    """A domain that somebody has, though it reads like a placeholder."""
    domain = re.fullmatch(r"((?:.*\.)?)([^.]*\.[^.]*)", host, re.S)
    if domain is None:
        return False
    taken = re.search(" ((your)?(company|server)|placeholder) ", f" {' '.join(words(domain[2]))} ")
    return taken is not None and not is_wording(domain[1])


def placeholder_in_url(url: str) -> Optional[str]:
    url = url.replace("&lt;", "%3C").replace("&gt;", "%3E")
    url = re.sub("%(7B|7D|3C|3E|24)", lambda mark: chr(int(mark[1], 16)), url, flags=re.I)
    rest = url.split("//", 1)[-1]
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    path = rest[len(authority) :]
    host = authority.rpartition("@")[2]
    name = host.split(":")[0]
    braces = [pair for pair in re.findall(BRACES, url, re.S) if "://" not in pair]
    if (
        braces
        or re.search(r"<[^>]+>|\{[^}]+\}|\[(?=[^\]:]*[A-Za-z])[\w .-]+\]|\$", host, re.A)
        or is_windows_variable(url)
        or re.match(rf"({MISSING})(\.|$)|\[object ", name)
    ):
        return "placeholder"
    doubtful = (
        re.search(r"<[^>]+>|\{[^}]+\}|/\.\.\.|\[object ", path)
        or re.search(r"(^|[/?&=#])(undefined|null|NaN|\$[A-Z_][A-Z0-9_]*)([/?&=#]|$)", path)
        or ("//" in url and re.fullmatch("[A-Z_][A-Z0-9_]*", name) and ("_" in name or re.fullmatch(OWN, name.lower())))
        or ("//" in url and name in ("host", "hostname", "domain", "url", "endpoint"))
        or (not host.startswith("[") and re.match("[^:]*:[A-Z_][A-Z0-9_]*(:|$)", host))
        or re.search("(undefined|NaN)$", host)
        or re.search("(undefined|NaN)$", url)
        or (is_wording(name) and not is_own_domain(name))
        or re.search(CODE_PARTS, name.lower())
        or ("//" not in url and is_code(url))
    )
    return "placeholder_likely" if doubtful else None


def placeholder_in_secret(secret: str) -> bool:
    text = secret.strip(WHITE_SPACE)
    return bool(
        re.fullmatch(r"(?=.*_)[A-Z_][A-Z0-9_]*", text)
        and re.search("(SECRET|TOKEN|KEY|PASSWORD)$", text)
        or re.fullmatch(r"\$([A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]*)", text)
        or is_wording(text)
        or is_code(text)
        or text.startswith("[object ")
    )
