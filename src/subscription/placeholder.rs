//! Values that were to be replaced and were not: templates that nobody filled in, names
//! of variables, code in place of what it returns, and words such as `your-host`.
//!
//! A template is an error where nothing else can be meant. Where it can, this is a
//! warning: a genuine value must not be refused. Whole secrets have their own, older rule
//! ([`super::strength`]), which the receiver shares; here are only warnings for them.

use super::{
    IssueCode,
    slices::{from, has, parted, split_at_first},
    spelling::words,
};

/// What is written around the part to be replaced. Nothing that a field may hold has these
/// pairs; only in the path of a URL, `<` and `>` are possible.
const PAIRS: &[(&str, &str)] =
    &[("${", "}"), ("{{", "}}"), ("$(", ")"), ("#{", "}"), ("{%", "%}"), ("<", ">")];

/// Nobody writes a longer placeholder.
const MAX_BYTES: usize = 1024;

/// What a missing value is turned into.
const MISSING: &[&str] = &["undefined", "null", "NaN", "None"];

/// The starts and parts of code that reads a value, in lower case. Each part has `env`.
const CODE_STARTS: &[&str] = &[
    "env.",
    "secrets.",
    "vars.",
    "var.",
    ".values.",
    "values.",
    "!ref",
    "!sub",
    "vault:",
    "op://",
    "arn:aws:secretsm",
    "ref+",
    "!secret",
    "@microsoft.keyvault",
    "/run/secrets/",
    "file:",
    "enc[",
    "enc(",
    "!vault",
    "$ansible_vault",
    "sm://",
    "ssm:",
    "secretref:",
];
const CODE_PARTS: &[&str] = &[
    "process.env",
    "meta.env",
    "bun.env",
    "deno.env",
    "env[",
    "env.get",
    "env.fetch(",
    "env(",
    "env::var",
    "env:",
    "environ.",
    "environ[",
    "environmentvariable(",
];

/// What `your` stands before, in one word.
const OWN: &[&str] = &[
    "app", "company", "domain", "endpoint", "host", "hostname", "id", "key", "name", "org", "project",
    "receiver", "secret", "server", "site", "tenant", "token", "url", "webhook",
];

/// The placeholder in an id or in a name.
pub(super) fn in_name(text: &str) -> Option<IssueCode> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    if MISSING.contains(&text)
        || text.starts_with("[object ")
        || has_pair(text)
        || is_windows_variable(text)
        || is_variable(text)
    {
        return Some(IssueCode::Placeholder);
    }
    let folded: String = words(text).join("");
    // Ids of the Console look like `tenant-id`; names of variables do not.
    let is_kebab = has(text, "-") && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_own_name = !is_kebab
        && ["tenantid", "companyid", "projectid", "eventname"].iter().any(|name| folded.ends_with(name));
    let is_missing = text != "nan" && MISSING.iter().any(|word| word.eq_ignore_ascii_case(text))
        // What programs write for a missing value, and Swagger UI for any string.
        || ["nil", "(null)", "string"].contains(&text);
    let is_doubtful =
        is_own_name || is_missing || is_likely(text) || between(text, "{", "}").is_some_and(is_word);
    is_doubtful.then_some(IssueCode::PlaceholderLikely)
}

/// The placeholder in a URL: the authority decides which requests are sent where.
pub(super) fn in_url(text: &str) -> Option<IssueCode> {
    let text = with_marks(text);
    let text = text.as_str();
    let after_scheme = parted(text, "//").map_or(text, |(_, rest)| rest);
    let (authority, path) = split_at_first(after_scheme, |c| matches!(c, '/' | '?' | '#'));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = host.split(':').next().unwrap_or_default();
    let is_sure = PAIRS[..5].iter().any(|(open, close)| between(text, open, close).is_some())
        || between(host, "<", ">").is_some()
        || between(host, "{", "}").is_some()
        || between(host, "[", "]").is_some_and(|inner| !has(inner, ":") && is_word(inner))
        || is_windows_variable(text)
        || has(host, "$")
        || MISSING.contains(&name.split('.').next().unwrap_or_default())
        || name.starts_with("[object ");
    if is_sure {
        return Some(IssueCode::Placeholder);
    }
    let in_path =
        |part: &str| MISSING[..3].contains(&part) || part.strip_prefix('$').is_some_and(is_upper_name);
    let has_slashes = has(text, "//");
    let lower = name.to_ascii_lowercase();
    let is_upper_host =
        has_slashes && is_upper_name(name) && (has(name, "_") || OWN.contains(&lower.as_str()));
    let port = host.split(':').nth(1).filter(|_| !host.starts_with('['));
    let is_joined = |part: &str| part.ends_with("undefined") || part.ends_with("NaN");
    let is_doubtful = between(path, "<", ">").is_some()
        || between(path, "{", "}").is_some()
        || path.split(['/', '?', '&', '=', '#']).any(in_path)
        || has(path, "/...")
        || has(path, "[object ")
        || is_upper_host
        || has_slashes && ["host", "hostname", "domain", "url", "endpoint"].contains(&name)
        || port.is_some_and(is_upper_name)
        || is_joined(host)
        || is_joined(text)
        || is_wording(name) && !is_own_domain(name)
        || has_code(name)
        || !has_slashes && is_code(text);
    is_doubtful.then_some(IssueCode::PlaceholderLikely)
}

/// Whether the words that look like a placeholder are a domain that somebody has:
/// `api.yourcompany.com`, but not `yourcompany.example.org`.
fn is_own_domain(host: &str) -> bool {
    let above = host.rsplit_once('.').and_then(|(rest, _)| rest.rsplit_once('.'));
    let start = above.map_or(0, |(below, _)| below.len() + 1);
    let (below, domain) = host.split_at_checked(start).unwrap_or_default();
    let is_taken = |word: &String| {
        ["company", "yourcompany", "server", "yourserver", "placeholder"].contains(&word.as_str())
    };
    has(domain, ".") && words(domain).iter().any(is_taken) && !is_wording(below)
}

/// The URL with the marks of templates as they are, not as `%7B` or `&lt;`.
fn with_marks(url: &str) -> String {
    let mut text = String::new();
    let mut rest = url;
    while let Some(at) = rest.find(['%', '&']) {
        let (before, after) = rest.split_at_checked(at).unwrap_or_default();
        let mark = match after.get(..4) {
            Some("&lt;") => Some(('<', 4)),
            Some("&gt;") => Some(('>', 4)),
            _ => {
                let digits = after.strip_prefix('%').and_then(|digits| digits.get(..2));
                let mark = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).map(char::from);
                mark.filter(|mark| matches!(mark, '{' | '}' | '<' | '>' | '$')).map(|mark| (mark, 3))
            }
        };
        let (mark, length) = mark.or_else(|| Some((after.chars().next()?, 1))).unwrap_or_default();
        text.push_str(before);
        text.push(mark);
        rest = from(after, length);
    }
    text + rest
}

/// Whether a secret looks like one that nobody set.
pub(super) fn in_secret(secret: &str) -> bool {
    let text = secret.trim();
    let is_named = |end: &&str| text.ends_with(*end);
    let is_constant =
        is_upper_name(text) && has(text, "_") && ["SECRET", "TOKEN", "KEY", "PASSWORD"].iter().any(is_named);
    let is_cased = |name: &str| is_upper_name(name) || name == name.to_ascii_lowercase();
    is_constant
        || is_variable(text) && is_cased(from(text, 1))
        || is_likely(text)
        || text.starts_with("[object ")
}

/// Whether the whole of a text looks like something that a person or a program was to
/// replace.
fn is_likely(text: &str) -> bool {
    is_wording(text) || is_code(text)
}

fn is_wording(text: &str) -> bool {
    let all = words(text);
    let has_word = |word: &str| all.iter().any(|other| other == word);
    let follows = |first: &str, next: &[&str]| {
        all.windows(2).any(|pair| pair[0] == first && next.contains(&pair[1].as_str()))
    };
    let is_only = |word: &str| all.len() == 1 && all[0] == word;
    has_word("your")
        || all.iter().any(|word| word.strip_prefix("your").is_some_and(|rest| OWN.contains(&rest)))
        || has_word("placeholder")
            && all
                .last()
                .is_some_and(|last| last == "placeholder" || last == "value" || OWN.contains(&last.as_str()))
        || ["changeme", "replaceme", "changethis", "redacted"].iter().any(|word| has_word(word))
        || ["enter", "insert", "paste", "put", "provide"].contains(&all.first().map_or("", String::as_str))
            && all.get(1).is_some_and(|next| {
                ["the", "value", "password"].contains(&next.as_str()) || OWN.contains(&next.as_str())
            })
        || follows("change", &["me", "this", "it"])
        || follows("replace", &["me", "this", "it", "with", "by"])
        || follows("fill", &["me", "in", "this"])
        || all.len() > 1 && all.last().is_some_and(|last| last == "here")
        || ["todo", "fixme", "tbd", "tba"]
            .iter()
            .any(|word| is_only(word) || all.first().is_some_and(|first| first == word) && has(text, ": "))
        || text.eq_ignore_ascii_case("n/a")
        || is_mask(text)
        || is_marked(text)
}

/// `xxx`, `****-****`, or a value that was cut for display.
fn is_mask(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase());
    let first = signs.next().unwrap_or_default();
    let is_one_sign = matches!(first, 'x' | '*' | '?' | '.' | '#' | '\u{2022}' | '\u{25cf}')
        && signs.all(|sign| sign == first);
    is_one_sign && text.chars().count() > 2 || has(text, "\u{2026}") || text.ends_with("...")
}

/// `[NAME]`, `{name}`, `(known after apply)`, `__NAME__`, `@NAME@`, `!NAME!`.
fn is_marked(text: &str) -> bool {
    let inside = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    // Words in brackets, not what a generator made: nobody numbers a long placeholder.
    let is_words =
        |text: &str| is_word(text) && (text.len() < 16 || !text.bytes().any(|byte| byte.is_ascii_digit()));
    [("[", "]"), ("{", "}"), ("(", ")")].iter().any(|(open, close)| inside(open, close).is_some_and(is_words))
        || ["__", "@", "@@", "!", "##"].iter().any(|mark| inside(mark, mark).is_some_and(is_upper_name))
}

fn is_code(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    CODE_STARTS.iter().any(|start| lower.starts_with(start))
        || lower.starts_with("projects/") && has(&lower, "/secrets/")
        || has_code(&lower)
}

fn has_code(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    has(&lower, "env") && CODE_PARTS.iter().any(|part| has(&lower, part))
}

fn has_pair(text: &str) -> bool {
    PAIRS.iter().any(|(open, close)| between(text, open, close).is_some())
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = parted(text, open)?;
    parted(rest, close).map(|(inner, _)| inner).filter(|inner| !inner.is_empty() && !has(inner, "://"))
}

/// `%NAME%`; where both signs stand before two hexadecimal digits, they are escapes of a
/// URL.
fn is_windows_variable(text: &str) -> bool {
    let is_escape = |rest: &str| rest.len() > 1 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    text.split_once('%').is_some_and(|(_, rest)| {
        rest.split_once('%')
            .is_some_and(|(name, after)| is_identifier(name) && !(is_escape(rest) && is_escape(after)))
    })
}

/// `$NAME` and nothing else.
fn is_variable(text: &str) -> bool {
    text.strip_prefix('$').is_some_and(is_identifier)
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_upper_name(text: &str) -> bool {
    is_identifier(text) && !text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Letters, digits and what joins words.
fn is_word(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ' | b'.'))
}
